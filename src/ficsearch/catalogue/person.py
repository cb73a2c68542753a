"""A person in a story, and the ways in which the story names it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from ficsearch.catalogue.given_names import given_places, given_words, sex_of
from ficsearch.catalogue.runs import Use
from ficsearch.catalogue.vocabulary import MEN, WOMEN

Words = tuple[str, ...]

_TITLED = 0.1
"""Of how often somebody is named, what part a name with a title needs to be the one shown."""
_NEVER_BARE = frozenset({"lady", "mrs", "madame", "mme"})


@dataclass(slots=True, eq=False)
class Form(Use):
    """A way of writing a name and its use: its title (folded, or ""), its words (folded), how it looks, how often it
    stands."""

    rank: str
    words: Words
    shown: str
    times: int = 0


@dataclass(slots=True, eq=False)
class Person:
    """All the ways in which one person is named."""

    forms: list[Form] = field(default_factory=list)
    mentions: int = 0
    sex: str = ""
    """``m``, ``f``, or "" if nothing tells: by the first title or first name that does."""
    _firsts: set[str] = field(default_factory=set)
    _times: dict[str, int] = field(default_factory=dict)
    _counted: int = 0

    def _count(self) -> None:
        """Look at the names that were taken since: somebody may have ten thousand of them."""
        for form in self.forms[self._counted :]:
            if len(form.words) > 1:
                self._firsts.add(form.words[0])
            for word in {*form.words, *map(half_of, form.words[:1])}:
                self._times[word] = self._times.get(word, 0) + form.times
        self._counted = len(self.forms)

    def take(self, *forms: Form) -> None:
        """Be called so too."""
        for form in forms:
            self.forms.append(form)
            self.mentions += form.times
            self.sex = self.sex or sex_by(form.rank, form.words)

    @property
    def main(self) -> Form:
        """The name that stands most."""
        return self.forms[0] if len(self.forms) == 1 else max(self.forms, key=lambda f: f.times)

    @property
    def use(self) -> Use:
        """How all the names are used."""
        if len(self.forms) == 1:
            return self.forms[0]
        use = Use()
        for form in self.forms:
            use.add(form)
        return use

    @property
    def shown(self) -> str:
        """The commonest full name that stands twice; else the name with its title, where that is not rare; else the
        name alone, with *the* if it mostly has it."""
        if len(self.forms) == 1:
            form = self.forms[0]
            return form.shown if form.rank or not form.is_thing else f"the {form.shown}"
        named = [f for f in self.forms if f.words]
        full = [f for f in named if len(f.words) > 1 and f.times > 1]
        full = [f for f in full if not f.rank] or full
        times = sum(f.times for f in named)
        titled = [f for f in named if f.rank and f.times >= _TITLED * times]
        return max(full or titled or named, key=lambda f: f.times).shown

    @property
    def words(self) -> set[str]:
        return {word for form in self.forms for word in form.words}

    @property
    def firsts(self) -> set[str]:
        """First names: of full names, and those that stand alone behind a title that wants one."""
        self._count()
        return self._firsts

    @property
    def ranks(self) -> set[str]:
        return {form.rank for form in self.forms if form.rank}

    def times_as(self, word: str) -> int:
        """How often this person is called by a name with *word* in it."""
        self._count()
        return self._times.get(word, 0)

    def is_called_by_first_name(self, first: str) -> bool:
        """Not so Lady Catherine, nor Mrs. Warrington Wilcox."""
        return any(first in (f.words[0], half_of(f.words[0])) and f.rank not in _NEVER_BARE for f in self.forms)


@lru_cache(maxsize=10_000)
def sex_by(rank: str, words: Words) -> str:
    """``m``, ``f`` or "": what a title or a first name tells."""
    if rank in MEN or rank in WOMEN:
        return "m" if rank in MEN else "f"
    if not words:
        return ""
    if rank and len(words) == 1:
        return ""
    sex = sex_of(words[0]) or given_words().get(words[0]) or given_places().get(words[0], "")
    return "" if sex == "x" else sex


def half_of(word: str) -> str:
    """The first half of a double name: who is Elizabeth-Jane is Elizabeth too."""
    return word.partition("-")[0]
