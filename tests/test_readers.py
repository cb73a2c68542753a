"""The table of readers: a file is known by its content first, and what is not read is named."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from ficsearch.errors import ReadingError
from ficsearch.readers import READERS, read
from ficsearch.readers.formats import is_epub

STORY = "Title: The Boathouse\nAuthor: Ines\n\nIt leaked, and nobody said so.\n"
PAGE = "<html><head><title>The Boathouse</title></head><body><p>It leaked.</p></body></html>"


def zipped(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


def recognised(name: str, data: bytes) -> str:
    return next(reader.name for reader in READERS if reader.recognises(name, data))


@pytest.mark.parametrize(
    ("name", "data", "reader"),
    [
        ("story.txt", STORY.encode(), "text"),
        ("story", STORY.encode(), "text"),
        ("STORY.FIC", STORY.encode(), "text"),
        ("story.html", PAGE.encode(), "html"),
        ("story.txt", PAGE.encode(), "html"),
        ("story.txt", PAGE.encode("utf-16"), "html"),
        ("story.txt", b"<!-- saved -->\n<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 3.2//EN'>\n<P>It leaked.", "html"),
        ("story.htm", b"<center>The Boathouse</center><p>It leaked.", "html"),
        ("chat.txt", b"<maud> it leaks\n<henry> no\n<maud> it does\n", "text"),
        ("story.txt", b"It leaked. <i>Really</i> leaked, and <b>how</b>, she said.\n", "text"),
        ("story.html", STORY.encode(), "text"),
        ("story.md", STORY.encode(), "markdown"),
        ("story.txt", b"---\ntitle: The Boathouse\n---\nIt leaked.\n", "markdown"),
        ("story.txt", b"---\n\nIt leaked.\n", "text"),
        ("book.zip", zipped("mimetype", "META-INF/container.xml", "content.opf"), "epub"),
        ("book.epub", zipped("content.opf"), "epub"),
    ],
)
def test_a_file_is_known_by_its_content_before_its_name(name: str, data: bytes, reader: str) -> None:
    assert recognised(name, data) == reader


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word or Office"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"GIF89a\x01\0\x01\0", "an image"),
        (b"MZ\x90\0\x03\0", "a program"),
        (b"\x1f\x8b\x08\0", "a compressed (gzip)"),
        (b"B" * 60 + b"BOOKMOBI", "a Kindle (MOBI)"),
    ],
)
def test_a_format_that_is_not_read_is_named(data: bytes, name: str) -> None:
    with pytest.raises(ReadingError) as refusal:
        read("file.txt", data)
    assert refusal.value.message.startswith(f"{name} file: this format is not read")


@pytest.mark.parametrize(
    "first", ["BM was what they called her.", "MZ, said the label.", "RIFF after riff.", "Rar! went it."]
)
def test_a_story_may_begin_like_a_picture(first: str) -> None:
    assert read("story.txt", f"{first}\n\nIt leaked.\n".encode())[0].format == "text"


@pytest.mark.parametrize("data", [b"", b" \n", bytes(range(256)) * 20, b"\0" * 1000])
def test_what_holds_no_story_is_refused_with_a_reason(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"empty|blanks|not a text"):
        read("story.txt", data)


def test_an_epub_is_a_zip_with_a_book_in_it() -> None:
    assert is_epub("a.txt", zipped("mimetype", "META-INF/container.xml"))
    assert not is_epub("a.epub", zipped("story.txt"))
    assert not is_epub("a.epub", b"It leaked.")


def test_reading_text_loads_no_parser_of_pages() -> None:
    program = (
        "import sys; from ficsearch.readers import read; read('a.txt', b'It leaked.');"
        "sys.exit(any(m in sys.modules for m in ('selectolax', 'lxml', 'yaml')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
