"""Characters as declared: ``Willow, Xander & Oz``, ``[Buffy S., Spike] Dawn S.`` -> canonical names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ficsearch.packs import Packs
from ficsearch.pairings import person
from ficsearch.text import fold_name
from ficsearch.values import is_nothing, plain, split_list, split_outside, unique

_JOINS = re.compile(r"\s*(?:/|&|\+)\s*|\s+(?:and|und|et|plus|with)\s+|^(?:and|with|plus)\s+")
_BRACKETS = re.compile(r"[\[\]]")
_NOTE = re.compile(r"\s*[(\[{][^()\[\]{}]*[)\]}]\s*$")
_SAID_BEFORE = re.compile(
    r"^(?:(?:main|major|minor|other|mostly|mainly|primarily|also|featuring|starring|some|appearances? by|mentions? of|"
    r"guest(?:[- ]starring)?|and)\b\s*(?:characters?\s*)?:?\s*)+",
    re.I,
)
_ALSO_THERE = frozenset(
    fold_name(words)
    for words in (
        *("others", "other", "etc", "et al", "and more", "more", "various", "everyone", "everybody", "all", "anyone"),
        *("all of them", "the usual", "many", "lots", "too many to list", "tba", "assorted", "misc"),
        *("eventually", "implied", "mentioned", "of course"),
    )
)
_ORIGINAL = {
    fold_name(written): f"Original {kind}Character(s)"
    for kind, short in (("", "o"), ("Female ", "of"), ("Male ", "om"))
    for written in (f"{short}c", f"{short}cs", f"{short}c(s)", f"{short}c's", f"original {kind}character")
    for written in (written, f"{written}s", f"{written}(s)")
}
"""AO3's names of people whom the author made up."""
_LONGEST = 60
"""Characters; a longer "name" is a sentence about the people, which names nobody by itself."""


def read_characters(value: str, packs: Packs, fandoms: tuple[str, ...], whole: bool = False) -> tuple[str, ...]:
    """The people that *value* lists, each once: canonical in *fandoms*, else as written.

    *whole*: one tag of an archive, which is never cut.
    """
    pieces = [value] if whole else _pieces(value, packs, fandoms)
    return unique(_name(piece, packs, fandoms) for piece in pieces if _is_somebody(piece))


def _pieces(value: str, packs: Packs, fandoms: tuple[str, ...]) -> Iterator[str]:
    listed = split_list(_BRACKETS.sub(", ", value))
    apart = (part for piece in listed for part in _with_commas(piece, packs, fandoms))
    for piece in _turned(apart, packs, fandoms):
        name = _SAID_BEFORE.sub("", plain(piece)).strip(" .:;")
        if _JOINS.search(name) and not packs.character(name, fandoms):
            yield from (part.strip(" .") for part in _JOINS.split(name))
        else:
            yield name


def _with_commas(piece: str, packs: Packs, fandoms: tuple[str, ...]) -> list[str]:
    """Those that commas part in a piece between semicolons, where one of them is known: ``Willow, Oz; mentions of
    others``. ``Smith, John; Doe, Jane`` are two."""
    parts = split_outside(piece, ",") if "," in piece else [piece]
    known = len(parts) > 1 and any(packs.character(part.strip(), fandoms) for part in parts)
    return [part.strip() for part in parts if part.strip()] if known else [piece]


def _turned(pieces: Iterable[str], packs: Packs, fandoms: tuple[str, ...]) -> Iterator[str]:
    """The pieces of a list, ``Summers`` and ``Buffy`` together if the comma between them turns a name round."""
    held: str | None = None
    for piece in pieces:
        if held is not None and _is_turned(held, piece, packs, fandoms):
            yield f"{held}, {piece}"
            held = None
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held


def _is_turned(last: str, first: str, packs: Packs, fandoms: tuple[str, ...]) -> bool:
    whole = packs.character(f"{first} {last}", fandoms)
    if whole is None or packs.character(first, fandoms) is not whole:
        return False
    return fold_name(last) == fold_name(whole.name).split()[-1] and packs.character(last, fandoms) in (None, whole)


def _is_somebody(piece: str) -> bool:
    name = piece.strip(" .")
    return not is_nothing(name) and len(name) <= _LONGEST and fold_name(name) not in _ALSO_THERE


def _name(piece: str, packs: Packs, fandoms: tuple[str, ...]) -> str:
    """The canonical name; a note behind the name (``mentioned``) goes only if that helps to know who it is."""
    if original := _ORIGINAL.get(fold_name(piece).replace(".", "")):
        return original
    called = person(piece, packs, fandoms)
    bare = _NOTE.sub("", piece)
    return (
        called
        if called != piece or not bare
        else person(bare, packs, fandoms)
        if _known(bare, packs, fandoms)
        else piece
    )


def _known(name: str, packs: Packs, fandoms: tuple[str, ...]) -> bool:
    return packs.character(name, fandoms) is not None
