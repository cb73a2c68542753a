"""Words a few typing mistakes away, for a whole lexicon at once: ``edits.alike`` on arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines.whoosh.arrays import Ints, Mask
from ficsearch.engines.whoosh.lexicon import Lexicon, decoded

Letters = NDArray[np.uint32]


class Spelling:
    """The words of a lexicon letter by letter."""

    def __init__(self, lexicon: Lexicon) -> None:
        text = np.frombuffer(lexicon.text(), np.uint8)
        # a letter begins at every byte that does not continue one
        begins = np.append(0, np.cumsum((text & 0xC0) != 0x80))
        self._letters = letters_of(decoded(lexicon.text()))
        self._starts: Ints = begins[lexicon.ends[:-1]]
        self._lengths: Ints = np.diff(begins[lexicon.ends])
        self._sets = _sets(self._letters, self._starts)

    def alike(self, word: str, distance: int) -> Ints:
        """The indices of the words that ``edits.alike`` takes for *word*."""
        letters = letters_of(word)
        candidates = self._candidates(letters, distance)
        lengths = self._lengths[candidates]
        # one letter more than the longest: a column that no word has
        grid = np.zeros((int(lengths.max(initial=0)) + 1, len(candidates)), np.uint32)
        for column in range(len(grid) - 1):
            having = lengths > column
            grid[column, having] = self._letters[self._starts[candidates[having]] + column]
        edits = _edits(letters, grid, lengths)
        short = np.minimum(lengths, len(letters)) <= distance
        alike: Mask = (edits == 0) | ((edits <= distance) & ~short)
        return candidates[alike]

    def _candidates(self, letters: Letters, distance: int) -> Ints:
        """Words of nearly this length and these letters: an edit adds at most one letter and takes one away."""
        asked = _sets(letters, np.zeros(1, np.int64))[0] if len(letters) else np.uint64(0)
        near: Mask = np.abs(self._lengths - len(letters)) <= distance
        near &= np.bitwise_count(self._sets & ~asked) <= distance
        near &= np.bitwise_count(asked & ~self._sets) <= distance
        return np.flatnonzero(near)


def letters_of(text: str) -> Letters:
    """The characters of *text* as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _sets(letters: Letters, starts: Ints) -> NDArray[np.uint64]:
    """Which letters each word has: a bit for each, several letters sharing one."""
    if not len(letters):
        return np.zeros(len(starts), np.uint64)
    bits = np.uint64(1) << (letters.astype(np.uint64) & np.uint64(63))
    return np.asarray(np.bitwise_or.reduceat(bits, starts))


def _edits(word: Letters, grid: NDArray[np.uint32], lengths: Ints) -> Ints:
    """The optimal string alignment distance of *word* to every column of *grid*."""
    size, count = grid.shape
    rows = [np.repeat(np.arange(size)[:, None], count, axis=1)]
    for row in range(1, len(word) + 1):
        above = rows[-1]
        here = np.full_like(above, row)
        for column in range(1, size):
            differ = grid[column - 1] != word[row - 1]
            best = np.minimum(above[column - 1] + differ, np.minimum(above[column], here[column - 1]) + 1)
            if row > 1 < column:
                swapped = (grid[column - 2] == word[row - 1]) & (grid[column - 1] == word[row - 2])
                best = np.where(swapped, np.minimum(best, rows[-2][column - 2] + 1), best)
            here[column] = best
        rows = [above, here]
    distances: Ints = rows[-1][lengths, np.arange(count)]
    return distances
