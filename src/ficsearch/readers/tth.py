"""Stories of Twisting the Hellmouth (tthfanfic.org), as a browser saved the page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficsearch.readers import dom
from ficsearch.readers.claims import claimed, title_of
from ficsearch.readers.dom import Tree
from ficsearch.readers.labels import label_of
from ficsearch.readers.page_text import chapter_of
from ficsearch.story import Claim, Document

_CHAPTER_NUMBER = re.compile(r"chapter \d+", re.IGNORECASE)
_END = re.compile(r'\s*you have reached the end of "')


def is_story_page(tree: Tree) -> bool:
    """Is this a chapter there?"""
    return tree.css_first("#storyinnerbody") is not None and tree.css_first("table.verticaltable") is not None


def read_story_page(tree: Tree) -> tuple[Document, ...]:
    """The chapter on the page, with what the table above it says."""
    claims = list(_claims(tree))
    title = title_of(claims)
    body = tree.css_first("#storyinnerbody")
    heading = body.css_first("h3") if body else None
    named = dom.line(heading)
    if heading:
        heading.decompose()
    for paragraph in body.css("p") if body else ():
        if _END.match(dom.line(paragraph).lower()):
            paragraph.decompose()
    alone = _CHAPTER_NUMBER.fullmatch(named) and next((c.value for c in claims if c.label == "chapter"), "") == "1"
    chapter, more = chapter_of(dom.html(body), title, None if alone else named or None, "h3")
    return (Document((chapter,), (*claims, *more), "tth-page"),)


def _claims(tree: Tree) -> Iterator[Claim]:
    yield from claimed("title", dom.first_line(tree, "h2"), "h2")
    for paragraph in tree.css(".storysummary p"):
        label, _, words = dom.line(paragraph).partition(":")
        if label.lower() == "summary":
            yield from claimed("summary", words, "story summary")
    for table in tree.css("table.verticaltable")[:1]:
        for name, value in zip(table.css("th")[:_ROWS_AT_MOST], table.css("td"), strict=False):
            if dom.is_short(name) and dom.is_short(value):
                yield from _field(dom.line(name), dom.links(value), dom.line(value))


_ROWS_AT_MOST = 30


def _field(name: str, links: list[str], text: str) -> Iterator[Claim]:
    """``Categories`` are fandoms and, behind a ``>``, in whose middle the story stands."""
    key = label_of(name)
    if key == "category":
        yield from claimed("fandom", [link for link in links if "Centered" not in link], f"table {name}")
    elif key and key != "other":
        yield from claimed(key, text, f"table {name}")
