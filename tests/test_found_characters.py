"""Who is found in the text, against what a person found who read it (the shipped stories of the labelled set)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ficsearch import Library
from ficsearch.catalogue import catalogue
from ficsearch.holdings import found_names
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Characters, Found, Story
from labelled import Labelled, Score, found_in, labelled, score, together


@pytest.fixture(scope="module")
def scores(packs: Packs) -> list[tuple[Labelled, Score]]:
    return [(s, score(s, found_in(s, packs))) for s in labelled() if s.is_shipped]


def of(scores: list[tuple[Labelled, Score]], which: Callable[[Labelled], bool]) -> Score:
    return together(result for story, result in scores if which(story))


def test_the_people_of_a_pack_are_found_and_hardly_anybody_else(scores: list[tuple[Labelled, Score]]) -> None:
    told = of(scores, lambda story: story.pack)
    assert told.precision >= 0.97
    assert told.recall >= 0.96


def test_without_a_pack_most_are_found_and_few_are_made_up(scores: list[tuple[Labelled, Score]]) -> None:
    told = of(scores, lambda story: not story.pack)
    assert told.precision >= 0.85
    assert told.recall >= 0.85


WRAPPED = """Title: Wrapped
Author: Ann Other
Fandom: Buffy the Vampire Slayer

It rained on the long road out of town for all of that night, said Buffy
Summers, and nobody had thought of a coat. Then they all went in, and Mr.
Giles, who was wet to the skin himself, put the kettle on and told Xander
Harris to sit down. There were biscuits, and a dry towel for _Willow_ too.
"""
TWO_WORLDS = """Title: Two Worlds
Author: Ann Other
Fandom: Stargate SG-1 / Supernatural crossover
Characters: Sam, Dean

They asked Sam about the ring. It was old, said Sam, and Dean laughed at Sam.
"""


def test_a_name_that_a_line_breaks_is_one_name(packs: Packs) -> None:
    story = catalogue(read("wrapped.txt", WRAPPED.encode())[0], "wrapped.txt", packs)
    counted = {f.name: f.mentions for f in story.characters.found}
    assert counted == {"Buffy Summers": 1, "Rupert Giles": 1, "Xander Harris": 1, "Willow Rosenberg": 1}


@pytest.mark.parametrize("name", ["Sam", "Samantha Carter", "Sam Winchester", "Dean Winchester"])
def test_a_crossover_is_found_by_everybody_whom_a_name_in_it_may_mean(tmp_path: Path, name: str) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "two.txt").write_text(TWO_WORLDS, encoding="utf-8")
    with Library.open(tmp_path / "index") as library:
        library.index([tmp_path / "stories"])
        assert library.search(f'character:"{name}"').total == 1
        assert library.search('character:"Jack O\'Neill"').total == 0


def test_one_mention_counts_only_where_nobody_has_many() -> None:
    long = Story(
        "long", "long.txt", characters=Characters((), (Found("Willow", 30), Found("Tara", 2), Found("Ben", 1)))
    )
    page = Story("page", "page.txt", characters=Characters((), (Found("Willow", 4), Found("Ben", 1))))
    assert found_names(long) == ("Willow", "Tara")
    assert found_names(page) == ("Willow", "Ben")
