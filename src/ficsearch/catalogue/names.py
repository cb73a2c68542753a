"""Characters found in the text of a story, by what the packs of its fandoms know.

A name that is nobody else and no ordinary word counts wherever it stands. One that is also an ordinary word (Will,
Faith, Dawn) counts inside a sentence, where a capital makes it a name; at the head of a sentence only if the story
writes it small less often. A nickname of that kind (Red, Mother, the Key) counts only in a story that has the
character under a surer name as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ficsearch.canon import Character
from ficsearch.catalogue.runs import RANKS, acts, is_inside, occurrences, word_before, words_of, written_small
from ficsearch.packs import Packs
from ficsearch.story import Found
from ficsearch.text import fold_name

Words = tuple[str, ...]

_DETERMINERS = "the a an my your his her our their no any some every each"
_NOT_BEFORE_A_NAME = frozenset(_DETERMINERS.split())
_CALENDAR = """
    monday tuesday wednesday thursday friday saturday sunday eve
    january february march april may june july august september october november december
"""
DAYS = frozenset(_CALENDAR.split())
"""Found nearly always as a day, whatever stands around; a character of that name has to be declared."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """An alias that is no run of capitals (``the Mayor``, ``Mrs. Summers``); ``anchor`` is its rarest capital word."""

    text: str
    anchor: str
    person: str
    sure: bool


class Cast:
    """Everybody of some fandoms under every name, ready to be counted in texts."""

    def __init__(self, packs: Packs, fandoms: tuple[str, ...]) -> None:
        self._sure: dict[Words, str] = {}
        self._words: dict[str, str] = {}
        self._nicknames: dict[str, str] = {}
        self._phrases: list[Phrase] = []
        people = packs.characters_of(fandoms)
        self.names = frozenset(person.name for person in people)
        for person in people:
            for name in person.names:
                if packs.character(name, fandoms) is person:
                    self._add(person, name)
        taken = {*(" ".join(words) for words in self._sure), *map(fold_name, [*self._words, *self._nicknames])}
        self._surnames = {name: person for name, person in _unshared_surnames(people) if name not in taken}
        self._longest = max((len(words) for words in self._sure), default=1)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word (folded) that is a name of somebody by itself."""
        return frozenset(
            [*(w[0] for w in self._sure if len(w) == 1), *map(fold_name, [*self._words, *self._nicknames])]
        )

    def _add(self, person: Character, name: str) -> None:
        words, ordinary = words_of(name), name in person.words or len(name) == 1
        if not all(word[:1].isupper() for word in name.split()) or "." in name:
            self._phrases += _phrases(name, person, ordinary)
        elif not ordinary:
            self._sure.setdefault(words, person.name)
        elif len(words) > 1:
            self._phrases += _phrases(name, person, ordinary)
        elif name == person.name or name in person.name.split() or name in person.aliases[:1]:
            self._words.setdefault(name, person.name)
        elif len(name) > 1:
            self._nicknames.setdefault(name, person.name)

    def found(self, text: str, runs: Counter[str], declared: Iterable[str] = ()) -> tuple[Found, ...]:
        """Who is in *text* (whose runs these are), most mentioned first. *declared* are sure to be in it."""
        mentions = self._sure_mentions(runs)
        there = frozenset(declared)
        spoken = {word for run in runs for word in run.split(" ")}
        spoken |= {word.partition("'")[0].partition("’")[0] for word in spoken}
        for name, person in self._words.items():
            if name in spoken and (person in there or name.lower() not in DAYS):
                mentions[person] += _as_a_name(text, name, sure=person in there or mentions[person] > 0)
        self._add_phrases(mentions, text, spoken, there)
        for name, person in self._nicknames.items():
            if name in spoken and (person in there or mentions[person] > 0):
                mentions[person] += _as_a_name(text, name, sure=True)
        return tuple(Found(name, n) for name, n in mentions.most_common() if n > 0)

    def _sure_mentions(self, runs: Counter[str]) -> Counter[str]:
        mentions: Counter[str] = Counter()
        for run, times in runs.items():
            words = words_of(run)
            people = self._in_run(words) if len(words) > 1 else (self._sure.get(words),)
            for person in people:
                if person:
                    mentions[person] += times
        return mentions

    def _in_run(self, words: Words) -> Iterator[str]:
        """The people in one run, the longest name first: ``Buffy Summers`` is not Buffy and a Summers."""
        at = 0
        while at < len(words):
            for size in range(min(self._longest, len(words) - at), 0, -1):
                if person := self._sure.get(words[at : at + size]):
                    yield person
                    break
            else:
                size = 1
                if at and words[at - 1] in RANKS and words[at] in self._surnames:
                    yield self._surnames[words[at]]
            at += size

    def _add_phrases(self, mentions: Counter[str], text: str, spoken: set[str], there: frozenset[str]) -> None:
        for phrase in self._phrases:
            if phrase.anchor in spoken and (times := text.count(phrase.text)):
                known = phrase.sure or phrase.person in there or mentions[phrase.person] > 0
                mentions[phrase.person] += times if known or times > 1 else 0
                for person in self._in_run(words_of(phrase.anchor)):
                    mentions[person] -= times


@lru_cache(maxsize=64)
def cast_of(packs: Packs, fandoms: tuple[str, ...]) -> Cast:
    """The cast of these fandoms (canonical names), made once for each set of them."""
    return Cast(packs, fandoms)


def _phrases(name: str, person: Character, ordinary: bool) -> Iterator[Phrase]:
    """``the Mayor`` is counted inside sentences, where ``the`` is small; ``Mrs. Summers`` also without its dot."""
    capitals = [word.strip(".,\"'“”") for word in name.split() if word[:1].isupper()]
    if not capitals:
        return
    anchor = max(capitals, key=len)
    inside = "the " + name[4:] if name.startswith("The ") else name
    for text in dict.fromkeys((inside, name.replace(".", ""), name.replace("'", "’"))):
        yield Phrase(text, anchor, person.name, not ordinary)


def _unshared_surnames(people: Iterable[Character]) -> Iterator[tuple[str, str]]:
    """Surnames that one person of the cast has, for ``Miss Rosenberg``."""
    named: dict[str, set[str]] = {}
    for person in people:
        words = person.name.split()
        if len(words) > 1 and words[-1][:1].isupper() and fold_name(words[0]) not in RANKS | {"the"}:
            named.setdefault(fold_name(words[-1]), set()).add(person.name)
    yield from ((surname, names.pop()) for surname, names in named.items() if len(names) == 1)


def _as_a_name(text: str, word: str, sure: bool) -> int:
    """How often *word*, which may be an ordinary word, is a name in *text*.

    *sure*: the person is known to be there; else two places are needed that can hardly be anything else, or one in a
    text that never uses the word without its capital.
    """
    inside, heads, deeds = 0, 0, 0
    for at in occurrences(text, word):
        if is_inside(text, at):  # "the Angel", "my Faith" are things
            inside += word_before(text, at) not in _NOT_BEFORE_A_NAME
        else:
            heads += 1
            deeds += acts(text, at + len(word))
    small = written_small(text, word, inside + deeds + 1)
    named = inside + (deeds if not small else 0)
    times = inside + (heads if named > small else 0)
    return times if sure or named > 1 or (named and not small) else 0
