"""The introduction that FicHub puts into its EPUBs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficsearch.readers import dom, markup
from ficsearch.readers.claims import claimed
from ficsearch.readers.dom import Tree
from ficsearch.readers.labels import label_of
from ficsearch.story import Claim

_BY = re.compile(r"by:?\s+(\S.*)", re.IGNORECASE)
_FIELD = re.compile(r"([A-Z][\w ]{2,30}):\s*(\S.*)", re.DOTALL)


def is_introduction(name: str, tree: Tree) -> bool:
    """Is this page FicHub's introduction: by its name, and the by-line under the title?"""
    if not name.endswith("introduction.xhtml") or tree.css_first("h1") is None:
        return False
    return any(_BY.fullmatch(dom.line(p)) for p in tree.css("p, h2, h3")[:4])


def introduction_claims(tree: Tree) -> Iterator[Claim]:
    """Title, author, summary, and ``Label: value - Label: value`` lines."""
    yield from claimed("title", dom.first_line(tree, "h1"), "introduction")
    summary_next = False
    for block in markup.blocks(dom.body_of(tree)):
        line = block.plain
        heading, by = line.rstrip(":") == "Summary", _BY.fullmatch(line)
        if by:
            yield from claimed("author", by[1], "introduction")
        elif summary_next and not (heading or _FIELD.fullmatch(line)):
            yield from claimed("summary", line, "introduction")
        else:
            yield from _fields(line)
        summary_next = heading or by is not None
    for link in tree.css('a[href*="/s/"], a[href*="/works/"]')[:1]:
        yield from claimed("source_url", dom.href(link), "introduction")


def _fields(line: str) -> Iterator[Claim]:
    parts = [line] if line.startswith("Summary") else line.split(" - ")
    for part in parts:
        found = _FIELD.fullmatch(part.strip())
        key = label_of(found[1]) if found else None
        if found and key and key != "other":
            yield from claimed(key, found[2], f"introduction {found[1]}")
