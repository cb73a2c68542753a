"""Which fandoms a story is of: declared, or unmistakable from its spoilers and its people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from ficsearch.canon import Character
from ficsearch.catalogue.genres import is_genre
from ficsearch.catalogue.header import Header
from ficsearch.catalogue.runs import words_of
from ficsearch.packs import Packs
from ficsearch.story import Claim, SpoilerScope
from ficsearch.values import is_nothing, is_whole, plain, split_list, split_outside, unique

_CROSSOVER = re.compile(r"\b(?:crossovers?|cross-overs?|x-?overs?)\b(?:\s+(?:with|of|between))?\s*:?", re.I)
_JOINS = re.compile(r"\s*(?:[/+&,]|\band\b|\bwith\b|\bx\b)\s*", re.I)
_FULL_NAMES = 3
"""So many people of one universe, named in full, are no coincidence."""
_TELLING_NAMES = 2
_LONGEST_NAME = 60
_EVERYBODYS = """
    adam alex amanda amy andrew andy anna anne ben bill billy charles charlie chris claire daniel david dean
    elizabeth ellen emily eric george grace harry helen jack james jane jason jenny jessica jim joe john jonathan kate
    kathy larry laura lily luke maria mark martha mary matthew max michael mike molly nick olivia paul peter rachel
    ray richard robert robin rose ruby ruth ryan sam sarah scott simon stephen steve susan ted tom william
"""
_COMMON_NAMES = frozenset(_EVERYBODYS.split())


def read_fandoms(text: str, packs: Packs, whole: bool = False) -> tuple[str, ...]:
    """The fandoms that a declaration names: canonical where a pack knows them, else as written.

    *whole*: one tag of an archive, which may hold commas.
    """
    name = plain(text).strip(" .;,")
    if is_nothing(name):
        return ()
    if known := packs.fandoms(name):
        return known
    if whole:
        return (name,)
    crossed = _CROSSOVER.sub(" ", name).strip(" -–—:()[]")
    if crossed != name:
        return unique(f for part in _JOINS.split(crossed) if part for f in read_fandoms(part, packs, whole=True))
    for separators in (";\n", ",", "/"):
        parts = split_outside(name, separators)
        if len(parts) > 1 and (separators != "/" or " / " in name or any(map(packs.fandoms, parts))):
            return unique(f for part in parts for f in read_fandoms(part, packs))
    return (name,)


def declared_fandoms(header: Header, packs: Packs) -> tuple[str, ...]:
    """The fandoms by their label; by category or series (ASC's ``Series: TNG``) where these name one.

    Such a category is no genre any more, and such a series no series.
    """
    found: list[str] = []
    for claim in header.telling("fandom"):
        header.took("fandoms", claim)
        found += read_fandoms(claim.value, packs, is_whole(claim))
    declared = bool(found)
    for claim in header.telling("category", "series"):
        names = _fandoms_of_category(claim, packs, declared)
        if names:
            header.took("fandoms", claim)
            header.replace(claim, *_others(claim, names, packs))
            found += names
    return unique(found)


def _fandoms_of_category(claim: Claim, packs: Packs, declared: bool) -> list[str]:
    """Fandoms that a pack knows; without a declared one also what is no kind of story but a name."""
    if claim.label == "series":
        return [] if declared else list(packs.fandoms(claim.value))
    pieces = [claim.value] if is_whole(claim) else split_list(claim.value)
    known = [f for piece in pieces for f in packs.fandoms(piece)]
    return known if known or declared or is_whole(claim) else [plain(p) for p in pieces if _is_name(p)]


def _is_name(piece: str) -> bool:
    return piece[:1].isupper() and len(piece) <= _LONGEST_NAME and "/" not in piece and not is_genre(piece)


def _others(claim: Claim, fandoms: list[str], packs: Packs) -> Iterator[Claim]:
    """What else the category says."""
    for piece in split_list(claim.value):
        if claim.label == "category" and not packs.fandoms(piece) and plain(piece) not in fandoms:
            yield replace(claim, value=piece)


def inferred_fandoms(header: Header, scope: SpoilerScope, runs: Mapping[str, int], packs: Packs) -> tuple[str, ...]:
    """What the story is of where it does not say so: by the titles in its spoilers, its declared people, its text."""
    if found := fandoms_of_scope(scope, packs):
        header.infer("fandoms", scope.original or "", "inferred from the spoilers")
        return found
    names = [name for claim in header.telling("characters") for name in split_list(claim.value)]
    if fandom := fandom_of_names(names, packs):
        header.infer("fandoms", ", ".join(names), "inferred from the characters")
        return (fandom,)
    if fandom := fandom_of_runs(runs, packs):
        header.infer("fandoms", "", "inferred from names in the text")
        return (fandom,)
    return ()


def fandoms_of_scope(scope: SpoilerScope, packs: Packs) -> tuple[str, ...]:
    """The fandoms of a spoiler phrase that was read without knowing any: its titles are unique to their shows."""
    codes = [code.rpartition(" ")[0] for code in (*scope.episodes, *scope.seasons)]
    shows = [packs.shows[code] for code in dict.fromkeys([*scope.frontier, *codes]) if code in packs.shows]
    universes = {show.universe for show in shows}
    return tuple(dict.fromkeys(show.fandom for show in shows)) if len(universes) == 1 else ()


def fandom_of_names(names: Iterable[str], packs: Packs) -> str | None:
    """The fandom whose people these declared names are: at least two of them, and not names that many bear."""
    telling = [name for name in names if " " in name.strip() or name.lower() not in _COMMON_NAMES]
    found: dict[str, list[Character]] = {}
    for pack in packs.packs:
        fandoms = tuple(dict.fromkeys(show.fandom for show in pack.shows))
        people = [person for name in telling if (person := packs.character(name, fandoms))]
        found[pack.universe] = list({person.name: person for person in people}.values())
    return _fandom_of(found, _TELLING_NAMES, packs)


def fandom_of_runs(runs: Mapping[str, int], packs: Packs) -> str | None:
    """The fandom of which at least three people stand in the text with their full names."""
    known = _full_names(packs)
    found: dict[str, dict[str, Character]] = {}
    for run in runs:
        if person := known.get(words_of(run)):
            found.setdefault(person.universe, {})[person.name] = person
    return _fandom_of({universe: list(people.values()) for universe, people in found.items()}, _FULL_NAMES, packs)


@lru_cache(maxsize=4)
def _full_names(packs: Packs) -> Mapping[tuple[str, ...], Character]:
    """Names of two words and more that belong to one person of all packs."""
    named: dict[tuple[str, ...], list[Character]] = {}
    for person in (c for pack in packs.packs for c in pack.characters):
        for words in {
            words_of(n) for n in person.names if all(w[:1].isupper() for w in n.split()) and n not in person.words
        }:
            if len(words) > 1:
                named.setdefault(words, []).append(person)
    return {words: people[0] for words, people in named.items() if len(people) == 1}


def _fandom_of(found: Mapping[str, list[Character]], least: int, packs: Packs) -> str | None:
    """The fandom of the one universe that has most of them; in it, the show in which most appear."""
    ranked = sorted(found.items(), key=lambda item: -len(item[1]))
    if not ranked or len(ranked[0][1]) < least or (len(ranked) > 1 and len(ranked[1][1]) == len(ranked[0][1])):
        return None
    shows = Counter(code for person in ranked[0][1] for code in sorted(person.shows))
    best = max((code for code in packs.shows if code in shows), key=lambda code: shows[code], default=None)
    return packs.shows[best].fandom if best else None
