"""Pairings and friendships as people declare them."""

from __future__ import annotations

import pytest

from ficsearch.packs import Packs
from ficsearch.pairings import Relations, merged, read_pairings

BUFFY = ("Buffy the Vampire Slayer",)
WX = ("Willow Rosenberg", "Xander Harris")
BS = ("Buffy Summers", "Spike")


def romances(packs: Packs, value: str, fandoms: tuple[str, ...] = BUFFY, whole: bool = False) -> list[tuple[str, ...]]:
    return list(read_pairings(value, packs, fandoms, whole).pairings)


@pytest.mark.parametrize(
    "written",
    [
        "Willow/Xander", "Willow x Xander", "W/X", "Willow / Xander", "(Willow/Xander)", "[Willow, Xander]",
        "Willow and Xander", "Willow, Xander", "Willow/Xander, if you squint", "implied Willow/Xander",
        "past Willow/Xander", "one-sided Willow/Xander", "Willow/Xander UST", "mostly W/X", "Willow->Xander",
        "Gen, slight W/X", "Willow (BtVS)/Xander", "W/X-ish", "Willow/Xander (though only in reference)",
        "Willow Rosenburg/Xander Harris", "Willow/Xander; Willow/Xander", "W/X - the usual", "W/X - of course!",
        "None really. Hints of W/X if you squint", "W/X, no Buffy/Riley", "Willow/Xander\nXander/Willow",
    ],
)  # fmt: skip
def test_one_pairing_is_the_same_however_it_is_written(packs: Packs, written: str) -> None:
    assert romances(packs, written) == [WX]


@pytest.mark.parametrize(
    "written",
    [
        "",
        "None",
        "none.",
        "Gen",
        "no pairings",
        "n/a",
        "various",
        "M/M",
        "wait and see",
        "No Buffy/Riley",
        "not B/A",
        "anti-B/R",
        "none (no Buffy/Angel)",
        "gen (team fic)",
    ],
)
def test_no_pairing_is_none(packs: Packs, written: str) -> None:
    assert read_pairings(written, packs, BUFFY) == Relations()


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ("B/S (Buffy/Spike)", [BS]),
        ("Buffy/Spike (B/S)", [BS]),
        ("Willow/Xander (past B/S)", [WX, BS]),
        ("Buffy/Spike (no W/X)", [BS]),
        ("Buffy/Spike (m/m)", [BS]),
        ("None really, but there's some Buffy/Spike UST if you look.", [BS]),
    ],
)
def test_a_pair_in_brackets_is_another_or_the_same_again(
    packs: Packs, written: str, pairs: list[frozenset[str]]
) -> None:
    assert romances(packs, written) == pairs


def test_none_with_a_friendship_in_brackets_is_that_friendship(packs: Packs) -> None:
    found = read_pairings("none (Buffy & Willow friendship)", packs, BUFFY)
    assert (found.pairings, found.friendships) == ((), (("Buffy Summers", "Willow Rosenberg"),))


def test_a_long_row_of_brackets_takes_no_longer_than_its_length(packs: Packs) -> None:
    assert read_pairings("Aa/Bb (Cc/" * 100_000, packs, BUFFY)
    assert read_pairings("none (" * 170_000, packs, BUFFY)


def test_pairs_in_a_row_are_told_apart_without_commas(packs: Packs) -> None:
    assert romances(packs, "W/X B/S") == [WX, BS]


def test_names_of_pairings_and_initials_mean_people(packs: Packs) -> None:
    assert romances(packs, "Spuffy") == [BS]
    assert set(romances(packs, "Fox Mulder/Dana Scully", ("The X-Files",))[0]) == {"Fox Mulder", "Dana Scully"}
    assert set(romances(packs, "MSR", ("The X-Files",))[0]) == {"Fox Mulder", "Dana Scully"}


def test_a_list_is_cut_at_commas_semicolons_and_at_and_between_pairs(packs: Packs) -> None:
    buffy_angel = ("Buffy Summers", "Angel")
    assert romances(packs, "Buffy/Angel, Buffy/Spike") == [buffy_angel, BS]
    assert romances(packs, "Buffy/Angel; then Buffy/Spike") == [buffy_angel, BS]
    assert romances(packs, "Buffy/Angel and Buffy/Spike") == [buffy_angel, BS]
    assert romances(packs, "Spuffy, W/X") == [BS, WX]


def test_three_people_are_one_pairing(packs: Packs) -> None:
    assert romances(packs, "Willow/Xander/Cordy") == [(*WX, "Cordelia Chase")]


@pytest.mark.parametrize(
    "written",
    [
        "Willow & Xander",
        "Willow + Xander",
        "Willow/Xander friendship",
        "W/X (friends)",
        "None. W & X, as ever.",
        "Willow/Xander (brother/sister)",
    ],
)
def test_a_friendship_is_kept_apart(packs: Packs, written: str) -> None:
    assert read_pairings(written, packs, BUFFY) == Relations((), (WX,))


def test_a_tag_of_an_archive_is_one_and_may_hold_commas(packs: Packs) -> None:
    assert romances(packs, "Original Male Character(s)/Spike", whole=True) == [("Original Male Character(s)", "Spike")]
    assert romances(packs, "Past Buffy Summers/Spike - Relationship", whole=True) == [BS]
    assert romances(packs, "Angel (BtVS)/Buffy Summers", whole=True) == [("Angel", "Buffy Summers")]
    assert romances(packs, "Minor or Background Relationship(s)", whole=True) == []


def test_a_name_that_nobody_has_is_kept_as_written(packs: Packs) -> None:
    assert romances(packs, "Buffy/Marguerite") == [("Buffy Summers", "Marguerite")]
    assert romances(packs, "Elizabeth/Darcy", ("Pride and Prejudice",)) == [("Elizabeth", "Darcy")]
    assert romances(packs, "Elizabeth and Darcy", ("Pride and Prejudice",)) == [("Elizabeth", "Darcy")]


def test_merging_keeps_each_set_of_people_once_in_the_order_first_listed() -> None:
    one, other = Relations((("A", "B"),), (("C", "D"),)), Relations((("B", "A"), ("A", "C")), (("D", "C"),))
    assert merged([one, other]) == Relations((("A", "B"), ("A", "C")), (("C", "D"),))
