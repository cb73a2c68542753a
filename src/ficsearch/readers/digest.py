"""A digest of a mailing list: many posts in one message, each with a small header of its own after a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator

_RULE = re.compile(
    r"\n[-_=]{8,}[ \t]*\n+(?:[ \t]*Message: \d+[ \t]*\n)?(?=[ \t]*(?:Date|From|Subject|Message-ID|To):[ \t])"
)
_SIGNS = re.compile(r"(?i)\bdigest\b|in this (?:issue|digest)|today's topics|topics in this")
_HEAD = 3_000
_INDENTED = re.compile(r"(?m)^[ \t]+(?=(?:Date|From|Subject|To|Reply-To):)")
_MAIL_HEAD = 600
_FOOT = re.compile(r"(?i)\n+(?:[-_*=]{4,}\s*\n+)*(?:end of .{0,80}|-{3,}\s*end.{0,60})(?:\n[\s*_=-]*)?\Z")
"""``End of fictalk Digest V3 #112``, with its rules."""


def posts_of(text: str) -> Iterator[tuple[int, str]]:
    """The posts of a digest, each with where it begins in *text*; nothing when it is none."""
    if not _SIGNS.search(text[:_HEAD]):
        return
    starts = [match.end() for match in _RULE.finditer(text)]
    if not starts:
        return
    cuts = [match.start() for match in _RULE.finditer(text)][1:]
    for start, end in zip(starts, [*cuts, len(text)], strict=True):
        yield start, _post(text[start:end])


def _post(text: str) -> str:
    """One post, its header flush left, without what closes the digest or parts it from the next."""
    head, rest = text[:_MAIL_HEAD], text[_MAIL_HEAD:]
    return _FOOT.sub("", _INDENTED.sub("", head) + rest).rstrip().rstrip("-_=").rstrip()
