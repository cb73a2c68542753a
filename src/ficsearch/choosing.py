"""Which passages of some stories are the best, by the places of words: before any text is read, all stories at once.

The words of all stories stand in one line, story after story as an engine counts them. Titles and texts of chapters are
*runs* of it, with wide gaps between them so that nothing asked for reaches from one into the next; titles are left out.
``passages.passages`` says what a passage is and finds the same ones in a text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines import STORY_BITS, Located, OneWord
from ficsearch.occurrences import near
from ficsearch.query.nodes import Fuzzy, Near, Prefix, WordLeaf, Words
from ficsearch.texts import FULL, Outlined

Ints = NDArray[np.int64]

_GAP = 32
"""Bits below the number of a run: more words than there are in all."""
_IN_LINE = (1 << _GAP) - 1

_SIZE = 24
"""Bits for the number of paragraphs that a place takes."""


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
    return [some or line.opening(n) if trusted[n] else None for n, some in enumerate(best)]


@dataclass(frozen=True, slots=True)
class Line:
    """All words of the stories. A *part* is a title or a paragraph: ``edges`` says how many words stand before each,
    ``runs`` is the first part of the title of each chapter and of its text, in turn, ``starts`` the words before it;
    ``bases`` are the words before each story, ``chapters`` is its first chapter. Each of these has one more at the end.
    """

    edges: Ints
    runs: Ints
    starts: Ints
    bases: Ints
    chapters: list[int]

    @classmethod
    def of(cls, stories: Sequence[Outlined]) -> Line:
        """The line of *stories*."""
        held = [n for story in stories for piece in story.pieces for n in piece.chapters]
        chapters = [*accumulate([sum([len(piece.chapters) for piece in story.pieces]) for story in stories], initial=0)]
        titles = [*accumulate([n + 1 for n in held], initial=0)]
        runs = np.array([part for title in titles for part in (title, title + 1)][:-1])
        edges = np.zeros(titles[-1] + 1, np.int64)
        parts, of_text = edges[1:], np.ones(titles[-1], bool)
        of_text[runs[:-1:2]] = False
        parts[runs[:-1:2]] = _numbers(b"".join([story.titles for story in stories]))
        parts[of_text] = _numbers(b"".join([piece.words for story in stories for piece in story.pieces]))
        parts.cumsum(out=parts)
        starts = edges[runs]
        return cls(edges, runs, starts, starts[::2][chapters], chapters)

    def words_of_stories(self) -> Ints:
        """How many words each story has, titles included."""
        return self.bases[1:] - self.bases[:-1]

    def placed(self, places: Ints, trusted: NDArray[np.bool_]) -> Ints:
        """*places* as an engine tells them, in this line: the run ``<< _GAP``, plus the words before."""
        story = places >> STORY_BITS
        if not trusted.all():
            places, story = places[trusted[story]], story[trusted[story]]
        where = (places & ((1 << STORY_BITS) - 1)) + self.bases[story]
        placed: Ints = (self.starts.searchsorted(where, side="right") - 1 << _GAP) + where
        return placed

    def parts(self, places: Ints) -> Ints:
        """The part in which each of *places* is."""
        parts: Ints = self.edges.searchsorted(places & _IN_LINE, side="right") - 1
        return parts

    def reach(self, parts: Ints, most: int) -> Ints:
        """Behind the last part of a passage from each of *parts* on: there are *most* words, or the scene ends."""
        stop = self.edges[1:] == self.edges[:-1]
        stop[self.runs[:-1:2]] = True
        stops = np.append(stop.nonzero()[0], len(stop))
        full = self.edges.searchsorted(self.edges[parts] + most, side="right") - 1
        behind: Ints = np.minimum(full, stops[stops.searchsorted(parts)])
        return behind

    def spot(self, story: int, part: int, run: int, size: int, words: int, marks: tuple[int, ...] = ()) -> Spot:
        """The passage of *size* parts from *part* on, which is in that *run*."""
        first = self.chapters[story]
        chapter = (run >> 1) - first + 1
        paragraph = part - int(self.runs[run]) + 1
        return Spot(chapter, paragraph, part - int(self.runs[2 * first]) - chapter, size, words, marks)

    def opening(self, story: int) -> tuple[Spot, ...]:
        """The first paragraph of *story* that has words in it."""
        for run in range(2 * self.chapters[story] + 1, 2 * self.chapters[story + 1], 2):
            part = int(self.edges.searchsorted(self.starts[run], side="right")) - 1
            if part < self.runs[run + 1]:
                return (self.spot(story, part, run, 1, int(self.edges[part + 1] - self.edges[part])),)
        return ()


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

    def marks(self, lows: Ints, highs: Ints) -> Iterator[list[int]]:
        """The words asked for from each of *lows* to before that of *highs*, counted from there."""
        firsts, lasts = self.starts.searchsorted(lows), self.starts.searchsorted(highs - (self.size - 1))
        for low, first, last in zip(lows.tolist(), firsts.tolist(), lasts.tolist(), strict=True):
            yield [at - low + n for at in self.starts[first:last].tolist() for n in range(self.size)]


class _FoundNear(Found):
    """Words near each other: every place of each of them that is in a stretch that holds all."""

    def __init__(self, leaf: Near, slots: Sequence[Ints]) -> None:
        self._leaf = leaf
        self._slots = dict(zip(leaf.tokens, slots, strict=True))
        super().__init__(_near(leaf, self._slots))

    def marks(self, lows: Ints, highs: Ints) -> Iterator[list[int]]:
        for low, high in zip(lows.tolist(), highs.tolist(), strict=True):
            row = [""] * (high - low)
            for word, places in self._slots.items():
                for at in places[bisect_left(places, low) : bisect_left(places, high)].tolist():
                    row[at - low] = word
            yield [run[0] for run in near(self._leaf.tokens, self._leaf.slop, row)]


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
        self._line, self._found = line, found
        parts, needed = self._parts()
        runs = line.runs.searchsorted(parts, side="right") - 1
        of_text = (runs & 1).nonzero()[0]
        self._at, self._run = parts[of_text], runs[of_text]
        self._sizes = np.maximum(needed[of_text], line.reach(self._at, most) - self._at)
        gap = self._run << _GAP
        self._low, self._high = gap + line.edges[self._at], gap + line.edges[self._at + self._sizes]
        self._story = np.array(line.chapters).searchsorted(self._run >> 1, side="right") - 1
        # those that are alike stay in the order of the text
        self._order = np.lexsort((*self._held(), self._story))

    def _parts(self) -> tuple[Ints, Ints]:
        """Each part in which a place begins, once, and how many the longest of its places takes."""
        held = [np.empty(0, np.int64)]
        for leaf in self._found:
            first = self._line.parts(leaf.starts)
            last = self._line.parts(leaf.starts + (leaf.size - 1)) if leaf.size > 1 else first
            held.append((first << _SIZE) + (last - first + 1))
        both = np.concatenate(held)
        both.sort()
        first = both >> _SIZE
        longest = np.append(first[1:] != first[:-1], True)[: len(first)]
        return first[longest], both[longest] & ((1 << _SIZE) - 1)

    def _held(self) -> tuple[Ints, Ints]:
        """How many places each passage holds, and of how many different leaves; the most come first."""
        matches, distinct = np.zeros_like(self._low), np.zeros_like(self._low)
        for leaf in self._found:
            held = leaf.starts.searchsorted(self._high) - leaf.starts.searchsorted(self._low)
            matches -= held
            distinct -= held > 0
        return matches, distinct

    def best(self, stories: int, limit: int) -> Iterator[tuple[Spot, ...]]:
        """The *limit* best of each story."""
        bounds = self._story.searchsorted(np.arange(stories + 1)).tolist()
        # the best shares no paragraph with a better one
        some = (self._order[a : b if limit > 1 else min(b, a + limit)].tolist() for a, b in pairwise(bounds))
        chosen = [_apart(ranked, self._at, self._sizes, limit) if len(ranked) > 1 else ranked for ranked in some]
        spots = self._spots([index for some in chosen for index in some])
        return (tuple([next(spots) for _ in some]) for some in chosen)

    def _spots(self, chosen: list[int]) -> Iterator[Spot]:
        index = np.array(chosen, np.int64)
        low, high = self._low[index], self._high[index]
        marks = zip(*[leaf.marks(low, high) for leaf in self._found], strict=True) if chosen else ()
        told = [list_[index].tolist() for list_ in (self._story, self._at, self._run, self._sizes)]
        for story, at, run, size, words, held in zip(*told, (high - low).tolist(), marks, strict=True):
            yield self._line.spot(story, at, run, size, words, tuple(sorted(set().union(*held))))


def _apart(ranked: Sequence[int], parts: Ints, sizes: Ints, limit: int) -> list[int]:
    """The first *limit* passages of *ranked* that share no part with one before."""
    chosen: list[int] = []
    taken: set[int] = set()
    for index, at, size in zip(ranked, parts[ranked].tolist(), sizes[ranked].tolist(), strict=True):
        if len(chosen) < limit and taken.isdisjoint(range(at, at + size)):
            chosen.append(index)
            taken.update(range(at, at + size))
    return chosen


def _numbers(packed: bytes) -> Ints:
    """What ``texts.packed_numbers`` packed."""
    parts = np.frombuffer(packed, np.uint8)
    if FULL not in packed:
        return parts.astype(np.int64)
    lasts = (parts != FULL).nonzero()[0]
    return np.asarray(np.add.reduceat(parts.astype(np.int64), np.append(0, lasts[:-1] + 1)))
