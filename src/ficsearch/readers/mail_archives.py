"""A message in the archive of a mailing list (Pipermail, MHonArc) as a page: it is read as the message it was."""

from __future__ import annotations

import re

from ficsearch.readers import dom, markup
from ficsearch.readers.blocks import typed
from ficsearch.readers.plain import read_text
from ficsearch.story import Document

_BODY = re.compile(
    r"<!--(?:beginarticle|X-Body-of-Message)-->(?P<body>.*?)<!--(?:endarticle|X-Body-of-Message-End)-->", re.DOTALL
)
"""What Pipermail and MHonArc write around the message, whatever the list's own look."""
_FIELD = re.compile(r"<li>\s*<(em|strong|b)>(From|Subject|Date)</\1>:(.*?)</li>", re.IGNORECASE | re.DOTALL)
_HEAD_AT_MOST = 20_000


def read_message_page(text: str) -> tuple[Document, ...]:
    """The stories in the message; () for any other page."""
    found = _BODY.search(text) if "<!--" in text[:_HEAD_AT_MOST] else None
    if found is None:
        return ()
    head = _fields(text[max(0, found.start() - _HEAD_AT_MOST) : found.start()])
    body = typed(markup.blocks(dom.body_of(dom.parse(found["body"]))))
    return read_text("\n".join(f"{name}: {value}" for name, value in head.items()) + f"\n\n{body}\n", format="html")


def _fields(head: str) -> dict[str, str]:
    """From, Subject and Date: MHonArc lists them, Pipermail has a heading, a name in bold and a day in italics."""
    fields = {name.title(): _line(value) for _, name, value in _FIELD.findall(head)}
    tree = dom.parse(head)
    for name, selector in (("From", "b"), ("Subject", "h1"), ("Date", "i")):
        fields.setdefault(name, dom.first_line(tree, selector))
    return {**fields, "X-Archive": "a page"}


def _line(html: str) -> str:
    return markup.line_of(dom.body_of(dom.parse(html)))
