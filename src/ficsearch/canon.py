"""The facts of a fandom as a pack holds them: episodes, shows, characters. No lookup, no I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode, film or book. ``order`` is its place in its show, from 1: what "at or before" means.

    Season 0 holds films and specials; they stand in ``order`` where they belong between the seasons.
    ``whole`` names the two-parter it is a part of ("Becoming"), None otherwise. ``inside`` are aliases that mean
    this episode only where the show is known ("the movie", "series finale").
    """

    show: str
    season: int
    number: int
    title: str
    order: int
    aired: str | None = None
    aliases: tuple[str, ...] = ()
    whole: str | None = None
    inside: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        """``"3x13"``."""
        return f"{self.season}x{self.number:02d}"

    def __str__(self) -> str:
        return f"{self.show} {self.code}"

    def __hash__(self) -> int:
        return hash((self.show, self.order))  # all fields would be hashed anew in every look-up


@dataclass(frozen=True, slots=True)
class Show:
    """A series, or a row of films or books. ``fandom`` is its name as the facet shows it.

    ``names`` are what fans call it, its title first; ``inside`` are names that mean it only in a story of its
    universe ("Atlantis", "the films"). ``shifted`` are seasons in which other guides count the long first episode
    once, so that their numbers are one lower; ``halved`` are seasons known by their halves (4.0 and 4.5).
    """

    code: str
    fandom: str
    universe: str
    names: tuple[str, ...]
    episodes: tuple[Episode, ...]
    kind: str = "series"
    inside: tuple[str, ...] = ()
    shifted: tuple[int, ...] = ()
    halved: tuple[int, ...] = ()

    def __hash__(self) -> int:
        return hash(self.code)  # or every episode would be hashed with it

    @property
    def seasons(self) -> tuple[int, ...]:
        """Season numbers in order, 0 (films, specials) left out unless there is nothing else."""
        numbers = sorted({e.season for e in self.episodes})
        return tuple(n for n in numbers if n) or tuple(numbers)

    def season(self, number: int) -> tuple[Episode, ...]:
        """The episodes of one season, in order."""
        return tuple(e for e in self.episodes if e.season == number)


@dataclass(frozen=True, slots=True)
class Character:
    """A person. ``words`` are those of its names that are also ordinary words (Will, Faith, Dawn): they count
    only where they are clearly a name. ``first`` is the first appearance, ``"BtVS 1x01"``, None if unknown;
    ``also`` are first appearances in other shows of the universe (Cordelia: ``"AtS 1x01"``)."""

    name: str
    universe: str
    aliases: tuple[str, ...] = ()
    first: str | None = None
    words: tuple[str, ...] = ()
    note: str = ""
    also: tuple[str, ...] = ()

    def __hash__(self) -> int:
        return hash((self.universe, self.name))

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical name, then the aliases."""
        return (self.name, *self.aliases)

    @property
    def shows(self) -> frozenset[str]:
        """Codes of the shows in which the person is known to appear."""
        return frozenset(code.split(" ")[0] for code in (self.first, *self.also) if code)


@dataclass(frozen=True, slots=True)
class Pack:
    """One universe. ``pairings`` maps a pairing name (Spuffy) to canonical names; ``initials`` letters to one,
    ``"DS9 K"`` being those that hold in one show only; ``prefer`` tells whom fans mean by a name that several
    share; ``names`` are what fans call the whole universe (Buffyverse); ``signs`` are names in a disclaimer, or of
    archives, that tell it (Mutant Enemy, Gossamer)."""

    universe: str
    shows: tuple[Show, ...] = ()
    characters: tuple[Character, ...] = ()
    pairings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    initials: Mapping[str, str] = field(default_factory=dict)
    prefer: Mapping[str, str] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
