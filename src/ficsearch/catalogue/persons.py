"""Ways of writing names -> persons: *Elizabeth*, *Miss Elizabeth* and *Elizabeth Bennet* are one.

What is not sure stays apart: a surname that several share keeps its title (*Mr. Bennet*, *Mrs. Bennet*).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

Words = tuple[str, ...]
T = TypeVar("T")

LEAST = 2
"""Mentions from which a name is one. Of the ten most named in 54 labelled texts 2 finds 72 % with 86 % right, 3 finds
65 % with 88 % (bench/names.py); a single one is too often a slip of the shift key."""
_SHARE = 0.8
"""What part of the full names with one first name or surname one person needs to be meant by it alone."""
_NOT_RARE = 0.1
"""What part of a surname's mentions must be in full, or with its title, before both are taken for one person's:
the brother of whom everybody else calls Mr. Knightley is John Knightley."""
_NOW_AND_THEN = 0.05
_BEFORE_SURNAMES = frozenset({"mr", "mrs", "ms"})


@dataclass(slots=True)
class Form:
    """A way of writing a name: its title (folded, or ""), its words (folded), how it looks, how often it stands."""

    rank: str
    words: Words
    shown: str
    times: int = 0


@dataclass(slots=True)
class Person:
    """All the ways in which one person is named."""

    forms: list[Form] = field(default_factory=list)

    @property
    def mentions(self) -> int:
        return sum(form.times for form in self.forms)

    @property
    def shown(self) -> str:
        """The commonest full name that stands twice; else the name with its title, where that is not rare; else the
        name alone."""
        full = [f for f in self.forms if len(f.words) > 1 and f.times > 1]
        full = [f for f in full if not f.rank] or full
        titled = [f for f in self.forms if f.rank and f.times >= _NOT_RARE * self.mentions]
        return max(full or titled or self.forms, key=lambda f: f.times).shown

    @property
    def words(self) -> set[str]:
        return {word for form in self.forms for word in form.words}


def persons_of(forms: Iterable[Form]) -> list[Person]:
    """The persons whose names these are."""
    forms = _trimmed(list(forms))
    census = _Census(forms)
    persons: dict[tuple[str, Words], Person] = {}
    for form in forms:
        persons.setdefault(census.key(form), Person()).forms.append(form)
    return list(persons.values())


def _trimmed(forms: list[Form]) -> list[Form]:
    """Without the chance companions before a name (``Meantime Pip``): what stands there once, and hardly elsewhere."""
    seen: Counter[str] = Counter()
    for form in forms:
        seen.update(dict.fromkeys(form.words, form.times))
    for form in forms:
        start = next((n for n, word in enumerate(form.words) if seen[word] >= LEAST), 0)
        if form.times == 1 and start:
            form.shown = " ".join(form.shown.split(" ")[start - len(form.words) :])
            form.words, form.rank = form.words[start:], ""
    return forms


class _Census:
    """Who is called what: full names by their first and last word, and the titles that go with a word alone."""

    def __init__(self, forms: list[Form]) -> None:
        self._by_first: dict[str, Counter[Words]] = {}
        self._by_last: dict[str, Counter[Words]] = {}
        self._titles: dict[str, Counter[str]] = {}
        self._alone: Counter[str] = Counter()
        for form in forms:
            if len(form.words) > 1:
                self._by_first.setdefault(form.words[0], Counter())[form.words] += form.times
                # Mr. John Knightley is called so because he is not Mr. Knightley
                own = form.times if form.rank not in _BEFORE_SURNAMES else 0
                self._by_last.setdefault(form.words[-1], Counter())[form.words] += own
            else:
                self._alone[form.words[0]] += form.times
                self._titles.setdefault(form.words[0], Counter())[form.rank] += form.times

    def key(self, form: Form) -> tuple[str, Words]:
        """The title (or "") and words under which a person's forms meet.

        A surname means the one who has it in full, unless it goes with several titles: Mr. Darcy has a sister. Then
        the surname alone is the man's.
        """
        if len(form.words) > 1:
            return "", form.words
        word = form.words[0]
        titles = self._usual_titles(word)
        full = None if _BEFORE_SURNAMES.intersection(titles) else _foremost(self._by_first.get(word), 0)
        if not full and len(titles) < 2:
            full = _foremost(self._by_last.get(word), self._alone[word] * _NOT_RARE)
        if full:
            return "", full
        rank = form.rank or _foremost(titles, self._alone[word] * _NOT_RARE) or ("mr" if "mr" in titles else "")
        return rank, form.words

    def _usual_titles(self, word: str) -> Counter[str]:
        """The titles that go with *word* more than now and then; a servant's ``Mr. Gerald`` is no surname."""
        titles = self._titles.get(word, Counter())
        least = _NOW_AND_THEN * self._alone[word]
        return Counter({t: n for t, n in titles.items() if t not in ("", "st") and n >= least})


def _foremost(shares: Counter[T] | None, least: float) -> T | None:
    """What has nearly the whole of the shares, if that is enough."""
    if not shares:
        return None
    [(best, times)] = shares.most_common(1)
    return best if times >= max(least, _SHARE * shares.total()) else None
