"""Documents -> what is stored and indexed: a piece and its story each, or several pieces as one story."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import PurePosixPath

from ficsearch.catalogue import catalogue
from ficsearch.catalogue.marks import Mark, hand_key, mark_of, stem_key, title_key
from ficsearch.catalogue.stitch import Piece, stitch
from ficsearch.corrections import LABELS, NONE, Corrected, Corrections, Mistake, correct
from ficsearch.fields import IndexDocument, index_document
from ficsearch.groups import Candidate, Group, decide
from ficsearch.packs import Packs
from ficsearch.records import KnownPiece, StoredPiece, StoredStory, inside
from ficsearch.report import Loose
from ficsearch.story import Document, Story, StoryPart


@dataclass(frozen=True, slots=True)
class Assembled:
    """A story as the store and as the engine want it."""

    stored: StoredStory
    document: IndexDocument

    def renamed(self, new_id: str) -> Assembled:
        """The same story, of one piece, under another id."""
        return Assembled(self.stored.renamed(new_id), replace(self.document, id=new_id))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document stands: the ``path`` (for people) and ``location`` of its file, that inside an archive
    included; ``part`` among the documents of that path and ``number`` among all of the file, from 1; ``alone`` when
    that path holds no other; the default ``fandom``, and what people put right about the file."""

    path: str
    location: str
    part: int = 1
    number: int = 1
    alone: bool = True
    fandom: str | None = None
    corrections: Corrections = NONE

    def of(self, documents: Sequence[Document]) -> Iterator[tuple[Document, Place]]:
        """Each of *documents*, all those of the file at this place, with its own."""
        held = Counter(d.member for d in documents)
        met: Counter[str] = Counter()
        for number, document in enumerate(documents, 1):
            member = document.member
            met[member] += 1
            path, location = inside(self.path, member), inside(self.location, member)
            alone = held[member] == 1
            yield document, replace(self, path=path, location=location, part=met[member], number=number, alone=alone)


def read_pieces(
    documents: Sequence[Document], place: Place, packs: Packs
) -> Iterator[tuple[StoredPiece, Assembled, tuple[Mistake, ...]]]:
    """The documents of one file packed, and each as a story by itself. What cannot be understood of that which a
    person put right is told as mistakes."""
    for document, own in place.of(documents):
        right, story, mark, mistakes = _read(document, own, packs)
        hand = own.corrections.by_hand if own.number == 1 else None
        keys = title_key(mark), stem_key(mark, _folder(own.location))
        if hand:
            mark, keys = mark.by_hand(hand.number, hand.parts), (None, hand_key(hand.first))
        elif own.corrections.stitch is False:
            mark, keys = mark.alone(), (None, None)
        piece = StoredPiece.pack(story.id, own.part, right, _packed(mark), mark.number, keys, bool(hand))
        yield piece, _assembled(_told_alone(story, mark)), mistakes


def lone_stories(documents: Sequence[Document], place: Place, packs: Packs) -> list[Story]:
    """The documents of one file as the stories they are by themselves."""
    read = [_read(document, own, packs) for document, own in place.of(documents)]
    return [_told_alone(story, mark) for _, story, mark, _ in read]


def _read(document: Document, place: Place, packs: Packs) -> tuple[Document, Story, Mark, tuple[Mistake, ...]]:
    """*document* with what was put right, as a story by itself, with its mark."""
    fields = place.corrections.of_story(place.number)
    right = correct(document, fields)
    story = _catalogued(right, place, packs)
    mistakes = tuple(_misunderstood(fields, story))
    if mistakes:
        right = correct(document, [replace(c, values=()) if c.name == "spoilers" else c for c in fields])
        story = _catalogued(right, place, packs)
    mark = _mark_before(document, fields, place, packs) if fields else mark_of(document, story, place.alone)
    return right, story, replace(mark, sure=True) if place.corrections.stitch else mark, mistakes


def _catalogued(document: Document, place: Place, packs: Packs) -> Story:
    return catalogue(document, place.path, packs, place.part, place.fandom)


def _misunderstood(fields: Iterable[Corrected], story: Story) -> Iterator[Mistake]:
    """Spoilers that a person wrote and nobody understands: they must not stand as anything."""
    for field in fields:
        if field.name == "spoilers" and field.values and story.spoilers.kind == "unknown":
            told = (
                f"spoilers not understood: '{field.values[0]}'; until they are, those of '{story.path}' are not known"
            )
            name, _, line = field.place.partition(", line ")
            yield Mistake(name, int(line) if line else None, told)


