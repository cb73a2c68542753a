"""Where a word stands in some stories: read for those stories only, in all segments at once.

A place is a key: one number, with its story above PLACE_BITS. So the places of a word are one ascending list, and words
that stand beside each other are found by laying two lists together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


_SCATTERED = 512
"""When one story in so many is asked for or fewer, only parts of the list are read: those between two stones that hold
any of them are then less than half of it."""

_JUMP = 12
"""To look a place up costs as much as to read so many."""


@dataclass(frozen=True, slots=True)
class Held:
    """Those of some stories that hold a word of one segment: ``which`` of them (ascending), at which index the places
    in each begin, and how many they are."""

    words: Words
    word: int
    which: Ints
    starts: Ints
    counts: Ints


class Layer:
    """The places of one word in each of some segments: *words* are the words of the segments, and which of them it is;
    *firsts* the number of the first story of each; *found* the stories of all that hold it."""

    def __init__(self, words: Sequence[tuple[Words, int]], firsts: Sequence[int], found: Occurrences) -> None:
        self.found = found
        self._words, self._firsts = words, firsts
        self._bounds = [0, *accumulate(last - first for first, last in (of.span(word) for of, word in words))]
        self.size = sum(of.place(word + 1) - of.place(word) for of, word in words)
        """How many places there are."""

    @classmethod
    def of(cls, words: Words, word: int) -> Layer:
        """The postings of *word* in one segment."""
        return cls([(words, word)], [0], Occurrences.of(words.stories(word), words.how_often(word)))

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
        if not self._scattered(stories):
            first, last = self.found.stories.searchsorted((stories[0], stories[-1] + 1)).tolist()
            if last - first <= len(stories) * _MOSTLY:
                return self.between(first, last, self.found.stories[first:last] << PLACE_BITS)
        held = self.held(stories)
        if not held:
            return np.empty(0, np.int64)
        spans: list[Stretch] = [(h.words.steps, int(h.starts[0]), int(h.starts[-1] + h.counts[-1])) for h in held]
        steps = picked(spans, [(h.starts - h.starts[0], h.counts) for h in held])
        counts, which = np.concatenate([h.counts for h in held]), np.concatenate([h.which for h in held])
        return running(steps, counts, stories[which] << PLACE_BITS)

    def holds(self, keys: Ints) -> Mask:
        """Which of ascending *keys* are among those of this layer."""
        found = np.zeros(len(keys), bool)
        for h in self.held(keys >> PLACE_BITS):
            begin, stones = h.words.place(h.word), h.words.stones.of(h.word)
            found[h.which] = standing(h.words.steps, begin, stones, h.starts, h.counts, keys[h.which] & PLACE)
        return found

    def held(self, stories: Ints) -> list[Held]:
        """Which of *stories* (ascending, one may come several times) hold the word, segment by segment."""
        if self._scattered(stories):
            parts = [self._among(n, stories) for n in range(len(self._words))]
        else:
            index = positions(stories, self.found.stories)
            which = (index >= 0).nonzero()[0]
            index = index[which]
            cuts = index.searchsorted(self._bounds).tolist()
            parts = [self._read(n, which[a:b], index[a:b]) for n, (a, b) in enumerate(pairwise(cuts)) if a < b]
        return [part for part in parts if len(part.which)]

    def _scattered(self, stories: Ints) -> bool:
        """Are they too few to read for them all the list says?"""
        return len(stories) * _SCATTERED < self.found.size

    def _read(self, n: int, which: Ints, index: Ints) -> Held:
        words, word = self._words[n]
        shift = words.place(word) - int(self.found.ends[self._bounds[n]])
        return Held(words, word, which, self.found.ends[index] + shift, self.found.counts[index])

    def _among(self, n: int, stories: Ints) -> Held:
        words, word = self._words[n]
        begin = int(stories.searchsorted(self._firsts[n]))
        end = int(stories.searchsorted(self._firsts[n] + len(words.lengths)))
        which, starts, counts = words.among(word, stories[begin:end] - self._firsts[n])
        return Held(words, word, which + begin, starts, counts)

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


class Course:
    """The places of a word, or of all words of a family: a layer for the first word of each segment, one for the
    second, and so on."""

    def __init__(self, snapshot: Snapshot, field: str, found: Occurrences) -> None:
        self.found = found
        self.words = {n: int(words[0]) if len(words) == 1 else -1 for n, words in found.sources}
        """The word in each segment that has any, -1 for several."""
        self._snapshot, self._field = snapshot, field
        self._kept: Ints | None = None
        held = [segment.words(field) for segment in snapshot.segments]
        self._layers = []
        for depth in range(max((len(words) for _, words in found.sources), default=0)):
            here = [(n, int(words[depth])) for n, words in found.sources if len(words) > depth]
            postings = found if found.single else snapshot.postings(field, here)
            firsts = [snapshot.starts[n] for n, _ in here]
            self._layers.append(Layer([(held[n], word) for n, word in here], firsts, postings))
        self.size = sum(layer.size for layer in self._layers)
        """How many places there are."""

    def read(self, stories: int) -> int:
        """About how many places are read for so many of its stories."""
        asked = self.size * stories // max(self.found.size, 1)
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
        """Which of ascending *keys* are places of it."""
        found = np.zeros(len(keys), bool)
        for layer in self._layers:
            found |= layer.holds(keys)
        return found

    def jumps(self, keys: int, stories: int) -> bool:
        """Is it better to look up so many *keys* than to read all that stands in so many *stories*?"""
        return keys * _JUMP < self.read(stories)

    def read_all_for(self, stories: Ints) -> None:
        """Read all places, or those read for a question before, if that is best for who asks for *stories*."""
        if _SHORT < self.size <= _KEPT and self._kept is None and -1 not in self.words.values():
            key, places = (self._field, *self.words.items()), self._snapshot.places
            self._kept = cast("Ints | None", places.kept(key))
            if self._kept is None and len(stories) * _MOSTLY > self.found.size:
                self._kept = places.get(key, lambda: merged(self._layers), lambda keys: keys.nbytes)


def how_often(snapshot: Snapshot, field: str, found: Occurrences, stories: Ints) -> Ints:
    """How often each of *stories*, all of which hold it, does."""
    if not found.single or len(stories) * _SCATTERED >= found.size:
        return np.asarray(found.counts[positions(stories, found.stories)])
    here = [(n, int(words[0])) for n, words in found.sources]
    layer = Layer(
        [(snapshot.segments[n].words(field), word) for n, word in here], [snapshot.starts[n] for n, _ in here], found
    )
    return np.concatenate([np.empty(0, np.int64), *(held.counts for held in layer.held(stories))])


def merged(layers: Sequence[Layer]) -> Ints:
    """Every place of all *layers*, ascending."""
    return _merged([layer.all() for layer in layers])


def _merged(parts: Sequence[Ints]) -> Ints:
    if not parts:
        return np.empty(0, np.int64)
    # several ascending lists laid end to end: a stable sort finds and merges them
    return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts), kind="stable")
