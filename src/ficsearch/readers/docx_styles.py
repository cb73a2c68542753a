"""How Word makes text look: styles by their names and what they are based on, and what a run says itself."""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from ficsearch.readers import xml
from ficsearch.readers.manuscript import TITLE
from ficsearch.readers.xml import attribute, name_of


class Look(NamedTuple):
    """``level`` is that of a heading; ``ruled``: a line is drawn below; ``is_contents``: a line of the contents."""

    em: bool = False
    strong: bool = False
    hidden: bool = False
    level: int = 0
    ruled: bool = False
    is_contents: bool = False


def value(element: Any) -> str:
    """The ``w:val`` of *element*; empty where it has none."""
    return attribute(element, "val")


def is_on(element: Any) -> bool:
    """A switch without a value is on."""
    return value(element).lower() not in ("0", "false", "off", "none", "nil")


def child(element: Any, name: str) -> Any:
    """The first child called *name*, or None; of None, None."""
    return next((c for c in element if name_of(c) == name), None) if element is not None else None


_HEADING = re.compile(r"heading\s*([1-9])|(?:titre|[üu]berschrift|t[íi]tulo|titolo)\s*([1-9])", re.IGNORECASE)
_CONTENTS = re.compile(r"toc(?: ?\d| heading)", re.IGNORECASE)
_BASES_AT_MOST = 12


class Styles:
    """The styles of one document."""

    def __init__(self, root: Any) -> None:
        self._styles = {attribute(style, "styleId"): style for style in xml.every(root, "style")}
        self._looks: dict[str, Look] = {}

    def paragraph(self, element: Any) -> Look:
        """The look of a paragraph: what it is, and not the look of its runs."""
        properties = child(element, "ppr")
        if properties is None:
            return Look()
        style = child(properties, "pstyle")
        look = self._look(value(style)) if style is not None else Look()
        outline = child(properties, "outlinelvl")
        level = _level(outline) or look.level if outline is not None else look.level
        return look._replace(level=level, ruled=look.ruled or _is_ruled(properties))

    def run(self, element: Any) -> Look:
        """The look of a run: what its style says, then what it says itself."""
        properties = child(element, "rpr")
        if properties is None:
            return Look()
        style = child(properties, "rstyle")
        look = self._look(value(style)) if style is not None else Look()
        return _with_runs(look, properties)

    def _look(self, name: str) -> Look:
        if name not in self._looks:
            self._looks[name] = self._made(name)
        return self._looks[name]

    def _made(self, name: str) -> Look:
        """A style by its own words, over those of the styles that it is based on."""
        look = Look()
        for style in reversed(self._bases(name)):
            look = _named(_with_runs(look, child(style, "rpr")), style)
        return look if self._bases(name) else _by_name(look, name)

    def _bases(self, name: str) -> list[Any]:
        found: list[Any] = []
        while name in self._styles and len(found) < _BASES_AT_MOST:
            found.append(self._styles[name])
            based = child(found[-1], "basedon")
            name = value(based) if based is not None else ""
        return found


def _named(look: Look, style: Any) -> Look:
    name = child(style, "name")
    properties = child(style, "ppr")
    look = _by_name(look, value(name) if name is not None else "")
    outline = child(properties, "outlinelvl")
    if outline is not None and not look.level:
        look = look._replace(level=_level(outline))
    return look._replace(ruled=look.ruled or (properties is not None and _is_ruled(properties)))


def _by_name(look: Look, name: str) -> Look:
    if name.casefold() == "title":
        return look._replace(level=TITLE)
    if _CONTENTS.match(name):
        return look._replace(is_contents=True, level=0)
    heading = _HEADING.match(name)
    return look._replace(level=TITLE + int(heading[1] or heading[2])) if heading else look


def _level(outline: Any) -> int:
    """The level of an outline level: 0 is the first heading, 9 is text."""
    number = value(outline)
    return TITLE + 1 + int(number) if number.isdecimal() and int(number) < 9 else 0


def _with_runs(look: Look, properties: Any) -> Look:
    for element in properties if properties is not None else ():
        name = name_of(element)
        if name == "i":
            look = look._replace(em=is_on(element))
        elif name == "b":
            look = look._replace(strong=is_on(element))
        elif name in ("vanish", "webhidden"):
            look = look._replace(hidden=is_on(element))
    return look


def _is_ruled(properties: Any) -> bool:
    """Is a line drawn below or above an (empty) paragraph?"""
    borders = child(properties, "pbdr")
    lines = (child(borders, side) for side in ("bottom", "top"))
    return any(line is not None and is_on(line) for line in lines)
