"""Phrases and words near each other, segment by segment.

A place is one number for the story and the place in it: the base of the story plus the index of the word. Where the
bases leave just enough room, the places of a few thousand stories fit into a table, and two lists meet there many times
faster than by sorting or halving.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ficsearch.engines.whoosh.arrays import Ints, positions
from ficsearch.engines.whoosh.postings import stretches
from ficsearch.engines.whoosh.segments import Words
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot, summed

FAR = 32
"""Bits between the bases of two stories where no stretch of words may reach from one into the next."""

_TABLE = 1 << 22
"""The words of so many stories are looked at together: a table of 4 MB, a byte a word, which the cache holds."""

_MOSTLY = 4
"""When more than one story in so many is asked for, all are read: to pick some costs more."""

_FEW = 16
"""When one list has so many times as many places as the other, halving is fastest."""


@dataclass(frozen=True, slots=True)
class Room:
    """Some stories of a segment, ascending, and the base of each. ``whole``: they follow each other without a gap, so
    that their postings lie side by side."""

    stories: Ints
    bases: Ints
    whole: bool = False

    def only(self, begins: Ints) -> Room:
        """Just those of the stories in which these places are."""
        bounds = np.append(begins.searchsorted(self.bases), len(begins))
        kept = np.flatnonzero(bounds[1:] - bounds[:-1])
        return Room(self.stories[kept], self.bases[kept])


class Lists:
    """The postings of a word in one segment, or of all words of a family: *stories* and how often each holds it.
    ``word`` is the word, -1 for several; ``size`` is how many places there are."""

    def __init__(self, words: Words, members: Sequence[int], stories: Ints, counts: Ints) -> None:
        self._words, self._members = words, members
        self.stories, self.counts = stories, counts
        self.word = members[0] if len(members) == 1 else -1
        self.size = sum(int(words.places[member + 1]) - int(words.places[member]) for member in members)

    @classmethod
    def of(cls, words: Words, members: Sequence[int]) -> Lists:
        """The postings of *members*, read."""
        stories = np.concatenate([words.stories(member) for member in members])
        counts = np.concatenate([words.how_often(member) for member in members])
        return cls(words, members, *(summed(stories, counts) if len(members) > 1 else (stories, counts)))

    def _posting(self, n: int) -> tuple[Ints, Ints]:
        """The stories of one member, and how often each holds it."""
        if len(self._members) == 1:
            return self.stories, self.counts
        return self._words.stories(self._members[n]), self._words.how_often(self._members[n])

    def places(self, room: Room) -> Ints:
        """Every place in the stories of *room*, ascending."""
        if not len(room.stories):
            return room.stories
        parts = [self._places(n, room) for n in range(len(self._members))]
        return parts[0] if len(parts) == 1 else np.sort(np.concatenate(parts))

    def _places(self, n: int, room: Room) -> Ints:
        held, counts = self._posting(n)
        first, last = (int(self._words.places[self._members[n] + more]) for more in (0, 1))
        if room.whole:
            low, high = held.searchsorted([room.stories[0], room.stories[-1] + 1]).tolist()
            first += int(counts[:low].sum())
            index, counts = held[low:high] - room.stories[0], counts[low:high]
            steps = self._words.steps.stretch(first, first + int(counts.sum()))
        else:
            index = positions(held, room.stories)
            chosen = (index >= 0).nonzero()[0]
            begins = (counts.cumsum() - counts)[chosen]
            index, counts = index[chosen], counts[chosen]
            steps = self._words.steps.picked(first, last, stretches(begins, counts))
        return laid_out(steps, counts, room.bases[index])


def laid_out(steps: Ints, counts: Ints, bases: Ints) -> Ints:
    """The places behind *steps*: so many of them (*counts*) in each story, from its base on."""
    ends = steps.cumsum()
    firsts = counts.cumsum() - counts
    ends += np.repeat(bases - ends[firsts] + steps[firsts], counts)
    return ends


def phrase(snapshot: Snapshot, field: str, slots: Sequence[Occurrences]) -> Ints:
    """The stories of *field* where the slots stand one after the other."""
    found = [np.empty(0, np.int64)]
    for offset, words, lists in _in_segments(snapshot, field, slots):
        found += [stories + offset for stories in _phrases(words, lists)]
    return np.concatenate(found)


def near(snapshot: Snapshot, field: str, words: Sequence[Occurrences], size: int) -> Ints:
    """The stories of *field* where some stretch of *size* places holds each of the words at a place of its own."""
    found = [np.empty(0, np.int64)]
    for offset, here, lists in _in_segments(snapshot, field, words):
        found.append(_near(here, lists, size) + offset)
    return np.concatenate(found)


def _in_segments(
    snapshot: Snapshot, field: str, slots: Sequence[Occurrences]
) -> Iterator[tuple[int, Words, list[Lists]]]:
    """The segments that have all *slots*: offset, words and the postings of each slot (the same for the same)."""
    members = {slot: dict(slot.sources) for slot in slots}
    bounds = {slot: slot.stories.searchsorted(snapshot.offsets).tolist() for slot in slots}
    for n, segment in enumerate(snapshot.segments):
        if all(n in here for here in members.values()):
            words, offset = segment.words(field), int(snapshot.offsets[n])
            lists = {}
            for slot, here in members.items():
                part = slice(*bounds[slot][n : n + 2])
                lists[slot] = Lists(words, here[n].tolist(), slot.stories[part] - offset, slot.counts[part])
            yield offset, words, [lists[slot] for slot in slots]


def _in_all(lists: Iterable[Ints]) -> Ints:
    """The stories that all *lists* have, worked out from the shortest on."""
    shortest, *others = sorted(lists, key=len)
    for stories in others:
        shortest = shortest[positions(shortest, stories) >= 0] if len(shortest) else shortest
    return shortest


def _phrases(words: Words, slots: Sequence[Lists]) -> Iterator[Ints]:
    """Stories where *slots* stand one after the other, some at a time."""
    asked = [slot.word for slot in slots]
    beside = words.neighbours.find(asked)
    if words.neighbours.prove(asked):
        yield from beside
        return
    stories = _in_all([*(slot.stories for slot in slots), *beside])
    for room in _rooms(words, stories, len(slots)):
        begins: Ints | None = None
        for at in sorted(range(len(slots)), key=lambda slot: slots[slot].size):
            places = slots[at].places(room) - at
            begins = places if begins is None else in_both(begins, places)
            if len(begins) < len(room.stories):
                # few are left: from here on only their stories matter
                room = room.only(begins)
        yield room.only(np.empty(0, np.int64) if begins is None else begins).stories


def _rooms(words: Words, stories: Ints, gap: int) -> Iterator[Room]:
    """*stories* laid side by side, with a gap that no phrase of *gap* words spans; others may be among them."""
    whole = len(stories) * _MOSTLY > len(words.lengths)
    stories = np.arange(len(words.lengths)) if whole else stories
    if not words.dense:
        yield Room(stories, (np.arange(len(stories)) + 1) << FAR, whole)
        return
    lengths = words.lengths[stories].astype(np.int64)
    bases = np.cumsum(lengths + gap) - lengths
    edges = np.diff(bases // _TABLE, prepend=-1, append=-1).nonzero()[0].tolist()
    for first, last in pairwise(edges):
        yield Room(stories[first:last], bases[first:last], whole)


def in_both(places: Ints, others: Ints) -> Ints:
    """The places that are in both lists; both ascend, each once."""
    if len(others) < len(places):
        places, others = others, places
    if not len(places):
        return places
    low, high = min(int(places[0]), int(others[0])), max(int(places[-1]), int(others[-1]))
    if len(places) * _FEW < len(others) or high - low > 2 * _TABLE:
        index = others.searchsorted(places)
        index[index == len(others)] = 0
        return np.asarray(places[others[index] == places])
    table = np.zeros(high - low + 1, bool)
    table[others - low] = True
    return places[table[places - low]]


def _near(words: Words, slots: Sequence[Lists], size: int) -> Ints:
    """The stories where some stretch of *size* places holds all *slots*: the two rarest are looked for first."""
    stories = _in_all(each.stories for each in slots)
    rarest = sorted(set(slots), key=lambda each: each.size)[:2]
    if len(rarest) < 2:
        return _all_near(stories, slots, size)
    sure = _side_by_side(words, rarest) if len(slots) == 2 else stories[:0]
    left = np.zeros(len(words.lengths), bool)
    left[stories], left[sure] = True, False
    close = [_close(room, rarest, size) for room in _rooms(words, np.flatnonzero(left), size)]
    found = np.concatenate([sure, *(some[left[some]] for some in close)])
    return np.sort(found) if len(slots) == 2 else _all_near(found, slots, size)


def _side_by_side(words: Words, two: Sequence[Lists]) -> Ints:
    """Stories that are known to hold *two* words side by side, in either order."""
    asked = [each.word for each in two]
    found = [*words.neighbours.find(asked), *words.neighbours.find(asked[::-1])]
    return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)


def _close(room: Room, two: Sequence[Lists], size: int) -> Ints:
    """The stories of *room* where some stretch of *size* places holds both lists: then two neighbours among all their
    places do."""
    marked = np.concatenate([each.places(room) << 1 | which for which, each in enumerate(two)])
    # two ascending lists laid end to end: a stable sort merges them
    marked.sort(kind="stable")
    places = marked >> 1
    close = places[1:] - places[:-1] < size
    close &= (marked[1:] ^ marked[:-1]) & 1 == 1
    return room.only(places[:-1][close]).stories


def _all_near(stories: Ints, lists: Sequence[Lists], size: int) -> Ints:
    """Those of *stories* where some stretch of *size* places holds each of *lists* at a place of its own."""
    room = Room(stories, np.arange(len(stories)) << FAR)
    wanted = Counter(lists)
    places = {each: each.places(room) for each in wanted}
    begins = np.sort(np.concatenate(list(places.values())), kind="stable")
    for each, times in wanted.items():
        # the stretch holds the word often enough when it still holds the last of that many
        last = places[each].searchsorted(begins) + times - 1
        begins, last = begins[last < len(places[each])], last[last < len(places[each])]
        begins = begins[places[each][last] < begins + size]
    return room.only(begins).stories
