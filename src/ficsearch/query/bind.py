"""Names -> fields, words -> what they mean: the tree of what was typed becomes the tree that engines read.

Nothing is an error here either. What cannot be meant is searched as words, and the notes say so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from ficsearch.edits import alike
from ficsearch.fields import BY_NAME, FIELDS, SORTABLE, Field, Kind
from ficsearch.packs import Packs
from ficsearch.query import ranges
from ficsearch.query.build import all_of, any_of, not_, one_of
from ficsearch.query.meanings import CLOSED, TOGETHER, meanings
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Mentioned,
    Name,
    Near,
    Not,
    Prefix,
    Query,
    Sort,
    Typed,
    Words,
)
from ficsearch.query.parser import SORT
from ficsearch.text import fold_name, tokens

MAX_WORDS = 300
"""Words that one query may ask for. A page pasted in is longer; its beginning finds it."""

MAX_NOTES = 10
"""Nobody reads more."""

_SHORT = 60
"""Of what was typed a note quotes no more letters than these."""

CATEGORIES = {"m/m": ("M/M",), "f/f": ("F/F",), "f/m": ("F/M", "M/F"), "m/f": ("F/M", "M/F")}
"""AO3 reads these as a tag wherever they stand alone (otwarchive ``query_cleaner.rb``)."""

BEST = ("best", "score", "relevance")
"""What is sorted by when nothing else is asked for."""

MOST_PEOPLE = 12
"""In one pairing; a longer list is no pairing."""

_WILDCARD = re.compile(r"\*|(?<=\w)\?(?=\w)")
_PEOPLE = re.compile(r"\s*[/&]\s*|\s+x\s+")


@dataclass(frozen=True, slots=True)
class Bound:
    """A tree without Typed; ``notes`` tell a person what was not understood; ``sort`` is the order asked for, None
    for best match."""

    query: Query
    notes: tuple[str, ...] = ()
    sort: Sort | None = None


def bind(tree: Query, packs: Packs, fandoms: Iterable[str] = ()) -> Bound:
    """What *tree* means in the table of fields. Never raises.

    *fandoms* (canonical names) fix whose Harry is meant; without them a name means whoever bears it anywhere.
    """
    binder = _Binder(packs, tuple(fandoms))
    query = binder.tree(tree)
    return Bound(Everything() if query is None else query, tuple(binder.notes), binder.sort)


class _Binder:
    """Binds one tree. A part that asks for nothing is None and drops out."""

    def __init__(self, packs: Packs, fandoms: tuple[str, ...]) -> None:
        self._packs = packs
        self._fandoms = fandoms
        self._left = MAX_WORDS
        self.notes: dict[str, None] = {}
        self.sort: Sort | None = None

    def tree(self, tree: Query) -> Query | None:
        match tree:
            case All(parts):
                return self._branch(all_of, parts)
            case Any(parts):
                return self._branch(any_of, parts)
            case Not(part):
                inner = self.tree(part)
                return None if inner is None else not_(inner)
            case Typed():
                return self._leaf(tree)
        return tree

    def _branch(self, join: Callable[[Iterable[Query]], Query], parts: tuple[Query, ...]) -> Query | None:
        kept = [q for q in map(self.tree, parts) if q is not None]
        return join(kept) if kept else None

    def _leaf(self, typed: Typed) -> Query | None:
        if typed.field is None:
            category = None if typed.quoted else CATEGORIES.get(fold_name(typed.text))
            return one_of(category, "genre") if category else self._words(typed, None)
        if typed.field.lower() == SORT:
            self._order(typed)
            return None
        if not self._take(1):
            return None
        field = BY_NAME.get(typed.field.lower())
        if field is None:
            self._note(_no_field(typed.field))
            return self._as_words(typed)
        if field.kind is Kind.NUMBER:
            return self._number(typed, field)
        return self._name(typed, field) if field.kind is Kind.NAME else self._words(typed, field.name)

    def _note(self, text: str) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes[text] = None

    def _order(self, typed: Typed) -> None:
        """``sort:title``: the last one counts, and it asks for no stories."""
        name = typed.text.lower()
        field = BY_NAME.get(name)
        if field is not None and field.sortable:
            self.sort = Sort(field.name, descending=typed.sign.startswith("<"))
        elif name in BEST:
            self.sort = None
        else:
            known = ", ".join(f.name for f in SORTABLE)
            self._note(
                f"Stories cannot be sorted by {_said(typed.text)}. Sorted by best match; there are also: {known}."
            )

    # words

    def _as_words(self, typed: Typed) -> Query | None:
        """What was meant as ``field:value`` and is not: both as words, anywhere."""
        value = (replace(typed, field=None, sign=":"),) if typed.text else ()
        return self._branch(all_of, (Typed(typed.field or ""), *value))

    def _words(self, typed: Typed, field: str | None) -> Query | None:
        if typed.prefix and not typed.text:
            return Prefix("", field)
        words = self._tokens(typed.text)
        if not words:
            return None
        if not typed.quoted and _WILDCARD.search(typed.text):
            self._note(
                f"{_said(typed.text)}: only a * at the end of a word stands for other letters; searched as it is."
            )
        if typed.prefix:
            before = self._leaf(replace(typed, text=" ".join(words[:-1]), prefix=False)) if words[1:] else None
            return all_of((before or Everything(), Prefix(words[-1], field)))
        if typed.fuzzy:
            return all_of(Fuzzy(word, typed.fuzzy, field) for word in words)
        if typed.slop is not None and words[1:]:
            return Near(words, typed.slop, field)
        return Words(words, field, exact=typed.quoted)

    def _tokens(self, text: str) -> tuple[str, ...]:
        words = tokens(text)
        if not words:
            self._note(f"{_said(text)} has no letters or digits to look for and was left out.")
        return tuple(words[: self._take(len(words))])

    def _take(self, wanted: int) -> int:
        """How many of so many words may still be asked for."""
        if wanted > self._left:
            self._note(f"Only the first {MAX_WORDS:,} words and fields were searched.")
        taken = min(wanted, self._left)
        self._left -= taken
        return taken

    # names

    def _name(self, typed: Typed, field: Field) -> Query | None:
        if typed.prefix or typed.fuzzy or typed.slop is not None:
            return self._words(typed, field.name)
        if field.name == "character" and (counted := ranges.counted_name(typed.text)):
            return self._mentioned(*counted)
        if field.name == "year" and (typed.sign in ranges.COMPARISONS or ranges.is_range(typed.text)):
            return self._number(typed, BY_NAME["date"])
        if field.name in ranges.ORDERS and (typed.sign in ranges.COMPARISONS or ".." in typed.text):
            return self._steps(typed, field)
        return self._plain_name(typed, field)

    def _plain_name(self, typed: Typed, field: Field) -> Query | None:
        """A name by itself, whatever sign stands before it."""
        if typed.sign in ranges.COMPARISONS:
            asked = _said(f"{typed.field}{typed.sign}{typed.text}")
            self._note(f"{asked} cannot be compared, and was read as '{typed.field}:'.")
        names = self._meanings(field.name, typed.text) if typed.sign != "=" or field.name in CLOSED else ()
        return one_of(names, field.name) if names else self._unknown_name(typed, field)

    def _meanings(self, field: str, text: str) -> tuple[str, ...]:
        return meanings(field, text, self._packs, self._fandoms)

    def _unknown_name(self, typed: Typed, field: Field) -> Query | None:
        """A name that we know nothing of: as it stands after ``=``, else by its words."""
        text = " ".join(typed.text.split())
        if field.name in CLOSED or field.name == "spoilers":
            self._note(f"{field.label}: {_said(text)} is not known here. It may be {field.help}.")
        if text and (typed.sign == "=" or not tokens(text)):
            return Name(text, field.name)
        if field.name not in TOGETHER:
            return self._words(typed, field.name)
        parts = [part for part in _PEOPLE.split(text) if part]
        if not 1 < len(parts) <= MOST_PEOPLE:
            return self._person(typed, field.name)
        people = [self._plain_name(replace(typed, text=part), field) for part in parts]
        return all_of(p for p in people if p is not None) if any(people) else None

    def _person(self, typed: Typed, field: str) -> Query | None:
        """One of the people in a pairing, by the words of the canonical name when there is one."""
        names = self._meanings("character", typed.text)
        if names:
            return any_of(Words(tuple(tokens(name)), field, exact=True) for name in names)
        # unquoted, two words would be written with a hyphen, which joins two people
        several = len(tokens(typed.text)) > 1
        return self._words(replace(typed, quoted=typed.quoted or several), field)

    def _mentioned(self, name: str, low: int, high: int | None) -> Query:
        """Somebody who is named so many times, whoever may be meant."""
        names = self._meanings("character", name) or (name,)
        return any_of(Mentioned(n, low, high) for n in names)

    # numbers and steps

    def _number(self, typed: Typed, field: Field) -> Query | None:
        if typed.prefix and not typed.text:
            return Between(field.name)
        read = ranges.dates if field.name == "date" else ranges.numbers
        bounds = None if typed.prefix or typed.fuzzy else read(typed.text, typed.sign)
        if bounds is not None:
            return Between(field.name, *bounds)
        self._note(f"{field.label}: {_said(typed.text)} is not understood and was searched as words ({field.help}).")
        return self._as_words(typed)

    def _steps(self, typed: Typed, field: Field) -> Query | None:
        """``rating:<=PG-13``, ``length:short..long``."""
        order = ranges.ORDERS[field.name]
        ends = [self._step(field.name, end) if end else None for end in typed.text.split("..", 1)]
        if len(ends) == 1 and ends[0]:
            return one_of(ranges.compared_steps(order, typed.sign, ends[0]), field.name)
        if len(ends) == 2 and "" not in ends:
            return one_of(ranges.steps(order, *ends), field.name)
        return self._plain_name(typed, field)

    def _step(self, field: str, text: str) -> str:
        """The name of a step as typed, "" when it is none."""
        return next((n for n in self._meanings(field, text) if n in ranges.ORDERS[field]), "")


def _said(text: str) -> str:
    """*text* as a note quotes it."""
    return f"'{text}'" if len(text) <= _SHORT else f"'{text[:_SHORT]}…'"


def _no_field(name: str) -> str:
    known = [n for f in FIELDS if f.shown for n in (f.name, *f.aliases)]
    near = next((n for n in known if alike(name.lower(), n, 1 if len(n) < 6 else 2)), None)
    hint = f" (did you mean {near}?)" if near else ""
    return (
        f"There is no field '{name}'{hint}; searched as words. Fields: {', '.join(f.name for f in FIELDS if f.shown)}."
    )
