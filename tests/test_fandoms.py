"""What a story is fan fiction of: declared, or unmistakable."""

from __future__ import annotations

from pathlib import Path

import pytest

from ficsearch.catalogue import catalogue
from ficsearch.catalogue.fandoms import fandom_of_names, fandom_of_runs, read_fandoms
from ficsearch.catalogue.runs import Runs
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Chapter, Claim, Document, Story

BUFFY, ANGEL = "Buffy the Vampire Slayer", "Angel"


@pytest.mark.parametrize(
    ("text", "fandoms"),
    [
        ("BtVS", (BUFFY,)),
        ("Buffy the Vampire Slayer, Angel", (BUFFY, ANGEL)),
        ("Buffy/Angel", (BUFFY, ANGEL)),
        ("BtVS; XF", (BUFFY, "The X-Files")),
        ("Buffy / Highlander", (BUFFY, "Highlander: The Series")),
        ("Buffy/Dracula crossover", (BUFFY, "Dracula")),
        ("Crossover: Buffy and Dracula", (BUFFY, "Dracula")),
        ("Pride and Prejudice", ("Pride and Prejudice",)),
        ("Pride & Prejudice", ("Pride and Prejudice",)),
        ("Sherlock Holmes (Conan Doyle)", ("Sherlock Holmes",)),
        ("les miserables", ("Les Miserables",)),
        ("original fic", ("Original Fiction",)),
        ("none", ()),
    ],
)
def test_a_declared_fandom_is_canonical_or_as_most_would_write_it(
    packs: Packs, text: str, fandoms: tuple[str, ...]
) -> None:
    assert read_fandoms(text, packs) == fandoms


def test_a_tag_is_whole(packs: Packs) -> None:
    assert read_fandoms("Sherlock Holmes & Related Fandoms, Doyle", packs, whole=True) == (
        "Sherlock Holmes & Related Fandoms, Doyle",
    )


def told(packs: Packs, *claims: tuple[str, str], body: str = "It was late.") -> Story:
    made = tuple(Claim(label, value, f"line {n}") for n, (label, value) in enumerate(claims, 1))
    return catalogue(Document((Chapter(body),), made), "a.txt", packs)


def test_a_category_is_a_fandom_a_warning_or_a_genre(packs: Packs) -> None:
    story = told(packs, ("category", "BtVS, Angst, Character death, Wishverse"))
    assert (story.fandoms, story.genres, story.warnings) == ((BUFFY,), ("Angst", "Wishverse"), ("Character death",))
    assert told(packs, ("category", "Dracula")).fandoms == ("Dracula",)
    assert told(packs, ("category", "Dark Shadows")).fandoms == ("Dark Shadows",)
    assert told(packs, ("category", "Sherlock Holmes")).fandoms == ("Sherlock Holmes",)
    assert told(packs, ("category", "Rupert Giles")).fandoms == ()
    assert told(packs, ("category", "Humor, missing scenes")).fandoms == ()
    assert told(packs, ("category", "Supernatural"), ("fandom", "BtVS")).genres == ("Supernatural",)


def test_a_series_that_is_a_show_is_a_fandom(packs: Packs) -> None:
    story = told(packs, ("series", "TNG"))
    assert (story.fandoms, story.series) == (("Star Trek: The Next Generation",), None)


def test_a_title_of_one_show_gives_the_fandom_away(packs: Packs) -> None:
    story = told(packs, ("spoilers", "Through The Zeppo"))
    assert story.fandoms == (BUFFY,)
    assert [o.place for o in story.origins if o.field == "fandoms"] == ["inferred from the spoilers"]
    assert told(packs, ("spoilers", "Season 3")).fandoms == ()


def test_two_people_of_one_cast_give_the_fandom_away(packs: Packs) -> None:
    assert fandom_of_names(["Willow", "Xander", "Marguerite"], packs) == BUFFY
    assert fandom_of_names(["Gunn", "Lorne", "Lilah"], packs) == ANGEL
    assert fandom_of_names(["Willow"], packs) is None
    assert fandom_of_names(["John", "Elizabeth", "Jack", "Sam"], packs) is None


def test_two_people_are_of_the_show_whose_first_season_they_open(packs: Packs) -> None:
    assert told(packs, ("pairing", "McKay/Sheppard")).fandoms == ("Stargate Atlantis",)
    assert told(packs, ("pairing", "Spike/Drusilla")).fandoms == ("Buffy the Vampire Slayer",)


def test_a_mailing_list_is_for_a_fandom(packs: Packs) -> None:
    posted = Claim("other", "torchwood-fic", "line 3, name of the list")
    story = catalogue(Document((Chapter("It was late."),), (Claim("pairing", "Jack/Ianto"), posted)), "a.txt", packs)
    assert (story.fandoms, story.pairings) == (("Torchwood",), (("Jack Harkness", "Ianto Jones"),))


def test_full_names_and_names_like_no_other_give_the_fandom_away(packs: Packs) -> None:
    in_full = "Then Buffy Summers met Rupert Giles and Willow Rosenberg."
    again_and_again = "So Mulder asked Scully, and Scully told Mulder."
    assert fandom_of_runs(Runs(in_full), packs) == BUFFY
    assert fandom_of_runs(Runs(again_and_again), packs) == "The X-Files"
    assert fandom_of_runs(Runs("So Holmes asked Watson, and Watson told Holmes. Mycroft and Mycroft."), packs) is None
    assert fandom_of_runs(Runs("So Robin met Giles and Harris, and Giles met Robin and Harris."), packs) is None


def test_a_saved_page_without_a_fandom_is_known_by_its_spoilers(packs: Packs) -> None:
    page = Path(__file__).parents[1] / "corpus/shelf/buffyverse/long_way_round.txt"
    (document,) = read(page.name, page.read_bytes())
    assert catalogue(document, "a.txt", packs).fandoms == (BUFFY,)


@pytest.mark.parametrize(
    ("value", "written", "fandoms", "series"),
    [
        ("Dracula", "Universe", ("Dracula",), None),
        ("BtVS", "UNIVERSE", ("Buffy the Vampire Slayer",), None),
        ("The Lantern Years", "Series", (), "The Lantern Years"),
        ("Lanterns #3", "Universe", (), "Lanterns"),
    ],
)
def test_a_universe_is_the_fandom_where_nothing_else_is(
    value: str, written: str, fandoms: tuple[str, ...], series: str | None
) -> None:
    document = Document((Chapter("Some words of it."),), (Claim("series", value, "line 3", written),))
    story = catalogue(document, "a.txt", Packs.load())
    assert (story.fandoms, story.series.name if story.series else None) == (fandoms, series)


def test_a_few_names_in_a_crowd_make_no_fandom() -> None:
    assert fandom_of_runs(Runs("Mulder, Scully, " * 3), Packs.load()) == "The X-Files"
    assert fandom_of_runs(Runs("Mulder, Scully, " * 3 + "Dobbin, " * 900), Packs.load()) is None
