"""Has a pack file the shape of a pack, and on which line has it not?"""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Place = tuple[str | int, ...]
"""Where something stands: ``("show", 0, "episodes", 12)``, ``("characters", 3)``, ``("pairings", "Spuffy")``."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a pack file; ``line`` is None where it cannot be told."""

    line: int | None
    what: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.what}" if self.line else self.what


_HEADER = re.compile(r"\s*(\[\[?)\s*([\w.-]+)\s*\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=\s*(\[)?""")


def places(text: str) -> dict[Place, int]:
    """The line of every show, row and table entry of a pack file, as far as one row stands on one line."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    rows: Place | None = None

    def row(of: Place, line: int) -> Place:
        place = (*of, counts.get(of, 0))
        counts[of] = counts.get(of, 0) + 1
        found[place] = line
        return place

    for line, content in enumerate(text.splitlines(), 1):
        if rows is not None:
            if content.lstrip().startswith("{"):
                row(rows, line)
            rows = None if content.strip() == "]" else rows
        elif header := _HEADER.match(content):
            path = _under(header[2].split("."), counts)
            table = row(path, line) if header[1] == "[[" else path
        elif key := _KEY.match(content):
            place = (*table, key[1].strip("\"'"))
            found[place] = line
            rows = place if key[2] and "]" not in content else None
    return found


def _under(names: list[str], counts: Mapping[Place, int]) -> Place:
    """``[[show.episodes]]`` is a row of the last ``[[show]]``."""
    path: Place = ()
    for name in names[:-1]:
        path = (*path, name)
        path = (*path, counts[path] - 1) if path in counts else path
    return (*path, names[-1])


_TEXT, _TEXTS, _NUMBERS = "text in quotes", "a list of texts in quotes", "a list of numbers"
_PACK = {"universe": _TEXT, "names": _TEXTS, "signs": _TEXTS, "show": "rows", "characters": "rows"}
_TABLES = {"pairings": _TEXTS, "initials": _TEXT, "prefer": _TEXT}
_SHOW = {"code": _TEXT, "name": _TEXT, "fandom": _TEXT, "kind": _TEXT, "names": _TEXTS, "inside": _TEXTS}
_SHOW |= dict.fromkeys(("shifted", "halved"), _NUMBERS)
_EPISODE = {"at": _TEXT, "title": _TEXT, "aired": "a date", "whole": _TEXT, "aliases": _TEXTS, "inside": _TEXTS}
_CHARACTER = {"name": _TEXT, "first": _TEXT, "note": _TEXT, "aliases": _TEXTS, "words": _TEXTS, "also": _TEXTS}
_KINDS = ("series", "films", "books")
_AT = re.compile(r"\d{1,3}x\d{1,3}")
_SYNTAX_LINE = re.compile(r"^(.*?)\s*\(at line (\d+), column \d+\)$")


def parsed(text: str) -> dict[str, Any] | Problem:
    """The TOML of *text*, or why it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        said = _SYNTAX_LINE.match(str(problem))
        line = int(said[2]) if said else len(text.splitlines())
        return Problem(line, f"this is not TOML: {said[1] if said else problem}")
    except RecursionError:
        return Problem(None, "this is not a pack: brackets in brackets without end")


def misshapen(data: Mapping[str, Any], where: Mapping[Place, int]) -> list[Problem]:
    """What keeps the parsed *data* from being a pack at all: keys missing, unknown, or of the wrong kind."""
    problems = list(_table("the pack", data, {**_PACK, **dict.fromkeys(_TABLES, "a table")}, ("universe",), (), where))
    if problems:
        return problems
    for name, wanted in _TABLES.items():
        for key, value in data.get(name, {}).items():
            if not _fits(value, wanted):
                problems.append(Problem(where.get((name, key)), f"[{name}] '{key}' must be {wanted}"))
    for at, row in enumerate(data.get("characters", ())):
        problems += _table("a character", row, _CHARACTER, ("name",), ("characters", at), where)
    for at, show in enumerate(data.get("show", ())):
        problems += _show(show, ("show", at), where)
    return problems


def _show(show: Any, place: Place, where: Mapping[Place, int]) -> Iterator[Problem]:
    wanted = {**_SHOW, "episodes": "rows"}
    wrong = list(_table("a show", show, wanted, ("code", "name", "episodes"), place, where))
    yield from wrong
    if wrong:
        return
    if show.get("kind", "series") not in _KINDS:
        yield Problem(where.get((*place, "kind")), f"kind '{show['kind']}' must be one of {', '.join(_KINDS)}")
    if " " in show["code"]:
        yield Problem(where.get((*place, "code")), f"the code '{show['code']}' must be one word")
    for at, row in enumerate(show["episodes"]):
        here = (*place, "episodes", at)
        yield from _table("an episode", row, _EPISODE, ("at", "title"), here, where)
        if isinstance(row, dict) and isinstance(row.get("at"), str) and not _AT.fullmatch(row["at"]):
            yield Problem(where.get(here), f"at = '{row['at']}' must look like \"3x13\"")


def _table(
    what: str, row: Any, wanted: Mapping[str, str], needed: Iterable[str], place: Place, where: Mapping[Place, int]
) -> Iterator[Problem]:
    """One table against its keys."""
    if not isinstance(row, dict):
        yield Problem(where.get(place), f"{what} must be a row in braces: {{ ... }}")
        return
    for key in needed:
        if key not in row:
            yield Problem(where.get(place), f"{what} needs '{key}'")
    for key, value in row.items():
        line = where.get((*place, key), where.get(place))
        if key not in wanted:
            yield Problem(line, f"'{key}' is no key of {what}; there are {', '.join(sorted(wanted))}")
        elif not _fits(value, wanted[key]):
            yield Problem(line, f"'{key}' must be {wanted[key]}")


def _fits(value: Any, wanted: str) -> bool:
    if wanted == _TEXT:
        return isinstance(value, str) and bool(value.strip())
    if wanted == _TEXTS:
        return isinstance(value, list) and all(_fits(v, _TEXT) for v in value)
    if wanted == _NUMBERS:
        return isinstance(value, list) and all(type(v) is int for v in value)
    if wanted == "rows":
        return isinstance(value, list)
    if wanted == "a table":
        return isinstance(value, dict)
    return isinstance(value, datetime.date) and not isinstance(value, datetime.datetime)
