"""READERS: bytes -> documents, one module a format. Recognised by content first, by suffix where that is not sure."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from ficsearch.errors import ReadingError
from ficsearch.readers import formats
from ficsearch.stages import stage
from ficsearch.story import Document

ReadFunction = Callable[[str, bytes], tuple[Document, ...]]


class Reader(NamedTuple):
    """One row: ``recognises(name, data)``, and where the function is that reads such a file.

    The function is imported when the first such file comes, so that reading text needs no HTML parser.
    """

    name: str
    recognises: Callable[[str, bytes], bool]
    where: str

    def read(self, name: str, data: bytes) -> tuple[Document, ...]:
        module, _, function = self.where.partition(":")
        read: ReadFunction = getattr(import_module(module), function)
        return read(name, data)


READERS: tuple[Reader, ...] = (
    Reader("epub", formats.is_epub, "ficsearch.readers.epub:read_epub"),
    Reader("docx", formats.is_docx, "ficsearch.readers.docx:read_docx"),
    Reader("odt", formats.is_odt, "ficsearch.readers.odt:read_odt"),
    Reader("zip", formats.is_archive, "ficsearch.readers.zipped:read_zip"),
    Reader("pdf", formats.is_pdf, "ficsearch.readers.pdf:read_pdf"),
    Reader("rtf", formats.is_rtf, "ficsearch.readers.rtf:read_rtf"),
    Reader("fb2", formats.is_fb2, "ficsearch.readers.fb2:read_fb2"),
    Reader("flat odt", formats.is_flat_odt, "ficsearch.readers.odt:read_flat_odt"),
    Reader("mail in parts", formats.is_mime, "ficsearch.readers.mime:read_mime"),
    Reader("html", formats.is_html, "ficsearch.readers.html:read_html"),
    Reader("markdown", formats.is_markdown, "ficsearch.readers.markdown:read_markdown"),
    Reader("text", formats.is_text, "ficsearch.readers.plain:read_plain"),
)
"""The formats, in the order in which they are tried. A new one is a new row before ``text``."""


def read(name: str, data: bytes) -> tuple[Document, ...]:
    """Every story in *data*; *name* is the file's name (its suffix and stem are hints).

    Raises ReadingError for a file that is empty, binary, or of a format that is not read.
    """
    if not data:
        raise ReadingError("the file is empty")
    if other := formats.no_story(name):
        raise ReadingError(f"{other}, by its name: no story", "Give it another name if it is one.")
    if unread := formats.unread_format(data):
        advice = formats.advice_for(unread)
        raise ReadingError(f"{unread} file: this format is not read" + (f" ({advice})" if advice else ""))
    with stage("reading"):
        return next(reader for reader in READERS if reader.recognises(name, data)).read(name, data)
