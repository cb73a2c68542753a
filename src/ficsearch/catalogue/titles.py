"""The title of a story and its part: ``FIC: "The Gift" (2/5)`` -> title, and what it says of parts and status.

Lists and boards put the part into the title (Usenet's ASC rules: name, part of parts, rating in brackets); archives
keep it apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ficsearch.catalogue.genres import is_genre
from ficsearch.ratings import rating_value
from ficsearch.values import plain

_COUNTING = "one two three four five six seven eight nine ten eleven twelve"
_WORDS = _COUNTING.split()
_NUMBER_WORDS = {word: n for n, word in enumerate(_WORDS, 1)}
_NUMBER = r"(?P<{0}>\d{{1,3}}|(?-i:[IVXL]+\b)|" + "|".join(_WORDS) + r")"
_OF = r"(?:\s*(?:/|\bof\b)\s*(?:\?+|" + _NUMBER.format("all") + r"))"
_PART_WORD = r"(?:part|pt|chapter|chap|ch)\b\.?\s*"

_PREFIX = re.compile(
    r"\A\s*(?:[A-Z][\w'’.&/-]{0,20} (?:[\w'’.&/-]{1,20} ){0,2}(?=(?:fan)?fic(?:let|tion)?:))?"
    r"(?:(?:\[[^\]]{1,30}\]\s*)?\b(?:re|fwd|fw|subject|fic|fanfic|newfic|new|rep|repost)\s*:\s*(?:\[[^\]]{1,30}\]\s*)?)+",
    re.I,
)
_STATUS = re.compile(r"(?P<done>completed?|finished|done)|wip|in[ -]progress|unfinished|incomplete", re.I)
_TAGS = re.compile(r"[\s-]*[(\[](?P<tags>[^()\[\]]{1,60})[)\]]$")
_PARTS = tuple(
    re.compile(form, re.I)
    for form in (
        rf"[\s,:–—-]*[(\[]\s*{_PART_WORD}{_NUMBER.format('part')}{_OF}?\s*[)\]]$",
        r"[\s,:–—-]*[(\[]\s*(?P<part>\d{1,3})\s*(?:/|\bof\b)\s*(?:\?+|(?P<all>\d{1,3}))\s*[)\]]$",
        r"\s*[(\[](?P<part>\d\d?)[)\]]$",
        rf"[\s,:–—(-]+{_PART_WORD}{_NUMBER.format('part')}{_OF}?$",
        r"[\s,:–—-]+(?P<part>\d{1,3})\s?(?:/|\bof\b)\s?(?:\?+|(?P<all>\d{1,3}))$",
    )
)
_ENDS_OF_PARTS = (*")]?0123456789ivxl", *_WORDS)
_SIGNS_OF_PARTS = (")", "]", "/", "of", "part", "pt", "ch")
"""One of these is in every part, in small letters."""
_QUOTES = {'"': '"', "“": "”", "«": "»", "„": "“", "‘": "’", "'": "'"}
_BY = re.compile(r"(?P<title>[\"“«„].+[\"”»“])\s*,?\s*by\s+(?P<author>\S.{0,60})", re.I)

_LONGEST = 300
"""A longer title is no title line but something that a program put there: it is left as it is."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A title without its furniture. ``part`` of ``parts`` (None where not told, or ``?``); ``status`` and
    ``author`` where the line tells them; ``chapter`` is the heading of a chapter that stands behind the title."""

    title: str
    part: int | None = None
    parts: int | None = None
    status: str | None = None
    author: str | None = None
    chapter: str | None = None


def read_heading(text: str) -> Heading:
    """What a title line says.

    >>> read_heading('FIC: "The Gift" (2/5)')
    Heading(title='The Gift', part=2, parts=5, status=None, author=None)
    """
    if len(text) > _LONGEST:
        return Heading(text.strip())
    line = plain(_PREFIX.sub("", text, count=1) if ":" in text else text)
    heading = _without_tags(Heading(line or text.strip()))
    heading = _without_chapter(_without_part(heading))
    heading = _without_tags(heading)
    if match := _BY.fullmatch(heading.title):
        heading = replace(heading, title=match["title"], author=match["author"])
    return replace(heading, title=capitals_lowered(_unquoted(heading.title.strip(" -–—"))) or line or text.strip())


def read_part(text: str) -> Heading:
    """What a part alone says: ``2/5``, ``Part VII/?``, ``1 of 3``."""
    return _without_part(Heading(f"? {text.strip()[:_LONGEST]}"))


def _without_tags(heading: Heading) -> Heading:
    """Without ``(complete)`` or ``(Firefly, gen, WIP)`` behind the title."""
    if "(" not in heading.title and "[" not in heading.title:
        return heading
    match = _TAGS.search(heading.title)
    tags = [tag.strip(" .!") for tag in match["tags"].split(",")] if match and match.start() else []
    status = next((found for tag in tags if (found := _STATUS.fullmatch(tag))), None)
    if not match or not (status or (len(tags) > 1 and any(is_genre(tag) or rating_value(tag) for tag in tags))):
        return heading
    told = ("complete" if status["done"] else "in-progress") if status else heading.status
    return replace(heading, title=heading.title[: match.start()], status=told)


def _without_part(heading: Heading) -> Heading:
    title = heading.title.lower()
    if not title.endswith(_ENDS_OF_PARTS) or not any(sign in title for sign in _SIGNS_OF_PARTS):
        return heading
    for form in _PARTS:
        match = form.search(heading.title)
        if match and match.start() and _is_part(found := match.groupdict()):
            part, parts = _number(found["part"]), _number(found.get("all"))
            status = heading.status or _status(match.group(), part, parts)
            return replace(
                heading, title=heading.title[: match.start()].strip(" ,:-–—"), part=part, parts=parts, status=status
            )
    return heading


_CHAPTER = re.compile(
    rf"(?P<title>.{{1,200}}?)[\s,:–—-]+(?P<chapter>(?:chapter|chap|ch)\b\.?\s*{_NUMBER.format('part')}{_OF}?"
    r"\s*(?::|\s[–—-]+\s)\s*[^\s:–—-].*)",
    re.I,
)
"""``The Ladder - Chapter 2: Rungs``. ``The Ladder, Part 2: Rungs`` may be a story of a series, and keeps its title."""


def _without_chapter(heading: Heading) -> Heading:
    """Without the chapter behind the title, where that has a title of its own."""
    if heading.part or "ch" not in heading.title.lower():
        return heading
    match = _CHAPTER.fullmatch(heading.title)
    if not match or not _is_part(match.groupdict()):
        return heading
    part, parts = _number(match["part"]), _number(match["all"])
    title = match["title"].strip(" ,:-–—")
    return replace(heading, title=title, part=part, parts=parts, chapter=match["chapter"]) if title else heading


_EDGE = re.compile(
    r"(?P<title>.{1,200}?)[\s,:–—(\[-]+(?P<heading>(?P<kind>pro|epi)log(?:ue)?\b(?:\s*(?::|\s[–—-]+\s)\s*\S.*)?)[)\]]?",
    re.I,
)


def read_edge(text: str) -> tuple[str, str] | None:
    """Title and heading of what may come before the first part of a story or after its last.

    >>> read_edge("The Ladder: Prologue")
    ('The Ladder', 'Prologue')
    """
    if "log" not in text.lower():
        return None
    match = _EDGE.fullmatch(read_heading(text).title)
    return (match["title"].strip(" ,:-–—"), match["heading"]) if match else None


def _is_part(found: dict[str, str | None]) -> bool:
    """``24/7`` is no part."""
    part, parts = _number(found["part"]), _number(found.get("all"))
    return part is not None and (parts is None or part <= parts)


def _status(marker: str, part: int | None, parts: int | None) -> str | None:
    if "?" in marker:
        return "in-progress"
    return "complete" if part == parts == 1 else None


_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


def _number(text: str | None) -> int | None:
    if not text or text.isdigit():
        return int(text) if text else None
    if text.lower() in _NUMBER_WORDS:
        return _NUMBER_WORDS[text.lower()]
    values = [_ROMAN[c] for c in text]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def _unquoted(title: str) -> str:
    """*title* without quotes around the whole of it; ``"A" and "B"`` keeps its own."""
    closing = _QUOTES.get(title[:1])
    inner = title[1:-1]
    if len(title) > 2 and closing == title[-1] and closing not in inner and title[0] not in inner:
        return inner.strip()
    return title


_LITTLE_WORDS = "a an and as at but by for from in into nor of off on or over per the to up via vs with"
_SMALL = frozenset(_LITTLE_WORDS.split())
_SEPARATORS = re.compile(r"(?:%20|[\s_+]|(?<=\w)-(?=\w)|\.(?=\w\w))+")
_SHOUTED = 6
"""A title of one word in capitals may be an abbreviation up to this length: ``IKEA``, ``4:12 AM``."""
_NUMERAL = re.compile(r"[IVXL]+|(?:\w\.){2,}")


def title_of_stem(stem: str) -> str:
    """A readable title from a file's name without its suffix.

    >>> title_of_stem("ladder-in-the-library")
    'Ladder in the Library'
    """
    words = " ".join(_SEPARATORS.sub(" ", stem).split())
    return in_title_case(words) if stem == stem.lower() else words


_ONLY_PART = re.compile(
    rf"[\W_]*(?:part|pt|chapter|chap|ch)[\W_]*(?:\d{{1,3}}|[ivxl]{{1,6}}|{'|'.join(_WORDS)})[\W_]*", re.I
)


def is_only_part(stem: str) -> bool:
    """Does a file's name say only which part it holds? Then the folder has the title: ``ladder/chapter2.html``."""
    return _ONLY_PART.fullmatch(stem) is not None


def capitals_lowered(title: str) -> str:
    """``THE LADDER`` as *The Ladder*; a title that is not all in capitals, or may be an abbreviation, as it is."""
    shouted = [word for word in title.split() if any(c.isalpha() for c in word)]
    if not title.isupper() or (len(shouted) == 1 and len(shouted[0]) <= _SHOUTED):
        return title
    return in_title_case(
        " ".join(w if _NUMERAL.fullmatch(w.strip(",;:!?")) and w != "I" else w.lower() for w in title.split())
    )


def in_title_case(words: str) -> str:
    """A first capital for every word but the small ones."""
    return " ".join(w if n and w in _SMALL else w[:1].upper() + w[1:] for n, w in enumerate(words.split()))
