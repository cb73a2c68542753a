"""Stories on eFiction sites: the reading page, the printable page and the index page of the stock templates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ficsearch.readers import dom, markup
from ficsearch.readers.claims import claimed, parted_by_labels, title_of, without_own_title
from ficsearch.readers.dom import Tree
from ficsearch.readers.headers import fields_of, find_header
from ficsearch.readers.labels import label_of
from ficsearch.readers.page_text import chapter_of
from ficsearch.readers.page_titles import said_by_links
from ficsearch.story import Chapter, Claim, Document

_LABEL = re.compile(r'<span class="label">([^<]*)</span>')
_ANY_LABEL = re.compile(r'<(?:b|strong|span class="[\w -]{1,40}")>([^<:]{2,40}):?\s*</(?:b|strong|span)>')
"""Skins call the class as they like: label, classification."""
_FIELD_ENDS = re.compile(r"<br>|</div>|</td>|•|&bull;|<b>|<strong>|<span class")
"""What ends a field where each skin has its own boxes."""
_ENDS = re.compile(r"\bend\b", re.IGNORECASE)
_LISTS = frozenset(("category", "characters", "genre", "warnings", "series", "challenge", "pairing", "keywords"))
_LINK = re.compile(r"<a\s[^>]*>.*?</a>", re.DOTALL)
_PRINTED_TITLE = re.compile(r"(.+) by .+", re.DOTALL)


def is_story_page(tree: Tree) -> bool:
    """Is this a story's page on an eFiction site?"""
    if tree.css_first("#pagetitle") is None:
        return tree.css_first("#story") is not None and any(True for _ in said_by_links(tree))
    return any(tree.css_first(s) is not None for s in ("#story", ".chapter", ".listbox .content span.label"))


def read_story_page(tree: Tree) -> tuple[Document, ...]:
    """The story, or the chapter, on the page; an index page has claims only."""
    claims = [*_title_claims(tree), *_info_claims(tree), *_note_claims(tree)]
    claims += claimed("chapter", dom.place_in_menu(tree.css_first('select[name="chapter"]')), "chapter menu")
    title = title_of(claims)
    chapters = []
    for chapter, more in _chapters(tree, title):
        chapters.append(chapter)
        claims += more
    problems = () if chapters else ("this is the index page of a story: it holds no text",)
    return (Document(without_own_title(chapters, claims), tuple(claims), "efiction-page", problems),)


def _title_claims(tree: Tree) -> Iterator[Claim]:
    heading = tree.css_first("#pagetitle")
    if heading is None:
        yield from said_by_links(tree)
        return
    line = dom.line(heading)
    title, _, author = line.rpartition(" by ")
    authors = dom.links(heading, 'a[href*="viewuser"]')
    yield from claimed("title", dom.first_line(heading, 'a[href*="viewstory"]') or title or line, "#pagetitle")
    yield from claimed("author", authors or author, "#pagetitle")
    address = dom.href(tree.css_first("#archivedat a"))
    yield from claimed("source_url", address, "#archivedat")


def _info_claims(tree: Tree) -> Iterator[Claim]:
    for box in tree.css(".listbox .content, .infobox .content")[:1]:
        for label, value in parted_by_labels(dom.html(box), _LABEL):
            yield from _field_claims(label.strip(" :\xa0"), value)
        return
    above, story, _ = dom.body_of(tree).partition(' id="story"')
    for label, value in parted_by_labels(above if story else "", _ANY_LABEL):
        if label_of(label) not in ("notes", "endnotes"):
            yield from _field_claims(label.strip(" :\xa0"), _FIELD_ENDS.split(value, maxsplit=1)[0])


def _field_claims(label: str, html: str) -> Iterator[Claim]:
    key = label_of(label)
    values = [markup.line_of(link) for link in _LINK.findall(html)] if key in _LISTS else []
    text = markup.note_of(html) if key == "summary" else markup.line_of(html).rstrip(" ,")
    if key is None or key == "other" or text == "None":
        return
    yield from claimed(key, values or text, f"story info {label}")


def _note_claims(tree: Tree) -> Iterator[Claim]:
    """Whatever the site's language, a note's title says "end" only when it stands at the end."""
    for notes in tree.css(".notes, #notes"):
        title = dom.first_line(notes, ".label") or "notes"
        label = "endnotes" if _ENDS.search(title) else "notes"
        said = dom.note(notes.css_first(".noteinfo"))
        yield from claimed(label, said, title.rstrip(": "))
        for field in fields_of(find_header(said.split("\n"))) if label == "notes" else ():
            yield replace(field, origin=title.rstrip(": "))


def _chapters(tree: Tree, work: str) -> Iterator[tuple[Chapter, tuple[Claim, ...]]]:
    """The chapter of a reading page, or all those of a printable one, with what their author typed around them."""
    if story := tree.css_first("#story"):
        yield chapter_of(dom.html(story), work, _chosen_chapter(tree), "chapter menu")
        return
    titles = [dom.line(t) for t in tree.css(".chaptertitle")]
    for at, chapter in enumerate(tree.css(".chapter")):
        for link in chapter.css(".toplink, .chaptertitle"):
            link.decompose()
        printed = titles[at] if at < len(titles) else ""
        named = _PRINTED_TITLE.fullmatch(printed)
        yield chapter_of(dom.html(chapter), work, (named[1] if named else printed) or None, ".chaptertitle")


def _chosen_chapter(tree: Tree) -> str | None:
    chosen = dom.unshown_line(tree.css_first('select[name="chapter"] option[selected]'))
    return re.sub(r"^\d+\.\s*", "", chosen) or None
