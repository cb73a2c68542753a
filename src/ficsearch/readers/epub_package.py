"""The package of an EPUB: what it says of the book, its pages in order, and their titles."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ficsearch.errors import ReadingError
from ficsearch.readers import dom, xml
from ficsearch.readers.archive import Archive
from ficsearch.readers.encoding import decode
from ficsearch.readers.xml import every, name_of, words


@dataclass(frozen=True, slots=True)
class Meta:
    """One line of the metadata: ``dc:title``, or a ``meta`` by its name or property."""

    name: str
    value: str
    attributes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Package:
    """``pages`` are entries of the archive in reading order; ``titles`` and ``kinds`` are kept by entry.

    A kind is what the guide calls a page (``title-page``); ``targets`` counts the places in it that the table
    of contents points to.
    """

    metas: tuple[Meta, ...] = ()
    pages: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    targets: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def values(self, name: str) -> list[str]:
        return [meta.value for meta in self.metas if meta.name == name]


_PAGE = re.compile(r"\.x?html?\Z", re.IGNORECASE)
_MARKUP = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml", "")


def read_package(archive: Archive) -> Package:
    """The package, or what can be made of the archive without one."""
    path = _package_path(archive)
    root = _xml(archive, path) if path else None
    if path is None or root is None:
        pages = tuple(sorted(filter(_PAGE.search, archive.names), key=_natural))
        return Package(pages=pages, problems=("no package document: the pages are read in the order of their names",))
    items = _manifest(archive, root, posixpath.dirname(path))
    pages, problems = _spine(root, items)
    contents = list(_contents(archive, root, items))
    return Package(
        metas=tuple(_metas(root)),
        pages=pages or tuple(_listed(items)),
        titles={page: title for page, title in reversed(contents) if title},
        targets=Counter(page for page, _ in contents),
        kinds=dict(_kinds(archive, root, items, posixpath.dirname(path))),
        problems=problems,
    )


def _listed(items: Mapping[str, _Item]) -> Iterator[str]:
    """The pages of the manifest, whatever type it gives them, but not the table of contents."""
    for item in items.values():
        is_page = item.path and (item.media_type in _MARKUP or _PAGE.search(item.path))
        if item.path and is_page and "nav" not in item.properties.split():
            yield item.path


def _natural(name: str) -> list[tuple[int, str]]:
    """``chapter2`` before ``chapter10``."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"(\d+)", name.casefold())]


def _package_path(archive: Archive) -> str | None:
    container = _xml(archive, archive.find("META-INF/container.xml"))
    for rootfile in every(container, "rootfile"):
        if found := archive.find(rootfile.get("full-path") or ""):
            return found
    packages = [name for name in archive.names if name.lower().endswith(".opf")]
    return min(packages, key=lambda name: (name.count("/"), name), default=None)


def _xml(archive: Archive, name: str | None) -> Any:
    """The root of the entry *name*; None when there is none, or it is beyond reading: a book does without."""
    try:
        return xml.parse(archive.read(name)) if name else None
    except ReadingError:
        return None


_DUBLIN_CORE = "{http://purl.org/dc/elements/"


def _metas(root: Any) -> Iterator[Meta]:
    for metadata in every(root, "metadata"):
        for element in metadata.iter():
            tag = element.tag if isinstance(element.tag, str) else ""
            attributes = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
            if tag.startswith((_DUBLIN_CORE, "dc:")):
                name = name_of(element).removeprefix("dc:")
                value = "".join(element.itertext()).strip() if name == "description" else words(element)
                yield Meta(f"dc:{name}", value, attributes)
            elif name_of(element) == "meta":
                name = element.get("property") or element.get("name") or ""
                yield Meta(name, element.get("content") or words(element), attributes)


@dataclass(frozen=True, slots=True)
class _Item:
    path: str | None
    media_type: str
    properties: str


def _manifest(archive: Archive, root: Any, folder: str) -> dict[str, _Item]:
    return {
        item.get("id") or "": _Item(
            _entry(archive, folder, item.get("href")),
            (item.get("media-type") or "").lower(),
            item.get("properties") or "",
        )
        for item in every(root, "item")
    }


def _entry(archive: Archive, folder: str, href: str | None) -> str | None:
    """The entry that *href* names, seen from *folder*."""
    path = (href or "").partition("#")[0]
    return archive.find(posixpath.join(folder, path)) if path else None


def _spine(root: Any, items: Mapping[str, _Item]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wanted = [itemref.get("idref") or "" for itemref in every(root, "itemref")]
    found = [items[name].path for name in wanted if name in items]
    pages = tuple(dict.fromkeys(path for path in found if path))
    missing = [name for name in wanted if name not in items or items[name].path is None]
    problems = (
        [f"{len(missing)} of {len(wanted)} pages are missing from the book (first {missing[0]!r})"] if missing else []
    )
    if not wanted:
        problems.append("the book gives no reading order: the pages are read as they are listed")
    return pages, tuple(problems)


def _kinds(archive: Archive, root: Any, items: Mapping[str, _Item], folder: str) -> Iterator[tuple[str, str]]:
    """What the guide says of pages; the table of contents itself is one too."""
    for reference in every(root, "reference"):
        if path := _entry(archive, folder, reference.get("href")):
            yield path, (reference.get("type") or "").lower()
    for item in items.values():
        if item.path and "nav" in item.properties.split():
            yield item.path, "toc"


def _contents(archive: Archive, root: Any, items: Mapping[str, _Item]) -> Iterator[tuple[str, str]]:
    """Page and title for each line of the table of contents, of EPUB 3 or else of EPUB 2."""
    nav = next((i.path for i in items.values() if i.path and "nav" in i.properties.split()), None)
    lines = list(_nav_lines(archive, nav)) if nav else []
    if not lines:
        ncx = next((i.path for i in items.values() if i.path and i.path.lower().endswith(".ncx")), None)
        lines = list(_ncx_lines(archive, ncx or archive.find("toc.ncx")))
    yield from lines


def _nav_lines(archive: Archive, name: str) -> Iterator[tuple[str, str]]:
    try:
        tree = dom.parse_xhtml(decode(archive.read(name)).text)
    except ReadingError:
        return
    navs = tree.css("nav")
    chosen = next((nav for nav in navs if "toc" in (nav.attributes.get("epub:type") or "").split()), None)
    for nav in [chosen] if chosen else navs[:1]:
        for link in nav.css("a[href]"):
            if path := _entry(archive, posixpath.dirname(name), dom.href(link)):
                yield path, " ".join(link.text().split())


def _ncx_lines(archive: Archive, name: str | None) -> Iterator[tuple[str, str]]:
    for point in every(_xml(archive, name), "navpoint"):
        content = next((child for child in point if name_of(child) == "content"), None)
        label = next((words(child) for child in point if name_of(child) == "navlabel"), "")
        folder = posixpath.dirname(name or "")
        if content is not None and (path := _entry(archive, folder, content.get("src"))):
            yield path, label
