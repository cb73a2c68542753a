"""What we know of fandoms: shows and their episodes in order, characters, pairing names. Data, read from TOML.

A pack is one file of ``fandoms/*.toml`` (or of the reader's own folder) and describes one universe: shows that
share characters. Episodes are known by show, season and number, never by title: 190 titles belong to more than
one show. A name is only ever resolved inside the fandoms of a story.
"""

from __future__ import annotations

import datetime
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from ficsearch.errors import PackError
from ficsearch.text import squash


@dataclass(frozen=True, slots=True)
class Episode:
    """One episode, film or book. ``order`` is its place in its show, from 1: what "at or before" means.

    Season 0 holds films and specials; they stand in ``order`` where they belong between the seasons.
    ``whole`` names the two-parter it is a part of ("Becoming"), None otherwise.
    """

    show: str
    season: int
    number: int
    title: str
    order: int
    aired: str | None = None
    aliases: tuple[str, ...] = ()
    whole: str | None = None

    @property
    def code(self) -> str:
        """``"3x13"``."""
        return f"{self.season}x{self.number:02d}"

    def __str__(self) -> str:
        return f"{self.show} {self.code}"


@dataclass(frozen=True, slots=True)
class Show:
    """A series, or a row of films or books. ``fandom`` is its name as the facet shows it."""

    code: str
    fandom: str
    universe: str
    names: tuple[str, ...]
    episodes: tuple[Episode, ...]
    kind: str = "series"

    @property
    def seasons(self) -> tuple[int, ...]:
        """Season numbers in order, 0 (films, specials) left out unless there is nothing else."""
        numbers = sorted({e.season for e in self.episodes})
        return tuple(n for n in numbers if n) or tuple(numbers)

    def season(self, number: int) -> tuple[Episode, ...]:
        return tuple(e for e in self.episodes if e.season == number)


@dataclass(frozen=True, slots=True)
class Character:
    """A person. ``words`` are those of its names that are also ordinary words (Will, Faith, Dawn): they count
    only where they are clearly a name. ``first`` is the first appearance, ``"BtVS 1x01"``, None if unknown."""

    name: str
    universe: str
    aliases: tuple[str, ...] = ()
    first: str | None = None
    words: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """One universe. ``pairings`` maps a pairing name (Spuffy) to canonical names; ``initials`` letters to one."""

    universe: str
    shows: tuple[Show, ...] = ()
    characters: tuple[Character, ...] = ()
    pairings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    initials: Mapping[str, str] = field(default_factory=dict)


def read_pack(text: str, name: str) -> Pack:
    """The pack written in *text*; *name* is said in errors. Raises PackError."""
    try:
        data = tomllib.loads(text)
        universe = data["universe"]
        shows = tuple(_show(s, universe) for s in data.get("show", ()))
        characters = tuple(_character(c, universe) for c in data.get("characters", ()))
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as problem:
        raise PackError(
            f"The pack '{name}' cannot be read: {problem}.", "docs/packs.md tells how one is written."
        ) from problem
    pairings = {k: tuple(v) for k, v in data.get("pairings", {}).items()}
    return Pack(universe, shows, characters, pairings, dict(data.get("initials", {})))


def _show(data: Mapping[str, Any], universe: str) -> Show:
    code = data["code"]
    episodes = tuple(_episode(row, code, n) for n, row in enumerate(data["episodes"], 1))
    names = tuple(dict.fromkeys([data["name"], code, *data.get("names", ())]))
    return Show(code, data["name"], universe, names, episodes, data.get("kind", "series"))


def _episode(row: Mapping[str, Any], show: str, order: int) -> Episode:
    season, _, number = row["at"].partition("x")
    aired: datetime.date | None = row.get("aired")
    return Episode(
        show, int(season), int(number), row["title"], order,
        aired.isoformat() if aired else None, tuple(row.get("aliases", ())), row.get("whole"),
    )  # fmt: skip


def _character(row: Mapping[str, Any], universe: str) -> Character:
    return Character(
        row["name"],
        universe,
        tuple(row.get("aliases", ())),
        row.get("first"),
        tuple(row.get("words", ())),
        row.get("note", ""),
    )


class Packs:
    """All packs at once: the questions that spoilers, cataloguing and the query language ask."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self.packs = tuple(packs)
        self.shows: dict[str, Show] = {s.code: s for p in self.packs for s in p.shows}

    @classmethod
    def load(cls, extra: Path | None = None) -> Packs:
        """The packs shipped, and those of the folder *extra*, which replace a shipped universe of the same name."""
        shipped = {
            p.name: p.read_text(encoding="utf-8")
            for p in files("ficsearch").joinpath("fandoms").iterdir()
            if p.name.endswith(".toml")
        }
        own = (
            {p.name: p.read_text(encoding="utf-8") for p in sorted(extra.glob("*.toml"))}
            if extra and extra.is_dir()
            else {}
        )
        packs = {p.universe: p for p in (read_pack(t, n) for n, t in sorted(shipped.items()) + sorted(own.items()))}
        return cls(packs.values())

    @cached_property
    def _shows_by_name(self) -> dict[str, Show]:
        return {squash(n): s for s in self.shows.values() for n in s.names}

    def show(self, name: str) -> Show | None:
        """The show that fans call *name*: its code, its title, or another of its names."""
        return self._shows_by_name.get(squash(name))

    def shows_of(self, fandoms: Iterable[str]) -> tuple[Show, ...]:
        """The shows of these fandoms (canonical names), in that order."""
        return tuple(s for f in fandoms for s in self.shows.values() if s.fandom == f)

    def episode(self, code: str) -> Episode | None:
        """The episode written ``"BtVS 3x13"``."""
        return self._episodes.get(code)

    @cached_property
    def _episodes(self) -> dict[str, Episode]:
        return {str(e): e for s in self.shows.values() for e in s.episodes}
