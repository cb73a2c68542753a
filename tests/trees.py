"""Hypothesis strategies over a small world: trees, requests and shelves that often meet."""

from __future__ import annotations

from functools import lru_cache

from hypothesis import strategies as st

from ficsearch.engines import Choice, Request, Sort
from ficsearch.fields import FIELDS, SORTABLE, IndexDocument, Kind, index_document
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Mentioned,
    Name,
    Near,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    Words,
)
from ficsearch.story import Chapter, Characters, Rating, Series, SpoilerScope, Story
from ficsearch.text import tokens

VOCABULARY = (
    "the", "walk", "walking", "walked", "don’t", "dont", "Spike’s", "spike", "well-known", "known", "Q", "L", "2", "10",
    "1999", "café", "cafe", "straße", "strasse", "螺旋", "旋", "สวย", "willow", "wilow", "ghosts", "ghost", "Ångström",
    "ﬁn", "O'Neill", "—", "...",
)  # fmt: skip
NAMES = ("Willow Rosenberg", "Xander", "Zoë d’Or", "ZOE D'OR", "Q", "Wesley Wyndam-Pryce", "A/B", "A & B", "O", "!!!")
TEXTS = [f.name for f in FIELDS if f.kind is Kind.TEXT]
NAMED = [f.name for f in FIELDS if f.kind is Kind.NAME]
NUMBERS = [f.name for f in FIELDS if f.kind is Kind.NUMBER]
TOKENS = sorted({t for word in (*VOCABULARY, *NAMES) for t in tokens(word)})

prose = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
people = st.lists(st.sampled_from(NAMES), max_size=3).map(tuple)
token = st.sampled_from(TOKENS)
some_tokens = st.lists(token, max_size=3).map(tuple)
wordy = st.none() | st.sampled_from(TEXTS + NAMED)
name_values = st.sampled_from([*NAMES, "teen", "general", "unknown", "none", "en", "short", "BtVS S3", "BtVS 3x13"])
numbers = st.none() | st.sampled_from([0, 1, 2, 29, 100, 1000, 7500, 19990201, 20010504])


def leaves() -> st.SearchStrategy[Query]:
    return st.one_of(
        st.builds(Words, some_tokens, wordy, st.booleans()),
        st.builds(Near, some_tokens, st.integers(0, 4), wordy),
        st.builds(Prefix, token.flatmap(lambda t: st.integers(0, len(t)).map(lambda n: t[:n])), wordy),
        st.builds(Fuzzy, token, st.integers(1, 2), wordy),
        st.builds(Name, name_values, st.sampled_from(NAMED)),
        st.builds(OneOf, st.frozensets(name_values, max_size=4), st.sampled_from(NAMED)),
        st.builds(Mentioned, st.sampled_from(NAMES), st.integers(0, 4), st.none() | st.integers(0, 4)),
        st.builds(Between, st.sampled_from(NUMBERS), numbers, numbers),
        st.sampled_from([Everything(), Nothing()]),
    )


one_words = st.one_of(
    st.builds(Words, st.tuples(token), st.none(), st.booleans()),
    st.builds(Prefix, token.flatmap(lambda t: st.integers(0, len(t)).map(lambda n: t[:n]))),
    st.builds(Fuzzy, token, st.integers(1, 2)),
)


@lru_cache
def trees() -> st.SearchStrategy[Query]:
    """Any tree that bind may make, and some that it never would."""
    return st.recursive(
        leaves(),
        lambda part: st.one_of(
            st.builds(Not, part),
            st.builds(All, st.lists(part, max_size=3).map(tuple)),
            st.builds(Any, st.lists(part, max_size=3).map(tuple)),
        ),
        max_leaves=6,
    )


choices = st.builds(
    Choice,
    st.sampled_from(["rating", "character", "author", "genre", "spoilers"]),
    st.lists(name_values, max_size=2).map(tuple),
    st.lists(name_values, max_size=1).map(tuple),
    st.booleans(),
)
sorts = st.none() | st.builds(Sort, st.sampled_from([f.name for f in SORTABLE]), st.booleans())
facets = st.lists(st.sampled_from(NAMED), max_size=4, unique=True).map(tuple)


def requests() -> st.SearchStrategy[Request]:
    """Requests whose page holds every hit."""
    return st.builds(
        Request, trees(), st.just(Everything()) | trees(), st.lists(choices, max_size=2).map(tuple), facets, sorts,
        st.just(0), st.just(1000),
    )  # fmt: skip


stories = st.builds(
    Story,
    id=st.sampled_from("abcdefgh"),
    path=st.just("x.txt"),
    title=prose,
    authors=people,
    fandoms=people,
    rating=st.sampled_from(["general", "teen", "mature", "explicit", "not_rated"]).map(Rating),
    spoilers=st.sampled_from(
        [
            SpoilerScope(),
            SpoilerScope("none"),
            SpoilerScope("through", "x", ("BtVS 3x13",), {"BtVS": "3x13"}, "BtVS 3x13"),
            SpoilerScope("season", "x", (), {"BtVS": "3x22"}, None, ("BtVS S3",)),
        ]
    ),
    characters=st.builds(Characters, people),
    pairings=st.lists(st.sampled_from([("A", "B"), ("Xander", "Q")]), max_size=2).map(tuple),
    genres=people,
    summary=st.none() | prose,
    notes=st.none() | prose,
    series=st.none() | st.sampled_from(NAMES).map(Series),
    status=st.sampled_from([None, "complete", "in-progress"]),
    language=st.sampled_from([None, "en", "EN", "fr"]),
    words=st.sampled_from([0, 29, 100, 1000, 7500, 7501]),
    chapters=st.lists(st.builds(Chapter, prose, st.none() | prose), max_size=3).map(tuple),
    published=st.sampled_from([None, "1999-02-01", "2001-05-04"]),
)


def shelves() -> st.SearchStrategy[list[list[IndexDocument]]]:
    """Batches of stories; some replace stories of an earlier one."""
    return st.lists(st.lists(stories.map(index_document), min_size=1, max_size=4), min_size=1, max_size=3)
