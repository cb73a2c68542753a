"""From what was typed and chosen to results: understand, ask the engine, join with stories, hide what spoils.

Under a reader's position only safe stories are asked for; what that hides is counted, and facet values that would
give something away are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter
from typing import TYPE_CHECKING

from ficsearch.engines import Choice, Engine, Matches, Request, Sort
from ficsearch.errors import IndexVersionError, UsageError
from ficsearch.excerpts import stored_excerpts
from ficsearch.facets import facet_values, unspoiled
from ficsearch.fields import BY_NAME, FACETS, SORTABLE
from ficsearch.packs import Packs
from ficsearch.query import bind, describe, parse
from ficsearch.query.build import all_of, any_of, not_, one_of
from ficsearch.query.nodes import Everything, Name, OneOf, Query, Typed
from ficsearch.results import Excerpt, FacetValue, Hidden, Hit, Results, Suggestion
from ficsearch.store import Store
from ficsearch.story import Story

# what only some searches need they import themselves: every search waits for what stands here
if TYPE_CHECKING:
    from ficsearch.spoilers import Position, Verdict

_REINDEX = "Bring them up to date with: ficsearch index PATH   (no file is read again for that)"

REVEALABLE = ("unsafe", "unknown")


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as a person asks for it: what CLI options, URL parameters and the Python API all become.

    ``chosen`` values are as typed (``R``, ``Cordy``); ``words`` and ``published`` are ranges as typed
    (``1000..5000``); ``reveal`` may hold ``unsafe`` and ``unknown``; ``limit`` 0 asks for counts only; ``values`` is
    how many values of a facet are enough, those chosen beside them.
    """

    text: str = ""
    chosen: tuple[Choice, ...] = ()
    facets: tuple[str, ...] = ()
    seen: str | Position | None = None
    max_rating: str | None = None
    words: str | None = None
    published: str | None = None
    sort: str | None = None
    page: int = 1
    limit: int = 10
    passages: int = 1
    reveal: tuple[str, ...] = ()
    values: int | None = None


@dataclass(frozen=True, slots=True)
class _Understood:
    """A search after its names were bound: ``query`` is scored, the rest only narrows."""

    query: Query
    ceiling: Query
    ranges: Query
    chosen: tuple[Choice, ...]
    sort: Sort | None
    notes: tuple[str, ...]
    position: Position | None
    unseen: frozenset[str]

    @property
    def narrowed(self) -> Query:
        """All that was asked but the ceiling and the position, as one tree."""
        return all_of((self.query, self.ranges, *map(_as_query, self.chosen)))

    @property
    def sentence(self) -> str:
        """All that was asked, said by the tree itself; and for whom."""
        said = describe(all_of((self.narrowed, self.ceiling)))
        return f"{said}; safe for one who has seen {self.position or 'nothing'}" if self.position is not None else said


