"""Which files are parts of one story: decided over all that may be, never when in doubt.

Parts agree in title and author (their part marks cut); files without an author belong together only where they lie in
one folder under one name and say for certain which part they are. Two files that say they are the same part and
differ, counts that contradict each other, stand-alone stories with mere numbers: those are kept apart, and why is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise

from ficsearch.catalogue.marks import Mark
from ficsearch.text import tokens


@dataclass(frozen=True)
class Candidate:
    """A document that may be a part. ``keys`` are what it shares with others (title and author; name and folder; a
    person's hand), None where it has none; ``read`` gives its text."""

    id: str
    path: str
    folder: str
    mark: Mark
    title_key: int | None
    stem_key: int | None
    hand: bool
    read: Callable[[], str]

    @cached_property
    def text(self) -> str:
        return self.read()


@dataclass(frozen=True, slots=True)
class Member:
    """A part of a story, and what holds the same text once more."""

    candidate: Candidate
    number: int
    copies: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The parts of one story in order; ``parts`` is how many it shall have, None where nobody says."""

    members: tuple[Member, ...]
    parts: int | None = None
    growing: bool = False

    @property
    def missing(self) -> tuple[int, ...]:
        """The numbers of the parts that were not found."""
        held = {m.number for m in self.members}
        return tuple(n for n in range(1, max(self.parts or 0, *held) + 1) if n not in held)

    @property
    def finished(self) -> bool:
        """Is the last part here that there shall be?"""
        return self.parts is not None and not self.growing and self.members[-1].number >= self.parts


@dataclass(frozen=True, slots=True)
class Apart:
    """Documents that look like parts of one story and are kept apart, and why."""

    candidates: tuple[Candidate, ...]
    why: str


def decide(candidates: Iterable[Candidate]) -> list[Group | Apart]:
    """What becomes of *candidates*; those that are in no answer stand alone without a word."""
    ordered = sorted(candidates, key=lambda c: (c.mark.number or 0, c.path, c.id))
    by_hand = _by_key([c for c in ordered if c.hand], lambda c: c.stem_key)
    found: list[Group | Apart] = [Group(tuple(_members(some)), some[-1].mark.parts) for some in by_hand.values()]
    for some in _classes([c for c in ordered if not c.hand]):
        found += _settled(some)
    return [f for f in found if isinstance(f, Apart) or len(f.members) > 1]


def _by_key(candidates: Iterable[Candidate], key: Callable[[Candidate], object]) -> dict[object, list[Candidate]]:
    found: dict[object, list[Candidate]] = {}
    for candidate in candidates:
        found.setdefault(key(candidate), []).append(candidate)
    return found


def _classes(candidates: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Those that agree in title and author, with the authorless of the same name in the same folder; an authorless
    one that would fit two of them stays alone."""
    titled = _by_key([c for c in candidates if c.title_key is not None], lambda c: c.title_key)
    named = _by_key([c for c in candidates if c.title_key is None and c.stem_key is not None], lambda c: c.stem_key)
    for key, some in named.items():
        homes = [home for home in titled.values() if any(c.stem_key == key for c in home)]
        if len(homes) == 1 and all(c.mark.title in ("", homes[0][0].mark.title) for c in some):
            homes[0].extend(some)
        elif not homes and len({c.mark.title for c in some if c.mark.title}) <= 1 and not _authors_differ(some):
            titled[f"named {key}"] = some
    yield from titled.values()


def _authors_differ(candidates: Iterable[Candidate]) -> bool:
    return len({c.mark.authors for c in candidates if c.mark.authors}) > 1


def _settled(some: Sequence[Candidate]) -> Iterator[Group | Apart]:
    """One group of all; where two say they are the same part and differ, one a folder."""
    found = _group(some)
    folders = _by_key(some, lambda c: c.folder)
    if isinstance(found, Apart) and len(folders) > 1:
        yield from (group for inside in folders.values() if (group := _group(inside)))
    elif found:
        yield found


def _group(some: Sequence[Candidate]) -> Group | Apart | None:
    others = [c for c in some if not c.mark.number]
    numbered = _with_edges(_with_first([c for c in some if c.mark.number], others), others)
    if len({c.mark.number for c in numbered}) < 2:
        return None
    members = list(_members(numbered))
    for one, other in pairwise(members):
        if one.number == other.number:
            return Apart(tuple(numbered), f"part {one.number} is there twice and differs: {_names(one, other)}")
    group = Group(tuple(members), _count(members), _grows(members))
    why = _doubt(group)
    if why is None:
        return group
    return Apart(tuple(numbered), why) if why else None


def _names(one: Member, other: Member) -> str:
    return f"'{one.candidate.path}' and '{other.candidate.path}'"


def _with_first(numbered: list[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """``ladder.txt`` is the first part where ``ladder2.txt`` is the second and nothing else is the first."""
    numbers = [c.mark.number for c in numbered]
    if 1 in numbers or 2 not in numbers:
        return numbered
    places = {(c.folder, c.mark.stem) for c in numbered if c.mark.named}
    first = [c for c in others if (c.folder, c.mark.stem) in places]
    if len(first) != 1:
        return numbered
    mark = replace(first[0].mark, number=1, named=True)
    return [replace(first[0], mark=mark), *numbered]


def _with_edges(numbered: list[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """A prologue comes before the first part, an epilogue behind the last that there shall be."""
    if not numbered:
        return numbered
    last = max(c.mark.parts or c.mark.number or 0 for c in numbered)
    edges = [(c, 0 if c.mark.edge.lower().startswith("pro") else last + 1) for c in others if c.mark.edge]
    return [*numbered, *(replace(c, mark=replace(c.mark, number=number, sure=True)) for c, number in edges)]


def _members(numbered: Sequence[Candidate]) -> Iterator[Member]:
    """Each part once, with its copies; a part that is there in two wordings comes twice."""
    for number, same in groupby(sorted(numbered, key=lambda c: c.mark.number or 0), lambda c: c.mark.number or 0):
        first, *others = sorted(same, key=lambda c: (c.path, c.id))
        if not others:
            yield Member(first, number)
            continue
        words = tokens(first.text)
        copies = [c for c in others if tokens(c.text) == words]
        yield Member(first, number, tuple(copies))
        yield from (Member(c, number) for c in others if c not in copies)


def _count(members: Sequence[Member]) -> int | None:
    """How many parts there shall be: the last word on it."""
    return next((m.candidate.mark.parts for m in reversed(members) if m.candidate.mark.parts), None)


def _grows(members: Sequence[Member]) -> bool:
    return members[-1].candidate.mark.growing


# ---- doubts

_HIGHEST = 2_000
_WEAK_SHARE = 2
"""Of mere numbers in file names at least one in so many must be there: 1998 and 2001 are years."""


def _doubt(group: Group) -> str | None:
    """Why these are not the parts of one story; empty for what nobody would take for parts, None without doubt."""
    marks = [m.candidate.mark for m in group.members]
    if any(not mark.sure for mark in marks) and not _plainly_numbered(group):
        return ""
    counts = [mark.parts for mark in marks if mark.parts]
    if counts != sorted(counts) or max(_numbers(group)) > (group.parts or _HIGHEST):
        return "they do not agree how many parts there are"
    if twins := _twins(group.members):
        return f"two parts have mostly the same text: {_names(*twins)}"
    return None


def _numbers(group: Group) -> list[int]:
    return [m.number for m in group.members if not m.candidate.mark.edge]


def _plainly_numbered(group: Group) -> bool:
    """Files of one name in one folder, numbered nearly without gaps, without a summary each of their own."""
    candidates = [m.candidate for m in group.members]
    weak = [c for c in candidates if not c.mark.sure]
    places = {(c.folder, c.mark.stem) for c in candidates if c in weak or c.mark.named}
    summaries = {c.mark.summary for c in candidates if c.mark.summary}
    few_gaps = group.members[-1].number <= _WEAK_SHARE * len(group.members)
    return all(c.mark.named for c in weak) and len(places) == 1 and len(summaries) < 2 and few_gaps


_LONG = 60
"""Characters of a paragraph that says something of its own."""


def _twins(members: Sequence[Member]) -> tuple[Member, Member] | None:
    """Two parts of which one holds most of the other: versions of one text, not parts of a story."""
    held: dict[int, Member] = {}
    for member in members:
        own = {hash(p) for p in member.candidate.text.split("\n\n") if len(p) >= _LONG}
        shared = [held[p] for p in own if p in held]
        if shared and 2 * len(shared) > len(own):
            return shared[0], member
        held |= dict.fromkeys(own, member)
    return None
