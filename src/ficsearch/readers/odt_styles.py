"""How an OpenDocument text looks: named styles, and those that the program made for each way of looking."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

from ficsearch.readers import xml
from ficsearch.readers.manuscript import TITLE
from ficsearch.readers.xml import attribute, name_of


class Look(NamedTuple):
    """``level`` is that of a heading, ``ruled``: a line is drawn below the paragraph."""

    em: bool = False
    strong: bool = False
    hidden: bool = False
    level: int = 0
    ruled: bool = False


PLAIN = Look()
"""Of most paragraphs."""
_HEADING = re.compile(r"Heading(?: |_20_)([1-9])")
_BASES_AT_MOST = 12


class Styles:
    """The styles of one document, from all of its files."""

    def __init__(self, roots: Iterable[Any]) -> None:
        self._styles = {attribute(style, "name"): style for root in roots for style in xml.named(root, "style")}
        self._looks: dict[tuple[str, Look], Look] = {}

    def of(self, name: str, around: Look | None = None) -> Look:
        """The look of the style called *name*, inside the look *around* it."""
        key = (name, around or PLAIN)
        if key not in self._looks:
            self._looks[key] = self._made(*key)
        return self._looks[key]

    def _made(self, name: str, look: Look) -> Look:
        """A style by its name and its words, over those that it builds on."""
        names = [name]
        while names[-1] in self._styles and len(names) < _BASES_AT_MOST:
            names.append(attribute(self._styles[names[-1]], "parent-style-name"))
        for one in reversed(names):
            look = _with(_by_name(look, one), self._styles.get(one, ()))
        return look


def _by_name(look: Look, name: str) -> Look:
    if name == "Title":
        return look._replace(level=TITLE)
    if name.replace("_20_", " ") == "Horizontal Line":
        return look._replace(ruled=True)
    heading = _HEADING.fullmatch(name)
    return look._replace(level=TITLE + int(heading[1])) if heading else look


def _with(look: Look, style: Any) -> Look:
    for properties in style:
        name = name_of(properties)
        if name not in ("text-properties", "paragraph-properties", "properties"):
            continue
        if slant := attribute(properties, "font-style"):
            look = look._replace(em=slant in ("italic", "oblique"))
        if weight := attribute(properties, "font-weight"):
            look = look._replace(strong=weight == "bold" or (weight.isdecimal() and int(weight) >= 600))
        if display := attribute(properties, "display"):
            look = look._replace(hidden=display == "none")
        if name != "text-properties" and any(map(_is_drawn, ("border-bottom", "border-top"), (properties,) * 2)):
            look = look._replace(ruled=True)
    return look


def _is_drawn(side: str, properties: Any) -> bool:
    return attribute(properties, side) not in ("", "none")
