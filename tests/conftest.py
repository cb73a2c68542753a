"""Fixtures that several files use. Every test has an empty environment of our own variables and no index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from ficsearch.library import Library
from ficsearch.packs import Packs

CORPUS = Path(__file__).parents[1] / "corpus"

# machines are shared: a slow example is no mistake
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [n for n in os.environ if n.startswith("FICSEARCH_")]:
        if name not in ("FICSEARCH_REQUIRE_BROWSER", "FICSEARCH_FICTION", "FICSEARCH_REFERENCE"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def packs() -> Packs:
    """The packs that are shipped."""
    return Packs.load()


@pytest.fixture(scope="session")
def corpus_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of corpus/, made once; tests that change an index make their own."""
    folder = tmp_path_factory.mktemp("corpus") / "index"
    with Library.open(folder) as library:
        library.index([CORPUS])
    return folder


@pytest.fixture
def corpus_library(corpus_index: Path) -> Iterator[Library]:
    """The library over corpus/."""
    with Library.open(corpus_index) as library:
        yield library
