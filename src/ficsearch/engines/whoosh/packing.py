"""Small numbers in few bytes, any stretch of them readable at once.

Gaps between stories, gaps between places and frequencies are mostly small. Each takes one byte in ``low``:

    0..191       the number itself
    192..254     (byte - 192) * 256 + 192 + the next byte of ``more``         up to 16,319
    255          too large: the number stands in ``far``, found by its index in ``far_at``

Two planes instead of bytes of varying length, because then the number at index i is at byte i: a stretch is read
with a few array operations and no walk. ``marks`` tells how much of ``more`` lies before every 1,024th number.
"""

from __future__ import annotations

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Bytes, Ints, Mask, narrow

_ONE_BYTE = 192
_FAR = 255
_TWO_BYTES = _ONE_BYTE + (_FAR - _ONE_BYTE) * 256
_MARK_EVERY = 1024
_MOSTLY = 8
"""When more than one number in so many is picked, it is faster to unpack them all."""


class PackedWriter:
    """Packs numbers as they come and writes them under *name*."""

    def __init__(self, writer: ArrayWriter, name: str) -> None:
        self._writer, self._name = writer, name
        self._low, self._more = writer.spool(np.uint8), writer.spool(np.uint8)
        self._marks: list[Array] = []
        self._far_at: list[Array] = []
        self._far: list[Array] = []

    def add(self, numbers: Array) -> None:
        """Append *numbers*, none below zero."""
        wide = np.flatnonzero(numbers >= _ONE_BYTE)
        low = numbers.astype(np.uint8)
        over = numbers[wide].astype(np.int64) - _ONE_BYTE
        far = over >= _TWO_BYTES - _ONE_BYTE
        low[wide] = np.where(far, _FAR, _ONE_BYTE + (over >> 8))
        self._mark(wide, len(numbers))
        self._far_at.append(wide[far] + self._low.count)
        self._far.append(numbers[wide[far]])
        self._low.add(low)
        self._more.add((over & 0xFF).astype(np.uint8))

    def _mark(self, wide: Ints, count: int) -> None:
        start = self._low.count
        marked = np.arange(start + -start % _MARK_EVERY, start + count, _MARK_EVERY)
        self._marks.append(self._more.count + np.searchsorted(wide, marked - start))

    def close(self) -> None:
        """Write what was added."""
        name, put = self._name, self._writer.put
        self._writer.put_spool(f"{name}.low", self._low)
        self._writer.put_spool(f"{name}.more", self._more)
        for part, values in (("marks", self._marks), ("far_at", self._far_at), ("far", self._far)):
            put(f"{name}.{part}", narrow(np.concatenate(values)) if values else np.empty(0, np.uint8))


class Packed:
    """Numbers that were packed under *name*."""

    __slots__ = ("_far", "_far_at", "_low", "_marks", "_more")

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._low: Bytes = file[f"{name}.low"]
        self._more: Bytes = file[f"{name}.more"]
        self._marks: Array = file[f"{name}.marks"]
        self._far_at: Array = file[f"{name}.far_at"]
        self._far: Array = file[f"{name}.far"]

    def __len__(self) -> int:
        return len(self._low)

    def stretch(self, start: int, stop: int) -> Ints:
        """The numbers from index *start* to before *stop*."""
        low = self._low[start:stop]
        wide = (low >= _ONE_BYTE).nonzero()[0]
        numbers = low.astype(np.int64)
        if len(wide):
            first = self._wide_before(start)
            self._widen(numbers, wide, self._more[first : first + len(wide)], wide + start)
        return numbers

    def picked(self, start: int, stop: int, picks: Ints) -> Ints:
        """The numbers at the indices ``start + picks``, all of them before *stop*; *picks* ascend."""
        if len(picks) * _MOSTLY > stop - start:
            return self.stretch(start, stop)[picks]
        low = self._low[start:stop]
        chosen = low[picks]
        numbers = chosen.astype(np.int64)
        wide = (chosen >= _ONE_BYTE).nonzero()[0]
        if len(wide):
            rank = (low >= _ONE_BYTE).nonzero()[0].searchsorted(picks[wide])
            self._widen(numbers, wide, self._more[rank + self._wide_before(start)], picks[wide] + start)
        return numbers

    def _widen(self, numbers: Ints, wide: Ints, more: Bytes, places: Ints) -> None:
        """Put the true value where one byte was not enough."""
        high = numbers[wide]
        numbers[wide] = ((high - _ONE_BYTE) << 8) + more + _ONE_BYTE
        far: Mask = high == _FAR
        if far.any():
            numbers[wide[far]] = self._far[np.searchsorted(self._far_at, places[far])]

    def _wide_before(self, index: int) -> int:
        mark = index // _MARK_EVERY
        tail = self._low[mark * _MARK_EVERY : index] >= _ONE_BYTE
        return int(self._marks[mark]) + int(np.count_nonzero(tail))
