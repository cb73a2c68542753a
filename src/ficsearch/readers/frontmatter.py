"""The YAML at the head of a Markdown file, as claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import yaml

from ficsearch.readers.headers import read_fields
from ficsearch.readers.labels import label_of
from ficsearch.story import Claim

ORIGIN = "front matter"
_AT_MOST = 65_536
"""Characters. Nobody describes a story in more, and YAML can be made to take its time."""
_FENCED = re.compile(r"---[ \t]*\n(?P<yaml>(?:(?!---|\.\.\.).*\n)*)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")


class FrontMatter(NamedTuple):
    """Its claims, the text after it (with blank lines in its place), and what was wrong with it."""

    claims: tuple[Claim, ...]
    text: str
    problems: tuple[str, ...] = ()


def front_matter(text: str) -> FrontMatter:
    """The front matter of *text*, if it has any. What is no YAML is read line by line like any header."""
    match = _FENCED.match(text[: _AT_MOST + 8])
    if match is None:
        return FrontMatter((), text)
    rest, source = "\n" * match[0].count("\n") + text[match.end() :], match["yaml"]
    try:
        data = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        claims = tuple(Claim(c.label, c.value, ORIGIN) for c in read_fields(source.split("\n")))
        return FrontMatter(claims, rest) if claims else FrontMatter((), text, (_UNREADABLE,))
    # two rules with prose between them are YAML too: a string
    return FrontMatter(tuple(_claims(data)), rest) if isinstance(data, dict) else FrontMatter((), text)


_UNREADABLE = "what looks like front matter could not be read as YAML, and stays in the text"


def _claims(data: dict[Any, Any]) -> Iterator[Claim]:
    for name, value in data.items():
        key = label_of(str(name).replace("_", " ").replace("-", " ")) or label_of(str(name))
        if key:
            values = value if isinstance(value, list) else [value]
            yield from (Claim(key, text, ORIGIN) for v in values if (text := _text(_name_in(v))))


def _name_in(value: object) -> object:
    """``- name: Perdita Lowe`` names an author, as Pandoc has it."""
    return value.get("name") if isinstance(value, dict) else value


def _text(value: object) -> str:
    """A scalar as its author would say it; nothing for what has an inside of its own."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None or isinstance(value, list | dict | set | bytes) else " ".join(str(value).split())
