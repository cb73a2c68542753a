"""A work of the Archive of Our Own as a PDF, or saved again from a word processor: its words are left, not its tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ficsearch.readers.blocks import Block, Kind
from ficsearch.readers.claims import claimed, title_of
from ficsearch.readers.headers import read_fields
from ficsearch.readers.labels import label_of
from ficsearch.readers.page_chapters import chapters
from ficsearch.readers.page_text import without_title
from ficsearch.readers.preamble import by_line
from ficsearch.story import Chapter, Claim, Document
from ficsearch.text import squash

_POSTED = re.compile(
    r"(?:(?P<title>.{1,250}?) )?Posted originally on (?:the )?.{1,60}? at (?P<url>https?://[^\s]+?)\.?(?: |\Z)"
)
_TITLE_AT_MOST, _SENTENCE_AT_MOST = 251, 600
_POSTED_WITHIN = 6
_PREFACE_AT_MOST = 120
"""Blocks between that sentence and the by-line: each tag may be one."""
_WORDS = {
    "summary": "summary",
    "notes": "notes",
    "end notes": "endnotes",
    "chapter summary": "notes",
    "chapter notes": "notes",
    "chapter end notes": "endnotes",
}
_LABELS = {squash(words): label for words, label in _WORDS.items()}
"""What the archive writes above its boxes, on a line of their own."""
_POINTERS = re.compile(r"\(?See the end of the (?:chapter|work) for (?:more )?(?:notes|warnings).{0,60}", re.IGNORECASE)
_GOODBYE = re.compile(r"Please drop by the .{1,60} and comment to let the (?:creator|author) know", re.IGNORECASE)
_END_WITHIN = 15


def read_work(blocks: Sequence[Block], format: str) -> Document | None:
    """The work, or None where *blocks* are none of the archive's."""
    posted = next((n for n, block in enumerate(blocks[:_POSTED_WITHIN]) if _posted(block.plain)), None)
    if posted is None:
        return None
    near = range(posted + 1, min(len(blocks), posted + _PREFACE_AT_MOST))
    by = next((n for n in near if by_line(blocks[n].plain)), None)
    if by is None:
        return None
    claims = list(_preface(blocks, posted, by))
    notes, start = _boxes(blocks, by + 1)
    title = title_of(claims)
    made, more = _chapters(without_title(blocks[start:], title))
    return Document(tuple(made), (*claims, *notes, *more), format)


_TEXT = re.compile(r"(?:work|chapter) text:?", re.IGNORECASE)
_GLUED = re.compile(r"(?<=[\d?])(?=[A-Z][a-z]{2,12}:)")
"""``Published: 2016-05-04Words: 133``: the facts of a work, as they are copied."""


def read_pasted(blocks: Sequence[Block], format: str) -> Document | None:
    """The work of which a browser's page was pasted, from ``Archive Warning`` to ``Work Text``; None for any other."""
    near = blocks[:_PREFACE_AT_MOST]
    text = next((n for n, block in enumerate(near) if _TEXT.fullmatch(block.plain)), 0)
    warned = any(block.plain.startswith("Archive Warning") for block in near[:text])
    box = next((n for n in range(text) if _label(near[n])), text)
    if not warned or box < _NAMED:
        return None
    named = zip(("title", "author"), near[box - _NAMED : box], strict=True)
    claims = [c for label, b in named for c in claimed(label, b.plain, "above the text")]
    claims += _tags(near[: box - _NAMED])
    notes, _ = _boxes(near[:text], box)
    made, more = _chapters(blocks[text + 1 :])
    return Document(tuple(made), (*claims, *notes, *more), format)


_NAMED = 2
"""Title and author, each a paragraph above the boxes."""


def _tags(blocks: Sequence[Block]) -> Iterator[Claim]:
    """Labels and, each a paragraph below them, their tags."""
    fields: list[list[str]] = []
    for line in (line for block in blocks for line in block.lines if line):
        if line.endswith(":") and label_of(line) is not None:
            fields.append([line])
        elif fields:
            fields[-1].append(line)
    for label, *values in fields:
        key = label_of(label) or "other"
        if key == "other":
            yield from read_fields(_GLUED.sub("\n", " ".join(values)).split("\n"))
        else:
            yield from claimed(key, ", ".join(values), f"tags {label}")


