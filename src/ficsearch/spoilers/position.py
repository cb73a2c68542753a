"""A reader's position, as typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ficsearch.canon import Episode
from ficsearch.errors import UsageError
from ficsearch.packs import Packs
from ficsearch.spoilers.lore import Lore, lore
from ficsearch.spoilers.marks import Numbered, Seasons, Titled
from ficsearch.spoilers.reading import Reach, Reading, Statement
from ficsearch.spoilers.resolve import Given, Resolver, shows_meant
from ficsearch.spoilers.scope import read_reading
from ficsearch.spoilers.verdict import Position

_ADVICE = 'Write the last episode you have seen of each show: "The Zeppo", "BtVS S3, AtS 1x05", "all of Buffy".'


def read_position(text: str, packs: Packs, fandoms: Iterable[str] = ()) -> Position:
    """A reader's position as typed: ``The Zeppo``, ``BtVS S3, AtS 1x05``, ``all of Buffy``.

    A season means its last episode; of a show named twice the later counts; a show not named, or "AtS none", has
    not been seen. *fandoms* tell whose ``3x13`` it is where no show is named. Raises UsageError naming the part
    that cannot be placed.
    """
    known = lore(packs, fandoms)
    reading = read_reading(text, known)
    _check(reading, text)
    seen: dict[str, Episode] = {}
    for last in _lasts(reading, known, text):
        if last.show not in seen or last.order > seen[last.show].order:
            seen[last.show] = last
    if not (seen or reading.none or reading.cleared):
        raise UsageError(f"'{text}' names no episode.", _ADVICE)
    return Position({show: last.code for show, last in seen.items()})


def _check(reading: Reading, text: str) -> None:
    if reading.unclear:
        what = next((f": '{word}' names no episode" for word in reading.unclear if word), "")
        raise UsageError(f"'{text}' is not understood{what}.", _ADVICE)
    if reading.either:
        raise UsageError(
            f"'{text}' may be an episode or a show.", 'Write "all of Angel" for the show, "BtVS 1x07" for the episode.'
        )
    if reading.hedged or any(w.aired for w in reading.wholes):
        raise UsageError(f"'{text}' does not say where you are.", _ADVICE)


def _lasts(reading: Reading, known: Lore, text: str) -> Iterator[Episode]:
    """The last episode seen by each part of *text*."""
    resolver = Resolver(reading, known)
    for statement in reading.statements:
        yield from (last for g in _placed(statement, resolver, text) if (last := _last(statement, g)))
    for whole in reading.wholes:
        shows = shows_meant(whole, known, reading, ())
        if not shows:
            raise UsageError(f"'{text}' does not say of which show.", _ADVICE)
        yield from (show.episodes[-1] for show in shows)


def _placed(statement: Statement, resolver: Resolver, text: str) -> list[Given]:
    given = resolver.given(statement)
    if statement.reach is Reach.ONWARD:
        raise UsageError(f"'{text}' does not say how far you have come.", _ADVICE)
    if len(given) == 1 and (statement.show is None or statement.show.universe == given[0].show.universe):
        return given
    target, told = statement.target, _told(statement)
    if isinstance(target, Titled):
        why = f"is an episode of {', '.join(dict.fromkeys(e.show for e in target.episodes))}"
    else:
        why = "is not in any show known here" if statement.show else "may be of any show"
    raise UsageError(f"'{told}' {why}.", 'Name the show, and an episode that it has: "BtVS 3x13", "AtS S1".')


def _told(statement: Statement) -> str:
    """What was asked for, in short."""
    show = f"{statement.show.code} " if statement.show else ""
    match statement.target:
        case Titled(text=text):
            return text
        case Numbered(season, numbers):
            return f"{show}{season or ''}x{numbers[-1]:02d}"
        case Seasons(numbers):
            return f"{show}S{numbers[-1]}"
    return f"{show}episode"


def _last(statement: Statement, given: Given) -> Episode | None:
    """The last episode seen. A title that two episodes of a show have, not being parts of one, means the earlier;
    who has seen all before an episode has not seen it."""
    if statement.reach is Reach.UNTIL:
        return given.before
    wholes = {e.whole or str(e) for e in given.named}
    return given.named[0] if isinstance(statement.target, Titled) and len(wholes) > 1 else given.last
