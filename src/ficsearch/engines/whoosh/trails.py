"""Where a word stands in some stories: read for those stories only, in all segments at once.

Places are kept as steps: the first, then from one to the next. Their running sums are a trail through all the stories
asked for; a place that is looked for in a story is looked for in the trail, beyond the sum at which the story begins.
So a common word costs one sum over its steps, and its places need not be worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints, Mask, positions
from ficsearch.engines.whoosh.packing import Stretch, end_to_end, picked
from ficsearch.engines.whoosh.postings import stretches
from ficsearch.engines.whoosh.segments import Words
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot

PLACE_BITS = 32
"""No story has so many words that a place needs more; and no two names stand so far from each other."""
PLACE = (1 << PLACE_BITS) - 1

_MOSTLY = 3
"""When more than one place in so many is asked for, all between are read: to pick some costs more."""

_SHORT = 4_096
"""So few places are all read, whichever are asked for."""

_FEW = 3
"""When one list has so many times as many places as the other, halving is faster than merging."""


@dataclass(frozen=True, slots=True)
class Trail:
    """Places as running sums, from 1 on, for every story has a first place 0. Story n has ``counts[n]`` of them, which
    follow ``sums[begins[n]]``, where it begins."""

    sums: Ints
    begins: Ints
    counts: Ints

    def laid_out(self, bases: Ints) -> Ints:
        """All places, counted on from the base of each story."""
        sums = self.sums[1:]
        if len(sums) != self.counts.sum():
            sums = sums[stretches(self.begins, self.counts)]
        return np.asarray(sums + (bases - 1 - self.sums[self.begins]).repeat(self.counts))

    def has(self, owners: Ints, places: Ints) -> Mask:
        """Which of *places* (ascending, of the stories *owners*) are among these."""
        found = np.zeros(len(owners), bool)
        wanted = self.sums[self.begins][owners] + places + 1
        # beyond the last place of a story the next one begins
        may = (wanted <= self.sums[self.begins + self.counts][owners]).nonzero()[0]
        found[may[_among(wanted[may], self.sums)]] = True
        return found


def _among(numbers: Ints, others: Ints) -> Mask | Ints:
    """Which of *numbers* are among *others*, as an index; both ascend, each once, no number is above the last other."""
    if len(numbers) * _FEW < len(others):
        return np.asarray(others[others.searchsorted(numbers)] == numbers)
    marked = np.concatenate([others << 1, numbers << 1 | 1])
    # two ascending lists laid end to end: a stable sort merges them
    marked.sort(kind="stable")
    met = marked[1:][marked[1:] ^ marked[:-1] == 1] >> 1
    return np.asarray(numbers.searchsorted(met))


class Layer:
    """The postings of one word in each of some segments: *stories*, ascending, numbered through, and how often each
    holds it (*counts*). *words* are the words of the segments, and which of them it is."""

    def __init__(self, words: Sequence[tuple[Words, int]], stories: Ints, counts: Ints) -> None:
        self.stories, self.counts = stories, counts
        self._words = words
        self._bounds = [0, *accumulate(last - first for first, last in (of.span(word) for of, word in words))]

    @classmethod
    def of(cls, words: Words, word: int) -> Layer:
        """The postings of *word* in one segment."""
        return cls([(words, word)], words.stories(word), words.how_often(word))

    @cached_property
    def _ends(self) -> Ints:
        """How many places there are before each posting, and in all."""
        ends = np.zeros(len(self.counts) + 1, np.int64)
        self.counts.cumsum(out=ends[1:])
        return ends

    def trail(self, stories: Ints) -> Trail:
        """The places in *stories*."""
        index = positions(stories, self.stories)
        here = index >= 0
        held = index if here.all() else index[here]
        if not len(held):
            return Trail(np.zeros(1, np.int64), np.zeros_like(stories), np.zeros_like(stories))
        sums, begins, counts = self._read(held)
        if len(held) == len(stories):
            return Trail(sums, begins, counts)
        return Trail(sums, _spread(begins, here), _spread(counts, here))

    def _read(self, held: Ints) -> tuple[Ints, Ints, Ints]:
        """The running sums for the postings *held*, where each begins, and how many places it has."""
        counts, first, last = self.counts[held], int(held[0]), int(held[-1]) + 1
        between = int(self._ends[last] - self._ends[first])
        if between < _SHORT or int(counts.sum()) * _MOSTLY > between:
            starts = self._ends[first:last] - self._ends[first]
            begins = starts[held - first]
            steps = end_to_end([*self._spans(first, last)])
        else:
            starts = begins = counts.cumsum() - counts
            steps = self._picked(held, counts)
        steps[starts] += 1
        sums = np.zeros(len(steps) + 1, np.int64)
        steps.cumsum(out=sums[1:])
        return sums, begins, counts

    def _spans(self, first: int, last: int) -> Iterator[Stretch]:
        """Where the steps of the postings from *first* to before *last* lie."""
        for n, (begin, end) in enumerate(pairwise(self._bounds)):
            low, high = max(first, begin), min(last, end)
            if low < high:
                words, word = self._words[n]
                shift = words.place(word) - int(self._ends[begin])
                yield words.steps, int(self._ends[low]) + shift, int(self._ends[high]) + shift

    def _picked(self, held: Ints, counts: Ints) -> Ints:
        """The steps of the postings *held*."""
        spans: list[Stretch] = []
        picks = []
        for first, last in pairwise(held.searchsorted(self._bounds).tolist()):
            if first < last:
                low, high = int(held[first]), int(held[last - 1]) + 1
                spans += self._spans(low, high)
                picks.append(stretches(self._ends[held[first:last]] - self._ends[low], counts[first:last]))
        return picked(spans, picks)


def _spread(values: Ints, here: Mask) -> Ints:
    """*values* where *here* is, 0 elsewhere."""
    spread = np.zeros(len(here), np.int64)
    spread[here] = values
    return spread


class Course:
    """The places of a word, or of all words of a family: a layer for the first word of each segment, one for the
    second, and so on."""

    def __init__(self, snapshot: Snapshot, field: str, found: Occurrences) -> None:
        self.stories = found.stories
        self.words = {n: int(words[0]) if len(words) == 1 else -1 for n, words in found.sources}
        """The word in each segment that has any, -1 for several."""
        single = all(word >= 0 for word in self.words.values())
        held = [segment.words(field) for segment in snapshot.segments]
        self.size = 0
        """How many places there are."""
        self._layers = []
        for depth in range(max((len(words) for _, words in found.sources), default=0)):
            here = [(n, int(words[depth])) for n, words in found.sources if len(words) > depth]
            self.size += sum(held[n].place(word + 1) - held[n].place(word) for n, word in here)
            postings = (found.stories, found.counts) if single else snapshot.postings(field, here)
            self._layers.append(Layer([(held[n], word) for n, word in here], *postings))

    def keys(self, stories: Ints) -> Ints:
        """Each place in *stories* as one number with the index of its story above PLACE_BITS; ascending."""
        return merged(self._layers, stories)

    def has(self, stories: Ints, owners: Ints, places: Ints) -> Mask:
        """At which of *places* (ascending, of the *owners* among *stories*) it stands."""
        found = np.zeros(len(owners), bool)
        for layer in self._layers:
            found |= layer.trail(stories).has(owners, places)
        return found


def merged(layers: Sequence[Layer], stories: Ints) -> Ints:
    """The places of all *layers* in *stories*, each as one number with the index of its story above PLACE_BITS;
    ascending."""
    bases = np.arange(len(stories)) << PLACE_BITS
    parts = [layer.trail(stories).laid_out(bases) for layer in layers]
    return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))
