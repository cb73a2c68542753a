"""EPUB -> document: one book is one story, its pages in reading order are the chapters."""

from __future__ import annotations

from itertools import chain, islice

from ficsearch.errors import ReadingError
from ficsearch.readers.archive import Archive
from ficsearch.readers.claims import with_fallback, without_author, without_own_title
from ficsearch.readers.epub_books import BOOKS
from ficsearch.readers.epub_claims import package_claims
from ficsearch.readers.epub_package import read_package
from ficsearch.readers.epub_pages import read_pages
from ficsearch.readers.locks import refuse_locked
from ficsearch.story import Document

_FIRST = 4
"""A cover and a title page may stand before the page by which a book is known."""


def read_epub(name: str, data: bytes) -> tuple[Document, ...]:
    """The book as one document. Its own pages claim first, the package fills what they leave open.

    Raises ReadingError when the book is damaged, locked, out of bounds, or has no pages.
    """
    archive = Archive(data)
    refuse_locked(archive)
    package = read_package(archive)
    if not package.pages:
        raise ReadingError("the book has no pages to read", "Open it in a reader to see whether it is whole.")
    problems = list(package.problems)
    pages = read_pages(archive, package, problems)
    first = list(islice(pages, _FIRST))
    book = next((book for book in BOOKS if any(map(book.knows, first))), BOOKS[-1])
    chapters, claims = book.read(chain(first, pages))
    if not chapters:
        problems.append("no page of the book holds text of a story")
    found = with_fallback(claims, package_claims(package, subjects=book.subjects))
    told = without_author(without_own_title(chapters, found), found)
    return (Document(told, found, book.format, tuple(problems)),)
