"""The text of a piece as it is stored: compressed in blocks, with an outline that says what lies where.

An outline knows the words of each paragraph, so that a passage can be chosen by the places of words, and only the block
that holds it is ever unpacked. Paragraphs are those that are not blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import NamedTuple

from ficsearch.compression import TEXT, compress, decompress, unpack
from ficsearch.plain import word_counts

BLOCK = 10_000
"""Characters in a block, at least: to unpack one takes 15 microseconds. Blocks half as long cost 1 % of the text."""

FULL = 255
"""What says that there is more to a number."""
_CHAPTER, _PARAGRAPH = "\0", "\n\n"
_CHAPTER_BYTE, _BREAK_BYTES = _CHAPTER.encode(), _PARAGRAPH.encode()
_BREAK = re.compile(r"(?<!\n)\n\n")
"""Two line ends that are sure to part paragraphs; of three it takes the first to say which do."""


@dataclass(frozen=True, slots=True)
class Outline:
    """``chapters`` and ``blocks`` say how many paragraphs each has, ``sizes`` how many bytes a block takes, ``words``
    (in the form of :func:`packed_numbers`) how many words each paragraph has."""

    chapters: tuple[int, ...]
    blocks: tuple[int, ...]
    sizes: tuple[int, ...]
    words: bytes

    def packed(self) -> bytes:
        """This as bytes; :func:`read_outline` reads them."""
        numbers = (len(self.chapters), *self.chapters, len(self.blocks), *self.blocks, *self.sizes)
        return b"".join(map(_varint, numbers)) + self.words


def read_outline(packed: bytes) -> Outline:
    """The outline that was packed; nothing at all is that of a text without chapters."""
    if not packed:
        return Outline((), (), (), b"")
    (count,), at = _varints(packed, 0, 1)
    (*chapters, count), at = _varints(packed, at, count + 1)
    told, at = _varints(packed, at, 2 * count)
    return Outline(tuple(chapters), tuple(told[:count]), tuple(told[count:]), packed[at:])


@dataclass(frozen=True, slots=True)
class Outlined:
    """The outline of a story: ``titles`` says how many words the title of each chapter has (:func:`packed_numbers`),
    ``pieces`` what each piece holds."""

    titles: bytes
    pieces: tuple[Outline, ...]

    def is_whole(self) -> bool:
        """Is there a title, if only one without words, for every chapter?"""
        return len(self.titles) - self.titles.count(FULL) == sum(len(piece.chapters) for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class PackedText:
    """The chapters of a piece. ``outline`` is packed."""

    outline: bytes
    blocks: bytes

    @classmethod
    def of(cls, chapters: Sequence[str]) -> PackedText:
        """The texts of *chapters*, packed; nothing at all where there are none, which is not one empty chapter."""
        if not chapters:
            return cls(b"", b"")
        pieces = list(_cut(chapters))
        counts = [word_counts(piece.text) for piece in pieces]
        blocks = [list(some) for _, some in groupby(zip(pieces, counts, strict=True), lambda part: part[0].block)]
        packed = [compress("".join([piece.text + piece.end for piece, _ in some]), TEXT) for some in blocks]
        held = [0] * len(chapters)
        for piece, words in zip(pieces, counts, strict=True):
            held[piece.chapter] += len(words)
        outline = Outline(
            tuple(held),
            tuple([sum(len(words) for _, words in some) for some in blocks]),
            tuple(map(len, packed)),
            packed_numbers([count for words in counts for count in words]),
        )
        return cls(outline.packed(), b"".join(packed))

    def chapters(self) -> list[str]:
        """The texts of the chapters."""
        if not self.outline:
            return []
        sizes = read_outline(self.outline).sizes
        starts = accumulate(sizes, initial=0)
        blocks = [decompress(self.blocks[at : at + size], TEXT) for at, size in zip(starts, sizes, strict=False)]
        return "".join(blocks).split(_CHAPTER)


def paragraphs_in(block: bytes, held: int, first: int, size: int) -> list[str]:
    """So many paragraphs in a packed block, from the index *first* on; it has *held* in all."""
    text, end = unpack(block, TEXT), first + size
    parts = text.split(_BREAK_BYTES)
    if not parts[-1]:  # a block that is not the last of its text ends with a break
        parts.pop()
    if len(parts) != held or _CHAPTER_BYTE in text:  # mostly a block is of one chapter and no paragraph is blank
        chapters = text.decode("utf-8").split(_CHAPTER)
        return [part for chapter in chapters for part in chapter.split(_PARAGRAPH) if part.strip()][first:end]
    return [part.decode("utf-8") for part in parts[first:end]]


class _Piece(NamedTuple):
    """Some paragraphs of one chapter, in one block; ``end`` is what stands behind them."""

    chapter: int
    block: int
    text: str
    end: str


def _cut(chapters: Sequence[str]) -> Iterator[_Piece]:
    """The text cut in pieces, which laid end to end are all of it."""
    block = size = 0
    for chapter, text in enumerate(chapters):
        start = 0
        if size >= BLOCK:
            size, block = 0, block + 1
        while cut := _BREAK.search(text, start + max(BLOCK - size, 0)):
            yield _Piece(chapter, block, text[start : cut.start()], cut.group())
            start, size, block = cut.end(), 0, block + 1
        yield _Piece(chapter, block, text[start:], _CHAPTER if chapter < len(chapters) - 1 else "")
        size += len(text) - start


def packed_numbers(numbers: Sequence[int]) -> bytes:
    """A number in a byte; a larger one in several, which add up: 255 says that there is more to come."""
    if not numbers or max(numbers) < FULL:
        return bytes(numbers)
    packed = bytearray()
    for number in numbers:
        while number >= FULL:
            packed.append(FULL)
            number -= FULL
        packed.append(number)
    return bytes(packed)


def _varint(number: int) -> bytes:
    """Seven bits in a byte, the lowest first; the eighth says that there is more to come."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def _varints(packed: bytes, at: int, count: int) -> tuple[list[int], int]:
    """*count* numbers from the index *at* on, and where the next begins."""
    numbers: list[int] = []
    for _ in range(count):
        number, shift = packed[at], 7
        while number >> shift:  # the eighth bit of the byte read last
            at += 1
            number = number - (1 << shift) + (packed[at] << shift)
            shift += 7
        numbers.append(number)
        at += 1
    return numbers, at
