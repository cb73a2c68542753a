"""From the blocks of a page to the story on it: menus, header, title and footer go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from ficsearch.readers import markup
from ficsearch.readers.blocks import LINE_END, STRONG, Block, Kind, is_scene_break, paragraphs, plain
from ficsearch.readers.furniture import is_furniture
from ficsearch.readers.headerblock import QUOTES
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headers import find_header
from ficsearch.readers.headings import heading_of
from ficsearch.readers.labels import is_strong
from ficsearch.readers.notes import without_notes
from ficsearch.readers.preamble import by_line, is_sentence, is_story_line, number_in
from ficsearch.story import Chapter, Claim
from ficsearch.text import squash

_HEAD = 400
"""Blocks in which a header is looked for."""
_HEAD_AT_MOST = 12_000
"""Characters of blocks that are looked at first: no header that we know is as long."""
_REACH = 60
"""Lines behind a header at which is looked to see that it is over."""
_RULE_LINE = "----------"
_MENU_AT_MOST = 300
_LINKED = 0.75


class Page(NamedTuple):
    """A page cut in three: what stands above the header, what the header claims, the rest."""

    above: list[Block]
    claims: tuple[Claim, ...]
    story: list[Block]


def without_menus(blocks: Sequence[Block]) -> list[Block]:
    """*blocks* without those that are nothing but links. Where that would be most of the page (a link that
    nobody closed), nothing goes."""
    following = [*blocks[1:], None][: len(blocks)]
    menu = [
        bool(block.linked) and _is_menu_block(block) and not _signs(after, block)
        for block, after in zip(blocks, following, strict=True)
    ]
    if not any(menu):
        return list(blocks)
    for at in range(len(blocks) - 2, -1, -1):  # what leads to links only, from the last of them upwards
        menu[at] = menu[at] or (menu[at + 1] and _leads_to_links(blocks[at]))
    kept = [block for block, gone in zip(blocks, menu, strict=True) if not gone]
    return kept if 2 * _length(kept) > _length(blocks) else list(blocks)


_ENTRY_NUMBER = re.compile(r"(?:\d{1,3}|[IVXLC]{1,7})[.:)]?|(?:table of )?contents:?", re.IGNORECASE)


def _leads_to_links(block: Block) -> bool:
    """Is *block* the number of an entry in a list of links, or the heading of that list?"""
    return len(block.text) < _ENTRY_AT_MOST and _ENTRY_NUMBER.fullmatch(block.plain) is not None


_ENTRY_AT_MOST = 40


def _signs(after: Block | None, heading: Block) -> bool:
    """Is *heading* a title that is a link, with the author below it?"""
    return after is not None and heading.kind is Kind.HEADING and by_line(after.lines[0]) is not None


def _is_menu_block(block: Block) -> bool:
    if len(block.text) > _MENU_AT_MOST or by_line(block.plain):
        return False
    if block.kind is Kind.HEADING and " by " in block.plain:
        return False  # a title and its author, both of them links
    letters = sum(c.isalnum() for c in block.text)
    return block.linked >= _LINKED * max(letters, 1) and ":" not in block.text[:-1]


def _length(blocks: Sequence[Block]) -> int:
    return sum(len(block.text) for block in blocks)


def cut_header(blocks: Sequence[Block]) -> Page:
    """*blocks* cut at the header, if there is one: at the top, or below what the site put there."""
    near = list(accumulate(len(block.text) for block in blocks[:_HEAD]))
    few = bisect_left(near, _HEAD_AT_MOST) + 1
    return _cut_header(blocks, few) or _cut_header(blocks, _HEAD) or Page([], (), list(blocks))


def _cut_header(blocks: Sequence[Block], head: int) -> Page | None:
    """*blocks* cut at the header in the first *head* of them; None when it may go on behind these."""
    lines: list[str] = []
    places: list[tuple[int, int]] = []
    for at, block in enumerate(blocks[:head]):
        own = [_RULE_LINE] if block.kind is Kind.RULE else block.lines
        lines += [*own, ""]
        places += [(at, n) for n in range(len(own) + 1)]
    for start in _header_starts(lines):
        if header := find_header(lines[start:], start + 1):
            if head < min(_HEAD, len(blocks)) and start + header.end + _REACH >= len(lines):
                return None
            above = list(blocks[: places[start + header.start][0]])
            claims = _as_headed(header.claims, blocks, places)
            claims = tuple(replace(claim, origin=f"{claim.origin} of the page") for claim in claims)
            return Page(above, claims, _after(blocks, places, start + header.end))
    return Page([], (), list(blocks))


def _as_headed(
    claims: Sequence[Claim], blocks: Sequence[Block], places: Sequence[tuple[int, int]]
) -> tuple[Claim, ...]:
    """*claims*; where the title is a bare line and a heading stands between it and the first label, that is the title:
    the line above was the site's name."""
    title = next((c for c in claims if c.label == "title"), None)
    label = next((c for c in claims if c.written), None)
    if title is None or title.written or label is None:
        return tuple(claims)
    at, end = (places[min(number_in(c.origin), len(places)) - 1][0] for c in (title, label))
    below = [b.plain for b in blocks[at + 1 : end] if b.kind is Kind.HEADING]
    named = [line for line in below if not (by_line(line) or is_story_line(line) or heading_of(line))]
    if blocks[at].kind is Kind.HEADING or len(named) != 1:
        return tuple(claims)
    return tuple(replace(c, value=named[0]) if c is title else c for c in claims)


