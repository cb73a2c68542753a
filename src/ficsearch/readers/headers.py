"""The block of labels at the head of a story: where it begins and ends, and what it claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ficsearch.dates import read_date
from ficsearch.readers.belowlabels import after_rule, after_sentences, skip_blank
from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.claims import claimed
from ficsearch.readers.codes import code_claims
from ficsearch.readers.headerblock import QUOTES, HeaderBlock, HeaderField
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headings import heading_of, is_titular
from ficsearch.readers.labels import STRONG_KEYS
from ficsearch.readers.preamble import (
    ASKED,
    Numbered,
    by_line,
    coded_title,
    is_by,
    is_prose,
    is_sentence,
    is_signed_title,
    is_story_line,
    may_precede,
    parted_title,
    preamble_claims,
)
from ficsearch.readers.sentences import sentence_claim
from ficsearch.readers.statements import said_of_story
from ficsearch.readers.subject import is_story_post, subject_claims, with_title_tags
from ficsearch.readers.titlepage import title_page
from ficsearch.readers.unfolded import unboxed, unbulleted, unwrapped
from ficsearch.story import Claim


@dataclass(frozen=True, slots=True)
class Header:
    """What a header claims, in the order of the file; ``lines[start:end]`` is the block itself. ``unread`` are the
    lines in it that look like fields and are none that is known."""

    claims: tuple[Claim, ...]
    start: int
    end: int
    unread: tuple[Claim, ...] = ()


def find_header(lines: Sequence[str], first_line: int = 1) -> Header | None:
    """The header at the top of *lines*, or None. *first_line* is the number of ``lines[0]`` in its file.

    A header is a block: at least two known labels close together before the prose (or one, with ``by X`` above it).
    ``Rating:`` in a dialogue is story.
    """
    lines = unbulleted(unboxed(lines))
    first = _first_label(lines)
    if first is None:
        return _without_labels(lines, first_line)
    lines = unwrapped(as_written := lines, first)
    block = HeaderBlock(lines, first)
    block.read()
    end = block.end if lines is as_written else skip_blank(lines, block.end)
    above = list(enumerate(lines[:first], first_line))
    if not _is_header(block, [line for _, line in above if line.strip()]):
        return _without_labels(lines, first_line)
    claims = (*preamble_claims(above, "title" in block.keys, "author" in block.keys), *block.claims(first_line))
    claims = (*with_title_tags(claims), *_named_below_title(above, claims))
    unread = tuple(Claim("unread", lines[at].strip(), f"line {at + first_line}") for at in block.unread)
    if named := _named(unread, claims):
        claims, unread = (*claims, named), tuple(claim for claim in unread if claim.origin != named.origin)
    return _with_rest(Header(claims, skip_blank(lines, 0), end, unread), lines, first_line)


_NAME = re.compile(r"(?i)\W*(?:my )?name\W*[:=]\W*(?P<name>[^\W\d_].{0,40})")


def _named(unread: Sequence[Claim], claims: Sequence[Claim]) -> Claim | None:
    """The author by ``Name: Hettie``, where a title has its own label and nothing else tells who wrote it."""
    told = {claim.label for claim in claims}
    if "author" in told or "title" not in told:
        return None
    found = ((claim, _NAME.fullmatch(claim.value)) for claim in unread)
    return next((Claim("author", match["name"], claim.origin, "Name") for claim, match in found if match), None)


_PEN_NAME = re.compile(r"(?=[^\W\d_])[\w.-]{2,30}")


def _named_below_title(above: Sequence[Numbered], claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The author of a site's page whose labels tell all but her: one word on the line below the title."""
    told = {claim.label for claim in claims}
    if len(above) < 2 or "author" in told or not {"fandom", "title"} <= told:
        return ()
    (_, title), (number, name) = above[:2]
    alone = not any(line.strip() for _, line in above[2:])
    if not alone or not title.strip() or not any(c.label == "title" and c.value in title for c in claims):
        return ()
    return (Claim("author", name.strip(), f"line {number}"),) if _PEN_NAME.fullmatch(name.strip()) else ()


