"""docs/query-language.md says what is so: every example is tried, and its table of fields is FIELDS."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ficsearch.fields import FIELDS
from ficsearch.packs import Packs
from ficsearch.query import bind, describe, parse

PAGE = (Path(__file__).parents[1] / "docs" / "query-language.md").read_text(encoding="utf-8")
EXAMPLES = [
    (text.replace("\\|", "|"), told) for text, told in re.findall(r"^\| `(.+)` \| ((?:all )?stories.*) \|$", PAGE, re.M)
]


@pytest.fixture(scope="module")
def shipped() -> Packs:
    return Packs.load()


@pytest.mark.parametrize(("text", "told"), EXAMPLES)
def test_an_example_is_understood_as_the_page_says(text: str, told: str, shipped: Packs) -> None:
    bound = bind(parse(text), shipped)
    assert describe(bound.query) == told
    assert bound.notes == ()


def test_the_page_has_its_examples() -> None:
    assert len(EXAMPLES) > 50


def test_the_table_lists_the_fields_with_their_other_names_and_help() -> None:
    rows = re.findall(r"^\| `(\w+):` \| (.*?) \| (\w+) \| (.*?) \| (.*) \|$", PAGE, re.M)
    listed = [(name, tuple(re.findall(r"`(\w+):`", also)), kind, told) for name, also, kind, _, told in rows]
    assert listed == [(f.name, f.aliases, f.kind.value, f.help) for f in FIELDS if f.shown]
