"""One generation of the index: all its segments as if they were one, the stories numbered through."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints, Mask, Scores, running
from ficsearch.engines.whoosh.fuzzy import alike
from ficsearch.engines.whoosh.lexicon import decoded
from ficsearch.engines.whoosh.packing import end_to_end
from ficsearch.engines.whoosh.recent import Recent
from ficsearch.engines.whoosh.segments import OpenSegment
from ficsearch.engines.whoosh.table import Segment

T = TypeVar("T")

K1, B = 1.2, 0.75
"""Whoosh's own values, which are those BM25 is mostly published with (Robertson and Zaragoza 2009)."""

_CACHE = 96 << 20
"""Bytes of posting lists and masks to keep: the hundred commonest words of 100,000 stories."""

_PLACES = 64 << 20
"""Bytes of places to keep: of some thirty common words of 100,000 stories, of hundreds in 20,000."""


@dataclass(frozen=True, eq=False)
class Occurrences:
    """The stories that hold a word (or any of a family) in one field, how often each, and where to read the places:
    ``sources`` are (segment, words)."""

    stories: Ints
    counts: Ints
    sources: tuple[tuple[int, Ints], ...] = ()

    @cached_property
    def ends(self) -> Ints:
        """How many places there are before each story, and in all."""
        ends = np.zeros(len(self.counts) + 1, np.int64)
        self.counts.cumsum(out=ends[1:])
        return ends

    @property
    def single(self) -> bool:
        """Is there one word only in each segment that has any?"""
        return all(len(words) == 1 for _, words in self.sources)

    @property
    def size(self) -> int:
        """Bytes, when all of it is made."""
        return self.stories.nbytes + 2 * self.counts.nbytes


