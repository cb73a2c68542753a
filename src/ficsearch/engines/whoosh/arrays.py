"""One file of named number arrays: written once, then mapped into memory and never changed.

    magic | array | array | ... | directory (JSON: name, type, count, offset of each) | footer

The footer holds the place, length and checksum of the directory, so that a file cut short or overwritten is noticed
when it is opened, before anything is read from it. Empty arrays are not written; asking for one gives an empty array.
"""

from __future__ import annotations

import json
import mmap
import os
import shutil
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from ficsearch.errors import IndexDamagedError

Array = NDArray[Any]
Ints = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Scores = NDArray[np.float64]

MAGIC = b"FICARR01"
_FOOTER = struct.Struct("<QII8s")
_ALIGN = 8
REBUILD = "Make the index again from the stored stories: ficsearch index --rebuild"

_FEW = 32
"""Up to one number in so many is looked up by halving."""

_WIDTHS = (np.uint8, np.uint16, np.uint32, np.uint64)


def narrow(values: Array) -> Array:
    """The same numbers (none below zero) in the narrowest type that holds them all."""
    largest = int(values.max()) if len(values) else 0
    return values.astype(next(w for w in _WIDTHS if largest <= np.iinfo(w).max), copy=False)


def sizes(ends: Array) -> Ints:
    """How far it is from each of *ends* to the next."""
    return np.asarray(np.diff(ends.astype(np.int64)), np.int64)


def pieces(counts: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Things of so many numbers each, parted into pieces of about *size* numbers: from which to before which. One that
    is larger stands alone."""
    edges = np.diff(np.cumsum(counts) // size, prepend=-1, append=-1) != 0
    edges[1:] |= counts >= size
    return pairwise(np.flatnonzero(edges).tolist())


def positions(numbers: Ints, among: Ints) -> Ints:
    """Where each of *numbers* stands *among* these, -1 for one that does not; both ascend, none is below zero."""
    if not len(among) or not len(numbers):
        return np.full(len(numbers), -1)
    if len(numbers) * _FEW < len(among):
        index = among.searchsorted(numbers)
        index[index == len(among)] = 0
        index[among[index] != numbers] = -1
        return index
    # one look into a table is many times faster than a search by halving
    first, last = min(int(among[0]), int(numbers[0])), max(int(among[-1]), int(numbers[-1]))
    table = np.full(last - first + 1, -1)
    table[among - first] = np.arange(len(among))
    return table[numbers - first]


def running(steps: Ints, counts: Ints, starts: Ints | int = 0) -> Ints:
    """The running sums of lists of *steps* laid end to end, so many (*counts*, none 0) in each: each list from its own
    number of *starts* on. Written over *steps*."""
    firsts = counts.cumsum() - counts
    own = steps[firsts]
    sums = steps.cumsum(out=steps)
    # each list counts from 0 on, so what those before it added up to is taken off
    sums += (starts - sums[firsts] + own).repeat(counts)
    return sums


def stretches(starts: Ints, lengths: Ints) -> Ints:
    """The indices of stretches laid end to end: ``[5, 6, 9]`` for starts ``[5, 9]`` and lengths ``[2, 1]``."""
    ends = np.cumsum(lengths)
    indices = np.repeat(starts - (ends - lengths), lengths)
    indices += np.arange(len(indices))
    return indices


class ArrayWriter:
    """Writes one file, complete and on the disk when the ``with`` ends. Arrays may come whole (``put``) or grow side by
    side (``spool``)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] = path.open("xb")
        self._file.write(MAGIC)
        self._directory: list[tuple[str, str, int, int]] = []
        self._spools: list[Spool] = []

    def put(self, name: str, values: Array) -> None:
        """Write *values* under *name*."""
        if len(values):
            self._begin(name, values.dtype, len(values))
            self._file.write(np.ascontiguousarray(values).data)

    def put_spool(self, name: str, spool: Spool) -> None:
        """Write under *name* what *spool* has gathered, and let go of it."""
        if spool.count:
            self._begin(name, spool.dtype, spool.count)
            spool.pour(self._file)
        spool.close()

    def spool(self, dtype: type[np.generic]) -> Spool:
        """An array that is not complete yet, kept in a nameless file beside this one."""
        self._spools.append(Spool(self._path.parent, dtype))
        return self._spools[-1]

    def _begin(self, name: str, dtype: np.dtype[Any], count: int) -> None:
        self._file.write(bytes(-self._file.tell() % _ALIGN))
        self._directory.append((name, dtype.str, count, self._file.tell()))

    def _finish(self) -> None:
        """Write the directory and force all of it to the disk."""
        directory = json.dumps(self._directory).encode()
        place = self._file.tell()
        self._file.write(directory)
        self._file.write(_FOOTER.pack(place, len(directory), zlib.crc32(directory), MAGIC))
        self._file.flush()
        os.fsync(self._file.fileno())

    def __enter__(self) -> ArrayWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._finish()
        finally:
            for spool in self._spools:
                spool.close()
            self._file.close()


