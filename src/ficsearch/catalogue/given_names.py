"""First names that people have, and the short names that stand for them: general knowledge, kept as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path

_LEXICON = Path(__file__).with_name("lexicon")
_SEXES = {"men": "m", "women": "f", "men or women": "x"}


@cache
def given_names() -> Mapping[str, str]:
    """``m``, ``f`` or ``x`` (either) for every first name that is hardly anything else, in small letters."""
    return {name: sex for title, sex in _SEXES.items() for name in _sections()[title]}


@cache
def given_words() -> Mapping[str, str]:
    """The same for first names that are ordinary words too: *rose*, *grace*, *mark*."""
    return {name: sex for title, sex in _SEXES.items() for name in _sections()[f"words, {title}"]}


@cache
def given_places() -> Mapping[str, str]:
    """The same for first names that are mostly places: *florence*, *troy*."""
    return {name: sex for title, sex in _SEXES.items() for name in _sections().get(f"places, {title}", ())}


@cache
def famous_names() -> frozenset[str]:
    """Names that by themselves mean somebody whom everybody has heard of: *shakespeare*, *apollo*."""
    return frozenset(name for line in _lines("famous_names.txt") for name in line.split())


@lru_cache(maxsize=10_000)
def sex_of(word: str) -> str:
    """What ``given_names`` says of *word*, or of both halves (*elizabeth-jane*); "" if it is no first name."""
    names = given_names()
    first, _, second = word.partition("-")
    return names.get(first, "") if not second or second in names else ""


@cache
def long_names() -> Mapping[str, frozenset[str]]:
    """What a short name may stand for.

    >>> sorted(long_names()["lizzy"])
    ['elizabeth']
    """
    longer: dict[str, set[str]] = {}
    for line in _lines("nicknames.txt"):
        name, _, short_names = line.partition(":")
        for short in short_names.split():
            longer.setdefault(short, set()).add(name)
    return {short: frozenset(names) for short, names in longer.items()}


@cache
def _sections() -> Mapping[str, tuple[str, ...]]:
    """The names under each ``[heading]``."""
    sections: dict[str, list[str]] = {}
    heading: list[str] = []
    for line in _lines("given_names.txt"):
        if line.startswith("["):
            heading = sections.setdefault(line.strip("[]"), [])
        else:
            heading += line.split()
    return {title: tuple(names) for title, names in sections.items()}


def _lines(name: str) -> Iterator[str]:
    for line in (_LEXICON / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