_STARTS_AT_MOST = 6
_ABOVE_AT_MOST = 600
"""Characters without a label above a header: a site's name, a menu, a date, a greeting. More is story."""


def _header_starts(lines: Sequence[str]) -> Iterator[int]:
    """The top, and the first lines with a label that only headers have, as long as there is no prose above."""
    yield 0
    above = found = 0
    for at, line in enumerate(lines):
        if line.startswith(QUOTES) and is_sentence(line):
            return  # somebody speaks: a story
        fields = labelled(line)
        if at and any(is_strong(field.label) for field in fields):
            yield at
            found += 1
        above += 0 if fields else len(line)
        if above > _ABOVE_AT_MOST or found == _STARTS_AT_MOST:
            return


_BELOW_WITHIN = 20
_BELOW_KEYS = frozenset(("title", "author", "rating", "disclaimer", "summary", "spoilers", "pairing", "fandom"))
_BELOW_AT_LEAST = 3
"""Fields that only stories have: a letter or a form at the end of a story has fewer."""


def cut_header_below(blocks: Sequence[Block], title: str) -> tuple[tuple[Claim, ...], list[Block]]:
    """What the header below the last rule of the page claims, and *blocks* without it. Nothing but the header may
    stand there, and it may not have another *title*: then it is of something in the story."""
    rule = _rule_below(blocks)
    lines = [line for block in blocks[rule + 1 :] for line in (*block.lines, "")] if rule else []
    header = find_header(lines)
    boxed = rule is not None and is_box(blocks[rule]) and all(map(_is_fact, filter(None, lines)))
    if header is None or not (boxed or not any(map(str.strip, (*lines[: header.start], *lines[header.end :])))):
        return (), list(blocks)
    said = {claim.label for claim in header.claims}
    other = next((claim.value for claim in header.claims if claim.label == "title"), title)
    if (len(said & _BELOW_KEYS) < _BELOW_AT_LEAST and not boxed) or (title and squash(other) != squash(title)):
        return (), list(blocks)
    return tuple(replace(claim, origin="below the story") for claim in header.claims), list(blocks[:rule])


def _rule_below(blocks: Sequence[Block]) -> int | None:
    """The last rule of the page, or what parts its foot from it in words: ``Story Information``."""
    first = max(1, len(blocks) - _BELOW_WITHIN)
    return next(
        (n for n in range(len(blocks) - 1, first, -1) if blocks[n].kind is Kind.RULE or is_box(blocks[n])), None
    )


