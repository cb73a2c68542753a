"""The parts of the Whoosh engine that its contract reaches only in their small cases."""

from __future__ import annotations

import tempfile
from collections import Counter
from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ficsearch.edits import alike as alike_words
from ficsearch.engines import Request, Sort
from ficsearch.engines.memory import MemoryEngine
from ficsearch.engines.whoosh import WhooshEngine, facets, merge, neighbours, packing, stones, trails
from ficsearch.engines.whoosh.arrays import ArrayFile, ArrayWriter, Spool, narrow, positions
from ficsearch.engines.whoosh.fuzzy import Spelling, alike
from ficsearch.engines.whoosh.lexicon import Lexicon, Strings, decoded, encoded, write_strings
from ficsearch.engines.whoosh.merge import FEW, choose
from ficsearch.engines.whoosh.packing import Packed, PackedWriter, end_to_end, picked
from ficsearch.engines.whoosh.postings import Postings, PostingsWriter
from ficsearch.engines.whoosh.table import Segment
from ficsearch.engines.whoosh.tally import Tally
from ficsearch.fields import IndexDocument, index_document
from ficsearch.query.nodes import Everything, Near, OneOf, Words
from ficsearch.story import Chapter, Story

ascending = st.lists(st.integers(0, 3_000), unique=True).map(sorted)
relaxed = settings(max_examples=60, suppress_health_check=list(HealthCheck))


def written(path: Path, name: str, pieces: list[list[int]]) -> Packed:
    path.unlink(missing_ok=True)
    with ArrayWriter(path) as writer:
        packed = PackedWriter(writer, name)
        for piece in pieces:
            packed.add(np.array(piece, np.int64))
        packed.close()
    return Packed(ArrayFile(path), name)


gaps = (
    st.integers(0, 250) | st.integers(0, 20_000) | st.integers(0, 1 << 45) | st.sampled_from([191, 192, 16_319, 16_320])
)


@given(pieces=st.lists(st.lists(gaps, max_size=40), max_size=4), data=st.data())
@relaxed
def test_any_stretch_and_any_runs_of_packed_numbers_come_back(
    tmp_path: Path, pieces: list[list[int]], data: st.DataObject
) -> None:
    packed, numbers = written(tmp_path / "x", "gaps", pieces), [n for piece in pieces for n in piece]
    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    cuts = data.draw(st.lists(st.integers(0, stop - start), unique=True).map(sorted))
    runs = list(zip(cuts[::2], cuts[1::2], strict=False))
    assert packed.stretch(start, stop).tolist() == numbers[start:stop]
    begins, ends = np.array(runs, np.int64).reshape(-1, 2).T
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packing, "_SCATTERED", data.draw(st.sampled_from([0, 1_500])))
        chosen = picked([(packed, start, stop)] * 2, [(begins, ends - begins)] * 2)
    assert chosen.tolist() == [n for begin, end in runs for n in numbers[start:stop][begin:end]] * 2
    assert end_to_end([(packed, start, stop)] * 2).tolist() == numbers[start:stop] * 2


def test_packed_numbers_are_found_far_from_the_start(tmp_path: Path) -> None:
    numbers = [n * 7_919 % 20_011 for n in range(9_000)]
    packed = written(tmp_path / "x", "gaps", [numbers[:5_000], numbers[5_000:]])
    for start in (0, 1_023, 1_024, 5_001, 8_191):
        assert packed.stretch(start, 9_000).tolist() == numbers[start:]
    runs = np.array([7, 4_999]), np.array([1, 1])
    assert picked([(packed, 4_000, 9_000)], [runs]).tolist() == [numbers[4_007], numbers[8_999]]


def postings(stories: list[list[int]], first: int) -> Postings:
    """The postings of one word, whose places in *stories* these are; the first story is number *first*."""
    steps = [step for places in stories for step in np.diff(places, prepend=0).tolist()]
    counts = np.array([len(places) for places in stories], np.int64)
    return Postings(np.zeros_like(counts), np.arange(len(counts)) + first, counts, np.array(steps, np.int64))


places = st.lists(st.integers(0, 400) | st.integers(0, 90_000), min_size=1, max_size=30, unique=True).map(sorted)


