"""What stands below the labels of a header and is not yet the story."""

from __future__ import annotations

import pytest

from ficsearch.packs import Packs
from ficsearch.readers.headers import find_header
from ficsearch.spoilers import read_scope

HEADER = "Fandom: Firefly\nRating: R\n\n"
STORY = "\n\nThe ship had been dark for an hour, and nobody had said so."


def _claims(text: str) -> dict[str, str]:
    header = find_header(text.split("\n"))
    assert header is not None
    return {claim.label: claim.value for claim in header.claims}


def test_a_title_and_by_line_below_the_labels_are_the_headers() -> None:
    claims = _claims(f"{HEADER}Ballast\nby Torvald{STORY}")
    assert (claims["title"], claims["author"]) == ("Ballast", "Torvald")


def test_prose_that_begins_like_a_by_line_is_story() -> None:
    claims = _claims(f"{HEADER}By the river the grass was wet,\nand nobody had walked there.{STORY}")
    assert "author" not in claims


def test_what_an_author_says_above_a_rule_is_no_story() -> None:
    header = find_header(f"{HEADER}Not true. Never happened.\n\nThanks to Lise.\n\n* * *{STORY}".split("\n"))
    assert header is not None
    assert {claim.label for claim in header.claims} >= {"disclaimer", "dedication"}
    assert "\n".join(
        f"{HEADER}Not true. Never happened.\n\nThanks to Lise.\n\n* * *{STORY}".split("\n")[header.end :]
    ) == (STORY.removeprefix("\n"))


CODED = 'PG-13, Mal/Inara. Spoilers through "Safe." Not mine. Thanks to Nell\nfor the beta, and for the soup.'


def test_a_paragraph_that_begins_with_codes_is_no_story_even_without_a_rule() -> None:
    lines = f"Ballast\nby Torvald\n\n{CODED}{STORY}".split("\n")
    header = find_header(lines)
    assert header is not None
    claims = {claim.label: claim.value for claim in header.claims}
    assert (claims["rating"], claims["pairing"]) == ("PG-13", "Mal/Inara")
    assert claims["spoilers"] == 'Spoilers through "Safe."'
    assert "\n".join(lines[header.end :]).strip() == STORY.strip()


def test_the_same_words_without_a_rule_are_story() -> None:
    assert "dedication" not in _claims(f"{HEADER}Thanks to Lise they were late.{STORY}")


def test_tags_behind_a_title_are_read() -> None:
    claims = _claims(f"Laundry Day [Supernatural, gen, NC-17]\nby saltline\n\nSummary: A sock.{STORY}")
    assert (claims["title"], claims["rating"], claims["fandom"]) == ("Laundry Day", "NC-17", "Supernatural")


@pytest.mark.parametrize(
    ("phrase", "frontier"),
    [
        ("S3 up to ep 12", "3x12"),
        ("The Zeppo, and everything before it", "3x13"),
        ("The Zeppo, nothing after", "3x13"),
        ("up to and incl. The Zeppo", "3x13"),
        ("saison 3, jusqu'à The Zeppo", "3x13"),
        ("bis einschließlich Staffel 2", "2x22"),
    ],
)
def test_a_bound_is_a_bound_however_it_is_put(phrase: str, frontier: str) -> None:
    scope = read_scope(phrase, Packs.load(), ("Buffy the Vampire Slayer",))
    assert (scope.kind, scope.frontier) == ("through", {"BtVS": frontier})
