"""A text made plain has the words and the paragraphs of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.plain import plain_text, word_counts
from ficsearch.text import tokens

SIGNS = "'’‘“”—–-…`´′™«»£½²é‑_*.,;:!? \n\u00a0\u00ad\u200b\u2028жß中"
ANY = st.text(alphabet=st.one_of(st.sampled_from("abs " + SIGNS), st.characters(codec="utf-8")), max_size=60)


@given(ANY)
def test_a_plain_text_has_the_words_and_the_paragraphs_of_the_text(text: str) -> None:
    plain = plain_text(text)
    assert tokens(plain.decode()) == tokens(text)
    assert plain.count(b"\n\n") == text.count("\n\n")


def counted(text: str) -> list[int]:
    return [len(tokens(part)) for part in text.split("\n\n") if part.strip()]


@given(ANY)
def test_words_are_counted_as_they_are_cut(text: str) -> None:
    assert word_counts(text) == counted(text)


@given(st.text(alphabet="as'\n’ é", max_size=40))
def test_words_are_counted_between_apostrophes_and_line_ends(text: str) -> None:
    assert word_counts(text) == counted(text)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("", []),
        ("Don’t.\n\n* * *\n\nDon't ''you'' see?\n\n \n\nRock ’n’ roll", [1, 0, 3, 3]),
        ("one\n'\ntwo\n\nthree", [2, 1]),
        ("naïve ½ well-known", [5]),
    ],
)
def test_words_of_each_paragraph_that_is_not_blank(text: str, counts: list[int]) -> None:
    assert word_counts(text) == counts
