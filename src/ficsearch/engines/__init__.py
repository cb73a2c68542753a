"""The seam. An engine stores index documents and answers requests; it knows no files, no packs, no web.

Six verbs: add, remove, search, count, locate, close. Ids and numbers cross the seam, never text or HTML. The engine is
derived from the store: it remembers the generation of the last change it was given, and whoever opens it brings
it up to date from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from ficsearch.fields import IndexDocument
from ficsearch.query.nodes import Everything, Fuzzy, Prefix, Query, Sort, Words

__all__ = ["ENGINES", "Choice", "Engine", "Located", "Matches", "OneWord", "Request", "Sort", "open_engine"]


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen in one facet: ``include`` any of (or all of, with ``every``), ``exclude`` none of.

    Values compare by ``text.fold_name``. No ``include`` means that every story will do.
    What any-of choices include does not narrow the counts of their own facet (so that the other values can be
    added); everything else narrows all counts: other facets, all-of, and what is excluded.
    """

    field: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    every: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """What an engine is asked.

    A story matches when it matches ``query``, ``within`` and every choice. Only ``query`` is scored, and in it only
    ``nodes.word_leaves``: a story found by other leaves alone has a score of 0.
    ``sort`` None is best match: by score, best first, ties by id. How a score is made is the engine's own affair.
    ``facets`` are fields of kind NAME. A page past the end is empty, its total and counts are the same.
    """

    query: Query
    within: Query = field(default_factory=Everything)
    chosen: tuple[Choice, ...] = ()
    facets: tuple[str, ...] = ()
    sort: Sort | None = None
    start: int = 0
    size: int = 10


@dataclass(frozen=True, slots=True)
class Matches:
    """What an engine answers: how many stories match, one page of (id, score), and for each facet asked for
    the count of every value that occurs among the matches.

    A story counts once for a value; values that compare equal are one, in one of the spellings that stories have
    (the first that the engine met, as far as it still knows). Scores of a sorted answer say nothing.
    """

    total: int
    hits: tuple[tuple[str, float], ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


OneWord = Words | Prefix | Fuzzy
"""What looks for single words: Words of one token, Prefix, Fuzzy. Their fields are not looked at by ``locate``."""

STORY_BITS = 32
"""A place in a story, and the number of the story this many bits above it."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where words stand in the bodies of some stories. ``words`` says how many words each body has, -1 where there is
    no such story. ``places`` has, for each thing looked for, numbers of eight bytes, ascending: the index of the story
    ``<< STORY_BITS``, plus the place in its body from 0 on."""

    words: tuple[int, ...]
    places: tuple[memoryview, ...]


class Engine(Protocol):
    """Stores index documents, answers requests."""

    @property
    def generation(self) -> int:
        """The generation of the last change that is durably in this engine; 0 when empty."""

    def add(self, documents: Iterable[IndexDocument], generation: int, *, more: bool = False) -> None:
        """Put *documents* in, each replacing what had its id (the last of several in one batch stays). All of them
        and the generation, or nothing, also when *documents* breaks off with an error. *more* says that another call
        follows at once: work that only makes searches faster may wait for it."""

    def remove(self, ids: Iterable[str], generation: int) -> None:
        """Forget these ids; unknown ones are no error. All of them and the generation, or nothing."""

    def search(self, request: Request) -> Matches:
        """Answer *request*. Safe to call from several threads."""

    def count(self, query: Query) -> int:
        """How many stories match."""

    def locate(self, asked: Sequence[OneWord], ids: Sequence[str]) -> Located:
        """Where each thing *asked* for stands in the bodies of the stories *ids*."""

    def names(self, field: str) -> Mapping[str, int]:
        """Every name of a NAME field with the number of stories it occurs in."""

    def like(self, field: str, word: str, distance: int) -> Mapping[str, int]:
        """Every word of a TEXT or NAME field that ``edits.alike`` takes for *word*, itself too, with the number of
        stories it occurs in."""

    def close(self) -> None:
        """Let go of files and memory. Closing twice is no error."""


ENGINES: dict[str, str] = {
    "whoosh": "ficsearch.engines.whoosh:WhooshEngine",
    "memory": "ficsearch.engines.memory:MemoryEngine",
}
"""Where each engine lives: ``module:class``, called with its folder and the megabytes that a change may use. Named, not
imported: loading the Whoosh engine to print ``--help`` would cost every command its start-up time."""


def open_engine(name: str, folder: Path, memory_mb: int = 256) -> Engine:
    """The engine *name* of ENGINES over the files in *folder* (made when missing); a change uses about *memory_mb*."""
    module, _, cls = ENGINES[name].partition(":")
    make = cast(Callable[[Path, int], Engine], getattr(import_module(module), cls))
    return make(folder, memory_mb)
