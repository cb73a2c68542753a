"""Sorted strings in a file of arrays: the words or names of a field, looked up by halving."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, cast

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, ArrayWriter, Ints, narrow

if TYPE_CHECKING:
    from typing_extensions import Buffer


def encoded(text: str) -> bytes:
    """*text* as lexicons hold it. The order of the bytes is the order of the characters."""
    return text.encode("utf-8", "surrogatepass")


def decoded(entry: bytes) -> str:
    """What :func:`encoded` was given."""
    return entry.decode("utf-8", "surrogatepass")


def write_strings(writer: ArrayWriter, name: str, strings: Sequence[bytes]) -> None:
    """Write *strings* in this order under *name*."""
    written = StringsWriter(writer, name)
    written.add(strings)
    written.close()


class StringsWriter:
    """Writes strings under *name* as they come."""

    def __init__(self, writer: ArrayWriter, name: str) -> None:
        self._writer, self._name = writer, name
        self._text = writer.spool(np.uint8)
        self._lengths: list[Array] = []

    def add(self, strings: Sequence[bytes]) -> None:
        """Append *strings*."""
        if strings:
            self._text.add(np.frombuffer(b"".join(strings), np.uint8))
            self._lengths.append(narrow(np.fromiter(map(len, strings), np.int64, len(strings))))

    def close(self) -> None:
        """Write what was added."""
        self._writer.put_spool(f"{self._name}.text", self._text)
        if self._lengths:
            ends = np.cumsum(np.concatenate(self._lengths), dtype=np.int64)
            self._writer.put(f"{self._name}.ends", narrow(np.append(0, ends)))


class Strings(Sequence[bytes]):
    """Strings by index, read where they lie."""

    __slots__ = ("_ends", "_text", "ends")

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.ends: Ints = file[f"{name}.ends"]
        # a memoryview gives out Python numbers three times as fast as an array does
        self._ends = memoryview(cast("Buffer", self.ends))
        self._text = memoryview(cast("Buffer", file[f"{name}.text"]))

    def __len__(self) -> int:
        return max(len(self._ends) - 1, 0)

    def __getitem__(self, index: int) -> bytes:  # type: ignore[override]  # a slice is never asked for
        return bytes(self._text[self._ends[index] : self._ends[index + 1]])

    def __iter__(self) -> Iterator[bytes]:
        text, ends = bytes(self._text), self.ends.tolist()
        return (text[a:b] for a, b in pairwise(ends))

    def text(self) -> bytes:
        """All of them, one after the other."""
        return bytes(self._text)


class Lexicon(Strings):
    """Sorted strings, each once."""

    __slots__ = ()

    def at_or_after(self, entry: bytes) -> int:
        """The index of the first one that is not before *entry*."""
        low, high = 0, len(self)
        text, ends = self._text, self._ends
        while low < high:
            middle = (low + high) // 2
            if bytes(text[ends[middle] : ends[middle + 1]]) < entry:
                low = middle + 1
            else:
                high = middle
        return low

    def find(self, entry: bytes) -> int:
        """The index of *entry*, -1 when it is not there."""
        index = self.at_or_after(entry)
        return index if index < len(self) and self[index] == entry else -1

    def beginning_with(self, start: bytes) -> tuple[int, int]:
        """The first index of what begins with *start*, and the one after the last."""
        first = self.at_or_after(start)
        # no UTF-8 holds the byte 0xFF, so this stands after everything that begins with start
        return first, self.at_or_after(start + b"\xff") if start else len(self)
