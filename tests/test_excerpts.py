"""The best passages, where they are, and what is marked in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.excerpts import _apart, _passage, _rank, counter, excerpts, marked, occurrences, plain_letters
from ficsearch.query.nodes import All, Any, Fuzzy, Name, Near, Not, Prefix, Query, Words
from ficsearch.story import Chapter
from ficsearch.text import tokens

LIBRARY = Chapter(
    "Nobody was there.\n\nWillow sat on the _ladder_ and read.\n\n"
    "“Come down,” Xander said. Willow didn’t walk; she’s walking."
)
ROOF = Chapter("Buffy & Giles <waited> on the roof.\n\nXander walked in with Willow’s book.", "The Roof")


def word(text: str, field: str | None = None) -> Words:
    return Words((text,), field)


@pytest.mark.parametrize(
    ("query", "html", "place"),
    [
        (word("ladder"), "Willow sat on the <mark>ladder</mark> and read.", (1, 2)),
        (word("walk"), "Willow didn’t <mark>walk</mark>; she’s <mark>walking</mark>.", (1, 3)),
        (Words(("didnt",), None, exact=True), "Willow <mark>didn’t</mark> walk", (1, 3)),
        (Words(("come", "down"), None, exact=True), "“<mark>Come down</mark>,” Xander", (1, 3)),
        (All((word("xander"), word("book"))), "<mark>Xander</mark> walked in with Willow’s <mark>book</mark>", (2, 2)),
        (Any((word("roof"), word("nothing"))), "<mark>Buffy</mark>", None),
        (word("waited"), "Buffy &amp; Giles &lt;<mark>waited</mark>&gt; on", (2, 1)),
        (Prefix("gil"), "<mark>Giles</mark>", (2, 1)),
        (Fuzzy("wilow"), "<mark>Willow</mark>", (1, 2)),
        (Near(("sat", "ladder"), 2), "<mark>sat</mark> on the <mark>ladder</mark>", (1, 2)),
        (All((word("willow"), Not(word("roof")))), "<mark>Willow</mark> sat on the ladder", (1, 2)),
        (Name("Xander Harris", "character"), "Nobody was there.", (1, 1)),
        (word("ladder", "title"), "Nobody was there.", (1, 1)),
    ],
)
def test_the_best_passage_is_marked_in_its_place(query: Query, html: str, place: tuple[int, int] | None) -> None:
    (found,) = excerpts((LIBRARY, ROOF), query)
    if place is None:
        assert "<mark>roof</mark>" in found.html
    else:
        assert html in found.html
        assert (found.chapter, found.paragraph) == place


def test_a_passage_with_more_of_what_was_asked_comes_first() -> None:
    found = excerpts((LIBRARY, ROOF), All((word("willow"), word("xander"))), limit=3)
    assert [(e.chapter, e.paragraph) for e in found] == [(1, 2), (2, 2)]


def test_short_paragraphs_are_shown_together() -> None:
    chapter = Chapter("Nobody.\n\n“Xander,” she said.\n\n“Willow.”\n\n* * *\n\nXander left.")
    (found,) = excerpts((chapter,), All((word("willow"), word("xander"))))
    assert found.html == "“<mark>Xander</mark>,” she said. “<mark>Willow</mark>.”"
    assert found.paragraph == 2


def test_a_long_paragraph_is_cut_around_the_matches() -> None:
    chapter = Chapter(" ".join([*["before"] * 200, "needle", *["after"] * 200]))
    (found,) = excerpts((chapter,), word("needle"))
    assert found.html.startswith("…before")
    assert "<mark>needle</mark> after" in found.html
    assert found.html.endswith("after…")
    assert len(found.text.split()) <= 50


def test_a_story_without_words_has_no_passage() -> None:
    assert excerpts((Chapter(""), Chapter("* * *")), word("x")) == ()


def test_marking_a_text_keeps_all_of_it() -> None:
    assert marked("A <b>Willow</b> tree", word("willow")) == "A &lt;b&gt;<mark>Willow</mark>&lt;/b&gt; tree"


@given(st.text(alphabet="aé’<&_* \n", max_size=80), st.sampled_from([word("a"), Prefix("a"), Near(("a", "ae"), 3)]))
def test_passages_are_always_well_formed(text: str, query: Query) -> None:
    for found in excerpts((Chapter(text),), query):
        bare = found.html.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert found.html.count("<mark>") == found.html.count("</mark>")


LETTERS = st.text(alphabet="abeé’'-ßﬁ ½", max_size=30)


@given(LETTERS, st.lists(st.text(alphabet="abe", min_size=1, max_size=3), min_size=1, max_size=3), st.booleans())
def test_the_quick_count_is_never_too_small(text: str, asked: list[str], exact: bool) -> None:
    words = tokens(text)
    for leaf in (Words(tuple(asked), None, exact), Prefix(asked[0]), Near(tuple(asked), 2), Fuzzy(asked[0])):
        assert counter([leaf])(plain_letters(text))[0] >= len(occurrences(leaf, words))


@pytest.mark.parametrize(
    "family",
    [
        "dying die", "lying lie", "tying", "skies sky", "happy happiness", "gently gentle", "news", "early", "only",
        "walking", "universities", "succeeded", "inning", "boys’", "o’neill", "is was", "flies fly",
    ],
)  # fmt: skip
def test_the_quick_count_knows_every_form_of_a_word(family: str) -> None:
    for asked in tokens(family):
        for written in family.split():
            leaf = Words((asked,))
            assert counter([leaf])(plain_letters(f"So {written}, she said."))[0] >= len(
                occurrences(leaf, tokens(written))
            )


PARAGRAPH = st.lists(
    st.sampled_from(["dies", "dying", "walk", "walked", "é", "—", "the", "café", "other", "\n'\n"]), max_size=9
)


@given(st.lists(st.lists(PARAGRAPH, max_size=9), max_size=3), st.integers(0, 3))
def test_the_best_passages_are_those_of_looking_at_all(story: list[list[list[str]]], limit: int) -> None:
    chapters = [Chapter("\n\n".join(" ".join(words) for words in chapter)) for chapter in story]
    leaves = (word("die"), word("walk"), Words(("the", "other"), None, exact=True))
    every = [
        _passage(chapter.paragraphs, number, place, leaves)
        for number, chapter in enumerate(chapters, 1)
        for place in range(1, len(chapter.paragraphs) + 1)
    ]
    ranked = sorted((p for p in every if p), key=_rank)
    best = [(p.chapter, p.paragraph) for p in list(_apart(ranked))[:limit]]
    found = excerpts(chapters, Any(leaves), limit)
    assert [(e.chapter, e.paragraph) for e in found] == best or not best
