"""What a word is."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.text import Spans, count_words, fold_name, folded, sentences, spans, squash, stem, stretch, tokens


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("don't don’t dont", ["dont", "dont", "dont"]),
        ("Spike's book, the boys' room", ["spikes", "book", "the", "boys", "room"]),
        ("Giles's Giles’s GILES`S Giles' giles", ["giles"] * 5),
        ("the boss's, 'the Joneses's' house", ["the", "boss", "the", "joneses", "house"]),
        ("it's s's x's's s's's s's'x s''s", ["its", "s", "xs", "ss", "ssx", "s", "s"]),
        ("Moses'session Jess'd's", ["mosessession", "jessds"]),
        ("a well-known and/or thing", ["a", "well", "known", "and", "or", "thing"]),
        ("Q and L", ["q", "and", "l"]),
        ("Böb BÖB Bo\u0308b", ["bob", "bob", "bob"]),
        ("straße ﬁn İstanbul", ["strasse", "fin", "istanbul"]),
        ("said.Then _so_ he", ["said", "then", "so", "he"]),
        ("co\u00adoperate", ["cooperate"]),
        ("愛情です", ["愛", "情", "て", "す"]),
        ("rock ’n’ roll 'tis", ["rock", "n", "roll", "tis"]),
        ("1,000 words", ["1", "000", "words"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_what_a_reader_means(text: str, words: list[str]) -> None:
    assert tokens(text) == words


@given(st.text())
def test_folding_twice_is_folding_once_but_for_blanks(text: str) -> None:
    assert folded(folded(text)).split() == folded(text).split()


@given(st.text())
def test_words_are_their_own_words(text: str) -> None:
    assert tokens(" ".join(tokens(text))) == tokens(text)


@given(st.text())
def test_spans_are_the_words_with_their_places(text: str) -> None:
    found = list(spans(text))
    assert [t.word for t in found] == tokens(text)
    assert all(tokens(text[t.start : t.end]) and 0 <= t.start < t.end <= len(text) for t in found)
    assert all(a.start <= b.start for a, b in itertools.pairwise(found))


STRANGE = st.text(alphabet="ab' ’é½-") | st.text()


@given(STRANGE, st.integers(0, 8))
def test_some_spans_are_those_of_all(text: str, end: int) -> None:
    assert list(Spans(text, end)) == spans(text)[:end]


@given(STRANGE, st.integers(0, 4), st.integers(1, 4))
def test_a_stretch_reaches_from_its_first_word_to_its_last(text: str, first: int, size: int) -> None:
    words, found = spans(text), stretch(text, first, first + size)
    if found is not None or text.isascii():
        assert found == ((words[first].start, words[first + size - 1].end) if len(words) >= first + size else None)


@given(st.text(), st.text())
def test_a_blank_between_texts_never_changes_their_words(left: str, right: str) -> None:
    assert tokens(f"{left} {right}") == tokens(left) + tokens(right)


def test_a_span_covers_the_word_as_written() -> None:
    text = "He said “don’t, Böb”."
    assert [text[t.start : t.end] for t in spans(text)] == ["He", "said", "don’t", "Böb"]


@pytest.mark.parametrize("family", [("walk", "walks", "walked", "walking"), ("story", "stories"), ("spike", "spikes")])
def test_a_family_shares_one_stem(family: tuple[str, ...]) -> None:
    assert len({stem(word) for word in family}) == 1


def test_names_compare_without_case_accents_and_blanks_but_keep_their_signs() -> None:
    assert fold_name("  RENÉ  d’Arcy ") == fold_name("Rene d'Arcy")
    assert fold_name("A/B") != fold_name("A & B")


def test_a_squashed_title_is_its_words() -> None:
    assert squash("Faith, Hope & Trick") == squash("faith hope and trick")


@pytest.mark.parametrize(
    ("text", "count"),
    [("don't well-known", 2), ("one--two—three", 3), ("愛情 yes", 3), ("* * *", 0), ("", 0), ("a\u00a0b", 2)],
)
def test_words_are_counted_by_the_rule_of_the_archive(text: str, count: int) -> None:
    assert count_words(text) == count


def test_sentences_end_where_a_capital_follows() -> None:
    assert sentences("He ran. “Stop!” she said. It was 3.5 miles.") == [
        "He ran.",
        "“Stop!” she said.",
        "It was 3.5 miles.",
    ]
