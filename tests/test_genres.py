"""Genres, categories and keywords."""

from __future__ import annotations

import pytest

from ficsearch.catalogue.genres import is_genre, is_warning, read_genres

LISTS = [
    ("Angst, Romance", ("Angst", "Romance")),
    ("angst/romance", ("Angst", "Romance")),
    ("Hurt/Comfort, Action/Adventure", ("Hurt/Comfort", "Action/Adventure")),
    ("SRA", ("SRA",)),
    ("M/M; AU; first time", ("M/M", "AU", "First time")),
    ("Cats/Dogs", ("Cats/Dogs",)),
    ("none", ()),
]


@pytest.mark.parametrize(("text", "genres"), LISTS, ids=[text for text, _ in LISTS])
def test_a_list_of_genres_is_cut_where_genres_end(text: str, genres: tuple[str, ...]) -> None:
    assert read_genres(text) == genres


def test_a_tag_of_an_archive_is_never_cut() -> None:
    assert read_genres("Hurt/Comfort, mostly comfort", whole=True) == ("Hurt/Comfort, mostly comfort",)


def test_kinds_of_stories_are_told_from_what_they_are_of() -> None:
    assert all(map(is_genre, ("Angst", "hurt/comfort", "MSR", "Missing Scenes", "Drama/Romance")))
    assert not any(map(is_genre, ("Sherlock Holmes", "Dracula", "Original Fiction")))
    assert is_warning("Character death")
    assert not is_warning("Romance")
