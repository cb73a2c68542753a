"""What the Archive of Our Own's "Download" writes: HTML, and the pages of its EPUBs (otwarchive, ``views/downloads``).

The template of today has a ``div#preface`` and a ``div#afterword``; that of 2010 to 2019 had neither. EPUBs are
either the same page cut up by calibre, which renames classes, or (before 2019) one file a chapter. So nothing here
leans on a class where an id or the words themselves tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficsearch.readers import dom
from ficsearch.readers.claims import (
    claimed,
    news,
    title_of,
    without_own_title,
)
from ficsearch.readers.dom import Node, Tree
from ficsearch.readers.labels import label_of
from ficsearch.readers.page_text import chapter_of
from ficsearch.story import Chapter, Claim, Document

_NOTES = {
    "summary": "summary",
    "notes": "notes",
    "end notes": "endnotes",
    "chapter summary": "notes",
    "chapter notes": "notes",
    "chapter end notes": "endnotes",
}
"""The paragraph before a blockquote -> what is in it. A chapter's summary must not pass for the story's."""


def is_download(tree: Tree) -> bool:
    """Is this page a work downloaded as HTML, from either template?"""
    return tree.css_first("div#chapters") is not None and _tags(tree) is not None


def read_download(tree: Tree) -> tuple[Document, ...]:
    """The work on a downloaded page: one document, with its chapters."""
    claims = list(preface_claims(tree))
    claims += take_notes(tree)
    if not any(c.label == "title" for c in claims):
        claims += claimed("title", _title_of_page(tree), "title element")
    made = list(_chapters(tree.css_first("div#chapters"), title_of(claims)))
    chapters = tuple(chapter for chapter, _ in made)
    claims += news((c for _, more in made for c in more), claims)
    return (Document(without_own_title(chapters, claims), tuple(claims), "ao3-html"),)


def preface_claims(root: Tree) -> Iterator[Claim]:
    """Title, authors, tags, dates and address: what stands before the first chapter, without the notes."""
    heading = root.css_first("h1")
    yield from claimed(
        "title", dom.line(heading) or dom.first_line(root, "p.message b"), "h1" if heading else "message"
    )
    yield from claimed("author", _authors(heading), "byline")
    if tags := _tags(root):
        yield from tag_claims(tags)
    for link in root.css('a[href*="/works/"]')[:1]:
        yield from claimed("source_url", dom.href(link), "message")


def has_tags(root: Tree) -> bool:
    """Does this page list the tags of a work?"""
    return _tags(root) is not None


def _tags(root: Tree) -> Node | None:
    """The list of tags; every work has a rating."""
    lists = root.css("dl")[:_LISTS_AT_MOST]
    return next((d for d in lists if dom.first_line(d, "dt").rstrip(":") in ("Rating", "Language")), None)


_LISTS_AT_MOST = 20
"""It stands at the top. Thousands of lists that are never closed hold each other, and each is read to its end."""


def tag_claims(tags: Node) -> Iterator[Claim]:
    """A claim for each tag; the archive has parted them already, so no comma is looked at."""
    label = ""
    for item in dom.children(tags):
        if item.tag == "dt":
            label = dom.line(item).rstrip(": ")
        elif item.tag == "dd":
            yield from _tag_claims(label, item)


def _tag_claims(label: str, item: Node) -> Iterator[Claim]:
    origin = f"dl.tags {label}"
    if label == "Stats":
        yield from _stats(dom.line(item))
    elif label == "Series":
        yield from claimed("series", parted_by_links(item), origin)
    else:
        values = dom.links(item) or [dom.line(item)]
        yield from claimed(tag_key(label), values, origin)


def tag_key(label: str) -> str:
    """The key of a label on a work; "Additional Tags" say what kind of story it is."""
    key = label_of(label) or "other"
    return "genre" if key == "keywords" else key


def parted_by_links(item: Node) -> Iterator[str]:
    """``Part 1 of <a>X</a>, Part 2 of <a>Y</a>``, cut after each link."""
    words: list[str] = []
    for part in item.iter(include_text=True):
        words.append(part.text() if part.is_text_node else dom.line(part))
        if part.tag == "a":
            yield " ".join("".join(words).strip(", \n\t\r").split())
            words.clear()


_STAT = re.compile(r"(Published|Completed|Updated|Words|Chapters):\s*(\S+)")


def _stats(line: str) -> Iterator[Claim]:
    stats = dict(_STAT.findall(line))
    for label, key in (
        ("Published", "published"),
        ("Completed", "updated"),
        ("Updated", "updated"),
        ("Words", "words"),
    ):
        yield from claimed(key, stats.get(label), f"dl.tags Stats {label}")
    chapters = stats.get("Chapters")
    yield from claimed("chapter", chapters, "dl.tags Stats Chapters")
    if "Completed" in stats:
        yield from claimed("status", f"Completed: {stats['Completed']}", "dl.tags Stats")
    elif chapters:
        yield from claimed("status", chapters, "dl.tags Stats Chapters")
    else:
        yield from claimed("status", "Completed", "dl.tags Stats, which count no chapters")  # a one-shot


_ARCHIVED_BY = re.compile(r"\s*\[archived by[^\]]*\]?")
_LINK = re.compile(r"\x00(\d+)\x00")


def _authors(heading: Node | None) -> list[str]:
    byline = heading.next if heading else None
    while byline is not None and not byline.is_element_node:
        byline = byline.next
    return authors_of(byline) if byline is not None and dom.line(byline).startswith("by ") else []


def authors_of(byline: Node) -> list[str]:
    """The names in ``by A, B [archived by C]``, where a name may hold a comma if it is a link."""
    links: list[str] = []
    words: list[str] = []
    for part in byline.iter(include_text=True):
        if part.tag == "a":
            words.append(f"\x00{len(links)}\x00")
            links.append(dom.line(part))
        else:
            words.append(part.text())
    text = _ARCHIVED_BY.sub("", " ".join("".join(words).split()).removeprefix("by "))
    names = (_LINK.sub(lambda m: links[int(m[1])], name) for name in text.split(","))
    return [cut for name in names if (cut := _ARCHIVED_BY.sub("", name).strip())]


def take_notes(root: Tree | Node, place: str = "") -> list[Claim]:
    """Summary and notes, before and after; they leave the tree, so that what remains is the story."""
    claims: list[Claim] = []
    for quote in root.css("blockquote"):
        title = _element_before(quote)
        words = dom.line(title) if title and title.tag == "p" else ""
        if title and (label := _NOTES.get(words.rstrip(":").lower())):
            claims += claimed(label, dom.note(quote), f"{place}{words}")
            title.decompose()
            quote.decompose()
    return claims


def take_afterword(root: Tree) -> list[Claim]:
    """The notes in an afterword that stands below the last chapter; it leaves the tree."""
    claims: list[Claim] = []
    for node in root.css("#afterword"):
        claims += take_notes(node)
        node.decompose()
    return claims


def _element_before(node: Node) -> Node | None:
    before = node.prev
    while before is not None and not before.is_element_node:
        before = before.prev
    return before


_NOT_STORY = "h2, p.byline, .endnote-link, div[id^=endnotes]"


def _chapters(root: Node | None, work: str) -> Iterator[tuple[Chapter, tuple[Claim, ...]]]:
    """A chapter begins at each ``div.meta`` with a heading; a one-shot has one chapter, without a title. What an
    older archive's header says above the text comes with it."""
    title: str | None = None
    story: list[str] = []
    for part in root.iter(include_text=True) if root else ():
        heading = part.css_first("h2") if _is_meta(part) else None
        if heading:
            if any(piece and not piece.isspace() for piece in story):
                yield chapter_of("".join(story), "", title, "h2.heading", work)
            title, story = dom.line(heading), []
        elif part.tag != "h2" and not _is_meta(part):
            story.append(dom.html(part))
    yield chapter_of("".join(story), "", title, "h2.heading", work)


def _is_meta(part: Node) -> bool:
    return part.tag == "div" and dom.has_class(part, "meta")


def read_chapter(tree: Tree, work: str) -> tuple[Chapter, list[Claim]]:
    """One page of the EPUB of *work*: the chapter, and the notes around it."""
    heading = tree.css_first("h2")
    title = dom.line(heading) or None
    claims = take_notes(tree, f"{title}: " if title else "")
    for node in tree.css(_NOT_STORY):
        node.decompose()
    chapter, more = chapter_of(dom.body_of(tree), "", title, "h2.heading", work)
    return chapter, [*claims, *more]


def _title_of_page(tree: Tree) -> str:
    """``WORK - AUTHOR - FANDOM``: the work may hold the separator too, author and fandom seldom do."""
    return dom.unshown_line(tree.css_first("title")).rsplit(" - ", 2)[0]
