"""The pages of an EPUB in reading order: which of them are story, and what chapter each one is."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ficsearch.errors import ReadingError
from ficsearch.readers import dom, markup
from ficsearch.readers.archive import Archive
from ficsearch.readers.blocks import END_STRONG, STRONG, Block, Kind
from ficsearch.readers.dom import Tree
from ficsearch.readers.encoding import decode
from ficsearch.readers.epub_package import Package
from ficsearch.readers.headings import heading_of
from ficsearch.readers.page_titles import said_above
from ficsearch.readers.preamble import by_line, is_sentence
from ficsearch.story import Claim
from ficsearch.text import squash


@dataclass(frozen=True, slots=True)
class Page:
    """A parsed page. ``title`` is that of the table of contents, ``kind`` that of the guide (``title-page``).

    ``listed``    it is in the table of contents
    ``unlisted``  there is a table of contents, and this page is not in it
    ``divided``   the whole book stands on few pages, and the table of contents points into this one
    """

    name: str
    tree: Tree
    title: str | None = None
    kind: str = ""
    unlisted: bool = False
    listed: bool = False
    divided: bool = False


_FEW_PAGES = 3


def read_pages(archive: Archive, package: Package, problems: list[str]) -> Iterator[Page]:
    """The pages, one at a time; those that cannot be read are told in *problems*."""
    listed = len(package.titles)
    for name in package.pages:
        try:
            page = decode(archive.read(name))
        except ReadingError as error:
            problems.append(f"the page {name!r} is left out: {error.message}")
            continue
        problems += (problem for problem in page.problems if problem not in problems)
        tree = dom.parse_xhtml(page.text)
        for node in tree.css(_NOT_TEXT):
            node.decompose()
        yield Page(
            name=name,
            tree=tree,
            title=_title_in(package, name),
            kind=package.kinds.get(name, ""),
            listed=name in package.titles,
            unlisted=bool(listed) and name not in package.titles,
            divided=listed <= _FEW_PAGES and package.targets.get(name, 0) > 1,
        )


_NOT_TEXT = ".pg-boilerplate, #pg-header, #pg-footer, span.pagenum, span.pageno"
"""Project Gutenberg's licence, and the numbers of the pages of the printed book."""

_SAYS_NOTHING = re.compile(r"(?:start|begin(?:ning)?|begin reading|start reading|untitled|(?:section|page) ?\d*)", re.I)


def _title_in(package: Package, name: str) -> str | None:
    """The title of a page in the table of contents; that which a program made up (``Start``) is none."""
    title = package.titles.get(name)
    return None if title and _SAYS_NOTHING.fullmatch(title.strip()) else title


_NOT_STORY_WORDS = """
    titlepage title-page title_page halftitle halftitlepage halftitle-page cover coverpage imprint colophon copyright
    copyright-page uncopyright toc toc_page contents nav navigation landmarks loi lot jacket log_page dedication
    endnotes footnotes notes index bibliography acknowledgements acknowledgments contributors other-credits
"""
_NOT_STORY = frozenset(_NOT_STORY_WORDS.split())
"""What epub:type, the guide or the file's name calls a page that is not story (IDPF's structural vocabulary)."""


def is_story(page: Page) -> bool:
    """Is this page part of the story, by everything that the book says of it?"""
    stem = posixpath.splitext(posixpath.basename(page.name))[0].lower()
    title = page.title or dom.first_line(page.tree, "h1, h2, h3")
    if _NOT_STORY_TITLES.fullmatch(title) or (title.casefold() == "contents" and _is_linked(page.tree)):
        return False
    return _NOT_STORY.isdisjoint((page.kind, stem, *types_of(page.tree)))


def _is_linked(tree: Tree) -> bool:
    """Are most of the words of this page links?"""
    blocks = markup.blocks(dom.body_of(tree))
    return 2 * sum(block.linked for block in blocks) > sum(len(block.text) for block in blocks)


_NOTES_TITLES = re.compile(r"\W*(?:author[’']?s?[’']? notes?|a/n|end ?notes? by the author)\W*", re.IGNORECASE)


def is_note(page: Page) -> bool:
    """Is this page a note of the author's, by the title that she gave it?"""
    return _NOTES_TITLES.fullmatch(page.title or dom.first_line(page.tree, "h1, h2, h3")) is not None


