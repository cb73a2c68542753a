"""Whoosh's own way into a segment: what its readers, searchers and queries ask is answered from the arrays.

Slow beside ``evaluate``, which reads the same arrays, and the proof of it: both give the same hits and scores. Whoosh
writes nothing here; stories come in by ``WhooshEngine.add``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Codec, FieldCursor, PerDocumentReader, TermsReader
from whoosh.columns import ColumnReader
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.reading import TermInfo, TermNotFound

from ficsearch.engines.whoosh.arrays import Ints, Mask
from ficsearch.engines.whoosh.genuine import StorySegment
from ficsearch.engines.whoosh.lexicon import decoded
from ficsearch.engines.whoosh.segments import OpenSegment
from ficsearch.engines.whoosh.spaces import Space, Spaces
from ficsearch.engines.whoosh.table import Segment, new_name
from ficsearch.fields import BY_NAME, Kind

Term = tuple[str, bytes]


class StoryCodec(Codec):  # type: ignore[misc]
    """Opens segments for Whoosh."""

    def terms_reader(self, storage: Any, segment: StorySegment) -> StoryTermsReader:
        return StoryTermsReader(OpenSegment(Path(storage.folder), segment.segment))

    def per_document_reader(self, storage: Any, segment: StorySegment) -> StoryReader:
        return StoryReader(segment, OpenSegment(Path(storage.folder), segment.segment))

    def new_segment(self, storage: Any, indexname: str) -> StorySegment:
        # Whoosh's own writer asks for one before it finds that nothing can be written
        return StorySegment(Segment(new_name(), 0))


class StoryReader(PerDocumentReader):  # type: ignore[misc]
    """What Whoosh asks story by story."""

    def __init__(self, segment: StorySegment, opened: OpenSegment) -> None:
        self._segment, self._opened, self._spaces = segment, opened, Spaces(opened)

    def doc_count(self) -> int:
        return int(self._segment.doc_count())

    def doc_count_all(self) -> int:
        return int(self._segment.doc_count_all())

    def has_deletions(self) -> bool:
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> list[int]:
        return list(self._segment.deleted_docs())

    def supports_columns(self) -> bool:
        return True

    def has_column(self, fieldname: str) -> bool:
        return fieldname in BY_NAME and BY_NAME[fieldname].kind is Kind.NUMBER

    def column_reader(self, fieldname: str, column: Any) -> NumberColumnReader:
        numbers, having = self._opened.numbers(fieldname)
        return NumberColumnReader(numbers, having, column.default_value())

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        lengths = self._spaces[fieldname].lengths
        return default if lengths is None else int(lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        lengths = self._spaces[fieldname].lengths
        return 0 if lengths is None else int(lengths.sum(dtype=np.int64))

    def min_field_length(self, fieldname: str) -> int:
        lengths = self._spaces[fieldname].lengths
        return 0 if lengths is None else int(lengths.min())

    def max_field_length(self, fieldname: str) -> int:
        lengths = self._spaces[fieldname].lengths
        return 0 if lengths is None else int(lengths.max())

    def stored_fields(self, docnum: int) -> dict[str, str]:
        return {"id": decoded(self._opened.ids[docnum])}


class NumberColumnReader(ColumnReader):  # type: ignore[misc]
    """The numbers of a field, as Whoosh sorts by them."""

    def __init__(self, numbers: Ints, having: Mask, default: int) -> None:
        self._numbers, self._having, self._default = numbers, having, default

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, docnum: int) -> int:
        return int(self._numbers[docnum]) + (1 << 63) if self._having[docnum] else self._default


class StoryTermsReader(TermsReader):  # type: ignore[misc]
    """What Whoosh asks term by term."""

    def __init__(self, opened: OpenSegment) -> None:
        self._spaces = Spaces(opened)

    def __contains__(self, term: Term) -> bool:
        return self._find(*term) >= 0

    def _find(self, fieldname: str, text: bytes) -> int:
        terms = self._spaces[fieldname].terms
        index = terms.at_or_after(text)
        return index if index < len(terms) and terms[index] == text else -1

    def _index(self, fieldname: str, text: bytes) -> int:
        index = self._find(fieldname, text)
        if index < 0:
            raise TermNotFound(f"No term {fieldname}:{text!r}")
        return index

    def cursor(self, fieldname: str, fieldobj: Any) -> StoryCursor:
        return StoryCursor(self._spaces[fieldname], fieldobj)

    def terms(self) -> Iterator[Term]:
        for name in self._spaces.names:
            yield from self._terms(name, 0)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[Term]:
        yield from self._terms(fieldname, self._spaces[fieldname].terms.at_or_after(prefix))
        for name in self._spaces.names:
            if name > fieldname:
                yield from self._terms(name, 0)

    def _terms(self, name: str, first: int) -> Iterator[Term]:
        terms = self._spaces[name].terms
        return ((name, terms[index]) for index in range(first, len(terms)))

    def items(self) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[Term, TermInfo]]:
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        return _term_info(self._spaces[fieldname], self._index(fieldname, text))

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(self.term_info(fieldname, text).weight()) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        return int(self.term_info(fieldname, text).doc_frequency()) if (fieldname, text) in self else 0

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> StoryMatcher:
        return StoryMatcher(self._spaces[fieldname], self._index(fieldname, text), (fieldname, text), format_, scorer)

    def indexed_field_names(self) -> list[str]:
        return self._spaces.names


def _term_info(space: Space, term: int) -> TermInfo:
    stories, counts = space.postings(term)
    lengths = np.ones(1, np.int64) if space.lengths is None else space.lengths[stories]
    return TermInfo(
        weight=float(counts.sum()),
        df=len(stories),
        minlength=int(lengths.min()),
        maxlength=int(lengths.max()),
        maxweight=float(counts.max()),
        minid=int(stories[0]),
        maxid=int(stories[-1]),
    )


class StoryCursor(FieldCursor):  # type: ignore[misc]
    """Walks over the terms of a field."""

    def __init__(self, space: Space, fieldobj: Any) -> None:
        self._space, self._field, self._at = space, fieldobj, 0

    def first(self) -> str | None:
        self._at = 0
        return self.text()

    def find(self, string: str | bytes) -> str | None:
        self._at = self._space.terms.at_or_after(self._field.to_bytes(string))
        return self.text()

    def next(self) -> str | None:
        self._at += 1
        return self.text()

    def text(self) -> str | None:
        return self._field.from_bytes(self._space.terms[self._at]) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        return _term_info(self._space, self._at) if self.is_valid() else None

    def is_valid(self) -> bool:
        return self._at < len(self._space.terms)


class StoryMatcher(LeafMatcher):  # type: ignore[misc]
    """The postings of one term, for Whoosh's matchers and collectors. All of them are one block."""

    def __init__(self, space: Space, index: int, term: Term, format_: Any, scorer: Any, at: int = 0) -> None:
        self._space, self._index, self._term = space, index, term
        self.format, self.scorer = format_, scorer
        stories, counts = space.postings(index)
        self._stories: list[int] = stories.tolist()
        self._counts: list[int] = counts.tolist()
        self._places: list[list[int]] | None = None
        self._at = at

    def copy(self) -> StoryMatcher:
        return StoryMatcher(self._space, self._index, self._term, self.format, self.scorer, self._at)

    def reset(self) -> None:
        self._at = 0

    def is_active(self) -> bool:
        return self._at < len(self._stories)

    def id(self) -> int:
        return self._stories[self._at]

    def all_ids(self) -> Iterator[int]:
        return iter(self._stories[self._at :])

    def next(self) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at += 1

    def skip_to(self, id: int) -> None:
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._stories, id, self._at)

    def weight(self) -> float:
        return float(self._counts[self._at])

    def value(self) -> bytes:
        if self.format.supports("positions"):
            encoded: bytes = self.format.encode(self.value_as("positions"))
            return encoded
        return b""

    def value_as(self, astype: str) -> Any:
        if astype == "positions":
            if self._places is None:
                self._places = self._space.places(self._index)
            return self._places[self._at]
        return self._counts[self._at] if astype == "frequency" else super().value_as(astype)

    def skip_to_quality(self, minquality: float) -> int:
        if self.block_quality() > minquality:
            return 0
        self._at = len(self._stories)
        return 1

    def block_min_length(self) -> int:
        return int(_term_info(self._space, self._index).min_length())

    def block_max_length(self) -> int:
        return int(_term_info(self._space, self._index).max_length())

    def block_max_weight(self) -> float:
        return float(max(self._counts))
