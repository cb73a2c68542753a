"""HTML -> document: the page is decoded, parsed as browsers do, and read by the site that knows it."""

from __future__ import annotations

import re
from dataclasses import replace

from ficsearch.readers import dom
from ficsearch.readers.dom import Tree
from ficsearch.readers.encoding import Decoded, decode_as
from ficsearch.readers.mail_archives import read_message_page
from ficsearch.readers.sites import read_tree
from ficsearch.story import Document

_DECLARED = re.compile(rb"""(?:charset\s*=|encoding\s*=)\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 4096
_FRAMES = re.compile(r"</?(?:frameset|frame|noframes)\b[^<>]{0,400}>", re.IGNORECASE)
_XHTML = re.compile(
    r"\s*<\?xml\b|[^>]{0,400}<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML|\s*<html\s[^>]{0,400}xmlns=", re.I
)


def read_html(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories on a page, mostly one: chapters, and what the page says of them.

    Raises ReadingError when *data* is no text.
    """
    page = decode_page(data)
    documents = read_message_page(page.text) or read_tree(parse_page(page.text))
    return tuple(replace(d, problems=(*page.problems, *d.problems)) for d in documents)


def decode_page(data: bytes) -> Decoded:
    """*data* as text, with the charset that the page declares."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    return decode_as(data, found[1].decode("ascii") if found else None)


def parse_page(text: str) -> Tree:
    """The tree of a page; an XHTML page may close any element where it opens it."""
    if _FRAMES.search(text, 0, _DECLARED_WITHIN):  # what stands between the frames is what browsers without them showed
        text = _FRAMES.sub("", text)
    return dom.parse_xhtml(text) if _XHTML.match(text) else dom.parse(text)
