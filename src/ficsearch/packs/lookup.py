"""Packs: every question that spoilers, cataloguing and the query language ask of what we know of fandoms.

Every table is made when first asked for and never changed after; any number of threads may ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path

from ficsearch.canon import Character, Episode, Pack, Show
from ficsearch.packs import titles
from ficsearch.packs.cache import fingerprint
from ficsearch.packs.fandoms import FandomNames
from ficsearch.packs.files import load_packs
from ficsearch.packs.people import People
from ficsearch.packs.titles import Titles
from ficsearch.text import squash
from ficsearch.version import __version__


class Packs:
    """All packs at once: the questions that spoilers, cataloguing and the query language ask."""

    def __init__(self, packs: Iterable[Pack], known: str = "") -> None:
        """*known* is the fingerprint of *packs*, where somebody knows it."""
        self.packs = tuple(packs)
        self._known = known
        self.shows: dict[str, Show] = {s.code: s for p in self.packs for s in p.shows}
        self._people = {p.universe: People(p) for p in self.packs}
        self._titles = lru_cache(256)(self._titles_of(titles.titles_of))
        self._acronyms = lru_cache(256)(self._titles_of(titles.acronyms_of))
        self._inside_titles = lru_cache(256)(self._titles_of(titles.inside_titles_of))
        self._character = lru_cache(50_000)(self._find_character)
        self._pairing = lru_cache(10_000)(self._find_pairing)
        self._packs_of = lru_cache(1_000)(self._find_packs)
        self._show_codes = lru_cache(1_000)(lambda fandoms: frozenset(s.code for s in self.shows_of(fandoms)))
        self._first_appearance = lru_cache(10_000)(self._find_first_appearance)

    @classmethod
    def load(cls, extra: Path | None = None, cache: Path | None = None) -> Packs:
        """The packs shipped, and those of the folder *extra*, which replace a shipped universe of the same name.

        *cache* is a file, owned by the caller, in which a quickly read form is kept. Raises PackError.
        """
        return cls(*load_packs(extra, cache))

    @cached_property
    def version(self) -> str:
        """Changes whenever a fact of a pack or the program does: an index made with another may know less."""
        return f"{__version__} {self._known or fingerprint(self.packs)}"

    # fandoms and shows

    @cached_property
    def _fandom_names(self) -> FandomNames:
        return FandomNames(self.packs)

    @cached_property
    def fandom_names(self) -> tuple[str, ...]:
        """Every fandom that a pack knows, canonical, in the order of the packs."""
        return tuple(dict.fromkeys(s.fandom for s in self.shows.values()))

    def fandoms(self, text: str) -> tuple[str, ...]:
        """The canonical fandoms that a declared fandom means; () if any part of it is unknown.

        A crossover written as one ("BtVS/AtS", "Buffy & Angel crossover") is each of its shows, the name of a
        universe ("Buffyverse") all of them.
        """
        return self._fandom_names.fandoms(text)

    def universe_fandoms(self, fandoms: Iterable[str]) -> tuple[str, ...]:
        """Every fandom that shares a universe with these; fandoms without a pack are left out."""
        return tuple(dict.fromkeys(s.fandom for p in self._packs_of(tuple(fandoms)) for s in p.shows))

    def show(self, name: str, fandoms: Iterable[str] = ()) -> Show | None:
        """The show that fans call *name*: its code, its title, or another of its names.

        In a story of *fandoms* also a name that means it only there: "Atlantis", "the films".
        """
        found = self._shows_by_name.get(squash(name))
        if found is not None:
            return found
        near = [s for p in self._packs_of(tuple(fandoms)) for s in p.shows]
        inside = [s for s in near if squash(name) in map(squash, s.inside)]
        return inside[0] if len(inside) == 1 else None

    @cached_property
    def _shows_by_name(self) -> dict[str, Show]:
        return {squash(n): s for s in reversed(self.shows.values()) for n in s.names}

    def shows_of(self, fandoms: Iterable[str]) -> tuple[Show, ...]:
        """The shows of these fandoms (canonical names), in that order."""
        return tuple(s for f in fandoms for s in self.shows.values() if s.fandom == f)

    def _find_packs(self, fandoms: tuple[str, ...]) -> tuple[Pack, ...]:
        return tuple(p for p in self.packs if any(s.fandom in fandoms for s in p.shows))

    # episodes

    def episode(self, code: str) -> Episode | None:
        """The episode written ``"BtVS 3x13"``."""
        return self._episodes.get(code)

    @cached_property
    def _episodes(self) -> dict[str, Episode]:
        return {str(e): e for s in self.shows.values() for e in s.episodes}

    def titles(self, shows: Iterable[Show]) -> Titles:
        """Every title and alias of an episode of *shows*, squashed, with and without its article.

        The bare title of a two-parter means all its parts; a title that several shows have, one in each.
        """
        return self._titles(tuple(s.code for s in shows))

    def inside_titles(self, shows: Iterable[Show]) -> Titles:
        """The aliases that mean something only where the show is known: "the movie", "series finale"."""
        return self._inside_titles(tuple(s.code for s in shows))

    def acronyms(self, shows: Iterable[Show]) -> Titles:
        """The first letters of long titles that no pack lists as an alias: HTGSC."""
        return self._acronyms(tuple(s.code for s in shows))

    def _titles_of(self, table: Callable[[Show], Titles]) -> Callable[[tuple[str, ...]], Titles]:
        one = lru_cache(None)(lambda code: table(self.shows[code]))
        return lambda codes: one(codes[0]) if len(codes) == 1 else titles.merged(map(one, codes))

    # people

    def characters_of(self, fandoms: Iterable[str]) -> tuple[Character, ...]:
        """Everybody in the universes of these fandoms."""
        return tuple(c for p in self._packs_of(tuple(fandoms)) for c in p.characters)

    def characters_named(self, name: str) -> tuple[Character, ...]:
        """Everybody whose canonical name is *name*, of whatever universe."""
        return self._characters_by_name.get(name, ())

    @cached_property
    def _characters_by_name(self) -> dict[str, tuple[Character, ...]]:
        named: dict[str, tuple[Character, ...]] = {}
        for person in (c for p in self.packs for c in p.characters):
            named[person.name] = (*named.get(person.name, ()), person)
        return named

    def character(self, name: str, fandoms: Iterable[str]) -> Character | None:
        """The person that a declared *name* means in a story of these fandoms; None if nobody, or one of several.

        Understood are aliases, ``Xander H.``, ``Harris, Xander``, ``Mr. Giles``, ``Angel (BtVS)``, and small slips.
        """
        known = self._packs_of(fandoms := tuple(fandoms))
        return self._character(name, fandoms) if known else None

    def _find_character(self, name: str, fandoms: tuple[str, ...]) -> Character | None:
        found = {p.name: p for piece in name.split(" | ") if (p := self._find_piece(piece, fandoms))}
        return next(iter(found.values())) if len(found) == 1 else None

    def _find_piece(self, name: str, fandoms: tuple[str, ...]) -> Character | None:
        """AO3 writes ``Angel (BtVS)``: what is in brackets goes if it names one of our shows, or says how much."""
        plain, bracket, note = name.strip().rstrip(")").rpartition("(")
        if bracket and squash(note) in _HOW_MUCH:
            return self._find_named(plain, fandoms)
        named = self._named_beside(note, fandoms) if bracket else ()
        return self._find_named(plain, named) if named else self._find_named(name, fandoms)

    def _named_beside(self, note: str, fandoms: tuple[str, ...]) -> tuple[str, ...]:
        """The fandoms of the story's universes that *note* names."""
        show = self.show(note, fandoms)
        named = self.fandoms(note) or ((show.fandom,) if show else ())
        return tuple(f for f in named if f in self.universe_fandoms(fandoms))

    def _find_named(self, name: str, fandoms: tuple[str, ...]) -> Character | None:
        """In a crossover of universes an exact name in one of them goes before a guess in another."""
        shows = self._show_codes(fandoms)
        found = [f for pack in self._packs_of(fandoms) if (f := self._people[pack.universe].find(name, shows))]
        nearest = [person for sought, person in found if sought == min(s for s, _ in found)]
        return nearest[0] if len(nearest) == 1 else None

    def first_appearance(self, name: str, fandoms: Iterable[str]) -> Episode | None:
        """The episode in which a person (canonical name) first appears, for a story of these fandoms.

        Cordelia is first seen in ``BtVS 1x01``, for a story of Angel alone in ``AtS 1x01``.
        """
        return self._first_appearance(name, tuple(fandoms))

    def _find_first_appearance(self, name: str, fandoms: tuple[str, ...]) -> Episode | None:
        shows = {s.code for s in self.shows_of(fandoms)}
        universes = [pack.universe for pack in self._packs_of(fandoms)]
        people = [p for p in self.characters_named(name) if p.universe in universes]
        codes = [c for p in people for c in (p.first, *p.also) if c]
        here = [c for c in codes if c.split(" ")[0] in shows]
        return self.episode((here or codes)[0]) if codes else None

    def pairing(self, text: str, fandoms: Iterable[str]) -> tuple[str, ...] | None:
        """The people in a pairing that has a name of its own ("Spuffy", "MSR"), None if it has not."""
        return self._pairing(text, tuple(fandoms))

    def _find_pairing(self, text: str, fandoms: tuple[str, ...]) -> tuple[str, ...] | None:
        named = [self._pairings[p.universe].get(_pairing_key(text)) for p in self._packs_of(fandoms)]
        found = {people for people in named if people}
        return found.pop() if len(found) == 1 else None

    @cached_property
    def _pairings(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {p.universe: {_pairing_key(n): people for n, people in p.pairings.items()} for p in self.packs}

    def initial(self, letters: str, fandoms: Iterable[str]) -> str | None:
        """The person meant by initials in a pairing: W in ``W/T``, Ay in ``Ay/X``, HG in ``SS/HG``; None if unsure.

        Letters may hold in one show only ("DS9 K"); two letters may also begin the first name and the surname of
        one person.
        """
        fandoms = tuple(fandoms)
        found = self._initials_of(letters, fandoms) or self._initials_of(letters.capitalize(), fandoms)
        if not found and len(letters) == 2 and letters.isupper():
            found = {c.name for c in self.characters_of(fandoms) if _initials(c.name) == letters}
        return found.pop() if len(found) == 1 else None

    def _initials_of(self, letters: str, fandoms: tuple[str, ...]) -> set[str]:
        return {
            name
            for pack in self._packs_of(fandoms)
            for show in pack.shows
            if show.fandom in fandoms
            if (name := pack.initials.get(f"{show.code} {letters}") or pack.initials.get(letters))
        }


_HOW_MUCH = frozenset({"mentioned", "mentioned only", "minor", "background", "briefly", "implied", "past", "cameo"})


def _initials(name: str) -> str:
    """``"HG"`` for Hermione Granger; first name and surname only."""
    words = name.split()
    return words[0][0] + words[-1][0] if len(words) > 1 else ""


def _pairing_key(name: str) -> str:
    """``"Fanged Four"`` and ``"FangedFour"`` are one, and so are ``"X/A"`` and ``"a/x"``."""
    return "/".join(sorted(squash(part).replace(" ", "") for part in name.split("/")))
