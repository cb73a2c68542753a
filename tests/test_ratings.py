"""Ratings of every vocabulary, and the ways in which people phrase them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.ratings import rating_value, read_rating
from ficsearch.story import RATINGS

WORDS = {
    "general": [
        "G",
        "PG",
        "K",
        "K+",
        "FRC",
        "FR7",
        "U",
        "All Ages",
        "General Audiences",
        "TV-PG",
        "SFW",
        "tout public",
    ],
    "teen": [
        "PG-13",
        "PG13",
        "PG 13",
        "PG-15",
        "T",
        "Teen",
        "Teen And Up Audiences",
        "FR13",
        "FRT",
        "FR15",
        "12A",
        "13+",
    ],
    "mature": ["R", "R+", "M", "Mature", "FRM", "FR18", "TV-MA", "15", "Restricted", "16+"],
    "explicit": [
        "NC-17",
        "NC17",
        "nc 17",
        "X",
        "MA",
        "E",
        "Explicit",
        "FRAO",
        "FR21",
        "Adult",
        "Adult++",
        "18+",
        "R18",
    ],
    "not_rated": ["NR", "Not Rated", "unrated", "N/A", "?", "not_rated"],
}


@pytest.mark.parametrize(("word", "value"), [(w, v) for v, words in WORDS.items() for w in words])
def test_a_word_of_any_vocabulary_is_one_of_five_ratings(word: str, value: str) -> None:
    assert rating_value(word) == value
    assert read_rating(word).value == value


@pytest.mark.parametrize("word", ["", "Romance", "rating", "PG-12.5", "R&R", "Buffy"])
def test_what_is_no_rating_has_no_value(word: str) -> None:
    assert rating_value(word) is None


PHRASES = [
    ("R, just to be safe", "mature"),
    ("R-ish for some violence", "mature"),
    ("Uh, call it R, for language and conversation topics", "mature"),
    ("r for language", "mature"),
    ("pg-13ish", "teen"),
    ("NC17ish", "explicit"),
    ("PG-18, sorry", "explicit"),
    ("MA15+ for violence", "mature"),
    ("smut", "explicit"),
    ("Not Safe For Work", "not_rated"),
    ("strictly G or PG here", "general"),
    ("not sure yet, let's say PG for now", "general"),
    ("PG. A couple of mild swears (nothing worse)", "general"),
    ("T for violence, some non-graphic adult situations", "teen"),
    ("NC-17 for the sex", "explicit"),
    ("NC-17 - adults only", "explicit"),
    ("For all ages.", "general"),
    ("[PG] for barely even hinted at M/M slash", "general"),
    ("Fiction  T", "teen"),
    ("a hard R", "mature"),
    ("G+ at most", "general"),
    ("R rated", "mature"),
    ("FR18, because it is dark in there", "mature"),
    ("nothing worse than PG-13", "teen"),
    ("Over 18s only", "explicit"),
    ("15, I suppose", "mature"),
    ("Certificate 18", "explicit"),
    ("12 for mild peril", "teen"),
    ("15 chapters so far", "not_rated"),
    ("12 of 15", "not_rated"),
]


@pytest.mark.parametrize(("phrase", "value"), PHRASES)
def test_the_rating_is_found_in_a_phrase_and_the_phrase_is_kept(phrase: str, value: str) -> None:
    rating = read_rating(phrase)
    assert (rating.value, rating.original) == (value, " ".join(phrase.split()))


JOINED = [
    ("PG-13/T", "teen"),
    ("NC-17/Explicit", "explicit"),
    ("R/NC-17", "explicit"),
    ("PG - R", "mature"),
    ("R (borderline NC-17)", "explicit"),
    ("PG-13, possibly R for language", "mature"),
    ("Mostly PG-13, one R scene", "mature"),
    ("PG, R in later parts", "mature"),
    ("PG-13 for now, may go up to R", "mature"),
    ("T (M in chapter five)", "mature"),
    ("between PG-13 and R", "mature"),
    ("R/M", "mature"),
]


@pytest.mark.parametrize(("phrase", "value"), JOINED)
def test_of_two_ratings_of_one_story_the_stricter_counts(phrase: str, value: str) -> None:
    assert read_rating(phrase).value == value


TRAPS = [
    ("Mature", "mature", "begins with MA, which is explicit"),
    ("Rated PG", "general", "begins with R"),
    ("PG for adult themes", "general", "says what is in it"),
    ("adult situations", "not_rated", "says what is in it, not for whom it is"),
    ("not for kids", "not_rated", "kids inside a sentence"),
    ("Rated M for Mature", "mature", "M twice"),
    ("Please R&R!", "not_rated", "read and review"),
    ("Not NC-17 by a long way, PG-13 at most", "teen", "denied"),
    ("PG (the NC-17 version is on my page)", "general", "another version"),
    ("M/M slash, NC-17", "explicit", "a pairing"),
    ("K/S, R", "mature", "Kirk and Spock"),
    ("I'd say R for the X-Files gore", "mature", "X is a show"),
    ("tea and sympathy", "not_rated", "no rating at all"),
    ("E for Everyone", "general", "E elsewhere is Explicit"),
]


@pytest.mark.parametrize(("phrase", "value"), [t[:2] for t in TRAPS], ids=[t[2] for t in TRAPS])
def test_a_trap_is_not_stepped_into(phrase: str, value: str) -> None:
    assert read_rating(phrase).value == value


@pytest.mark.parametrize(
    ("word", "source", "value"),
    [
        ("Adult", "http://www.adult-fanfiction.org/story.php?no=1", "mature"),
        ("Adult+", "http://www.adult-fanfiction.org/story.php?no=1", "explicit"),
        ("Adult", "http://www.whofic.com/viewstory.php?sid=1", "explicit"),
        ("M", "https://www.fanfiction.net/s/1/1/", "mature"),
        ("Explicit", "https://archiveofourown.org/works/1", "explicit"),
    ],
)
def test_the_site_decides_what_its_own_words_mean(word: str, source: str, value: str) -> None:
    assert read_rating(word, source).value == value


def test_no_words_are_not_rated_and_have_no_original() -> None:
    assert (read_rating("  ").value, read_rating("  ").original) == ("not_rated", None)


@settings(max_examples=150)
@given(st.text(alphabet="GPRNCTMKXE-+/ 1378,()abefor", max_size=60))
def test_whatever_stands_there_the_rating_is_one_of_five(phrase: str) -> None:
    assert read_rating(phrase).value in RATINGS
