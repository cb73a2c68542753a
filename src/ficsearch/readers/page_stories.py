"""Several stories on one page, each below a heading of its own: sets of drabbles, ficlets of one author."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from ficsearch.readers.blocks import Block, Kind
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headings import heading_of
from ficsearch.readers.preamble import by_line

_OF_WHOM = frozenset(("fandom", "pairing", "characters"))
_LOOKED_AT = 3
"""Blocks below a heading in which its header begins."""


def story_starts(blocks: Sequence[Block]) -> list[int]:
    """Where the stories begin, when there are several: at headings of one level, each with a header of its own below
    that says rating and people. *Chapter Two* with the header said again is no other story."""
    found = [n for n, block in enumerate(blocks) if block.kind is Kind.HEADING and _has_header(blocks, n)]
    level, count = Counter(blocks[n].level for n in found).most_common(1)[0] if found else (0, 0)
    first = found[0] if found else 0
    if count < 2 or "rating" in _keys(blocks[:first]) or _are_too_short(blocks, count):
        return []
    return [n for n in found if blocks[n].level == level]


_STORIES_SURE, _STORY_AT_LEAST = 300, 500
"""So many stories may be of any length; of more, each has so many characters in the mean. A drabble has 550."""


def _are_too_short(blocks: Sequence[Block], count: int) -> bool:
    return count > _STORIES_SURE and sum(len(block.text) for block in blocks) < _STORY_AT_LEAST * count


def _has_header(blocks: Sequence[Block], at: int) -> bool:
    below = list(takewhile(lambda block: block.kind is not Kind.HEADING, blocks[at + 1 : at + 1 + _LOOKED_AT]))
    if not below or heading_of(blocks[at].plain) or by_line(blocks[at].plain):
        return False
    keys = _keys(below)
    return "rating" in keys and not keys.isdisjoint(_OF_WHOM) and "title" not in keys


def _keys(blocks: Sequence[Block]) -> set[str]:
    return {field.key for block in blocks for line in block.lines for field in labelled(line)}
