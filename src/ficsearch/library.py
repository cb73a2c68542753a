"""Library: an index folder with a store, an engine and the packs. The one object that CLI, page and scripts use.

from ficsearch import Library

with Library.open("index") as library:
    library.index(["stories/"])
    results = library.search("Willow Xander", facets=("rating", "character"), seen="The Zeppo")
    for hit in results.hits:
        print(hit.story.title, hit.excerpts[0].text)
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ficsearch.budget import DEFAULT, read_size, share
from ficsearch.engines import Engine, open_engine
from ficsearch.errors import IndexLockedError, LibraryError, StoryNotFoundError, UsageError
from ficsearch.fields import FACETS, index_document
from ficsearch.packs import Packs
from ficsearch.results import FacetValue, Results
from ficsearch.searching import Asked, Searcher
from ficsearch.store import Store
from ficsearch.story import Story

# what only some verbs need they import themselves: a search is half as long in starting without it
if TYPE_CHECKING:
    from ficsearch.doctor import Diagnosis
    from ficsearch.indexing import Indexer, Progress
    from ficsearch.report import Report
    from ficsearch.spoilers import Verdict

PACKS_FOLDER = "fandoms"
"""Readers' own packs lie in this folder inside the index folder's parent, beside the index."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in a library. ``bytes`` is the size of the index on the disk."""

    stories: int
    files: int
    skipped: int
    words: int
    bytes: int
    engine: str
    holding: dict[str, int]


