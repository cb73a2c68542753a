"""The system of record: SQLite. Each file's fingerprint, and each story as it was read and catalogued.

Engines are built from here. Every change has a generation; an engine that is behind asks for what changed since.
One transaction a batch, write-ahead log: a reader never waits for the writer, a crash loses at most one batch.

    files    one row a file ever read, with its fingerprint and, where it was skipped, the reason
    pieces   one row a document in a file: what the reader made of it, and what may be a part with it
    texts    the texts of pieces, compressed, in slices
    stories  one row a story: the record (JSON, without text); its text is that of its pieces in their places
    removed  ids that are gone, and since which generation
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import astuple, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ficsearch.errors import IndexVersionError, NoIndexError
from ficsearch.records import Change, Closed, FileRecord, KnownPiece, StoredPiece, StoredStory
from ficsearch.stages import stage
from ficsearch.store.connections import Connections
from ficsearch.store.reading import StoredText, marks, read_text, read_texts
from ficsearch.store.schema import SCHEMA, VERSION
from ficsearch.store.writing import forget, move, put_file, put_mistakes, put_stories, remove
from ficsearch.story import Story

if TYPE_CHECKING:
    from ficsearch.corrections import Mistake

_FILE = "f.location, f.path, f.size, f.mtime, f.hash, f.fandom, f.reason, f.corrections"
_PIECE = "p.row, p.outline, p.id, p.part, p.document, p.mark, p.number, p.title_key, p.stem_key, p.by_hand, p.member"
_AT_ONCE = 500
"""Ids that are asked for at once: some builds of SQLite take no more than 999."""

_OF_PIECE = "FROM pieces p JOIN files f ON f.id = p.file"


def _placed(story: StoredStory) -> Iterator[tuple[int, str]]:
    """The pieces of *story* with their places: from 1, and 0 for copies."""
    yield from enumerate(story.pieces, 1)
    yield from ((0, piece) for piece in story.copies)


class Store:
    """``stories.db`` in an index folder. Open it with :meth:`open`; threads may share it."""

    def __init__(self, path: Path, mapped: bool = False) -> None:
        self.path = path
        self._connections = Connections(path, mapped)

    @classmethod
    def create(cls, folder: Path) -> Store:
        """The store in *folder*, made when there is none. Raises IndexVersionError, IndexDamagedError."""
        folder.mkdir(parents=True, exist_ok=True)
        store = cls(folder / "stories.db")
        with store._connections.closed_on_failure(), store._connections.speaking():
            store._make_tables()
        return store

    @classmethod
    def in_memory(cls) -> Store:
        """An empty store that lasts as long as this object, for one thread."""
        store = cls(Path(":memory:"))
        store._make_tables()
        return store

    def _make_tables(self) -> None:
        with self._write() as db:
            first, *others = SCHEMA.split(";")
            db.execute(first)
            db.execute("INSERT OR IGNORE INTO meta VALUES ('version', ?)", (VERSION,))
            self._check_version()  # tables of another version may not even take our indexes
            for statement in others:
                db.execute(statement)

    @classmethod
    def open(cls, folder: Path) -> Store:
        """The store in *folder*. Raises NoIndexError, IndexVersionError, IndexDamagedError."""
        if not (folder / "stories.db").is_file():
            raise NoIndexError(
                f"There is no index in '{folder}'.",
                "Make one with: ficsearch index PATH   (or name another folder with --index)",
            )
        store = cls(folder / "stories.db", mapped=True)
        with store._connections.closed_on_failure():
            store._check_version()
        return store

    def close(self) -> None:
        """Close every thread's connection."""
        self._connections.close()

    def is_replaced(self) -> bool:
        """Has another process deleted this store, or put a new one in its place?"""
        return self._connections.is_replaced()

    @property
    def _db(self) -> sqlite3.Connection:
        return self._connections.db

    def reading(self) -> AbstractContextManager[None]:
        """What is read inside is of one state of the store, whatever others write."""
        return self._connections.reading()

    def _write(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._connections.write()

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
            f"SELECT {_FILE} FROM files f WHERE f.location = ? OR (f.location > ? AND f.location < ?)",
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
        rows = self._db.execute(f"SELECT {_FILE} FROM files f WHERE f.reason IS NOT NULL ORDER BY f.path")
        return [FileRecord(*row) for row in rows]

    def closed(self) -> list[Closed]:
        """The files and folders into which the last run over them could not look."""
        return [Closed(*told) for told in json.loads(self.meta("closed") or "[]")]

    def story(self, story_id: str) -> Story | None:
        """The story with that id and its text, or None."""
        with self.reading():
            stored = list(self._stored("WHERE id = ?", (story_id,)))
        return stored[0].full_story() if stored else None

    def stories(self, ids: Sequence[str]) -> dict[str, Story]:
        """The stories with these ids, without their texts; ids that are gone are left out."""
        some = (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))
        return {s.id: s.story() for part in some for s in self._stories(f"WHERE id IN ({marks(part)})", tuple(part))}

    def texts(self, ids: Sequence[str]) -> dict[str, StoredText]:
        """The texts of the stories with these ids (a page of them at most), to be read block by block."""
        return read_texts(self._db, ids)

    def ids(self) -> list[str]:
        """The id of every story, in order."""
        return [row[0] for row in self._db.execute("SELECT id FROM stories ORDER BY id")]

    def mistakes(self) -> list[Mistake]:
        """What is not understood in files of corrections."""
        from ficsearch.corrections import Mistake

        rows = self._db.execute("SELECT DISTINCT path, line, what FROM mistakes ORDER BY path, line, what")
        return [Mistake(*row) for row in rows]

    def corrected_under(self, location: bytes) -> list[bytes]:
        """The files of corrections at or below *location* in which there was a mistake."""
        below = location.rstrip(os.sep.encode()) + os.sep.encode()
        rows = self._db.execute(
            "SELECT DISTINCT location FROM mistakes WHERE location = ? OR (location > ? AND location < ?)",
            (location, below, below[:-1] + bytes([below[-1] + 1])),
        )
        return [row[0] for row in rows]

    def troubled(self) -> Iterator[StoredStory]:
        """Every story about which there is something to look at, without its text."""
        return self._stories("WHERE troubled ORDER BY id", ())

    def incomplete(self) -> Iterator[StoredStory]:
        """Every story of which a part is missing or kept apart, without its text."""
        return self._stories("WHERE incomplete ORDER BY id", ())

    def stitched(self) -> int:
        """How many stories are made of several files."""
        return int(self._db.execute("SELECT count(*) FROM pieces WHERE place = 2").fetchone()[0])

    def ids_like(self, name: str) -> list[str]:
        """The ids that *name* may mean: an id, the beginning of one, or a path as shown or on the disk; of a stitched
        story any of its files."""
        location = os.fsencode(Path(name).absolute())
        rows = self._db.execute(
            f"SELECT p.story {_OF_PIECE} WHERE p.id = :name OR f.path = :name OR f.location = :location"
            " OR (length(:name) >= 4 AND substr(p.id, 1, length(:name)) = :name)"
            " ORDER BY p.story = :name DESC, p.id = :name DESC, f.path, p.part",
            {"name": name, "location": location},
        )
        return list(dict.fromkeys(row[0] for row in rows))

    def location(self, story_id: str) -> Path | None:
        """Where the file of that story lies, of a stitched one the first."""
        row = self._db.execute(
            f"SELECT f.location {_OF_PIECE} WHERE p.story = ? AND p.place = 1", (story_id,)
        ).fetchone()
        return Path(os.fsdecode(row[0])) if row else None

    def owners(self, ids: Iterable[str]) -> dict[str, bytes]:
        """Which file (by location) holds each of these pieces already."""
        query = f"SELECT f.location {_OF_PIECE} WHERE p.id = ?"
        found = ((i, self._db.execute(query, (i,)).fetchone()) for i in ids)
        return {i: row[0] for i, row in found if row}

    def pieces_of(self, story_id: str) -> list[KnownPiece]:
        """The pieces of a story: those it is made of in order, after those that are copies."""
        return list(self._pieces("WHERE p.story = ? ORDER BY p.place, p.id", (story_id,)))

    def pieces_in(self, location: bytes) -> list[KnownPiece]:
        """The pieces of a file."""
        return list(self._pieces("WHERE f.location = ?", (location,)))

    def pieces_near(self, keys: Iterable[int]) -> dict[str, KnownPiece]:
        """Every piece that has one of these keys."""
        found: dict[str, KnownPiece] = {}
        for key in keys:
            for column in ("title_key", "stem_key"):
                found |= {k.piece.id: k for k in self._pieces(f"WHERE p.{column} = ?", (key,))}
        return found

    def numbered_keys(self) -> set[int]:
        """The keys of title and author under which there is a numbered part."""
        rows = self._db.execute(
            "SELECT DISTINCT title_key FROM pieces WHERE number IS NOT NULL AND title_key IS NOT NULL"
        )
        return {row[0] for row in rows}

    def changed_since(self, generation: int) -> Iterator[StoredStory]:
        """Every story added or changed after *generation*."""
        return self._stored("WHERE generation > ? ORDER BY generation, id", (generation,))

    def removed_since(self, generation: int) -> list[str]:
        """Every id that went away after *generation* and has not come back."""
        rows = self._db.execute("SELECT id FROM removed WHERE generation > ?", (generation,))
        return [row[0] for row in rows]

    def _stored(self, where: str, values: tuple[Any, ...]) -> Iterator[StoredStory]:
        query = "SELECT row, outline FROM pieces WHERE story = ? AND place > 0 ORDER BY place"
        for story in self._stories(where, values):
            rows = self._db.execute(query, (story.id,)).fetchall()
            yield replace(story, texts=tuple(read_text(self._db, *row) for row in rows))

    def _stories(self, where: str, values: tuple[Any, ...]) -> Iterator[StoredStory]:
        columns = "id, record, words, title, rating, spoilers, characters, troubled, incomplete, apart, titles"
        for row in self._db.execute(f"SELECT {columns} FROM stories {where}", values):
            story_id, record, words, title, rating, spoilers, characters, *flags, apart, titles = row
            holds = (bool(title), bool(rating), bool(spoilers), bool(characters))
            yield StoredStory(story_id, record, words, holds, bool(flags[0]), bool(flags[1]), (), (), apart, titles)

    def _pieces(self, where: str, values: tuple[Any, ...]) -> Iterator[KnownPiece]:
        query = f"SELECT {_PIECE}, {_FILE}, p.story, p.place, s.apart {_OF_PIECE} JOIN stories s ON s.id = p.story"
        for row in self._db.execute(f"{query} {where}", values):
            text, (piece_id, part, document, *told), file = read_text(self._db, *row[:2]), row[2:11], row[11:19]
            piece = StoredPiece(piece_id, part, document, text, *told)
            yield KnownPiece(piece, FileRecord(*file), *row[19:])

    # -- writing -----------------------------------------------------------------------------------------

    @stage("store")
    def put(self, changes: Iterable[Change], gone: Iterable[bytes] = (), stories: Iterable[StoredStory] = ()) -> int:
        """Store *changes*, forget the files *gone*, and put *stories*, in one transaction. Answers the new generation.

        *stories* are those of the new pieces and those that have lost or won one; every piece that was theirs and
        every new one must be in one of them.
        """
        told = list(stories)
        places = {i: (s.id, place) for s in told for place, i in _placed(s)}
        fresh: set[str] = set()
        with self._write() as db:
            generation = self.generation + 1
            before: set[str] = set()
            for location in gone:
                before |= forget(db, location)
                db.execute("DELETE FROM files WHERE location = ?", (location,))
            for change in changes:
                before |= forget(db, change.file.location)
                put_file(db, change, places)
                fresh |= {p.id for p in change.pieces}
            before |= move(db, {i: place for i, place in places.items() if i not in fresh})
            put_stories(db, told, generation)
            remove(db, before - {s.id for s in told}, generation)
            self._set(db, "generation", str(generation))
        return generation

    def touch(self, files: Iterable[FileRecord]) -> None:
        """Note new dates of files whose bytes are the same: no new generation."""
        with self._write() as db:
            db.executemany(
                "UPDATE files SET size = ?, mtime = ? WHERE location = ?",
                ((f.size, f.mtime, f.location) for f in files),
            )

    def doubt_skipped(self) -> None:
        """Forget what the bytes were of files that could not be read, so that they are tried again."""
        with self._write() as db:
            db.execute("UPDATE files SET hash = x'' WHERE reason IS NOT NULL")

    def put_mistakes(self, gone: Iterable[bytes], mistakes: Mapping[bytes, Iterable[Mistake]]) -> None:
        """Forget the mistakes that were in the files of corrections *gone*, and note those that are now in each."""
        with self._write() as db:
            for location in {*gone, *mistakes}:
                db.execute("DELETE FROM mistakes WHERE location = ?", (location,))
            for location, found in mistakes.items():
                put_mistakes(db, location, found)

    def put_closed(self, roots: Iterable[str], closed: Iterable[Closed]) -> None:
        """Note what could not be looked into below *roots*, in place of what was noted of them before."""
        below = tuple(root.rstrip(os.sep) + os.sep for root in roots)
        kept = [c for c in self.closed() if not f"{c.location}{os.sep}".startswith(below)]
        told = [astuple(c) for c in (*kept, *closed)]
        if told or self.meta("closed"):
            self.set_meta("closed", json.dumps(told))

    def set_meta(self, key: str, value: str) -> None:
        with self._write() as db:
            self._set(db, key, value)

    def replace_stories(self, stories: Iterable[StoredStory]) -> int:
        """Put new records of stories that are stored already (same ids). Answers the new generation."""
        with self._write() as db:
            generation = self.generation + 1
            put_stories(db, stories, generation)
            self._set(db, "generation", str(generation))
        return generation

    @staticmethod
    def _set(db: sqlite3.Connection, key: str, value: str) -> None:
        db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def _check_version(self) -> None:
        with self._connections.speaking():
            version = self.meta("version")
        if version != VERSION:
            raise IndexVersionError(
                f"The index in '{self.path.parent}' was made by another version of ficsearch"
                f" (its format is {version}, this one's {VERSION}).",
                "Make it anew with: ficsearch index --rebuild PATH",
            )
