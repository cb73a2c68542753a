"""A chapter on fanfiction.net, as a browser saved the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from ficsearch.readers import dom
from ficsearch.readers.claims import COMPLETE, IN_PROGRESS, claimed
from ficsearch.readers.dom import Tree
from ficsearch.readers.page_text import chapter_of
from ficsearch.story import Claim, Document

_GENRE_WORDS = """
    Adventure Angst Crime Drama Family Fantasy Friendship General Horror Humor Hurt/Comfort Mystery Parody Poetry
    Romance Sci-Fi Spiritual Supernatural Suspense Tragedy Western
"""
GENRES = frozenset(_GENRE_WORDS.split())
"""The site's own list: the only genres there are."""

_FACTS = {"Words": "words", "Chapters": "chapter"}
_DATE = re.compile(r'(Updated|Published):\s*<span data-xutime="(\d{1,12})"')
_FANDOM = re.compile(r", an? (.+?) (?:fanfic|crossover)\b")
_GENRE = re.compile(r"Hurt/Comfort|[^/]+")
_TOGETHER = re.compile(r"\[([^\]]*)\]")
_OPTION = re.compile(r"\d+\.\s*(.+)")


def is_chapter_page(tree: Tree) -> bool:
    """Is this a chapter of a story there?"""
    return tree.css_first("#storytext") is not None and tree.css_first("#profile_top") is not None


def read_chapter_page(tree: Tree) -> tuple[Document, ...]:
    """The chapter on the page. A header that the author pasted above the text adds its claims after the site's."""
    claims = list(_claims(tree))
    title = next((c.value for c in claims if c.label == "title"), "")
    chapter, more = chapter_of(dom.html(tree.css_first("#storytext")), title, _chapter_title(tree))
    place = claimed("chapter", dom.place_in_menu(tree.css_first("#chap_select")), "chapter menu")
    return (Document((chapter,), (*claims, *place, *more), "fanfiction-net-page", tuple(_problems(tree))),)


def _claims(tree: Tree) -> Iterator[Claim]:
    top = tree.css_first("#profile_top")
    yield from claimed("title", dom.first_line(top, "b"), "#profile_top")
    yield from claimed("author", dom.first_line(top, 'a[href*="/u/"]'), "#profile_top")
    yield from claimed("summary", dom.first_line(top, "div.xcontrast_txt"), "#profile_top")
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
    found = _FANDOM.search(dom.unshown_line(tree.css_first("title")))
    return [found[1]] if found else []


def _facts(line: str) -> Iterator[Claim]:
    """``Rated: Fiction T - English - Genre/Genre - [A, B] C - Chapters: n - Words: n - ...``"""
    parts = [part.strip() for part in line.split(" - ")]
    unlabelled = [part for part in parts if ":" not in part]
    labelled = dict(part.split(":", 1) for part in parts if ":" in part)
    yield from claimed("rating", labelled.get("Rated", "").replace("Fiction", ""), "Rated")
    yield from claimed("language", unlabelled[:1], "Rated line")
    yield from _genre_and_people(unlabelled[1:])
    for label, key in _FACTS.items():
        yield from claimed(key, labelled.get(label), label)
    done = labelled.get("Status", "").strip() == "Complete"
    yield from claimed("status", COMPLETE if done else IN_PROGRESS, "Status")


def _genre_and_people(parts: Sequence[str]) -> Iterator[Claim]:
    """Both are unlabelled and either may be missing; genres are known by the list."""
    genres = _GENRE.findall(parts[0]) if parts else []
    if len(parts) > 1 or GENRES.issuperset(genres):
        yield from claimed("genre", genres, "Rated line")
        parts = parts[1:]
    for people in parts[:1]:
        for pair in _TOGETHER.findall(people):
            yield from claimed("pairing", "/".join(map(str.strip, pair.split(","))), "Rated line")
        yield from claimed("characters", re.split(r"[\[\],]+", people), "Rated line")


def _dates(html: str) -> Iterator[Claim]:
    for label, seconds in _DATE.findall(html):
        yield from claimed(label.lower(), datetime.fromtimestamp(int(seconds), UTC).date().isoformat(), label)


def _chapter_title(tree: Tree) -> str | None:
    chosen = dom.unshown_line(tree.css_first("#chap_select option[selected]"))
    named = _OPTION.match(chosen)
    return named[1] if named else None


def _problems(tree: Tree) -> Iterator[str]:
    options = tree.css_first("#chap_select")
    count = len(options.css("option")) if options else 1
    if count > 1:
        yield f"the page holds 1 of {count} chapters"
