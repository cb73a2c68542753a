"""Ways of writing names -> persons: *Elizabeth*, *Miss Elizabeth* and *Elizabeth Bennet* are one.

Full names come first, then names with a title, then names alone: each joins the one person it can mean. What is not
sure stays apart: a surname that several share keeps its title (*Mr. Bennet*, *Mrs. Bennet*).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

from ficsearch.catalogue.given_names import given_names, long_names, sex_of
from ficsearch.catalogue.person import Form, Person, Words, half_of, sex_by
from ficsearch.catalogue.runs import words_of
from ficsearch.catalogue.vocabulary import BEFORE_FIRST_NAMES, MEN, RANKS, WOMEN

LEAST = 3
"""Mentions from which a word beside a name is a part of it: fewer are too often the head of a sentence."""
_SHARE = 0.75
"""What part of the mentions of all who could be meant one person needs, to be meant by a name alone."""
_HALF = 0.6
"""The same for first names: who is called Mina is one of those who are called so in full."""
_SECOND_TITLE = 0.2
"""What part of a surname's mentions a second title needs to be another man's: Captain Wentworth is Mr. now and then."""
_NOT_RARE = 0.1
_RARE_MAN = 0.04
_OFTENER = 3
_SELDOM = 0.1
_NOW_AND_THEN = 0.25
"""Of how often somebody stands under a short name, what part may be the long one."""
_FEW = 20
"""Mentions of a surname that is one person's who is named in full only once."""
_SELDOM_SO = 0.4
"""Of how often *Harry* stands alone, what part *Mr. Harry* may have and be the same man."""
_NAMES_AT_MOST = 15_000
"""The names that stand most. Five megabytes of O. Henry's stories in one book have 4,936."""
_BEFORE_SURNAMES = frozenset({"mr", "mrs", "ms", "dr", "doctor"})
_UNMARRIED = frozenset({"miss", "mademoiselle", "mlle", "fraulein", "senorita", "signorina"})
_MARRIED = frozenset({"mrs", "madame", "mme", "frau", "signora", "senora"})


def persons_of(forms: Iterable[Form]) -> list[Person]:
    """The persons whose names these are."""
    ordered = sorted(_trimmed(list(forms)), key=lambda f: -f.times)[:_NAMES_AT_MOST]
    register = _Register(ordered)
    full = [form for form in ordered if len(form.words) > 1]
    titled = [form for form in ordered if len(form.words) == 1 and form.rank]
    bare = [form for form in ordered if len(form.words) == 1 and not form.rank]
    for form in full:
        register.enter_full(form)
    for form in titled:
        register.enter_titled(form)
    for form in bare:
        register.enter_bare(form)
    register.join_short_names()
    return register.people


def _trimmed(forms: list[Form]) -> list[Form]:
    """Without the chance companions before a name (``Meantime Pip``): what stands there once, and hardly elsewhere."""
    once = [form for form in forms if form.times == 1 and len(form.words) > 1 and not form.rank]
    if not once:
        return forms
    seen: Counter[str] = Counter()
    for form in forms:
        for word in form.words:
            seen[word] += form.times
    names = given_names()
    for form in once:
        if form.words[0] in names or seen[form.words[0]] >= LEAST:
            continue
        start = next((n for n, w in enumerate(form.words) if seen[w] >= LEAST or w in names or len(w) == 1), 0)
        if start:
            form.shown = " ".join(form.shown.split(" ")[start - len(form.words) :])
            form.words = form.words[start:]
    return _told_once(forms)


def _told_once(forms: list[Form]) -> list[Form]:
    """*forms*, those that have become alike made one."""
    kept: dict[tuple[str, Words], Form] = {}
    for form in forms:
        first = kept.setdefault((form.rank, form.words), form)
        if first is not form:
            first.add(form)
            first.times += form.times
    return list(kept.values())


