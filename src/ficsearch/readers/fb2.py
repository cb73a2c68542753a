"""FB2 -> document: FictionBook says what everything is, so its sections are the chapters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ficsearch.errors import ReadingError
from ficsearch.readers import xml
from ficsearch.readers.blocks import Block, paragraphs
from ficsearch.readers.claims import claimed, with_fallback, without_own_title
from ficsearch.readers.fb2_text import Section, note_of, sections_of
from ficsearch.readers.headers import described
from ficsearch.readers.notes import without_notes
from ficsearch.readers.page_text import cut_header, without_title
from ficsearch.readers.plain import doubted
from ficsearch.readers.xml import attribute, name_of
from ficsearch.story import Chapter, Claim, Document


def read_fb2(name: str, data: bytes) -> tuple[Document, ...]:
    """The book as one document. A header above its text claims first, the description fills what is left open.

    Raises ReadingError when *data* is no XML at all, or has no body.
    """
    root, problems = xml.parse_mended(data)
    bodies = [body for body in xml.every(root, "body") if attribute(body, "name").lower() not in _ASIDE]
    if not bodies:
        raise ReadingError("the FictionBook is damaged: it has no body", "Download it again.")
    described = list(_described(root))
    chapters, claims = _contents([s for body in bodies for s in sections_of(body)], described)
    found = with_fallback(claims, described)
    return (doubted(Document(without_own_title(chapters, found), found, "fb2", problems)),)


_ASIDE = ("notes", "comments", "footnotes")
"""Bodies that are not the story."""


def _contents(sections: list[Section], described: list[Claim]) -> tuple[tuple[Chapter, ...], list[Claim]]:
    made: list[Chapter] = []
    claims: list[Claim] = []
    for section in sections:
        blocks = section.blocks
        if not made:
            blocks, found = _without_header(blocks, described)
            claims += found
        if text := paragraphs(blocks):
            made.append(Chapter(text, section.title, "section title"))
    kept, notes = without_notes(made)
    return kept, [*claims, *notes]


def _without_header(blocks: list[Block], described: list[Claim]) -> tuple[list[Block], list[Claim]]:
    """The first section without a header that somebody typed above the text, and what that claims."""
    cut = cut_header(blocks)
    title, author = (next((c.value for c in described if c.label == label), "") for label in ("title", "author"))
    return without_title(cut.story, title, author), list(cut.claims)


# ---- the description


def _described(root: Any) -> Iterator[Claim]:
    """What the description says of the book: of the work itself, then of this file."""
    info = next(xml.every(root, "title-info"), None)
    for element in info if info is not None else ():
        yield from _claims(element)
    for address in xml.every(next(xml.every(root, "document-info"), None), "src-url"):
        yield from claimed("source_url", xml.words(address), "src-url")


_PLAIN = {"book-title": "title", "lang": "language"}
_CODES = frozenset(("fanfiction", "fan_fiction", "sf_fanfic", "other", "unrecognised", "antique"))
"""Genre codes that say no more than that it is a book."""


def _claims(element: Any) -> Iterator[Claim]:
    name = name_of(element)
    if label := _PLAIN.get(name):
        yield from claimed(label, xml.words(element), name)
    elif name == "author":
        yield from claimed("author", _person(element), name)
    elif name == "genre" and (code := xml.words(element).lower()) not in _CODES:
        yield from claimed("genre", code.replace("_", " "), name)
    elif name == "keywords":
        yield from claimed("keywords", xml.words(element), name)
    elif name == "annotation":
        yield from described(note_of(element), name)
    elif name == "date":
        yield from claimed("published", attribute(element, "value") or xml.words(element), name)
    elif name == "sequence" and (series := attribute(element, "name")):
        number = attribute(element, "number")
        yield from claimed("series", f"Part {number} of {series}" if number else series, name)


def _person(author: Any) -> str:
    """First, middle and last name; the nickname where there is none of them."""
    parts = {name_of(part): xml.words(part) for part in author}
    name = " ".join(parts[p] for p in ("first-name", "middle-name", "last-name") if parts.get(p))
    return name or parts.get("nickname", "")
