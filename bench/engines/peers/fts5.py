"""SQLite FTS5: an external-content table with the porter stemmer, optimized once; facets by an indexed join.

The text stands in an ordinary table (SQLite does not pack it), ranks are bm25, excerpts are ``snippet()``. What is
counted and filtered stands in narrow tables whose keys are the order they are read in; the numbers of all matches are
put into a table in memory first, which is several times faster than joining the full-text table itself. FTS5 has no
fuzzy query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bench.engines.corpora import Item
from bench.engines.peers import FACETS, HITS, WORDS, Answer, CannotError
from bench.engines.questions import RATINGS, Question
from ficsearch.query.nodes import All, Any, Fuzzy, Near, Prefix, Query, Words

TABLES = """
CREATE TABLE stories (number INTEGER PRIMARY KEY, title TEXT, body TEXT);
CREATE VIRTUAL TABLE texts USING fts5 (
    title, body, content = 'stories', content_rowid = 'number', tokenize = 'porter unicode61'
);
CREATE TABLE facts (number INTEGER PRIMARY KEY, rating TEXT, frontier INTEGER);
CREATE TABLE names (id INTEGER PRIMARY KEY, field TEXT, name TEXT, UNIQUE (field, name));
CREATE TABLE holds (number INTEGER, name INTEGER, PRIMARY KEY (number, name)) WITHOUT ROWID;
"""
SAFE = f"CROSS JOIN facts ON facts.number = texts.rowid AND rating IN {RATINGS} AND frontier <= :seen"
FOUND = "FROM texts {safe} WHERE texts MATCH :asked"
COUNT = """
SELECT field, names.name, count(*) FROM hits CROSS JOIN holds USING (number) CROSS JOIN names ON id = holds.name
GROUP BY holds.name ORDER BY count(*) DESC
"""
PRAGMAS = ("journal_mode = WAL", "synchronous = NORMAL", "cache_size = -256000", "temp_store = MEMORY")
"""As an application would set them: a log, forced at checkpoints; as much memory as the others have (in kB)."""


class Fts5:
    """The database in a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "stories.db"

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        for pragma in PRAGMAS:
            db.execute(f"PRAGMA {pragma}")
        return db

    def build(self, items: Iterable[Item]) -> None:
        db = self._connect()
        db.executescript(TABLES)
        db.execute("BEGIN")
        for item in items:
            self._insert(db, item)
        db.execute("INSERT INTO texts (texts) VALUES ('optimize')")
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    def update(self, items: Iterable[Item]) -> None:
        db = self._connect()
        db.execute("BEGIN")
        for item in items:
            self._delete(db, item.number)
            self._insert(db, item)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        db.close()

    def _insert(self, db: sqlite3.Connection, item: Item) -> None:
        text = (item.number, item.story.title, item.body)
        db.execute("INSERT INTO stories VALUES (?, ?, ?)", text)
        db.execute("INSERT INTO texts (rowid, title, body) VALUES (?, ?, ?)", text)
        db.execute("INSERT INTO facts VALUES (?, ?, ?)", (item.number, item.names("rating")[0], item.frontier))
        named = [(field, name) for field in FACETS for name in item.names(field)]
        db.executemany("INSERT OR IGNORE INTO names (field, name) VALUES (?, ?)", named)
        db.executemany(
            "INSERT OR IGNORE INTO holds SELECT ?, id FROM names WHERE field = ? AND name = ?",
            [(item.number, *one) for one in named],
        )

    def _delete(self, db: sqlite3.Connection, number: int) -> None:
        old = db.execute("SELECT number, title, body FROM stories WHERE number = ?", (number,)).fetchone()
        db.execute("INSERT INTO texts (texts, rowid, title, body) VALUES ('delete', ?, ?, ?)", old)
        for table in ("stories", "facts", "holds"):
            db.execute(f"DELETE FROM {table} WHERE number = ?", (number,))

    def open(self) -> None:
        self._db = self._connect()
        self._db.execute("CREATE TEMP TABLE hits (number INTEGER PRIMARY KEY)")

    def ask(self, question: Question, view: str) -> Answer:
        values = {"asked": f"body : ({_match(question.query)})", "seen": question.seen, "hits": HITS}
        found = FOUND.format(safe="" if question.seen is None else SAFE)
        excerpt = f", snippet(texts, 1, '<b>', '</b>', '…', {WORDS})" if view == "with excerpts" else ""
        rows = self._db.execute(f"SELECT texts.rowid{excerpt} {found} ORDER BY rank LIMIT :hits", values).fetchall()
        total, facets = self._counted(found, values) if view == "with facets" else (self._total(found, values), {})
        return Answer(total, tuple(row[0] for row in rows), facets, tuple(row[1] for row in rows if excerpt))

    def _total(self, found: str, values: Mapping[str, object]) -> int:
        return int(self._db.execute(f"SELECT count(*) {found}", values).fetchone()[0])

    def _counted(self, found: str, values: Mapping[str, object]) -> tuple[int, dict[str, dict[str, int]]]:
        """How many there are, and the counts of each facet."""
        self._db.execute("DELETE FROM hits")
        total = self._db.execute(f"INSERT INTO hits SELECT texts.rowid {found}", values).rowcount
        facets: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for field, name, count in self._db.execute(COUNT):
            facets[field][name] = count
        return total, facets

    def close(self) -> None:
        self._db.close()


def _match(asked: Query) -> str:
    """The same question in FTS5's words. Raises CannotError."""
    match asked:
        case All(parts):
            return " AND ".join(_each(parts))
        case Any(parts):
            return " OR ".join(_each(parts))
        case Words(words):
            return f'"{" ".join(words)}"'
        case Near(words, slop):
            return f"NEAR({' '.join(words)}, {slop})"
        case Prefix(start):
            return f"{start}*"
        case Fuzzy():
            raise CannotError(asked)
    raise TypeError(asked)


def _each(parts: Iterable[Query]) -> Iterator[str]:
    return (f"({_match(part)})" for part in parts)
