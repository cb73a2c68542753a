"""One line of a header: which fields it claims, in any of the ways that people have written them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from ficsearch.ratings import rating_value, read_rating
from ficsearch.readers.labels import LONG_KEYS, is_strong, keys_of, label_of
from ficsearch.values import is_nothing


class Labelled(NamedTuple):
    """``Label: value`` as found. ``weight`` says how much it speaks for a header: 0 (not at all) to 2."""

    key: str
    label: str
    value: str
    weight: float


BARE = 0.5
"""The weight of a label that stands on a line by itself, without so much as a colon. A story may be called so."""
_LABEL_ENDS = 50
_GLUED_AT_MOST = 3_000
"""Characters of a line in which further labels are looked for: a whole header made one paragraph."""
_REMEMBERED_AT_MOST = 200
"""Characters of a line that is remembered: it is asked for twice, and ``Rating: PG`` comes in story after story."""
_DASH = re.compile(r"\s*(?:--+|[–—]|\s[-~=]+(?=\s)|-(?=\s)|\s-)")
_DASHES = re.compile("[-–—~=]")
_SIGN = re.compile(r"[:：?\t\[–—~=<+*_-]|  |\.\.")
"""One of these parts every label from its value, but for bold face that was lost."""
_GAP = re.compile(r"\t| {2}")
_BARE = re.compile(
    r"(Title|Author|Rating|Rated|Disclaimer|Summary|Spoilers|Pairings?|Fandom|Feedback|Archive|Distribution"
    r"|Warnings?|Content Warnings?|Characters|Category|Genre|Words(?=\s+\d)"
    r"|(?-i:(?:Setting|Time(?:line|frame)|(?:Author['’]?s )?Notes|Relationships?|Synopsis|E-?mail|Status|Word Count)"
    r"(?=\s+(?!I\b)[A-Z\d\"“])))\s+(?!(?-i:of|is|was|are|were|and)\b)(?=\S)",
    re.IGNORECASE,
)
_INNER_COLON = re.compile(r"(?<=[A-Za-z)*/])\s?:(?!//)")
_BRACKETED = re.compile(
    r"\s{0,8}(?:\[(?P<inside>[A-Za-z][A-Za-z\d '’/()?&]{1,28})\]|<(?P<angled>[A-Za-z][A-Za-z\d '’/()?&]{1,28})>"
    r"|(?P<mark>[~=+*_-]{1,3})(?P<marked>[A-Za-z][A-Za-z\d '’/()?&]{1,28})(?P=mark)"
    r"(?P<small>(?<=[A-Za-z)'/][*_-])\s+(?=[a-z]))?)\s*[:–—-]?\s*(?=\S)"
)
_LEADERS = re.compile(r"\s?\.{3,}:?\s*")
"""``Title ........ The Lamp Room``"""
_ASKED = re.compile(r"([A-Z][A-Za-z/]{3,20})\? (?=\S[^?]{0,150}\Z)")
_REMARK = re.compile(r"\([^()]{1,60}\)[\s–—-]*")
_TRAILING = " \t\u00a0|;•·/"


def labelled(line: str) -> tuple[Labelled, ...]:
    """The fields that *line* claims: none, one, or all that were run together on it.

    >>> [(f.key, f.value) for f in labelled("Rating: PG  Pairing: W/T")]
    [('rating', 'PG'), ('pairing', 'W/T')]
    """
    return _remembered(line) if len(line) <= _REMEMBERED_AT_MOST else _labelled(line)


def _labelled(line: str) -> tuple[Labelled, ...]:
    if " | " in line and (piped := _piped(line)):
        return piped
    if " :: " in line and (parted := _parted_by_colons(line)):
        return parted
    first = _parted(line) if _SIGN.search(line, 0, _LABEL_ENDS) else None
    first = first or _alone(line) or _bare(line)
    if first is None:
        return ()
    if others := _shared(first):
        return (first, *others)
    if first.key == "pairing" and not _CONNECTED.search(first.value) and "characters" in keys_of(first.label):
        return (first._replace(key="characters"),)
    if first.key == "other" and first.label.strip("*_ ").lower() in ("stats", "statistics"):
        return (first._replace(value=""), *_labelled(first.value))
    fields = tuple(_unglued(first)) if ":" in first.value and len(line) <= _GLUED_AT_MOST else (first,)
    return (*fields[:-1], *_told_behind(fields[-1])) if " - " in fields[-1].value else fields


_FACT = re.compile(r"(?i)(?P<words>\d[\d,]* words)|(?P<status>complete|completed|in[- ]progress|wip)")


def _told_behind(field: Labelled) -> Iterator[Labelled]:
    """*field*; behind a day archives tell more without labels: ``Updated: 2007-05-06 - 131 words - Complete``."""
    value, *others = field.value.split(" - ")
    facts = [_FACT.fullmatch(other.strip()) for other in others] if field.key in ("published", "updated") else [None]
    yield field._replace(value=value) if all(facts) else field
    for fact in facts if all(facts) else ():
        yield Labelled(str(fact and fact.lastgroup), "", fact[0] if fact else "", 0)


def _parted(line: str) -> Labelled | None:
    """A label and its value, where a sign stands between them."""
    with_sign = _with_colon(line) or _with_leaders(line) or _with_dash(line) or _with_gap(line)
    return with_sign or _in_brackets(line) or _asked(line)


_remembered = lru_cache(maxsize=4_096)(_labelled)


def _field(label: str, value: str, strong: float, weak: float) -> Labelled | None:
    key = label_of(label)
    if key is None:
        return None
    value = clean_value(value, label)
    weight = strong if is_strong(label) else weak
    return Labelled(key, label.strip(), value, 0 if key == "rating" and _is_no_rating(value) else weight)


def _is_no_rating(value: str) -> bool:
    """``Rating: two stakes out of five``: somebody's opinion of a play, which says nothing for a header."""
    return bool(value) and not is_nothing(value) and read_rating(value).value == "not_rated" and not rating_value(value)


