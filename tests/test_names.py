"""Characters found in the text by what the packs know."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ficsearch.catalogue.fandoms import fandom_of_runs
from ficsearch.catalogue.names import cast_of
from ficsearch.catalogue.runs import Runs, words_of
from ficsearch.packs import Packs

BUFFY = ("Buffy the Vampire Slayer",)


def found(packs: Packs, text: str, declared: tuple[str, ...] = (), fandoms: tuple[str, ...] = BUFFY) -> dict[str, int]:
    return {f.name: f.mentions for f in cast_of(packs, fandoms).found(Runs(text), declared)}


def test_runs_of_capitals_join_names_and_their_titles() -> None:
    assert Runs("So Mr. Giles met Queen C soon. Then J. R. Giles left with the Duke of Omnium.").counts == {
        "So Mr. Giles": 1,
        "Queen C": 1,
        "Then J. R. Giles": 1,
        "Duke of Omnium": 1,
    }
    assert words_of("Mr. Giles’s") == ("mr", "giles")


def test_runs_are_found_by_the_word_with_which_they_end() -> None:
    runs = Runs("So Mr. Giles met Giles’s Aunt, and Rupert Giles slept. Élodie woke Giles.")
    assert runs.ending_with(frozenset({"giles", "elodie", "rupert"})) == [
        ("So Mr. Giles", "giles"),
        ("Rupert Giles", "giles"),
        ("Élodie", "elodie"),
        ("Giles", "giles"),
    ]


def test_every_name_of_a_person_is_that_person(packs: Packs) -> None:
    text = "She told Cordy, and Cordelia Chase's car, and Cordelia, and Miss Chase; CORDELIA heard."
    assert found(packs, text) == {"Cordelia Chase": 5}


def test_the_longest_name_counts_once(packs: Packs) -> None:
    assert found(packs, "We saw Buffy Summers and Mrs. Summers.") == {"Buffy Summers": 1, "Joyce Summers": 1}


def test_possessives_and_titles_do_not_hide_a_name(packs: Packs) -> None:
    assert found(packs, "It was Giles's, or Mr. Giles’ own, or Principal Snyder’s.") == {
        "Rupert Giles": 2,
        "Principal Snyder": 1,
    }


def test_an_ordinary_word_counts_inside_sentences_where_it_has_a_capital(packs: Packs) -> None:
    assert found(packs, "They sent for Faith and then Faith came. It was an act of faith.") == {"Faith Lehane": 2}
    assert found(packs, "Faith is a virtue. He had faith. Dawn broke at dawn. Spike your drink.") == {}


def test_an_ordinary_word_counts_at_the_head_of_a_sentence_when_the_person_is_there(packs: Packs) -> None:
    text = "Faith laughed. They knew what Faith meant, and that Faith would go. Faith went."
    assert found(packs, text) == {"Faith Lehane": 4}
    assert found(packs, '"Oz is in the van. Oz is, you know. Waiting."') == {"Daniel Osbourne": 2}


def test_will_is_willow_only_where_it_is_a_name(packs: Packs) -> None:
    text = "Willow sat with Willow's book. “Will you come?” he will say. “It's all right, Will,” said Xander to Willow."
    assert found(packs, text) == {"Willow Rosenberg": 4, "Xander Harris": 1}


def test_a_nickname_needs_its_bearer_in_the_story(packs: Packs) -> None:
    assert found(packs, "She wore Red and then Red again, and her Mother met Princess after Princess.") == {}
    assert found(packs, "We asked Drusilla. “Come, Princess,” he said to Princess.")["Drusilla"] == 3


def test_the_mayor_is_counted_under_his_office(packs: Packs) -> None:
    assert found(packs, "He went to the Mayor, and the Mayor smiled.") == {"Richard Wilkins III": 2}


def test_a_weekday_is_no_vampire(packs: Packs) -> None:
    assert found(packs, "We met on Sunday and on Sunday we parted, and last Sunday too.") == {}
    assert found(packs, "It was she, Sunday, and then Sunday bit him.", ("Sunday",)) == {"Sunday": 2}


def test_a_name_means_nobody_outside_its_fandom(packs: Packs) -> None:
    assert found(packs, "Buffy and Giles and Buffy.", fandoms=("The X-Files",)) == {}


def test_a_vocative_a_tag_and_capitals_are_mentions(packs: Packs) -> None:
    text = "“Giles?” “Yes, Buffy?” “XANDER!” said Willow. BUFFY SUMMERS ran, and so did WILLOW."
    assert found(packs, text) == {"Buffy Summers": 2, "Willow Rosenberg": 2, "Rupert Giles": 1, "Xander Harris": 1}


def test_marks_of_emphasis_around_a_name_are_no_part_of_it(packs: Packs) -> None:
    text = "It was _Buffy_, and *Giles* too; _Xander Harris_ left, and __Cordelia__ stayed."
    assert set(found(packs, text)) == {"Buffy Summers", "Rupert Giles", "Xander Harris", "Cordelia Chase"}


def test_a_nickname_in_quotes_stands_inside_a_name(packs: Packs) -> None:
    text = "There sat Daniel “Oz” Osbourne, and Daniel 'Oz' Osbourne slept."
    assert found(packs, text) == {"Daniel Osbourne": 2}
    assert words_of('Daniel "Oz" Osbourne') == ("daniel", "osbourne")


def test_ranks_in_short_stand_before_names(packs: Packs) -> None:
    text = "So Col. O'Neill met Dr. McKay and Maj. Carter, and Gen. Hammond saw O’Neill."
    people = {"Jack O'Neill": 2, "Rodney McKay": 1, "Samantha Carter": 1, "George Hammond": 1}
    assert found(packs, text, fandoms=("Stargate SG-1", "Stargate Atlantis")) == people


def test_agents_and_their_surnames(packs: Packs) -> None:
    text = "Agent Mulder called A.D. Skinner. Special Agent Dana Scully called Mulder’s phone. MULDER: Scully?"
    people = {"Fox Mulder": 3, "Dana Scully": 2, "Walter Skinner": 1}
    assert found(packs, text, fandoms=("The X-Files",)) == people


def test_hyphens_and_apostrophes_belong_to_a_name(packs: Packs) -> None:
    text = "So Jean-Luc met Jean‐Luc Picard, and Teal'c met Teal’c and Wesley Wyndam-Pryce."
    fandoms = ("Star Trek: The Next Generation", "Stargate SG-1", "Angel")
    assert found(packs, text, fandoms=fandoms) == {"Jean-Luc Picard": 2, "Teal'c": 2, "Wesley Wyndam-Pryce": 1}


def test_a_known_surname_behind_another_first_name_is_somebody_else(packs: Packs) -> None:
    assert found(packs, "It was Harriet Harris who rang, and then Xander Harris.") == {"Xander Harris": 1}


@pytest.mark.parametrize(
    ("text", "fandom", "people"),
    [
        ("So River sat by the river, and Wash did the wash.", "Firefly", {"River Tam": 1, "Hoban Washburne": 1}),
        ("She sat in the river. The wash was dry. Book a room.", "Firefly", {}),
        ("The data were dry, said Data; and Data sighed.", "Star Trek: The Next Generation", {"Data": 2}),
        ("It was House. The house was empty, and House knew it; a chase.", "House", {"Gregory House": 2}),
        ("They gave it to Chase. A car chase began, and Chase ran.", "House", {"Robert Chase": 2}),
        ("There was glory, and Glory laughed with Ben, and then Glory left.", BUFFY[0], {"Glorificus": 2}),
        ("Rose rose from the rose bed and told Rose so.", "Doctor Who", {"Rose Tyler": 1}),
        ("The angel on the tree; an angel. “Ask Angel,” they said.", "Angel", {"Angel": 1}),
        (
            "Seven of them, at seven. “It is seven,” said Seven, and Seven left.",
            "Star Trek: Voyager",
            {"Seven of Nine": 2},
        ),
    ],
)
def test_words_are_names_only_where_they_are_used_so(
    packs: Packs, text: str, fandom: str, people: dict[str, int]
) -> None:
    there = found(packs, text, fandoms=(fandom,))
    assert {name: there.get(name, 0) for name in people} == people
    assert people or not there


def test_in_a_crossover_a_shared_name_is_whoever_is_there_by_a_surer_one(packs: Packs) -> None:
    both = ("Stargate SG-1", "Supernatural")
    text = "They asked Sam, and then Sam Winchester sat down; and Sam laughed."
    assert found(packs, text, fandoms=both) == {"Sam Winchester": 3}
    assert found(packs, "They asked Jack, and Jack knew.", ("Jack O'Neill",), both) == {"Jack O'Neill": 2}


def test_in_a_crossover_a_name_that_may_be_two_people_is_kept_for_both(packs: Packs) -> None:
    there = found(packs, "They asked Sam, and then Sam laughed with Dean.", fandoms=("Stargate SG-1", "Supernatural"))
    assert there == {"Samantha Carter": 2, "Sam Winchester": 2, "Dean Winchester": 1}
    assert set(found(packs, "So Lorne sang, said Lorne.", fandoms=("Angel", "Stargate Atlantis"))) == {
        "Lorne",
        "Evan Lorne",
    }


def test_the_most_mentioned_comes_first(packs: Packs) -> None:
    text = "He and Giles. He and Buffy. And Buffy. And Buffy. And Giles. And Xander."
    assert list(found(packs, text)) == ["Buffy Summers", "Rupert Giles", "Xander Harris"]


@pytest.mark.skipif("FICSEARCH_FICTION" not in os.environ, reason="needs the fiction corpus")
def test_no_fandom_is_seen_in_old_novels(packs: Packs) -> None:
    files = sorted(Path(os.environ["FICSEARCH_FICTION"], "text").glob("*/*.txt"))[::5]
    seen = {f.name: fandom_of_runs(Runs(f.read_text("utf-8").partition("\n\n")[2]), packs) for f in files}
    assert {name: fandom for name, fandom in seen.items() if fandom} == {}
