"""Plain text -> documents: a header, a story in chapters, and what else people have put into such files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ficsearch.readers.bbcode import without_bbcode
from ficsearch.readers.chapters import split_chapters
from ficsearch.readers.encoding import decode
from ficsearch.readers.lines import with_lines
from ficsearch.readers.notes import without_notes
from ficsearch.readers.paragraphs import paragraphs
from ficsearch.readers.parts import Part, parts_of
from ficsearch.story import NO_STORY, Chapter, Claim, Document
from ficsearch.text import squash


def read_plain(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a text file of any age. Raises ReadingError when it is no text."""
    decoded = decode(data)
    text = without_bbcode(decoded.text)
    return tuple(map(doubted, with_lines(read_text(text, problems=decoded.problems), text)))


def doubted(document: Document) -> Document:
    """*document*, which tells when there is nothing below its header."""
    if document.chapters:
        return document
    return replace(document, problems=(*document.problems, NO_STORY))


def read_text(
    text: str, claims: Sequence[Claim] = (), problems: Sequence[str] = (), format: str = "text"
) -> tuple[Document, ...]:
    """The stories in *text*. *claims* were made before it (front matter): they come first in the first story."""
    parts = list(parts_of(text))
    parts[0] = replace(parts[0], claims=(*claims, *parts[0].claims))
    return documents_of(parts, problems, format)


def documents_of(parts: Sequence[Part], problems: Sequence[str] = (), format: str = "text") -> tuple[Document, ...]:
    """The stories that the *parts* of a text are."""
    return tuple(_document(story, tuple(problems), format) for story in _stories(parts))


def _stories(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts, those of one story together: they bear its title, or none."""
    stories: list[list[Part]] = []
    for part in parts:
        if stories and (not part.title or squash(part.title) == squash(stories[-1][0].title)):
            stories[-1].append(part)
        else:
            stories.append([part])
    return stories


def _document(parts: Sequence[Part], problems: tuple[str, ...], format: str) -> Document:
    claims = list(parts[0].claims)
    chapters: list[Chapter] = []
    for number, part in enumerate(parts):
        split, notes = without_notes(split_chapters(paragraphs(part.text), part.title))
        if len(parts) > 1 and len(split) == 1 and split[0].title is None:
            split = (_titled(split[0], part, number + 1),)
        chapters += split
        claims += _news([*part.claims, *notes], claims)
    return Document(tuple(chapters), tuple(claims), format, problems)


def _titled(chapter: Chapter, part: Part, number: int) -> Chapter:
    """The text of a part as a chapter, called by its header or its place."""
    named = next((c for c in part.claims if c.label == "chapter_title"), None)
    if named:
        return replace(chapter, title=named.value, origin=named.origin)
    return replace(chapter, title=f"Part {number}", origin="the order in the file")


_SAID_ONCE = frozenset(("title", "author", "email", "website", "part", "chapter", "summary", "words", "archive"))


def _news(claims: Iterable[Claim], before: Sequence[Claim]) -> list[Claim]:
    """What a later header says that the first did not."""
    known = {(c.label, c.value) for c in before}
    labels = {c.label for c in before}
    return [c for c in claims if (c.label, c.value) not in known and not (c.label in _SAID_ONCE and c.label in labels)]
