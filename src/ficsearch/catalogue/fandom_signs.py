"""The fandom of a story that does not name it, by everything that speaks for one: who is disclaimed, who is paired,
who appears, which episodes are spoiled.

Not one of these signs is enough (the BBC owns much, every universe has a Jack); a fan who sees two or three of them
together has no doubt. A wrong fandom would read a spoiler note in the wrong show, so that in doubt there is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple, TypeVar

from ficsearch.canon import Character, Pack, Show
from ficsearch.catalogue.fandoms import COMMON_NAMES, OLDER_THAN_THE_SHOW
from ficsearch.catalogue.header import Header
from ficsearch.catalogue.runs import Runs, words_of
from ficsearch.packs import Packs
from ficsearch.pairings import bare_pair
from ficsearch.spoilers import read_scope
from ficsearch.story import SpoilerScope
from ficsearch.text import sentences, squash
from ficsearch.values import split_list

Key = TypeVar("Key", str, tuple[str, ...])

_ENOUGH, _LEAD, _KINDS = 3.0, 1.0, 2
"""What the signs must weigh together, by how much more than those of the next universe, and of how many kinds."""
_OWNED, _OWNED_BY_SEVERAL = 2.75, 1.0
_DISCLAIMED = 0.5
"""An owner is named, and so is what he owns."""
_TITLE = 1.0
_PAIR_OF_INITIALS, _NAMED_PAIRING, _TELLING_NAME, _COMMON_NAME = 1.0, 2.5, 1.5, 0.5
_DECLARED_AT_MOST = 3.0
_PAIR_IN_TEXT = 1.0
"""A declared pair, by initials or by names that many bear, both of whom are met in the text."""
_IN_TEXT, _COMMON_IN_TEXT, _TEXT_AT_MOST = 1.0, 0.25, 2.0
_NAME = re.compile(r"[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){0,3}")
_APPEARS, _NAMESAKE = 10, 5
_POSSESSIVE = re.compile(r"['’]s\b")
_LONGEST = 500
_WORD = re.compile(r"[^\W\d_]{2,}")


def fandom_by_signs(header: Header, phrase: str | None, runs: Runs, packs: Packs) -> str | None:
    """The fandom for which the signs of header and text are enough, else None. *phrase* is the spoiler note."""
    quick = _quick_signs(header, phrase, runs, packs)
    declared = _declared_in(header, packs)
    # the people of the header are the slow sign: they are asked for where they could be enough, then for the lead
    if not any(_is_enough(pack, quick, declared, packs) for pack in packs.packs if pack.universe in quick):
        return None
    met = frozenset(words[n:] for run in runs.counts for words in [words_of(run)] for n in {0, max(0, len(words) - 1)})
    weighed = sorted(
        ((_weighed(pack, quick, declared, met, packs), pack.universe) for pack in packs.packs), reverse=True
    )
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


_Met = frozenset[tuple[str, ...]]
"""The names in the text, each as its words."""
_Signs = Mapping[str, tuple[float, float, float]]
"""For a universe what its owner, people in the text and titles weigh; one that has none of these is left out."""


def _quick_signs(header: Header, phrase: str | None, runs: Runs, packs: Packs) -> _Signs:
    """What speaks for each universe but for the people of the header."""
    owners, in_text = _owners(header, packs), _weights_in_text(runs, packs)
    titled = (_titled(phrase, packs) if phrase else frozenset()) | _named_in_title(header, packs)
    return {
        universe: (
            owners.get(universe, 0.0),
            min(_TEXT_AT_MOST, in_text.get(universe, 0.0)),
            _TITLE * (universe in titled),
        )
        for universe in owners.keys() | in_text.keys() | titled
    }


def _is_enough(pack: Pack, quick: _Signs, declared: _Declared, packs: Packs) -> bool:
    """Do the signs for *pack* weigh enough? Its people are asked for while it can be."""
    spare = sum(quick[pack.universe]) + sum(_weights_of_pairs(declared, pack, packs)) + declared.weight - _ENOUGH
    spare += _PAIR_IN_TEXT * any("/" in piece for piece in declared.pairs)  # a pair with a name needs no more
    for name in declared.names:
        if spare < 0:
            return False
        if not _knows(pack, name, packs):
            spare -= _weight_of(name, packs)
    return spare >= 0


def _weighed(pack: Pack, quick: _Signs, declared: _Declared, met: _Met, packs: Packs) -> tuple[float, int]:
    """What speaks for the universe of *pack*, and how many kinds of signs that is."""
    owner, in_text, titled = quick.get(pack.universe, (0.0, 0.0, 0.0))
    people = min(_DECLARED_AT_MOST, sum(_weights_of(declared, pack, packs)))
    # whom a header lists stands in the text anyway: these are two signs only when what it says is telling by itself
    paired = people > 0 and in_text > 0 and _is_pair_met(declared, pack, met, packs)
    of_people = (people > 0 or in_text > 0) + (paired or (people >= _NAMED_PAIRING and in_text > 0))
    return owner + in_text + titled + people + _PAIR_IN_TEXT * paired, of_people + (owner > 0) + (owner > _OWNED) + (
        titled > 0
    )


def _is_pair_met(declared: _Declared, pack: Pack, met: _Met, packs: Packs) -> bool:
    """Are both people of a declared pair, who they are in *pack*, met in the text?"""
    for piece in declared.pairs:
        named = packs.pairing(piece, _fandoms(pack, packs)) or piece.split("/")
        people = [_meant(name.strip(), pack, packs) for name in named]
        if len(people) == 2 and all(
            person and any(words_of(name) in met for name in person.names) for person in people
        ):
            return True
    return False


def _meant(name: str, pack: Pack, packs: Packs) -> Character | None:
    if pack.universe in OLDER_THAN_THE_SHOW:
        return None
    fandoms = _fandoms(pack, packs)
    return packs.character(packs.initial(name, fandoms) or name if _is_initial(name) else name, fandoms)


def _owners(header: Header, packs: Packs) -> dict[str, float]:
    """The universes that have an owner named by a disclaimer, or by the list of archives; one that owns several
    speaks less for each."""
    texts = [claim.value for claim in header.claims("disclaimer", "archive")]
    notes = " ".join(claim.value[:_LONGEST] for claim in header.claims("notes"))
    texts += [said for said in sentences(notes) if _OWNING.search(said)]
    if not texts:
        return {}
    said = " ".join(f" {squash(_POSSESSIVE.sub('', text))} " for text in texts)
    owners: dict[str, float] = {}
    for sign, universes in _signs(packs).items():
        if f" {sign} " in said:
            weight = _OWNED_BY_SEVERAL if len(universes) > 1 else _OWNED
            owners |= {universe: max(weight, owners.get(universe, 0.0)) for universe in universes}
    named = _disclaimed(header, packs)
    return {universe: weight + _DISCLAIMED * (universe in named) for universe, weight in owners.items()}


_OWNING = re.compile(r"\b(?:owns?|owned|belongs?|recogni[sz]e|property)\b")
"""``Everything you recognise is JKR's``, among the notes"""
_BELONGS = re.compile(
    r"(?:(?:^|[.!;]\s+)(?P<what>[A-Z][\w'’:. -]{1,40}?)(?:,? (?:and|&) [^.!;]{1,60}?)?,?"
    r" (?:belongs? to|is (?:not mine|(?:the )?propert\w+|owned|copyright|created))"
    r"|\b(?:do(?:es)? not|don['’]t|doesn['’]t) own (?P<owned>[A-Z][\w'’:. -]{1,40}?)(?=[,.;!]|$| and | or ))"
)
"""``Merlin belongs to the BBC and Shine``, ``I don't own Firefly``"""


