"""Phrases and words near each other: first which stories can hold them, then where the rarest words stand in those."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from ficsearch.engines.whoosh import trails
from ficsearch.engines.whoosh.arrays import Ints, Mask, running
from ficsearch.engines.whoosh.packing import end_to_end
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot
from ficsearch.engines.whoosh.trails import PLACE_BITS, Course

_FEW = 32
"""Up to one story in so many is looked up by halving."""

_SPARSE = 3
"""When one list has so many times as many places as the other, halving is faster than merging."""

_NEARLY_ALL = 4
"""A word that all stories but one in so many hold leaves too few out to be worth a look."""


def phrase(snapshot: Snapshot, field: str, slots: Sequence[Occurrences]) -> Ints:
    """The stories of *field* where the slots stand one after the other."""
    known = {slot: Course(snapshot, field, slot) for slot in slots}
    courses = [known[slot] for slot in slots]
    proved, stories = _sifted(snapshot, field, courses, _in_all(known.values(), snapshot.stories))
    return _all_of([proved, _one_after_the_other(courses, stories)])


def near(snapshot: Snapshot, field: str, words: Sequence[Occurrences], size: int) -> Ints:
    """The stories of *field* where some stretch of *size* places holds each of the words at a place of its own."""
    known = {slot: Course(snapshot, field, slot) for slot in words}
    wanted = Counter(known[slot] for slot in words)
    stories = _in_all(wanted, snapshot.stories)
    if len(wanted) > 1:
        # the two rarest are looked for first
        stories = _pairs(snapshot, field, sorted(wanted, key=lambda course: course.size)[:2], stories, size)
    if len(words) > 2 or len(wanted) == 1:
        stories = _all_of([_all_near(wanted, some, size) for some in _pieces(stories, *wanted)])
    return stories


def _in_all(courses: Iterable[Course], count: int) -> Ints:
    """The stories, of *count*, that can have all *courses*, worked out from the shortest on."""
    shortest, *others = sorted((course.stories for course in courses), key=len)
    for stories in others:
        if len(stories) * _NEARLY_ALL < count * (_NEARLY_ALL - 1):
            shortest = _both(shortest, stories, count)
    return shortest


def _both(few: Ints, many: Ints, count: int) -> Ints:
    """Those of the stories *few* that are among *many*; both ascend, there are *count* in all."""
    if not len(few) or not len(many):
        return few[:0]
    if len(few) * _FEW < len(many):
        index = many.searchsorted(few)
        index[index == len(many)] = 0
        return np.asarray(few[many[index] == few])
    return np.asarray(few[_marked(many, count)[few]])


def _marked(stories: Ints, count: int) -> Mask:
    mask = np.zeros(count, bool)
    mask[stories] = True
    return mask


def _pieces(stories: Ints, *courses: Course) -> list[Ints]:
    """*stories* in pieces with not too many places of any of *courses*."""
    if not len(stories):
        return []
    for course in courses:
        course.read_all_for(stories)
    count = min(max(course.read(len(stories)) for course in courses) // trails.AT_ONCE + 1, len(stories))
    return np.array_split(stories, count) if count > 1 else [stories]


# what the lists of neighbours tell


def _sifted(snapshot: Snapshot, field: str, courses: Sequence[Course], stories: Ints) -> tuple[Ints, Ints]:
    """Of *stories* those that are known to hold *courses* one after the other, and those that may."""
    may = np.ones(snapshot.stories, bool)
    proved = [stories[:0]]
    for n, held in _beside(snapshot, field, courses).items():
        may[snapshot.starts[n] : snapshot.starts[n + 1]] = False
        if snapshot.segments[n].words(field).neighbours.prove(_asked(courses, n)):
            proved.append(held)
        else:
            may[held] = True
    return np.concatenate(proved), stories[may[stories]] if not may.all() else stories


def _asked(courses: Sequence[Course], segment: int) -> list[int]:
    """The word of each in *segment*, -1 where there is none, or several."""
    return [course.words.get(segment, -1) for course in courses]


def _beside(snapshot: Snapshot, field: str, courses: Sequence[Course]) -> dict[int, Ints]:
    """The stories that hold every gram of *courses*, segment by segment; not of segments where they have no grams."""
    lists, owners = [], []
    found: dict[int, Ints] = {}
    for n, segment in enumerate(snapshot.segments):
        neighbours = segment.words(field).neighbours
        for first, last in neighbours.spans(_asked(courses, n)):
            lists.append((neighbours.gaps, first, last))
            owners.append(n)
    if not lists:
        return found
    counts = [last - first for _, first, last in lists]
    held = [n for n, count in enumerate(counts) if count]
    starts = np.array([snapshot.starts[owners[n]] for n in held], np.int64)
    stories = running(end_to_end([lists[n] for n in held]), np.array([counts[n] for n in held], np.int64), starts)
    for n, part in zip(owners, np.split(stories, np.cumsum(counts)[:-1]), strict=False):
        few, many = sorted((found.get(n, part), part), key=len)
        found[n] = _both(few, many, snapshot.stories)
    return found


# what the places tell


def _one_after_the_other(courses: Sequence[Course], stories: Ints) -> Ints:
    """Those of *stories* where *courses* stand one after the other."""
    first, second, *others = sorted(range(len(courses)), key=lambda at: courses[at].size)
    one, two = courses[first], courses[second]
    # where the first word would stand: before the beginning of a story nothing is found
    if two.jumps(one.read(len(stories)), len(stories)):
        others = [second, *others]
        begins = np.concatenate([stories[:0], *(one.keys(some) for some in _pieces(stories, one))]) - first
    else:
        met = [_met(one.keys(some) + (second - first), two.keys(some)) for some in _pieces(stories, one, two)]
        begins = np.concatenate([stories[:0], *met]) - second
    for at in others:
        begins = _followed(begins, at, courses[at])
    return _stories(begins)


def _followed(begins: Ints, at: int, course: Course) -> Ints:
    """Those of *begins* from which *course* stands so many places on."""
    stories = _stories(begins)
    if course.jumps(len(begins), len(stories)):
        return begins[course.holds(begins + at)]
    pieces = _pieces(stories, course)
    if len(pieces) == 1:
        return _met(begins + at, course.keys(pieces[0])) - at
    bounds = begins.searchsorted([int(some[0]) << PLACE_BITS for some in pieces]).tolist()
    parted = pairwise([*bounds, len(begins)])
    met = [_met(begins[a:b] + at, course.keys(some)) for (a, b), some in zip(parted, pieces, strict=True)]
    return np.concatenate([begins[:0], *met]) - at


def _met(keys: Ints, others: Ints) -> Ints:
    """Those of *keys* that are among *others*; both ascend, each once."""
    if not len(others):
        return others
    if len(keys) * _SPARSE < len(others):
        index = others.searchsorted(keys)
        index[index == len(others)] = 0
        return np.asarray(keys[others[index] == keys])
    both = np.concatenate([others, keys])
    # two ascending lists laid end to end: a stable sort merges them
    both.sort(kind="stable")
    return np.asarray(both[1:][both[1:] == both[:-1]])


def _stories(keys: Ints) -> Ints:
    """The stories of ascending *keys*, each once."""
    return _different(keys >> PLACE_BITS)


def _different(numbers: Ints) -> Ints:
    """Ascending *numbers*, each once."""
    new = np.ones(len(numbers), bool)
    np.not_equal(numbers[1:], numbers[:-1], out=new[1:])
    return numbers[new]


def _all_of(parts: Sequence[Ints]) -> Ints:
    """The numbers of all *parts*, ascending, each once."""
    parts = [part for part in parts if len(part)] or [np.empty(0, np.int64)]
    return parts[0] if len(parts) == 1 else _different(np.sort(np.concatenate(parts)))


def _pairs(snapshot: Snapshot, field: str, two: Sequence[Course], stories: Ints, size: int) -> Ints:
    """Those of *stories* where some stretch of *size* places holds *two* words."""
    found, left = [_side_by_side(snapshot, field, two)], stories
    if len(found[0]):
        sure = _marked(found[0], snapshot.stories)
        found, left = [stories[sure[stories]]], stories[~sure[stories]]
    return _all_of([*found, *(_close(two, some, size) for some in _pieces(left, *two))])


def _side_by_side(snapshot: Snapshot, field: str, two: Sequence[Course]) -> Ints:
    """Stories that are known to hold *two* words side by side, in either order."""
    return _all_of([*_beside(snapshot, field, two).values(), *_beside(snapshot, field, two[::-1]).values()])


def _close(two: Sequence[Course], stories: Ints, size: int) -> Ints:
    """The stories where some stretch of *size* places holds both: those among *stories*, and maybe others."""
    marked = np.concatenate([course.keys(stories) << 1 | which for which, course in enumerate(two)])
    # two ascending lists laid end to end: a stable sort merges them
    marked.sort(kind="stable")
    keys = marked >> 1
    # then two neighbours among all places do
    close = keys[1:] - keys[:-1] < size
    close &= (marked[1:] ^ marked[:-1]) & 1 == 1
    return _stories(keys[:-1][close])


def _all_near(wanted: Counter[Course], stories: Ints, size: int) -> Ints:
    """Those of *stories* where some stretch of *size* places holds each so often, every time at a place of its own."""
    places = {course: course.keys(stories) for course in wanted}
    begins = np.sort(np.concatenate(list(places.values())), kind="stable")
    for course, times in wanted.items():
        # the stretch holds the word often enough when it still holds the last of that many
        last = places[course].searchsorted(begins) + times - 1
        begins, last = begins[last < len(places[course])], last[last < len(places[course])]
        begins = begins[places[course][last] < begins + size]
    return _stories(begins)
