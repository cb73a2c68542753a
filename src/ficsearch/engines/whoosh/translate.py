"""A query tree -> Whoosh's own query objects: what ``evaluate`` must agree with, hit by hit and score by score.

Near and Fuzzy have no equal in Whoosh: its nearness counts gaps between neighbours, its fuzzy search takes a swap of
two letters for two edits. What adds nothing to the score in our tree adds nothing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any as Anything

from whoosh import query as stock

from ficsearch.engines.whoosh.schema import NAMES, STEMS
from ficsearch.fields import ANYWHERE, BY_NAME, Field, Kind
from ficsearch.holdings import mentioned
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Mentioned,
    Name,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    Words,
)
from ficsearch.text import fold_name, stem

Stock = Anything
"""Whoosh has no types."""


def translate(query: Query) -> Stock:
    """What Whoosh calls *query*. Raises TypeError for Near and Fuzzy."""
    match query:
        case Words() | Prefix():
            fields = [BY_NAME[query.field]] if query.field else ANYWHERE
            return _any([_in_field(query, field) for field in fields if field.kind is not Kind.NUMBER])
        case Any(parts):
            return _any([translate(part) for part in parts])
        case All(parts):
            return _all(parts)
        case Everything() | Nothing() | Not() | Name() | OneOf() | Between() | Mentioned():
            return _unscored(_filter(query))
    raise TypeError(f"Whoosh has no query like {query!r}")


def _in_field(query: Words | Prefix, field: Field) -> Stock:
    match query:
        case Prefix(start):
            return stock.ConstantScoreQuery(stock.Prefix(field.name, start), field.boost)
        case Words(tokens, exact=True):
            return _phrase(field.name, tokens, field.boost)
        case Words(tokens):
            return _phrase(field.name + STEMS, [stem(token) for token in tokens], field.boost)


def _phrase(field: str, words: Sequence[str], boost: float) -> Stock:
    if len(words) > 1:
        return stock.Phrase(field, list(words), boost=boost)
    return stock.Term(field, words[0], boost=boost) if words else stock.NullQuery


def _any(parts: Sequence[Stock]) -> Stock:
    # two by two, for an Or of more loses what has no score; halved, so that a thousand names are ten deep
    if len(parts) > 1:
        half = len(parts) // 2
        return stock.Or([_any(parts[:half]), _any(parts[half:])])
    return parts[0] if parts else stock.NullQuery


def _all(parts: Sequence[Query]) -> Stock:
    scored = [translate(part) for part in parts if isinstance(part, Words | Prefix | All | Any)]
    filters = [_filter(part) for part in parts if not isinstance(part, Words | Prefix | All | Any)]
    if not scored:
        return _unscored(stock.And([stock.Every(), *filters]))
    return stock.Require(stock.And(scored), stock.And(filters)) if filters else stock.And(scored)


def _unscored(query: Stock) -> Stock:
    # Whoosh takes a boost of nothing at all for one of 1, but for an Or of two it holds
    return stock.Or([query, stock.NullQuery], boost=0.0)


def _filter(query: Query) -> Stock:
    """*query*, scored or not: where only what it finds matters."""
    match query:
        case Everything():
            return stock.Every()
        case Nothing():
            return stock.NullQuery
        case Not(part):
            return stock.Not(translate(part))
        case Name(value, field):
            return _named([value], field)
        case OneOf(values, field):
            return _named(sorted(values), field)
        case Mentioned(name, low, high):
            return _named(sorted(mentioned(name, low, high)), "mentions")
        case Between(field, low, high) if BY_NAME[field].kind is Kind.NUMBER:
            return stock.NumericRange(BY_NAME[field].name, low, high)
    return stock.NullQuery


def _named(values: Sequence[str], field: str) -> Stock:
    if BY_NAME[field].kind is not Kind.NAME:
        return stock.NullQuery
    return _any([stock.Term(BY_NAME[field].name + NAMES, fold_name(value)) for value in values])
