"""A title and its author that stand below the labels: ``Rating: R``, then ``Hail Mary`` and ``by Torvald``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ficsearch.readers.belowlabels import after_rule, skip_blank
from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.headerblock import QUOTES
from ficsearch.readers.headerlines import clean_value, labelled
from ficsearch.readers.headings import heading_of
from ficsearch.readers.preamble import (
    by_line,
    is_address,
    is_by,
    is_sentence,
    is_story_line,
    parted_title,
    without_part,
)
from ficsearch.story import Claim
from ficsearch.text import squash

_LINES = 4
"""A title, what kind of story it is, a part, ``by X``."""
_GAP = 3
_TITLE_AT_MOST = 80
_NAME_AT_MOST = 6
"""Words of an author's name and address."""


@dataclass(frozen=True, slots=True)
class TitlePage:
    """What it claims, and the line after it."""

    claims: tuple[Claim, ...]
    end: int


def title_page(lines: Sequence[str], start: int, told: Sequence[Claim], first_line: int) -> TitlePage | None:
    """The title page at *start*, below a header that claims *told*; None where the story begins at once.

    It ends with ``by X``, and with nothing else on that line. A title that the header has told otherwise is not one.
    """
    title: tuple[int, str] | None = None
    at = skip_blank(lines, start)
    if boxes := _copied_work(lines, at, told, first_line):
        return boxes
    for _ in range(_LINES):
        line = lines[at].strip() if at < len(lines) else ""
        if not line or len(line) > _TITLE_AT_MOST or is_sentence(line) or labelled(line):
            return None
        if (found := _author(lines, at)) or (found := _author_below(lines, at)):
            return _page(lines, title, found, told, first_line)
        if title is None:
            both = parted_title(line) if _ends_at(lines, at) else None
            if both:
                return _page(lines, (at, both[0]), (at, both[1]), told, first_line)
            if line.startswith(tuple(q for q in QUOTES if q not in '"“')) or heading_of(line):
                return None
            title = (at, line)
        elif not (is_story_line(line) or heading_of(line)):
            return None
        following = skip_blank(lines, at + 1)
        if following - at > _GAP:
            return None
        at = following
    return None


def _author(lines: Sequence[str], at: int) -> tuple[int, str] | None:
    author = by_line(lines[at])
    return (at, author) if author and len(author.split()) <= _NAME_AT_MOST and _ends_at(lines, at) else None


def _author_below(lines: Sequence[str], at: int) -> tuple[int, str] | None:
    """``by``, alone on line *at*, and the author on the next."""
    if not is_by(lines[at]) or at + 1 >= len(lines):
        return None
    author = lines[at + 1].strip()
    named = 0 < len(author.split()) <= _NAME_AT_MOST and not is_sentence(author)
    return (at + 1, author) if named and _ends_at(lines, at + 1) else None


def _ends_at(lines: Sequence[str], at: int) -> bool:
    """Does nothing follow line *at* at once, but for an address? Prose that was wrapped goes on."""
    at += 1 + (at + 1 < len(lines) and is_address(lines[at + 1]))
    return at >= len(lines) or not lines[at].strip() or is_scene_break(lines[at])


def _page(
    lines: Sequence[str],
    title: tuple[int, str] | None,
    author: tuple[int, str],
    told: Sequence[Claim],
    first_line: int,
) -> TitlePage | None:
    known = {claim.label: claim.value for claim in reversed(told)}
    if title is None and "author" in known:
        return None
    if title and "title" in known and not _same(title[1], known["title"]):
        return None
    found = (("title", title), ("author", author))
    claims = tuple(
        Claim(label, clean_value(place[1].strip('"“” ')), f"line {place[0] + first_line}")
        for label, place in found
        if place and label not in known
    )
    below = author[0] + 1
    return TitlePage(claims, after_rule(lines, below + (below < len(lines) and is_address(lines[below]))))


def _same(one: str, other: str) -> bool:
    return squash(without_part(one)) == squash(without_part(other))


_TEXT_BELOW = re.compile(r"(?i)(?:work|chapter) text:?")
_BOXES = {"summary": "summary", "notes": "notes"}
_BOX_AT_MOST = 60
"""Lines of a summary or a note."""


def _copied_work(lines: Sequence[str], at: int, told: Sequence[Claim], first_line: int) -> TitlePage | None:
    """A page of the Archive of Our Own copied as text: title and author on two lines, boxes, ``Work Text:``. Below
    the archive's own labels that line may be missing: then the last box is one paragraph."""
    sure = any("archive warning" in claim.written.lower() for claim in told)
    second = skip_blank(lines, at + 1)  # a word processor makes a paragraph of either
    below = skip_blank(lines, second + 1)
    if below >= len(lines) or not lines[at].strip() or not _box(lines[below]):
        return None
    named = (("title", at), ("author", second))
    claims = [Claim(key, lines[place].strip(), f"line {place + first_line}") for key, place in named]
    while below < len(lines) and (key := _box(lines[below])) and key != "text":
        end = next((n for n in range(below + 1, min(len(lines), below + _BOX_AT_MOST)) if _box(lines[n])), None)
        if end is None and sure:
            end = _paragraph_end(lines, skip_blank(lines, below + 1))
        if end is None:
            return None
        said = "\n".join(lines[below + 1 : end]).strip()
        claims += [Claim(key, said, f"line {below + first_line}")] if said else []
        below = skip_blank(lines, end)
    if below >= len(lines):
        return None
    return TitlePage(tuple(claims), skip_blank(lines, below + 1) if _box(lines[below]) else below)


def _paragraph_end(lines: Sequence[str], at: int) -> int:
    return next((n for n in range(at, len(lines)) if not lines[n].strip()), len(lines))


def _box(line: str) -> str | None:
    text = line.strip()
    return "text" if _TEXT_BELOW.fullmatch(text) else _BOXES.get(text.removesuffix(":").lower())
