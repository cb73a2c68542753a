"""Every engine of ENGINES: what people type finds what they mean. The memory engine keeps the whole contract."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

pytest.register_assert_rewrite("engine_contract")

from engine_contract import EngineContract  # noqa: E402
from ficsearch.engines import ENGINES, Engine, Request, open_engine  # noqa: E402
from ficsearch.engines.memory import MemoryEngine  # noqa: E402
from ficsearch.packs import Packs  # noqa: E402
from ficsearch.query import bind, parse  # noqa: E402
from ficsearch.query.nodes import Typed  # noqa: E402
from shelf import SHELF, documents  # noqa: E402


class TestMemory(EngineContract):
    engine_name = "memory"
    durable = False


@pytest.fixture(scope="module", params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = open_engine(request.param, tmp_path_factory.mktemp(request.param))
    engine.add(documents(), generation=1)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def shipped() -> Packs:
    return Packs.load()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", " ".join(s.id for s in SHELF)),
        ('"to be or not to be"', "poem"),
        ("“couldn't look”", "crayon"),
        ('"don’t care"', "zeppo"),
        ("O'Neill", "crayon"),
        ("O’NEILL", "crayon"),
        ("cafe", "cafe"),
        ("CAFÉ fermé", "cafe"),
        ("Q", "voyage"),
        ("spike", "walking"),
        ("well-known", "walking"),
        ("walks", "crayon walking home"),
        ('"walks"', "walking"),
        ("yellow -willow", ""),
        ("xander -willow", "zeppo"),
        ("(ghost OR crayon) -author:dee", "crayon cafe"),
        ("rating:<=PG-13", "crayon zeppo voyage wings poem naruto"),
        ("rating:>=R -spoilers:unknown", "walking cafe home"),
        ("-rating:unrated words<1000", "zeppo poem naruto"),
        ("ship:X/W", "crayon"),
        ("ship:Spuffy", "walking"),
        ("ship:MSR", "ghosts"),
        ("character:Buffy", "walking home"),
        ("with:Willow angel", "home"),
        ('spoilers:"The Zeppo"', "zeppo cafe"),
        ('spoils:"Buffy season 2"', "walking"),
        ("fandom:Buffyverse", "crayon zeppo walking cafe home poem"),
        ('friends:"Angel & Wesley"', "cafe"),
        ("date:2001 -lang:french", "voyage home"),
        ("year:<2000", "zeppo walking"),
        ("complete:no", "home"),
        ("length:<=flash", "zeppo poem drabble naruto blank"),
        ("series:* chapters:1", "voyage home"),
        ('tag:"angst" -tag:romance', "crayon cafe"),
        ('"xander crayon"~3', "crayon"),
        ("wilow~", "crayon home"),
        ("zep*", "zeppo"),
        ("螺旋", "naruto"),
    ],
)
def test_what_people_type_finds_what_they_mean(engine: Engine, shipped: Packs, text: str, expected: str) -> None:
    bound = bind(parse(text), shipped)
    assert bound.notes == ()
    assert {i for i, _ in engine.search(Request(bound.query, size=99)).hits} == set(expected.split())


def test_a_tree_that_is_not_bound_is_a_mistake_of_ours() -> None:
    memory = MemoryEngine()
    memory.add(documents(), 1)
    with pytest.raises(TypeError, match="not bound"):
        memory.count(Typed("willow"))
