"""Lines that may be the heading of a chapter: what kind, which number, which title."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache

_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
)
NUMBER_WORDS = frozenset(_WORDS.split())
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth last"
)
_NUMBER_OF = {
    **{word: n for n, word in enumerate(_WORDS.split(), 1)},
    **{word: n for n, word in enumerate(_ORDINALS.split(), 1)},
    **_TENS,
}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_TENS_WORD = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_WORDS.split()[:9])}))?"
_ANY_NUMBER = rf"\d{{1,4}}|[ivxlc]{{1,9}}|{_TENS_WORD}|(?:the )?(?:{'|'.join((_WORDS + ' ' + _ORDINALS).split())})"
KINDS = {
    "chapter": "chapter", "chap": "chapter", "ch": "chapter", "chapitre": "chapter", "kapitel": "chapter",
    "capitulo": "chapter", "capítulo": "chapter",
    "part": "part", "pt": "part", "partie": "part", "teil": "part", "book": "book", "volume": "book", "vol": "book",
    "episode": "part", "section": "part", "act": "part", "installment": "part", "phase": "part",
}  # fmt: skip
NAMED = "prologue|prolog|epilogue|epilog|interlude|intermezzo|foreword|preface|afterword|coda|conclusion|teaser"
_MARKS = " \t*_#=~-–—<>[]()•:"

_OF = rf"(?: ?(?:/|of) ?(?:\d{{1,4}}|\?|{_WORDS.replace(' ', '|')}))?"
_COUNTED = rf"(?P<kind>{'|'.join(KINDS)})\b\.? *#?(?P<number>{_ANY_NUMBER}){_OF}"
_TITLED = r"(?:[ ,:.)\]–—-]+(?P<title>[^\s,:.)\]–—-].*))?[ .:)\]]*"
_WITH_KIND = re.compile(rf"(?i){_COUNTED}{_TITLED}")
_FINER = re.compile(rf"(?i)(?P<before>.{{1,80}})[,:.–—-] *{_COUNTED}{_TITLED}")
_ALONE = re.compile(rf"(?i)#?(?P<number>\d{{1,3}}|[ivxlc]{{1,9}}|{_WORDS.replace(' ', '|')})[.:)]?")
_NUMBERED = re.compile(
    rf"(?P<number>\d{{1,3}}|[IVXLC]{{1,7}}|(?i:{_WORDS.replace(' ', '|')}))(?:[.):]| [-–—]+)\s+"
    r"(?P<title>[^\W\d_a-z].{0,100}|[\"“].{0,100})"
)
_SMALL_NUMBERED = re.compile(r"(?P<number>[ivxl]{1,5})[.)] (?P<title>[a-z'’ -]{2,40})")
"""``iii. paper``, all of it in small letters."""
_BY_NAME = re.compile(rf"(?i)(?P<kind>{NAMED})(?: (?P<number>{_ANY_NUMBER}))?(?:\W{{1,4}}(?P<title>.*)|\W*)")
_FIRST = {word[0] for word in (*KINDS, *NAMED.split("|"), *_WORDS.split(), *_ROMAN)}
_NEVER_FIRST = frozenset(string.ascii_letters) - _FIRST - {letter.upper() for letter in _FIRST}
"""With these no heading begins: a third of all paragraphs."""
_BEGINS = re.compile(
    rf"(?=[{''.join(letter + letter.upper() for letter in sorted(_FIRST))}\d])"
    rf"(?:(?i:{'|'.join(KINDS)}|{NAMED}|(?:{_WORDS.replace(' ', '|')})(?:[.):]| [-–—])|[ivxl]{{1,5}}[.)] )"
    rf"|(?:\d{{1,3}}|[IVXLC]{{1,7}})(?:[.):]| [-–—]))"
)
"""How a heading begins that is no mere number."""
_FINER_AT_LEAST = len("A, ch1")
_NUMBER_AT_MOST = 12
_LONGEST = 140
_TITLE_AT_MOST = 70


@dataclass(frozen=True, slots=True)
class Heading:
    """``kind`` is chapter, part, book, named (a prologue), numeral (``IV``) or numbered (``4. The Door``)."""

    kind: str
    number: int | None
    text: str
    titled: bool


def heading_of(line: str) -> Heading | None:
    """*line* as a heading, or None. Whether it really is one shows only in the sequence of all of them.

    >>> heading_of("** CHAPTER XII: The Door **")
    Heading(kind='chapter', number=12, text='CHAPTER XII: The Door', titled=True)
    """
    if len(line) <= _NUMBER_AT_MOST:
        return _remembered(line)
    return _heading_of(line) if len(line) <= _LONGEST else None


def _heading_of(line: str) -> Heading | None:
    text = line.strip(_MARKS)
    if not text or not text[0].isalnum():
        return None
    # a sentence is not worth the search for a level within: most short paragraphs are speech
    may_be_finer = len(text) >= _FINER_AT_LEAST and (text[-1].isalnum() or text.isupper())
    if text[0] in _NEVER_FIRST and not may_be_finer:
        return None
    finer = _FINER.fullmatch(text) if may_be_finer else None
    if not finer and not _BEGINS.match(text):
        match = _ALONE.fullmatch(text) if len(text) <= _NUMBER_AT_MOST else None
        return _heading("numeral", match, text) if match else None
    match = finer or _WITH_KIND.fullmatch(text)
    if match and (heading := _heading(KINDS[match["kind"].lower()], match, text)):
        return heading
    if match := _BY_NAME.fullmatch(text):
        return _heading("named", match, text)
    if match := _ALONE.fullmatch(text):
        return _heading("numeral", match, text)
    if match := _SMALL_NUMBERED.fullmatch(text):
        return _heading("numbered", match, text)
    if (match := _NUMBERED.fullmatch(text)) and not text.endswith((".", "!", ",", ";", ":")):
        return _heading("numbered", match, text)
    return None


_remembered = lru_cache(maxsize=2_000)(_heading_of)
"""For the shortest lines: ``IV`` comes in story after story."""


def _heading(kind: str, match: re.Match[str], text: str) -> Heading | None:
    before = match.groupdict().get("before")
    if before and not is_titular(before.rstrip(" ,:.-–—")):
        return None
    number = number_of(match["number"]) if match["number"] else None
    if match["number"] and number is None:
        return None
    title = match.groupdict().get("title")
    if title and kind != "numbered" and not _may_follow(text[: match.start("title")], title):
        return None
    return Heading(kind, number, text.rstrip(" .:"), bool(title))


def _may_follow(before: str, title: str) -> bool:
    """After a colon or a dash nearly anything is a title; after a mere blank only what is written like one."""
    if before.rstrip()[-1:].isalnum():
        return is_titular(title)
    return title[-1] not in ",;" and not (title[-1] in ".!?" and (title[0].islower() or len(title) > _TITLE_AT_MOST))


_SLUG_LINE = re.compile(r"(?:INT|EXT)\b")
"""The first line of a scene in a screenplay."""
_SPEECH = re.compile(r"[\"“].*[.,!?]+[\"”]")
_SMALL = 3
"""Letters of the longest words that stay small in a title: of, and, the. (With, from are longer and rarer.)"""


def is_titular(text: str) -> bool:
    """Is *text* written as a title: every word of some length with a capital, and no sentence?"""
    words = [word.strip("\"'“”‘’()") for word in text.split()]
    if not words or not words[0][:1].isupper() or _SPEECH.fullmatch(text) or _SLUG_LINE.match(text):
        return False
    if text[-1] in ",;:!" or (text[-1] == "." and not text.isupper()):
        return False
    return all(not word[:1].islower() or len(word) <= _SMALL or word in ("with", "from", "into") for word in words)


def number_of(written: str) -> int | None:
    """A number in digits (at most nine), Roman numerals or English words; None when it is none.

    >>> number_of("xiv"), number_of("Twenty-one"), number_of("Last"), number_of("ilk")
    (14, 21, 20, None)
    """
    plain = written.lower().removeprefix("the ")
    if plain.isdecimal():
        return int(plain) if len(plain) < 10 else None
    if plain in _NUMBER_OF:
        return _NUMBER_OF[plain]
    tens, _, ones = plain.replace("-", " ").partition(" ")
    if tens in _TENS and ones in _NUMBER_OF:
        return _TENS[tens] + _NUMBER_OF[ones]
    return _roman(plain)


def _roman(letters: str) -> int | None:
    """Also what nobody should write but many do (``VIIII``), as long as it never grows twice."""
    values = [_ROMAN.get(letter, 0) for letter in letters]
    if not values or 0 in values:
        return None
    total = sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))
    return total if total > 0 else None
