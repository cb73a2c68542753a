"""One file, from bytes to index documents: what each worker process does.

Reading, cataloguing and packing happen here so that they run on every core; what comes back is ready to be stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from ficsearch.assembling import Assembled, Place, read_pieces
from ficsearch.corrections import NONE, Corrections, Mistake
from ficsearch.errors import MissingExtraError, ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.records import StoredPiece
from ficsearch.walk import FoundFile, reason_of

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes of the largest file that is read. The longest fan fiction known (16 million words) has about 100 MB."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. ``hash`` is what it was when last read (then only a change is read), ``fandom`` the default,
    ``corrections`` what people put right about it."""

    file: FoundFile
    hash: bytes = b""
    fandom: str | None = None
    corrections: Corrections = NONE


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a task: its documents, and each as the story it is unless it turns out to be a part of one.
    ``same``: the bytes are those of last time, nothing was read. ``reason``: skipped. ``spent``: CPU seconds by stage
    of the process that did it, since it last told (``stages.taken``)."""

    file: FoundFile
    hash: bytes
    pieces: tuple[StoredPiece, ...] = ()
    stories: tuple[Assembled, ...] = ()
    same: bool = False
    reason: str | None = None
    corrections: bytes = b""
    mistakes: tuple[Mistake, ...] = ()
    spent: Mapping[str, float] = field(default_factory=dict)


def take_in(task: Task, packs: Packs) -> Intake:
    """Read the file of *task* into stories. Never raises for what is in the file: that becomes a reason."""
    return replace(_taken_in(task, packs), corrections=task.corrections.digest())


_LEFT_OUT = b"left out"
"""Stands for the hash of a file that was not read on purpose: as it is known, its stories go."""


def _taken_in(task: Task, packs: Packs) -> Intake:
    file = task.file
    if task.corrections.ignored:
        return Intake(file, _LEFT_OUT, reason=f"left out by {task.corrections.ignored}")
    if file.size > LARGEST_FILE:
        return Intake(
            file, b"", reason=f"too large ({file.size / 1e6:,.0f} MB; the limit is {LARGEST_FILE / 1e6:,.0f})"
        )
    try:
        data = Path(file.location).read_bytes()
    except OSError as problem:
        return Intake(file, b"", reason=reason_of(problem))
    digest = hashlib.blake2b(data, digest_size=16).digest()
    if digest == task.hash:
        return Intake(file, digest, same=True)
    try:
        documents = read(file.path.rpartition("/")[2], data)
        place = Place(file.path, file.location, fandom=task.fandom, corrections=task.corrections)
        made = list(read_pieces(documents, place, packs))
    except ReadingError as problem:
        again = isinstance(problem, MissingExtraError)  # without a hash it is tried at every run
        return Intake(file, b"" if again else digest, reason=problem.message)
    except Exception as problem:
        # a defect of a reader, whatever it is, must not stop the run; it is told as what it is
        return Intake(file, digest, reason=f"the reader failed: {type(problem).__name__}: {problem}")
    mistakes = tuple(mistake for *_, told in made for mistake in told)
    return Intake(file, digest, tuple(m[0] for m in made), tuple(m[1] for m in made), mistakes=mistakes)


_loaded: list[Packs] = []


def packs_of_worker(load_packs: Callable[[], Packs]) -> Packs:
    """The packs of this worker process, loaded once."""
    if not _loaded:
        _loaded.append(load_packs())
    return _loaded[0]
