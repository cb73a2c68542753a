"""Title and author of a page without labels: from headings, a by-line, and the page's own <title>."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ficsearch.readers import dom
from ficsearch.readers.blocks import Block, Kind
from ficsearch.readers.claims import claimed
from ficsearch.readers.dom import Tree
from ficsearch.readers.headings import KINDS, NAMED, NUMBER_WORDS, heading_of
from ficsearch.readers.preamble import by_line
from ficsearch.story import Claim
from ficsearch.text import squash

_TITLE_AT_MOST = 150
_TITLE_BY = re.compile(r"(.{1,150}?),? by (\S.{0,78})", re.IGNORECASE)
_NOT_AUTHOR_WORDS = "me you him her us them it myself day night moonlight candlelight step side"
_NOT_AUTHORS = frozenset(_NOT_AUTHOR_WORDS.split())
_NO_TITLES = frozenset(
    ("untitled", "untitled document", "new page 1", "index", "home", "no title", "story", "document1")
)


def said_above(blocks: Sequence[Block]) -> Iterator[Claim]:
    """What stands above a story: a heading, or a title with ``by X`` under it."""
    lines = [(line, block.kind) for block in blocks for line in block.lines if line]
    headings = [line for line, kind in lines if kind is Kind.HEADING]
    heading = next(iter(headings), None)
    for at, (line, _) in enumerate(lines):
        if author := _author(line):
            above = lines[at - 1][0] if at and len(lines[at - 1][0]) <= _TITLE_AT_MOST else heading
            yield from claimed("title", above, "line above the by-line")
            yield from claimed("author", author, "by-line")
            return
    if heading:  # a site may have a heading of its own above that of the story
        signed = (line for line in headings if not is_chapter(line) and _is_signed(line))
        yield from _title_and_author(_story_of(next(signed, heading)), "heading")


def _author(line: str) -> str | None:
    """The author in a by-line; ``By the time he came`` is none."""
    author = by_line(line)
    named = author and len(author.split()) <= 5 and (author[:1].isupper() or " " not in author)
    return _bare_name(author) if author and named else None


def said_in_head(tree: Tree) -> Iterator[Claim]:
    """What the head of the page says: <title>, the author's <meta>, the address."""
    title = dom.unshown_line(tree.css_first("title"))
    if title.casefold() not in _NO_TITLES:
        yield from _title_and_author(_story_of(title), "title element")
        yield from claimed("other", title[:_TITLE_AT_MOST], "title element")
    if (entry := _ENTRY.fullmatch(title)) and _OF_JOURNAL.search(dom.body_of(tree)):
        yield from claimed("author", entry[1], "title element, which begins with the name of the journal")
    address = next((dom.href(link) for link in tree.css('link[rel="canonical"]')[:1]), None) or ""
    if journal := _JOURNAL.match(address):
        yield from claimed("author", journal[1], "address of the journal")
    for meta in tree.css('meta[name="author" i]')[:1]:
        yield from claimed("author", meta.attributes.get("content"), "meta author")
    for link in tree.css('link[rel="canonical"]')[:1]:
        yield from claimed("source_url", dom.href(link), "link")


_JOURNAL = re.compile(
    r"https?://(?!www\.|community\.|users\.|asylums\.)([a-z0-9][\w-]{1,40})"
    r"\.(?:tumblr\.com|livejournal\.com|dreamwidth\.org|insanejournal\.com|journalfen\.net)/"
)
"""Whose journal it is, where they are told apart by the name of the host."""

_ENTRY = re.compile(r"([a-z0-9][a-z0-9_-]{1,24}): \S.*")
"""``marrowbone: FIC: The Path``: how LiveJournal calls the page of an entry."""
_OF_JOURNAL = re.compile(r"(?i)\b(?:leave a comment|post a new comment|current (?:mood|music))\b")

_PARTED = re.compile(r" (?:[-–—|»›❯:]|::) ")
_PIECES = re.compile(r"\s*(?:::|//|[|»›❯]|\s--?\s|\s[–—]\s)\s*|(?<=\w): ")
_SITE = re.compile(
    r"(?i)\b(?:fan ?fic(?:tion)?s?|fics?|fiction|stories|archives?|home ?page|(?:web ?)?site|library)\b"
    r"|\.(?:com|net|org)\b"
)
"""``Faith's Fanfic :: Nine Months of Tuesdays``: what is of the site in its pages' titles."""
_CRUMB = re.compile(r".* [»›❯] ")


def _story_of(title: str) -> str:
    """The story in ``Quiet Hours - Chapter 3: The Umbrella - Wattpad`` or ``InuYasha ❯ Paper Moons ❯ Chapter 1``;
    any other title as it is."""
    parts = [*_PARTED.finditer(title)]
    ends = [*(part.start() for part in parts[1:]), len(title)]
    cut = (
        part for part, end in zip(parts, ends, strict=False) if is_chapter(title[part.end() : end].partition(" (")[0])
    )
    found = next(cut, None)
    if found:
        return _CRUMB.sub("", title[: found.start()])
    pieces = [piece.strip() for piece in _PIECES.split(title)]
    own = [piece for piece in pieces if piece and not _SITE.search(piece)]
    return own[0] if len(own) == 1 and len(pieces) > 1 else title