_NOT_STORY_TITLES = re.compile(
    r"\W*(?:about the (?:author|publisher)s?|(?:also|other books|more) (?:by|from)\b.{0,60}|table of contents"
    r"|copyright(?: page| notice)?|connect with .{0,60}|the full project gutenberg license)\W*",
    re.IGNORECASE,
)


def types_of(tree: Tree) -> Iterator[str]:
    """The epub:type of the body, and of its only section."""
    if tree.body is None:
        return
    sections = list(dom.children(tree.body))
    for node in [tree.body, *(sections if len(sections) == 1 else [])]:
        yield from (node.attributes.get("epub:type") or "").split()


def below_front_matter(blocks: Sequence[Block], title: str) -> list[Block]:
    """The first chapter below a title and contents, from its heading on; nothing where none begins on the page.
    *title*: what the table of contents of the book calls the page."""
    for at, block in enumerate(blocks[1:], 1):
        if block.kind is Kind.HEADING and (squash(block.plain) == squash(title) or heading_of(block.plain)):
            told = [b.plain for b in blocks[at + 1 :] if not b.linked]
            return list(blocks[at:]) if any(map(is_sentence, told)) else []
    return []


_TITLED_WITHIN = 3


def heading_and_blocks(page: Page) -> tuple[str | None, list[Block]]:
    """The chapter's title and what follows it. A heading that the table of contents words otherwise stays."""
    blocks = markup.blocks(dom.body_of(page.tree))
    headings = _leading_headings(blocks)
    if page.title is None:
        return (headings[0], blocks[1:]) if headings else (None, blocks)
    if not headings and blocks and len(blocks[0].text) < _HEADING_AT_MOST and _same(blocks[0].plain, page.title):
        return page.title, blocks[1:]
    said = set(squash(page.title).split())
    for count in range(len(headings), 0, -1):
        if said.issuperset(squash(" ".join(headings[:count])).split()):
            return page.title, blocks[count:]
    return page.title, blocks


_HEADING_AT_MOST = 200


def _same(line: str, title: str) -> bool:
    return squash(line) == squash(title) != ""


def signed(page: Page) -> list[Claim]:
    """Title and author, where the page begins with a heading and ``by X`` below it."""
    blocks = markup.blocks(dom.body_of(page.tree))[:_SIGNED_WITHIN]
    if len(blocks) < 2 or heading_of(blocks[0].plain) or not _may_be_title(blocks[0]):
        return []
    at = by_line_in(blocks[1:]) + 1
    return list(said_above([blocks[0], *blocks[at : at + 1]])) if at else []


def _may_be_title(block: Block) -> bool:
    return block.kind is Kind.HEADING or (len(block.text) < _BOLD_AT_MOST and not is_sentence(block.plain))


def by_line_in(blocks: Sequence[Block]) -> int:
    """Where ``by X`` stands among the first *blocks*: at once, or below a line such as ``a Firefly novella``; -1 where
    it does not."""
    for at, block in enumerate(blocks[: _SIGNED_WITHIN - 1]):
        if len(block.text) >= _HEADING_AT_MOST:
            return -1
        if by_line(block.plain):
            return at
        if block.kind is Kind.RULE or is_sentence(block.plain):
            return -1
    return -1


_SIGNED_WITHIN = 3


_BOLD_AT_MOST = 80


def chapter_heading(block: Block) -> str | None:
    """``Chapter 2`` in a paragraph of its own, or any short line in bold at the top of a page: as word processors and
    calibre leave it."""
    bold = block.text.startswith(STRONG) and block.text.endswith(END_STRONG) and len(block.text) <= _BOLD_AT_MOST
    if bold and block.text.count(STRONG) == 1 and not block.plain.endswith((".", ",", ";", ":")):
        return block.plain
    heading = heading_of(block.plain)
    return block.plain if heading and heading.kind in ("chapter", "part", "book", "named") else None


def _leading_headings(blocks: Sequence[Block]) -> list[str]:
    headings: list[str] = []
    for block in blocks[:_TITLED_WITHIN]:
        if block.kind is not Kind.HEADING:
            break
        headings.append(block.plain)
    return headings


_CUT_PART = re.compile(r"chapter\d+_(?:[2-9]|\d{2,})\.x?html?\Z")


def is_continuation(page: Page) -> bool:
    """Was this page cut off the one before? The archive's own EPUBs (before 2019) name such parts."""
    return bool(_CUT_PART.search(page.name))
