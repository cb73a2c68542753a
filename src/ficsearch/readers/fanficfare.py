"""What FanFicFare writes (https://github.com/JimmXinu/FanFicFare): a page, or the title page of an EPUB."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficsearch.readers import dom, markup
from ficsearch.readers.blocks import Kind, paragraphs
from ficsearch.readers.claims import claimed, parted_by_labels, without_own_title
from ficsearch.readers.dom import Node, Tree
from ficsearch.readers.labels import label_of
from ficsearch.readers.notes import without_notes
from ficsearch.story import Chapter, Claim, Document

_LABEL = re.compile(r"<b>([^<:]{2,40}):</b>")
_SECTION = re.compile(r'<a name="section\d+"[^>]*>')
_PARAGRAPHS = frozenset(("summary", "notes"))


def is_page(tree: Tree) -> bool:
    """Is this a story that FanFicFare wrote as HTML?"""
    return tree.css_first("h1 a.authorlink") is not None or tree.css_first('a[name="section0001"] h2') is not None


def is_title_page(tree: Tree) -> bool:
    """Is this the title page of a FanFicFare EPUB?"""
    if tree.css_first("body.fff_titlepage") is not None:
        return True
    heading = dom.first_line(tree, "h3:has(a)")
    return " by " in heading and len(_LABEL.findall(dom.body_of(tree))) > 2


def read_page(tree: Tree) -> tuple[Document, ...]:
    """The story on the page, with its chapters."""
    notes = list(take_notes(tree))
    head, *sections = _SECTION.split(dom.body_of(tree))
    claims = [*title_claims(dom.parse(head.partition('<a name="TOCTOP"')[0])), *notes]
    chapters, more = without_notes(list(map(_chapter, sections)))
    return (Document(without_own_title(chapters, claims), (*claims, *more), "fanficfare-html"),)


def _chapter(html: str) -> Chapter:
    blocks = markup.blocks(html)
    title = blocks[0].plain if blocks and blocks[0].kind is Kind.HEADING else None
    return Chapter(paragraphs(blocks[1:] if title else blocks), title, "h2")


def title_claims(tree: Tree) -> Iterator[Claim]:
    """What the title page claims. "Category" is FanFicFare's word for fandom."""
    if heading := tree.css_first("h1") or tree.css_first("h3"):
        yield from _heading_claims(heading)
    for label, value in parted_by_labels(dom.body_of(tree), _LABEL):
        key = _category_key(value) if label == "Category" else label_of(label)
        text = markup.note_of(value) if key in _PARAGRAPHS else markup.line_of(value)
        if key and key != "other":
            yield from claimed(key, text, f"title page {label}")


_KIND = re.compile(r"(?:\A|, )(?:gen|het|slash|femslash|general|[A-Z]\w{1,12}/[A-Z]\w{1,12})(?=,|\Z)", re.IGNORECASE)


def _category_key(value: str) -> str:
    """FanFicFare calls the fandom a category; on a site of one show the category is the kind: ``Gen, Sam/Jack``."""
    return "category" if _KIND.search(markup.line_of(value)) else "fandom"


def _heading_claims(heading: Node) -> Iterator[Claim]:
    """``<a>Title</a> by <a>Author</a>``, where the author is not always a link."""
    line = dom.line(heading)
    link = heading.css_first("a:not(.authorlink)")
    title = dom.line(link) or line.rpartition(" by ")[0]
    authors = dom.links(heading, "a.authorlink")
    yield from claimed("title", title, "title page")
    yield from claimed("author", authors or line.removeprefix(title).strip().removeprefix("by "), "title page")
    yield from claimed("source_url", dom.href(link), "title page")


def take_notes(tree: Tree) -> Iterator[Claim]:
    """Notes that FanFicFare keeps in the text of a chapter; they leave the tree."""
    for node in tree.css("div.fff_chapter_notes"):
        label = "endnotes" if dom.has_class(node, "fff_foot_notes") else "notes"
        yield from claimed(label, dom.note(node), "chapter notes")
        node.decompose()
