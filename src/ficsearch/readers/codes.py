"""A line of codes, as lists and journals had them: ``PG-13. Gen. House & Wilson. Spoilers through "Pilot"``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ficsearch.ratings import rating_value
from ficsearch.readers.sentences import STOPS
from ficsearch.story import Claim
from ficsearch.values import split_outside

_FANDOM_AT_MOST = 40
CODE_LINE_AT_MOST = 160
"""Characters of a line of codes."""
_CODE_KINDS = re.compile(
    r"(?i)gen|het|slash|fem(?:me)?slash|angst|humou?r|drama|drabble|ficlet|romance|fluff|pwp|au|crossover"
    r"|no (?:pairings?|slash|ships?|romance)"
)
_CODE_SPOILERS = re.compile(
    r"(?i)no spoilers(?: (?:that i know of|at all|really|here))?"
    r"|spoilers? (?:for|through|thru|up to|to|until) .{2,80}|post-.{2,30}"
    r"|[\w.:'’ -]{2,30} spoilers"
    r"|(?:and )?(?:it )?spoils (?:everything|all|up|through|season) .{2,80}"
)
_CODE_PAIR = re.compile(r"[\w.'’ -]{1,24}(?:(?:\s?[/&+]\s?| [xX] )[\w.'’ -]{1,24}){1,3}(?:\([^()]{1,40}\))?")
_CODE_PEOPLE = re.compile(r"[A-Z][\w'’]{1,20}(?: [A-Z][\w'’]{1,20})? and [A-Z][\w'’]{1,20}(?: [A-Z][\w'’]{1,20})?")
"""``Sam and Dean``"""
_CODE_FANDOM = re.compile(r"[A-Z][\w.:'’&-]*(?: [\w.:'’&-]+){0,4}")
_RATED = re.compile(r"(?i)rated:? ")
_CODE_WORDS = re.compile(r"(?i)(?:about |around |~)?\d[\d,.]*k? words")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3} words)")
_CODE_SERIES = re.compile(r"TOS|TNG|DS9|VOY|ENT|BtVS|BTVS|AtS|SG-?1|SGA|XF|HP|SPN")
_UNBRACKETED = re.compile(r"([^,;|()\[\]]*)[,;|]")
"""The first piece, where it has no brackets."""


def code_claims(number: int, line: str) -> tuple[Claim, ...]:
    """What a line of codes says: ``PG-13. Gen. House & Wilson. Spoilers through "Pilot"``; () for any other line.

    Each piece has to be a code, one of them the rating.
    """
    text = line.strip(" \t*_()[]")
    coded = _codes(text) if 4 < len(text) <= CODE_LINE_AT_MOST else ()
    return tuple(Claim(key, piece, f"line {number}") for key, piece in coded) if coded else ()


@lru_cache(maxsize=2_000)
def _codes(text: str) -> tuple[tuple[str, str], ...]:
    """Field and value of each code. The lines of a header are asked three times or four."""
    if not any(mark in text for mark in (", ", ". ", " | ", "; ", " · ", " • ")):
        return ()
    parted = STOPS.sub("; ", text.replace(" · ", "; ").replace(" • ", "; "))
    parted = parted if " | " in parted else _THOUSANDS.sub("", parted)  # between strokes stands a title first
    first = _UNBRACKETED.match(parted)
    if first and not _may_begin_codes(first[1].strip(" .*_"), text.count(",")):
        return ()  # prose need not be parted
    pieces = [piece.strip(" .*_") for piece in split_outside(parted, ",;|")]
    keys = _keys_of(pieces)
    if len(pieces) < 2 or None in keys or "rating" not in keys:
        return ()
    told = ((key, _RATED.sub("", piece) if key == "rating" else piece) for key, piece in zip(keys, pieces, strict=True))
    return tuple((key, piece) for key, piece in told if key)


def _may_begin_codes(first: str, commas: int) -> bool:
    """Can *first* be the first of codes: one itself, or a fandom?"""
    if not first or may_name_fandom(first) or (len(first) <= _FANDOM_AT_MOST and commas > 2):
        return True
    return code_key(first) is not None


def _keys_of(pieces: Sequence[str]) -> list[str | None]:
    """The field of each of *pieces*. One that is no code may be the fandom, and the last a note."""
    keys = [code_key(piece) for piece in pieces]
    if len(pieces) > 3 and keys[-1] is None and pieces[-1].startswith("for "):
        keys[-1] = "notes"  # "gen, House MD, G, 400 words, for a prompt"
    strange = [n for n, key in enumerate(keys) if key is None]
    if len(strange) == 1 and len(pieces) > 2 + (strange[0] > 0):
        # "due South, F/K, R, 100 words", "Leverage, gen, G, 100 words"
        first = strange == [0] and len(pieces) > 3 and len(pieces[0]) <= _FANDOM_AT_MOST
        if first or may_name_fandom(pieces[strange[0]]):
            keys[strange[0]] = "fandom"
    if len(pieces) > 2 and keys[-1] is None:
        keys[-1] = "notes"  # "PG. F/V. Some swearing (Ray's)."
    return keys


_SURE_IN_SMALL = frozenset(("pg", "pg-13", "pg13", "pg-15", "pg15", "nc-17", "nc17", "adult"))
"""Ratings that are no word, however they are written."""


def is_rating_code(word: str) -> bool:
    """Is *word* a rating that nobody would write for anything else: ``R`` (not ``r``), ``NC-17``, ``pg``?"""
    if word.upper() != word or word.isdigit():
        return word in _SURE_IN_SMALL
    return rating_value(word) is not None


def may_name_fandom(piece: str) -> bool:
    """Is *piece* written as the name of a fandom may be?"""
    return _CODE_FANDOM.fullmatch(piece) is not None


def code_key(piece: str) -> str | None:
    """The field of one code, or None."""
    bare = _RATED.sub("", piece)
    if is_rating_code(bare) or (bare != piece and rating_value(bare) is not None):
        return "rating"
    if _CODE_WORDS.fullmatch(piece):
        return "words"
    if _CODE_KINDS.fullmatch(piece):
        return "keywords"
    if _CODE_SERIES.fullmatch(piece):
        return "fandom"
    if _CODE_SPOILERS.fullmatch(piece):
        return "spoilers"
    if _CODE_PEOPLE.fullmatch(piece):
        return "characters"
    return "pairing" if _CODE_PAIR.fullmatch(piece) else None
