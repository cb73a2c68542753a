"""Dates as people write them: the many ways of a header -> an ISO date."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = r"(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"'?(?P<year>\d{4}|\d\d)(?!\d)"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?!\d)",
        r"(?<!\d)(?P<year>9\d)-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?= \d\d:\d\d:\d\d)",  # AOL's mail
        rf"(?<!\d){_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
        rf"\b{_MONTH} {_DAY},? {_YEAR}",
        r"(?<!\d)(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4}|\d\d)(?!\d)",
        r"(?<!\d)(?P<month>\d{1,2})[-/](?P<day>\d{1,2})[-/](?P<year>\d{4}|\d\d)(?!\d)",
        rf"\b{_MONTH},?[ -]{_YEAR}",
        r"(?<!\d)(?P<year>\d{4})[-/](?P<month>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<month>\d{1,2})/(?P<year>\d{4})(?!\d)",
        r"(?<!\d)(?P<year>[12]\d{3})(?!\d)",
    )
)
"""From the surest to the vaguest. Slashes are American (month first), dots European (day first)."""

_BLANKS = re.compile(r"\s+")
_CENTURY_TURNS = 70
"""Two digits from 70 on are of the 1900s: the oldest fan fiction posted to a network is of the 1970s."""


@lru_cache(maxsize=10_000)
def read_date(text: str) -> str | None:
    """The first date in *text* as ISO, None if there is none.

    A month or a year alone is its first day. ``31/12/99`` can only be day first, and is read so.

    >>> read_date("Posted March 14th, 1998"), read_date("03/14/98"), read_date("Mar '98")
    ('1998-03-14', '1998-03-14', '1998-03-01')
    """
    plain = _BLANKS.sub(" ", text.replace("’", "'"))
    for form in _FORMS:
        for match in form.finditer(plain):
            if date := _date(match.groupdict()):
                return date
    return None


def latest_date(text: str) -> str | None:
    """The last day that the dates in *text* may mean, as ISO; None if there is none.

    A month may be its last day, ``05/11/01`` the fifth of November, and a story grew until the last date told.

    >>> latest_date("May 2001"), latest_date("05/11/01"), latest_date("1999-01-01")
    ('2001-05-31', '2001-11-05', '1999-01-01')
    """
    plain = _BLANKS.sub(" ", text.replace("’", "'"))
    for form in _FORMS:
        if days := [day for match in form.finditer(plain) for day in _may_mean(match)]:
            return max(days)
    return None


def _may_mean(match: re.Match[str]) -> Iterator[str]:
    parts = match.groupdict()
    day, month = parts.get("day"), parts.get("month")
    either = day and month and month.isdigit() and match.start("year") > match.start("day")
    readings = [parts, parts | {"day": month, "month": day}] if either else [parts]
    for date in filter(None, map(_date, readings)):
        yield date if day else f"{date[:7]}-31" if month else f"{date[:4]}-12-31"


def _date(parts: dict[str, str | None]) -> str | None:
    year, month, day = _year(parts["year"] or ""), _month(parts.get("month")), int(parts.get("day") or 1)
    if month > 12 >= day:
        month, day = day, month
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    return year + (1900 if year >= _CENTURY_TURNS else 2000)


def _month(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else _MONTHS[word.lower()]
