"""How files, pieces and stories are put into the tables, and out of them: within a transaction of the store."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ficsearch.records import Change, StoredStory
from ficsearch.store.reading import forget_texts, write_text

if TYPE_CHECKING:
    from ficsearch.corrections import Mistake


def put_file(db: sqlite3.Connection, change: Change, places: Mapping[str, tuple[str, int]]) -> None:
    """Put what is known of a file, and its pieces, each in the story and at the place that *places* say."""
    f = change.file
    db.execute(
        "INSERT INTO files (location, path, size, mtime, hash, fandom, reason, corrections)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (location) DO UPDATE SET path = excluded.path,"
        " size = excluded.size, mtime = excluded.mtime, hash = excluded.hash, fandom = excluded.fandom,"
        " reason = excluded.reason, corrections = excluded.corrections",
        (f.location, f.path, f.size, f.mtime, f.hash, f.fandom, f.reason, f.corrections),
    )
    (file_id,) = db.execute("SELECT id FROM files WHERE location = ?", (f.location,)).fetchone()
    put_mistakes(db, f.location, change.mistakes)
    for p in change.pieces:
        told = (p.mark, p.number, p.title_key, p.stem_key, p.by_hand, p.member)
        row = db.execute(
            "INSERT INTO pieces VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (p.id, file_id, p.part, *places[p.id], *told, p.document, p.chapters.outline),
        )
        write_text(db, row.lastrowid or 0, p.chapters)


def put_mistakes(db: sqlite3.Connection, location: bytes, mistakes: Iterable[Mistake]) -> None:
    """Note the mistakes in the file of corrections at *location*."""
    rows = [(location, m.path, m.line, m.what) for m in mistakes]
    db.executemany("INSERT INTO mistakes VALUES (?, ?, ?, ?)", rows)


def put_stories(db: sqlite3.Connection, stories: Iterable[StoredStory], generation: int) -> None:
    """Put the records of *stories*, as of *generation*."""
    told = list(stories)
    rows = ((s.id, generation, s.words, *s.holds, s.troubled, s.incomplete, s.apart, s.titles, s.record) for s in told)
    db.executemany("INSERT OR REPLACE INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    db.executemany("DELETE FROM removed WHERE id = ?", ((s.id,) for s in told))


def forget(db: sqlite3.Connection, location: bytes) -> set[str]:
    """Drop the pieces of one file. Answers the stories that they were of."""
    where = "WHERE file = (SELECT id FROM files WHERE location = ?)"
    held = db.execute(f"SELECT story, row FROM pieces {where}", (location,)).fetchall()
    if held:
        forget_texts(db, [row for _, row in held])
        db.execute(f"DELETE FROM pieces {where}", (location,))
    db.execute("DELETE FROM mistakes WHERE location = ?", (location,))
    return {story for story, _ in held}


def move(db: sqlite3.Connection, places: Mapping[str, tuple[str, int]]) -> set[str]:
    """Put pieces that are stored into other stories. Answers the stories that they were of."""
    before: set[str] = set()
    for piece, (story, place) in places.items():
        (was,) = db.execute("SELECT story FROM pieces WHERE id = ?", (piece,)).fetchone()
        before.add(was)
        db.execute("UPDATE pieces SET story = ?, place = ? WHERE id = ?", (story, place, piece))
    return before


def remove(db: sqlite3.Connection, ids: Iterable[str], generation: int) -> None:
    """Drop stories, leaving word of their going for the engines."""
    for i in ids:
        db.execute("DELETE FROM stories WHERE id = ?", (i,))
        db.execute("INSERT OR REPLACE INTO removed VALUES (?, ?)", (i, generation))
