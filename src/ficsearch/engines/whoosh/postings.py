"""From tokens in the order of the stories to postings in the order of the words, and onto the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines.whoosh.arrays import Array, ArrayWriter, Ints, narrow
from ficsearch.engines.whoosh.lexicon import write_strings
from ficsearch.engines.whoosh.packing import HALF, PackedWriter
from ficsearch.engines.whoosh.stones import StonesWriter

NAME_GAP = 4096
"""Places left free between two names, so that no phrase and no near reaches from one into the next. No name has as
many words."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Postings sorted by word, then story. ``steps`` are the places in each: the first, then from one to the next."""

    words: Ints
    stories: Ints
    counts: Ints
    steps: Ints


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of words: the story of each, the place of its first word, how many words it has."""

    stories: Ints
    places: Ints
    counts: Ints


_INDEX_BITS = np.uint64(32)
_INDEX = np.uint64(0xFFFFFFFF)

BLOCK = 1 << 19
"""Tokens to work on at once: their arrays stay in the cache, and in memory that need not be asked for again."""

AT_ONCE = 1 << 18
"""Places, stories or grams of segments that are put together at once: twice as many take 35 MB more."""


def inverted(words: Array, runs: Runs) -> Iterator[Postings]:
    """The postings of the tokens *words* (a number each), which stand in *runs*; whole words at a time."""
    # sorting numbers made of word and index is several times faster than any stable sort of the words
    keys = np.empty(len(words), np.uint64)
    for start in range(0, len(words), BLOCK):
        part = words[start : start + BLOCK].astype(np.uint64) << _INDEX_BITS
        keys[start : start + BLOCK] = part | np.arange(start, start + len(part), dtype=np.uint64)
    keys.sort()
    run_of = np.repeat(np.arange(len(runs.counts), dtype=np.int32), runs.counts)
    shifts = runs.places - (np.cumsum(runs.counts) - runs.counts)
    for first, last in _whole_words(keys):
        at = (keys[first:last] & _INDEX).astype(np.int64)
        run = run_of[at]
        at += shifts[run]
        yield _grouped((keys[first:last] >> _INDEX_BITS).astype(np.int64), runs.stories[run], at)


def _whole_words(keys: NDArray[np.uint64]) -> Iterator[tuple[int, int]]:
    """Stretches of *keys* of about a block each, none of which parts a word."""
    start = 0
    while start < len(keys):
        end = min(start + BLOCK, len(keys))
        end = int(np.searchsorted(keys, ((keys[end - 1] >> _INDEX_BITS) + np.uint64(1)) << _INDEX_BITS))
        yield start, end
        start = end


def _grouped(words: Ints, stories: Ints, places: Ints) -> Postings:
    """One posting for the tokens of one word in one story."""
    new = np.append(True, words[1:] != words[:-1])
    new[1:] |= stories[1:] != stories[:-1]
    starts = np.flatnonzero(new)
    steps = np.diff(places, prepend=0)
    steps[starts] = places[starts]
    return Postings(words[starts], stories[starts], np.diff(starts, append=len(words)), steps)


class PostingsWriter:
    """Writes postings under *name* as they come, in order. *stones* take note of them too; without any only who holds
    what is written, no places."""

    def __init__(self, writer: ArrayWriter, name: str, words: int, stones: StonesWriter | None = None) -> None:
        self._writer, self._name = writer, name
        self._posts, self._places = np.zeros(words + 1, np.int64), np.zeros(words + 1, np.int64)
        self._gaps = PackedWriter(writer, f"{name}.gaps")
        self._stones = stones
        self._counts = PackedWriter(writer, f"{name}.counts", HALF) if stones else None
        self._steps = PackedWriter(writer, f"{name}.steps") if stones else None
        self._last = -1, 0

    def add(self, postings: Postings) -> None:
        """Append *postings*, of words after all that were added before; or of the last of them, in later stories."""
        words, stories = postings.words, postings.stories
        if not len(words):
            return
        word, story = self._last
        gaps = np.diff(stories, prepend=story)
        first = np.flatnonzero(np.diff(words, prepend=word))
        gaps[first] = stories[first]
        self._last = int(words[-1]), int(stories[-1])
        self._gaps.add(gaps)
        # words are many, those of a block few
        index = words - words[0]
        here = slice(int(words[0]) + 1, int(words[-1]) + 2)
        self._posts[here] += np.bincount(index)
        if self._counts and self._steps and self._stones:
            self._places[here] += np.bincount(index, postings.counts).astype(np.int64)
            self._counts.add(postings.counts)
            self._steps.add(postings.steps)
            self._stones.add(words, postings.counts, postings.steps)

    def close(self) -> None:
        """Write what was added."""
        self._gaps.close()
        self._writer.put(f"{self._name}.posts", narrow(np.cumsum(self._posts)))
        if self._counts and self._steps and self._stones:
            self._counts.close()
            self._steps.close()
            self._stones.close()
            self._writer.put(f"{self._name}.places", narrow(np.cumsum(self._places)))


def write_lengths(writer: ArrayWriter, name: str, lengths: Ints) -> None:
    """Write how many words each story has, and how many there are in all."""
    total = int(lengths.sum())
    if total:
        writer.put(f"{name}.lengths", narrow(lengths))
        writer.put(f"{name}.total", np.array([total]))


def write_stems(writer: ArrayWriter, name: str, stems: Sequence[bytes], family: Ints) -> None:
    """Write the *stems* that some word has, and which words (by index) belong together: *family* of each word, as an
    index into them."""
    used = np.flatnonzero(np.bincount(family, minlength=len(stems)))
    in_order = sorted(used.tolist(), key=stems.__getitem__)
    rank = np.zeros(len(stems), np.int64)
    rank[in_order] = np.arange(len(in_order))
    write_strings(writer, f"{name}.stem", [stems[s] for s in in_order])
    write_families(writer, name, len(in_order), rank[family])


def write_families(writer: ArrayWriter, name: str, stems: int, family: Ints) -> None:
    """Write which words (by index) belong together: *family* of each, as the place of its stem among so many."""
    writer.put(f"{name}.family", narrow(np.argsort(family, kind="stable")))
    writer.put(f"{name}.families", narrow(np.cumsum(np.bincount(family + 1, minlength=stems + 1))))


def write_names(
    writer: ArrayWriter, name: str, names: Sequence[bytes], labels: Sequence[bytes], pairs: Ints, stories: int
) -> None:
    """Write sorted *names*, how each is shown, and who holds which: *pairs* are ``story * len(names) + name``,
    ascending, each once."""
    story, which = np.divmod(pairs, len(names))
    write_strings(writer, name, names)
    write_strings(writer, f"{name}.label", labels)
    writer.put(f"{name}.of", narrow(which))
    writer.put(f"{name}.of_story", narrow(np.cumsum(np.bincount(story + 1, minlength=stories + 1))))
    order = np.argsort(which, kind="stable")
    postings = PostingsWriter(writer, name, len(names))
    postings.add(Postings(which[order], story[order], np.ones_like(order), order[:0]))
    postings.close()
