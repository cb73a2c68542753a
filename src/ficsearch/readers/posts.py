"""A story in a journal or a blog: LiveJournal, Dreamwidth, WordPress, Blogger, Tumblr.

Their styles are many, but each marks the entry itself for its feeds and its own scripts; those marks have outlived
every redesign. What the author typed at the head of the entry goes before what the site says of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ficsearch.dates import read_date
from ficsearch.readers import dom, page
from ficsearch.readers.claims import claimed, with_fallback
from ficsearch.readers.dom import Node, Tree
from ficsearch.readers.page_titles import is_chapter, said_by_tags, said_in_head
from ficsearch.story import Claim, Document


@dataclass(frozen=True, slots=True)
class Journal:
    """Where one kind of journal keeps the entry and what belongs to it: CSS selectors, the first that finds counts."""

    entry: str
    title: str
    author: str
    date: str
    chapter: str = ""


_JOURNALS = (
    Journal(
        ".b-singlepost-body, .aentry-post__text, .asset-body",
        ".b-singlepost-title, .aentry-post__title, .asset-name",
        ".b-singlepost-author-user-name, .ljuser b, .vcard a",
        "time, .b-singlepost-author-date, abbr.datetime",
    ),
    Journal(".entry .entry-content", "h3.entry-title", ".entry-poster b, .poster b", ".datetime .date, .datetime"),
    Journal(".entry .entry-body", ".entry-title", ".ljuser b", ".entry-meta li, .entry-meta, .entry-date"),
    Journal(".entry .entry-item", ".caption", ".metadata", ".entry-header .index"),
    Journal(
        ".hentry .entry-content, article .entry-content, .post .entry-content, .post-body, .hentry .entry",
        ".entry-title, .post-title",
        ".author, .fn, .byline",
        "time, .entry-date, .published, .date-header",
    ),
    Journal(
        "article .body-text, .post.text .body, article.text .copy, .post .copy",
        "article h2, .post h2, .post h3",
        ".username, header h1 a, .blog-title",
        "time, .permalink, .post-footer a, .post-date, .date",
    ),
    Journal(
        ".entrytext, .entry_text, .entry-text, .entrybox .entry",
        ".subject, .entry_subject, .entry-subject, .entry_title, .entry-title",
        ".ljuser b, .poster, .user, .username",
        ".date, .entry_date, .entry-date",
    ),
    Journal(".moz-reader-content", ".reader-title", ".reader-credits", "time"),  # Firefox's reader view
    Journal(".chapter-inner.chapter-content", ".fic-header h2", ".fic-header h3 a", "time", ".fic-header h1"),
    Journal("#chp_raw.chp_raw", ".chp_byauthor a:first-child", ".auth_name_fic", "time", ".chapter-title"),
    Journal(".panel-reading pre", ".toc h1", '.author a, a[href^="/user/"]', "time", ".story-part header h1"),
    Journal(".part-content pre", "header h1, h1, h2", 'a[href^="/user/"], .author a', "time"),
)
_ANY_ENTRY = ", ".join(journal.entry for journal in _JOURNALS)
_FURNITURE = (
    ".ljtags, .lj-like, .lj-share, .sharedaddy, .jp-relatedposts, #jp-relatedposts, .wpcnt, .edit-link, .post-footer"
)
_STORY_AT_LEAST = 200
"""Characters in an entry: fewer are an announcement, or not the entry at all."""


def is_post(tree: Tree) -> bool:
    """Is this the page of one entry in a journal, with a story in it?"""
    return _found(tree) is not None


def read_post(tree: Tree) -> tuple[Document, ...]:
    """The story in the entry; the site says what its author did not."""
    found = _found(tree)
    if found is None:
        return page.read_page(tree)
    journal, entry = found
    for node in entry.css(_FURNITURE):
        node.decompose()
    around = with_fallback(_said_around(tree, journal), said_in_head(tree))
    if (told := _told_on(entry)) is not None:
        entry, author = told
        around = (*author, *(claim for claim in around if claim.label != "author"))
    words = "".join(map(dom.html, dom.children(entry))) if entry.tag == "pre" else dom.html(entry)
    return page.read_part(words, around)


def _told_on(entry: Node) -> tuple[Node, tuple[Claim, ...]] | None:
    """The story that an entry on Tumblr tells on, and whose it is: each blog that did so is named above a quotation,
    and the innermost is the first. None where most of the entry is its own."""
    blogs, quotations = entry.css("a.tumblr_blog"), entry.css("blockquote")
    if not blogs or len(quotations) < len(blogs):
        return None
    told = quotations[len(blogs) - 1]
    if 2 * len(told.text()) < len(entry.text()):
        return None
    return told, tuple(claimed("author", dom.line(blogs[-1]), "blog that was told on"))


def _found(tree: Tree) -> tuple[Journal, Node] | None:
    """The kind of journal, and its entry. A page of many entries is not one story."""
    for journal in _JOURNALS if tree.css_first(_ANY_ENTRY) is not None else ():
        entries = list({node.mem_id: node for node in tree.css(journal.entry)}.values())  # found once a selector
        if len(entries) == 1 and len(entries[0].text()) >= _STORY_AT_LEAST:
            return journal, entries[0]
    return None


def _said_around(tree: Tree, journal: Journal) -> Iterator[Claim]:
    subject = _first(tree, journal.title)
    yield from claimed("chapter_title", _first(tree, journal.chapter), "subject of the entry")
    chapter = is_chapter(subject)
    title = subject if chapter else subject.partition(" | ")[0]  # "Cups | House/Wilson | PG"
    yield from claimed("chapter_title" if chapter else "title", title, "subject of the entry")
    # the author may type another title, but the subject may name the fandom
    head = dom.unshown_line(tree.css_first("title")).partition(": ")[2]
    yield from claimed("other", subject or head, "subject of the entry")
    poster = (
        _blog(tree)
        or _poster(_first(tree, journal.author))
        or _journal_of(dom.unshown_line(tree.css_first("title")), subject)
    )
    yield from claimed("author", poster, "poster")
    yield from claimed("published", _date(tree, journal.date) or _at_day(tree), "date of the entry")
    yield from said_by_tags(tree)
    for link in tree.css('link[rel="canonical"]')[:1]:
        yield from claimed("source_url", dom.href(link), "link")


def _first(tree: Tree, selectors: str) -> str:
    """The words of the first selector, in their order, that finds any."""
    return next((line for s in selectors.split(",") if s and (line := dom.first_line(tree, s.strip()))), "")


_BLOG = re.compile(r"https?://([a-z0-9][a-z0-9-]{0,40})\.tumblr\.com/?")


def _blog(tree: Tree) -> str | None:
    """Whose Tumblr it is: the link of its heading says the name, whatever its owner calls the blog."""
    address = dom.href(tree.css_first("header h1 a, .blog-title a, h1.blog-title a"))
    found = _BLOG.fullmatch(address) if address else None
    return found[1] if found and found[1] != "www" else None


_JOURNAL = re.compile(r"[\w-]{2,40}")


def _journal_of(head: str, subject: str) -> str | None:
    """Whose journal it is, by a page's title that says it beside the *subject*: ``Fic: Cups - mary``."""
    rest = re.sub(r"\s*[-—–|:]\s*(?:LiveJournal|Dreamwidth)\b.*", "", head)
    name = rest.replace(subject, "").strip(" -—–|:") if subject and subject in rest else ""
    return name if _JOURNAL.fullmatch(name) else None


