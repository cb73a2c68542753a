"""Who is meant by a name in a header: ``Cordy``, ``Harris, Xander``, ``Buffy S.``, ``Mr. Giles``, ``Wyndham-Price``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ficsearch.canon import Character, Pack
from ficsearch.edits import Spellings
from ficsearch.packs.titles import without_article
from ficsearch.text import squash

_QUOTED = re.compile(r"[\"“”][^\"“”]{1,40}[\"“”]")
_RANKS = frozenset(
    squash(
        "Miss Ms Dr Doctor Prof Professor Principal Agent Detective Inspector Constable Captain Capt Colonel Col Major "
        "Maj General Gen Lieutenant Lt Commander Cmdr Sergeant Sgt Admiral President Senator Deputy Sheriff Lord Lady "
        "Sir Counselor Ensign Crewman Chief Mayor"
    ).split()
)
_SIRS = frozenset({"mr", "mister"})
_MADAMS = frozenset({"mrs", "madam", "mme"})

Names = Mapping[str, tuple[Character, ...]]


class People:
    """The characters of one universe, to be found by name."""

    def __init__(self, pack: Pack) -> None:
        self._characters = pack.characters
        self._prefer = {squash(name): person for name, person in pack.prefer.items()}

    def find(self, name: str, shows: frozenset[str]) -> tuple[int, Character] | None:
        """The person that *name* means in a story of these shows, and how far it was sought; None if nobody is
        meant, or one of several.

        0 an exact name; 1 a surname, a first name or initials; 2 and more a slip of the pen.
        A name that several share means the one who is in *shows*, else the one whom fans mean by it.
        """
        ways, keys = _ways(name)
        for way in ways if not self._keys.isdisjoint(keys) else ():
            if people := self._table(way.table).get(way.key):
                person = self._choose(way.spelling, people, shows)
                return (way.sought, person) if person else None
        return self._nearest(ways[0].spelling, shows)

    @cached_property
    def _keys(self) -> frozenset[str]:
        """What stands in any table: most names that are asked for stand in none."""
        tables = (self._names, self._bare_names, self._lone_names, self._initialled, self._shortened)
        return frozenset(key for table in tables for key in table)

    def _table(self, table: str) -> Names:
        """The names that *table* of a way is."""
        match table:
            case "names":
                return self._names
            case "bare":
                return self._bare_names
            case "lone":
                return self._lone_names
            case "initialled":
                return self._initialled
        return self._shortened

    def _choose(self, key: str, people: tuple[Character, ...], shows: frozenset[str]) -> Character | None:
        if len(people) == 1:
            return people[0]
        here = [p for p in people if p.shows & shows] or list(people)
        if len(here) == 1:
            return here[0]
        meant = self._prefer.get(key)
        return next((p for p in here if p.name == meant or (not meant and squash(p.name) == key)), None)

    @cached_property
    def _names(self) -> Names:
        """Canonical names and aliases."""
        return _gathered((squash(name), person) for person in self._characters for name in person.names)

    @cached_property
    def _bare_names(self) -> Names:
        """The same without an article: Mayor for "the Mayor"."""
        return _gathered((without_article(key), person) for key, people in self._names.items() for person in people)

    @cached_property
    def _lone_names(self) -> Names:
        """First names, surnames, and the pet names that go before a surname: "Wes Wyndam-Pryce"."""
        return _gathered((key, person) for person in self._characters for key in _halves(person))

    @cached_property
    def _initialled(self) -> Names:
        """``xander h`` and ``x harris``, for every first name and surname."""
        return _gathered((key, person) for person in self._characters for key in _with_initials(person))

    @cached_property
    def _shortened(self) -> Names:
        """The same for short names: ``fred b``, ``ray k``. They come after: no Jacob (Selmak) is ``s carter``."""
        return _gathered((key, person) for person in self._characters for key in _short_with_initials(person))

    @cached_property
    def _spelled_near(self) -> Mapping[str, Spellings[Character]]:
        """Names long enough to be misspelt and still be known, by first letter."""
        near: dict[str, list[tuple[str, Character]]] = {}
        for names in (self._names, self._lone_names):
            for key, people in names.items():
                if len(key) >= 5 and len(people) == 1:
                    near.setdefault(key[0], []).append((key, people[0]))
        return {letter: Spellings(names) for letter, names in near.items()}

    def _nearest(self, key: str, shows: frozenset[str]) -> tuple[int, Character] | None:
        """The one person whose name is fewest slips away: one from six letters, two from nine."""
        if len(key) < 6 or key[0] not in self._spelled_near:
            return None
        found: dict[int, dict[str, Character]] = {}
        for distance, person in self._spelled_near[key[0]].near(key, 2 if len(key) >= 9 else 1):
            found.setdefault(distance, {})[person.name] = person
        if not found:
            return None
        nearest = self._choose("", tuple(found[min(found)].values()), shows)
        return (1 + min(found), nearest) if nearest else None


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to look for a name: under *key* in *table*, and how far that is to seek. ``spelling`` is the name."""

    spelling: str
    sought: int
    table: str
    key: str