def said_by_links(tree: Tree) -> Iterator[Claim]:
    """Title and author where an eFiction site links both, whatever its skin: ``<a>T</a> by <a>A</a>``."""
    for link in tree.css('a[href*="viewuser.php"]')[:_LINKS_AT_MOST]:
        line = dom.line(link.parent)
        title = dom.first_line(link.parent, 'a[href*="viewstory.php"]') or dom.first_line(link.parent, "b, strong")
        if title and line.startswith(f"{title} by "):
            yield from claimed("title", title, "links of the site")
            yield from claimed("author", dom.links(link.parent, 'a[href*="viewuser.php"]'), "links of the site")
            return


_LINKS_AT_MOST = 5


_TAGS = ".ljtags a, .b-singlepost-tags a, .aentry-tags a, .tags a, .tag a, span.tag, .tags li, a[rel~=tag]"
_TAGS_AT_MOST = 30
TAGS_ORIGIN = "tags of the entry"


def said_by_tags(tree: Tree) -> Iterator[Claim]:
    """What a journal's owner tagged the entry with: *spn*, *fic*, *house/wilson*. It may name the fandom."""
    tags = dict.fromkeys(dom.line(node).strip("#, ") for node in tree.css(_TAGS)[:_TAGS_AT_MOST])
    yield from claimed("other", (tag for tag in tags if len(tag) <= _TITLE_AT_MOST), TAGS_ORIGIN)


def as_head_says(claims: Iterable[Claim], tree: Tree) -> Iterator[Claim]:
    """*claims*; where the page's own <title> does not hold the line that was taken for a title, but another heading of
    the page is a piece of it, that heading is the title."""
    claims = list(claims)
    if not any(claim.label == "title" and not claim.written for claim in claims):
        yield from claims
        return
    pieces = {squash(piece) for piece in _PIECES.split(dom.unshown_line(tree.css_first("title")))} - {""}
    headings = [dom.line(node) for node in tree.css("h1, h2, h3")[:_HEADINGS_AT_MOST]] if pieces else []
    said = next((h for h in headings if squash(h) in pieces and not _SITE.search(h) and not is_chapter(h)), None)
    for claim in claims:
        guessed = claim.label == "title" and not claim.written and said
        whole = " ".join(pieces)
        other = guessed and squash(claim.value) not in whole and squash(claim.value) in map(squash, headings)
        yield replace(claim, value=said) if said and other else claim


_HEADINGS_AT_MOST = 6


def in_case_of_head(claims: Iterable[Claim], tree: Tree) -> Iterator[Claim]:
    """*claims*; a title in capitals as the page's own <title> writes it, where that is the same."""
    title = dom.unshown_line(tree.css_first("title"))
    for claim in claims:
        same = claim.label == "title" and claim.value.isupper() and claim.value.casefold() == title.casefold()
        yield replace(claim, value=title) if same else claim


def _is_signed(line: str) -> bool:
    """``T by A``, unless that is the title itself (``Stand by Me``)."""
    found = _TITLE_BY.fullmatch(line)
    return found is not None and found[2].casefold() not in _NOT_AUTHORS and found[2][:1].isupper()


def _title_and_author(line: str, origin: str) -> Iterator[Claim]:
    found = _TITLE_BY.fullmatch(line) if _is_signed(line) else None
    if is_chapter(line):
        yield from claimed("chapter_title", line, origin)
    elif found:
        yield from claimed("title", found[1], origin)
        yield from claimed("author", _bare_name(found[2]), origin)
    else:
        yield from claimed("title", line, origin)


_OF_SEVERAL = frozenset(("prologue", "prolog", "epilogue", "epilog", "foreword", "preface", "afterword"))
"""What no story is called that has a title; *Interlude* and *Coda* are titles of many."""


_SAYS_NUMBER = re.compile(rf"(?i)\W*(?:{'|'.join(KINDS)}|{NAMED}|\d|[ivxlc]+\b|(?:{'|'.join(NUMBER_WORDS)})\b)")
"""*The Orchard, Chapter 2* is the title of a story, with its part behind it."""


def is_chapter(line: str) -> bool:
    """A page that calls itself ``Chapter 3``, ``IV``, ``One`` or ``Prologue`` is one of several, and its title stands
    elsewhere: in the head of the page, or in the name of its file."""
    heading = heading_of(line)
    if heading is None or not _SAYS_NUMBER.match(line) or heading.kind not in ("chapter", "part", "numeral", "named"):
        return False
    if heading.kind == "numeral":  # Vic and Mix are no numbers
        return heading.text.isdecimal() or heading.text.isupper() or heading.text.casefold() in NUMBER_WORDS
    return heading.kind != "named" or (not heading.titled and heading.text.casefold() in _OF_SEVERAL)


_ADDRESS = re.compile(r"[(<\[]?[^\s@]+@\S+")


def _bare_name(name: str) -> str:
    """A name without the mail address behind it."""
    return _ADDRESS.sub("", name).strip(" ,*_-")
