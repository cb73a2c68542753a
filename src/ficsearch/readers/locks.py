"""Books under copy protection: known by what they carry, refused with its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ficsearch.errors import ReadingError
from ficsearch.readers import xml
from ficsearch.readers.archive import Archive

_UNLOCKED = "Only books without copy protection can be read."
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
    return xml.every(xml.parse(archive.read(_ENCRYPTION)), "encrypteddata")


def _locks(encrypted: Any) -> bool:
    """Does this entry of the list hide a page, and not just a font or a picture?"""
    methods = [method.get("Algorithm") for method in xml.every(encrypted, "encryptionmethod")]
    files = [reference.get("URI") or "" for reference in xml.every(encrypted, "cipherreference")]
    return not set(methods) & set(_FOR_FONTS) and (not files or any(".htm" in f or ".xht" in f for f in files))