_POSTED_BY = re.compile(r"(?:.*\b(?:posted|written) )?by:? (\S.*?)(?: in \S+)?", re.IGNORECASE)
_NAME_AT_MOST = 60


def _poster(line: str) -> str | None:
    """The name in ``posted by: mary in a_community``, or the name that stands alone."""
    found = _POSTED_BY.fullmatch(line[:200])
    name = found[1] if found else line
    return name if len(name) <= _NAME_AT_MOST else None


def _date(tree: Tree, selectors: str) -> str | None:
    """The first of these elements that says a day, in an attribute or its words."""
    nodes = (node for selector in selectors.split(",") for node in tree.css(selector.strip())[:1])
    said = (s for n in nodes for s in (n.attributes.get("datetime"), n.attributes.get("title"), dom.line(n)) if s)
    return next((words for words in said if read_date(words[:_DATE_AT_MOST])), None)


_DATE_AT_MOST = 100


def _at_day(tree: Tree) -> str | None:
    """``mary wrote, @ 2006-01-09 12:12:00``, as LiveJournal's first styles have it above the entry."""
    found = _AT_DAY.search(tree.body.text()[:_HEAD_AT_MOST]) if tree.body else None
    return found[1] if found else None


_AT_DAY = re.compile(r"@\s*((?:19|20)\d\d-\d\d-\d\d)\s+\d\d:\d\d")
_HEAD_AT_MOST = 2_000