def _disclaimed(header: Header, packs: Packs) -> frozenset[str]:
    """The universes whose own name a disclaimer gives to somebody."""
    texts = (claim.value[:_LONGEST] for claim in header.claims("disclaimer"))
    names = [match["what"] or match["owned"] for text in texts for match in _BELONGS.finditer(text)]
    fandoms = {fandom for name in names for fandom in packs.fandoms(name)}
    return frozenset(pack.universe for pack in packs.packs if fandoms & set(_fandoms(pack, packs)))


@lru_cache(maxsize=4)
def _signs(packs: Packs) -> Mapping[str, frozenset[str]]:
    """The universes in which each sign stands."""
    return _gathered((squash(sign), pack.universe) for pack in packs.packs for sign in pack.signs)


def _gathered(pairs: Iterable[tuple[Key, str]]) -> dict[Key, frozenset[str]]:
    universes: dict[Key, set[str]] = {}
    for key, universe in pairs:
        universes.setdefault(key, set()).add(universe)
    return {key: frozenset(found) for key, found in universes.items()}


class _Declared(NamedTuple):
    """What a header lists as pairs or keywords, and the names of people in it, as written; what these weigh if all
    are of one universe."""

    pairs: tuple[str, ...]
    names: tuple[str, ...]
    weight: float


