"""The Whoosh engine keeps the contract of every engine; and what only it promises."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from whoosh.fields import TEXT, Schema
from whoosh.index import create_in, open_dir
from whoosh.qparser import FuzzyTermPlugin, QueryParser, SingleQuotePlugin
from whoosh.query import Every

from ficsearch.engines import Request
from ficsearch.engines.memory import MemoryEngine
from ficsearch.engines.whoosh import (
    WhooshEngine,
    genuine,
    grams,
    merge,
    merge_names,
    neighbours,
    postings,
    stones,
    table,
    trails,
    united,
    writer,
)
from ficsearch.engines.whoosh.translate import translate
from ficsearch.errors import IndexDamagedError, IndexLockedError, IndexVersionError, LibraryError
from ficsearch.fields import IndexDocument
from ficsearch.query.nodes import All, Any, Everything, Fuzzy, Name, Near, Not, Query

pytest.register_assert_rewrite("engine_contract")

from engine_contract import FOUND, EngineContract, assert_same_answer, document, exact, words  # noqa: E402
from shelf import documents  # noqa: E402
from trees import requests, shelves, trees  # noqa: E402


class TestContract(EngineContract):
    engine_name = "whoosh"


class TestContractInPieces(EngineContract):
    """Each story is flushed as a segment of its own, and segments are merged two by two, a few tokens at a time."""

    engine_name = "whoosh"

    @pytest.fixture(scope="class", autouse=True)
    @classmethod
    def _in_pieces(cls) -> Iterator[None]:
        with in_pieces():
            yield

    @given(shelf=shelves(), request_=requests())
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    def test_any_request_is_answered_as_the_memory_engine_does(
        self, shelf: list[list[IndexDocument]], request_: Request
    ) -> None:
        oracle = MemoryEngine()
        with tempfile.TemporaryDirectory() as folder:
            engine = WhooshEngine(Path(folder))
            for generation, batch in enumerate(shelf, 1):
                for one in (engine, oracle):
                    one.add(batch, generation)
            assert_same_answer(engine, oracle, request_)
            engine.close()


@contextmanager
def in_pieces() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writer, "BYTES_A_TOKEN", 1 << 40)
        patch.setattr(merge, "FEW", 2)
        patch.setattr(merge, "MANY", 4)
        patch.setattr(merge, "AT_ONCE", 4)
        patch.setattr(united, "STRETCH", 3)
        patch.setattr(merge_names, "AT_ONCE", 4)
        patch.setattr(postings, "BLOCK", 4)
        patch.setattr(trails, "AT_ONCE", 4)
        patch.setattr(trails, "_SHORT", 0)
        patch.setattr(trails, "_MOSTLY", 1)
        patch.setattr(trails, "_JUMP", 0)
        patch.setattr(trails, "_JUMPS", 0)
        patch.setattr(stones, "PLACES", 2)
        patch.setattr(stones, "LONG", 1)
        patch.setattr(stones, "OFTEN", 1)
        patch.setattr(neighbours, "SMALLEST", 1)
        patch.setattr(neighbours, "COMMON", 3)
        patch.setattr(grams, "PIECE", 16)
        patch.setattr(merge, "PIECE", 16)
        patch.setattr(grams, "AT_ONCE", 4)
        patch.setattr(grams, "MOST", 4)
        yield


# Whoosh's own searcher over the same files


def stock_hits(folder: Path, query: Query) -> dict[str, float]:
    with open_dir(str(folder)).searcher() as searcher:
        return {hit["id"]: hit.score for hit in searcher.search(translate(query), limit=None)}


def has_no_equal(query: Query) -> bool:
    """Near and Fuzzy mean something else in Whoosh."""
    match query:
        case All(parts) | Any(parts):
            return any(map(has_no_equal, parts))
        case Not(part):
            return has_no_equal(part)
    return isinstance(query, Near | Fuzzy)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shelf in three segments, one story of it changed and one gone."""
    folder = tmp_path_factory.mktemp("shelf")
    engine = WhooshEngine(folder)
    engine.add(documents()[:5], 1)
    engine.add(documents()[3:9], 2)
    engine.add(documents()[9:], 3)
    engine.remove(["walking"], 4)
    engine.close()
    return folder


