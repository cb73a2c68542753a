"""Which stories make the page that was asked for, without sorting those that do not."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, Ints
from ficsearch.engines.whoosh.snapshot import Snapshot

_MANY = 100
"""So many stories are put in the order of their ids by reading the ids."""


def best(snapshot: Snapshot, stories: Ints, keys: Array, count: int) -> list[int]:
    """The indices into *stories* of the *count* with the smallest keys, in order; ties go by id."""
    chosen = range(len(stories)) if len(stories) <= count else _smallest(snapshot, stories, keys, count)
    return sorted(chosen, key=lambda i: (keys[i], snapshot.id(int(stories[i]))))[:count]


def _smallest(snapshot: Snapshot, stories: Ints, keys: Array, count: int) -> list[int]:
    """The indices of the *count* with the smallest keys, in no order, and of some that are equal to the last."""
    limit = np.partition(keys, count - 1)[count - 1]
    better: list[int] = (keys < limit).nonzero()[0].tolist()
    ties = (keys == limit).nonzero()[0]
    if len(ties) > _MANY:
        ties = _first_by_id(snapshot, stories, ties, count - len(better))
    return [*better, *ties.tolist()]


def _first_by_id(snapshot: Snapshot, stories: Ints, ties: Ints, count: int) -> Ints:
    """Those of *ties* that come first in each segment, *count* of each."""
    bounds = stories[ties].searchsorted(snapshot.offsets)
    kept = [np.empty(0, np.int64)]
    for n, (first, last) in enumerate(pairwise(bounds.tolist())):
        ranks = snapshot.segments[n].id_ranks[stories[ties[first:last]] - snapshot.offsets[n]]
        kept.append(ties[first:last][ranks.argsort()[:count]])
    return np.concatenate(kept)


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
