"""How many stories of an answer hold each name, in one segment.

A name that many stories hold is a row of bits, a bit a story: counting is one pass of "and" and of counting bits. Names
that few hold are kept as they lie in the segment, story by story. Which is smaller decides, name by name, so that
five ratings and fifty thousand authors are both counted quickly.
"""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines.whoosh.arrays import Array, Bytes, Ints, sizes
from ficsearch.engines.whoosh.lexicon import Lexicon
from ficsearch.engines.whoosh.postings import stretches

Bits = NDArray[np.uint64]

_DENSE = 64
"""A name that at least one story in so many holds takes less room as bits than as numbers."""


def bits_of(stories: Ints, count: int) -> Bits:
    """Which of *count* stories are among *stories*: a bit each, in whole numbers of 64."""
    mask = np.zeros(-(-count // 64) * 64, bool)
    mask[stories] = True
    return np.packbits(mask, bitorder="little").view(np.uint64)


class Held(Protocol):
    """Which names each story has: ``of``, those of story n from ``of_story[n]`` to before ``of_story[n + 1]``."""

    lexicon: Lexicon
    of: Array
    of_story: Array


class Tally:
    """Counts the names of one field in one segment."""

    def __init__(self, names: Held) -> None:
        self._count = len(names.lexicon)
        self._of, self._of_story = names.of, names.of_story
        self._stories = len(names.of_story) - 1
        owners = np.repeat(np.arange(self._stories, dtype=np.int32), sizes(names.of_story))
        self._holders = np.bincount(names.of, minlength=self._count)
        self._dense = (self._holders * _DENSE > self._stories).nonzero()[0]
        self._rows = self._bits(owners)
        sparse = ~np.isin(names.of, self._dense)
        # as wide as an index is: numpy widens narrower ones anew each time, which takes longer than to count
        self._sparse_of, self._sparse_owners = names.of[sparse].astype(np.intp), owners[sparse].astype(np.intp)

    def _bits(self, owners: Array) -> Bits:
        """A row of bits for every dense name."""
        row_of = np.full(self._count, -1)
        row_of[self._dense] = np.arange(len(self._dense))
        rows = row_of[self._of]
        # bit n of a row is bit n % 8 of byte n / 8; two stories of one name never share a bit, so adding is setting
        width = -(-self._stories // 64) * 8
        here = rows >= 0
        places = rows[here] * width + (owners[here] >> 3)
        values = np.left_shift(1, owners[here] & 7)
        packed: Bytes = np.bincount(places, values, len(self._dense) * width).astype(np.uint8)
        return packed.view(np.uint64).reshape(len(self._dense), width // 8)

    def counts(self, stories: Ints, bits: Bits) -> Ints:
        """How many of *stories* hold each name; *bits* are the same stories (``bits_of``)."""
        if len(stories) * _DENSE < self._stories:
            return self._one_by_one(stories)
        if (self._stories - len(stories)) * _DENSE < self._stories:
            others = np.ones(self._stories, bool)
            others[stories] = False
            return self._holders - self._one_by_one(others.nonzero()[0])
        asked = np.unpackbits(bits.view(np.uint8), bitorder="little").view(bool)
        counts = np.bincount(self._sparse_of[asked.take(self._sparse_owners)], minlength=self._count)
        counts[self._dense] = np.bitwise_count(self._rows & bits).sum(axis=1, dtype=np.int64)
        return counts

    def _one_by_one(self, stories: Ints) -> Ints:
        """The same for a few stories, by the names of each."""
        begins = self._of_story[stories].astype(np.int64)
        held = self._of[stretches(begins, self._of_story[stories + 1] - begins)]
        return np.bincount(held, minlength=self._count)
