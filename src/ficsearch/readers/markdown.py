"""Markdown -> documents: front matter as claims, ``#`` headings as title and chapters, light marks only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from ficsearch.readers.blocks import without_idle_breaks
from ficsearch.readers.encoding import decode
from ficsearch.readers.frontmatter import front_matter
from ficsearch.readers.furniture import footer_start
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headers import find_header
from ficsearch.readers.headings import heading_of
from ficsearch.readers.labels import label_of
from ficsearch.readers.lines import with_lines
from ficsearch.readers.notes import without_notes
from ficsearch.readers.paragraphs import paragraphs
from ficsearch.readers.plain import doubted, read_text
from ficsearch.story import Chapter, Claim, Document


def read_markdown(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a Markdown file. Raises ReadingError when it is no text."""
    decoded = decode(data)
    front = front_matter(decoded.text)
    sections = _sections(plain_marks(front.text))
    claims, head = _titled(sections[0], front.claims)
    problems = (*decoded.problems, *front.problems)
    *others, last = read_text(head, claims, problems, "markdown")
    chapters, notes = _chapters(sections[1:])
    if chapters and (told := _only_notes(last.chapters)):
        last = replace(last, chapters=(), claims=(*last.claims, *told))
    last = replace(last, chapters=last.chapters + chapters, claims=(*last.claims, *notes))
    return tuple(map(doubted, with_lines((*others, last), decoded.text)))


# ---- headings

_HEAD = 8_000
"""Characters in which a header may follow the title."""
_HEADING = re.compile(r"(?m)^(?P<level>#{1,6})[ \t]+(?P<text>\S.*)$|^(?P<over>\S.{0,99})\n=+[ \t]*$")


_LABELLED_TITLE = re.compile(r"(?i)title:\s*(?=\S)")


class _Section(NamedTuple):
    """``title`` is None before the first chapter; ``name`` is the heading above everything, the story's title."""

    title: str | None
    text: str
    name: str = ""


def _sections(text: str) -> list[_Section]:
    """What stands before the first chapter, and the chapters: the largest headings below the title."""
    headings = list(_HEADING.finditer(text))
    name = ""
    if headings and not text[: headings[0].start()].strip() and _is_title(headings):
        name = _LABELLED_TITLE.sub("", _heading_text(headings.pop(0)))
    level = min(map(_level, headings), default=0)
    cuts = [m for m in headings if _level(m) == level]
    ends = [*(m.start() for m in cuts), len(text)]
    head = _HEADING.sub(_heading_text, text[: ends[0]]) if cuts else _HEADING.sub(_heading_text, text)
    chapters = [
        _Section(_heading_text(m), _HEADING.sub(_heading_text, text[m.end() : end]))
        for m, end in zip(cuts, ends[1:], strict=True)
    ]
    return [_Section(None, head, name), *chapters]


def _is_title(headings: Sequence[re.Match[str]]) -> bool:
    """The first heading names the story unless it is one of several alike, or a chapter's by its words."""
    first = headings[0]
    alike = sum(_level(m) == _level(first) for m in headings)
    return alike == 1 and heading_of(_heading_text(first)) is None


def _level(match: re.Match[str]) -> int:
    return len(match["level"] or "#")


def _heading_text(match: re.Match[str]) -> str:
    return (match["text"] or match["over"]).strip(" \t*_#")


def _titled(head: _Section, claims: tuple[Claim, ...]) -> tuple[tuple[Claim, ...], str]:
    """The claims with the title that the first heading gives, and the head without it."""
    if not head.name:
        return claims, head.text
    header = find_header(head.text[:_HEAD].split("\n"))
    if header and ("title", head.name) in [(c.label, c.value) for c in header.claims]:
        return claims, head.text
    known = any(c.label == "title" for c in claims)
    below = head.text.replace(head.name, "", 1)
    return (claims if known else (Claim("title", head.name, "first heading"), *claims)), below


def _only_notes(above: Sequence[Chapter]) -> list[Claim]:
    """The notes that are all there is above the first chapter; nothing where there is more."""
    found = [labelled(paragraph) for chapter in above for paragraph in chapter.text.split("\n\n")]
    claims = [Claim(one.key, one.value, "above the first chapter", one.label) for fields in found for one in fields]
    return claims if all(found) and {claim.label for claim in claims}.issubset(_CLAIMED) else []


