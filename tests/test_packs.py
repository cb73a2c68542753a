"""What is known of fandoms: the shipped packs, and every question that is asked of them."""

from __future__ import annotations

import csv
import os
import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.errors import PackError
from ficsearch.packs import Packs, read_pack
from ficsearch.packs.checking import check
from ficsearch.packs.files import SHIPPED
from ficsearch.text import squash

BUFFY, ANGEL = "Buffy the Vampire Slayer", "Angel"
BOTH = (BUFFY, ANGEL)
TOS, TNG, DS9 = (
    "Star Trek: The Original Series",
    "Star Trek: The Next Generation",
    "Star Trek: Deep Space Nine",
)
REFERENCE = os.environ.get("FICSEARCH_REFERENCE")
DOCS = Path(__file__).parents[1] / "docs" / "packs.md"


@pytest.fixture(scope="module")
def packs() -> Packs:
    return Packs.load()


def codes(packs: Packs, title: str, *shows: str) -> list[str]:
    return [str(e) for e in packs.titles([packs.shows[s] for s in shows]).get(squash(title), ())]


# the shipped packs


@pytest.mark.parametrize("file", sorted(SHIPPED.glob("*.toml")), ids=lambda f: f.stem)
def test_nothing_is_wrong_with_a_shipped_pack(file: Path) -> None:
    assert check(file.read_text(encoding="utf-8")) == ()


@pytest.mark.parametrize(
    ("show", "seasons"),
    [("BtVS", [12, 22, 22, 22, 22, 22, 22]), ("AtS", [22, 22, 22, 22, 22])],
)
def test_the_buffyverse_has_every_episode(packs: Packs, show: str, seasons: list[int]) -> None:
    assert [len(packs.shows[show].season(n)) for n in packs.shows[show].seasons] == seasons


def test_there_are_34_shows_with_3648_episodes(packs: Packs) -> None:
    assert len(packs.shows) == 34
    assert sum(len(s.episodes) for s in packs.shows.values()) == 3648


def test_enterprise_has_every_episode_its_pilot_counted_twice(packs: Packs) -> None:
    enterprise = packs.shows["ENT"]
    assert [len(enterprise.season(n)) for n in enterprise.seasons] == [26, 26, 24, 22]
    assert [str(e) for e in enterprise.episodes if e.whole == "Shockwave"] == ["ENT 1x26", "ENT 2x01"]


@pytest.mark.parametrize(
    ("name", "fandom", "canonical"),
    [
        ("TPol", "Star Trek: Enterprise", "T'Pol"),
        ("Trip", "Star Trek: Enterprise", "Charles Tucker"),
        ("Captain Archer", "Star Trek: Enterprise", "Jonathan Archer"),
        ("Krum", "Harry Potter", "Viktor Krum"),
        ("Mad-Eye", "Harry Potter", "Alastor Moody"),
        ("Mrs. Weasley", "Harry Potter", "Molly Weasley"),
        ("Malfoy, Narcissa", "Harry Potter", "Narcissa Malfoy"),
        ("Prof. McGonagall", "Harry Potter", "Minerva McGonagall"),
        ("S. Finnigan", "Harry Potter", "Seamus Finnigan"),
        ("Lily Potter", "Harry Potter", "Lily Evans"),
    ],
)
def test_people_of_enterprise_and_of_hogwarts_are_known(packs: Packs, name: str, fandom: str, canonical: str) -> None:
    person = packs.character(name, (fandom,))
    assert person is not None
    assert person.name == canonical


def test_the_cast_of_harry_potter_is_there(packs: Packs) -> None:
    potter = next(p for p in packs.packs if p.universe == "harry-potter")
    assert len(potter.characters) >= 110


def test_every_episode_of_buffy_and_angel_has_a_date(packs: Packs) -> None:
    undated = [str(e) for s in ("BtVS", "AtS") for e in packs.shows[s].episodes if e.aired is None]
    assert undated == []


def test_the_buffyverse_has_a_cast_and_pairing_names(packs: Packs) -> None:
    buffyverse = next(p for p in packs.packs if p.universe == "buffyverse")
    assert len(buffyverse.characters) >= 120
    assert len(buffyverse.pairings) >= 60


def test_every_first_appearance_is_an_episode(packs: Packs) -> None:
    people = [c for p in packs.packs for c in p.characters]
    unknown = [(c.name, code) for c in people for code in (c.first, *c.also) if code and packs.episode(code) is None]
    assert unknown == []


def test_no_two_shows_share_a_name(packs: Packs) -> None:
    names = Counter(n for s in packs.shows.values() for n in {squash(n) for n in s.names})
    assert [n for n, times in names.items() if times > 1] == []


