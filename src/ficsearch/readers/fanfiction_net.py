"""A chapter on fanfiction.net, as a browser saved the page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from ficsearch.readers import dom
from ficsearch.readers.claims import claimed, title_of
from ficsearch.readers.dom import Tree
from ficsearch.readers.facts_line import genre_and_people
from ficsearch.readers.page_text import chapter_of
from ficsearch.story import Chapter, Claim, Document

_FACTS = {"Words": "words", "Chapters": "chapter"}
_DATE = re.compile(r'(Updated|Published):\s*<span data-xutime="(\d{1,12})"')
_FANDOM = re.compile(r", an? (.+?) (?:fanfic|crossover)\b")
_OPTION = re.compile(r"\d+\.\s*(.+)")


def is_chapter_page(tree: Tree) -> bool:
    """Is this a chapter of a story there?"""
    return tree.css_first("#storytext") is not None and tree.css_first("#profile_top") is not None


def read_chapter_page(tree: Tree) -> tuple[Document, ...]:
    """The chapter on the page. A header that the author pasted above the text adds its claims after the site's."""
    claims = list(_claims(tree))
    title = title_of(claims)
    chapter, more = _chapter(tree, title)
    place = claimed("chapter", dom.place_in_menu(tree.css_first("#chap_select")), "chapter menu")
    return (Document((chapter,), (*claims, *place, *more), "fanfiction-net-page", tuple(_problems(tree))),)


def is_old_page(tree: Tree) -> bool:
    """Is this a chapter from before 2009, when a line of facts stood in a table above the text?"""
    return tree.css_first("#storytext, #storycontent") is not None and _line_of_facts(tree) is not None


def read_old_page(tree: Tree) -> tuple[Document, ...]:
    """The chapter on such a page."""
    claims = list(_old_claims(tree))
    title = title_of(claims)
    chapter, more = _chapter(tree, title)
    return (Document((chapter,), (*claims, *more), "fanfiction-net-page", tuple(_problems(tree))),)


_TITLE_AT_MOST = 500
"""Characters: room for a title, a chapter's title and a crossover, each as long as the site allows."""


def _title(tree: Tree) -> str:
    return dom.unshown_line(tree.css_first("title"))[:_TITLE_AT_MOST]


_OLD_TITLE = re.compile(r"(?:(.+?)(?: Chapter \d+.*)?, an? .+ (?:fanfic|crossover)\b.*|FanFiction\.Net ?: (.+))")
_RATED = re.compile(r"\W*(?:Fiction )?Rated: ")
_PLAIN_DATE = re.compile(r"(Updated|Published|Publish date): (\d\d-\d\d-\d\d)")


def _old_claims(tree: Tree) -> Iterator[Claim]:
    title = _OLD_TITLE.fullmatch(_title(tree))
    yield from claimed("title", title[1] or title[2] if title else None, "title element")
    authors = 'a[href^="/u/"], a[href*="/~"], a[href*="profile.php?userid="]'
    yield from claimed("author", dom.first_line(tree, authors), "author's link")
    shelf = dom.first_line(tree, 'a[href*="list.php?categoryid="]')
    yield from claimed("fandom", _fandoms(tree) or shelf, "title element")
    line = _line_of_facts(tree) or ""
    yield from _facts(_RATED.sub("Rated: ", line).replace("Complete -", "Status: Complete -").replace("id:", "id: "))
    for label, date in _PLAIN_DATE.findall(line):
        yield from claimed("updated" if label == "Updated" else "published", date, label)


def _line_of_facts(tree: Tree) -> str | None:
    """``Fiction Rated: T - English - General - ... - id:1900000``"""
    cells = (c for c in tree.css("td, span, div")[:_ABOVE_THE_TEXT] if _RATED.match(c.text()[:40]) and dom.is_short(c))
    named = next((line for cell in cells if " - " in (line := dom.line(cell)) and len(line) < _FACTS_AT_MOST), None)
    if named:
        return named
    near = (dom.line(c) for c in tree.css("td, span, div")[:_ABOVE_THE_TEXT] if dom.is_short(c))
    found = next((match for line in near if len(line) < _FACTS_AT_MOST and (match := _UNNAMED.search(line))), None)
    return f"Rated: {found.string[found.start() :]}" if found else None


_UNNAMED = re.compile(r"(?:PG-13|PG|G|R|NC-17|K\+?|T|M) - [A-Z][a-z]{3,12} - .{0,400}\bid:\s?\d")
"""The line of 2003, which did not yet say that it begins with a rating."""
_FACTS_AT_MOST = 600
_ABOVE_THE_TEXT = 300
"""Cells among which the line of facts stands; pages of then have some fifty above the story."""


def _claims(tree: Tree) -> Iterator[Claim]:
    top = tree.css_first("#profile_top")
    yield from claimed("title", dom.first_line(top, "b"), "#profile_top")
    yield from claimed("author", dom.first_line(top, 'a[href*="/u/"]'), "#profile_top")
    summaries = (dom.line(node) for node in top.css("div.xcontrast_txt")) if top else ()
    yield from claimed("summary", next(filter(None, summaries), None), "#profile_top")
    yield from claimed("fandom", _fandoms(tree), "links above the story")
    if facts := tree.css_first("#profile_top span.xgray"):
        yield from _facts(dom.line(facts))
        yield from _dates(facts.html or "")
    if address := dom.href(tree.css_first('link[rel="canonical"]')):
        yield from claimed("source_url", f"https:{address}" if address.startswith("//") else address, "link")


def _fandoms(tree: Tree) -> list[str]:
    """The last link above the story: ``Buffy``, or ``Buffy + Angel Crossover``."""
    links = dom.links(tree.css_first("#pre_story_links"))
    if links:
        return links[-1].removesuffix(" Crossover").split(" + ")
    found = _FANDOM.search(_title(tree))
    return [found[1]] if found else []


def _facts(line: str) -> Iterator[Claim]:
    """``Rated: Fiction T - English - Genre/Genre - [A, B] C - Chapters: n - Words: n - ...``"""
    parts = [part.strip() for part in line.split(" - ")]
    unlabelled = [part for part in parts if ":" not in part]
    labelled = dict(part.split(":", 1) for part in parts if ":" in part)
    yield from claimed("rating", labelled.get("Rated", "").replace("Fiction", ""), "Rated")
    yield from claimed("language", unlabelled[:1], "Rated line")
    yield from genre_and_people(unlabelled[1:])
    for label, key in _FACTS.items():
        yield from claimed(key, labelled.get(label), label)
    status = labelled.get("Status")
    yield from claimed("status", status or "In-Progress", "Status" if status else "Rated line, which has no Status")


def _dates(html: str) -> Iterator[Claim]:
    for label, seconds in _DATE.findall(html):
        yield from claimed(label.lower(), datetime.fromtimestamp(int(seconds), UTC).date().isoformat(), label)


def _chapter(tree: Tree, work: str) -> tuple[Chapter, tuple[Claim, ...]]:
    text = tree.css_first("#storytext, #storycontent")
    return chapter_of(dom.html(text), work, _chapter_title(tree), "chapter menu")


def _chapter_title(tree: Tree) -> str | None:
    chosen = dom.unshown_line(tree.css_first('#chap_select option[selected], select[name="chapter"] option[selected]'))
    named = _OPTION.match(chosen)
    return named[1] if named else None


def _problems(tree: Tree) -> Iterator[str]:
    options = tree.css_first("#chap_select")
    count = len(options.css("option")) if options else 1
    if count > 1:
        yield f"the page holds 1 of {count} chapters"
