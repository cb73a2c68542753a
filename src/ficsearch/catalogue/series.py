"""Series: ``Part 2 of The Lantern Years``, ``Lantern Years #3`` -> name and index."""

from __future__ import annotations

import re

from ficsearch.readers.headings import NUMBER_WORDS, number_of
from ficsearch.story import Series
from ficsearch.values import is_nothing, plain

_ORDINALS = {
    word: n
    for n, words in enumerate(
        ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th", "eighth 8th"), 1
    )
    for word in words.split()
}
_WORD = r"(?:part|book|story|number|no\.?|volume|vol\.?|episode|installment|instalment|#)"
_INDEX = r"(?P<index>\d{1,3}(?:\.\d)?)"
_ORDINAL = r"(?P<ordinal>" + "|".join(_ORDINALS) + r")"
_FORMS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"(?:{_WORD}\s*)?{_INDEX}(?:\s*(?:/|of)\s*\d+)?,?\s*(?:of|in|from)\s+(?P<name>\S.*)",
        rf"(?:the\s+)?{_ORDINAL}(?:\s+{_WORD})?\s+(?:of|in|from)\s+(?P<name>\S.*)",
        rf"(?P<name>.*\S)[\s,:;–—-]*[(\[]\s*(?:{_WORD}\s*)?{_INDEX}(?:\s*(?:/|of)\s*[\d?]+)?\s*[)\]]",
        rf"(?P<name>.*[^\s,:;–—-])[\s,:;–—-]*{_WORD}\s*{_INDEX}(?:\s*(?:/|of)\s*[\d?]+)?",
        r"(?P<name>.*[^\s,:;–—\d-])[\s,:;–—-]+(?P<index>\d{1,2})(?:/[\d?]+)?",
        rf"(?P<name>.*[^\s,:;–—-])[\s,:;–—(-]+(?:the )?"
        rf"(?:{_WORD}\s+(?P<word>{'|'.join(sorted(NUMBER_WORDS))})|{_ORDINAL}\s+{_WORD})\)?",
    )
)
_INDEX_ALONE = re.compile(rf"(?:{_WORD}\s*)?{_INDEX}(?:\s*(?:/|of)\s*[\d?]+)?\.?", re.I)
_WORD_SERIES = re.compile(r"\s+series$", re.I)
_OTHER_STORY = re.compile(r"(?:(?:pre|se)quel|companion|follow-?up)\s+to\b", re.I)
_SAID_NO = frozenset(
    {"yes", "stands alone", "stand alone story", "standalone", "stand-alone", "stand alone", "one-shot", "oneshot"}
)
_NONE_SO_FAR = re.compile(
    r"(?:none|nope|not|no)(?:,? (?:yet|planned|so far|really|at the moment|that i know of|one))+", re.I
)
_LONGEST = 200
_FOLLOWED = re.compile(
    r"(?<=\w)[\s,;.–—-]*(?:[(\[]\s*(?P<aside>(?:a )?(?:sequel|follow-?up) to [^()\[\]]+)[)\]]"
    r"|[,;.]\s*(?P<after>(?:a )?(?:sequel|follow-?up) to .+))\s*\Z",
    re.I,
)
"""``Lantern Years #3 (sequel to "The Lamp Room")``: the series, and the story before this one."""


def read_series(text: str) -> Series | None:
    """The series that *text* names; None for "none", "standalone", an index without a name, and
    for the sequel of a story: that story is no series.

    >>> read_series("Part 2 of The Lantern Years"), read_series("Lantern Years #3")
    (Series(name='The Lantern Years', index=2.0), Series(name='Lantern Years', index=3.0))
    """
    line = _FOLLOWED.sub("", plain(text)[:_LONGEST]).strip(" .")
    if (
        is_nothing(line)
        or line.lower() in _SAID_NO
        or _NONE_SO_FAR.fullmatch(line)
        or _OTHER_STORY.match(line)
        or read_index(line) is not None
    ):
        return None
    for form in _FORMS:
        if match := form.fullmatch(line):
            return Series(_name(match["name"]), _index(match.groupdict()))
    return Series(_name(line))


_SEQUEL = re.compile(
    r"(?:this is )?(?:an? |the )?(?:direct )?(?:sequel|follow-?up)(?: story)?\s*(?:to|of|:)\s*(?P<name>\S.*)", re.I
)
_NAMED_SO = re.compile(r"sequel|follow", re.I)


def read_sequel(text: str, label: str = "") -> str | None:
    """The story that *text* says this one is the sequel to; *label*, as written, may say so before it.

    >>> read_sequel('Sequel to "The Lamp Room"'), read_sequel("The Lamp Room", "SequelTo"), read_sequel("Lantern Years")
    ('The Lamp Room', 'The Lamp Room', None)
    """
    line = plain(text)[:_LONGEST].strip(" .")
    if behind := _FOLLOWED.search(line):
        line = (behind["aside"] or behind["after"]).strip()
    match = _SEQUEL.match(line)
    name = match["name"] if match else line if _NAMED_SO.match(label) and not _OTHER_STORY.match(line) else ""
    return None if is_nothing(name) or name.lower() in _SAID_NO else _name(name)


def read_index(text: str) -> float | None:
    """The place in a series where only that is told: ``2``, ``Part 2``, ``2 of 5``."""
    match = _INDEX_ALONE.fullmatch(text.strip())
    return float(match["index"]) if match else None


def _index(parts: dict[str, str | None]) -> float:
    ordinal = parts.get("ordinal")
    if word := parts.get("word"):
        return float(number_of(word) or 0)
    return float(_ORDINALS[ordinal.lower()]) if ordinal else float(parts["index"] or 0)


def _name(name: str) -> str:
    """The name as written, without "series" and quotes; ``the`` before it is grammar, ``The`` belongs to it."""
    return _WORD_SERIES.sub("", _GRAMMAR.sub("", name.strip(" ,:;–—-"))).strip("\"“”'")


_GRAMMAR = re.compile(r"\Athe (?![a-z])")
"""``Part 5 of the bunker almanac``: all of it is the name where none of it has capitals."""
