"""People in a text of whom no pack knows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ficsearch.catalogue.runs import Runs, words_of
from ficsearch.catalogue.strangers import MOST, people_in


def people(text: str, *declared: str) -> dict[str, int]:
    return {f.name: f.mentions for f in people_in(Runs(text), declared)}


STORY = """Then Tamsin Marlow opened the door. "You are late," said Tamsin to her brother, and Tamsin laughed.

"It was the train from London," said Corin, for Corin had come from London and meant to go back to London.

In London, Corin knew, nobody waited. "Oh, Heaven!" cried Tamsin. On Monday she had told Corin, and on Monday
she had meant it. The Monday after, Tamsin's letter came. Suddenly it rained. Suddenly it stopped. Suddenly!"""


def test_a_person_says_and_does_and_has_things() -> None:
    assert people(STORY) == {"Tamsin": 5, "Corin": 4}


def test_places_days_exclamations_and_heads_of_sentences_are_nobody() -> None:
    assert {"London", "Monday", "Heaven", "Suddenly", "Then", "Oh"}.isdisjoint(people(STORY))


@pytest.mark.parametrize(
    "text",
    [
        "They lived in Oniton, near Oniton church, and left Oniton for good.",
        "She walked down Brackley Street to Brackley Hall and the Brackley Arms.",
        "They sailed in the Pequod, and the Pequod was wet, and they loved the Pequod.",
        "It was Pemmican that they ate. He hated pemmican. All the pemmican was gone, and so Pemmican it was.",
        "Fiddlesticks! Fiddlesticks, she cried. Fiddlesticks to that.",
        "The Martians came. We saw Martians, and how the Martians fought.",
    ],
)
def test_what_is_used_like_a_place_a_thing_or_a_word_is_nobody(text: str) -> None:
    assert people(text) == {}


def test_a_word_that_is_mostly_written_small_is_nobody() -> None:
    text = (
        "It was twilight, said Twilight. No twilight so dark, and twilight again; with Twilight, and Twilight said it."
    )
    assert people(text) == {}


def test_a_title_or_a_first_name_is_sign_enough() -> None:
    assert people("He sent for Mr. Pellew.") == {"Mr. Pellew": 1}
    assert people("He had brought Edwin a cup.") == {"Edwin": 1}
    assert people("He was fond of Pellew-ware, and went to Zanzibar.") == {}


def test_a_name_with_its_titles_and_particles_is_shown_whole() -> None:
    text = (
        "Lady Catherine de Bourgh came. The Duke of Omnium saw Lady Catherine, and spoke to Lady Catherine de Bourgh."
    )
    assert people(text) == {"Lady Catherine de Bourgh": 3, "Duke of Omnium": 1}


def test_the_colonel_is_the_only_one_there_is() -> None:
    one = "Colonel Moss rose. The ladies liked the Colonel, and the Colonel liked them."
    two = "Colonel Moss met Colonel Vane, and the Colonel bowed."
    none = "They asked the Colonel, and the Colonel told them."
    assert people(one) == {"Colonel Moss": 3}
    assert people(two) == {"Colonel Moss": 1, "Colonel Vane": 1}
    assert people(none) == {"the Colonel": 2}


def test_somebody_whom_everybody_calls_the_hatter_is_somebody() -> None:
    text = (
        "There sat the Hatter. So the Hatter said no, and the Hatter sighed; when the Hatter looked, he saw the Moon."
    )
    assert people(text) == {"the Hatter": 4}


def test_said_the_psychologist_is_a_deed_of_his() -> None:
    text = "So the Psychologist spoke. “No,” said the Psychologist. “Why?” asked the Psychologist, and sighed."
    assert people(text) == {"the Psychologist": 3}


def test_a_title_makes_a_name_of_a_letter_and_of_a_thing() -> None:
    assert people("They asked Mr. A, and Mrs. C, and poor Mr Lake, and Miss I know not who.") == {
        "Mr. A": 1,
        "Mrs. C": 1,
        "Mr Lake": 1,
    }


