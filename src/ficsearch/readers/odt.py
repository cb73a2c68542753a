"""ODT -> documents: the text of LibreOffice and OpenOffice (also of version 1, and of the flat file in one piece)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from ficsearch.errors import ReadingError
from ficsearch.readers import xml
from ficsearch.readers.archive import Archive
from ficsearch.readers.manuscript import TITLE, Manuscript, Run, properties_of, read_manuscript
from ficsearch.readers.odt_styles import PLAIN, Look, Styles
from ficsearch.readers.xml import attribute, name_of
from ficsearch.story import Claim, Document

_AGAIN = "Open it in LibreOffice and save it again."


def read_odt(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in an OpenDocument text. Raises ReadingError when it is damaged, locked or out of bounds."""
    archive = Archive(data, "document", _AGAIN)
    if archive.has_password or b"encryption-data" in _bytes(archive, "META-INF/manifest.xml"):
        raise ReadingError("the document is encrypted with a password", "Save it without one.")
    roots = [xml.parse_mended(_bytes(archive, part)) for part in ("content.xml", "styles.xml", "meta.xml")]
    return _documents([root for root, _ in roots], roots[0][1])


def read_flat_odt(name: str, data: bytes) -> tuple[Document, ...]:
    """The same in one file of XML (``.fodt``)."""
    root, problems = xml.parse_mended(data)
    return _documents([root], problems)


def _bytes(archive: Archive, name: str) -> bytes:
    """One of the files inside. Only the text itself must be there, and whole."""
    found = archive.find(name)
    try:
        return archive.read(found) if found else b""
    except ReadingError:
        if name == "content.xml":
            raise
        return b""


def _documents(roots: list[Any], problems: tuple[str, ...]) -> tuple[Document, ...]:
    body = next(xml.named(roots[0], "body"), None)
    if body is None:
        raise ReadingError("the document is damaged: its text cannot be found", _AGAIN)
    text = _Text(Styles(roots))
    text.read(body)
    made = read_manuscript(text.manuscript, _properties(roots), "odt")
    return tuple(replace(d, problems=(*problems, *d.problems)) for d in made)


_PROPERTIES = {
    "title": "title",
    "initial-creator": "author",
    "description": "summary",
    "keyword": "keywords",
    "language": "language",
    "creation-date": "published",
    "date": "updated",
}


def _properties(roots: Iterable[Any]) -> Iterator[Claim]:
    metas = [element for root in roots for meta in xml.named(root, "meta") for element in meta]
    found = [(name_of(element), xml.words(element)) for element in metas]
    if not any(name == "initial-creator" for name, _ in found):
        found = [("initial-creator" if name == "creator" else name, value) for name, value in found]
    dates = ("creation-date", "date")
    yield from properties_of((_PROPERTIES[n], v[:10] if n in dates else v) for n, v in found if n in _PROPERTIES)


_PASSED_OVER_WORDS = """
    tracked-changes note note-body note-citation annotation annotation-end footnote endnote forms sequence-decls
    variable-decls user-field-decls dde-connection-decls hidden-text hidden-paragraph page-number page-count
    table-of-content illustration-index table-index object-index user-index alphabetical-index bibliography image
    object object-ole scripts settings desc title script binary-data event-listeners
"""
_PASSED_OVER = frozenset(_PASSED_OVER_WORDS.split())
"""What was deleted, notes, fields of the page, indexes made by the program, pictures."""
_TABLES = {"table": "table", "table-row": "tr", "table-cell": "td"}
_BLANKS_AT_MOST = 40


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
            if name in ("p", "h"):
                self._paragraph(child, name == "h")
            elif tag := _TABLES.get(name):
                self.manuscript.open(tag)
                self.read(child)
                self.manuscript.close(tag)
            elif name not in _PASSED_OVER and attribute(child, "display") != "none":
                self.read(child)

    def _paragraph(self, element: Any, is_heading: bool) -> None:
        look = self._styles.of(attribute(element, "style-name"))
        if look == PLAIN and not is_heading and not len(element):
            self.manuscript.words(_squeezed(element.text or ""))
            return
        runs = self._runs_of(element, look._replace(strong=False) if look.strong else look)
        if look.hidden:
            return
        if any(not run.text.isspace() for run in runs):
            self.manuscript.paragraph(runs, look.level or (_level(element) if is_heading else 0))
        elif look.ruled:
            self.manuscript.rule()
        if len(element) and not self._in_box:  # boxes in boxes are found with the outermost, and each is read once
            self._in_box = True
            for box in element.iter("{*}text-box"):
                self.read(box)
            self._in_box = False

    def _runs_of(self, element: Any, look: Look) -> list[Run]:
        """The runs of a paragraph: most are one, of mere words."""
        if len(element):
            return list(self._runs(element, look))
        return [Run(_squeezed(element.text), look.em, look.strong)] if element.text else []

    def _runs(self, element: Any, look: Look) -> Iterator[Run]:
        """The text below *element* in order, in the look of the spans around it."""
        if element.text:
            yield Run(_squeezed(element.text), look.em, look.strong)
        for child in element:
            name = name_of(child)
            if name == "span":
                inner = self._styles.of(attribute(child, "style-name"), look)
                if not inner.hidden:
                    yield from self._runs(child, inner)
            elif sign := _sign(name, child):
                yield Run(sign)
            elif name and name not in _PASSED_OVER and name != "text-box":
                yield from self._runs(child, look)
            if child.tail:
                yield Run(_squeezed(child.tail), look.em, look.strong)


def _squeezed(text: str) -> str:
    """Line ends of the file are blanks; its own are elements."""
    return text.replace("\n", " ").replace("\r", " ")


def _sign(name: str, element: Any) -> str:
    if name == "line-break":
        return "\n"
    if name == "tab" or name == "tab-stop":
        return "\t"
    return " " * min(_number(attribute(element, "c")), _BLANKS_AT_MOST) if name == "s" else ""


def _level(heading: Any) -> int:
    return TITLE + _number(attribute(heading, "outline-level") or attribute(heading, "level"))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 4 else 1
