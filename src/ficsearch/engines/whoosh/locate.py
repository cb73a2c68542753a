"""Where words stand in the bodies of a few stories, read from the postings of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from ficsearch.engines import STORY_BITS, Located, OneWord
from ficsearch.engines.whoosh.arrays import Array, Ints, running
from ficsearch.engines.whoosh.lexicon import encoded
from ficsearch.engines.whoosh.packing import Packed, picked
from ficsearch.engines.whoosh.segments import Words
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot
from ficsearch.engines.whoosh.trails import PLACE, PLACE_BITS, Course
from ficsearch.query import nodes
from ficsearch.query.nodes import Fuzzy, Prefix
from ficsearch.text import stem

_BODY = "body"

_NEAR = 2_048
"""Words with so few postings between them are read together: to read in two places costs more."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The stories of one segment that are asked about: ``wanted`` has the index of each, -1 for all others."""

    segment: int
    words: Words
    wanted: Ints


def locate(snapshot: Snapshot, asked: Sequence[OneWord], stories: Sequence[int]) -> Located:
    """Where each thing *asked* for stands in the bodies of *stories*, -1 being none."""
    numbers = np.array(stories, np.int64)
    segments = list(_in_segments(snapshot, numbers))
    counts = [-1] * len(stories)
    for part in segments:
        found = (part.wanted >= 0).nonzero()[0]
        for index, count in zip(part.wanted[found].tolist(), part.words.lengths[found].tolist(), strict=True):
            counts[index] = count
    return Located(tuple(counts), tuple(_located(snapshot, leaf, numbers, segments).data for leaf in asked))


def _in_segments(snapshot: Snapshot, numbers: Ints) -> Iterable[_Asked]:
    for n, (first, last) in enumerate(pairwise(snapshot.offsets.tolist())):
        here = ((numbers >= first) & (numbers < last)).nonzero()[0]
        if len(here):
            wanted = np.full(last - first, -1)
            wanted[numbers[here] - first] = here
            yield _Asked(n, snapshot.segments[n].words(_BODY), wanted)


def _located(snapshot: Snapshot, leaf: OneWord, stories: Ints, segments: Sequence[_Asked]) -> Ints:
    found = None if isinstance(leaf, Prefix | Fuzzy) else _found(snapshot, leaf)
    if found and found.single:
        places = _of_word(Course(snapshot, _BODY, found), stories)
    else:
        members = _members(snapshot, leaf, found, segments)
        parts = [_places(part, some) for part, some in zip(segments, members, strict=True) if len(some)]
        places = np.concatenate([np.empty(0, np.int64), *parts])
    places.sort()
    return places


def _found(snapshot: Snapshot, leaf: nodes.Words) -> Occurrences:
    (token,) = leaf.tokens
    return snapshot.word(_BODY, encoded(token)) if leaf.exact else snapshot.family(_BODY, encoded(stem(token)))


def _of_word(course: Course, stories: Ints) -> Ints:
    """Every place of a single word in *stories*, as :class:`Located` has them."""
    order = stories.argsort()
    ascending = stories[order]
    there = ascending[ascending >= 0]
    keys = course.keys(there) if len(there) else there
    story = keys >> PLACE_BITS
    index = ascending.searchsorted(story)
    # stories that were not asked about may be there too
    index[index == len(ascending)] = 0
    ours = ascending[index] == story
    places: Ints = (order[index] << STORY_BITS | keys & PLACE)[ours]
    return places


def _members(snapshot: Snapshot, leaf: OneWord, found: Occurrences | None, segments: Sequence[_Asked]) -> list[Ints]:
    """The words in each of *segments* that *leaf* finds, ascending."""
    if isinstance(leaf, Prefix):
        bounds = [part.words.lexicon.beginning_with(encoded(leaf.start)) for part in segments]
        return [np.arange(*bound) for bound in bounds]
    if isinstance(leaf, Fuzzy):
        alike = snapshot.alike(_BODY, leaf.word, leaf.distance)
        return [np.sort(alike[part.segment]) for part in segments]
    sources = dict(found.sources if found else ())
    return [np.sort(sources.get(part.segment, np.empty(0, np.int64))) for part in segments]


def _places(part: _Asked, members: Ints) -> Ints:
    """Every place of any of *members* in the stories asked about, as :class:`Located` has them."""
    words = part.words
    begins = words.posts[members].astype(np.int64)
    ends = words.posts[members + 1].astype(np.int64)
    cuts = [0, *((begins[1:] - ends[:-1] > _NEAR).nonzero()[0] + 1).tolist(), len(members)]
    ranges = [(int(members[a]), int(members[b - 1]) + 1) for a, b in pairwise(cuts)]
    read = members if ends[-1] - begins[0] == (ends - begins).sum() else _all(ranges)
    sizes: Ints = words.posts[read + 1].astype(np.int64) - words.posts[read]
    firsts = sizes.cumsum() - sizes
    gaps = _read(words.gaps, words.posts, ranges)
    stories = gaps.cumsum()
    # each word counts its gaps from 0 on, so what the words before it added up to is taken off
    stories -= np.repeat(stories[firsts] - gaps[firsts], sizes)
    index: Ints = part.wanted[stories]
    if len(read) > len(members):
        others = np.ones(len(read), bool)
        others[read.searchsorted(members)] = False
        index[np.repeat(others, sizes)] = -1
    chosen = (index >= 0).nonzero()[0]
    if not len(chosen):
        return chosen
    counts = _read(words.counts, words.posts, ranges)
    before = counts.cumsum() - counts
    word = firsts.searchsorted(chosen, side="right") - 1
    starts = before[chosen] + words.places[read[word]] - before[firsts[word]]
    return _unpacked(words, starts, counts[chosen], index[chosen] << STORY_BITS)


def _all(ranges: Sequence[tuple[int, int]]) -> Ints:
    """Every word from the first to before the last of each range."""
    return np.concatenate([np.arange(first, last) for first, last in ranges])


def _read(packed: Packed, posts: Array, ranges: Sequence[tuple[int, int]]) -> Ints:
    parts = [packed.stretch(int(posts[first]), int(posts[last])) for first, last in ranges]
    return parts[0] if len(parts) == 1 else np.concatenate(parts)


def _unpacked(words: Words, starts: Ints, counts: Ints, bases: Ints) -> Ints:
    """The places of postings, so many (*counts*) from each of *starts* on."""
    first, last = int(starts[0]), int(starts[-1] + counts[-1])
    return running(picked([(words.steps, first, last)], [(starts - first, counts)]), counts, bases)