def test_every_title_and_alias_means_its_own_episode(packs: Packs) -> None:
    wrong = []
    for show in packs.shows.values():
        titles, inside = packs.titles([show]), packs.inside_titles([show])
        for episode in show.episodes:
            names = [squash(n) for n in (episode.title, *episode.aliases)]
            wrong += [(str(episode), n) for n in names if n and episode not in titles.get(n, ())]
            wrong += [(str(episode), n) for n in map(squash, episode.inside) if episode not in inside.get(n, ())]
    assert wrong == []


def test_a_title_means_one_episode_or_the_parts_of_a_whole(packs: Packs) -> None:
    unclear = {
        (show.code, key)
        for show in packs.shows.values()
        for key, episodes in packs.titles([show]).items()
        if len(episodes) > 1 and len({e.whole or str(e) for e in episodes}) > 1
    }
    assert unclear == set()


@pytest.mark.parametrize(
    ("before", "special", "after"),
    [
        ("XF 5x20", "XF 0x01", "XF 6x01"),
        ("XF 9x20", "XF 0x02", "XF 10x01"),
        ("SG1 10x20", "SG1 0x02", None),
        (None, "SG1 0x01", "SG1 1x01"),
        ("FF 1x14", "FF 0x01", None),
        ("VM 3x20", "VM 0x01", "VM 4x01"),
        ("SH 3x03", "SH 0x01", "SH 4x01"),
        ("DW 1x13", "DW 0x01", "DW 2x01"),
        ("DW 7x05", "DW 0x11", "DW 7x06"),
        ("BSG 3x20", "BSG 0x03", "BSG 4x01"),
    ],
)
def test_films_and_specials_stand_where_they_were_shown(
    packs: Packs, before: str | None, special: str, after: str | None
) -> None:
    film = packs.episode(special)
    assert film is not None
    row = [str(e) for e in packs.shows[film.show].episodes]
    at = row.index(special)
    assert row[at - 1 : at] == [before] if before else at == 0
    assert after is None or row[at + 1] == after
    assert film.order == at + 1


# titles


@pytest.mark.parametrize(
    ("title", "shows", "episodes"),
    [
        ("The Zeppo", ["BtVS"], ["BtVS 3x13"]),
        ("zeppo", ["BtVS"], ["BtVS 3x13"]),
        ("Becoming", ["BtVS"], ["BtVS 2x21", "BtVS 2x22"]),
        ("Becoming II", ["BtVS"], ["BtVS 2x22"]),
        ("Becoming, Part Two", ["BtVS"], ["BtVS 2x22"]),
        ("becoming (pt. 1)", ["BtVS"], ["BtVS 2x21"]),
        ("GD", ["BtVS"], []),
        ("Graduation", ["BtVS"], ["BtVS 3x21", "BtVS 3x22"]),
        ("Faith, Hope and Trick", ["BtVS"], ["BtVS 3x03"]),
        ("Lover’s Walk", ["BtVS"], ["BtVS 3x08"]),
        ("The Witch", ["BtVS"], ["BtVS 1x03"]),
        ("Home", ["BtVS", "AtS"], ["AtS 4x22"]),
        ("The Gift", ["BtVS", "XF"], ["BtVS 5x22", "XF 8x11"]),
        ("The Siege", ["SGA"], ["SGA 1x19", "SGA 1x20", "SGA 2x01"]),
        ("Children of Earth", ["TW"], [f"TW 3x0{n}" for n in range(1, 6)]),
        ("Day One", ["TW"], ["TW 1x02"]),
        ("Redux", ["XF"], ["XF 5x01", "XF 5x02"]),
        ("Redux II", ["XF"], ["XF 5x02"]),
        ("Goblet of Fire", ["HP", "HPf"], ["HP 1x04"]),
        ("DH part 1", ["HP", "HPf"], ["HPf 0x07"]),
        ("series finale", ["BtVS"], []),
    ],
)
def test_titles_are_found_as_fans_write_them(packs: Packs, title: str, shows: list[str], episodes: list[str]) -> None:
    assert codes(packs, title, *shows) == episodes


def test_some_aliases_need_a_known_show(packs: Packs) -> None:
    films = packs.inside_titles([packs.shows["XF"]])["movie"]
    assert [str(e) for e in films] == ["XF 0x01"]
    assert "movie" not in packs.titles(packs.shows.values())


def test_a_title_outranks_an_alias_and_an_article_dropped() -> None:
    pack = read_pack(
        'universe = "u"\n[[show]]\ncode = "S"\nname = "Show"\nepisodes = [\n'
        '{ at = "1x01", title = "The Wish" },\n{ at = "1x02", title = "Wish" },\n]\n',
        "u.toml",
    )
    assert codes(Packs([pack]), "Wish", "S") == ["S 1x02"]
    assert codes(Packs([pack]), "The Wish", "S") == ["S 1x01"]


