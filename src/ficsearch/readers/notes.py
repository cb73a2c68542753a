"""Notes of the author at either end of a chapter: they are hers, but they are not the story."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from ficsearch.readers.blocks import INDENT, is_scene_break, without_idle_breaks
from ficsearch.readers.headerlines import Labelled, labelled
from ficsearch.readers.headers import find_header
from ficsearch.readers.labels import is_strong, label_of
from ficsearch.readers.statements import statement_label
from ficsearch.story import Chapter, Claim

_AT_START = 12
"""Paragraphs in which a header that is repeated in each part may stand."""
_AT_END = 15
_END_AT_MOST = 3_000


def without_notes(chapters: Sequence[Chapter]) -> tuple[tuple[Chapter, ...], list[Claim]]:
    """The chapters without labelled notes before and after their text, and those notes as claims."""
    kept: list[Chapter] = []
    claims: list[Claim] = []
    for number, chapter in enumerate(chapters, 1):
        place = chapter.title or f"chapter {number}"
        paragraphs = chapter.text.split("\n\n")
        before, start = _notes_before(paragraphs, place)
        after, end = _notes_after(paragraphs[start:], place)
        claims += [*before, *after]
        kept.append(replace(chapter, text=_joined(paragraphs[start : start + end])) if before or after else chapter)
    return tuple(kept), claims


def _joined(paragraphs: Sequence[str]) -> str:
    """A rule that parted a note from the story says nothing when the note is gone."""
    return "\n\n".join(without_idle_breaks(list(paragraphs)))


_BOX = re.compile(
    r"(?:(?:chapter|author[’']?s?|beginning|story) notes?|notes|(?:chapter )?summary|(?:notes|summary) for the chapter)"
)
_END_BOX = re.compile(r"(?:chapter |author[’']?s? )?(?:end|ending|closing) ?notes?|notes at the end of the chapter")
"""What archives write above a quotation that holds a note: alone on its line."""


def _boxes_before(paragraphs: Sequence[str], place: str) -> tuple[list[Claim], int] | None:
    """Notes in quotations, each below a line that says so, and where the story begins; None where there are none."""
    claims: list[Claim] = []
    start = 0
    while start + 1 < len(paragraphs) and _is_box(_BOX, paragraphs[start : start + 2]):
        end = next((n for n in range(start + 1, len(paragraphs)) if not _is_quoted(paragraphs[n])), len(paragraphs))
        said = "\n\n".join(map(str.strip, paragraphs[start + 1 : end]))
        claims.append(Claim("notes", said, f"before {place}", paragraphs[start]))
        start = end
    return (claims, start) if 0 < start < len(paragraphs) else None


def _is_box(name: re.Pattern[str], two: Sequence[str]) -> bool:
    return _is_quoted(two[1]) and name.fullmatch(two[0].strip("*_: ").casefold()[:_BOX_AT_MOST]) is not None


def _is_quoted(paragraph: str) -> bool:
    return paragraph.startswith(INDENT)


_BOX_AT_MOST = 40


def _box_after(paragraphs: Sequence[str], end: int) -> int:
    """Where the note in a quotation at the very end begins, with the line above that says so; *end* without one."""
    at = end
    while at > 1 and _is_quoted(paragraphs[at - 1]):
        at -= 1
    return at - 1 if 1 < at < end and _is_box(_END_BOX, paragraphs[at - 1 : at + 1]) else end


_PASSPORT = frozenset(("title", "author", "rating"))
"""What a letter or a form inside the story may have too; a header that is said again has more."""


def _notes_before(paragraphs: Sequence[str], place: str) -> tuple[list[Claim], int]:
    """The header or note that opens a chapter, and with which paragraph the story begins."""
    if boxes := _boxes_before(paragraphs, place):
        return boxes
    found = labelled(paragraphs[0].split("\n")[0])
    if not found:
        return [], 0
    if found[0].label.strip("*_ ").lower().startswith("chapter ") and "\n" not in paragraphs[0] and len(paragraphs) > 1:
        return [Claim("notes", found[0].value, f"before {place}")], 1
    lines: list[str] = []
    starts: list[int] = []
    for paragraph in paragraphs[:_AT_START]:
        starts.append(len(lines))
        lines += [*(line.strip() for line in paragraph.split("\n")), ""]
    header = find_header(lines)
    if header is None or _PASSPORT.issuperset(claim.label for claim in header.claims):
        return [], 0
    if not any(map(_is_hers, header.claims)):  # "Note: the milk is for tea" is part of the story
        return [], 0
    if any(claim.written.strip("*_ ").casefold() == "subject" for claim in header.claims):
        return [], 0  # a letter
    begin = sum(start < header.end for start in starts)
    if begin >= len(paragraphs):
        return [], 0  # each paragraph of the story begins like a label
    return [replace(claim, origin=f"before {place}") for claim in header.claims], begin


def _is_hers(claim: Claim) -> bool:
    """Is this claim one that only an author makes above her story?"""
    written = claim.written.strip(" *_[(").lower()
    signed = not written and claim.label in ("title", "author", "rating")
    return signed or is_strong(claim.written) or written.startswith(_NOTE_WORDS + _HER_WORDS)


def _notes_after(paragraphs: Sequence[str], place: str) -> tuple[list[Claim], int]:
    """The note that closes a chapter, and how many paragraphs come before it."""
    end, claims = _fields_after(paragraphs, place)
    if (box := _box_after(paragraphs, end)) < end:
        said = "\n\n".join(map(str.strip, paragraphs[box + 1 : end]))
        return [Claim("endnotes", said, f"after {place}", paragraphs[box]), *claims], box
    most = min(_END_AT_MOST, sum(map(len, paragraphs[:end])) // 2)  # a note near the top is no end note
    length = 0
    for at in range(end - 1, max(0, end - _AT_END), -1):
        length += len(paragraphs[at])
        if length > most:
            break
        if _is_note(paragraphs[at]) or (at and _stands_below_rule(paragraphs, at, end)):
            label, _, value = "\n\n".join(paragraphs[at:end]).partition(":")
            return [Claim("endnotes", value.strip(" *_"), f"after {place}", label), *claims], at
    return claims, end


_CLOSING = frozenset(("feedback", "disclaimer", "archive", "email", "website"))


def _fields_after(paragraphs: Sequence[str], place: str) -> tuple[int, list[Claim]]:
    """Labels such as ``Feedback:`` in the very last paragraphs: how many come before them, and what they claim."""
    end = len(paragraphs)
    claims: list[Claim] = []
    while end > 1 and len(paragraphs[end - 1]) <= _END_AT_MOST:
        found = labelled(paragraphs[end - 1])
        if not (found and found[0].value) and statement_label(paragraphs[end - 1]) == "feedback":
            claims.insert(0, Claim("feedback", paragraphs[end - 1].strip(), f"after {place}"))
            end -= 1
            continue
        closing = _CLOSING | ({"spoilers"} if claims else set())
        if not found or not _closes(found[0], closing) or _spoke(found[0].label, paragraphs):
            break
        claims = [Claim(one.key, one.value, f"after {place}", one.label) for one in found] + claims
        end -= 1
    return end, claims


def _closes(field: Labelled, closing: Collection[str]) -> bool:
    return field.label.strip("*_ ").lower() in _OF_JOURNALS or (field.weight >= 1 and field.key in closing)


_OF_JOURNALS = frozenset(("current mood", "current music", "current location", "mood", "music", "entry tags"))
"""What a journal asks of whoever posts, and prints below."""


def _spoke(label: str, paragraphs: Sequence[str]) -> bool:
    """Does the same label stand before other paragraphs too? Then somebody speaks (``ARCHIVE: Who asks?``)."""
    return sum(paragraph.startswith(f"{label}:") for paragraph in paragraphs) > 1


_HER_WORDS = ("chapter", "story", "beta", "dedicat", "thanks", "disclaimer")
_NOTE_WORDS = (
    "a/n",
    "author",
    "an",
    "end note",
    "endnote",
    "ending note",
    "closing note",
    "final note",
    "chapter end note",
)


_TALK = re.compile(
    r"(?i)\b(?:spoilers?|written (?:for|in|as)|rated|beta(?:ed|'d)?|thanks? (?:to|you)|challenge|feedback|disclaimers?"
    r"|prompt|inspired by|the title (?:is|comes)|fic|ficlet)\b"
)


def _talks(paragraph: str) -> bool:
    """``Notes: Written for ...``, below the rule that ends the story: its author talks of it."""
    label, colon, said = paragraph.strip(" *_[(").partition(":")
    return bool(colon) and label_of(label) in ("notes", "endnotes") and _TALK.search(said) is not None


def _stands_below_rule(paragraphs: Sequence[str], at: int, end: int) -> bool:
    """Is this a note that would be none in the story, below the rule that ends it: one that talks as authors do, or
    the last paragraph, ``_Note: written on a train._``, all of it slanted?"""
    said = paragraphs[at]
    if not is_scene_break(paragraphs[at - 1]):
        return False
    slanted = at == end - 1 and said.startswith("_") and said.endswith("_")
    return _talks(said) or (slanted and label_of(said.strip("_* ").partition(":")[0]) in ("notes", "endnotes"))


def _is_note(paragraph: str) -> bool:
    """``A/N: ...``: a label that only an author uses of herself. ``Note:`` may be part of the story."""
    label, colon, _ = paragraph.strip(" *_[(").partition(":")
    if not colon or label_of(label) not in ("notes", "endnotes"):
        return False
    return label.lower().startswith(_NOTE_WORDS)
