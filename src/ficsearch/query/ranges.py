"""From here to there, as typed: numbers, dates, and the steps of rating and length."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from ficsearch.holdings import LENGTHS
from ficsearch.story import RATINGS

Bounds = tuple[int | None, int | None]

COMPARISONS = ("<", "<=", ">", ">=")

ORDERS: dict[str, tuple[str, ...]] = {"rating": RATINGS[:-1], "length": tuple(name for name, _, _ in LENGTHS)}
"""Fields of names that have an order, least first. ``not_rated`` is in no order: it is below no ceiling."""

_NUMBER = re.compile(r"([0-9]{1,12})(?:\.([0-9]))?(k?)")
_DATE = re.compile(r"([12][0-9]{3})(?:[-/.]([0-9]{1,2})(?:[-/.]([0-9]{1,2}))?)?")
_PLAIN_DATE = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_YEARS = re.compile(r"([12][0-9]{3})[-–]([12][0-9]{3})")


_COUNTED = re.compile(
    r"(?P<name>[^<>=]{1,100}?) *(?P<sign>>=|<=|>|<|=) *(?P<from>[0-9]{1,6})(?:\.\.(?P<to>[0-9]{1,6}))?"
)


def counted_name(text: str) -> tuple[str, int, int | None] | None:
    """Who, and how often from and to, in ``Giles>=20``, ``Giles<3``, ``Giles=2..5``; None for a name alone.

    >>> counted_name("Giles>=20"), counted_name("Giles<3"), counted_name("Giles")
    (('Giles', 20, None), ('Giles', 1, 2), None)
    """
    match = _COUNTED.fullmatch(text.strip())
    if match is None:
        return None
    first = int(match["from"])
    if match["sign"] == "=":
        return match["name"], first, int(match["to"] or first)
    low, high = _compared(match["sign"], first, first)
    return match["name"], low or 1, high


def is_range(text: str) -> bool:
    """Does *text* say from where to where?"""
    return ".." in text or bool(_YEARS.fullmatch(text))


def numbers(text: str, sign: str) -> Bounds | None:
    """The bounds meant by ``>1,000``, ``10k``, ``1000..5000``, ``1000-5000``, ``500+``; None if it is no number.

    >>> numbers("1,000-5k", ":"), numbers("1000", "<"), numbers("..500", ":")
    ((1000, 5000), (None, 999), (None, 500))
    """
    plain = re.sub(r"[,_\s]", "", text).lower()
    if sign in COMPARISONS:
        number = _number(plain)
        return None if number is None else _compared(sign, number, number)
    low, between, high = _halves(plain)
    bounds = (_number(low) if low else None, _number(high) if high else None)
    if not between:
        return None if bounds[0] is None else (bounds[0], bounds[0])
    return None if any(part and bound is None for part, bound in zip((low, high), bounds, strict=True)) else bounds


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    if match is None or (match[2] and not match[3]):
        return None
    return int(match[1]) * 1000 + int(match[2] or 0) * 100 if match[3] else int(match[1])


def _compared(sign: str, first: int, last: int) -> Bounds:
    """What compares so with something that reaches from *first* to *last*."""
    below, above = sign.startswith("<"), sign.startswith(">")
    low = first if sign == ">=" else last + 1 if above else None
    high = last if sign == "<=" else first - 1 if below else None
    return low, high


def _halves(text: str) -> tuple[str, str, str]:
    """Both ends of a range and what stands between; open ends only with dots or a plus."""
    if ".." in text:
        return text.partition("..")
    if text.endswith("+"):
        return text[:-1], "+", ""
    low, hyphen, high = text.replace("–", "-").partition("-")
    return (low, hyphen, high) if low and high else (text, "", "")


def dates(text: str, sign: str) -> Bounds | None:
    """The bounds, as yyyymmdd, meant by ``2001``, ``2001-05``, ``2001-05-30..2002``, ``>2001``; None if no date.

    A year or a month is all its days: after 2001 is from 2002 on.

    >>> dates("2001-05..2002", ":"), dates("2001", ">")
    ((20010501, 20021231), (20020101, None))
    """
    plain = "".join(text.split())
    if sign in COMPARISONS:
        span = _span(plain)
        return None if span is None else _compared_dates(sign, *span)
    years = _YEARS.fullmatch(plain)
    low, dots, high = (
        plain.partition("..") if ".." in plain else (years[1], "-", years[2]) if years else (plain, "", "")
    )
    if not dots:
        return _days(_span(plain), _span(plain))
    first, last = _span(low), _span(high)
    if (low and first is None) or (high and last is None):
        return None
    return _days(first, last) or (None, None)


def _days(first: tuple[date, date] | None, last: tuple[date, date] | None) -> Bounds | None:
    if first is None and last is None:
        return None
    return (_day(first[0]) if first else None, _day(last[1]) if last else None)


def _day(day: date) -> int:
    return day.year * 10_000 + day.month * 100 + day.day


def _compared_dates(sign: str, first: date, last: date) -> Bounds:
    one_day = timedelta(days=1)
    low = first if sign == ">=" else last + one_day if sign == ">" else None
    high = last if sign == "<=" else first - one_day if sign == "<" else None
    return (_day(low) if low else None, _day(high) if high else None)


def _span(text: str) -> tuple[date, date] | None:
    """The first and the last day of a year, a month or a day; None if there is no such day."""
    match = _PLAIN_DATE.fullmatch(text) or _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def written_dates(low: int | None, high: int | None) -> tuple[str, str]:
    """The bounds as short as :func:`dates` reads them back: ``("2001-05", "2002")``; "" for no bound."""
    return _written(low, 0), _written(high, 1)


def _written(bound: int | None, end: int) -> str:
    if bound is None:
        return ""
    text = f"{bound // 10_000:04}-{bound // 100 % 100:02}-{bound % 100:02}"
    for short in (text[:4], text[:7]):
        span = _span(short)
        if span and _day(span[end]) == bound:
            return short
    return text


def steps(order: Sequence[str], low: str | None, high: str | None) -> tuple[str, ...]:
    """The names of *order* from *low* to *high*; a name outside the order bounds nothing and is nowhere."""
    if any(end is not None and end not in order for end in (low, high)):
        return ()
    first = order.index(low) if low else 0
    last = order.index(high) if high else len(order) - 1
    return tuple(order[first : last + 1])


def compared_steps(order: Sequence[str], sign: str, name: str) -> tuple[str, ...]:
    """The names of *order* that are ``<``, ``<=``, ``>`` or ``>=`` *name*."""
    upto = steps(order, None, name) if sign.startswith("<") else steps(order, name, None)
    return upto if sign.endswith("=") else tuple(n for n in upto if n != name)


def as_comparison(field: str, values: frozenset[str]) -> tuple[str, str] | None:
    """The sign and the step that mean just these *values* of *field*: general and teen are ``<=`` teen."""
    order = ORDERS.get(field, ())
    compared = ((sign, name) for sign in ("<=", ">=") for name in order)
    return next((c for c in compared if values == frozenset(compared_steps(order, *c))), None)


def in_order(field: str, values: Iterable[str]) -> list[str]:
    """*values* in the order of the field, if it has one; what is in none comes last, by letters."""
    order = ORDERS.get(field, ())
    return sorted(values, key=lambda v: (order.index(v) if v in order else len(order), v))
