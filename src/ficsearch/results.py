"""What a person sees: matches joined with stories, passages, labels and notes. Frozen; no engine, no HTML pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ficsearch.story import Story

if TYPE_CHECKING:
    from ficsearch.spoilers import Verdict


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of a story. ``html`` is escaped, with ``<mark>`` around what matched; ``chapter`` and
    ``paragraph`` count from 1."""

    html: str
    text: str
    chapter: int
    paragraph: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A story that matched, without its text. ``verdict`` is set under a reader's position; when it is unsafe the
    story's title and summary are not to be shown."""

    story: Story
    score: float
    excerpts: tuple[Excerpt, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: how many matches have it, and whether the reader chose or excluded it."""

    value: str
    label: str
    count: int
    selected: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many stories match but are left out, and why."""

    unsafe: int = 0
    unknown: int = 0
    not_rated: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something that would find more: ``text`` is a whole new query, ``label`` says what it changes."""

    label: str
    text: str
    total: int


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a search. ``understood`` is the query as a sentence, made from the tree that was run; ``left``
    says how many values each facet has that were not asked for (``Asked.values``)."""

    text: str
    understood: str
    total: int
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    hidden: Hidden = Hidden()
    notes: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    page: int = 1
    limit: int = 10
    took_ms: float = 0.0
    left: Mapping[str, int] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are; at least one."""
        return max(1, -(-self.total // self.limit)) if self.limit else 1
