"""A file of text, cut at its headers: the parts of a story, several stories, the messages of a mailbox."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ficsearch.readers.belowlabels import after_rule, skip_blank
from ficsearch.readers.blocks import RULE, is_scene_break
from ficsearch.readers.claims import title_of
from ficsearch.readers.digest import LIST_NAME, list_of, posts_of
from ficsearch.readers.furniture import END_MARK, comments_start, footer_start, is_end_mark, is_furniture
from ficsearch.readers.headerlines import clean_value
from ficsearch.readers.headers import Header, find_header
from ficsearch.readers.headings import heading_of, is_titular
from ficsearch.readers.mail import messages, read_message
from ficsearch.readers.preamble import PART_MARK, by_line, parted_title, without_part
from ficsearch.readers.spoiler_space import without_spoiler_space
from ficsearch.readers.statements import said_of_story
from ficsearch.readers.talk import talk_above
from ficsearch.story import Claim
from ficsearch.text import squash


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the file with a header of its own (or none): a story, or a part of one."""

    claims: tuple[Claim, ...]
    text: str

    @property
    def title(self) -> str:
        """The title without ``(1/4)``, so that the parts of a story share it."""
        return without_part(title_of(self.claims))


_SHORT_HEAD = 1_500
_HEAD = 12_000
"""Characters in which a header is looked for."""


def parts_of(text: str) -> Iterator[Part]:
    """The parts of *text* in their order, each with the claims of its own header."""
    line, before = 1, ""
    for message in messages(text):
        line += before.count("\n") + bool(before)
        posts = [(line + above, post) for above, post in posts_of(message)]
        named = list_of(message) if posts else None
        told = (Claim("other", named, LIST_NAME),) if named else ()
        for first, post in posts or [(line, message)]:
            yield from (replace(part, claims=(*part.claims, *told)) for part in _parts_of_post(post, first))
        before = message


_ENVELOPE = tuple(f"\n{name}:" for name in ("from", "to", "subject", "date", "sent", "reply-to", "cc"))
_ENVELOPE_AT_MOST = 20_000


def _may_be_mail(text: str) -> bool:
    """A message has two lines of an envelope before its first blank one; to look for them is quicker than to read."""
    end = text.find("\n\n", 0, _ENVELOPE_AT_MOST)
    head = "\n" + text[: end if end >= 0 else _ENVELOPE_AT_MOST].lower()
    return text.startswith("From ") or sum(map(head.count, _ENVELOPE)) > 1


def _parts_of_post(text: str, first_line: int) -> Iterator[Part]:
    text = without_spoiler_space(text)
    mail = read_message(text, first_line) if _may_be_mail(text) else None
    if mail is None:
        yield from _parts_of_message(text, first_line)
        return
    body, line = mail.text, mail.first_line
    top = _header_at(body, 0, line)
    if top is None and (skipped := _chat_before_header(body)):
        body, line = body[skipped:], line + body.count("\n", 0, skipped)
        top = _header_at(body, 0, line)
    first, *others = _parts_below(body, line, top) if body.strip() else [Part((), "")]
    if not first.claims or {claim.label for claim in first.claims} == {"title"}:
        first = _without_title_again(body, mail.claims, line) or first
    yield replace(first, claims=_with_mail(first.claims, mail.claims))
    yield from others


def _without_title_again(text: str, mail: tuple[Claim, ...], first_line: int) -> Part | None:
    """A post that says its subject again above the text, and ``See part 1 for headers``: the text alone, and what the
    author says of it between."""
    lines = _without_furniture(text).split("\n")
    first = skip_blank(lines, 0)
    title = Part(mail, "").title
    if not title or first >= len(lines) or not _is_title(lines[first].strip(), title):
        return None
    body = _without_furniture("\n".join(lines[first + 1 :])).split("\n")
    claims, start = said_of_story(body, 0, first_line + first + 1)
    return Part(tuple(claims), "\n".join(body[start or after_rule(body, 0) :]))


def _is_title(line: str, title: str) -> bool:
    """Is it the *title*, perhaps with who wrote it?"""
    signed = parted_title(line)
    said = signed[0] if signed else line
    return squash(without_part(said.strip(' *_"“”'))) == squash(title)


