"""Paragraphs -> chapters: split at headings that stand in a sequence, never at one that only looks like one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ficsearch.readers.blocks import INDENT, without_idle_breaks
from ficsearch.readers.headings import Heading, heading_of, is_titular
from ficsearch.story import Chapter
from ficsearch.text import fold_name, squash

_HEADING_AT_MOST = 140
_TITLE_AT_MOST = 60
_LIST_AT_MOST = 8_000


class _Place(NamedTuple):
    """A heading and the paragraphs ``[at:end]`` that it takes."""

    at: int
    end: int
    heading: Heading


def split_chapters(paragraphs: Sequence[str], story: str = "") -> tuple[Chapter, ...]:
    """The chapters of a story. Without at least two headings in sequence it is one; a single heading at the very
    start is that chapter's title, and so is the title of the *story* said again there."""
    kept, entries = _without_contents(paragraphs)
    places = _listed_places(kept, entries) if entries else []
    if len(places) < 2:
        kept, found = _without_lists(kept, _places(kept))
        places = _in_sequence(found) if found else []
    if not places and story and _says(kept[:1], story):
        places = [_Place(0, 1, Heading("listed", None, kept[0].strip(), True))]
    return tuple(_cut(kept, [_with_title(kept, place) for place in places]))


def _says(first: Sequence[str], story: str) -> bool:
    return any(len(line) <= _HEADING_AT_MOST and squash(line) == squash(story) != "" for line in first)


def _places(paragraphs: Sequence[str]) -> list[_Place]:
    return [
        _Place(at, at + 1, heading)
        for at, paragraph in enumerate(paragraphs)
        if len(paragraph) <= _HEADING_AT_MOST
        and (heading := heading_of(paragraph) if "\n" not in paragraph else _heading(paragraph))
    ]


def _heading(paragraph: str) -> Heading | None:
    """Several lines as a heading: one with its title on the line below."""
    first, _, rest = paragraph.partition("\n")
    heading = heading_of(first)
    if heading is None or not rest:
        return heading
    below = heading_of(rest)
    if heading.titled or "\n" in rest or (below and not (below.kind == "numeral" and heading.kind == "chapter")):
        return None
    return replace(heading, text=f"{heading.text}: {rest.strip()}", titled=True)


# ---- which of them are chapters

_WITHIN = {"chapter": ("book", "part", "named"), "part": ("book", "named"), "book": ("named",)}
_LOOSE = ("chapter", "part", "book")


def _in_sequence(places: Sequence[_Place]) -> list[_Place]:
    """The headings that part the story: the finest kind that is counted, with the larger ones around it."""
    for kind in _LOOSE:
        counted = _counted([p for p in places if p.heading.kind == kind], by_one=False)
        if len(counted) > 1:
            return sorted(counted + [p for larger in _WITHIN[kind] for p in _of_kind(places, larger)])
    named = _of_kind(places, "named")
    first = places[0] if places and places[0].at == 0 else None
    if first and first.heading.kind in _LOOSE:
        return sorted({first, *named})
    if named and (lone := _first_between(places, named)):
        return sorted([*named, lone])
    for kind in ("numbered", "numeral"):
        counted = _of_kind(places, kind)
        if len(counted) > 1:
            return sorted(counted + named)
    return named if len(named) > 1 else [first] if first and first.heading.kind != "numbered" else []


def _first_between(places: Sequence[_Place], named: Sequence[_Place]) -> _Place | None:
    """The only chapter of a story that has a prologue at its very start, and perhaps an epilogue."""
    after = [p for p in places if p.heading.kind in _LOOSE and p.heading.number == 1]
    return after[0] if len(after) == 1 and named[0].at == 0 else None


def _of_kind(places: Sequence[_Place], kind: str) -> list[_Place]:
    return _counted([p for p in places if p.heading.kind == kind], by_one=True)


def _counted(places: Sequence[_Place], by_one: bool) -> list[_Place]:
    """Those whose numbers go up, from one and *by_one*, or else with gaps and beginning again in each part."""
    kept: list[_Place] = []
    last = 0
    last_seen = {place.heading.number: n for n, place in enumerate(places)}
    for n, place in enumerate(places):
        number = place.heading.number or last + 1
        if number == 1 and last > 2 and n + 1 < len(places) and places[n + 1].heading.number == 2:
            last = 0  # the next volume
        jumps = number > last + 1 and last_seen.get(last + 1, -1) > n
        if number == last + 1 or (not by_one and not jumps and (number > last or number == 1)):
            kept.append(place)
            last = number
    return kept


# ---- tables of contents

_CONTENTS = re.compile(r"(?i)\W*(?:table of )?contents\W*")
_CONTENTS_WITHIN = 40


