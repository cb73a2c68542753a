"""Where words stand in the bodies of a few stories, read from the postings of all."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np

from ficsearch.engines import STORY_BITS, Located, OneWord
from ficsearch.engines.whoosh.arrays import Array, Ints, running
from ficsearch.engines.whoosh.lexicon import encoded
from ficsearch.engines.whoosh.packing import Packed, Stretch, end_to_end, picked
from ficsearch.engines.whoosh.segments import Words
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot
from ficsearch.query import nodes
from ficsearch.query.nodes import Fuzzy, Prefix
from ficsearch.text import stem

_BODY = "body"

_NEAR = 2_048
"""Words with so few postings between them are read together: to read in two places costs more."""

_FEW = 6
"""The postings of so many words are read word by word, which is quicker where they are long, and are remembered."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """The stories of one segment that are asked about: ``wanted`` has the index of each, -1 for all others."""

    segment: int
    words: Words
    wanted: Ints


def locate(snapshot: Snapshot, asked: Sequence[OneWord], stories: Sequence[int]) -> Located:
    """Where each thing *asked* for stands in the bodies of *stories*, -1 being none."""
    counts = tuple([_words_of(snapshot, story) for story in stories])
    numbers = np.array(stories, np.int64)
    return Located(counts, tuple([_located(snapshot, leaf, numbers).data for leaf in asked]))


def _words_of(snapshot: Snapshot, story: int) -> int:
    """How many words the body of *story* has, -1 when there is no such story."""
    if story < 0:
        return -1
    segment = bisect_right(snapshot.starts, story) - 1
    return int(snapshot.segments[segment].words(_BODY).lengths[story - snapshot.starts[segment]])


def _located(snapshot: Snapshot, leaf: OneWord, stories: Ints) -> Ints:
    words = [] if isinstance(leaf, Prefix | Fuzzy) else _few(snapshot, leaf)
    if len(words) == 1:
        return _of_word(snapshot, words[0], stories)
    if words:
        parts = [_of_word(snapshot, word, stories) for word in words]
    else:
        segments = list(_in_segments(snapshot, stories))
        members = _members(snapshot, leaf, segments)
        parts = [_places(part, some) for part, some in zip(segments, members, strict=True) if len(some)]
    places = np.concatenate([np.empty(0, np.int64), *parts])
    places.sort()
    return places


def _few(snapshot: Snapshot, leaf: nodes.Words) -> list[Occurrences]:
    """Where each word that *leaf* finds stands, as long as they are few."""
    (token,) = leaf.tokens
    if leaf.exact:
        return [snapshot.word(_BODY, encoded(token))]
    found = snapshot.family(_BODY, encoded(stem(token)))
    if found.single:
        return [found]
    spelled = {snapshot.segments[n].words(_BODY).lexicon[word] for n, some in found.sources for word in some.tolist()}
    return [snapshot.word(_BODY, word) for word in spelled] if len(spelled) <= _FEW else []


def _of_word(snapshot: Snapshot, found: Occurrences, stories: Ints) -> Ints:
    """Every place in *stories* of a word that stands where *found* says, as :class:`Located` has them."""
    if not len(found.stories):
        return np.empty(0, np.int64)
    held = found.stories.searchsorted(stories)
    held[held == len(found.stories)] = 0
    index = (found.stories[held] == stories).nonzero()[0]
    held = held[index]
    counts = found.counts[held]
    return running(end_to_end(_spans(snapshot, found, held, counts)), counts, index << STORY_BITS)


def _spans(snapshot: Snapshot, found: Occurrences, held: Ints, counts: Ints) -> list[Stretch]:
    """Where the steps of each of the postings *held* lie, of *counts* places. They are read one by one: to pick a few
    out of all that lies between costs more."""
    words = [(snapshot.segments[n].words(_BODY), int(word)) for n, (word,) in found.sources]
    bounds = [0, *accumulate(last - first for first, last in (of.span(word) for of, word in words))]
    shifts = [of.place(word) - int(found.ends[bound]) for (of, word), bound in zip(words, bounds, strict=False)]
    spans = []
    for posting, begin, count in zip(held.tolist(), found.ends[held].tolist(), counts.tolist(), strict=True):
        source = bisect_right(bounds, posting) - 1
        first = begin + shifts[source]
        spans.append((words[source][0].steps, first, first + count))
    return spans


def _in_segments(snapshot: Snapshot, numbers: Ints) -> Iterable[_Asked]:
    for n, (first, last) in enumerate(pairwise(snapshot.starts)):
        here = ((numbers >= first) & (numbers < last)).nonzero()[0]
        if len(here):
            wanted = np.full(last - first, -1)
            wanted[numbers[here] - first] = here
            yield _Asked(n, snapshot.segments[n].words(_BODY), wanted)


def _members(snapshot: Snapshot, leaf: OneWord, segments: Sequence[_Asked]) -> list[Ints]:
    """The words in each of *segments* that *leaf* finds, ascending."""
    if isinstance(leaf, Prefix):
        bounds = [part.words.lexicon.beginning_with(encoded(leaf.start)) for part in segments]
        return [np.arange(*bound) for bound in bounds]
    if isinstance(leaf, Fuzzy):
        alike = snapshot.alike(_BODY, leaf.word, leaf.distance)
        return [np.sort(alike[part.segment]) for part in segments]
    (token,) = leaf.tokens
    return [np.sort(part.words.members(encoded(stem(token)))) for part in segments]


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
