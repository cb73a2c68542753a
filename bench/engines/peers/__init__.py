"""The engines that are compared. Each has the same five verbs: build, update, open, ask, close."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol, cast

from bench.engines.corpora import Item
from bench.engines.questions import Question

FACETS: Mapping[str, int] = {"rating": 10, "spoilers": 120, "character": 120, "pairing": 60, "author": 60}
"""What is counted beside every answer, and how many values of it a page shows. An engine that can count the most
frequent values only is asked for so many."""

HITS, LETTERS, WORDS = 10, 300, 45
"""Hits on a page; the length of an excerpt in letters or words, whichever an engine wants to know."""

VIEWS = ("ten hits", "with facets", "with excerpts")
"""How a question is asked: the ten best stories and how many there are; the same and the counts of FACETS over all
matches; the ten best and a passage of each with the words marked."""


@dataclass(frozen=True, slots=True)
class Answer:
    """How many stories match, the numbers of the ten best, counts by facet, excerpts."""

    total: int
    hits: tuple[int, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    excerpts: tuple[str, ...] = ()


class CannotError(Exception):
    """An engine has no such query."""


class Peer(Protocol):
    """An engine over the files in a folder."""

    def __init__(self, folder: Path) -> None: ...

    def build(self, items: Iterable[Item]) -> None:
        """Index *items* in the empty folder, with their texts, so that they are safe on the disk."""

    def update(self, items: Iterable[Item]) -> None:
        """Replace these stories, which are there already."""

    def open(self) -> None:
        """Make ready to answer."""

    def ask(self, question: Question, view: str) -> Answer:
        """Answer *question* as VIEWS says. Raises CannotError."""

    def close(self) -> None:
        """Let go of everything."""


@dataclass(frozen=True, slots=True)
class Row:
    """One engine: its class, the packages it needs, and what of it is measured.

    ``slow``: about a megabyte a second, so only small corpora are indexed, and once. ``asked``: False where only
    indexing is of interest. ``shared``: one opened engine may be asked by many threads. ``patient``: asked every
    question, whatever time that takes.
    """

    where: str
    packages: tuple[str, ...] = ()
    slow: bool = False
    asked: bool = True
    shared: bool = False
    patient: bool = False


PEERS: Mapping[str, Row] = {
    "ficsearch": Row("ficsearch:Ficsearch", shared=True, patient=True),
    "tantivy": Row("tantivy:Tantivy", ("tantivy",), shared=True, patient=True),
    "tantivy, 2 threads": Row("tantivy:TwoThreads", ("tantivy",), asked=False),
    "SQLite FTS5": Row("fts5:Fts5"),
    "Xapian": Row("xapian:Xapian", ("xapian",), slow=True),
    "plain Whoosh": Row("whoosh:PlainWhoosh", ("whoosh",), slow=True),
}


def present() -> list[str]:
    """The names of the engines that are installed here."""
    return [name for name, row in PEERS.items() if all(find_spec(package) for package in row.packages)]


def make(name: str, folder: Path) -> Peer:
    """The engine *name* over *folder*."""
    module, _, cls = PEERS[name].where.partition(":")
    return cast(Peer, getattr(import_module(f"{__name__}.{module}"), cls)(folder))
