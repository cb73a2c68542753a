"""FIELDS as Whoosh sees them: a schema for its parser and its own searcher.

id                the id of a story, unique and stored
FIELD             the words of a TEXT or NAME field, with places; a NUMBER field
FIELD_stems       the same words by family: one term for walk, walks, walking
FIELD_names       the whole names of a NAME field, compared by ``text.fold_name``
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from whoosh.analysis import Analyzer, Token
from whoosh.fields import ID, NUMERIC, FieldType, Schema
from whoosh.formats import Existence, Positions

from ficsearch.fields import FIELDS, Field, Kind
from ficsearch.text import fold_name, spans, stem

STEMS, NAMES = "_stems", "_names"


class WordAnalyzer(Analyzer):  # type: ignore[misc]
    """``text.tokens`` for Whoosh, or their stems."""

    def __init__(self, stems: bool = False) -> None:
        self.stems = stems

    def __call__(self, value: str, start_pos: int = 0, start_char: int = 0, **options: Any) -> Iterator[Token]:
        options = {name: options.get(name, False) for name in ("positions", "chars", "keeporiginal")}
        for place, (word, start, end) in enumerate(spans(value), start_pos):
            token = Token(**options, boost=1.0, stopped=False)
            token.text = stem(word) if self.stems else word
            token.original, token.pos = value[start:end], place
            token.startchar, token.endchar = start + start_char, end + start_char
            yield token


class NameAnalyzer(Analyzer):  # type: ignore[misc]
    """A whole name as one term."""

    def __call__(self, value: str, start_pos: int = 0, start_char: int = 0, **options: Any) -> Iterator[Token]:
        token = Token(boost=1.0, stopped=False)
        token.text, token.original, token.pos = fold_name(value), value, start_pos
        token.startchar, token.endchar = start_char, start_char + len(value)
        yield token


class WordField(FieldType):  # type: ignore[misc]
    """Words with their places, scored by BM25. Several words typed as one are looked for as a phrase."""

    def __init__(self, stems: bool = False) -> None:
        super().__init__(Positions(), WordAnalyzer(stems), scorable=True, multitoken_query="phrase")


class NameField(FieldType):  # type: ignore[misc]
    """Whole names: there or not there."""

    def __init__(self) -> None:
        super().__init__(Existence(), NameAnalyzer())


class StorySchema(Schema):  # type: ignore[misc]
    """The schema; Whoosh's table of contents says by it which change of the store came last."""

    generation = 0


def story_schema(generation: int) -> StorySchema:
    """The schema of FIELDS, at *generation*."""
    columns = {name: kind for field in FIELDS for name, kind in _columns(field)}
    schema = StorySchema(id=ID(unique=True, stored=True), **columns)
    schema.generation = generation
    return schema


def _columns(field: Field) -> Iterator[tuple[str, FieldType]]:
    if field.kind is Kind.NUMBER:
        # no tiers of precision: a range is one stretch of a sorted column
        yield field.name, NUMERIC(int, 64, signed=True, shift_step=0, sortable=True)
        return
    yield field.name, WordField()
    yield field.name + STEMS, WordField(stems=True)
    if field.kind is Kind.NAME:
        yield field.name + NAMES, NameField()
