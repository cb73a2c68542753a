"""What a phrase is made of once its words are understood."""

from __future__ import annotations

from dataclasses import dataclass

from ficsearch.canon import Episode, Show
from ficsearch.spoilers.words import Sign


@dataclass(frozen=True, slots=True)
class Titled:
    """A title as written, with every episode of any show that has it. ``name`` is a show that is called just so."""

    text: str
    episodes: tuple[Episode, ...]
    name: Show | None = None


@dataclass(frozen=True, slots=True)
class Numbered:
    """Episodes by number: ``3x13``; -1 is the last of its season. Without a season only a show of one season
    has them. ``half``: written like the half of a season, ``4.0`` or ``4.5``."""

    season: int | None
    numbers: tuple[int, ...]
    half: bool = False


@dataclass(frozen=True, slots=True)
class Seasons:
    """Whole seasons by number; -1 is the last one."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """The first or last episode of a season, or of the show where ``season`` is None."""

    season: int | None
    last: bool


@dataclass(frozen=True, slots=True)
class Volumes:
    """Books or films by number: ``kind`` is that of a show."""

    kind: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """A name that means an episode only inside a show: "the movie"."""

    key: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A word that nothing here understands: it may name an episode."""

    text: str


Target = Titled | Numbered | Seasons | Edge | Volumes | Inside
Mark = Target | Show | Unknown | Sign
Found = tuple[Mark, int]
"""A mark and the place after it."""

TARGETS = (Titled, Numbered, Seasons, Edge, Volumes, Inside)