def _with_colon(line: str) -> Labelled | None:
    at = line.find(":", 0, _LABEL_ENDS)
    if at < 0:
        at = line.find("：", 0, _LABEL_ENDS)
    if at <= 0 or line[at : at + 3] == "://" or (line[at - 1].isdigit() and line[at + 1 : at + 3].isdigit()):
        return None  # an address, an hour
    return _field(line[:at], line[at + 1 :].removeprefix("- "), 2, 1)


def _with_dash(line: str) -> Labelled | None:
    match = _DASH.search(line, 2, _LABEL_ENDS) if _DASHES.search(line, 2, _LABEL_ENDS) else None
    return _field(line[: match.start()], line[match.end() :], 1.5, 0) if match else None


def _with_gap(line: str) -> Labelled | None:
    start = len(line) - len(line.lstrip())
    match = _GAP.search(line, start, _LABEL_ENDS)
    return _field(line[: match.start()], line[match.end() :], 1.5, 0) if match else None


def _in_brackets(line: str) -> Labelled | None:
    """``[Title] A Coat for Winter``, ``~Title~ A Coat for Winter``, but not ``*Time* was that``"""
    match = _BRACKETED.match(line)
    found = marked(line) if match else None
    return None if match and match["small"] and found and not is_strong(found.label) else found


def marked(line: str) -> Labelled | None:
    """The label of *line* that stands in brackets or between marks."""
    match = _BRACKETED.match(line)
    label = match and (match["inside"] or match["angled"] or match["marked"])
    return _field(label, line[match.end() :], 1.5, 0) if match and label else None


def _with_leaders(line: str) -> Labelled | None:
    match = _LEADERS.search(line, 2, _LABEL_ENDS) if ".." in line[:_LABEL_ENDS] else None
    return _field(line[: match.start()], line[match.end() :], 1.5, 0) if match else None


def _asked(line: str) -> Labelled | None:
    """``Spoilers? Band Candy, big time``"""
    match = _ASKED.match(line)
    return _field(match[1], line[match.end() :], 1, 0) if match and is_strong(match[1]) else None


