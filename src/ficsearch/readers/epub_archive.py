"""The ZIP inside an EPUB: opened within bounds, and read by names that need not be quite right."""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from urllib.parse import unquote

from ficsearch.errors import ReadingError
from ficsearch.readers import epub_xml

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
        self._by_file_name: dict[str, list[str]] = {}
        for folded, name in self._folded.items():
            self._by_file_name.setdefault(posixpath.basename(folded), []).append(name)
        self.names = tuple(self._entries)
        self.has_password = any(info.flag_bits & 1 for info in self._entries.values())

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


_FOR_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_LOCKS = {"META-INF/license.lcpl": "Readium LCP", "META-INF/sinf.xml": "Apple FairPlay"}
_ENCRYPTION = "META-INF/encryption.xml"


def refuse_locked(archive: Archive) -> None:
    """Raises ReadingError for a book under copy protection. Fonts that are merely obfuscated are no lock."""
    if archive.has_password:
        raise ReadingError("the book is encrypted with a password", _UNLOCKED)
    for name, scheme in _LOCKS.items():
        if name in archive.names:
            raise ReadingError(f"the book is encrypted (DRM: {scheme})", _UNLOCKED)
    if _ENCRYPTION in archive.names and any(map(_locks, _encrypted(archive))):
        raise ReadingError("the book is encrypted (DRM)", _UNLOCKED)


def _encrypted(archive: Archive) -> Iterator[Any]:
    return epub_xml.every(epub_xml.parse(archive.read(_ENCRYPTION)), "encrypteddata")


def _locks(encrypted: Any) -> bool:
    """Does this entry of the list hide a page, and not just a font or a picture?"""
    methods = [method.get("Algorithm") for method in epub_xml.every(encrypted, "encryptionmethod")]
    files = [reference.get("URI") or "" for reference in epub_xml.every(encrypted, "cipherreference")]
    return not set(methods) & set(_FOR_FONTS) and (not files or any(".htm" in f or ".xht" in f for f in files))