class _Register:
    """Who is called what so far."""

    def __init__(self, forms: Iterable[Form]) -> None:
        self.people: list[Person] = []
        self._titles: dict[str, set[str]] = {}
        self._alone: defaultdict[str, int] = defaultdict(int)
        self._surnamed: defaultdict[str, int] = defaultdict(int)
        for form in forms:
            if form.rank:
                self._titles.setdefault(form.words[-1], set()).add(form.rank)
            if len(form.words) == 1 and not form.rank:
                self._alone[form.words[0]] += form.times
            elif len(form.words) == 1 and form.rank in _BEFORE_SURNAMES:
                self._surnamed[form.words[0]] += form.times
        self._by_first: dict[str, dict[Person, None]] = {}
        self._by_last: dict[str, dict[Person, None]] = {}
        self._in_full: dict[tuple[str, ...], dict[Person, int]] = {}  # in the order of the persons

    def _is_first(self, word: str) -> bool:
        """Is it a first name, and nobody's surname here?"""
        return bool(sex_of(word)) and self._surnamed.get(word, 0) <= _SELDOM_SO * self._alone.get(word, 0)

    def _add(self, form: Form, person: Person | None, is_first: bool = False) -> Person:
        """Enter *form* as a name of *person*, or of somebody new."""
        if person is None:
            person = Person([form], form.times, sex_by(form.rank, form.words))
            self.people.append(person)
        else:
            person.take(form)
        first, last, in_full = form.words[0], form.words[-1], len(form.words) > 1
        if is_first or in_full:
            self._by_first.setdefault(first, {})[person] = None
            if "-" in first:
                self._by_first.setdefault(half_of(first), {})[person] = None
        if in_full or not is_first:
            self._by_last.setdefault(last, {})[person] = None
        for sign in (*_names_of(first), (first[0], "")) if in_full else ():
            self._in_full.setdefault((last, *sign), {}).setdefault(person, len(self.people))
        return person

    def _same_in_full(self, first: str, last: str) -> list[Person]:
        """Who has this surname and this first name, in short or by its initial; an initial is that of anybody."""
        signs = [*_names_of(first), (first[0],), *([(first, "")] if len(first) == 1 else ())]
        found = {p: at for sign in signs for p, at in self._in_full.get((last, *sign), {}).items()}
        return sorted(found, key=lambda p: found[p])

    def enter_full(self, form: Form) -> Person:
        """A first name with a surname: the same surname with the same first name, in short or by its initial, is the
        same person. *Mrs. Charles Wilmot* is Mrs. Wilmot."""
        first, last = form.words[0], form.words[-1]
        if form.rank in _MARRIED and sex_of(first) != "f":
            form.words = (last,)
            person = self.enter_titled(form)
            self._by_first.setdefault(first, {})[person] = None
            return person
        return self._add(form, foremost(_of_sex(self._same_in_full(first, last), form), lambda p: p.mentions))

    def enter_titled(self, form: Form) -> Person:
        """A title with one word, mostly a surname: *Mr. Darcy*; behind some titles a first name: *Sir William*."""
        word = form.words[0]
        if people := [p for p in self._by_last.get(word, ()) if self._may_be(form, p)]:
            return self._add(form, foremost(people, lambda p: p.times_as(word)))
        named = _of_sex(self._called_first(form), form) if word in self._by_first else []
        named = [p for p in named if form.rank in p.ranks or self._is_servant_s(form, p)] or (
            named if form.rank in BEFORE_FIRST_NAMES else []
        )
        is_first = bool(named) or (form.rank in BEFORE_FIRST_NAMES and self._is_first(word))
        return self._add(form, foremost(named, lambda p: p.times_as(word), _HALF), is_first)

    def _standing(self, person: Person) -> int:
        """Mentions of *person* so far, with those by the first name alone, which are entered last."""
        return person.mentions + sum(self._alone.get(first, 0) for first in person.firsts)

    def _is_servant_s(self, form: Form, person: Person) -> bool:
        """Is *Mr. Harry* what servants call Harry Heathcote, who is Harry much more often?"""
        word = form.words[0]
        return (
            form.rank in ("mr", "master") and bool(sex_of(word)) and form.times <= _SELDOM_SO * self._standing(person)
        )

    def _may_be(self, form: Form, person: Person) -> bool:
        """May *person*, who has this surname, be meant by *form*? *Mrs. Bennet* is none of the daughters; a man with a
        title that stands often is not the one with another; who is hardly ever named in full is somebody else."""
        if _clash(person.sex, sex_by(form.rank, form.words)) or self._only_titled_in_full(person, form):
            return False
        if form.rank in person.ranks and not (form.rank in _UNMARRIED and person.firsts):
            return True
        if person.firsts and self._standing(person) < _NOT_RARE * form.times:
            return False
        if form.rank in _MARRIED and person.firsts and person.sex != "f":
            return False
        if form.rank in WOMEN and (person.firsts or _UNMARRIED & (person.ranks | {form.rank})):
            return bool(person.firsts) and self._is_alone(person, form)
        titled = sum(f.times for f in person.forms if f.rank)
        seldom = min(titled, form.times) < max(LEAST, _SECOND_TITLE * person.mentions)
        return seldom or bool(person.firsts)

    def _only_titled_in_full(self, person: Person, form: Form) -> bool:
        """Mr. John Knightley is called so because he is not Mr. Knightley, whom nobody calls Knightley."""
        if form.rank not in ("mr", "mister") or self._alone.get(form.words[0], 0) > form.times:
            return False
        full = [f for f in person.forms if len(f.words) > 1]
        titled = sum(f.times for f in full if f.rank == form.rank)
        return titled >= max(LEAST, _HALF * sum(f.times for f in full)) and form.times > _OFTENER * titled

    def _is_alone(self, person: Person, form: Form) -> bool:
        """Is she the only woman of her surname with a first name; for *Mrs.* the only one who has it at all?"""
        others = (p for p in self._by_last[form.words[0]] if p is not person)
        if form.rank in _UNMARRIED:
            most = _NOT_RARE * self._standing(person)
            return not any(p.sex == "f" and p.firsts and self._standing(p) > most for p in others)
        titles = self._titles.get(form.words[0], set())
        return next(others, None) is None and not titles & ((MEN | WOMEN) - _MARRIED)

    def enter_bare(self, form: Form) -> Person:
        """A word alone: whoever has it as a first name; else as a surname, the man where a family shares it."""
        word = form.words[0]
        is_given = self._is_first(word)
        if word not in self._by_first and word not in self._by_last:
            return self._add(form, None, is_given)
        first = [p for p in self._called_first(form) if p.is_called_by_first_name(word)]
        if first:
            return self._add(form, foremost(first, lambda p: p.times_as(word), _HALF), True)
        last = [p for p in self._by_last.get(word, ()) if self._may_be_alone(form, p)]
        men = [p for p in last if p.sex != "f"]
        meant = foremost(last, lambda p: p.times_as(word)) or foremost(men, lambda p: p.times_as(word))
        return self._add(form, meant, is_given and not last)

    def _called_first(self, form: Form) -> list[Person]:
        """Those whose first name is the word of *form*: a *Dombey Counting-house* makes no first name of Dombey."""
        word = form.words[0]
        least = 0 if self._is_first(word) or form.rank in _MARRIED else _NOT_RARE * form.times
        return [p for p in self._by_first.get(word, ()) if p.times_as(word) >= least]

    def _may_be_alone(self, form: Form, person: Person) -> bool:
        """May *person* be meant by the surname alone? A man may be, though he is named in full quite seldom; a woman
        who is always *Mrs.* is not."""
        if person.ranks & _MARRIED and not person.firsts:
            return False
        least = _RARE_MAN if person.sex == "m" and person.firsts else _NOT_RARE
        return form.times < _FEW or self._standing(person) >= least * form.times

    def join_short_names(self) -> None:
        """*Lizzy* is Elizabeth where the one who tells calls her so, and only those who speak to her call her Lizzy;
        Chris is Christopher where he is called so in full now and then."""
        for person in [p for p in self.people if _is_short_name(p)]:
            longer = {
                id(p): p
                for name in long_names()[person.forms[0].words[0]]
                for p in _of_sex(self._by_first.get(name, ()), person.forms[0])
                if p is not person and p.is_called_by_first_name(name)
            }
            bearer = foremost(list(longer.values()), lambda p: p.mentions)
            if bearer and (_is_spoken(person) or bearer.mentions <= _NOW_AND_THEN * person.mentions):
                bearer.take(*person.forms)
                self.people.remove(person)


