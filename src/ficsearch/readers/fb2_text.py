"""The text of an FB2: sections in sections, each with its title, as blocks."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, NamedTuple

from ficsearch.readers import markup, xml
from ficsearch.readers.blocks import Block
from ficsearch.readers.xml import attribute, name_of


class Section(NamedTuple):
    """What stands below one title and above the next."""

    title: str | None
    blocks: list[Block]


def sections_of(body: Any) -> Iterator[Section]:
    """The sections of *body* in reading order. A title without text of its own stands before that of the section
    inside it: ``Book One, Chapter 1``. The title of the body is that of the book."""
    first, *others = _sections(body, (), is_body=True)
    length = sum(len(block.text) for block in first.blocks)
    if others and first.title is None and length <= _EPIGRAPH_AT_MOST:
        yield Section(others[0].title, [*first.blocks, *others[0].blocks])
        yield from others[1:]
    else:
        yield first
        yield from others


_EPIGRAPH_AT_MOST = 300
"""Characters before the first section: a motto, which stands at its head, and no chapter."""


def note_of(element: Any) -> str:
    """The plain paragraphs of an annotation."""
    return markup.note_of(_html(element))


def _sections(element: Any, above: tuple[str, ...], is_body: bool = False) -> Iterator[Section]:
    inner = [child for child in element if name_of(child) == "section"]
    title = None if is_body else _title(element)
    titles = (*above, title) if title else above
    blocks = markup.blocks(_html(element))
    if blocks or not inner:
        yield Section(", ".join(titles) or None, blocks)
        titles = ()
    for number, section in enumerate(inner):
        yield from _sections(section, titles if number == 0 else ())


def _title(element: Any) -> str | None:
    """The lines of a title as one: ``Chapter 1`` above ``The Ladder`` is ``Chapter 1: The Ladder``."""
    title = next((child for child in element if name_of(child) == "title"), None)
    lines = [words for p in (title if title is not None else ()) if (words := xml.words(p))]
    return ": ".join(lines) or None


_TAGS = {
    "p": "p",
    "emphasis": "em",
    "strong": "strong",
    "cite": "blockquote",
    "epigraph": "blockquote",
    "text-author": "p",
    "v": "p",
    "table": "table",
    "tr": "tr",
    "td": "td",
    "th": "th",
}
_PASSED_OVER = frozenset(("section", "title", "image", "binary", "stylesheet"))
_EMPTY_LINES = 3
"""An empty line parts scenes, unless there is one for every three paragraphs: then it is only how the book looks."""


def _html(element: Any) -> str:
    """The text of *element* without its sections and its title, as a page."""
    own = [child for child in element if name_of(child) != "section"]
    empty = sum(name_of(child) == "empty-line" for child in own)
    parted = empty and _EMPTY_LINES * empty < sum(name_of(child) == "p" for child in own)
    return "".join(_markup(child, bool(parted)) for child in own)


def _markup(element: Any, parted: bool) -> str:
    name = name_of(element)
    if not name or name in _PASSED_OVER or (name == "a" and attribute(element, "type") == "note"):
        return ""
    if name == "empty-line":
        return "<hr>" if parted else ""
    if name == "stanza":
        lines = [_inside(line, parted) for line in element if name_of(line) == "v"]
        return f'<p class="verse">{"<br>".join(lines)}</p>'
    inside = _inside(element, parted)
    if name == "subtitle":
        return f"<p>{inside}</p>"
    tag = _TAGS.get(name)
    return f"<{tag}>{inside}</{tag}>" if tag else inside


def _inside(element: Any, parted: bool) -> str:
    pieces = [escape(element.text or "", quote=False)]
    for child in element:
        pieces += (_markup(child, parted), escape(child.tail or "", quote=False))
    return "".join(pieces)
