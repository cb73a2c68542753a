"""The stories that every engine is given, and what is known of them. Nothing here is timed.

A folder is either grown by ``scale.py`` (its ``truth.jsonl`` says what is known of each story) or holds text files,
each with a header of ``Label: value`` lines before the first blank one. What a header does not say is drawn with a
fixed seed, so that every corpus has every facet: an episode of Buffy or Angel that the story spoils; the first two
people are its pairing.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from ficsearch.fields import IndexDocument, index_document
from ficsearch.packs import Packs
from ficsearch.spoilers import Position, beyond
from ficsearch.story import Chapter, Characters, Rating, SpoilerScope, Story
from ficsearch.text import squash

Facts = dict[str, Any]
RATINGS = {"G": "general", "PG": "general", "PG-13": "teen", "R": "mature", "NC-17": "explicit"}
SHOWS = ("BtVS", "AtS")
NO_SPOILERS = 0.12
"""The share of drawn stories that spoil nothing: that of ``scale.py``."""


class Episodes:
    """The episodes of SHOWS, one show after the other, numbered from 1: a position is one number for any engine."""

    def __init__(self) -> None:
        self._packs = Packs.load()
        self._shows = [self._packs.shows[code] for code in SHOWS]
        self.names = tuple(str(e) for show in self._shows for e in show.episodes)
        self.numbers = {name: n for n, name in enumerate(self.names, 1)}

    def spoiled(self, said: Facts) -> str | None:
        """The last episode that the truth of a story names, or None."""
        if said["series"] is None:
            return None
        show = self._packs.shows[said["series"]]
        if said["episode"] is None:
            return str(show.season(said["season"])[-1])
        return str(self._packs.titles([show])[squash(said["episode"])][-1])

    def unseen(self, seen: int) -> frozenset[str]:
        """What a reader has not seen who knows the first *seen* of them and no more."""
        reached = {show: code for show, _, code in (name.rpartition(" ") for name in self.names[:seen])}
        return beyond(Position(reached), self._packs)


@dataclass(frozen=True, slots=True)
class Item:
    """One story as engines get it. ``document`` is what ficsearch's engine takes; other engines take its values.
    ``number`` is its place in the corpus, ``frontier`` the number of the last episode it spoils, 0 for none."""

    number: int
    story: Story
    document: IndexDocument
    frontier: int

    @property
    def body(self) -> str:
        return str(self.document.values["body"])

    def names(self, field: str) -> tuple[str, ...]:
        """The names that the story has in *field*."""
        value = self.document.values[field]
        return value if isinstance(value, tuple) else ()


@dataclass(frozen=True)
class Corpus:
    """The first *most* stories of *folder* (0: all of them)."""

    folder: Path
    most: int = 0

    def __iter__(self) -> Iterator[Item]:
        for number, (path, facts) in enumerate(islice(self._facts(), self.most or None)):
            yield self._item(number, path, facts)

    def items(self, numbers: range) -> Iterator[Item]:
        """Some of the stories."""
        return islice(iter(self), numbers.start, numbers.stop, numbers.step)

    def paths(self) -> Iterator[Path]:
        """Where the stories are."""
        return (path for path, _ in islice(self._facts(), self.most or None))

    @cached_property
    def episodes(self) -> Episodes:
        return Episodes()

    def _facts(self) -> Iterator[tuple[Path, Facts | None]]:
        truth = self.folder / "truth.jsonl"
        if truth.is_file():
            with truth.open(encoding="utf-8") as lines:
                for line in lines:
                    facts = json.loads(line)
                    yield self.folder / facts["path"], facts
        else:
            yield from ((path, None) for path in sorted(self.folder.rglob("*.txt")))

    def _item(self, number: int, path: Path, facts: Facts | None) -> Item:
        header, _, body = path.read_text("utf-8", "replace").partition("\n\n")
        facts = facts or _claimed(header, number)
        spoiled = self.episodes.spoiled(facts["spoilers"]) if "spoilers" in facts else self._drawn(number)
        # marks of emphasis: some engines take the underscore for a letter
        story = _story(number, facts, body.replace("_", " "), spoiled)
        return Item(number, story, index_document(story), self.episodes.numbers[spoiled] if spoiled else 0)

    def _drawn(self, number: int) -> str | None:
        chance = random.Random(number)
        return None if chance.random() < NO_SPOILERS else chance.choice(self.episodes.names)


def _claimed(header: str, number: int) -> Facts:
    """What a header says, in the words of ``truth.jsonl``."""
    claims = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line)
    people = list(dict.fromkeys(name.strip() for name in claims.get("Characters", "").split(",") if name.strip()))
    return {
        "title": claims.get("Title", f"Story {number}"),
        "author": claims.get("Author", "nobody"),
        "rating": claims.get("Rating", ""),
        "characters": people,
        "pairing": people[:2] if len(people) > 1 else None,
    }


def _story(number: int, facts: Facts, body: str, spoiled: str | None) -> Story:
    return Story(
        id=f"{number:07}",
        path=f"{number:07}.txt",
        title=facts["title"],
        authors=(facts["author"],),
        rating=Rating(RATINGS.get(facts["rating"], "not_rated")),
        spoilers=_scope(spoiled),
        characters=Characters(tuple(facts["characters"])),
        pairings=(tuple(facts["pairing"]),) if facts["pairing"] else (),
        chapters=(Chapter(body),),
    )


def _scope(spoiled: str | None) -> SpoilerScope:
    if spoiled is None:
        return SpoilerScope("none")
    show, _, code = spoiled.rpartition(" ")
    return SpoilerScope("through", episodes=(spoiled,), frontier={show: code}, through=spoiled)