# fandoms and shows


@pytest.mark.parametrize(
    ("text", "fandoms"),
    [
        ("BtVS", (BUFFY,)),
        ("buffy", (BUFFY,)),
        ("Buffy: the Vampire Slayer", (BUFFY,)),
        ("Buffy the Vampire Slayer (TV)", (BUFFY,)),
        ("Buffy the Vampre Slayer", (BUFFY,)),
        ("Angel: the Series", (ANGEL,)),
        ("AtS", (ANGEL,)),
        ("Angel (TV)", (ANGEL,)),
        ("Angel (2007)", ()),
        ("BtVS/AtS crossover", BOTH),
        ("Buffy/Angel", BOTH),
        ("Buffy & Angel", BOTH),
        ("Angel and Buffy", (ANGEL, BUFFY)),
        ("Crossover: Buffy/X-Files", (BUFFY, "The X-Files")),
        ("BtVS x-over AtS", BOTH),
        ("BtVS (AtS crossover)", BOTH),
        ("Buffyverse", BOTH),
        ("Jossverse", (*BOTH, "Firefly")),
        ("Buffy/Nothing Anybody Knows", ()),
        ("X-Files, The", ("The X-Files",)),
        ("Stargate", ("Stargate SG-1", "Stargate Atlantis")),
        ("SG-1/Atlantis", ("Stargate SG-1", "Stargate Atlantis")),
        ("Atlantis", ()),
        ("Harry Potter - J. K. Rowling", ("Harry Potter",)),
        ("Harry Potter (Movies)", ("Harry Potter",)),
        ("Supernatural (TV 2005)", ("Supernatural",)),
        ("Doctor Who (2005)", ("Doctor Who",)),
        ("Doctor Who (1963)", ()),
        ("Battlestar Galactica (1978)", ()),
        ("Sherlock Holmes - Arthur Conan Doyle", ()),
        ("The Avengers (TV)", ()),
        ("Marvel", ()),
        ("Firefly/Serenity", ("Firefly",)),
        ("", ()),
        ("/", ()),
    ],
)
def test_a_declared_fandom_is_known_by_its_many_names(packs: Packs, text: str, fandoms: tuple[str, ...]) -> None:
    assert packs.fandoms(text) == fandoms


def test_every_fandom_knows_its_own_name(packs: Packs) -> None:
    assert [f for f in packs.fandom_names if packs.fandoms(f) != (f,)] == []


def test_fandoms_of_one_universe_stand_together(packs: Packs) -> None:
    assert packs.universe_fandoms([ANGEL, "Nobody's"]) == BOTH
    assert packs.universe_fandoms(["Harry Potter"]) == ("Harry Potter",)


def test_books_and_films_are_two_shows_of_one_fandom(packs: Packs) -> None:
    assert [s.code for s in packs.shows_of(["Harry Potter"])] == ["HP", "HPf"]


def test_a_show_is_found_by_any_name_and_some_only_inside(packs: Packs) -> None:
    assert getattr(packs.show("Angel: the Series"), "code", None) == "AtS"
    assert packs.show("Atlantis") is None
    assert getattr(packs.show("atlantis", ["Stargate SG-1"]), "code", None) == "SGA"
    assert getattr(packs.show("the films", ["Harry Potter"]), "code", None) == "HPf"


def test_seasons_leave_specials_out_unless_there_is_nothing_else(packs: Packs) -> None:
    assert packs.shows["XF"].seasons == tuple(range(1, 12))
    assert packs.shows["SW"].seasons == (0,)


