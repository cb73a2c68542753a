"""Values behind labels: lists and nothings."""

from __future__ import annotations

import pytest

from ficsearch.story import Claim
from ficsearch.values import is_nothing, is_whole, plain, split_list, split_outside, unique


@pytest.mark.parametrize("value", ["None", "none.", "N/A", "-", "", "  ", "?", "TBA", "None that I know of", "aucun"])
def test_a_polite_nothing_is_nothing(value: str) -> None:
    assert is_nothing(value)


@pytest.mark.parametrize("value", ["Nonesuch", "No Future", "Naomi", "language"])
def test_a_value_that_begins_like_nothing_is_something(value: str) -> None:
    assert not is_nothing(value)


def test_a_list_is_cut_at_semicolons_or_else_at_commas_and_never_in_brackets() -> None:
    assert split_list("Faith (Dawn, later), Spike") == ["Faith (Dawn, later)", "Spike"]
    assert split_list("Law, Order; Spike") == ["Law, Order", "Spike"]
    assert split_list("* one\n* two") == ["one", "two"]
    assert split_outside("a (b/c)/d", "/") == ["a (b/c)", "d"]


def test_a_bracket_that_never_closes_does_not_swallow_the_list() -> None:
    assert split_list("Faith (Dawn, Spike") == ["Faith (Dawn", "Spike"]


def test_the_tag_of_an_archive_is_whole_and_a_line_is_not() -> None:
    assert is_whole(Claim("genre", "a, b", "dl.tags Additional Tags"))
    assert not is_whole(Claim("genre", "a, b", "line 4"))


def test_marks_of_emphasis_go_and_underscores_inside_names_stay() -> None:
    assert plain("*The  Gift* by night_willow") == "The Gift by night_willow"


def test_each_name_is_kept_once_in_its_first_spelling() -> None:
    assert unique(["Zoë", "Ana", "zoe"]) == ("Zoë", "Ana")
