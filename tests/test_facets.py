"""Facets as a person sees them: labels, order, what is chosen, and nothing that spoils."""

from __future__ import annotations

import pytest

from ficsearch.engines import Choice
from ficsearch.facets import facet_values, gives_away, unspoiled
from ficsearch.packs import Packs
from ficsearch.spoilers import beyond, read_position
from ficsearch.story import Characters, Evidence, Found, Origin, SpoilerScope, Story


def seen(text: str, packs: Packs) -> frozenset[str]:
    return beyond(read_position(text, packs), packs)


def names(facet: str, counts: dict[str, int], packs: Packs, unseen: frozenset[str] = frozenset()) -> list[str]:
    return [v.value for v in facet_values(facet, counts, None, packs, unseen)[0]]


def test_ratings_stand_in_their_order_and_names_by_count(packs: Packs) -> None:
    assert names("rating", {"explicit": 9, "general": 1, "not_rated": 5}, packs) == ["general", "explicit", "not_rated"]
    assert names("character", {"Oz": 2, "Anya Jenkins": 7, "Buffy Summers": 2}, packs) == [
        "Anya Jenkins", "Buffy Summers", "Oz",
    ]  # fmt: skip
    assert names("year", {"1999": 1, "2004": 1}, packs) == ["2004", "1999"]


def test_spoilers_stand_as_the_shows_go(packs: Packs) -> None:
    counts = {
        "BtVS 3x13": 1,
        "unknown": 4,
        "BtVS S3": 2,
        "BtVS": 3,
        "AtS S1": 1,
        "AtS": 1,
        "BtVS 1x01": 1,
        "BtVS S1": 1,
    }
    assert names("spoilers", counts, packs) == [
        "unknown", "AtS", "AtS S1", "BtVS", "BtVS S1", "BtVS 1x01", "BtVS S3", "BtVS 3x13",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("facet", "value", "label"),
    [
        ("rating", "teen", "Teen"),
        ("spoilers", "BtVS 3x13", "The Zeppo (BtVS 3x13)"),
        ("spoilers", "BtVS S3", "BtVS season 3"),
        ("spoilers", "AtS", "Angel"),
        ("spoilers", "none", "No spoilers"),
        ("spoilers", "unknown", "Not stated"),
        ("language", "fr", "French"),
        ("author", "R. Penhallow", "R. Penhallow"),
    ],
)
def test_a_value_has_a_label_for_people(facet: str, value: str, label: str, packs: Packs) -> None:
    ((found,), _) = facet_values(facet, {value: 1}, None, packs)
    assert found.label == label


def test_chosen_and_excluded_values_are_marked_and_stay_when_nothing_has_them(packs: Packs) -> None:
    choice = Choice("genre", ("Angst", "Humor"), ("Romance",))
    values = {v.value: v for v in facet_values("genre", {"angst": 3}, choice, packs)[0]}
    assert values["angst"].selected
    assert (values["Humor"].count, values["Humor"].selected) == (0, True)
    assert values["Romance"].excluded


def test_of_many_values_the_most_frequent_are_kept_and_those_chosen(packs: Packs) -> None:
    counts = {"Ada": 1, "Bea": 3, "cleo": 2, "Dora": 2, "Edda": 2, "Fay": 1}
    values, left = facet_values("author", counts, Choice("author", ("fay",)), packs, most=3)
    assert [v.value for v in values] == ["Bea", "cleo", "Dora", "Fay"]
    assert left == 2


def test_of_values_with_an_order_of_their_own_all_are_kept(packs: Packs) -> None:
    values, left = facet_values("rating", {"mature": 9, "general": 1, "teen": 2}, None, packs, most=1)
    assert [v.value for v in values] == ["general", "teen", "mature"]
    assert left == 0


@pytest.mark.parametrize(
    ("facet", "value", "position", "hidden"),
    [
        ("character", "Dawn Summers", "BtVS S4", True),
        ("character", "Dawn Summers", "BtVS S5", False),
        ("character", "Willow Rosenberg", "The Zeppo", False),
        ("character", "Cordelia Chase", "AtS S1", False),
        ("character", "Illyria", "all of Buffy", True),
        ("character", "Nobody Known", "The Zeppo", False),
        ("pairing", "Tara Maclay/Willow Rosenberg", "BtVS S3", True),
        ("pairing", "Oz/Willow Rosenberg", "BtVS S3", False),
        ("spoilers", "BtVS 3x14", "The Zeppo", True),
        ("spoilers", "BtVS 3x13", "The Zeppo", False),
        ("spoilers", "BtVS S3", "The Zeppo", False),
        ("spoilers", "BtVS S4", "The Zeppo", True),
        ("rating", "explicit", "The Zeppo", False),
    ],
)
def test_a_value_that_spoils_is_left_out(facet: str, value: str, position: str, hidden: bool, packs: Packs) -> None:
    assert gives_away(facet, value, packs, seen(position, packs)) is hidden
    assert (names(facet, {value: 1}, packs, seen(position, packs)) == []) is hidden


def test_without_a_position_nothing_is_left_out(packs: Packs) -> None:
    assert not gives_away("character", "Illyria", packs, frozenset())


@pytest.mark.parametrize(
    ("prose", "position", "shown"),
    [
        ("Dawn wants a key.", "BtVS S3", False),
        ("Dawn wants a key.", "BtVS S5", True),
        ("It is dawn, and Buffy wants tea.", "BtVS S3", True),
        ("Tara has lost a spoon.", "BtVS S3", False),  # in the summary alone
        ("What if Willow had gone on in Once More, with Feeling?", "BtVS S3", False),
        ("Buffy wants tea.", "BtVS S3", True),
    ],
)
def test_a_summary_that_names_what_comes_later_is_not_shown(
    prose: str, position: str, shown: bool, packs: Packs
) -> None:
    story = Story(
        "1", "a.txt", title="A", fandoms=("Buffy the Vampire Slayer",), summary=prose, notes=prose,
        characters=Characters(("Buffy Summers", "Dawn Summers")), spoilers=SpoilerScope("none", "none"),
        evidence=(Evidence("BtVS 6x07", "the summary names “Once More, with Feeling”"),),
    )  # fmt: skip
    found = unspoiled(story, packs, seen(position, packs))
    assert (found.summary, found.notes) == ((prose, prose) if shown else (None, None))


def test_a_safe_story_names_nobody_who_comes_later(packs: Packs) -> None:
    people = Characters(("Buffy Summers", "Dawn Summers"), (Found("Dawn Summers", 3), Found("Oz", 2)))
    origins = (Origin("characters", "Buffy, Dawn", "line 3"), Origin("rating", "R", "line 4"))
    story = Story(
        "1", "a.txt", title="A", characters=people,
        pairings=(("Dawn Summers", "Xander Harris"), ("Oz", "Willow Rosenberg")),
        friendships=(("Dawn Summers", "Oz"),), origins=origins,
        evidence=(Evidence("BtVS 5x01", "Dawn Summers appears"), Evidence("BtVS 1x01", "Buffy Summers appears")),
    )  # fmt: skip
    shown = unspoiled(story, packs, seen("BtVS S3", packs))
    assert shown.characters == Characters(("Buffy Summers",), (Found("Oz", 2),))
    assert (shown.pairings, shown.friendships) == ((("Oz", "Willow Rosenberg"),), ())
    assert [e.episode for e in shown.evidence] == ["BtVS 1x01"]
    assert [o.field for o in shown.origins] == ["rating"]
    assert unspoiled(story, packs, seen("BtVS S5", packs)) == story
