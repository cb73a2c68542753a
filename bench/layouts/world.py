"""What a value of a header is, and the show that a story is of."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ficsearch.canon import Character, Episode, Show
from ficsearch.packs import Packs
from ficsearch.text import squash

Rng = random.Random
Truth = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Value:
    """What stands behind a label: its *kind* for the report, the words, and the fields of the story they tell."""

    kind: str
    text: str
    truth: Truth = field(default_factory=dict)


@dataclass(frozen=True)
class World:
    """The show that a story is of, and what of it has one name only."""

    packs: Packs
    show: Show

    @cached_property
    def people(self) -> tuple[Character, ...]:
        known = self.packs.characters_of([self.show.fandom])
        named = [p for p in known if self.show.code in p.shows and p.name.replace(" ", "").replace("'", "").isalpha()]
        named = [p for p in named if len(p.name.split()) == 2 and not p.words]
        return tuple(named[:12])

    def nickname(self, person: Character) -> str:
        """A name that is this person's alone, and no ordinary word."""
        for alias in (person.name.split()[0], person.name.split()[-1], *person.aliases):
            sure = self.packs.character(alias, [self.show.fandom])
            lone = len({p.name for p in self.packs.characters_named(alias) if self.show.code in p.shows}) == 1
            if lone and alias.isalpha() and alias.istitle() and len(alias) > 2 and sure and sure.name == person.name:
                return alias
        return person.name

    @cached_property
    def episodes(self) -> tuple[Episode, ...]:
        """Those with a title of their own that is long enough to be no chance word."""
        near = self.packs.shows_of(self.packs.universe_fandoms([self.show.fandom]))
        count: dict[str, int] = {}
        for episode in (e for show in near for e in show.episodes):
            count[squash(episode.title)] = count.get(squash(episode.title), 0) + 1
        names = {squash(n) for s in self.packs.shows.values() for n in s.names}
        titled = (e for e in self.show.episodes if e.season and not e.whole and _is_plain(e.title))
        alone = (e for e in titled if count[squash(e.title)] == 1 and squash(e.title) not in names)
        known = self.packs.titles(near)
        return tuple(e for e in alone if known.get(squash(e.title), (e,)) == (e,) and not self._is_film_too(e))

    def _is_film_too(self, episode: Episode) -> bool:
        """``Serenity``: the first episode of *Firefly* and the film."""
        key = squash(episode.title)
        return key in self.packs.inside_titles([self.show]) or any(
            key in map(squash, other.aliases) for other in self.show.episodes if other is not episode
        )

    def last(self, season: int) -> Episode:
        return self.show.season(season)[-1]


_NO_TITLES = ("pilot", "series finale", "serenity")


def _is_plain(title: str) -> bool:
    """Is *title* nothing that a phrase would part or read as something else?"""
    text = title.lower()
    signs = any(sign in text for sign in (",", "/", "(", "&", '"', " and ", "part"))
    return len(text) > 4 and not signs and not any(map(str.isdigit, text)) and text not in _NO_TITLES


def world_of(packs: Packs, rng: Rng) -> World:
    shows = [s for s in packs.shows.values() if s.kind == "series" and len(World(packs, s).people) > 3]
    return World(packs, rng.choice(shows))
