"""Words a few typing mistakes away, in whole lexicons at once: ``edits.alike`` on arrays."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines.whoosh.arrays import Ints, Mask
from ficsearch.engines.whoosh.lexicon import Lexicon, decoded

Letters = NDArray[np.uint32]


class Spelling:
    """The words of a lexicon letter by letter, in the order of their lengths."""

    def __init__(self, lexicon: Lexicon) -> None:
        text = np.frombuffer(lexicon.text(), np.uint8)
        # a letter begins at every byte that does not continue one
        begins = np.append(0, np.cumsum((text & 0xC0) != 0x80))
        bounds = begins[lexicon.ends]
        self._letters = letters_of(decoded(lexicon.text()))
        sets = _sets(self._letters, bounds[:-1])
        lengths = np.diff(bounds)
        self._order = np.argsort(lengths, kind="stable")
        self._lengths: Ints = lengths[self._order]
        self._starts: Ints = bounds[:-1][self._order]
        self._sets = sets[self._order]

    def candidates(self, letters: Letters, distance: int) -> Ints:
        """Words of nearly this length and these letters: an edit adds at most one letter and takes one away."""
        first, last = self._lengths.searchsorted([len(letters) - distance, len(letters) + distance + 1])
        asked = _sets(letters, np.zeros(1, np.int64))[0] if len(letters) else np.uint64(0)
        sets = self._sets[first:last]
        near = (np.bitwise_count(sets ^ asked) <= 2 * distance).nonzero()[0]
        sets = sets[near]
        kept: Mask = np.bitwise_count(sets & ~asked) <= distance
        kept &= np.bitwise_count(~sets & asked) <= distance
        return np.asarray(near[kept] + first)

    def grid(self, candidates: Ints, columns: int) -> tuple[Letters, Ints]:
        """The letters of *candidates*, a column each and 0 beyond their ends, and their lengths."""
        lengths = self._lengths[candidates]
        rows = np.arange(columns)[:, None]
        grid = self._letters.take(self._starts[candidates] + rows, mode="clip")
        grid[rows >= lengths] = 0
        return grid, lengths

    def words(self, candidates: Ints) -> Ints:
        """The indices of *candidates* in the lexicon."""
        return self._order[candidates]


def alike(spellings: Sequence[Spelling], word: str, distance: int) -> list[Ints]:
    """For each lexicon the indices of the words that ``edits.alike`` takes for *word*."""
    letters = letters_of(word)
    found, first = [], 0
    candidates = [spelling.candidates(letters, distance) for spelling in spellings]
    same = _same(letters, spellings, candidates, distance)
    for spelling, chosen in zip(spellings, candidates, strict=True):
        found.append(spelling.words(chosen[same[first : first + len(chosen)]]))
        first += len(chosen)
    return found


def _same(letters: Letters, spellings: Sequence[Spelling], candidates: Sequence[Ints], distance: int) -> Mask:
    """Which of all *candidates*, one lexicon after the other, are alike: compared together, for one pass is enough."""
    columns = len(letters) + distance + 1
    grids = [(np.empty((columns, 0), np.uint32), np.empty(0, np.int64))]
    grids += [spelling.grid(chosen, columns) for spelling, chosen in zip(spellings, candidates, strict=True)]
    lengths = np.concatenate([lengths for _, lengths in grids])
    grid = np.concatenate([grid for grid, _ in grids], axis=1)
    if distance == 1 and len(letters) > 1:
        return _one_edit(letters, grid, lengths)
    edits = _edits(letters, grid, distance)
    found = edits[lengths, np.arange(len(lengths))]
    short = np.minimum(lengths, len(letters)) <= distance
    return np.asarray((found == 0) | ((found <= distance) & ~short))


def _one_edit(word: Letters, grid: Letters, lengths: Ints) -> Mask:
    """Which columns of *grid* are *word* but for one edit at most: what is alike at both ends leaves no more over."""
    size, count = len(word), len(lengths)
    alike = grid[:size] == word[:, None]
    begin = np.logical_and.accumulate(alike).sum(axis=0)
    found = np.zeros(count, bool)
    for more in (-1, 0, 1):
        # letter n of the word against letter n + more: the ends of words that are so much longer
        ends = grid[more : size + more] == word[:, None] if more >= 0 else grid[: size - 1] == word[1:, None]
        end = np.logical_and.accumulate(ends[::-1]).sum(axis=0)
        found |= (lengths == size + more) & (begin + end >= size - (more <= 0))
    # two neighbours that change places
    at = np.minimum(begin, size - 2)
    columns = np.arange(count)
    swapped = (grid[at, columns] == word[at + 1]) & (grid[at + 1, columns] == word[at])
    tail = np.logical_and.accumulate(alike[::-1]).sum(axis=0)
    found |= swapped & (lengths == size) & (at + 2 + tail >= size)
    # a word of one letter is alike to itself only
    return np.asarray(found & (lengths > 1))


def letters_of(text: str) -> Letters:
    """The characters of *text* as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _sets(letters: Letters, starts: Ints) -> NDArray[np.uint64]:
    """Which letters each word has: a bit for each, several letters sharing one."""
    if not len(letters):
        return np.zeros(len(starts), np.uint64)
    bits = np.uint64(1) << (letters.astype(np.uint64) & np.uint64(63))
    return np.asarray(np.bitwise_or.reduceat(bits, starts))


def _edits(word: Letters, grid: Letters, distance: int) -> Ints:
    """The optimal string alignment distance of *word* to every beginning of every column of *grid*, worked out where
    it may be *distance* or less."""
    size, count = grid.shape
    far = distance + 1
    before = above = np.repeat(np.minimum(np.arange(size + 1), far)[:, None], count, axis=1)
    for row in range(1, len(word) + 1):
        here = np.full_like(above, far)
        here[0] = min(row, far)
        for column in range(max(1, row - distance), min(size, row + distance) + 1):
            differ = grid[column - 1] != word[row - 1]
            best = np.minimum(above[column - 1] + differ, np.minimum(above[column], here[column - 1]) + 1)
            if row > 1 < column:
                swapped = (grid[column - 2] == word[row - 1]) & (grid[column - 1] == word[row - 2])
                best = np.where(swapped, np.minimum(best, before[column - 2] + 1), best)
            here[column] = best
        before, above = above, here
    return above