class Library:
    """A folder of indexed stories. Make one with :meth:`open`; it is safe to search from several threads."""

    def __init__(self, folder: Path, engine_name: str, packs: Packs) -> None:
        self.folder = folder
        self.engine_name = engine_name
        self.packs = packs
        self._store: Store | None = None
        self._engine: Engine | None = None
        self._budget = share(read_size(DEFAULT), 1)

    @classmethod
    def open(cls, folder: str | Path = "index", engine: str = "whoosh") -> Library:
        """The library in *folder*. Nothing is read yet: a folder without an index fails at the first search."""
        path = Path(folder).absolute()
        return cls(path, engine, _load_packs(path))

    def close(self) -> None:
        """Let go of all files. The library opens them again when it is asked something."""
        if self._engine is not None:
            self._engine.close()
        if self._store is not None:
            self._store.close()
        self._engine = self._store = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # -- writing -----------------------------------------------------------------------------------------

    def index(
        self,
        paths: Iterable[str | Path],
        *,
        jobs: int = 1,
        fandom: str | None = None,
        rebuild: bool = False,
        dry_run: bool = False,
        memory: int | None = None,
        progress: Progress | None = None,
    ) -> Report:
        """Bring the library up to date with what lies under *paths*; only what changed is read.

        *fandom* is the default for files that name none; *rebuild* starts over; *dry_run* changes nothing.
        *memory* is what all processes together may use, in bytes (512 MB).
        With more than one of *jobs* the calling script needs ``if __name__ == "__main__":``.
        Raises UsageError for a path or fandom that there is not, IndexLockedError while another run writes.
        """
        from ficsearch.lock import writing
        from ficsearch.walk import roots_of

        roots = roots_of(paths)
        default = self._fandom(fandom) if fandom else None
        self._budget = share(memory or read_size(DEFAULT), jobs)
        if dry_run:
            return self._dry_run(roots, default, rebuild, progress)
        with writing(self.folder):
            if rebuild:
                self._start_over()
            self.close()
            store, engine = self._open_for_writing()
            indexer = self._indexer(store, engine, default, progress)
            self._renew(store, engine, indexer.report, progress)
            return indexer.run(roots)

    def rebuild(self) -> int:
        """Make the engine anew from the store, reading no file. Answers how many stories it holds."""
        from ficsearch.lock import writing

        with writing(self.folder):
            self.close()
            self._store, self._engine = Store.open(self.folder), self._empty_engine()
            _catch_up(self._store, self._engine)
            return self._store.counts()["stories"]

    def _dry_run(self, roots: list[Path], fandom: str | None, rebuild: bool, progress: Progress | None) -> Report:
        there = (self.folder / "stories.db").is_file() and not rebuild
        store = Store.open(self.folder) if there else Store.in_memory()
        engine = open_engine("memory", self.folder)
        try:
            return self._indexer(store, engine, fandom, progress).run(roots, dry=True)
        finally:
            store.close()

    def _indexer(self, store: Store, engine: Engine, fandom: str | None, progress: Progress | None) -> Indexer:
        from ficsearch.indexing import Indexer  # readers and catalogue cost a search a third of its start-up

        load = partial(_load_packs, self.folder)
        return Indexer(store, engine, self.packs, load, self.folder, self._budget, fandom, progress)

    def _fandom(self, text: str) -> str:
        named = self.packs.fandoms(text)
        if not named:
            raise UsageError(f"No pack knows a fandom '{text}'.", "ficsearch packs lists them.")
        return named[0]

    def _start_over(self) -> None:
        """Delete what we made, and nothing else."""
        self.close()
        for name in ("stories.db", "stories.db-wal", "stories.db-shm", "packs.cache"):
            (self.folder / name).unlink(missing_ok=True)
        shutil.rmtree(self.folder / self.engine_name, ignore_errors=True)

    def _renew(self, store: Store, engine: Engine, report: Report, progress: Progress | None) -> None:
        """Catalogue every story anew when ficsearch or its packs have changed since, from the store; files that could
        not be read are to be tried again."""
        if store.meta("packs") == self.packs.version:
            return
        from ficsearch.renewing import renew

        started = perf_counter()
        report.renewed = renew(store, self.packs, partial(_load_packs, self.folder), self._budget.jobs, progress)
        _catch_up(store, engine)
        store.doubt_skipped()
        store.set_meta("packs", self.packs.version)
        report.seconds = perf_counter() - started

    # -- asking ------------------------------------------------------------------------------------------

    def search(self, text: str = "", **options: Any) -> Results:
        """The stories that *text* finds, best first. *options* are the fields of ``searching.Asked``.

        Nothing typed is an error; what was understood is in ``Results.understood`` and ``Results.notes``. Raises
        UsageError for a facet, sort or position that there is not, NoIndexError when nothing was indexed.
        """
        return self._searcher().search(Asked(text, **options))

    def story(self, name: str) -> Story:
        """The story with that id (or its beginning, or path), with its text. Raises StoryNotFoundError."""
        store, _ = self._ready()
        ids = store.ids_like(name) or _ids_inside(store, name)
        story = store.story(ids[0]) if ids else None
        if story is None:
            raise StoryNotFoundError(f"There is no story '{name}' here.", "Find its id with: ficsearch query TITLE")
        return story

    def judge(self, story: Story, seen: str | None) -> Verdict | None:
        """Is *story* safe for a reader who has *seen* so much? None without a position. Raises UsageError."""
        if not seen:
            return None
        from ficsearch.spoilers import judge_story, read_position

        return judge_story(story, read_position(seen, self.packs), self.packs)

    def unspoiled(self, story: Story, seen: str | None) -> Story:
        """*story* without the names that give something away to a reader who has *seen* so much. Raises UsageError."""
        if not seen:
            return story
        from ficsearch.facets import unspoiled
        from ficsearch.spoilers import beyond, read_position

        return unspoiled(story, self.packs, beyond(read_position(seen, self.packs), self.packs))

    def location(self, story: Story) -> Path | None:
        """Where the file of *story* lies on this disk."""
        return self._ready()[0].location(story.id)

    def examine(self) -> Diagnosis:
        """What could not be read, and where."""
        from ficsearch.doctor import examine

        return examine(self._ready()[0])

    def facets(self, names: Iterable[str] = (), seen: str | None = None) -> dict[str, tuple[FacetValue, ...]]:
        """Every value of the facets *names* (all of them when none is named), counted over the library."""
        wanted = tuple(names) or tuple(f.name for f in FACETS)
        return dict(self.search("", facets=wanted, seen=seen, limit=0, passages=0).facets)

    def shows(self) -> tuple[str, ...]:
        """The codes of the shows that stories here are about or give something away of."""
        _, engine = self._ready()
        named = [s.code for s in self.packs.shows_of(engine.names("fandom"))]
        spoiled = [v for v in engine.names("spoilers") if v in self.packs.shows]
        return tuple(dict.fromkeys([*named, *spoiled]))

    def stats(self) -> Stats:
        """What is in this library."""
        store, _ = self._ready()
        counts = store.counts()
        size = sum(f.stat().st_size for f in self.folder.rglob("*") if f.is_file())
        return Stats(
            counts["stories"],
            counts["files"],
            counts["skipped"],
            store.words(),
            size,
            self.engine_name,
            store.holding(),
        )

    def _searcher(self) -> Searcher:
        store, engine = self._ready()
        return Searcher(engine, store, self.packs)

    # -- opening -----------------------------------------------------------------------------------------

    def _ready(self) -> tuple[Store, Engine]:
        """Store and engine, opened once, the engine as new as the store; opened again when another process has
        started the index over."""
        if self._store is not None and self._store.is_replaced():
            self.close()
        if self._store is None or self._engine is None:
            self._store = Store.open(self.folder)
            self._engine = self._engine_for(self._store)
            self._follow(self._store, self._engine)
        return self._store, self._engine

    def _open_for_writing(self) -> tuple[Store, Engine]:
        self._store = Store.create(self.folder)
        self._engine = self._engine_for(self._store)
        _catch_up(self._store, self._engine)
        return self._store, self._engine

    def _engine_for(self, store: Store) -> Engine:
        """The engine of this library; an empty one when it has seen a change that the store lost in a power cut."""
        engine = open_engine(self.engine_name, self.folder / self.engine_name, self._budget.engine_mb)
        if engine.generation > store.generation:
            engine.close()
            engine = self._empty_engine()
        return engine

    def _empty_engine(self) -> Engine:
        shutil.rmtree(self.folder / self.engine_name, ignore_errors=True)
        return open_engine(self.engine_name, self.folder / self.engine_name, self._budget.engine_mb)

    def _follow(self, store: Store, engine: Engine) -> None:
        """Bring an engine that a crash left behind up to date; while somebody writes, that run does it."""
        if engine.generation == store.generation:
            return
        from ficsearch.lock import writing

        try:
            with writing(self.folder):
                _catch_up(store, engine)
        except (IndexLockedError, LibraryError):
            if engine.generation == 0:
                raise


def _ids_inside(store: Store, path: str) -> list[str]:
    """The stories inside an archive at that path, which is no file's: their ids are made of it."""
    from ficsearch.catalogue import story_id

    return [i for part in range(1, 10) for i in store.ids_like(story_id(path, part))]


def _catch_up(store: Store, engine: Engine) -> None:
    """Give *engine* all that changed in *store* after its generation."""
    behind, generation = engine.generation, store.generation
    if behind < generation:
        engine.remove(store.removed_since(behind), behind)
        engine.add((index_document(s.full_story()) for s in store.changed_since(behind)), generation)


def _load_packs(folder: Path) -> Packs:
    """The packs for the index in *folder*: shipped ones, and the reader's own beside the index."""
    cache = folder / "packs.cache" if folder.is_dir() else None
    return Packs.load(folder.parent / PACKS_FOLDER, cache=cache)