_CHAT_AT_MOST = 3_000
_LABEL_LINE = re.compile(
    r"(?:\A|\n[ \t]*\n)(?=[ \t]*[*_]{0,2}(?:Title|TITLE|title|Author|AUTHOR|FIC|Fic|Story|STORY|Titre|Titel)\b)"
)


def _chat_before_header(text: str) -> int:
    """Where the header of a post that does not begin with it begins: people say hello to the list before it, or
    answer somebody."""
    for match in _LABEL_LINE.finditer(text, 0, _CHAT_AT_MOST):
        if _is_story_header(text[match.end() : match.end() + _HEAD]):
            return match.end()
    return 0


def _with_mail(claims: tuple[Claim, ...], mail: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The story's own words go before those of its envelope."""
    known = {claim.label for claim in claims}
    return (*claims, *(claim for claim in mail if claim.label not in known))


_PREFACE_AT_MOST = 200


def _parts_of_message(text: str, first_line: int) -> Iterator[Part]:
    top = _header_at(text, 0, first_line)
    start, talk = talk_above(text, first_line) if top is None else (0, ())
    if not start:
        yield from _parts_below(text, first_line, top)
        return
    line = first_line + text.count("\n", 0, start)
    first, *others = _parts_below(text[start:], line, _header_at(text[start:], 0, line))
    yield replace(first, claims=(*first.claims, *talk))
    yield from others


def _parts_below(text: str, first_line: int, top: Header | None) -> Iterator[Part]:
    """The parts of *text*, which begins with the header *top*, or with none."""
    line, before = first_line, 0
    signed: tuple[Claim, ...] = ()
    for start, end in pairwise([0, *_starts(text, top), len(text)]):
        line += text.count("\n", before, start)
        before = start
        if start == 0 and top is None and end < min(len(text), _PREFACE_AT_MOST):
            signed = _signed_above(text[:end], line)
            continue  # the name of a collection, not a story
        part = _part(text[start:end], top if start == 0 else _header_at(text, start, line), line)
        known = any(claim.label == "author" for claim in part.claims)
        yield part if known or not signed else replace(part, claims=(*part.claims, *signed))


def _signed_above(text: str, first_line: int) -> tuple[Claim, ...]:
    """Who wrote a collection, by the line below its name: ``Four drabbles by saltcellar``."""
    lines = enumerate(text.split("\n"), first_line)
    named = ((n, by_line(line) or (parted_title(line) or ("", ""))[1]) for n, line in lines)
    return tuple(Claim("author", name, f"line {n}") for n, name in named if name)[:1]


def _header_at(text: str, start: int, first_line: int) -> Header | None:
    lines = text[start : start + _HEAD].split("\n")
    header = find_header(lines, first_line)
    if header and header.end + 1 >= len(lines) and start + _HEAD < len(text):
        return find_header(text[start : start + 8 * _HEAD].split("\n"), first_line)
    return header


def _part(text: str, header: Header | None, first_line: int) -> Part:
    top = header.claims if header else ()
    start = _offset(text, header.end) if header else 0
    body, claims = _with_header_below(text[start:], first_line + text.count("\n", 0, start), Part(top, "").title)
    body = _without_furniture(_unsigned(body) if any(c.written in _OF_BOARDS for c in top) else body)
    if header and not body.strip() and not {claim.label for claim in top} & {"title", "author"}:
        return Part((), text)  # a story each of whose paragraphs begins like a label
    known = {claim.label for claim in top}
    unread = header.unread if header else ()
    part = Part((*top, *(claim for claim in claims if claim.label not in known), *unread), body)
    return part if part.title else _with_title_above(part)


_OF_BOARDS = frozenset(("Post subject", "Posted", "Joined", "Posts"))
_BOARD_SIGNATURE = re.compile(r"\n_{15,20}\n(?:[^\n]{0,120}(?:\n|\Z)){1,5}\Z")
"""phpBB puts a rule of underscores between a post and the signature of who posted."""


def _unsigned(text: str) -> str:
    """The text of a post on a board without the signature below it."""
    return _BOARD_SIGNATURE.sub("", text.rstrip())


_TITLE_AT_MOST = 60
_SALUTATION = re.compile(r"(?i)(?:my )?(?:own )?dear(?:est)?\b(?: \S+){1,3}\Z|(?:to|hi|hello|hey) \S+\Z")
"""``Dear Ma``, above a letter."""
_SHORT_PROSE = re.compile(r"(?=(?:\S+\s+){3})[\"“'‘]?[A-Z].*[.!?…][\"”'’]?")
"""A short first paragraph: a sentence, or what somebody says."""


def _with_title_above(part: Part) -> Part:
    """A story whose header has no title, or that has no other header: the title is a line by itself above the text,
    written like a title, and prose comes after it."""
    title, _, rest = part.text.lstrip("\n").partition("\n\n")
    following = rest.lstrip("\n")[: _TITLE_AT_MOST + 1].partition("\n\n")[0]
    shouted = title.isupper() and following.endswith(".")
    prose = len(following) > _TITLE_AT_MOST or _SHORT_PROSE.fullmatch(following)
    alone = "\n" not in title and len(title) <= _TITLE_AT_MOST and (shouted or prose)
    if not alone or not is_titular(title.strip()) or heading_of(title) or _SALUTATION.match(title.strip()):
        return part
    return Part((*part.claims, Claim("title", clean_value(title), "first line")), rest)


def _offset(text: str, line: int) -> int:
    """Where line *line* (from 0) begins in *text*."""
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1
        if at == 0:
            return len(text)
    return at


# ---- headers further down

_TITLE_LABEL = re.compile(
    r"\n(?=[ \t*_SFTt])[ \t*_]{0,8}(?:(?:Story |STORY |Fic |FIC )?(?:[Tt]itle|TITLE|Titre|Titel)[*_]{0,2} {0,8}[:–—-]"
    r"|(?:Story|STORY|Fic|FIC)[*_]{0,2} ?:)"
)
_TITLES_AT_MOST, _TITLES_SURE, _STORY_AT_LEAST = 3_000, 300, 500
"""More labels than that are no stories, nor are more than a few hundred when they stand closer than drabbles are long;
each costs the reading of a header."""
_VAIN_AT_MOST = 100
"""Nor is a file an archive that has so many labels of titles without a header: each cost up to 5 ms."""
_STORY_KEYS = frozenset(("author", "rating", "disclaimer", "summary", "spoilers", "pairing", "fandom", "feedback"))


def _starts(text: str, top: Header | None) -> list[int]:
    """Where the second story of the file begins, and every further one."""
    return sorted({*_inner_headers(text, top), *_signed_headers(text, top)})


def _inner_headers(text: str, top: Header | None) -> Iterator[int]:
    """Where further stories or parts begin: at a title label after a rule, an end mark or a wide gap, with a header
    around it. A header quoted in a scene has none of these before it."""
    begin = _offset(text, top.end) if top else 0
    title, vain = "", 0
    most = min(_TITLES_AT_MOST, max(_TITLES_SURE, len(text) // _STORY_AT_LEAST))
    for match in islice(_TITLE_LABEL.finditer(text, begin), most):
        start = _boundary_before(text, match.start(), begin)
        title = title or (Part(top.claims, "").title if top else "")
        if start is None and title and _says_part_of(title, text[match.end() : match.end() + 200]):
            start = match.start() + 1
        if start is None or start <= begin:
            continue
        if _begins_story(text, match.start() + 1):
            yield start
        elif (vain := vain + 1) >= _VAIN_AT_MOST:
            return


_ENDED = re.compile(rf"\n{END_MARK}\n(?:(?:{RULE})?\n){{1,12}}(?=[^\n]{{1,80}}\n)")
_ENDED_AT_MOST = 200


def _signed_headers(text: str, top: Header | None) -> Iterator[int]:
    """Where a story begins below the end of another without a label for its title: a title, ``by X`` and fields."""
    for match in islice(_ENDED.finditer(text, _offset(text, top.end) if top else 0), _ENDED_AT_MOST):
        below = text[match.end() : match.end() + _HEAD]
        if _is_story_header(below) and not _TITLE_LABEL.match(f"\n{below[:60]}"):
            yield match.end()


def _says_part_of(title: str, after: str) -> bool:
    """Does a title label, of which this is the value and more, say the same title again, with another part?"""
    said = after.partition("\n")[0].strip(" *_")
    return squash(without_part(said)) == squash(title) and PART_MARK.search(said) is not None


def _begins_story(text: str, at: int) -> bool:
    """Does a header with a story below it begin there? Mostly a few lines tell; of hundreds of short stories, each
    would be read through those behind it."""
    return any(_is_story_header(text[at : at + size]) for size in (_SHORT_HEAD, _HEAD))


def _is_story_header(text: str) -> bool:
    """A header with a story below it. One that ends the file is of the story above (:func:`_with_header_below`)."""
    lines = text.split("\n")
    header = find_header(lines)
    if header is None or not any(line.strip() for line in lines[header.end :]):
        return False
    keys = {claim.label for claim in header.claims}
    return "title" in keys and bool(keys & _STORY_KEYS) and len(keys) > 2


_ABOVE = 600
_LINES_ABOVE = 4


def _boundary_before(text: str, at: int, begin: int) -> int | None:
    """Where a story that has its title label at *at* begins: after a rule, an end mark or two blank lines, with no
    more than a banner between."""
    lines = text[max(begin, at - _ABOVE) : at].split("\n")
    seen = blanks = 0
    position = at
    for line in reversed(lines):
        blanks = 0 if line.strip() else blanks + 1
        if blanks > 1 or (line.strip() and (is_scene_break(line) or is_end_mark(line) or is_furniture(line))):
            return position
        seen += bool(line.strip())
        if seen > _LINES_ABOVE or len(line) > 100:
            return None
        position -= len(line) + 1
    return None


_TAIL = 12_000
_ENDS_AT_MOST = 12
_END_AT_MOST = 90
_MAY_END = re.compile(rf"\n(?![A-DG-NP-SU-WYZ\n])(?:{RULE}|{END_MARK})(?=\n|\Z)")
"""A line that looks like a rule or an end mark: all lines are asked in one look, most by their first letter."""


def _ends(tail: str) -> list[tuple[int, int]]:
    """Where a story may have ended: begin and end of the last end marks and rules."""
    found = (match.span() for match in _MAY_END.finditer(tail))
    lines = ((start + 1, end) for start, end in found)
    return [place for place in lines if _is_end(tail[slice(*place)])][-_ENDS_AT_MOST:]


def _is_end(line: str) -> bool:
    return len(line) <= _END_AT_MOST and (is_end_mark(line) or is_scene_break(line))


def _with_header_below(text: str, first_line: int, title: str) -> tuple[str, tuple[Claim, ...]]:
    """A story that puts its header, or the rest of it, after THE END, as some archives did; also after a rule, when
    nothing but the header follows. One with another *title* than that at the top is of something in the story."""
    start = max(0, len(text) - _TAIL)
    tail = "\n" + text[start:]
    ends = _ends(tail)
    lines = tail.split("\n") if ends else []
    for begin, end in ends:
        ended, below = is_end_mark(tail[begin:end]), lines[tail.count("\n", 0, begin) + 1 :]
        if not (header := find_header(below)):
            continue
        other = Part(header.claims, "").title
        if title and other and squash(title) != squash(other):
            continue
        whole = not any(one.strip() for one in below[header.end :])
        keys = {claim.label for claim in header.claims} & {"title", *_STORY_KEYS}
        if (ended and len(keys) > 1) or (whole and len(keys) > 2):
            numbered = find_header(below, first_line + text.count("\n", 0, start + end))
            return text[: start + (end if ended else begin - 1)], numbered.claims if numbered else ()
    return text, ()


_HEAD_OF_FURNITURE = 2_000


def _without_furniture(text: str) -> str:
    """*text* without what the site put before and after it."""
    text = text[: comments_start(text)].rstrip()
    text = text[: footer_start(text)]
    start = 0
    while (end := text.find("\n", start, _HEAD_OF_FURNITURE)) >= 0 and _is_idle(text[start:end]):
        start = end + 1
    return text[start:]


def _is_idle(line: str) -> bool:
    return not line or line.isspace() or is_furniture(line)
