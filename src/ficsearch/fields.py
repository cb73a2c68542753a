"""FIELDS: the one table of what can be searched, sorted, filtered and counted. Nothing repeats it.

Indexing, the query language, engines, facets, the command line, the page and the docs all read this table; a new
facet is one new row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from ficsearch.holdings import (
    LENGTHS,
    character_names,
    date_number,
    found_names,
    frontier_episodes,
    length_class,
    mentions,
    one,
    pairing_names,
    series_name,
    sort_key,
    spoiler_values,
    year,
)
from ficsearch.story import Story
from ficsearch.text import fold_name
from ficsearch.values import unique


class Kind(Enum):
    """How a field is indexed.

    TEXT    words in order: words, phrases, near, prefix and fuzzy work.
    NAME    whole names, several to a story; chosen and counted whole, and also searched by their words
            (a phrase never runs from one name into the next).
    NUMBER  one number, compared and ranged; a story may have none.
    """

    TEXT = "text"
    NAME = "name"
    NUMBER = "number"


Value = str | tuple[str, ...] | int | None


@dataclass(frozen=True, slots=True)
class Field:
    """One row. ``value`` answers: what does this story hold here (str, tuple of names, or int or None)?

    ``anywhere``  searched when the reader names no field, with ``boost`` as its weight.
    ``facet``     counted beside the results. ``many`` facets choose all-of by default, others any-of.
    ``shown``     False: an engine needs it, a reader does not.
    """

    name: str
    kind: Kind
    label: str
    value: Callable[[Story], Value]
    help: str
    aliases: tuple[str, ...] = ()
    boost: float = 1.0
    anywhere: bool = False
    facet: bool = False
    many: bool = False
    sortable: bool = False
    shown: bool = True
    labels: Callable[[str], str] = str


RATING_LABELS = {
    "general": "General",
    "teen": "Teen",
    "mature": "Mature",
    "explicit": "Explicit",
    "not_rated": "Not rated",
}
_LENGTH_LABELS = {name: label for name, _, label in LENGTHS}
_SPOILER_LABELS = {"none": "No spoilers", "unknown": "Not stated"}
_STATUS_LABELS = {"complete": "Complete", "in-progress": "In progress"}

FIELDS: tuple[Field, ...] = (
    Field(
        "title", Kind.TEXT, "Title", lambda s: s.title, "words of the title", boost=4.0, anywhere=True, sortable=True
    ),
    Field("summary", Kind.TEXT, "Summary", lambda s: s.summary or "", "words of the summary", boost=2.0, anywhere=True),
    Field("body", Kind.TEXT, "Text", lambda s: s.body, "words of the story itself", ("text", "content"), anywhere=True),
    Field(
        "notes",
        Kind.TEXT,
        "Notes",
        lambda s: s.notes or "",
        "words of the author's notes",
        ("note",),
        boost=0.5,
        anywhere=True,
    ),
    Field(
        "rating",
        Kind.NAME,
        "Rating",
        lambda s: (s.rating.value,),
        "general, teen, mature, explicit, not_rated, or any site's word: R, NC-17, K+; <=PG-13 is a ceiling",
        ("rated",),
        facet=True,
        sortable=True,
        labels=lambda v: RATING_LABELS.get(v, v),
    ),
    Field(
        "spoilers",
        Kind.NAME,
        "Spoilers",
        spoiler_values,
        'an episode, season or show that the story gives away: spoilers:"The Zeppo", spoilers:"BtVS S3"',
        ("spoils", "spoiler", "episode"),
        facet=True,
        many=True,
        labels=lambda v: _SPOILER_LABELS.get(v, v),
    ),
    Field(
        "character",
        Kind.NAME,
        "Characters",
        character_names,
        "who is in it: declared, or found in the text; with:Giles>=20 by how often",
        ("characters", "char", "with"),
        boost=1.5,
        anywhere=True,
        facet=True,
        many=True,
    ),
    Field(
        "tagged",
        Kind.NAME,
        "Tagged",
        lambda s: s.characters.declared,
        "who its header names",
        ("declared",),
        facet=True,
        many=True,
    ),
    Field(
        "appears",
        Kind.NAME,
        "In the text",
        found_names,
        "who is named in the story itself, tagged or not",
        ("found",),
        facet=True,
        many=True,
    ),
    Field(
        "pairing",
        Kind.NAME,
        "Pairings",
        lambda s: pairing_names(s.pairings, "/"),
        "a romance, in any order: Willow/Xander",
        ("pairings", "ship", "relationship", "relationships"),
        facet=True,
        many=True,
    ),
    Field(
        "first_pairing",
        Kind.NAME,
        "First pairing",
        lambda s: pairing_names(s.pairings[:1], "/"),
        "the pairing that is named first: ship1:Willow/Xander",
        ("ship1", "primary_pairing"),
    ),
    Field(
        "friendship",
        Kind.NAME,
        "Friendships",
        lambda s: pairing_names(s.friendships, " & "),
        "a friendship, in any order: Buffy & Giles",
        ("friendships", "friends"),
        facet=True,
        many=True,
    ),
    Field(
        "fandom",
        Kind.NAME,
        "Fandom",
        lambda s: s.fandoms,
        "what it is fan fiction of",
        ("fandoms",),
        facet=True,
        many=True,
        sortable=True,
    ),
    Field(
        "author",
        Kind.NAME,
        "Author",
        lambda s: s.authors,
        "who wrote it",
        ("authors", "by", "creator", "creators"),
        boost=3.0,
        anywhere=True,
        facet=True,
        many=True,
        sortable=True,
    ),
    Field(
        "warning",
        Kind.NAME,
        "Warnings",
        lambda s: unique((*s.warnings, *s.noted_warnings)),
        "what its author warns of, in the header or a note",
        ("warnings", "archive_warning"),
        facet=True,
        many=True,
    ),
    Field(
        "genre",
        Kind.NAME,
        "Genres",
        lambda s: s.genres,
        "genres, categories and other tags",
        ("genres", "tag", "tags", "freeform", "category"),
        facet=True,
        many=True,
    ),
    Field("series", Kind.NAME, "Series", series_name, "the series it belongs to", boost=1.0, anywhere=True, facet=True),
    Field(
        "status",
        Kind.NAME,
        "Status",
        lambda s: one(s.status),
        "complete or in-progress",
        ("complete",),
        facet=True,
        labels=lambda v: _STATUS_LABELS.get(v, v),
    ),
    Field(
        "length",
        Kind.NAME,
        "Length",
        lambda s: (length_class(s.words),),
        "; ".join(name for name, _, _ in LENGTHS),
        facet=True,
        labels=lambda v: _LENGTH_LABELS.get(v, v),
    ),
    Field("year", Kind.NAME, "Year", year, "the year it was published", facet=True),
    Field(
        "language",
        Kind.NAME,
        "Language",
        lambda s: one(s.language),
        "en, fr, ... or English, French",
        ("lang",),
        facet=True,
    ),
    Field("award", Kind.NAME, "Awards", lambda s: s.awards, "awards it says it won", ("awards",)),
    Field(
        "words",
        Kind.NUMBER,
        "Words",
        lambda s: s.words,
        "how long: words>1000, words:1000..5000",
        ("word_count", "wordcount"),
        sortable=True,
    ),
    Field(
        "chapters", Kind.NUMBER, "Chapters", lambda s: len(s.chapters), "how many chapters", ("chapter",), sortable=True
    ),
    Field(
        "date",
        Kind.NUMBER,
        "Date",
        date_number,
        "when it was published: date:2001, date:2001-05..2002",
        ("published", "revised_at", "posted"),
        sortable=True,
    ),
    Field(
        "frontier", Kind.NAME, "Frontier", frontier_episodes, "the last episode given away in each show", shown=False
    ),
    Field("mentions", Kind.NAME, "Mentions", mentions, "who is named how often", shown=False),
    Field("scope", Kind.NAME, "Scope", lambda s: (s.spoilers.kind,), "the kind of spoiler statement", shown=False),
)

BY_NAME: dict[str, Field] = {name: f for f in FIELDS for name in (f.name, *f.aliases)}
"""Every field under its name and each of its aliases."""

FACETS: tuple[Field, ...] = tuple(f for f in FIELDS if f.facet)
ANYWHERE: tuple[Field, ...] = tuple(f for f in FIELDS if f.anywhere)
SORTABLE: tuple[Field, ...] = tuple(f for f in FIELDS if f.sortable)


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """What an engine is given of one story: a value for each field of the table, and keys to sort by."""

    id: str
    values: dict[str, Value]
    sort_keys: dict[str, Any]


def index_document(story: Story) -> IndexDocument:
    """*story* as an engine wants it. A sort key of None sorts last, whichever way."""
    values = {f.name: f.value(story) for f in FIELDS}
    keys = {f.name: _sort_value(f, values[f.name]) for f in SORTABLE}
    return IndexDocument(story.id, values, keys)


_RATING_ORDER = {name: n for n, name in enumerate(RATING_LABELS)}


def _sort_value(field: Field, value: Value) -> str | int | None:
    if field.name == "rating" and isinstance(value, tuple):
        return _RATING_ORDER[value[0]]
    if isinstance(value, tuple):
        return fold_name(value[0]) if value else None
    if isinstance(value, str):
        return sort_key(value) or None
    return value
