"""Text -> tree. Knows the signs of the query language and no fields; nothing typed is an error.

A blank is AND, ``OR``, ``|`` and ``||`` bind looser, ``NOT`` and a leading ``-`` tighter; ``( )`` groups. What is not a
sign is words. A quote that is never closed reaches to the end, a bracket that is never closed as well; one that
was never opened, and an operator with nothing beside it, do not count. docs/query-language.md tells it to a reader.

Linear in the length of the text: one expression that never goes back over a run, and a stack of groups.
"""

from __future__ import annotations

import re
from dataclasses import replace

from ficsearch.query.build import all_of, any_of, not_
from ficsearch.query.nodes import All, Any, Everything, Not, Query, Typed

QUOTES = '"“”„‟«»＂'
"""Each of them opens and closes: »so«, „so“ and “so” are phrases, whoever typed them."""

MAX_DEPTH = 40
"""Brackets inside more brackets than this do not count, so that no reader of a tree runs out of stack."""

MAX_EDITS = 2
"""Two typing mistakes find a word; with three everything is like everything."""

SORT = "sort"
"""The field of the Typed that asks for an order: sign ``<`` is descending, ``>`` ascending, as on AO3."""

_END = rf"(?![^\s(){QUOTES}])"
_TOKEN = re.compile(
    rf"""
      (?P<open>\() | (?P<close>\))
    | (?P<or>\|\|?+ | OR{_END}) | (?P<and>&& | AND{_END})
    | (?P<not>NOT{_END} | (?<![^\s(|])-(?=[^\s)|>\-]))
    | (?i:sort(?:ed)?+(?:\s++by)?+)\s*+(?P<order>:\s*+[<>=]?+|[<>=])\s*+(?P<column>-?+\w++)
      (?:\s++(?P<way>(?i:asc|desc)(?i:ending)?+)\b)?+
    | (?: (?P<field>[^\W\d]\w*+)
          (?P<sign> \s*+(?::\s*+)?+[<>]=?+\s*+(?=\d) | (?: :\s*+(?:[<>]=?+|=)?+\s*+ | [<>]=?+ | = )(?=[^\s)|]) ) )?
      (?: (?P<group>\()
        | [{QUOTES}](?P<phrase>(?:[^\\{QUOTES}]|\\.)*+\\?+)(?:[{QUOTES}](?:~(?P<slop>\d{{1,4}}))?+[*~]?+)?+
        | (?P<word>(?:(?!&&)[^\s()|{QUOTES}])++) )
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(rf"\\([\\{QUOTES}])")
_FUZZY = re.compile(r"(?<=.)~([0-9]?)(?:\.[0-9]{1,9})?$")


def parse(text: str) -> Query:
    """The tree of *text*, made of Typed, Everything and Nothing. Never raises.

    >>> parse('willow OR -"the zeppo"').parts[1]
    Not(part=Typed(text='the zeppo', field=None, sign=':', quoted=True, slop=None, prefix=False, fuzzy=0))
    """
    reader = _Reader()
    for token in _TOKEN.finditer(text):
        reader.read(token)
    return reader.tree()


class _Group:
    """A bracket being read: the terms on each side of its ORs. ``field`` and ``sign`` stood before it;
    ``denying`` tells of a NOT that waits for the next term."""

    def __init__(self, field: str | None = None, sign: str = ":") -> None:
        self.field = field
        self.sign = sign
        self.options: list[list[Query]] = [[]]
        self.denying = False

    def add(self, part: Query) -> None:
        self.options[-1].append(not_(part) if self.denying else part)
        self.denying = False

    def other(self) -> None:
        """An OR: what comes is another option."""
        self.options.append([])
        self.denying = False

    def tree(self) -> Query | None:
        """What stands in the bracket; None if nothing does."""
        options = [all_of(terms) for terms in self.options if terms]
        return _inside(any_of(options), self.field, self.sign) if options else None


class _Reader:
    """The groups that are open, outermost first."""

    def __init__(self) -> None:
        self._groups = [_Group()]
        self._too_deep = 0

    def read(self, token: re.Match[str]) -> None:
        group = self._groups[-1]
        match token.lastgroup:
            case "open" | "group":
                self._open(token)
            case "close":
                self._close()
            case "or":
                group.other()
            case "not":
                group.denying = not group.denying
            case "column" | "way":
                group.add(_order(token))
            case "phrase" | "slop":
                group.add(_phrase(token))
            case "word":
                group.add(_word(token))

    def _open(self, token: re.Match[str]) -> None:
        if len(self._groups) > MAX_DEPTH:
            self._too_deep += 1
        else:
            self._groups.append(_Group(token["field"], _sign(token)))

    def _close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
        elif len(self._groups) > 1:
            tree = self._groups.pop().tree()
            if tree is not None:
                self._groups[-1].add(tree)
            self._groups[-1].denying = False

    def tree(self) -> Query:
        """All that was read; what is still open ends here."""
        while len(self._groups) > 1:
            self._close()
        return self._groups[0].tree() or Everything()


def _inside(tree: Query, name: str | None, sign: str) -> Query:
    """*tree* with *name* before every leaf that has no field of its own: ``title:(a b)``."""
    match tree:
        case Typed(field=None) if name:
            return replace(tree, field=name, sign=sign)
        case All(parts):
            return All(tuple(_inside(p, name, sign) for p in parts))
        case Any(parts):
            return Any(tuple(_inside(p, name, sign) for p in parts))
        case Not(part):
            return Not(_inside(part, name, sign))
    return tree


def _sign(token: re.Match[str]) -> str:
    return "".join((token["sign"] or "").split()).lstrip(":") or ":"


def _order(token: re.Match[str]) -> Typed:
    """``sort:>words``, ``sort:-words``, ``sorted by: words descending``."""
    column, way = token["column"], (token["way"] or "").lower()
    down = "<" in token["order"] or column.startswith("-") or way.startswith("desc")
    return Typed(column.lstrip("-"), SORT, "<" if down else ">")


def _phrase(token: re.Match[str]) -> Typed:
    slop = int(token["slop"]) if token["slop"] else None
    return Typed(_ESCAPED.sub(r"\1", token["phrase"]), token["field"], _sign(token), quoted=True, slop=slop)


def _word(token: re.Match[str]) -> Query:
    """A word, with what hangs on it: ``will*``, ``wilow~``. A star alone is everything, ``series:*`` any series."""
    name, sign, text = token["field"], _sign(token), token["word"]
    start = text.rstrip("*")
    if start != text:
        return Typed(start, name, sign, prefix=True) if start or name else Everything()
    fuzzy = _FUZZY.search(text)
    if fuzzy is None:
        return Typed(text, name, sign)
    distance = int(fuzzy.group(1) or 1)
    return Typed(text[: fuzzy.start()], name, sign, fuzzy=min(max(distance, 1), MAX_EDITS))
