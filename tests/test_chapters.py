"""Headings that are chapters, and those that only look like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.readers.chapters import split_chapters
from ficsearch.readers.headings import heading_of, is_titular, number_of

P = "It leaked, and nobody had said so in all the years that they had rowed there."


def titles(*paragraphs: str) -> list[str | None]:
    return [chapter.title for chapter in split_chapters(paragraphs)]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Chapter 1", "chapter", 1),
        ("CHAPTER III.", "chapter", 3),
        ("** Chapter Twenty-One **", "chapter", 21),
        ("Chapter 3: The Door", "chapter", 3),
        ("CHAPTER XII A NEW DAY", "chapter", 12),
        ("Chapter the Last", "chapter", 21),
        ("Ch. 4 - In which it leaks", "chapter", 4),
        ("chapter 2/?", "chapter", 2),
        ("Chapitre 2", "chapter", 2),
        ("Part Two", "part", 2),
        ("PART II: RAIN", "part", 2),
        ("Part 2 of 5", "part", 2),
        ("Book the First", "book", 1),
        ("BOOK I, PART II: 1805, CHAPTER IV", "chapter", 4),
        ("The Boathouse - Chapter 3", "chapter", 3),
        ("Prologue", "named", None),
        ("Epilogue: Home", "named", None),
        ("IV.", "numeral", 4),
        ("- 3 -", "numeral", 3),
        ("Seven", "numeral", 7),
        ("1. The Beginning", "numbered", 1),
        ('XXX. "The Girl I Left"', "numbered", 30),
    ],
)
def test_a_heading_is_known_with_its_number(line: str, kind: str, number: int | None) -> None:
    heading = heading_of(line)
    assert heading is not None
    assert (heading.kind, heading.number) == (kind, number)


@pytest.mark.parametrize(
    "line",
    [
        "Part one of the plan",
        "Chapter 3 was long.",
        "Part of him",
        "Part one, he said, was easy.",
        "He read it again, chapter 3",
        "1. Mix the flour.",
        "I am",
        "Mix",
        "Book",
        "Conclusion was easy",
        "...",
        "",
        "x" * 300,
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert heading_of(line) is None


@pytest.mark.parametrize(
    "headings",
    [
        ["Chapter 1", "Chapter 2", "Chapter 3"],
        ["CHAPTER ONE: RAIN", "CHAPTER TWO: OARS"],
        ["Part One", "Part Two"],
        ["I", "II", "III"],
        ["1", "2"],
        ["1. Rain", "2. Oars"],
        ["Prologue", "Chapter 1", "Chapter 2", "Epilogue"],
        ["Prologue", "1", "2"],
        ["Prologue", "Epilogue"],
        ["Chapter 5", "Chapter 6"],
        ["Chapter 1", "Chapter 2", "Chapter 4"],
    ],
)
def test_headings_in_sequence_are_chapters(headings: list[str]) -> None:
    assert titles(*(p for heading in headings for p in (heading, P))) == headings


@pytest.mark.parametrize(
    "paragraphs",
    [
        [P, "Chapter 9", P],
        [P, "I", P],
        [P, "2", P, "3", P],
        [P, "1. Never row alone", P, "3. Never row", P],
        [P, "Prologue", P],
    ],
)
def test_a_heading_without_company_is_story(paragraphs: list[str]) -> None:
    (chapter,) = split_chapters(paragraphs)
    assert (chapter.title, chapter.paragraphs) == (None, paragraphs)


def test_a_single_heading_at_the_start_is_the_title_of_the_chapter() -> None:
    (chapter,) = split_chapters(["CHAPTER III.", P, "I", P, "II", P])
    assert (chapter.title, chapter.paragraphs) == ("CHAPTER III", [P, "I", P, "II", P])


def test_the_title_of_the_story_said_again_is_no_prose() -> None:
    (chapter,) = split_chapters(["THE BOATHOUSE", P], "The Boathouse")
    assert (chapter.title, chapter.text) == ("THE BOATHOUSE", P)


def test_a_title_on_the_line_below_belongs_to_the_heading() -> None:
    assert titles("CHAPTER I.", "THE LEAK", P, "CHAPTER II.", "The Other Oar", P) == [
        "CHAPTER I: THE LEAK",
        "CHAPTER II: The Other Oar",
    ]


@pytest.mark.parametrize("line", ["It leaked.", '"Oh?"', "    Flat 3, Cormorant House", "and then it leaked"])
def test_a_first_line_of_prose_is_no_title(line: str) -> None:
    assert titles("Chapter 1", line, P, "Chapter 2", P) == ["Chapter 1", "Chapter 2"]


def test_a_part_without_text_of_its_own_goes_with_its_first_chapter() -> None:
    assert titles("PART ONE", "Chapter 1", P, "Chapter 2", P, "PART TWO", "Chapter 1", P) == [
        "PART ONE, Chapter 1",
        "Chapter 2",
        "PART TWO, Chapter 1",
    ]


def test_volumes_that_count_from_one_again_are_followed() -> None:
    numbers = ["I. Rain", "II. Oars", "III. Lake", "I. Snow", "II. Ice"]
    assert titles(*(p for number in numbers for p in (number, P))) == numbers


def test_an_odd_number_between_does_not_end_the_sequence() -> None:
    assert titles("Chapter 1", P, "CHAPTER XXXIV. Strange", P, "Chapter 2", P) == ["Chapter 1", "Chapter 2"]


def test_a_long_preface_is_a_chapter_without_title_and_a_short_one_a_title() -> None:
    assert titles(P, P, "Chapter 1", P, "Chapter 2", P) == [None, "Chapter 1", "Chapter 2"]
    assert titles("The Boathouse", "Chapter 1", P, "Chapter 2", P) == ["The Boathouse, Chapter 1", "Chapter 2"]


@pytest.mark.parametrize(
    "contents",
    [
        ["Chapter 1", "Chapter 2", "Chapter 3"],
        ["    Chapter 1\n    Chapter 2\n    Chapter 3"],
        ["Contents", "Chapter 1", "Chapter 2", "Chapter 3"],
        ["TABLE OF CONTENTS", "    Chapter 1\n    Chapter 2\n    Chapter 3"],
    ],
)
def test_a_table_of_contents_is_neither_chapters_nor_story(contents: list[str]) -> None:
    chapters = split_chapters([*contents, *(p for n in (1, 2, 3) for p in (f"Chapter {n}", P))])
    assert [(c.title, c.text) for c in chapters] == [(f"Chapter {n}", P) for n in (1, 2, 3)]


def test_chapters_with_any_name_are_known_from_the_table_of_contents() -> None:
    assert titles("Contents", "A Leak", "An Oar", "A Leak", P, "An Oar", P) == ["A Leak", "An Oar"]


def test_contents_that_lead_nowhere_stay() -> None:
    (chapter,) = split_chapters(["Contents", "of her pockets", P])
    assert chapter.paragraphs[0] == "Contents"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("xiv", 14),
        ("VIIII", 9),
        ("Twenty-one", 21),
        ("ninety nine", 99),
        ("12", 12),
        ("third", 3),
        ("ilk", None),
        ("", None),
    ],
)
def test_numbers_are_read_as_people_write_them(written: str, number: int | None) -> None:
    assert number_of(written) == number


@pytest.mark.parametrize(
    ("text", "titular"),
    [("The Oar and the Lake", True), ("THE LEAK.", True), ("It leaked.", False), ("The oar broke", False)],
)
def test_a_title_has_capitals_and_no_full_stop(text: str, titular: bool) -> None:
    assert is_titular(text) is titular


PARAGRAPHS = st.lists(
    st.sampled_from([P, "Chapter 1", "Chapter 2", "I", "II", "Prologue", "* * *", "Contents", "The Oar", "3. Rain"])
)


@given(PARAGRAPHS)
def test_prose_keeps_its_place_and_nothing_is_doubled(paragraphs: list[str]) -> None:
    kept = [p for chapter in split_chapters(paragraphs) for p in chapter.paragraphs]
    assert kept.count(P) == paragraphs.count(P)
    assert len(kept) <= len(paragraphs)


@pytest.mark.parametrize("headings", [("Prologue", "Chapter 1"), ("Prologue", "Chapter One: Coal", "Epilogue")])
def test_the_only_chapter_after_a_prologue_is_one(headings: tuple[str, ...]) -> None:
    assert titles(*(line for heading in headings for line in (heading, P))) == list(headings)
