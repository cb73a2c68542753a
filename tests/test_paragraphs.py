"""Lines become paragraphs, whatever the wrapping."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.readers.paragraphs import paragraphs
from ficsearch.text import tokens

LONG = (
    "The rain had found the one hole in the roof of the boathouse, and it dripped on the oars, and on Maud, and on the "
    "cat, who had come in for shelter and stayed for the company, and would not be told that there was none."
)
SPEECH = (
    '"You could have said," said Maud, "that it leaks, because I should have brought the other bucket and a towel."'
)


@pytest.mark.parametrize("width", [55, 65, 72, 80, 0])
def test_wrapped_lines_are_joined(width: int) -> None:
    typed = "\n\n".join(textwrap.fill(p, width) if width else p for p in (LONG, SPEECH, LONG))
    assert paragraphs(typed) == [LONG, SPEECH, LONG]


def test_first_lines_that_are_indented_begin_paragraphs() -> None:
    typed = "\n".join(textwrap.fill(p, 70, initial_indent="   ") for p in (LONG, SPEECH) * 4)
    assert paragraphs(typed) == [LONG, SPEECH] * 4


def test_without_blank_lines_each_long_line_is_a_paragraph_and_a_gap_parts_scenes() -> None:
    assert paragraphs("\n".join([LONG, SPEECH, LONG] * 2) + "\n\n" + LONG) == [*[LONG, SPEECH, LONG] * 2, "* * *", LONG]


def test_short_speeches_without_blank_lines_are_paragraphs() -> None:
    assert paragraphs('"Hi," said Maud.\n"It leaks."\n"I know."') == ['"Hi," said Maud.', '"It leaks."', '"I know."']


@pytest.mark.parametrize(
    "rule",
    ["***", "* * *", "-----", "~~~~", "_____", "#", "<><><>", "oOoOo", "xXx", "-=-=-", "     *     ", "•", "........"],
)
def test_rules_of_all_kinds_are_scene_breaks(rule: str) -> None:
    assert paragraphs(f"{LONG}\n\n{rule}\n\n{LONG}") == [LONG, "* * *", LONG]


def test_a_rule_without_blank_lines_is_a_scene_break() -> None:
    wrapped = textwrap.fill(LONG, 70)
    assert paragraphs(f"{wrapped}\n*****\n{wrapped}\n{'-' * 60}\n{wrapped}") == [LONG, "* * *", LONG, "* * *", LONG]


@pytest.mark.parametrize("text", ["...", '"..."', "?", "Oh.", "I", "O", "X marks it", "1-2-3"])
def test_silence_and_short_words_are_no_scene_breaks(text: str) -> None:
    assert paragraphs(f"{LONG}\n\n{text}\n\n{LONG}") == [LONG, text, LONG]


def test_a_wider_gap_parts_scenes_where_gaps_are_single() -> None:
    assert paragraphs(f"{LONG}\n\n{SPEECH}\n\n\n{LONG}\n\n{SPEECH}") == [LONG, SPEECH, "* * *", LONG, SPEECH]


def test_double_gaps_everywhere_part_paragraphs_only() -> None:
    assert paragraphs("\n\n\n".join([LONG, SPEECH] * 3)) == [LONG, SPEECH] * 3


def test_a_still_wider_gap_parts_scenes_where_gaps_are_double() -> None:
    assert paragraphs("\n\n\n".join([LONG] * 6) + "\n\n\n\n\n" + SPEECH) == [*[LONG] * 6, "* * *", SPEECH]


def test_scene_breaks_at_the_ends_and_beside_each_other_say_nothing() -> None:
    assert paragraphs(f"***\n\n{LONG}\n\n***\n\n\n---\n\n{LONG}\n\n* * *\n") == [LONG, "* * *", LONG]


def test_lines_of_blanks_are_blank_lines() -> None:
    assert paragraphs(f"{LONG}\n   \n{SPEECH}\n\t\n{LONG}") == [LONG, SPEECH, LONG]


def test_verse_keeps_its_lines_and_its_shape() -> None:
    verse = "    The roof lets in the rain,\n      the rain lets in the cold,\n    and nobody says plain."
    assert paragraphs(f"{LONG}\n\n{verse}\n\n{LONG}") == [LONG, verse, LONG]


def test_short_lines_without_indentation_are_verse() -> None:
    verse = "The roof lets in the rain,\nthe rain lets in the cold,\nand nobody says plain\nwhat everybody told."
    assert paragraphs(f"{LONG}\n\n{verse}\n\n{LONG}")[1] == "\n".join("    " + line for line in verse.split("\n"))


def test_a_letter_that_is_indented_and_wrapped_is_prose() -> None:
    letter = textwrap.indent(textwrap.fill(LONG, 66), "    ")
    assert paragraphs(f"{textwrap.fill(SPEECH, 72)}\n\n{letter}\n\n{textwrap.fill(SPEECH, 72)}") == [
        SPEECH,
        LONG,
        SPEECH,
    ]


def test_whoever_speaks_in_a_play_gets_a_paragraph() -> None:
    play = "MAUD: It leaks, and I should have brought the other bucket and a towel.\nHENRY: It does not.\nMAUD: Well."
    assert paragraphs(play) == play.split("\n")


@pytest.mark.parametrize(
    ("typed", "read"), [("a well-\nknown leak", "a well-known"), ("a leak--\nand", "a leak--and"), ("a -\nb", "a - b")]
)
def test_a_hyphen_at_the_end_of_a_line_stays_one(typed: str, read: str) -> None:
    before = "x" * 60 + " "
    assert paragraphs(before + typed + " " + "y" * 60)[0].startswith(before + read)


def test_emphasis_is_kept_as_it_is() -> None:
    assert paragraphs("It was _very_ *very* late.") == ["It was _very_ *very* late."]


def test_doubled_stars_become_the_single_ones_of_strong() -> None:
    assert paragraphs("It was **very** late.\n\n****\n\nOh.") == ["It was *very* late.", "* * *", "Oh."]


def test_of_nothing_there_are_none() -> None:
    assert paragraphs("\n \n") == []


LINES = st.lists(
    st.sampled_from(
        ["", "", "rain", LONG, LONG[:70], "  oar", "    lake", "MAUD: Well.", '"No."', "well-", "\t", "Oh."]
    )
)


@given(LINES)
@settings(max_examples=150)
def test_every_word_is_kept_in_its_order(lines: list[str]) -> None:
    typed = "\n".join(lines)
    found = paragraphs(typed)
    assert tokens("\n\n".join(found)) == tokens(typed)
    assert all(p.strip() and "\n\n" not in p for p in found)
    assert all(line.startswith("    ") for p in found if "\n" in p for line in p.split("\n"))


def test_a_line_of_nothing_but_a_hard_blank_is_no_obstacle() -> None:
    wrapped = "The rain had found the one hole in the roof, and it dripped."
    typed = f"{wrapped}\n\n    Maud laughed.\n    \N{NO-BREAK SPACE}\n    The cat did not.\n    It sat.\n\n{wrapped}"
    assert tokens(" ".join(paragraphs(typed)[1:-1])) == ["maud", "laughed", "the", "cat", "did", "not", "it", "sat"]
