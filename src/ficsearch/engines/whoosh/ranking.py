"""Which stories make the page that was asked for, without sorting those that do not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, Ints
from ficsearch.engines.whoosh.segments import OpenSegment
from ficsearch.engines.whoosh.snapshot import Snapshot


def best(snapshot: Snapshot, stories: Ints, keys: Array, count: int) -> list[int]:
    """The indices into *stories* of the *count* with the smallest keys, in order; ties go by id."""
    bounds = np.searchsorted(stories, snapshot.offsets)
    chosen: list[int] = []
    for n, (first, last) in enumerate(pairwise(bounds.tolist())):
        here = stories[first:last] - snapshot.offsets[n]
        chosen += (_smallest(snapshot.segments[n], here, keys[first:last], count) + first).tolist()
    return sorted(chosen, key=lambda i: (keys[i], snapshot.id(int(stories[i]))))[:count]


def _smallest(segment: OpenSegment, stories: Ints, keys: Array, count: int) -> Ints:
    """The indices of the *count* with the smallest keys, in no order; ties go by id."""
    if len(stories) <= count:
        return np.arange(len(stories))
    limit = np.partition(keys, count - 1)[count - 1] if count else keys.min()
    better, ties = np.flatnonzero(keys < limit), np.flatnonzero(keys == limit)
    missing = count - len(better)
    if missing < len(ties):
        ties = ties[np.argsort(segment.id_ranks[stories[ties]])[:missing]]
    return np.concatenate([better, ties])


def sort_ranks(snapshot: Snapshot, field: str) -> Ints:
    """The place of each story's sort key among all keys of *field*, from 1 on; 0 for none."""
    parts = [segment.sort_keys(field) for segment in snapshot.segments]
    if len(parts) == 1:
        return parts[0][1].astype(np.int64)
    lists = [keys.tolist() if isinstance(keys, np.ndarray) else list(keys) for keys, _ in parts]
    # sorted() merges lists that are in order already, and all keys of a field are of one type
    together = sorted(set().union(*lists))
    place = {key: n for n, key in enumerate(together, 1)}
    ranks = [np.array([0, *(place[k] for k in keys)])[rank] for keys, (_, rank) in zip(lists, parts, strict=True)]
    return np.concatenate([np.empty(0, np.int64), *ranks])


def sort_keys(ranks: Ints, descending: bool) -> Ints:
    """Keys for ``best``: none (0) is last, whichever way."""
    last = np.iinfo(np.int64).max
    return np.where(ranks == 0, last, -ranks if descending else ranks)
