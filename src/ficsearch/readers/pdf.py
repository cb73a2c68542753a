"""PDF -> documents: the letters on the pages, put together again into paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from ficsearch.errors import ReadingError
from ficsearch.readers.manuscript import properties_of, read_manuscript
from ficsearch.readers.pdf_lines import Page, pages_of
from ficsearch.readers.pdf_paragraphs import manuscript_of
from ficsearch.readers.pdf_service import open_pdf
from ficsearch.story import Claim, Document

_LOST = "\ufffd"
_LOST_AT_MOST = 0.2


def read_pdf(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a PDF. Raises ReadingError when it is locked, damaged, or made of pictures."""
    answer = open_pdf(data)
    pages = pages_of(answer["pages"])
    _refuse_unreadable(pages)
    documents = read_manuscript(manuscript_of(pages), _properties(answer["properties"]), "pdf")
    if len(data) > data.rfind(b"%%EOF") >= 0:
        return documents
    return tuple(replace(d, problems=(*d.problems, "the PDF is cut off: pages may be missing")) for d in documents)


def _refuse_unreadable(pages: list[Page]) -> None:
    text = "".join(line.text for page in pages for line in page)
    if not any(c.isalpha() for c in text):
        raise ReadingError("a scanned PDF: its pages are pictures without text", "Let an OCR program put text into it.")
    strange = sum(c == _LOST or "\ue000" <= c <= "\uf8ff" or c < " " for c in text)
    if strange > _LOST_AT_MOST * len(text):
        raise ReadingError("the PDF does not say which letters its signs are", "Let an OCR program put text into it.")


_PROPERTIES = {
    "Title": "title",
    "Author": "author",
    "Subject": "summary",
    "Keywords": "keywords",
    "CreationDate": "published",
    "ModDate": "updated",
}


def _properties(found: Mapping[str, str]) -> Iterator[Claim]:
    dates = {key: _date(value) for key, value in found.items() if key.endswith("Date")}
    yield from properties_of((label, {**found, **dates}.get(key)) for key, label in _PROPERTIES.items())


def _date(value: str) -> str:
    """``D:20030502120000`` as a day."""
    day = value.removeprefix("D:")[:8]
    return f"{day[:4]}-{day[4:6]}-{day[6:]}" if len(day) == 8 and day.isdecimal() else ""
