"""EPUB -> document: one book is one story, its pages in reading order are the chapters."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain, islice

from ficsearch.errors import ReadingError
from ficsearch.readers import dom
from ficsearch.readers.archive import Archive
from ficsearch.readers.claims import claimed, with_fallback, without_author, without_own_title
from ficsearch.readers.epub_books import BOOKS
from ficsearch.readers.epub_claims import package_claims
from ficsearch.readers.epub_package import read_package
from ficsearch.readers.epub_pages import Page, read_pages
from ficsearch.readers.headings import heading_of
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
    found = with_fallback(found, claimed("title", _heading(first), "first heading"))
    told = without_author(without_own_title(chapters, found), found)
    return (Document(told, found, book.format, tuple(problems)),)


def _heading(pages: Sequence[Page]) -> str | None:
    """The heading of the first page that has one, unless it is that of a chapter."""
    heading = next((line for page in pages if (line := dom.first_line(page.tree, "h1"))), "")
    return heading if heading and heading_of(heading) is None else None
