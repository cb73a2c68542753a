"""The subject line of a post: title, part, rating, codes and kind, in whatever brackets the list asked for.

ASC (alt.startrek.creative) asked for ``NEW VOY "Title" 1/3 [PG] (J/C)``: kind, series, title, parts, rating, codes
(trekiverse.us, CodingYourStoryProperly); everybody else did nearly so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ficsearch.readers.codes import is_rating_code, may_name_fandom
from ficsearch.story import Claim

_KIND = re.compile(
    r"(?i)(?:(?:re|fwd?|fic|fanfic|new|n2u|rep|cor|rev|repost|update|story|adult|slash|xf|xfc|fill|ficlet|drabble)\s?:"
    r"|\[[^\]]{1,30}\]|\((?:fic|new|new fic|repost)\))\s*"
)
_LIST = re.compile(r"[A-Za-z]{2,8}: *(?=(?:NEW|FIC|REP|REPOST|REV)\b)")
"""``xfc: NEW: ...``: the name of the list before the kind of post."""
_ASC = re.compile(
    r"(?:NEW|N2U|REP|COR|REV|DRA|WIP|UPD)[ :,-]+(?:(?P<series>TOS|TNG|DS9|VOY|ENT|TAS|STE)\b[ :,-]*|(?=[\"“]))"
)
_SERIES_FIRST = re.compile(r"(?P<series>TOS|TNG|DS9|VOY|BtVS|BTVS|AtS|SG-?1|SGA|SPN)\s?: ")
"""``TNG: The Quiet Deck``"""
_SERIES = {"ENT": "Star Trek: Enterprise", "STE": "Star Trek: Enterprise", "TAS": "Star Trek: The Animated Series"}

_GROUP = re.compile(r"\s*[(\[]([^()\[\]]{1,60})[)\]]")
_NESTED = re.compile(r"(?<=, )\[([^()\[\]]{1,8})\](?=[,)])")
"""``(VOY, J/C, [PG])``"""
_PART = re.compile(
    r"(?i)(?:part |chapter |pt\.? ?)?(?:\d{1,3}|[ivxl]{1,6}) ?(?:/|of) ?(?:\d{1,3}|\?)|(?:part|chapter) \d{1,3}"
)
_PART_WORD = re.compile(r"(?i)part (\d.*)")
_BARE_PART = re.compile(
    r"(?i)(?<![\s,:-])[\s,:-]+((?:part |chapter )?\d{1,3} ?(?:/|of) ?(?:\d{1,3}|\?)|(?:part|chapter) \d{1,3})(?=\s|$)"
)
_PAIR = re.compile(r"[A-Za-z][\w.'’&+ -]{0,20}(?:/[A-Za-z][\w.'’&+ -]{0,20}){1,3}")
_STATUS = re.compile(r"(?i)(?:now )?(complete|completed|finished|wip|in progress)")
_RATED = re.compile(r"(?:rated )?(\S{1,6})(?: (?:for|to) .{1,30}| overall| adult)?")
_CODE = re.compile(
    r"MSR|MSS|UST|RST|DSR|[SXVA]?R?[AHXC]?|AU|gen|het|slash|femslash|femmeslash|angst|hum(?:or|our)|drama|drabble|pwp|fluff"
)
_FANDOM_CODES = """
    BtVS BTVS ATS AtS XF TXF SG1 SG-1 SGA HP HL DS dS SPN TOS TNG DS9 VOY ENT TWW WW LotR LOTR XWP FS SV VM BSG DW TW
    Buffy Angel Stargate Highlander Supernatural Smallville Firefly Farscape Torchwood Merlin Sherlock House Charmed
