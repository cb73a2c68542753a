"""What is read, and what is passed over with its reason."""

from __future__ import annotations

import pytest

from ficsearch.errors import ReadingError
from ficsearch.readers import read

STORY = b"Title: The Ladder\nAuthor: Ann\nRating: R\n\nWillow sat on the ladder and did not come down.\n"


@pytest.mark.parametrize(
    "name", ["a.txt", "A.TXT", "noname", "story.text", "story.fic", "Part 2.old", "readme first.txt"]
)
def test_text_of_any_name_is_a_story(name: str) -> None:
    (document,) = read(name, STORY)
    assert document.first("title") == "The Ladder"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("README.md", "a file about the other files"),
        ("license", "a file about the other files"),
        ("MANIFEST.tsv", "a data file"),
        ("truth.jsonl", "a data file"),
        ("fetch.py", "a program file"),
        ("Home.url", "a shortcut file"),
        ("1x01.srt", "a subtitles file"),
    ],
)
def test_text_that_is_no_story_is_passed_over_by_name(name: str, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read(name, STORY)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.4 ...", "a PDF file: not read yet"),
        (b"{\\rtf1 Willow}", "an RTF file: not read yet"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image file"),
        (b"PK\x03\x04 nothing", "a ZIP archive file"),
        (b"SQLite format 3\0", "a database file"),
        (bytes(range(256)) * 20, "not a text"),
    ],
)
def test_what_is_not_text_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read("story.txt", data)
