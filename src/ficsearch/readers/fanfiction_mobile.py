"""A chapter on fanfiction.net as its pages for telephones have it (m.fanfiction.net), as a browser saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ficsearch.readers import dom
from ficsearch.readers.claims import claimed, title_of
from ficsearch.readers.dom import Tree
from ficsearch.readers.facts_line import GENRES
from ficsearch.readers.page_text import chapter_of
from ficsearch.story import Claim, Document

_FACTS = re.compile(
    r"(?P<above>.*?)(?:\bRated ?: (?P<rating>[^,]{1,20})|, (?P<bare>K\+?|T|M|MA)), (?P<rest>[A-Z].{0,800})"
)
"""``Harry Potter, Rated: M, English, Mystery``, later without the word."""
_DATE = re.compile(r"(Published|Updated): ([A-Z][a-z]{2} \d{1,2}, \d{4})", re.IGNORECASE)
_IN_HEAD = re.compile(r".+? Chapter \d{1,4}: (.{1,150}), an? .+ (?:fanfic|crossover)\b.*")
_CHAPTER = re.compile(r"\bChapter \d{1,4}: (.{1,150})\Z")
_PLACE = re.compile(r"\bCh (\d{1,4}) of (\d{1,4})\b")


def is_mobile_page(tree: Tree) -> bool:
    """Is this such a page?"""
    return tree.css_first("#storycontent") is not None and tree.css_first('#content a[href^="/u/"]') is not None


def read_mobile_page(tree: Tree) -> tuple[Document, ...]:
    """The chapter on the page."""
    claims = list(_claims(tree))
    title = title_of(claims)
    named = _CHAPTER.search(dom.line(tree.css_first("#content"))) or _IN_HEAD.fullmatch(
        dom.unshown_line(tree.css_first("title"))[:_TITLE_AT_MOST]
    )
    chapter, more = chapter_of(dom.html(tree.css_first("#storycontent")), title, named[1] if named else None)
    place = _PLACE.search(dom.line(tree.body))
    claims += claimed("chapter", f"{place[1]} of {place[2]}" if place else None, "links to the chapters")
    problems = (f"the page holds 1 of {place[2]} chapters",) if place and place[2] != "1" else ()
    return (Document((chapter,), (*claims, *more), "fanfiction-net-page", problems),)


_TITLE_AT_MOST = 500


def _claims(tree: Tree) -> Iterator[Claim]:
    top = tree.css_first("#content")
    yield from claimed("title", dom.first_line(top, "b"), "line above the story")
    yield from claimed("author", dom.first_line(top, 'a[href^="/u/"]'), "line above the story")
    if facts := _FACTS.search(dom.line(top)):
        named = [link for link in dom.links(top, 'a:not([href^="/u/"])') if link in facts["above"]]
        shelves = [link for link in dom.links(top) if " » " in link]  # "TV Shows » Veronica Mars", below the facts
        fandom = (named or [shelf.rpartition(" » ")[2] for shelf in shelves])[-1:]
        yield from claimed("fandom", fandom, "links above the story")
        yield from claimed("rating", facts["rating"] or facts["bare"], "Rated")
        yield from _unlabelled(facts["rest"].split(", "))
        for label, date in _DATE.findall(facts["rest"]):
            yield from claimed(label.lower(), date, label)


def _unlabelled(parts: Sequence[str]) -> Iterator[Claim]:
    """``English, Humor & Friendship, Ron W., Hermione G., Words: 2k+``: up to the first label."""
    end = next((n for n, part in enumerate(parts) if ":" in part), len(parts))
    said = parts[:end]
    yield from claimed("language", said[:1], "Rated line")
    genres = said[1].split(" & ") if len(said) > 1 else []
    are_genres = GENRES.issuperset(genres)
    yield from claimed("genre", genres if are_genres else None, "Rated line")
    yield from claimed(
        "characters", (one for people in said[1 + are_genres :] for one in people.split(" & ")), "Rated line"
    )
