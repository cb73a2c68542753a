"""A header that was put into a box or a list, or run together and wrapped, as one that has a field a line.

The number of lines stays, so that what is found stands where it stood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from ficsearch.readers.codes import code_claims
from ficsearch.readers.headerlines import Labelled, labelled
from ficsearch.readers.sentences import sentence_claim

_BOXED_AT_LEAST = 3
_TOP_AT_MOST = 16
"""Lines above a box: a banner, a title, the edge of the box."""
_BOX_AT_MOST = 80
_SIDES = ("|", "*", "#", ":", "!")


def unboxed(lines: Sequence[str]) -> Sequence[str]:
    """*lines* without the sides of a box around the first of them: ``| Title: Salt    |``."""
    start = next((at for at, line in enumerate(lines[:_TOP_AT_MOST]) if _is_boxed(line)), None)
    if start is None:
        return lines
    end = start
    while end < min(len(lines), start + _BOX_AT_MOST) and _is_boxed(lines[end]):
        end += 1
    if end - start < _BOXED_AT_LEAST:
        return lines
    return [*lines[:start], *(line.strip()[1:-1].strip() for line in lines[start:end]), *lines[end:]]


def _is_boxed(line: str) -> bool:
    text = line.strip()
    return len(text) > 2 and text[0] in _SIDES and text[-1] == text[0] and text[1] == " " and text[-2] == " "


_BULLET = re.compile(r"\s{0,8}(?P<mark>[^\w\s\"“'‘(\[{#|]{1,3}) +(?=\w)")


def unbulleted(lines: Sequence[str]) -> Sequence[str]:
    """*lines* without the marks before the fields of a list near their top: ``<> Supernatural, gen, PG-13``."""
    marks = [match and match["mark"] for match in map(_BULLET.match, lines[:_TOP_AT_MOST])]
    start = next((at for at, mark in enumerate(marks) if mark and marks[at : at + 3] == [mark] * 3), None)
    if start is None:
        return lines
    run = takewhile(lambda found: found and found["mark"] == marks[start], map(_BULLET.match, lines[start:]))
    bare = [line[found.end() :] for line, found in zip(lines[start:], run, strict=False) if found]
    fields = sum(bool(labelled(line) or code_claims(0, line) or sentence_claim(0, line)) for line in bare)
    return [*lines[:start], *bare, *lines[start + len(bare) :]] if fields * 2 > len(bare) else lines


_WRAPPED_AT_MOST = 40


def unwrapped(lines: Sequence[str], first: int) -> Sequence[str]:
    """*lines* with the paragraph at *first* on its first line, where its fields were run together before it was
    wrapped: further labels stand inside its lines."""
    end = first
    while end < min(len(lines), first + _WRAPPED_AT_MOST) and lines[end].strip():
        end += 1
    if end - first < 2 or end - first == _WRAPPED_AT_MOST or not any(":" in line for line in lines[first + 1 : end]):
        return lines
    if " | " in lines[first]:
        return lines
    fields = [(line, labelled(line)) for line in lines[first:end]]
    if not any(_other_colons(line, found) for line, found in fields):
        return lines  # most headers: what is below is not worth its time
    joined = " ".join(line.strip() for line in lines[first:end])
    at_start = sum(bool(found) for _, found in fields)
    inside = len(labelled(joined)) - at_start
    if inside < 2 or at_start == end - first or (inside <= at_start and at_start > (end - first) // 2):
        return lines
    return [*lines[:first], joined, *("" for _ in range(first + 1, end)), *lines[end:]]


def _other_colons(line: str, found: Sequence[Labelled]) -> int:
    """The colons in *line* that may end a label, without that of the label at its beginning."""
    own = bool(found) and f"{found[0].label}:" in line
    return line.count(":") - line.count("://") - own
