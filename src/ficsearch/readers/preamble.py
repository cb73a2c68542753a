"""What a header says without labels: a title, ``by X``, an award, a day, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.codes import CODE_LINE_AT_MOST, code_claims, code_key, may_name_fandom
from ficsearch.readers.furniture import is_furniture
from ficsearch.readers.headerlines import clean_value
from ficsearch.readers.headings import heading_of
from ficsearch.readers.sentences import EMAIL, sentence_claim, sentence_claims
from ficsearch.story import Claim

Numbered = tuple[int, str]
"""A line with its number in the file."""

_BY = re.compile(
    r"(?i)[-~*_ ]*(?:an? (?:[\w-]+ ){0,4}(?:story|fic|fanfic|ficlet|tale|play|acts?|crossover|drabble),? )?"
    r"(?:(?:copyright )?(?:\(c\)|©|copyright) *(?:19|20)\d\d,? )?"
    r"(?:(?:written |story |fic |fanfic )?by:?[*_]* +"
    r"|(?:escrito |écrit )?(?:por|par) +(?-i:(?=[A-Z][\w'’-]*(?: [A-Z][\w'’-]*){0,2}\Z)))"
    r"(?P<author>\S.{0,70}?)[-~*_ ]*"
)
_TITLE_BY = re.compile(
    r"[\"“']?(?P<title>[A-Z0-9].{0,80}?)[\"”']?,? +(?:by|By|BY) +"
    r"(?P<author>[\w.'’-]+(?: [\w.'’&()@<>-]+){0,4}(?:, [\w.+-]+@[\w.-]+)?)"
    r"(?: \[Reviews - \d{1,5}\])?"
)
_QUOTED_TITLE = re.compile(
    r"(?:(?P<of>[A-Z][\w :&'’-]{1,30}): )?[\"“](?P<title>[^\"“”]{1,80})[\"”] *[-,]? *"
    r"(?P<part>\(?(?:part|chapter|pt\.?)? *\d{1,3} *(?:/|of) *[\d?]{1,3}\)?)?"
)
_AWARD = re.compile(
    r"\W(?:awards?|award-winning|winner|winning|nominee|nominated|runner[- ]up|honou?rable mention|illuminations"
    r"|(?:first|second|third|1st|2nd|3rd) place|fic of the (?:month|week|year)|best \w+ (?:fic|story|author))\b"
)
"""To be looked for in small letters, behind a blank: a good deal faster than by word boundaries in any case."""
_SITE = re.compile(
    r"(?i)\b(?:archives?|home ?page|web ?site|fan ?fiction site|fan ?fic(?:tion)?s?|stories (?:by|page)|entry|presents"
    r"|fiction page|www|http)\b|['’]s (?:fan ?)?(?:fiction|fics?|stories|page|site)\W*$|://|\.(?:com|net|org)\b"
)
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_DATED = re.compile(
    rf"(?:,? (?:\d{{1,2}} )?(?:{_MONTHS})[a-z]{{0,6}}\.? (?:\d{{1,2}}, ?)?|, ?| ?\()(?:19[89]|20[0-3])\d\)?\Z"
)
"""``by Amber Leigh, May 1998``"""
_BY_ALONE = re.compile(r"(?i)(?:written )?by:?")


def is_signed_title(line: str) -> bool:
    """``Red Sky, Paper Boats by Hanako Lind``"""
    found = _TITLE_BY.fullmatch(line.strip())
    return found is not None and found["author"][:1].isupper()


_NO_NAME = re.compile(r"(?:the|an?|my|your|his|her|its|their|our) ")
"""*By the Gate* is a title."""


def by_line(line: str) -> str | None:
    """The author of ``by R. Penhallow``; None when the line is something else."""
    return _author(line) if len(line) <= _BY_LINE_AT_MOST else None


_BY_LINE_AT_MOST = 400
"""Characters, mostly of a line that is drawn around it."""


@lru_cache(maxsize=2_000)
def _author(line: str) -> str | None:
    match = _BY.fullmatch(line.strip())
    if match is None or match["author"].endswith((",", ";")) or _NO_NAME.match(match["author"]):
        return None
    return _DATED.sub("", match["author"]).strip() or None


_SEVERAL_BY = re.compile(
    r"(?i)(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|some|several) (?:[\w-]+ ){0,3}"
    r"(?:drabbles|stories|ficlets|fics|tales|vignettes) by (?P<author>\S.{0,60})"
)
"""``Four drabbles by saltcellar``, above the first of them."""
_PART_SIGN = re.compile(r"(?i)[\dcp]")
"""A digit, or how ``part`` and ``chapter`` begin: in every part mark."""
PART_MARK = re.compile(
    r"(?i)(?<![\s,:-])[\s,:-]*[(\[]?"
    r"(?:(?:part|chapter|pt\.?|ch\.?) *(?:\d{1,3}|[ivxl]{1,6}|one|two|three|four|five|six)\b(?: *(?:/|of) *[\d?]{1,3})?"
    r"|\d{1,3} *(?:/|of) *[\d?]{1,3})[)\]]?\s*\Z"
)


def without_part(title: str) -> str:
    """*title* without ``(1/4)`` or ``Part 2`` behind it."""
    return PART_MARK.sub("", title) if _PART_SIGN.search(title) else title


_SHELVES = (
    "books?|tv(?: shows?)?|television|movies?|anime|anime/manga|manga|cartoons?|comics?|games?|plays?"
    "|musicals?|misc|crossovers?"
)
_SHELVED = re.compile(
    rf"(?i)(?:home ?[»>] ?)?(?:{_SHELVES}) ?[»>] ?(?P<fandom>[^»>]{{2,60}}?)(?: ?[»>] ?(?P<title>[^»>]{{1,100}}))?"
)
"""``Books » Lord of the Rings » Small Cups``: where a story stands on fanfiction.net."""
DATE_LINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}(?:st|nd|rd|th)?,? |\d{1,2} [A-Z][a-z]{2,8},? )(?:19|20)\d\d"
    r"|(?:@ ?|Posted (?:on|at) )?(?:19|20)\d\d[-./]\d\d[-./]\d\d,? (?:at )?\d\d?:\d\d(?::\d\d)?"
    r"(?: ?[apAP][mM])?(?: UTC)?"
    r"|\[?[A-Z][a-z]{2}\.? \d{1,2}(?:st|nd|rd|th),? (?:19|20)\d\d ?\|? ?(?:@ ?)?\d\d?:\d\d ?[apAP][mM]\]?"
)
"""A day alone above the labels. Below them it may be that of a diary."""
_AROUND = " *_~-()[]"
_STORY_LINE = re.compile(r"(?i)an? .{2,40} (?:story|fan ?fic(?:tion)?|fic|tale|crossover)")


def is_story_line(line: str) -> bool:
    """``A due South story``: what stands between a title and its author."""
    return _STORY_LINE.fullmatch(line.strip(_AROUND)) is not None


def _names_fandom(line: str) -> bool:
    """``A due South story``, in small letters: *A Christmas Story* is a title; *A Buffy Fan Fiction* is none."""
    return is_story_line(line) and (line.split()[-1].strip(_AROUND).islower() or bool(_FAN_FICTION.search(line)))


_FAN_FICTION = re.compile(r"(?i)\bfan ?fic(?:tion)?\W*\Z")


def parted_title(line: str) -> tuple[str, str] | None:
    """Title and author of ``The Ladder, by R. Penhallow``."""
    match = _TITLE_BY.fullmatch(line.strip(" *_~-"))
    return (match["title"].strip(), match["author"].strip()) if match else None


def is_by(line: str) -> bool:
    """``by``, alone on its line; the author is on the next."""
    return _BY_ALONE.fullmatch(line.strip()) is not None


def is_address(line: str) -> bool:
    """A mail address, alone on its line."""
    return "@" in line and EMAIL.fullmatch(line.strip()) is not None


def may_precede(line: str) -> bool:
    """May *line* stand above the labels: a title, a banner, a menu, and no prose?"""
    text = line.strip()
    short = len(text) <= 100 or sentence_claim(0, text) is not None
    return short and not (text[:1] in '"“' and text.endswith((',"', ",”", "said.", '."', '?"')))


_META = re.compile(
    r"\W(?:fan ?fics?|fics?|fan ?fiction|fiction|story|stories|series|sequel|prequel|authors?|copyright|awards?"
    r"|feedback|spoilers?|rated|disclaimer|e-?mail|website)\b"
)


def is_prose(line: str) -> bool:
    """A sentence that does not talk about stories: nothing that stands above a header."""
    return is_sentence(line) and not _META.search(f" {line.lower()}")


def _is_award(line: str) -> bool:
    return _AWARD.search(f" {line.lower()}") is not None


def is_sentence(line: str) -> bool:
    """Does *line* read like prose: long, or with a full stop at its end?"""
    text = line.rstrip(" \"”'’*_)")
    if not text.endswith((".", ",", "?", "!")) or len(text.split()) < 6:
        return False
    if text.endswith("?") and PART_MARK.search(line.rstrip(" *_~")):
        return False  # "Nine Ways to Leave the House (1/?)"
    return not (_is_award(text) or code_claims(0, line) or sentence_claim(0, line))


def preamble_claims(lines: Sequence[Numbered], titled: bool, authored: bool) -> Iterator[Claim]:
    """What the lines above the labels claim, in their order. *titled* and *authored*: labels say so below."""
    addressed = _addressed(lines)
    lines = [(n, line.strip()) for n, line in lines if _says_something(line)]
    title = None if titled else _title_line(lines)
    signed = False
    for number, line in lines:
        is_title = title is not None and number == title[0]
        named = not authored and not is_title and number in addressed
        if named or (signed and len(line.split()) < 6):  # her address is on the next line, or "by" had one to itself
            yield Claim("author", line if named else clean_value(line), f"line {number}")
            signed = False
            continue
        signed = is_by(line)
        if is_title and not (ASKED.fullmatch(line) or _SHELVED.fullmatch(line)):
            yield from _title_claims(line, f"line {number}", authored)
        else:
            yield from _line_claims(number, line, titled)


def _line_claims(number: int, line: str, titled: bool) -> Iterator[Claim]:
    """What a line that is no title claims."""
    origin = f"line {number}"
    if asked := ASKED.fullmatch(line):
        yield Claim(_ANSWERS[asked["asked"]], asked["answer"].strip('"“” '), origin)
    elif shelved := _SHELVED.fullmatch(line):
        told = (("fandom", shelved["fandom"]), ("title", None if titled else shelved["title"]))
        yield from (Claim(label, value.strip(), origin) for label, value in told if value)
    elif author := by_line(line):
        yield Claim("author", clean_value(author), origin)
        if (match := _TITLE_BY.fullmatch(line)) and is_story_line(match["title"]):
            yield Claim("other", match["title"], origin)  # "A Charmed fanfic by Dahlia"
    elif titled and (several := _SEVERAL_BY.fullmatch(line)):
        yield Claim("author", clean_value(several["author"]), origin)
    elif _is_award(line):
        yield Claim("award", clean_value(line), origin)
    elif (heading := heading_of(line)) and heading.kind in ("part", "chapter"):
        yield Claim("part", f"{heading.kind} {heading.number}" if heading.number else heading.text, origin)
    elif DATE_LINE.fullmatch(line):
        yield Claim("published", line, origin)
    elif _names_fandom(line):
        yield Claim("other", line, origin)
    else:
        yield from sentence_claims(number, line) or code_claims(number, line)


_FULL_NAME = re.compile(r"[A-Z][\w'’-]+(?: [A-Z]\.?)?(?: [A-Z][\w'’-]+){1,2}")
ASKED = re.compile(r"(?P<asked>Who|What): *(?P<answer>\S.{0,80})")
"""``Who: Dean/Castiel`` above ``Rated: R``, as some fests ask."""
_ANSWERS = {"Who": "pairing", "What": "title"}


def _addressed(lines: Sequence[Numbered]) -> set[int]:
    """The lines that are a full name, with a mail address on the next."""
    return {n for (n, line), (_, below) in pairwise(lines) if _FULL_NAME.fullmatch(line.strip()) and is_address(below)}


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not is_scene_break(line) and not is_furniture(line)


def _title_line(lines: Sequence[Numbered]) -> Numbered | None:
    """The line that is the title: the one before ``by X``, else the first that is no banner."""
    if any(match and match["asked"] == "What" for match in (ASKED.fullmatch(line) for _, line in lines)):
        return None
    free = [line for line in lines if not (by_line(line[1]) or sentence_claim(*line) or code_claims(*line))]
    free = [line for line in free if not (DATE_LINE.fullmatch(line[1]) or _names_fandom(line[1]))]
    if any((shelved := _SHELVED.fullmatch(line)) and shelved["title"] for _, line in free):
        return None
    banners = [line for line in free if _is_award(line[1]) or _SITE.search(line[1]) or heading_of(line[1])]
    plain = [line for line in free if line not in banners and not (is_by(line[1]) or is_story_line(line[1]))]
    by = next((n for n, line in lines if by_line(line) or is_by(line)), None)
    before = [line for line in plain if by is not None and line[0] < by]
    if before:
        return before[-1]
    if len(plain) > 1 and parted_title(plain[-1][1]) and not parted_title(plain[0][1]):
        return plain[-1]
    if by is None and (signed := [line for line in plain[1:] if _TITLE_BY.fullmatch(line[1])]):
        return signed[0]  # a site's name is above it
    return plain[0] if plain else free[0] if len(free) == 1 else None


def _title_claims(line: str, origin: str, authored: bool) -> Iterator[Claim]:
    if (match := _TITLE_BY.fullmatch(line)) and not authored:
        yield Claim("title", clean_value(match["title"]), origin)
        yield Claim("author", clean_value(match["author"]), origin)
    elif match := _QUOTED_TITLE.fullmatch(line):
        yield Claim("title", match["title"].strip(), origin)
        if match["of"]:
            yield Claim("other", f"A {match['of']} story", origin)  # 'HIGHLANDER: "The Ferryman's Fee"'
        if match["part"]:
            yield Claim("part", match["part"].strip("() "), origin)
    elif coded := coded_title(line, number_in(origin)):
        yield from coded
    else:
        yield Claim("title", clean_value(_NAMED.sub("", line.strip("-~#=+^| ")).strip("-~ ").strip("*~ ")), origin)


_NAMED = re.compile(
    r"(?i)(?:\W{0,2}(?:name|fic|fanfic|story|fill|ficlet|drabble|repost)\s*:|[\[(] ?fic ?[\])])\s*(?=\S)"
)


def number_in(origin: str) -> int:
    return int(origin.removeprefix("line "))


_BETWEEN_CODES = (" | ", " // ", " :: ", " || ")


def coded_title(line: str, number: int) -> tuple[Claim, ...]:
    """``Differential | House/Wilson | R | 2,100 words``: a title and codes, one of them the rating; () of any other
    line."""
    between = next((sign for sign in _BETWEEN_CODES if sign in line), None)
    if between is None or len(line) > CODE_LINE_AT_MOST:
        return ()
    title, _, rest = line.strip("*_ ").partition(between)
    pieces = [piece.strip() for piece in rest.split(between)]
    said = [(piece, _piece_claim(number, piece), code_key(piece)) for piece in pieces]
    if len(said) > 2 and said[0][1:] == (None, None) and may_name_fandom(pieces[0]):
        said[0] = (pieces[0], None, "fandom")  # "Veritas :: Alias :: Sydney/Vaughn :: PG-13"
    claims = [found or Claim(key or "", piece, f"line {number}") for piece, found, key in said if found or key]
    if len(claims) < len(said) or not any(claim.label == "rating" for claim in claims):
        return ()
    return (Claim("title", _NAMED.sub("", clean_value(title)).strip("*_ "), f"line {number}"), *claims)


def _piece_claim(number: int, piece: str) -> Claim | None:
    """What one piece beside a title claims: ``by mensa_reject``, ``spoilers for "Hush"``."""
    author = by_line(piece)
    return Claim("author", author, f"line {number}") if author else sentence_claim(number, piece)
