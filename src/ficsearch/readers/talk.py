"""What an author says to a list above the story, where nothing has a label: ``A little something, rated PG``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficsearch.readers.headings import is_titular
from ficsearch.readers.statements import told_in
from ficsearch.story import Claim

_AT_MOST = 2_000
"""Characters of talk."""
_TITLE_BY = re.compile(r"\n[ \t]*\n(?=[ \t]*(?P<title>\S[^\n]{0,58})\n(?:[ \t]*\n)?[ \t]*by [A-Z][^\n]{1,40}\n)")
_TALKED_OF = re.compile(r"(?i)\b(rated|spoilers?|archive|feedback|disclaimers?|beta|slash|pairing|list|muse|concrit)\b")
_ENOUGH = 3
"""Things of which only authors talk. A foreword to somebody's life has feedback and a list in it."""


def talk_above(text: str, first_line: int) -> tuple[int, tuple[Claim, ...]]:
    """Where the title stands that has a by-line below it and talk of the story above it, and what that says; 0 where
    there is none."""
    for match in _TITLE_BY.finditer(text, 0, _AT_MOST):
        talked_of = {word.lower().rstrip("s") for word in _TALKED_OF.findall(text, 0, match.start())}
        if len(talked_of) >= _ENOUGH and is_titular(match["title"].strip()):
            return match.end(), tuple(_said(text[: match.start()], first_line))
    return 0, ()


def _said(talk: str, first_line: int) -> Iterator[Claim]:
    line = first_line
    for paragraph in talk.split("\n\n"):
        text = " ".join(paragraph.split())
        if len(text.split()) > 2:  # not "Heyla all,"
            yield from told_in(text, line) or [Claim("notes", text, f"line {line}")]
        line += paragraph.count("\n") + 2
