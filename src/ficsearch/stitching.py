"""Which stories change when files do: new pieces, those they may be parts with, and what becomes of all of them.

Only what shares a key with a new, changed or lost piece is looked at, so that the work is in proportion to the change.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from ficsearch.assembling import Assembled, alone, candidate, together
from ficsearch.groups import Apart, Group, decide
from ficsearch.packs import Packs
from ficsearch.records import KnownPiece, StoredPiece
from ficsearch.store import Store


@dataclass(slots=True)
class Stitcher:
    """Settles what becomes of pieces, batch after batch of one run. With *remember* (a dry run, which stores nothing)
    it keeps the numbered pieces of the batches before in mind."""

    store: Store
    packs: Packs
    remember: bool = False
    _numbered: set[int] | None = None
    _kept: dict[str, KnownPiece] = field(default_factory=dict)

    def settle(self, new: dict[str, tuple[KnownPiece, Assembled]], lost: Iterable[bytes]) -> list[Assembled]:
        """The stories that are new or changed, now that the pieces of the files *lost* are gone and *new* ones are
        there, each with the story it would be by itself."""
        lost = frozenset(lost)
        before = [k for location in lost for k in self.store.pieces_in(location)]
        fresh = {i: known for i, (known, _) in new.items()}
        known = self._near([*before, *fresh.values()], fresh, lost)
        touched = {k.story for k in before}
        found = decide(map(candidate, known.values()))
        stories = [self._joined(f, known, touched) for f in found if isinstance(f, Group)]
        joined = {c.id for f in found if isinstance(f, Group) for m in f.members for c in (m.candidate, *m.copies)}
        why = {c.id: f.why for f in found if isinstance(f, Apart) for c in f.candidates}
        lone = (self._lone(k, new, why.get(i, "")) for i, k in {**fresh, **known}.items() if i not in joined)
        return [story for story in (*stories, *lone) if story]

    # -- what is near

    def _near(
        self, changed: Sequence[KnownPiece], fresh: dict[str, KnownPiece], lost: frozenset[bytes]
    ) -> dict[str, KnownPiece]:
        """Every piece that may belong together with those that changed: all that share a key, and what shares one
        with those."""
        numbered = self._numbered_keys(fresh.values())
        by_key: dict[int, list[KnownPiece]] = {}
        for known in (*fresh.values(), *self._kept.values()):
            for key in _keys(known.piece, numbered):
                by_key.setdefault(key, []).append(known)
        asked: set[int] = set()
        wanted = {key for known in changed for key in _keys(known.piece, numbered)}
        found: dict[str, KnownPiece] = {}
        while wanted:
            stored = {i: k for i, k in self.store.pieces_near(wanted).items() if k.file.location not in lost}
            near = {**stored, **{k.piece.id: k for key in wanted for k in by_key.get(key, ())}}
            found |= near
            asked |= wanted
            wanted = {key for k in near.values() for key in _keys(k.piece, numbered)} - asked
        self._remember(fresh.values())
        return found

    def _numbered_keys(self, fresh: Iterable[KnownPiece]) -> set[int]:
        """The keys of title and author under which there is a part with a number: nothing else is worth a look."""
        if self._numbered is None:
            self._numbered = self.store.numbered_keys()
        self._numbered |= {k.piece.title_key for k in fresh if k.piece.number and k.piece.title_key is not None}
        return self._numbered

    def _remember(self, fresh: Iterable[KnownPiece]) -> None:
        if self.remember:
            self._kept |= {k.piece.id: k for k in fresh if k.piece.number}

    # -- what becomes of it

    def _joined(self, group: Group, known: dict[str, KnownPiece], touched: set[str]) -> Assembled | None:
        """The story of *group*; None where it is stored already as it is."""
        pieces = [known[m.candidate.id] for m in group.members]
        first = pieces[0].piece.id
        places = [(k.story, k.place) for k in pieces]
        copies = [known[c.id].story for m in group.members for c in m.copies]
        same = places == [(first, n) for n in range(1, len(pieces) + 1)] and set(copies) <= {first}
        return None if same and first not in touched else together(group, known, self.packs)

    def _lone(self, known: KnownPiece, new: dict[str, tuple[KnownPiece, Assembled]], why: str) -> Assembled | None:
        """A piece by itself; None where it is stored as that already."""
        i = known.piece.id
        if i in new:
            return alone(known, self.packs, why) if why else new[i][1]
        if known.story == i and known.apart == why and not self._was_joined(i):
            return None
        return alone(known, self.packs, why)

    def _was_joined(self, story: str) -> bool:
        return len(self.store.pieces_of(story)) > 1


def _keys(piece: StoredPiece, numbered: set[int]) -> list[int]:
    keys = [] if piece.stem_key is None else [piece.stem_key]
    if piece.title_key in numbered and piece.title_key is not None:
        keys.append(piece.title_key)
    return keys
