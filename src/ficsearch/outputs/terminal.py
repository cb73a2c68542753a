"""Results as a person reads them in a terminal: hits with their best passages, facets with their counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from ficsearch.fields import BY_NAME, RATING_LABELS
from ficsearch.outputs.page import PLAIN, Page, clean, on_line, side_by_side, wrap
from ficsearch.results import Excerpt, FacetValue, Hidden, Hit, Results
from ficsearch.story import SpoilerScope, Story

FACET_WIDTH = 38
MOST_VALUES = 8
MOST_CHARACTERS = 6

_MARK = re.compile(r"<mark>(.*?)</mark>", re.DOTALL)


def results_text(results: Results, page: Page = PLAIN) -> str:
    """The whole answer: what was understood, the hits, the facets, what is hidden, what else could be tried."""
    beside = page.beside and any(results.facets.values())
    room = page.width - FACET_WIDTH - 2 if beside else page.width
    hits = [line for n, hit in enumerate(results.hits) for line in _hit(hit, _place(results, n), room, page)]
    facets = list(_facets(results, page))
    body = side_by_side(hits, facets, room + 2) if beside else [*hits, *facets]
    return "\n".join([*_head(results, page), "", *body, *_foot(results, page)]).rstrip()


def _place(results: Results, n: int) -> int:
    return (results.page - 1) * results.limit + n + 1


def _head(results: Results, page: Page) -> Iterator[str]:
    noun = "story" if results.total == 1 else "stories"
    yield page.style(f"{results.total:,} {noun}", "bold") + page.style(f" · {results.understood}", "dim")
    for note in results.notes:
        yield from wrap(f"Note: {note}", page.width)
    if said := hidden_text(results.hidden):
        yield page.style(said, "bad")


def hidden_text(hidden: Hidden) -> str:
    """``Hidden: 12 unsafe, 31 unknown``, or nothing when nothing is."""
    counts = ((hidden.unsafe, "unsafe"), (hidden.unknown, "unknown"), (hidden.not_rated, "not rated"))
    told = [f"{n:,} {what}" for n, what in counts if n]
    return f"Hidden: {', '.join(told)}" if told else ""


def _foot(results: Results, page: Page) -> Iterator[str]:
    if results.suggestions:
        yield "Try instead:"
        for suggestion in results.suggestions:
            yield f"  {suggestion.label}: {suggestion.total:,}   ({suggestion.text})"
    if results.pages > 1:
        yield page.style(f"Page {results.page:,} of {results.pages:,}; --page N shows another.", "dim")


def _hit(hit: Hit, place: int, room: int, page: Page) -> Iterator[str]:
    story = hit.story
    indent = "    "
    if hit.verdict and hit.verdict.value == "unsafe":
        yield f"{place:>2}. " + page.style("(not shown: unsafe)", "bad")
        yield from wrap(clean(hit.verdict.why), room, indent)
    else:
        heading = wrap(f"{place:>2}. {clean(story.title)}{_by(story)}", room)
        yield from (page.style(line, "title") for line in heading)
    yield from wrap(" · ".join(_facts(story)), room, indent)
    if who := _characters(story):
        yield from wrap(who, room, indent)
    for excerpt in hit.excerpts:
        yield from _passage(excerpt, room, indent, page)
    yield page.style(f"{indent}{story.id}  {on_line(story.path)}".rstrip(), "dim")
    yield ""


def _by(story: Story) -> str:
    return f" · {clean(' & '.join(story.authors))}" if story.authors else ""


def _facts(story: Story) -> Iterator[str]:
    if story.fandoms:
        yield clean(", ".join(story.fandoms))
    yield rating_text(story)
    yield scope_text(story.spoilers)
    yield f"{story.words:,} words"
    if story.status == "in-progress":
        yield "in progress"


def rating_text(story: Story) -> str:
    """``Mature (R)``: the canonical rating, and the author's own word when it says something else."""
    name, own = RATING_LABELS[story.rating.value], clean(story.rating.original or "")
    return f"{name} ({own})" if own and own.casefold() != name.casefold() else name


def scope_text(scope: SpoilerScope) -> str:
    """The spoilers of a story in few words: as its author wrote them where that is short."""
    if scope.kind == "none":
        return "no spoilers"
    if scope.original is None:
        return "spoilers not stated"
    own = clean(scope.original)
    return f"spoilers: {own if len(own) <= 60 else own[:59] + '…'}"


def _characters(story: Story) -> str:
    names = list(dict.fromkeys([*story.characters.declared, *(f.name for f in story.characters.found)]))
    more = f" and {len(names) - MOST_CHARACTERS} more" if len(names) > MOST_CHARACTERS else ""
    return clean(", ".join(names[:MOST_CHARACTERS])) + more


def _passage(excerpt: Excerpt, room: int, indent: str, page: Page) -> Iterator[str]:
    """The passage with its matches marked: in colour, or between ``**`` where there is none."""
    shown = clean(unescape(_MARK.sub("\x02\\1\x03", excerpt.html)).replace("\x02", "⟦").replace("\x03", "⟧"))
    inside = False
    for line in wrap(shown, room, indent):
        text, inside = _mark_line(line, inside, page)
        yield text


def _mark_line(line: str, inside: bool, page: Page) -> tuple[str, bool]:
    """One line with its marks turned into styles; a match may run over the end of a line."""
    if not page.colours:
        return line.replace("⟦", "**").replace("⟧", "**"), False
    out = []
    for piece in re.split("([⟦⟧])", line):
        if piece in ("⟦", "⟧"):
            inside = piece == "⟦"
        else:
            out.append(page.style(piece, "match") if inside else piece)
    return "".join(out), inside


def _facets(results: Results, page: Page) -> Iterator[str]:
    for name, values in results.facets.items():
        if values:
            yield page.style(BY_NAME[name].label, "bold")
            yield from facet_lines(values, page, MOST_VALUES)
            yield ""


def facet_lines(values: Iterable[FacetValue], page: Page, most: int | None = None) -> Iterator[str]:
    """A line a value: its count, its mark when chosen (+) or excluded (-), its label."""
    values = list(values)
    shown = _weightiest(values, most) if most else values
    width = FACET_WIDTH - 10
    for value in shown:
        sign = "+" if value.selected else "-" if value.excluded else " "
        name = clean(value.label)
        cut = name if len(name) <= width or not most else name[: width - 1] + "…"
        yield f"{value.count:>6,} {sign}{cut}"
    if len(shown) < len(values):
        yield page.style(f"       … {len(values) - len(shown):,} more", "dim")


def _weightiest(values: list[FacetValue], most: int) -> list[FacetValue]:
    """The *most* values to show, in their own order: the chosen ones and those that count most."""
    ranked = sorted(values, key=lambda v: (not (v.selected or v.excluded), -v.count))
    kept = {v.value for v in ranked[:most]}
    return [v for v in values if v.value in kept]
