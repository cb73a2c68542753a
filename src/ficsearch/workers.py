"""Tasks over processes. A worker that dies takes only its own file with it; workers die with their parent."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

TaskT = TypeVar("TaskT")
ResultT = TypeVar("ResultT")

CHUNK, CHUNK_SIZE = 16, 2_000_000
"""Tasks sent at once, by their number and by their size: one at a time costs 0.2 ms each in messages, large ones take
memory until all of them are done."""

UNDER_WAY = 3_000_000
"""Tasks are handed out until they have this size together (or there are two chunks for every process): enough work to
last while the caller stores a batch, little enough to hold what comes of it, and to try again when a process dies."""

_LEAST = 400_000
"""What a chunk counts for at least, however small its tasks are: few tasks are tried again when a process dies."""


def run(
    work: Callable[[list[TaskT]], list[ResultT]],
    tasks: Iterable[TaskT],
    jobs: int,
    crashed: Callable[[TaskT], ResultT],
    size: Callable[[TaskT], int] = lambda task: 0,
) -> Iterator[ResultT]:
    """The result of each task, in any order, from *jobs* processes (in this one when *jobs* is 1).

    *work* and tasks must be picklable. When a process dies (out of memory, a fault in a C library) its tasks are
    tried again one by one in processes of their own, and *crashed* makes the result of the one that kills again.
    """
    if jobs <= 1:
        for task in tasks:
            yield from work([task])
        return
    stream = _chunks(tasks, size)
    while True:
        lost: list[TaskT] = []
        yield from _run_pool(work, stream, jobs, size, lost)
        if not lost:
            return
        for task in lost:
            yield _run_alone(work, task, crashed)


def _chunks(tasks: Iterable[TaskT], size: Callable[[TaskT], int]) -> Iterator[list[TaskT]]:
    """*tasks* in the pieces that are sent at once."""
    chunk: list[TaskT] = []
    total = 0
    for task in tasks:
        chunk.append(task)
        total += size(task)
        if len(chunk) == CHUNK or total > CHUNK_SIZE:
            yield chunk
            chunk, total = [], 0
    if chunk:
        yield chunk


def _run_pool(
    work: Callable[[list[TaskT]], list[ResultT]],
    stream: Iterator[list[TaskT]],
    jobs: int,
    size: Callable[[TaskT], int],
    lost: list[TaskT],
) -> Iterator[ResultT]:
    """Results until *stream* is dry or a process dies; then what was under way is put into *lost*."""
    with _pool(jobs) as pool:
        running: dict[Future[list[ResultT]], list[TaskT]] = {}
        room = UNDER_WAY
        while True:
            try:
                while (len(running) < jobs * 2 or room > 0) and (chunk := next(stream, None)):
                    running[_submit(pool, work, chunk, lost)] = chunk
                    room -= max(sum(map(size, chunk)), _LEAST)
            except BrokenProcessPool:
                lost.extend(t for chunk in running.values() for t in chunk)
                return
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                chunk = running.pop(future)
                room += max(sum(map(size, chunk)), _LEAST)
                try:
                    yield from future.result()
                except BrokenProcessPool:
                    lost.extend(chunk)


def _submit(
    pool: ProcessPoolExecutor, work: Callable[[list[TaskT]], list[ResultT]], chunk: list[TaskT], lost: list[TaskT]
) -> Future[list[ResultT]]:
    try:
        return pool.submit(work, chunk)
    except BrokenProcessPool:
        lost.extend(chunk)
        raise


def _run_alone(
    work: Callable[[list[TaskT]], list[ResultT]], task: TaskT, crashed: Callable[[TaskT], ResultT]
) -> ResultT:
    try:
        with _pool(1) as pool:
            return pool.submit(work, [task]).result()[0]
    except BrokenProcessPool:
        return crashed(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # spawn: forking a process that has threads (a server, a progress bar) can deadlock the child
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _die_with_parent, (os.getpid(),))


def _die_with_parent(parent: int) -> None:
    """Watch the parent from a thread: after kill -9 nobody would tell this process to end. Ctrl-C is the parent's."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
