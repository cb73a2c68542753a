"""Several segments seen as one, while they are merged: which of their stories live on, and their strings together."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayWriter, Ints, Mask
from ficsearch.engines.whoosh.lexicon import Lexicon, StringsWriter
from ficsearch.engines.whoosh.segments import OpenSegment

STRETCH = 1 << 14
"""Words of the longest lexicon that are united with those of others at once."""


@dataclass(frozen=True, slots=True)
class Part:
    """One of the segments that are merged: which of its stories go on living, and their new numbers."""

    opened: OpenSegment
    live: Mask
    numbers: Ints


def let_go(parts: Sequence[Part]) -> None:
    """What was read of all parts so far need not stay in memory."""
    for part in parts:
        part.opened.file.let_go()


@dataclass(frozen=True, slots=True)
class United:
    """How many strings there are in several lexicons together, and the new places of those of each."""

    size: int
    places: list[Array]

    @classmethod
    def write(
        cls,
        writer: ArrayWriter,
        name: str,
        lexicons: Sequence[Lexicon],
        some: Sequence[Array],
        parts: Sequence[Part],
    ) -> United:
        """Write the strings at *some* indices of each of *lexicons* under *name*, sorted, each once. Stretch by stretch
        of the alphabet, for all spellings together would take more memory than all else; what was read of *parts*,
        to which they belong, is let go of meanwhile."""
        union, size = StringsWriter(writer, name), 0
        places = [array("i") for _ in lexicons]
        for stretch in _stretches(lexicons, some):
            spelled = [[lexicon[i] for i in indices] for lexicon, indices in zip(lexicons, stretch, strict=True)]
            words = sorted(set().union(*spelled))
            place = dict(zip(words, count(size), strict=False))
            union.add(words)
            size += len(words)
            for found, own in zip(places, spelled, strict=True):
                found.extend(map(place.__getitem__, own))
            let_go(parts)
        union.close()
        return cls(size, [np.array(each, np.int32) for each in places])


def _stretches(lexicons: Sequence[Lexicon], some: Sequence[Array]) -> Iterator[list[list[int]]]:
    """*some* indices of *lexicons* in stretches that hold the same part of the alphabet in each; the longest leads."""
    leader, leading = max(zip(lexicons, some, strict=True), key=lambda each: len(each[1]))
    bounds = [leader[index] for index in leading[STRETCH::STRETCH].tolist()]
    cuts = [
        [0, *np.searchsorted(indices, [lexicon.at_or_after(bound) for bound in bounds]).tolist(), len(indices)]
        for lexicon, indices in zip(lexicons, some, strict=True)
    ]
    for n in range(len(bounds) + 1):
        yield [indices[cut[n] : cut[n + 1]].tolist() for indices, cut in zip(some, cuts, strict=True)]


def span_of(old: Array, new: Array, first: int, last: int) -> tuple[int, Ints]:
    """Of strings with *old* indices, ascending, and their *new* ones: the first old index of those with new ones from
    *first* to before *last*, and the new index of each from there to the last of them, -1 for one that is gone."""
    begin, end = np.searchsorted(new, [first, last])
    if begin == end:
        return 0, np.empty(0, np.int64)
    low = int(old[begin])
    renamed = np.full(int(old[end - 1]) + 1 - low, -1)
    renamed[old[begin:end] - low] = new[begin:end]
    return low, renamed
