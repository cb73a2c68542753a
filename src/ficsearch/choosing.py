"""Which passages of some stories are the best, by the places of words: before any text is read, all stories at once.

The words of all stories stand in one line, chapter after chapter, with wide gaps between chapters so that nothing asked
for reaches from one into the next; titles of chapters are left out. ``passages.passages`` says what a passage is and
finds the same ones in a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines import STORY_BITS, Located, OneWord
from ficsearch.occurrences import near
from ficsearch.query.nodes import Fuzzy, Near, Prefix, WordLeaf, Words
from ficsearch.texts import FULL, Outlined

Ints = NDArray[np.int64]

_GAP = 32
"""Bits below the number of a chapter: more words than there are in all."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A passage: ``size`` paragraphs from ``paragraph`` of ``chapter`` on (both from 1), which is the ``first`` of the
    story (from 0); how many ``words`` it has, and which of them (from 0) are asked for."""

    chapter: int
    paragraph: int
    first: int
    size: int
    words: int
    marks: tuple[int, ...] = ()


def single_words(leaves: Sequence[WordLeaf]) -> tuple[OneWord, ...]:
    """What must be located to find *leaves*."""
    return tuple(dict.fromkeys(word for leaf in leaves for word in _slots(leaf)))


def _slots(leaf: WordLeaf) -> list[OneWord]:
    match leaf:
        case Words(tokens, exact=exact):
            return [Words((token,), exact=exact) for token in tokens]
        case Near(tokens):
            return [Words((token,), exact=True) for token in tokens]
        case Prefix(start):
            return [Prefix(start)]
        case Fuzzy(word, distance):
            return [Fuzzy(word, distance)]


def choose(
    stories: Sequence[Outlined], leaves: Sequence[WordLeaf], located: Located, most: int, limit: int
) -> list[tuple[Spot, ...] | None]:
    """The *limit* best passages of each story, best first, none beginning inside another. *located* has the places of
    ``single_words(leaves)``; None for a story that has not as many words as it says."""
    line = Line.of(stories)
    trusted = line.words_of_stories() == np.array(located.words)
    singles = zip(single_words(leaves), located.places, strict=True)
    slots = {word: line.placed(np.frombuffer(places, np.int64), trusted) for word, places in singles}
    found = [Found.of(leaf, [slots[slot] for slot in _slots(leaf)]) for leaf in leaves]
    best = _Passages(line, found, most).best(len(stories), limit)
    spots = (tuple([line.spot(at, size, found) for at, size in some]) for some in best)
    return [some or line.opening(n) if trusted[n] else None for n, some in enumerate(spots)]


@dataclass(frozen=True, slots=True)
class Line:
    """All words of the stories: how many there are up to the end of each paragraph (``ends``).

    ``edges`` is the first paragraph of each chapter, ``starts`` the words before it; ``begins`` are the words before
    its text when titles count too, ``bases`` those before each story, ``chapters`` is its first chapter. Each of these
    has one more at the end.
    """

    ends: Ints
    edges: Ints
    starts: Ints
    begins: Ints
    bases: Ints
    chapters: Ints

    @classmethod
    def of(cls, stories: Sequence[Outlined]) -> Line:
        """The line of *stories*."""
        ends = _numbers(b"".join([piece.words for story in stories for piece in story.pieces])).cumsum()
        titles = _numbers(b"".join([story.titles for story in stories]))
        held = [[n for piece in story.pieces for n in piece.chapters] for story in stories]
        edges = np.array([0, *[n for some in held for n in some]]).cumsum()
        chapters = np.array([0, *map(len, held)]).cumsum()
        starts = np.append(0, ends)[edges]
        with_titles = np.append(0, titles.cumsum())
        begins = starts + np.append(with_titles[1:], with_titles[-1])
        return cls(ends, edges, starts, begins, (starts + with_titles)[chapters], chapters)

    def words_of_stories(self) -> Ints:
        """How many words each story has, titles included."""
        return self.bases[1:] - self.bases[:-1]

    def placed(self, places: Ints, trusted: NDArray[np.bool_]) -> Ints:
        """*places* as an engine tells them, in this line: the chapter ``<< _GAP``, plus the words before."""
        story = places >> STORY_BITS
        where: Ints = self.bases[story] + (places & ((1 << STORY_BITS) - 1))
        chapter = self.begins.searchsorted(where, side="right") - 1
        at = where - self.begins[chapter] + self.starts[chapter]
        in_text = (chapter >= 0) & trusted[story]
        chapter, at = chapter[in_text], at[in_text]
        in_text = at < self.starts[chapter + 1]
        placed: Ints = ((chapter << _GAP) + at)[in_text]
        return placed

    def spot(self, at: int, size: int, found: Sequence[Found]) -> Spot:
        """The passage of *size* paragraphs from *at* on."""
        chapter = int(self.edges.searchsorted(at, side="right")) - 1
        first_chapter = self._first_chapter(chapter)
        first = int(self.ends[at - 1]) if at else 0
        low, high = (chapter << _GAP) + first, (chapter << _GAP) + int(self.ends[at + size - 1])
        marks = sorted({mark for leaf in found for mark in leaf.marks(low, high)})
        paragraph = at - int(self.edges[chapter]) + 1
        of_story = at - int(self.edges[first_chapter])
        return Spot(chapter - first_chapter + 1, paragraph, of_story, size, high - low, tuple(marks))

    def _first_chapter(self, chapter: int) -> int:
        return int(self.chapters[self.chapters.searchsorted(chapter, side="right") - 1])

    def opening(self, story: int) -> tuple[Spot, ...]:
        """The first paragraph of *story* that has words in it."""
        first, last = self.chapters[story : story + 2].tolist()
        at = int(self.ends.searchsorted(self.starts[first], side="right"))
        return (self.spot(at, 1, ()),) if at < self.edges[last] else ()


class Found:
    """Where a leaf is found in the line: the first word of each place, ascending."""

    def __init__(self, starts: Ints, size: int = 1) -> None:
        self.starts, self.size = starts, size

    @classmethod
    def of(cls, leaf: WordLeaf, slots: Sequence[Ints]) -> Found:
        """Where *leaf* is found, of whose words *slots* are the places."""
        if isinstance(leaf, Near):
            return _FoundNear(leaf, slots)
        starts = slots[0] if slots else np.empty(0, np.int64)
        for n, places in enumerate(slots[1:], 1):
            starts = starts[_among(starts + n, places)]
        return cls(starts, len(slots))

    def marks(self, low: int, high: int) -> Iterator[int]:
        """The words asked for from *low* to before *high*, counted from there."""
        first, last = bisect_left(self.starts, low), bisect_left(self.starts, high - self.size + 1)
        return (at - low + n for at in self.starts[first:last].tolist() for n in range(self.size))


class _FoundNear(Found):
    """Words near each other: every place of each of them that is in a stretch that holds all."""

    def __init__(self, leaf: Near, slots: Sequence[Ints]) -> None:
        self._leaf = leaf
        self._slots = dict(zip(leaf.tokens, slots, strict=True))
        super().__init__(_near(leaf, self._slots))

    def marks(self, low: int, high: int) -> Iterator[int]:
        row = [""] * (high - low)
        for word, places in self._slots.items():
            for at in places[bisect_left(places, low) : bisect_left(places, high)].tolist():
                row[at - low] = word
        return (run[0] for run in near(self._leaf.tokens, self._leaf.slop, row))


def _near(leaf: Near, slots: Mapping[str, Ints]) -> Ints:
    places = np.concatenate([np.empty(0, np.int64), *slots.values()])
    places.sort()
    size = len(leaf.tokens) + leaf.slop
    firsts = places
    for word, here in slots.items():
        held = here.searchsorted(firsts + size) - here.searchsorted(firsts)
        firsts = firsts[held >= leaf.tokens.count(word)]
    # a place is in a stretch when one that holds all begins at most so far before it
    inside: Ints = places[firsts.searchsorted(places, side="right") > firsts.searchsorted(places - size, side="right")]
    return inside


def _among(numbers: Ints, others: Ints) -> NDArray[np.bool_]:
    """Which of *numbers* are among *others*; both ascend."""
    if not len(others):
        return np.zeros(len(numbers), bool)
    index = others.searchsorted(numbers)
    index[index == len(others)] = 0
    same: NDArray[np.bool_] = others[index] == numbers
    return same


class _Passages:
    """Every passage in which something asked for begins, ranked."""

    def __init__(self, line: Line, found: Sequence[Found], most: int) -> None:
        self._line = line
        first, last = self._paragraphs(found)
        self._at, needed = _widest(first, last - first + 1)
        self._chapter = line.edges.searchsorted(self._at, side="right") - 1
        self._before = np.append(0, line.ends)[self._at]
        self._sizes = np.maximum(needed, self._reach(most) - self._at)
        self._story = line.chapters.searchsorted(self._chapter, side="right") - 1
        self._order = np.lexsort((self._at, *self._held(found), self._story))

    def _paragraphs(self, found: Sequence[Found]) -> tuple[Ints, Ints]:
        """The paragraphs in which each place begins and ends."""
        begins = np.concatenate([np.empty(0, np.int64), *[leaf.starts for leaf in found]]) & ((1 << _GAP) - 1)
        sizes = np.array([leaf.size for leaf in found], np.int64)
        more = np.repeat(sizes - 1, np.array([len(leaf.starts) for leaf in found], np.int64))
        ends = self._line.ends
        return ends.searchsorted(begins, side="right"), ends.searchsorted(begins + more, side="right")

    def _reach(self, most: int) -> Ints:
        """Behind the last paragraph of each passage: there are *most* words, or the scene ends."""
        ends = self._line.ends
        blank = np.append((ends == np.append(0, ends[:-1])).nonzero()[0], len(ends))
        reach = np.minimum(ends.searchsorted(self._before + most, side="right"), blank[blank.searchsorted(self._at)])
        in_chapter: Ints = np.minimum(reach, self._line.edges[self._chapter + 1])
        return np.maximum(in_chapter, self._at + 1)

    def _held(self, found: Sequence[Found]) -> tuple[Ints, Ints]:
        """How many places each passage holds, and of how many different leaves; the most come first."""
        gap = self._chapter << _GAP
        low, high = gap + self._before, gap + self._line.ends[self._at + self._sizes - 1]
        matches, distinct = np.zeros_like(low), np.zeros_like(low)
        for leaf in found:
            held = leaf.starts.searchsorted(high) - leaf.starts.searchsorted(low)
            matches -= held
            distinct -= held > 0
        return matches, distinct

    def best(self, stories: int, limit: int) -> Iterator[list[tuple[int, int]]]:
        """The *limit* best of each story, as first paragraph and size."""
        bounds = self._story[self._order].searchsorted(np.arange(stories + 1)).tolist()
        for first, last in pairwise(bounds):
            # the best shares no paragraph with a better one
            some = self._order[first : last if limit > 1 else min(last, first + limit)]
            yield _apart(self._at[some].tolist(), self._sizes[some].tolist(), limit)


def _widest(first: Ints, sizes: Ints) -> tuple[Ints, Ints]:
    """Each paragraph in which a place begins, once, and how many the longest of its places takes."""
    order = np.lexsort((sizes, first))
    first, sizes = first[order], sizes[order]
    last = np.append(first[1:] != first[:-1], True)[: len(first)]
    return first[last], sizes[last]


def _apart(starts: Sequence[int], sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """The first *limit* passages that share no paragraph with one before."""
    chosen: list[tuple[int, int]] = []
    taken: set[int] = set()
    for at, size in zip(starts, sizes, strict=True):
        if len(chosen) < limit and taken.isdisjoint(range(at, at + size)):
            chosen.append((at, size))
            taken.update(range(at, at + size))
    return chosen


def _numbers(packed: bytes) -> Ints:
    """What ``texts.packed_numbers`` packed."""
    parts = np.frombuffer(packed, np.uint8)
    if FULL not in packed:
        return parts.astype(np.int64)
    lasts = (parts != FULL).nonzero()[0]
    return np.asarray(np.add.reduceat(parts.astype(np.int64), np.append(0, lasts[:-1] + 1)))
