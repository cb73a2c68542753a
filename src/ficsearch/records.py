"""What the store keeps of a file and of a story, packed so that it can travel between processes."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace

import zstandard

from ficsearch.story import Chapter, Claim, Document, Story, from_dict, to_dict

_LEVEL = 3  # zstd: 0.44 of the text at 210 MB/s; level 9 saves 2 % more at a fifth of the speed


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What is known of one file. ``location`` is its absolute path as bytes of the file system, ``path`` relative
    to the indexed root for people; ``mtime`` in nanoseconds; ``reason`` says why it was skipped, None if it was
    read."""

    location: bytes
    path: str
    size: int
    mtime: int
    hash: bytes
    fandom: str | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class StoredStory:
    """A story packed for the store. Made where the file was read, so that many processes share the work.

    ``holds`` says whether the file itself gives a title, a rating and spoilers, and whether anybody is in it.
    """

    id: str
    part: int
    record: str
    document: str
    chapters: bytes
    words: int
    holds: tuple[bool, bool, bool, bool]

    @classmethod
    def pack(cls, story: Story, document: Document) -> StoredStory:
        """*story* and the document it came from, without saying the text twice."""
        return cls(
            story.id,
            story.part,
            json.dumps(to_dict(story.without_text()), ensure_ascii=False, separators=(",", ":")),
            json.dumps(asdict(replace(document, chapters=())), ensure_ascii=False, separators=(",", ":")),
            zstandard.compress("\0".join(c.text for c in story.chapters).encode("utf-8", "replace"), _LEVEL),
            story.words,
            _holds(story),
        )

    def renamed(self, new_id: str) -> StoredStory:
        """The same story under another id."""
        record = json.loads(self.record)
        record["id"] = new_id
        return replace(self, id=new_id, record=json.dumps(record, ensure_ascii=False, separators=(",", ":")))

    def story(self) -> Story:
        """The story without its text."""
        return from_dict(json.loads(self.record))

    def full_story(self) -> Story:
        """The story with its text."""
        story = self.story()
        texts = zstandard.decompress(self.chapters).decode("utf-8").split("\0")
        return replace(
            story, chapters=tuple(Chapter(text, c.title) for text, c in zip(texts, story.chapters, strict=False))
        )

    def read_document(self) -> Document:
        """What the reader made of the file, to catalogue it anew when packs have changed."""
        data = json.loads(self.document)
        claims = tuple(Claim(**c) for c in data["claims"])
        return Document(
            self.full_story().chapters, claims, data["format"], tuple(data["problems"]), data.get("member", "")
        )


def _holds(story: Story) -> tuple[bool, bool, bool, bool]:
    claimed = any(o.field == "title" and o.place != "file name" for o in story.origins)
    people = bool(story.characters.declared or story.characters.found)
    return claimed, story.rating.original is not None, story.spoilers.original is not None, people


@dataclass(frozen=True, slots=True)
class Change:
    """One file as it is now, with its stories: replaces all that was stored of that file."""

    file: FileRecord
    stories: tuple[StoredStory, ...] = ()
