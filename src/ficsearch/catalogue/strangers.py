"""People in a text of whom no pack knows, recognised by how their names are used.

A name stands capitalised inside sentences, and somebody of that name says something, has something, or is called
Mr. or Miss. Places stand behind *in* and *at*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from ficsearch.catalogue.persons import LEAST, Form, Person, Words, persons_of
from ficsearch.catalogue.runs import (
    NO_NAMES,
    POSSESSIVE,
    RANKS,
    acts,
    is_inside,
    occurrences,
    word_before,
    words_of,
    written_small,
)
from ficsearch.story import Found

MOST = 30
_LOOKED_AT = 40
"""Occurrences of a name that are looked at closely; more would not change the verdict."""


def people_in(
    text: str, runs: Counter[str], declared: Iterable[str] = (), known: frozenset[str] = frozenset()
) -> tuple[Found, ...]:
    """Who is in *text* (whose runs these are), most mentioned first, at most MOST.

    *declared* names are looked for however seldom they stand, and are how their bearers are called; words in
    *known* are names of somebody who is counted already.
    """
    persons = persons_of(_forms(runs, known))
    called = _called(persons, declared)
    found: Counter[str] = Counter()
    for person in sorted(persons, key=lambda p: -p.mentions):
        if id(person) in called or (person.mentions >= LEAST and len(found) < MOST and _is_somebody(text, person)):
            found[called.get(id(person), person.shown)] += person.mentions
    return tuple(Found(name, times) for name, times in found.most_common(MOST))


def mentions_of(names: Iterable[str], runs: Counter[str]) -> tuple[Found, ...]:
    """How often declared people whom no pack knows are named in full: an original character among known ones."""
    counted = ((name, set(words_of(name))) for name in names)
    found = (Found(name, sum(n for run, n in runs.items() if words.issubset(words_of(run)))) for name, words in counted)
    return tuple(f for f in found if f.mentions)


def _forms(runs: Counter[str], known: frozenset[str]) -> list[Form]:
    """Every name in the runs, each way of writing it once."""
    forms: dict[tuple[str, Words], Form] = {}
    for run, times in runs.items():
        words, written = words_of(run), run.split(" ")
        for rank, start, end in _cut(words, written):
            part = words[start:end]
            if not known.intersection(part):
                shown = POSSESSIVE.sub("", " ".join(written[start - bool(rank) : end]))
                forms.setdefault((rank, part), Form(rank, part, shown)).times += times
    return list(forms.values())


def _cut(words: Words, written: list[str]) -> Iterator[tuple[str, int, int]]:
    """The names inside a run, each with its title: ``But Mr. Darcy`` -> ("mr", 2, 3). A name ends with ``'s``."""
    start, rank = 0, ""
    for at, word in enumerate((*words, "the")):
        if word in RANKS or word in NO_NAMES or len(word) < 2:
            if start < at:
                yield rank, start, at
            start, rank = at + 1, word if word in RANKS else ""
        elif POSSESSIVE.search(written[at]):
            yield rank, start, at + 1
            start, rank = at + 1, ""


def _called(persons: list[Person], declared: Iterable[str]) -> dict[int, str]:
    """The declared names by the (object) id of their bearers: who has all the words of a name and, of several, is
    mentioned most."""
    words_of_each = [(person, person.words) for person in persons]
    called: dict[int, str] = {}
    for name in declared:
        words = [word for word in words_of(name) if word not in RANKS]
        bearers = [person for person, known in words_of_each if known.issuperset(words)]
        if bearers:
            called[id(max(bearers, key=lambda p: p.mentions))] = name
    return called


_BEFORE_PLACES = "in at from near through into towards toward leave left reach reached outside across around the a an"
_PLACED = frozenset(_BEFORE_PLACES.split())
_BEFORE_PEOPLE = "said asked replied cried answered whispered murmured exclaimed and dear with told"
_SPOKE = frozenset(_BEFORE_PEOPLE.split())


def _is_somebody(text: str, person: Person) -> bool:
    """Is it a person by the way the name is used, rather than a place or a word with a capital?"""
    if any(form.rank and form.rank != "st" for form in person.forms):
        return True
    form = max(person.forms, key=lambda f: f.times)
    inside = signs = against = 0
    for at in islice(occurrences(text, form.shown), _LOOKED_AT):
        before, end = word_before(text, at), at + len(form.shown)
        inside += is_inside(text, at)
        against += before in _PLACED
        signs += before in _SPOKE or acts(text, end) or (text[at - 2 : at] == ", " and text[end : end + 1] in ",.!?")
    if inside < 2 or signs < max(1, 2 * against):
        return False
    return written_small(text, form.shown, inside) < inside
