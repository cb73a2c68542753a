"""Tree -> a sentence, so that a reader sees how a query was understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ficsearch.fields import BY_NAME, Field
from ficsearch.languages import language_label
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
    Nothing,
    OneOf,
    Prefix,
    Query,
    WordLeaf,
    Words,
)
from ficsearch.query.ranges import as_comparison, in_order, written_dates

MOST_NAMES = 5
"""More names than these are counted, not listed."""

_NAMED = {
    "author": "by {}",
    "rating": "rated {}",
    "spoilers": "with spoilers for {}",
    "character": "about {}",
    "tagged": "tagged as about {}",
    "appears": "naming {}",
    "first_pairing": "first of all about {}",
    "pairing": "with the pairing {}",
    "friendship": "with the friendship of {}",
    "fandom": "in {}",
    "warning": "with a warning of {}",
    "genre": "tagged {}",
    "series": "of the series {}",
    "year": "published in {}",
    "language": "in {}",
    "award": "awarded {}",
}
"""How a clause with a name of each field reads; other fields say their label."""

_SAID = {
    ("rating", "not_rated"): "without a rating",
    ("spoilers", "none"): "without spoilers",
    ("spoilers", "unknown"): "whose spoilers are not stated",
}
"""Names that are the lack of one."""


def describe(query: Query) -> str:
    """*query* (bound) in words.

    >>> describe(All((Words(("willow",)), OneOf(frozenset({"general", "teen"}), "rating"), Not(Name("Ann", "author")))))
    "stories with 'willow', rated at most Teen, not by Ann"
    """
    match query:
        case Everything():
            return "all stories"
        case Nothing():
            return "no stories"
    return f"stories {_clause(query)}"


def _clause(query: Query) -> str:
    match query:
        case All(parts):
            return ", ".join(_clauses(parts))
        case Any(parts):
            return _either(parts)
        case Not(part):
            return _without(part)
        case Words() | Near() | Prefix() | Fuzzy():
            return f"with {_term(query)}"
        case Name(value, field):
            return _SAID.get((field, value)) or _named(field, [value])
        case OneOf(values, field):
            return _one_of(BY_NAME[field], values)
        case Mentioned(name, low, high):
            return f"naming {name} {_times(low, high)}"
        case Between(field, low, high):
            return _between(BY_NAME[field], low, high)
        case Everything():
            return "of any kind"
    return "of no kind"


def _times(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low:,} times" if low > 1 else "in the text"
    return f"{low:,} to {high:,} times" if low != high else f"{low:,} times"


def _clauses(parts: Sequence[Query]) -> list[str]:
    """The words first, in one clause; then everything else in its order."""
    terms = [_term(p) for p in parts if isinstance(p, WordLeaf)]
    others = [_bracketed(p) for p in parts if not isinstance(p, WordLeaf)]
    return [f"with {_listed(terms, 'and')}", *others] if terms else others


def _bracketed(part: Query) -> str:
    many = isinstance(part, Any) and not _all_words(part.parts)
    return f"({_clause(part)})" if many else _clause(part)


def _all_words(parts: Iterable[Query]) -> bool:
    return all(isinstance(p, WordLeaf) for p in parts)


def _either(parts: Sequence[Query]) -> str:
    if _all_words(parts):
        return f"with {_listed([_term(p) for p in parts if isinstance(p, WordLeaf)], 'or')}"
    return "either " + " or ".join(f"({_clause(p)})" if isinstance(p, All | Any) else _clause(p) for p in parts)


def _without(part: Query) -> str:
    match part:
        case Words() | Near() | Prefix() | Fuzzy():
            return f"without {_term(part)}"
        case All() | Any():
            return f"not ({_clause(part)})"
    return f"not {_clause(part)}"


def _term(leaf: WordLeaf) -> str:
    """What is looked for, and where if a field was named."""
    where = f" in the {BY_NAME[leaf.field].label.lower()}" if leaf.field else ""
    return f"{_looked_for(leaf)}{where}"


def _looked_for(leaf: WordLeaf) -> str:
    match leaf:
        case Words(tokens, _, exact):
            kind = ("the phrase " if len(tokens) > 1 else "exactly ") if exact else ""
            return f"{kind}'{' '.join(tokens)}'"
        case Near(tokens, slop):
            return f"{_listed([repr(t) for t in tokens], 'and')} with at most {slop} other words among them"
        case Prefix(""):
            return "anything"
        case Prefix(start):
            return f"a word that begins with '{start}'"
        case Fuzzy(word):
            return f"a word like '{word}'"


def _named(name: str, values: Sequence[str]) -> str:
    field = BY_NAME[name]
    labels = [_label(field, v) for v in values]
    if len(labels) > MOST_NAMES:
        labels = [*labels[: MOST_NAMES - 1], f"{len(labels) - MOST_NAMES + 1} others"]
    return _with_labels(field, _listed(labels, "or"))


def _with_labels(field: Field, labels: str) -> str:
    return _NAMED.get(field.name, f"with {field.label.lower()} {{}}").format(labels)


def _label(field: Field, value: str) -> str:
    return language_label(value) if field.name == "language" else field.labels(value)


def _one_of(field: Field, values: frozenset[str]) -> str:
    """``rated at most Teen`` for all the ratings up to there."""
    compared = as_comparison(field.name, values)
    if compared is None:
        return _named(field.name, in_order(field.name, values))
    sign, name = compared
    return _with_labels(field, f"at {'most' if sign == '<=' else 'least'} {_label(field, name)}")


def _between(field: Field, low: int | None, high: int | None) -> str:
    unit = field.label.lower()
    if low is None and high is None:
        return f"with the {unit} known"
    if field.name == "date":
        return _published(*written_dates(low, high))
    if low == high:
        return f"of {low:,} {unit.removesuffix('s') if low == 1 else unit}"
    if low is None or high is None:
        return f"of at least {low:,} {unit}" if high is None else f"of at most {high:,} {unit}"
    return f"of {low:,} to {high:,} {unit}"


def _published(first: str, last: str) -> str:
    if first == last:
        return f"published in {first}" if len(first) < 10 else f"published on {first}"
    if not last:
        return f"published in {first} or later"
    return f"published from {first} to {last}" if first else f"published in {last} or earlier"


def _listed(items: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(items[:-1]), items[-1]]) if len(items) > 1 else "".join(items)
