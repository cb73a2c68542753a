"""Bylines: names without addresses."""

from __future__ import annotations

import pytest

from ficsearch.catalogue.bylines import read_authors

LINES = [
    ("by R. Penhallow <r@example.org> & Ana", ("R. Penhallow", "Ana")),
    ("Jane Doe (jane@example.org)", ("Jane Doe",)),
    ("Jane Doe jane@example.org", ("Jane Doe",)),
    ("Jane (jane at example dot org)", ("Jane",)),
    ("jane@example.org (Jane Doe)", ("Jane Doe",)),
    ("R. Penhallow - http://example.org/~r", ("R. Penhallow",)),
    ("A, B and C", ("A", "B", "C")),
    ("A; B", ("A", "B")),
    ("Quill & Co.", ("Quill & Co.",)),
    ("Written by Zoe", ("Zoe",)),
    ("King, Jr.", ("King, Jr.",)),
    ("pseud (user)", ("pseud (user)",)),
    ("Name [archived by TheArchivist]", ("Name",)),
    ("Brutti ma buoni", ("Brutti ma buoni",)),
    ("night_willow", ("night_willow",)),
    ("Bystander", ("Bystander",)),
    ("Zoe, zoe", ("Zoe",)),
    ("jane@example.org", ()),
    ("None", ()),
    ("", ()),
]


@pytest.mark.parametrize(("line", "names"), LINES, ids=[line for line, _ in LINES])
def test_names_are_found_in_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert read_authors(line) == names


def test_a_pen_name_of_a_site_may_hold_an_and() -> None:
    assert read_authors("salt and pepper, Tess", joined=False) == ("salt and pepper", "Tess")


def test_a_sentence_is_no_name() -> None:
    assert read_authors("somebody who would very much rather not say who she is " * 3) == ()
