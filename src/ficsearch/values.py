"""What stands after a label: one value or a list, a real value or a polite nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ficsearch.story import Claim
from ficsearch.text import fold_name

CORRECTED = "corrected in "
"""How the origin of a claim begins that a person put right (``ficsearch.corrections``)."""
_TAGS = ("dl.", "dc:subject", CORRECTED)
_POLITE = (
    "none; no; n/a; na; nil; nope; nothing; zip; nada; -; --; —; ?; ??; tba; tbd; unknown; unspecified; undecided; "
    "not applicable; none given; none stated; none needed; none really; none, really; none that i know of; "
    "none that i can think of; none yet; not yet; none apply; nobody; no one in particular; no warnings; "
    "no warning; no warnings apply; no archive warnings apply; no pairing; no pairings; no ships; no spoilers; "
    "aucun; aucune; keine; keins; nessuno; nessuna; ninguno; ninguna; geen; rien"
)
_NOTHING = frozenset(_POLITE.split("; "))
_NOTHING_AT_MOST = 80
"""Characters; the longest of them has 27. A summary need not be folded to see that it is no polite nothing."""
_TAIL = " \t\n.,;:!*_"


def is_whole(claim: Claim) -> bool:
    """Is this one value that a site (an AO3 tag) or a person keeps by itself? It is never split: it may hold commas."""
    return claim.origin.startswith(_TAGS)


def is_corrected(claim: Claim) -> bool:
    """Did a person put it right? Then it is the last word."""
    return claim.origin.startswith(CORRECTED)


def is_nothing(value: str) -> bool:
    """``None``, ``n/a``, ``-``: the author filled in the field to say that there is nothing.

    >>> is_nothing("None."), is_nothing("N/A"), is_nothing("Nonesuch")
    (True, True, False)
    """
    said = " ".join(value.strip(_TAIL).split())
    return not said or (len(said) <= _NOTHING_AT_MOST and fold_name(said) in _NOTHING)


def split_outside(text: str, separators: str) -> list[str]:
    """*text* cut at these characters, but not inside brackets.

    >>> split_outside("Faith (Dawn, later), Spike", ",")
    ['Faith (Dawn, later)', 'Spike']
    """
    if "(" not in text and "[" not in text:
        return _split(text, separators)
    parts, start, depth = [], 0, 0
    balanced = text.count("(") + text.count("[") == text.count(")") + text.count("]")
    for at, c in enumerate(text):
        if balanced and c in "([":
            depth += 1
        elif balanced and c in ")]":
            depth = max(0, depth - 1)
        elif c in separators and not depth:
            parts.append(text[start:at])
            start = at + 1
    parts.append(text[start:])
    return [p.strip() for p in parts if p.strip()]


def _split(text: str, separators: str) -> list[str]:
    """*text* cut at each of these characters."""
    first, others = separators[0], separators[1:]
    for separator in others:
        text = text.replace(separator, first)
    return [p.strip() for p in text.split(first) if p.strip()]


def split_list(value: str) -> list[str]:
    """The values of a list written on one line: at semicolons where there are any, else at commas; new lines too."""
    separators = ";\n" if ";" in value else ",\n"
    return [p.strip(" \t*•·") for p in split_outside(value, separators) if p.strip(" \t*•·")]


def unique(names: Iterable[str]) -> tuple[str, ...]:
    """*names* in order, each once; case and accents do not count."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(fold_name(name), name)
    return tuple(kept.values())


_MARKS = re.compile(r"(?<!\w)[*_]+|[*_]+(?!\w)")


def plain(value: str) -> str:
    """*value* without the marks of emphasis around words and with single blanks.

    >>> plain("*The  Gift*")
    'The Gift'
    """
    return " ".join((_MARKS.sub("", value) if "*" in value or "_" in value else value).split())
