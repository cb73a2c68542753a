"""What a spoiler phrase gives away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ficsearch.canon import Episode
from ficsearch.packs import Packs
from ficsearch.spoilers.grammar import read_marks
from ficsearch.spoilers.lore import Lore, lore
from ficsearch.spoilers.phrase import read_phrase
from ficsearch.spoilers.places import place
from ficsearch.spoilers.reading import Reach, Reading
from ficsearch.spoilers.resolve import Given, last_aired, resolve, shows_meant
from ficsearch.spoilers.scan import scan
from ficsearch.story import SpoilerScope
from ficsearch.text import squash

_REMEMBERED = 200
"""Characters of a phrase that is kept with what it means: "None", "Through S4" stand in story after story."""


def read_scope(
    phrase: str | None,
    packs: Packs,
    fandoms: Iterable[str] = (),
    published: str | None = None,
    label: str | None = None,
) -> SpoilerScope:
    """What a spoiler phrase gives away. Never raises.

    *fandoms* are the story's (canonical names): they decide whose "Home" it is. *published* (ISO) is how far
    "all aired so far" goes. *label* is the header's own word for the field: under "Episode related" 306 is 3x06,
    under "Season" a bare 3 is a season. A *phrase* of None means that the header says nothing: unknown, which is
    not none.

    A phrase of which one part cannot be placed is unknown too, whatever the rest says; then ``episodes`` are those
    that it gives away at least.
    """
    if phrase is None or not phrase.strip():
        return SpoilerScope(original=phrase)
    fandoms = tuple(fandoms)
    known = lore(packs, fandoms)
    understand = _understood if len(phrase) <= _REMEMBERED else _understood.__wrapped__
    reading, given, placed = understand(phrase, packs, fandoms, label)
    ends = _ends(given, reading, known, published)
    strange = known.strange and any(whole.show is None for whole in reading.wholes)
    if reading.unclear or not placed or strange or (reading.wholes and not ends):
        return _unknown(phrase, given, ends)
    return _scope(phrase, reading, given, ends, known)


@lru_cache(maxsize=4_096)
def _understood(
    phrase: str, packs: Packs, fandoms: tuple[str, ...], label: str | None
) -> tuple[Reading, list[Given], bool]:
    """What *phrase* says, what that gives away, and whether all of it could be placed; not to be changed."""
    known = lore(packs, fandoms)
    reading = read_reading(phrase, known, label)
    return reading, *resolve(reading, known)


def read_reading(phrase: str, known: Lore, label: str | None = None) -> Reading:
    """What the words of *phrase* say, before anything is looked up."""
    words = set(squash(label or "").split())
    text = read_phrase(f"season {phrase}" if words & {"season", "seasons"} and phrase.strip()[:1].isdigit() else phrase)
    marks = scan(text, known, bool(words & {"episode", "episodes", "ep"}))
    reading = read_marks(place(marks, known))
    if text.cut:
        reading.unclear.append("")
    return reading


def _ends(given: Sequence[Given], reading: Reading, known: Lore, published: str | None) -> dict[str, Episode]:
    """The last episode given away in each show."""
    ends: dict[str, Episode] = {}
    lasts = [g.last for g in given if g.last]
    for whole in reading.wholes:
        shows = shows_meant(whole, known, reading, given)
        lasts += [last_aired(s, published if whole.aired else None) for s in shows]
    for last in lasts:
        if last.show not in ends or last.order > ends[last.show].order:
            ends[last.show] = last
    return ends


def _scope(
    phrase: str, reading: Reading, given: Sequence[Given], ends: dict[str, Episode], known: Lore
) -> SpoilerScope:
    if not ends:
        return SpoilerScope("none" if _says_none(reading, given, known) else "unknown", phrase)
    bounds = [g for g in given if g.reach is not Reach.NAMED and (g.reach is not Reach.ONWARD or not g.seasons)]
    seasons = _seasons(given)
    kind = "all" if reading.wholes else "through" if bounds else "season" if seasons else "list"
    through = _bound(bounds) if kind == "through" else None
    near = [show.code for show in known.near]
    order = sorted(ends, key=lambda show: near.index(show) if show in near else len(near))
    frontier = {show: ends[show].code for show in order}
    return SpoilerScope(kind, phrase, _named(given), frontier, through, seasons)


def _says_none(reading: Reading, given: Sequence[Given], known: Lore) -> bool:
    """Is nothing given away: "none", or none for each show, or nothing that lies before the first episode?"""
    if reading.hedged:
        return False
    cleared = bool(reading.cleared) and all(s in reading.cleared for s in known.own)
    return reading.none or cleared or bool(given)


def _unknown(phrase: str, given: Sequence[Given], ends: dict[str, Episode]) -> SpoilerScope:
    episodes = tuple(dict.fromkeys([*_named(given), *map(str, ends.values())]))
    return SpoilerScope("unknown", phrase, episodes, seasons=_seasons(given))


def _named(given: Iterable[Given]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(e) for g in given for e in g.named))


def _seasons(given: Iterable[Given]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{g.show.code} S{n}" for g in given for n in g.seasons))


def _bound(bounds: Sequence[Given]) -> str | None:
    """The bound of the show that is bound first; where it is bound twice, the later."""
    first = [g.last for g in bounds if g.show is bounds[0].show and g.last]
    return str(max(first, key=lambda e: e.order)) if first else None