def _is_short_name(person: Person) -> bool:
    """Is this a short name without a surname?"""
    longer = long_names()
    return person.forms[0].words[0] in longer and all(
        len(f.words) == 1 and f.words[0] in longer and f.rank not in _BEFORE_SURNAMES for f in person.forms
    )


def _is_spoken(person: Person) -> bool:
    """Is this a name that only people who speak use, not the one who tells?"""
    use = person.use
    return use.deeds <= _SELDOM * use.seen


def _of_sex(people: Iterable[Person], form: Form) -> list[Person]:
    """Those who are not known to be of the other sex."""
    return [p for p in people if not _clash(p.sex, sex_by(form.rank, form.words))]


def _names_of(first: str) -> list[tuple[str]]:
    """A first name, and those for which it is short: two are the same when they have one of these in common."""
    return [(name,) for name in (first, *long_names().get(first, ()))]


def _clash(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def foremost(people: list[Person], times: Callable[[Person], int], share: float = _SHARE) -> Person | None:
    """The only one, or who has that *share* of the mentions."""
    if len(people) < 2:
        return people[0] if people else None
    best = max(people, key=times)
    return best if times(best) >= share * sum(map(times, people)) else None


def bearers_of(declared: Iterable[str], persons: list[Person]) -> dict[int, str]:
    """The *declared* names by the (object) id of their bearers: who has all the words of a name and, of several, is
    mentioned most."""
    wanted = {name: {word for word in words_of(name) if word not in RANKS} for name in declared}
    having: dict[str, list[Person]] = {word: [] for words in wanted.values() for word in words}
    if not having:
        return {}
    for person in persons:
        for word in (word for form in person.forms for word in form.words if word in having):
            having[word].append(person)
    called: dict[int, str] = {}
    for name, words in wanted.items():
        bearers = [p for p in having.get(min(words, default=""), ()) if len(words) == 1 or words <= p.words]
        if bearers:
            called[id(max(bearers, key=lambda p: p.mentions))] = name
    return called
