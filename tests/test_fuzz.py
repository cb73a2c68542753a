"""Whatever is in a file, reading it gives stories or a reason, nothing else (`bench/fuzz.py` does it 20,000 times)."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import ficsearch
from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Story
from golden_stories import bytes_of, golden_files
from mutations import Seed, mutated

CORPUS = Path(__file__).parents[1] / "corpus"


@cache
def seeds() -> list[Seed]:
    paths = [p for p in sorted(CORPUS.rglob("*")) if p.is_file() and p.name != "README.md"]
    return [(p.name, p.read_bytes()) for p in paths] + [(g.path.name, bytes_of(g.path)) for g in golden_files()]


@cache
def packs() -> Packs:
    return Packs.load()


def stories(name: str, data: bytes) -> list[Story]:
    return lone_stories(read(name, data), Place(name, name), packs())


@settings(max_examples=60)
@given(st.integers(min_value=0))
def test_a_mutated_file_gives_stories_or_a_reason(number: int) -> None:
    name, data = mutated(seeds(), random.Random(number))
    with suppress(ReadingError):
        assert all(story.title for story in stories(name, data))


@settings(max_examples=60)
@given(st.binary(max_size=400), st.sampled_from((".txt", ".html", ".epub", ".md")))
def test_any_bytes_give_stories_or_a_reason(data: bytes, suffix: str) -> None:
    with suppress(ReadingError):
        assert all(story.id for story in stories(f"a{suffix}", data))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("title.txt", "From: a@example.org\nSubject: The Lamp (1/2)\n\n" + "-" * 60_000),
        ("subject.txt", "From: a@example.org\nSubject: The Lamp" + " ,-" * 20_000 + "\n\nA story."),
        ("label.txt", "Title: The Lamp" + " -," * 20_000 + "\nAuthor: Ada\nRating: G\n\nA story."),
        ("rule.txt", "Title: A\nAuthor: Ada\nNotes: A note.\n\n" + "-" * 60_000 + "a\n\nA story.\n"),
        ("part.txt", "Title: A\nAuthor: Ada\nPart: " + "1" * 5_000 + "\n\nA story.\n"),
        ("a.rtf", r"{\rtf1 " + "x=1 " * 60_000 + "}"),
        ("link.html", f"<body><a href='{'-' * 60_000}'>" + "<p>A story." * 2_000),
        ("vb.html", "<div class=postbody>Lamp " + "<br>" * 60_000 + "_____ <br></div>"),
        ("tth.html", "<div id=storyinnerbody>A.</div><table class=verticaltable>" + "<tr><th>A<td>" * 3_000),
        ("ffn.html", "<div id=storytext>A.</div>" + "<div>Rated: T - English" * 2_000),
        (
            "title.html",
            "<title>" + "Lamp, a b " * 6_000 + "</title><div id=profile_top></div><div id=storytext>A.</div>",
        ),
        ("entity.fb2", "<FictionBook><body><section><p>A.</p></section></body></FictionBook>" + "<!ENTITY" * 60_000),
        ("cdata.html", "<?xml version='1.0'?><p>A story." + "<![CDATA[a" * 60_000),
        ("field.eml", "From: a@example.org\nSubject: A\nContent-Disposition: a" + ";b" * 200_000 + "\n\nA story.\n"),
        ("lists.html", "<dl><dt>A<dd>" * 20_000 + "<div id=chapters>A story.</div>"),
        ("tag.html", "<div id=storytext>A story.</div>" + ("<div " + "<" * 100_000 + ">B.<p><font>") * 9),
        ("ended.txt", "Title: A\nAuthor: Ada\nRating: G\n\nA story.\n\nTHE END\n\n" * 2_000),
    ],
)
def test_what_was_once_read_for_minutes_is_read(name: str, data: str) -> None:
    with suppress(ReadingError):
        assert stories(name, data.encode())


def test_an_entity_among_elements_is_no_word() -> None:
    book = "<!DOCTYPE a [<!ENTITY e 'x'>]><FictionBook><description><title-info><author>&e;<last-name>Quill</last-name>"
    book += "</author><book-title>Lamp</book-title></title-info></description><body><p>A.</p></body></FictionBook>"
    with suppress(ReadingError):
        assert stories("a.fb2", book.encode())


# ---- no expression that can take more than time in line with the text

LOOKED_THROUGH = {
    "catalogue.characters._SAID_BEFORE", "catalogue.titles._PREFIX", "pairings._IN_A_ROW", "query.write._PLAIN",
    "readers.digest._FOOT", "readers.formats._MARKDOWN",
    "readers.frontmatter._FENCED", "readers.markup._BLANK_LINES", "readers.sentences._ANY_SENTENCE",
    "readers.mime._PARAMETERS", "readers.preamble.EMAIL", "readers.sentences._SENTENCES", "text._WORD",
}  # fmt: skip
"""Expressions with an endless repeat in an endless repeat, each seen to be harmless: what parts two rounds of the outer
one (a comma, a slash, a line end) cannot be part of the inner one, so that there is one way to match."""


def test_every_repeat_within_a_repeat_has_been_looked_through() -> None:
    first_named = {pattern: name for name, pattern in reversed(list(every_pattern()))}
    assert {name for pattern, name in first_named.items() if endless(parsed(pattern)) > 1} <= LOOKED_THROUGH


def every_pattern() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """The compiled expressions of every module, also those in tables."""
    for module in pkgutil.walk_packages(ficsearch.__path__, "ficsearch."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for pattern in patterns_in(value):
                yield f"{module.name.removeprefix('ficsearch.')}.{name}", pattern


def patterns_in(value: object) -> Iterator[re.Pattern[Any]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, tuple | list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from patterns_in(item)


def parsed(pattern: re.Pattern[Any]) -> Any:
    if isinstance(pattern.pattern, bytes):
        return _parser.parse(pattern.pattern.decode("latin-1"), pattern.flags & ~re.UNICODE)
    return _parser.parse(pattern.pattern, pattern.flags)


def endless(expression: Any) -> int:
    """How deep endless repeats stand in each other."""
    deepest = 0
    for operator, argument in expression:
        inner = max(map(endless, parts_of(argument)), default=0)
        repeats = operator in (_constants.MAX_REPEAT, _constants.MIN_REPEAT)
        deepest = max(deepest, inner + (repeats and argument[1] is _constants.MAXREPEAT))
    return deepest


def parts_of(argument: Any) -> Iterator[Any]:
    if isinstance(argument, _parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for item in argument:
            yield from parts_of(item)
