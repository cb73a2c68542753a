"""A text made plain: lower-case bytes with the paragraphs of the text and words as ``text.tokens`` cuts them.

A text is never cut into words to find out what is in it: a table of bytes does it for English, word by word the rest.
"""

from __future__ import annotations

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


def _plain(text: str) -> bytes:
    """An apostrophe is dropped (``dont``), two of them are a quotation mark."""
    flat = text.encode("utf-8", "replace").translate(_TABLE, _LEADS)
    return flat.replace(b"''", b"  ").replace(b"'", b"")


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


def word_counts(text: str) -> list[int]:
    """How many words each paragraph of *text* has that is not blank."""
    solid = text.encode("utf-8", "replace").translate(_SOLID, _LEADS)
    if b"''" in solid:
        solid = solid.replace(b"''", b"  ")
    while b"\n'\n" in solid:  # an apostrophe alone on a line: without it there would be one more paragraph
        solid = solid.replace(b"\n'\n", b"\n \n")
    solid = b" " + solid.replace(b"'", b"").replace(b"\n\n", b"\0 ").replace(b"\n", b" ")
    parts = solid.split(b"\0")
    counts = [part.count(b" x") for part in parts]
    if _STRANGE not in solid and 0 not in counts:
        return counts
    raw = text.split("\n\n")
    if _STRANGE in solid:
        counts = [len(tokens(r)) if _STRANGE in p else n for p, r, n in zip(parts, raw, counts, strict=True)]
    return [count for count, part in zip(counts, raw, strict=True) if count or part.strip()]