class Searcher:
    """Answers searches from one engine, one store and one set of packs."""

    def __init__(self, engine: Engine, store: Store, packs: Packs) -> None:
        self.engine = engine
        self.store = store
        self.packs = packs

    def search(self, asked: Asked) -> Results:
        """Answer *asked*. Raises UsageError for a facet, a sort or a position that there is not."""
        started = perf_counter()
        asked = replace(asked, page=max(1, asked.page), limit=max(0, asked.limit))
        understood = self._understand(asked)
        within = all_of((understood.ceiling, understood.ranges, _allowed(understood, asked.reveal)))
        matches = self._ask(asked, understood, within)
        facets = self._facets(matches, understood, asked)
        return Results(
            text=asked.text,
            understood=understood.sentence,
            total=matches.total,
            hits=self._hits(matches, understood, asked),
            facets={name: values for name, (values, _) in facets.items()},
            hidden=self._hidden(understood, asked.reveal),
            notes=understood.notes,
            suggestions=() if matches.total else self._suggestions(understood, asked.reveal),
            page=asked.page,
            limit=asked.limit,
            took_ms=round((perf_counter() - started) * 1000, 3),
            left={name: left for name, (_, left) in facets.items()},
        )

    # -- understanding -----------------------------------------------------------------------------------

    def _understand(self, asked: Asked) -> _Understood:
        _check_names(asked)
        bound = bind(parse(asked.text), self.packs)
        position, unseen = self._position(asked.seen)
        stale = self._packs_note(position)
        chosen, loose = self._chosen(asked.chosen)
        return _Understood(
            query=bound.query,
            ceiling=self._option("rating", asked.max_rating, "rating:<="),
            ranges=all_of((self._option("words", asked.words), self._option("date", asked.published), loose)),
            chosen=chosen,
            sort=_read_sort(asked.sort) if asked.sort else bound.sort,
            notes=(*stale, *bound.notes),
            position=position,
            unseen=unseen,
        )

    def _position(self, seen: str | Position | None) -> tuple[Position | None, frozenset[str]]:
        """The reader's position, and the episodes past it. Raises UsageError."""
        if seen is None:
            return None, frozenset()
        from ficsearch.spoilers import beyond, read_position

        position = read_position(seen, self.packs) if isinstance(seen, str) else seen
        return position, beyond(position, self.packs)

    def _packs_note(self, position: Position | None) -> tuple[str, ...]:
        """Word that the program or its packs are not those of the index. Under a position that is an error: an episode
        that is not known any more would be taken for seen."""
        if self.store.meta("packs") == self.packs.version:
            return ()
        said = "ficsearch or its fandom packs have changed since these stories were indexed"
        if position is not None:
            raise IndexVersionError(f"{said}: what is safe cannot be said.", _REINDEX)
        return (f"{said}. {_REINDEX}",)

    def _option(self, name: str, text: str | None, typed: str = "") -> Query:
        """The query of one option: ``--max-rating PG-13`` is ``rating:<=PG-13``, ``--words 1000..5000``."""
        if text is None:
            return Everything()
        bound = bind(parse((typed or f"{name}:") + "".join(text.split())), self.packs)
        if bound.notes:
            raise UsageError(f"'{text}' is not understood as {BY_NAME[name].label.lower()}.", BY_NAME[name].help)
        return bound.query

    def _chosen(self, choices: Iterable[Choice]) -> tuple[tuple[Choice, ...], Query]:
        """The choices in the names of the index (Cordy -> Cordelia Chase, R -> mature), and as a query what is no
        whole name: ``--author penhallow``, ``--year 1999..2003``."""
        kept, loose = [], []
        for choice in choices:
            wanted = [self._meant(choice.field, text) for text in choice.include]
            refused = [self._meant(choice.field, text) for text in choice.exclude]
            names = _whole_names(wanted, choice.every)
            if names is None:
                loose.append(all_of(wanted) if choice.every else any_of(wanted))
            loose += [not_(q) for q in refused if not isinstance(q, Name | OneOf)]
            kept.append(
                replace(choice, include=names or (), exclude=_whole_names(refused, every=False, skip=True) or ())
            )
        return tuple(c for c in kept if c.include or c.exclude), all_of(loose)

    def _meant(self, field: str, text: str) -> Query:
        """What was chosen: a name of the packs, a name of the library, or else its words."""
        meant = bind(Typed(text, field, quoted=True), self.packs).query
        exact = Name(text, field)
        return exact if not isinstance(meant, Name | OneOf) and self.engine.count(exact) else meant

    # -- asking ------------------------------------------------------------------------------------------

    def _ask(self, asked: Asked, understood: _Understood, within: Query) -> Matches:
        start = (asked.page - 1) * asked.limit
        return self.engine.search(
            Request(understood.query, within, understood.chosen, asked.facets, understood.sort, start, asked.limit)
        )

    def _hidden(self, understood: _Understood, reveal: Iterable[str]) -> Hidden:
        """What position and ceiling leave out, counted among all else that was asked."""
        asked = all_of((understood.narrowed, understood.ceiling))
        hidden = {kind: self.engine.count(all_of((asked, part))) for kind, part in _unfit(understood, reveal).items()}
        not_rated = 0
        if not isinstance(understood.ceiling, Everything):
            fit = _allowed(understood, reveal)
            not_rated = self.engine.count(all_of((understood.narrowed, fit, Name("not_rated", "rating"))))
        return Hidden(hidden.get("unsafe", 0), hidden.get("unknown", 0), not_rated)

    def _suggestions(self, understood: _Understood, reveal: Iterable[str]) -> tuple[Suggestion, ...]:
        """What would find something, filters and all written as one query."""
        from ficsearch.suggestions import suggest

        asked = all_of((understood.narrowed, understood.ceiling))
        allowed = _allowed(understood, reveal)
        return suggest(asked, partial(self.engine.like, "body"), lambda q: self.engine.count(all_of((q, allowed))))

    # -- joining -----------------------------------------------------------------------------------------

    def _hits(self, matches: Matches, understood: _Understood, asked: Asked) -> tuple[Hit, ...]:
        stories = self.store.stories([i for i, _ in matches.hits])
        verdicts = {i: self._verdict(story, understood.position) for i, story in stories.items()}
        if understood.position is not None:
            stories = {i: unspoiled(story, self.packs, understood.unseen) for i, story in stories.items()}
        shown = [i for i, verdict in verdicts.items() if verdict is None or verdict.value != "unsafe"]
        excerpts: Mapping[str, tuple[Excerpt, ...]] = {}
        if asked.passages:
            excerpts = stored_excerpts(shown, understood.query, self.store, self.engine, asked.passages)
        return tuple(
            Hit(stories[i], score, excerpts.get(i, ()), verdicts[i])
            if i in shown
            else Hit(_masked(stories[i]), score, (), verdicts[i])
            for i, score in matches.hits
            if i in stories
        )

    def _verdict(self, story: Story, position: Position | None) -> Verdict | None:
        if position is None:
            return None
        from ficsearch.spoilers import judge_story

        return judge_story(story, position, self.packs)

    def _facets(
        self, matches: Matches, understood: _Understood, asked: Asked
    ) -> dict[str, tuple[tuple[FacetValue, ...], int]]:
        chosen = {c.field: c for c in understood.chosen}
        counts = {name: matches.facets.get(name, {}) for name in asked.facets}
        return {
            name: facet_values(name, held, chosen.get(name), self.packs, understood.unseen, asked.values)
            for name, held in counts.items()
        }