# people


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Cordy", "Cordelia Chase"),
        ("CORDELIA", "Cordelia Chase"),
        ("Cordy Chase", "Cordelia Chase"),
        ("Miss Chase", "Cordelia Chase"),
        ("Chase", "Cordelia Chase"),
        ("Willow", "Willow Rosenberg"),
        ("Will", "Willow Rosenberg"),
        ("Dark!Willow", "Willow Rosenberg"),
        ("Willow Rosenburg", "Willow Rosenberg"),
        ("Willlow", "Willow Rosenberg"),
        ("W. Rosenberg", "Willow Rosenberg"),
        ("Willow D. Rosenberg", "Willow Rosenberg"),
        ("Vamp!Willow", "Vampire Willow"),
        ("Xander H.", "Xander Harris"),
        ("Xander H", "Xander Harris"),
        ("Harris, Xander", "Xander Harris"),
        ("Alexander LaVelle Harris", "Xander Harris"),
        ("Xandar", "Xander Harris"),
        ("Mr. Harris", "Xander Harris"),
        ("Xander (mentioned)", "Xander Harris"),
        ("Giles", "Rupert Giles"),
        ("Mr. Giles", "Rupert Giles"),
        ("Giles, Rupert", "Rupert Giles"),
        ('Rupert "Ripper" Giles', "Rupert Giles"),
        ("R. Giles", "Rupert Giles"),
        ("Buffy S.", "Buffy Summers"),
        ("Buffy Anne Summers", "Buffy Summers"),
        ("Slayer", "Buffy Summers"),
        ("Mrs. Summers", "Joyce Summers"),
        ("Principal Snyder", "Principal Snyder"),
        ("Snyder", "Principal Snyder"),
        ("Dr. Walsh", "Maggie Walsh"),
        ("Professor Maggie Walsh", "Maggie Walsh"),
        ("Maggie W.", "Maggie Walsh"),
        ("Oz", "Daniel Osbourne"),
        ('Daniel "Oz" Osbourne', "Daniel Osbourne"),
        ("Daniel “Oz” Osbourne", "Daniel Osbourne"),
        ("Daniel Osborne", "Daniel Osbourne"),
        ("Mr. Trick", "Mr. Trick"),
        ("the Mayor", "Richard Wilkins III"),
        ("Mayor", "Richard Wilkins III"),
        ("Mayor Wilkins", "Richard Wilkins III"),
        ("Angel", "Angel"),
        ("Angelus", "Angel"),
        ("Angel (BtVS)", "Angel"),
        ("Angel (Buffyverse)", "Angel"),
        ("Souled!Angel", "Angel"),
        ("William the Bloody", "Spike"),
        ("Spike (BtVS)", "Spike"),
        ("Anya Jenkins | Anyanka", "Anya Jenkins"),
        ("Wesley W.", "Wesley Wyndam-Pryce"),
        ("Wesley W. P.", "Wesley Wyndam-Pryce"),
        ("Wesley Wyndham-Price", "Wesley Wyndam-Pryce"),
        ("Wes Wyndam-Pryce", "Wesley Wyndam-Pryce"),
        ("Wesly Wyndam Pryce", "Wesley Wyndam-Pryce"),
        ("Tara McClay", "Tara Maclay"),
        ("Tara M.", "Tara Maclay"),
        ("Dawnie", "Dawn Summers"),
        ("D'Hoffryn", "D'Hoffryn"),
        ("D’Hoffryn", "D'Hoffryn"),
        ("Detective Lockley", "Kate Lockley"),
        ("Lindsay McDonald", "Lindsey McDonald"),
        ("J. Levinson", "Jonathan Levinson"),
        ("Quentin  Travers", "Quentin Travers"),
        ("Agent Finn", "Riley Finn"),
        ("Fred", "Winifred Burkle"),
        ("Illyria", "Illyria"),
        ("Anne", "Anne Steele"),
    ],
)
def test_people_are_known_by_their_many_names(packs: Packs, name: str, person: str) -> None:
    found = packs.character(name, BOTH)
    assert found is not None
    assert found.name == person


@pytest.mark.parametrize(
    "name",
    [
        *("", "!", "...", "OFC", "Various", "Emma (OC)", "Sam (OC)", "Everybody", "the Scoobies", "man", "Vampire"),
        *("Summers", "Mrs. Harris", "Spike (Cowboy Bebop)", "Harry Potter", "Dawson", "Mulder", "Miss Summers Finn"),
    ],
)
def test_a_name_that_nobody_has_or_several_have_is_nobody(packs: Packs, name: str) -> None:
    assert packs.character(name, BOTH) is None


@pytest.mark.parametrize(
    ("name", "fandoms", "person"),
    [
        ("the Beast", [BUFFY], "Glorificus"),
        ("the Beast", [ANGEL], "The Beast"),
        ("Number One", [TNG], "William Riker"),
        ("Number One", [TOS], "Number One (TOS)"),
        ("Will", [TNG], "William Riker"),
        ("the Master", [BUFFY], "The Master"),
        ("the Master", ["Doctor Who"], "The Master (DW)"),
        ("Lorne", [ANGEL], "Lorne"),
        ("Lorne", ["Stargate Atlantis"], "Evan Lorne"),
        ("Lorne", [ANGEL, "Stargate Atlantis"], None),
        ("Sam", ["Supernatural"], "Sam Winchester"),
        ("Sam", ["Stargate SG-1"], "Samantha Carter"),
        ("J. O'Neill", ["Stargate SG-1"], "Jack O'Neill"),
        ("Teal’c", ["Stargate SG-1"], "Teal'c"),
        ("Tealc", ["Stargate SG-1"], "Teal'c"),
        ("Ray", ["due South"], "Ray Vecchio"),
        ("Krychek", ["The X-Files"], "Alex Krycek"),
        ("Belanna Torres", ["Star Trek: Voyager"], "B'Elanna Torres"),
        ("Hermoine", ["Harry Potter"], "Hermione Granger"),
        ("Tom Riddle | Voldemort", ["Harry Potter"], "Tom Marvolo Riddle"),
        ("Thor (Marvel)", ["Marvel Cinematic Universe"], "Thor"),
        ("Daniel", [BUFFY, "Stargate SG-1"], "Daniel Jackson"),
        ("Dawson", [BUFFY, "Highlander: The Series"], "Joe Dawson"),
        ("Lorne (SGA)", [ANGEL, "Stargate Atlantis"], "Evan Lorne"),
        ("Number One (TNG)", [TOS], "William Riker"),
        ("Willow", ["Nobody's"], None),
        ("Willow", [], None),
    ],
)
def test_a_name_is_resolved_inside_the_fandoms_only(
    packs: Packs, name: str, fandoms: list[str], person: str | None
) -> None:
    assert getattr(packs.character(name, fandoms), "name", None) == person


