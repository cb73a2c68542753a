"""DOCX -> documents: the paragraphs of Word, without what it remembers of their making."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from ficsearch.errors import ReadingError
from ficsearch.readers import xml
from ficsearch.readers.archive import Archive
from ficsearch.readers.docx_styles import Styles
from ficsearch.readers.manuscript import Manuscript, Run, properties_of, read_manuscript
from ficsearch.readers.xml import attribute, name_of
from ficsearch.story import Claim, Document

_AGAIN = "Open it in a word processor and save it again."


def read_docx(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a document of Word 2007 or later. Raises ReadingError when it is damaged or out of bounds."""
    archive = Archive(data, "document", _AGAIN)
    if archive.has_password:
        raise ReadingError("the document is encrypted with a password", "Save it without one.")
    root, problems = _part(archive, "word/document.xml")
    body = next(xml.every(root, "body"), None)
    if body is None:
        raise ReadingError("the document is damaged: its text cannot be found", _AGAIN)
    text = _Text(Styles(_part(archive, "word/styles.xml")[0]))
    text.read(body)
    documents = read_manuscript(text.manuscript, _properties(archive), "docx")
    return tuple(replace(d, problems=(*problems, *d.problems)) for d in documents)


def _part(archive: Archive, name: str) -> tuple[Any, tuple[str, ...]]:
    """One of the files inside; some programs number the text (``word/document2.xml``)."""
    stem = name.removesuffix(".xml")
    found = archive.find(name) or next((n for n in archive.names if n.startswith(stem) and n.endswith(".xml")), None)
    return xml.parse_mended(archive.read(found)) if found else (None, ())


_PROPERTIES = {
    "title": "title",
    "creator": "author",
    "description": "summary",
    "keywords": "keywords",
    "category": "category",
    "language": "language",
    "created": "published",
    "modified": "updated",
}


def _properties(archive: Archive) -> Iterator[Claim]:
    try:
        root, _ = _part(archive, "docProps/core.xml")
    except ReadingError:
        return
    values = {name_of(element): xml.words(element) for element in (root if root is not None else ())}
    for date in ("created", "modified"):
        values[date] = values.get(date, "")[:10]
    yield from properties_of((label, values.get(name)) for name, label in _PROPERTIES.items())


_PASSED_OVER_WORDS = """
    del movefrom ppr rpr tblpr tblgrid trpr tcpr sectpr instrtext deltext footnotereference endnotereference
    commentreference commentrangestart commentrangeend annotationref fallback proofErr bookmarkstart bookmarkend
"""
_PASSED_OVER = frozenset(_PASSED_OVER_WORDS.lower().split())
"""What was deleted, what only describes, codes of fields, and what stands at the foot of the page."""
_SIGNS = {"tab": "\t", "ptab": "\t", "cr": "\n", "nobreakhyphen": "-", "softhyphen": ""}
_TABLES = {"tbl": "table", "tr": "tr", "tc": "td"}


class _Text:
    """One walk over the body: paragraphs into a manuscript."""

    def __init__(self, styles: Styles) -> None:
        self.manuscript = Manuscript()
        self._styles = styles
        self._in_box = False

    def read(self, element: Any) -> None:
        """What stands in *element*, block by block."""
        for child in element:
            name = name_of(child)
            if name == "p":
                self._paragraph(child)
            elif tag := _TABLES.get(name):
                self.manuscript.open(tag)
                self.read(child)
                self.manuscript.close(tag)
            elif name not in _PASSED_OVER and not _is_contents(child):
                self.read(child)

    def _paragraph(self, element: Any) -> None:
        if not len(element):
            return
        look = self._styles.paragraph(element)
        if look.is_contents:
            return
        runs = list(self._runs(element))
        if any(run.text.strip() for run in runs):
            self.manuscript.paragraph(runs, look.level)
        elif look.ruled or _has_line(element):
            self.manuscript.rule()
        if not self._in_box:  # boxes in boxes are found with the outermost one, and each is read once
            self._in_box = True
            for box in _boxes(element):
                self.read(box)
            self._in_box = False

    def _runs(self, element: Any) -> Iterator[Run]:
        """The runs of a paragraph, those inside links, fields and insertions too."""
        for child in element:
            name = name_of(child)
            if name == "r":
                look = self._styles.run(child)
                if not look.hidden and (text := _text(child)):
                    yield Run(text, look.em, look.strong)
            elif name and name not in _PASSED_OVER:
                yield from self._runs(child)


def _text(run: Any) -> str:
    pieces: list[str] = []
    for child in run:
        name = name_of(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "br":
            pieces.append("\n" if attribute(child, "type") in ("", "textWrapping") else " ")
        else:
            pieces.append(_SIGNS.get(name, ""))
    return "".join(pieces)


def _is_contents(element: Any) -> bool:
    """A table of contents that Word keeps up by itself."""
    if name_of(element) != "sdt":
        return False
    return any(attribute(g, "val") == "Table of Contents" for g in xml.every(element, "docpartgallery"))


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The boxes of text that hang on a paragraph, and those in them; older copies of the same box are passed over."""
    for box in paragraph.iter("{*}txbxContent"):
        if not any(name_of(parent) == "fallback" for parent in box.iterancestors()):
            yield box


def _has_line(paragraph: Any) -> bool:
    """Is a line drawn here (``Insert, Horizontal line``)?"""
    return any(attribute(rect, "hr") in ("t", "1", "true") for rect in paragraph.iter("{*}rect"))
