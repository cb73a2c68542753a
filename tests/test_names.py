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


def test_the_most_mentioned_comes_first(packs: Packs) -> None:
    text = "He and Giles. He and Buffy. And Buffy. And Buffy. And Giles. And Xander."
    assert list(found(packs, text)) == ["Buffy Summers", "Rupert Giles", "Xander Harris"]


@pytest.mark.skipif("FICSEARCH_FICTION" not in os.environ, reason="needs the fiction corpus")
def test_no_fandom_is_seen_in_old_novels(packs: Packs) -> None:
    files = sorted(Path(os.environ["FICSEARCH_FICTION"], "text").glob("*/*.txt"))[::5]
    seen = {f.name: fandom_of_runs(Runs(f.read_text("utf-8").partition("\n\n")[2]).counts, packs) for f in files}
    assert {name: fandom for name, fandom in seen.items() if fandom} == {}