def test_every_canonical_name_means_its_own_person(packs: Packs) -> None:
    wrong = []
    for pack in packs.packs:
        fandoms = tuple(dict.fromkeys(s.fandom for s in pack.shows))
        wrong += [c.name for c in pack.characters if packs.character(c.name, fandoms) is not c]
    assert wrong == []


AMBIGUOUS = {
    *(("bsg", "Sharon"), ("buffyverse", "the Beast"), ("buffyverse", "Anne"), ("buffyverse", "Evil Willow")),
    *(("buffyverse", "Will"), ("firefly", "mei-mei"), ("star-trek", "Number One"), ("star-trek", "Imzadi")),
    *(("star-trek", "Dax"), ("whoniverse", "Paternoster Gang")),
}
"""Names that two people of one universe share, all of them."""


def test_every_alias_means_one_person_or_is_known_to_be_shared(packs: Packs) -> None:
    shared = set()
    for pack in packs.packs:
        fandoms = tuple(dict.fromkeys(s.fandom for s in pack.shows))
        shared |= {
            (pack.universe, n) for c in pack.characters for n in c.aliases if packs.character(n, fandoms) is not c
        }
    assert shared == AMBIGUOUS


@pytest.mark.parametrize(
    ("name", "fandoms", "episode"),
    [
        ("Cordelia Chase", BOTH, "BtVS 1x01"),
        ("Cordelia Chase", (ANGEL,), "AtS 1x01"),
        ("Dawn Summers", BOTH, "BtVS 5x01"),
        ("Dawn Summers", (ANGEL,), "BtVS 5x01"),
        ("Illyria", (ANGEL,), "AtS 5x15"),
        ("Worf", (DS9,), "DS9 4x01"),
        ("Worf", (TNG,), "TNG 1x01"),
        ("Jack Harkness", ("Torchwood",), "TW 1x01"),
        ("Harry Potter", BOTH, None),
        ("Nobody", BOTH, None),
    ],
)
def test_a_first_appearance_is_that_in_the_shows_of_the_story(
    packs: Packs, name: str, fandoms: tuple[str, ...], episode: str | None
) -> None:
    found = packs.first_appearance(name, fandoms)
    assert (str(found) if found else None) == episode


def test_people_of_one_canonical_name_are_all_told(packs: Packs) -> None:
    assert {c.universe for c in packs.characters_named("Amanda")} == {"buffyverse"}
    assert packs.characters_named("Nobody") == ()
    assert len(packs.characters_of([BUFFY])) == len(packs.characters_of(BOTH))


# pairings and initials


@pytest.mark.parametrize(
    ("text", "fandoms", "people"),
    [
        ("Spuffy", BOTH, ("Buffy Summers", "Spike")),
        ("spuffy", (BUFFY,), ("Buffy Summers", "Spike")),
        ("X/A", BOTH, ("Xander Harris", "Anya Jenkins")),
        ("a/x", BOTH, ("Xander Harris", "Anya Jenkins")),
        ("T/W", BOTH, ("Willow Rosenberg", "Tara Maclay")),
        ("MSR", ("The X-Files",), ("Fox Mulder", "Dana Scully")),
        ("MSR", BOTH, None),
        ("fangedfour", BOTH, ("Angel", "Darla", "Drusilla", "Spike")),
        ("Destiel", ("Supernatural",), ("Dean Winchester", "Castiel")),
        ("Wincest", ("Supernatural", BUFFY), ("Dean Winchester", "Sam Winchester")),
        ("Johnlock", ("Sherlock",), ("Sherlock Holmes", "John Watson")),
        ("Drarry", ("Harry Potter",), ("Harry Potter", "Draco Malfoy")),
        ("Janto", ("Doctor Who",), ("Jack Harkness", "Ianto Jones")),
        ("McShep", ("Stargate Atlantis",), ("John Sheppard", "Rodney McKay")),
        ("Buffy/Spike", BOTH, None),
        ("", BOTH, None),
    ],
)
def test_a_pairing_with_a_name_is_its_people(
    packs: Packs, text: str, fandoms: tuple[str, ...], people: tuple[str, ...] | None
) -> None:
    assert packs.pairing(text, fandoms) == people


