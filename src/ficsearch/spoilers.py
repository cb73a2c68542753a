"""Spoiler phrases, and whether a story is safe for a reader who has seen so much and no more.

    phrase --read_scope--> SpoilerScope --judge + Position--> safe | unsafe | unknown

*Unknown* is never shown as safe. Moving a position back never turns unsafe or unknown into safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ficsearch.packs import Packs
from ficsearch.story import Evidence, SpoilerScope


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has seen: for each show (by code) the last episode, ``"3x13"``. A show that is not named
    has not been seen at all."""

    seen: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ", ".join(f"{show} {code}" for show, code in self.seen.items())


@dataclass(frozen=True, slots=True)
class Verdict:
    """``value`` is safe, unsafe or unknown; ``why`` is a sentence for a person."""

    value: str
    why: str


def read_scope(
    phrase: str | None, packs: Packs, fandoms: Iterable[str] = (), published: str | None = None
) -> SpoilerScope:
    """What a spoiler phrase gives away. *fandoms* are the story's (canonical names): they decide whose "Home" it
    is. None means that the header says nothing: unknown, which is not none."""
    raise NotImplementedError


def read_position(text: str, packs: Packs) -> Position:
    """A reader's position as typed: ``The Zeppo``, ``BtVS S3, AtS 1x05``, ``all of Buffy``.

    Raises UsageError naming the part that cannot be placed.
    """
    raise NotImplementedError


def judge(scope: SpoilerScope, position: Position, packs: Packs, evidence: Iterable[Evidence] = ()) -> Verdict:
    """Is a story of this scope safe at this position, and why?"""
    raise NotImplementedError


def beyond(position: Position, packs: Packs) -> frozenset[str]:
    """Every episode (``"BtVS 3x14"``) that a reader at *position* has not seen, of every show."""
    raise NotImplementedError
