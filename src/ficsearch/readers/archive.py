"""A ZIP in memory: a book, a document of a word processor, an archive of stories. Opened within bounds, and read by
names that need not be quite right.

The bounds are the same for every container, and containers inside a container share those of the outermost one.
"""

from __future__ import annotations

import posixpath
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import NoReturn
from urllib.parse import unquote

from ficsearch.errors import ReadingError
from ficsearch.readers.formats import ENTRY, directory_of

ENTRIES_AT_MOST = 10_000
"""A zipped archive of a fandom has a few thousand files; unpacked as a folder it may have any number."""
_ENTRIES_SURE, _ENTRY_AT_LEAST = 3_000, 200
"""So many files are read whatever they hold; of more, each takes so many bytes in the mean. Its name, twice, and what
goes with it take 116 where it has twenty letters, and a hundred words more than 200."""
BYTES_AT_MOST = 200_000_000
"""All entries unpacked. The longest works of fan fiction are some 30 MB of XHTML; the rest is for pictures."""
ENTRY_AT_MOST = 100_000_000
RATIO_AT_MOST = 20
RATIO_COUNTS_FROM = 16_000_000
"""Prose packs to a third, the XML of a word processor to a tenth, a page of blanks to a thousandth: only a large
container that packs so well is a trap. Together they keep what 1 MB may become below 20 MB."""

_shared: ContextVar[list[int] | None] = ContextVar("shared", default=None)
"""One number: the bytes that may still be unpacked inside the outermost container; None outside of any."""

_BROKEN = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError),
    *(LookupError, struct.error, MemoryError, OverflowError),
)
_UNPACK = "Unpack it, and index the folder."
_IS_UTF8 = 0x800


class Archive:
    """The files of a container that a person calls *what*. Nothing is ever written to disk, so a name cannot lead
    anywhere."""

    def __init__(self, data: bytes, what: str = "book", again: str = "") -> None:
        """Raises ReadingError when *data* is no ZIP, is cut off, or would unpack beyond all measure."""
        self._what, self._again = what, again or f"Download the {what} again, or repair it."
        self._packed = len(data)
        self._refuse_many(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise ReadingError(f"the {what} is damaged: its ZIP archive is broken or cut off", self._again) from error
        # a damaged directory may hold a file without a name, of which zipfile cannot say whether it is a folder
        named = ((info.filename, info) for info in self._zip.infolist())
        self._entries = {name: info for name, info in named if name and not name.endswith("/")}
        self._total = sum(entry.file_size for entry in self._zip.infolist())
        self._check_bounds()
        self._folded = {_folded(name): name for name in self._entries}
        self._by_file_name: dict[str, list[str]] = {}
        for folded, name in self._folded.items():
            self._by_file_name.setdefault(posixpath.basename(folded), []).append(name)
        self.names = tuple(self._entries)
        self.has_password = any(map(self.is_locked, self.names))

    def find(self, path: str) -> str | None:
        """The entry meant by *path*: the same, unquoted, in another case, or the only one of that file name."""
        for wanted in (path, unquote(path)):
            clean = posixpath.normpath(wanted.replace("\\", "/")).lstrip("/")
            if found := clean if clean in self._entries else self._folded.get(_folded(clean)):
                return found
        same = self._by_file_name.get(_folded(posixpath.basename(path)), [])
        return same[0] if len(same) == 1 else None

    def read(self, name: str) -> bytes:
        """The bytes of the entry *name*. Raises ReadingError when they are damaged."""
        try:
            return self._zip.read(self._entries[name])
        except NotImplementedError as error:
            raise ReadingError(f"{name!r} is packed in a way that is not known ({error})", _UNPACK) from error
        except _BROKEN as error:
            raise ReadingError(f"{name!r} inside the {self._what} is damaged", self._again) from error

    def is_locked(self, name: str) -> bool:
        """Does the entry *name* open only with a password?"""
        return bool(self._entries[name].flag_bits & 1)

    def shown(self, name: str) -> str:
        """The entry *name* as a person wrote it: old packers did not say that their names are UTF-8."""
        if self._entries[name].flag_bits & _IS_UTF8 or name.isascii():
            return name
        try:
            return name.encode("cp437").decode("utf-8")
        except UnicodeError:
            return name

    @contextmanager
    def opened(self) -> Iterator[None]:
        """While containers inside this one are read: what they unpack counts together, against the outermost one."""
        if _shared.get() is not None:
            yield
            return
        before = _shared.set([_allowed(self._packed) - self._total])
        try:
            yield
        finally:
            _shared.reset(before)

    def _refuse_many(self, data: bytes) -> None:
        """Counts the entries before the directory is read, which takes its time with a million of them."""
        if (count := directory_of(data).count(ENTRY)) > ENTRIES_AT_MOST:
            self._refuse(f"has {count:,} files inside; at most {ENTRIES_AT_MOST:,} are read")
        if count > _ENTRIES_SURE and len(data) < count * _ENTRY_AT_LEAST:
            self._refuse(f"has {count:,} files inside in {len(data):,} bytes, too few to hold stories")

    def _check_bounds(self) -> None:
        sizes = [entry.file_size for entry in self._zip.infolist()]
        if len(sizes) > ENTRIES_AT_MOST:
            self._refuse(f"has {len(sizes):,} files inside; at most {ENTRIES_AT_MOST:,} are read")
        if max(sizes, default=0) > ENTRY_AT_MOST:
            self._refuse(f"holds a file of {max(sizes):,} bytes; at most {ENTRY_AT_MOST:,} are read")
        if self._total > BYTES_AT_MOST:
            self._refuse(f"unpacks to {self._total:,} bytes; at most {BYTES_AT_MOST:,} are read")
        if self._total > _allowed(self._packed):
            self._refuse(f"unpacks to {self._total // max(self._packed, 1):,} times its size, as only a trap does")
        if (shared := _shared.get()) is not None:
            shared[0] -= self._total

    def _refuse(self, reason: str) -> NoReturn:
        raise ReadingError(f"the {self._what} {reason}", _UNPACK)


def _allowed(packed: int) -> int:
    """What a container of so many bytes may unpack to, and what is left of that inside another one."""
    allowed = max(RATIO_COUNTS_FROM, RATIO_AT_MOST * packed)
    shared = _shared.get()
    return allowed if shared is None else min(allowed, shared[0])


def _folded(name: str) -> str:
    return unquote(name).casefold()
