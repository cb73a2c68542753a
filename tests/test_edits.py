from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.edits import Spellings, alike, edits

words = st.text("abc", max_size=6)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("willow", "willow", 0),
        ("willow", "wilow", 1),
        ("willow", "willlow", 1),
        ("willow", "wiliow", 1),
        ("willow", "wlilow", 1),
        ("ca", "abc", 3),  # no letter is edited twice: the unrestricted distance would be 2
        ("", "abc", 3),
        ("spike", "angel", 5),
    ],
)
def test_edits_are_counted(left: str, right: str, expected: int) -> None:
    assert edits(left, right, 5) == edits(right, left, 5) == expected


@given(words, words, st.integers(0, 4))
def test_the_band_gives_what_the_whole_table_gives(left: str, right: str, limit: int) -> None:
    assert edits(left, right, limit) == min(by_definition(left, right), limit + 1)


def by_definition(left: str, right: str) -> int:
    @lru_cache(None)
    def distance(i: int, j: int) -> int:
        if not i or not j:
            return i + j
        best = [distance(i - 1, j) + 1, distance(i, j - 1) + 1, distance(i - 1, j - 1) + (left[i - 1] != right[j - 1])]
        if i > 1 and j > 1 and left[i - 1] == right[j - 2] and left[i - 2] == right[j - 1]:
            best.append(distance(i - 2, j - 2) + 1)
        return min(best)

    return distance(len(left), len(right))


@pytest.mark.parametrize(
    ("word", "other", "distance", "expected"),
    [
        ("willow", "wilow", 1, True),
        ("willow", "wlow", 1, False),
        ("willow", "wlow", 2, True),
        ("q", "q", 1, True),
        ("q", "l", 1, False),
        ("q", "qs", 1, False),
        ("of", "if", 1, True),
        ("of", "to", 2, False),
    ],
)
def test_what_is_as_short_as_its_mistakes_is_like_nothing_else(
    word: str, other: str, distance: int, expected: bool
) -> None:
    assert alike(word, other, distance) is expected
    assert alike(other, word, distance) is expected


@given(words, st.lists(words), st.integers(1, 2))
def test_all_names_that_are_near_are_found_with_their_distance(written: str, names: list[str], limit: int) -> None:
    near = [(edits(written, name, limit), name) for name in names]
    found = Spellings((name, name) for name in names).near(written, limit)
    assert sorted(found) == sorted(pair for pair in near if pair[0] <= limit)