class Spool:
    """An array that grows: small in memory, large in a nameless file."""

    IN_MEMORY = 1 << 20

    def __init__(self, folder: Path, dtype: type[np.generic]) -> None:
        self.dtype: np.dtype[Any] = np.dtype(dtype)
        self.count = 0
        self._folder = folder
        self._file: IO[bytes] = BytesIO()
        self._map: mmap.mmap | None = None

    def add(self, values: Array) -> None:
        """Append *values*."""
        self._file.write(np.ascontiguousarray(values, self.dtype).data)
        self.count += len(values)
        if isinstance(self._file, BytesIO) and self._file.tell() > self.IN_MEMORY:
            import tempfile  # only who writes needs it

            on_disk = tempfile.TemporaryFile(dir=self._folder)  # noqa: SIM115 - close() closes it
            on_disk.write(self._file.getbuffer())
            self._file = on_disk

    def array(self) -> Array:
        """What was gathered so far."""
        if isinstance(self._file, BytesIO):
            return np.frombuffer(self._file.getvalue(), self.dtype)
        if not self._map or len(self._map) != self.count * self.dtype.itemsize:
            self._file.flush()
            self._map = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        return np.frombuffer(self._map, self.dtype)

    def let_go(self) -> None:
        """What was read of it so far need not stay in memory."""
        if self._map:
            _forget(self._map)

    def pour(self, into: IO[bytes]) -> None:
        """Copy everything *into* a file."""
        self._file.seek(0)
        shutil.copyfileobj(self._file, into, self.IN_MEMORY)

    def close(self) -> None:
        """Let go of what was gathered."""
        self._file.close()
        self._map = None


class ArrayFile:
    """An open file of arrays. It stays readable after the file was deleted, until the last array is gone."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._map = _mapped(path)
        self._directory = {name: (dtype, count, offset) for name, dtype, count, offset in _directory(path, self._map)}

    def __contains__(self, name: str) -> bool:
        return name in self._directory

    def names(self) -> list[str]:
        """The names of all arrays that are not empty."""
        return list(self._directory)

    def __getitem__(self, name: str) -> Array:
        """The array *name*, straight from the disk; an empty one of bytes when there is none."""
        if name not in self._directory:
            return np.empty(0, np.uint8)
        dtype, count, offset = self._directory[name]
        return np.frombuffer(self._map, dtype, count, offset)

    def let_go(self) -> None:
        """What was read so far need not stay in memory: who reads a large file through counts as holding all of it."""
        _forget(self._map)

    def number(self, name: str) -> int:
        """The single number stored under *name*, 0 when there is none."""
        values = self[name]
        return int(values[0]) if len(values) else 0


def _forget(content: mmap.mmap) -> None:
    if hasattr(mmap, "MADV_DONTNEED"):
        content.madvise(mmap.MADV_DONTNEED)


def damaged(path: Path, why: str) -> IndexDamagedError:
    """The error that says so, with what to do."""
    return IndexDamagedError(f'The index file "{path}" is damaged: {why}.', REBUILD)


def _mapped(path: Path) -> mmap.mmap:
    with path.open("rb") as file:
        if os.fstat(file.fileno()).st_size < len(MAGIC) + _FOOTER.size:
            raise damaged(path, "it is too short")
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def _directory(path: Path, content: mmap.mmap) -> list[tuple[str, str, int, int]]:
    place, length, checksum, magic = _FOOTER.unpack(content[-_FOOTER.size :])
    if content[: len(MAGIC)] != MAGIC or magic != MAGIC:
        raise damaged(path, "it was cut short or is not one of ours")
    if place + length + _FOOTER.size != len(content):
        raise damaged(path, f"it has {len(content):,} bytes, not {place + length + _FOOTER.size:,}")
    directory = content[place : place + length]
    if zlib.crc32(directory) != checksum:
        raise damaged(path, "its checksum is wrong")
    entries: list[tuple[str, str, int, int]] = json.loads(directory)
    return entries
