"""A chapter as a page shows it: paragraphs with a place of their own, emphasis, and what was searched for marked."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from ficsearch.excerpts import marked
from ficsearch.query.nodes import Query
from ficsearch.story import Chapter

_EMPHASIS = re.compile(r"(?<!\w)_(?=\S)([^_]{1,2000}?)(?<=\S)_(?!\w)")
_STRONG = re.compile(r"(?<!\w)\*(?=\S)([^*]{1,2000}?)(?<=\S)\*(?!\w)")
_BREAK = "* * *"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """``kind`` is prose, verse or break; ``anchor`` is where a link to it goes; ``found`` whether it is marked."""

    anchor: str
    html: Markup
    kind: str = "prose"
    found: bool = False


def paragraphs(chapter: Chapter, number: int, query: Query) -> tuple[Paragraph, ...]:
    """The paragraphs of chapter *number*, each word that *query* asks for marked."""
    return tuple(_paragraph(text, anchor(number, place), query) for place, text in enumerate(chapter.paragraphs, 1))


def anchor(chapter: int, paragraph: int) -> str:
    """The name of a place: ``c2p14``."""
    return f"c{chapter}p{paragraph}"


def _paragraph(text: str, name: str, query: Query) -> Paragraph:
    if text.strip() == _BREAK:
        return Paragraph(name, Markup(""), "break")
    html = marked(text, query)
    kind = "verse" if text.startswith("    ") else "prose"
    return Paragraph(name, emphasised(html), kind, "<mark>" in html)


def emphasised(html: str) -> Markup:
    """Escaped text with its light marks turned into ``<em>`` and ``<strong>``."""
    return Markup(_STRONG.sub(r"<strong>\1</strong>", _EMPHASIS.sub(r"<em>\1</em>", html)))