def _with_rest(header: Header, lines: Sequence[str], first_line: int) -> Header:
    """*header* with what its author says without labels below it: a title page, sentences above a rule."""
    said, end = said_of_story(lines, header.end, first_line)
    page = title_page(lines, end, header.claims, first_line)
    if page is None:
        return replace(header, claims=(*header.claims, *said), end=end)
    claims = (*header.claims, *said, *page.claims)
    more, end = said_of_story(lines, page.end, first_line)
    return replace(header, claims=(*claims, *more), end=end)


def read_fields(lines: Sequence[str], first_line: int = 1) -> tuple[Claim, ...]:
    """The claims of *lines* that are known to be a header (a title page): every label counts, wherever it stands,
    and what follows a label up to the next one is its value."""
    block = HeaderBlock(lines, 0)
    for at, line in enumerate(lines):
        if found := labelled(line):
            block.add(found, at)
        elif line.strip() and block.fields:
            block.fields[-1].lines.append(line)
        elif line.strip() and (claim := sentence_claim(at + first_line, line)):
            block.say(at, claim)
    return block.claims(first_line)


def described(text: str, origin: str) -> tuple[Claim, ...]:
    """What a description claims: its author may have put the whole header there, above the summary or below it."""
    lines = text.split("\n")
    header = find_header(lines)
    claims = fields_of(header)
    if header is None or not claims:
        only, told = _first_field(text, origin)
        return (*only, *claimed("summary", "\n\n".join(" ".join(p.split()) for p in told.split("\n\n")), origin))
    first = next((n for n, line in enumerate(lines) if labelled(line)), header.start)
    rest = "\n".join((*lines[:first], *lines[header.end :]))
    summary = () if any(claim.label == "summary" for claim in claims) else claimed("summary", rest, origin)
    return (*(replace(claim, origin=origin) for claim in claims), *summary)


def _first_field(text: str, origin: str) -> tuple[list[Claim], str]:
    """The one labelled line above a summary (``Rating: PG``), and the rest of the description."""
    line, _, rest = text.partition("\n")
    found = labelled(line)
    if len(found) != 1 or found[0].key not in _DECLARED or not found[0].value or not rest.strip():
        return [], text
    return [Claim(found[0].key, found[0].value, origin, found[0].label)], rest.strip()


_DECLARED = frozenset(("rating", "fandom", "pairing", "spoilers"))
"""What is a field even where it is the only one."""


def fields_of(header: Header | None) -> list[Claim]:
    """The labelled claims of a header that stands in a description or a note; none where it has only one."""
    claims = [claim for claim in header.claims if claim.written] if header else []
    return claims if len(claims) >= _DESCRIBED_AT_LEAST else []


_DESCRIBED_AT_LEAST = 2
_ABOVE_AT_MOST = 12
"""Lines above the first label: an award, a site's name, a menu, a title, an author, a mail address."""


_SPEAKER = re.compile(r"(?!From|To|Cc|CC|Sent|Reply)[A-Z][\w .'’-]{0,24}:\s")
"""Somebody speaks: in a play what looks like a label below is somebody too."""


_LETTER = re.compile(r"(?:From|To|Cc|CC):\s")


def _first_label(lines: Sequence[str]) -> int | None:
    above, speakers, paragraph = 0, 0, ""
    signed = letter = 0
    for at, line in enumerate(lines):
        if not line or line.isspace():
            paragraph = ""
            continue
        signed += by_line(line) is not None
        letter += bool(signed and _LETTER.match(line))
        if letter > 1:
            return None  # below a title and its author somebody writes a letter
        if labelled(line):
            return at
        above += 1
        speakers += bool(_SPEAKER.match(line)) and not ASKED.fullmatch(line)
        paragraph = f"{paragraph} {line}"
        if above > _ABOVE_AT_MOST or speakers > 1 or not may_precede(line) or is_prose(paragraph):
            return None
    return None


