"""How things are measured: CPU and wall time, the memory of a process and its children, bytes on disk, cold files."""

from __future__ import annotations

import math
import os
import resource
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SAMPLE = 0.2
"""Seconds between two looks at the memory of a process; a look takes a few milliseconds of CPU."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds of CPU, of all threads and of children that have ended, and of wall time."""

    cpu: float
    wall: float


class Stopwatch:
    """Measures some work, less the CPU that goes into fetching what it works on."""

    def __init__(self) -> None:
        self._fetching = 0.0

    def fetched(self, items: Iterable[T]) -> Iterator[T]:
        """*items*, the CPU to get each of them not counted. (Its wall time is: other threads work meanwhile.)"""
        iterator = iter(items)
        while True:
            began = time.thread_time()
            item = next(iterator, None)
            self._fetching += time.thread_time() - began
            if item is None:
                return
            yield item

    def measure(self, work: Callable[[], object]) -> Spent:
        cpu, wall, self._fetching = _cpu(), time.perf_counter(), 0.0
        work()
        return Spent(_cpu() - cpu - self._fetching, time.perf_counter() - wall)


def _cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command printed and what it cost: seconds, and megabytes of memory of all its processes at their peak."""

    output: str
    spent: Spent
    peak_mb: float


def run(command: Sequence[str], timeout: float) -> Ran:
    """Run *command* to its end. Raises subprocess.TimeoutExpired and CalledProcessError."""
    began, before = time.perf_counter(), _cpu_of_children()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    peak = _Peak(process.pid)
    peak.start()
    try:
        output, _ = process.communicate(timeout=timeout)
    finally:
        process.kill()
        process.wait()
        peak.stop()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return Ran(output, Spent(_cpu_of_children() - before, time.perf_counter() - began), peak.mb)


def _cpu_of_children() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


class _Peak(threading.Thread):
    """Watches the memory of a process and all below it: the sum of their proportional sets (a page that several
    share counts once). Where there is no ``/proc`` it stays 0."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.mb = 0.0

    def run(self) -> None:
        while not self._ended.wait(SAMPLE):
            self.mb = max(self.mb, sum(map(_proportional_mb, _tree(self._pid))))

    def stop(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> Iterator[int]:
    """*pid* and all that it started, and those in turn."""
    yield pid
    for task in _listed(Path(f"/proc/{pid}/task")):
        with suppress(OSError):
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _proportional_mb(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:")), 0.0)


def bytes_on_disk(folder: Path) -> int:
    """All files in and below *folder* together."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def forget_files(folder: Path) -> None:
    """Have the system drop what it holds in memory of the files in *folder*, where it can be asked to."""
    if not hasattr(os, "posix_fadvise"):
        return
    for file in folder.rglob("*"):
        if file.is_file():
            handle = os.open(file, os.O_RDONLY)
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least *share* of them do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]
