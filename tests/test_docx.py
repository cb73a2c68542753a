"""DOCX: what Word shows is read, what it remembers is not."""

from __future__ import annotations

import textwrap

import pytest

from documents import (
    FIRST,
    HEADER,
    SECOND,
    docx,
    read_one,
    survives,
    survives_inside,
    text_of,
    unzipped,
    w_p,
    w_r,
    zipped,
)
from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.story import Document

HEADINGS = """<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My chapter"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Thought"><w:name w:val="Thought"/><w:rPr><w:i/></w:rPr></w:style>"""


def read_docx(*body: str, **options: str) -> Document:
    return read_one("story.docx", docx(*body, **options))


def test_the_header_is_read_by_its_labels_and_is_no_story() -> None:
    document = read_docx(*HEADER, FIRST, SECOND)
    assert [document.first(label) for label in ("title", "author", "rating")] == [
        *("The Lamp Room", "Mary Kade", "R for language"),
    ]
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"
    assert (document.format, document.problems) == ("docx", ())


def test_a_header_in_one_paragraph_with_soft_line_ends_is_read_too() -> None:
    lines = "<w:r><w:br/></w:r>".join(w_r(line) for line in HEADER)
    assert read_docx(w_p(lines), FIRST, SECOND).first("fandom") == "Buffy the Vampire Slayer"


def test_a_header_in_a_table_is_read_too() -> None:
    rows = "".join(
        f"<w:tr><w:tc>{w_p(label)}</w:tc><w:tc>{w_p(value)}</w:tc></w:tr>"
        for label, value in (line.split(": ") for line in HEADER)
    )
    document = read_docx(f"<w:tbl>{rows}</w:tbl>", FIRST, SECOND)
    assert (document.first("title"), document.first("rating")) == ("The Lamp Room", "R for language")
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"


def test_headings_are_chapters_whatever_their_style_is_based_on() -> None:
    body = (w_p("The Lamp Room", style="Title"), "by Mary Kade", w_p("Up", style="H1"), FIRST * 3)
    document = read_docx(*body, w_p("Down", style="Mine"), SECOND * 3, styles=HEADINGS)
    assert [(c.title, c.text) for c in document.chapters] == [("Up", FIRST * 3), ("Down", SECOND * 3)]
    assert (document.first("title"), document.first("author")) == ("The Lamp Room", "Mary Kade")


def test_emphasis_is_kept_by_run_and_by_style_and_a_switch_may_be_off() -> None:
    document = read_docx(
        w_p(
            w_r("She "),
            w_r("did", "<w:i/>"),
            w_r(" go "),
            w_r("up", '<w:b w:val="1"/>'),
            w_r(" there, ", '<w:i w:val="0"/>'),
        ),
        w_p(w_r("Why", '<w:rStyle w:val="Thought"/>'), w_r(" indeed.")),
        FIRST,
        styles=HEADINGS,
    )
    assert text_of(document).startswith("She _did_ go *up* there,\n\n_Why_ indeed.")


@pytest.mark.parametrize(
    "decoy",
    [
        f"<w:del>{w_r('decoyword')}</w:del>",
        "<w:del><w:r><w:delText>decoyword</w:delText></w:r></w:del>",
        f"<w:moveFrom>{w_r('decoyword')}</w:moveFrom>",
        w_r("decoyword", "<w:vanish/>"),
        "<w:r><w:instrText>decoyword</w:instrText></w:r>",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:commentReference w:id="2"/></w:r>',
    ],
    ids=["deleted run", "deleted text", "moved away", "hidden", "code of a field", "footnote", "comment"],
)
def test_what_word_only_remembers_is_no_story(decoy: str) -> None:
    notes = {"word/footnotes.xml": "<x>decoyword</x>", "word/comments.xml": "<x>decoyword</x>"}
    assert text_of(read_docx(w_p(FIRST, decoy), SECOND, **notes)) == f"{FIRST}\n\n{SECOND}"


def test_inserted_text_links_and_fields_are_story() -> None:
    parts = (
        f"<w:ins>{w_r('One ')}</w:ins>",
        f"<w:hyperlink>{w_r('two ')}</w:hyperlink>",
        f"<w:fldSimple>{w_r('three ')}</w:fldSimple>",
    )
    assert text_of(read_docx(w_p(*parts, "four."), FIRST)) == f"One two three four.\n\n{FIRST}"


def test_a_table_of_contents_is_no_story() -> None:
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    kept_up = f"<w:sdt>{gallery}<w:sdtContent>{w_p('decoyword 1')}</w:sdtContent></w:sdt>"
    document = read_docx(kept_up, w_p("decoyword 2", style="TOC1"), FIRST, SECOND, styles=HEADINGS)
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"


def test_a_drawn_line_and_a_line_of_stars_part_scenes() -> None:
    line = '<w:p><w:pPr><w:pBdr><w:bottom w:val="single"/></w:pBdr></w:pPr></w:p>'
    assert text_of(read_docx(FIRST, line, SECOND, "***", FIRST)).split("\n\n")[1::2] == ["* * *", "* * *"]


def test_a_box_of_text_is_read_once() -> None:
    box = f"<w:txbxContent>{w_p('In the box.')}</w:txbxContent>"
    both = (
        f"<w:r><w:AlternateContent><w:Choice>{box}</w:Choice><w:Fallback>{box}</w:Fallback></w:AlternateContent></w:r>"
    )
    assert text_of(read_docx(w_p(FIRST, both), SECOND)) == f"{FIRST}\n\nIn the box.\n\n{SECOND}"