def _without_labels(lines: Sequence[str], first_line: int) -> Header | None:
    """A title and ``by X`` are a header too when they are the first two lines."""
    first = skip_blank(lines, 0)
    if (
        first < len(lines)
        and (said := sentence_claim(first + first_line, lines[first]))
        and said.label in _ALONE_AT_TOP
    ):
        return Header((said,), first, after_rule(lines, first + 1))
    second = _by_line_below(lines, first)
    if second is None and _is_signed_title(lines, first):
        second = first
    if second is None:
        line = lines[first] if first < len(lines) else ""
        coded = coded_title(line, first + first_line) or _subject(line, first + first_line)
        return Header(coded, first, after_rule(lines, first + 1)) if coded else None
    if codes := _codes_over_lines(lines, second + 1, first_line):
        told, end = codes
        top = list(enumerate(lines[first : second + 1], first + first_line))
        return Header((*preamble_claims(top, False, False), *told), first, after_rule(lines, end))
    end = after_sentences(lines, second + 1)
    top = list(enumerate(lines[first:end], first + first_line))
    claims = with_title_tags(tuple(preamble_claims(top, False, False)))
    talk, below = said_of_story(lines, end, first_line)
    told = (*claims, *talk)
    return Header(told, first, below if talk else after_rule(lines, end)) if told else None


_SUBJECT_AT_MOST = 160


def _subject(line: str, number: int) -> tuple[Claim, ...]:
    """The subject of a post without its envelope: ``Re: [svfic] FIC: Corn Moon (Clark/Lex, PG-13) 2/2``."""
    if len(line) > _SUBJECT_AT_MOST or not is_story_post(line.strip()):
        return ()
    claims = subject_claims(line.strip(), f"line {number}")
    told = {claim.label for claim in claims}
    return tuple(claims) if "title" in told and told & {"rating", "pairing"} else ()


_ALONE_AT_TOP = frozenset(("disclaimer", "spoilers"))


def _is_signed_title(lines: Sequence[str], at: int) -> bool:
    """``"Crop Circles" by Ada Thorn``, in quotes, or with a line of codes below it: *Death by Chocolate* is a title."""
    line = lines[at].strip() if at < len(lines) else ""
    if parted_title(line) is None or is_sentence(line):
        return False
    if ", by " in line and is_titular(line):
        return True
    below = skip_blank(lines, at + 1)
    told = below < len(lines) and (code_claims(0, lines[below]) or sentence_claim(0, lines[below]))
    return bool(told) or (line[0] in '"“' and (below > at + 1 or is_scene_break(lines[below])))


def _codes_over_lines(lines: Sequence[str], start: int, first_line: int) -> tuple[tuple[Claim, ...], int] | None:
    """What the lines below a by-line say when they are one line of codes, set in several, and where they end."""
    end = start
    while end < len(lines) and lines[end].strip() and end - start < _TITLE_PAGE:
        end += 1
    if end - start < 2 or not (end == len(lines) or not lines[end].strip()):
        return None
    for last in range(end, start + 1, -1):
        said = code_claims(start + first_line, ", ".join(line.strip() for line in lines[start:last]))
        rest = [sentence_claim(at + first_line, lines[at]) for at in range(last, end)]
        if said and all(rest):
            return (*said, *(claim for claim in rest if claim)), end
    return None


_TITLE_PAGE = 4
"""Lines of a title page: a fandom, a title, ``by``."""


def _by_line_below(lines: Sequence[str], first: int) -> int | None:
    """Where ``by X`` or a line of codes stands below a title at *first*, close to it and with nothing but titles
    between."""
    at, seen = first, 0
    while at < len(lines) and seen < _TITLE_PAGE:
        if seen and by_line(lines[at]) is not None and not is_sentence(lines[at]):
            return at
        if seen and is_by(lines[at]):
            name = skip_blank(lines, at + 1)
            return name if name < len(lines) else None
        if seen and code_claims(at, lines[at]):
            return _last_attached(lines, at)
        if not may_precede(lines[at]) or is_sentence(lines[at]) or (seen and not _is_title_page(lines[at])):
            return None
        following = skip_blank(lines, at + 1)
        if following - at > 3:
            return None
        at, seen = following, seen + 1
    return None