def test_who_is_known_by_one_name_needs_no_other_sign() -> None:
    assert people("She read Voltaire and Shakspeare. They liked O'Dowd, and McAllan.") == {
        "Voltaire": 1,
        "Shakspeare": 1,
        "O'Dowd": 1,
        "McAllan": 1,
    }


def test_a_first_name_that_is_a_place_needs_more_than_one_sign() -> None:
    assert people("They came to Florence, and from Florence, and loved Florence.") == {}
    assert people("So Florence said no. “Oh, Florence,” cried Florence's father; and Florence laughed.") == {
        "Florence": 4
    }


def test_what_follows_a_comma_tells_people_from_places() -> None:
    assert people("They saw Pellick, who smiled; and Pellick, whose hat was wet.") == {"Pellick": 2}
    assert people("They saw Pellick, where it rained; with Pellick, which was wet.") == {}


def test_one_who_begins_the_sentences_of_what_he_does_is_somebody() -> None:
    assert people("Svan looked up. Svan said no. Svan ran; Svan thought. Then Svan slept.") == {"Svan": 5}


def test_exclamations_by_george_are_nobody() -> None:
    assert people("“By George!” he said. By Jove, it was late.") == {}


def test_a_nickname_in_quotes_is_no_other_person() -> None:
    assert people('They sent for Charles "Chuck" Ordway, and Charles Ordway came.') == {"Charles Ordway": 2}


def test_a_family_is_not_a_person() -> None:
    assert people("We met Mr. Mossop. All the Mossops came, and the Miss Mossops too.") == {"Mr. Mossop": 1}


def test_a_declared_name_is_found_however_seldom_and_names_its_bearer() -> None:
    assert people(STORY, "Tamsin", "Corin", "Odette") == {"Tamsin": 5, "Corin": 4}
    assert people("So Pellam left in the rain.", "Pellam") == {"Pellam": 1}


def test_no_more_people_than_a_reader_can_use() -> None:
    names = [f"{a}{b}ella" for a in "BDFGKLMNPR" for b in "aeiou"]
    text = " ".join(f"and then {n} said, as {n} had said, that {n} was there;" for n in names)
    assert len(people(text)) == MOST


def test_those_whom_a_pack_knows_are_counted_there() -> None:
    known = frozenset({"buffy", "summers"})
    found = people_in(Runs("Mr. Summers told Mr. Whitmore, and Buffy told Mr. Whitmore."), known=known)
    assert [(f.name, f.mentions) for f in found] == [("Mr. Whitmore", 2)]


def test_an_empty_text_has_nobody_in_it() -> None:
    assert people("") == {}
    assert people("I. A. — THE END") == {}


NOVEL = """
    elizabeth lizzy eliza jane bingley darcy wickham collins bennet lydia kitty mary catherine bourgh charlotte lucas
    william gardiner philips phillips forster fitzwilliam georgiana caroline hurst louisa maria denny hill anne
    reynolds long king goulding jenkinson pratt carter younge harriet robinson annesley bennets gardiners collinses
    lucases bingleys forsters george charles sally metcalfe grantley watson morris haggerston webbs pope nicholls
    chamberlayne stone dawson john jones sarah
"""
PEOPLE = frozenset(NOVEL.split())


@pytest.mark.skipif("FICSEARCH_FICTION" not in os.environ, reason="needs the fiction corpus")
def test_nearly_everybody_found_in_a_novel_is_a_person_of_it() -> None:
    chapters = sorted(Path(os.environ["FICSEARCH_FICTION"], "text", "austen-pride-and-prejudice").glob("*.txt"))
    names = [n for c in chapters for n in people(c.read_text("utf-8").partition("\n\n")[2].replace("\n", " "))]
    right = [n for n in names if PEOPLE.intersection(words_of(n))]
    assert len(names) > 300
    assert len(right) / len(names) > 0.95
