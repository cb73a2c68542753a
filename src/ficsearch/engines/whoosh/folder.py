"""The folder of the index: Whoosh's table of contents, its lock, and what must be on the disk before what.

A change writes new segment files, then a new table of contents under a new number, then deletes what the new table
does not name. Files are forced to the disk before the table that names them is, and the table before it gets its name:
whenever a writer dies, the folder holds the old state or the new one, and the next writer clears the rest away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from ficsearch.engines.whoosh.arrays import REBUILD
from ficsearch.engines.whoosh.segments import OpenSegment
from ficsearch.engines.whoosh.snapshot import Snapshot
from ficsearch.engines.whoosh.table import EXTENSION, INDEX, Contents, Segment, fingerprint, read_table
from ficsearch.errors import IndexDamagedError, IndexLockedError, IndexVersionError

_TABLE = re.compile(rf"_{INDEX}_([0-9]+)\.toc")
_OURS = re.compile(rf"_{INDEX}_[0-9]+\.toc[.0-9]*|{INDEX}_[0-9a-z]+{re.escape(EXTENSION)}")
_TRIES = 5
"""A writer may delete a table between our finding its name and our opening it; five times in a row it does not."""


class IndexFolder:
    """The files in *path*."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def contents(self) -> Contents:
        """What the newest table of contents says. Raises IndexDamagedError, IndexVersionError."""
        for _ in range(_TRIES):
            number = max((int(m[1]) for m in map(_TABLE.fullmatch, self._files()) if m), default=-1)
            if number < 0:
                return Contents()
            try:
                return self._read(number)
            except FileNotFoundError:
                continue
        raise self._damaged("its table of contents cannot be opened")

    def open(self, before: Mapping[str, OpenSegment]) -> tuple[Watch, Mapping[str, OpenSegment], Snapshot]:
        """The newest contents with a watch over them, and everything they name; what was open *before* is used again.

        Raises IndexDamagedError, IndexVersionError.
        """
        for _ in range(_TRIES):
            contents = self.contents()
            watch = Watch(self, contents.number)
            names = {s.file_name: s for s in contents.segments}
            try:
                opened = {name: before.get(name) or OpenSegment(self.path, s) for name, s in names.items()}
            except FileNotFoundError as error:
                missing = error.filename
            else:
                return watch, opened, Snapshot(contents.segments, tuple(opened.values()), contents.generation)
        raise self._damaged(f'its file "{missing}" is missing')

    def lock(self) -> Any:
        """Whoosh's own write lock, taken. Raises IndexLockedError."""
        from ficsearch.engines.whoosh.genuine import write_lock  # loads Whoosh, which no search needs

        self.path.mkdir(parents=True, exist_ok=True)
        lock = write_lock(self.path)
        if not lock.acquire():
            raise IndexLockedError(
                f'Another process is writing to the index "{self.path}".',
                "Wait until it is done (or stop it) and try again. Searching goes on meanwhile.",
            )
        return lock

    def commit(self, before: Contents, segments: Sequence[Segment], generation: int) -> Contents:
        """Make *segments* the index from now on, in one step. What is needed no longer is still there."""
        from ficsearch.engines.whoosh.genuine import force, write_table

        contents = Contents(before.number + 1, generation, tuple(segments), fingerprint())
        force(self.path)
        write_table(self.path, contents)
        return contents

    def clear(self, contents: Contents) -> None:
        """Delete every file of ours that *contents* do not name. Who has one open may go on reading it.

        What cannot be deleted now (on Windows, while somebody reads it) a later change deletes.
        """
        kept = {segment.file_name for segment in contents.segments} | {f"_{INDEX}_{contents.number}.toc"}
        for name in self._files():
            if _OURS.fullmatch(name) and name not in kept:
                with suppress(OSError):
                    (self.path / name).unlink(missing_ok=True)

    def _files(self) -> list[str]:
        try:
            return [entry.name for entry in self.path.iterdir()]
        except FileNotFoundError:
            return []
        except OSError as error:
            raise self._damaged(f"it cannot be read ({error.strerror})") from error

    def table(self, number: int) -> Path:
        """Where table of contents *number* is, if there is one."""
        return self.path / f"_{INDEX}_{number}.toc"

    def is_empty(self) -> bool:
        """There is no table of contents."""
        return not any(map(_TABLE.fullmatch, self._files()))

    def _read(self, number: int) -> Contents:
        try:
            contents = read_table(self.table(number).read_bytes())
        except ValueError as error:
            raise self._damaged(str(error)) from error
        if contents.made_for != fingerprint():
            raise IndexVersionError(f'The index "{self.path}" was made by another version of ficsearch.', REBUILD)
        return contents

    def _damaged(self, why: str) -> IndexDamagedError:
        return IndexDamagedError(f'The index "{self.path}" is damaged: {why}.', REBUILD)


class Watch:
    """Tells, at the cost of two looks at the disk, whether table *number* is still the newest of *folder*."""

    def __init__(self, folder: IndexFolder, number: int) -> None:
        self._folder, self._number = folder, number
        self._table, self._next = folder.table(number), folder.table(number + 1)
        self._stamp = self._look()

    def unchanged(self) -> bool:
        """Nothing was committed since."""
        if self._number < 0:
            return self._folder.is_empty()
        return self._stamp is not None and self._look() == self._stamp

    def _look(self) -> tuple[int, int, int] | None:
        """What tells one table from another that has its number; None when there is another one."""
        try:
            found = self._table.stat()
        except FileNotFoundError:
            return None
        return None if self._next.exists() else (found.st_ino, found.st_mtime_ns, found.st_size)
