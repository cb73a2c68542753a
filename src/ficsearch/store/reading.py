"""The texts in the store: cut in slices that fill pages, of which only those are read that are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ficsearch.texts import Outline, Outlined, PackedText, paragraphs_in, read_outline

SLICE = 800
"""Bytes of a text in one row: whole texts leave a tenth of their pages unused, slices 3 %, and a slice costs ten
bytes."""

_PIECE_BITS = 24
"""Slices are numbered from the number of their piece so many bits up."""


def write_text(db: sqlite3.Connection, row: int, text: PackedText) -> None:
    """Put *text*, that of the piece in *row*."""
    first = row << _PIECE_BITS
    starts = range(0, len(text.blocks), SLICE)
    slices = ((first + n, text.blocks[at : at + SLICE]) for n, at in enumerate(starts))
    db.executemany("INSERT INTO texts VALUES (?, ?)", slices)


def read_text(db: sqlite3.Connection, row: int, outline: bytes) -> PackedText:
    """The text of the piece in *row*."""
    return PackedText(outline, _slices(db, row, 0, 1 << _PIECE_BITS))


def forget_texts(db: sqlite3.Connection, rows: Sequence[int]) -> None:
    """Drop the texts of the pieces in these *rows*."""
    bounds = ((row << _PIECE_BITS, (row + 1) << _PIECE_BITS) for row in rows)
    db.executemany("DELETE FROM texts WHERE at >= ? AND at < ?", bounds)


def _slices(db: sqlite3.Connection, row: int, first: int, end: int) -> bytes:
    at = row << _PIECE_BITS
    rows = db.execute("SELECT bytes FROM texts WHERE at >= ? AND at < ? ORDER BY at", (at + first, at + end))
    return b"".join([part for (part,) in rows])


@dataclass(frozen=True, slots=True)
class PieceText:
    """A piece: its row and its outline."""

    db: sqlite3.Connection
    row: int
    outline: Outline

    def paragraphs(self, first: int, size: int) -> Iterator[str]:
        """So many paragraphs from the index *first* on."""
        begin = 0
        for held, length in zip(self.outline.blocks, self.outline.sizes, strict=True):
            if size > 0 and first < held:
                some = paragraphs_in(self._block(begin, length), held, first, size)
                yield from some
                size -= len(some)
                first = held
            begin += length
            first -= held

    def _block(self, begin: int, length: int) -> bytes:
        start, end = begin // SLICE, -(-(begin + length) // SLICE)
        return _slices(self.db, self.row, start, end)[begin - start * SLICE :][:length]


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of a story: the words of its titles and its pieces, in order. For the thread that asked for it, as long
    as it is ``Store.reading``."""

    titles: bytes
    pieces: list[PieceText]

    def outlined(self) -> Outlined:
        """What lies where."""
        return Outlined(self.titles, tuple([piece.outline for piece in self.pieces]))

    def paragraphs(self, first: int, size: int) -> list[str]:
        """So many paragraphs of one chapter, *first* being counted over the whole story from 0."""
        for piece in self.pieces:
            held = sum(piece.outline.blocks)
            if first < held:
                return list(piece.paragraphs(first, size))
            first -= held
        return []


def read_texts(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, StoredText]:
    """The texts of the stories with these ids, to be read block by block."""
    rows = db.execute(
        "SELECT p.story, s.titles, p.row, p.outline FROM pieces p JOIN stories s ON s.id = p.story"
        f" WHERE p.story IN ({marks(ids)}) AND p.place > 0 ORDER BY p.story, p.place",
        tuple(ids),
    )
    found: dict[str, StoredText] = {}
    for story, titles, row, outline in rows:
        text = found.setdefault(story, StoredText(titles, []))
        text.pieces.append(PieceText(db, row, read_outline(outline)))
    return found


def marks(values: Sequence[str]) -> str:
    """A question mark for each of *values*."""
    return ", ".join("?" * len(values))
