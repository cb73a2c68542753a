"""RTF: the words of a story out of a stream of commands."""

from __future__ import annotations

import pytest

from documents import FIRST, HEADER, SECOND, read_one, rtf, survives, text_of
from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.story import Document


def read_rtf(*paragraphs: str, **options: str) -> Document:
    return read_one("story.rtf", rtf(*paragraphs, **options))


def paragraph(words: str) -> str:
    """The text of one paragraph in these commands."""
    return text_of(read_rtf(words, FIRST)).split("\n\n")[0]


def test_the_header_is_read_by_its_labels_and_is_no_story() -> None:
    document = read_rtf(*HEADER, "", FIRST, SECOND)
    assert (document.first("title"), document.first("rating")) == ("The Lamp Room", "R for language")
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"
    assert (document.format, document.problems) == ("rtf", ())


def test_a_header_with_soft_line_ends_and_tabs_is_read_too() -> None:
    lines = "\\line ".join(line.replace(": ", ":\\tab ") for line in HEADER)
    assert read_rtf(lines, FIRST, SECOND).first("author") == "Mary Kade"


@pytest.mark.parametrize(
    ("commands", "text"),
    [
        ("{\\i did} go {\\b up}.", "_did_ go *up*."),
        ("\\i did\\i0  go \\b up\\b0 .", "_did_ go *up*."),
        ("Don\\'92t, na\\'efve", "Don’t, naïve"),
        ("\\ldblquote Come,\\rdblquote  she\\emdash he\\endash I\\rquote d", "“Come,” she—he–I’d"),
        ("Don\\u8217\\'92t \\u8216?x\\u8217?", "Don’t ‘x’"),
        ("{\\uc2\\u8220\\'81\\'67so\\u8221\\'81\\'68}", "“so”"),
        ("{\\uc0\\u8220 so\\u8221 }", "“so”"),
        ("smile \\u-10179?\\u-8704?", "smile 😀"),
        ("a\\~b well\\_known hap\\-pened \\{x\\} a\\\\b", "a b well-known happened {x} a\\b"),
        ("over the line\r\n's end, and\\\nafter it", "over the line's end, and"),
        ("the f{\\*\\unknown decoyword}inal{\\pict\\pngblip 89504e47} word", "the final word"),
        ("hid{\\v decoyword}den and {\\deleted decoyword}deleted", "hidden and deleted"),
        ("a note{\\footnote decoyword}{\\*\\annotation decoyword} here", "a note here"),
        ('{\\field{\\*\\fldinst HYPERLINK "decoyword"}{\\fldrslt a link}} here', "a link here"),
        ("raw \\bin4 {\\\\}\\u8230? bytes", "raw … bytes"),
    ],
)  # fmt: skip
def test_a_command_is_what_it_means(commands: str, text: str) -> None:
    assert paragraph(commands) == text


@pytest.mark.parametrize(
    ("head", "commands", "text"),
    [
        ("\\ansicpg1251 ", "\\'d1\\'e2\\'e5\\'f2", "Свет"),
        ("{\\fonttbl{\\f1\\fcharset204 Times;}}", "{\\f1 \\'d1\\'e2\\'e5\\'f2} and caf\\'e9", "Свет and café"),
        ("{\\fonttbl{\\f1\\fcharset128 Mincho;}}", "{\\f1 \\'8c\\'f5}", "光"),
        ("\\mac ", "caf\\'8e", "café"),
        ("\\ansicpg65001 ", "caf\\'c3\\'a9", "café"),
        ("\\ansicpg99999 ", "caf\\'e9", "café"),
    ],
    ids=["Cyrillic", "by font", "two bytes", "Macintosh", "UTF-8", "unknown"],
)
def test_bytes_are_read_in_their_code_page(head: str, commands: str, text: str) -> None:
    assert text_of(read_rtf(commands, FIRST, head=head)).split("\n\n")[0] == text


