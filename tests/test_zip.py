"""ZIP: each file inside is read as if it lay in a folder, within bounds."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from documents import FIRST, HEADER, SECOND, docx, fb2, odt, pdf, read_one, rtf, survives, zipped
from ficsearch import Library
from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.outputs.reports import story_text
from ficsearch.packs import Packs
from ficsearch.readers import archive, read
from ficsearch.story import Document

TEXT = "\n".join(HEADER) + f"\n\n{FIRST}\n\n{SECOND}\n"
PAGE = f"<html><head><title>The Lamp Room</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html>"


def members(*documents: Document) -> list[str]:
    return [document.member for document in documents]


def test_every_story_inside_is_a_document_that_says_where_it_stood() -> None:
    data = zipped({"b.txt": TEXT, "a/one.txt": TEXT, "a/two.html": PAGE, "c.docx": docx(FIRST)})
    documents = read("all.zip", data)
    assert members(*documents) == ["a/one.txt", "a/two.html", "b.txt", "c.docx"]
    assert [d.format for d in documents] == ["text", "html", "text", "docx"]


def test_files_of_every_format_are_read_inside() -> None:
    page = pdf([(40, 500, 12, "R", FIRST[:60])])
    files = {"a.odt": odt(FIRST), "b.rtf": rtf(FIRST), "c.fb2": fb2(f"<p>{FIRST}</p>"), "d.pdf": page}
    assert [d.format for d in read("all.zip", zipped(files))] == ["odt", "rtf", "fb2", "pdf"]


def test_what_is_no_story_is_passed_over_in_silence() -> None:
    files = {
        "story.html": PAGE,
        "story_files/frame.html": PAGE,
        "picture.jpg": b"\xff\xd8\xff\xe0",
        "picture-without-suffix": b"\x89PNG\r\n\x1a\n\0\0",
        "style.css": "p {}",
        "Thumbs.db": b"\0" * 100,
        "__MACOSX/._story.html": b"\0\5\x16\7",
        ".DS_Store": b"\0\0",
        "README.txt": "About the archive.",
    }
    document = read_one("saved.zip", zipped(files))
    assert (document.member, document.problems) == ("story.html", ())


def test_a_file_that_cannot_be_read_is_told_and_the_others_are_read() -> None:
    files = {"old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "good.txt": TEXT}
    document = read_one("mixed.zip", zipped(files))
    assert document.member == "good.txt"
    assert document.problems == (
        "'old.doc' in the archive is left out: an old Word or Office file: this format is not read"
        " (open it in LibreOffice and save it as DOCX or ODT)",
    )


def test_an_archive_without_a_story_says_why() -> None:
    with pytest.raises(ReadingError, match=r"no story in the archive: 'old.doc': an old Word"):
        read("old.zip", zipped({"old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}))
    with pytest.raises(ReadingError, match="no story in the archive"):
        read("pictures.zip", zipped({"1.jpg": b"\xff\xd8\xff"}))


def test_an_archive_in_an_archive_is_read_and_one_deeper_is_not() -> None:
    inner = zipped({"one.txt": TEXT, "deeper.zip": zipped({"two.txt": TEXT})})
    (document,) = read("outer.zip", zipped({"inner.zip": inner}))
    assert document.member == "inner.zip/one.txt"
    assert document.problems == (
        "'deeper.zip' in the archive is left out: it lies in too many archives, one in the other;"
        " unpack the outer ones",
    )


def test_books_inside_archives_inside_are_books_and_not_archives() -> None:
    inner = zipped({"a.docx": docx(FIRST), "b.odt": odt(FIRST)})
    assert members(*read("outer.zip", zipped({"inner.zip": inner}))) == ["inner.zip/a.docx", "inner.zip/b.odt"]


def test_an_archive_of_stored_documents_is_not_taken_for_one_of_them() -> None:
    files = {"a.docx": docx(FIRST), "b.odt": odt(SECOND)}
    assert members(*read("both.zip", zipped(files, zipfile.ZIP_STORED))) == ["a.docx", "b.odt"]


def test_names_are_shown_as_they_were_written() -> None:
    names = {"été.txt": TEXT, "../out/x.txt": TEXT, "win\\dows.txt": TEXT}
    data = zipped(names)
    assert sorted(members(*read("names.zip", data))) == ["out/x.txt", "win/dows.txt", "été.txt"]
    unflagged = data
    for sign in (b"PK\x03\x04\x14\0\0", b"PK\x01\x02\x14\x03\x14\0\0"):
        unflagged = unflagged.replace(sign + b"\x08", sign + b"\0")
    assert "été.txt" in members(*read("names.zip", unflagged))


def test_an_archive_with_a_password_is_refused_with_the_reason() -> None:
    data = bytearray(zipped({"story.txt": TEXT}))
    for sign, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(sign) + flags] |= 1
    with pytest.raises(ReadingError, match="encrypted with a password"):
        read("locked.zip", bytes(data))


def test_a_hundred_thousand_entries_are_counted_and_not_read() -> None:
    with pytest.raises(ReadingError, match="100,000 files inside; at most 10,000"):
        read("many.zip", many(100_000))


def many(count: int) -> bytes:
    """A ZIP of *count* empty texts, written by hand: zipfile itself takes seconds for it."""
    files, directory = bytearray(), bytearray()
    for number in range(count):
        name = b"%06d.txt" % number
        start = len(files)
        files += struct.pack("<4s5H3I2H", b"PK\3\4", 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0) + name
        fields = (20, 20, 0, 0, 0, 33, 0, 0, 0, len(name), 0, 0, 0, 0, 0, start)
        directory += struct.pack("<4s6H3I5H2I", b"PK\1\2", *fields) + name
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, count & 0xFFFF, count & 0xFFFF, len(directory), len(files), 0)
    return bytes(files + directory) + end


def test_the_bounds_hold_for_documents_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ENTRIES_AT_MOST", 1)
    files = {"a.docx": docx(FIRST, styles="<x/>"), "a.odt": odt(FIRST), "a.zip": zipped({"1": "", "2": ""})}
    for name, data in files.items():
        with pytest.raises(ReadingError, match="files inside"):
            read(name, data)


def test_a_bomb_is_refused_by_what_it_would_unpack_to() -> None:
    with pytest.raises(ReadingError, match="times its size, as only a trap does"):
        read("bomb.zip", zipped({"zeros.txt": b"0" * 40_000_000}))


def test_a_single_file_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ENTRY_AT_MOST", 100)
    with pytest.raises(ReadingError, match="holds a file of"):
        read("large.zip", zipped({"story.txt": TEXT}))


def test_containers_inside_share_the_bounds_of_the_outermost() -> None:
    inner = zipped({"spaces.txt": b" " * 9_000_000 + TEXT.encode()})
    documents = read("outer.zip", zipped({f"{n}.zip": inner for n in range(3)}))
    assert members(*documents) == ["0.zip/spaces.txt"]
    assert len(documents[0].problems) == 2
    assert all("as only a trap does" in problem for problem in documents[0].problems)


def test_the_path_inside_is_part_of_the_storys_path_and_id(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf/parts.zip").write_bytes(zipped({"one.txt": TEXT, "two.txt": TEXT.replace("Lamp", "Other")}))
    with Library.open(tmp_path / "index") as library:
        report = library.index([tmp_path / "shelf"])
        assert (report.files, report.stories) == (1, 2)
        story = library.story("parts.zip/two.txt")
        assert (story.title, story.path, story.part) == ("The Other Room", "parts.zip/two.txt", 1)


def test_a_story_is_shown_with_its_path_inside_the_archive() -> None:
    documents = read("parts.zip", zipped({"a/one.txt": TEXT}))
    (story,) = lone_stories(documents, Place("shelf/parts.zip", "/stories/shelf/parts.zip"), Packs.load())
    assert "/stories/shelf/parts.zip/a/one.txt" in story_text(story, Path("/stories/shelf/parts.zip"))


def test_the_position_is_counted_in_each_file_inside() -> None:
    documents = [Document(member=member) for member in ("a", "a", "b")] + [Document()]
    assert [(own.path, own.part) for _, own in Place("x.zip", "/x.zip").of(documents)] == [
        *(("x.zip/a", 1), ("x.zip/a", 2), ("x.zip/b", 1), ("x.zip", 1)),
    ]


def test_a_story_without_a_title_is_named_after_its_file_inside() -> None:
    documents = read("parts.zip", zipped({"the-lamp-room.txt": f"{FIRST}\n\n{SECOND}"}))
    (story,) = lone_stories(documents, Place("shelf/parts.zip", "/shelf/parts.zip"), Packs.load())
    assert story.title == "The Lamp Room"


def test_nothing_but_a_reading_error_comes_out_of_a_mutated_archive() -> None:
    survives("all.zip", zipped({"one.txt": TEXT, "two.docx": docx(FIRST), "in.zip": zipped({"x.html": PAGE})}), 250)


def test_an_archive_of_thousands_of_files_too_small_for_stories_is_refused() -> None:
    with pytest.raises(ReadingError, match=r"has 3,001 files inside in [\d,]+ bytes, too few to hold stories"):
        read("all.zip", zipped({f"{n}.txt": "a" for n in range(3_001)}))
