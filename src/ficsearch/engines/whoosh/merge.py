"""Segments written together as one, so that there are never many, and without the stories that are gone.

Never Whoosh's own merging: it knows no arrays. Works through blocks of words, so that memory stays bounded however
large the segments are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayWriter, Bytes, Ints, pieces, positions, sizes, stretches
from ficsearch.engines.whoosh.builder import write_ids, write_numbers, write_sort_keys
from ficsearch.engines.whoosh.grams import PIECE, GramsWriter
from ficsearch.engines.whoosh.lexicon import decoded
from ficsearch.engines.whoosh.merge_names import merge_names
from ficsearch.engines.whoosh.neighbours import commonest
from ficsearch.engines.whoosh.postings import (
    AT_ONCE,
    Postings,
    PostingsWriter,
    write_families,
    write_lengths,
)
from ficsearch.engines.whoosh.segments import OpenSegment, Words
from ficsearch.engines.whoosh.stones import StonesWriter, long_words
from ficsearch.engines.whoosh.table import Segment, new_name
from ficsearch.engines.whoosh.trails import Layer
from ficsearch.engines.whoosh.united import Part, United, let_go, span_of
from ficsearch.fields import FIELDS, SORTABLE, Kind

FEW = 3
"""So many segments may lie beside each other, whatever their sizes."""

MANY = 24
"""And so many while a run goes on. Of 200 segments a story is then written again 2.3 times, 2.8 with 32 or 16; and the
more are read at once, the more memory that takes."""


def choose(segments: Sequence[Segment], few: int) -> list[Segment]:
    """The segments to write together now, in order; often none.

    One that is mostly gone is written anew. When there are more than *few*, those go together of which the largest is
    at most twice as large as all others of them: so a story is written again only when what it lies in grows by half,
    adding one to a large library costs no more than the small segments do, and what is left over is a few, each more
    than twice as large as all that are smaller.
    """
    thin = [s for s in segments if 2 * s.deleted_count() > s.stories]
    if thin or len(segments) <= few:
        return thin[:1]
    by_size = sorted(segments, key=_size)
    smaller = list(accumulate(map(_size, by_size)))
    last = max((n for n in range(1, len(by_size)) if _size(by_size[n]) <= 2 * smaller[n - 1]), default=-1)
    return [s for s in segments if s in by_size[: last + 1]]


def _size(segment: Segment) -> int:
    return segment.tokens + segment.stories


def merge(folder: Path, segments: Sequence[Segment], opened: Sequence[OpenSegment]) -> Segment:
    """Write one segment into *folder* with all stories of *segments* that are not gone."""
    parts = list(_parts(segments, opened))
    stories = sum(int(part.live.sum()) for part in parts)
    segment, tokens = Segment(new_name(), stories), 0
    with ArrayWriter(folder / segment.file_name) as writer:
        write_ids(writer, [id for part in parts for id, live in zip(part.opened.ids, part.live, strict=True) if live])
        for field in FIELDS:
            if field.kind is Kind.NUMBER:
                _merge_numbers(writer, field.name, parts)
                continue
            tokens += _merge_words(writer, field.name, parts)
            if field.kind is Kind.NAME:
                merge_names(writer, f"{field.name}.name", field.name, parts)
            let_go(parts)
        for field in SORTABLE:
            keys = [key for part in parts for key in _sort_keys(part, field.name)]
            write_sort_keys(writer, field.name, keys)
    return replace(segment, tokens=tokens)


def _parts(segments: Sequence[Segment], opened: Sequence[OpenSegment]) -> Iterator[Part]:
    offset = 0
    for segment, arrays in zip(segments, opened, strict=True):
        live = ~segment.gone()
        yield Part(arrays, live, np.cumsum(live) - 1 + offset)
        offset += int(live.sum())


def _merge_numbers(writer: ArrayWriter, field: str, parts: Sequence[Part]) -> None:
    columns = [part.opened.numbers(field) for part in parts]
    numbers = np.concatenate([n[part.live] for (n, _), part in zip(columns, parts, strict=True)])
    missing = np.concatenate([~having[part.live] for (_, having), part in zip(columns, parts, strict=True)])
    write_numbers(writer, field, numbers, missing)


def _sort_keys(part: Part, field: str) -> list[str | int | None]:
    keys, ranks = part.opened.sort_keys(field)
    by_rank: list[str | int | None] = [None]
    by_rank += keys.tolist() if isinstance(keys, np.ndarray) else map(decoded, keys)
    return [by_rank[rank] for rank in ranks[part.live].tolist()]


@dataclass(frozen=True, slots=True)
class _Lexical:
    """The words of one part that live on (indices, ascending), and the new index of each."""

    part: Part
    words: Words
    old: Array
    new: Array


def _merge_words(writer: ArrayWriter, field: str, parts: Sequence[Part]) -> int:
    lists = [part.opened.words(field) for part in parts]
    living = [np.flatnonzero(words.held(part.live)).astype(np.int32) for part, words in zip(parts, lists, strict=True)]
    union = United.write(writer, f"{field}.word", [words.lexicon for words in lists], living, parts)
    if not union.size:
        return 0
    sources = list(map(_Lexical, parts, lists, living, union.places))
    lengths = np.concatenate([words.lengths[part.live] for part, words in zip(parts, lists, strict=True)])
    often = _often(sources, union.size)
    long = long_words(often, len(lengths)) if lists[0].dense else often[:0]
    stones = StonesWriter(writer, f"{field}.word", long, int(lengths.max()))
    postings = PostingsWriter(writer, f"{field}.word", union.size, stones)
    for first, last in pieces(often, AT_ONCE):
        let_go(parts)
        for block in _blocks(sources, first, last):
            postings.add(block)
    postings.close()
    write_lengths(writer, f"{field}.word", lengths.astype(np.int64))
    let_go(parts)
    if lists[0].dense:
        _merge_grams(writer, f"{field}.word", sources, often)
    _merge_families(writer, f"{field}.word", sources, union.size)
    return int(lengths.sum())


def _merge_grams(writer: ArrayWriter, name: str, sources: Sequence[_Lexical], often: Ints) -> None:
    """What stands beside what: put together from the lists of the parts, or read off the places of one that lists other
    words. *often* is how often each word stands in all parts."""
    largest = max(sources, key=lambda source: source.words.total)
    common = commonest(often, _common(largest))
    if not len(common):
        return
    grams = GramsWriter(writer, name, common)
    for source in sources:
        if np.array_equal(_common(source), common):
            grams.join(source.words.neighbours, source.part.live, source.part.numbers)
        else:
            _gather(grams, source, common)
    grams.close()


def _common(source: _Lexical) -> Ints:
    """The words whose neighbours a part lists, by their new indices; -1 for one that does not live on."""
    listed = source.words.neighbours.common
    at = np.searchsorted(source.old, listed)
    return np.where(np.append(source.old, -1)[at] == listed, np.append(source.new, -1)[at], -1)


def _gather(grams: GramsWriter, source: _Lexical, common: Ints) -> None:
    """Find the grams of *common* words in the stories of one part."""
    index = positions(np.sort(common), source.new)[np.argsort(np.argsort(common))]
    own = {rank: int(source.old[at]) for rank, at in enumerate(index.tolist(), 1) if at >= 0}
    lengths = source.words.lengths.astype(np.int64)
    numbers = np.where(source.part.live, source.part.numbers, -1)
    for first, last in pieces(lengths, PIECE):
        ranks = _ranks(source.words, own, first, lengths[first:last])
        grams.add(ranks, lengths[first:last], numbers[first:last])
        source.part.opened.file.let_go()


def _ranks(words: Words, common: dict[int, int], first: int, lengths: Ints) -> Bytes:
    """The rank of each token of some stories from *first* on; 0 for one that is not *common*."""
    ends = np.cumsum(lengths)
    begins = ends - lengths
    ranks = np.zeros(int(ends[-1]), np.uint8)
    for rank, word in common.items():
        layer = Layer.of(words, word)
        stories = layer.found.stories
        start, end = stories.searchsorted((first, first + len(lengths))).tolist()
        ranks[layer.between(start, end, begins[stories[start:end] - first])] = rank
    return ranks


def _often(sources: Sequence[_Lexical], words: int) -> Ints:
    """How often each new word stands in all parts."""
    tokens = np.zeros(words, np.int64)
    for source in sources:
        tokens[source.new] += sizes(source.words.places)[source.old]
    return tokens


def _blocks(sources: Sequence[_Lexical], first: int, last: int) -> Iterator[Postings]:
    """The postings of all parts for the new words from *first* to before *last*: together, or those of a single word,
    which may be a twentieth of all there is, one part after the other."""
    if last - first > 1:
        yield _joined([_block(source, first, last) for source in sources])
        return
    for source in sources:
        at = int(np.searchsorted(source.new, first))
        if at < len(source.new) and source.new[at] == first:
            yield from _by_stories(source, int(source.old[at]), first)


def _by_stories(source: _Lexical, old: int, new: int) -> Iterator[Postings]:
    """The postings of the word *old* of one part, which becomes *new*, some stories at a time."""
    words, place = source.words, source.words.place(old)
    stories, counts = words.stories(old), words.how_often(old)
    live = source.part.live[stories]
    for first, last in pieces(counts, AT_ONCE):
        some, until = slice(first, last), place + int(counts[first:last].sum())
        steps = words.steps.stretch(place, until)[np.repeat(live[some], counts[some])]
        numbers = source.part.numbers[stories[some][live[some]]]
        yield Postings(np.full(len(numbers), new), numbers, counts[some][live[some]], steps)
        place = until


def _block(source: _Lexical, first: int, last: int) -> Postings:
    """The postings of one part for the new words from *first* to before *last*."""
    words = source.words
    low, renamed = span_of(source.old, source.new, first, last)
    high = low + len(renamed)
    if low == high:
        return Postings(*[np.empty(0, np.int64)] * 4)
    posts = words.posts[low : high + 1].astype(np.int64)
    stories, counts = words.stories_of(low, high), words.counts.stretch(int(posts[0]), int(posts[-1]))
    steps = words.steps.stretch(int(words.places[low]), int(words.places[high]))
    live = source.part.live[stories]
    return Postings(
        np.repeat(renamed, sizes(posts))[live],
        source.part.numbers[stories[live]],
        counts[live],
        steps[np.repeat(live, counts)],
    )


def _joined(blocks: Sequence[Postings]) -> Postings:
    """The postings of several parts by word; the stories of a later part have higher numbers."""
    words = np.concatenate([b.words for b in blocks])
    counts = np.concatenate([b.counts for b in blocks])
    order = np.argsort(words, kind="stable")
    begins = np.cumsum(counts) - counts
    counts = counts[order]
    steps = np.concatenate([b.steps for b in blocks])[stretches(begins[order], counts)]
    return Postings(words[order], np.concatenate([b.stories for b in blocks])[order], counts, steps)


def _merge_families(writer: ArrayWriter, name: str, sources: Sequence[_Lexical], words: int) -> None:
    """The stems of the words that live on, and which words have each."""
    own = [_family(source.words)[source.old] for source in sources]
    living = [np.unique(each) for each in own]
    parts = [source.part for source in sources]
    union = United.write(writer, f"{name}.stem", [source.words.stems for source in sources], living, parts)
    families = np.zeros(words, np.int64)
    for source, each, kept, places in zip(sources, own, living, union.places, strict=True):
        families[source.new] = places[np.searchsorted(kept, each)]
    write_families(writer, name, union.size, families)


def _family(words: Words) -> Ints:
    """The stem of each word, as an index."""
    family = np.empty(len(words.lexicon), np.int64)
    family[words.family] = np.repeat(np.arange(len(words.stems)), sizes(words.families))
    return family
