"""The golden set is read as a person reads it: every trap, every file but what is known to miss, and the aims."""

from __future__ import annotations

from functools import cache

import pytest

import golden_stories
from ficsearch.packs import Packs
from golden_stories import Golden, Verdict, golden_files, known_misses

FILES = golden_files()
AIMS = {
    "title": 0.98,
    "authors": 0.98,
    "rating": 0.99,
    "spoilers kind": 0.97,
    "spoilers episodes": 0.97,
    "summary": 0.97,
    "pairings": 0.95,
    "chapters": 0.98,
}
"""Of a hundred files, how many must be right."""


@cache
def packs() -> Packs:
    return Packs.load()


@cache
def verdicts(golden: Golden) -> list[Verdict]:
    return golden.verdicts(packs())


@pytest.mark.parametrize("golden", FILES, ids=lambda golden: golden.name)
def test_a_file_is_read_as_a_person_reads_it(golden: Golden) -> None:
    known = {field for name, field in known_misses() if name == golden.name}
    misses = [v for v in verdicts(golden) if not v.right and v.field not in known]
    assert misses == []


@pytest.mark.parametrize("field", AIMS)
def test_a_field_is_right_as_often_as_was_promised(field: str) -> None:
    judged = [v.right for golden in FILES for v in verdicts(golden) if v.field == field]
    assert sum(judged) >= AIMS[field] * len(judged)


def test_no_value_is_ever_taken_out_of_story_text() -> None:
    assert not [name for name, _ in known_misses() if name.startswith(golden_stories.TRAPS)]


def test_known_misses_are_of_files_that_exist() -> None:
    assert {name for name, _ in known_misses()} <= {golden.name for golden in FILES}