_CLAIMED = ("notes", "endnotes", "summary", "disclaimer", "warnings", "dedication")


def _chapters(sections: Sequence[_Section]) -> tuple[tuple[Chapter, ...], list[Claim]]:
    """The chapters, and what sections with a name like ``Notes`` claim."""
    chapters: list[Chapter] = []
    claims: list[Claim] = []
    for section in sections:
        found = paragraphs(section.text)
        label = label_of(section.title or "")
        if label in _CLAIMED:
            claims.append(Claim(label, "\n\n".join(found), f"section {section.title}"))
        else:
            chapters.append(Chapter("\n\n".join(found), section.title))
    chapters[-1:] = [replace(last, text=_without_foot(last.text)) for last in chapters[-1:]]
    kept, notes = without_notes(chapters)
    return kept, claims + notes


def _without_foot(text: str) -> str:
    """*text* without what the site put below it."""
    paragraphs = text[: footer_start(text)].rstrip().split("\n\n")
    return "\n\n".join(without_idle_breaks(paragraphs)) if len(text) > footer_start(text) else text


# ---- marks

_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\](?:\([^)\n]{0,600}\)|\[[^\]\n]{0,100}\])")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\](?:\([^)\n]{0,600}\)|\[[^\]\n]{0,100}\])")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^>\s]{1,600})>")
_BREAK = re.compile(r"(?:(?<! ) {2,}|\\)\n(?=\S)|<br ?/?>\n?")
_TAG_EM = re.compile(r"</?(?:i|em)>")
_TAG_STRONG = re.compile(r"</?(?:b|strong)>")
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,300}>")
_STRONG = re.compile(
    r"(?<![*\w])\*\*(?=[^\s*])((?:[^*\n]|\n(?!\n)|\*(?!\*))+?)(?<=\S)\*\*|(?<![_\w])__(?=[^\s_])([^_\n]+)__(?!\w)"
)
_EM = re.compile(r"(?<![*\w\\])\*(?=[^\s*])((?:[^*\n]|\n(?!\n))+)(?<=\S)\*(?![*\w])")
_QUOTE = re.compile(r"(?m)^ {0,3}> ?")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STAR = "\ufdd2"
"""Stands for a strong mark while single stars become underscores; a noncharacter, which no text may hold."""


_ROW = re.compile(r"(?m)^ {0,3}\|([^|\n]{0,60})\|([^|\n]{0,600})\|?[ \t]*(?:\n|\Z)")
_BETWEEN_ROWS = re.compile(r"[\s:-]*")


def _without_tables(text: str) -> str:
    """*text* with a table of two columns as lines: a header, ``| **Rating** | M |``."""

    def line(match: re.Match[str]) -> str:
        label, value = match[1].strip(), match[2].strip()
        if _BETWEEN_ROWS.fullmatch(label) and _BETWEEN_ROWS.fullmatch(value):
            return ""
        return f"{label}: {value}\n" if label_of(label) else match[0]

    return _ROW.sub(line, text) if "|" in text else text


def plain_marks(text: str) -> str:
    """Markdown as the light marks of a chapter: ``_so_`` and ``*so*``, no links, no HTML."""
    text = _without_tables(text)
    text = _LINK.sub(r"\1", _IMAGE.sub("", _without_comments(text)))
    text = _TAG_STRONG.sub("**", _TAG_EM.sub("_", _AUTOLINK.sub(r"\1", _QUOTE.sub("", text))))
    text = _TAG.sub("", _BREAK.sub("\n", text))
    text = _STRONG.sub(lambda m: f"{_STAR}{m[1] or m[2]}{_STAR}", text)
    text = _EM.sub(r"_\1_", text).replace(_STAR, "*")
    return unescape(_ESCAPED.sub(r"\1", text))


def _without_comments(text: str) -> str:
    """*text* without HTML comments; one that never ends hides nothing."""
    first, *others = text.split("<!--")
    kept = [first]
    for other in others:
        _, end, after = other.partition("-->")
        kept.append(after if end else f"<!--{other}")
    return "".join(kept)