"""
_FANDOMS = frozenset(_FANDOM_CODES.split())
"""What lists of several shows put beside the pairing: ``(HL, D/M, R)``."""
_AFTER = re.compile(
    r"(?<![\s,;-])[\s,;-]+(?P<word>[A-Z][A-Za-z.]{0,12}(?:/[A-Z][A-Za-z.]{0,12})+"
    r"|NC-?17|PG-?1[35]|PG|(?<=, )[RG]|MSR(?:,? (?:[SXV]?R?[AH]|UST|RST))*|(?i:complete|wip))$"
)
"""What stands behind the title without brackets: ``H/Hr, R``, ``MSR NC-17``, ``complete``."""


_AT_MOST = 998
"""Characters that a line of a letter may have (RFC 5322, 2.1.1)."""


def subject_claims(subject: str, origin: str) -> list[Claim]:
    """What a subject line claims; the title comes first.

    >>> [(c.label, c.value) for c in subject_claims('NEW VOY "Dead Reckoning" 1/3 [PG] (J/C)', "")]
    [('title', 'Dead Reckoning'), ('fandom', 'VOY'), ('rating', 'PG'), ('part', '1/3'), ('pairing', 'J/C')]
    """
    claims: list[Claim] = []
    rest = _without_kind(" ".join(subject.split())[:_AT_MOST], claims, origin)
    rest = _without_groups(rest, claims, origin)
    if match := _BARE_PART.search(rest):
        claims.append(Claim("part", _value("part", match[1].strip()), origin))
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    rest = _without_codes(rest, claims, origin)
    title, by, author = _signed(rest)
    if by and author.strip():
        claims.append(Claim("author", author.strip(" -"), origin))
    title = " ".join(title.split()).strip(" -,:\"“”'")
    order = ("fandom", "rating", "part", "pairing")
    claims.sort(key=lambda c: order.index(c.label) if c.label in order else len(order))
    return [Claim("title", title, origin), *claims] if title else claims


_STORY_POST = re.compile(
    r"(?i:(?:re|fwd?): *)?(?:[A-Za-z]{2,8}: *|\[[^\]]{1,30}\] *)?"
    r"(?:(?i:fic|fanfic|new fic|ficlet|drabble|repost):|\((?i:fic|new|repost)\)|(?:NEW|REP|N2U|REPOST)\b)"
)


def is_story_post(subject: str) -> bool:
    """Is this the subject of a post that holds a story: ``FIC: ...``, ``NEW VOY ...``, ``... (1/3)``?"""
    counted = "/" in subject and any(claim.label == "part" for claim in subject_claims(subject, ""))
    return counted or _STORY_POST.match(subject) is not None


_QUOTED_FIRST = re.compile(r"\W{0,2}[\"“]([^\"“”]{1,120})[\"”][,;:]? +([^\s–—-].*)")
"""``"Sparrow", Firefly, Wash/Zoe, PG, 1/1``"""
_QUOTED = re.compile(r"\s*(?:\"[^\"]{1,120}\"|“[^”]{1,120}”)")


def _signed(text: str) -> tuple[str, str, str]:
    """*text* parted at the " by " before its author; one within a title in quotation marks is the title's."""
    quoted = _QUOTED.match(text)
    title, by, author = text[quoted.end() if quoted else 0 :].partition(" by ")
    if quoted is None:
        return title, by, author
    return quoted[0] + _GROUP.sub("", title), by, author  # codes that nobody knows are no part of it


def bracketed_claims(title: str, origin: str) -> list[Claim]:
    """What the brackets behind a title say: ``The Long Way (steve/bucky, pg)``. Nothing where they say no rating:
    they may be the title's own."""
    claims: list[Claim] = []
    _without_groups(title, claims, origin)
    return claims if any(claim.label == "rating" for claim in claims) else []


def _without_kind(subject: str, claims: list[Claim], origin: str) -> str:
    """*subject* from its title on; the series that ASC put before it is the fandom."""
    rest = _LIST.sub("", subject.strip(), count=1)
    while match := _KIND.match(rest):
        rest = rest[match.end() :]
    if match := _SERIES_FIRST.match(rest):
        claims.append(Claim("fandom", match["series"], origin))
        rest = rest[match.end() :]
    if match := _ASC.match(rest):
        rest = rest[match.end() :]
        if series := match["series"]:
            claims.append(Claim("fandom", _SERIES.get(series, series), origin))
    return rest


