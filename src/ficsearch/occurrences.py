"""Where in a row of words something that was asked for is met."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ficsearch.edits import alike
from ficsearch.query.nodes import Fuzzy, Near, Prefix, WordLeaf, Words
from ficsearch.text import stem


def occurrences(leaf: WordLeaf, words: Sequence[str]) -> list[range]:
    """Where in *words* the leaf is met, each as the range of its places."""
    match leaf:
        case Words(asked, _, exact):
            return _phrase(asked, exact, words)
        case Prefix(start):
            return _each(words, lambda w: w.startswith(start))
        case Fuzzy(word, distance):
            return _each(words, lambda w: alike(word, w, distance))
        case Near(asked, slop):
            return near(asked, slop, words)


def _each(words: Sequence[str], fits: Callable[[str], bool]) -> list[range]:
    return [range(at, at + 1) for at, word in enumerate(words) if fits(word)]


def _phrase(asked: tuple[str, ...], exact: bool, words: Sequence[str]) -> list[range]:
    if not asked:
        return []
    wanted = asked if exact else tuple(map(stem, asked))
    have = words if exact else [stem(w) for w in words]
    size = len(wanted)
    starts = (at for at, word in enumerate(have) if word == wanted[0])
    return [range(at, at + size) for at in starts if tuple(have[at : at + size]) == wanted]


def near(asked: tuple[str, ...], slop: int, words: Sequence[str]) -> list[range]:
    """Every place of the asked words that lies in a run of ``len(asked) + slop`` words holding all of them."""
    size = len(asked) + slop
    places = [at for at, word in enumerate(words) if word in asked]
    out: set[int] = set()
    for first in places:
        inside = [at for at in places if first <= at < first + size]
        have = [words[at] for at in inside]
        if all(have.count(word) >= asked.count(word) for word in asked):
            out.update(inside)
    return [range(at, at + 1) for at in sorted(out)]
