"""What to try when a search finds nothing: words that were meant, and constraints to drop.

Only what finds something is suggested, and it is counted among the stories the reader may see: under a position no
suggestion can give away a name that only unsafe stories have.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ficsearch.edits import edits
from ficsearch.query import relaxations, write
from ficsearch.query.nodes import All, Any, Not, Query, Words
from ficsearch.results import Suggestion

Like = Callable[[str, int], Mapping[str, int]]
"""The words of the library that ``edits.alike`` takes for a word within a distance, with the stories each is in."""

MOST = 5
"""Suggestions of each kind: more is a list nobody reads."""


def suggest(query: Query, like: Like, count: Callable[[Query], int]) -> tuple[Suggestion, ...]:
    """Queries like *query* that find something, most promising first. *count* says how many stories a query finds among
    those the reader may see."""
    meant = ((f"did you mean '{new}'", q) for new, q in _respelt(query, like))
    dropped = ((f"without {what}", q) for what, q in relaxations(query))
    return (*_counted(meant, count), *_counted(dropped, count))


def _counted(candidates: Iterable[tuple[str, Query]], count: Callable[[Query], int]) -> Iterator[Suggestion]:
    found = 0
    for label, query in candidates:
        if total := count(query):
            yield Suggestion(label, write(query), total)
            found += 1
        if found == MOST:
            return


def _respelt(query: Query, like: Like) -> Iterator[tuple[str, Query]]:
    """For each word of *query* that no story has, the query with a word like it."""
    for word in dict.fromkeys(_plain_words(query)):
        for other in nearest(word, like):
            yield other, _with_word(query, word, other)


def _plain_words(query: Query) -> Iterator[str]:
    match query:
        case All(parts) | Any(parts):
            for part in parts:
                yield from _plain_words(part)
        case Words(words):
            yield from words


def nearest(word: str, like: Like) -> list[str]:
    """Words that *word* may have been meant for: nearest first, then in most stories; none for one that is there.

    One mistake up to seven letters, two in longer words; the first letter is mostly right, so it is asked to be.
    """
    distance = 1 if len(word) < 8 else 2
    found = like(word, distance)
    near = [other for other in found if other[:1] == word[:1]] if word not in found else []
    return sorted(near, key=lambda other: (edits(word, other, distance), -found[other], other))[:2]


def _with_word(query: Query, word: str, other: str) -> Query:
    match query:
        case All(parts):
            return All(tuple(_with_word(p, word, other) for p in parts))
        case Any(parts):
            return Any(tuple(_with_word(p, word, other) for p in parts))
        case Not():
            return query
        case Words(words):
            return replace(query, tokens=tuple(other if w == word else w for w in words))
    return query
