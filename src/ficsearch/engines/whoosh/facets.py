"""How many stories of an answer hold each name of a field."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints
from ficsearch.engines.whoosh.postings import stretches
from ficsearch.engines.whoosh.segments import Names
from ficsearch.engines.whoosh.snapshot import Snapshot


class Facet:
    """The names of one field over all segments: ``of`` are those of each story, from ``of_story`` on."""

    def __init__(self, snapshot: Snapshot, field: str) -> None:
        parts = [segment.names(field) for segment in snapshot.segments]
        names = {name: n for n, name in enumerate(sorted(set().union(*(p.lexicon for p in parts))))}
        self.labels = _labels(parts, names)
        of, starts = [np.empty(0, np.int64)], [np.zeros(1, np.int64)]
        for part in parts:
            place = np.array([names[name] for name in part.lexicon], np.int64)
            of.append(place[part.of])
            starts.append(part.of_story[1:].astype(np.int64) + starts[-1][-1])
        self._of, self._of_story = np.concatenate(of), np.concatenate(starts)

    def counts(self, stories: Ints) -> Mapping[str, int]:
        """The names that occur in *stories*, each with how many of them hold it."""
        begins = self._of_story[stories]
        held = self._of[stretches(begins, self._of_story[stories + 1] - begins)]
        counts = np.bincount(held, minlength=len(self.labels))
        occurring = np.flatnonzero(counts)
        labels = self.labels
        return {labels[n]: count for n, count in zip(occurring.tolist(), counts[occurring].tolist(), strict=True)}


def _labels(parts: list[Names], names: Mapping[bytes, int]) -> list[str]:
    """How each name is shown: as the oldest segment has it."""
    labels = [""] * len(names)
    for part in reversed(parts):
        for name, label in zip(part.lexicon, part.labels, strict=True):
            labels[names[name]] = label.decode("utf-8", "surrogatepass")
    return labels
