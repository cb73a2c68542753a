"""What the index holds, as its table of contents says: which segments, which of their stories are gone.

The table is Whoosh's own file. What we need of it stands once more behind Whoosh's part, which Whoosh does not read:
so a search need not load Whoosh, and a table that another program wrote is noticed.

    Whoosh's part | ours (JSON) | footer: length and checksum of ours, checksum of Whoosh's
"""

from __future__ import annotations

import base64
import json
import string
import struct
import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints, Mask
from ficsearch.fields import FIELDS

FORMAT = 4
"""The version of the files. Raise it when their meaning changes, ``text.tokens`` and ``text.stem`` included."""

INDEX = "MAIN"
"""The name under which ``whoosh.index.open_dir`` looks for an index."""

EXTENSION = ".arrays"

_FOOTER = struct.Struct("<III8s")
_MAGIC = b"FICTOC02"
_LETTERS = string.digits + string.ascii_lowercase


def fingerprint() -> str:
    """What an index depends on: the version of the files, the fields and their kinds."""
    return f"{FORMAT}: " + " ".join(f"{f.name}={f.kind.value}{'*' if f.sortable else ''}" for f in FIELDS)


@dataclass(frozen=True, slots=True)
class Segment:
    """Some of the stories: how many, how many words they have, which of them are deleted (bits). Its arrays are in
    ``file_name``."""

    name: str
    stories: int
    tokens: int = 0
    deleted: bytes = b""

    @property
    def file_name(self) -> str:
        return f"{INDEX}_{self.name}{EXTENSION}"

    def gone(self) -> Mask:
        """Which stories are deleted."""
        if not self.deleted:
            return np.zeros(self.stories, bool)
        return np.unpackbits(np.frombuffer(self.deleted, np.uint8), count=self.stories).astype(bool)

    def deleted_count(self) -> int:
        """How many stories are deleted."""
        return int(self.gone().sum()) if self.deleted else 0

    def without(self, stories: Ints) -> Segment:
        """This segment with these stories deleted too."""
        gone = self.gone()
        gone[stories] = True
        return replace(self, deleted=np.packbits(gone).tobytes())


def new_name() -> str:
    """A name that no segment has had: sixteen letters, as Whoosh's own."""
    import secrets  # only who writes makes names

    return "".join(secrets.choice(_LETTERS) for _ in range(16))


@dataclass(frozen=True, slots=True)
class Contents:
    """What a table of contents says, and which table it was: number -1 when there is none. ``made_for`` is what the
    files depend on (``fingerprint``)."""

    number: int = -1
    generation: int = 0
    segments: tuple[Segment, ...] = ()
    made_for: str = ""


def ending(contents: Contents, before: bytes) -> bytes:
    """What is written behind Whoosh's part of a table (*before*)."""
    segments = [[s.name, s.stories, s.tokens, base64.b64encode(s.deleted).decode()] for s in contents.segments]
    ours = json.dumps([contents.number, contents.generation, contents.made_for, segments]).encode()
    return ours + _FOOTER.pack(len(ours), zlib.crc32(ours), zlib.crc32(before), _MAGIC)


def read_table(table: bytes) -> Contents:
    """What a table says. Raises ValueError, with the reason, for one that is not ours or not whole."""
    if len(table) < _FOOTER.size or table[-len(_MAGIC) :] != _MAGIC:
        raise ValueError("its table of contents was cut short, or another program wrote it")
    length, ours, before, _ = _FOOTER.unpack(table[-_FOOTER.size :])
    end = len(table) - _FOOTER.size
    told = table[max(end - length, 0) : end]
    if zlib.crc32(told) != ours or zlib.crc32(table[: end - length]) != before:
        raise ValueError("the checksum of its table of contents is wrong")
    return _contents(*json.loads(told))


def _contents(number: int, generation: int, made_for: str, segments: list[Any]) -> Contents:
    held = (Segment(name, stories, tokens, base64.b64decode(gone)) for name, stories, tokens, gone in segments)
    return Contents(number, generation, tuple(held), made_for)
