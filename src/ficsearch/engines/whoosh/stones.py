"""Stepping stones: what lets a reader begin in the middle of a list that is kept as gaps.

    FIELD.word.stone.story   the story of the posting before every 1,024th
    FIELD.word.stone.place   how many places there are before every 1,024th posting
    FIELD.word.long          the words (by index) that stand in a story so often that its places are worth skipping
    FIELD.word.long.ends     how many stones all of them before each have, and all together
    FIELD.word.long.place    the place before every 32nd of its places, 0 where those of a story begin

With the first two a phrase with a rare word does not read all stories of its common ones; with the others a word is
looked for at one place of a story without adding up all places before it. They take 0.006 of the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Ints, Mask, narrow, running
from ficsearch.engines.whoosh.packing import WHOLE, Packed, picked

if TYPE_CHECKING:
    from typing_extensions import Buffer

POSTINGS = 1_024
"""From one stone to the next among postings: as many as are unpacked in ten microseconds."""

PLACES = 32
"""From one stone to the next among places. Half as many would double the size of the stones and save a millisecond of
thirty; twice as many would be read as fast as all places of most stories."""

LONG = 1 << 16
"""A word with fewer places has no stones: to read all of them takes a millisecond."""

OFTEN = 16
"""Nor has one that stands less often in a story on average: most of its stories have less than a stretch of places."""

_FEW = 64
"""To look at so few places stretch by stretch takes fewer steps than to lay stretches side by side."""


def long_words(often: Ints, stories: int) -> Ints:
    """Of words that stand so *often* in so many *stories*, those that get stones among their places."""
    return np.asarray((often >= max(LONG, OFTEN * stories)).nonzero()[0])


class StonesWriter:
    """Writes the stones of postings under *name* (``FIELD.word``) as those come. *long* are the words that get stones
    among their places, none of which is over *last*."""

    def __init__(self, writer: ArrayWriter, name: str, long: Ints, last: int) -> None:
        self._writer, self._name, self._long = writer, name, long
        self._stories: list[Array] = []
        self._before: list[Array] = []
        self._posts = self._places = self._story = 0
        self._ends = np.zeros(len(long) + 1, np.int64)
        self._long_places = writer.spool(np.uint16 if last < 1 << 16 else np.uint32)
        self._begun = -1, 0

    def add(self, words: Ints, stories: Ints, counts: Ints, steps: Ints) -> None:
        """Take note of postings, as ``PostingsWriter`` is given them."""
        ends = np.append(0, counts.cumsum())
        at = np.arange(-self._posts % POSTINGS, len(words), POSTINGS)
        self._stories.append(np.append(self._story, stories[:-1])[at].astype(np.uint32))
        self._before.append(ends[at] + self._places)
        self._posts += len(words)
        self._places += int(ends[-1])
        self._story = int(stories[-1])
        first, last = self._long.searchsorted((words[0], words[-1] + 1)).tolist()
        for n in range(first, last):
            begin, end = words.searchsorted((self._long[n], self._long[n] + 1)).tolist()
            self._add_long(n, ends[begin : end + 1], steps[ends[begin] : ends[end]])

    def _add_long(self, n: int, ends: Ints, steps: Ints) -> None:
        """Take note of the *steps* of the long word *n*, or of more of them; those of each story have *ends*."""
        begins = ends - ends[0]
        so_far = self._begun[1] if self._begun[0] == n else 0
        self._begun = n, so_far + int(begins[-1])
        at = np.arange(-so_far % PLACES, begins[-1], PLACES)
        sums = np.append(0, steps.cumsum())
        self._long_places.add(sums[at] - sums[begins[begins.searchsorted(at, side="right") - 1]])
        self._ends[n + 1 :] += len(at)

    def close(self) -> None:
        """Write what was noted."""
        put = self._writer.put
        for part, noted in (("story", self._stories), ("place", self._before)):
            put(f"{self._name}.stone.{part}", narrow(np.concatenate(noted)) if noted else np.empty(0, np.uint8))
        if len(self._long):
            put(f"{self._name}.long", narrow(self._long))
            put(f"{self._name}.long.ends", narrow(self._ends))
        self._writer.put_spool(f"{self._name}.long.place", self._long_places)


class Stones:
    """The stones of the words of one field."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._stories, self._places = file[f"{name}.stone.story"], file[f"{name}.stone.place"]
        self._ends = memoryview(cast("Buffer", file[f"{name}.long.ends"]))
        self._long = {word: n for n, word in enumerate(file[f"{name}.long"].tolist())}
        self._long_places = file[f"{name}.long.place"]

    def of(self, word: int) -> Array:
        """The stones among the places of *word*, none for most words."""
        n = self._long.get(word, -1)
        return self._long_places[self._ends[n] : self._ends[n + 1]] if n >= 0 else self._long_places[:0]

    def parts(self, first: int, last: int, place: int) -> tuple[Ints, Ints, Ints]:
        """The parts of the list of postings from *first* to before *last*, whose places begin at *place*: the edges
        between them, the story before each, and where its places begin."""
        low, high = first // POSTINGS + 1, (last - 1) // POSTINGS + 1
        edges = np.array([first, *range(low * POSTINGS, high * POSTINGS, POSTINGS), last])
        places = np.append(place, self._places[low:high].astype(np.int64))
        return edges, np.append(0, self._stories[low:high].astype(np.int64)), places


def standing(steps: Packed, begin: int, stones: Array, starts: Ints, counts: Ints, places: Ints) -> Mask:
    """Does the word whose places begin at index *begin* of *steps* stand at each of *places* of some stories? Those of
    each story begin at index *starts*, so many (*counts*)."""
    starts, bases, sizes = _stretches(stones, starts - begin, counts, places)
    starts += begin
    if len(starts) < _FEW or int(starts.max()) + PLACES > len(steps.low) or not len(stones):
        return _read(steps, starts, bases, sizes, places)
    # side by side: one row for each
    rows = np.lib.stride_tricks.sliding_window_view(steps.low, PLACES)[starts]
    plain = rows.max(axis=1) < WHOLE.own
    met = rows.cumsum(axis=1, dtype=np.uint16) == np.minimum(places - bases, 0xFFFF).astype(np.uint16)[:, None]
    met &= np.arange(PLACES) < sizes[:, None]
    found: Mask = met.any(axis=1)
    others = (~plain).nonzero()[0]
    if len(others):
        found[others] = _read(steps, starts[others], bases[others], sizes[others], places[others])
    return found


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
        # where low and high have met, what is there or not decides nothing
        before = (stones[np.minimum(middle, len(stones) - 1)] < places) & (middle < high)
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