def test_a_box_in_a_box_is_read_once_however_deep_it_stands() -> None:
    nested = "In the box."
    for _ in range(40):
        nested = f"<w:p><w:r><w:txbxContent>{w_p(nested) if nested[0] != '<' else nested}</w:txbxContent></w:r></w:p>"
    assert text_of(read_docx(w_p(FIRST), nested, SECOND)) == f"{FIRST}\n\nIn the box.\n\n{SECOND}"


def test_the_properties_fill_what_the_text_leaves_open() -> None:
    core = (
        "<dc:title>The Lamp Room</dc:title><dc:creator>Mary Kade</dc:creator><cp:keywords>lighthouse</cp:keywords>"
        "<dc:description>Up and down.</dc:description><dcterms:created>2003-05-02T10:00:00Z</dcterms:created>"
    )
    document = read_docx("Title: Another Room", "Rating: PG", FIRST, SECOND, core=core)
    assert document.values("title") == ("Another Room",)
    assert document.values("author") == ("Mary Kade",)
    assert [document.first(label) for label in ("keywords", "summary", "published")] == [
        *("lighthouse", "Up and down.", "2003-05-02"),
    ]


@pytest.mark.parametrize(
    "core",
    ["<dc:creator>Owner</dc:creator>", "<dc:title>Document1</dc:title>", "<dc:title>lamp_room.doc</dc:title>",
     "<dc:language>en-US</dc:language>", "<dc:description>generated by python-docx</dc:description>"],
)  # fmt: skip
def test_what_a_program_filled_in_by_itself_is_no_claim(core: str) -> None:
    assert read_docx(FIRST, SECOND, core=core).claims == ()


def test_a_work_of_the_archive_saved_again_keeps_its_preface_apart() -> None:
    url = "https://archiveofourown.example/works/1"
    preface = (
        f"The Lamp Room Posted originally on the Archive of Our Own at {url}.",
        "Rating:",
        "Mature",
        "Fandom:",
        "Firefly",
    )
    above = (
        *preface,
        w_p("The Lamp Room", style="H1"),
        "by Mary Kade, lacewing",
        "Summary",
        "Up.",
        "Notes",
        "Not beta’d.",
    )
    chapter = (w_p("Up", style="H1"), "Chapter Notes", "She comes down later.", FIRST * 3)
    last = (w_p("Down", style="H1"), SECOND * 3, "End Notes", "So there.")
    document = read_docx(*above, *chapter, *last, styles=HEADINGS)
    assert [(c.title, c.text) for c in document.chapters] == [("Up", FIRST * 3), ("Down", SECOND * 3)]
    assert document.values("author") == ("Mary Kade", "lacewing")
    labels = ("title", "rating", "fandom", "summary", "source_url", "endnotes")
    assert [document.first(label) for label in labels] == [
        "The Lamp Room",
        "Mature",
        "Firefly",
        "Up.",
        url,
        "So there.",
    ]
    assert document.values("notes") == ("Not beta’d.", "She comes down later.")


def test_a_table_of_many_cells_is_read() -> None:
    rows = "".join(f"<w:tr><w:tc>{w_p('cup')}</w:tc></w:tr>" for _ in range(20_000))
    assert len(text_of(read_docx(f"<w:tbl>{rows}</w:tbl>")).split("\n\n")) == 20_000


def test_lines_pasted_one_by_one_are_paragraphs_again() -> None:
    texts = (" ".join([FIRST, SECOND] * 4 + ["So it was."]), f"{SECOND} {FIRST} {SECOND}")
    typed = [textwrap.wrap(text, 72) for text in texts]
    document = read_docx(*(line for paragraph in typed for line in paragraph))
    assert text_of(document).split("\n\n") == [" ".join(paragraph) for paragraph in typed]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (docx(FIRST)[:-30], "broken or cut off"),
        (zipped({"word/document.xml": "<w/>"}), "its text cannot be found"),
        (zipped({"word/document.xml": ""}), "its text cannot be found"),
    ],
)
def test_a_damaged_document_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read("story.docx", data)


def test_damaged_xml_is_read_as_far_as_it_goes_and_told() -> None:
    data = docx(FIRST, SECOND, FIRST)
    cut = unzipped(data)["word/document.xml"].replace(b"</w:t></w:r></w:p><w:sectPr/>", b"")
    document = read_one("story.docx", zipped({"word/document.xml": cut[:-40]}))
    assert FIRST in text_of(document)
    assert "damaged" in document.problems[0]


def test_an_entity_is_never_expanded_or_fetched() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "ha"><!ENTITY f SYSTEM "file:///etc/hostname">{laughs}]>'
    text = unzipped(docx(FIRST, "Beta &l11; &f; gamma.", SECOND))["word/document.xml"].decode()
    document = read_one("story.docx", zipped({"word/document.xml": dtd + text.replace("&amp;", "&")}))
    assert len(text_of(document)) < 1_000


def test_nothing_but_a_reading_error_comes_out_of_a_mutated_document() -> None:
    data = docx(
        *HEADER, w_p(FIRST, w_r("x", "<w:i/>"), style="H1"), SECOND, styles=HEADINGS, core="<dc:title>T</dc:title>"
    )
    survives("story.docx", data, 150)
    survives_inside("story.docx", unzipped(data), 60)
