"""One file, from bytes to index documents: what each worker process does.

Reading, cataloguing and packing happen here so that they run on every core; what comes back is ready to be stored.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ficsearch.catalogue import catalogue
from ficsearch.errors import FicsearchError, ReadingError
from ficsearch.fields import IndexDocument, index_document
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.records import StoredStory
from ficsearch.story import Document, Story
from ficsearch.walk import FoundFile, reason_of

LARGEST_FILE = 256 * 1024 * 1024
"""Bytes of the largest file that is read. The longest fan fiction known (16 million words) has about 100 MB."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read. ``hash`` is what it was when last read (then only a change is read), ``fandom`` the default."""

    file: FoundFile
    hash: bytes = b""
    fandom: str | None = None


@dataclass(frozen=True, slots=True)
class Intake:
    """What came of a task. ``same``: the bytes are those of last time, nothing was read. ``reason``: skipped."""

    file: FoundFile
    hash: bytes
    stories: tuple[StoredStory, ...] = ()
    documents: tuple[IndexDocument, ...] = ()
    same: bool = False
    reason: str | None = None


def take_in(task: Task, packs: Packs) -> Intake:
    """Read the file of *task* into stories. Never raises for what is in the file: that becomes a reason."""
    file = task.file
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
        made = read_stories(file.path, data, packs, task.fandom)
    except ReadingError as problem:
        return Intake(file, digest, reason=problem.message)
    except (FicsearchError, ArithmeticError, LookupError, ValueError, RecursionError, MemoryError) as problem:
        # a defect of a reader must not stop the run; it is told as what it is
        return Intake(file, digest, reason=f"the reader failed: {type(problem).__name__}: {problem}")
    stories = tuple(StoredStory.pack(story, document) for story, document in made)
    return Intake(file, digest, stories, tuple(index_document(story) for story, _ in made))


def read_stories(path: str, data: bytes, packs: Packs, fandom: str | None = None) -> list[tuple[Story, Document]]:
    """Every story in *data*, catalogued. *path* is relative to the root. Raises ReadingError."""
    placed = placed_in(path, read(path.rpartition("/")[2], data))
    return [(catalogue(d, place, packs, part, fandom), d) for d, place, part in placed]


def placed_in(path: str, documents: Iterable[Document]) -> Iterator[tuple[Document, str, int]]:
    """Each document of the file *path* with its place: the path, that inside an archive included, and its position
    from 1 among the documents of that path."""
    parts: Counter[str] = Counter()
    for document in documents:
        place = f"{path}/{document.member}" if document.member else path
        parts[place] += 1
        yield document, place, parts[place]
