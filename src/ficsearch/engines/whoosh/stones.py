"""Stepping stones: what lets a reader begin in the middle of the places of a word in one story, kept as steps.

    FIELD.word.long          the words (by index) that stand in a story so often that its places are worth skipping
    FIELD.word.long.ends     how many stones all of them before each have, and all together
    FIELD.word.long.place    the place before every 32nd of its places, 0 where those of a story begin

So a word is looked for at one place of a story without adding up all that are before it: the last words of a phrase
stand where the first ones leave few places to look at. They take 0.008 of the text.
"""

from __future__ import annotations

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Bytes, Ints, Mask, narrow, running
from ficsearch.engines.whoosh.packing import WHOLE, Packed, picked

PLACES = 32
"""From one stone to the next. With fewer the stones take more room; more are as many as common words have in most
stories (20 to 250), of which nothing would be passed over."""

LONG = 1 << 17
"""A word with fewer places has no stones: to read all of them takes two milliseconds."""

OFTEN = 16
"""Nor has one that stands less often in a story on average: most of its stories have less than a stretch of places."""

_FEW = 64
"""So few stretches are read one after the other: to lay them side by side takes more steps."""


def long_words(often: Ints, stories: int) -> Ints:
    """Of words that stand so *often* in so many *stories*, those that get stones among their places."""
    return np.asarray((often >= max(LONG, OFTEN * stories)).nonzero()[0])


class StonesWriter:
    """Writes the stones of the words *long* under *name* (``FIELD.word``) as their postings come; no place is over
    *last*."""

    def __init__(self, writer: ArrayWriter, name: str, long: Ints, last: int) -> None:
        self._writer, self._name, self._long = writer, name, long
        self._ends = np.zeros(len(long) + 1, np.int64)
        self._places = writer.spool(np.uint16 if last < 1 << 16 else np.uint32)
        self._begun = -1, 0

    def add(self, words: Ints, counts: Ints, steps: Ints) -> None:
        """Take note of postings, as ``PostingsWriter`` is given them."""
        first, last = self._long.searchsorted((words[0], words[-1] + 1)).tolist()
        if first == last:
            return
        ends = np.append(0, counts.cumsum())
        for n in range(first, last):
            begin, end = words.searchsorted((self._long[n], self._long[n] + 1)).tolist()
            self._add(n, ends[begin : end + 1], steps[ends[begin] : ends[end]])

    def _add(self, n: int, ends: Ints, steps: Ints) -> None:
        """Take note of the *steps* of the long word *n*, or of more of them; those of each story have *ends*."""
        begins = ends - ends[0]
        so_far = self._begun[1] if self._begun[0] == n else 0
        self._begun = n, so_far + int(begins[-1])
        at = np.arange(-so_far % PLACES, begins[-1], PLACES)
        sums = np.append(0, steps.cumsum())
        self._places.add(sums[at] - sums[begins[begins.searchsorted(at, side="right") - 1]])
        self._ends[n + 1 :] += len(at)

    def close(self) -> None:
        """Write what was noted."""
        if len(self._long):
            self._writer.put(f"{self._name}.long", narrow(self._long))
            self._writer.put(f"{self._name}.long.ends", narrow(self._ends))
        self._writer.put_spool(f"{self._name}.long.place", self._places)


class Stones:
    """The stones of the words of one field."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._long = {word: n for n, word in enumerate(file[f"{name}.long"].tolist())}
        self._ends = file[f"{name}.long.ends"].tolist()
        self._places = file[f"{name}.long.place"]

    def of(self, word: int) -> Array:
        """The stones among the places of *word*, none for most words."""
        n = self._long.get(word, -1)
        return self._places[self._ends[n] : self._ends[n + 1]] if n >= 0 else self._places[:0]


def standing(steps: Packed, begin: int, stones: Array, starts: Ints, counts: Ints, places: Ints) -> Mask:
    """Does the word whose places begin at index *begin* of *steps* stand at each of *places* of some stories? Those of
    each story begin at index *starts*, so many (*counts*)."""
    starts, bases, sizes = _stretches(stones, starts - begin, counts, places)
    starts += begin
    if len(starts) < _FEW or int(starts.max()) + PLACES > len(steps.low) or not len(stones):
        return _read(steps, starts, bases, sizes, places)
    rows = np.lib.stride_tricks.sliding_window_view(steps.low, PLACES)[starts]
    found, others = _side_by_side(np.ascontiguousarray(rows.T), sizes, places - bases)
    if len(others):
        found[others] = _read(steps, starts[others], bases[others], sizes[others], places[others])
    return found


def _side_by_side(columns: Bytes, sizes: Ints, wanted: Ints) -> tuple[Mask, Ints]:
    """Which of the stretches that lie side by side, the first steps of all in the first column, the second ones in the
    next, come to the sum that is *wanted* of each. And those that hold a step of two bytes and may be told wrong."""
    sums, lengths = np.zeros(len(sizes), np.uint16), sizes.astype(np.uint8)
    # 32 steps of one byte each come to less
    sought = np.minimum(wanted, 0xFFFF).astype(np.uint16)
    found, others = np.zeros(len(sizes), bool), np.zeros(len(sizes), bool)
    for number, column in enumerate(columns):
        sums += column
        here = lengths > number
        found |= (sums == sought) & here
        # such a step counts as the least it can be: what is passed with that is passed indeed
        others |= (column >= WHOLE.own) & (sums <= sought) & here
    return found, others.nonzero()[0]


def _stretches(stones: Array, starts: Ints, counts: Ints, places: Ints) -> tuple[Ints, Ints, Ints]:
    """Where each of *places* is if it is there: from which index on (the first of a story, or that of a stone), the
    place before that, and how many there are to look at."""
    ends = starts + counts
    if not len(stones):
        return starts, np.zeros(len(starts), np.int64), counts
    low, high = starts // PLACES + 1, (ends - 1) // PLACES + 1
    first = low.copy()
    for _ in range(int((high - low).max()).bit_length()):
        middle = (low + high) >> 1
        # where low and high have met, at the end of all stones or before, nothing changes
        before = (stones.take(middle, mode="clip") < places) & (middle < high)
        low = np.where(before, middle + 1, low)
        high = np.where(before, high, middle)
    low -= 1
    jumped = low >= first
    bases = np.where(jumped, stones[low], 0).astype(np.int64)
    begins = np.where(jumped, low * PLACES, starts)
    return begins, bases, np.minimum(ends, (low + 1) * PLACES) - begins


def _read(steps: Packed, starts: Ints, bases: Ints, sizes: Ints, places: Ints) -> Mask:
    found = np.zeros(len(places), bool)
    if not len(places):
        return found
    first = int(starts[0])
    sums = running(picked([(steps, first, int((starts + sizes).max()))], [(starts - first, sizes)]), sizes, bases)
    met = (sums == places.repeat(sizes)).nonzero()[0]
    found[sizes.cumsum().searchsorted(met, side="right")] = True
    return found
