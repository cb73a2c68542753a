"""A story that came by mail or news: what its mail header claims, and the message without signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header, make_header
from itertools import islice

from ficsearch.readers.digest import LIST_NAME
from ficsearch.readers.subject import is_story_post, subject_claims
from ficsearch.story import Claim
from ficsearch.text import squash


@dataclass(frozen=True, slots=True)
class Message:
    """``claims`` of the mail header; ``text`` is the body, which begins at line ``first_line`` of the file."""

    claims: tuple[Claim, ...]
    text: str
    first_line: int


_FIELD = re.compile(r"([A-Za-z][A-Za-z-]{1,30}):(?:[ \t]+(.*))?")
_OF_MACHINES = frozenset(
    (
        *("message-id", "newsgroups", "path", "received", "references", "lines", "mime-version", "content-type"),
        *("content-transfer-encoding", "return-path", "organization", "nntp-posting-host", "xref", "sender"),
    )
)
_OF_PEOPLE = frozenset(("from", "to", "subject", "date", "sent", "reply-to", "cc"))
_MAIL_DATE = re.compile(
    r"(?:\w{3,9},? )?(?:\d{1,2} \w{3} \d{2,4}|\w{3,9} \d{1,2}, \d{4}),? {1,2}(?:at )?\d\d?:\d\d(?::\d\d)?(?: .{0,20})?"
)
"""As programs write it: ``Sat, 22 May 1999 21:14:07 -0700``, ``Thursday, May 17, 2001 11:08 PM``, and what was copied
from a list's pages, ``Sat Feb 13, 1999 9:14 pm``."""
_MBOX = re.compile(r"From \S+ .*\d{4}\n")
_FIELD_FIRST = re.compile(r"[A-Za-z][A-Za-z-]{1,24}: ")
_NEXT_POST = re.compile(r"\n\n(?=(?:[A-Z][A-Za-z-]{1,24}: [^\n]{1,300}\n){3})")
_ENVELOPE_AT_MOST, _FIELDS_AT_MOST = 4_000, 40
_POSTS_AT_MOST = 2_000
_LETTERS_SURE, _LETTER_AT_LEAST = 2_000, 150
"""So many letters are read whatever they hold; of more, each has so many characters in the mean. A postmark, From,
Subject and Date take a hundred."""
_NEXT_MESSAGE = re.compile(r"\n(?=From \S+ [^\n]*\d{4}\n[A-Z][A-Za-z-]+: )")