def _without_contents(paragraphs: Sequence[str]) -> tuple[list[str], list[str]]:
    """The paragraphs without a table of contents, and its entries: lines that come again, alone, further down."""
    at = next((n for n, p in enumerate(paragraphs[:_CONTENTS_WITHIN]) if _is_contents(p)), None)
    if at is None:
        return list(paragraphs), []
    alone = Counter(_entry(p) for p in paragraphs[at + 1 :] if len(p) <= _HEADING_AT_MOST and "\n" not in p)
    entries: list[str] = []
    end = at + 1
    for paragraph in paragraphs[at + 1 :]:
        lines = [_entry(line) for line in paragraph.split("\n")]
        if len(paragraph) > _TITLE_AT_MOST and paragraph.endswith("."):
            break
        if not all(alone[line] >= (2 if len(lines) == 1 else 1) for line in lines) or entries[:1] == lines:
            break
        entries += lines
        end += 1
    return [*paragraphs[:at], *paragraphs[end:]] if entries else list(paragraphs), entries


def _is_contents(paragraph: str) -> bool:
    return len(paragraph) <= _HEADING_AT_MOST and _CONTENTS.fullmatch(paragraph) is not None


def _entry(line: str) -> str:
    return fold_name(line.strip(" \t*_."))


def _listed_places(paragraphs: Sequence[str], entries: Sequence[str]) -> list[_Place]:
    """Where the entries of the table of contents stand as headings, in their order."""
    found: list[_Place] = []
    wanted = iter(entries)
    entry = next(wanted, None)
    for at, paragraph in enumerate(paragraphs):
        if entry is not None and len(paragraph) <= _HEADING_AT_MOST and _entry(paragraph) == entry:
            found.append(_Place(at, at + 1, Heading("listed", None, paragraph.strip(" *_"), True)))
            entry = next(wanted, None)
    return found


def _without_lists(paragraphs: list[str], places: list[_Place]) -> tuple[list[str], list[_Place]]:
    """Three headings and nothing between them are a list of chapters, not chapters."""
    listed = {at for at, paragraph in enumerate(paragraphs) if "\n" in paragraph and _is_list(paragraph)}
    run: list[_Place] = []
    for place in places:
        if run and not (place.at == run[-1].end and _goes_on(run[-1].heading, place.heading)):
            listed |= _long(run)
            run = []
        run.append(place)
    listed |= _long(run)
    if not listed:
        return paragraphs, places
    kept = [p for at, p in enumerate(paragraphs) if at not in listed]
    return kept, _places(kept)


def _is_list(paragraph: str) -> bool:
    """Three lines or more, and every one a heading."""
    if paragraph.count("\n") < 2 or len(paragraph) > _LIST_AT_MOST or not heading_of(paragraph.partition("\n")[0]):
        return False
    return all(map(heading_of, paragraph.split("\n")))


def _long(run: Sequence[_Place]) -> set[int]:
    return {place.at for place in run} if len(run) > 2 else set()


def _goes_on(before: Heading, after: Heading) -> bool:
    return before.kind == after.kind and (after.number or 0) > (before.number or 0)


# ---- cutting


def _with_title(paragraphs: Sequence[str], place: _Place) -> _Place:
    """The line after a bare heading is its title when it is written like one and prose comes after it."""
    if place.heading.titled or place.end + 1 >= len(paragraphs):
        return place
    line = paragraphs[place.end]
    if line.startswith(INDENT) and not paragraphs[place.at].startswith(INDENT):
        return place  # verse, or the address at the head of a letter
    if len(line) > _TITLE_AT_MOST or not is_titular(line.strip()) or heading_of(line):
        return place
    heading = replace(place.heading, text=f"{place.heading.text}: {line.strip().rstrip('.')}", titled=True)
    return _Place(place.at, place.end + 1, heading)


def _cut(paragraphs: list[str], places: Sequence[_Place]) -> list[Chapter]:
    starts = [0, *(place.end for place in places)]
    ends = [*(place.at for place in places), len(paragraphs)]
    texts = [without_idle_breaks(paragraphs[start:end]) for start, end in zip(starts, ends, strict=True)]
    preface, texts = texts[0], texts[1:]
    if not places:
        return _chapters(preface, None)
    titles: list[str] = []
    if len(preface) < 3 and all(len(line) <= _TITLE_AT_MOST and is_titular(line) for line in preface):
        titles, preface = preface, []
    chapters = _chapters(preface, None)
    for place, text in zip(places, texts, strict=True):
        titles.append(place.heading.text)
        if text or place is places[-1]:
            chapters += [Chapter("\n\n".join(text), ", ".join(titles))]
            titles = []
    return chapters


def _chapters(paragraphs: Sequence[str], title: str | None) -> list[Chapter]:
    return [Chapter("\n\n".join(paragraphs), title)] if paragraphs else []
