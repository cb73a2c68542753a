"""The default engine: a genuine Whoosh index whose work is done on arrays.

``whoosh.index.open_dir`` opens the folder, and Whoosh's own searcher gives the same hits and scores; this class gives
them some hundred times as fast. ``docs/decisions/0002-whoosh-on-arrays.md`` says why and how.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from ficsearch.engines import Located, Matches, OneWord, Request
from ficsearch.engines.whoosh.answer import Answerer
from ficsearch.engines.whoosh.folder import IndexFolder, Watch
from ficsearch.engines.whoosh.segments import OpenSegment
from ficsearch.fields import IndexDocument
from ficsearch.query.nodes import Query

if TYPE_CHECKING:
    from ficsearch.engines.whoosh.tokenise import Tokeniser
    from ficsearch.engines.whoosh.writer import Change


@dataclass(frozen=True, slots=True)
class _State:
    """What is open: swapped as one, so that every search sees one generation only."""

    watch: Watch
    opened: Mapping[str, OpenSegment]
    answerer: Answerer


class WhooshEngine:
    """The index in *folder*; none there yet is an empty one. Changes use about *memory_mb* of memory.

    Raises IndexDamagedError and IndexVersionError when the files cannot be used.
    """

    def __init__(self, folder: Path, memory_mb: int = 256) -> None:
        self._folder = IndexFolder(folder)
        self._memory_mb = memory_mb
        self._words: Tokeniser | None = None
        self._opening = Lock()
        # Threads share the interpreter: several that work on arrays at once take it from each other at every step, and
        # make the same tables several times. One after the other all are done sooner.
        self._turn = Lock()
        self._state: _State | None = self._open({})

    @property
    def generation(self) -> int:
        return self._current().snapshot.generation

    def add(self, documents: Iterable[IndexDocument], generation: int, *, more: bool = False) -> None:
        """Put *documents* in, each replacing what had its id: all of them and the generation, or nothing. With *more*
        to follow, segments are not yet merged.

        Raises IndexLockedError when another process is writing.
        """
        self._change(lambda change: change.add(documents), generation, more)

    def remove(self, ids: Iterable[str], generation: int) -> None:
        """Forget these ids: all of them and the generation, or nothing. Raises IndexLockedError."""
        self._change(lambda change: change.remove(set(ids)), generation)

    def _change(self, make: Callable[[Change], None], generation: int, more: bool = False) -> None:
        from ficsearch.engines.whoosh.writer import Change  # loads Whoosh, which no search needs

        opened = self._state.opened if self._state else {}
        with Change(self._folder, self._memory_mb, opened, self._words) as change:
            make(change)
            change.commit(generation, more)
            self._state = self._open(opened)
        # to learn every word anew for each batch of a run would be a fifth of the work
        self._words = change.tokeniser if more else None

    def search(self, request: Request) -> Matches:
        with self._turn:
            return self._current().search(request)

    def count(self, query: Query) -> int:
        with self._turn:
            return self._current().count(query)

    def locate(self, asked: Sequence[OneWord], ids: Sequence[str]) -> Located:
        return self._current().locate(asked, ids)

    def names(self, field: str) -> Mapping[str, int]:
        with self._turn:
            return self._current().names(field)

    def like(self, field: str, word: str, distance: int) -> Mapping[str, int]:
        with self._turn:
            return self._current().like(field, word, distance)

    def close(self) -> None:
        # asked again it opens again; what other threads are answering now they finish
        self._state = None

    def _current(self) -> Answerer:
        """What answers for the newest generation, whichever process made it."""
        state = self._state
        if state is None or not state.watch.unchanged():
            with self._opening:
                if self._state is state:
                    self._state = self._open(state.opened if state else {})
                state = self._state or self._open({})
        return state.answerer

    def _open(self, before: Mapping[str, OpenSegment]) -> _State:
        watch, opened, snapshot = self._folder.open(before)
        return _State(watch, opened, Answerer(snapshot))
