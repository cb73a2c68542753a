"""Which fandom a header means: ``BtVS``, ``Angel: the Series``, ``Lost (TV)``, ``Buffy/Angel crossover``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from ficsearch.canon import Pack
from ficsearch.edits import Spellings
from ficsearch.packs.titles import without_article
from ficsearch.text import squash

_JOINED = re.compile(r"[/+&;,|()]|\s(?:and|with|x)\s", re.IGNORECASE)
_CROSSOVER = re.compile(r"\b(?:(?:crossover|x-?over|xover|cross-over|fandom|fan ?fiction)s?)\b:?", re.IGNORECASE)
_ALL_OF_IT = re.compile(r"\s*(?:- all media types|& related fandoms|- fandom)\s*$", re.IGNORECASE)
_MEDIA = {
    "series": frozenset({"tv", "tv series", "tv show", "series", "television"}),
    "films": frozenset({"movies", "movie", "movieverse", "films", "film"}),
    "books": frozenset({"books", "book", "novels"}),
}
_SURE = 12
"""From this many letters on, one slip of the pen is forgiven; from 16, two. Short names are too near one another."""


class FandomNames:
    """Every name of a fandom, of all packs."""

    def __init__(self, packs: Iterable[Pack]) -> None:
        self._names: dict[str, tuple[str, ...]] = {}
        self._kinds: dict[str, set[str]] = {}
        self._universes: dict[str, str] = {}
        self._inside: dict[tuple[str, str], str] = {}
        packs = tuple(packs)
        for pack in packs:
            for show in pack.shows:
                self._kinds.setdefault(show.fandom, set()).add(show.kind)
                self._universes[show.fandom] = pack.universe
                self._inside |= {(pack.universe, squash(name)): show.fandom for name in show.inside}
                for name in (*show.names, show.fandom):
                    self._names.setdefault(squash(name), (show.fandom,))
        for pack in packs:
            fandoms = tuple(dict.fromkeys(s.fandom for s in pack.shows))
            for name in map(squash, pack.names):
                self._names[name] = tuple(dict.fromkeys(self._names.get(name, ()) + fandoms))

    def fandoms(self, text: str) -> tuple[str, ...]:
        """The canonical fandoms that *text* means; () if any part of it is unknown."""
        plain = _CROSSOVER.sub(" / ", text).strip(" /")
        whole = self._known(text) or self._known(plain)
        if whole:
            return whole
        return self._joined([part for part in _JOINED.split(plain) if part.strip()]) or self._nearest(squash(plain))

    def _joined(self, parts: list[str]) -> tuple[str, ...]:
        """Each of a crossover's parts; "Atlantis" is known beside "SG-1"."""
        known = [self._known(part) for part in parts]
        near = {self._universes[f] for fandoms in known for f in fandoms}
        for at, part in enumerate(parts):
            known[at] = known[at] or tuple(
                self._inside[u, squash(part)] for u in near if (u, squash(part)) in self._inside
            )
        return tuple(dict.fromkeys(f for fandoms in known for f in fandoms)) if len(parts) > 1 and all(known) else ()

    def _known(self, text: str) -> tuple[str, ...]:
        """A name as listed, or in one of AO3's forms: ``NAME (TV)``, ``NAME - All Media Types``."""
        exact = self._exact(text)
        if exact:
            return exact
        all_of_it = _ALL_OF_IT.sub("", text)
        if all_of_it != text:
            return self._exact(all_of_it)
        name, bracket, medium = text.strip().rstrip(")").partition("(")
        fandoms = self._exact(name) if bracket else ()
        return fandoms if all(self._is(f, squash(medium)) for f in fandoms) else ()

    def _exact(self, name: str) -> tuple[str, ...]:
        key = squash(name)
        return self._names.get(key) or self._names.get(without_article(key.removesuffix(" the")), ())

    def _is(self, fandom: str, medium: str) -> bool:
        return any(medium in _MEDIA.get(kind, ()) for kind in self._kinds[fandom])

    def _nearest(self, key: str) -> tuple[str, ...]:
        """The one fandom whose name is a slip away; a digit is never a slip."""
        if len(key) < _SURE:
            return ()
        limit = 2 if len(key) >= 16 else 1
        near = {fandoms for _, (digits, fandoms) in self._spellings.near(key, limit) if digits == _digits(key)}
        return near.pop() if len(near) == 1 else ()

    @cached_property
    def _spellings(self) -> Spellings[tuple[str, tuple[str, ...]]]:
        """The names that are long enough to be misspelt, each with its digits."""
        return Spellings((n, (_digits(n), fandoms)) for n, fandoms in self._names.items() if len(n) >= _SURE)


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())
