"""Small numbers in few bytes, any stretch of them readable at once.

Gaps between stories, gaps between places and frequencies are mostly small. A gap takes one byte in ``low``:

    0..191       the number itself
    192..254     (byte - 192) * 256 + 192 + the next byte of ``more``         up to 16,319
    255          too large: the number stands in ``far``, found by its index in ``far_at``

A frequency, mostly 1, takes half a byte: 0..13 itself, 14 + the next byte of ``more``, 15 for too large.

Two planes instead of bytes of varying length, because then the number at index i is at byte i: a stretch is read
with a few array operations and no walk. ``marks`` tells how much of ``more`` lies before every 1,024th number.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Bytes, Ints, Mask, narrow, stretches


@dataclass(frozen=True)
class Width:
    """How numbers are packed: those below ``own`` stand in ``low`` themselves, ``far`` stands for one too large."""

    own: int
    far: int

    @property
    def limit(self) -> int:
        """The smallest number that is too large."""
        return self.own + (self.far - self.own) * 256

    @cached_property
    def first(self) -> Ints:
        """What each first byte stands for, before the second is added."""
        told = np.arange(256)
        return np.where(told < self.own, told, self.own + (told - self.own) * 256)


WHOLE, HALF = Width(192, 255), Width(14, 15)
"""For gaps and for frequencies."""

_MARK_EVERY = 1024
_SCATTERED = 1_500
"""When there are so many numbers for each block that is picked from, those blocks alone are looked at."""

_ALL = np.uint64((1 << 64) - 1)

Stretch = tuple["Packed", int, int]
"""Some of the numbers of a list: from which index to before which."""

Picks = tuple[Ints, Ints]
"""Some runs of numbers: where they begin, and how long each is."""


class PackedWriter:
    """Packs numbers as they come and writes them under *name*."""

    def __init__(self, writer: ArrayWriter, name: str, width: Width = WHOLE) -> None:
        self._writer, self._name, self._width = writer, name, width
        self._low, self._more = writer.spool(np.uint8), writer.spool(np.uint8)
        self._count = 0
        self._odd = np.empty(0, np.uint8)
        self._marks: list[Array] = []
        self._far_at, self._far = writer.spool(np.int64), writer.spool(np.int64)

    def add(self, numbers: Array) -> None:
        """Append *numbers*, none below zero."""
        own = self._width.own
        wide = np.flatnonzero(numbers >= own)
        low = numbers.astype(np.uint8)
        over = numbers[wide].astype(np.int64) - own
        far = over >= self._width.limit - own
        low[wide] = np.where(far, self._width.far, own + (over >> 8))
        self._mark(wide, len(numbers))
        self._far_at.add(wide[far] + self._count)
        self._far.add(numbers[wide[far]])
        self._count += len(numbers)
        self._more.add((over & 0xFF).astype(np.uint8))
        self._add_low(low)

    def _add_low(self, low: Bytes) -> None:
        if self._width is HALF:
            low = np.concatenate([self._odd, low])
            self._odd = low[len(low) & ~1 :]
            evens, odds = low[: len(low) & ~1 : 2], low[1::2]
            low = np.bitwise_or(evens, np.left_shift(odds, 4, dtype=np.uint8), dtype=np.uint8)
        self._low.add(low)

    def _mark(self, wide: Ints, count: int) -> None:
        start = self._count
        marked = np.arange(start + -start % _MARK_EVERY, start + count, _MARK_EVERY)
        self._marks.append(self._more.count + np.searchsorted(wide, marked - start))

    def close(self) -> None:
        """Write what was added."""
        name, put = self._name, self._writer.put
        self._low.add(self._odd)
        self._writer.put_spool(f"{name}.low", self._low)
        self._writer.put_spool(f"{name}.more", self._more)
        put(f"{name}.marks", narrow(np.concatenate(self._marks)) if self._marks else np.empty(0, np.uint8))
        for part, spool in (("far_at", self._far_at), ("far", self._far)):
            put(f"{name}.{part}", narrow(spool.array()))
            spool.close()


class Packed:
    """Numbers that were packed under *name*."""

    __slots__ = ("_far", "_far_at", "_marks", "_more", "low", "width")

    def __init__(self, file: ArrayFile, name: str, width: Width = WHOLE) -> None:
        self.width = width
        self.low: Bytes = file[f"{name}.low"]
        self._more: Bytes = file[f"{name}.more"]
        self._marks: Array = file[f"{name}.marks"]
        self._far_at: Array = file[f"{name}.far_at"]
        self._far: Array = file[f"{name}.far"]

    def stretch(self, start: int, stop: int) -> Ints:
        """The numbers from index *start* to before *stop*."""
        low = self._lows(start, stop)
        wide = (low >= self.width.own).nonzero()[0]
        numbers = low.astype(np.int64)
        if len(wide):
            numbers[wide] = self.width.first[low[wide]] + self.more(start, len(wide))
            self.put_far(numbers, start)
        return numbers

    def more(self, start: int, count: int) -> Bytes:
        """The second bytes of the first *count* wide numbers from index *start* on."""
        first = self._wide_before(start)
        return self._more[first : first + count]

    def put_far(self, numbers: Ints, start: int) -> None:
        """Write over those of *numbers*, which begin at index *start*, that are too large for two bytes."""
        # halving in Python: numpy would make the whole list of one type with what it looks for
        first = bisect_left(self._far_at, start)
        last = bisect_left(self._far_at, start + len(numbers), first)
        if first < last:
            numbers[self._far_at[first:last].astype(np.int64) - start] = self._far[first:last]

    def far(self, places: Ints) -> Array:
        """The numbers at *places*, all of them too large for two bytes."""
        # numbers of another type would have numpy widen the whole list
        return self._far[self._far_at.searchsorted(places.astype(self._far_at.dtype))]

    def _lows(self, start: int, stop: int) -> Bytes:
        if self.width is WHOLE:
            return self.low[start:stop]
        return _halves(self.low[start >> 1 : (stop + 1) >> 1])[start & 1 : (start & 1) + stop - start]

    def more_of(self, start: int, stop: int, begins: Ints, lengths: Ints) -> Bytes:
        """The second bytes of the wide numbers in runs, which *begin* from *start* on and end before *stop*."""
        # those of a run lie one after the other: it is enough to know how many lie before it, and before its end
        edges = np.stack((begins, begins + lengths - 1), axis=1).ravel()
        marks = edges // _MARK_EVERY
        new = np.ones(len(marks), bool)
        np.not_equal(marks[1:], marks[:-1], out=new[1:])
        if np.count_nonzero(new) * _SCATTERED < stop - start:
            before = self._wide_before_each(edges, marks[new], new.cumsum() - 1)
        else:
            before = self._wide_before(start) + _true_before(self._lows(start, stop) >= self.width.own, edges - start)
        firsts, lasts = before[::2], before[1::2] + (self.low[edges[1::2]] >= self.width.own)
        return np.asarray(self._more[stretches(firsts, lasts - firsts)])

    def _wide_before(self, index: int) -> int:
        mark = index // _MARK_EVERY
        tail = self._lows(mark * _MARK_EVERY, index) >= self.width.own
        return int(self._marks[mark]) + int(np.count_nonzero(tail))

    def _wide_before_each(self, places: Ints, marks: Ints, which: Ints) -> Ints:
        """How many wide numbers stand before each of *places*: looked at block by block. *marks* are their blocks,
        *which* the block of each."""
        # every block but the last is full; that one is put behind them, asked for or not
        full = len(self.low) // _MARK_EVERY
        inside = marks < full
        blocks = self.low[: full * _MARK_EVERY].reshape(full, _MARK_EVERY)[marks[inside]]
        wide = np.append(blocks, self.low[full * _MARK_EVERY :]) >= self.width.own
        firsts = np.where(inside, inside.cumsum() - 1, len(blocks)) * _MARK_EVERY
        found: Ints = (self._marks[marks].astype(np.int64) - _true_before(wide, firsts))[which]
        return found + _true_before(wide, places - (marks * _MARK_EVERY - firsts)[which])


def _true_before(mask: Mask, places: Ints) -> Ints:
    """How much of *mask* is true before each of *places*: by counting bits."""
    bits = np.zeros(len(mask) // 64 * 8 + 8, np.uint8)
    marked = np.packbits(mask, bitorder="little")
    bits[: len(marked)] = marked
    words, at = bits.view(np.uint64), places >> 6
    before = np.append(0, np.bitwise_count(words)).cumsum()
    lower = ~(_ALL << (places & 63).astype(np.uint64))
    return np.asarray(before[at] + np.bitwise_count(words[at] & lower))


def end_to_end(stretches: Sequence[Stretch]) -> Ints:
    """The numbers of all *stretches*, of lists packed alike, one after the other: unpacked together, for each step of
    that costs more than the few numbers of a rare word do."""
    if len(stretches) == 1:
        packed, start, stop = stretches[0]
        return packed.stretch(start, stop)
    if not stretches:
        return np.empty(0, np.int64)
    low = _lows(stretches)
    wide = (low >= stretches[0][0].width.own).nonzero()[0]
    numbers = low.astype(np.int64)
    if len(wide):
        begins = [0, *accumulate(stop - start for _, start, stop in stretches)]
        held = list(zip(stretches, pairwise(begins), _parted(wide, begins), strict=True))
        more = [packed.more(start, len(some)) for (packed, start, _), _, some in held]
        high, width = low[wide], stretches[0][0].width
        numbers[wide] = width.first[high] + np.concatenate(more)
        for (packed, start, _), (begin, end), some in held if (high == width.far).any() else ():
            if len(some):
                packed.put_far(numbers[begin:end], start)
    return numbers


def picked(spans: Sequence[Stretch], runs: Sequence[Picks]) -> Ints:
    """The numbers in *runs* of each of *spans*, as above: their first indices (ascending, counted from the start of the
    span) and their lengths, none 0."""
    index = [stretches(*run) for run in runs]
    low = np.concatenate([p.low[start:stop][some] for (p, start, stop), some in zip(spans, index, strict=True)])
    wide = (low >= WHOLE.own).nonzero()[0]
    numbers = low.astype(np.int64)
    if len(wide):
        high, begins = low[wide], [0, *accumulate(map(len, index))]
        more = [
            p.more_of(start, stop, firsts + start, lengths)
            for (p, start, stop), (firsts, lengths), some in zip(spans, runs, _parted(wide, begins), strict=True)
            if len(some)
        ]
        numbers[wide] = WHOLE.first[high] + np.concatenate(more)
        far = _parted(wide[high == WHOLE.far], begins)
        for (p, start, _), chosen, begin, some in zip(spans, index, begins, far, strict=False):
            if len(some):
                numbers[some] = p.far(chosen[some - begin] + start)
    return numbers


def _parted(wide: Ints, begins: Sequence[int]) -> list[Ints]:
    """Those of *wide* that lie from each of *begins* to before the next."""
    return [wide[first:last] for first, last in pairwise(wide.searchsorted(begins).tolist())]


def _lows(stretches: Sequence[Stretch]) -> Bytes:
    if stretches[0][0].width is WHOLE:
        return np.concatenate([packed.low[start:stop] for packed, start, stop in stretches])
    halves = _halves(np.concatenate([packed.low[start >> 1 : (stop + 1) >> 1] for packed, start, stop in stretches]))
    # a stretch that begins in the second half of a byte or ends in the first has brought a neighbour along
    strange, at = [], 0
    for _, start, stop in stretches:
        strange += [at] if start & 1 else []
        at += 2 * (((stop + 1) >> 1) - (start >> 1))
        strange += [at - 1] if stop & 1 else []
    if not strange:
        return halves
    ours = np.ones(len(halves), bool)
    ours[strange] = False
    return halves[ours]


def _halves(low: Bytes) -> Bytes:
    """The two numbers in each byte."""
    halves = np.empty((len(low), 2), np.uint8)
    np.bitwise_and(low, 15, out=halves[:, 0])
    np.right_shift(low, 4, out=halves[:, 1])
    return halves.ravel()
