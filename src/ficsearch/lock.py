"""One writer at a time: a lock on the index folder that is freed when its process ends, however it ends."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ficsearch.errors import IndexLockedError, LibraryError
from ficsearch.walk import reason_of


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Hold the right to write to the index in *folder*. Raises IndexLockedError, saying who has it, at once."""
    from filelock import FileLock, Timeout  # no search needs it, and it loads asyncio

    lock = FileLock(folder / "lock")
    holder = folder / "lock.json"  # beside the lock: a locked file cannot be read on Windows
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise IndexLockedError(
            f"Another run is writing to the index in '{folder}'{_who(holder)}.",
            "Wait until it is done, then run this again. Searching goes on meanwhile.",
        ) from None
    except OSError as problem:
        raise LibraryError(
            f"The index folder '{folder}' cannot be written to: {reason_of(problem)}.",
            "Name another folder with --index, or change its permissions.",
        ) from problem
    try:
        holder.write_text(json.dumps({"process": os.getpid(), "since": time.strftime("%H:%M:%S")}), encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _who(holder: Path) -> str:
    try:
        told = json.loads(holder.read_text(encoding="utf-8"))
        return f" (process {told['process']}, since {told['since']})"
    except (OSError, ValueError, KeyError, TypeError):
        return ""