def _declared_in(header: Header, packs: Packs) -> _Declared:
    pairs = [p for c in header.telling("pairing", "keywords", "category", "genre") for p in split_list(c.value)]
    names: list[str] = []
    for claim in header.telling("pairing", "characters"):
        names += (_WORD if claim.value.islower() else _NAME).findall(claim.value[:_LONGEST])
    names = list(dict.fromkeys(names))
    pairs = [bare_pair(p) if "/" in p else p for p in pairs]
    return _Declared(tuple(pairs), tuple(names), sum(_weight_of(name, packs) for name in names))


def _is_initial(name: str) -> bool:
    return len(name) <= 3 and name.isupper()


def _weight_of(name: str, packs: Packs) -> float:
    """How much a name of the header speaks for a universe in which somebody has it."""
    if _is_initial(name):
        return _PAIR_OF_INITIALS / 2
    return _COMMON_NAME if _is_common(name, packs) else _TELLING_NAME


def _weights_of(declared: _Declared, pack: Pack, packs: Packs) -> Iterator[float]:
    """How much the people of the header speak for *pack*, by pairs of initials, names of pairings and names."""
    yield from _weights_of_pairs(declared, pack, packs)
    yield from (_weight_of(name, packs) for name in declared.names if _knows(pack, name, packs))


def _knows(pack: Pack, name: str, packs: Packs) -> bool:
    """Does somebody of *pack* bear this name, or these initials?"""
    if _is_initial(name):
        return packs.initial(name, _fandoms(pack, packs)) is not None
    person = None if pack.universe in OLDER_THAN_THE_SHOW else packs.character(name, _fandoms(pack, packs))
    # one that is only like a name (Skelter, Skeeter) tells nothing
    words = [word for word in words_of(name) if len(word) > 1] or words_of(name)  # fanfiction.net: "Hermione G."
    return person is not None and set(words) <= {w for own in person.names for w in words_of(own)}


def _weights_of_pairs(declared: _Declared, pack: Pack, packs: Packs) -> Iterator[float]:
    for piece in declared.pairs:
        if packs.pairing(piece, _fandoms(pack, packs)):
            yield _PAIR_OF_INITIALS if len(piece) < 6 and "/" in piece else _NAMED_PAIRING


def _weights_in_text(runs: Runs, packs: Packs) -> dict[str, float]:
    """How much the people in the text speak for each universe."""
    signs = _signs_of_names(packs)
    met: dict[tuple[str, str], float] = {}
    for run, _ in runs.ending_with(_last_words(packs)):
        for universe, person, weight in signs(words_of(run)):
            met[universe, person] = max(weight, met.get((universe, person), 0.0))
    weights: dict[str, float] = {}
    for (universe, _), weight in met.items():
        weights[universe] = weights.get(universe, 0.0) + weight
    return weights


_PeopleNamed = Callable[[tuple[str, ...]], tuple[tuple[str, str, float], ...]]


