"""Which part of a story a document is: by its title, its own words, the page's menu, or the name of its file.

What is read here only says what *may* belong together; whether it does is decided over all of it
(``ficsearch.groups``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from ficsearch.catalogue.titles import Heading, read_edge, read_heading, read_part
from ficsearch.readers.headings import heading_of, number_of
from ficsearch.story import Document, Story
from ficsearch.text import squash

_WHOLE_WORKS = ("ao3-html", "ao3-epub", "fanficfare", "fichub")
"""Formats that hold a whole work, whatever its title or file name says."""
_OF_SITES = ("ao3", "fanficfare", "fanfiction-net", "efiction", "fichub")
_SITE_PAGES = ("ao3-page", "fanfiction-net-page", "efiction-page")
"""Pages of sites that show one chapter at a time."""
_HIGHEST = 999


@dataclass(frozen=True, slots=True)
class Mark:
    """What a document says of its place in a story.

    ``number`` of ``parts`` (None where not told); ``growing`` where the number of parts is written ``?``. ``sure``:
    a word or a count says part, not a mere number in the file's name. ``title`` and ``authors`` are folded, empty
    where the file claims none; ``stem`` is the file's name without its number; ``named`` whether that number is this
    one. ``summary`` is folded. ``edge`` is how a prologue or an epilogue calls itself.
    """

    number: int | None = None
    parts: int | None = None
    growing: bool = False
    sure: bool = False
    title: str = ""
    authors: str = ""
    stem: str = ""
    named: bool = False
    summary: str = ""
    edge: str = ""

    def by_hand(self, number: int, parts: int) -> Mark:
        """The mark of a document that a person put into a story as part *number* of *parts*."""
        return replace(self, number=number, parts=parts, growing=False, sure=True)

    def alone(self) -> Mark:
        """The mark of a document that a person keeps apart."""
        return replace(self, number=None, parts=None)

    def missing(self) -> tuple[int, ...]:
        """The parts that are wanting where this one stands alone; nothing where nobody says how many there are."""
        if not self.sure or not self.number or not self.parts or self.parts > _HIGHEST:
            return ()
        return tuple(n for n in range(1, self.parts + 1) if n != self.number)


def mark_of(document: Document, story: Story, alone: bool = True) -> Mark:
    """The mark of *document*, catalogued as *story*; *alone* when no other story is in its file."""
    stem, by_name = read_stem(PurePosixPath(story.path).stem) if alone else ("", None)
    told = _told(document, by_name, _in_series(document, story))
    title = document.first("title")
    edge = _edge(document, story) if told is None else None
    summary = document.first("summary") or ""
    return Mark(
        told.number if told else None,
        told.parts if told else None,
        told.growing if told else False,
        told.sure if told else False,
        squash(edge[0] if edge else story.title) if title else "",
        "; ".join(sorted(map(squash, story.authors))),
        stem,
        bool(told and by_name and told.number == by_name.number),
        squash(summary)[:200],
        edge[1] if edge else "",
    )


def _edge(document: Document, story: Story) -> tuple[str, str] | None:
    """The title and the heading of a prologue or an epilogue: ``The Ladder: Epilogue``, or such a heading below it."""
    if document.format.startswith(_OF_SITES) or len(document.chapters) != 1:
        return None
    heading = document.first("chapter_title") or document.chapters[0].title or ""
    return read_edge(document.first("title") or "") or read_edge(f"{story.title}: {heading}")


@dataclass(frozen=True, slots=True)
class _Told:
    """One word on the part: ``number`` of ``parts``."""

    number: int
    parts: int | None = None
    growing: bool = False
    sure: bool = True


def _in_series(document: Document, story: Story) -> bool:
    """Does the part that is told count in a series? Not where the list only names a show: ``Series: VOY``."""
    named = story.series.name if story.series else ""
    return bool(document.first("series")) and squash(named) not in ("", squash(story.title))


def _told(document: Document, by_name: _Told | None, in_series: bool) -> _Told | None:
    """The first that says which part this is; None for a whole story, a book's chapter, or where two differ."""
    if document.format.startswith(_WHOLE_WORKS) or document.first("book"):
        return None
    told = next(_sayings(document, by_name, in_series), None)
    if told is None or told.parts == 1 or not 0 < told.number <= _HIGHEST:
        return None
    held = len(document.chapters)
    if held > 1 and told.number == held and told.parts in (None, held):
        return None  # the number tells how many parts there are, and here they are
    if held > 1 and not told.sure and document.format not in _SITE_PAGES:
        return None  # a file of several chapters with a number in its name
    return told


