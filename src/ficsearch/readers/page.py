"""Any other page: a story that somebody put on the web by hand, or saved from Word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ficsearch.readers import dom, markup
from ficsearch.readers.blocks import Block, Kind, typed
from ficsearch.readers.claims import claimed, with_fallback, without_own_title
from ficsearch.readers.dom import Tree
from ficsearch.readers.headings import heading_of
from ficsearch.readers.notes import without_notes
from ficsearch.readers.page_chapters import chapters
from ficsearch.readers.page_text import cut_header, without_comments, without_furniture, without_menus, without_title
from ficsearch.readers.plain import read_text
from ficsearch.readers.preamble import sentence_claim
from ficsearch.story import Claim, Document
from ficsearch.text import sentences

_FEW_WORDS = 30
_TITLE_LINE = re.compile(r"\n[*_ ]*(?:story |fic )?title[*_ ]*:", re.IGNORECASE)


def read_page(tree: Tree) -> tuple[Document, ...]:
    """The story on the page, or the stories. What a header leaves open, headings, a by-line and the page's own
    title may say."""
    blocks = without_menus(without_comments(markup.blocks(dom.body_of(tree))))
    documents = _typed_stories(blocks) or (_story(blocks),)
    first = documents[0]
    first = replace(first, claims=with_fallback(first.claims, _said_in_head(tree)))
    words = sum(len(c.text.split()) for c in first.chapters)
    if words < _FEW_WORDS:
        problem = "hardly any text on the page: an index, or a page that only scripts fill?"
        first = replace(first, problems=(*first.problems, problem))
    return (first, *documents[1:])


def _typed_stories(blocks: Sequence[Block]) -> tuple[Document, ...]:
    """A page that is one <pre>, and one with the headers of several stories, are read as the text they are."""
    preformatted = sum(len(b.text) for b in blocks if b.kind is Kind.PRE)
    text = typed(without_furniture(blocks))
    if 2 * preformatted > len(text) or len(_TITLE_LINE.findall("\n" + text)) > 1:
        return read_text(text, format="html") if text.strip() else ()
    return ()


def _story(blocks: Sequence[Block]) -> Document:
    page = cut_header(blocks)
    claims = with_fallback(page.claims, _said_above([*page.above, *page.story[:_NEAR]]))
    title, author = (next((c.value for c in claims if c.label == label), "") for label in ("title", "author"))
    story = without_furniture(without_title(without_furniture(page.story), title, author))
    remarks, story = _cut_remarks(story)
    made, notes = without_notes(chapters(story)) if story else ((), [])
    return Document(without_own_title(made, claims), (*claims, *remarks, *notes), "html")


_REMARKS_WITHIN = 4
_REMARKS_AT_MOST = 600
_BRACKETED = re.compile(r"\[[^\]]{1,20}\]\s*")


def _cut_remarks(blocks: Sequence[Block]) -> tuple[list[Claim], list[Block]]:
    """*blocks* without a header in sentences: ``[PG] Contains spoilers for Hush. Not mine.`` above the first rule."""
    rule = next((n for n, block in enumerate(blocks[:_REMARKS_WITHIN]) if block.kind is Kind.RULE), 0)
    said = " ".join(block.plain for block in blocks[:rule])
    parts = [part for s in sentences(said) for part in (s, _BRACKETED.sub("", s, count=1)) if part]
    found = [replace(c, origin="above the rule") for part in dict.fromkeys(parts) if (c := sentence_claim(0, part))]
    if not found or len(said) > _REMARKS_AT_MOST:
        return [], list(blocks)
    return [*found, Claim("notes", said, "above the rule")], list(blocks[rule + 1 :])


_NEAR = 6
_BY_LINE = re.compile(r"(?:(?:fan ?fic(?:tion)?|a? ?story|written|fic) )?by:?\s+(\S.{0,78})", re.IGNORECASE)
_NAME = re.compile(r"[^\s.!?][^.!?]{0,60}\.?|(?:[A-Z]\. ?)+\S.{0,60}")
_TITLE_BY = re.compile(r"(.{1,150}?),? by (\S.{0,78})", re.IGNORECASE | re.DOTALL)
_NOT_AUTHOR_WORDS = "me you him her us them it myself day night moonlight candlelight step side"
_NOT_AUTHORS = frozenset(_NOT_AUTHOR_WORDS.split())
_NO_TITLES = frozenset(
    ("untitled", "untitled document", "new page 1", "index", "home", "no title", "story", "document1")
)


def _said_above(blocks: Sequence[Block]) -> Iterator[Claim]:
    """A heading, and ``by X`` under a title."""
    lines = [(line, block) for block in blocks for line in block.lines if line]
    heading = next((line for line, block in lines if block.kind is Kind.HEADING), None)
    by_line = next((n for n, (line, _) in enumerate(lines) if _is_by_line(line)), None)
    if by_line is not None:
        title = lines[by_line - 1][0] if by_line else None
        yield from claimed("title", title if title and len(title) <= 150 else heading, "line above the by-line")
        found = _BY_LINE.fullmatch(lines[by_line][0])
        yield from claimed("author", found and _bare_name(found[1]), "by-line")
    elif heading:
        yield from _title_and_author(heading, "heading")


def _is_by_line(line: str) -> bool:
    found = _BY_LINE.fullmatch(line)
    return bool(found and len(line) <= 90 and not line.rstrip().endswith((",", ";", ":")) and _NAME.fullmatch(found[1]))


def _said_in_head(tree: Tree) -> Iterator[Claim]:
    title = dom.unshown_line(tree.css_first("title"))
    if title.casefold() not in _NO_TITLES:
        yield from _title_and_author(title, "title element")
    for meta in tree.css('meta[name="author" i]')[:1]:
        yield from claimed("author", meta.attributes.get("content"), "meta author")
    for link in tree.css('link[rel="canonical"]')[:1]:
        yield from claimed("source_url", dom.href(link), "link")


def _title_and_author(line: str, origin: str) -> Iterator[Claim]:
    """``T by A``, unless that is the title itself (``Stand by Me``)."""
    found = _TITLE_BY.fullmatch(line)
    if _is_chapter(line):
        yield from claimed("chapter_title", line, origin)
    elif found and found[2].casefold() not in _NOT_AUTHORS and found[2][:1].isupper():
        yield from claimed("title", found[1], origin)
        yield from claimed("author", _bare_name(found[2]), origin)
    else:
        yield from claimed("title", line, origin)


def _is_chapter(line: str) -> bool:
    """A page that calls itself ``Chapter 3`` or ``IV`` is one of several, and its title stands elsewhere."""
    heading = heading_of(line)
    if heading is None or heading.kind not in ("chapter", "part", "numeral"):
        return False
    return heading.kind != "numeral" or heading.text.isdecimal() or heading.text.isupper()


_ADDRESS = re.compile(r"\s*[(<\[]?\S+@\S+[)>\]]?")


def _bare_name(name: str) -> str:
    """A name without the mail address behind it."""
    return _ADDRESS.sub("", name).strip(" ,*_-")
