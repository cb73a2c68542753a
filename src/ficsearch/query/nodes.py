"""The tree of what was asked. Engines read it; nothing else is handed to them.

Two trees share the branches All, Any and Not. The parser makes leaves of kind :class:`Typed` (what stands there,
knowing no fields); ``bind`` turns each into the leaves below it, whose fields are rows of ``FIELDS``.

A ``field`` of None means anywhere: the leaf is found in at least one field of ``fields.ANYWHERE``. One leaf is found
within one field, two leaves of an All may be found in different ones.

The words of a story are ``text.tokens`` of each value, in order. A text is one run of words, each name of a NAME field
is a run by itself; Words and Near never reach from one run into the next. Words, Near, Prefix and Fuzzy ask fields of
kind TEXT and NAME, Name and OneOf fields of kind NAME, Between fields of kind NUMBER; a leaf over a field of another
kind finds nothing.

Only Words, Near, Prefix and Fuzzy that are not inside a Not add to the score.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typed:
    """One thing as typed: a word, or a phrase when ``quoted``; not yet bound to the table of fields.

    ``sign`` is what stood between field and value: ``:``, ``>``, ``>=``, ``<``, ``<=``, ``=``.
    ``slop`` belongs to ``"a b"~5``; ``fuzzy`` to ``word~`` (0 none, else the distance); ``prefix`` to ``word*``, and
    to ``field:*``, whose text is empty. The field ``sort`` asks for an order.
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
    """These words, one after the other. ``exact``: those very words (a quoted phrase); otherwise in each place any
    word of the same family (``text.stem`` of both is the same). An unquoted ``well-known`` is two words in order.
    No words at all are found nowhere."""

    tokens: tuple[str, ...]
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """These very words in any order with at most ``slop`` other words among them: a run of ``len(tokens) + slop``
    words holds each of them at a place of its own (a word asked for twice must stand there twice)."""

    tokens: tuple[str, ...]
    slop: int
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Prefix:
    """A word that begins with ``start``. An empty ``start`` is any word at all: ``series:*``, has it a series?"""

    start: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word at most ``distance`` edits away (insert, delete, replace, swap two neighbours: optimal string
    alignment). When either word has ``distance`` letters or fewer only the word itself is found: ``edits.alike``."""

    word: str
    distance: int = 1
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A field of names holds this whole name (``text.fold_name`` of both is the same)."""

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
    between anything, so that two Nones ask: has it the number at all?"""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Mentioned:
    """This person is named in the text at least ``low`` and at most ``high`` times, None for no bound. Beyond
    ``holdings.MOST_MENTIONS`` all are alike."""

    name: str
    low: int = 1
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Every story that the part does not find; alone it lists everything else."""

    part: Query


@dataclass(frozen=True, slots=True)
class All:
    """Every part. No parts: every story."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part. No parts: no story."""

    parts: tuple[Query, ...]


WordLeaf = Words | Near | Prefix | Fuzzy
"""What looks for words: found in places, marked in excerpts, scored."""

Leaf = Everything | Nothing | WordLeaf | Name | OneOf | Between | Mentioned
Query = Leaf | Typed | Not | All | Any
"""After ``bind`` no Typed is left."""


@dataclass(frozen=True, slots=True)
class Sort:
    """The order asked for: by ``field`` of fields.SORTABLE; stories without the value come last, whichever way;
    ties by id."""

    field: str
    descending: bool = False


def word_leaves(query: Query) -> Iterator[WordLeaf]:
    """The leaves that look for words and are not inside a Not, from left to right: what is scored and marked."""
    match query:
        case All(parts) | Any(parts):
            for part in parts:
                yield from word_leaves(part)
        case Words() | Near() | Prefix() | Fuzzy():
            yield query