def is_box(block: Block) -> bool:
    """Is this the heading of a box of facts, below the story?"""
    return len(block.text) <= _BOX_AT_MOST and block.plain.strip(": ").casefold() in _BOXES


_FACT = re.compile(r"[A-Z][\w' ]{1,30}: .{1,200}")


def _is_fact(line: str) -> bool:
    return _FACT.fullmatch(line) is not None


_BOX_AT_MOST = 40
_BOXES = ("story information", "story info", "fic info", "header info", "story details")


def chapter_of(
    html: str, work: str, title: str | None, origin: str = "", of: str = ""
) -> tuple[Chapter, tuple[Claim, ...]]:
    """The chapter in *html*, whose *title* stands at *origin*, and what its author typed around it: archives have
    fields, yet many paste a header above the text and notes below. *work* is the title that may stand there once more;
    *of* is the title that the archive knows where none is taken out.
    """
    blocks = markup.blocks(html)
    page = cut_header(blocks)
    known = [squash(name) for name in (work, of, title) if name]
    is_all = title is not None and not any(block.text for block in page.story)  # a letter, a form
    if is_all or _is_of_another(page.claims, known):
        page = Page([], (), blocks)
    chapters, notes = without_notes([Chapter(paragraphs(without_title(page.story, work)), title, origin)])
    return chapters[0], (*page.claims, *notes)


def _is_of_another(claims: Sequence[Claim], known: Sequence[str]) -> bool:
    """Is this header of something in the story, because its title is none of the *known* ones, nor holds one? An
    author who disclaims speaks of her own story, whatever she called it then."""
    named = [squash(claim.value) for claim in claims if claim.label == "title" and claim.written]
    if not (known and named) or any(claim.label == "disclaimer" for claim in claims):
        return False
    return not any(one in name or name in one for name in named for one in known)


def _after(blocks: Sequence[Block], places: Sequence[tuple[int, int]], end: int) -> list[Block]:
    if end >= len(places):
        return list(blocks[_HEAD:])
    at, line = places[end]
    rest = blocks[at].text.split(LINE_END)[line:]
    if line == 0:
        return list(blocks[at:])
    return [*([blocks[at]._replace(text=LINE_END.join(rest))] if any(rest) else []), *blocks[at + 1 :]]


def without_title(blocks: Sequence[Block], title: str, author: str = "") -> list[Block]:
    """*blocks* without the story's title and author said once more above the text."""
    bare = _BRACKETS_BEHIND.sub("", title)
    said = {
        squash(s) for s in (title, bare, _POSTED_AS.sub("", bare), f"by {author}", f"{title} by {author}", author) if s
    }
    head = [_without_first_line(block, said) for block in blocks[:_TITLE_WITHIN]]
    return [b for b in head if b.kind is Kind.RULE or squash(b.plain) not in said] + list(blocks[_TITLE_WITHIN:])


def _without_first_line(block: Block, said: set[str]) -> Block:
    """*block* without its first line, where that is one of those *said* and others follow."""
    first, end, others = block.text.partition(LINE_END)
    return block._replace(text=others) if end and others.strip() and squash(plain(first)) in said else block


_TITLE_WITHIN = 4
_POSTED_AS = re.compile(r"(?i)(?:new )?(?:fic|fanfic|ficlet|drabble|story|new):\s*")
_BRACKETS_BEHIND = re.compile(r" [(\[][^()\[\]]{1,80}[)\]]\Z")


def without_end_line(blocks: Sequence[Block], title: str, author: str) -> list[Block]:
    """*blocks* without the line by which archives end a story: ``End The Lamp Room by Mary Kade``."""
    ends = {squash(f"{end} {title}{by}") for end in ("end", "end of") for by in ("", f" by {author}")}
    last = squash(blocks[-1].plain) if blocks and title and len(blocks[-1].text) < _END_AT_MOST else ""
    return list(blocks[:-1] if last in ends else blocks)


_END_AT_MOST = 300


