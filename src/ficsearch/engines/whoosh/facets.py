"""How many stories of an answer hold each name of some fields, over all segments."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, Sequence, Set
from functools import cached_property

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, Ints, Mask
from ficsearch.engines.whoosh.lexicon import decoded, encoded
from ficsearch.engines.whoosh.segments import Names
from ficsearch.engines.whoosh.snapshot import Snapshot
from ficsearch.engines.whoosh.tally import Tally
from ficsearch.text import fold_name

_MOST = 1 << 16
"""Names that may be remembered, however they are written."""


class Counts(Mapping[str, int]):
    """The names that occur, each with its count. Counted when it is made; the names are put into words only when
    somebody asks for them, which takes longer where there are ten thousand."""

    def __init__(self, labels: Sequence[bytes], counts: Ints) -> None:
        self._labels, self._counts = labels, counts

    @cached_property
    def _held(self) -> dict[str, int]:
        occurring = self._counts.nonzero()[0]
        labels = map(decoded, map(self._labels.__getitem__, occurring.tolist()))
        return dict(zip(labels, self._counts[occurring].tolist(), strict=True))

    def __getitem__(self, name: str) -> int:
        return self._held[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return int(np.count_nonzero(self._counts))

    def items(self) -> ItemsView[str, int]:
        return self._held.items()

    def __repr__(self) -> str:
        return repr(self._held)


class _Numbering:
    """One number for each name that *parts* hold: names are numbered as they are met, from the oldest segment on."""

    def __init__(self, parts: Sequence[Names]) -> None:
        self.numbers: dict[bytes, int] = {}
        labels: list[bytes] = []
        self._places: dict[Names, Array] = {}
        for part in parts:
            places = [self.numbers.setdefault(name, len(self.numbers)) for name in part.lexicon]
            known = len(labels)
            labels += [label for label, place in zip(part.labels, places, strict=True) if place >= known]
            self._places[part] = np.array(places, np.int32)
        self.labels: Sequence[bytes] = labels

    def of(self, part: Names) -> Array:
        """Which names each story of *part* has."""
        return self._places[part][part.of] if part in self._places else part.of.astype(np.int32)


class _Own:
    """The same where one segment holds all names, by its own numbers: nothing is read before it is asked for."""

    def __init__(self, part: Names) -> None:
        self._lexicon, self.labels = part.lexicon, part.labels

    @cached_property
    def numbers(self) -> dict[bytes, int]:
        return {name: number for number, name in enumerate(self._lexicon)}

    def of(self, part: Names) -> Array:
        return part.of.astype(np.int32)


class Column:
    """The names of one field in all segments, numbered through: *labels* as the oldest segment has them, *of* which
    names each story has, those of story n from ``starts[n]`` to before ``starts[n + 1]``."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        parts = [segment.names(field) for segment in snapshot.segments]
        held = [part for part in parts if len(part.lexicon)]
        self._numbering = _Own(held[0]) if len(held) == 1 else _Numbering(held)
        self.labels = self._numbering.labels
        self._spelt: tuple[frozenset[str], dict[str, int]] = frozenset(), {}
        """Names as they were asked for, and the index of each that any story has."""
        begin = 0
        of: list[Array] = [np.empty(0, np.int32)]
        starts: list[Array] = [np.zeros(1, np.int64)]
        for part in parts:
            of.append(self._numbering.of(part))
            starts.append(part.of_story[1:].astype(np.int64) + begin)
            begin += len(part.of)
        self.of, self.starts = np.concatenate(of), np.concatenate(starts)

    def holders(self, names: Set[str]) -> Mask:
        """Which stories hold any of *names*."""
        spelt = self._spellings(names)
        # as wide as sums are: to widen them takes longer than to sum up
        wanted = np.zeros(len(self.labels), np.int64)
        wanted[[spelt[name] for name in spelt.keys() & names]] = 1
        found = np.append(0, wanted[self.of].cumsum())[self.starts]
        return np.asarray(found[1:] > found[:-1])

    def _spellings(self, names: Set[str]) -> dict[str, int]:
        """The index of each of *names* that any story has, and of others: a reader's position is thousands of episodes,
        nearly all the same for the next reader."""
        looked_up, spelt = self._spelt
        if new := names - looked_up:
            if len(looked_up) > _MOST:
                looked_up, spelt, new = frozenset(), {}, names
            numbers = self._numbering.numbers
            folded = ((name, encoded(fold_name(name))) for name in new)
            spelt = spelt | {name: numbers[key] for name, key in folded if key in numbers}
            # what was there before is not changed: another thread may be reading it
            self._spelt = looked_up | new, spelt
        return spelt


class Facets:
    """Several fields whose names are counted together: each step of that costs more than few stories do."""

    def __init__(self, snapshot: Snapshot, fields: Sequence[str]) -> None:
        self._columns = [column(snapshot, field) for field in fields]
        self._edges = np.cumsum([0, *(len(each.labels) for each in self._columns)]).tolist()
        begins = np.cumsum([0, *(len(each.of) for each in self._columns)])
        of = [each.of + np.int32(edge) for each, edge in zip(self._columns, self._edges, strict=False)]
        starts = [each.starts + begin for each, begin in zip(self._columns, begins, strict=False)]
        self._tally = Tally(self._edges[-1], np.concatenate(of), np.stack(starts))

    @property
    def size(self) -> int:
        """Bytes of memory."""
        return self._tally.size

    def counts(self, stories: Ints) -> list[Counts]:
        """For each field the names that occur in *stories*, with how many of them hold each."""
        counted = self._tally.counts(stories)
        edges = zip(self._columns, self._edges, self._edges[1:], strict=False)
        return [Counts(each.labels, counted[first:last]) for each, first, last in edges]


def column(snapshot: Snapshot, field: str) -> Column:
    """The names of *field*."""
    return snapshot.once(("column", field), lambda: Column(snapshot, field))


def facets_of(snapshot: Snapshot, fields: tuple[str, ...]) -> Facets:
    """What counts the names of *fields*."""
    return snapshot.recent.get(("facets", fields), lambda: Facets(snapshot, fields), lambda facets: facets.size)
