"""People in a text of whom no pack knows."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ficsearch.catalogue.persons import Form, persons_of
from ficsearch.catalogue.runs import runs_of, words_of
from ficsearch.catalogue.strangers import MOST, mentions_of, people_in


def people(text: str, *declared: str) -> dict[str, int]:
    return {f.name: f.mentions for f in people_in(text, runs_of(text), declared)}


STORY = """Then Tamsin Marlow opened the door. "You are late," said Tamsin to her brother, and Tamsin laughed.

"It was the train from London," said Corin, for Corin had come from London and meant to go back to London.

In London, Corin knew, nobody waited. "Oh, Heaven!" cried Tamsin. On Monday she had told Corin, and on Monday
she had meant it. The Monday after, Tamsin's letter came. Suddenly it rained. Suddenly it stopped. Suddenly!"""


def test_a_person_says_and_does_and_has_things() -> None:
    assert people(STORY) == {"Tamsin": 5, "Corin": 4}


def test_places_days_exclamations_and_heads_of_sentences_are_nobody() -> None:
    assert {"London", "Monday", "Heaven", "Suddenly", "Then", "Oh"}.isdisjoint(people(STORY))


def test_a_word_that_is_mostly_written_small_is_nobody() -> None:
    text = "It was hope, said Hope. I hope so, and hope again, and hope; with Hope, and Hope said it."
    assert people(text) == {}


def test_a_declared_name_is_found_however_seldom_and_names_its_bearer() -> None:
    assert people(STORY, "Tamsin", "Corin", "Odette") == {"Tamsin": 5, "Corin": 4}
    assert people("So Odette left.", "Odette") == {"Odette": 1}


def test_no_more_people_than_a_reader_can_use() -> None:
    names = [f"{a}{b}ella" for a in "BDFGKLMNPR" for b in "aeiou"]
    text = " ".join(f"and then {n} said, as {n} had said, that {n} was there;" for n in names)
    assert len(people(text)) == MOST


def test_declared_people_among_known_ones_are_counted_by_their_full_names() -> None:
    assert mentions_of(["Jenna Moss", "Nobody"], runs_of("Here Jenna Moss met Jenna. Jenna Moss left.")) == (
        *mentions_of(["Jenna Moss"], runs_of("Jenna Moss. Jenna Moss.")),
    )


def shown(*forms: tuple[str, int]) -> dict[str, int]:
    ranks = {"mr", "mrs", "miss", "lady"}
    made = []
    for written, times in forms:
        words = words_of(written)
        rank = words[0] if words[0] in ranks else ""
        made.append(Form(rank, words[1:] if rank else words, written, times))
    return {p.shown: p.mentions for p in persons_of(made)}


def test_a_first_name_and_a_full_name_are_one_person() -> None:
    forms = [("Elizabeth", 30), ("Elizabeth Bennet", 4), ("Miss Elizabeth", 2), ("Mrs. Bennet", 9), ("Mr. Bennet", 8)]
    assert shown(*forms) == {"Elizabeth Bennet": 36, "Mrs. Bennet": 9, "Mr. Bennet": 8}


def test_a_surname_alone_is_the_man_where_several_have_it() -> None:
    assert shown(("Mr. Darcy", 50), ("Darcy", 40), ("Miss Darcy", 9)) == {"Mr. Darcy": 90, "Miss Darcy": 9}


def test_who_has_a_surname_in_full_has_it_alone_too() -> None:
    assert shown(("Sherlock Holmes", 20), ("Holmes", 60), ("Mr. Holmes", 30)) == {"Sherlock Holmes": 110}


def test_mr_john_knightley_is_not_mr_knightley() -> None:
    forms = [("Mr. John Knightley", 30), ("Mr. Knightley", 200), ("Knightley", 20)]
    assert shown(*forms) == {"Mr. John Knightley": 30, "Mr. Knightley": 220}


def test_what_stands_once_beside_a_name_is_no_part_of_it() -> None:
    assert shown(("Pip", 20), ("Meantime Pip", 1)) == {"Pip": 21}


NOVEL = """
    elizabeth lizzy eliza jane bingley darcy wickham collins bennet lydia kitty mary catherine bourgh charlotte lucas
    william gardiner philips phillips forster fitzwilliam georgiana caroline hurst louisa maria denny hill anne
    reynolds long king goulding jenkinson pratt carter younge harriet robinson annesley bennets gardiners collinses
    lucases bingleys forsters george charles sally metcalfe grantley watson morris haggerston
"""
PEOPLE = frozenset(NOVEL.split())


@pytest.mark.skipif("FICSEARCH_FICTION" not in os.environ, reason="needs the fiction corpus")
def test_nearly_everybody_found_in_a_novel_is_a_person_of_it() -> None:
    chapters = sorted(Path(os.environ["FICSEARCH_FICTION"], "text", "austen-pride-and-prejudice").glob("*.txt"))
    names = [n for c in chapters for n in people(c.read_text("utf-8").partition("\n\n")[2].replace("\n", " "))]
    right = [n for n in names if PEOPLE.intersection(words_of(n))]
    assert len(names) > 300
    assert len(right) / len(names) > 0.97
