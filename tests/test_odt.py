"""ODT: the text of LibreOffice in its zipped and its flat form."""

from __future__ import annotations

import pytest

from documents import FIRST, HEADER, SECOND, odt, read_one, survives, survives_inside, text_of, unzipped, zipped
from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.story import Document

STYLES = """
<style:style style:name="T1"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T3"><style:text-properties text:display="none"/></style:style>
<style:style style:name="T4"><style:text-properties fo:font-style="normal"/></style:style>
<style:style style:name="P1" style:parent-style-name="Title"/>
<style:style style:name="P2" style:parent-style-name="Horizontal_20_Line"/>
<style:style style:name="P3"><style:text-properties fo:font-style="italic"/></style:style>
"""


def read_odt(*body: str, **options: str) -> Document:
    return read_one("story.odt", odt(*body, styles=STYLES, **options))


def p(inside: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{inside}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def test_the_header_is_read_by_its_labels_and_is_no_story() -> None:
    document = read_odt(*HEADER, FIRST, SECOND)
    assert (document.first("title"), document.first("rating")) == ("The Lamp Room", "R for language")
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"
    assert (document.format, document.problems) == ("odt", ())


def test_headings_are_chapters_and_the_title_is_none() -> None:
    document = read_odt(p("The Lamp Room", "P1"), "by Mary Kade", h("Up"), FIRST * 3, h("Down"), SECOND * 3)
    assert [(c.title, c.text) for c in document.chapters] == [("Up", FIRST * 3), ("Down", SECOND * 3)]
    assert (document.first("title"), document.first("author")) == ("The Lamp Room", "Mary Kade")


def test_emphasis_is_kept_in_spans_and_in_whole_paragraphs() -> None:
    span = '<text:span text:style-name="{}">{}</text:span>'.format
    body = p(f"She {span('T1', 'did')} go {span('T2', 'up')}.")
    whole = p(f"All of it {span('T4', 'but this')} it was.", "P3")
    assert text_of(read_odt(body, whole, FIRST)).startswith("She _did_ go *up*.\n\n_All of it_ but this _it was._")


def test_blanks_tabs_and_soft_line_ends_are_elements() -> None:
    lines = "<text:line-break/>".join(line.replace(": ", ":<text:tab/>") for line in HEADER)
    document = read_odt(p(lines), p('Two<text:s text:c="2"/>blanks here, and not more than one of them stays.'), FIRST)
    assert document.first("author") == "Mary Kade"
    assert text_of(document).startswith("Two blanks here")


@pytest.mark.parametrize(
    "decoy",
    [
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>decoyword</text:p></text:note-body></text:note>",
        "<office:annotation><text:p>decoyword</text:p></office:annotation>",
        '<text:span text:style-name="T3">decoyword</text:span>',
        "<text:page-number>12</text:page-number>",
        "<text:hidden-text>decoyword</text:hidden-text>",
    ],
    ids=["footnote", "comment", "hidden", "page number", "hidden field"],
)
def test_what_is_not_in_the_line_of_the_text_is_no_story(decoy: str) -> None:
    assert text_of(read_odt(p(FIRST + decoy), SECOND)) == f"{FIRST}\n\n{SECOND}"


@pytest.mark.parametrize(
    "decoy",
    [
        "<text:tracked-changes><text:deletion><text:p>decoyword</text:p></text:deletion></text:tracked-changes>",
        "<text:table-of-content><text:p>decoyword 1</text:p></text:table-of-content>",
        '<text:section text:display="none"><text:p>decoyword</text:p></text:section>',
    ],
    ids=["deleted", "contents", "hidden section"],
)
def test_what_was_deleted_or_made_by_the_program_is_no_story(decoy: str) -> None:
    assert text_of(read_odt(decoy, FIRST, SECOND)) == f"{FIRST}\n\n{SECOND}"


def test_a_horizontal_line_parts_scenes_and_lists_are_paragraphs() -> None:
    items = "".join(f"<text:list-item>{p(text)}</text:list-item>" for text in ("One cup.", "Two cups."))
    document = read_odt(FIRST, p("", "P2"), SECOND, f"<text:list>{items}</text:list>")
    assert text_of(document).split("\n\n")[1:] == ["* * *", SECOND, "One cup.", "Two cups."]


def test_a_section_and_a_box_of_text_are_story() -> None:
    box = f"<draw:frame><draw:text-box>{p('In the box.')}</draw:text-box></draw:frame>"
    document = read_odt(f"<text:section>{p(FIRST + box)}</text:section>", SECOND)
    assert text_of(document) == f"{FIRST}\n\nIn the box.\n\n{SECOND}"


def test_a_box_in_a_box_is_read_once_however_deep_it_stands() -> None:
    nested = "In the box."
    for _ in range(40):
        nested = f"<draw:frame><draw:text-box>{p(nested)}</draw:text-box></draw:frame>"
    assert text_of(read_odt(p(nested), SECOND)) == f"In the box.\n\n{SECOND}"


def test_the_properties_fill_what_the_text_leaves_open() -> None:
    meta = (
        "<dc:title>The Lamp Room</dc:title><meta:initial-creator>Mary Kade</meta:initial-creator>"
        "<dc:creator>Beta</dc:creator><meta:keyword>lighthouse</meta:keyword><meta:keyword>fog</meta:keyword>"
        "<dc:language>fr-FR</dc:language><meta:creation-date>2003-05-02T10:00:00</meta:creation-date>"
    )
    document = read_odt("Rating: PG", "Author: R. Penhallow", FIRST, SECOND, meta=meta)
    assert (document.values("title"), document.values("author")) == (("The Lamp Room",), ("R. Penhallow",))
    assert document.values("keywords") == ("lighthouse", "fog")
    assert (document.first("published"), document.first("language")) == ("2003-05-02", "fr-FR")


def test_a_flat_document_is_read_like_a_zipped_one() -> None:
    content = unzipped(odt(*HEADER, FIRST, SECOND))["content.xml"].decode()
    kind = 'office:mimetype="application/vnd.oasis.opendocument.text"'
    flat = content.replace("<office:document-content", f"<office:document {kind}")
    flat = flat.replace("</office:document-content", "</office:document")
    document = read_one("story.fodt", flat.encode())
    assert (document.first("title"), text_of(document)) == ("The Lamp Room", f"{FIRST}\n\n{SECOND}")


def test_a_document_with_a_password_is_refused_with_the_reason() -> None:
    with pytest.raises(ReadingError, match="encrypted with a password"):
        read("story.odt", odt(FIRST, manifest="<manifest:encryption-data/>"))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (odt(FIRST)[:-30], "broken or cut off"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "cannot be found"),
    ],
)
def test_a_damaged_document_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read("story.odt", data)


def test_nothing_but_a_reading_error_comes_out_of_a_mutated_document() -> None:
    body = (h("Up"), p(f"{FIRST}<text:s/>"), p("", "P2"), SECOND)
    data = odt(*HEADER, *body, styles=STYLES, meta="<dc:title>T</dc:title>")
    survives("story.odt", data, 150)
    survives_inside("story.odt", unzipped(data), 60)
