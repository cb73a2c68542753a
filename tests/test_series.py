"""Series: a name, and perhaps a place in it."""

from __future__ import annotations

import pytest

from ficsearch.catalogue.series import read_index, read_sequel, read_series
from ficsearch.story import Series

WRITTEN = [
    ("Part 2 of The Lantern Years", Series("The Lantern Years", 2)),
    ("Part 2 of the Lantern Years", Series("Lantern Years", 2)),
    ("Part 5 of the bunker almanac", Series("the bunker almanac", 5)),
    ("Lantern Years #3", Series("Lantern Years", 3)),
    ("Lantern Years 2", Series("Lantern Years", 2)),
    ("Lantern Years, Part 2", Series("Lantern Years", 2)),
    ("The Lantern Years (2/5)", Series("The Lantern Years", 2)),
    ("Second in the Lantern series", Series("Lantern", 2)),
    ("#2 in the Lantern Years series", Series("Lantern Years", 2)),
    ("Lantern Years, book 1.5", Series("Lantern Years", 1.5)),
    ('"Lantern" part 4/?', Series("Lantern", 4)),
    ("Lantern Years", Series("Lantern Years")),
    ("The Lantern Years series", Series("The Lantern Years")),
    ('The Lantern Years #2 (sequel to "The Lamp Room")', Series("The Lantern Years", 2)),
    ("Lantern Years, sequel to The Lamp Room", Series("Lantern Years")),
]


@pytest.mark.parametrize(("text", "series"), WRITTEN, ids=[text for text, _ in WRITTEN])
def test_a_series_is_read_however_it_is_written(text: str, series: Series) -> None:
    assert read_series(text) == series


@pytest.mark.parametrize("text", ["none", "n/a", "standalone", "yes", "2", "Part 3", "1 of 3", "Sequel to Lanterns"])
def test_what_names_no_series_is_none(text: str) -> None:
    assert read_series(text) is None


@pytest.mark.parametrize(("text", "index"), [("2", 2), ("Part 3", 3), ("1 of 3", 1), ("Lanterns 2", None)])
def test_an_index_may_stand_alone(text: str, index: float | None) -> None:
    assert read_index(text) == index


def test_a_series_may_tell_the_story_before_this_one() -> None:
    assert read_sequel('The Lantern Years #2 (sequel to "The Lamp Room")') == "The Lamp Room"
    assert read_sequel("The Lantern Years #2 (complete)") is None