@pytest.mark.parametrize(
    ("letters", "fandoms", "person"),
    [
        ("W", (BUFFY,), "Willow Rosenberg"),
        ("W", (ANGEL,), "Wesley Wyndam-Pryce"),
        ("W", BOTH, None),
        ("X", BOTH, "Xander Harris"),
        ("Ay", BOTH, "Anya Jenkins"),
        ("K", (TOS,), "James T. Kirk"),
        ("K", (DS9,), "Kira Nerys"),
        ("Sk", ("The X-Files",), "Walter Skinner"),
        ("Hr", ("Harry Potter",), "Hermione Granger"),
        ("RL", ("Harry Potter",), "Remus Lupin"),
        ("XH", BOTH, "Xander Harris"),
        ("ZZ", BOTH, None),
        ("x", BOTH, "Xander Harris"),
        ("ay", BOTH, "Anya Jenkins"),
        ("", BOTH, None),
    ],
)
def test_initials_mean_a_person_of_the_show(
    packs: Packs, letters: str, fandoms: tuple[str, ...], person: str | None
) -> None:
    assert packs.initial(letters, fandoms) == person


# anything at all


@settings(max_examples=150)
@given(text=st.text(max_size=40))
def test_no_text_makes_a_question_fail(packs: Packs, text: str) -> None:
    fandoms = packs.fandoms(text)
    person = packs.character(text, BOTH)
    assert set(fandoms) <= set(packs.fandom_names)
    assert person is None or person in packs.characters_of(BOTH)
    assert packs.pairing(text, BOTH) is None or packs.initial(text, BOTH) is None


def test_many_threads_get_one_answer() -> None:
    fresh = Packs.load()

    def ask(_: int) -> tuple[object, ...]:
        return fresh.character("Cordy", BOTH), len(fresh.titles(fresh.shows.values())), fresh.fandoms("BtVS")

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(ask, range(64)))) == 1


# files


def test_the_cached_form_says_what_the_files_say(tmp_path: Path) -> None:
    cache = tmp_path / "packs.cache"
    fresh = Packs.load(cache=cache)
    before = cache.read_bytes()
    cached = Packs.load(cache=cache)
    assert cached.packs == fresh.packs == Packs.load().packs
    assert cached.version == fresh.version
    assert cache.read_bytes() == before
    assert [f.name for f in tmp_path.iterdir()] == ["packs.cache"]


def test_a_changed_pack_is_read_again(tmp_path: Path) -> None:
    own, cache = tmp_path / "packs", tmp_path / "cache"
    own.mkdir()
    (own / "mine.toml").write_text(example())
    first = Packs.load(own, cache)
    (own / "mine.toml").write_text(example().replace("The Long Night", "The Longest Night"))
    second = Packs.load(own, cache)
    assert codes(second, "Longest Night", "SF") == ["SF 1x03"]
    assert first.version != second.version


@pytest.mark.parametrize("rubbish", [b"", b"{", b"[]", b'{"key": 1}', b"\xff\xfe"])
def test_a_damaged_cache_is_made_anew(tmp_path: Path, rubbish: bytes) -> None:
    cache = tmp_path / "cache"
    cache.write_bytes(rubbish)
    assert Packs.load(cache=cache).version == Packs.load().version
    assert cache.read_bytes() != rubbish


def test_a_cache_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    assert Packs.load(cache=tmp_path / "nowhere" / "cache").shows


def test_an_own_pack_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('universe = "buffyverse"\n[[show]]\ncode = "B"\nname = "Mine"\nepisodes = []\n')
    packs = Packs.load(tmp_path)
    assert packs.show("Mine") is not None
    assert packs.show("BtVS") is None


