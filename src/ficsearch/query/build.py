"""Trees put together so that equal questions are equal trees.

No All in an All, no Any in an Any, no part twice, no Not of a Not; Everything and Nothing only by themselves; names
of one field that are alternatives are one OneOf.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ficsearch.query.nodes import All, Any, Everything, Name, Not, Nothing, OneOf, Query


def all_of(parts: Iterable[Query]) -> Query:
    """What all *parts* find; no parts find everything."""
    flat = list(dict.fromkeys(q for p in parts for q in (p.parts if isinstance(p, All) else (p,)) if q != Everything()))
    if Nothing() in flat:
        return Nothing()
    return flat[0] if len(flat) == 1 else All(tuple(flat)) if flat else Everything()


def any_of(parts: Iterable[Query]) -> Query:
    """What any of *parts* finds; no parts find nothing."""
    flat = [q for p in parts for q in (p.parts if isinstance(p, Any) else (p,)) if q != Nothing()]
    if Everything() in flat:
        return Everything()
    merged = list(dict.fromkeys(_merged(flat)))
    return merged[0] if len(merged) == 1 else Any(tuple(merged)) if merged else Nothing()


def not_(part: Query) -> Query:
    """What *part* does not find."""
    match part:
        case Not(inner):
            return inner
        case Everything():
            return Nothing()
        case Nothing():
            return Everything()
    return Not(part)


def one_of(values: Iterable[str], field: str) -> Query:
    """Any of these names: a Name when there is but one, Nothing when there is none."""
    names = frozenset(values)
    if len(names) > 1:
        return OneOf(names, field)
    return Name(next(iter(names)), field) if names else Nothing()


def _merged(parts: list[Query]) -> Iterator[Query]:
    """*parts*, the names of each field together where the first of them stood."""
    names: dict[str, set[str]] = {}
    for part in parts:
        if isinstance(part, Name | OneOf):
            names.setdefault(part.field, set()).update(_values(part))
    for part in parts:
        yield one_of(names[part.field], part.field) if isinstance(part, Name | OneOf) else part


def _values(part: Name | OneOf) -> Iterable[str]:
    return (part.value,) if isinstance(part, Name) else part.values
