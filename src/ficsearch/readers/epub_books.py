"""BOOKS: who made this EPUB? The first row that knows one of its first pages reads it; the last row reads any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ficsearch.readers import ao3, dom, fanficfare, fichub, markup
from ficsearch.readers.ao3_manuscript import read_work
from ficsearch.readers.blocks import Block, Kind, paragraphs
from ficsearch.readers.claims import news, title_of
from ficsearch.readers.codes import code_claims
from ficsearch.readers.epub_pages import (
    Page,
    below_front_matter,
    by_line_in,
    chapter_heading,
    heading_and_blocks,
    is_continuation,
    is_note,
    is_story,
    signed,
    types_of,
)
from ficsearch.readers.facts_line import facts_in
from ficsearch.readers.headings import heading_of
from ficsearch.readers.notes import without_notes
from ficsearch.readers.page_chapters import chapters, is_front_matter
from ficsearch.readers.page_text import cut_header
from ficsearch.readers.preamble import is_sentence
from ficsearch.readers.statements import statement_label
from ficsearch.story import Chapter, Claim
from ficsearch.text import sentences, squash

Contents = tuple[list[Chapter], list[Claim]]


@dataclass(frozen=True, slots=True)
class Book:
    """One kind of EPUB. ``subjects``: are its dc:subjects about the story, or a heap of tags?"""

    format: str
    knows: Callable[[Page], bool]
    read: Callable[[Iterable[Page]], Contents]
    subjects: bool = False


def read_ao3(pages: Iterable[Page]) -> Contents:
    """A work from the Archive of Our Own: preface, chapters (some cut in parts), afterword."""
    made: list[Chapter] = []
    claims: list[Claim] = []
    for page in pages:
        if _is_preface(page) and ao3.is_download(page.tree):  # the whole work on one page
            (whole,) = ao3.read_download(page.tree)
            made += whole.chapters
            claims += _news(whole.claims, claims)
            continue
        if _is_preface(page):
            claims += _news(ao3.preface_claims(page.tree), claims)
            claims += ao3.take_notes(page.tree)
            continue
        if _is_afterword(page):
            claims += ao3.take_notes(page.tree)
        elif is_story(page):
            claims += ao3.take_afterword(page.tree)
            chapter, notes = ao3.read_chapter(page.tree, title_of(claims))
            claims += news(notes, claims)
            _add(made, replace(chapter, origin=page.name), is_continuation(page))
    return made, claims


def _news(claims: Iterable[Claim], before: Sequence[Claim]) -> list[Claim]:
    """The preface comes in two pages, and both say the title."""
    known = {(c.label, c.value) for c in before}
    return [c for c in claims if (c.label, c.value) not in known]


def _is_afterword(page: Page) -> bool:
    """Is there nothing but the afterword on this page?"""
    if page.name.endswith("/afterword.xhtml"):
        return True
    return page.tree.css_first("#afterword") is not None and page.tree.css_first("#chapters, .userstuff > p") is None


def _is_preface(page: Page) -> bool:
    return page.tree.css_first("#preface") is not None or ao3.has_tags(page.tree)


def read_ao3_words(pages: Iterable[Page]) -> Contents:
    """A work from there that went through other formats (a MOBI made EPUB): its words are left, not its tags."""
    pages = list(pages)
    work = read_work([block for page in pages for block in markup.blocks(dom.body_of(page.tree))], "ao3-epub")
    return (list(work.chapters), list(work.claims)) if work and work.chapters else read_any(pages)


def _has_ao3_words(page: Page) -> bool:
    text = page.tree.body.text()[:_WORDS_WITHIN] if page.tree.body else ""
    return "Posted originally on" in text and "Rating:" in text


_WORDS_WITHIN = 3_000
"""Characters of a page: its preface is short."""


def read_fanficfare(pages: Iterable[Page]) -> Contents:
    """A title page with everything, then the chapters."""
    claims: list[Claim] = []
    made, found = read_any(_with_title_page(pages, claims))
    return made, [*claims, *found]


def _with_title_page(pages: Iterable[Page], claims: list[Claim]) -> Iterator[Page]:
    for page in pages:
        if fanficfare.is_title_page(page.tree):
            claims += fanficfare.title_claims(page.tree)
        else:
            claims += fanficfare.take_notes(page.tree)
            yield page


def read_fichub(pages: Iterable[Page]) -> Contents:
    """An introduction, then the chapters."""
    claims: list[Claim] = []
    made, found = read_any(_with_introduction(pages, claims))
    return made, [*claims, *found]


def _with_introduction(pages: Iterable[Page], claims: list[Claim]) -> Iterator[Page]:
    for page in pages:
        if fichub.is_introduction(page.name, page.tree):
            claims += fichub.introduction_claims(page.tree)
        else:
            yield page


def read_any(pages: Iterable[Page]) -> Contents:
    """Any book: each page of story is a chapter. A header above the first one makes claims."""
    made: list[Chapter] = []
    claims: list[Claim] = []
    front: list[_Begun] = []
    for page in pages:
        claims += _told_beside(page)
        if is_note(page) or not is_story(page):
            continue
        told = len(claims)
        begun = heading_and_blocks(page) if made else _begin(page, claims)
        if begun and not made and len(claims) > told and _says_little(*begun):
            front.append((page, *begun))
        elif begun:
            _take(made, page, *_titled(*begun))
    claims += _from_front(made, front)
    kept, notes = without_notes(made)
    return list(kept), [*claims, *notes]


_Begun = tuple[Page, str | None, list[Block]]


def _from_front(made: list[Chapter], front: Sequence[_Begun]) -> list[Claim]:
    """What is left of the pages before the first chapter, as notes. Where no chapter follows, they are the story: a
    very short one below its header."""
    if made:
        said = [b.plain for _, _, blocks in front for b in blocks if b.plain]
        return [Claim(_kind_of(line), line, "front of the book") for line in said]
    for page, title, blocks in front:
        _take(made, page, *_titled(title, blocks))
    return []


def _kind_of(line: str) -> str:
    """Is it a disclaimer, or a note?"""
    owned = any(statement_label(sentence) == "disclaimer" for sentence in sentences(line))
    return "disclaimer" if owned else "notes"


def _says_little(title: str | None, blocks: Sequence[Block]) -> bool:
    """Is hardly anything left of a page whose title and header were taken out, and is it no chapter by its title?"""
    told = any(is_sentence(b.plain) and not _OF_THE_BOOK.search(b.plain) for b in blocks)
    return not told and sum(len(b.text) for b in blocks) <= _LITTLE and not (title and heading_of(title))


_OF_THE_BOOK = re.compile(
    r"(?i)\b(?:fan ?fiction|propert(?:y|ies) of"
    r"|e-?book|epub|upload(?:ed)?|redistribut\w+|permission|converted|compiled|generated|exported|downloaded)\b"
)
_LITTLE = 250
"""Characters: a title page may say besides for whom the book was made."""


def _told_beside(page: Page) -> Iterator[Claim]:
    """What a page says that is no story, or not only."""
    if "dedication" in types_of(page.tree):
        yield Claim("dedication", dom.note(page.tree.body), "dedication page")
    if is_note(page):
        yield Claim("notes", dom.note(page.tree.body), "page of the author's notes")


def _begin(page: Page, claims: list[Claim]) -> tuple[str | None, list[Block]] | None:
    """Title and text of the first page with story on it; None when there is only front matter. *claims* grows by the
    header above."""
    title, whole = heading_and_blocks(page)
    if title and _FRONT_TITLES.fullmatch(title):
        title = None
    blocks, cut = whole, cut_header(whole)
    claims += facts_in(block.plain for block in whole[:_FACTS_WITHIN])
    if title is None or _is_header_below(title, {claim.label for claim in cut.claims}):
        claims += cut.claims
        blocks = cut.story
    if is_front_matter(blocks):
        blocks = below_front_matter(blocks, page.title or "")
        if not blocks:
            return None
        title = blocks[0].plain
    said = signed(page)
    claims += said
    if said:
        at = by_line_in(blocks) + 1
        claims += [Claim("other", b.plain, "title page") for b in blocks[:at]]
        blocks = _without_codes(blocks[at:], claims)
    if (said or len(blocks) < len(whole)) and blocks and blocks[0].kind is Kind.HEADING:
        return blocks[0].plain, blocks[1:]  # above it stood the title of the book
    return title, blocks


_FRONT_TITLES = re.compile(r"(?i)\W*(?:information|info|title ?page|story info(?:rmation)?|header|details)\W*")
"""What programs call the page on which they tell what the book is."""
_FACTS_WITHIN = 8


def _titled(title: str | None, blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The title of a chapter, and its text without it."""
    if title and blocks and blocks[0].kind is Kind.HEADING and squash(blocks[0].plain) == squash(title):
        return title, blocks[1:]  # a header stood above the heading
    if title is None and blocks and (named := chapter_heading(blocks[0])):
        return named, blocks[1:]
    return title, blocks