def _last_attached(lines: Sequence[str], at: int) -> int:
    """The last line of the paragraph in which the line of codes at *at* stands, when the others are as short and no
    sentences: ``no spoilers``, ``for tuesday_drabbles``. Else *at*."""
    end = at + 1
    while end < len(lines) and lines[end].strip():
        end += 1
    rest = lines[at + 1 : end]
    short = len(rest) < _TITLE_PAGE and all(len(line) <= _TITLE_AT_MOST and not is_sentence(line) for line in rest)
    return end - 1 if short and not any(line.startswith(QUOTES) for line in rest) else at


def _is_title_page(line: str) -> bool:
    return is_titular(line.strip()) or is_story_line(line) or heading_of(line) is not None


_ENOUGH = 3.0
"""Two strong labels, or a strong and a weak one, or two and a ``by X`` when their separator is not a colon."""
_SURE_KEYS = frozenset(("title", "author", "rating", "disclaimer", "fandom", "pairing", "spoilers"))
"""Strong labels that need only a weak one beside them; a report has its summary and its date too."""
_ENOUGH_ALONE = ("notes", "disclaimer", "title")
_TITLE_AT_MOST = 80


def _is_header(block: HeaderBlock, above: Sequence[str]) -> bool:
    """Do the labels weigh enough, given the lines above them? Prose above asks for more."""
    by_lines = sum(by_line(line) is not None or is_by(line) for line in above)
    by_lines = by_lines or sum(is_signed_title(line) or bool(code_claims(0, line)) for line in above)
    signed = by_lines > 0 and not any(map(is_sentence, above))
    if (signed or not above) and _stands_alone(block.fields[0]):
        return not _is_form(block)
    weights: dict[str, float] = {}
    for one in block.fields:
        weights[one.key] = max(weights.get(one.key, 0), one.found.weight)
    total = sum(weights.values()) + by_lines
    strong = sum(key in STRONG_KEYS and weight > 0 for key, weight in weights.items())
    sure_keys = {key for key, weight in weights.items() if weight > 0} & _SURE_KEYS
    if any(is_sentence(line) for line in above):
        return strong > 2 and total >= 2 * _ENOUGH
    if by_lines and any(one.key == "published" and read_date(one.found.value) for one in block.fields):
        return True
    if not by_lines and _is_form(block):
        return False
    sure = strong > 1 or by_lines or sure_keys
    return bool(total >= _ENOUGH and sure and len(weights) + by_lines > 1)


_FORM_LINE = re.compile(r"[A-Z][\w' ]{1,24}:\s")
_FORM_AT_LEAST = 2


def _is_form(block: HeaderBlock) -> bool:
    """Is the title the only field that stories have, among labels that none has? A recipe, a lot of an auction."""
    lines, first = block.lines, block.fields[0].at
    if block.keys & (STRONG_KEYS | {"author"}) != {"title"}:
        return False
    end = next((at for at in range(first, len(lines)) if not lines[at].strip()), len(lines))
    strange = sum(bool(_FORM_LINE.match(line)) and not labelled(line) for line in lines[first:end])
    return strange >= _FORM_AT_LEAST


def _stands_alone(first: HeaderField) -> bool:
    """A disclaimer, an author's note or a title at the very top needs no company."""
    found = first.found
    if found.weight < 1 or found.key not in _ENOUGH_ALONE:
        return False
    if found.key == "title":
        return found.weight == 2 and len(found.value) <= _TITLE_AT_MOST and not is_sentence(found.value)
    return found.key == "disclaimer" or found.label.strip("*_ ").lower() not in ("note", "notes", "comment", "comments")