def _sayings(document: Document, by_name: _Told | None, in_series: bool) -> Iterator[_Told]:
    yield from _of_title(document)
    if not in_series:
        yield from (told for value in document.values("part") if (told := _of_part(value)))
    if document.format in _SITE_PAGES:
        yield from _of_menu(document)
    else:
        yield from _of_label(document)
    headings = [*document.values("chapter_title")[:1]]
    if len(document.chapters) == 1:
        headings += [document.chapters[0].title or ""]
    yield from (told for heading in headings if (told := _of_heading(heading)))
    if by_name and not document.format.startswith(_OF_SITES):
        yield by_name


_BARE = re.compile(r"[(\[]\d\d?[)\]]\s*\Z")
"""``Lantern (2)``: a part, a second copy, or the second of a series."""


def _of_title(document: Document) -> Iterator[_Told]:
    if document.format.startswith(_OF_SITES):
        return
    for title in document.values("title")[:1]:
        heading = read_heading(title)
        if heading.part:
            yield _Told(heading.part, heading.parts, _is_growing(title, heading), not _BARE.search(title))


def _is_growing(text: str, heading: Heading) -> bool:
    return "?" in text and heading.status == "in-progress"


def _of_part(value: str) -> _Told | None:
    heading = read_part(value)
    if heading.part:
        return _Told(heading.part, heading.parts, _is_growing(value, heading))
    found = re.fullmatch(r"\W*(?:part\W*)?(\w+)\W*", value, re.I)
    number = number_of(found[1]) if found else None
    return _Told(number) if number else None


def _of_label(document: Document) -> Iterator[_Told]:
    """``Chapter: 2``. ``Chapters: 5`` tells how many there are."""
    for claim in document.claims:
        if claim.label == "chapter" and claim.written.strip(" *_").lower() == "chapter":
            yield from (told for told in (_of_part(claim.value), _of_heading(f"Chapter {claim.value}")) if told)


_MENU = re.compile(r"(\d{1,4}) of (\d{1,4})")


def _of_menu(document: Document) -> Iterator[_Told]:
    for value in document.values("chapter"):
        if found := _MENU.fullmatch(value):
            yield _Told(int(found[1]), int(found[2]))


def _of_heading(line: str) -> _Told | None:
    heading = heading_of(line)
    if heading and heading.number and heading.kind in ("chapter", "part"):
        return _Told(heading.number)
    return None


# ---- names of files

_SEPARATORS = " _.,()[]-"
_PART_NAME = re.compile(
    r"(?i)(?P<stem>.*?)(?<![a-z])(?:part|pt|chapter|chap|ch|teil|kapitel|partie|chapitre)[ _.-]{0,2}"
    r"(?P<number>\d{1,3}|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten)(?![a-z0-9])"
    r"(?:[ _.-]{0,2}of[ _.-]{0,2}(?P<parts>\d{1,3}))?(?![a-z0-9]).*"
)
_OF_NAME = re.compile(r"(?i)(?P<stem>.*?)(?<!\d)(?P<number>\d{1,3})[ _.-]?of[ _.-]?(?P<parts>\d{1,3})(?!\d).*")
_LAST_NUMBER = re.compile(r"(?P<stem>.*?)[ _.,([-]*(?<!\d)(?P<number>\d{1,3})[)\]]?")


def read_stem(stem: str) -> tuple[str, _Told | None]:
    """A file's name without what says the part, folded, and what that says.

    >>> read_stem("ladder_part2")[0], read_stem("ladder03")[1].number
    ('ladder', 3)
    """
    for form in (_PART_NAME, _OF_NAME, _LAST_NUMBER):
        if found := form.fullmatch(stem):
            told = found.groupdict()
            number = number_of(told["number"])
            if number:
                parts = int(told["parts"]) if told.get("parts") else None
                return _folded(told["stem"]), _Told(number, parts, sure=form is not _LAST_NUMBER)
    return _folded(stem), None


def _folded(stem: str) -> str:
    """A number before it (``003-chapter-3``) only puts files in order."""
    return squash(re.sub(r"\A\d{1,4}(?=[ _.-]|\Z)", "", stem.strip(_SEPARATORS)).strip(_SEPARATORS))


# ---- keys


def title_key(mark: Mark) -> int | None:
    """What documents share that agree in title and author; None where one of them is not told."""
    return _key("title", mark.title, mark.authors) if mark.title and mark.authors else None


def stem_key(mark: Mark, folder: str) -> int | None:
    """What the numbered files of one name in a folder share; None for a file without a sure number of its own."""
    return _key("stem", folder, mark.stem) if mark.number and mark.sure and mark.named else None


def hand_key(location: str) -> int:
    """What the files share that a person has put together; *location* is that of the first."""
    return _key("hand", location)


def _key(*words: str) -> int:
    digest = hashlib.blake2b("\0".join(words).encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
