"""How many stories of an answer hold each name of a field, over all segments."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints
from ficsearch.engines.whoosh.lexicon import decoded
from ficsearch.engines.whoosh.segments import Names
from ficsearch.engines.whoosh.snapshot import Snapshot
from ficsearch.engines.whoosh.tally import Bits, bits_of


class Selection:
    """Some stories, cut up by segment: worked out once for all facets that are counted over them."""

    def __init__(self, snapshot: Snapshot, stories: Ints) -> None:
        self._snapshot, self._stories = snapshot, stories

    @cached_property
    def parts(self) -> list[tuple[int, Ints, Bits]]:
        """The segments that hold any of the stories: number, their stories, and the same as bits."""
        offsets = self._snapshot.offsets.tolist()
        bounds = self._stories.searchsorted(offsets).tolist()
        return [
            (n, here, bits_of(here, offsets[n + 1] - offsets[n]))
            for n, (first, last) in enumerate(pairwise(bounds))
            if first < last
            for here in [self._stories[first:last] - offsets[n]]
        ]


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


class Facet:
    """The names of one field in all segments, numbered through."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        self._parts = [segment.names(field) for segment in snapshot.segments]
        names: dict[bytes, int] = {}
        self._labels: list[bytes] = []
        self._places = [self._number(part, names) for part in self._parts]

    def _number(self, part: Names, names: dict[bytes, int]) -> Ints:
        """The number of each name of *part*; new ones are shown as the oldest segment has them."""
        places = [names.setdefault(name, len(names)) for name in part.lexicon]
        known = len(self._labels)
        self._labels += [label for label, place in zip(part.labels, places, strict=True) if place >= known]
        return np.array(places, np.int64)

    def counts(self, selection: Selection) -> Mapping[str, int]:
        """The names that occur in *selection*, each with how many of its stories hold it."""
        counts = np.zeros(len(self._labels), np.int64)
        for n, stories, bits in selection.parts:
            counts[self._places[n]] += self._parts[n].tally.counts(stories, bits)
        return Counts(self._labels, counts)
