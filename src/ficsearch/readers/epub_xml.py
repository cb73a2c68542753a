"""The XML inside an EPUB, read without DTDs, entities or the network, and by names without namespaces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree


def parse(data: bytes) -> Any:
    """The root element, or None where nothing can be made of *data*. Small damage is mended."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        return etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def name_of(element: Any) -> str:
    """The name of *element* without its namespace, which many books leave out; empty for a comment."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def every(root: Any, wanted: str) -> Iterator[Any]:
    """The elements called *wanted* in and below *root*, which may be None."""
    return (element for element in (root.iter() if root is not None else ()) if name_of(element) == wanted)


def words(element: Any) -> str:
    """The text of *element* on one line."""
    return " ".join("".join(element.itertext()).split())
