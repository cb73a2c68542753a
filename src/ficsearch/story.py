"""What a reader makes (:class:`Document`) and what the library holds (:class:`Story`). No I/O, no engine.

A document speaks in the file's own words: claims, and chapters. A story is the same thing after cataloguing:
canonical names, an ordered rating, a spoiler scope. Both are frozen; they cross process borders.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

RATINGS = ("general", "teen", "mature", "explicit", "not_rated")
"""Canonical ratings, mildest first; ``not_rated`` stands beside the order, not at its end."""

SPOILER_KINDS = ("none", "through", "list", "season", "all", "unknown")

STATUSES = ("complete", "in-progress")

NO_STORY = "there is no story below the header"
"""How a reader says that it found a header and nothing else."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing the file says of itself: ``label`` is a key of ``readers.labels``, ``value`` its own words.

    ``origin`` tells a person where it stands: ``"line 4"``, ``"dl.tags Rating"``, ``"dc:creator"``,
    ``"file name"``. ``written`` is the label in the file's words, where they may matter ("Episode related");
    ``file`` names the file where a story is made of several.
    """

    label: str
    value: str
    origin: str = ""
    written: str = field(default="", compare=False)
    file: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: paragraphs separated by one blank line, light marks only.

    ``_so_`` is emphasis, ``*so*`` strong, a paragraph ``* * *`` is a scene break, a line that begins with four
    blanks is verse; line ends inside a paragraph are kept only in verse. ``origin`` tells where the title stands, as
    that of a :class:`Claim` does.
    """

    text: str
    title: str | None = None
    origin: str = field(default="", compare=False)

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs in order; excerpts and permalinks count them from 1."""
        return [p for p in self.text.split("\n\n") if p.strip()]


@dataclass(frozen=True, slots=True)
class Document:
    """One story as a reader found it in some bytes. A file with several stories gives several documents.

    ``member`` is the path of the file that it stands in where that lies inside an archive (``parts/one.txt``,
    ``inner.zip/one.txt``), empty otherwise. ``parts`` are the documents of the files that a stitched one is made of,
    in their order; their claims of rating, spoilers and warnings are read part by part.
    """

    chapters: tuple[Chapter, ...] = ()
    claims: tuple[Claim, ...] = ()
    format: str = "text"
    problems: tuple[str, ...] = ()
    member: str = ""
    parts: tuple[Document, ...] = ()

    def values(self, label: str) -> tuple[str, ...]:
        """Every value claimed under *label*, in the order of the file."""
        return tuple(c.value for c in self.claims if c.label == label)

    def first(self, label: str) -> str | None:
        """The first value claimed under *label*, or None."""
        return next((c.value for c in self.claims if c.label == label), None)


@dataclass(frozen=True, slots=True)
class Rating:
    """``value`` is one of :data:`RATINGS`; ``original`` the words of the header, None when there were none."""

    value: str = "not_rated"
    original: str | None = None


@dataclass(frozen=True, slots=True)
class SpoilerScope:
    """What a story gives away. Episodes are written ``"BtVS 3x13"``, seasons ``"BtVS S3"``.

    ``frontier`` maps a show's code to the last episode spoiled there (``{"BtVS": "3x13"}``); ``through`` is the
    bound of kind *through*, None otherwise; ``original`` is the phrase as written, None when there was none.
    """

    kind: str = "unknown"
    original: str | None = None
    episodes: tuple[str, ...] = ()
    frontier: Mapping[str, str] = field(default_factory=dict)
    through: str | None = None
    seasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A character met in the text, and how often."""

    name: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Characters:
    """Declared in the header, and found in the text (most mentioned first): kept apart."""

    declared: tuple[str, ...] = ()
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class Series:
    name: str
    index: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign in the story that it knows an episode: ``what`` is said to a person.

    Evidence can make a story of unknown scope unsafe, never safe.
    """

    episode: str
    what: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value came from: field of the story, the words as written, and the place."""

    field: str
    original: str
    place: str


@dataclass(frozen=True, slots=True)
class StoryPart:
    """A file that a stitched story is made of: which part it is, and its first chapter (from 1). ``copies`` are the
    files that hold the same text once more."""

    path: str
    number: int
    chapter: int
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """A document after cataloguing: what is indexed, stored and shown.

    ``path`` is relative to the indexed root, ``part`` the position in the file (from 1); both make ``id``.
    ``words`` follow AO3's rule (``text.count_words``). ``published`` is an ISO date or None. ``parts`` is empty
    unless the story was stitched from several files (``path`` is that of the first); ``missing`` are the parts that
    were not found. ``warnings`` are those declared; ``noted_warnings`` stand in a note and nowhere else.
    """

    id: str
    path: str
    part: int = 1
    title: str = ""
    authors: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    rating: Rating = Rating()
    spoilers: SpoilerScope = SpoilerScope()
    timeline: str | None = None
    characters: Characters = Characters()
    pairings: tuple[tuple[str, ...], ...] = ()
    friendships: tuple[tuple[str, ...], ...] = ()
    warnings: tuple[str, ...] = ()
    noted_warnings: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    summary: str | None = None
    notes: str | None = None
    awards: tuple[str, ...] = ()
    series: Series | None = None
    sequel_to: str | None = None
    status: str | None = None
    language: str | None = None
    words: int = 0
    chapters: tuple[Chapter, ...] = ()
    published: str | None = None
    source_url: str | None = None
    problems: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    origins: tuple[Origin, ...] = ()
    parts: tuple[StoryPart, ...] = ()
    missing: tuple[int, ...] = ()

    @property
    def body(self) -> str:
        """The text of the story: every chapter with its title, nothing of the header or the site."""
        return "\n\n".join(part for c in self.chapters for part in (c.title, c.text) if part)

    def without_text(self) -> Story:
        """The same story with empty chapters: titles stay, text goes."""
        return replace(self, chapters=tuple(Chapter("", c.title, c.origin) for c in self.chapters))


def to_dict(story: Story) -> dict[str, Any]:
    """*story* as plain lists and dicts, chapters as ``{title, text}``. :func:`from_dict` turns it back."""
    return asdict(story)


def from_dict(data: Mapping[str, Any]) -> Story:
    """The story that :func:`to_dict` (and JSON after it) wrote down. What is left out is as it is by default."""
    return Story(**{name: _READ[name](value) if name in _READ else value for name, value in data.items()})


def _part(data: Mapping[str, Any]) -> StoryPart:
    return StoryPart(**{**data, "copies": tuple(data.get("copies", ()))})


def _scope(data: Mapping[str, Any]) -> SpoilerScope:
    lists = {name: tuple(data[name]) for name in ("episodes", "seasons") if name in data}
    return SpoilerScope(**{**data, **lists})


def _characters(data: Mapping[str, Any]) -> Characters:
    return Characters(tuple(data.get("declared", ())), tuple(Found(**f) for f in data.get("found", ())))


_READ: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(
        ("authors", "fandoms", "warnings", "noted_warnings", "genres", "awards", "problems", "missing"), tuple
    ),
    "rating": lambda data: Rating(**data),
    "spoilers": _scope,
    "characters": _characters,
    "pairings": lambda data: tuple(map(tuple, data)),
    "friendships": lambda data: tuple(map(tuple, data)),
    "series": lambda data: Series(**data) if data else None,
    "chapters": lambda data: tuple([Chapter(**c) for c in data]),
    "evidence": lambda data: tuple([Evidence(**e) for e in data]),
    "origins": lambda data: tuple([Origin(**o) for o in data]),
    "parts": lambda data: tuple(map(_part, data)),
}
"""What JSON cannot say: how each of these fields is made of lists and dicts."""
