"""XML of books and documents, read without DTDs, entities or the network, and by names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from lxml import etree

_ENTITY = b"<!ENTITY"


def parse(data: bytes) -> Any:
    """The root element, or None where nothing can be made of *data*. Small damage is mended.

    An entity that *data* declares itself is never expanded, fetched or counted: it stands for nothing.
    """
    return parse_mended(data)[0]


def parse_mended(data: bytes) -> tuple[Any, tuple[str, ...]]:
    """The same, and what had to be mended: the text after such a place may be missing."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(_without_entities(data.lstrip()), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None, ()
    faults = [f"the XML is damaged in line {fault.line}: text may be missing" for fault in parser.error_log]
    return root, tuple(faults[:1])


def _without_entities(data: bytes) -> bytes:
    """*data* without what it declares: at a trap the parser would stop, and the rest of the story be lost. Not by an
    expression, which would look for the end of each of a hundred thousand declarations that have none."""
    pieces: list[bytes] = []
    at = 0
    while (start := data.find(_ENTITY, at)) >= 0 and (end := data.find(b">", start)) >= 0:
        pieces.append(data[at:start])
        at = end + 1
    return b"".join((*pieces, data[at:]))


def name_of(element: Any) -> str:
    """The name of *element* without its namespace, which many books leave out; empty for a comment."""
    tag = element.tag
    return _bare(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=2_000)
def _bare(tag: str) -> str:
    return tag.rpartition("}")[2].lower()


def attribute(element: Any, name: str) -> str:
    """The value of the attribute *name*, whatever its namespace; empty where there is none."""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def every(root: Any, wanted: str) -> Iterator[Any]:
    """The elements called *wanted* in and below *root*, which may be None."""
    return (element for element in (root.iter() if root is not None else ()) if name_of(element) == wanted)


def named(root: Any, name: str) -> Iterator[Any]:
    """The elements that are called exactly so, which is found much sooner."""
    return iter(root.iter(f"{{*}}{name}") if root is not None else ())


def words(element: Any) -> str:
    """The text of *element* on one line."""
    if not isinstance(element.tag, str):  # a reference to an entity, which stands among the elements
        return ""
    return " ".join("".join(element.itertext()).split())
