"""Who wrote it: ``by Jane & Tess <tess@example.org>`` -> names, without addresses."""

from __future__ import annotations

import re
from functools import lru_cache

from ficsearch.values import is_nothing, plain, unique

_BY = re.compile(r"\s*(?:(?:co-?)?written\s+by|story\s+by|by|from|author|©|\(c\))\b\s*:?\s*", re.I)
_ADDRESSES = (
    re.compile(r"<[^<>]*>"),
    re.compile(r"[(\[{][^()\[\]{}]*(?:@|\bat\b[^()\[\]{}]*\bdot\b|https?:)[^()\[\]{}]*[)\]}]", re.I),
    re.compile(r"(?:mailto:)?[^\s<>()\[\],;:@]+@[^\s<>()\[\],;@]+\.[A-Za-z]{2,}"),
    re.compile(r"(?:https?://|www\.)\S+"),
)
_ARCHIVIST = re.compile(r"\s*\[archived by [^\]]*\]|\[(?:info|profile|personal profile|community profile)\]\s*", re.I)
_DATE = re.compile(
    r"(?:\d{1,2} )?[A-Z][a-z]{2,8}\.?(?: \d{1,2},?)? (?:19|20)\d\d|(?:19|20)\d\d|\d{1,2}/\d{1,2}/\d{2,4}"
)
"""``by Ensign Nobody, Feb. 2001``"""
_JOINED = re.compile(r"\s*(?:[,;\n]|\s\+\s|\s/\s|(?:&|\b(?:and|und|et)\b)(?! ?co\b))\s*", re.I)
_COMMAS = re.compile(r"\s*[,;\n]\s*")
_TITLES_AFTER = re.compile(r",\s*(?=(?:jr|sr|ph\.?d|m\.?d|esq|i{2,3}|iv)\b\.?\s*(?:$|[,;&]))", re.I)
_EDGES = ' \t,;:/|<>()[]-–—"“”'
_LONGEST_LINE = 1_000
_LONGEST = 80
"""A longer "name" is a sentence that stood where the name should be."""


def read_authors(text: str, joined: bool = True) -> tuple[str, ...]:
    """The names in a byline, each once. *joined* False: only commas part them (a site's own list, where a pen
    name may hold an ``and``). An address alone is no name.

    >>> read_authors("by R. Penhallow <r@example.org> & Ana")
    ('R. Penhallow', 'Ana')
    """
    return _names_in(text[:_LONGEST_LINE], joined)


@lru_cache(maxsize=1_000)
def _names_in(line: str, joined: bool) -> tuple[str, ...]:
    """The same for a line that is not too long; kept, for who writes one story writes another."""
    if by := _BY.match(line):
        line = line[by.end() :]
    line = _ARCHIVIST.sub("", line)
    for address in _ADDRESSES:
        line = address.sub(" ", line)
    line = _TITLES_AFTER.sub("\x00", line)
    names = (_name(piece) for piece in (_JOINED if joined else _COMMAS).split(line))
    return unique(n for n in names if n and len(n) <= _LONGEST and not (is_nothing(n) or _DATE.fullmatch(n)))


def _name(piece: str) -> str:
    name = plain(piece).replace("\x00", ", ")
    inner = name.strip(_EDGES)
    closed = name.rstrip().endswith(")") and "(" in inner
    return inner + ")" if closed else inner
