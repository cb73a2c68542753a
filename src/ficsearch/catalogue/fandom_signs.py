"""The fandom of a story that does not name it, by everything that speaks for one: who is disclaimed, who is paired,
who appears, which episodes are spoiled.

Not one of these signs is enough (the BBC owns much, every universe has a Jack); a fan who sees two or three of them
together has no doubt. A wrong fandom would read a spoiler note in the wrong show, so that in doubt there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache

from ficsearch.canon import Character, Pack, Show
from ficsearch.catalogue.fandoms import COMMON_NAMES, KEPT_RUNS, OLDER_THAN_THE_SHOW
from ficsearch.catalogue.header import Header
from ficsearch.catalogue.runs import words_of
from ficsearch.packs import Packs
from ficsearch.spoilers import read_scope
from ficsearch.text import squash
from ficsearch.values import split_list

_ENOUGH, _LEAD, _KINDS = 3.0, 1.0, 2
"""What the signs must weigh together, by how much more than those of the next universe, and of how many kinds."""
_OWNED, _OWNED_BY_SEVERAL = 2.75, 1.0
_TITLE = 1.0
_PAIR_OF_INITIALS, _NAMED_PAIRING, _TELLING_NAME, _COMMON_NAME = 1.0, 2.5, 1.5, 0.5
_DECLARED_AT_MOST = 3.0
_IN_TEXT, _COMMON_IN_TEXT, _TEXT_AT_MOST = 1.0, 0.25, 2.0
_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}")
_APPEARS, _NAMESAKE = 10, 5
_POSSESSIVE = re.compile(r"['’]s\b")
_LONGEST = 500
_WORD = re.compile(r"[^\W\d_]{2,}")


def fandom_by_signs(header: Header, phrase: str | None, runs: Mapping[str, int], packs: Packs) -> str | None:
    """The fandom for which the signs of header and text are enough, else None. *phrase* is the spoiler note."""
    in_text = _weights_in_text(runs, packs)
    quick = [(p, _quick_signs(p, header, phrase, in_text.get(p.universe, 0.0), packs)) for p in packs.packs]
    # the people of the header are the slow sign: they are asked for where they could be enough, then for the lead
    if not any(any(signs) and _weighed(pack, signs, header, packs)[0] >= _ENOUGH for pack, signs in quick):
        return None
    weighed = sorted(((_weighed(pack, signs, header, packs), pack.universe) for pack, signs in quick), reverse=True)
    (most, kinds), universe = weighed[0]
    (next_most, _), _ = weighed[1] if len(weighed) > 1 else ((0.0, 0), "")
    if most < _ENOUGH or most - next_most < _LEAD or kinds < _KINDS:
        return None
    pack = next(pack for pack in packs.packs if pack.universe == universe)
    if fandom := _show_of(pack, header, phrase, runs, packs):
        said = [c.value for c in header.telling("disclaimer", "archive", "pairing", "characters")]
        signs = "; ".join((*said, *([phrase] if phrase else ())))
        header.infer("fandoms", signs, "inferred from disclaimer, people and spoilers together")
    return fandom


def _quick_signs(
    pack: Pack, header: Header, phrase: str | None, in_text: float, packs: Packs
) -> tuple[float, float, float]:
    """What speaks for the universe of *pack* but for the people of the header."""
    titles = _TITLE if phrase and _titles(pack, phrase, packs) else 0.0
    return _owners(pack, header, packs), min(_TEXT_AT_MOST, in_text), titles


def _weighed(pack: Pack, quick: tuple[float, ...], header: Header, packs: Packs) -> tuple[float, int]:
    """What speaks for the universe of *pack*, and how many kinds of signs that is."""
    signs = (*quick, min(_DECLARED_AT_MOST, sum(_declared(pack, header, packs))))
    return sum(signs), sum(sign > 0 for sign in signs)


_squashed = lru_cache(maxsize=1_000)(squash)
"""Every pack asks for the same disclaimer, every story for the same signs."""


def _owners(pack: Pack, header: Header, packs: Packs) -> float:
    """Does a disclaimer, or the list of archives, name an owner of this universe, and of it alone?"""
    claims = header.claims("disclaimer", "archive")
    if not claims:
        return 0.0
    said = " ".join(f" {_squashed(_POSSESSIVE.sub('', claim.value))} " for claim in claims)
    shared = _shared_signs(packs)
    found = [sign for sign in map(_squashed, pack.signs) if f" {sign} " in said]
    if not found:
        return 0.0
    return _OWNED_BY_SEVERAL if all(shared[sign] > 1 for sign in found) else _OWNED


@lru_cache(maxsize=4)
def _shared_signs(packs: Packs) -> Counter[str]:
    """In how many universes a sign stands."""
    return Counter(sign for pack in packs.packs for sign in set(map(squash, pack.signs)))


def _declared(pack: Pack, header: Header, packs: Packs) -> Iterator[float]:
    """The people of the header, by pairs of initials, names of pairings and names."""
    fandoms = _fandoms(pack)
    for claim in header.telling("pairing", "keywords", "category", "genre"):
        for piece in split_list(claim.value):
            if packs.pairing(piece, fandoms):
                yield _PAIR_OF_INITIALS if len(piece) < 6 and "/" in piece else _NAMED_PAIRING
    for name in _names_in(header):
        if len(name) <= 3 and name.isupper():
            yield _PAIR_OF_INITIALS / 2 if packs.initial(name, fandoms) else 0.0
        elif pack.universe not in OLDER_THAN_THE_SHOW and packs.character(name, fandoms):
            yield _COMMON_NAME if _is_common(name, packs) else _TELLING_NAME


def _names_in(header: Header) -> tuple[str, ...]:
    """The names that the header lists as people or pairs, as written."""
    found: list[str] = []
    for claim in header.telling("pairing", "characters"):
        found += (_WORD if claim.value.islower() else _NAME).findall(claim.value[:_LONGEST])
    return tuple(dict.fromkeys(found))


def _weights_in_text(runs: Mapping[str, int], packs: Packs) -> dict[str, float]:
    """How much the people in the text speak for each universe."""
    signs = _signs_of_runs(packs)
    met: dict[tuple[str, str], float] = {}
    for run in runs:
        for universe, person, weight in signs[run]:
            met[universe, person] = max(weight, met.get((universe, person), 0.0))
    weights: dict[str, float] = {}
    for (universe, _), weight in met.items():
        weights[universe] = weights.get(universe, 0.0) + weight
    return weights


class _SignsOfRuns(dict[str, tuple[tuple[str, str, float], ...]]):
    """Universe, person and weight of whom a run names, kept: most runs come again in story after story."""

    def __init__(self, packs: Packs) -> None:
        self._packs = packs
        self._bearers: dict[tuple[str, ...], dict[str, str]] = {}
        for (universe, words), person in _names_of(packs).items():
            if universe not in OLDER_THAN_THE_SHOW:
                self._bearers.setdefault(words, {})[universe] = person.name

    def __missing__(self, run: str) -> tuple[tuple[str, str, float], ...]:
        words = words_of(run)
        people = self._bearers.get(words[-1:], {}) | self._bearers.get(words, {})
        weight = _COMMON_IN_TEXT if people and _is_common(" ".join(words), self._packs) else _IN_TEXT
        found = tuple((universe, person, weight) for universe, person in people.items())
        if len(self) < KEPT_RUNS:
            self[run] = found
        return found


@lru_cache(maxsize=4)
def _signs_of_runs(packs: Packs) -> _SignsOfRuns:
    return _SignsOfRuns(packs)


@lru_cache(maxsize=4)
def _names_of(packs: Packs) -> Mapping[tuple[str, tuple[str, ...]], Character]:
    """Universe and name -> who is called so, ordinary words left out."""
    return {
        (pack.universe, words_of(name)): person
        for pack in packs.packs
        for person in pack.characters
        for name in person.names
        if name not in person.words and name[:1].isupper()
    }


@lru_cache(maxsize=10_000)
def _is_common(name: str, packs: Packs) -> bool:
    """Do people of several universes bear it, or is it a name that anybody may have?"""
    universes = {universe for universe, words in _names_of(packs) if words == words_of(name)}
    return len(universes) != 1 or name.casefold() in COMMON_NAMES


def _titles(pack: Pack, phrase: str, packs: Packs) -> bool:
    """Does the spoiler note name episodes of this universe?"""
    return bool(read_scope(phrase, packs, _fandoms(pack)).episodes)


def _fandoms(pack: Pack) -> tuple[str, ...]:
    return tuple(dict.fromkeys(show.fandom for show in pack.shows))


def _show_of(pack: Pack, header: Header, phrase: str | None, runs: Mapping[str, int], packs: Packs) -> str | None:
    """In a universe of several shows the one whose episodes are named, else the one in which most of the people are."""
    fandoms = _fandoms(pack)
    if len(fandoms) < 2:
        return next(iter(fandoms), None)
    scope = read_scope(phrase or "", packs, fandoms)
    named = {packs.shows[code.split()[0]].fandom for code in scope.episodes}
    if len(named) == 1:
        return named.pop()
    names = _names_of(packs)
    people = {names.get((pack.universe, words_of(run))) for run in runs}
    people |= {packs.character(name, fandoms) for name in _names_in(header)}
    shows: Counter[str] = Counter()
    for person in people:
        for code in person.shows if person else ():
            shows[packs.shows[code].fandom] += _APPEARS + _weight_in(person, packs.shows[code])
    ranked = shows.most_common(2)
    return None if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]) else ranked[0][0]


def _weight_in(person: Character | None, show: Show) -> int:
    """Somebody after whom the show is called speaks for it, and so does a little who was there first."""
    if person is None:
        return 0
    namesake = not set(person.names).isdisjoint(show.names)
    return _NAMESAKE * namesake + (person.first or "").startswith(f"{show.code} ")