def _without_groups(text: str, claims: list[Claim], origin: str) -> str:
    """*text* without the brackets that tell something: ``(F/K, PG)``. One in which nothing is understood stays."""

    text = _NESTED.sub(r"\1", text)

    def told(match: re.Match[str]) -> str:
        pieces = [piece.strip() for piece in re.split(r"[,;]", match[1])]
        found = [(key, value) for piece in pieces if (key := _key(piece, claims)) for value in [_value(key, piece)]]
        strange = len(found) > 1 and len(found) == len(pieces) - 1 and _key(pieces[0], claims) is None
        if strange and may_name_fandom(pieces[0]) and any(key == "rating" for key, _ in found):
            found.insert(0, ("fandom", pieces[0]))  # "[Leverage, gen, PG]"
        claims.extend(Claim(key, value, origin) for key, value in found)
        return " " if found and match.start() else match[0]

    return _GROUP.sub(told, text)


def with_title_tags(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """*claims* with what the title has in brackets, where nothing else tells it: ``Laundry Day [SPN, gen, PG-13]``."""
    at = next((n for n, claim in enumerate(claims) if claim.label == "title"), None)
    if at is None or not any(mark in claims[at].value for mark in "(["):
        return claims
    told: list[Claim] = []
    title = " ".join(_without_groups(claims[at].value, told, claims[at].origin).split())
    known = {claim.label for claim in claims}
    news = [claim for claim in told if claim.label not in known]
    if not title or not any(claim.label not in ("part", "status") for claim in told):
        return claims
    return (*claims[:at], replace(claims[at], value=title), *claims[at + 1 :], *news)


_DASH = re.compile(r" +[-–—|~] +")


def coded_claims(said: Sequence[Claim]) -> tuple[Claim, ...]:
    """*said* of a post on a site, with what its subject tells behind the title, where nothing else tells it:
    ``Fic: "Eleven Leaks" - Dean/Castiel - PG``, ``Eleven Miles (Supernatural, gen)``."""
    at = next((n for n, claim in enumerate(said) if claim.label == "title"), None)
    if at is None:
        return tuple(said)
    quoted = _QUOTED_FIRST.fullmatch(said[at].value)
    title, *rest = quoted.groups() if quoted else _DASH.split(said[at].value)
    codes = [code.strip("()[] ") for piece in rest for code in piece.split(",")]
    told: list[Claim] = []
    for code in codes:
        if key := _key(code, told):
            told.append(Claim(key, _value(key, code), said[at].origin))
    if codes and len(told) == len(codes) and title.strip():
        known = {claim.label for claim in said}
        named = replace(said[at], value=title)
        return (*said[:at], named, *said[at + 1 :], *(claim for claim in told if claim.label not in known))
    return with_title_tags(tuple(said))


def _key(piece: str, known: list[Claim]) -> str | None:
    """The field of one piece in brackets, or None."""
    if _PART.fullmatch(piece):
        return "part"
    if _STATUS.fullmatch(piece):
        return "status"
    if (match := _RATED.fullmatch(piece)) and _is_rating(match[1]) and not any(c.label == "rating" for c in known):
        return "rating"
    if piece and _CODE.fullmatch(piece):
        return "keywords"
    if piece in _FANDOMS and not any(c.label == "fandom" for c in known):
        return "fandom"
    return "pairing" if _PAIR.fullmatch(piece) and not _is_rating(piece) else None


def _value(key: str, piece: str) -> str:
    """The part without the word, the status without what surrounds it."""
    match = {"status": _STATUS, "part": _PART_WORD}[key].fullmatch(piece) if key in ("status", "part") else None
    return match[1] if match else piece


def _is_rating(word: str) -> bool:
    """A rating that nobody would write for anything else: no bare number, no word of the title."""
    return is_rating_code(word) and word not in ("E", "U", "X?")


def _without_codes(text: str, claims: list[Claim], origin: str) -> str:
    rest = text.rstrip()
    while (match := _AFTER.search(rest)) and match.start():
        word = match["word"]
        key = "pairing" if "/" in word else "keywords" if word.startswith("MSR") else _key(word, claims)
        if key is None or any(c.label == key for c in claims):
            break
        claims.append(Claim(key, word, origin))
        rest = rest[: match.start()].rstrip(" ,;-")
    return rest
