"""Short texts and records, compressed with what stories have in common: zstd with dictionaries that are shipped.

A dictionary is what makes a block of a few kilobytes as small as it would be in a long text. ``bench/dictionaries.py``
made both, of stories of our own. A store can only be read with those it was written with: who makes them anew raises
``store.schema.VERSION``.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

import zstandard

LEVEL = 3
"""At 100 MB/s, as without a dictionary; level 6 saves 3 % more at a quarter of the speed."""

_HASH_BITS = 18
"""One more than the level has: 1 % less is left, at the same speed."""

TEXT, RECORD = "text", "record"
"""What there is a dictionary for: blocks of text; records and claims in JSON."""


class _Codecs(threading.local):
    """This thread's compressors and decompressors: they are not to be shared."""

    def __init__(self) -> None:
        self.packing: dict[str, zstandard.ZstdCompressor] = {}
        self.unpacking: dict[str, zstandard.ZstdDecompressor] = {}


_codecs = _Codecs()


@lru_cache
def _dictionary(kind: str) -> zstandard.ZstdCompressionDict:
    content = (Path(__file__).parent / "dictionaries" / f"{kind}.zstd").read_bytes()
    return zstandard.ZstdCompressionDict(content, zstandard.DICT_TYPE_FULLDICT)


def _parameters() -> zstandard.ZstdCompressionParameters:
    return zstandard.ZstdCompressionParameters.from_level(LEVEL, hash_log=_HASH_BITS, write_dict_id=False)


def compress(text: str, kind: str) -> bytes:
    """*text* made small, with the dictionary for its *kind*."""
    packing = _codecs.packing.get(kind)
    if packing is None:
        packing = zstandard.ZstdCompressor(dict_data=_dictionary(kind), compression_params=_parameters())
        _codecs.packing[kind] = packing
    return packing.compress(text.encode("utf-8", "replace"))


def decompress(packed: bytes, kind: str) -> str:
    """What :func:`compress` was given."""
    return unpack(packed, kind).decode("utf-8")


def unpack(packed: bytes, kind: str) -> bytes:
    """The same in UTF-8."""
    unpacking = _codecs.unpacking.get(kind)
    if unpacking is None:
        unpacking = _codecs.unpacking[kind] = zstandard.ZstdDecompressor(_dictionary(kind))
    return unpacking.decompress(packed)
