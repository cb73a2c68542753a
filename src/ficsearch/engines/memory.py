"""The reference engine: says what a request means by asking every story. Slow and obvious on purpose.

It is the oracle of the tests: every other engine must give the same hits, totals and counts.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any as Anything

from ficsearch.edits import alike
from ficsearch.engines import STORY_BITS, Choice, Located, Matches, OneWord, Request, Sort
from ficsearch.fields import ANYWHERE, BY_NAME, Field, IndexDocument
from ficsearch.holdings import mentioned
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Mentioned,
    Name,
    Near,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    WordLeaf,
    Words,
    word_leaves,
)
from ficsearch.text import fold_name, stem, tokens

Run = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """One story, ready to be asked: the runs of words of each TEXT and NAME field (a text is one run, each name
    one), the names of each NAME field (folded -> as written) and the numbers."""

    id: str
    runs: Mapping[str, tuple[Run, ...]]
    names: Mapping[str, Mapping[str, str]]
    numbers: Mapping[str, int]
    sort_keys: Mapping[str, Anything]


def entry(document: IndexDocument) -> Entry:
    """*document* as this engine keeps it."""
    texts = {n: v for n, v in document.values.items() if isinstance(v, str)}
    named = {n: v for n, v in document.values.items() if isinstance(v, tuple)}
    runs: dict[str, tuple[Run, ...]] = {n: (tuple(tokens(v)),) for n, v in texts.items()}
    runs |= {n: tuple(tuple(tokens(name)) for name in v) for n, v in named.items()}
    # the first spelling wins, hence the reversal
    names = {n: {fold_name(name): name for name in reversed(v)} for n, v in named.items()}
    numbers = {n: v for n, v in document.values.items() if isinstance(v, int)}
    return Entry(document.id, runs, names, numbers, document.sort_keys)


class MemoryEngine:
    """All stories in a dict, nothing in its folder: opened again it is empty, at generation 0."""

    def __init__(self, folder: Path | None = None, memory_mb: int = 0) -> None:
        self._entries: Mapping[str, Entry] = {}
        self._generation = 0

    @property
    def generation(self) -> int:
        return self._generation

    def add(self, documents: Iterable[IndexDocument], generation: int, *, more: bool = False) -> None:
        new = {d.id: entry(d) for d in documents}
        # a new dict each time: a search in another thread goes on with the one it holds
        self._entries, self._generation = {**self._entries, **new}, generation

    def remove(self, ids: Iterable[str], generation: int) -> None:
        gone = set(ids)
        self._entries = {i: e for i, e in self._entries.items() if i not in gone}
        self._generation = generation

    def search(self, request: Request) -> Matches:
        entries = tuple(self._entries.values())
        found = [e for e in entries if matches(request.query, e) and matches(request.within, e)]
        chosen = [e for e in found if all(agrees(c, e) for c in request.chosen)]
        scores = Scores(request.query, entries)
        scored = [(e, scores.of(e)) for e in chosen]
        page = _ordered(scored, request.sort)[request.start : request.start + request.size]
        facets = {name: _counts(name, found, request.chosen) for name in request.facets}
        return Matches(len(chosen), tuple((e.id, score) for e, score in page), facets)

    def count(self, query: Query) -> int:
        return sum(matches(query, e) for e in self._entries.values())

    def locate(self, asked: Sequence[OneWord], ids: Sequence[str]) -> Located:
        bodies = [self._entries[i].runs.get("body", ((),)) if i in self._entries else None for i in ids]
        words = tuple(-1 if body is None else sum(map(len, body)) for body in bodies)
        return Located(words, tuple(memoryview(array("q", _located(leaf, bodies))) for leaf in asked))

    def names(self, field: str) -> Mapping[str, int]:
        return _spelled(e.names[field] for e in self._entries.values())

    def like(self, field: str, word: str, distance: int) -> Mapping[str, int]:
        words = ({w for run in e.runs.get(field, ()) for w in run} for e in self._entries.values())
        return {other: n for other, n in Counter(chain(*words)).items() if alike(word, other, distance)}

    def close(self) -> None:
        self._entries = {}


def matches(query: Query, story: Entry) -> bool:
    """Does *query* find this story? The meaning of every node, in code."""
    match query:
        case Everything():
            return True
        case Nothing():
            return False
        case All(parts):
            return all(matches(part, story) for part in parts)
        case Any(parts):
            return any(matches(part, story) for part in parts)
        case Not(part):
            return not matches(part, story)
        case Name(value, field):
            return fold_name(value) in story.names.get(field, ())
        case OneOf(values, field):
            return any(fold_name(value) in story.names.get(field, ()) for value in values)
        case Mentioned(name, low, high):
            return any(fold_name(value) in story.names["mentions"] for value in mentioned(name, low, high))
        case Between(field, low, high):
            number = story.numbers.get(field)
            return number is not None and (low is None or low <= number) and (high is None or number <= high)
        case Words() | Near() | Prefix() | Fuzzy():
            return any(places(query, run) for field in _fields(query) for run in story.runs.get(field.name, ()))
    raise TypeError(f"{query!r} is not bound to fields")


def _fields(leaf: WordLeaf) -> Sequence[Field]:
    return (BY_NAME[leaf.field],) if leaf.field else ANYWHERE


def places(leaf: WordLeaf, run: Run) -> int:
    """In how many places of *run* the leaf is found."""
    match leaf:
        case Words(wanted, exact=True):
            return _phrases(wanted, run)
        case Words(wanted):
            return _phrases(tuple(map(stem, wanted)), tuple(map(stem, run)))
        case Near(wanted, slop):
            return _nears(wanted, slop, run)
        case Prefix(start):
            return sum(word.startswith(start) for word in run)
        case Fuzzy(word, distance):
            return sum(alike(word, other, distance) for other in run)


def _phrases(wanted: Run, run: Run) -> int:
    size = len(wanted)
    return sum(run[at : at + size] == wanted for at in range(len(run) - size + 1)) if wanted else 0


def _nears(wanted: Run, slop: int, run: Run) -> int:
    """How many stretches that begin with one of the words hold all of them."""
    size, counted = len(wanted) + slop, Counter(wanted)
    return sum(counted <= Counter(run[at : at + size]) for at, word in enumerate(run) if word in counted)


def _located(leaf: OneWord, bodies: Sequence[Sequence[Run] | None]) -> Iterator[int]:
    for story, body in enumerate(bodies):
        for at, word in enumerate(body[0] if body else ()):
            if places(leaf, (word,)):
                yield story << STORY_BITS | at


def agrees(choice: Choice, story: Entry) -> bool:
    """Is this story among those chosen?"""
    return _included(choice, story) and not _holds(choice.exclude, choice.field, story, any)


def _included(choice: Choice, story: Entry) -> bool:
    return not choice.include or _holds(choice.include, choice.field, story, all if choice.every else any)


def _holds(values: Iterable[str], field: str, story: Entry, how: Anything) -> bool:
    return bool(how(fold_name(value) in story.names[field] for value in values))


def _counts(facet: str, found: Iterable[Entry], chosen: Iterable[Choice]) -> dict[str, int]:
    """The values of *facet* over what is chosen elsewhere."""
    narrowing = [_without_any_of(c) if c.field == facet else c for c in chosen]
    return _spelled(e.names[facet] for e in found if all(agrees(c, e) for c in narrowing))


def _without_any_of(choice: Choice) -> Choice:
    """What *choice* leaves in force for the counts of its own facet."""
    return choice if choice.every else Choice(choice.field, exclude=choice.exclude)


def _spelled(stories: Iterable[Mapping[str, str]]) -> dict[str, int]:
    """How many stories hold each name, under the spelling met first."""
    spelling: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for names in stories:
        for folded, name in names.items():
            spelling.setdefault(folded, name)
            counted[folded] += 1
    return {spelling[folded]: count for folded, count in counted.items()}


def _ordered(scored: list[tuple[Entry, float]], sort: Sort | None) -> list[tuple[Entry, float]]:
    by_id = sorted(scored, key=lambda hit: hit[0].id)
    if sort is None:
        return sorted(by_id, key=lambda hit: -hit[1])
    field = sort.field
    having = [hit for hit in by_id if hit[0].sort_keys[field] is not None]
    lacking = [hit for hit in by_id if hit[0].sort_keys[field] is None]
    # sorted() keeps ties in order, reversed ones too
    return sorted(having, key=lambda hit: hit[0].sort_keys[field], reverse=sort.descending) + lacking


class Scores:
    """How well stories answer a query: BM25 summed over its leaves and their fields, each field by its boost.

    A leaf is rare when few stories hold it anywhere it asks; places count as occurrences of one word.
    """

    K1, B = 1.2, 0.75  # the values BM25 is mostly published with (Robertson and Zaragoza 2009)

    def __init__(self, query: Query, entries: Sequence[Entry]) -> None:
        self._leaves = [(leaf, self._rarity(leaf, entries)) for leaf in word_leaves(query)]
        self._average = {
            field.name: sum(_length(e, field) for e in entries) / len(entries)
            for leaf, _ in self._leaves
            for field in _fields(leaf)
            if entries
        }

    @staticmethod
    def _rarity(leaf: WordLeaf, entries: Sequence[Entry]) -> float:
        holding = sum(matches(leaf, e) for e in entries)
        return math.log(1 + (len(entries) - holding + 0.5) / (holding + 0.5))

    def of(self, story: Entry) -> float:
        return sum(
            rarity * field.boost * self._weight(leaf, field, story)
            for leaf, rarity in self._leaves
            for field in _fields(leaf)
        )

    def _weight(self, leaf: WordLeaf, field: Field, story: Entry) -> float:
        found = sum(places(leaf, run) for run in story.runs.get(field.name, ()))
        if not found:
            return 0.0
        longer = _length(story, field) / self._average[field.name]
        return found * (self.K1 + 1) / (found + self.K1 * (1 - self.B + self.B * longer))


def _length(story: Entry, field: Field) -> int:
    return sum(map(len, story.runs.get(field.name, ())))