def _piped(line: str) -> tuple[Labelled, ...]:
    """``Corridor 9 | Author: Rue | Rating: PG``: a whole header on a line; what stands before it is the title."""
    segments = [segment.strip() for segment in line.split("|")]
    found = [_with_colon(segment) for segment in segments]
    labels = [field for field in found if field]
    if len(labels) < 2 or sum(is_strong(field.label) for field in labels) < 2:
        return ()
    named = found[0] is None and segments[0] and len(segments[0]) <= _LABEL_ENDS
    title = (Labelled("title", "", clean_value(segments[0]), 1),) if named else ()
    return (*title, *labels)


def _parted_by_colons(line: str) -> tuple[Labelled, ...]:
    """``Views: 4110 :: Published: 12 May 2004``: what is known of a row of facts, each of which has a label."""
    segments = line.split(" :: ")
    found = [_with_colon(segment) for segment in segments] if all(": " in s for s in segments) else []
    return tuple(field for field in found if field)


_SHARING = frozenset(("fandom", "pairing", "characters", "rating", "warnings"))
_PIECES = re.compile(r"\s*[,;|]\s+|\s+[-–—/]\s+|(?<=\w)\.\s+(?=[A-Z])")
_CONNECTED = re.compile(r"\w\s?[/&+]\s?\w|\bx\b")


def _shared(first: Labelled) -> tuple[Labelled, ...]:
    """The other fields of a label like ``Fandom/Pairing``, with the pieces of its value that are theirs."""
    keys = keys_of(first.label) if first.value else ()
    if len(keys) != 2 or not _SHARING.issuperset(keys):
        return ()
    pieces = [piece for piece in _PIECES.split(first.value) if piece]
    belonging = [piece for piece in pieces if _belongs(piece, keys)]
    others = [piece for piece in pieces if piece not in belonging]
    return (Labelled(keys[1], first.label, ", ".join(others), first.weight),) if belonging and others else ()


def _belongs(piece: str, keys: tuple[str, ...]) -> bool:
    """Is *piece* what the first of *keys* means, rather than the second?"""
    if keys[0] == "rating":
        return read_rating(piece).value != "not_rated"
    return bool(_CONNECTED.search(piece)) if keys[0] == "pairing" else False


def _alone(line: str) -> Labelled | None:
    """A label that has lost its colon and has its value on the next line."""
    if len(line) > _ALONE_AT_MOST or "," in line or not is_strong(line):
        return None
    return _field(line, "", BARE if _DRAWN.fullmatch(line.strip()) is None else 1.5, 0)


_ALONE_AT_MOST = 39
_DRAWN = re.compile(r"([~*=+<>•#-]{2,}|[|\[]).*[~*=+<>•#\]|-]+")
"""``~~~~ Disclaimer ~~~~``"""


def _bare(line: str) -> Labelled | None:
    return without_sign(line) if len(line) < _BARE_AT_MOST else None


_BARE_AT_MOST = 120


def without_sign(line: str) -> Labelled | None:
    """A label whose bold face was its only separator, lost when the page became text."""
    match = _BARE.match(line)
    return _field(match[1], line[match.end() :], 1, 0) if match else None


def lost_its_sign(found: Labelled, line: str) -> bool:
    """Is *found* a label of *line* with nothing but a blank behind it?"""
    text = line.strip()
    if not found.value or not text.startswith(found.label):
        return False
    behind = text[len(found.label) :]
    return behind.lstrip() == behind[1:] == found.value


