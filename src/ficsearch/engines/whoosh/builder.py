"""Index documents -> a segment. Gathers columns in memory until they are told to be written."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayWriter, Ints, narrow, stretches
from ficsearch.engines.whoosh.grams import write_grams
from ficsearch.engines.whoosh.lexicon import encoded, write_strings
from ficsearch.engines.whoosh.neighbours import commonest
from ficsearch.engines.whoosh.postings import (
    BLOCK,
    NAME_GAP,
    PostingsWriter,
    Runs,
    inverted,
    write_lengths,
    write_names,
    write_stems,
)
from ficsearch.engines.whoosh.stones import StonesWriter, long_words
from ficsearch.engines.whoosh.table import Segment, new_name
from ficsearch.engines.whoosh.tokenise import Tokeniser, Tokens, folded_bytes
from ficsearch.fields import FIELDS, SORTABLE, IndexDocument, Kind, Value
from ficsearch.text import fold_name

_BATCH = 1 << 20
"""Bytes of text to tokenise at once: enough to make calls cheap, few enough to stay in the cache."""

BYTES_A_TOKEN = 20
"""What a token costs at most while a segment is written: its number, its run, a key of eight bytes, and a block's share
of what is worked on."""

TOKENS_A_STORY = 80
"""What a story costs besides its words (its id, names, numbers and sort keys), in tokens."""


class Column(Protocol):
    """The values of one field, story after story, until they are written."""

    def add(self, story: int, value: Value) -> int:
        """Take in the *value* of *story*; tells how many tokens were made on the way."""

    def write(self, writer: ArrayWriter, name: str, stories: int) -> int:
        """Write it as field *name* of a segment of so many *stories*; tells how many tokens it has."""


class TextColumn:
    """The words of a TEXT field."""

    def __init__(self, tokeniser: Tokeniser, common: Callable[[], Sequence[bytes]]) -> None:
        self._tokeniser, self._common = tokeniser, common
        self._waiting: list[bytes] = []
        self._size = 0
        self._stories = array("q")
        self._tokens: list[Tokens] = []

    def add(self, story: int, value: Value) -> int:
        if not isinstance(value, str) or not value:
            return 0
        self._waiting.append(folded_bytes(value))
        self._stories.append(story)
        self._size += len(self._waiting[-1])
        return self._tokenise() if self._size > _BATCH else 0

    def _tokenise(self) -> int:
        self._tokens.append(self._tokeniser.tokens(self._waiting))
        self._waiting, self._size = [], 0
        return len(self._tokens[-1].ids)

    def write(self, writer: ArrayWriter, name: str, stories: int) -> int:
        if self._waiting:
            self._tokenise()
        if not self._tokens:
            return 0
        counts = _joined([t.counts for t in self._tokens])
        runs = Runs(np.array(self._stories, np.int64), np.zeros_like(counts), counts)
        ids = _joined([t.ids for t in self._tokens])
        self._tokens = []
        words, often = _write_words(writer, f"{name}.word", self._tokeniser, ids, runs, stories)
        like = np.array([_index(words, word) for word in self._common()], np.int64)
        write_grams(writer, f"{name}.word", ids, runs, commonest(often, like))
        return len(ids)


class NameColumn:
    """The names of a NAME field, whole and by their words. Each spelling is looked at once."""

    def __init__(self, tokeniser: Tokeniser) -> None:
        self._tokeniser = tokeniser
        self._spellings: dict[str, int] = {}
        self._stories, self._which = array("q"), array("q")

    def add(self, story: int, value: Value) -> int:
        spellings = self._spellings
        for name in value if isinstance(value, tuple) else ():
            self._stories.append(story)
            self._which.append(spellings.setdefault(name, len(spellings)))
        return 0

    def write(self, writer: ArrayWriter, name: str, stories: int) -> int:
        if not self._spellings:
            return 0
        owners, which = np.array(self._stories, np.int64), np.array(self._which, np.int64)
        self._write_whole(writer, f"{name}.name", owners, which, stories)
        return self._write_words(writer, f"{name}.word", owners, which, stories)

    def _write_whole(self, writer: ArrayWriter, name: str, owners: Ints, which: Ints, stories: int) -> None:
        labels: dict[bytes, bytes] = {}
        folded = [encoded(fold_name(spelling)) for spelling in self._spellings]
        for fold, spelling in zip(folded, self._spellings, strict=True):
            labels.setdefault(fold, encoded(spelling))
        names = sorted(labels)
        index = {fold: n for n, fold in enumerate(names)}
        ranks = np.array([index[fold] for fold in folded], np.int64)
        pairs = np.unique(owners * len(names) + ranks[which])
        write_names(writer, name, names, [labels[n] for n in names], pairs, stories)

    def _write_words(self, writer: ArrayWriter, name: str, owners: Ints, which: Ints, stories: int) -> int:
        tokens = self._tokeniser.tokens(map(folded_bytes, self._spellings))
        counts = tokens.counts[which]
        ids = tokens.ids[stretches((np.cumsum(tokens.counts) - tokens.counts)[which], counts)]
        _write_words(writer, name, self._tokeniser, ids, Runs(owners, _name_places(owners, counts), counts), stories)
        return len(ids)


class NumberColumn:
    """The numbers of a NUMBER field."""

    def __init__(self) -> None:
        self._numbers: list[int | None] = []

    def add(self, story: int, value: Value) -> int:
        self._numbers.append(value if isinstance(value, int) else None)
        return 0

    def write(self, writer: ArrayWriter, name: str, stories: int) -> int:
        numbers = np.array([n or 0 for n in self._numbers], np.int64)
        missing = np.array([n is None for n in self._numbers], np.uint8)
        write_numbers(writer, name, numbers, missing)
        return 0


def write_numbers(writer: ArrayWriter, name: str, numbers: Ints, missing: Array) -> None:
    """Write the number of each story, 0 where it is *missing*."""
    if missing.all():
        return
    writer.put(f"{name}.number", narrow(numbers) if numbers.min() >= 0 else numbers)
    writer.put(f"{name}.missing", missing.astype(np.uint8) if missing.any() else missing[:0])


def write_sort_keys(writer: ArrayWriter, name: str, keys: Sequence[str | int | None]) -> None:
    """Write what stories are sorted by in one field: the different keys in order, and where each story stands."""
    different = sorted({k for k in keys if k is not None})
    rank: dict[str | int | None, int] = {key: n for n, key in enumerate(different, 1)}
    if not different:
        return
    if isinstance(different[0], str):
        write_strings(writer, f"{name}.key", [encoded(str(k)) for k in different])
    else:
        writer.put(f"{name}.key.numbers", np.array(different, np.int64))
    writer.put(f"{name}.rank", narrow(np.array([rank.get(k, 0) for k in keys], np.int64)))


def write_ids(writer: ArrayWriter, ids: Sequence[bytes]) -> None:
    """Write the id of each story, and the stories in the order of their ids."""
    write_strings(writer, "id", ids)
    writer.put("id.order", np.array(sorted(range(len(ids)), key=ids.__getitem__), np.uint32))


class SegmentBuilder:
    """Gathers documents for one segment. *common* tells the commonest words of a field, as other segments list them."""

    def __init__(self, tokeniser: Tokeniser, common: Callable[[str], Sequence[bytes]]) -> None:
        self._rows: dict[str, int] = {}
        self._ids: list[str] = []
        self._replaced: list[int] = []
        self.tokens = 0
        make: dict[Kind, Callable[[str], Column]] = {
            Kind.TEXT: lambda name: TextColumn(tokeniser, partial(common, name)),
            Kind.NAME: lambda name: NameColumn(tokeniser),
            Kind.NUMBER: lambda name: NumberColumn(),
        }
        self._columns = {field.name: make[field.kind](field.name) for field in FIELDS}
        self._keys: dict[str, list[str | int | None]] = {f.name: [] for f in SORTABLE}

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> list[str]:
        """The ids of the documents, in order."""
        return self._ids

    def add(self, document: IndexDocument) -> None:
        """Take in *document*; an earlier one with its id is dropped."""
        story = len(self._ids)
        if document.id in self._rows:
            self._replaced.append(self._rows[document.id])
        self._rows[document.id] = story
        self._ids.append(document.id)
        self.tokens += TOKENS_A_STORY
        for name, column in self._columns.items():
            self.tokens += column.add(story, document.values.get(name))
        for name, keys in self._keys.items():
            keys.append(document.sort_keys.get(name))

    def write(self, folder: Path) -> Segment:
        """Write the segment into *folder*."""
        segment, tokens = Segment(new_name(), len(self._ids)), 0
        with ArrayWriter(folder / segment.file_name) as writer:
            write_ids(writer, [encoded(i) for i in self._ids])
            for name, column in self._columns.items():
                tokens += column.write(writer, name, len(self._ids))
            for name, keys in self._keys.items():
                write_sort_keys(writer, name, keys)
        segment = replace(segment, tokens=tokens)
        return segment.without(np.array(self._replaced)) if self._replaced else segment


def _name_places(owners: Ints, counts: Ints) -> Ints:
    """Where each name begins among the words of its story."""
    sizes = counts + NAME_GAP
    begins = np.cumsum(sizes) - sizes
    new = np.diff(owners, prepend=-1) != 0
    firsts = np.flatnonzero(new)
    return begins - begins[firsts][np.cumsum(new) - 1] if len(owners) else begins


def _write_words(
    writer: ArrayWriter, name: str, tokeniser: Tokeniser, ids: Array, runs: Runs, stories: int
) -> tuple[list[bytes], Ints]:
    """Write the words with these *ids*, which stand in *runs*; the ids become indices among the words that are
    answered, in place. How often each stands is answered too."""
    vocabulary = tokeniser.vocabulary
    words = sorted(_used(ids, len(vocabulary)), key=vocabulary.words.__getitem__)
    if not words:
        return [], np.empty(0, np.int64)
    rank = np.zeros(len(vocabulary), np.int32)
    rank[words] = np.arange(len(words))
    for start in range(0, len(ids), BLOCK):
        ids[start : start + BLOCK] = rank[ids[start : start + BLOCK]]
    spelled = [vocabulary.words[w] for w in words]
    write_strings(writer, name, spelled)
    often = np.bincount(ids)
    stones = StonesWriter(writer, name, long_words(often, stories), int((runs.places + runs.counts).max()))
    postings = PostingsWriter(writer, name, len(words), stones)
    for block in inverted(ids, runs):
        postings.add(block)
    postings.close()
    write_lengths(writer, name, np.bincount(runs.stories, runs.counts, stories).astype(np.int64))
    write_stems(writer, name, vocabulary.stems, np.array([vocabulary.family[w] for w in words]))
    return spelled, often


def _index(words: Sequence[bytes], word: bytes) -> int:
    """Where *word* stands among sorted *words*, -1 when it does not."""
    index = bisect_left(words, word)
    return index if index < len(words) and words[index] == word else -1


def _used(ids: Array, words: int) -> list[int]:
    """Which of so many words occur."""
    used = np.zeros(words, bool)
    for start in range(0, len(ids), BLOCK):
        used[ids[start : start + BLOCK]] = True
    return np.flatnonzero(used).tolist()


def _joined(arrays: Sequence[Array]) -> Array:
    return np.concatenate(arrays) if arrays else np.empty(0, np.int64)
