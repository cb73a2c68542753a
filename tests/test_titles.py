"""Title lines: the title, and what stands around it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.catalogue.titles import Heading, capitals_lowered, read_heading, read_part, title_of_stem

LINES = [
    ('FIC: "The Gift" (2/5)', Heading("The Gift", 2, 5)),
    ("Re: [BuffyFic] FIC: Walking (1/?)", Heading("Walking", 1, None, "in-progress")),
    ("NEW: Moving On 1/1", Heading("Moving On", 1, 1, "complete")),
    ("Lanterns - Part 2", Heading("Lanterns", 2)),
    ("Lanterns Part VII/?", Heading("Lanterns", 7, None, "in-progress")),
    ("Lanterns, part 1 of 2", Heading("Lanterns", 1, 2)),
    ("Lanterns (Part One)", Heading("Lanterns", 1)),
    ("Lanterns: Chapter 3", Heading("Lanterns", 3)),
    ("Lanterns (complete)", Heading("Lanterns", status="complete")),
    ("Subject: Fic: Lanterns (Firefly, gen, complete)", Heading("Lanterns", status="complete")),
    ("Stay (Faraway, So Close)", Heading("Stay (Faraway, So Close)")),
    ("Lanterns [WIP] (3/7)", Heading("Lanterns", 3, 7, "in-progress")),
    ("“Lanterns” by Jane Doe", Heading("Lanterns", author="Jane Doe")),
    ("*Lanterns* --", Heading("Lanterns")),
    ("Lanterns - Chapter 3: The Cellar", Heading("Lanterns", 3, chapter="Chapter 3: The Cellar")),
    ("Lanterns, Ch. 2/5 - The Cellar", Heading("Lanterns", 2, 5, chapter="Ch. 2/5 - The Cellar")),
    ("THE LADDER IN THE LIBRARY", Heading("The Ladder in the Library")),
]


@pytest.mark.parametrize(("line", "heading"), LINES, ids=[line for line, _ in LINES])
def test_a_title_line_gives_title_part_and_status(line: str, heading: Heading) -> None:
    assert read_heading(line) == heading


@pytest.mark.parametrize(
    "title",
    [
        "24/7",
        "Working 24/7",
        "Two of Us",
        "Rocky III",
        "[Redacted]",
        '"A" and "B"',
        "'Til Death",
        "Part 2",
        "OMWF",
        "Lanterns, Part 2: The Cellar",
        "Chapter 2: Oil",
    ],
)
def test_what_only_looks_like_a_marker_is_part_of_the_title(title: str) -> None:
    assert read_heading(title).title == title


@pytest.mark.parametrize(
    ("text", "part", "parts"), [("2/5", 2, 5), ("Part VII", 7, None), ("1 of 3", 1, 3), ("two", None, None)]
)
def test_a_part_alone_is_read_too(text: str, part: int | None, parts: int | None) -> None:
    assert (read_part(text).part, read_part(text).parts) == (part, parts)


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("ladder-in-the-library", "Ladder in the Library"),
        ("The_Zeppo", "The Zeppo"),
        ("one%20of%20two", "One of Two"),
        ("0000001", "0000001"),
        ("BuffyFic", "BuffyFic"),
    ],
)
def test_a_file_name_becomes_a_readable_title(stem: str, title: str) -> None:
    assert title_of_stem(stem) == title


def test_numerals_and_initials_stay_in_capitals() -> None:
    assert capitals_lowered("LETTERS FROM L.A., PART II") == "Letters from L.A., Part II"


@settings(max_examples=100)
@given(st.text(alphabet='Aa b-(/)[]12?:"“”IV', max_size=40))
def test_whatever_the_line_a_title_is_left_of_it(line: str) -> None:
    assert read_heading(f"Lantern {line}").title
