"""Who is found in the text, against what a person found who read it (the shipped stories of the labelled set)."""

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
    assert told.precision >= 0.97
    assert told.recall >= 0.96


def test_without_a_pack_most_are_found_and_few_are_made_up(scores: list[tuple[Labelled, Score]]) -> None:
    told = of(scores, lambda story: not story.pack)
    assert told.precision >= 0.85
    assert told.recall >= 0.85
