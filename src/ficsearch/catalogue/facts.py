"""The fields of a story that need no pack: title, authors, rating, dates, status, series, awards, language."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath

from ficsearch.catalogue.bylines import read_authors
from ficsearch.catalogue.header import Header, place_of
from ficsearch.catalogue.series import read_index, read_sequel, read_series
from ficsearch.catalogue.titles import Heading, is_only_part, read_heading, read_part, title_of_stem
from ficsearch.catalogue.warnings import warnings
from ficsearch.dates import latest_date, read_date
from ficsearch.languages import guess_language, read_language
from ficsearch.ratings import rating_value, read_rating
from ficsearch.story import NO_STORY, RATINGS, Chapter, Claim, Rating, Series, Story
from ficsearch.text import count_words
from ficsearch.values import is_corrected, is_nothing, plain, unique

_SITES_OWN = ("ao3", "fanficfare", "fanfiction-net", "efiction", "fichub")
"""Formats in which a site keeps title and part apart, so that nothing is cut from the title."""


def plain_story(header: Header, body: str, path: str, part: int) -> Story:
    """Everything of the story that no pack is needed for; it has no id yet."""
    title_line = heading(header, path, part)
    words = count_words(body)
    if not words and NO_STORY not in header.problems:
        header.problems.append("the story has no text")
    _note_told(header)
    return Story(
        id="",
        path=path,
        part=part,
        title=title_line.title,
        authors=authors(header, title_line),
        rating=rating(header),
        timeline=header.joined("timeline", "timeline"),
        warnings=warnings(header),
        summary=header.joined("summary", "summary"),
        notes=header.joined("notes", "notes", "endnotes"),
        awards=awards(header),
        series=series(header, title_line),
        sequel_to=sequel_to(header),
        status=status(header, title_line),
        language=language(header, body),
        words=words,
        chapters=chapters(header, title_line),
        published=published(header),
        source_url=source_url(header),
    )


def _note_told(header: Header) -> None:
    """What is known of the header and shown, though no field holds it: the disclaimer, and the words as the header
    counts them (the story's are counted in its text)."""
    for claim in header.claims("disclaimer"):
        header.took("disclaimer", claim)
    header.problems += [f"header line not understood: '{claim.value}'" for claim in header.claims("unread")]
    for claim in header.telling("words"):
        header.infer("words", claim.value, f"{place_of(claim)}, as told")


def heading(header: Header, path: str, part: int) -> Heading:
    """Title, part and status by the title line; the name of the file where nothing claims a title."""
    for claim in header.claims("title"):
        header.took("title", claim)
        if header.document.format.startswith(_SITES_OWN):
            return Heading(plain(claim.value))
        if is_corrected(claim):
            return Heading(claim.value.strip())
        found = read_heading(claim.value)
        return Heading(claim.value.strip()) if header.claims("book") else found
    name = PurePosixPath(path)
    folder = name.parent.name.removesuffix(".zip") if is_only_part(name.stem) else ""
    header.infer("title", folder or name.stem, "folder name" if folder else "file name")
    title = title_of_stem(folder or name.stem)
    return Heading(f"{title} ({part})" if part > 1 else title)


def chapters(header: Header, title_line: Heading) -> tuple[Chapter, ...]:
    """The chapters; the only one, without a title, has that which stands behind the story's."""
    own = header.document.chapters
    if not title_line.chapter or len(own) != 1 or own[0].title:
        return own
    return (replace(own[0], title=title_line.chapter, origin=place_of(header.claims("title")[0])),)


def authors(header: Header, title_line: Heading) -> tuple[str, ...]:
    """Everybody who wrote it."""
    names: list[str] = []
    for claim in header.claims("author"):
        found = (claim.value,) if is_corrected(claim) else read_authors(claim.value, not _is_sites_list(claim))
        if found:
            header.took("authors", claim)
            names += found
    if not names and title_line.author:
        names += read_authors(title_line.author)
        header.infer("authors", title_line.author, "title")
    return unique(names)


def _is_sites_list(claim: Claim) -> bool:
    return claim.origin.startswith(("#", "title page", "author's link")) or claim.origin.endswith("byline")


def rating(header: Header) -> Rating:
    """The strictest rating that is understood: a page and the header pasted into it, or the parts of a file, may each
    have one, and the whole is rated by the highest (fadeddreaming.com). Otherwise not rated, in the words of the
    first."""
    understood: list[tuple[Claim, Rating]] = []
    unclear: Rating | None = None
    for claim in header.claims("rating"):
        found = read_rating(claim.value, header.source)
        if found.value != "not_rated" or rating_value(claim.value) or is_nothing(claim.value):
            understood.append((claim, found))
        else:
            header.problems.append(f"rating not understood: '{found.original}'")
            unclear = unclear or found
    if not understood:
        return unclear or _rated_in_note(header) or Rating()
    rated = [told for told in understood if told[1].value != "not_rated"] or understood
    claim, strictest = max(rated, key=lambda told: RATINGS.index(told[1].value))
    header.took("rating", claim)
    return strictest


_RATED_IN_NOTE = re.compile(
    r"(?:\A|[.!?;),]\s+)(?:(?:this|this (?:story|fic|one)|it)(?: is|['’]s) )?rated:? "
    r"(?P<rating>(?-i:[A-Z])[^.!?\n]{0,100})",
    re.I,
)
"""``Set after "Home". Rated R for the usual reasons.``, ``It's X-Files, rated PG``"""


def _rated_in_note(header: Header) -> Rating | None:
    for claim in header.claims("notes", "disclaimer"):
        match = _RATED_IN_NOTE.search(claim.value)
        if match and (found := read_rating(match["rating"], header.source)).value != "not_rated":
            header.infer("rating", match["rating"], f"{claim.label} ({place_of(claim)})")
            return found
    return None


def published(header: Header) -> str | None:
    """The first date of publication that can be read, one with a label before a day alone on its line (a journal has
    that of the post); where nothing else is told that of the end (``Finished: 17 August 2001``) or of the last
    update."""
    told = sorted(header.telling("published"), key=lambda claim: claim.origin.startswith("line ") and not claim.written)
    for claim in (*told, *header.telling("status", "updated")):
        if date := read_date(claim.value):
            header.took("published", claim)
            return date
    return None


def latest_day(header: Header) -> str | None:
    """The last day that the dates of the story may mean: it was written until then."""
    days = (latest_date(claim.value) for claim in header.telling("published", "status", "updated"))
    return max(filter(None, days), default=None)


_DONE = frozenset({"complete", "completed", "finished", "done", "yes", "oneshot", "one-shot", "end"})
_GOING = re.compile(
    r"\b(?:in[- ]progress|wip|incomplete|not (?:yet )?(?:complete|finished|done)|unfinished|ongoing|on[- ]?going|"
    r"continuing|no|hiatus|abandoned|work in progress|tbc|to be continued|updated?|discontinued)\b|\d\s*/\s*\?",
    re.I,
)
_WORDS = re.compile(r"[a-z-]+")
_COUNT = re.compile(r"(\d[\d,.]*)\s*/\s*(\d[\d,.]*)")


def status(header: Header, title_line: Heading) -> str | None:
    """``complete`` or ``in-progress``, by its label, its count of parts (``2/?``) or its title line."""
    for claim in sorted(header.claims("status"), key=lambda c: read_date(c.value) is not None):
        if found := _status_of(claim.value, bool(_UNDONE.match(claim.written))):
            header.took("status", claim)
            return found
    for claim in header.claims("part"):
        if found := read_part(claim.value).status:
            header.took("status", claim)
            return found
    for claim in header.claims("chapter"):
        if (count := _COUNT_OF_CHAPTERS.search(claim.value)) and (count[2] == "?" or count[1] == count[2]):
            header.took("status", claim)
            return "in-progress" if count[2] == "?" else "complete"
    if title_line.status:
        header.infer("status", title_line.status, "title")
    return title_line.status


_COUNT_OF_CHAPTERS = re.compile(r"(\d+)\s*/\s*(\d+|\?)")
"""``Chapters: 1/1``. Of ``3/55`` it may be the third that the file holds."""
_UNDONE = re.compile(r"\W*(?:wip|work in progress)\b", re.I)


def _status_of(value: str, undone: bool = False) -> str | None:
    """``Finished: 17 August 2001`` is as good as yes; to *undone*, ``WIP``, a yes means that it goes on."""
    if undone and (said := re.match(r"(?:yes|no)\b", value, re.I)):
        return "in-progress" if said[0].lower() == "yes" else "complete"
    if _GOING.search(value):
        return "in-progress"
    if _DONE.intersection(_WORDS.findall(value.lower())) or read_date(value):
        return "complete"
    count = _COUNT.search(value)
    return ("complete" if count[1] == count[2] else "in-progress") if count else None


def series(header: Header, title_line: Heading) -> Series | None:
    """The series by its label, else the row of parts or chapters that the document is one of."""
    places = (_index(c.value) if c.label == "part" else read_index(c.value) for c in header.claims("part", "series"))
    index = next((place for place in places if place is not None), None)
    for claim in header.telling("series"):
        if found := read_series(claim.value):
            header.took("series", claim)
            return Series(found.name, found.index if found.index is not None else index)
    if found := _of_book(header):
        return found
    told = header.claims("title") if title_line.part else header.claims("part")
    number = float(title_line.part) if title_line.part else index
    if number is None or title_line.parts == 1 or len(header.document.chapters) > 1:
        return None  # of a document that holds several parts the number tells how many there are
    header.took("series", told[0])
    return Series(title_line.title, number)


def sequel_to(header: Header) -> str | None:
    """The story that this one follows, by a label of its own, by that of the series or by the line below the title."""
    for claim in header.telling("sequel", "series"):
        if found := read_sequel(claim.value, claim.written if claim.label == "sequel" else ""):
            header.took("sequel_to", claim)
            return found
    for claim in header.claims("notes", "summary"):
        if match := _SEQUEL_IN_NOTE.search(claim.value):
            header.infer("sequel_to", match[0].strip(), f"{claim.label} ({place_of(claim)})")
            return plain(match["name"])
    return None


_SEQUEL_IN_NOTE = re.compile(
    r"(?:^|(?<=[.!?] )|(?<=\n))(?:this is )?(?:an? |the )?(?:direct )?(?:sequel|follow-?up) to (?:my (?:story|fic) )?"
    r"(?P<mark>[\"“*_])(?P<name>[^\"“”*_\n]{1,80})[\"”*_]",
    re.I,
)
"""A sentence of a note that begins so and names a title: in quotes, or emphasised."""


def _index(value: str) -> float | None:
    part = read_part(value)
    if part.part and part.parts != 1:
        return float(part.part)
    return None if part.part else read_index(value)


def _of_book(header: Header) -> Series | None:
    """``Book: Emma`` with ``Chapter: 3 of 55``."""
    for claim in header.telling("book"):
        header.took("series", claim)
        index = next((i for chapter in header.claims("chapter") if (i := _index(chapter.value)) is not None), None)
        return Series(plain(claim.value), index)
    return None


def awards(header: Header) -> tuple[str, ...]:
    """The awards that the page says it won, one a line."""
    found: list[str] = []
    for claim in header.telling("award"):
        header.took("awards", claim)
        found += [plain(line) for line in claim.value.splitlines() if line.strip()]
    return unique(found)


def language(header: Header, body: str) -> str | None:
    """The code of the language: as claimed, else by the small words of the text."""
    for claim in header.telling("language"):
        if code := read_language(claim.value):
            header.took("language", claim)
            return code
        header.problems.append(f"language not understood: '{claim.value}'")
    if code := guess_language(body):
        header.infer("language", code, "inferred from the text")
    return code


_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"')\]]+")


def source_url(header: Header) -> str | None:
    """Where it was published, the first address that is one."""
    for claim in header.claims("source_url"):
        if match := _URL.search(claim.value):
            header.took("source_url", claim)
            return match.group().rstrip(".,;")
    return None
