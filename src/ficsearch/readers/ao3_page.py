"""A work on the Archive of Our Own, as a browser saved the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ficsearch.readers import dom
from ficsearch.readers.ao3 import authors_of, tag_key
from ficsearch.readers.claims import claimed, news
from ficsearch.readers.dom import Node, Tree
from ficsearch.readers.page_text import chapter_of
from ficsearch.story import Chapter, Claim, Document

_STATS = {"published": "published", "status": "updated", "words": "words", "chapters": "chapter"}


def is_work_page(tree: Tree) -> bool:
    """Is this the page of a work?"""
    return tree.css_first("#workskin #chapters") is not None and tree.css_first("dl.work.meta") is not None


def read_work_page(tree: Tree) -> tuple[Document, ...]:
    """The work on the page: often one chapter of several, which is then said among the problems."""
    claims = list(_claims(tree))
    made = list(_chapters(tree))
    chapters = tuple(chapter for chapter, _ in made)
    claims += news((c for _, more in made for c in more), claims)
    return (Document(chapters, tuple(claims), "ao3-page", tuple(_problems(claims, len(chapters)))),)


def _claims(tree: Tree) -> Iterator[Claim]:
    yield from claimed("title", dom.first_line(tree, "#workskin h2.title"), "h2.title")
    byline = tree.css_first("#workskin h3.byline")
    yield from claimed("author", authors_of(byline) if byline else None, "h3.byline")
    yield from _tags(tree)
    yield from _stats(tree)
    yield from claimed("source_url", _address(tree), "link")
    yield from _notes(tree)


def _tags(tree: Tree) -> Iterator[Claim]:
    label = ""
    for item in dom.children(tree.css_first("dl.work.meta")):
        if item.tag == "dt":
            label = dom.line(item).rstrip(": ")
        elif label == "Series":
            yield from claimed("series", [dom.line(s) for s in item.css(".position")], "dl.work Series")
        elif label != "Stats":
            values = dom.links(item) or [dom.line(item)]
            yield from claimed(tag_key(label), values, f"dl.work {label}")


def _stats(tree: Tree) -> Iterator[Claim]:
    for name, label in _STATS.items():
        yield from claimed(label, dom.first_line(tree, f"dl.stats dd.{name}"), f"dl.stats {name}")
    chapters = dom.first_line(tree, "dl.stats dd.chapters")
    completed = dom.first_line(tree, "dl.stats dt.status").startswith("Completed")
    yield from claimed("status", "Completed" if completed else chapters, "dl.stats")


def _address(tree: Tree) -> str | None:
    canonical = dom.href(tree.css_first('link[rel="canonical"]'))
    return canonical or dom.href(tree.css_first('#workskin h3.title a[href*="/works/"]'))


def _notes(tree: Tree) -> Iterator[Claim]:
    """A chapter's summary is a note: it must not pass for the story's."""
    for quote in tree.css("#workskin .summary blockquote, #workskin .notes blockquote"):
        parents = list(_parents(quote))
        chapter = next((dom.first_line(p, "h3.title") for p in parents if (p.id or "").startswith("chapter-")), "")
        label = next((label for p in parents for name, label in _LABELS.items() if dom.has_class(p, name)), "notes")
        label = "notes" if chapter and label == "summary" else label
        yield from claimed(label, dom.note(quote), f"{chapter}: {label}" if chapter else label)


_LABELS = {"end": "endnotes", "notes": "notes", "summary": "summary"}


def _parents(node: Node) -> Iterator[Node]:
    parent = node.parent
    while parent is not None and parent.id != "workskin":
        yield parent
        parent = parent.parent


def _chapters(tree: Tree) -> Iterator[tuple[Chapter, tuple[Claim, ...]]]:
    found = tree.css("#chapters > div.chapter[id]")
    for chapter in found:
        title = dom.line(chapter.css_first("h3.title")) or None
        text = chapter.css_first("div.userstuff[role=article], div.userstuff.module")
        yield chapter_of(dom.html(text), "", title, "h3.title")
    if not found:
        yield chapter_of(dom.html(tree.css_first("#chapters > div.userstuff, #chapters")), "", None)


def _problems(claims: Sequence[Claim], held: int) -> Iterator[str]:
    count = next((c.value for c in claims if c.label == "chapter"), "")
    posted = count.partition("/")[0]
    if posted.isdecimal() and int(posted) > held:
        yield f"the page holds {held} of {posted} chapters"
