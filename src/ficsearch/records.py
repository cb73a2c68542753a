"""What the store keeps of a file, of its documents and of a story, packed so that it can travel between processes.

A file's documents are **pieces**. A story is made of one piece, or, where it was stitched, of several.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import MISSING, dataclass, fields, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ficsearch.compression import RECORD, compress, decompress
from ficsearch.stages import stage
from ficsearch.story import Chapter, Claim, Document, Story, from_dict
from ficsearch.text import tokens
from ficsearch.texts import PackedText, packed_numbers

if TYPE_CHECKING:
    from ficsearch.corrections import Mistake


def inside(place: str, member: str) -> str:
    """The path of a document in the file at *place*: that of the file, or of what lies inside an archive."""
    return f"{place}/{member}" if member else place


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is known of one file. ``location`` is its absolute path as bytes of the file system, ``path`` relative
    to the indexed root for people; ``mtime`` in nanoseconds; ``reason`` says why it was skipped, None if it was
    read; ``corrections`` tells one state of what people put right about it from another."""

    location: bytes
    path: str
    size: int
    mtime: int
    hash: bytes
    fandom: str | None = None
    reason: str | None = None
    corrections: bytes = b""


@dataclass(frozen=True, slots=True)
class Closed:
    """A file or folder that could not be looked into; what was read of it before is kept."""

    location: str
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoredPiece:
    """A document packed for the store; ``id`` is that of its place (``catalogue.story_id``), ``part`` its number in
    the file. ``number`` says which part of a story it is, ``mark`` all that it says of that (JSON); documents that
    share a key may be parts of one story, a key set ``by_hand`` leaves no doubt; ``member`` as in :class:`Document`."""

    id: str
    part: int
    document: bytes
    chapters: PackedText
    mark: str = "{}"
    number: int | None = None
    title_key: int | None = None
    stem_key: int | None = None
    by_hand: bool = False
    member: str = ""

    @classmethod
    @stage("packing")
    def pack(
        cls,
        piece_id: str,
        part: int,
        document: Document,
        mark: str = "{}",
        number: int | None = None,
        keys: tuple[int | None, int | None] = (None, None),
        by_hand: bool = False,
    ) -> StoredPiece:
        """*document*, its text compressed and said once; *keys* are those of title and stem."""
        told = {
            "claims": [_short(claim) for claim in document.claims],
            "format": document.format,
            "problems": document.problems,
            "titles": [c.title for c in document.chapters],
        }
        if any(c.title and c.origin for c in document.chapters):
            told["origins"] = [c.origin if c.title else "" for c in document.chapters]
        text = PackedText.of([c.text for c in document.chapters])
        return cls(piece_id, part, compress(to_json(told), RECORD), text, mark, number, *keys, by_hand, document.member)

    def read_document(self) -> Document:
        """What the reader made of the file."""
        data = self._told()
        texts, titles = self.chapters.chapters(), data["titles"]
        origins = data.get("origins") or [""] * len(titles)
        return Document(
            tuple(Chapter(*told) for told in zip(texts, titles, origins, strict=False)),
            tuple(Claim(**c) for c in data["claims"]),
            data["format"],
            tuple(data["problems"]),
            self.member,
        )

    def read_claims(self) -> tuple[Claim, ...]:
        """What the file says of itself."""
        return tuple(Claim(**c) for c in self._told()["claims"])

    def _told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(decompress(self.document, RECORD))
        return told

    def text(self) -> str:
        """The text of its chapters."""
        return "\n\n".join(self.chapters.chapters())


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story packed for the store. Made where the file was read, so that many processes share the work.

    ``pieces`` are the ids of those it is made of, in order, ``copies`` of those that hold the same text again.
    ``holds`` says whether the file itself gives a title, a rating and spoilers, and whether anybody is in it;
    ``troubled`` whether there is something to look at, ``incomplete`` whether that is a part of it; ``apart`` why it
    was not stitched to what looks like it; ``titles`` says how many words the title of each chapter has
    (``texts.packed_numbers``); ``texts`` are the packed chapters of its pieces, once it comes from the store.
    """

    id: str
    record: bytes
    words: int
    holds: tuple[bool, bool, bool, bool]
    troubled: bool
    incomplete: bool
    pieces: tuple[str, ...]
    copies: tuple[str, ...] = ()
    apart: str = ""
    titles: bytes = b""
    texts: tuple[PackedText, ...] = ()

    @classmethod
    @stage("packing")
    def pack(cls, story: Story, pieces: Iterable[str] = (), copies: Iterable[str] = (), apart: str = "") -> StoredStory:
        """*story* without its text, which its pieces have; made of the piece of its own id when none are named."""
        record = compress(to_json(story.without_text()), RECORD)
        named = tuple(pieces) or (story.id,)
        incomplete = bool(story.missing or apart)
        holds = _holds(story)
        troubled = bool(incomplete or story.problems or not story.authors or not holds[0])
        titles = packed_numbers([len(tokens(c.title)) if c.title else 0 for c in story.chapters])
        return cls(story.id, record, story.words, holds, troubled, incomplete, named, tuple(copies), apart, titles)

    def renamed(self, new_id: str) -> StoredStory:
        """The same story, of one piece, under another id."""
        record = compress(to_json(replace(self.story(), id=new_id)), RECORD)
        return replace(self, id=new_id, pieces=(new_id,), record=record)

    def story(self) -> Story:
        """The story without its text."""
        return from_dict(json.loads(decompress(self.record, RECORD)))

    def full_story(self) -> Story:
        """The story with its text."""
        story = self.story()
        texts = [text for packed in self.texts for text in packed.chapters()]
        return replace(
            story, chapters=tuple(replace(c, text=text) for text, c in zip(texts, story.chapters, strict=False))
        )


def to_json(told: object) -> str:
    """*told* as JSON, dataclasses as objects of what is not as it is by default (``asdict`` copies every string on its
    way and takes twice as long)."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_told)


def _told(told: Any) -> dict[str, Any]:
    known = _defaults(type(told))  # type: ignore[arg-type]
    return {name: value for name, default in known if (value := getattr(told, name)) != default}


@lru_cache
def _defaults(kind: type[Any]) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass, each with its default, which is MISSING where there is none."""
    return tuple((f.name, f.default if f.default_factory is MISSING else f.default_factory()) for f in fields(kind))


def _short(claim: Claim) -> dict[str, str]:
    """*claim* without what is empty."""
    told = {"label": claim.label, "value": claim.value, "origin": claim.origin, "written": claim.written}
    return told if claim.written else {k: told[k] for k in ("label", "value", "origin")}


def _holds(story: Story) -> tuple[bool, bool, bool, bool]:
    claimed = any(o.field == "title" and o.place not in ("file name", "folder name") for o in story.origins)
    people = bool(story.characters.declared or story.characters.found)
    return claimed, story.rating.original is not None, story.spoilers.original is not None, people


@dataclass(frozen=True, slots=True)
class Change:
    """One file as it is now, with its pieces and the mistakes in what people put right about it: replaces all that
    was stored of that file."""

    file: FileRecord
    pieces: tuple[StoredPiece, ...] = ()
    mistakes: tuple[Mistake, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownPiece:
    """A piece in the store, its file, the story it belongs to, its place in that (0 for a copy, 1 for the first),
    and why that story was kept apart."""

    piece: StoredPiece
    file: FileRecord
    story: str
    place: int
    apart: str = ""

    @property
    def path(self) -> str:
        """The path of the piece, for people."""
        return inside(self.file.path, self.piece.member)
