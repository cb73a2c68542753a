"""Where a word stands in some stories: read for those stories only, in all segments at once.

A place is a key: one number, with its story above PLACE_BITS. So the places of a word are one ascending list, and words
that stand beside each other are found by laying two lists together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import cast

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints, Mask, positions, running
from ficsearch.engines.whoosh.packing import Stretch, end_to_end, picked
from ficsearch.engines.whoosh.segments import Words
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot
from ficsearch.engines.whoosh.stones import standing

PLACE_BITS = 32
"""No story has so many words that a place needs more; and no two names stand so far from each other."""
PLACE = (1 << PLACE_BITS) - 1

_MOSTLY = 3
"""When one story in so many is asked for or more, all are read: to pick some costs more."""

AT_ONCE = 1 << 17
"""So many places are looked at together."""

_KEPT = 1 << 20
"""All places of a word with up to so many are kept where most were asked for: of more they would take too much."""

_SHORT = 4_096
"""So few places are all read, whichever are asked for."""


_JUMP, _JUMPS = 12, 1 << 15
"""To look for a word at one place costs as much as to read so many; and at any number of places so many more."""


class Layer:
    """The places of one word in each of some segments: *words* are the words of the segments, and which of them it is;
    *found* the stories of all that hold it."""

    def __init__(self, words: Sequence[tuple[Words, int]], found: Occurrences) -> None:
        self.found = found
        self._words = words
        self._bounds = [0, *accumulate(last - first for first, last in (of.span(word) for of, word in words))]
        self.size = sum(of.place(word + 1) - of.place(word) for of, word in words)
        """How many places there are."""

    @classmethod
    def of(cls, words: Words, word: int) -> Layer:
        """The postings of *word* in one segment."""
        return cls([(words, word)], Occurrences(words.stories(word), words.how_often(word)))

    def all(self) -> Ints:
        """All keys."""
        if self.size <= AT_ONCE:
            steps = end_to_end([(of.steps, of.place(word), of.place(word + 1)) for of, word in self._words])
            return running(steps, self.found.counts, self.found.stories << PLACE_BITS)
        keys = np.empty(self.size, np.int64)
        # piece by piece, for whose arrays a cache has room: all at once takes three times as long
        edges = self.found.ends.searchsorted(np.arange(0, self.size, AT_ONCE)).tolist()
        for first, last in pairwise([*edges, len(self.found.stories)]):
            begin, end = self.found.ends[first], self.found.ends[last]
            keys[begin:end] = self.between(first, last, self.found.stories[first:last] << PLACE_BITS)
        return keys

    def keys(self, stories: Ints) -> Ints:
        """The keys in *stories*, and maybe in others between them."""
        first, last = self.found.stories.searchsorted((stories[0], stories[-1] + 1)).tolist()
        here = self.found.stories[first:last]
        if len(here) <= len(stories) * _MOSTLY:
            return self.between(first, last, here << PLACE_BITS)
        index = positions(stories, here)
        held = index[index >= 0] + first
        counts = self.found.counts[held]
        return running(self._picked(held, counts), counts, self.found.stories[held] << PLACE_BITS)

    def holds(self, keys: Ints) -> Mask:
        """Which of *keys*, ascending, are among those of this layer."""
        index = positions(keys >> PLACE_BITS, self.found.stories)
        which = (index >= 0).nonzero()[0]
        index, places = index[which], keys[which] & PLACE
        starts, counts = self.found.ends[index], self.found.counts[index]
        met = np.zeros(len(which), bool)
        cuts = pairwise(index.searchsorted(self._bounds).tolist())
        for (of, word), begin, (first, last) in zip(self._words, self._bounds, cuts, strict=False):
            if first < last:
                some, place = slice(first, last), of.place(word)
                own = starts[some] - self.found.ends[begin] + place
                met[some] = standing(of.steps, place, of.stones.of(word), own, counts[some], places[some])
        found = np.zeros(len(keys), bool)
        found[which] = met
        return found

    def between(self, first: int, last: int, bases: Ints) -> Ints:
        """The places of the postings from *first* to before *last*, counted on from the base of each."""
        return running(end_to_end([*self._spans(first, last)]), self.found.counts[first:last], bases)

    def _spans(self, first: int, last: int) -> Iterator[Stretch]:
        """Where the steps of the postings from *first* to before *last* lie."""
        for n, (begin, end) in enumerate(pairwise(self._bounds)):
            low, high = max(first, begin), min(last, end)
            if low < high:
                words, word = self._words[n]
                shift = words.place(word) - int(self.found.ends[begin])
                yield words.steps, int(self.found.ends[low]) + shift, int(self.found.ends[high]) + shift

    def _picked(self, held: Ints, counts: Ints) -> Ints:
        """The steps of the postings *held*."""
        spans: list[Stretch] = []
        runs = []
        for first, last in pairwise(held.searchsorted(self._bounds).tolist()):
            if first < last:
                low, high = int(held[first]), int(held[last - 1]) + 1
                spans += self._spans(low, high)
                runs.append((self.found.ends[held[first:last]] - self.found.ends[low], counts[first:last]))
        return picked(spans, runs)


class Course:
    """The places of a word, or of all words of a family: a layer for the first word of each segment, one for the
    second, and so on."""

    def __init__(self, snapshot: Snapshot, field: str, found: Occurrences) -> None:
        self.stories = found.stories
        self.words = {n: int(words[0]) if len(words) == 1 else -1 for n, words in found.sources}
        """The word in each segment that has any, -1 for several."""
        self._snapshot, self._field = snapshot, field
        self._kept: Ints | None = None
        held = [segment.words(field) for segment in snapshot.segments]
        self._layers = []
        for depth in range(max((len(words) for _, words in found.sources), default=0)):
            here = [(n, int(words[depth])) for n, words in found.sources if len(words) > depth]
            postings = found if found.single else Occurrences(*snapshot.postings(field, here))
            self._layers.append(Layer([(held[n], word) for n, word in here], postings))
        self.size = sum(layer.size for layer in self._layers)
        """How many places there are."""

    def read(self, stories: int) -> int:
        """About how many places are read for so many of its stories."""
        asked = self.size * stories // max(len(self.stories), 1)
        return self.size if asked * _MOSTLY > self.size else asked

    def keys(self, stories: Ints) -> Ints:
        """Every place in *stories* (some there are), ascending. Those in other stories may be among them."""
        if self.size <= _SHORT:
            return merged(self._layers)
        if self._kept is not None:
            edges = np.array((stories[0], stories[-1] + 1)) << PLACE_BITS
            return self._kept[slice(*self._kept.searchsorted(edges))]
        return _merged([layer.keys(stories) for layer in self._layers])

    def holds(self, keys: Ints) -> Mask:
        """Which of *keys*, ascending, are places of it."""
        found = np.zeros(len(keys), bool)
        for layer in self._layers:
            found |= layer.holds(keys)
        return found

    def jumps(self, keys: int, stories: int) -> bool:
        """Is it better to look for it at so many *keys* than to read all that stands in so many *stories*?"""
        return keys * _JUMP + _JUMPS < self.read(stories)

    def read_all_for(self, stories: Ints) -> None:
        """Read all places, or those read for a question before, if that is best for who asks for *stories*."""
        if _SHORT < self.size <= _KEPT and self._kept is None and -1 not in self.words.values():
            key, places = (self._field, *self.words.items()), self._snapshot.places
            self._kept = cast("Ints | None", places.kept(key))
            if self._kept is None and len(stories) * _MOSTLY > len(self.stories):
                self._kept = places.get(key, lambda: merged(self._layers), lambda keys: keys.nbytes)


def merged(layers: Sequence[Layer]) -> Ints:
    """Every place of all *layers*, ascending."""
    return _merged([layer.all() for layer in layers])


def _merged(parts: Sequence[Ints]) -> Ints:
    if not parts:
        return np.empty(0, np.int64)
    # several ascending lists laid end to end: a stable sort finds and merges them
    return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts), kind="stable")
