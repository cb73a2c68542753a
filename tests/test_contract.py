"""The JSON that scripts rely on, kept in tests/golden/: a change there is a change of the contract.

FICSEARCH_UPDATE_GOLDEN=1 writes the files anew; then read what has changed.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ficsearch import Choice, Library, contract
from ficsearch.inspecting import explain

GOLDEN = Path(__file__).parent / "golden"
UPDATE = os.environ.get("FICSEARCH_UPDATE_GOLDEN") == "1"
CHANGING = {"took_ms": 0.0, "seconds": 0.0, "score": 1.0}
"""Keys whose values are measured: only that they are there is kept."""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    with Library.open(tmp_path_factory.mktemp("golden") / "index") as made:
        made.index([GOLDEN / "shelf"])
        yield made


def steady(data: Any) -> Any:
    """*data* with what is measured made equal."""
    if isinstance(data, dict):
        return {k: CHANGING[k] if k in CHANGING else steady(v) for k, v in data.items()}
    return [steady(v) for v in data] if isinstance(data, list) else data


def check_golden(name: str, data: contract.Json) -> None:
    path = GOLDEN / f"{name}.json"
    if UPDATE:
        path.write_text(json.dumps(steady(data), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert steady(json.loads(json.dumps(data))) == json.loads(path.read_text(encoding="utf-8"))


def test_a_story_keeps_the_contract(library: Library) -> None:
    story = library.story("ladder.txt")
    check_golden("story", {**contract.story(story, body=True), "origins": contract.origins(story)})


def test_a_query_keeps_the_contract(library: Library) -> None:
    results = library.search(
        "willow xander", facets=("rating", "spoilers", "character"), chosen=(Choice("rating", ("R",)),), max_rating="R"
    )
    check_golden("query", contract.results(results))


def test_a_query_under_a_position_keeps_the_contract(library: Library) -> None:
    results = library.search("willow", seen="The Zeppo", reveal=("unsafe",), facets=("character",))
    told = contract.results(results)
    check_golden("query-seen", told)
    assert "Dawn" not in json.dumps(told)


def test_nothing_found_keeps_the_contract(library: Library) -> None:
    check_golden("query-nothing", contract.results(library.search("wilow rating:G")))


def test_an_index_run_keeps_the_contract(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    with Library.open(tmp_path / "index") as library:
        check_golden("report", contract.report(library.index([GOLDEN / "shelf", tmp_path / "empty.txt"])))


@pytest.mark.parametrize(
    ("name", "phrase", "fandom", "seen"),
    [
        ("phrase", "Through The Zeppo", None, None),
        ("phrase-seen", "S4 and Pangs", "BtVS", "BtVS S3"),
    ],
)
def test_a_phrase_keeps_the_contract(
    library: Library, name: str, phrase: str, fandom: str | None, seen: str | None
) -> None:
    check_golden(name, contract.phrase(phrase, fandom, *explain(phrase, library.packs, fandom, seen)))


def test_every_key_is_described() -> None:
    described = (Path(__file__).parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
    for path in GOLDEN.glob("*.json"):
        for key in json.loads(path.read_text(encoding="utf-8")):
            assert f"`{key}`" in described or f'"{key}"' in described, f"docs/json.md does not speak of {key}"
