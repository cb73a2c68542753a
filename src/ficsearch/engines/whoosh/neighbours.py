"""Which stories hold a few of the commonest words one after the other.

"To be or not to be" has millions of places to look at, for nearly every story has its words; few have them in that
order. So a segment lists the grams of its commonest words: two to four side by side, and which stories hold them. Where
and how often is not said: a phrase of up to four is found by that alone, a longer one is looked for only in the stories
that hold all its fours.

    FIELD.word.common       the commonest words (by index), each known by its place here, from 1 on: its rank
    FIELD.word.gram         the grams that occur, as numbers made of their ranks, ascending, packed as gaps
    FIELD.word.gram.often   how many stories hold each
    FIELD.word.gram.gaps    which ones, as gaps
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import groupby, pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Bytes, Ints, narrow, pieces
from ficsearch.engines.whoosh.packing import HALF, WHOLE, Packed, PackedWriter, Width
from ficsearch.engines.whoosh.postings import BLOCK

COMMON = 63
"""So many words are common: half of all that is written. Their grams take 0.035 of the text; those of twice as many
would take more than double."""

LONGEST = 4
"""Words in the longest gram. Of each length there are a third as many as of the one before."""

SMALLEST = 1 << 16
"""In fewer tokens than that, places are read before a list of grams is found."""

PIECE = 1 << 22
"""Tokens whose grams are gathered at once."""

_BITS = 6
_STORY_BITS = 32
_STORY = (1 << _STORY_BITS) - 1


def commonest(often: Array) -> Ints:
    """The words to be taken for common, when each stands so *often*; none when there are few tokens."""
    if often.sum() < SMALLEST:
        return np.empty(0, np.int64)
    words = np.argsort(-often.astype(np.int64), kind="stable")[:COMMON]
    return np.asarray(words[often[words] > 0])


class NeighboursWriter:
    """Gathers grams, some stories at a time, and writes them under *name* (``FIELD.word``)."""

    def __init__(self, writer: ArrayWriter, name: str, common: Ints) -> None:
        self._writer, self._name = writer, f"{name}.gram"
        self._found = writer.spool(np.int64)
        self._bounds = [0]
        self._often: list[tuple[Array, Array]] = []
        writer.put(f"{name}.common", narrow(common))

    def add(self, ranks: Bytes, counts: Ints, stories: Ints) -> None:
        """Take in whole stories: the rank of each token (0: not common), how many each story has, and the number of
        each, -1 to leave it out."""
        owners = np.repeat(stories, counts)
        found = np.concatenate([numbers << _STORY_BITS | owners[at] for at, numbers in _grams(ranks, counts)])
        found = np.sort(found[found >= 0])
        found = found[np.diff(found, prepend=-1) != 0]
        grams, often = np.unique(found >> _STORY_BITS, return_counts=True)
        self._often.append((grams.astype(np.uint32), often.astype(np.uint32)))
        self._found.add(found)
        self._bounds.append(self._found.count)

    def close(self) -> None:
        """Write what was gathered."""
        grams, index = np.unique(np.concatenate([grams for grams, _ in self._often]), return_inverse=True)
        often = np.bincount(index, np.concatenate([often for _, often in self._often])).astype(np.int64)
        self._pack("", [np.asarray(np.diff(grams.astype(np.int64), prepend=0), np.int64)], WHOLE)
        self._pack(".often", [often], HALF)
        self._pack(".gaps", map(_gaps, self._in_order(grams.astype(np.int64), often)), WHOLE)
        self._found.close()

    def _pack(self, part: str, numbers: Iterable[Ints], width: Width) -> None:
        packed = PackedWriter(self._writer, self._name + part, width)
        for some in numbers:
            packed.add(some)
        packed.close()

    def _in_order(self, grams: Ints, often: Ints) -> Iterator[Ints]:
        """What was found by gram, then story: some grams at a time."""
        found = self._found.array()
        gathered = [found[first:last] for first, last in pairwise(self._bounds)]
        for first, last in pieces(often, BLOCK):
            edges = np.array([grams[first], grams[last - 1] + 1]) << _STORY_BITS
            yield np.sort(np.concatenate([g[slice(*np.searchsorted(g, edges))] for g in gathered]))
            self._found.let_go()


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
        at, numbers = at[kept], numbers[kept] << _BITS | further[kept]
        yield at, numbers


def write_neighbours(writer: ArrayWriter, name: str, words: Array, counts: Ints, stories: Ints) -> None:
    """Write the grams of the tokens *words*, so many (*counts*) in each of *stories*."""
    common = commonest(np.bincount(words))
    if not len(common):
        return
    ranks = np.zeros(int(words.max()) + 1, np.uint8)
    ranks[common] = np.arange(1, len(common) + 1)
    grams = NeighboursWriter(writer, name, common)
    ends = np.append(0, np.cumsum(counts))
    for first, last in pieces(counts, PIECE):
        grams.add(ranks[words[ends[first] : ends[last]]], counts[first:last], stories[first:last])
    grams.close()


class Neighbours:
    """The grams of the common words of one field, in one segment."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._ranks = {word: rank for rank, word in enumerate(file[f"{name}.common"].tolist(), 1)}
        self._file, self._name = file, f"{name}.gram"

    @cached_property
    def gaps(self) -> Packed:
        """The stories of all grams, as gaps."""
        return Packed(self._file, f"{self._name}.gaps")

    @cached_property
    def _listed(self) -> tuple[Ints, Ints]:
        """The grams, and where the stories of each begin."""
        grams, often = Packed(self._file, self._name), Packed(self._file, f"{self._name}.often", HALF)
        count = len(grams.low)
        return grams.stretch(0, count).cumsum(), np.append(0, often.stretch(0, count).cumsum())

    def spans(self, words: Sequence[int]) -> list[tuple[int, int]]:
        """For each gram of *words*: where in ``gaps`` the stories that hold it begin and end."""
        return [self._span(gram) for gram in _numbers([self._ranks.get(word, 0) for word in words])]

    def prove(self, words: Sequence[int]) -> bool:
        """What is found for *words* holds them one after the other: no place need be looked at."""
        return 1 < len(words) <= LONGEST and all(word in self._ranks for word in words)

    def _span(self, gram: int) -> tuple[int, int]:
        grams, posts = self._listed
        index = int(grams.searchsorted(gram))
        if index == len(grams) or grams[index] != gram:
            return 0, 0
        return int(posts[index]), int(posts[index + 1])


def _numbers(ranks: Sequence[int]) -> Iterator[int]:
    """The grams in a sequence of *ranks*, the longest where they overlap."""
    for common, group in groupby(ranks, key=bool):
        together = list(group)
        size = min(len(together), LONGEST)
        for start in range(len(together) - size + 1) if common and size > 1 else ():
            yield reduce(lambda number, rank: number << _BITS | rank, together[start : start + size])
