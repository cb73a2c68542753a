"""How the memory of an index run is shared out: ``--memory`` is for all of its processes together."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass

from ficsearch.errors import UsageError

MB = 1 << 20

DEFAULT = "512MB"
"""What a run uses unless told otherwise: any machine of the last fifteen years has it to spare."""

_OWN = 180 * MB
"""What the process that writes needs for itself: programs, packs, the words met so far, blocks that are worked on."""

_WORKER = 115 * MB
"""What a process that reads needs for itself: measured at 100 to 114 MB when its caches are full."""

_LEAST = 96 * MB
"""Less than this to work with makes so many small segments that a process less is faster."""

_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmgt]?)i?b?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Budget:
    """``jobs`` processes that read; ``batch`` bytes of files that are stored at a time; ``engine_mb`` for what the
    engine gathers before it writes."""

    jobs: int
    batch: int
    engine_mb: int


def share(memory: int, jobs: int) -> Budget:
    """*memory* bytes shared out among *jobs* processes that read and the one that writes: fewer read where it is too
    little. With one job the process that writes reads too."""
    readers = jobs if jobs > 1 else 0
    while readers and memory - _OWN - readers * _WORKER < _LEAST:
        readers -= 1
    left = max(memory - _OWN - readers * _WORKER, _LEAST)
    # files that wait take five times their bytes: as text, packed, and as messages; of what is left nearly half is for
    # tokens that are sorted (at 512 MB, 5,000 stories, a peak of 507 MB was measured with a batch twice as large)
    return Budget(max(readers, 1), left // 12, left * 9 // 20 // MB)


def read_size(text: str | int) -> int:
    """Bytes: ``512MB``, ``2 GB``, ``1.5g``; a plain number is megabytes. Raises UsageError."""
    found = _SIZE.fullmatch(str(text).strip())
    if not found or not float(found[1]):
        raise UsageError(f"'{text}' is no amount of memory.", "Examples: 512MB, 2GB.")
    unit = {"k": 1 << 10, "g": 1 << 30, "t": 1 << 40}.get(found[2].lower(), MB)
    return int(float(found[1]) * unit)


def give_back() -> None:
    """Let the system have what was freed. The allocator keeps it for the next time, which is good between batches but
    adds up with what something else, such as merging, asks for. Does nothing where the C library cannot."""
    import ctypes  # no search needs it

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)
