"""The default engine: a genuine Whoosh index whose work is done on arrays.

``whoosh.index.open_dir`` opens the folder, and Whoosh's own searcher gives the same hits and scores; this class gives
them some hundred times as fast. ``docs/decisions/0002-whoosh-on-arrays.md`` says why and how.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from ficsearch.engines import Matches, Request
from ficsearch.engines.whoosh.answer import Answerer
from ficsearch.engines.whoosh.folder import Contents, IndexFolder, Stamp
from ficsearch.engines.whoosh.snapshot import Snapshot
from ficsearch.engines.whoosh.writer import Change
from ficsearch.fields import IndexDocument
from ficsearch.query.nodes import Query


@dataclass(frozen=True, slots=True)
class _State:
    """What is open: swapped as one, so that every search sees one generation only."""

    contents: Contents
    stamp: Stamp | None
    answerer: Answerer


class WhooshEngine:
    """The index in *folder*; none there yet is an empty one. Changes use about *memory_mb* of memory.

    Raises IndexDamagedError and IndexVersionError when the files cannot be used.
    """

    def __init__(self, folder: Path, memory_mb: int = 256) -> None:
        self._folder = IndexFolder(folder)
        self._memory_mb = memory_mb
        self._opening = Lock()
        self._open()

    @property
    def generation(self) -> int:
        return self._current().snapshot.generation

    def add(self, documents: Iterable[IndexDocument], generation: int) -> None:
        """Put *documents* in, each replacing what had its id: all of them and the generation, or nothing.

        Raises IndexLockedError when another process is writing.
        """
        with Change(self._folder, self._memory_mb) as change:
            change.add(documents)
            change.commit(generation)
            self._open()

    def remove(self, ids: Iterable[str], generation: int) -> None:
        """Forget these ids: all of them and the generation, or nothing. Raises IndexLockedError."""
        with Change(self._folder, self._memory_mb) as change:
            change.remove(set(ids))
            change.commit(generation)
            self._open()

    def search(self, request: Request) -> Matches:
        return self._current().search(request)

    def count(self, query: Query) -> int:
        return self._current().count(query)

    def terms(self, field: str) -> Mapping[str, int]:
        return self._current().terms(field)

    def close(self) -> None:
        # asked again it opens again; what other threads are answering now they finish
        self._state = _State(Contents(), None, Answerer(Snapshot((), 0)))

    def _current(self) -> Answerer:
        """What answers for the newest generation, whichever process made it."""
        state = self._state
        if state.stamp is None or self._folder.stamp(state.contents) != state.stamp:
            with self._opening:
                if self._state is state:
                    self._open()
        return self._state.answerer

    def _open(self) -> None:
        contents, snapshot = self._folder.open()
        self._state = _State(contents, self._folder.stamp(contents), Answerer(snapshot))
