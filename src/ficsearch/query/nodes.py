"""The tree of what was asked. Engines read it; nothing else is handed to them.

Two trees share the branches All, Any and Not. The parser makes leaves of kind :class:`Typed` (what stands there,
knowing no fields); ``bind`` turns each into the leaves below it, whose fields are rows of ``FIELDS``.
A ``field`` of None means anywhere: every field of ``fields.ANYWHERE``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing as typed: a word, or a phrase when ``quoted``; not yet bound to the table of fields.

    ``sign`` is what stood between field and value: ``:``, ``>``, ``>=``, ``<``, ``<=``, ``=``.
    ``slop`` belongs to ``"a b"~5``; ``fuzzy`` to ``word~`` (0 none, else the distance); ``prefix`` to ``word*``.
    """

    text: str
    field: str | None = None
    sign: str = ":"
    quoted: bool = False
    slop: int | None = None
    prefix: bool = False
    fuzzy: int = 0


@dataclass(frozen=True, slots=True)
class Everything:
    """Every story."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """No story: something was asked that cannot be."""


@dataclass(frozen=True, slots=True)
class Words:
    """These words, one after the other. ``exact``: those very words (a quoted phrase); otherwise any word of
    the same stem in each place. An unquoted ``well-known`` is two words in order."""

    tokens: tuple[str, ...]
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """These very words in any order with at most ``slop`` other words among them: a run of
    ``len(tokens) + slop`` words holds each of them at a place of its own."""

    tokens: tuple[str, ...]
    slop: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins with ``start``."""

    start: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word at most ``distance`` edits away (insert, delete, replace, swap two neighbours: optimal string
    alignment)."""

    word: str
    distance: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A field of names holds this whole name (compared by ``text.fold_name``)."""

    value: str
    field: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """A field of names holds at least one of these names. For long lists: the episodes past a position."""

    values: frozenset[str]
    field: str


@dataclass(frozen=True, slots=True)
class Between:
    """A number from ``low`` to ``high``, both included, None for no bound. A story without the number is not
    between anything."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


@dataclass(frozen=True, slots=True)
class All:
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Any:
    parts: tuple[Query, ...]


Leaf = Everything | Nothing | Words | Near | Prefix | Fuzzy | Name | OneOf | Between
Query = Leaf | Typed | Not | All | Any
"""After ``bind`` no Typed is left."""