def _whole_names(parts: Iterable[Query], every: bool, skip: bool = False) -> tuple[str, ...] | None:
    """The names that *parts* ask for; None when one of them is no name (unless those are to be skipped), or one of
    several people where all are asked for."""
    names: list[str] = []
    for part in parts:
        match part:
            case Name(value):
                names.append(value)
            case OneOf(values) if not every:
                names.extend(sorted(values))
            case _ if not skip:
                return None
    return tuple(names)


def _check_names(asked: Asked) -> None:
    names = {f.name for f in FACETS}
    wrong = next((n for n in (*asked.facets, *(c.field for c in asked.chosen)) if n not in names), None)
    if wrong is not None:
        raise UsageError(f"There is no facet '{wrong}'.", f"Facets: {', '.join(f.name for f in FACETS)}.")
    kind = next((r for r in asked.reveal if r not in REVEALABLE), None)
    if kind is not None:
        raise UsageError(f"'{kind}' cannot be revealed.", f"One of: {', '.join(REVEALABLE)}.")


def _read_sort(text: str) -> Sort | None:
    """``title``, ``-words``; ``score`` or ``best`` is best match. Raises UsageError for another field."""
    name = text.lstrip("-+").lower()
    if name in ("score", "best", "relevance", ""):
        return None
    field = BY_NAME.get(name)
    if field is None or not field.sortable:
        raise UsageError(
            f"Stories cannot be sorted by '{text}'.",
            f"One of: best, {', '.join(f.name for f in SORTABLE)}; a leading - turns the order around.",
        )
    return Sort(field.name, text.startswith("-"))


def _as_query(choice: Choice) -> Query:
    """The stories that fit a choice, as a tree."""
    names = [Name(v, choice.field) for v in choice.include]
    wanted = all_of(names) if choice.every or not names else any_of(names)
    return all_of((wanted, *(not_(Name(v, choice.field)) for v in choice.exclude)))


def _unfit(understood: _Understood, reveal: Iterable[str]) -> dict[str, Query]:
    """The stories to leave out under the reader's position, by kind; nothing without a position."""
    if understood.position is None:
        return {}
    spoils = one_of(understood.unseen, "frontier")
    kinds = {"unsafe": spoils, "unknown": all_of((Name("unknown", "scope"), not_(spoils)))}
    return {kind: query for kind, query in kinds.items() if kind not in reveal}


def _allowed(understood: _Understood, reveal: Iterable[str]) -> Query:
    return all_of(not_(q) for q in _unfit(understood, reveal).values())


def _masked(story: Story) -> Story:
    """A story that is not safe, as it may be listed: where it is and how strong, not what it tells."""
    return Story(
        id=story.id, path="", title="", fandoms=story.fandoms, rating=story.rating, words=story.words,
        language=story.language, status=story.status,
    )  # fmt: skip