@pytest.mark.parametrize("query", [q for q, _ in FOUND if not has_no_equal(q)], ids=lambda q: str(q)[:60])
def test_whooshs_own_searcher_gives_the_same_hits_and_scores(shelf: Path, query: Query) -> None:
    hits = dict(WhooshEngine(shelf).search(Request(query, size=99)).hits)
    assert hits == pytest.approx(stock_hits(shelf, query), rel=1e-6)


@given(shelf=shelves(), queries=st.lists(trees(), min_size=5, max_size=5))
@settings(max_examples=40, suppress_health_check=list(HealthCheck))
def test_any_tree_has_whooshs_own_hits_and_scores(shelf: list[list[IndexDocument]], queries: list[Query]) -> None:
    queries = [query for query in queries if not has_no_equal(query)]
    assume(queries)
    with tempfile.TemporaryDirectory() as name:
        engine = WhooshEngine(Path(name))
        for generation, batch in enumerate(shelf, 1):
            engine.add(batch, generation)
        for query in queries:
            hits = dict(engine.search(Request(query, size=1000)).hits)
            assert hits == pytest.approx(stock_hits(Path(name), query), rel=1e-6), query
        engine.close()


def test_its_ten_best_are_whooshs_ten_best(shelf: Path) -> None:
    query = Any((words("xander"), words("walk"), words("the", "body"), exact("to be")))
    with open_dir(str(shelf)).searcher() as searcher:
        # with a limit Whoosh skips what cannot be among the best, by the qualities our matchers tell it
        best = [hit.score for hit in searcher.search(translate(query), limit=3)]
    assert [score for _, score in WhooshEngine(shelf).search(Request(query, size=3)).hits] == pytest.approx(best)


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("crayon", {"crayon", "cafe"}),
        ("crayon AND yellow", {"crayon"}),
        ('"mr o\'neill walked"', {"crayon"}),
        ("title:night", {"zeppo"}),
        ("title_stems:wing", {"wings"}),
        ("character:willow", {"crayon", "home"}),
        ("character_names:'Willow Rosenberg'", {"crayon", "home"}),
        ("words:[7501 to]", {"cafe", "wings", "home"}),
        ("cray*", {"crayon", "cafe"}),
        ("wilow~1", {"crayon", "home"}),
        ("id:poem", {"poem"}),
    ],
)
def test_whooshs_own_parser_knows_the_fields(shelf: Path, typed: str, ids: set[str]) -> None:
    index = open_dir(str(shelf))
    parser = QueryParser("body", index.schema)
    parser.add_plugin(FuzzyTermPlugin())
    parser.add_plugin(SingleQuotePlugin())
    with index.searcher() as searcher:
        assert {hit["id"] for hit in searcher.search(parser.parse(typed), limit=None)} == ids


def test_whooshs_own_searcher_sorts_by_number(shelf: Path) -> None:
    with open_dir(str(shelf)).searcher() as searcher:
        hits = [hit["id"] for hit in searcher.search(Every(), sortedby="words", limit=4)]
    assert hits == ["blank", "poem", "naruto", "drabble"]


def test_whooshs_own_reader_lists_terms_in_order(shelf: Path) -> None:
    with open_dir(str(shelf)).reader() as reader:
        terms = list(reader.all_terms())
        assert terms == sorted(set(terms))
        assert ("body", b"crayon") in terms
        assert reader.frequency("body", "crayon") == 3
        assert reader.doc_frequency("body", "crayon") == 2
        assert list(reader.field_terms("words"))[:2] == [0, 29]
        assert list(reader.expand_prefix("title", "g")) == [b"ghosts"]
        assert reader.first_id("id", "crayon") == 0


# changes


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_second_writer_is_told_at_once(tmp_path: Path) -> None:
    def stories() -> Iterator[IndexDocument]:
        yield document("a")
        with pytest.raises(IndexLockedError, match="Another process is writing"):
            WhooshEngine(tmp_path).remove(["a"], 2)

    engine = WhooshEngine(tmp_path)
    engine.add(stories(), 1)
    engine.remove([], 2)
    assert engine.generation == 2


