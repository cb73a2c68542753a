"""How many stories of an answer hold each name.

A name that many stories hold is a row of bits, a bit a story: counting is one pass of "and" and of counting bits. Names
that few hold are kept as they lie in the segments, story by story. Which is smaller decides, name by name, so that
five ratings and fifty thousand authors are both counted quickly.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines.whoosh.arrays import Array, Bytes, Ints, stretches

Bits = NDArray[np.uint64]

_DENSE = 64
"""A name that at least one story in so many holds takes less room as bits than as numbers."""


def bits_of(stories: Ints, count: int) -> Bits:
    """Which of *count* stories are among *stories*: a bit each, in whole numbers of 64."""
    mask = np.zeros(-(-count // 64) * 64, bool)
    mask[stories] = True
    return np.packbits(mask, bitorder="little").view(np.uint64)


class Tally:
    """Counts *count* names of some fields together. *of* says which names each story has, field by field; those of
    story n in field f stand from ``starts[f, n]`` to before ``starts[f, n + 1]``."""

    def __init__(self, count: int, of: Array, starts: Ints) -> None:
        self._count, self._of, self._starts = count, of, starts
        self._stories = starts.shape[1] - 1
        self._asked = False

    @property
    def size(self) -> int:
        """Bytes, when all of it is made."""
        return self._of.nbytes * 5 + self._starts.nbytes

    @cached_property
    def _owners(self) -> Array:
        """The story of each of ``of``."""
        stories = np.arange(self._stories, dtype=np.int32)
        return np.tile(stories, len(self._starts)).repeat(np.diff(self._starts).ravel())

    @cached_property
    def _holders(self) -> Ints:
        """How many stories hold each name."""
        return np.bincount(self._of, minlength=self._count)

    @cached_property
    def _dense(self) -> Ints:
        """The names that many hold."""
        return np.asarray((self._holders * _DENSE > self._stories).nonzero()[0])

    @cached_property
    def _sparse(self) -> tuple[Ints, Ints]:
        """The other names, each as often as a story holds it, and those stories."""
        sparse = ~np.isin(self._of, self._dense)
        # as wide as an index is: numpy widens narrower ones anew each time, which takes longer than to count
        return self._of[sparse].astype(np.intp), self._owners[sparse].astype(np.intp)

    @cached_property
    def _rows(self) -> Bits:
        """A row of bits for every dense name."""
        row_of = np.full(self._count, -1)
        row_of[self._dense] = np.arange(len(self._dense))
        rows = row_of[self._of]
        # bit n of a row is bit n % 8 of byte n / 8; two stories of one name never share a bit, so adding is setting
        width = -(-self._stories // 64) * 8
        here = rows >= 0
        places = rows[here] * width + (self._owners[here] >> 3)
        values = np.left_shift(1, self._owners[here] & 7)
        packed: Bytes = np.bincount(places, values, len(self._dense) * width).astype(np.uint8)
        return packed.view(np.uint64).reshape(len(self._dense), width // 8)

    def counts(self, stories: Ints) -> Ints:
        """How many of *stories* hold each name."""
        if len(stories) * _DENSE < self._stories or not self._asked:
            # to make the tables takes several times as long as to count once: who asks but once needs none
            self._asked |= len(stories) * _DENSE >= self._stories
            return self._one_by_one(stories)
        if (self._stories - len(stories)) * _DENSE < self._stories:
            others = np.ones(self._stories, bool)
            others[stories] = False
            return self._holders - self._one_by_one(others.nonzero()[0])
        asked, (sparse, owners) = np.zeros(self._stories, bool), self._sparse
        asked[stories] = True
        counts = np.bincount(sparse[asked.take(owners)], minlength=self._count)
        bits = bits_of(stories, self._stories)
        counts[self._dense] = np.bitwise_count(self._rows & bits).sum(axis=1, dtype=np.int64)
        return counts

    def _one_by_one(self, stories: Ints) -> Ints:
        """The same for a few stories, by the names of each."""
        begins = self._starts[:, stories].ravel()
        held = self._of[stretches(begins, self._starts[:, stories + 1].ravel() - begins)]
        return np.bincount(held, minlength=self._count)
