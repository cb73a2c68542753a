"""What a reader's word means in a field of names: ``R`` is mature, Cordy is Cordelia Chase, X/W a pairing.

Every name of a library is canonical; these are the ways in. Where no fandom is fixed a name may mean somebody in
each universe: then it means all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from ficsearch.holdings import LENGTHS, pairing_names
from ficsearch.languages import read_language
from ficsearch.packs import Episode, Packs
from ficsearch.story import SpoilerScope
from ficsearch.text import fold_name, squash, tokens

# what a field's names are read with is loaded when one is read: most searches name none
if TYPE_CHECKING:
    from ficsearch.pairings import Relations

Fandoms = tuple[str, ...]

_LONGEST = 200
"""Letters of a name. A whole page after ``character:`` names nobody."""

_STATUSES = {
    "complete": "complete completed yes true t y 1 done finished",
    "in-progress": "in-progress in progress incomplete unfinished wip no false f n 0",
}
_STATUS = {word: status for status, words in _STATUSES.items() for word in words.split()} | {
    "in progress": "in-progress",
    "work in progress": "in-progress",
    "work-in-progress": "in-progress",
}
_NO_SPOILERS = {"none": "none", "no": "none", "no spoilers": "none", "unknown": "unknown", "not stated": "unknown"}
_YEAR = re.compile(r"[12][0-9]{3}")


def meanings(field: str, text: str, packs: Packs, fandoms: Fandoms = ()) -> tuple[str, ...]:
    """The canonical names that *text* may mean in *field*, () if none is known.

    *fandoms* (canonical) say whose people and episodes are meant; none are all of them.
    """
    reader = _READERS.get(field)
    if reader is None or len(text) > _LONGEST:
        return ()
    for spelling in _spellings(field, text):
        if names := tuple(dict.fromkeys(reader(spelling, packs, fandoms))):
            return names
    return ()


def _spellings(field: str, text: str) -> Iterable[str]:
    """*text* as typed and as its words alone, so that what ``write`` makes of it means the same."""
    words = tokens(text)
    # a hyphen joins two people of a pairing, but not two words
    hyphened = () if field in TOGETHER else ("-".join(words),)
    return dict.fromkeys((" ".join(text.split()), " ".join(words), *hyphened))


def _casts(packs: Packs, fandoms: Fandoms) -> Iterable[Fandoms]:
    """The fandoms to ask together: those that are fixed, or each by itself."""
    return [fandoms] if fandoms else [(fandom,) for fandom in packs.fandom_names]


def _one(name: str | None) -> tuple[str, ...]:
    return (name,) if name else ()


def _characters(text: str, packs: Packs, fandoms: Fandoms) -> Iterable[str]:
    if not fandoms and (named := _canonical(packs).get(squash(text))):
        return named
    found = [p for cast in _casts(packs, fandoms) if (p := packs.character(text, cast))]
    wanted = set(squash(text).split())
    sure = [p for p in found if wanted <= {word for name in p.names for word in squash(name).split()}]
    return [p.name for p in sure or found]


@lru_cache(maxsize=4)
def _canonical(packs: Packs) -> dict[str, tuple[str, ...]]:
    """Every canonical name of a person, squashed -> as written."""
    named: dict[str, tuple[str, ...]] = {}
    for person in (c for pack in packs.packs for c in pack.characters):
        key = squash(person.name)
        named[key] = tuple(dict.fromkeys((*named.get(key, ()), person.name)))
    return named


def _pairings(text: str, packs: Packs, fandoms: Fandoms) -> Iterable[str]:
    return pairing_names((r for cast in _casts(packs, fandoms) for r in _relations(text, packs, cast).pairings), "/")


def _friendships(text: str, packs: Packs, fandoms: Fandoms) -> Iterable[str]:
    together = text.replace("/", " & ")
    friends = (r for cast in _casts(packs, fandoms) for r in _relations(together, packs, cast).friendships)
    return pairing_names(friends, " & ")


def _relations(text: str, packs: Packs, cast: Fandoms) -> Relations:
    """Who is with whom, if all of them are people of this cast."""
    from ficsearch.pairings import Relations, read_pairings

    found = read_pairings(text, packs, cast, whole=True)
    known = {person.name for person in packs.characters_of(cast)}
    groups = (*found.pairings, *found.friendships)
    return found if all(len(set(people)) > 1 and known.issuperset(people) for people in groups) else Relations()


def _spoilers(text: str, packs: Packs, fandoms: Fandoms) -> Iterable[str]:
    """An episode by title or code, a season, a show, none or unknown; failing that, what a header's words mean."""
    if (kind := _NO_SPOILERS.get(fold_name(text))) is not None:
        return (kind,)
    show = packs.show(text, fandoms)
    names = (*_one(show.code if show else None), *map(str, _titled(text, packs, fandoms)))
    from ficsearch.spoilers import read_scope

    return names or _told(read_scope(text, packs, fandoms))


def _rating(text: str, packs: Packs, fandoms: Fandoms) -> Iterable[str]:
    from ficsearch.ratings import rating_value

    return _one(rating_value(text))


def _told(scope: SpoilerScope) -> tuple[str, ...]:
    return scope.seasons or scope.episodes if scope.kind in ("through", "list", "season") else ()


def _titled(text: str, packs: Packs, fandoms: Fandoms) -> tuple[Episode, ...]:
    shows = packs.shows_of(packs.universe_fandoms(fandoms)) if fandoms else tuple(packs.shows.values())
    inside = packs.inside_titles(packs.shows_of(fandoms)).get(squash(text), ()) if fandoms else ()
    return inside or packs.titles(shows).get(squash(text), ())


_LENGTHS = {
    fold_name(written): name for name, _, label in LENGTHS for written in (name, label, label.partition(" (")[0])
}

_READERS: dict[str, Callable[[str, Packs, Fandoms], Iterable[str]]] = {
    "rating": _rating,
    "status": lambda text, packs, fandoms: _one(_STATUS.get(fold_name(text))),
    "language": lambda text, packs, fandoms: _one(read_language(text)),
    "year": lambda text, packs, fandoms: _one(text if _YEAR.fullmatch(text) else None),
    "length": lambda text, packs, fandoms: _one(_LENGTHS.get(fold_name(text))),
    "fandom": lambda text, packs, fandoms: packs.fandoms(text),
    "character": _characters,
    "tagged": _characters,
    "appears": _characters,
    "pairing": _pairings,
    "first_pairing": _pairings,
    "friendship": _friendships,
    "spoilers": _spoilers,
}

TOGETHER = ("pairing", "first_pairing", "friendship")
"""Fields whose names are made of several people."""

CLOSED = frozenset({"rating", "status", "language", "length"})
"""Fields whose every value is known beforehand: what means none of them is a mistake."""