def test_what_another_engine_changed_is_found_by_the_next_search(tmp_path: Path) -> None:
    here, there = WhooshEngine(tmp_path), WhooshEngine(tmp_path)
    for generation in range(1, 4):
        there.add([document(str(generation), "new")], generation)
        assert here.count(words("new")) == generation
        assert here.generation == generation


def test_a_library_made_anew_is_noticed(tmp_path: Path) -> None:
    here = WhooshEngine(tmp_path)
    here.add([document("a")], 1)
    assert here.count(Everything()) == 1
    for path in tmp_path.iterdir():
        path.unlink()
    WhooshEngine(tmp_path).add([document("b"), document("c")], 1)
    assert here.count(Everything()) == 2


def test_searches_in_many_threads_see_whole_generations(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.add([document(str(n), "always 0") for n in range(20)], 0)
    done = threading.Event()

    def search() -> int:
        searched = 0
        while not done.is_set() or not searched:
            answer = engine.search(Request(words("always"), facets=("rating",), size=20))
            assert answer.total == len(answer.hits) == answer.facets["rating"]["not_rated"] == 20
            searched += 1
        return searched

    with ThreadPoolExecutor(4) as pool:
        searches = [pool.submit(search) for _ in range(4)]
        for generation in range(1, 16):
            engine.add([document(str(n), f"always {generation}") for n in range(20)], generation)
        done.set()
        assert all(future.result() for future in searches)


def test_small_changes_leave_the_large_segment_and_few_others(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.add([document(str(n), f"word{n} " * 50) for n in range(200)], 1)
    (large,) = [name for name in names(tmp_path) if name.endswith(".arrays")]
    for generation in range(2, 40):
        engine.add([document(str(generation), "changed")], generation)
        assert len([name for name in names(tmp_path) if name.endswith(".arrays")]) <= merge.FEW + 3
    assert large in names(tmp_path)
    assert engine.count(words("changed")) == 38
    assert engine.count(Everything()) == 200


def test_files_that_are_needed_no_longer_are_deleted(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    (tmp_path / "README").write_text("not ours")
    for leftover in ("MAIN_0123.arrays", "_MAIN_7.toc.1700000000.5"):
        (tmp_path / leftover).write_text("of a writer that was killed")
    engine.add(documents(), 1)
    engine.remove([d.id for d in documents()], 2)
    assert names(tmp_path) == {"README", "MAIN_WRITELOCK", "_MAIN_1.toc"}


def test_what_cannot_be_deleted_is_deleted_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stuck(path: Path, missing_ok: bool = False) -> None:
        raise OSError(errno.EIO, "Input/output error")

    WhooshEngine(tmp_path).add(documents()[:6], 1)
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stuck)
        WhooshEngine(tmp_path).add([document("fresh")], 2)
    engine = WhooshEngine(tmp_path)
    assert (engine.generation, engine.count(Everything())) == (2, 7)
    engine.remove(["fresh"], 3)
    assert len([name for name in names(tmp_path) if name.endswith(".toc")]) == 1


STEPS = ["fsync", "replace", "unlink"]


@pytest.mark.parametrize("at", range(1, 9))
def test_a_writer_killed_at_any_step_leaves_the_old_or_the_new(tmp_path: Path, at: int) -> None:
    WhooshEngine(tmp_path).add(documents()[:6], 1)
    child = os.fork()
    if not child:
        die_at(at)
        WhooshEngine(tmp_path).add([document("crayon", "all new"), document("fresh", "all new")], 2)
        os._exit(0)
    os.waitpid(child, 0)
    engine = WhooshEngine(tmp_path)
    assert (engine.generation, engine.count(words("new")), engine.count(Everything())) in [(1, 0, 6), (2, 2, 7)]
    engine.add([document("after")], 3)
    assert engine.count(Name("not_rated", "rating")) >= 1


def die_at(step: int) -> None:
    """Make the process end at its nth step onto the disk, as if it were killed."""
    left = [step]

    def dying(real: Callable[..., object]) -> Callable[..., object]:
        def call(*given: object, **named: object) -> object:
            left[0] -= 1
            if not left[0]:
                os._exit(9)
            return real(*given, **named)

        return call

    for name in STEPS:
        setattr(os, name, dying(getattr(os, name)))


# damage


def an_index(folder: Path) -> Path:
    """An index in *folder*; the file of its only segment."""
    WhooshEngine(folder).add(documents(), 1)
    return next(folder.glob("*.arrays"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def scribble(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-60] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("hurt", [Path.unlink, cut, scribble, lambda path: path.write_bytes(b"")])
@pytest.mark.parametrize("what", ["*.arrays", "*.toc"])
def test_damaged_files_are_noticed(tmp_path: Path, hurt: Callable[[Path], object], what: str) -> None:
    an_index(tmp_path)
    (path,) = tmp_path.glob(what)
    hurt(path)
    if not list(tmp_path.glob("*.toc")):
        assert WhooshEngine(tmp_path).generation == 0
        return
    with pytest.raises(IndexDamagedError, match="damaged") as raised:
        WhooshEngine(tmp_path)
    assert "ficsearch index --rebuild" in raised.value.advice


def test_an_array_file_of_another_segment_is_noticed(tmp_path: Path) -> None:
    mine, other = an_index(tmp_path / "mine"), an_index(tmp_path / "other")
    WhooshEngine(tmp_path / "other").add([document("one more")], 2)
    small = min((tmp_path / "other").glob("*.arrays"), key=lambda path: path.stat().st_size)
    assert small != other
    mine.write_bytes(small.read_bytes())
    with pytest.raises(IndexDamagedError, match="holds 1 stories, not 12"):
        WhooshEngine(tmp_path / "mine")


def test_an_index_of_another_program_is_refused(tmp_path: Path) -> None:
    create_in(str(tmp_path), Schema(body=TEXT))
    with pytest.raises(IndexDamagedError, match="another program"):
        WhooshEngine(tmp_path).count(Everything())


def test_an_index_that_whoosh_wrote_to_is_refused(tmp_path: Path) -> None:
    an_index(tmp_path)
    other = open_dir(str(tmp_path)).writer()
    other.add_document(id="foreign", title="words that our arrays do not hold")
    other.commit(merge=False)
    with pytest.raises(IndexDamagedError, match="another program"):
        WhooshEngine(tmp_path)


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "engine").write_text("a file")
    with pytest.raises(IndexDamagedError, match="cannot be read"):
        WhooshEngine(tmp_path / "engine")


def test_an_index_for_other_fields_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    an_index(tmp_path)
    monkeypatch.setattr(table, "FORMAT", 0)
    with pytest.raises(IndexVersionError, match="another version"):
        WhooshEngine(tmp_path)


def test_a_full_disk_changes_nothing_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    engine = WhooshEngine(tmp_path)
    engine.add(documents()[:3], 1)
    before = names(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(LibraryError, match="No space left"):
            engine.add(documents(), 2)
    assert (engine.generation, engine.count(Everything()), names(tmp_path)) == (1, 3, before)


def test_a_change_that_fails_leaves_the_files_of_segments_it_had_merged_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = WhooshEngine(tmp_path)
    engine.add(documents(), 1)
    before = names(tmp_path)
    monkeypatch.setattr(genuine, "write_table", lambda folder, contents: os.close(-1))
    with pytest.raises(LibraryError):
        engine.remove([d.id for d in documents()[1:]], 2)
    assert names(tmp_path) == before
    assert WhooshEngine(tmp_path).count(Everything()) == len(documents())


def test_a_search_does_not_load_whoosh(tmp_path: Path) -> None:
    WhooshEngine(tmp_path).add(documents(), 1)
    code = (
        "import sys; from pathlib import Path\n"
        "from ficsearch.engines import Request; from ficsearch.engines.whoosh import WhooshEngine\n"
        "from ficsearch.query.nodes import Words\n"
        f"assert WhooshEngine(Path({str(tmp_path)!r})).search(Request(Words(('walking',)))).total\n"
        "assert 'whoosh' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=120)


def test_what_changes_nothing_writes_nothing(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.add([document("one", "words")], 1)
    before = names(tmp_path)
    engine.add((), 1)
    assert names(tmp_path) == before
    engine.add((), 2)
    assert (engine.generation, engine.count(words("words"))) == (2, 1)