@lru_cache(maxsize=10_000)
def _ways(name: str) -> tuple[tuple[_Way, ...], frozenset[str]]:
    """Every way to look for *name*, the surest first, and the keys of all; the same for all packs."""
    ways = tuple(way for spelling in _spellings(name) for way in _ways_of(squash(spelling)))
    return ways, frozenset(way.key for way in ways)


def _ways_of(spelling: str) -> Iterator[_Way]:
    words = spelling.split()
    yield _Way(spelling, 0, "names", spelling)
    yield _Way(spelling, 0, "bare", without_article(spelling))
    rank, rest = (words[0], words[1:]) if len(words) > 1 else ("", words)
    while len(rest) > 1 and rest[0] in _RANKS:
        rest = rest[1:]  # Lt. Col. John Sheppard
    if rank in _MADAMS:
        return  # Mrs. Harris is not Xander
    if rank in _SIRS or rank in _RANKS:
        yield _Way(spelling, 0, "names", " ".join(rest))
    if rank not in _SIRS:
        given = rest if rank in _RANKS else words
        yield _Way(spelling, 1, "lone", " ".join(given))
        for table in ("initialled", "shortened", "names"):
            yield _Way(spelling, 1, table, _with_one_initial(given))


def _with_one_initial(words: list[str]) -> str:
    """``Xander H.``, ``J. O'Neill``, ``Wesley W. P.``"""
    if len(words) > 2 and len(words[1]) == 1:
        return f"{words[0]} {words[1] if len(words[-1]) == 1 else words[-1]}"
    return " ".join(words)


def _gathered(pairs: Iterable[tuple[str, Character]]) -> dict[str, tuple[Character, ...]]:
    names: dict[str, tuple[Character, ...]] = {}
    for key, person in pairs:
        held = names.get(key, ())
        if key and person not in held:
            names[key] = (*held, person)
    return names


def _spellings(name: str) -> Iterator[str]:
    """*name* as written, without a nickname in quotes, turned round at its comma, without what stands before "!"."""
    yield name
    plain = _QUOTED.sub(" ", name) if squash(_QUOTED.sub(" ", name)) else name
    if plain != name:
        yield plain
    last, comma, first = plain.partition(",")
    if comma and "," not in first:
        yield f"{first} {last}"
    if "!" in plain.strip().rstrip("!"):
        yield plain.rstrip(" !").rpartition("!")[2]


def _first_and_last(person: Character) -> tuple[str, str] | None:
    """The first name and the surname, squashed; None for the Vampire Willows and Deep Throats of this world,
    whose name is none of a person: neither half stands alone among their aliases."""
    words = person.name.split()
    called = {squash(word) for alias in person.aliases for word in _called(alias)}
    first, last = squash(words[0]), squash(words[-1])
    if len(words) < 2 or not {first, last} & called or not all(w[:1].isupper() for w in words):
        return None
    return None if first in _RANKS | _SIRS | _MADAMS | {"the"} else (first, last)


def _halves(person: Character) -> Iterator[str]:
    """The first name and the surname of the canonical name, and every short name before the surname."""
    if names := _first_and_last(person):
        yield from names
        yield from (f"{squash(alias)} {names[1]}" for alias in person.aliases if " " not in alias)


def _called(alias: str) -> list[str]:
    """An alias; of ``Winifred "Fred" Burkle`` every word."""
    return alias.split() if _QUOTED.search(alias) else [alias]


def _with_initials(person: Character) -> Iterator[str]:
    """``vala d`` and ``vala m`` for Vala Mal Doran, ``v doran``."""
    if names := _first_and_last(person):
        first, last = names
        yield from (f"{first} {squash(word)[0]}" for word in person.name.split()[1:])
        yield f"{first[0]} {last}"


def _short_with_initials(person: Character) -> Iterator[str]:
    if names := _first_and_last(person):
        last = names[1]
        short = [squash(alias).split() for alias in person.aliases]
        for words in short:
            if len(words) == 1 or (len(words) == 2 and words[1] == last and words[0] not in _RANKS):
                yield f"{words[0]} {last[0]}"
                yield f"{words[0][0]} {last}"
