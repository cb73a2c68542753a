"""What to try when nothing was found."""

from __future__ import annotations

from ficsearch.edits import alike
from ficsearch.query.nodes import All, Name, Not, Query, Words
from ficsearch.suggestions import nearest, suggest

TERMS = {"willow": 9, "willows": 1, "pillow": 20, "xander": 7, "scarecrow": 2}


def like(word: str, distance: int) -> dict[str, int]:
    return {term: n for term, n in TERMS.items() if alike(word, term, distance)}


def counts(query: Query) -> int:
    return 3


def nothing(query: Query) -> int:
    return 0


def test_the_nearest_word_comes_first_and_must_begin_alike() -> None:
    assert nearest("wilow", like) == ["willow"]
    assert nearest("scarcrwo", like) == ["scarecrow"]
    assert nearest("xyzzy", like) == []


def test_a_misspelt_word_is_put_right_in_its_query() -> None:
    query = All((Words(("wilow",)), Words(("xander",))))
    found = suggest(query, like, counts)
    assert (found[0].label, found[0].total) == ("did you mean 'willow'", 3)
    assert "willow" in found[0].text
    assert "xander" in found[0].text


def test_each_constraint_is_dropped_in_turn() -> None:
    query = All((Words(("willow",)), Name("mature", "rating"), Not(Words(("xander",)))))
    labels = [s.label for s in suggest(query, like, counts)]
    assert len(labels) == 3
    assert all(label.startswith("without ") for label in labels)


def test_what_finds_nothing_is_not_suggested() -> None:
    assert suggest(All((Words(("wilow",)), Words(("xander",)))), like, nothing) == ()
