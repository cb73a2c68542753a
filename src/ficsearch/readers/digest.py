"""A digest of a mailing list: many posts in one message, each with a small header of its own after a rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_RULE = re.compile(
    r"\n[-_=]{8,}[ \t]*\n+(?:[ \t]*Message: \d+[ \t]*\n)?(?=[ \t]*(?:Date|From|Subject|Message-ID|To):[ \t])"
)
_SIGNS = re.compile(r"(?i)\bdigest\b|in this (?:issue|digest)|today's topics|topics in this")
_HEAD = 3_000
_INDENTED = re.compile(r"(?m)^[ \t]+(?=(?:Date|From|Subject|To|Reply-To):)")
_MAIL_HEAD = 600
LIST_NAME = "name of the list"
"""The origin of a claim that tells to which list a post was sent."""
_NAMED = re.compile(r"(?i)\b(?P<list>[a-z][\w-]{2,40}?)[-_ ]digest\b")
_POSTS_AT_MOST = 500
"""Digests were sent after some twenty posts."""
_FOOT = re.compile(r"(?i)[-_*=~ \t]*|end of .{0,80}|-{3,}\s*end.{0,60}")
"""A line below the last post: a rule, ``End of fictalk Digest V3 #112``."""


def posts_of(text: str) -> Iterator[tuple[int, str]]:
    """The posts of a digest, each with how many lines stand before it; nothing when it is none."""
    rules = list(islice(_RULE.finditer(text), _POSTS_AT_MOST))
    if not rules or not _SIGNS.search(text[:_HEAD]):
        return
    ends = [*(rule.start() for rule in rules[1:]), len(text)]
    lines = at = 0
    for rule, end in zip(rules, ends, strict=False):
        lines += text.count("\n", at, rule.end())
        at = rule.end()
        yield lines, _post(text[at:end])


def list_of(text: str) -> str | None:
    """The name of the list that a digest is of: ``torchwood-fic-digest V1 #31``."""
    match = _NAMED.search(text[:_HEAD])
    return match["list"] if match else None


def _post(text: str) -> str:
    """One post, its header flush left, without what closes the digest or parts it from the next."""
    head, rest = text[:_MAIL_HEAD], text[_MAIL_HEAD:]
    post = (_INDENTED.sub("", head) + rest).rstrip()
    while post and _FOOT.fullmatch(post, post.rfind("\n") + 1):
        post = post[: max(0, post.rfind("\n"))].rstrip()
    return post
