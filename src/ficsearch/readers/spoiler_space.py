"""The spoiler space of Usenet: a letter a line, so that nobody reads on by accident."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WITHIN = 120
"""Lines from the top of a post."""
_NEAR = 6_000
_LONE_S = re.compile(r"\n[ \t]{0,40}[sS][ \t]{0,40}\n")
_WORDS = ("spoiler", "spolier", "spoilspace")


def without_spoiler_space(text: str) -> str:
    """*text* with such letters gone; their lines stay, empty."""
    if not _LONE_S.search(text, 0, _NEAR):
        return text
    lines = text.split("\n", _WITHIN)
    start = next((n for n, line in enumerate(lines[:_WITHIN]) if line.strip().lower() == "s"), None)
    if start is None:
        return text
    end = _end(lines, start)
    spelt = "".join(line.strip() for line in lines[start:end]).lower().replace(".", "")
    if not spelt.startswith(_WORDS):
        return text
    return "\n".join([*lines[:start], *("" for _ in range(start, end)), *lines[end:]])


def _end(lines: Sequence[str], start: int) -> int:
    """The line after the last that is a letter, a dot or empty."""
    return next((n for n in range(start, len(lines)) if len(lines[n].strip()) > 1), len(lines))