def _mark_before(document: Document, fields: Iterable[Corrected], place: Place, packs: Packs) -> Mark:
    """The mark of *document*; by its own title and author, where it has them: a new title for the first part is one
    for the whole story and takes it from no other."""
    own = {c.label for c in document.claims}
    before = correct(document, [c for c in fields if c.name not in ("title", "authors") or LABELS[c.name] not in own])
    return mark_of(before, _catalogued(before, place, packs), place.alone)


def _told_alone(story: Story, mark: Mark) -> Story:
    return told_missing(story, mark.missing(), mark.parts)


def alone(known: KnownPiece, packs: Packs, apart: str = "") -> Assembled:
    """A piece as a story by itself; *apart* says why it is not stitched to others."""
    document, mark = known.piece.read_document(), read_mark(known.piece)
    story = catalogue(document, known.path, packs, known.piece.part, known.file.fandom)
    story = replace(story, id=known.piece.id)
    if not apart:
        return _assembled(_told_alone(story, mark))
    # its other parts may be there: what stands between them is what a person has to know
    return _assembled(replace(story, problems=(*story.problems, f"kept apart: {apart}")), apart=apart)


def together(group: Group, known: dict[str, KnownPiece], packs: Packs) -> Assembled:
    """The pieces of *group* as one story, whose id and path are those of the first."""
    members = [(m, known[m.candidate.id]) for m in group.members]
    pieces = [Piece(k.piece.read_document(), m.number, PurePosixPath(k.path).name) for m, k in members]
    first = members[0][1]
    document = stitch(pieces, group.finished)
    story = catalogue(document, first.path, packs, first.piece.part, first.file.fandom)
    begins = accumulate((len(p.document.chapters) for p in pieces), initial=1)
    parts = tuple(
        StoryPart(k.path, m.number, chapter, tuple(c.path for c in m.copies))
        for (m, k), chapter in zip(members, begins, strict=False)
    )
    story = told_missing(replace(story, id=first.piece.id, parts=parts), group.missing, group.parts)
    copies = [c.id for m in group.members for c in m.copies]
    return _assembled(story, [k.piece.id for _, k in members], copies)


def again(known: Sequence[KnownPiece], packs: Packs) -> Assembled:
    """A story that is stored, catalogued anew from its pieces."""
    if len(known) == 1:
        return alone(known[0], packs, known[0].apart)
    group = next(found for found in decide(map(candidate, known)) if isinstance(found, Group))
    return together(group, {k.piece.id: k for k in known}, packs)


def _assembled(story: Story, pieces: Sequence[str] = (), copies: Sequence[str] = (), apart: str = "") -> Assembled:
    return Assembled(StoredStory.pack(story, pieces, copies, apart), index_document(story))


# ---- marks


def candidate(known: KnownPiece) -> Candidate:
    """*known* as what may be a part."""
    piece = known.piece
    folder = _folder(inside(os.fsdecode(known.file.location), piece.member))
    return Candidate(
        piece.id, known.path, folder, read_mark(piece), piece.title_key, piece.stem_key, piece.by_hand, piece.text
    )


def _folder(location: str) -> str:
    return location.rpartition(os.sep)[0]


def _packed(mark: Mark) -> str:
    told = {name: value for name in mark.__slots__ if (value := getattr(mark, name))}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


def read_mark(piece: StoredPiece) -> Mark:
    """What the piece says of its place in a story."""
    return Mark(**json.loads(piece.mark))


# ---- what is missing


_NOT_FOUND = " not found"


def told_missing(story: Story, missing: Sequence[int], parts: int | None) -> Story:
    """*story*, which tells which of its parts were not found."""
    if not missing:
        return story
    told = f"{_ranges(missing)}{f' of {parts}' if parts else ''}{_NOT_FOUND}"
    return replace(story, missing=tuple(missing), problems=(*story.problems, told))


def _ranges(numbers: Sequence[int]) -> str:
    """``part 3``, ``parts 1 and 4-7``."""
    runs: list[list[int]] = []
    for n in numbers:
        if runs and n == runs[-1][1] + 1:
            runs[-1][1] = n
        else:
            runs.append([n, n])
    told = [str(a) if a == b else f"{a}-{b}" for a, b in runs]
    *head, last = told
    return f"part{'s' if len(numbers) > 1 else ''} {', '.join(head)}{' and ' if head else ''}{last}"


def loose(stored: StoredStory) -> Loose:
    """What the report says of a story of which a part is missing or in doubt."""
    story = stored.story()
    told = [p for p in story.problems if p.endswith(_NOT_FOUND)] + (
        [f"kept apart: {stored.apart}"] * bool(stored.apart)
    )
    return Loose(story.path, story.title, "; ".join(told))
