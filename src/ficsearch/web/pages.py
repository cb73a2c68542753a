"""What each template is given: documented dataclasses. URLs and labels are made here; templates only loop."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ficsearch.errors import UsageError
from ficsearch.facets import label
from ficsearch.fields import BY_NAME, RATING_LABELS, SORTABLE
from ficsearch.outputs.terminal import hidden_text, rating_text, scope_text
from ficsearch.packs import Packs
from ficsearch.results import FacetValue, Hit, Results
from ficsearch.spoilers import Position, read_position
from ficsearch.story import Story
from ficsearch.web.positions import ShowChoice, show_choices
from ficsearch.web.reading import Paragraph, anchor
from ficsearch.web.state import PAGE_FACETS, State

SHOWN = 8
"""Values of a facet that are open at once; the rest is behind "more"."""

OPEN_FACETS = ("rating", "spoilers", "character", "fandom")
LISTED = 200
"""Values behind "more"; of 50,000 authors the rest is found by author:name."""

MOST_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class Link:
    """Something to click: ``current`` when it is where the reader is."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FacetRow:
    """One value of a facet. ``toggle`` chooses it or takes that back, ``refuse`` excludes it or takes that back;
    ``below`` are the seasons of a show and the episodes of a season, ``is_open`` when one of them was touched."""

    value: FacetValue
    toggle: str
    refuse: str
    below: tuple[FacetRow, ...] = ()
    is_open: bool = False

    @property
    def is_touched(self) -> bool:
        """Was it, or something below it, chosen or excluded?"""
        return self.value.selected or self.value.excluded or any(row.is_touched for row in self.below)


@dataclass(frozen=True, slots=True)
class Panel:
    """A facet beside the results. ``mode`` turns all-of into any-of, None where there is no choice; ``left`` counts
    the values that are too many to list."""

    name: str
    title: str
    rows: tuple[FacetRow, ...]
    more: tuple[FacetRow, ...]
    left: int
    is_open: bool
    mode: Link | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One story among the results. ``passages`` are (url, html) of its best places."""

    hit: Hit
    title: str
    rating: str
    url: str
    authors: tuple[Link, ...]
    facts: tuple[str, ...]
    characters: str
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What the search form needs, with or without results. ``carried`` are the parameters that it hands on unseen,
    ``clear`` takes every filter off, ``seasons`` are offered where a position is typed, ``shows`` to choose from."""

    carried: tuple[tuple[str, str], ...]
    ratings: tuple[tuple[str, str], ...]
    seasons: tuple[str, ...]
    clear: str
    shows: tuple[ShowChoice, ...] = ()
    all_carried: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """The search page. ``problem`` says what could not be understood, and then there are no results."""

    state: State
    form: Form
    results: Results | None = None
    cards: tuple[Card, ...] = ()
    panels: tuple[Panel, ...] = ()
    chips: tuple[Link, ...] = ()
    sorts: tuple[Link, ...] = ()
    reveals: tuple[Link, ...] = ()
    hidden: str = ""
    suggestions: tuple[tuple[str, str, int], ...] = ()
    previous: str | None = None
    following: str | None = None
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class StoryPage:
    """A chapter of a story to read. ``warning`` says why it is not safe for the reader; then there is no text
    until ``anyway`` is followed."""

    state: State
    story: Story
    back: str
    number: int
    paragraphs: tuple[Paragraph, ...]
    facts: tuple[tuple[str, str], ...]
    contents: tuple[Link, ...] = ()
    previous: Link | None = None
    following: Link | None = None
    matches: tuple[Link, ...] = ()
    warning: str = ""
    anyway: str = ""