@given(stories=st.lists(places, min_size=1, max_size=9), data=st.data())
@relaxed
def test_a_word_is_looked_for_at_single_places(tmp_path: Path, stories: list[list[int]], data: st.DataObject) -> None:
    (tmp_path / "x").unlink(missing_ok=True)
    cut = data.draw(st.integers(0, len(stories)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stones, "PLACES", data.draw(st.integers(1, 9)))
        patch.setattr(stones, "_FEW", data.draw(st.sampled_from([0, 64])))
        with ArrayWriter(tmp_path / "x") as writer:
            noted = stones.StonesWriter(writer, "x", np.array([0]), max(map(max, stories)))
            written = PostingsWriter(writer, "x", 1, noted)
            written.add(postings(stories[:cut], 0))
            written.add(postings(stories[cut:], cut))
            written.close()
        file = ArrayFile(tmp_path / "x")
        asked = [
            (sum(map(len, stories[:n])), len(held), place)
            for n, held in enumerate(stories)
            for place in sorted({*held, *(p + by for p in held for by in (1, 7)), 0})
        ]
        begins, counts, at = np.array(asked).T
        found = stones.standing(Packed(file, "x.steps"), 0, stones.Stones(file, "x").of(0), begins, counts, at)
    flat = [place for held in stories for place in held]
    assert found.tolist() == [place in flat[begin : begin + count] for begin, count, place in asked]


@pytest.mark.parametrize(("largest", "width"), [(255, 1), (256, 2), (65_535, 2), (65_536, 4), (1 << 32, 8)])
def test_numbers_are_kept_as_narrow_as_they_fit(largest: int, width: int) -> None:
    assert narrow(np.array([0, largest])).dtype.itemsize == width


def test_a_spool_that_grows_large_moves_to_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Spool, "IN_MEMORY", 64)
    with ArrayWriter(tmp_path / "x") as writer:
        spool = writer.spool(np.int64)
        for start in range(0, 100, 10):
            spool.add(np.arange(start, start + 10))
        writer.put_spool("many", spool)
        writer.put("none", np.empty(0))
    file = ArrayFile(tmp_path / "x")
    assert file["many"].tolist() == list(range(100))
    assert "none" not in file
    assert file["none"].tolist() == file["unheard of"].tolist() == []
    assert file.names() == ["many"]


@given(ascending, ascending)
def test_positions_are_those_of_the_numbers_that_are_there(numbers: list[int], among: list[int]) -> None:
    found = positions(np.array(numbers, np.int64), np.array(among, np.int64)) if numbers else np.empty(0)
    assert found.tolist() == [among.index(n) if n in among else -1 for n in numbers]


words = st.text(alphabet="abcé螺", min_size=1, max_size=7)


def lexicon(path: Path, entries: set[str]) -> Lexicon:
    path.unlink(missing_ok=True)
    with ArrayWriter(path) as writer:
        write_strings(writer, "x", sorted(map(encoded, entries)))
    return Lexicon(ArrayFile(path), "x")


@given(entries=st.lists(st.sets(words, max_size=30), max_size=3), word=words, distance=st.integers(0, 3))
@relaxed
def test_words_with_mistakes_are_those_that_edits_allow(
    tmp_path: Path, entries: list[set[str]], word: str, distance: int
) -> None:
    lexicons = [lexicon(tmp_path / str(n), each) for n, each in enumerate(entries)]
    found = alike([Spelling(each) for each in lexicons], word, distance)
    read = [{decoded(each[i]) for i in indices.tolist()} for each, indices in zip(lexicons, found, strict=True)]
    assert read == [{w for w in each if alike_words(word, w, distance)} for each in entries]


@given(entries=st.sets(st.text(max_size=5), max_size=30), start=st.text(max_size=2))
@relaxed
def test_a_lexicon_knows_what_it_holds_and_what_begins_so(tmp_path: Path, entries: set[str], start: str) -> None:
    held = lexicon(tmp_path / "x", entries)
    first, last = held.beginning_with(encoded(start))
    assert {decoded(held[i]) for i in range(first, last)} == {e for e in entries if e.startswith(start)}
    assert [held.find(encoded(e)) for e in sorted(entries)] == list(range(len(entries)))
    assert held.find(b"\xff") == -1
    assert [decoded(e) for e in Strings(held_file(tmp_path), "x")] == sorted(entries)


