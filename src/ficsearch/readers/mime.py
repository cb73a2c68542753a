"""Mail in parts (MIME) -> documents: a text in two forms, an attached story, a digest, a mailbox, a saved page.

Python's own ``email`` takes the parts apart and unpacks them. What a letter says itself becomes the text that it was
before it was packed, and is read as such; what is attached is read as the file that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.message import Message

from ficsearch.errors import ReadingError
from ficsearch.readers import formats
from ficsearch.readers.claims import with_fallback
from ficsearch.readers.encoding import Decoded, decode_as
from ficsearch.readers.parts import Part, parts_of
from ficsearch.readers.plain import documents_of, read_plain
from ficsearch.story import Claim, Document

_DEPTH_AT_MOST = 40
"""Parts within parts. Each level is looked for at every line; mail that was sent on a few times has ten."""
_PARTS_AT_MOST, _PART_AT_LEAST = 20_000, 500
"""More parts than that, or on average smaller ones, are no mail; each takes the time of a kilobyte of text."""
_ATTACHED_AT_MOST = 500
_FIELDS = ("From", "Subject", "Date", "Newsgroups")
_ANY_LETTER = ("To:", "Cc:", "MIME-Version: 1.0")
"""By these lines a text is known for a letter, whoever did not say from whom it is."""


def read_mime(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a letter, in each of a mailbox, or in a page that a browser saved so.

    Raises ReadingError when no part of it is a text. What is nested beyond measure is read as the text that it is.
    """
    if _depth(data) > _DEPTH_AT_MOST or data.count(b"\n--") > max(_PARTS_AT_MOST, len(data) // _PART_AT_LEAST):
        return read_plain(name, data)
    try:
        letters = [message_from_bytes(_bounded(raw)) for raw in _letters(data)]
    except RecursionError:  # a letter in a letter, a thousand times
        return read_plain(name, data)
    if page := _saved_page(name, letters[0]):
        return page
    found = _Found()
    for letter in (inner for outer in letters for inner in _unnested(outer)):
        found.take(letter)
    return found.documents()


_PARAMETERS = re.compile(rb"^content-[a-z-]{1,30}:(?:[^\n]*\n[ \t])*[^\n]*", re.IGNORECASE | re.MULTILINE)
_PARAMETERS_AT_MOST = 200


def _bounded(letter: bytes) -> bytes:
    """*letter* without fields of thousands of parameters, which are nobody's: the library of mail looks at each of them
    through all that stand behind it."""
    if letter.count(b";") <= _PARAMETERS_AT_MOST:
        return letter
    return _PARAMETERS.sub(lambda m: m[0] if m[0].count(b";") <= _PARAMETERS_AT_MOST else b"X-Strange: field", letter)


_BOUND = re.compile(rb'(?i)boundary="?([^"\s;]{1,200})|^--([^\r\n]{1,200})--[ \t]*\r?$', re.MULTILINE)


def _depth(data: bytes) -> int:
    """How many parts are open at once, at most."""
    opened: list[bytes] = []
    deepest = 0
    for match in _BOUND.finditer(data):
        if match[1]:
            opened.append(match[1])
            deepest = max(deepest, len(opened))
        elif match[2] in opened[-_DEPTH_AT_MOST:]:
            del opened[len(opened) - 1 - opened[::-1].index(match[2]) :]
    return deepest


_NEXT = re.compile(rb"\n(?=From \S+ [^\n]*\d{4}\r?\n[A-Z][A-Za-z-]+: )")


def _letters(data: bytes) -> list[bytes]:
    return _NEXT.split(data) if data.startswith(b"From ") else [data]


def _unnested(letter: Message) -> Iterator[Message]:
    """*letter*, or the letters of the digest that it is, or that it sends on: what is said above these is contents."""
    inner = [part for part in _leaves(letter) if part.get_content_type() == "message/rfc822"]
    if not inner:
        yield letter
    for one in inner:
        for message in _payload(one):
            yield from _unnested(message)


def _leaves(part: Message) -> Iterator[Message]:
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        for inner in _payload(part):
            yield from _leaves(inner)
    else:
        yield part


def _payload(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []


# ---- what a letter says


@dataclass
class _Found:
    """What was found so far: the parts of stories in the letters themselves, and the stories attached to them."""

    parts: list[Part] = field(default_factory=list)
    attached: list[Document] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    letters: int = 0

    def take(self, letter: Message) -> None:
        """Everything in one letter. What only goes with an attached story (a greeting, its header) is no story."""
        self.letters += 1
        parts = self._said(letter)
        stories = list(self._attached(letter))
        if not stories:
            self.parts += [part for part in parts if part.text.strip() or len(parts) > 1]
            return
        if sum(len(part.text) for part in parts) > sum(len(c.text) for d in stories for c in d.chapters):
            self.parts += parts
        claims = parts[0].claims if parts else ()
        shared = [c for c in claims if len(stories) == 1 or c.label not in ("title", "part")]
        self.attached += [replace(d, claims=with_fallback(d.claims, shared)) for d in stories]

    def documents(self) -> tuple[Document, ...]:
        told = tuple(dict.fromkeys(self.problems))
        made = (*(documents_of(self.parts, told, "mail") if self.parts else ()), *self.attached)
        if not made:
            reason = f": {told[0]}" if told else ""
            raise ReadingError(f"no part of the mail is a story{reason}")
        return made if self.parts else (replace(made[0], problems=(*made[0].problems, *told)), *made[1:])

    def _said(self, letter: Message) -> list[Part]:
        """The text of the letter, read with its envelope."""
        fields = {name: line for name in _FIELDS if (line := _line_of(letter, name))}
        envelope = [*(f"{name}: {line}" for name, line in fields.items()), *_ANY_LETTER, ""]
        text = "\n".join([*envelope, self._text(letter)])
        where = f"message {self.letters}" if self.letters > 1 else "the message"
        places = [*(f"{name} of {where}" for name in fields), *("" for _ in envelope[len(fields) :])]
        return [replace(p, claims=tuple(_placed(c, places, where) for c in p.claims)) for p in parts_of(text)]

    def _text(self, part: Message) -> str:
        """The words of *part* and of the parts in it; nothing of what is attached."""
        kind = part.get_content_type()
        if part.is_multipart():
            texts = [self._text(inner) for inner in _payload(part)]
            return _fullest(texts) if kind == "multipart/alternative" else _joined(texts)
        if _is_attached(part) or part.get_content_maintype() != "text":
            return ""
        try:
            decoded = _decoded(part)
        except ReadingError:  # a part of blanks
            return ""
        self.problems += decoded.problems
        return _text_of_page(decoded.text) if kind == "text/html" else decoded.text

    def _attached(self, letter: Message) -> Iterator[Document]:
        from ficsearch.readers import read  # READERS names this module, and is asked here for each file

        for part in list(_leaves(letter))[:_ATTACHED_AT_MOST]:
            data, name = part.get_payload(decode=True), part.get_filename() or ""
            media = part.get_content_maintype() in ("image", "audio", "video")
            if media or not (_is_attached(part) and isinstance(data, bytes)) or formats.is_media(data):
                continue
            try:
                found = read(name, data)
            except ReadingError as problem:
                self.problems.append(f"{name!r} in the mail is left out: {problem.message}")
                continue
            yield from (replace(d, member=f"{name}/{d.member}" if d.member else name) for d in found if d.chapters)


def _is_attached(part: Message) -> bool:
    return bool(part.get_filename()) or part.get_content_disposition() == "attachment"


def _line_of(letter: Message, name: str) -> str:
    """A field of the envelope on one line; RFC 2047 is read where any envelope is."""
    raw = next((str(value) for key, value in letter.raw_items() if key.lower() == name.lower()), "")
    try:
        text = raw if raw.isascii() else decode_as(raw.encode("utf-8", "surrogateescape"), None).text
    except ReadingError:
        return ""
    return " ".join(text.split())


_LINE = re.compile(r"line (\d+)")


def _placed(claim: Claim, places: Sequence[str], where: str) -> Claim:
    """*claim* with its place in the message; the lines of the envelope have *places* of their own."""
    if not (match := _LINE.fullmatch(claim.origin)):
        return claim
    number = int(match[1]) - len(places)
    return replace(claim, origin=f"line {number} of {where}" if number > 0 else places[number - 1])


def _fullest(texts: Sequence[str]) -> str:
    """Of the same text in several forms the plainest, which comes first, if it holds as much as the others."""
    words = [len(text.split()) for text in texts]
    return next((text for text, count in zip(texts, words, strict=True) if 2 * count >= max(words)), "")


_FOOTER = re.compile(r"\s*[_=-]{4,}[ \t]*\n")
_FOOTER_AT_MOST = 1_000


def _joined(texts: Sequence[str]) -> str:
    """The texts below each other, without the footer of a list, which comes as a part of its own below a rule."""
    kept = [text for text in texts if text.strip()]
    while len(kept) > 1 and len(kept[-1]) < _FOOTER_AT_MOST and _FOOTER.match(kept[-1]):
        kept.pop()
    return "\n\n".join(kept)


def _decoded(part: Message) -> Decoded:
    data = part.get_payload(decode=True)
    return decode_as(data if isinstance(data, bytes) else b"", part.get_content_charset())


def _text_of_page(html: str) -> str:
    """A page as somebody would have typed it."""
    from ficsearch.readers import dom, markup  # a mailbox of plain letters needs no HTML parser
    from ficsearch.readers.blocks import typed
    from ficsearch.readers.html import parse_page

    return typed(markup.blocks(dom.body_of(parse_page(html))))


# ---- a page that a browser saved as mail (MHTML)

_BROWSER = re.compile(r"\s*<?saved by ", re.IGNORECASE)


def _saved_page(name: str, letter: Message) -> tuple[Document, ...]:
    """The stories on such a page; () of a letter."""
    if letter.get_content_type() != "multipart/related" or not _BROWSER.match(_line_of(letter, "From")):
        return ()
    page = next((part for part in _leaves(letter) if part.get_content_type() == "text/html"), None)
    if page is None:
        raise ReadingError("the saved page holds no page")
    from ficsearch.readers.html import read_html

    address = _line_of(letter, "Snapshot-Content-Location") or _line_of(page, "Content-Location")
    claims = [Claim("source_url", address, "Content-Location")] if address.startswith("http") else []
    found = read_html(name, _decoded(page).text.encode())
    return tuple(replace(d, claims=with_fallback(d.claims, claims)) for d in found)
