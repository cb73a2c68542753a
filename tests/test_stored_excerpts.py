"""Passages chosen by the places that an engine knows are those that are found in the text."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ficsearch import texts
from ficsearch.engines import Engine, open_engine
from ficsearch.excerpts import excerpts, stored_excerpts
from ficsearch.fields import index_document
from ficsearch.query.nodes import All, Any, Fuzzy, Name, Near, Not, Prefix, Query, Words
from ficsearch.records import Change, FileRecord, StoredPiece, StoredStory
from ficsearch.store import Store, reading
from ficsearch.story import Chapter, Document, Story

WORDS = "the willow willows wilow walk walking _ladder_ don’t café Q"
VOCABULARY = st.sampled_from([*WORDS.split(), "*so*", "a*b", "½", "‘tis"])
PARAGRAPH = st.one_of(
    st.lists(VOCABULARY, max_size=70).map(" ".join), st.lists(VOCABULARY, max_size=5).map("\n".join), st.just("* * *")
)
TEXT = st.lists(PARAGRAPH, max_size=8).map("\n\n".join)
CHAPTER = st.builds(Chapter, TEXT, st.none() | st.lists(VOCABULARY, max_size=3).map(" ".join))
STORY = st.lists(CHAPTER, max_size=4).map(tuple)
TOKEN = st.sampled_from(
    ["the", "willow", "wilow", "walk", "walking", "ladder", "dont", "cafe", "q", "so", "tis", "nobody"]
)
TOKENS = st.lists(TOKEN, max_size=3).map(tuple)
LEAF = st.one_of(
    st.builds(Words, TOKENS, st.none() | st.sampled_from(["body", "title"]), st.booleans()),
    st.builds(Near, TOKENS, st.integers(0, 6)),
    st.builds(Prefix, st.sampled_from(["w", "wil", ""])),
    st.builds(Fuzzy, TOKEN, st.integers(1, 2)),
    st.builds(Name, st.just("x"), st.just("author")),
)
QUERY = st.one_of(
    LEAF, st.lists(LEAF, max_size=3).map(lambda p: All(tuple(p))), st.lists(LEAF).map(lambda p: Any(tuple(p)))
)


@pytest.fixture(autouse=True)
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "BLOCK", 150)
    monkeypatch.setattr(reading, "SLICE", 40)


def story(name: str, chapters: tuple[Chapter, ...]) -> Story:
    return Story(name, name, chapters=chapters)


def put(store: Store, stories: Sequence[Story]) -> None:
    """Each story in two pieces, parted after its first chapter."""
    for told in stories:
        pieces = [
            StoredPiece.pack(f"{told.id}{n}", n, Document(part))
            for n, part in enumerate((told.chapters[:1], told.chapters[1:]), 1)
        ]
        file = FileRecord(told.id.encode(), told.id, 1, 1, b"")
        store.put([Change(file, tuple(pieces))], stories=[StoredStory.pack(told, [p.id for p in pieces])])


@contextmanager
def library(engine_name: str, stories: Sequence[Story]) -> Iterator[tuple[Store, Engine]]:
    with tempfile.TemporaryDirectory() as folder:
        store, engine = Store.create(Path(folder)), open_engine(engine_name, Path(folder) / engine_name)
        put(store, stories)
        engine.add(map(index_document, stories), store.generation)
        yield store, engine
        engine.close()
        store.close()


@pytest.mark.parametrize("engine_name", ["whoosh", "memory"])
@given(st.lists(STORY, min_size=1, max_size=4), QUERY, st.integers(1, 3))
@settings(max_examples=100, suppress_health_check=list(HealthCheck))
def test_they_are_those_of_the_text(
    engine_name: str, told: list[tuple[Chapter, ...]], query: Query, limit: int
) -> None:
    stories = [story("abcd"[n], chapters) for n, chapters in enumerate(told)]
    with library(engine_name, stories) as (store, engine):
        found = stored_excerpts([s.id for s in stories], query, store, engine, limit)
        assert found == {s.id: excerpts(s.chapters, query, limit) for s in stories}


BEFORE = story("a", (Chapter("Nobody.\n\nWillow sat on the ladder.", "One"), Chapter("Willow walked home.", "Two")))
LADDER = Words(("ladder",))


@pytest.mark.parametrize(
    "now",
    [
        (Chapter("Willow sat on the ladder, there.\n\nNobody.", "One"), Chapter("Willow walked home.", "Two")),
        (Chapter("Nobody.\n\nWillow sat on the roof.", "One"), Chapter("She saw the ladder.", "Two")),
        (Chapter("The ladder."),),
        (),
    ],
)
def test_a_story_that_the_engine_knows_otherwise_is_looked_through(now: tuple[Chapter, ...]) -> None:
    with library("whoosh", [BEFORE]) as (store, engine):
        changed = replace(BEFORE, chapters=now)
        put(store, [changed])
        assert stored_excerpts(["a"], LADDER, store, engine) == {"a": excerpts(now, LADDER)}


def test_a_story_that_is_gone_or_unknown_to_the_engine_is_no_error() -> None:
    with library("whoosh", [BEFORE]) as (store, engine):
        engine.remove(["a"], 9)
        assert stored_excerpts(["a", "b"], LADDER, store, engine) == {"a": excerpts(BEFORE.chapters, LADDER)}


def test_what_is_excluded_is_not_marked() -> None:
    with library("memory", [BEFORE]) as (store, engine):
        (found,) = stored_excerpts(["a"], All((LADDER, Not(Words(("willow",))))), store, engine)["a"]
        assert found.html == "Willow sat on the <mark>ladder</mark>."
