"""A cache of arrays with a limit in bytes: what was not asked for the longest goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

T = TypeVar("T")


class Recent:
    """Results by key. Safe for many threads; two may work out the same result at once, which does no harm."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._size = 0
        self._kept: OrderedDict[Hashable, tuple[object, int]] = OrderedDict()
        self._lock = Lock()

    def kept(self, key: Hashable) -> object | None:
        """The result for *key* that is kept, if any."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key][0]
        return None

    def get(self, key: Hashable, make: Callable[[], T], size: Callable[[T], int]) -> T:
        """The result for *key*: the one kept, or what *make* gives. *size* tells its bytes."""
        kept = self.kept(key)
        if kept is not None:
            return cast(T, kept)
        made = make()
        self._keep(key, made, size(made))
        return made

    def _keep(self, key: Hashable, made: object, size: int) -> None:
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made, size
                self._size += size
            while self._size > self._limit and self._kept:
                self._size -= self._kept.popitem(last=False)[1][1]
