"""Plain text -> documents: a header, a story in chapters, and what else people have put into such files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ficsearch.readers.blocks import is_scene_break
from ficsearch.readers.chapters import split_chapters
from ficsearch.readers.encoding import decode
from ficsearch.readers.furniture import footer_start, is_end_mark, is_furniture
from ficsearch.readers.headerlines import clean_value
from ficsearch.readers.headers import Header, find_header
from ficsearch.readers.headings import heading_of, is_titular
from ficsearch.readers.mail import messages, read_message
from ficsearch.readers.notes import without_notes
from ficsearch.readers.paragraphs import paragraphs
from ficsearch.story import Chapter, Claim, Document
from ficsearch.text import squash


def read_plain(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a text file of any age. Raises ReadingError when it is no text."""
    decoded = decode(data)
    return tuple(map(doubted, read_text(decoded.text, problems=decoded.problems)))


def doubted(document: Document) -> Document:
    """*document*, which tells when there is nothing below its header."""
    if document.chapters:
        return document
    return replace(document, problems=(*document.problems, "there is no story below the header"))


def read_text(
    text: str, claims: Sequence[Claim] = (), problems: Sequence[str] = (), format: str = "text"
) -> tuple[Document, ...]:
    """The stories in *text*. *claims* were made before it (front matter): they come first in the first story."""
    parts = list(_parts(text))
    parts[0] = replace(parts[0], claims=(*claims, *parts[0].claims))
    return tuple(_document(story, tuple(problems), format) for story in _stories(parts))


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch of the file with a header of its own (or none): a story, or a part of one."""

    claims: tuple[Claim, ...]
    text: str

    @property
    def title(self) -> str:
        title = next((c.value for c in self.claims if c.label == "title"), "")
        return _PART_MARK.sub("", title)


_PART_MARK = re.compile(
    r"(?i)[\s,:-]*[(\[]?"
    r"(?:(?:part|chapter|pt\.?|ch\.?) *(?:\d{1,3}|[ivxl]{1,6}|one|two|three|four|five|six)\b(?: *(?:/|of) *[\d?]{1,3})?"
    r"|\d{1,3} *(?:/|of) *[\d?]{1,3})[)\]]?\s*\Z"
)


def _stories(parts: Sequence[_Part]) -> list[list[_Part]]:
    """The parts, those of one story together: they bear its title, or none."""
    stories: list[list[_Part]] = []
    for part in parts:
        if stories and (not part.title or squash(part.title) == squash(stories[-1][0].title)):
            stories[-1].append(part)
        else:
            stories.append([part])
    return stories


def _document(parts: Sequence[_Part], problems: tuple[str, ...], format: str) -> Document:
    claims = list(parts[0].claims)
    chapters: list[Chapter] = []
    for number, part in enumerate(parts):
        split, notes = without_notes(split_chapters(paragraphs(part.text), part.title))
        if len(parts) > 1 and len(split) == 1 and split[0].title is None:
            split = (replace(split[0], title=_title_of_part(part, number + 1)),)
        chapters += split
        claims += _news([*part.claims, *notes], claims)
    return Document(tuple(chapters), tuple(claims), format, problems)


def _title_of_part(part: _Part, number: int) -> str:
    return next((c.value for c in part.claims if c.label == "chapter_title"), f"Part {number}")


_SAID_ONCE = frozenset(("title", "author", "email", "website", "part", "chapter", "summary", "words", "archive"))


def _news(claims: Iterable[Claim], before: Sequence[Claim]) -> list[Claim]:
    """What a later header says that the first did not."""
    known = {(c.label, c.value) for c in before}
    labels = {c.label for c in before}
    return [c for c in claims if (c.label, c.value) not in known and not (c.label in _SAID_ONCE and c.label in labels)]


# ---- cutting a file into parts

_HEAD = 12_000
"""Characters in which a header is looked for."""


def _parts(text: str) -> Iterator[_Part]:
    line = 1
    for message in messages(text):
        mail = read_message(message, line)
        body, first = (mail.text, mail.first_line) if mail else (message, line)
        for part in _parts_of_message(body, first):
            yield replace(part, claims=_with_mail(part.claims, mail.claims)) if mail else part
            mail = None
        line += message.count("\n") + 1


def _with_mail(claims: tuple[Claim, ...], mail: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """The story's own words go before those of its envelope."""
    known = {claim.label for claim in claims}
    return (*claims, *(claim for claim in mail if claim.label not in known))


