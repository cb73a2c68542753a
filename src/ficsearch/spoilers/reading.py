"""What a phrase says, as statements about targets, before anybody has asked which episodes they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto

from ficsearch.canon import Show
from ficsearch.spoilers.marks import Target


class Reach(Enum):
    """How far a statement goes from its target."""

    NAMED = auto()  # the target itself
    THROUGH = auto()  # all up to it, with it
    UNTIL = auto()  # all before it, perhaps with it: to be safe one must have seen it, but nobody says to have
    BEFORE = auto()  # all up to it, without it
    ONWARD = auto()  # from it to the end


@dataclass(frozen=True, slots=True)
class Statement:
    """``begins``: the next statement may say how far into this season the story goes ("season 6, up to Wrecked")."""

    target: Target
    reach: Reach = Reach.NAMED
    show: Show | None = None
    begins: bool = False


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole show, or all the shows of the story; with ``aired`` as far as it had been shown."""

    show: Show | None = None
    aired: bool = False


@dataclass
class Reading:
    """What a phrase says. ``none``: there are no spoilers; ``hedged``: but perhaps some, or some are not among
    them; ``either``: a name may be an episode or a show, both are given; ``unclear``: words nobody could place, "" for
    what is unclear as a whole."""

    statements: list[Statement] = field(default_factory=list)
    wholes: list[Whole] = field(default_factory=list)
    cleared: list[Show] = field(default_factory=list)
    none: bool = False
    hedged: bool = False
    either: bool = False
    unclear: list[str] = field(default_factory=list)