def search_page(state: State, results: Results, packs: Packs, shows: Iterable[str] = ()) -> SearchPage:
    """Everything the search page shows; *shows* are the codes of those that the library has stories of."""
    return SearchPage(
        state,
        form(state, packs, shows),
        results,
        cards=tuple(card(hit, state) for hit in results.hits),
        panels=tuple(_panels(state, results)),
        chips=tuple(_chips(state, packs)),
        sorts=tuple(_sorts(state)),
        reveals=tuple(_reveals(state, results)),
        hidden=hidden_text(results.hidden),
        suggestions=tuple((s.label, State(s.text, seen=state.seen).url(), s.total) for s in results.suggestions),
        previous=_page_url(state, -1) if state.page > 1 else None,
        following=_page_url(state, 1) if state.page < results.pages else None,
    )


def form(state: State, packs: Packs, shows: Iterable[str] = ()) -> Form:
    """The search form for *state*, with a choice of episodes for each of *shows*."""
    own = {"q", "seen", "max_rating", "page"}
    series = [s for s in packs.shows.values() if s.kind == "series"]
    return Form(
        carried=tuple((n, v) for n, v in state.parameters() if n not in own),
        ratings=tuple((value, name) for value, name in RATING_LABELS.items() if value != "not_rated"),
        seasons=tuple(f"{s.code} S{n}" for s in series for n in s.seasons if n),
        clear=state.without_choices().url(),
        shows=show_choices(shows, _position(state, packs), packs),
        all_carried=tuple((n, v) for n, v in state.parameters() if n not in {"seen", "page"}),
    )


def _position(state: State, packs: Packs) -> Position | None:
    """Where the reader stands; None when nothing was said, or nothing that can be placed."""
    try:
        return read_position(state.seen, packs) if state.seen else None
    except UsageError:
        return None


# -- results -------------------------------------------------------------------------------------------------


def card(hit: Hit, state: State) -> Card:
    """A story among the results, its links carrying the search along."""
    story = hit.story
    names = list(dict.fromkeys([*story.characters.declared, *(f.name for f in story.characters.found)]))
    more = f" and {len(names) - MOST_CHARACTERS} more" if len(names) > MOST_CHARACTERS else ""
    return Card(
        hit,
        story.title or "A story that is not safe for you",
        rating_text(story),
        story_url(state, story.id, 1),
        tuple(Link(a, State(seen=state.seen).toggled("author", a).url()) for a in story.authors),
        tuple(_facts(story)),
        ", ".join(names[:MOST_CHARACTERS]) + more,
        tuple((story_url(state, story.id, e.chapter, e.paragraph), e.html) for e in hit.excerpts),
    )


def _facts(story: Story) -> Iterator[str]:
    if story.fandoms:
        yield ", ".join(story.fandoms)
    yield scope_text(story.spoilers)
    yield f"{story.words:,} words"
    if story.status == "in-progress":
        yield "in progress"
    if story.published:
        yield story.published[:4]


def story_url(state: State, story_id: str, chapter: int, paragraph: int = 0) -> str:
    """Where a chapter is read, with the search that found it."""
    path = f"/story/{story_id}/{chapter}" if chapter > 1 else f"/story/{story_id}"
    return state.url(path, f"#{anchor(chapter, paragraph)}" if paragraph else "")


def _page_url(state: State, step: int) -> str:
    page = state.page + step
    return state.but(page=page).url()


def _sorts(state: State) -> Iterator[Link]:
    yield Link("best match", state.but(sort="").url(), not state.sort)
    for field in SORTABLE:
        down = field.name in ("words", "date", "chapters")
        first, second = (f"-{field.name}", field.name) if down else (field.name, f"-{field.name}")
        target = second if state.sort == first else first
        arrow = {first: " ↓" if down else " ↑", second: " ↑" if down else " ↓"}.get(state.sort, "")
        yield Link(f"{field.label.lower()}{arrow}", state.but(sort=target).url(), bool(arrow))


