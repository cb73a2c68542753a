"""Signs in a story that it knows an episode."""

from __future__ import annotations

import pytest

from ficsearch.catalogue import catalogue
from ficsearch.catalogue.evidence import arrivals, named_episodes
from ficsearch.packs import Packs
from ficsearch.story import Chapter, Characters, Claim, Document, Evidence, Found

BUFFY = ("Buffy the Vampire Slayer",)


def named(packs: Packs, prose: str, fandoms: tuple[str, ...] = BUFFY) -> list[str]:
    return [e.episode for e in named_episodes(prose, "summary", packs, fandoms)]


@pytest.mark.parametrize(
    ("prose", "episodes"),
    [
        ("What if the ladder had held in Lover's Walk?", ["BtVS 3x08"]),
        ("A missing scene from Faith, Hope & Trick.", ["BtVS 3x03"]),
        ('Set after “Hush”, before "The Gift".', ["BtVS 4x10", "BtVS 5x22"]),
        ("Post-_Passion_.", ["BtVS 2x17"]),
        ("Once More, with Feeling, and then Graduation Day.", ["BtVS 6x07", "BtVS 3x22"]),
        ("Meanwhile, in Waiting in the Wings...", ["AtS 3x13"]),
    ],
)
def test_an_episode_named_in_prose_is_seen(packs: Packs, prose: str, episodes: list[str]) -> None:
    assert named(packs, prose) == episodes


@pytest.mark.parametrize(
    "prose",
    [
        "Help comes too late, and she is Gone. Him? Anne would never.",
        '"Help!" she cried, and "Surprise," said he.',
        "the body was found in the pack, and the gift was a wish",
        "She needs an angel and a witch after the prom.",
        "WHAT IF THE WISH HAD NEVER BEEN?",
    ],
)
def test_ordinary_words_are_no_titles(packs: Packs, prose: str) -> None:
    assert named(packs, prose) == []


def test_a_title_counts_only_in_its_own_universe(packs: Packs) -> None:
    assert named(packs, "What if the ladder had held in Lover's Walk?", ("The X-Files",)) == []


def test_whoever_comes_last_is_evidence_for_the_show(packs: Packs) -> None:
    people = Characters(("Illyria", "Buffy Summers", "Tara Maclay"), (Found("Kennedy", 5), Found("Rona", 1)))
    assert list(arrivals(people, packs, ("Angel", *BUFFY))) == [
        Evidence("AtS 5x15", "Illyria appears, who comes in AtS 5x15"),
        Evidence("BtVS 7x10", "Kennedy appears, who comes in BtVS 7x10"),
    ]


def story_evidence(packs: Packs, *claims: tuple[str, str]) -> dict[str, str]:
    made = tuple(Claim(label, value, "line 1") for label, value in (("fandom", "BtVS"), *claims))
    return {e.episode: e.what for e in catalogue(Document((Chapter("She left."),), made), "a.txt", packs).evidence}


def test_a_timeline_is_evidence_and_no_scope(packs: Packs) -> None:
    assert list(story_evidence(packs, ("timeline", "set after Becoming"))) == ["BtVS 2x22"]
    assert list(story_evidence(packs, ("timeline", "Season 4"))) == ["BtVS 4x01"]
    assert story_evidence(packs, ("timeline", "a rainy Tuesday")) == {}


def test_an_episode_is_evidence_once(packs: Packs) -> None:
    claims = ("summary", "After Lovers Walk."), ("notes", "Lovers Walk again, and The Wish.")
    assert story_evidence(packs, *claims) == {
        "BtVS 3x08": "the summary names “Lovers Walk”",
        "BtVS 3x09": "the notes name “The Wish”",
    }