def _take(made: list[Chapter], page: Page, title: str | None, blocks: list[Block]) -> None:
    """Add the chapter, or the chapters, on *page* to those that were *made* before."""
    parts = _parts(page, title, blocks)
    if len(parts) > 1:
        made += parts
    else:
        _add(made, Chapter(paragraphs(blocks), title, _place(title, page)), page.unlisted and title is None)


def _parts(page: Page, title: str | None, blocks: Sequence[Block]) -> tuple[Chapter, ...]:
    """The chapters of a page that holds several; () of any other. A book without contents says so by headings only."""
    if page.divided:
        return chapters(markup.blocks(dom.body_of(page.tree)))
    level = max((block.level for block in blocks), default=0)
    if page.listed or not level:
        return ()
    return chapters([*([Block(title, Kind.HEADING, False, level)] if title else []), *blocks])


def _without_codes(blocks: list[Block], claims: list[Claim]) -> list[Block]:
    """*blocks* without a line of codes at their top; *claims* grows by what it says."""
    said = code_claims(1, blocks[0].plain) if blocks else ()
    claims += [replace(claim, origin="line below the title") for claim in said]
    return blocks[1:] if said else blocks


def _is_header_below(title: str, labels: set[str]) -> bool:
    """Is it a header of the story that stands below this heading? Below *Chapter One* a letter has labels too."""
    return len(labels) >= _BELOW_A_HEADING and not (heading_of(title) and labels.isdisjoint(_FANS_OWN))


_FANS_OWN = frozenset(("fandom", "pairing", "disclaimer", "spoilers"))
_BELOW_A_HEADING = 4
"""Labels of a header that stands below the heading of a chapter: with fewer it may be a letter that begins it."""


def _place(title: str | None, page: Page) -> str:
    """Where the title of a chapter stands."""
    return f"table of contents, {page.name}" if title and title == page.title else page.name


def _add(made: list[Chapter], chapter: Chapter, continues: bool) -> None:
    """A page without text is no chapter; one that continues belongs to the chapter before."""
    if not chapter.text:
        return
    if continues and made:
        made[-1] = replace(made[-1], text=f"{made[-1].text}\n\n{chapter.text}")
    else:
        made.append(chapter)


BOOKS = (
    Book("ao3-epub", lambda page: ao3.has_tags(page.tree), read_ao3),
    Book("ao3-epub", _has_ao3_words, read_ao3_words),
    Book("fanficfare-epub", lambda page: fanficfare.is_title_page(page.tree), read_fanficfare),
    Book("fichub-epub", lambda page: fichub.is_introduction(page.name, page.tree), read_fichub, subjects=True),
    Book("epub", lambda page: True, read_any, subjects=True),
)
