"""What every engine keeps, told on the shelf: ``class TestMine(EngineContract): engine_name = "mine"``.

The tables say what a person would expect, by hand; the properties compare any engine with the memory engine.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ficsearch.edits import alike
from ficsearch.engines import STORY_BITS, Choice, Engine, OneWord, Request, Sort, open_engine
from ficsearch.engines.memory import MemoryEngine
from ficsearch.fields import IndexDocument, index_document
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Name,
    Near,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    Words,
)
from ficsearch.story import Chapter, Story
from ficsearch.text import fold_name, tokens
from shelf import SHELF, documents
from trees import one_words, requests, shelves

BUFFY, WILLOW, XANDER = "Buffy Summers", "Willow Rosenberg", "Xander Harris"
EVERY_ID = {s.id for s in SHELF}
ALL_OF_THEM = " ".join(s.id for s in SHELF)


def exact(text: str, field: str | None = None) -> Words:
    return Words(tuple(text.split()), field, exact=True)


def words(text: str, field: str | None = None) -> Words:
    return Words(tuple(text.split()), field)


# fmt: off
FOUND: list[tuple[Query, str]] = [
    (Everything(), ALL_OF_THEM),
    (Nothing(), ""),
    # words: anywhere, by family, one place after the other
    (words("crayon"), "crayon cafe wings"),
    (words("crayons"), "crayon cafe wings"),
    (words("crayon", "body"), "crayon cafe"),
    (words("crayon", "notes"), "wings"),
    (words("walk"), "crayon walking home"),
    (words("walk", "body"), "crayon walking home"),
    (words("well known"), "walking"),
    (words("known well"), ""),
    (words("road well known"), ""),
    (words("ghosts"), "ghosts wings"),
    (words("yellow crayons"), "crayon"),
    (words(""), ""),
    (words("nowhere"), ""),
    (words("willow"), "crayon home"),
    # exactly these words
    (exact("walks"), "walking"),
    (exact("walking"), "walking"),
    (exact("crayons"), "crayon"),
    (exact("walked home"), "home"),
    (exact("to be or not to be"), "poem"),
    (exact("to be"), "poem"),
    (exact("be be"), ""),
    (exact("couldnt"), "crayon"),
    (exact("dont"), "zeppo"),
    (exact("spikes boots"), "walking"),
    (exact("oneill"), "crayon"),
    (exact("q"), "voyage"),
    (exact("cafe"), "cafe"),
    (exact("wesley attend"), "cafe"),
    (exact("螺 旋"), "naruto"),
    (exact("見 た naruto"), "naruto"),
    (exact(""), ""),
    # one leaf in one field, and never from one name into the next
    (exact("crayons xander"), ""),
    (exact("crayons ann"), ""),
    (exact("rosenberg xander"), ""),
    (exact("willow rosenberg"), "crayon home"),
    (exact("willow rosenberg", "character"), "crayon home"),
    (exact("other", "author"), "crayon walking home"),
    (exact("cal ann", "author"), ""),
    (words("wesley wyndam pryce", "character"), "cafe"),
    (All((words("yellow", "title"), words("talks", "summary"))), "crayon"),
    (All((words("ann"), words("yellow"))), "crayon"),
    # fields that are searched only when named
    (words("angst"), ""),
    (words("angst", "genre"), "crayon walking cafe"),
    (words("death", "warning"), "walking"),
    (words("trek", "fandom"), "voyage"),
    (words("best", "award"), "cafe"),
    # near: any order, a place for each
    (Near(("xander", "crayon"), 2), ""),
    (Near(("crayon", "xander"), 0), ""),
    (Near(("crayon", "xander"), 3), "crayon"),
    (Near(("xander", "crayon"), 2, "body"), ""),
    (Near(("xander", "crayon"), 3, "body"), "crayon"),
    (Near(("crayon", "yellow"), 0), "crayon"),
    (Near(("world", "end"), 2), "zeppo"),
    (Near(("world", "end"), 1), ""),
    (Near(("be", "be", "be"), 3), "poem"),
    (Near(("be", "be", "be"), 1), ""),
    (Near(("ghost", "ghost"), 2), "ghosts"),
    (Near(("ghost", "ghost", "ghost", "ghost"), 99), ""),
    (Near(("ghost",), 0), "ghosts"),
    (Near(("rosenberg", "harris"), 9, "character"), ""),
    (Near((), 5), ""),
    # beginnings of words
    (Prefix("cray"), "crayon cafe wings"),
    (Prefix("walk", "title"), "walking"),
    (Prefix("wyn", "character"), "cafe"),
    (Prefix("zz"), ""),
    (Prefix("", "series"), "voyage home"),
    (Prefix("", "summary"), "crayon zeppo walking home"),
    (Not(Prefix("", "author")), "drabble blank"),
    # typing mistakes
    (Fuzzy("wilow", 1), "crayon home"),
    (Fuzzy("wlilow", 1), "crayon home"),
    (Fuzzy("wiloww", 1), ""),
    (Fuzzy("wiloww", 2), "crayon home"),
    (Fuzzy("buffie", 2, "character"), "walking home"),
    (Fuzzy("q", 1), "voyage"),
    (Fuzzy("x", 1), ""),
    # whole names
    (Name("teen", "rating"), "crayon wings naruto"),
    (Name("TEEN", "rating"), "crayon wings naruto"),
    (Name("Willow Rosenberg/Xander Harris", "pairing"), "crayon"),
    (Name("Angel & Wesley Wyndam-Pryce", "friendship"), "cafe"),
    (Name("Angel/Wesley Wyndam-Pryce", "friendship"), ""),
    (Name("zoe d'or", "author"), "cafe"),
    (Name("Ann Other", "author"), "crayon walking home"),
    (Name("Ann", "author"), ""),
    (Name("unknown", "spoilers"), "ghosts drabble naruto blank"),
    (Name("BtVS 3x13", "spoilers"), "zeppo cafe"),
    (Name("BtVS S3", "spoilers"), "zeppo cafe"),
    (Name("BtVS", "spoilers"), "crayon zeppo walking cafe"),
    (Name("XF 5x04", "frontier"), "ghosts"),
    (Name("unknown", "scope"), "ghosts drabble naruto blank"),
    (Name("Tom Paris", "character"), "voyage"),
    (Name("Q", "character"), "voyage"),
    (Name("", "author"), ""),
    (OneOf(frozenset({"general", "TEEN"}), "rating"), "crayon zeppo voyage wings poem naruto"),
    (OneOf(frozenset({"nobody"}), "author"), ""),
    (OneOf(frozenset(), "author"), ""),
    # numbers
    (Between("words", 7_500, 7_501), "walking home"),
    (Between("words", 20_001), "cafe wings"),
    (Between("words", None, 40), "poem naruto blank"),
    (Between("words", 2, 1), ""),
    (Between("date", 20010101, 20011231), "cafe voyage home"),
    (Between("date"), "crayon zeppo walking cafe voyage wings home poem naruto"),
    (Between("chapters", 2), "walking cafe wings"),
    (Between("chapters", 0, 0), "blank"),
    # a leaf over a field of another kind finds nothing
    (exact("5000", "words"), ""),
    (Name("Home", "title"), ""),
    (Between("title"), ""),
    # branches
    (All(()), ALL_OF_THEM),
    (Any(()), ""),
    (Any((Name("naruto", "fandom"), Name("Cal", "author"))), "naruto voyage home"),
    (Not(Any((words("the"), Name("en", "language")))), "cafe naruto blank"),
    (Not(Not(exact("q"))), "voyage"),
    (Not(Everything()), ""),
    (All((words("xander"), Not(words("willow")))), "zeppo"),
    (All((Not(Between("words", 41)), Not(Name("teen", "rating")))), "poem blank"),
]

COUNTED: list[tuple[Request, str, dict[str, int]]] = [
    (Request(Everything()), "rating", {"teen": 3, "general": 3, "mature": 2, "explicit": 1, "not_rated": 3}),
    (Request(Everything()), "author",
     {"Ann Other": 3, "Bea Reader": 2, "Zoë D’Or": 1, "Cal": 2, "Dee": 2, "Ed": 1}),
    (Request(words("walk")), "genre", {"angst": 2, "romance": 2, "crossover": 1}),
    (Request(words("walk")), "series", {"Long Way Home": 1}),
    (Request(Nothing()), "rating", {}),
    (Request(Everything(), within=Name("Dee", "author")), "character", {"Fox Mulder": 1, "Dana Scully": 2}),
    # an any-of choice leaves its own counts alone and narrows the others
    (Request(words("walk"), chosen=(Choice("rating", ("teen",)),)), "rating", {"teen": 1, "mature": 2}),
    (Request(words("walk"), chosen=(Choice("rating", ("teen",)),)), "language", {"en": 1}),
    # an all-of choice, and what is excluded, narrow their own counts too
    (Request(Everything(), chosen=(Choice("genre", ("angst",), every=True),)), "genre", {"angst": 3, "romance": 1}),
    (Request(words("walk"), chosen=(Choice("rating", exclude=("teen",)),)), "rating", {"mature": 2}),
    (Request(words("walk"), chosen=(Choice("rating", ("teen",), ("mature",)),)), "rating", {"teen": 1}),
    # several choices narrow each other
    (Request(Everything(), chosen=(Choice("genre", ("angst", "humor")), Choice("rating", ("general", "mature")))),
     "rating", {"teen": 1, "general": 1, "mature": 1, "explicit": 1}),
    (Request(Everything(), chosen=(Choice("genre", ("angst", "humor")), Choice("rating", ("general", "mature")))),
     "genre", {"humor": 1, "angst": 1, "romance": 2, "crossover": 1, "poetry": 1}),
    # the page shown does not matter
    (Request(words("walk"), start=1, size=0), "status", {"complete": 2, "in-progress": 1}),
]

CHOSEN: list[tuple[tuple[Choice, ...], str]] = [
    ((Choice("rating", ("teen", "explicit")),), "crayon wings naruto cafe"),
    ((Choice("genre", ("angst", "romance")),), "crayon walking cafe home"),
    ((Choice("genre", ("angst", "romance"), every=True),), "walking"),
    ((Choice("genre", ("angst",), ("romance",)),), "crayon cafe"),
    ((Choice("author", exclude=("dee", "CAL")),), "crayon zeppo walking cafe poem drabble naruto blank"),
    ((Choice("author", ("ZOE D'OR",)),), "cafe"),
    ((Choice("rating", ("teen",)), Choice("author", ("Dee",))), "wings"),
    ((Choice("author", ("Dee",)), Choice("author", ("Cal",))), ""),
    ((Choice("rating"),), ALL_OF_THEM),
    ((Choice("rating", ("R",)),), ""),
]

SORTED: list[tuple[Sort, str]] = [
    (Sort("words"), "blank poem naruto drabble zeppo crayon ghosts voyage walking home cafe wings"),
    (Sort("words", descending=True), "wings cafe home walking voyage ghosts crayon zeppo drabble naruto poem blank"),
    (Sort("date"), "walking zeppo poem home voyage cafe crayon wings naruto blank drabble ghosts"),
    (Sort("date", descending=True), "naruto wings crayon cafe home voyage poem zeppo walking blank drabble ghosts"),
    (Sort("title"), "cafe ghosts voyage home drabble zeppo wings poem walking crayon naruto blank"),
    (Sort("rating"), "poem voyage zeppo crayon naruto wings home walking cafe blank drabble ghosts"),
    (Sort("author", descending=True), "cafe naruto ghosts wings home voyage poem zeppo crayon walking blank drabble"),
]
# fmt: on


class EngineContract:
    engine_name: ClassVar[str]
    durable: ClassVar[bool] = True

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Iterator[Engine]:
        engine = open_engine(self.engine_name, tmp_path / "engine")
        yield engine
        engine.close()

    @pytest.fixture(scope="class")
    @classmethod
    def shelf(cls, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
        """An engine with the shelf in it, for tests that only ask."""
        engine = open_engine(cls.engine_name, tmp_path_factory.mktemp("shelf") / "engine")
        engine.add(documents(), generation=1)
        yield engine
        engine.close()

    # asking

    @pytest.mark.parametrize(("query", "expected"), FOUND, ids=lambda value: str(value)[:60])
    def test_a_query_finds_just_these_stories(self, shelf: Engine, query: Query, expected: str) -> None:
        assert found(shelf, Request(query, size=99)) == set(expected.split())
        assert shelf.count(query) == len(expected.split())

    @pytest.mark.parametrize(("query", "expected"), FOUND, ids=lambda value: str(value)[:60])
    def test_within_finds_what_a_query_finds(self, shelf: Engine, query: Query, expected: str) -> None:
        assert found(shelf, Request(Everything(), within=query, size=99)) == set(expected.split())

    @pytest.mark.parametrize(("request_", "facet", "expected"), COUNTED, ids=lambda value: str(value)[:60])
    def test_a_facet_counts_these_values(
        self, shelf: Engine, request_: Request, facet: str, expected: dict[str, int]
    ) -> None:
        asked = Request(
            request_.query, request_.within, request_.chosen, (facet, "status"), None, request_.start, request_.size
        )
        answer = shelf.search(asked)
        assert answer.facets[facet] == expected
        assert set(answer.facets) == {facet, "status"}

    @pytest.mark.parametrize(("chosen", "expected"), CHOSEN, ids=lambda value: str(value)[:60])
    def test_choices_leave_these_stories(self, shelf: Engine, chosen: tuple[Choice, ...], expected: str) -> None:
        assert found(shelf, Request(Everything(), chosen=chosen, size=99)) == set(expected.split())

    @pytest.mark.parametrize(("sort", "expected"), SORTED, ids=str)
    def test_stories_are_sorted(self, shelf: Engine, sort: Sort, expected: str) -> None:
        assert ids(shelf, Request(Everything(), sort=sort, size=99)) == expected.split()

    def test_pages_laid_together_are_the_whole_answer(self, shelf: Engine) -> None:
        whole = shelf.search(Request(words("the"), size=99))
        pages = [shelf.search(Request(words("the"), start=at, size=2)) for at in range(0, whole.total + 4, 2)]
        assert tuple(hit for page in pages for hit in page.hits) == whole.hits
        assert {page.total for page in pages} == {whole.total}

    def test_a_page_of_no_size_has_a_total_but_no_hits(self, shelf: Engine) -> None:
        answer = shelf.search(Request(Everything(), size=0))
        assert (answer.total, answer.hits) == (len(SHELF), ())

    def test_a_sorted_answer_has_pages_too(self, shelf: Engine) -> None:
        assert ids(shelf, Request(Everything(), sort=Sort("words"), start=3, size=3)) == ["drabble", "zeppo", "crayon"]

    # ranking

    def test_the_best_come_first_and_ties_go_by_id(self, shelf: Engine) -> None:
        hits = shelf.search(Request(Any((words("ghost"), words("walk"), words("xander"))), size=99)).hits
        assert list(hits) == sorted(hits, key=lambda hit: (-hit[1], hit[0]))
        assert all(score > 0 for _, score in hits)

    def test_what_looks_for_no_words_has_no_score(self, shelf: Engine) -> None:
        hits = shelf.search(Request(All((Name("en", "language"), Not(words("xander")))), size=99)).hits
        assert list(hits) == sorted((i, 0.0) for i, _ in hits)

    def test_a_word_of_the_title_counts_for_more_than_one_in_the_text(self, shelf: Engine) -> None:
        assert ids(shelf, Request(words("crayon")))[0] == "crayon"
        assert ids(shelf, Request(words("home")))[0] == "home"

    def test_a_rare_word_counts_for_more_than_a_common_one(self, shelf: Engine) -> None:
        assert ids(shelf, Request(Any((words("night", "body"), words("said", "body")))))[0] == "zeppo"

    def test_within_and_choices_do_not_change_scores(self, shelf: Engine) -> None:
        free = dict(shelf.search(Request(words("crayon"))).hits)
        request = Request(words("crayon"), words("yellow"), (Choice("rating", ("teen",)),))
        assert shelf.search(request).hits == (("crayon", pytest.approx(free["crayon"])),)

    # changing

    def test_a_new_engine_is_empty(self, engine: Engine) -> None:
        assert engine.generation == 0
        assert engine.search(Request(Everything(), facets=("rating",))).total == 0
        assert engine.count(words("xander")) == 0
        assert dict(engine.names("character")) == {}
        assert dict(engine.like("title", "xander", 1)) == {}

    def test_a_story_added_again_replaces_itself(self, engine: Engine) -> None:
        engine.add(documents(), 1)
        engine.add([document("zeppo", "A quiet day.", title="Another")], 2)
        assert engine.count(Everything()) == len(SHELF)
        assert found(engine, Request(words("quiet"))) == {"zeppo"}
        assert engine.count(words("zeppo", "title")) == 0
        assert engine.search(Request(words("xander"), facets=("rating",))).facets["rating"] == {"teen": 1}

    def test_of_two_with_one_id_in_a_batch_the_last_stays(self, engine: Engine) -> None:
        engine.add([document("one", "first"), document("two", "middle"), document("one", "second")], 1)
        assert engine.count(Everything()) == 2
        assert (engine.count(words("first")), engine.count(words("second"))) == (0, 1)

    def test_what_is_removed_is_neither_found_nor_counted(self, engine: Engine) -> None:
        engine.add(documents(), 1)
        engine.remove(["crayon", "cafe", "unheard of"], 2)
        assert found(engine, Request(words("crayon"))) == {"wings"}
        assert found(engine, Request(Not(words("crayon")), size=99)) == EVERY_ID - {"crayon", "cafe", "wings"}
        facets = engine.search(Request(Everything(), facets=("rating", "language"))).facets
        assert facets["rating"] == {"teen": 2, "general": 3, "mature": 2, "not_rated": 3}
        assert facets["language"] == {"en": 8, "ja": 1}
        assert engine.names("language") == {"en": 8, "ja": 1}

    def test_what_was_removed_can_come_back(self, engine: Engine) -> None:
        engine.add(documents(), 1)
        engine.remove(sorted(EVERY_ID), 2)
        assert engine.count(Everything()) == 0
        engine.add(documents()[:2], 3)
        assert found(engine, Request(Everything())) == {"crayon", "zeppo"}

    def test_the_generation_is_that_of_the_last_change(self, engine: Engine) -> None:
        engine.add(documents()[:1], 4)
        assert engine.generation == 4
        engine.add([], 7)
        assert engine.generation == 7
        engine.remove(["nobody"], 9)
        assert engine.generation == 9

    def test_a_batch_that_breaks_off_changes_nothing(self, engine: Engine) -> None:
        def broken() -> Iterator[IndexDocument]:
            yield document("new", "brand new")
            raise OSError("the disk went away")

        engine.add(documents(), 1)
        with pytest.raises(OSError, match="went away"):
            engine.add(broken(), 2)
        assert engine.generation == 1
        assert found(engine, Request(Everything(), size=99)) == EVERY_ID

    def test_opened_again_it_knows_what_it_was_told(self, tmp_path: Path) -> None:
        engine = open_engine(self.engine_name, tmp_path)
        engine.add(documents(), 5)
        engine.remove(["crayon"], 6)
        engine.close()
        engine.close()
        again = open_engine(self.engine_name, tmp_path)
        assert again.generation == (6 if self.durable else 0)
        assert found(again, Request(words("crayon"))) == ({"cafe", "wings"} if self.durable else set())
        again.close()

    def test_words_are_listed_as_written_with_their_stories(self, shelf: Engine) -> None:
        assert shelf.like("title", "ghost", 1) == {"ghosts": 2}
        assert shelf.like("title", "harrys", 1)["harrys"] == 1
        assert shelf.like("title", "螺", 1)["螺"] == 1
        assert shelf.like("body", "be", 1)["be"] == 1

    @pytest.mark.parametrize(("word", "distance"), [("ghots", 1), ("ghosts", 1), ("harris", 2), ("be", 1), ("螺", 1)])
    def test_words_like_one_are_listed_with_their_stories(self, shelf: Engine, word: str, distance: int) -> None:
        for field in ("title", "body"):
            words = Counter(w for d in documents() for w in set(tokens(str(d.values.get(field) or ""))))
            assert shelf.like(field, word, distance) == {w: n for w, n in words.items() if alike(word, w, distance)}
        assert "ghosts" in shelf.like("title", "ghots", 1)

    def test_the_names_of_a_field_are_listed_with_their_stories(self, shelf: Engine) -> None:
        assert shelf.names("character")[WILLOW] == 2
        assert shelf.names("rating") == {"teen": 3, "general": 3, "mature": 2, "explicit": 1, "not_rated": 3}

    def test_names_that_compare_equal_are_one_value(self, engine: Engine) -> None:
        engine.add([document("a", authors=("Zoë",)), document("b", authors=("ZOE", "zoë"))], 1)
        counts = engine.search(Request(Everything(), facets=("author",))).facets["author"]
        assert {fold_name(name): count for name, count in counts.items()} == {"zoe": 2}
        assert set(counts) <= {"Zoë", "ZOE", "zoë"}

    # anything at all

    @contextmanager
    def beside_the_oracle(self, shelf: list[list[IndexDocument]]) -> Iterator[tuple[Engine, Engine]]:
        """The engine and the one that is its meaning, each with the documents of *shelf*, batch by batch."""
        oracle = MemoryEngine()
        with tempfile.TemporaryDirectory() as folder:
            engine = open_engine(self.engine_name, Path(folder))
            for generation, batch in enumerate(shelf, 1):
                for one in (engine, oracle):
                    one.add(batch, generation)
            yield engine, oracle
            engine.close()

    @given(shelf=shelves(), request_=requests())
    @settings(max_examples=150, suppress_health_check=list(HealthCheck))
    def test_any_request_is_answered_as_the_memory_engine_does(
        self, shelf: list[list[IndexDocument]], request_: Request
    ) -> None:
        with self.beside_the_oracle(shelf) as (engine, oracle):
            assert_same_answer(engine, oracle, request_)
            gone = [d.id for d in shelf[0][::2]]
            for one in (engine, oracle):
                one.remove(gone, len(shelf) + 1)
            assert_same_answer(engine, oracle, request_)

    @given(shelves(), st.lists(one_words, max_size=3))
    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    def test_words_are_located_where_the_memory_engine_finds_them(
        self, shelf: list[list[IndexDocument]], asked: list[OneWord]
    ) -> None:
        with self.beside_the_oracle(shelf) as (engine, oracle):
            for one in (engine, oracle):
                one.remove(["a", "b"], len(shelf) + 1)
            for order in ("hgfedcba", "ace", ""):
                assert located(engine, asked, order) == located(oracle, asked, order)
            page = ids(engine, Request(Everything()))
            assert located(engine, asked, page) == located(oracle, asked, page)
            engine.close()

    def test_words_are_located_in_the_body_only(self, engine: Engine) -> None:
        engine.add([document("x", "one two one", title="one")], 1)
        found = engine.locate((Words(("one",)), Words(("three",))), ["nobody", "x"])
        assert found.words == (-1, 3)
        first = 1 << STORY_BITS
        assert [list(memoryview(places).cast("B").cast("q")) for places in found.places] == [[first, first + 2], []]


def located(engine: Engine, asked: Sequence[OneWord], ids: Sequence[str]) -> tuple[tuple[int, ...], list[bytes]]:
    found = engine.locate(asked, list(ids))
    return found.words, [bytes(places) for places in found.places]


def assert_same_answer(engine: Engine, oracle: Engine, request: Request) -> None:
    """Hits, totals and facet counts are the same; the order too where it does not hang on scores."""
    mine, theirs = engine.search(request), oracle.search(request)
    assert mine.total == theirs.total == len(theirs.hits)
    assert {i for i, _ in mine.hits} == {i for i, _ in theirs.hits}
    assert [compared(c) for c in mine.facets.items()] == [compared(c) for c in theirs.facets.items()]
    assert engine.count(request.query) == oracle.count(request.query)
    if request.sort:
        assert [i for i, _ in mine.hits] == [i for i, _ in theirs.hits]
    else:
        assert list(mine.hits) == sorted(mine.hits, key=lambda hit: (-hit[1], hit[0]))


def compared(counts: tuple[str, object]) -> tuple[str, dict[str, int]]:
    facet, values = counts
    assert isinstance(values, Mapping)
    return facet, {fold_name(value): count for value, count in values.items()}


def ids(engine: Engine, request: Request) -> list[str]:
    return [i for i, _ in engine.search(request).hits]


def found(engine: Engine, request: Request) -> set[str]:
    answer = engine.search(request)
    assert answer.total == len(answer.hits)
    return {i for i, _ in answer.hits}


def document(id: str, body: str = "", title: str = "", authors: tuple[str, ...] = ()) -> IndexDocument:
    return index_document(Story(id, id, title=title, authors=authors, chapters=(Chapter(body),)))
