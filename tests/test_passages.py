"""What is found in a plain text is what the words of the text hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.occurrences import occurrences
from ficsearch.passages import finder, passages
from ficsearch.plain import plain_text
from ficsearch.query.nodes import Fuzzy, Near, Prefix, WordLeaf, Words
from ficsearch.story import Chapter
from ficsearch.text import tokens

SIGNS = "'’‘“”—–-…`´′™«»£½²é‑_*.,;:!? \n\u00a0\u00ad\u200b\u2028жß中"
TEXTS = st.text(alphabet="abeEs" + SIGNS, max_size=60)
WORDS = st.lists(st.text(alphabet="abes", min_size=1, max_size=3), min_size=1, max_size=3)


@given(TEXTS, WORDS, st.booleans())
def test_what_is_found_is_what_the_words_hold(text: str, asked: list[str], exact: bool) -> None:
    leaves: list[WordLeaf] = [
        Words(tuple(asked), None, exact),
        Prefix(asked[0]),
        Near(tuple(asked), 2),
        Fuzzy(asked[0]),
    ]
    for leaf in leaves:
        found = [plain_text(text)[start:end].decode() for start, end in finder(leaf)(plain_text(text))]
        words = tokens(text)
        held = [[words[at] for at in run] for run in occurrences(leaf, words)]
        assert [tokens(f) for f in found] == held


@pytest.mark.parametrize(
    "family",
    [
        "dying die", "lying lie", "tying", "skies sky", "happy happiness", "gently gentle", "news", "early",
        "only", "walking", "universities", "succeeded", "inning", "boys’", "o’neill", "is was",
        "flies fly", "the", "giles giles’s giles’ giles's",
        "used using", "possibility possible", "hoping hope hoped", "possibilities",
    ],
)  # fmt: skip
def test_every_form_of_a_word_is_found(family: str) -> None:
    for asked in tokens(family):
        for written in family.split():
            leaf = Words((asked,))
            found = finder(leaf)(plain_text(f"So {written}, she said."))
            assert bool(found) == bool(occurrences(leaf, tokens(written)))


def test_a_passage_begins_where_something_asked_for_begins() -> None:
    chapter = Chapter("One.\n\n \n\nTwo willow.\n\n'\n\n* * *\n\nThree, Willow’s willows.")
    found = [(p.paragraph, p.matches, p.size) for p in passages(1, chapter, [Words(("willow",))], 45)]
    assert found == [(2, 1, 1), (5, 2, 1)]
