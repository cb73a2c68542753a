"""Bytes of every age become text, and what had to be guessed is told."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.errors import ReadingError
from ficsearch.readers.encoding import decode

TEXT = "“It’s gone off,” said René – and then, because she’d made it: “Déjà.”\nMaud said nothing. It was… late.\n"
LATIN = "Señor Müller was très gêné, said René, and so was François.\nMaud said nothing.\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-32"), "utf-32-le"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.replace("\n", "\r\n").encode("cp1252"), "cp1252"),
        (TEXT.replace("\n", "\r").encode("utf-8"), "utf-8"),
    ],
)
def test_an_encoding_is_known_by_its_bytes(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text.lstrip("\ufeff"), decoded.encoding, decoded.problems) == (TEXT, encoding, ())


def test_latin_1_is_read_by_the_table_of_windows() -> None:
    assert decode(LATIN.encode("latin-1")).text == LATIN


def test_the_old_macintosh_is_known_by_its_line_ends_and_says_so() -> None:
    decoded = decode(TEXT.replace("\n", "\r").encode("mac_roman"))
    assert (decoded.text, decoded.problems) == (TEXT, ("read as MacRoman by its line ends",))


def test_the_macintosh_is_known_by_its_quotation_marks_too() -> None:
    decoded = decode((TEXT * 3).encode("mac_roman"))
    assert (decoded.text, decoded.problems) == (TEXT * 3, ("read as MacRoman by its quotation marks",))


def test_lone_carriage_returns_alone_do_not_make_a_macintosh_of_windows() -> None:
    assert decode(TEXT.replace("\n", "\r").encode("cp1252")).text == TEXT


def test_quoted_printable_mail_is_undone() -> None:
    data = b"He said=2C =93no=94=20\nand went on for a very long time without ever=\n stopping=85 once.\n"
    assert decode(data).text == "He said, “no” \nand went on for a very long time without ever stopping… once.\n"


@pytest.mark.parametrize("data", [b"E=mc2 and a=b\n", b"=====\nTitle\n=====\n", b"x =20 twenty\n"])
def test_equals_signs_alone_are_no_quoted_printable(data: bytes) -> None:
    assert decode(data).text == data.decode()


def test_mojibake_is_repaired_and_said_so() -> None:
    decoded = decode(TEXT.encode().decode("cp1252", "ignore").encode())
    assert decoded.text == TEXT
    assert decoded.problems == ("repaired text that had been decoded wrongly (’ had become â€™), first in line 1",)


@pytest.mark.parametrize("text", ["Â la carte, SÃO PAULO, Ãndale", "mañana", "â, Ê, Ô", "½ × 2"])
def test_letters_that_only_look_like_mojibake_stay(text: str) -> None:
    assert decode(text.encode()).text == text


def test_a_few_foreign_bytes_do_not_spoil_a_utf8_file() -> None:
    decoded = decode(("é" * 40).encode() + b" it\x92s \x93odd\x94")
    assert decoded.text == "é" * 40 + " it’s “odd”"
    assert decoded.problems == ("3 bytes are not UTF-8 and were read as Windows-1252, first in line 1",)


def test_a_file_cut_inside_a_character_is_still_utf8() -> None:
    decoded = decode(("é" * 40).encode()[:-1])
    assert decoded.text.startswith("é" * 39)
    assert decoded.problems == ("1 byte is not UTF-8 and was read as Windows-1252, first in line 1",)


def test_bytes_that_windows_does_not_know_become_what_latin_1_has_there() -> None:
    assert decode(b"caf\xe9 \x81\x8d ol\xe9").text == "café  olé"


def test_text_in_another_alphabet_is_told_to_be_a_guess() -> None:
    problems = decode("Все счастливые семьи похожи друг на друга".encode("cp1251")).problems
    assert problems == ("read as Windows-1252, though it hardly looks like it: the encoding is a guess",)


def test_characters_that_were_lost_before_are_counted() -> None:
    assert decode("It\ufffds \ufffdodd\ufffd".encode()).problems == (
        "3 characters were lost before (they are shown as \ufffd), first in line 1",
    )


def test_control_characters_vanish_and_page_ends_become_line_ends() -> None:
    rows = "Maud rows and rows. " * 10
    data = b"Ma\0ud\x07 rows.\x0cHenry\x1a does not.\r\r\nOh.\x7f"
    assert decode(rows.encode() + data).text == rows + "Maud rows.\nHenry does not.\nOh."
    assert decode((rows + data.decode()).encode("utf-16")).text == rows + "Maud rows.\nHenry does not.\nOh."


def test_hard_blanks_and_hidden_marks_become_plain() -> None:
    assert decode("a\xa0b\ufeffc\x85d\u2028e".encode()).text == "a bc\nd\ne"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\0\x01\x02\x03" * 500, b"ab\0\x03\x02" * 100])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError, match="not a text"):
        decode(data)


@pytest.mark.parametrize("data", [b"", b"\n \t\r\n", codecs.BOM_UTF8])
def test_nothing_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"empty|blanks"):
        decode(data)


@given(st.text(st.characters(codec="cp1252", exclude_categories=("Cc",)), min_size=1).filter(lambda t: not t.isspace()))
def test_utf8_goes_through_unchanged_but_for_blanks(text: str) -> None:
    story = text.replace("Ã", "A").replace("Â", "A").replace("â€", "a")
    assert decode(story.encode()).text == story.replace("\xa0", " ")


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        decoded = decode(data)
    except ReadingError:
        return
    assert "\r" not in decoded.text
    assert "\0" not in decoded.text
