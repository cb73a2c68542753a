"""What people write in short or in a hurry, in the words and strokes that the grammar knows."""

from __future__ import annotations

import html
import re

from ficsearch.text import fold_name

_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»″＂", '"'))
_MANGLED = re.compile(r"(?<=[a-z\d])\?(?=(?:s|t|re|ll|ve|d|m)\b)", re.I)
"""An apostrophe that a change of encoding made a question mark: ``What?s My Line``."""
_TIMES = re.compile(r"(?<=\d)(?: ?× ?| x )(?=\d)")
_INCLUDING = re.compile(r"\b(?:incl?\.(?=[\s,;)]|\Z)|incl\b)")
_AU_AFTER = re.compile(
    r"(?<![^\s,;(.])(?:(?:and |then |but ){0,2}(?:goes |going |turns ))?au (?:after|afterwards?|from there|from then)"
    r"(?=\W*\Z)"
)
"""``through "Hell's Bells", AU after``: where canon is left, which the words before it have told."""
_ALL_BEFORE = re.compile(r"(?<=\banything) before(?=\W*\Z)|(?<=\beverything) before(?=\W*\Z)")
"""``"Maelstrom", and anything before``, with nothing behind it that it could be before."""
_NUMBERED_SEASON = re.compile(r"\b(\d{1,2})\. (staffel|saison)\b")
"""``1. Staffel``"""
_OF_NUMBER = re.compile(r"(?<=\d)(?:'s|-?ish|-ness)\b")
_UP_TWO = re.compile(r"\Aup 2 (?=\S)")
"""``up 2 S3``"""
_OPEN_END = re.compile(r"(?<=\d)\s*[-–—]\s*(?:\?+|\.{2,}|…)|(?<=\d)[-–—](?=\s*(?:[,;)]|\Z))")
"""``S3-?``, ``S3-``: nobody says where it ends."""
_GREATER = re.compile(r"(?<![-=<])>(?=\s*s?\d)")
"""``>3x13``"""
_AND_SOME = re.compile(
    r"\b(?:and|n) (?:then some|stuff|such(?: like)?|whatnot|all that(?: jazz)?|the (?:like|usual|rest))(?=\W*\Z)"
    r"|[(,] ?much(?=\W*\Z)"
)
"""``S4 and then some``: more, of which nobody knows how much."""
_NO_MORE = re.compile(
    r"(?<=\w)\W+(?:and |but )?nothing (?:else|more|later|newer|further|(?:past|after|beyond) that)(?=\W*\Z)"
)
"""``S1-2, nothing later``: no more than the words before it have told."""
_NOT_YET = re.compile(
    r"\b(?:no|none|nothing)\b[^.;]{0,80}?\b(?:past|beyond|after|later than)\b[^.;]{0,60}?"
    r"\b(?:yet|so far|thus far|for now|at first|in (?:the )?(?:this|these|first|early|part|chapter|beginning)\b)"
)
"""``no spoilers beyond S3 in this part``: what comes then nobody says."""
_AFTER_THAT = re.compile(
    r"(?<=\w)\W+(?:(?:it(?: is|s) )?set|takes place) (?:\w+ ){0,4}(?:after|following) (?:that|this|it|these)(?=\W*\Z)"
)
"""``The Gift. Set about a week after that.``"""
_SOME_OF_IT = re.compile(
    r"\b(?:rest|remainder|most|much|some|bits|parts?) of (?:the|that|this) (?:season|series|show)\b"
)
"""``Hush and the rest of the season``"""
_END_SEASON = re.compile(r"\bend (?=s\d|season)")
_TWO_PART = re.compile(r"\b(?:two|2)[- ]part(?:er|ed)? (?=finale\b)")
_COLON_CODE = re.compile(r"\b(?:b:t?vs|(a):t?v?s)\b")
"""``B:tVS``, ``A:tS``"""
_UNTIL = re.compile(r"to (?:the end of |s?\d|seasons?\b|series\b|ep(?:isode)?\b)")
"""``Spoilers: to 3.13`` begins with a bound; within a phrase it is "1 to 3" and "tag to", and *To Be* is a title."""
_INNER = re.compile(r"(?<=[^\W_])'(?=[^\W_])")
_SINGLE = re.compile(r"(?<![^\W_])'([^'\"]{1,80})'(?![^\W_])")

_TO_READERS = re.compile(
    r"[\s,;.(–—-]{0,5}\b[Ss]o,? (?:please )?(?:if (?:you|your|u)\b|stop\b|don['’]t read|do not read|beware|turn back)"
    r"(?P<said>[^\"“”\d]{0,120})\Z"
)
_CAPITAL = re.compile(r"\b(?!(?:I|UK|US|USA|TV|DVD|UPN|WB|BBC|FX|STOP|NOW|NOT|DO|READ|PLEASE)\b)[A-Z]")
_MAY_NAME = re.compile(
    r"(?i)\b(?:seasons?|series|episodes?|eps?|finales?|pilot|films?|movies?|books?|end|ending|last|final|later|first"
    r"|one|two|three|four|five|six|seven|eight|nine|ten)\b"
)


def _without_talk(text: str) -> str:
    """*text* without what is said to readers at its end, where it names nothing: ``so if you are in the UK, stop``."""
    match = _TO_READERS.search(text)
    empty = match and not _CAPITAL.search(match["said"]) and not _MAY_NAME.search(match["said"])
    return text[: match.start()] if match and match.start() and empty else text


_SHORTHAND: tuple[tuple[re.Pattern[str], str], ...] = (
    (_UP_TWO, "up to "), (_NOT_YET, r"\g<0> more"), (_NO_MORE, ""), (_AFTER_THAT, ""), (_AND_SOME, "and more"),
    (_OPEN_END, " onwards "), (_GREATER, " beyond "), (_SOME_OF_IT, "more"), (_END_SEASON, "end of "), (_TWO_PART, ""),
)  # fmt: skip


def reworded(text: str) -> str:
    """The words of a header folded, its marks and shorthand made even: ``up 2 & incl. B:tVS S3`` is
    ``up to and including btvs s3``."""
    plain = _TIMES.sub("x", _MANGLED.sub("'", _without_talk(html.unescape(text)).replace("\n", " ; ")))
    flat = _INCLUDING.sub("including", fold_name(plain).translate(_QUOTES))
    flat = _SINGLE.sub(r'"\1"', _INNER.sub("", _OF_NUMBER.sub("", flat))).replace("&", " and ")
    flat = _ALL_BEFORE.sub(" earlier", _AU_AFTER.sub("", _NUMBERED_SEASON.sub(r"\2 \1", flat)))
    for pattern, words in _SHORTHAND:
        flat = pattern.sub(words, flat)
    flat = _COLON_CODE.sub(lambda match: "ats" if match[1] else "btvs", flat)
    return f"up {flat}" if _UNTIL.match(flat) else flat
