"""An index run: walk, read what changed on every core, store it, hand it to the engine.

The store is written first, then the engine; each batch is one transaction of both. A run that is cut off loses at
most the batch under way, and the engine catches up from the store when the library is next opened.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import compress
from pathlib import Path
from time import perf_counter

from ficsearch.assembling import Assembled, loose
from ficsearch.budget import Budget, give_back
from ficsearch.catalogue import story_id
from ficsearch.corrections import OVERRIDES, SUFFIX, Corrections
from ficsearch.engines import Engine
from ficsearch.intake import Intake, Task, packs_of_worker, take_in
from ficsearch.packs import Packs
from ficsearch.records import Change, Closed, FileRecord, KnownPiece, StoredStory, inside
from ficsearch.report import Report, Skipped
from ficsearch.sidecars import Sidecars, is_sidecar
from ficsearch.stages import stage, taken
from ficsearch.stitching import Stitcher
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
    _unsettled: bool = False
    _owners: dict[str, bytes] = field(default_factory=dict)
    _read: dict[str, StoredStory] = field(default_factory=dict)
    _closed: list[Closed] = field(default_factory=list)

    def run(self, roots: Iterable[Path], dry: bool = False) -> Report:
        """Bring the library up to date with what lies under *roots*."""
        started = perf_counter()
        self.report.dry = dry
        stitcher = Stitcher(self.store, self.packs, remember=dry)
        roots = list(roots)
        known, plan = self._plan(roots)
        self.report.removed = len(plan.gone)
        if plan.gone:
            self._store((), plan.gone, known, stitcher)
        for batch in self._batches(plan.tasks):
            self._keep(batch, known, stitcher)
            batch.clear()  # or it would stay until the next one is complete
        self._settle()
        if not dry:
            self.store.put_closed(list(map(str, roots)), self._closed)
        self._sum_up()
        self.report.seconds += perf_counter() - started
        self.report.tally.close()
        return self.report

    # -- before reading ----------------------------------------------------------------------------------

    def _plan(self, roots: list[Path]) -> tuple[dict[bytes, FileRecord], _Plan]:
        known: dict[bytes, FileRecord] = {}
        plan = _Plan()
        for root in roots:
            known |= self.store.files_under(os.fsencode(root))
        met, kept = set(), []
        files = [f for root in roots for f in walk(root, leave_out=self.folder)]
        sidecars = self._sidecars([f for f in files if isinstance(f, FoundFile)], roots)
        for found in files:
            location = os.fsencode(found.location)
            if isinstance(found, Unreachable):
                kept.append(location)
                self.report.files += 1
                self.report.skipped.append(Skipped(found.path, found.reason))
                self._closed.append(Closed(found.location, found.path, found.reason))
            elif location not in met and not is_sidecar(found):
                met.add(location)
                self._plan_file(found, known.get(location), sidecars.of(found), plan)
        separator = os.sep.encode()
        kept_below = tuple(k + separator for k in kept)
        plan.gone = [k for k in known if k not in met and k not in kept and not k.startswith(kept_below)]
        return known, plan

    def _sidecars(self, files: list[FoundFile], roots: list[Path]) -> Sidecars:
        """What people have put right, in the files met and at the roots above them; mistakes are noted."""
        roots_before = json.loads(self.store.meta("roots") or "[]")
        folders = {str(folder) for root in roots for folder in root.parents}
        above = [r for r in roots_before if r in folders]
        sidecars = Sidecars.gather([*files, *_beside(roots)], above)
        if not self.report.dry:
            gone = [location for root in roots for location in self.store.corrected_under(os.fsencode(root))]
            sides = {os.fsencode(location): found for location, found in sidecars.mistakes.items()}
            self.store.put_mistakes([g for g in gone if g.endswith((SUFFIX.encode(), OVERRIDES.encode()))], sides)
            self.store.set_meta("roots", json.dumps(sorted({*roots_before, *map(str, roots)})))
        self.report.mistakes = [m for found in sidecars.mistakes.values() for m in found]
        return sidecars

    def _plan_file(self, found: FoundFile, record: FileRecord | None, corrections: Corrections, plan: _Plan) -> None:
        self.report.files += 1
        if record is None:
            plan.tasks.append(Task(found, b"", self.fandom, corrections.kept_safe(False)))
            return
        fandom = self.fandom or record.fandom
        same = (record.size, record.mtime) == (found.size, found.mtime)
        corrected = corrections.kept_safe(bool(record.corrections))
        right = record.corrections == corrected.digest() or (corrections.broken and same)
        if not (same and right and fandom == record.fandom):
            known = record.hash if right and fandom == record.fandom else b""
            plan.tasks.append(Task(found, known, fandom, corrected))
        elif record.reason is None:
            self.report.unchanged += 1
        elif record.hash:
            self.report.skipped.append(Skipped(found.path, record.reason))
        else:  # its bytes were never seen: perhaps they can be now
            plan.tasks.append(Task(found, b"", fandom, corrected))

    def _results(self, tasks: list[Task]) -> Iterator[Intake]:
        jobs = self.budget.jobs if len(tasks) > 2 * self.budget.jobs else 1
        if jobs <= 1:
            return (take_in(task, self.packs) for task in _used_up(tasks))
        work = partial(_take_in_all, self.load_packs)
        return run(work, _used_up(tasks), jobs, _crashed, lambda task: task.file.size)

    def _batches(self, tasks: list[Task]) -> Iterator[list[Intake]]:
        """What comes of the tasks, a batch at a time."""
        batch: list[Intake] = []
        size, count = 0, len(tasks)
        for done, intake in enumerate(self.report.tally.awaited(self._results(tasks)), 1):
            self.report.tally.add(intake.spent)
            batch.append(intake)
            size += intake.file.size
            if self.progress:
                self.progress(done, count, intake.file.path)
            if size > self.budget.batch or len(batch) >= BATCH_FILES:
                yield batch
                batch, size = [], 0
        if batch:
            yield batch

    # -- keeping -----------------------------------------------------------------------------------------

    def _keep(self, batch: list[Intake], known: dict[bytes, FileRecord], stitcher: Stitcher) -> None:
        """Store a batch and hand it to the engine."""
        fresh = [self._told_apart(i) for i in batch if not i.same]
        for intake in fresh:
            self._count(intake, os.fsencode(intake.file.location) in known)
            self.report.mistakes += intake.mistakes
        self.report.unchanged += sum(i.same for i in batch)
        if not self.report.dry:
            self.store.touch(self._record(i, known) for i in batch if i.same)
        # a file that was read before and cannot be opened now keeps its stories
        shut = [not i.hash and os.fsencode(i.file.location) in known for i in fresh]
        self._closed += [Closed(i.file.location, i.file.path, i.reason or "") for i in compress(fresh, shut)]
        new = [i for i, is_shut in zip(fresh, shut, strict=True) if not is_shut]
        if new:
            self._store(new, (), known, stitcher)

    def _store(
        self, new: Sequence[Intake], gone: Sequence[bytes], known: dict[bytes, FileRecord], stitcher: Stitcher
    ) -> None:
        """Put *new* files and the stories that change with them, and forget those that are *gone*."""
        changes = [Change(self._record(i, known), i.pieces, i.mistakes) for i in new]
        lost = [*gone, *(c.file.location for c in changes if c.file.location in known)]
        pieces = {
            piece.id: (KnownPiece(piece, change.file, piece.id, 1), story)
            for change, intake in zip(changes, new, strict=True)
            for piece, story in zip(intake.pieces, intake.stories, strict=True)
        }
        stories = stitcher.settle(pieces, lost)
        if self.report.dry:
            self._note(stories, pieces.keys())
            return
        self._owners.clear()  # from now on the store knows
        before = self.store.generation
        generation = self.store.put(changes, gone, (s.stored for s in stories))
        # the engine says it has the new generation only when it has all of it: a crash between is caught up
        with stage("engine"):
            if removed := self.store.removed_since(before):
                self.engine.remove(removed, before)
            self.engine.add((s.document for s in stories), generation, more=True)
        self._unsettled = True
        give_back()

    def _settle(self) -> None:
        """Let the engine do what it put off while batch followed on batch."""
        if self._unsettled:
            with stage("engine"):
                self.engine.add((), self.store.generation)

    def _note(self, stories: Iterable[Assembled], new: Container[str]) -> None:
        """Remember for the report of a dry run what was read."""
        for story in stories:
            for piece in (*story.stored.pieces, *story.stored.copies):
                self._read.pop(piece, None)
            if any(piece in new for piece in story.stored.pieces):
                self._read[story.stored.id] = story.stored

    def _record(self, intake: Intake, known: dict[bytes, FileRecord]) -> FileRecord:
        file = intake.file
        location = os.fsencode(file.location)
        before = known.get(location)
        fandom = self.fandom or (before.fandom if before else None)
        record = FileRecord(location, file.path, file.size, file.mtime, intake.hash, fandom, intake.reason)
        return replace(record, corrections=intake.corrections)

    def _count(self, intake: Intake, was_known: bool) -> None:
        report = self.report
        if intake.reason is not None:
            report.skipped.append(Skipped(intake.file.path, intake.reason))
            return
        report.changed += was_known
        report.added += not was_known
        report.bytes += intake.file.size

    def _sum_up(self) -> None:
        self.report.skipped.sort(key=lambda s: s.path)
        if self.report.dry:
            self._sum_up_what_was_read()
            return
        self.report.stories = self.store.counts()["stories"]
        self.report.stitched = self.store.stitched()
        self.report.mistakes = self.store.mistakes()
        self.report.holding = self.store.holding()
        self.report.loose = sorted(map(loose, self.store.incomplete()), key=lambda s: s.path)

    def _sum_up_what_was_read(self) -> None:
        stories = list(self._read.values())
        self.report.stories = len(stories)
        self.report.stitched = sum(len(s.pieces) > 1 for s in stories)
        totals = [sum(s.holds[n] for s in stories) for n in range(len(self.report.holding))]
        self.report.holding = dict(zip(self.report.holding, totals, strict=True))
        self.report.loose = sorted((loose(s) for s in stories if s.incomplete), key=lambda s: s.path)

    def _told_apart(self, intake: Intake) -> Intake:
        """The same, under other ids where a file of another root with the same path has them already."""
        location = os.fsencode(intake.file.location)
        ids = [p.id for p in intake.pieces]
        owners = {**self.store.owners(ids), **{i: self._owners[i] for i in ids if i in self._owners}}
        if any(owner != location for owner in owners.values()):
            intake = _renamed(intake)
        self._owners |= {p.id: location for p in intake.pieces}
        return intake


def _renamed(intake: Intake) -> Intake:
    ids = {p.id: story_id(inside(intake.file.location, p.member), p.part) for p in intake.pieces}
    pieces = tuple(replace(p, id=ids[p.id]) for p in intake.pieces)
    return replace(intake, pieces=pieces, stories=tuple(s.renamed(ids[s.stored.id]) for s in intake.stories))


def _beside(roots: Iterable[Path]) -> Iterator[FoundFile]:
    """The corrections beside the files that were named themselves: the walk does not meet them."""
    for root in roots:
        side = root.with_name(root.name + SUFFIX)
        if root.is_file() and side.is_file():
            yield FoundFile(str(side), side.name, 0, 0)


def _used_up(tasks: list[Task]) -> Iterator[Task]:
    """*tasks* in order, forgotten one by one: a hundred thousand take 40 MB."""
    tasks.reverse()
    while tasks:
        yield tasks.pop()


def _place(file: FoundFile, stored: StoredStory) -> str:
    """Where a story lies on the disk, and inside the archive there."""
    return file.location + stored.story().path.removeprefix(file.path)


def _crashed(task: Task) -> Intake:
    return Intake(task.file, b"", reason="the reader crashed on it (a fault in a library, or out of memory)")


def _take_in_all(load_packs: Callable[[], Packs], tasks: list[Task]) -> list[Intake]:
    """The work of a worker process."""
    packs = packs_of_worker(load_packs)
    *others, last = [take_in(task, packs) for task in tasks]
    return [*others, replace(last, spent=taken())]
