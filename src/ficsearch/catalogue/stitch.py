"""The documents of several files as one: chapters in order, the header of the first, what later ones add.

Rating, spoilers and warnings are not joined as words: each part's own are read by themselves, and the story gets the
strictest rating, the widest scope and every warning. A part that says nothing of them goes by the first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ficsearch.catalogue.facts import rating
from ficsearch.catalogue.header import Header
from ficsearch.catalogue.spoiler_phrase import says_elsewhere, spoiler_phrase
from ficsearch.catalogue.titles import read_edge, read_heading
from ficsearch.catalogue.warnings import warnings
from ficsearch.ratings import strictest
from ficsearch.story import Chapter, Claim, Document, Rating
from ficsearch.values import is_corrected, unique

READ_BY_PART = frozenset(("rating", "spoilers", "warnings"))
"""Labels whose claims are read part by part."""
_CONSUMED = frozenset(("part", "chapter_title"))
_SAID_ONCE = frozenset(
    (
        *("title", "author", "email", "website", "chapter", "summary", "words", "archive", "series", "book"),
        *("published", "updated", "language", "source_url", "status"),
    )
)
"""Labels under which a later part adds nothing where the first has told."""
_INCOMPLETE = "the page holds "
"""How a reader says that a page is one chapter of several: together they may be all."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A document that is part *number* of a story; ``file`` names it for a person."""

    document: Document
    number: int
    file: str


def stitch(pieces: Sequence[Piece], finished: bool = False) -> Document:
    """One document of *pieces*, which are in order; *finished* when the last is the last that there shall be."""
    parts = tuple(_named(p) for p in pieces)
    claims: list[Claim] = []
    for part in _without_edge(parts, pieces[0].number):
        claims += _news((c for c in part.claims if c.label not in READ_BY_PART | _CONSUMED), claims)
    chapters = tuple(c for piece in pieces for c in _chapters(piece))
    problems = (f"{p.file}: {told}" for p in pieces for told in p.document.problems if _INCOMPLETE not in told)
    return Document(
        _told_apart(chapters, pieces),
        (*(c for c in claims if c.label != "status"), *_status(parts, finished)),
        parts[0].format,
        tuple(problems),
        parts=parts,
    )


def _without_edge(parts: tuple[Document, ...], number: int) -> tuple[Document, ...]:
    """*parts*; the title of a prologue, which comes first, is not that of the story where another part has one."""
    first, *others = parts
    if number or not any(part.first("title") for part in others):
        return parts
    kept = tuple(c for c in first.claims if c.label != "title" or is_corrected(c))
    return (replace(first, claims=kept), *others)


def _named(piece: Piece) -> Document:
    return replace(piece.document, claims=tuple(replace(c, file=piece.file) for c in piece.document.claims))


def _news(claims: Iterable[Claim], before: Sequence[Claim]) -> list[Claim]:
    """What a later part says that those before it did not; a person's correction of the first is the last word."""
    known = {(c.label, c.value) for c in before}
    labels = {c.label for c in before}
    closed = {c.label for c in before if is_corrected(c)} | (_SAID_ONCE & labels - {"status"})
    return [c for c in claims if (c.label, c.value) not in known and c.label not in closed]


def _status(parts: Sequence[Document], finished: bool) -> Iterator[Claim]:
    """A person's word, else that of the last part, else the count of parts, else the last word that there is."""
    claims = [c for part in parts for c in part.claims if c.label == "status"]
    corrected = [c for c in claims if is_corrected(c)]
    last = [c for c in claims if c in parts[-1].claims]
    if not corrected and not last and finished:
        yield Claim("status", "Completed", "the number of parts")
    yield from (corrected or last or ([] if finished else claims[-1:]))


# ---- chapters


def _chapters(piece: Piece) -> Iterator[Chapter]:
    """The chapters of a part; one without a title is called by the part."""
    document = piece.document
    for place, chapter in enumerate(document.chapters):
        if chapter.title is None and place == 0:
            chapter = _called(chapter, piece)
        yield replace(chapter, origin=f"{piece.file}, {chapter.origin}" if chapter.origin else piece.file)


def _called(chapter: Chapter, piece: Piece) -> Chapter:
    claims = piece.document.claims
    if named := next((c for c in claims if c.label == "chapter_title"), None):
        return replace(chapter, title=named.value, origin=named.origin)
    title = next((c for c in claims if c.label == "title"), None)
    heading = title and (read_heading(title.value).chapter or (read_edge(title.value) or ("", ""))[1])
    if title and heading:
        return replace(chapter, title=heading, origin=title.origin)
    return replace(chapter, title=f"Part {piece.number}", origin="the place among the parts")


def _told_apart(chapters: tuple[Chapter, ...], pieces: Sequence[Piece]) -> tuple[Chapter, ...]:
    """Where each part counts its chapters anew, their titles name the part too."""
    titles = Counter(c.title or "" for c in chapters)
    if all(times == 1 for title, times in titles.items() if title):
        return chapters
    numbers = [p.number for p in pieces for _ in p.document.chapters]
    return tuple(
        replace(c, title=f"Part {n}: {c.title}" if titles[c.title or ""] > 1 else c.title)
        for c, n in zip(chapters, numbers, strict=True)
    )


# ---- what is read part by part


def rating_of_parts(header: Header) -> Rating:
    """The strictest of all parts. One without a rating goes by the first."""
    found = [(part, rating(part)) for part in _speaking(header, "rating")]
    first = next((r for part, r in found if part.document is header.document.parts[0]), Rating())
    _took_over(header, "rating", found)
    silent = len(found) < len(header.document.parts)
    return strictest([*([first] if silent else []), *(r for _, r in found)])


def warnings_of_parts(header: Header) -> tuple[str, ...]:
    """The warnings of all parts, each once."""
    found = [(part, warnings(part)) for part in _headers(header, "warnings")]
    _took_over(header, "warnings", found)
    return unique(warning for _, told in found for warning in told)


def phrases_of_parts(header: Header) -> list[tuple[str | None, str]]:
    """The spoiler phrase of each part with the words of its label; of one without any, None."""
    told = [(part, spoiler_phrase(part)) for part in _headers(header, "spoilers")]
    found = [(part, None if phrase and says_elsewhere(phrase) else phrase) for part, phrase in told]
    _took_over(header, "spoilers", found)
    return [(phrase, " ".join(c.written for c in part.claims("spoilers"))) for part, phrase in found]


def _speaking(header: Header, label: str) -> list[Header]:
    return [part for part in _headers(header, label) if part.claims(label)]


def _headers(header: Header, label: str) -> list[Header]:
    """The headers of the parts; only the first where a person has corrected it there."""
    parts = header.document.parts
    if any(c.label == label and is_corrected(c) for c in parts[0].claims):
        parts = parts[:1]
    return [Header(part) for part in parts]


def _took_over(header: Header, field: str, found: Iterable[tuple[Header, object]]) -> None:
    """Note in *header* where the parts have it from, and what could not be read there."""
    for part, _ in found:
        for origin in part.origins:
            header.infer(origin.field, origin.original, origin.place)
        header.problems += [p for p in part.problems if p not in part.document.problems and p not in header.problems]
