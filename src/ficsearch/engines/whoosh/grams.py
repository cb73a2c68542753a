"""The grams of common words gathered and written: of new stories, and of segments that are merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayWriter, Bytes, Ints, Mask, Spool, narrow, pieces, running, sizes
from ficsearch.engines.whoosh.neighbours import BITS, LONGEST, Neighbours
from ficsearch.engines.whoosh.packing import HALF, WHOLE, PackedWriter, Width
from ficsearch.engines.whoosh.postings import AT_ONCE, Runs

PIECE = 1 << 20
"""Tokens whose grams are gathered at once."""

MOST = 1 << 19
"""Grams that are counted at once."""

_STORY_BITS = 32
_STORY = (1 << _STORY_BITS) - 1


class _Part(Protocol):
    """Grams with the stories that hold them, in order of the grams."""

    def often(self) -> tuple[Ints, Ints]:
        """The grams, and how many stories hold each."""

    def between(self, low: int, high: int) -> Ints:
        """Who holds which of the grams from *low* to before *high*: ``gram << 32 | story``, ascending."""

    def let_go(self) -> None:
        """What was read so far need not stay in memory."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What was found in some stories, and lies in a *spool* from *begin* on."""

    spool: Spool
    begin: int
    grams: Array
    ends: Array

    def often(self) -> tuple[Ints, Ints]:
        return self.grams.astype(np.int64), sizes(self.ends)

    def between(self, low: int, high: int) -> Ints:
        first, last = self.ends[self.grams.searchsorted([low, high])].tolist()
        return np.asarray(self.spool.array()[self.begin + first : self.begin + last], np.int64)

    def let_go(self) -> None:
        self.spool.let_go()


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a segment lists: which of its stories are *live*, and their new *numbers*."""

    neighbours: Neighbours
    live: Mask
    numbers: Ints

    def often(self) -> tuple[Ints, Ints]:
        grams, posts = self.neighbours.listed
        if self.live.all():
            return grams, np.diff(posts)
        often = [self._living(first, last) for first, last in pieces(np.diff(posts), AT_ONCE)]
        return grams, np.concatenate(often) if often else posts[:0]

    def _living(self, first: int, last: int) -> Ints:
        posts = self.neighbours.listed[1][first : last + 1]
        living = np.append(0, np.cumsum(self.live[self._stories(first, last)]))
        return sizes(living[posts - posts[0]])

    def _stories(self, first: int, last: int) -> Ints:
        posts = self.neighbours.listed[1][first : last + 1]
        return running(self.neighbours.gaps.stretch(int(posts[0]), int(posts[-1])), np.diff(posts))

    def between(self, low: int, high: int) -> Ints:
        grams, posts = self.neighbours.listed
        first, last = grams.searchsorted([low, high]).tolist()
        if first == last:
            return grams[:0]
        stories = self._stories(first, last)
        found = np.repeat(grams[first:last] << _STORY_BITS, np.diff(posts[first : last + 1]))
        found |= self.numbers[stories]
        return found[self.live[stories]]

    def let_go(self) -> None:
        self.neighbours.let_go()


class GramsWriter:
    """Gathers the grams of the *common* words (indices, by rank) and writes them under *name* (``FIELD.word``). Parts
    come in the order of their stories."""

    def __init__(self, writer: ArrayWriter, name: str, common: Ints) -> None:
        self._writer, self._name = writer, f"{name}.gram"
        self._found = writer.spool(np.int64)
        self._parts: list[_Part] = []
        writer.put(f"{name}.common", narrow(common))

    def add(self, ranks: Bytes, counts: Ints, stories: Ints) -> None:
        """Take in whole stories: the rank of each token (0: not common), how many each story has, and the number of
        each, -1 to leave it out."""
        owners = np.repeat(stories, counts)
        found = np.concatenate([numbers << _STORY_BITS | owners[at] for at, numbers in _grams(ranks, counts)])
        found = np.sort(found[found >= 0])
        found = found[np.diff(found, prepend=-1) != 0]
        grams, begins = np.unique(found >> _STORY_BITS, return_index=True)
        ends = np.append(begins, len(found)).astype(np.uint32)
        self._parts.append(_Gathered(self._found, self._found.count, grams.astype(np.uint32), ends))
        self._found.add(found)

    def join(self, neighbours: Neighbours, live: Mask, numbers: Ints) -> None:
        """Take in what another segment lists for the same common words."""
        self._parts.append(_Listed(neighbours, live, numbers))

    def close(self) -> None:
        """Write what was gathered."""
        grams, often = _summed(part.often() for part in self._parts)
        self._pack("", [np.diff(grams, prepend=0)], WHOLE)
        self._pack(".often", [often], HALF)
        self._pack(".gaps", map(_gaps, self._in_order(grams, often)), WHOLE)
        self._found.close()

    def _pack(self, part: str, numbers: Iterable[Ints], width: Width) -> None:
        packed = PackedWriter(self._writer, self._name + part, width)
        for some in numbers:
            packed.add(some)
        packed.close()

    def _in_order(self, grams: Ints, often: Ints) -> Iterator[Ints]:
        """What was found by gram, then story: some grams at a time."""
        for first, last in pieces(often, AT_ONCE):
            low, high = int(grams[first]), int(grams[last - 1]) + 1
            yield np.sort(np.concatenate([part.between(low, high) for part in self._parts]))
            for part in self._parts:
                part.let_go()


def _summed(counted: Iterable[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    """How many stories of all parts hold each gram that any holds; not all parts at once."""
    waiting: list[tuple[Ints, Ints]] = []
    for each in counted:
        waiting.append(each)
        if sum(len(grams) for grams, _ in waiting) > MOST:
            waiting = [_added(waiting)]
    grams, often = _added(waiting)
    return grams[often > 0], often[often > 0]


def _added(counted: Sequence[tuple[Ints, Ints]]) -> tuple[Ints, Ints]:
    grams, index = np.unique(np.concatenate([grams for grams, _ in counted]), return_inverse=True)
    often = np.bincount(index, np.concatenate([often for _, often in counted]), len(grams))
    return grams, often.astype(np.int64)


def _gaps(found: Ints) -> Ints:
    """The stories of each gram as gaps, the first from 0."""
    stories = found & _STORY
    gaps = np.diff(stories, prepend=0)
    first = np.flatnonzero(np.diff(found >> _STORY_BITS, prepend=-1))
    gaps[first] = stories[first]
    return gaps


def _grams(ranks: Bytes, counts: Ints) -> Iterator[tuple[Ints, Ints]]:
    """The grams of each length in these stories: where they begin, and their numbers."""
    starts = np.cumsum(counts) - counts
    following = np.append(ranks[1:], np.uint8(0))
    following[starts[(starts > 0) & (starts < len(ranks))] - 1] = 0
    at = np.flatnonzero(np.minimum(ranks, following))
    numbers = ranks[at].astype(np.int64)
    for more in range(LONGEST - 1):
        further = following[at + more]
        kept = np.flatnonzero(further)
        at, numbers = at[kept], numbers[kept] << BITS | further[kept]
        yield at, numbers


def write_grams(writer: ArrayWriter, name: str, words: Array, runs: Runs, common: Ints) -> None:
    """Write the grams of the *common* ones among the tokens *words*, which stand in *runs*, one for each story."""
    if not len(common):
        return
    ranks = np.zeros(int(words.max()) + 1, np.uint8)
    ranks[common] = np.arange(1, len(common) + 1)
    grams = GramsWriter(writer, name, common)
    ends = np.append(0, np.cumsum(runs.counts))
    for first, last in pieces(runs.counts, PIECE):
        grams.add(ranks[words[ends[first] : ends[last]]], runs.counts[first:last], runs.stories[first:last])
    grams.close()
