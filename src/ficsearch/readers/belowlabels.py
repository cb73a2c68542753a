"""What stands between the labels of a header and its story: lines that say something without a label, and the rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.codes import code_claims
from ficsearch.readers.unlabelled import said

_DEDICATED = re.compile(r"(?:For|To) [A-Z][\w'’]+(?:(?:,|,? and|,? &) [A-Z][\w'’]+){0,4}[.,]?")


def _is_dedication(lines: Sequence[str], at: int) -> bool:
    """``For Mags.``, with the rule that ends the header below it. Without the rule a story may begin so."""
    return _DEDICATED.fullmatch(lines[at].strip()) is not None and after_rule(lines, at + 1) > at + 1


def _says_all(lines: Sequence[str], at: int) -> bool:
    """Does a line say something without a label, and nothing that goes on in the next: codes, and then sentences?"""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    goes_on = following.strip() and not said(following) and bool(code_claims(0, lines[at]))
    return bool(said(lines[at])) and not goes_on


def skip_blank(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip():
        at += 1
    return at


def after_sentences(lines: Sequence[str], end: int) -> int:
    """The line after those at *end* that say something without a label: ``[PG] for language``."""
    at = skip_blank(lines, end)
    while at < len(lines) and at - end < 2 and (_says_all(lines, at) or _is_dedication(lines, at)):
        end = at + 1
        at = skip_blank(lines, end)
    return end


def after_rule(lines: Sequence[str], at: int) -> int:
    """Where the story begins when a header ended at *at*: after blank lines and a rule."""
    following = skip_blank(lines, at)
    return following + 1 if following < len(lines) and is_scene_break(lines[following]) else at


def widest_gap(lines: Sequence[str]) -> int:
    """The longest run of blank lines."""
    widest = run = 0
    for line in lines:
        run = 0 if line.strip() else run + 1
        widest = max(widest, run)
    return widest
