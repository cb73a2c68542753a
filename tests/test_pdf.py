"""PDF: letters at places become paragraphs again."""

from __future__ import annotations

import os
import signal
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from documents import FIRST, HEADER, SECOND, Placed, mutated, pdf, read_one, text_of
from ficsearch import Library
from ficsearch.errors import ReadingError
from ficsearch.readers import pdf_service, read
from ficsearch.story import Document

SIZE = 12
LEFT = 40
STEP = 15
WIDE = "WILLOW WENT up to the lamp room, where the light went round and round."
"""About as wide as a line of the pages below."""


def lines(texts: Iterable[str], top: float = 550, indent: float = 0, gap: float = 0) -> Iterator[Placed]:
    """Paragraphs set in lines of 62 signs, each indented or set apart from the one before."""
    y = top
    for text in texts:
        for number, line in enumerate(textwrap.wrap(text, 62)):
            yield (LEFT + (indent if number == 0 else 0), y, SIZE, "R", line)
            y -= STEP
        y -= gap


def read_pdf(*pages: Iterable[Placed], info: str = "") -> Document:
    return read_one("story.pdf", pdf(*(list(page) for page in pages), info=info))


TALE = [f"{FIRST} {SECOND}", f"{SECOND} {SECOND} {FIRST}", f"{FIRST} {FIRST}"]


@pytest.mark.parametrize(("indent", "gap"), [(0, 12), (18, 0), (18, 6)], ids=["set apart", "indented", "both"])
def test_lines_are_joined_into_the_paragraphs_they_were(indent: float, gap: float) -> None:
    assert text_of(read_pdf(lines(TALE, indent=indent, gap=gap))).split("\n\n") == TALE


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    whole = " ".join(TALE)
    half = textwrap.wrap(whole, 62)
    first = lines([" ".join(half[:6])], top=200)
    assert text_of(read_pdf(first, lines([" ".join(half[6:])]))) == whole


def test_the_header_is_read_by_its_labels_and_is_no_story() -> None:
    document = read_pdf([*lines(HEADER), *lines(TALE, top=450, gap=12)])
    assert [document.first(label) for label in ("title", "author", "rating")] == [
        *("The Lamp Room", "Mary Kade", "R for language"),
    ]
    assert text_of(document).split("\n\n") == TALE
    assert (document.format, document.problems) == ("pdf", ())


def test_running_heads_and_page_numbers_are_no_story() -> None:
    pages = [
        [(150, 580, 9, "R", "The Lamp Room"), *lines([f"{text} {number}."], gap=12), (200, 20, 9, "R", str(number + 3))]
        for number, text in enumerate([*TALE, *TALE])
    ]
    text = text_of(read_pdf(*pages))
    assert "Lamp Room" not in text
    assert [part for part in text.split() if part.isdigit()] == []


def test_the_number_of_the_only_page_is_no_story_and_a_number_in_the_text_is() -> None:
    document = read_pdf([*lines([*TALE, "12"], gap=12), (200, 20, 9, "R", "1")])
    assert text_of(document).split("\n\n") == [*TALE, "12"]


def test_larger_lines_are_headings() -> None:
    page = [(LEFT, 560, 24, "B", "The Lamp Room"), (LEFT, 535, SIZE, "R", "by Mary Kade")]
    page += [(LEFT, 500, 16, "B", "Up"), *lines(TALE[:2], top=475, gap=12)]
    page += [(LEFT, 330, 16, "B", "Down"), *lines(TALE[1:], top=305, gap=12)]
    document = read_pdf(page)
    assert [c.title for c in document.chapters] == ["Up", "Down"]
    assert (document.first("title"), document.first("author")) == ("The Lamp Room", "Mary Kade")


def test_italics_and_bold_are_kept() -> None:
    words = ((LEFT, "R", "She "), (64, "I", "did "), (84, "R", "go "), (102, "B", "up."))
    page = [(x, 550.0, SIZE, font, text) for x, font, text in words]
    assert text_of(read_pdf([*page, *lines(TALE, top=500, gap=12)])).startswith("She _did_ go *up.*\n\n")


