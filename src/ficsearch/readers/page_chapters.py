"""Where the chapters of one page begin: at headings of one level, or else at lines that say "Chapter Two"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from ficsearch.readers.blocks import Block, Kind, paragraphs
from ficsearch.readers.chapters import split_chapters
from ficsearch.story import Chapter

_TEXT_AT_LEAST = 100
"""Fewer characters under a heading are no chapter."""
_PROLOGUE_AT_LEAST = 200
"""Fewer characters before the first one are no prologue but a title page."""


def chapters(blocks: Sequence[Block]) -> tuple[Chapter, ...]:
    """The chapters of a page; one without a title where nothing divides it."""
    level = _level(blocks)
    if level is None:
        return split_chapters(paragraphs(blocks).split("\n\n"))
    made = [_chapter(part, level) for part in _parted(blocks, level) if not _is_contents(part[0])]
    if len(made) > 1 and made[0].title is None and (len(made[0].text) < _PROLOGUE_AT_LEAST or _is_front(blocks, level)):
        made = made[1:]
    return tuple(c for c in made if c.text)


def _is_front(blocks: Sequence[Block], level: int) -> bool:
    """Is what stands above the first chapter the title page of a printed book?"""
    return is_front_matter(next(_parted(blocks, level)))


_FRONT_MATTER = re.compile(
    r"\b(?:copyright|all rights reserved|isbn|licen[cs]e notes|first published|published by|\w+ edition|contents)\b|©",
    re.IGNORECASE,
)
_FRONT_AT_MOST = 3_000
"""Characters: a page of copyright and contents is short; a chapter that begins under it is not."""
_STORY_PARAGRAPH = 400


def is_front_matter(blocks: Sequence[Block]) -> bool:
    """Is a page before the first chapter one of title, copyright or contents, with no story below them?"""
    lines = [block.plain for block in blocks if block.kind is not Kind.RULE]
    said = sum(bool(_FRONT_MATTER.search(line[:200])) for line in lines)
    linked = sum(block.linked for block in blocks)
    length = sum(map(len, lines))
    if length > _FRONT_AT_MOST or max(map(len, lines), default=0) > _STORY_PARAGRAPH:
        return False
    return said > 1 or (said == 1 and (3 * linked > length or length < _STORY_PARAGRAPH))


def _level(blocks: Sequence[Block]) -> int | None:
    """The level of heading that most often has text under it, if it has twice."""
    if not any(block.level for block in blocks):
        return None
    texts = Counter(
        part[0].level
        for part in _parted(blocks, None)
        if part[0].level and sum(len(b.text) for b in part[1:]) >= _TEXT_AT_LEAST
    )
    level = min(texts, key=lambda found: (-texts[found], found), default=0)
    return level if texts[level] > 1 else None


def _parted(blocks: Sequence[Block], level: int | None) -> Iterator[list[Block]]:
    """*blocks* cut before each heading of *level*; of any level for None."""
    part: list[Block] = []
    for block in blocks:
        if part and block.kind is Kind.HEADING and level in (None, block.level):
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _is_contents(block: Block) -> bool:
    return block.kind is Kind.HEADING and block.plain.casefold() in ("contents", "table of contents")


def _chapter(part: Sequence[Block], level: int) -> Chapter:
    if part[0].level == level:
        return Chapter(paragraphs(part[1:]), part[0].plain, f"h{level}")
    return Chapter(paragraphs(part))
