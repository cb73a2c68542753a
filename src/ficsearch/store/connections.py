"""SQLite connections: one a thread, write-ahead log, errors turned into ours. What may not be written is read only."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ficsearch.errors import IndexDamagedError, LibraryError

_PAGE = 16 << 10
"""Bytes in a page of a new database. Four kilobytes, SQLite's default, leave more of each unused."""


_IN_MEMORY = ":memory:"

_MAPPED = 2 << 30
"""Bytes of a database that are read where they lie: SQLite maps no more. To copy the pages of ten stories, a sixteenth
of which is asked for, took a tenth of the time of their excerpts."""


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells one file from another of the same name; None while there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _state(path: Path) -> tuple[int, int]:
    """What changes when somebody writes to *path*: its size, and when it was written to; zeros while there is none."""
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_size, status.st_mtime_ns


def _may_write(path: Path) -> bool:
    """May we write the database at *path* and, as SQLite must to read a log as well, files beside it?"""
    return str(path) == _IN_MEMORY or all(os.access(each, os.W_OK) for each in (path.parent, path) if each.exists())


class Connections:
    """The connections to the database at *path*; threads may share this object. What is *mapped* into memory is read
    where it lies, which who writes does not do: all he has touched would count as memory that he holds."""

    def __init__(self, path: Path, mapped: bool = False) -> None:
        self.path = path
        self._mapped = mapped
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._file = _identity(path)
        self._log = path.with_name(f"{path.name}-wal")
        self._writable = _may_write(path)
        self._written = self._states()

    def _states(self) -> tuple[tuple[int, int], ...]:
        return _state(self.path), _state(self._log)

    def close(self) -> None:
        """Close every thread's connection."""
        with self._lock:
            for connection in self._connections:
                connection.close()
            self._connections.clear()
        self._local = threading.local()

    @contextmanager
    def closed_on_failure(self) -> Iterator[None]:
        """Leave no connection open when what is done inside fails."""
        try:
            yield
        except BaseException:
            self.close()
            raise

    def is_replaced(self) -> bool:
        """Has another process deleted this database, put a new one in its place, or changed one that we only read?"""
        if self._file is None:
            return False
        return _identity(self.path) != self._file or (not self._writable and self._states() != self._written)

    @property
    def db(self) -> sqlite3.Connection:
        """This thread's connection: SQLite's own are not to be shared."""
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            with self.speaking():
                connection = self._connect()
            self._local.connection = connection
        return connection

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(
            self._address(), timeout=30, isolation_level=None, check_same_thread=False, uri=not self._writable
        )
        with self._lock:
            self._connections.append(connection)
        if self._mapped:
            connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
        if self._writable:
            connection.execute(f"PRAGMA page_size = {_PAGE}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        return connection

    def _address(self) -> Path | str:
        """What SQLite is to open. Without a log nobody is writing, and a file that may not be written is taken as it
        is; with one, it is read together with the log (SQLite: Write-Ahead Logging, read-only databases)."""
        if self._writable:
            return self.path
        kept = "" if self._log.exists() and self._log.stat().st_size else "&immutable=1"
        return f"{self.path.absolute().as_uri()}?mode=ro{kept}"

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        db = self.db
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        db = self.db
        if db.in_transaction:
            yield
            return
        db.execute("BEGIN")
        try:
            yield
        finally:
            db.execute("COMMIT")

    @contextmanager
    def speaking(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except sqlite3.DatabaseError as problem:
            barred = problem.sqlite_errorname.startswith(_BARRED) if hasattr(problem, "sqlite_errorname") else False
            told = f"The index file '{self.path}' cannot be used: {problem}."
            raise (LibraryError(told, _ROOM) if barred else IndexDamagedError(told, _START_OVER)) from problem


_BARRED = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_FULL")
"""The file is whole, but the system does not let us at it: SQLite writes beside it to read too."""
_ROOM = "See that you may write into its folder, and that the disk has room."
_START_OVER = "Start over with: ficsearch index --rebuild PATH"
