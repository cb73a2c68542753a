"""The bench compares like with like: engines that have nothing to do with each other find the same stories."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bench import authors
from bench.engines.corpora import Corpus
from bench.engines.peers import FACETS, VIEWS, CannotError, Peer, make
from bench.engines.questions import Question, questions
from bench.layouts.__main__ import verdicts
from bench.layouts.cases import Case, by_chance, by_label, by_layout, by_value
from bench.layouts.posts import by_post
from bench.layouts.prose import BODIES
from bench.long_files import CASES, alone, failed
from ficsearch.library import Library
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.web import create_app
from ficsearch.web.pages import LISTED, SHOWN

ROOT = Path(__file__).parents[1]

ALIKE = {"rare word", "common word", "two words", "one of three words", "phrase", "phrase of common words", "near"}
"""Kinds whose words mean the same to every stemmer."""


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus(ROOT / "corpus", 20)


@pytest.fixture(scope="module")
def peers(corpus: Corpus, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Peer]]:
    made = {name: make(name, tmp_path_factory.mktemp(name)) for name in ("ficsearch", "SQLite FTS5")}
    for peer in made.values():
        peer.build(corpus)
        peer.update(corpus.items(range(3, 6)))
        peer.open()
    yield made
    for peer in made.values():
        peer.close()


@pytest.fixture(scope="module")
def asked(corpus: Corpus) -> list[Question]:
    return questions(corpus, 3, len(corpus.episodes.names))


def test_engines_find_the_same_number_of_stories(peers: dict[str, Peer], asked: list[Question]) -> None:
    for question in asked:
        if question.kind in ALIKE or question.seen is not None:
            totals = {name: peer.ask(question, VIEWS[0]).total for name, peer in peers.items()}
            assert len(set(totals.values())) == 1, (question, totals)


def test_engines_count_the_same_facets(peers: dict[str, Peer], asked: list[Question]) -> None:
    for question in asked:
        if question.kind in ALIKE or question.seen is not None:
            ours, theirs = (peer.ask(question, VIEWS[1]).facets for peer in peers.values())
            assert {name: dict(ours[name]) for name in FACETS} == {name: dict(theirs[name]) for name in FACETS}


def test_every_hit_has_an_excerpt_and_words_are_marked_in_it(peers: dict[str, Peer], asked: list[Question]) -> None:
    for question in asked:
        for name, peer in peers.items():
            try:
                answer = peer.ask(question, VIEWS[2])
            except CannotError:
                assert (name, question.kind) == ("SQLite FTS5", "fuzzy")
            else:
                assert len(answer.excerpts) == len(answer.hits)
                if question.kind.endswith("word"):
                    assert all("<mark>" in e or "<b>" in e for e in answer.excerpts), (name, question)


@pytest.mark.parametrize("case", sorted(CASES))
def test_a_long_file_grows_with_its_size_and_is_of_the_format_it_is_named_for(case: str) -> None:
    name, make = CASES[case]
    small, large = make(20_000), make(40_000)
    assert len(small) < len(large) <= 45_000
    (first, *_) = read(name, small)
    suffix = name.rpartition(".")[2]
    formats = {"txt": "text", "md": "markdown", "xhtml": "html", "eml": "mail", "fb2": "fb2", "zip": "text"}
    assert case == "zip, pages" or first.format.startswith(formats.get(suffix, suffix))


def test_a_long_file_is_read_in_a_process_of_its_own() -> None:
    took, memory = alone("a.txt", lambda size: b"a " * size, 1_000, Packs.load())
    assert took >= 0
    assert memory < 500


def test_a_file_is_beyond_a_bound_by_its_seconds_its_memory_or_its_growth() -> None:
    assert not failed(1, 1.9, 499, 2.4)
    assert failed(1, 2.1, 0, 1)
    assert failed(1, 0, 501, 1)
    assert failed(20, 0, 0, 2.6)
    assert not failed(20, 30, 600, 1)


def test_the_page_of_a_library_of_many_authors_lists_some_of_them_and_counts_the_rest(tmp_path: Path) -> None:
    authors.make(tmp_path, authors.stories(250, 1))
    with Library.open(tmp_path) as library:
        (values,) = library.facets(("author",)).values()
        page = create_app(library).test_client().get("/").text
    assert len(values) == 250
    assert f"{250 - SHOWN - LISTED} more are found by typing author:name" in page


def _wrong(cases: Iterator[Case], packs: Packs) -> list[object]:
    return [(case.cells, verdict) for case in cases for verdict in verdicts(case, packs) if not verdict.right]


def test_a_header_is_read_in_every_layout_of_the_bench(packs: Packs) -> None:
    assert _wrong(islice(by_layout(packs, 1, 1), 0, None, len(BODIES)), packs) == []


def test_every_label_of_the_bench_is_known_by_its_value(packs: Packs) -> None:
    assert _wrong(by_label(packs, 1, 1), packs) == []


def test_values_of_every_kind_are_read_in_an_ordinary_header(packs: Packs) -> None:
    assert _wrong(islice(by_value(packs, 1, 1), 0, None, 3), packs) == []


def test_posts_of_every_form_are_read(packs: Packs) -> None:
    assert _wrong(islice(by_post(packs, 1, 1), 0, None, 7), packs) == []


def test_layouts_labels_and_values_hold_together_by_chance(packs: Packs) -> None:
    assert len(_wrong(by_chance(packs, 1, 150), packs)) <= 1