@lru_cache(maxsize=4)
def _signs_of_names(packs: Packs) -> _PeopleNamed:
    """Asked for the words of a run: universe, person and weight of everybody whom it names."""
    bearers = _bearers(packs)

    @lru_cache(maxsize=10_000)
    def signs(words: tuple[str, ...]) -> tuple[tuple[str, str, float], ...]:
        people = bearers.get(words[-1:], {}) | bearers.get(words, {})
        weight = _COMMON_IN_TEXT if people and _is_common(" ".join(words), packs) else _IN_TEXT
        return tuple((universe, person, weight) for universe, person in people.items())

    return signs


@lru_cache(maxsize=4)
def _bearers(packs: Packs) -> Mapping[tuple[str, ...], dict[str, str]]:
    """Who is called so, by universe."""
    bearers: dict[tuple[str, ...], dict[str, str]] = {}
    for (universe, words), person in _names_of(packs).items():
        if universe not in OLDER_THAN_THE_SHOW:
            bearers.setdefault(words, {})[universe] = person.name
    return bearers


@lru_cache(maxsize=4)
def _last_words(packs: Packs) -> frozenset[str]:
    """The words with which these names end."""
    return frozenset(words[-1] for words in _bearers(packs))


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


@lru_cache(maxsize=4)
def _worlds(packs: Packs) -> Mapping[tuple[str, ...], frozenset[str]]:
    """The universes in which somebody bears each name."""
    return _gathered((words, universe) for universe, words in _names_of(packs))


def _is_common(name: str, packs: Packs) -> bool:
    """Do people of several universes bear it, or is it a name that anybody may have?"""
    return len(_worlds(packs).get(words_of(name), ())) != 1 or name.casefold() in COMMON_NAMES


@lru_cache(maxsize=1_000)
def _titled(phrase: str, packs: Packs) -> frozenset[str]:
    """The universes of which the spoiler note names episodes."""
    said = f" {squash(phrase)} "
    return frozenset(
        p.universe for p in packs.packs if _names_title(said, read_scope(phrase, packs, _fandoms(p, packs)), packs)
    )


_HERO = re.compile(r"(?P<hero>[A-Z][\w'’]{1,20}(?: [A-Z][\w'’]{1,20}){1,3}) and the ")


def _named_in_title(header: Header, packs: Packs) -> frozenset[str]:
    """The universe of which the title names the hero as its own titles do: ``Harry Potter and the Borrowed Broom``."""
    heroes = (match["hero"] for claim in header.claims("title") if (match := _HERO.match(claim.value)))
    named = {fandom for hero in heroes for fandom in packs.fandoms(hero)}
    return (
        frozenset(pack.universe for pack in packs.packs if named & set(_fandoms(pack, packs))) if named else frozenset()
    )


def _names_title(said: str, scope: SpoilerScope, packs: Packs) -> bool:
    """Does the phrase, squashed, hold a title of an episode that it was read to name? *Everything* names the last of
    any show."""
    episodes = [episode for code in scope.episodes if (episode := packs.episode(code))]
    return any(f" {squash(title)} " in said for e in episodes for title in (e.title, *e.aliases, e.whole) if title)


@lru_cache(maxsize=4)
def _fandoms_by_universe(packs: Packs) -> Mapping[str, tuple[str, ...]]:
    return {pack.universe: tuple(dict.fromkeys(show.fandom for show in pack.shows)) for pack in packs.packs}


def _fandoms(pack: Pack, packs: Packs) -> tuple[str, ...]:
    return _fandoms_by_universe(packs)[pack.universe]


def _show_of(pack: Pack, header: Header, phrase: str | None, runs: Runs, packs: Packs) -> str | None:
    """In a universe of several shows the one whose episodes are named, else the one in which most of the people are."""
    fandoms = _fandoms(pack, packs)
    if len(fandoms) < 2:
        return next(iter(fandoms), None)
    scope = read_scope(phrase or "", packs, fandoms)
    named = {packs.shows[code.split()[0]].fandom for code in scope.episodes}
    if len(named) == 1:
        return named.pop()
    names = _names_of(packs)
    people = {names.get((pack.universe, words_of(run))) for run in runs.counts}
    people |= {packs.character(name, fandoms) for name in _declared_in(header, packs).names}
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
