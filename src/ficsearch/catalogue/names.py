"""Characters found in the text of a story, by what the packs of its fandoms know.

A name that is nobody else and no ordinary word counts wherever it stands. One that is also an ordinary word (Will,
Faith, Dawn) counts inside a sentence, where a capital makes it a name; at the head of a sentence only if the story
writes it small less often. A nickname of that kind (Red, Mother, the Key) counts only in a story that has the
character under a surer name as well; so does a name that several of one universe share (Summers). In a crossover a
name that people of both universes have (Sam) means the one who is there under a surer name; else each of them, for
nobody can say which, and who looks for one of them must find the story.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ficsearch.canon import Character
from ficsearch.catalogue.given_names import long_names, sex_of
from ficsearch.catalogue.runs import Runs, Use, is_possessive, words_of, written_small
from ficsearch.catalogue.vocabulary import POSSESSIVE_WEIGHT, RANKS, ROLES, SMALL_WORDS
from ficsearch.packs import Packs
from ficsearch.story import Found
from ficsearch.text import fold_name

Words = tuple[str, ...]

_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday eve
    january february march april may june july august september october november december
"""
_LIKE_A_PLACE = -2
"""Bits a mention below which an ordinary word is none of a person: *in Glory*, but not *heard of Faith*."""
DAYS = frozenset(_CALENDAR.split())
"""Found nearly always as a day, whatever stands around; a character of that name has to be declared."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An alias that is no run of capitals (``the Mayor``, ``Mrs. Summers``); ``anchor`` is its rarest capital word."""

    text: str
    anchor: str
    person: str
    sure: bool


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a run tells of a cast: who is surely named in it, the ordinary word in it that may be a name, the anchors of
    phrases."""

    people: tuple[str, ...] = ()
    name: str | None = None
    anchors: tuple[str, ...] = ()


_NOTHING = _Reading()
_MOST_RUNS = 12_000


class Cast:
    """Everybody of some fandoms under every name, ready to be counted in texts."""

    def __init__(self, packs: Packs, fandoms: tuple[str, ...]) -> None:
        self._sure: dict[Words, str] = {}
        self._words: dict[str, str] = {}
        self._nicknames: dict[str, str] = {}
        self._shared: dict[str, tuple[str, ...]] = {}
        self._of_worlds: dict[str, tuple[str, ...]] = {}
        self._phrases: list[Phrase] = []
        self._firsts: dict[str, tuple[str, ...]] = {}
        people = packs.characters_of(fandoms)
        self.names = frozenset(person.name for person in people)
        worlds = _worlds(packs, fandoms)
        for person in people:
            for first in {name.split()[0] for name in person.names if " " in name}:
                self._firsts[first] = (*self._firsts.get(first, ()), person.name)
            for name in person.names:
                meant = packs.character(name, fandoms)
                if meant is person:
                    self._add(person, name)
                elif meant is None and " " not in name:
                    in_his_world = packs.character(name, worlds[id(person)]) is person
                    table = self._of_worlds if in_his_world else self._shared
                    table[name] = (*table.get(name, ()), person.name)
        taken = {*(" ".join(words) for words in self._sure), *map(fold_name, [*self._words, *self._nicknames])}
        self._surnames = {name: person for name, person in _unshared_surnames(people) if name not in taken}
        self._longest = max((len(words) for words in self._sure), default=1)
        self._anchored: dict[str, list[Phrase]] = {}
        for phrase in self._phrases:
            self._anchored.setdefault(fold_name(phrase.anchor), []).append(phrase)
        ordinary = (*self._words, *self._nicknames, *self._shared, *self._of_worlds)
        self._ordinary = {fold_name(name): name for name in ordinary}
        self._telling = frozenset(word for words in self._sure for word in words).union(
            self._surnames, self._ordinary, self._anchored
        )
        self._reading = lru_cache(_MOST_RUNS)(self._read)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word (folded) that is a name of somebody."""
        names = [*self._words, *self._nicknames, *self._shared, *self._of_worlds, *self._surnames]
        return frozenset([*(w for words in self._sure for w in words if w not in RANKS), *map(fold_name, names)])

    def _add(self, person: Character, name: str) -> None:
        words, ordinary = words_of(name), name in person.words or len(name) == 1
        if not all(word[:1].isupper() for word in name.split()) or "." in name or (ordinary and len(words) > 1):
            self._phrases += _phrases(name, person, ordinary)
        elif not ordinary:
            self._sure.setdefault(words, person.name)
        elif words[0] in ROLES and name not in person.name.split():
            self._nicknames.setdefault(name, person.name)
            self._phrases += _phrases(f"the {name}", person, ordinary)
        elif name == person.name or name in person.name.split() or name in person.aliases[:1]:
            self._words.setdefault(name, person.name)
        elif len(name) > 1:
            self._nicknames.setdefault(name, person.name)

    def found(self, runs: Runs, declared: Iterable[str] = ()) -> tuple[Found, ...]:
        """Who is in the text of *runs*, most mentioned first. *declared* are sure to be in it."""
        if not self.names:
            return ()
        readings = {run: reading for run in runs.counts if (reading := self._reading(run))}
        mentions: Counter[str] = Counter()
        for run, reading in readings.items():
            for person in reading.people:
                mentions[person] += runs.counts[run]
        names = _Ordinary(runs, {run: reading.name for run, reading in readings.items() if reading.name})
        there = frozenset(declared)
        for name, person in ((name, self._bearer(name, person, there)) for name, person in self._words.items()):
            if person in there or name.lower() not in DAYS:
                mentions[person] += names.count(name, sure=person in there or mentions[person] > 0)
        anchors = {word for reading in readings.values() for word in reading.anchors}
        self._add_phrases(mentions, runs.text, anchors, there)
        for name, person in self._nicknames.items():
            if person in there or mentions[person] > 0:
                mentions[person] += names.count(name, sure=True)
        for name, people in (*self._shared.items(), *self._of_worlds.items()):
            here = [person for person in people if person in there or mentions[person] > 0]
            if len(here) == 1:
                mentions[here[0]] += names.count(name, sure=True)
            elif name in self._of_worlds:
                mentions.update(dict.fromkeys(people, names.count(name, sure=bool(here))))
        return tuple(Found(name, n) for name, n in mentions.most_common() if n > 0)

    def _bearer(self, name: str, person: str, declared: frozenset[str]) -> str:
        """Who is called *name* in a story of those *declared*: of two Rays the one in its header, whosever name it is
        else."""
        others = [other for other in self._firsts.get(name, ()) if other in declared]
        return others[0] if len(others) == 1 and person not in declared else person

    def _read(self, run: str) -> _Reading | None:
        """What *run* tells of this cast; None for most: the same runs come again in every story."""
        if run.isalpha() and run.isascii() and run.casefold() not in self._telling:
            return None
        words = words_of(run)
        if self._telling.isdisjoint(words):
            return None
        people = tuple(self._in_run(words)) if len(words) > 1 else tuple(filter(None, (self._sure.get(words),)))
        reading = _Reading(
            people, _name_in(run, words, self._ordinary), tuple(filter(self._anchored.__contains__, words))
        )
        return reading if reading != _NOTHING else None

    def _in_run(self, words: Words) -> Iterator[str]:
        """The people in one run, the longest name first: ``Buffy Summers`` is not Buffy and a Summers."""
        at = 0
        while at < len(words):
            for size in range(min(self._longest, len(words) - at), 0, -1):
                if person := self._sure.get(words[at : at + size]):
                    if size > 1 or not at or not _is_another(words[at - 1], person):
                        yield person
                    break
            else:
                size = 1
                if at and (person := self._surnames.get(words[at])) and _introduces(words[at - 1], person):
                    yield person
            at += size

    def _add_phrases(self, mentions: Counter[str], text: str, anchors: set[str], there: frozenset[str]) -> None:
        for phrase in (phrase for anchor in sorted(anchors) for phrase in self._anchored[anchor]):
            if times := text.count(phrase.text):
                known = phrase.sure or phrase.person in there or mentions[phrase.person] > 0
                mentions[phrase.person] += times if known or times > 1 else 0
                for person in self._in_run(words_of(phrase.anchor)):
                    mentions[person] -= times


