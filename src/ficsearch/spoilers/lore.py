"""The titles and shows that a phrase may speak of, seen from the fandoms of its story."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ficsearch.canon import Episode, Show
from ficsearch.edits import Spellings
from ficsearch.packs import Packs
from ficsearch.spoilers.phrase import PhraseTable
from ficsearch.spoilers.words import HOLIDAYS, KNOWN
from ficsearch.text import squash

SLIPS = 2
LONG_ENOUGH = 8
"""A misspelt title is recognised from eight letters, with at most two slips: below that Helpless, Selfless, The Gift
and The Wish are too near to each other."""
LONG_WORD = 12
"""One word alone is a slip for a title from so many letters on, if it has two slips; shorter ones are words of their
own: upcoming is not Becoming, expression not Repression, affection not Infection."""
_ARTICLE = re.compile(r"\A(?:the|an?) ")
_ENDINGS = ("ed", "ly", "ing")
"""Of words that stand for themselves, unless the title ends so too: surprised, promised."""


class Misspelt:
    """Titles by their letters, blanks left out, for those who write ``Sleeptight`` or ``Dopplegangland``."""

    def __init__(self, titles: Mapping[str, tuple[Episode, ...]]) -> None:
        letters = ((title.replace(" ", ""), episodes) for title, episodes in titles.items())
        self._spellings = Spellings(one for one in letters if len(one[0]) >= LONG_ENOUGH)
        self.find = lru_cache(10_000)(self._find)

    def _find(self, written: str) -> tuple[Episode, ...] | None:
        """The episodes of the one title that *written* (squashed) is nearest to, if it is near enough."""
        letters = written.replace(" ", "")
        bare = _ARTICLE.sub("", written).replace(" ", "")  # "the clock" is no The Cloud
        slips = SLIPS if (letters != written and len(bare) >= LONG_ENOUGH) or len(letters) >= LONG_WORD else 1
        near = list(self._spellings.near(letters, slips)) if len(letters) >= LONG_ENOUGH else []
        least = min((distance for distance, _ in near), default=0)
        best = {episodes for distance, episodes in near if distance == least}
        found = best.pop() if len(best) == 1 else None
        return None if found and least and _stands_for_itself(written, found) else found


def _stands_for_itself(written: str, episodes: Iterable[Episode]) -> bool:
    """Is the word inflected in a way that no word of the title is?"""
    ending = next((e for e in _ENDINGS if " " not in written and written.endswith(e)), None)
    words = [word for e in episodes for word in squash(e.title).split()]
    return ending is not None and not any(word.endswith(ending) for word in words)


@dataclass(frozen=True)
class Lore:
    """What can be meant in a story.

    ``own`` are the shows of its fandoms, ``main`` the first row of each (the books, not the films of the books),
    ``near`` the shows of their universes, own first. Where no fandom is known, anything can be meant. ``strange``:
    it also has a fandom that no pack knows, of which a season or "everything" may be said too.
    """

    packs: Packs
    own: tuple[Show, ...]
    near: tuple[Show, ...]
    strange: bool = False

    @property
    def main(self) -> tuple[Show, ...]:
        """One show a fandom."""
        return tuple({s.fandom: s for s in reversed(self.own)}.values())[::-1]

    @cached_property
    def titles(self) -> PhraseTable[tuple[Episode, ...]]:
        """Titles of the universe; of every show there is where the universe is not known."""
        if not self.near:
            return self.far_titles
        marks = {e.title: (e,) for s in self.own for e in s.episodes if e.title == "?"}
        return PhraseTable({**self.packs.acronyms(self.near), **_with_films(self.packs.titles(self.near)), **marks})

    @cached_property
    def far_titles(self) -> PhraseTable[tuple[Episode, ...]]:
        """Titles of every show there is."""
        everywhere = lore(self.packs, ())
        if self is not everywhere:
            return everywhere.far_titles
        return PhraseTable(_with_films(self.packs.titles(self.packs.shows.values())))

    @cached_property
    def inside(self) -> PhraseTable[str]:
        """Names that mean an episode only inside a show."""
        return PhraseTable({key: key for key in self.packs.inside_titles(self.near or self.packs.shows.values())})

    @cached_property
    def people(self) -> frozenset[str]:
        """Single names of those who live in the universe: Angel and Buffy, who are titles too."""
        fandoms = {s.fandom for s in self.near or self.packs.shows.values()}
        names = (squash(name).split() for c in self.packs.characters_of(fandoms) for name in c.names)
        return frozenset(words[0] for words in names if words)

    @cached_property
    def misspelt(self) -> Misspelt:
        """Those titles by their letters."""
        return Misspelt(self.titles.entries)

    @cached_property
    def shows(self) -> PhraseTable[Show]:
        """What the shows of the universe are called, "the films" included; without a universe, any show."""
        if not self.near:
            return self.far_shows
        names = {squash(n): s for s in reversed(self.near) for n in (*s.inside, *s.names, s.code)}
        return PhraseTable(names)

    @cached_property
    def far_shows(self) -> PhraseTable[Show]:
        """What any show is called."""
        names = {squash(n): s for s in reversed(self.packs.shows.values()) for n in (*s.names, s.code)}
        return PhraseTable(names)

    @cached_property
    def hints(self) -> Mapping[str, str]:
        """Words that stand in one title only: "the Doublemeat episode"."""
        found: dict[str, set[str]] = {}
        for title in self.titles.entries:
            for word in title.split():
                if len(word) >= LONG_ENOUGH and word not in KNOWN | HOLIDAYS:
                    found.setdefault(word, set()).add(title)
        return {word: min(titles) for word, titles in found.items() if self._one(titles)}

    def _one(self, titles: Iterable[str]) -> bool:
        return len({episode for title in titles for episode in self.titles.entries[title]}) == 1


def _with_films(titles: Mapping[str, tuple[Episode, ...]]) -> dict[str, tuple[Episode, ...]]:
    """A title that a film shares means the film too: who names Serenity may tell of either."""
    films = {key: tuple(dict.fromkeys((*titles[key], *titles.get(f"{key} film", ())))) for key in titles}
    return {**titles, **films}


@lru_cache(256)
def _lore(packs: Packs, fandoms: tuple[str, ...]) -> Lore:
    own = packs.shows_of(fandoms)
    universe = packs.shows_of(packs.universe_fandoms(fandoms))
    strange = not all(packs.shows_of((fandom,)) for fandom in fandoms)
    return Lore(packs, own, (*own, *(s for s in universe if s not in own)), strange)


def lore(packs: Packs, fandoms: Iterable[str]) -> Lore:
    """The lore of a story of these fandoms; of none, everything there is."""
    return _lore(packs, tuple(dict.fromkeys(fandoms)))
