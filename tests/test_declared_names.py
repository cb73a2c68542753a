"""Who is meant by a name in a header: 240 ways of writing names (``data/characters/declared.txt``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from ficsearch.catalogue.characters import read_characters
from ficsearch.packs import Packs

TABLE = Path(__file__).with_name("data") / "characters" / "declared.txt"
ROWS = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_a_name_in_a_header_is_understood(packs: Packs, row: str) -> None:
    asked, _, meant = row.rpartition(" = ")
    fandoms, _, written = asked.rpartition(": ")
    assert read_characters(written, packs, tuple(fandoms.split(" + "))) == (meant,)


def test_a_list_holds_names_turned_round(packs: Packs) -> None:
    buffy = ("Buffy the Vampire Slayer",)
    listed = read_characters("Summers, Buffy, Rosenberg, Willow, Giles", packs, buffy)
    assert listed == ("Buffy Summers", "Willow Rosenberg", "Rupert Giles")
    assert read_characters("Buffy, Summers Family", packs, buffy)[0] == "Buffy Summers"


def test_a_name_of_two_worlds_stays_as_written(packs: Packs) -> None:
    assert read_characters("Sam, Dean", packs, ("Stargate SG-1", "Supernatural")) == ("Sam", "Dean Winchester")
