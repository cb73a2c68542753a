"""Where does the time of a run go? CPU seconds by stage, counted in each process and added up.

A stage within another takes its seconds from it, so that the sum is what was spent. To look at the clock twice costs
a microsecond, thousands of times less than the smallest stage.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from time import perf_counter, process_time
from typing import TypeVar

T = TypeVar("T")

STAGES = ("reading", "cataloguing", "packing", "store", "engine")
"""What is counted, in the order of the work."""

_spent: dict[str, float] = {}
_inner = [0.0]
"""Seconds of the stages within the one under way, and of those within the ones around it."""


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Count what is done inside for the stage *name* of this process."""
    started = process_time()
    _inner.append(0.0)
    try:
        yield
    finally:
        whole = process_time() - started
        _spent[name] = _spent.get(name, 0.0) + whole - _inner.pop()
        _inner[-1] += whole


def taken() -> dict[str, float]:
    """The seconds counted in this process since it was last asked."""
    counted = dict(_spent)
    _spent.clear()
    return counted


def cpu_seconds() -> float:
    """What this process and those of its children that have ended have used up."""
    return sum(os.times()[:4])


class Tally:
    """The seconds of one run by stage, of all its processes; ``rest`` is what belongs to none of STAGES, ``waiting``
    the seconds by the clock on the wall in which the main process had nothing to do."""

    def __init__(self) -> None:
        taken()
        self._started = cpu_seconds()
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.rest = 0.0
        self.waiting = 0.0

    @property
    def cpu(self) -> float:
        """All CPU seconds."""
        return self.rest + sum(self.seconds.values())

    def add(self, counted: Mapping[str, float]) -> None:
        """Count seconds of another process."""
        for name, seconds in counted.items():
            self.seconds[name] += seconds

    def awaited(self, results: Iterable[T]) -> Iterator[T]:
        """*results*, the time waited for them counted: that of the wall without that of this process."""
        stream = iter(results)
        while True:
            idle = perf_counter() - process_time()
            result = next(stream, None)
            self.waiting += max(0.0, perf_counter() - process_time() - idle)
            if result is None:
                return
            yield result

    def close(self) -> None:
        """Count those of this process, and what is left over."""
        self.add(taken())
        self.rest = max(0.0, cpu_seconds() - self._started - sum(self.seconds.values()))
