"""What Whoosh calls the terms of a field, over the arrays of a segment: the same few questions for every kind of field.

Words and whole names lie in the segment as terms. Families of words, ids and numbers are made to look like terms here:
nothing is stored twice for Whoosh's own searcher.
"""

from __future__ import annotations

import struct
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, Ints
from ficsearch.engines.whoosh.schema import NAMES, STEMS
from ficsearch.engines.whoosh.segments import Names, OpenSegment, Words
from ficsearch.engines.whoosh.snapshot import summed
from ficsearch.engines.whoosh.trails import PLACE, Layer, merged
from ficsearch.fields import BY_NAME, FIELDS, Field, Kind


class Terms(Protocol):
    """Sorted terms by index."""

    def __len__(self) -> int: ...

    def __getitem__(self, index: int) -> bytes: ...

    def at_or_after(self, entry: bytes) -> int: ...


class Space(Protocol):
    """The terms of one field of Whoosh's schema, in one segment. ``lengths`` is None where stories have none."""

    terms: Terms
    lengths: Array | None

    def postings(self, term: int) -> tuple[Ints, Ints]:
        """The stories that hold *term*, and how often each does."""

    def places(self, term: int) -> list[list[int]]:
        """The places of *term* in each of these stories."""


class WordSpace:
    """The words of a field."""

    def __init__(self, words: Words) -> None:
        self.terms: Terms = words.lexicon
        self.lengths: Array | None = words.lengths
        self._words = words

    def members(self, term: int) -> list[int]:
        """The words that *term* stands for."""
        return [term]

    def postings(self, term: int) -> tuple[Ints, Ints]:
        found = [layer.found for layer in self._layers(term)]
        if len(found) == 1:
            return found[0].stories, found[0].counts
        return summed(np.concatenate([x.stories for x in found]), np.concatenate([x.counts for x in found]))

    def places(self, term: int) -> list[list[int]]:
        _, counts = self.postings(term)
        places = merged(self._layers(term)) & PLACE
        return [part.tolist() for part in np.split(places, np.cumsum(counts)[:-1])]

    def _layers(self, term: int) -> list[Layer]:
        return [Layer.of(self._words, word) for word in self.members(term)]


class StemSpace(WordSpace):
    """The families of a field's words."""

    def __init__(self, words: Words) -> None:
        super().__init__(words)
        self.terms = words.stems

    def members(self, term: int) -> list[int]:
        families = self._words.families
        members: list[int] = self._words.family[int(families[term]) : int(families[term + 1])].tolist()
        return members


class _Placeless:
    """Terms that are there or not there."""

    lengths: Array | None = None

    def places(self, term: int) -> list[list[int]]:
        return []


class NameSpace(_Placeless):
    """The whole names of a field."""

    def __init__(self, names: Names) -> None:
        self.terms: Terms = names.lexicon
        self._names = names

    def postings(self, term: int) -> tuple[Ints, Ints]:
        stories = self._names.stories(term)
        return stories, np.ones_like(stories)


class ListSpace(_Placeless):
    """Terms that are worked out: *terms* sorted, with the *stories* of each from *ends* to *ends*."""

    def __init__(self, terms: Sequence[bytes], stories: Ints, ends: Ints) -> None:
        self.terms: Terms = _List(terms)
        self._stories, self._ends = stories, ends

    def postings(self, term: int) -> tuple[Ints, Ints]:
        stories = self._stories[self._ends[term] : self._ends[term + 1]]
        return stories, np.ones_like(stories)


class _List(Terms):
    def __init__(self, terms: Sequence[bytes]) -> None:
        self._terms = terms

    def __len__(self) -> int:
        return len(self._terms)

    def __getitem__(self, index: int) -> bytes:
        return self._terms[index]

    def at_or_after(self, entry: bytes) -> int:
        return bisect_left(self._terms, entry)


_SORTABLE = struct.Struct(">BQ")


def _id_space(segment: OpenSegment) -> Space:
    ids = list(segment.ids)
    order = np.argsort(segment.id_ranks)
    return ListSpace([ids[story] for story in order], order, np.arange(segment.stories + 1))


def _number_space(segment: OpenSegment, field: str) -> Space:
    numbers, having = segment.numbers(field)
    stories = np.flatnonzero(having)
    stories = stories[np.argsort(numbers[stories], kind="stable")]
    different, firsts = np.unique(numbers[stories], return_index=True)
    # as Whoosh's NUMERIC writes them: no tier of precision, then the number moved above zero
    terms = [_SORTABLE.pack(0, number + (1 << 63)) for number in different.tolist()]
    return ListSpace(terms, stories, np.append(firsts, len(stories)))


class Spaces:
    """The spaces of a segment, by the names of the schema; each is made when it is first asked for."""

    def __init__(self, segment: OpenSegment) -> None:
        self._segment = segment
        self._made: dict[str, Space] = {}

    @cached_property
    def names(self) -> list[str]:
        """The fields that have any term here, sorted."""
        names = ["id", *(name for field in FIELDS for name in _schema_names(field))]
        return sorted(name for name in names if len(self[name].terms))

    def __getitem__(self, name: str) -> Space:
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Space:
        if name == "id":
            return _id_space(self._segment)
        if name.endswith(NAMES):
            return NameSpace(self._segment.names(name.removesuffix(NAMES)))
        if name.endswith(STEMS):
            return StemSpace(self._segment.words(name.removesuffix(STEMS)))
        if BY_NAME[name].kind is Kind.NUMBER:
            return _number_space(self._segment, name)
        return WordSpace(self._segment.words(name))


def _schema_names(field: Field) -> list[str]:
    if field.kind is Kind.NUMBER:
        return [field.name]
    words = [field.name, field.name + STEMS]
    return [*words, field.name + NAMES] if field.kind is Kind.NAME else words
