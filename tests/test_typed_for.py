"""Text that was typed for a board or for Usenet: its tags, and its spoiler space."""

from __future__ import annotations

from ficsearch.readers.bbcode import without_bbcode
from ficsearch.readers.spoiler_space import without_spoiler_space


def test_the_tags_of_a_board_are_marks_of_emphasis_or_gone() -> None:
    typed = "[b]Title:[/b] Lantern\n[size=7][color=red]Not[/color][/size] [i]now[/i]."
    assert without_bbcode(typed) == "**Title:** Lantern\nNot *now*."


def test_brackets_of_an_author_who_typed_for_no_board_stay() -> None:
    assert without_bbcode("She took door [b], not [i].") == "She took door [b], not [i]."


def test_the_letters_of_a_spoiler_space_go_and_their_lines_stay() -> None:
    text = "Spoilers for Hush.\n\n" + "\n".join("SPOILER") + "\n\n" + "\n".join("SPACE") + "\n\nThe Deck\n"
    read = without_spoiler_space(text)
    assert read.split() == ["Spoilers", "for", "Hush.", "The", "Deck"]
    assert read.count("\n") == text.count("\n")


def test_letters_that_spell_something_else_are_story() -> None:
    text = "He spelt it.\n\n" + "\n".join("STOP") + "\n\nThe Deck\n"
    assert without_spoiler_space(text) == text


def test_a_long_row_of_tags_or_letters_takes_no_longer_than_its_length() -> None:
    assert without_bbcode("[/b][size=" * 100_000)
    assert without_spoiler_space("s\n" * 500_000)
