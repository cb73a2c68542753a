"""Which files there are under the paths a person named, and whether each has changed since it was last read."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ficsearch.errors import UsageError


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file met on the walk. ``location`` is its absolute path, ``path`` relative to the root, for people."""

    location: str
    path: str
    size: int
    mtime: int


@dataclass(frozen=True, slots=True)
class Unreachable:
    """A file or folder that the walk could not look into, and why. What is known below it is kept."""

    location: str
    path: str
    reason: str


def roots_of(paths: Iterable[str | Path]) -> list[Path]:
    """The named paths, absolute, each once, none inside another. Raises UsageError for one that is not there."""
    found = dict.fromkeys(_existing(Path(p)) for p in paths)
    return [p for p in found if found.keys().isdisjoint(p.parents)]


def _existing(path: Path) -> Path:
    try:
        there = path.exists()
    except OSError:
        there = False
    if not there:
        raise UsageError(f"There is no file or folder '{path}'.", "Name the folder that your stories are in.")
    return Path(os.path.realpath(path))


def walk(root: Path, leave_out: Path | None = None) -> Iterator[FoundFile | Unreachable]:
    """Every file under *root* in the order of names; hidden ones and the folder *leave_out* are passed over.

    Symbolic links are followed; a folder that was entered already (a loop, a second way in) is not entered again.
    """
    if root.is_file():
        yield from _file(str(root), root.name)
        return
    entered: set[tuple[int, int]] = set()
    pending = [(str(root), "")]
    while pending:
        location, path = pending.pop()
        if leave_out is not None and location == str(leave_out):
            continue
        try:
            entries = _entries(location, entered)
        except OSError as problem:
            yield Unreachable(location, path or root.name, reason_of(problem))
            continue
        folders = []
        for name, is_folder in entries:
            below = (os.path.join(location, name), f"{path}/{name}" if path else name)
            if is_folder:
                folders.append(below)
            else:
                yield from _file(*below)
        pending.extend(reversed(folders))


def _entries(location: str, entered: set[tuple[int, int]]) -> list[tuple[str, bool]]:
    """Names in a folder, and whether each is a folder; nothing for a folder that was entered before."""
    status = os.stat(location)
    if (status.st_dev, status.st_ino) in entered:
        return []
    entered.add((status.st_dev, status.st_ino))
    with os.scandir(location) as entries:
        return sorted((e.name, _is_folder(e)) for e in entries if not e.name.startswith("."))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that points to itself: reported as a file that cannot be read


def _file(location: str, path: str) -> Iterator[FoundFile | Unreachable]:
    shown = path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    try:
        status = os.stat(location)
    except OSError as problem:
        yield Unreachable(location, shown, reason_of(problem))
        return
    if not stat.S_ISREG(status.st_mode):
        yield Unreachable(location, shown, "not a file (a device, a pipe or a socket)")
        return
    yield FoundFile(location, shown, status.st_size, status.st_mtime_ns)


def reason_of(problem: OSError) -> str:
    """What the system said, for a person: ``permission denied``."""
    return (problem.strerror or str(problem)).lower()
