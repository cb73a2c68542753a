"""The ZIP inside an EPUB: opened within bounds, and read by names that need not be quite right."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from io import BytesIO
from urllib.parse import unquote

from ficsearch.errors import ReadingError

ENTRIES_AT_MOST = 5_000
BYTES_AT_MOST = 200_000_000
"""All entries unpacked. The longest works of fan fiction are some 30 MB of XHTML; the rest is for pictures."""
RATIO_AT_MOST = 200
RATIO_COUNTS_FROM = 10_000_000
"""Prose packs to a third, a page of blanks to a thousandth: only a large book that packs so well is a trap."""

_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError)


class Archive:
    """The files of a book. Nothing is ever written to disk, so a name cannot lead anywhere."""

    def __init__(self, data: bytes) -> None:
        """Raises ReadingError when *data* is no ZIP, is cut off, or would unpack beyond all measure."""
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _BROKEN as error:
            raise ReadingError("not an EPUB: its ZIP archive is broken or cut off", _AGAIN) from error
        self._entries = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}
        _check_bounds(self._zip.infolist(), len(data))
        self._folded = {_folded(name): name for name in self._entries}
        self.names = tuple(self._entries)

    def find(self, path: str) -> str | None:
        """The entry meant by *path*: the same, unquoted, in another case, or the only one of that file name."""
        for wanted in (path, unquote(path)):
            clean = posixpath.normpath(wanted.replace("\\", "/")).lstrip("/")
            if found := clean if clean in self._entries else self._folded.get(_folded(clean)):
                return found
        end = "/" + _folded(posixpath.basename(unquote(path)))
        same = [name for folded, name in self._folded.items() if f"/{folded}".endswith(end)]
        return same[0] if len(same) == 1 and end != "/" else None

    def read(self, name: str) -> bytes:
        """The bytes of the entry *name*. Raises ReadingError when they are encrypted or damaged."""
        entry = self._entries[name]
        if entry.flag_bits & 1:
            raise ReadingError("the book is encrypted with a password", _UNLOCKED)
        try:
            return self._zip.read(entry)
        except _BROKEN as error:
            raise ReadingError(f"{name!r} inside the book is damaged", _AGAIN) from error


_AGAIN = "Download the book again, or repair it with an EPUB editor."
_UNLOCKED = "Only books without copy protection can be read."


def _folded(name: str) -> str:
    return unquote(name).casefold()


def _check_bounds(entries: list[zipfile.ZipInfo], packed: int) -> None:
    total = sum(entry.file_size for entry in entries)
    if len(entries) > ENTRIES_AT_MOST:
        raise ReadingError(f"the book has {len(entries):,} files inside; at most {ENTRIES_AT_MOST:,} are read")
    if total > BYTES_AT_MOST:
        raise ReadingError(f"the book unpacks to {total:,} bytes; at most {BYTES_AT_MOST:,} are read")
    if total > RATIO_COUNTS_FROM and total > RATIO_AT_MOST * packed:
        raise ReadingError(f"the book unpacks to {total // max(packed, 1):,} times its size, as only a trap does")


_FONTS_ONLY = (b"http://www.idpf.org/2008/embedding", b"http://ns.adobe.com/pdf/enc#RC")
_LOCKS = {"META-INF/license.lcpl": "Readium LCP", "META-INF/sinf.xml": "Apple FairPlay"}


def refuse_locked(archive: Archive) -> None:
    """Raises ReadingError for a book under copy protection. Fonts that are merely obfuscated are no lock."""
    for name, scheme in _LOCKS.items():
        if archive.find(name) == name:
            raise ReadingError(f"the book is encrypted (DRM: {scheme})", _UNLOCKED)
    if "META-INF/encryption.xml" not in archive.names:
        return
    listed = archive.read("META-INF/encryption.xml")
    locked = listed.count(b"EncryptedData ") + listed.count(b"EncryptedData>") - listed.count(b"/EncryptedData>")
    locked -= listed.count(b"</EncryptedData ")
    locked -= sum(listed.count(algorithm) for algorithm in _FONTS_ONLY)
    if locked > 0:
        raise ReadingError("the book is encrypted (DRM)", _UNLOCKED)
