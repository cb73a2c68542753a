"""An index run: walk, read what changed on every core, store it, hand it to the engine.

The store is written first, then the engine; each batch is one transaction of both. A run that is cut off loses at
most the batch under way, and the engine catches up from the store when the library is next opened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from time import perf_counter

from ficsearch.budget import Budget
from ficsearch.catalogue import story_id
from ficsearch.engines import Engine
from ficsearch.fields import IndexDocument
from ficsearch.intake import Intake, Task, take_in
from ficsearch.packs import Packs
from ficsearch.records import Change, FileRecord, StoredStory
from ficsearch.report import Report, Skipped
from ficsearch.store import Store
from ficsearch.walk import FoundFile, Unreachable, walk
from ficsearch.workers import run

BATCH_FILES = 5_000
"""Files stored and indexed at a time at most; their bytes are limited by the budget. What a cut-off run may lose."""

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the path just read."""


@dataclass(slots=True)
class _Plan:
    """What the walk found: files to read, and what needs nothing but counting."""

    tasks: list[Task] = field(default_factory=list)
    gone: list[bytes] = field(default_factory=list)


@dataclass(slots=True)
class Indexer:
    """One run over one library. ``folder`` is the index, passed over on the walk; ``load_packs`` (picklable) gives
    each worker process its own packs; ``budget`` says how many there are and how much is stored at a time; ``fandom``
    is the default for files that name none, None to keep what it was."""

    store: Store
    engine: Engine
    packs: Packs
    load_packs: Callable[[], Packs]
    folder: Path
    budget: Budget
    fandom: str | None = None
    progress: Progress | None = None
    report: Report = field(default_factory=Report)
    _owners: dict[str, bytes] = field(default_factory=dict)

    def run(self, roots: Iterable[Path], dry: bool = False) -> Report:
        """Bring the library up to date with what lies under *roots*."""
        started = perf_counter()
        self.report.dry = dry
        known, plan = self._plan(list(roots))
        self._forget(plan.gone)
        for batch in self._batches(plan.tasks):
            self._keep(batch, known)
        self._sum_up()
        self.report.seconds = perf_counter() - started
        return self.report

    # -- before reading ----------------------------------------------------------------------------------

    def _plan(self, roots: list[Path]) -> tuple[dict[bytes, FileRecord], _Plan]:
        known: dict[bytes, FileRecord] = {}
        plan = _Plan()
        for root in roots:
            known |= self.store.files_under(os.fsencode(root))
        met, kept = set(), []
        for found in (f for root in roots for f in walk(root, leave_out=self.folder)):
            location = os.fsencode(found.location)
            if isinstance(found, Unreachable):
                kept.append(location)
                self.report.files += 1
                self.report.skipped.append(Skipped(found.path, found.reason))
            elif location not in met:
                met.add(location)
                self._plan_file(found, known.get(location), plan)
        separator = os.sep.encode()
        kept_below = tuple(k + separator for k in kept)
        plan.gone = [k for k in known if k not in met and k not in kept and not k.startswith(kept_below)]
        return known, plan

    def _plan_file(self, found: FoundFile, record: FileRecord | None, plan: _Plan) -> None:
        self.report.files += 1
        if record is None:
            plan.tasks.append(Task(found, b"", self.fandom))
            return
        fandom = self.fandom or record.fandom
        if (record.size, record.mtime, record.fandom) != (found.size, found.mtime, fandom):
            plan.tasks.append(Task(found, record.hash if fandom == record.fandom else b"", fandom))
        elif record.reason is None:
            self.report.unchanged += 1
        elif record.hash:
            self.report.skipped.append(Skipped(found.path, record.reason))
        else:  # its bytes were never seen: perhaps they can be now
            plan.tasks.append(Task(found, b"", fandom))

    def _results(self, tasks: list[Task]) -> Iterator[Intake]:
        jobs = self.budget.jobs if len(tasks) > 2 * self.budget.jobs else 1
        if jobs <= 1:
            return (take_in(task, self.packs) for task in tasks)
        return run(partial(_take_in_all, self.load_packs), tasks, jobs, _crashed, lambda task: task.file.size)

    def _batches(self, tasks: list[Task]) -> Iterator[list[Intake]]:
        """What comes of the tasks, a batch at a time."""
        batch: list[Intake] = []
        size = 0
        for done, intake in enumerate(self._results(tasks), 1):
            batch.append(intake)
            size += intake.file.size
            if self.progress:
                self.progress(done, len(tasks), intake.file.path)
            if size > self.budget.batch or len(batch) >= BATCH_FILES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    # -- keeping -----------------------------------------------------------------------------------------

    def _forget(self, gone: list[bytes]) -> None:
        self.report.removed += len(gone)
        if not gone or self.report.dry:
            return
        before = self.store.generation
        generation = self.store.put((), gone)
        self.engine.remove(self.store.removed_since(before), generation)

    def _keep(self, batch: list[Intake], known: dict[bytes, FileRecord]) -> None:
        """Store a batch and hand it to the engine."""
        fresh = [self._told_apart(i) for i in batch if not i.same]
        for intake in fresh:
            self._count(intake, os.fsencode(intake.file.location) in known)
        self.report.unchanged += sum(i.same for i in batch)
        if self.report.dry:
            return
        self.store.touch(self._record(i, known) for i in batch if i.same)
        # a file that was read before and cannot be opened now keeps its stories
        new = [i for i in fresh if i.hash or os.fsencode(i.file.location) not in known]
        if new:
            before = self.store.generation
            generation = self.store.put(Change(self._record(i, known), i.stories) for i in new)
            # the engine says it has the new generation only when it has all of it: a crash between is caught up
            self.engine.remove(self.store.removed_since(before), before)
            self.engine.add((d for i in new for d in i.documents), generation)

    def _record(self, intake: Intake, known: dict[bytes, FileRecord]) -> FileRecord:
        file = intake.file
        location = os.fsencode(file.location)
        before = known.get(location)
        fandom = self.fandom or (before.fandom if before else None)
        return FileRecord(location, file.path, file.size, file.mtime, intake.hash, fandom, intake.reason)

    def _count(self, intake: Intake, was_known: bool) -> None:
        report = self.report
        if intake.reason is not None:
            report.skipped.append(Skipped(intake.file.path, intake.reason))
            return
        report.changed += was_known
        report.added += not was_known
        report.bytes += intake.file.size
        if report.dry:
            report.stories += len(intake.stories)
            for story in intake.stories:
                for name, held in zip(report.holding, story.holds, strict=True):
                    report.holding[name] += held

    def _sum_up(self) -> None:
        self.report.skipped.sort(key=lambda s: s.path)
        if not self.report.dry:
            self.report.stories = self.store.counts()["stories"]
            self.report.holding = self.store.holding()

    def _told_apart(self, intake: Intake) -> Intake:
        """The same, under other ids where a file of another root with the same path has them already."""
        location = os.fsencode(intake.file.location)
        ids = [s.id for s in intake.stories]
        owners = {**self.store.owners(ids), **{i: self._owners[i] for i in ids if i in self._owners}}
        if any(owner != location for owner in owners.values()):
            intake = _renamed(intake)
        self._owners |= {s.id: location for s in intake.stories}
        return intake


def _renamed(intake: Intake) -> Intake:
    ids = {s.id: story_id(_place(intake.file, s), s.part) for s in intake.stories}
    documents = tuple(IndexDocument(ids[d.id], d.values, d.sort_keys) for d in intake.documents)
    return replace(intake, stories=tuple(s.renamed(ids[s.id]) for s in intake.stories), documents=documents)


def _place(file: FoundFile, stored: StoredStory) -> str:
    """Where a story lies on the disk, and inside the archive there."""
    return file.location + stored.story().path.removeprefix(file.path)


def _crashed(task: Task) -> Intake:
    return Intake(task.file, b"", reason="the reader crashed on it (a fault in a library, or out of memory)")


_loaded: list[Packs] = []


def _take_in_all(load_packs: Callable[[], Packs], tasks: list[Task]) -> list[Intake]:
    """The work of a worker process: packs are loaded once in each."""
    if not _loaded:
        _loaded.append(load_packs())
    return [take_in(task, _loaded[0]) for task in tasks]
