"""The system of record: SQLite. Each file's fingerprint, and each story as it was read and catalogued.

Engines are built from here. Every change has a generation; an engine that is behind asks for what changed since.
One transaction a batch, write-ahead log: a reader never waits for the writer, a crash loses at most one batch.

    files    one row a file ever read, with its fingerprint and, where it was skipped, the reason
    stories  one row a story: the record (JSON, without text), what the reader made of the file, the text
    removed  ids that are gone, and since which generation
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ficsearch.errors import IndexDamagedError, IndexVersionError, NoIndexError
from ficsearch.records import Change, FileRecord, StoredStory
from ficsearch.story import Story

VERSION = "1"
"""Raise it when an index made before would answer wrongly: tables, fields, or what a word is."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    id INTEGER PRIMARY KEY, location BLOB NOT NULL UNIQUE, path TEXT NOT NULL, size INTEGER NOT NULL,
    mtime INTEGER NOT NULL, hash BLOB NOT NULL, fandom TEXT, reason TEXT
);
CREATE TABLE IF NOT EXISTS stories (
    id TEXT PRIMARY KEY, file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE, part INTEGER NOT NULL,
    generation INTEGER NOT NULL, record TEXT NOT NULL, document TEXT NOT NULL, chapters BLOB NOT NULL,
    words INTEGER NOT NULL, title INTEGER NOT NULL, rating INTEGER NOT NULL, spoilers INTEGER NOT NULL,
    characters INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS stories_by_file ON stories (file);
CREATE INDEX IF NOT EXISTS stories_by_generation ON stories (generation);
CREATE TABLE IF NOT EXISTS removed (id TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
"""

_COLUMNS = "id, part, record, document, chapters, words, title, rating, spoilers, characters"


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells one file from another of the same name; None while there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


class Store:
    """``stories.db`` in an index folder. Open it with :meth:`open`; threads may share it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._file = _identity(path)

    @classmethod
    def create(cls, folder: Path) -> Store:
        """The store in *folder*, made when there is none. Raises IndexVersionError, IndexDamagedError."""
        folder.mkdir(parents=True, exist_ok=True)
        store = cls(folder / "stories.db")
        with store._speaking(), store._write() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
            db.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (VERSION,))
        store._check_version()
        return store

    @classmethod
    def in_memory(cls) -> Store:
        """An empty store that lasts as long as this object, for one thread."""
        store = cls(Path(":memory:"))
        with store._write() as db:
            for statement in _SCHEMA.split(";"):
                db.execute(statement)
        return store

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The store in *folder*. Raises NoIndexError, IndexVersionError, IndexDamagedError."""
        if not (folder / "stories.db").is_file():
            raise NoIndexError(
                f"There is no index in '{folder}'.",
                "Make one with: ficsearch index PATH   (or name another folder with --index)",
            )
        store = cls(folder / "stories.db")
        store._check_version()
        return store

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    def is_replaced(self) -> bool:
        """Has another process deleted this store, or put a new one in its place?"""
        return self._file is not None and _identity(self.path) != self._file

    # -- asking ------------------------------------------------------------------------------------------

    @property
    def generation(self) -> int:
        """The generation of the last change; 0 for an empty store."""
        return int(self.meta("generation") or 0)

    def meta(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def files_under(self, location: bytes) -> dict[bytes, FileRecord]:
        """Every known file at or below *location*."""
        separator = os.sep.encode()
        below = location.rstrip(separator) + separator
        rows = self._db.execute(
            "SELECT location, path, size, mtime, hash, fandom, reason FROM files"
            " WHERE location = ? OR (location > ? AND location < ?)",
            (location, below, below[:-1] + bytes([below[-1] + 1])),
        )
        return {row[0]: FileRecord(*row) for row in rows}

    def counts(self) -> dict[str, int]:
        """How many files (read), stories, and skipped files there are."""
        read, skipped = self._db.execute("SELECT count(*) - count(reason), count(reason) FROM files").fetchone()
        (stories,) = self._db.execute("SELECT count(*) FROM stories").fetchone()
        return {"files": read, "stories": stories, "skipped": skipped}

    def words(self) -> int:
        """The words of all stories together."""
        return int(self._db.execute("SELECT total(words) FROM stories").fetchone()[0])

    def holding(self) -> dict[str, int]:
        """How many stories have a title, a rating and spoilers of their own, and characters."""
        names = ("title", "rating", "spoilers", "characters")
        row = self._db.execute(f"SELECT {', '.join(f'total({n})' for n in names)} FROM stories").fetchone()
        return {name: int(count) for name, count in zip(names, row, strict=True)}

    def skipped(self) -> list[FileRecord]:
        """The files that could not be read, with their reasons."""
        rows = self._db.execute(
            "SELECT location, path, size, mtime, hash, fandom, reason FROM files WHERE reason IS NOT NULL ORDER BY path"
        )
        return [FileRecord(*row) for row in rows]

    def story(self, story_id: str) -> Story | None:
        """The story with that id and its text, or None."""
        stored = self._stored("WHERE id = ?", (story_id,))
        return next((s.full_story() for s in stored), None)

    def stories(self, ids: Iterable[str]) -> dict[str, Story]:
        """The stories with these ids and their texts; ids that are gone are left out."""
        return {i: story for i in ids if (story := self.story(i))}

    def ids(self) -> list[str]:
        """The id of every story, in order."""
        return [row[0] for row in self._db.execute("SELECT id FROM stories ORDER BY id")]

    def stored(self, ids: Iterable[str]) -> Iterator[tuple[StoredStory, str | None]]:
        """These stories as stored, each with the default fandom that its file was read with."""
        query = "SELECT f.fandom FROM stories s JOIN files f ON f.id = s.file WHERE s.id = ?"
        for i in ids:
            for stored in self._stored("WHERE id = ?", (i,)):
                yield stored, self._db.execute(query, (i,)).fetchone()[0]

    def ids_like(self, name: str) -> list[str]:
        """The ids that *name* may mean: an id, the beginning of one, or a path as shown or on the disk."""
        location = os.fsencode(Path(name).absolute())
        rows = self._db.execute(
            "SELECT s.id FROM stories s JOIN files f ON f.id = s.file"
            " WHERE s.id = :name OR f.path = :name OR f.location = :location"
            " OR (length(:name) >= 4 AND substr(s.id, 1, length(:name)) = :name)"
            " ORDER BY s.id = :name DESC, f.path, s.part",
            {"name": name, "location": location},
        )
        return [row[0] for row in rows]

    def location(self, story_id: str) -> Path | None:
        """Where the file of that story lies."""
        row = self._db.execute(
            "SELECT f.location FROM stories s JOIN files f ON f.id = s.file WHERE s.id = ?", (story_id,)
        ).fetchone()
        return Path(os.fsdecode(row[0])) if row else None

    def owners(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Which file (by location) holds each of these ids already."""
        query = "SELECT f.location FROM stories s JOIN files f ON f.id = s.file WHERE s.id = ?"
        found = ((i, self._db.execute(query, (i,)).fetchone()) for i in ids)
        return {i: row[0] for i, row in found if row}

    def changed_since(self, generation: int) -> Iterator[StoredStory]:
        """Every story added or changed after *generation*."""
        return self._stored("WHERE generation > ? ORDER BY generation, id", (generation,))

    def removed_since(self, generation: int) -> list[str]:
        """Every id that went away after *generation* and has not come back."""
        rows = self._db.execute("SELECT id FROM removed WHERE generation > ?", (generation,))
        return [row[0] for row in rows]

    def _stored(self, where: str, values: tuple[Any, ...]) -> Iterator[StoredStory]:
        for row in self._db.execute(f"SELECT {_COLUMNS} FROM stories {where}", values):
            story_id, part, record, document, chapters, words, title, rating, spoilers, characters = row
            holds = (bool(title), bool(rating), bool(spoilers), bool(characters))
            yield StoredStory(story_id, part, record, document, chapters, words, holds)

    # -- writing -----------------------------------------------------------------------------------------

    def put(self, changes: Iterable[Change], gone: Iterable[bytes] = ()) -> int:
        """Store *changes* and forget the files *gone*, in one transaction. Answers the new generation."""
        with self._write() as db:
            generation = self.generation + 1
            for location in gone:
                self._forget(db, location, generation)
                db.execute("DELETE FROM files WHERE location = ?", (location,))
            for change in changes:
                self._put_file(db, change, generation)
            self._set(db, "generation", str(generation))
        return generation

    def touch(self, files: Iterable[FileRecord]) -> None:
        """Note new dates of files whose bytes are the same: no new generation."""
        with self._write() as db:
            db.executemany(
                "UPDATE files SET size = ?, mtime = ? WHERE location = ?",
                ((f.size, f.mtime, f.location) for f in files),
            )

    def set_meta(self, key: str, value: str) -> None:
        with self._write() as db:
            self._set(db, key, value)

    def replace_stories(self, stories: Iterable[StoredStory]) -> int:
        """Put new records of stories that are stored already (same ids). Answers the new generation."""
        with self._write() as db:
            generation = self.generation + 1
            db.executemany(
                "UPDATE stories SET record = ?, generation = ?, title = ?, rating = ?, spoilers = ?, characters = ?"
                " WHERE id = ?",
                ((s.record, generation, *s.holds, s.id) for s in stories),
            )
            self._set(db, "generation", str(generation))
        return generation

    def _put_file(self, db: sqlite3.Connection, change: Change, generation: int) -> None:
        f = change.file
        self._forget(db, f.location, generation)
        db.execute(
            "INSERT INTO files (location, path, size, mtime, hash, fandom, reason) VALUES (?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (location) DO UPDATE SET path = excluded.path, size = excluded.size,"
            " mtime = excluded.mtime, hash = excluded.hash, fandom = excluded.fandom, reason = excluded.reason",
            (f.location, f.path, f.size, f.mtime, f.hash, f.fandom, f.reason),
        )
        (file_id,) = db.execute("SELECT id FROM files WHERE location = ?", (f.location,)).fetchone()
        for s in change.stories:
            db.execute(
                "INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (s.id, file_id, s.part, generation, s.record, s.document, s.chapters, s.words, *s.holds),
            )
            db.execute("DELETE FROM removed WHERE id = ?", (s.id,))

    def _forget(self, db: sqlite3.Connection, location: bytes, generation: int) -> None:
        """Drop the stories of one file, leaving word of their going for the engines."""
        where = "WHERE file = (SELECT id FROM files WHERE location = ?)"
        db.execute(f"INSERT OR REPLACE INTO removed SELECT id, ? FROM stories {where}", (generation, location))
        db.execute(f"DELETE FROM stories {where}", (location,))

    @staticmethod
    def _set(db: sqlite3.Connection, key: str, value: str) -> None:
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    # -- connections -------------------------------------------------------------------------------------

    @property
    def _db(self) -> sqlite3.Connection:
        """This thread's connection: SQLite's own are not to be shared."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self._speaking():
                connection = self._connect()
            self._local.connection = connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        with self._lock:
            self._connections.append(connection)
        return connection

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        db = self._db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.DatabaseError as problem:
            raise IndexDamagedError(
                f"The index file '{self.path}' cannot be used: {problem}.",
                "Start over with: ficsearch index --rebuild PATH",
            ) from problem

    def _check_version(self) -> None:
        with self._speaking():
            version = self.meta("version")
        if version != VERSION:
            raise IndexVersionError(
                f"The index in '{self.path.parent}' was made by another version of ficsearch"
                f" (its format is {version}, this one's {VERSION}).",
                "Make it anew with: ficsearch index --rebuild PATH",
            )
