"""Dates as people write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.dates import latest_date, read_date

WRITTEN = [
    ("2001-05-03", "2001-05-03"),
    ("2001/5/3", "2001-05-03"),
    ("20010503", "2001-05-03"),
    ("2001-05-03T17:20:00+00:00", "2001-05-03"),
    ("03/14/98", "1998-03-14"),
    ("3/4/2004", "2004-03-04"),
    ("31/12/99", "1999-12-31"),
    ("03-14-98", "1998-03-14"),
    ("98-03-14 19:44:10 EST", "1998-03-14"),
    ("14.03.1998", "1998-03-14"),
    ("14 March 1998", "1998-03-14"),
    ("14-Mar-98", "1998-03-14"),
    ("the 14th of March, 1998", "1998-03-14"),
    ("March 14th, 1998", "1998-03-14"),
    ("Sept. 9 2001", "2001-09-09"),
    ("Sat, 14 Mar 1998 23:10:02 -0500", "1998-03-14"),
    ("Mar 98", "1998-03-01"),
    ("March, 1998", "1998-03-01"),
    ("Mar ’98", "1998-03-01"),
    ("May 2002", "2002-05-01"),
    ("11/1999", "1999-11-01"),
    ("2003-07", "2003-07-01"),
    ("Summer 1999", "1999-01-01"),
    ("1815", "1815-01-01"),
    ("Written 6/1/00, posted 7/2/00", "2000-06-01"),
    ("12 May\n 2000", "2000-05-12"),
]


@pytest.mark.parametrize(("text", "iso"), WRITTEN)
def test_a_date_is_read_however_it_is_written(text: str, iso: str) -> None:
    assert read_date(text) == iso


@pytest.mark.parametrize("text", ["", "soon", "31 February", "99/99/99", "2-part story", "chapter 12 of 40"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert read_date(text) is None


@settings(max_examples=60)
@given(st.dates(datetime.date(1970, 1, 1), datetime.date(2069, 12, 31)))
def test_every_form_of_one_day_is_that_day(day: datetime.date) -> None:
    forms = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %y", "%m/%d/%y", "%d.%m.%Y")
    assert {read_date(day.strftime(form)) for form in forms} == {day.isoformat()}


@settings(max_examples=100)
@given(st.text(alphabet="0123456789/-. MarchJune,'", max_size=30))
def test_whatever_is_typed_the_answer_is_a_real_date_or_none(text: str) -> None:
    date = read_date(text)
    assert date is None or datetime.date.fromisoformat(date).isoformat() == date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 2001", "2001-05-31"),
        ("2001", "2001-12-31"),
        ("2001-05-22", "2001-05-22"),
        ("05/11/01", "2001-11-05"),  # or the eleventh of May
        ("05/22/01", "2001-05-22"),
        ("begun 2001-05-22, ended 2002-01-03", "2002-01-03"),
        ("some day", None),
    ],
)
def test_the_latest_day_is_the_last_that_may_be_meant(text: str, day: str | None) -> None:
    assert latest_date(text) == day
