"""The text of a story in the store, of which only those blocks are read that are asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ficsearch.texts import Outline, Outlined, paragraphs_in, read_outline

_SMALL = 8_000
"""Bytes of a packed text that come along with its outline: to ask once more costs more than to copy them."""


@dataclass(frozen=True, slots=True)
class PieceText:
    """A piece: its id, its outline as it is stored and read, and its blocks when they are few enough to have come
    with it."""

    db: sqlite3.Connection
    id: str
    packed: bytes
    outline: Outline
    blocks: bytes | None

    def paragraphs(self, first: int, size: int) -> Iterator[str]:
        """So many paragraphs from the index *first* on."""
        begin = 0
        for held, length in zip(self.outline.blocks, self.outline.sizes, strict=True):
            if size > 0 and first < held:
                block = self._block(begin, length)
                some = paragraphs_in(block)[first : first + size] if block else []
                yield from some
                size -= len(some)
                first = held
            begin += length
            first -= held

    def _block(self, begin: int, length: int) -> bytes:
        """A block; empty when the piece is not what it was."""
        if self.blocks is not None:
            return self.blocks[begin : begin + length]
        query = "SELECT substr(chapters, ?, ?) FROM pieces WHERE id = ? AND outline = ?"
        row = self.db.execute(query, (begin + 1, length, self.id, self.packed)).fetchone()
        return row[0] if row else b""


@dataclass(frozen=True, slots=True)
class StoredText:
    """The text of a story: the words of its titles and its pieces, in order. For the thread that asked for it."""

    titles: bytes
    pieces: list[PieceText]

    def outlined(self) -> Outlined:
        """What lies where."""
        return Outlined(self.titles, tuple([piece.outline for piece in self.pieces]))

    def paragraphs(self, first: int, size: int) -> list[str]:
        """So many paragraphs of one chapter, *first* being counted over the whole story from 0; fewer when the story
        has changed since it was read."""
        for piece in self.pieces:
            held = sum(piece.outline.blocks)
            if first < held:
                return list(piece.paragraphs(first, size))
            first -= held
        return []


def read_texts(db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, StoredText]:
    """The texts of the stories with these ids, to be read block by block."""
    rows = db.execute(
        "SELECT p.story, s.titles, p.id, p.outline, CASE WHEN length(p.chapters) <= ? THEN p.chapters END"
        " FROM pieces p JOIN stories s ON s.id = p.story"
        f" WHERE p.story IN ({marks(ids)}) AND p.place > 0 ORDER BY p.story, p.place",
        (_SMALL, *ids),
    )
    found: dict[str, StoredText] = {}
    for story, titles, piece, outline, blocks in rows:
        text = found.setdefault(story, StoredText(titles, []))
        text.pieces.append(PieceText(db, piece, outline, read_outline(outline), blocks))
    return found


def marks(values: Sequence[str]) -> str:
    """A question mark for each of *values*."""
    return ", ".join("?" * len(values))
