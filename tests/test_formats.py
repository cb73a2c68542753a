"""What is read, and what is passed over with its reason."""

from __future__ import annotations

import pytest

from documents import FIRST, docx, fb2, odt, pdf, read_one, rtf, zipped
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
        (b"\x89PNG\r\n\x1a\n\0\0", "an image file"),
        (b"PK\x03\x04 nothing", "broken or cut off"),
        (b"\xd0\xcf\x11\xe0" + bytes(600), "an old Word or Office file: this format is not read"),
        (b"\xffWPC" + bytes(600), "a WordPerfect file: this format is not read"),
        (bytes(60) + b"BOOKMOBI", "a Kindle"),
        (b"ITOLITLS" + bytes(600), "a Microsoft Reader"),
        (b"<?xml version='1.0'?><w:wordDocument>", "a Word .XML. file: this format is not read"),
        (zipped({"xl/workbook.xml": "<x/>"}), "a spreadsheet file"),
        (b"SQLite format 3\0", "a database file"),
        (bytes(range(256)) * 20, "not a text"),
    ],
)
def test_what_is_not_text_says_what_it_is(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read("story.txt", data)


PAGE = f"<html><body><p>{FIRST}</p></body></html>".encode()


@pytest.mark.parametrize(
    ("name", "data", "format"),
    [
        ("story.doc", rtf(FIRST), "rtf"),
        ("story.doc", PAGE, "html"),
        ("story.doc", docx(FIRST), "docx"),
        ("story.txt", docx(FIRST), "docx"),
        ("story.rtf", STORY, "text"),
        ("story.pdf", PAGE, "html"),
        ("story.html", odt(FIRST), "odt"),
        ("story.zip", docx(FIRST), "docx"),
        ("story.docx", zipped({"story.html": PAGE}), "html"),
        ("story.epub", zipped({"1.html": PAGE, "2.html": PAGE}), "epub"),
        ("story.epub", pdf([(40, 500, 12, "R", FIRST[:60])]), "pdf"),
        ("story.xml.txt", fb2(f"<p>{FIRST}</p>"), "fb2"),
        ("story.fb2", fb2(f"<p>{FIRST}</p>", encoding="utf-16"), "fb2"),
        ("story.rtf", b"\r\n" + rtf(FIRST), "rtf"),
    ],
)
def test_a_file_is_read_for_what_it_is_and_not_for_what_it_is_called(name: str, data: bytes, format: str) -> None:
    assert read_one(name, data).format == format


@pytest.mark.parametrize(
    ("data", "advice"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "save it as DOCX or ODT"),
        (bytes(60) + b"BOOKMOBI", "convert it to EPUB"),
        (b"Rar!\x1a\x07\x00", "unpack it"),
    ],
)
def test_what_is_not_read_comes_with_advice(data: bytes, advice: str) -> None:
    with pytest.raises(ReadingError) as caught:
        read("story.doc", data)
    assert advice in caught.value.message