def test_a_code_belongs_to_one_universe(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('universe = "u"\n[[show]]\ncode = "BtVS"\nname = "Mine"\nepisodes = []\n')
    with pytest.raises(PackError, match="'buffyverse' and 'u' both have a show with the code 'BtVS'"):
        Packs.load(tmp_path)


def test_a_folder_that_is_not_there_holds_no_packs(tmp_path: Path) -> None:
    assert Packs.load(tmp_path / "none").packs == Packs.load().packs


def test_comments_and_layout_do_not_change_the_version() -> None:
    one = Packs([read_pack(example(), "a.toml")])
    other = Packs([read_pack("# a comment\n" + example().replace("  {", "{"), "b.toml")])
    assert one.version == other.version


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("universe = ", "line 1"),
        ("names = []", "needs 'universe'"),
        ('universe = "u"\ncharacters = [\n  { aliases = ["A"] },\n]\n', "line 3: a character needs 'name'"),
    ],
)
def test_a_file_that_is_no_pack_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "odd.toml").write_text(text)
    with pytest.raises(PackError, match=re.escape(said)) as error:
        Packs.load(tmp_path)
    assert "'odd.toml'" in error.value.message
    assert "ficsearch packs check" in error.value.advice


def test_a_link_to_nowhere_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").symlink_to(tmp_path / "nowhere")
    with pytest.raises(PackError, match=r"odd\.toml"):
        Packs.load(tmp_path)


def test_a_pack_that_is_no_text_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.toml").write_bytes(b'universe = "\xe9"')
    with pytest.raises(PackError, match=r"odd\.toml"):
        Packs.load(tmp_path)


# check