def held_file(folder: Path) -> ArrayFile:
    return ArrayFile(folder / "x")


@given(
    names=st.lists(st.lists(st.integers(0, 9), unique=True, max_size=4).map(sorted), min_size=1, max_size=9),
    copies=st.integers(1, 60),
    data=st.data(),
)
@relaxed
def test_names_are_counted_alike_as_bits_and_as_numbers(
    names: list[list[int]], copies: int, data: st.DataObject
) -> None:
    # names 10 to 19 are rare: only the first few stories hold them
    stories = [[*own, *(n + 10 for n in own)] for own in names] + names * copies
    ends = np.cumsum([0, *map(len, stories)])
    held = np.array([n for own in stories for n in own], np.int64)
    chosen = data.draw(st.sets(st.integers(0, len(stories) - 1)) | st.just(set(range(len(stories)))))
    picked = np.array(sorted(chosen), np.int64)
    # the same names once more as a second field
    tally = Tally(40, np.append(held, held + 20), np.stack([ends, ends + len(held)]))
    expected = Counter(n for story in chosen for n in stories[story])
    for _ in range(3):
        assert tally.counts(picked).tolist() == [expected[n] for n in range(20)] * 2


def segments(*sizes: int) -> list[Segment]:
    return [Segment("x", 1, size) for size in sizes]


def test_few_segments_are_left_alone() -> None:
    assert choose(segments(*range(1, FEW + 1)), FEW) == []


def test_many_small_segments_are_merged_and_the_large_one_is_not() -> None:
    large, *small = segments(1_000_000, *[10] * FEW)
    assert choose([large, *small], FEW) == small


def test_one_small_segment_more_leaves_the_larger_ones_alone() -> None:
    assert choose(segments(1_000_000, 100_000, 10_000, 1), FEW) == []


@given(st.lists(st.integers(1, 10**7), max_size=300))
def test_however_stories_come_segments_stay_few_and_are_seldom_written_again(sizes: list[int]) -> None:
    held: list[Segment] = []
    rewritten = 0
    for size in sizes:
        held += segments(size)
        while chosen := choose(held, FEW):
            rewritten += sum(s.tokens for s in chosen)
            held = [s for s in held if s not in chosen] + segments(sum(s.tokens for s in chosen))
        # each is more than twice as large as all smaller ones: they triple
        assert len(held) <= max(FEW, 1 + log(sum(sizes), 3))
    # what is written again lies in half as much more than before
    assert rewritten <= sum(size * (1 + log(sum(sizes) / size, 1.5)) for size in sizes)


def test_a_segment_that_is_mostly_gone_is_written_anew() -> None:
    thin = Segment("x", 10, 100).without(np.arange(6))
    assert choose([*segments(5), thin], FEW) == [thin]


# many stories


def story(n: int) -> IndexDocument:
    return index_document(
        Story(
            f"{n * 7919 % 1000:03}",
            "x",
            title="Same" if n % 2 else "Other",
            authors=(f"Author {n}",),
            words=n // 100,
            chapters=(Chapter(f"alike common {'rare' if n == 7 else ''} words here word{n % 10}"),),
        )
    )


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> WhooshEngine:
    """A thousand stories in three segments, most of them alike."""
    engine = WhooshEngine(tmp_path_factory.mktemp("many"))
    for generation, start in enumerate((0, 500, 900), 1):
        engine.add(map(story, range(start, {0: 500, 500: 900, 900: 1000}[start])), generation)
    return engine


IDS = [f"{n:03}" for n in range(1000)]


@pytest.mark.parametrize("query", [Everything(), Words(("alike",)), Words(("alike", "common"))])
@pytest.mark.parametrize(("start", "size"), [(0, 10), (150, 20), (990, 20), (2000, 5)])
def test_stories_that_score_alike_come_by_id_on_any_page(
    many: WhooshEngine, query: Everything | Words, start: int, size: int
) -> None:
    whole = [i for i, _ in many.search(Request(query, size=1000)).hits]
    page = [i for i, _ in many.search(Request(query, start=start, size=size)).hits]
    assert page == whole[start : start + size]
    assert set(whole) == set(IDS)
    assert whole == IDS or query != Everything()


