"""What is written on: how wide it is, and whether it shows colours."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

_CODES = {"bold": "1", "dim": "2", "title": "1;36", "match": "1;33", "good": "32", "bad": "31"}
_STYLED = re.compile("\x1b\\[[0-9;]*m")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@dataclass(frozen=True, slots=True)
class Page:
    """``width`` in columns; ``colours`` False writes plain text; ``beside`` puts facets beside the hits."""

    width: int = 100
    colours: bool = False
    beside: bool = False

    def style(self, text: str, kind: str) -> str:
        """*text* in the style *kind*, as it is on a page without colours."""
        return f"\x1b[{_CODES[kind]}m{text}\x1b[0m" if self.colours and text else text


PLAIN = Page()


def clean(text: str) -> str:
    """*text* from a story's header without characters that would steer a terminal."""
    return _CONTROL.sub("", text)


def on_line(text: str) -> str:
    """*text*, the name of a file maybe, for a place where one line is meant."""
    return clean(text.replace("\n", " ").replace("\t", " "))


def printed_width(text: str) -> int:
    """The columns that *text* takes, its styles not counted."""
    return len(_STYLED.sub("", text))


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """*text* as lines of at most *width* columns, each after *indent*."""
    return textwrap.wrap(text, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def side_by_side(left: list[str], right: list[str], width: int) -> list[str]:
    """Two columns: *left* takes *width*, *right* the rest."""
    rows = max(len(left), len(right))
    filled = [*left, *[""] * (rows - len(left))], [*right, *[""] * (rows - len(right))]
    return [f"{a}{' ' * (width - printed_width(a))}{b}".rstrip() for a, b in zip(*filled, strict=True)]


def table(rows: Iterable[tuple[str, str]], indent: str = "") -> list[str]:
    """Rows of a name and a value, the values below one another."""
    rows = list(rows)
    width = max((len(name) for name, _ in rows), default=0)
    return [f"{indent}{name:<{width}}  {value}".rstrip() for name, value in rows]
