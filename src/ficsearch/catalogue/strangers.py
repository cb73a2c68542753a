"""People in a text of whom no pack knows, recognised by how their names are used.

A name stands capitalised inside sentences, and somebody of that name says something, has something, or is called
Mr. or Miss. Places stand behind *in* and *at*. What is sure to be one person is counted as one: *Elizabeth*,
*Elizabeth Bennet* and *Miss Elizabeth*; a surname that several share stays with its title (*Mr. Bennet*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from ficsearch.catalogue.runs import NO_NAMES, POSSESSIVE, RANKS, acts, is_inside, occurrences, word_before, words_of
from ficsearch.story import Found

LEAST = 3
"""Mentions from which a name is one: fewer are too often a slip of the shift key or somebody spoken of once."""
MOST = 30
_LOOKED_AT = 40
"""Occurrences of a name that are looked at closely; more would not change the verdict."""
_SHARE = 0.8
"""What part of the mentions of a first name or surname one person needs to be meant by it alone."""

_SURNAME_TITLES = frozenset({"mr", "mrs", "ms"})
_NOT_RARE = 0.1
"""What part of a surname's mentions must be in full, or with its title, before both are taken for one person's:
the brother of whom everybody else calls Mr. Knightley is John Knightley."""

Words = tuple[str, ...]


@dataclass(slots=True)
class _Form:
    """A way of writing a name: its title (folded, or ""), its words (folded), how it looks, how often it stands."""

    rank: str
    words: Words
    shown: str
    times: int = 0


@dataclass(slots=True)
class _Person:
    forms: list[_Form] = field(default_factory=list)

    @property
    def mentions(self) -> int:
        return sum(form.times for form in self.forms)

    @property
    def shown(self) -> str:
        """The commonest full name; else the name with its title, where that is not rare; else the name alone."""
        full = [f for f in self.forms if len(f.words) > 1]
        full = [f for f in full if not f.rank] or full
        titled = [f for f in self.forms if f.rank and f.times >= _NOT_RARE * self.mentions]
        return max(full or titled or self.forms, key=lambda f: f.times).shown

    @property
    def words(self) -> set[str]:
        return {word for form in self.forms for word in form.words}


def people_in(
    text: str, runs: Counter[str], declared: Iterable[str] = (), known: frozenset[str] = frozenset()
) -> tuple[Found, ...]:
    """Who is in *text* (whose runs these are), most mentioned first, at most MOST.

    *declared* names are looked for however seldom they stand, and are how their bearers are called; words in
    *known* are names of somebody who is counted already.
    """
    persons = _persons(_forms(runs, known))
    called = {id(person): name for name in declared if (person := _bearer(words_of(name), persons))}
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


def _forms(runs: Counter[str], known: frozenset[str]) -> list[_Form]:
    """Every name in the runs, each way of writing it once."""
    forms: dict[tuple[str, Words], _Form] = {}
    for run, times in runs.items():
        words, written = words_of(run), run.split(" ")
        for rank, start, end in _cut(words, written):
            part = words[start:end]
            if not known.intersection(part):
                shown = POSSESSIVE.sub("", " ".join(written[start - bool(rank) : end]))
                forms.setdefault((rank, part), _Form(rank, part, shown)).times += times
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


def _persons(forms: list[_Form]) -> list[_Person]:
    """The forms of each person together: full names first, then names with a title, then bare ones."""
    forms = _trimmed(forms)
    census = _Census()
    for form in sorted(forms, key=lambda f: (len(f.words) == 1, not f.rank, -f.times, f.words)):
        census.add(form)
    return list(census.persons.values())


def _trimmed(forms: list[_Form]) -> list[_Form]:
    """Without the chance companions of a name (``Meantime Pip``): what stands with it once, and nowhere else."""
    seen = Counter(word for form in forms for word in form.words)
    for form in forms:
        if form.times == 1 and len(form.words) > 1:
            kept = [n for n, word in enumerate(form.words) if seen[word] >= LEAST]
            if 0 < len(kept) < len(form.words):
                form.shown = form.shown.split(" ")[kept[-1] - len(form.words)]
                form.words, form.rank = (form.words[kept[-1]],), form.rank if not kept[-1] else ""
    return forms


class _Census:
    """Persons by their fullest name, growing. Forms have to come fullest first."""

    def __init__(self) -> None:
        self.persons: dict[tuple[str, Words], _Person] = {}
        self._by_first: dict[str, Counter[tuple[str, Words]]] = {}
        self._by_last: dict[str, Counter[tuple[str, Words]]] = {}
        self._titled: dict[str, Counter[tuple[str, Words]]] = {}

    def add(self, form: _Form) -> None:
        key = self._key(form)
        self.persons.setdefault(key, _Person()).forms.append(form)
        first, last = form.words[0], form.words[-1]
        if len(form.words) > 1:
            self._by_first.setdefault(first, Counter())[key] += form.times
            self._by_last.setdefault(last, Counter())[key] += form.times
        elif form.rank:
            self._titled.setdefault(last, Counter())[key] += form.times

    def _key(self, form: _Form) -> tuple[str, Words]:
        if len(form.words) > 1:
            return "", form.words
        titles = self._titled.get(form.words[0], Counter())
        as_first = (
            None if _SURNAME_TITLES.intersection(rank for rank, _ in titles) else self._by_first.get(form.words[0])
        )
        person = self._foremost(as_first, 0) or self._by_surname(form)
        if not person and not form.rank:
            man = ("mr", form.words)
            person = self._foremost(titles, form.times * _NOT_RARE) or (man if man in titles else None)
        return person or (form.rank, form.words)

    def _by_surname(self, form: _Form) -> tuple[str, Words] | None:
        """The one full name with this surname; not when it goes with several titles: Mr. Darcy has a sister."""
        titles = {rank for rank, _ in self._titled.get(form.words[0], ())} | ({form.rank} if form.rank else set())
        return self._foremost(self._by_last.get(form.words[0]), form.times * _NOT_RARE) if len(titles) < 2 else None

    def _foremost(self, shares: Counter[tuple[str, Words]] | None, least: float) -> tuple[str, Words] | None:
        """Whom nearly all mean who use the name in full, if they do so often enough."""
        if not shares:
            return None
        [(best, times)] = shares.most_common(1)
        return best if times >= max(least, _SHARE * shares.total()) else None


def _bearer(words: Words, persons: list[_Person]) -> _Person | None:
    """Who bears a declared name: has all its words, the most mentioned of several."""
    bearers = [p for p in persons if p.words.issuperset(w for w in words if w not in RANKS)]
    return max(bearers, key=lambda p: p.mentions, default=None)


_BEFORE_PLACES = "in at from near through into towards toward leave left reach reached outside across around the a an"
_PLACED = frozenset(_BEFORE_PLACES.split())
_BEFORE_PEOPLE = "said asked replied cried answered whispered murmured exclaimed and dear with told"
_SPOKE = frozenset(_BEFORE_PEOPLE.split())


def _is_somebody(text: str, person: _Person) -> bool:
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
    if inside < 2 or signs < max(2, 2 * against):
        return False
    return text.count(f" {form.shown.lower()} ") < inside
