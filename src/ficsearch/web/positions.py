"""Choosing how far one has seen: for each show of the library its seasons and episodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ficsearch.canon import Show
from ficsearch.packs import Packs
from ficsearch.spoilers import Position


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: ``value`` is an episode, ``3x13``."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ShowChoice:
    """The choice for one show. ``name`` is the parameter, ``groups`` are its seasons with their episodes."""

    name: str
    title: str
    groups: tuple[tuple[str, tuple[Option, ...]], ...]


def show_choices(codes: Iterable[str], position: Position | None, packs: Packs) -> tuple[ShowChoice, ...]:
    """A choice for each of the shows *codes*, as the reader stands."""
    seen = position.seen if position else {}
    return tuple(_choice(packs.shows[c], seen.get(c)) for c in codes if c in packs.shows)


def _choice(show: Show, seen: str | None) -> ShowChoice:
    groups: dict[str, list[Option]] = {}
    for episode in show.episodes:
        label = f"Season {episode.season}" if episode.season and show.kind == "series" else show.fandom
        text = f"{episode.code} {episode.title}"
        groups.setdefault(label, []).append(Option(episode.code, text, episode.code == seen))
    return ShowChoice(f"seen_{show.code}", show.fandom, tuple((g, tuple(o)) for g, o in groups.items()))


def told_position(parameters: Mapping[str, str]) -> str:
    """The position that the choices of a form make together: ``BtVS 3x13, AtS 1x05``."""
    chosen = ((n.removeprefix("seen_"), v.strip()) for n, v in parameters.items() if n.startswith("seen_"))
    return ", ".join(f"{code} {value}" for code, value in chosen if value)