def test_stories_with_one_sort_key_come_by_id(many: WhooshEngine) -> None:
    number = {f"{n * 7919 % 1000:03}": n // 100 for n in range(1000)}
    hits = many.search(Request(Everything(), sort=Sort("words", descending=True), size=250)).hits
    assert [i for i, _ in hits] == sorted(IDS, key=lambda i: (-number[i], i))[:250]


def test_long_lists_of_names_are_found_in_one_pass(many: WhooshEngine) -> None:
    authors = frozenset(f"AUTHOR {n}" for n in range(0, 2000, 3))
    assert many.count(OneOf(authors, "author")) == len(range(0, 1000, 3))


@pytest.mark.parametrize("most", [0, 1 << 16])
def test_names_asked_for_before_are_found_again(many: WhooshEngine, monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr(facets, "_MOST", most)
    for first in range(0, 900, 100):
        authors = [f"{'author' if first % 200 else 'Author'} {n}" for n in range(first, first + 150)]
        assert many.count(OneOf(frozenset([*authors, "nobody", f"No. {first}"]), "author")) == min(150, 1000 - first)


def test_a_rare_word_beside_a_common_one_is_found(many: WhooshEngine) -> None:
    rare = [("common", "rare"), ("rare", "words", "here"), ("alike", "common", "rare", "words", "here", "word7")]
    assert [many.count(Words(phrase, "body", exact=True)) for phrase in rare] == [1, 1, 1]
    assert many.count(Words(("rare", "common"), "body", exact=True)) == 0
    assert many.count(Near(("here", "rare"), 1, "body")) == 1


def test_facets_over_many_segments_are_counted_together(many: WhooshEngine) -> None:
    counts = many.search(Request(Words(("word3",), "body", exact=True), facets=("author", "length"), size=0)).facets
    assert counts["length"] == {"drabble": 100}
    assert counts["author"] == {f"Author {n}": 1 for n in range(3, 1000, 10)}


@given(
    texts=st.lists(st.lists(st.sampled_from("abcdefg"), max_size=40), min_size=1, max_size=12),
    phrases=st.lists(st.lists(st.sampled_from("abcdefg"), min_size=2, max_size=6), min_size=8, max_size=8),
    slop=st.integers(0, 3),
    gone=st.sets(st.integers(0, 11)),
    alike=st.sampled_from([0, 0.9, 2]),  # the words that other segments list are taken always, sometimes, never
    jump=st.sampled_from([0, 1, 1 << 30]),  # words are looked for at single places always, sometimes, never
    few=st.sampled_from([0, 1 << 30]),
    common=st.sampled_from([1, 5]),
)
@relaxed
def test_phrases_are_found_by_neighbours_and_by_stepping_stones(
    texts: list[list[str]],
    phrases: list[list[str]],
    slop: int,
    gone: set[int],
    alike: float,
    jump: int,
    few: int,
    common: int,
) -> None:
    documents = [IndexDocument(f"{n}", {"body": " ".join(text)}, {}) for n, text in enumerate(texts)]
    oracle = MemoryEngine()
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(neighbours, "SMALLEST", 1)
        patch.setattr(neighbours, "COMMON", common)
        for name, small in (("PLACES", 2), ("LONG", 3), ("OFTEN", 0), ("_FEW", few)):
            patch.setattr(stones, name, small)
        for name, many in (("_SHORT", 0), ("_JUMPS", 0), ("_JUMP", jump)):
            patch.setattr(trails, name, many)
        patch.setattr(neighbours, "ALIKE", alike)
        patch.setattr(merge, "FEW", 1)
        engine = WhooshEngine(Path(folder))
        for generation, start in enumerate(range(0, len(texts), 4), 1):
            for each in (engine, oracle):
                each.add(documents[start : start + 4], generation)
                each.remove([f"{n}" for n in gone if n < start], generation)
        for phrase in phrases:
            for asked in (Words(tuple(phrase), "body", exact=True), Near(tuple(phrase[:3]), slop, "body")):
                assert engine.count(asked) == oracle.count(asked), asked
        engine.close()
