"""Where the chapters of one page begin: at headings of one level, or at lines that say "Chapter Two"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ficsearch.readers.blocks import Block, Kind, paragraphs
from ficsearch.readers.headings import heading_of
from ficsearch.story import Chapter

_TEXT_AT_LEAST = 200
"""Fewer characters under a heading are no chapter, and before the first one no prologue but a title page."""

_KINDS = frozenset(("chapter", "part", "book", "named"))
"""Headings that say so in words: a lone numeral may be a section, a date, a page."""


def chapters(blocks: Sequence[Block]) -> tuple[Chapter, ...]:
    """The chapters of a page; one without a title where nothing divides it."""
    is_start = _divider(blocks)
    parts = [part for part in _parted(blocks, is_start) if not _is_contents(part[0])] if is_start else [list(blocks)]
    made = [_chapter(part, is_start) for part in parts]
    if len(made) > 1 and made[0].title is None and len(made[0].text) < _TEXT_AT_LEAST:
        made = made[1:]
    return tuple(c for c in made if c.text or c.title) or (Chapter(""),)


def _is_contents(block: Block) -> bool:
    return block.kind is Kind.HEADING and block.plain.casefold() in ("contents", "table of contents")


_Test = Callable[[Block], bool]


def _divider(blocks: Sequence[Block]) -> _Test | None:
    """What divides this page: the level of heading with most text-bearing headings, else chapter lines."""
    levels = Counter(b.level for b, text in _texts_under(blocks, _is_heading) if text >= _TEXT_AT_LEAST)
    if levels and max(levels.values()) > 1:
        level = min(levels, key=lambda found: (-levels[found], found))
        return lambda block: block.level == level
    lines = sum(text >= _TEXT_AT_LEAST for _, text in _texts_under(blocks, _is_line))
    return _is_line if lines > 1 else None


def _is_heading(block: Block) -> bool:
    return block.kind is Kind.HEADING


def _is_line(block: Block) -> bool:
    return len(block.text) <= 120 and _says_chapter(block.plain)


def _says_chapter(line: str) -> bool:
    heading = heading_of(line)
    return heading is not None and heading.kind in _KINDS


def _texts_under(blocks: Sequence[Block], is_start: _Test) -> Iterator[tuple[Block, int]]:
    """Each dividing block with the number of characters up to the next one."""
    for part in _parted(blocks, is_start):
        if is_start(part[0]):
            yield part[0], sum(len(b.text) for b in part[1:])


def _parted(blocks: Sequence[Block], is_start: _Test) -> Iterator[list[Block]]:
    part: list[Block] = []
    for block in blocks:
        if is_start(block) and part:
            yield part
            part = []
        part.append(block)
    if part:
        yield part


def _chapter(part: Sequence[Block], is_start: _Test | None) -> Chapter:
    if is_start and part and is_start(part[0]):
        return Chapter(paragraphs(part[1:]), part[0].plain.strip("*_ "))
    return Chapter(paragraphs(part))