class Snapshot:
    """What is searched. Never changes; a new generation is a new snapshot."""

    def __init__(
        self, segments: Sequence[Segment] = (), opened: Sequence[OpenSegment] = (), generation: int = 0
    ) -> None:
        self.segments = tuple(opened)
        self.generation = generation
        self.offsets: Ints = np.cumsum([0, *(s.stories for s in segments)])
        self.stories = int(self.offsets[-1])
        self.live: Mask = ~np.concatenate([np.zeros(0, bool), *(s.gone() for s in segments)])
        """Which stories are not deleted."""
        self.whole = bool(self.live.all())
        """No story is deleted."""
        self.starts: list[int] = self.offsets.tolist()
        """The number of the first story of each segment, and of all stories."""
        self.recent = Recent(_CACHE)
        self.places = Recent(_PLACES)
        self._fields: dict[Hashable, Any] = {}

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What *make* gives, made once for *key* and kept as long as the snapshot."""
        # two threads may make it at the same time, which does no harm: nothing here ever changes
        if key not in self._fields:
            self._fields[key] = make()
        return cast(T, self._fields[key])

    def id(self, story: int) -> bytes:
        """The id of *story*, as UTF-8."""
        segment = bisect_right(self.starts, story) - 1
        return self.segments[segment].ids[story - self.starts[segment]]

    def find(self, id: str) -> int:
        """The story with this id, -1 when there is none."""
        for n, segment in enumerate(self.segments):
            story = segment.find(id)
            if story >= 0 and self.live[story + self.starts[n]]:
                return story + self.starts[n]
        return -1

    def word(self, field: str, word: bytes) -> Occurrences:
        """Where this very word stands."""
        return self.recent.get(("word", field, word), lambda: self._word(field, word), lambda o: o.size)

    def family(self, field: str, stem: bytes) -> Occurrences:
        """Where any word of the family *stem* stands."""
        return self.recent.get(("family", field, stem), lambda: self._family(field, stem), lambda o: o.size)

    def _word(self, field: str, word: bytes) -> Occurrences:
        indices = ((n, s.words(field).lexicon.find(word)) for n, s in enumerate(self.segments))
        return self.occurrences(field, [(n, np.array([index])) for n, index in indices if index >= 0])

    def _family(self, field: str, stem: bytes) -> Occurrences:
        members = ((n, s.words(field).members(stem)) for n, s in enumerate(self.segments))
        return self.occurrences(field, [(n, words) for n, words in members if len(words)])

    def occurrences(self, field: str, sources: Sequence[tuple[int, Ints]]) -> Occurrences:
        """Where any of these words stands; *sources* are (segment, words)."""
        stories, counts = self.postings(field, [(n, word) for n, words in sources for word in words.tolist()])
        if any(len(words) > 1 for _, words in sources):
            stories, counts = summed(stories, counts)
        return Occurrences(stories, counts, tuple(sources))

    def postings(self, field: str, words: Sequence[tuple[int, int]]) -> tuple[Ints, Ints]:
        """The stories that hold each of *words* (segment, word), one list after the other, and how often each does."""
        held = [(n, self.segments[n].words(field), word) for n, word in words]
        spans = [of.span(word) for _, of, word in held]
        gaps = end_to_end([(of.gaps, *span) for (_, of, _), span in zip(held, spans, strict=True)])
        counts = end_to_end([(of.counts, *span) for (_, of, _), span in zip(held, spans, strict=True)])
        return self._numbered(gaps, spans, [n for n, _ in words]), counts

    def named(self, field: str, names: Collection[bytes]) -> Ints:
        """The stories that hold any of the whole *names*; one story may come several times."""
        found = [
            (n, of, index)
            for n, of in enumerate(segment.names(field) for segment in self.segments)
            for index in map(of.lexicon.find, names)
            if index >= 0
        ]
        spans = [of.span(index) for _, of, index in found]
        gaps = end_to_end([(of.gaps, *span) for (_, of, _), span in zip(found, spans, strict=True)])
        return self._numbered(gaps, spans, [n for n, _, _ in found])

    def _numbered(self, gaps: Ints, spans: Sequence[tuple[int, int]], segments: Sequence[int]) -> Ints:
        """The stories behind *gaps*, which come from *spans* of as many *segments*."""
        lengths = np.array([last - first for first, last in spans], np.int64)
        return running(gaps, lengths, np.array([self.starts[n] for n in segments], np.int64))

    def holders(self, field: str, sources: Sequence[tuple[int, int, int]]) -> Mask:
        """Which stories hold any of the words from one index to before another; *sources* are (segment, from, to)."""
        mask = np.zeros(self.stories, bool)
        for n, first, last in sources:
            mask[self.segments[n].words(field).stories_of(first, last) + self.offsets[n]] = True
        return mask

    def scores(self, field: str, found: Occurrences, chosen: Ints | slice = slice(None)) -> Scores:
        """BM25 of the *chosen* stories of *found*, just as Whoosh's own ``scoring.BM25F`` gives it."""
        rarity = math.log(max(self.stories, 1) / (len(found.stories) + 1)) + 1
        often = found.counts[chosen]
        scores: Scores = rarity * (often * (K1 + 1)) / (often + self._burden(field)[found.stories[chosen]])
        return scores

    def numbers(self, field: str) -> tuple[Ints, Mask]:
        """The number of each story in *field*, and which stories have one."""
        return self.once(("numbers", field), lambda: self._numbers(field))

    def _numbers(self, field: str) -> tuple[Ints, Mask]:
        parts = [s.numbers(field) for s in self.segments]
        numbers = np.concatenate([np.empty(0, np.int64), *(numbers for numbers, _ in parts)])
        return numbers, np.concatenate([np.empty(0, bool), *(having for _, having in parts)])

    def alike(self, field: str, word: str, distance: int) -> list[Ints]:
        """The words of *field* in each segment that ``edits.alike`` takes for *word*."""
        return self.recent.get(
            ("alike", field, word, distance),
            lambda: alike([segment.words(field).spelling for segment in self.segments], word, distance),
            lambda found: sum(indices.nbytes for indices in found),
        )

    def like(self, field: str, word: str, distance: int) -> Mapping[str, int]:
        """The words of *field* that ``edits.alike`` takes for *word*, with the number of stories that hold each."""
        known: dict[str, int] = {}
        for n, found in enumerate(self.alike(field, word, distance)):
            words, live = self.segments[n].words(field), self.live[self.starts[n] : self.starts[n + 1]]
            for index in found.tolist():
                other, held = decoded(words.lexicon[index]), int(np.count_nonzero(live[words.stories(index)]))
                known[other] = known.get(other, 0) + held
        return {other: held for other, held in known.items() if held}

    def _burden(self, field: str) -> Scores:
        """What stands below the line of BM25 beside the frequency: longer stories need more of it."""
        return self.once(("burden", field), lambda: self._make_burden(field))

    def _make_burden(self, field: str) -> Scores:
        words = [s.words(field) for s in self.segments]
        average = sum(w.total for w in words) / (self.stories or 1) or 1
        lengths = np.concatenate([np.empty(0), *(w.lengths for w in words)])
        return K1 * ((1 - B) + B * lengths / average)


_COUNT_BITS = 32
_COUNT = (1 << _COUNT_BITS) - 1


def summed(stories: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Each story once, ascending, with the sum of its counts."""
    # several ascending lists laid end to end: a stable sort finds and merges them
    both = stories << _COUNT_BITS | counts
    both.sort(kind="stable")
    stories, counts = both >> _COUNT_BITS, both & _COUNT
    first = np.flatnonzero(np.diff(stories, prepend=-1))
    return (stories[first], np.add.reduceat(counts, first)) if len(first) else (stories, counts)
