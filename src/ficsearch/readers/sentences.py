"""Sentences of a header that say something without a label: ``[PG] for language``, ``2260 words``, ``Not mine.``"""

from __future__ import annotations

import re
from functools import lru_cache

from ficsearch.story import Claim

STOPS = re.compile(r"(?:\.|(?<=\.[\"”]))\s+")
EMAIL = re.compile(r"[<(\[]*(?:mailto:)?[\w.+-]+(?:@| ?\(at\) ?| at )[\w-]+(?:\.[\w-]+)+[>)\]]*")

_RATINGS = r"(?:G|PG|PG[- ]?1[35]|R|NC[- ]?17|K\+?|T|M|MA|FR\w{1,3})"


def _scoped(pattern: str) -> str:
    """*pattern* as a branch of another: no named groups, and what ignores case does so alone."""
    bare = pattern.replace("(?P<value>", "(?:")
    return f"(?i:{bare.removeprefix('(?i)')})" if bare.startswith("(?i)") else f"(?:{bare})"


OWNERS = (
    r"(?:Paramount|Viacom|Fox|1013|MGM|Gekko|Joss(?: Whedon)?|Mutant Enemy|ME|(?:Chris )?Carter|CBS|NBC|ABC|BBC|WB|CW"
    r"|UPN|Disney|Marvel|DC|(?:Eric )?Kripke|JKR?|J\.? ?K\.? ?Rowling|Rowling|Tolkien|(?:George )?Lucas|Alliance"
    r"|Pet Fly|Rysher|Davis[/-]Panzer|MCA|Universal|RenPics|Showtime|(?:Aaron )?Sorkin|Warner(?: Brothers| Bros\.?)?"
    r"|Henson|RTD|Moffat|Shore|Rob Thomas|TPTB)"
)
_DISCLAIMED = (
    rf"(?P<value>(?:The |the )?{OWNERS}(?:(?:,|,? and| &|/) ?(?:the )?{OWNERS})* owns? .{{2,160}}|(?i:"
    r"(?:they(?:[’']re| are) |these are |it[’']s )?not mine\b.{0,100}"
    r"(?:\bmoney|profit|belongs?\b|\bowns?\b|\bsue\b|borrow|[’']s\b).{0,80}|"
    r".{0,120}\bno (?:copyright )?infringement (?:is |was )?(?:meant|intended)\b.{0,40}"
    r"|(?:(?:all |the )?(?:standard|usual|normal) disclaimers? (?:apply|applies|here)"
    r"|[\w.& ]{2,30} owns? (?:them|it all|everything|everyone|everybody|(?:all )?the characters|these)\b"
    r"|(?:i|we) (?:do not|don[’']t) own (?:them|any of|the characters|these|anything|buffy|the x-files)"
    r"|copyright (?:\(c\) ?|© ?)?(?:19|20)\d\d\b|no (?:copyright )?infringement"
    r"|(?:all |the |these )?characters? (?:here|herein|within|in this story)? ?"
    r"(?:belong|are the property|are owned|are copyright)).{0,180}))"
)
_SENTENCES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (key, re.compile(pattern))
    for key, pattern in (
        ("email", rf"(?P<value>{EMAIL.pattern})"),
        ("rating", rf"(?P<value>\[{_RATINGS}\](?: .{{0,120}})?)"),
        ("rating", rf"(?i:rated) (?P<value>{_RATINGS}\b.{{0,100}})"),
        ("rating", rf"(?i:(?:this|the story) .{{4,120}} and is rated) (?P<value>{_RATINGS})\.?"),
        ("rating", r"(?P<value>(?:G|PG|PG-?13|R|NC-?17|FR\w{1,3})\.?)"),
        ("words", r"(?i)\(?(?:about |around |approx\.? |~)?(?P<value>\d[\d,.]* words)\.?\)?"),
        ("spoilers", r"(?i)(?:contains |some |minor |major |mild )*spoilers? (?:for|of) (?P<value>.{2,150})"),
        (
            "spoilers",
            r"(?i)(?:contains |some |minor |major |mild )*"
            r"(?P<value>spoilers? (?:up to|through|thru|until|to) .{2,150})",
        ),
        ("spoilers", r"(?i)(?P<value>no spoilers?(?: for .{2,60})?)\.?"),
        (
            "status",
            r"(?i)\(?(?:this )?(?:story is )?(?P<value>complete|completed|wip|work in progress|unfinished)\)?\.?",
        ),
        ("disclaimer", _DISCLAIMED),
        ("dedication", r"(?i)(?P<value>(?:this (?:story|fic|one) is )?dedicated to .{2,150})"),
        ("beta", r"(?i)(?P<value>(?:un-?beta'?e?d|not beta'?e?d|no beta).{0,40})"),
        (
            "feedback",
            r"(?i)(?P<value>(?:c ?& ?c|feedback|comments|reviews|(?:constructive )?criticism|concrit)"
            r"(?:,? (?:and|or|&) \w+)?,? (?:is |are |always |very |much |most |greatly )*"
            r"(?:welcome|appreciated|loved|adored|craved|to:? \S+@\S+).{0,100})",
        ),
        ("beta", r"(?i)(?:beta'?e?d|beta[- ]read) by (?P<value>.{2,60})"),
        ("warnings", r"(?i)(?P<value>(?:over 18'?s|adults) only.{0,60})"),
        ("beta", r"(?i)(?P<value>(?:many |big |special )?thanks to .{2,60} for (?:the beta|beta|looking).{0,40})"),
        ("challenge", r"(?i)(?:written for|in response to|an? (?:answer|response) to) (?P<value>.{4,150})"),
        ("sequel", r"(?i)(?:this is )?(?:a |the )?(?P<value>(?:sequel|prequel|follow[- ]up) to .{2,100})"),
    )
)
_ANY_SENTENCE = re.compile("|".join(_scoped(pattern.pattern) for _, pattern in _SENTENCES))
"""Most lines are none of them: one look instead of twenty."""


_SENTENCE_AT_MOST = 200
_SENTENCES_AT_MOST = 5
_TOLD_AT_MOST = 160


def sentence_claim(number: int, line: str) -> Claim | None:
    """What a line of a header claims by its wording alone, or None.

    >>> sentence_claim(3, "[PG] for language")
    Claim(label='rating', value='[PG] for language', origin='line 3')
    """
    text = line.strip(" \t*_")
    said = _said(text) if text and len(text) <= 2 * _SENTENCE_AT_MOST else None
    return Claim(said[0], said[1], f"line {number}") if said else None


@lru_cache(maxsize=2_000)
def _said(text: str) -> tuple[str, str] | None:
    """Field and value. The lines of a header are asked three times or four."""
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1].strip()  # "(rated PG)"
    if not text or len(text) > _SENTENCE_AT_MOST or not _ANY_SENTENCE.fullmatch(text):
        return None
    for key, pattern in _SENTENCES:
        if match := pattern.fullmatch(text):
            value = match["value"].strip()
            return key, STOPS.split(value)[0] if key == "spoilers" else value
    return None


def sentence_claims(number: int, line: str) -> tuple[Claim, ...]:
    """What the sentences of a line claim when each of them claims something: ``~100 words. Spoilers for Hush.``"""
    parts = STOPS.split(line.strip()) if ". " in line[:_TOLD_AT_MOST] else []
    claims = [sentence_claim(number, part.rstrip(".")) for part in parts] if len(parts) < _SENTENCES_AT_MOST else []
    told = tuple(claim for claim in claims if claim)
    if told and len(told) == len(parts):
        return told
    return (claim,) if (claim := sentence_claim(number, line)) else ()
