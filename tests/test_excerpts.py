"""The best passages, where they are, and what is marked in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.excerpts import excerpts, marked
from ficsearch.query.nodes import All, Any, Fuzzy, Name, Near, Not, Prefix, Query, Words
from ficsearch.story import Chapter

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


def test_a_phrase_over_the_end_of_a_paragraph_is_shown_whole() -> None:
    chapter = Chapter("Nobody.\n\n“And then he " + "waited " * 50 + "came\n\nto the door,” she said.")
    (found,) = excerpts((chapter,), Words(("came", "to", "the"), None, exact=True))
    assert "<mark>came to the</mark> door" in found.html
    assert found.paragraph == 2


def test_a_phrase_is_marked_as_a_whole_and_no_mark_reaches_over_the_end_of_a_sentence() -> None:
    both = All((Words(("willow",)), Words(("xander",))))
    (shown,) = excerpts((Chapter("Is it raining, said Willow. Xander looked. Willow Xander."),), both)
    assert shown.html == (
        "Is it raining, said <mark>Willow</mark>. <mark>Xander</mark> looked. <mark>Willow Xander</mark>."
    )