def example() -> str:
    """The pack of the documentation."""
    found = re.search(r"```toml\n(# Starfall.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


def test_the_example_of_the_documentation_is_right() -> None:
    assert check(example()) == ()
    packs = Packs([read_pack(example(), "starfall.toml")])
    assert codes(packs, "Landing", "SF") == ["SF 1x01", "SF 1x02"]
    assert packs.pairing("Jill", ["Starfall"]) == ("Joan Marsh", "Will Ferrar")


PEOPLE = 'universe = "u"\ncharacters = [\n  %s\n]\n'
EPISODES = (
    'universe = "u"\n[[show]]\ncode = "S"\nname = "Show"\nepisodes = [\n  { at = "1x01", title = "One" },\n  %s\n]\n'
)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("universe = \n", ["line 1: this is not TOML: Invalid value"]),
        ('universe = "u"\nnames = [\n', ["line 2: this is not TOML: "]),
        ("", ["the pack needs 'universe'"]),
        ('universe = "u"\nshows = []', ["line 2: 'shows' is no key of the pack; there are "]),
        ('universe = ""', ["line 1: 'universe' must be text in quotes"]),
        ('universe = "u"\ncharacters = "Buffy"', ["line 2: 'characters' must be rows"]),
        (PEOPLE % '{ name = "A", alias = ["B"] },', ["line 3: 'alias' is no key of a character; there are "]),
        (PEOPLE % '{ name = "A", aliases = "B" },', ["line 3: 'aliases' must be a list of texts in quotes"]),
        (PEOPLE % '{ name = "A" },\n  { name = "A" },', ["line 4: 'A' stands twice (first on line 3)"]),
        (PEOPLE % '{ name = "A", first = "S 1x01" },', ["line 3: 'A' first appears in 'S 1x01', which is no episode"]),
        (PEOPLE % '{ name = "A", words = ["B"] },', ["line 3: 'B' is in the words of 'A', but is none of the names"]),
        (PEOPLE % '"Buffy",', ["a character must be a row in braces"]),
        ('universe = "u"\n[pairings]\nAB = ["A", "B"]', ["line 3: [pairings] 'AB': nobody here is named "] * 2),
        (PEOPLE % '{ name = "A" },' + '[pairings]\nAA = ["A"]', ["line 6: the pairing 'AA' needs two people"]),
        ('universe = "u"\n[pairings]\nAB = "A/B"', ["line 3: [pairings] 'AB' must be a list of texts in quotes"]),
        ('universe = "u"\n[initials]\nA = "Anya"', ["line 3: [initials] 'A': nobody here is named 'Anya'"]),
        (PEOPLE % '{ name = "A" },' + '[initials]\n"S A" = "A"', ["line 6: [initials] 'S A': there is no show 'S'"]),
        (PEOPLE % '{ name = "A" },' + '[prefer]\nB = "A"', ["line 6: [prefer] 'B' is none of the names of 'A'"]),
        (
            'universe = "u"\n[[show]]\nname = "Show"\n',
            ["line 2: a show needs 'code'", "line 2: a show needs 'episodes'"],
        ),
        (EPISODES % '{ at = "1x01", title = "Two" },', ["line 7: episode '1x01' stands twice (first on line 6)"]),
        (EPISODES % '{ at = "1-02", title = "Two" },', ["line 7: at = '1-02' must look like \"3x13\""]),
        (EPISODES % '{ at = "1x02" },', ["line 7: an episode needs 'title'"]),
        (EPISODES % '{ at = "1x02", title = "Two", aired = "1999" },', ["line 7: 'aired' must be a date"]),
        (EPISODES % '{ at = "1x02", title = "Two", whole = "W" },', ["line 7: 'W' has only one part"]),
        (
            EPISODES % '{ at = "2x01", title = "Two" },\n  { at = "1x02", title = "Three" },',
            ["line 8: '1x02' stands after '2x01': the list is the order of the story"],
        ),
        (
            EPISODES % '{ at = "1x02", title = "Two", aliases = ["One"] },',
            ["line 7: the alias 'One' of '1x02' also means '1x01'"],
        ),
        (
            EPISODES
            % '{ at = "1x02", title = "Two", aliases = ["X"] },\n{ at = "1x03", title = "3", aliases = ["x!"] },',
            ["line 8: the alias 'x!' of '1x03' also means '1x02'"],
        ),
        (
            EPISODES % "" + '[[show]]\ncode = "S"\nname = "Again"\nkind = "series"\nepisodes = [\n]\n',
            ["line 9: the show 'S' stands twice"],
        ),
        (EPISODES.replace('"S"', '"S 1"') % "", ["line 3: the code 'S 1' must be one word"]),
        (
            EPISODES.replace('name = "Show"', 'name = "Show"\nkind = "play"') % "",
            ["line 5: kind 'play' must be one of"],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, problems: list[str]) -> None:
    told = check(text)
    assert len(told) == len(problems)
    assert all(said.startswith(begins) for said, begins in zip(told, problems, strict=True)), told


def test_specials_may_stand_anywhere_and_parts_share_an_alias() -> None:
    rows = [
        '{ at = "0x02", title = "Film" },',
        '{ at = "1x02", title = "A, Part One", whole = "A", aliases = ["AA"] },',
        '{ at = "0x01", title = "Special" },',
        '{ at = "1x03", title = "A, Part Two", whole = "A", aliases = ["AA"] },',
    ]
    assert check(EPISODES % "\n".join(rows)) == ()


def test_tables_written_the_long_way_have_lines_too() -> None:
    text = 'universe = "u"\n\n[[characters]]\nname = "A"\n\n[[characters]]\nname = "A"\n'
    assert check(text) == ("line 6: 'A' stands twice (first on line 3)",)


@settings(max_examples=150)
@given(lines=st.lists(st.sampled_from(EPISODES.splitlines() + PEOPLE.splitlines() + ["]", "[[show]]", "{", '"'])))
def test_check_answers_whatever_it_is_given(lines: list[str]) -> None:
    assert all(isinstance(p, str) and p for p in check("\n".join(lines)))


# the reference tables


def reference(folder: str) -> Iterator[dict[str, str]]:
    for file in sorted(Path(REFERENCE or ".", folder).glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as rows:
            yield from (row | {"slug": file.stem} for row in csv.DictReader(rows) if file.stem != "shows")


@pytest.mark.skipif(not REFERENCE, reason="FICSEARCH_REFERENCE names no folder")
def test_the_packs_agree_with_the_reference_tables_of_episodes(packs: Packs) -> None:
    shows = {name: s for s in packs.shows.values() for name in s.names}
    shows["Star Wars (films)"] = packs.shows["SW"]
    shows["Marvel Cinematic Universe (films)"] = packs.shows["MCU"]
    wrong = []
    for row in reference("episodes"):
        show = shows[row["show"]]
        episode = packs.episode(f"{show.code} {row['season']}x{int(row['number']):02d}")
        assert episode is not None
        if (episode.title, episode.aired or "") != (row["title"], row["air_date"]):
            wrong.append((str(episode), row["title"]))
        found = packs.titles([show]), packs.inside_titles([show])
        wrong += [
            (str(episode), alias)
            for alias in filter(None, row["aliases"].split("|"))
            if not any(episode in titles.get(squash(alias), ()) for titles in found)
        ]
    assert wrong == [
        ("LOST 2x21", "?"),
        ("SH 2x03", "post-Reichenbach"),
        ("XF 9x20", "series finale (original run)"),
    ]


OURS_UNDER_OTHER_NAMES = [
    "Olivia Williams (Giles's friend)",
    "Vastra, Jenny and Strax",
    "Miles O'Brien (DS9)",
    "Worf (DS9)",
]


@pytest.mark.skipif(not REFERENCE, reason="FICSEARCH_REFERENCE names no folder")
def test_the_packs_agree_with_the_reference_tables_of_characters(packs: Packs) -> None:
    people = [c for p in packs.packs for c in p.characters]
    unknown = []
    for row in reference("characters"):
        first = row["first_appearance"]
        named = [c for c in people if squash(row["canonical"]) in map(squash, c.names)]
        if not any(not first or first in (c.first, *c.also) for c in named):
            unknown.append(row["canonical"])
    assert unknown == OURS_UNDER_OTHER_NAMES
