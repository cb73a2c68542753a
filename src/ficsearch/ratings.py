"""Ratings: any vocabulary -> general, teen, mature, explicit or not_rated.

MPAA (PG-13), AO3 (Teen And Up Audiences), fanfiction.net (K+), the FR scale of Twisting the Hellmouth (FR15),
television (TV-14), British films (12A) and what people write instead of any of them. The equivalences are those of
AO3's importer, wickedfox.com (FRT was PG-13) and fanlore.org.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from ficsearch.story import RATINGS, Rating

_WORDS = {
    "general": (
        "G; PG; K; K+; U; FRC; FRK; FR5; FR7; FR10; TV-Y; TV-Y7; TV-G; TV-PG; P6; all ages; for all; "
        "general audiences; general audience; general; everyone; sfw; worksafe; work safe; tout public; tous publics; "
        "all audiences; safe for work; family friendly; family; child friendly; kid friendly; kids"
    ),
    "teen": (
        "PG-12; PG-13; PG-14; PG-15; PG-16; NC-12; NC-13; NC-14; NC-15; T; T+; FRT; FRT-13; FRT-15; FR13; FR15; "
        "TV-14; P12; 12; 12A; 12+; 13; 13+; 14A; 14+; 15+; "
        "teen and up audiences; teen and up; teen & up; teens and up; teen; teens; teenage; young adult; ya"
    ),
    "mature": (
        "R; R+; M; M+; FRM; FRM-16; FRM-17; FRM-18; FR16; FR17; FR18; TV-M; TV-MA; P16; 15; 16; 16+; 17; 17+; R-15; "
        "R-16; R-17; M15+; MA15+; PG-17; NC-16; mature audiences; mature; restricted; nsfw; lime; citrus"
    ),
    "explicit": (
        "NC-17; PG-18; FRAO-18; NC-18; NC-21; X; XX; XXX; MA; E; FRAO; FRMAO; FRA; FR21; R-18; R18+; P18; P18-AVL; 18; "
        "18+; 18s; 21+; AO; adult; adults; adult+; adult++; adults only; explicit; lemon; smut; porn"
    ),
    "not_rated": (
        "NR; not rated; unrated; not yet rated; no rating; none; n/a; ?; ??; tbd; tba; unknown; you tell me; undecided"
    ),
}

_SQUEEZE = re.compile(r"[\s\-–—_()\[\].,:;'\"’]+")


def _squeezed(word: str) -> str:
    return _SQUEEZE.sub("", word).upper()


_VALUES = {_squeezed(word): value for value, words in _WORDS.items() for word in words.split("; ")}
_VALUES |= {_squeezed(name): name for name in RATINGS}


def _token(word: str) -> str:
    """The pattern of one rating: a hyphen may be a blank or missing."""
    return r"[-\s]?".join(re.escape(part) for part in re.split(r"[-\s]", word))


_ALONE_ONLY = {"12", "13", "15", "16", "17", "18", "U", "none", "n/a", "?", "??", "general", "family", "kids"}
"""Ratings only when the whole value: numbers and words that mean something else inside a sentence."""
_SPELT = sorted({w for ws in _WORDS.values() for w in ws.split("; ") if len(w.rstrip("+")) > 1} - _ALONE_ONLY, key=len)
_LETTERS = "GKTMREX"
_FIND = re.compile(
    r"(?<![\w&'’.])(?:(?P<spelt>(?i:" + "|".join(map(_token, reversed(_SPELT))) + r"))(?:-?(?i:ish))?(?![\w&])"
    rf"|(?P<letter>[{_LETTERS}])\+?(?![\w&'’]|\.\w|-(?!(?i:rated|ish)\b)))"
)
_START = re.compile(
    rf"(?i:(?:fiction|rated|rating)\s+)?(?P<letter>[{_LETTERS}{_LETTERS.lower()}])\+?(?=$|[\s,.;:)\]/-])"
)
_OF_FILMS = re.compile(
    r"(?i)(?:(?:rated|uk|bbfc|cert(?:ificate)?)[.:]? )*(?P<age>12|15|18)(?:-?ish)?"
    r"(?=\s*[(,;]|\s+(?:for|because|due to|or so|cert(?:ificate)?|uk|i)\b|\Z)"
)
"""``15 for language``, ``Certificate 18``: the ages of British films, which elsewhere in a phrase mean other things."""
_NOT_A_RATING = re.compile(
    r"\bR ?(?:&|and|n|'n') ?R\b|\b[MF](?:/[MF])+\b|\b[A-Z]{1,2}/[A-Z]{1,2}\b(?![- ]?\d)", re.IGNORECASE
)
_DENIED = re.compile(
    r"\b(?:not|no|non|isn['’]t|nothing|never|hardly|without)[-\s]+(?:really |quite |an? |any |even )?$", re.I
)
_ADULT_THINGS = re.compile(r"\s+(?:themes?|situations?|language|content|concepts?|humou?r|subjects?)\b", re.I)
"""Behind "adult" these say what is in the story, not how it is rated."""
_OTHER_VERSION = re.compile(r"[\s-]+(?:rated )?(?:version|cut|edition)\b", re.I)
_ALSO = re.compile(
    r"[\s)\]]*(?:[/–-]|\+|[,(]? ?(?:to|or|and|through|almost|possibly|perhaps|probably|maybe|(?:with )?(?:one|some)"
    r"|border(?:ing on|line)|verging on|leaning towards?)\s)[\s(\[]*"
    r"(?:an? |very |really )*(?:hard |strong |soft |light |mild |low |high )?$",
    re.I,
)
_LATER = re.compile(
    r"\b(?:later|eventually|future|chapters?|parts?|may|might|will|becomes?|ends? up|overall|goes up"
    r"|call (?:it|this)|make (?:it|this|that)|except|but|unless|so)\b",
    re.I,
)
_NEARBY = 30
"""How far from a rating the words that change it ("not really", "in later parts") may stand."""
_LONGEST = 300
"""Further into a value nobody tells a rating; some files put a whole page there."""


@lru_cache(maxsize=2_000)
def rating_value(word: str) -> str | None:
    """The canonical rating of one word of any vocabulary (case, blanks and hyphens do not count), or None.

    >>> rating_value("nc17"), rating_value("K+"), rating_value("Teen"), rating_value("Romance")
    ('explicit', 'general', 'teen', None)
    """
    return _VALUES.get(_squeezed(word))


def read_rating(text: str, source: str | None = None) -> Rating:
    """The rating that a header's phrase gives: ``R, just to be safe``, ``PG-13/T``, ``Not NC-17, PG-13 at most``.

    The first rating counts; of two joined ones (``PG, R in later parts``) the stricter. *source* is the address or
    name of the site, which decides what Adult and E mean there. ``original`` keeps the phrase.
    """
    phrase = " ".join(text.split())
    value = _site_value(phrase, source) or rating_value(phrase) or _found_value(phrase[:_LONGEST], source)
    return Rating(value or "not_rated", phrase or None)


def strictest(ratings: Sequence[Rating]) -> Rating:
    """The rating of a story whose parts have these. A part that is not rated leaves the whole so, unless another is
    as strict as can be: it may be anything."""
    words = "; ".join(dict.fromkeys(r.original for r in ratings if r.original)) or None
    values = [r.value for r in ratings]
    if "explicit" not in values and "not_rated" in values:
        return Rating("not_rated", words)
    return Rating(max((v for v in values if v != "not_rated"), key=RATINGS.index), words)


def _site_value(word: str, source: str | None) -> str | None:
    """Words whose meaning is the site's. On adult-fanfiction.org plain Adult is "generally nonexplicit", below
    Adult+; elsewhere (Teaspoon and other three-step archives) it is the top step."""
    site = (source or "").lower()
    if "adult-fanfiction" in site and _squeezed(word) == "ADULT":
        return "mature"
    if "everyone" in word.lower() or ("fanfiction.net" in site and _squeezed(word) == "E"):
        return "general"
    return None


def _found_value(phrase: str, source: str | None) -> str | None:
    tokens = _tokens(_without_traps(phrase))
    if not tokens:
        film = _OF_FILMS.match(phrase)
        return _VALUES[film["age"]] if film else None
    values = [_site_value(word, source) or _value_of(word) for word, _, _ in tokens]
    value = values[0]
    for (_, _, end), (_, start, after), other in zip(tokens, tokens[1:], values[1:], strict=False):
        if not _belongs(phrase[end:start], phrase[after : after + _NEARBY]):
            break
        value = _stricter(value, other)
    return value


def _value_of(token: str) -> str:
    """A plus behind a letter that has none of its own changes nothing: ``G+``."""
    return _VALUES.get(_squeezed(token)) or _VALUES[_squeezed(token).rstrip("+")]


def _without_traps(phrase: str) -> str:
    """R&R is "read and review"; M/M and K/S are pairings, unless both letters are ratings (``R/M``)."""

    def blank(match: re.Match[str]) -> str:
        sides = match.group().upper().split("/")
        kept = len(sides) == 2 and all(side in _VALUES for side in sides) and set(sides) != {"M"}
        return match.group() if kept else " " * len(match.group())

    return _NOT_A_RATING.sub(blank, phrase)


def _tokens(phrase: str) -> list[tuple[str, int, int]]:
    start = _START.match(phrase)
    found = [(start["letter"], start.start("letter"), start.end())] if start else []
    for match in _FIND.finditer(phrase, start.end() if start else 0):
        denied = _DENIED.search(phrase[max(0, match.start() - _NEARBY) : match.start()])
        things = match.group().lower() == "adult" and _ADULT_THINGS.match(phrase, match.end())
        if not (denied or things or _OTHER_VERSION.match(phrase, match.end())):
            found.append((match["spelt"] or match.group(), match.start(), match.end()))
    return found


def _belongs(between: str, after: str) -> bool:
    """Does a second rating speak of the story as well, rather than of something else?"""
    return bool(_ALSO.fullmatch(between) or _LATER.search(between) or _LATER.search(after))


def _stricter(one: str, other: str) -> str:
    rated = [v for v in (one, other) if v != "not_rated"] or [one]
    return max(rated, key=RATINGS.index)