def _worlds(packs: Packs, fandoms: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """The fandoms among these that share a universe with each of their people, by the id of the person."""
    worlds: dict[int, tuple[str, ...]] = {}
    for fandom in fandoms:
        world = packs.universe_fandoms((fandom,))
        here = tuple(f for f in fandoms if f in world)
        worlds |= {id(person): here for person in packs.characters_of(here)}
    return worlds


@lru_cache(maxsize=64)
def cast_of(packs: Packs, fandoms: tuple[str, ...]) -> Cast:
    """The cast of these fandoms (canonical names), made once for each set of them."""
    return Cast(packs, fandoms)


def _is_another(first: str, person: str) -> bool:
    """Is *first*, which stands before a surname, the first name of somebody other than *person*: Harriet Jones?"""
    called = {first, *long_names().get(first, ())}
    return bool(sex_of(first)) and called.isdisjoint(fold_name(person).split())


def _introduces(word: str, person: str) -> bool:
    """May *word* stand before a surname: a title, or an initial of this *person*?"""
    return word in RANKS or (len(word) == 1 and fold_name(person).startswith(word))


def _phrases(name: str, person: Character, ordinary: bool) -> Iterator[Phrase]:
    """``the Mayor`` is counted inside sentences, where ``the`` is small; ``Mrs. Summers`` also without its dot."""
    capitals = [word.strip(".,\"'“”") for word in name.split() if word[:1].isupper()]
    if not capitals:
        return
    anchor = max(capitals, key=len)
    inside = "the " + name[4:] if name.startswith("The ") else name
    for text in dict.fromkeys((inside, name.replace(".", ""), name.replace("'", "’"))):
        yield Phrase(text, anchor, person.name, not ordinary or fold_name(anchor) in ROLES)


def _unshared_surnames(people: Iterable[Character]) -> Iterator[tuple[str, str]]:
    """Surnames that one person of the cast has, for ``Miss Rosenberg``."""
    named: dict[str, set[str]] = {}
    for person in people:
        words = person.name.split()
        if len(words) > 1 and words[-1][:1].isupper() and fold_name(words[0]) not in RANKS | {"the"}:
            named.setdefault(fold_name(words[-1]), set()).add(person.name)
    yield from ((surname, names.pop()) for surname, names in named.items() if len(names) == 1)


class _Ordinary:
    """Names that may be ordinary words, in one text."""

    def __init__(self, runs: Runs, names: Mapping[str, str]) -> None:
        """*names*: the name in each run that has one."""
        self._text = runs.text
        self._uses: dict[str, Use] = {}
        uses = {run: Use() for run in names}
        if uses:
            runs.look_at(uses, sys.maxsize)
        for run, use in uses.items():
            if is_possessive(run):
                use.weight += POSSESSIVE_WEIGHT * use.seen
            self._count(self._uses.setdefault(names[run], Use()), use, " " in run)

    @staticmethod
    def _count(total: Use, use: Use, behind_a_word: bool) -> None:
        total.add(use)
        total.inside += use.seen - use.inside if behind_a_word else 0

    def count(self, name: str, sure: bool) -> int:
        """How often *name* is a name. *sure*: the person is known to be there."""
        use = self._uses.get(name)
        if use is None:
            return 0
        inside = max(0, use.inside - use.the)
        heads = use.seen - use.inside
        small = written_small(self._text, name.lower()) if heads else 0
        acts = use.heads if small else min(heads, use.deeds + use.being + use.called)
        named = inside + (acts if acts > 1 or not small else 0)
        times = inside + (heads if named > small else use.heads)
        if not sure and use.weight < _LIKE_A_PLACE * max(1, inside):
            return 0
        return times if sure or named > 0 else 0


def _name_in(run: str, words: Words, wanted: Mapping[str, str]) -> str | None:
    """Which of the *wanted* names (by their folded words) the run is, as written; one word that begins sentences may
    stand before it (``If Faith``)."""
    if len(words) > 2 or (len(words) == 2 and words[0] not in SMALL_WORDS):
        return None
    name = wanted.get(words[-1])
    return name if name and (name in run or name.upper() in run) else None