def messages(text: str) -> list[str]:
    """The messages of a mailbox file, or of posts by one person saved one below the other; a single text for any
    other."""
    if text.startswith("From "):
        letters = _NEXT_MESSAGE.split(text)
        return letters if len(letters) <= max(_LETTERS_SURE, len(text) // _LETTER_AT_LEAST) else [text]
    if not _FIELD_FIRST.match(text):
        return [text]
    poster = _from_line(text[:_ENVELOPE_AT_MOST])
    if poster is None or text.count(poster) < 2 or read_message(text) is None:
        return [text]
    near = (match.end() for match in islice(_NEXT_POST.finditer(text), _POSTS_AT_MOST))
    starts = [at for at in near if _from_line(text[at : at + _ENVELOPE_AT_MOST]) == poster]
    posts = [at for at in starts if read_message(text[at : at + _ENVELOPE_AT_MOST]) is not None]
    ends = [*(at - 1 for at in posts), len(text)]  # the line end before a post belongs to neither
    return [text[at:end] for at, end in zip([0, *posts], ends, strict=True)]


def _from_line(text: str) -> str | None:
    """The line ``From: ...`` among the first fields of *text*."""
    lines = text.split("\n", _FIELDS_AT_MOST)[:_FIELDS_AT_MOST]
    head = lines[: lines.index("")] if "" in lines else lines
    return next((line for line in head if line.lower().startswith("from: ") and len(line) > len("from: ")), None)


def read_message(text: str, first_line: int = 1) -> Message | None:
    """*text* as a message, or None when it does not begin with the header of one.

    A story may begin with a letter: ``From:`` and ``Subject:`` alone are not enough, a field that only machines
    write (or a date as they write it) must be among them, or a subject under which nothing but stories is posted.
    """
    start = match.end() if (match := _MBOX.match(text)) else 0
    fields, end = _fields(text[start : start + 20_000])
    machine = any(name in _OF_MACHINES or name.startswith("x-") for name, _, _ in fields)
    dated = any(name in ("date", "sent") and _MAIL_DATE.match(value) for name, value, _ in fields)
    people = sum(name in _OF_PEOPLE for name, _, _ in fields)
    sent = any(name in ("from", "to") for name, _, _ in fields)  # else it is a header whose title is called Subject
    posted = sent and any(name == "subject" and is_story_post(value) for name, value, _ in fields)
    if people < 2 or not (machine or dated or posted):
        return None
    first = first_line + text.count("\n", 0, start)
    claims = tuple(claim for name, value, at in fields for claim in _claims(name, value, f"line {first + at}"))
    body = text[start + end :]
    return Message(claims, _unsigned(body, _poster(fields)), first + text.count("\n", start, start + end))


def _fields(head: str) -> tuple[list[tuple[str, str, int]], int]:
    """(name, value, line) of the mail header at the top of *head*, and where the message begins."""
    fields: list[tuple[str, str, int]] = []
    end = 0
    for at, line in enumerate(_lines(head)):
        if match := _FIELD.fullmatch(line):
            fields.append((match[1].lower(), _decoded((match[2] or "").strip()), at))
        elif fields and line[:1] in (" ", "\t") and line.strip():
            name, value, first = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}", first)
        else:
            return fields, end + (line == "")
        end += len(line) + 1
    return fields, end


def _decoded(value: str) -> str:
    """*value* with its encoded words (``=?iso-8859-1?Q?Ren=E9e?=``, RFC 2047) as what they mean."""
    if "=?" not in value:
        return value
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError, MessageError):
        return value


def _lines(text: str) -> Iterator[str]:
    """The lines of *text*, cut one by one: few of them are wanted."""
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield text[start:end]
        start = end + 1
    yield text[start:]


def _claims(name: str, value: str, origin: str) -> list[Claim]:
    if name == "from":
        return [Claim("author", value, origin)]
    if name in ("date", "sent"):
        return [Claim("published", value, origin)]
    if name == "newsgroups":
        return [Claim("other", value, origin)]
    if name != "subject":
        return []
    told = [Claim("other", tag["list"], f"{origin}, {LIST_NAME}")] if (tag := _LIST_TAG.match(value)) else []
    return [*subject_claims(value, origin), *told]


_LIST_TAG = re.compile(
    r"(?i)(?:re: |fwd?: )?"
    r"\[(?P<list>[a-z][\w-]{1,30}?(?:fics?|fiction|stories|creative)(?:[-_]?(?:list|l|gen|slash|adult))?)\]"
)
"""``[BuffyFic] FIC: After the Tide``"""


def _unsigned(body: str, poster: str) -> str:
    """*body* up to its signature, which begins with a line ``-- `` (RFC 3676, 4.3) and is short."""
    at = max(body.rfind("\n-- \n"), body.rfind("\n--\n"))
    signed = at >= 0 and _is_name_of(poster, body[at:].lstrip("\n -").partition("\n")[0])
    if at < 0 or body.count("\n", at) >= 16 or (_SPEECH.search(body, at) and not signed):
        return body  # what parts a header, or a scene, from a short story
    return body[:at]


def _poster(fields: Sequence[tuple[str, str, int]]) -> str:
    return next((value for name, value, _ in fields if name == "from"), "")


def _is_name_of(poster: str, line: str) -> bool:
    """Is *line* the name, or a part of it, of who posted?"""
    name = squash(line)
    return bool(name) and f" {name} " in f" {squash(poster)} "


_SPEECH = re.compile(r"\n[\"“][^\"“”\n]{1,200}[,.!?][\"”]? (?:[a-z]+ )?[A-Za-z]")
"""Somebody speaks, and the line goes on: no motto."""
