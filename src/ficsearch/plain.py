"""A text made plain: lower-case bytes with the paragraphs of the text and words as ``text.tokens`` cuts them.

A text is never cut into words to find out what is in it: a table of bytes does it for English, word by word the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ficsearch.text import tokens

_STRANGE = 0xFF
"""Stands for what is not good typesetting of English. No UTF-8 text has this byte."""


_SIGNS_BEHIND_E2_80 = (0x90, 0x91, 0x93, 0x94, 0x95, 0x9A, 0x9C, 0x9D, 0x9E, 0xA0, 0xA1, 0xA2, 0xA6)  # – — “ ” „ † • …
_SIGNS_BEHIND_C2 = (*range(0xA0, 0xA8), 0xA9, 0xAB, 0xAC, 0xAE, 0xB0, 0xB1, 0xB6, 0xB7, 0xBB, 0xBF)  # £ § © « ° ¶ » ¿


def _table() -> bytes:
    """Small letters; curly quotes, dashes and the like as their plain signs; blanks for « and the hard blank."""
    table = bytearray(range(128)) + bytearray([_STRANGE] * 128)
    table[65:91] = bytes(range(97, 123))
    for byte in (0x98, 0x99):  # ‘ ’, behind E2 80
        table[byte] = ord("'")
    for byte in (*_SIGNS_BEHIND_E2_80, *_SIGNS_BEHIND_C2):
        table[byte] = ord(" ")
    table[ord("`")] = ord("'")
    return bytes(table)


_TABLE, _LEADS = _table(), b"\xe2\x80\xc2"
_OF_1252 = (("\x91", "'"), ("\x92", "'"), ("\x98", "."), ("\x99", "."))
"""What would be other signs without the byte before them: ``\x92`` is an apostrophe, behind E2 80 no sign at all."""
_SECOND_S = re.compile(rb"'(?<=s')s(?!'?[0-9a-z\x80-\xff])")


def _encoded(text: str) -> bytes:
    for sign, plain in _OF_1252 if not text.isascii() else ():
        text = text.replace(sign, plain)
    return text.encode("utf-8", "replace")


def _plain(text: str) -> bytes:
    """An apostrophe is dropped (``dont``), and what ``text.tokens`` drops with it; two of them are a quotation mark."""
    flat = _encoded(text).translate(_TABLE, _LEADS).replace(b"''", b"  ")
    if b"s's" in flat:
        flat = _SECOND_S.sub(b"", flat)
    return flat.replace(b"'", b"")


def _word_by_word(paragraph: str) -> bytes:
    return " ".join(tokens(paragraph)).encode("utf-8", "replace")


def plain_text(text: str) -> bytes:
    """*text* made plain, with the same paragraphs."""
    plain = _plain(text)
    if plain.count(b"\n\n") != text.count("\n\n"):  # an apostrophe alone on a line
        return b"\n\n".join(map(_word_by_word, text.split("\n\n")))
    if _STRANGE not in plain:
        return plain
    parts = zip(plain.split(b"\n\n"), text.split("\n\n"), strict=True)
    return b"\n\n".join([_word_by_word(raw) if _STRANGE in part else part for part, raw in parts])


_LETTERS = frozenset(b"0123456789abcdefghijklmnopqrstuvwxyz")
_SOLID = bytes(ord("x") if b in _LETTERS else b if b in (ord("\n"), ord("'"), _STRANGE) else ord(" ") for b in _TABLE)
_ACCENTED = re.compile(rb"\xc3[\x80-\x96\x98-\xb6\xb8-\xbf]")  # all of C3 but × and ÷


def word_counts(text: str) -> list[int]:
    """How many words each paragraph of *text* has that is not blank. Takes some ten times the memory of the text."""
    raw = _encoded(text)
    if b"\xc3" in raw:
        raw = _ACCENTED.sub(b"x", raw)
    solid = b" %b " % raw.translate(_SOLID, _LEADS)
    counts = _counts(np.frombuffer(solid, np.uint8))
    if 0 not in counts and _STRANGE not in solid:
        return counts
    parts = raw.split(b"\n\n")
    if _STRANGE in solid:
        told = zip(counts, solid.split(b"\n\n"), parts, strict=True)
        counts = [len(tokens(raw.decode())) if _STRANGE in part else count for count, part, raw in told]
    return [count for count, part in zip(counts, parts, strict=True) if count or part.decode().strip()]


def _counts(solid: NDArray[np.uint8]) -> list[int]:
    """How many words each paragraph of *solid* has, in which every letter is an x."""
    letter, line_end, apostrophe = solid == ord("x"), solid == ord("\n"), solid == ord("'")
    letter[1:-1] |= apostrophe[1:-1] & letter[:-2] & letter[2:]
    begins = (letter[1:] > letter[:-1]).nonzero()[0]
    breaks = (line_end[1:] & line_end[:-1]).nonzero()[0]
    if (breaks[1:] - breaks[:-1] == 1).any():
        breaks = np.array(list(_apart(breaks.tolist())))
    edges = [0, *begins.searchsorted(breaks).tolist(), len(begins)]
    return [after - before for before, after in pairwise(edges)]


def _apart(breaks: Iterable[int]) -> Iterator[int]:
    """Of breaks that share a line end the first, as ``str.split`` takes them."""
    last = -2
    for at in breaks:
        if at > last + 1:
            yield at
            last = at
