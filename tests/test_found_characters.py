"""Who is found in the text, against what a person found who read it.

The floors are what the finder does now, not yet what is aimed at (bench/names.py prints both): it is not to get
worse unnoticed.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ficsearch.packs import Packs
from labelled import Labelled, Score, found_in, labelled, score, together


@pytest.fixture(scope="module")
def scores(packs: Packs) -> list[tuple[Labelled, Score]]:
    return [(s, score(s, found_in(s, packs))) for s in labelled() if s.is_shipped]


def of(scores: list[tuple[Labelled, Score]], which: Callable[[Labelled], bool]) -> Score:
    return together(result for story, result in scores if which(story))


def test_the_people_of_a_pack_are_found_and_hardly_anybody_else(scores: list[tuple[Labelled, Score]]) -> None:
    told = of(scores, lambda story: story.pack)
    assert told.precision >= 0.96
    assert told.recall >= 0.85


def test_without_a_pack_nobody_is_made_up(scores: list[tuple[Labelled, Score]]) -> None:
    assert of(scores, lambda story: not story.pack).precision >= 0.95