def without_furniture(blocks: Sequence[Block]) -> list[Block]:
    """*blocks* without what the site put at either edge."""
    kept = list(blocks)
    while kept and _is_idle(kept[-1]):
        kept.pop()
    first = next((n for n, block in enumerate(kept) if not _is_idle(block)), len(kept))
    return kept[first:]


_ON_PAGES_ONLY = re.compile(
    r"(?:copyright|©|\(c\)) .{0,40}\d{4}.{0,120}"
    r"|(?:best viewed|powered by|skin by|layout by|webm(?:aster|istress)) .{0,100}"
    r"|(?:e-?mail|mail|write to|contact) (?:me|the author)\b.{0,60}"
    r"|(?:e-?text |e-?book )?produced by .{2,300}\bproofread.{0,300}"
    r"|you are visitor .{0,60}|this page has been (?:visited|viewed) .{0,60}"
    r"|(?:copyright|©|\(c\)) (?:[A-Z]\w{2,9} )?\d{4}\b.{0,500}"
    r"\b(?:propert(?:y|ies) of|belongs? to|infringement|rights reserved)\b.{0,500}"
    r"|(?:all|any) (?:content|stories|fiction|fics|works) .{0,40}(?:copyright|©|\(c\)).{0,160}"
    r"|.{0,40}\bvalid x?html\b.{0,80}"
    r"|this is a work of fan fiction, written because the author has an abiding love .{0,800}",
    re.IGNORECASE,
)


def _is_idle(block: Block) -> bool:
    lines = [line for line in map(plain, block.text.split(LINE_END)) if line]
    said = [line for line in lines if not is_scene_break(line)] if len(lines) > 1 else lines
    return block.kind is Kind.RULE or (bool(said or not lines) and all(map(_is_idle_line, said)))


def _is_idle_line(line: str) -> bool:
    """Furniture, also several sentences of it: ``Page created by X. Last updated 4 May. Best viewed in colour.``"""
    if is_furniture(line) or _ON_PAGES_ONLY.fullmatch(line):
        return True
    parts = line.split(". ") if len(line) <= _FURNITURE_AT_MOST else []
    return len(parts) > 1 and all(is_furniture(part) or _ON_PAGES_ONLY.fullmatch(part) for part in parts)


_FURNITURE_AT_MOST = 400


_PROSE_AT_LEAST = 250
_SENTENCE_AT_LEAST = len("a b c d e f.")
_COMMENTS = re.compile(
    r"\W{0,3}(?:read \d+ comments?\b.{0,40}|there (?:are|is) \d+ comments? on this entry\b.{0,40}"
    r"|\d+ (?:comments?|replies)(?: (?:on|to|so far)\b.*| ?[|:({—-].*)?|comments? ?[({]? ?\d+[)}]?"
    r"|\(?(?:leave|post) a (?:new )?comment\W*|comments? on this (?:story|post|entry)\b.*)\W{0,3}",
    re.IGNORECASE,
)
"""The whole of a line: ``12 comments had been pinned to the door`` is story."""


def _begins_comments(block: Block) -> bool:
    if block.kind is Kind.HEADING and block.plain.strip(": ").casefold() in ("comments", "reviews", "kudos"):
        return True
    said = block.text.lower()
    if said.startswith(STRONG) and block.plain.strip(": ").casefold() in ("comments", "reviews"):
        return True
    return ("comment" in said or "replies" in said) and _COMMENTS.fullmatch(block.plain) is not None


def without_comments(blocks: Sequence[Block]) -> list[Block]:
    """*blocks* up to the line above what readers wrote (``12 comments``), once some prose has been seen."""
    seen = 0
    for at, block in enumerate(blocks):
        if seen >= _PROSE_AT_LEAST and len(block.text) < 120 and _begins_comments(block):
            return list(blocks[:at])
        if seen < _PROSE_AT_LEAST and len(block.text) >= _SENTENCE_AT_LEAST and is_sentence(block.plain):
            seen += len(block.text)
    return list(blocks)
