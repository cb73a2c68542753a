"""Tree -> text again: what is written so binds to the same tree."""

from __future__ import annotations

import re

from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Mentioned,
    Name,
    Near,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    Words,
)
from ficsearch.query.parser import QUOTES
from ficsearch.query.ranges import as_comparison, in_order, written_dates

_TO_ESCAPE = re.compile(rf"[\\{QUOTES}]")
_PLAIN = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def write(query: Query) -> str:
    """*query* in the query language. ``bind(parse(write(q)), packs).query == q`` for every q that bind made.

    >>> write(All((Words(("willow",)), Not(Name("teen", "rating")))))
    'willow -rating:=teen'
    """
    match query:
        case All(parts):
            return " ".join(_tight(part, Any) for part in parts) or "*"
        case Any(parts):
            return " OR ".join(_tight(part, Any) for part in parts) or "-*"
        case Not(part):
            return f"-{_tight(part, All, Any)}"
        case Everything():
            return "*"
        case Nothing():
            return "-*"
    return _leaf(query)


def _tight(part: Query, *loose: type[All] | type[Any]) -> str:
    return f"({write(part)})" if isinstance(part, loose) else write(part)


def _leaf(leaf: Query) -> str:
    match leaf:
        case Words(tokens, field, exact):
            return _in(field, f'"{" ".join(tokens)}"' if exact else "-".join(tokens))
        case Near(tokens, slop, field):
            return _in(field, f'"{" ".join(tokens)}"~{slop}')
        case Prefix(start, field):
            return _in(field, f"{start}*")
        case Fuzzy(word, distance, field):
            return _in(field, f"{word}~" if distance == 1 else f"{word}~{distance}")
        case Name(value, field):
            return f"{field}:={_quoted(value)}"
        case OneOf(values, field):
            return f"{field}:{_alternatives(values, field)}"
        case Mentioned(name, low, high):
            return f"with:{_quoted(f'{name}>={low}' if high is None else f'{name}={low}..{high}')}"
        case Between(field, low, high):
            return _between(field, low, high)
    raise TypeError(f"{leaf!r} is not bound to fields")


def _in(field: str | None, text: str) -> str:
    return f"{field}:{text}" if field else text


def _quoted(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else '"' + _TO_ESCAPE.sub(r"\\\g<0>", value) + '"'


def _alternatives(values: frozenset[str], field: str) -> str:
    compared = as_comparison(field, values)
    return "".join(compared) if compared else f"=({' OR '.join(map(_quoted, in_order(field, values)))})"


def _between(field: str, low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return f"{field}:*"
    written = written_dates(low, high) if field == "date" else tuple("" if n is None else str(n) for n in (low, high))
    return f"{field}:{written[0]}" if written[0] == written[1] else f"{field}:{written[0]}..{written[1]}"