def _posted(text: str) -> re.Match[str] | None:
    """The archive's sentence, looked for only around its words: a title before it may begin anywhere."""
    at = text.find("Posted originally on")
    return _POSTED.search(text, max(0, at - _TITLE_AT_MOST), at + _SENTENCE_AT_MOST) if at >= 0 else None


def _preface(blocks: Sequence[Block], posted: int, by: int) -> Iterator[Claim]:
    found = _posted(blocks[posted].plain)
    title = blocks[by - 1].plain if by - 1 > posted else (found["title"] if found else "")
    yield from claimed("title", title, "preface")
    for author in (by_line(blocks[by].plain) or "").split(", "):
        yield from claimed("author", author, "by-line of the preface")
    yield from claimed("source_url", found["url"] if found else None, "preface")
    lines = [line for block in blocks[posted + 1 : by - 1] for line in block.lines]
    read = read_fields(lines)
    read += tuple(more for claim in read if claim.written == "Stats" for more in read_fields([claim.value]))
    tags = [replace(claim, origin="tags of the preface") for claim in read]
    yield from tags
    yield from claimed("status", [c.value for c in tags if c.label == "chapter" and "/" in c.value], "Chapters")


def _label(block: Block) -> str | None:
    return _LABELS.get(squash(block.plain)) if len(block.text) < 40 else None


def _boxes(blocks: Sequence[Block], start: int) -> tuple[list[Claim], int]:
    """Summary and notes from block *start* on, and where the story begins: at the next heading, or, where there is
    none, after one paragraph of each, for nothing tells how long the last one is."""
    claims: list[Claim] = []
    at = start
    while at < len(blocks) and (label := _label(blocks[at])):
        end = _box_end(blocks, at + 1)
        said = [b.plain for b in blocks[at + 1 : end] if b.plain and not _POINTERS.fullmatch(b.plain)]
        claims += claimed(label, "\n\n".join(said), f"{blocks[at].plain} in the preface")
        at = end
    return claims, at


_BOX_AT_MOST = 30


def _box_end(blocks: Sequence[Block], start: int) -> int:
    for at in range(start, min(len(blocks), start + _BOX_AT_MOST)):
        if blocks[at].kind is Kind.HEADING or _label(blocks[at]):
            return at
    return min(start + 1, len(blocks))


def _chapters(blocks: Sequence[Block]) -> tuple[list[Chapter], list[Claim]]:
    """The chapters without the boxes around them, and the notes in these."""
    made: list[Chapter] = []
    claims: list[Claim] = []
    for number, chapter in enumerate(chapters(blocks), 1):
        text, notes = _without_boxes(chapter.text.split("\n\n"), chapter.title or f"chapter {number}")
        claims += notes
        if text and not (chapter.title and squash(chapter.title) == "afterword"):
            made.append(replace(chapter, text="\n\n".join(text)))
    return made, claims


def _without_boxes(paragraphs: list[str], place: str) -> tuple[list[str], list[Claim]]:
    claims: list[Claim] = []
    kept = [p for p in paragraphs if not (_POINTERS.fullmatch(p) or _GOODBYE.match(p.lstrip("_* ")))]
    if len(kept) > 1 and squash(kept[-1]) == "afterword":
        kept.pop()
    while len(kept) > 1 and (label := _LABELS.get(squash(kept[0]))) and label != "endnotes":
        claims += claimed(label, kept[1], f"before {place}")
        kept = kept[2:]
    for at in range(max(0, len(kept) - _END_WITHIN), len(kept)):
        if len(kept[at]) < 40 and _LABELS.get(squash(kept[at])) == "endnotes":
            claims += claimed("endnotes", "\n\n".join(kept[at + 1 :]), f"after {place}")
            return kept[:at], claims
    return kept, claims