def _parts_of_message(text: str, first_line: int) -> Iterator[_Part]:
    top = _header_at(text, 0, first_line)
    starts = [0, *_inner_headers(text, top)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        line = first_line + text.count("\n", 0, start)
        part = _part(text[start:end], top if start == 0 else _header_at(text, start, line), line)
        yield part


def _header_at(text: str, start: int, first_line: int) -> Header | None:
    lines = text[start : start + _HEAD].split("\n")
    header = find_header(lines, first_line)
    if header and header.end + 1 >= len(lines) and start + _HEAD < len(text):
        return find_header(text[start : start + 8 * _HEAD].split("\n"), first_line)
    return header


def _part(text: str, header: Header | None, first_line: int) -> _Part:
    if header is not None:
        return _Part(header.claims, _without_furniture(text[_offset(text, header.end) :]))
    body, claims = _with_header_below(text, first_line)
    body = _without_furniture(body)
    return _Part(claims, body) if claims else _with_title_above(body)


_TITLE_AT_MOST = 60
_SLUG_LINE = re.compile(r"(?:INT|EXT)\b")
"""The first line of a scene in a screenplay."""


def _with_title_above(text: str) -> _Part:
    """A story whose only header is its title: a line by itself, written like a title, and prose after it."""
    title, _, rest = text.lstrip("\n").partition("\n\n")
    following = rest.lstrip("\n")[: _TITLE_AT_MOST + 1].partition("\n\n")[0]
    titular = (
        not _SLUG_LINE.match(title)
        and len(title) <= _TITLE_AT_MOST < len(following)
        and "\n" not in title
        and is_titular(title.strip())
    )
    if not titular or heading_of(title):
        return _Part((), text)
    return _Part((Claim("title", clean_value(title), "first line"),), rest)


def _offset(text: str, line: int) -> int:
    """Where line *line* (from 0) begins in *text*."""
    at = 0
    for _ in range(line):
        at = text.find("\n", at) + 1
        if at == 0:
            return len(text)
    return at


# ---- headers further down

_TITLE_LABEL = re.compile(r"\n[ \t*_]{0,8}(?:Story |STORY |Fic |FIC )?(?:Title|TITLE|title)[*_]{0,2} {0,8}[:–—-]")
_STORY_KEYS = frozenset(("author", "rating", "disclaimer", "summary", "spoilers", "pairing", "fandom", "feedback"))


def _inner_headers(text: str, top: Header | None) -> Iterator[int]:
    """Where further stories or parts begin: at a title label after a rule, an end mark or a wide gap, with a header
    around it. A header quoted in a scene has none of these before it."""
    begin = _offset(text, top.end) if top else 0
    for match in _TITLE_LABEL.finditer(text, begin):
        start = _boundary_before(text, match.start(), begin)
        if start is not None and start > begin and _is_story_header(text[match.start() + 1 : match.start() + _HEAD]):
            yield start


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


def _with_header_below(text: str, first_line: int) -> tuple[str, tuple[Claim, ...]]:
    """A story that puts its header after THE END, as some archives did."""
    start = max(0, len(text) - _TAIL)
    lines = text[start:].split("\n")
    for at, line in enumerate(lines):
        if not is_end_mark(line) or not (header := find_header(lines[at + 1 :])):
            continue
        if len({claim.label for claim in header.claims} & {"title", *_STORY_KEYS}) > 1:
            end = start + _offset(text[start:], at + 1)
            numbered = find_header(lines[at + 1 :], first_line + text.count("\n", 0, end))
            return text[:end], numbered.claims if numbered else ()
    return text, ()


_FOOT = 8_000


def _without_furniture(text: str) -> str:
    """*text* without what the site put before and after it."""
    text = text.rstrip()
    start = max(0, text.rfind("\n", 0, max(0, len(text) - _FOOT)) + 1)
    tail = text[start:].split("\n")
    end = footer_start(tail)
    text = text[: start + _offset(text[start:], end)] if end < len(tail) else text
    head = text[:2_000].split("\n")
    top = 0
    while top < len(head) - 1 and (not head[top].strip() or is_furniture(head[top])):
        top += 1
    return text[_offset(text, top) :]
