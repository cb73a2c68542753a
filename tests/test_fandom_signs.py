"""The fandom that a story does not name: several signs together tell it, one alone never."""

from __future__ import annotations

import pytest

from ficsearch.catalogue import catalogue
from ficsearch.packs import Packs
from ficsearch.story import Chapter, Claim, Document


def fandoms(packs: Packs, text: str, **claims: str) -> tuple[str, ...]:
    """Those of a story with these claims and this text."""
    claimed = tuple(Claim(label, value) for label, value in claims.items())
    return catalogue(Document((Chapter(text),), claimed), "x.txt", packs).fandoms


@pytest.mark.parametrize(
    ("claims", "text", "fandom"),
    [
        ({"disclaimer": "Chris Carter, 1013, Fox."}, "Scully looked at him.", "The X-Files"),
        (
            {"disclaimer": "Joss's.", "pairing": "W/T, X/A", "spoilers": "Family"},
            "Tara slept.",
            "Buffy the Vampire Slayer",
        ),
        ({"disclaimer": "The BBC's", "pairing": "Ten/Rose", "spoilers": "Doomsday"}, "Rose slept.", "Doctor Who"),
        ({"pairing": "Fraser/Kowalski"}, "Fraser did not sleep.", "due South"),
        ({"pairing": "B/A"}, "He asked Buffy, and Angel slept.", "Buffy the Vampire Slayer"),
        ({"pairing": "Clark/Chloe", "spoilers": "Commencement"}, "Then Clark and Chloe slept.", "Smallville"),
        ({"pairing": "Ron W./Hermione G."}, "Then Ron and Hermione slept.", "Harry Potter"),
    ],
)
def test_signs_that_agree_tell_the_fandom(packs: Packs, claims: dict[str, str], text: str, fandom: str) -> None:
    assert fandoms(packs, text, **claims) == (fandom,)


@pytest.mark.parametrize(
    ("claims", "text"),
    [
        ({"disclaimer": "The BBC's."}, "John slept."),
        ({"disclaimer": "Joss's."}, "Nobody slept."),
        ({"disclaimer": "Paramount's."}, "Nobody slept."),
        ({"pairing": "J/C"}, "Jack slept."),
        ({"pairing": "Jack/Sam", "spoilers": "Home"}, "Jack slept."),
        ({"pairing": "Clark/Chloe", "spoilers": "everything to date"}, "Then Clark and Chloe slept."),
    ],
)
def test_one_sign_is_not_enough(packs: Packs, claims: dict[str, str], text: str) -> None:
    assert fandoms(packs, text, **claims) == ()
