"""FB2: sections are chapters, the description fills what no header says, notes are no story."""

from __future__ import annotations

import pytest

from documents import FIRST, HEADER, SECOND, fb2, read_one, survives, text_of, zipped
from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.story import Document

INFO = """<genre>sf_fantasy</genre><author><first-name>Mary</first-name><last-name>Kade</last-name></author>
<author><nickname>lacewing</nickname></author><book-title>The Lamp Room</book-title>
<annotation><p>Up and <emphasis>down</emphasis>.</p></annotation><keywords>lighthouse, fog</keywords>
<date value="2003-05-02">May 2003</date><lang>en</lang><sequence name="Lantern Years" number="2"/>"""


def section(title: str, *paragraphs: str) -> str:
    """A section; a paragraph that is no element is the text of one."""
    titled = f"<title><p>{title}</p></title>" if title else ""
    return f"<section>{titled}{''.join(p if p.startswith('<') else f'<p>{p}</p>' for p in paragraphs)}</section>"


def read_fb2(*body: str, **options: str) -> Document:
    return read_one("book.fb2", fb2(*body, **options))


def test_sections_are_chapters_with_their_titles() -> None:
    document = read_fb2("<title><p>The Lamp Room</p></title>", section("Up", FIRST), section("Down", SECOND), info=INFO)
    assert [(c.title, c.text) for c in document.chapters] == [("Up", FIRST), ("Down", SECOND)]
    assert (document.format, document.problems) == ("fb2", ())


def test_a_title_without_text_stands_before_that_of_the_section_inside() -> None:
    book = f"<section><title><p>Book One</p></title>{section('Up', FIRST)}{section('Down', SECOND)}</section>"
    assert [c.title for c in read_fb2(book).chapters] == ["Book One, Up", "Down"]


def test_a_title_in_two_lines_is_one() -> None:
    assert read_fb2(section("Chapter 1</p><p>The Ladder", FIRST), section("2", SECOND)).chapters[0].title == (
        "Chapter 1: The Ladder"
    )


def test_the_description_claims_what_it_says_of_the_work() -> None:
    document = read_fb2(section("", FIRST), info=INFO)
    assert document.values("author") == ("Mary Kade", "lacewing")
    labels = ("title", "summary", "keywords", "published", "language", "series", "genre")
    assert {label: document.first(label) for label in labels} == {
        "title": "The Lamp Room",
        "summary": "Up and down.",
        "keywords": "lighthouse, fog",
        "published": "2003-05-02",
        "language": "en",
        "series": "Part 2 of Lantern Years",
        "genre": "sf fantasy",
    }


def test_a_header_typed_above_the_text_comes_first() -> None:
    document = read_fb2(section("", *HEADER, FIRST), section("Down", SECOND), info="<book-title>Another</book-title>")
    assert (document.values("title"), document.first("rating")) == (("The Lamp Room",), "R for language")
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"


def test_notes_and_pictures_are_no_story() -> None:
    body = section("", f'{FIRST}<a type="note" l:href="#n1">decoyword</a>', '<image l:href="#c.jpg"/>', SECOND)
    document = read_fb2(body, notes='<body name="notes"><section><p>decoyword</p></section></body>')
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"


def test_emphasis_verse_quotations_and_empty_lines_are_kept() -> None:
    poem = "<poem><stanza><v>Round and round</v><v>the light went</v></stanza></poem>"
    body = section(
        "", "She <emphasis>did</emphasis> go <strong>up</strong>.", FIRST, poem, "<empty-line/>", SECOND, FIRST, SECOND
    )
    assert text_of(read_fb2(body)).split("\n\n")[:5] == [
        *("She _did_ go *up*.", FIRST, "    Round and round\n    the light went", "* * *", SECOND),
    ]


def test_empty_lines_between_all_paragraphs_part_no_scenes() -> None:
    assert "* * *" not in text_of(read_fb2(section("", FIRST, "<empty-line/>", SECOND, "<empty-line/>", FIRST)))


def test_a_book_in_windows_1251_is_read_by_its_declaration() -> None:
    sections = section("Глава 1", "Свет ходил по кругу."), section("Глава 2", "Дверь была открыта.")
    document = read_fb2(*sections, encoding="windows-1251")
    assert (document.chapters[0].title, document.chapters[0].text) == ("Глава 1", "Свет ходил по кругу.")


def test_a_zipped_book_is_read_and_says_where_it_stood() -> None:
    document = read_one("book.fb2.zip", zipped({"book.fb2": fb2(section("", FIRST), info=INFO)}))
    assert (document.first("title"), document.member, document.format) == ("The Lamp Room", "book.fb2", "fb2")


def test_a_book_without_a_body_is_refused() -> None:
    with pytest.raises(ReadingError, match="no body"):
        read("book.fb2", b"<FictionBook><description/></FictionBook>")


def test_an_entity_is_never_expanded() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE FictionBook [<!ENTITY l0 "ha">{laughs}]>'
    data = f"{dtd}<FictionBook><body><section><p>{FIRST}</p><p>Beta &l11;</p></section></body></FictionBook>"
    assert len(text_of(read_one("book.fb2", data.encode()))) < 1_000


def test_nothing_but_a_reading_error_comes_out_of_a_mutated_book() -> None:
    survives("book.fb2", fb2(section("Up", *HEADER, FIRST), section("Down", SECOND), info=INFO), 250)
