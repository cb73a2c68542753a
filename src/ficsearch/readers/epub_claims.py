"""What the package of an EPUB claims of the book: used where its pages leave a question open."""

from __future__ import annotations

import html
from collections.abc import Iterator

from ficsearch.readers import dom
from ficsearch.readers.claims import claimed
from ficsearch.readers.epub_package import Meta, Package
from ficsearch.readers.headers import described
from ficsearch.story import Claim

_NOTHING = frozenset(("[no data]", "no data", "[title here]", "[main title here]", "[author here]", "untitled", "n/a"))
"""What editors of books fill in by themselves."""
_DATES = {"modification": "updated", "publication": "published", "": "published"}


def package_claims(package: Package, subjects: bool) -> Iterator[Claim]:
    """The claims of Dublin Core and of the series. *subjects* are taken only on request: archives throw every
    tag of every kind in there, cut at commas."""
    titles = [title for title in package.values("dc:title")[:1] if title.casefold() not in _NOTHING]
    yield from claimed("title", titles, "dc:title")
    yield from claimed("author", (a for a in _authors(package) if a.casefold() not in _NOTHING), "dc:creator")
    yield from claimed("language", package.values("dc:language")[:1], "dc:language")
    for description in package.values("dc:description")[:1]:
        yield from described(_without_tags(description), "dc:description")
    yield from claimed("series", _series(package), "series metadata")
    for meta in package.metas:
        if meta.name == "dc:date" and (label := _DATES.get(meta.attributes.get("event", ""))):
            yield from claimed(label, None if meta.value.startswith("0") else meta.value[:10], "dc:date")
        elif meta.name in ("dc:source", "dc:identifier") and meta.value.startswith(("http://", "https://")):
            yield from claimed("source_url", meta.value, meta.name)
        elif meta.name == "dc:subject" and subjects:
            yield from claimed("genre", meta.value, "dc:subject")


def _authors(package: Package) -> list[str]:
    """Creators who wrote it: in EPUB 3 the role stands in a meta that refers to the creator."""
    roles = {m.attributes.get("refines", "").lstrip("#"): m.value for m in package.metas if m.name == "role"}
    creators = [m for m in package.metas if m.name == "dc:creator"]
    written = [m for m in creators if _role(m, roles) in ("", "aut")]
    return [m.value for m in written or creators]


def _role(meta: Meta, roles: dict[str, str]) -> str:
    return (meta.attributes.get("role") or roles.get(meta.attributes.get("id", "-"), "")).lower()


def _series(package: Package) -> str | None:
    """``Part 2 of X``, from calibre's metadata or from EPUB 3's collection."""
    for name, index in (("calibre:series", "calibre:series_index"), ("belongs-to-collection", "group-position")):
        if names := package.values(name):
            number = next(iter(package.values(index)), "").removesuffix(".0")
            return f"Part {number} of {names[0]}" if number else names[0]
    return None


def _without_tags(description: str) -> str:
    """A description may be HTML, and that escaped once more."""
    text = html.unescape(description) if "&lt;" in description else description
    return dom.note(dom.parse(text).body) if "<" in text else text