def _unglued(first: Labelled) -> Iterator[Labelled]:
    """*first*, cut where its value runs into the next label: ``NC-17 Category: Angst``."""
    cuts = [c for c in _inner_labels(first.value) if c.key != first.key]
    ends = [*(c.start for c in cuts[1:]), len(first.value)]
    values = [first.value[c.value_at : end].strip(_TRAILING) for c, end in zip(cuts, ends, strict=False)]
    cuts = [c for c, value in zip(cuts, values, strict=True) if c.key != "rating" or not _is_no_rating(value)]
    strong = sum(is_strong(c.label) for c in cuts)
    whole = first.key == "rating" and cuts and rating_value(first.value[: cuts[0].start].strip(_TRAILING))
    columns = any(_COLUMN.fullmatch(first.value, c.start - 2, c.start) for c in cuts)
    needed = 1 if columns else 2 if first.key in _NAMES or not (strong or whole) else 1
    if cuts and _REMARK.fullmatch(first.value, 0, cuts[0].start):  # "Warning (contains spoilers) - Spoiler: ..."
        first, cuts = first._replace(value=first.value[cuts[0].value_at :].strip()), []
    if len(cuts) < needed or (not strong and first.key in LONG_KEYS and not columns):
        cuts = []
    ends = [*(c.start for c in cuts), len(first.value)]
    values = [first.value[: ends[0]], *(first.value[c.value_at : end] for c, end in zip(cuts, ends[1:], strict=True))]
    stopped = len(cuts) > 1 and all(_STOPPED.search(value) for value in values[:-1])
    yield Labelled(first.key, first.label, _unstopped(first.key, values[0], stopped), first.weight)
    for cut, value in zip(cuts, values[1:], strict=True):
        yield Labelled(cut.key, cut.label, _unstopped(cut.key, value, stopped), 2 if is_strong(cut.label) else 1)


_COLUMN = re.compile(r"  |.\t")
"""Before a label that stands beside another on its line: ``Title: Salt   Author: Rue``."""
_STOPPED = re.compile(r"[.!?…][\"”’]?\s*\Z")


def _unstopped(key: str, value: str, stopped: bool) -> str:
    """``Winter Count.`` where every field of the paragraph ends as a sentence does: the stop is not the name's."""
    value = _trimmed(value)
    return value[:-1] if stopped and key not in LONG_KEYS and value.endswith(".") and value[-2:] != ".." else value


_NAMES = frozenset(("title", "book", "series", "chapter_title", "other"))
"""Fields in which a colon is likely to be the title's own: ``Hard Times: For These Times``."""


class _Cut(NamedTuple):
    key: str
    label: str
    start: int
    value_at: int


def _inner_labels(value: str) -> Iterator[_Cut]:
    """Labels inside a value. They begin with a capital; the longest run of words that is a label wins. After a comma
    or at the start it is part of a list, ``Novel, Character: Governess``."""
    for match in _INNER_COLON.finditer(value):
        base = max(0, match.start() - _LABEL_ENDS)
        for start in _last_words(value, base, match.start()):
            label = value[start : match.start()]
            named = label.lstrip("*_([|•-")
            key = label_of(label) if named[:1].isupper() and not named.startswith("The ") else None
            if key:
                if value[base:start].rstrip()[-1:] not in ("", ","):
                    yield _Cut(key, label, start, match.end())
                break


def _last_words(value: str, base: int, end: int) -> list[int]:
    """Where the last three words of that stretch of *value* begin."""
    starts: list[int] = []
    for word in reversed(value[base:end].rsplit(None, 3)[-3:]):
        end = value.rindex(word, base, end)
        starts.insert(0, end)
    return starts


def _trimmed(value: str) -> str:
    value = value.strip(_TRAILING)
    return value.rstrip("-–—").rstrip() if value.endswith((" -", " --", " –", " —")) else value


_ENDS = frozenset("*_]")


def clean_value(value: str, label: str = "") -> str:
    """*value* without the marks that belong to its label or stand around all of it."""
    value = value.strip()
    if value[:2] in (": ", ":\t"):
        value = value[2:].lstrip()
    if value[-1:] not in _ENDS and value[:1] not in _ENDS:
        return value
    opened = label.lstrip(" \t•·-")[:1]
    if opened in ("*", "_") and label.rstrip()[-1:] != opened:
        value = value.strip(opened).strip()
    if "[" in label and value.endswith("]") and "[" not in value:
        value = value[:-1]
    for mark in ("**", "__", "*", "_"):
        inside = value[len(mark) : -len(mark)]
        if value.startswith(mark) and value.endswith(mark) and inside and mark not in inside:
            return inside.strip()
    return value
