"""ZIP -> documents: the parts of a story, a page saved with its folder, or a whole archive of stories.

Each file inside is read as if it lay in a folder, and its documents say where they stood. What is no story by its name
or kind is passed over; what should be one and cannot be read is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import replace

from ficsearch.errors import ReadingError
from ficsearch.readers import formats
from ficsearch.readers.archive import Archive
from ficsearch.story import Document

_DEPTH_AT_MOST = 2
"""A ZIP in a ZIP is how some archives were sent; one more inside that is a mistake or a trap."""
_depth: ContextVar[int] = ContextVar("depth", default=0)

_TOLD_AT_MOST = 20


def read_zip(name: str, data: bytes) -> tuple[Document, ...]:
    """Every story inside, in the order of names. Files that could not be read are problems of the first of them.

    Raises ReadingError when the archive is damaged, locked, out of bounds, or holds no story at all.
    """
    archive = Archive(data, "archive")
    before = _depth.set(_depth.get() + 1)
    try:
        with archive.opened():
            documents, problems = _read(archive)
    finally:
        _depth.reset(before)
    if not documents:
        raise ReadingError(f"no story in the archive{_because(problems)}", "Unpack it to see what it holds.")
    first, *others = documents
    return (replace(first, problems=(*first.problems, *_told(problems))), *others)


def _read(archive: Archive) -> tuple[list[Document], list[str]]:
    documents: list[Document] = []
    problems: list[str] = []
    for name, shown in _stories(archive):
        try:
            documents += _read_one(archive, name, shown)
        except ReadingError as problem:
            problems.append(f"{shown!r} in the archive is left out: {problem.message}")
    return documents, problems


def _read_one(archive: Archive, name: str, shown: str) -> Iterator[Document]:
    """The stories in one file of the archive; none in a picture."""
    from ficsearch.readers import read  # READERS names this module, and is asked here for each file

    if archive.is_locked(name):
        raise ReadingError("it is encrypted with a password")
    data = archive.read(name)
    if formats.is_media(data):
        return
    if formats.is_zip(data) and _depth.get() >= _DEPTH_AT_MOST and _is_plain_zip(data):
        raise ReadingError("it lies in too many archives, one in the other; unpack the outer ones")
    for document in read(shown.rpartition("/")[2], data):
        yield replace(document, member=f"{shown}/{document.member}" if document.member else shown)


def _is_plain_zip(data: bytes) -> bool:
    return not any(found("", data) for found in (formats.is_epub, formats.is_docx, formats.is_odt))


_NO_STORY = re.compile(
    r"\.(?:jpe?g|png|gif|bmp|ico|svg|webp|tiff?|css|js|json|swf|mp3|m4a|m4b|ogg|wav|wma|mp4|avi|mov|ttf|otf|woff2?|eot"
    r"|exe|dll|db|ini|log|nfo|sfv|diz|xml|opf|ncx|torrent|part)\Z",
    re.IGNORECASE,
)
_SAVED_BESIDE = re.compile(r"(?:_files|_file|-files|\.files|_archivos|_fichiers|-Dateien|_bestanden)\Z")
"""How browsers call the folder of a saved page: frames and advertisements are pages too."""


def _stories(archive: Archive) -> Iterator[tuple[str, str]]:
    """The entries that may be stories, and their names as shown, in the order in which a folder is walked."""
    named = [(_cleaned(archive.shown(name)), name) for name in archive.names]
    for shown, name in sorted(named):
        *folders, file = shown.split("/")
        hidden = any(part.startswith(".") or part == "__MACOSX" for part in (*folders, file))
        if not (hidden or any(map(_SAVED_BESIDE.search, folders)) or _NO_STORY.search(file) or formats.no_story(file)):
            yield name, shown


def _cleaned(name: str) -> str:
    """A path that stays inside the archive, without signs that no terminal should see."""
    parts = "".join(c if c.isprintable() else "\ufffd" for c in name).replace("\\", "/").split("/")
    return "/".join(part for part in parts if part not in ("", ".", "..")) or "nameless"


def _told(problems: list[str]) -> list[str]:
    more = len(problems) - _TOLD_AT_MOST
    return [*problems[:_TOLD_AT_MOST], *([f"{more} more files in the archive are left out"] if more > 0 else [])]


def _because(problems: list[str]) -> str:
    if not problems:
        return ""
    more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
    return f": {problems[0].replace(' in the archive is left out', '')}{more}"