def _reveals(state: State, results: Results) -> Iterator[Link]:
    """Links that show what the position hides, or hide it again."""
    for kind, count in (("unknown", results.hidden.unknown), ("unsafe", results.hidden.unsafe)):
        if kind in state.reveal:
            kept = tuple(k for k in state.reveal if k != kind)
            yield Link(f"hide {kind} again", state.but(reveal=kept).url())
        elif count:
            yield Link(f"show {count:,} {kind}", state.but(reveal=(*state.reveal, kind)).url())


# -- facets --------------------------------------------------------------------------------------------------


def _panels(state: State, results: Results) -> Iterator[Panel]:
    for name in PAGE_FACETS:
        values = results.facets.get(name, ())
        rows = _tree(state, values) if name == "spoilers" else [_row(state, name, v) for v in values]
        if rows:
            shown, more = _split(rows)
            is_open = name in OPEN_FACETS or any(r.is_touched for r in rows)
            left = max(0, len(more) - LISTED) + results.left.get(name, 0)
            yield Panel(name, BY_NAME[name].label, shown, more[:LISTED], left, is_open, _mode(state, name, results))


def _row(state: State, name: str, value: FacetValue, below: Iterable[FacetRow] = ()) -> FacetRow:
    rows = tuple(below)
    toggle, refuse = state.toggled(name, value.value).url(), state.refusing(name, value.value).url()
    return FacetRow(value, toggle, refuse, rows, any(r.is_touched for r in rows))


def _tree(state: State, values: Iterable[FacetValue]) -> list[FacetRow]:
    """The spoiler facet as show > season > episode, from values in that order."""
    tops: list[tuple[FacetValue, list[tuple[FacetValue, list[FacetValue]]]]] = []
    for value in values:
        level = _level(value.value)
        if level == 0 or not tops:
            tops.append((value, []))
        elif level == 1 or not tops[-1][1]:
            tops[-1][1].append((value, []))
        else:
            tops[-1][1][-1][1].append(value)
    return [
        _row(state, "spoilers", show, (_row(state, "spoilers", season, (_row(state, "spoilers", e) for e in episodes))
                                       for season, episodes in seasons))
        for show, seasons in tops
    ]  # fmt: skip


def _level(value: str) -> int:
    """0 for a show (or none, unknown), 1 for a season, 2 for an episode."""
    code, _, rest = value.rpartition(" ")
    return (2 if "x" in rest else 1) if code else 0


def _split(rows: list[FacetRow]) -> tuple[tuple[FacetRow, ...], tuple[FacetRow, ...]]:
    """The rows that are open at once (touched ones among them) and those behind "more"."""
    touched = [r for r in rows if r.is_touched]
    first = [*touched, *(r for r in rows if not r.is_touched)][: max(SHOWN, len(touched))]
    kept = {r.value.value for r in first}
    return tuple(r for r in rows if r.value.value in kept), tuple(r for r in rows if r.value.value not in kept)


def _mode(state: State, name: str, results: Results) -> Link | None:
    """For a facet of many values: all of the chosen ones, or any of them."""
    chosen = [v for v in results.facets[name] if v.selected]
    if not BY_NAME[name].many or len(chosen) < 2:
        return None
    if name in state.either:
        return Link("any of these; ask for all", state.but(either=tuple(n for n in state.either if n != name)).url())
    return Link("all of these; any will do", state.but(either=(*state.either, name)).url())


def _chips(state: State, packs: Packs) -> Iterator[Link]:
    """What is chosen, each with a link that takes it back."""
    for name, value in state.chosen:
        text = f"{BY_NAME[name].label}: {label(BY_NAME[name], value, packs)}"
        yield Link(text, state.toggled(name, value).url())
    for name, value in state.refused:
        text = f"not {BY_NAME[name].label}: {label(BY_NAME[name], value, packs)}"
        yield Link(text, state.refusing(name, value).url())
    single = (("max_rating", "at most"), ("words", "words"), ("published", "published"))
    for name, said in single:
        if value := getattr(state, name):
            yield Link(f"{said} {RATING_LABELS.get(value, value)}", state.but(**{name: ""}).url())