@pytest.mark.parametrize(
    ("seen", "parted", "text"),
    [
        ("It happened.", ("which had hap-", "pened before"), "happened"),
        ("A well-known man.", ("who was a well-", "known man"), "well-known"),
        ("Nothing.", ("which was some-", "thing of his"), "some-thing"),
        ("Nothing.", ("and Mary-", "Anne came in"), "Mary-Anne"),
    ],
    ids=["known in one", "known in two", "unknown", "a name"],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_that_is_sure(
    seen: str, parted: tuple[str, str], text: str
) -> None:
    first, second = ("and there was nothing else to be said about " * 2)[:46] + parted[0], parted[1] + " and so on."
    page = [(LEFT, 550, SIZE, "R", first), (LEFT, 535, SIZE, "R", second), *lines([seen, *TALE], top=500, gap=12)]
    assert f" {text} " in text_of(read_pdf(page))


def test_a_centred_row_of_stars_parts_scenes() -> None:
    page = [*lines(TALE[:1], indent=18), (190, 490, SIZE, "R", "* * *"), *lines(TALE[1:], top=475, indent=18)]
    assert text_of(read_pdf(page)).split("\n\n") == [TALE[0], "* * *", *TALE[1:]]


def test_a_wide_space_between_indented_paragraphs_parts_scenes() -> None:
    page = [*lines(TALE[:2], indent=18), *lines(TALE[1:], top=400, indent=18)]
    assert text_of(read_pdf(page)).split("\n\n") == [*TALE[:2], "* * *", *TALE[1:]]


def test_the_properties_fill_what_the_text_leaves_open() -> None:
    info = "/Title(Microsoft Word - The Lamp Room)/Author(Mary Kade)/CreationDate(D:20030502101112Z)"
    document = read_pdf(lines(TALE, gap=12), info=info)
    assert [document.first(label) for label in ("title", "author", "published")] == [
        *("The Lamp Room", "Mary Kade", "2003-05-02"),
    ]


def test_a_pdf_without_text_is_told_to_be_a_picture() -> None:
    with pytest.raises(ReadingError, match="a scanned PDF"):
        read("scan.pdf", pdf([]))


ENCRYPTED = "/Encrypt<</Filter/Standard/V 1/R 2/P -64/O<{0}>/U<{0}>>>/ID[<00><00>]".format("ab" * 32)


def test_a_pdf_with_a_password_is_refused_with_the_reason() -> None:
    with pytest.raises(ReadingError, match="encrypted with a password"):
        read("locked.pdf", pdf(list(lines(TALE)), extra=ENCRYPTED))


def test_a_damaged_pdf_is_refused_with_the_reason() -> None:
    with pytest.raises(ReadingError, match="damaged"):
        read("story.pdf", b"%PDF-1.4\nnothing at all")


def test_without_the_library_the_words_to_type_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_service, "find_spec", lambda name: None)
    with pytest.raises(ReadingError, match=r"pip install 'ficsearch\[formats\]'"):
        read("story.pdf", pdf(list(lines(TALE))))


def test_a_page_drawn_again_and_again_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of ten forms draws the next one thirty times: nothing but a limit ends that."""
    monkeypatch.setattr(pdf_service, "SECONDS", 0.3)
    drawn = "/X Do " * 30
    head = "/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
    forms = "".join(
        f"{n} 0 obj<<{head}/Resources<</XObject<</X {n + 1} 0 R>>>>/Length 180>>stream\n{drawn}\nendstream endobj\n"
        for n in range(20, 30)
    )
    data = pdf(list(lines(TALE))).replace(b"BT /R 12 Tf 40 550", b"/X Do BT /R 12 Tf ", 1)
    data = data.replace(b"/Resources<<", b"/Resources<</XObject<</X 20 0 R>>", 1)
    with pytest.raises(ReadingError, match="more time or memory"):
        read("story.pdf", data.replace(b"xref", forms.encode() + b"xref", 1))


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="Windows cannot stop a process for a while")
def test_a_process_that_does_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_service, "PATIENCE", 0.2)
    os.kill(pdf_service._process().pid, signal.SIGSTOP)
    with pytest.raises(ReadingError, match="more time or memory"):
        read("story.pdf", pdf(list(lines(TALE))))


def test_a_file_that_kills_the_library_is_a_reason_and_the_next_one_is_read() -> None:
    pdf_service._process().kill()
    with pytest.raises(ReadingError, match="more time or memory"):
        read("story.pdf", pdf(list(lines(TALE))))
    assert read_pdf(lines(TALE, gap=12)).chapters


def test_nothing_but_a_reading_error_comes_out_of_a_mutated_file() -> None:
    data = pdf([*lines(HEADER), *lines(TALE, top=450, gap=12)], list(lines(TALE)), info="/Title(T)")
    outcomes = set()
    for seed in range(60):
        try:
            outcomes.add(bool(read("story.pdf", mutated(data, seed))))
        except ReadingError:
            outcomes.add(False)
    assert outcomes == {True, False}


def test_what_was_skipped_for_want_of_a_library_is_read_once_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shelf").mkdir()
    (tmp_path / "shelf/tale.pdf").write_bytes(pdf(list(lines(TALE))))
    with Library.open(tmp_path / "index") as library:
        with monkeypatch.context() as without:
            without.setattr(pdf_service, "find_spec", lambda name: None)
            assert [s.path for s in library.index([tmp_path / "shelf"]).skipped] == ["tale.pdf"]
        report = library.index([tmp_path / "shelf"])
    assert (report.stories, report.skipped) == (1, [])


def test_what_a_browser_prints_around_a_page_is_not_of_it() -> None:
    said = [(LEFT, 590, SIZE, "R", "11/28/26, 7:12 PM The Lamp Room"), (LEFT, 20, SIZE, "R", "file:///home/a.html 1/1")]
    text = text_of(read_pdf([*said, *lines(TALE, gap=STEP)]))
    assert "11/28/26" not in text
    assert "file:" not in text