def test_headings_are_chapters_by_style_or_by_level() -> None:
    head = "{\\stylesheet{\\s0 Normal;}{\\s1\\b heading 1;}{\\*\\cs2 heading 3 Char;}}"
    up, down = "\\pard\\s1 Up", "\\pard\\outlinelevel0 Down"
    document = read_rtf(*HEADER, up, f"\\pard {FIRST * 3}", down, f"\\pard {SECOND * 3}", head=head)
    assert [(c.title, c.text) for c in document.chapters] == [("Up", FIRST * 3), ("Down", SECOND * 3)]


def test_a_table_is_read_cell_by_cell_and_a_label_goes_with_its_value() -> None:
    rows = "".join(
        f"\\trowd\\pard\\intbl {label}\\cell {value}\\cell\\row " for label, value in (h.split(": ") for h in HEADER)
    )
    document = read_rtf(f"{rows}\\pard {FIRST}", SECOND)
    assert (document.first("title"), document.first("author")) == ("The Lamp Room", "Mary Kade")
    assert text_of(document) == f"{FIRST}\n\n{SECOND}"


def test_heads_feet_and_lists_of_the_file_are_no_story() -> None:
    head = "{\\header decoyword\\par}{\\footerl decoyword}{\\*\\generator decoyword;}{\\colortbl;\\red0;}"
    assert text_of(read_rtf("{\\listtext 1.\\tab}The first.", FIRST, head=head)) == f"The first.\n\n{FIRST}"


def test_a_bordered_empty_paragraph_parts_scenes() -> None:
    assert text_of(read_rtf(FIRST, "\\pard\\brdrb\\brdrs ", f"\\pard {SECOND}")) == f"{FIRST}\n\n* * *\n\n{SECOND}"


def test_the_properties_fill_what_the_text_leaves_open() -> None:
    info = (
        "{\\info{\\title The Lamp Room}{\\author Mary Kade}{\\*\\company decoyword}{\\doccomm Up and down.}"
        "{\\creatim\\yr2003\\mo5\\dy2\\hr10}{\\revtim\\yr0\\mo0\\dy0}}"
    )
    document = read_rtf("Author: R. Penhallow", "Rating: PG", FIRST, SECOND, info=info)
    assert (document.values("title"), document.values("author")) == (("The Lamp Room",), ("R. Penhallow",))
    assert (document.first("summary"), document.first("published")) == ("Up and down.", "2003-05-02")
    assert document.first("updated") is None


def test_a_file_that_is_cut_off_is_read_and_told() -> None:
    document = read_one("story.rtf", rtf(FIRST, SECOND)[:-20])
    assert text_of(document).startswith(FIRST)
    assert "cut off" in document.problems[0]


def test_groups_without_end_are_refused() -> None:
    with pytest.raises(ReadingError, match="nested deeper"):
        read("story.rtf", b"{\\rtf1 " + b"{" * 1_000_000)


def test_nothing_but_a_reading_error_comes_out_of_a_mutated_file() -> None:
    head = "{\\stylesheet{\\s1 heading 1;}}{\\fonttbl{\\f1\\fcharset128 Mincho;}}"
    body = ("{\\i did} \\u8217\\'92t", "{\\f1 \\'8c\\'f5}", "\\trowd\\intbl a\\cell b\\cell\\row \\pard", "\\s1 Up")
    survives("story.rtf", rtf(*HEADER, *body, FIRST, head=head, info="{\\info{\\title T}}"), 300)


def test_what_stands_two_tabs_in_goes_on_with_the_value_above() -> None:
    header = ["{\\b SUMMARY:}\\tab A wall, a light", "\\tab\\tab on the other side."]
    document = read_rtf("The Wall", "by Sorrel", "{\\b RATING:}\\tab PG", *header, "", FIRST, SECOND)
    assert document.first("summary") == "A wall, a light on the other side."
