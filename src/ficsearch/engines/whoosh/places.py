"""Phrases and words near each other. A place is one number: the story in its upper half, the word's index below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints, positions
from ficsearch.engines.whoosh.postings import stretches
from ficsearch.engines.whoosh.segments import Words
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot

_STORY = 32


def in_both(places: Ints, others: Ints) -> Ints:
    """The places that are in both lists; both ascend."""
    if len(others) < len(places):
        places, others = others, places
    index = others.searchsorted(places)
    index[index == len(others)] = 0
    return places[others[index] == places] if len(others) else places


def stories_in(places: Ints) -> Ints:
    """The stories of *places*, which ascend, each once."""
    stories = places >> _STORY
    return stories[np.diff(stories, prepend=-1).nonzero()[0]]


def in_all(found: Iterable[Occurrences]) -> Ints:
    """The stories that all of *found* have, worked out from the shortest on."""
    lists = sorted((f.stories for f in found), key=len)
    stories = lists[0]
    for others in lists[1:]:
        stories = stories[positions(stories, others) >= 0] if len(stories) else stories
    return stories


def phrase(snapshot: Snapshot, field: str, slots: Sequence[Occurrences]) -> Ints:
    """The stories of *field* where the slots stand one after the other, worked out from the rarest on."""
    stories = in_all(slots)
    begins: Ints | None = None
    for at in sorted(range(len(slots)), key=lambda slot: len(slots[slot].stories)):
        if not len(stories):
            break
        places = places_of(snapshot, field, slots[at], stories) - at
        begins = places if begins is None else in_both(begins, places)
        stories = stories_in(begins)
    return stories


def near(snapshot: Snapshot, field: str, words: Sequence[Occurrences], size: int) -> Ints:
    """The stories of *field* where some stretch of *size* places holds each of the words at a place of its own."""
    stories = in_all(words)
    wanted = Counter(words)
    places = {word: places_of(snapshot, field, word, stories) for word in wanted}
    begins = np.sort(np.concatenate(list(places.values())))
    for word, times in wanted.items():
        # the stretch holds the word often enough when it still holds the last of that many
        last = np.searchsorted(places[word], begins) + times - 1
        begins, last = begins[last < len(places[word])], last[last < len(places[word])]
        begins = begins[places[word][last] < begins + size]
    return stories_in(begins)


def places_of(snapshot: Snapshot, field: str, found: Occurrences, stories: Ints) -> Ints:
    """Every place in *stories* where what was found stands, ascending."""
    parts = [np.empty(0, np.int64)]
    for n, words in found.sources:
        offset, end = int(snapshot.offsets[n]), int(snapshot.offsets[n + 1])
        first, last = stories.searchsorted([offset, end])
        if first == last:
            continue
        here = stories[first:last] - offset
        parts += [places_in(snapshot.segments[n].words(field), w, here) + (offset << _STORY) for w in words.tolist()]
    places = np.concatenate(parts)
    if any(len(words) > 1 for _, words in found.sources):
        places.sort()
    return places


def places_in(words: Words, word: int, stories: Ints) -> Ints:
    """Every place in *stories* of one segment where *word* stands, ascending."""
    holding, counts = words.stories(word), words.how_often(word)
    chosen = (positions(holding, stories) >= 0).nonzero()[0]
    begins = (np.cumsum(counts) - counts)[chosen]
    counts = counts[chosen]
    steps = words.steps.picked(int(words.places[word]), int(words.places[word + 1]), stretches(begins, counts))
    ends = np.cumsum(steps)
    firsts = np.cumsum(counts) - counts
    before = ends[firsts] - steps[firsts]
    ends += np.repeat((holding[chosen] << _STORY) - before, counts)
    return ends
