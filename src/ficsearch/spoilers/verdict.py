"""Is a story safe for a reader who has seen so much and no more?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ficsearch.canon import Episode, Show
from ficsearch.packs import Packs
from ficsearch.story import Evidence, SpoilerScope, Story


@dataclass(frozen=True, slots=True)
class Position:
    """How far a reader has seen: for each show (by code) the last episode, ``"3x13"``. A show that is not named
    has not been seen at all."""

    seen: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ", ".join(f"{show} {code}" for show, code in self.seen.items())


@dataclass(frozen=True, slots=True)
class Verdict:
    """``value`` is safe, unsafe or unknown; ``why`` is a sentence for a person."""

    value: str
    why: str


def judge(
    scope: SpoilerScope,
    position: Position,
    packs: Packs,
    evidence: Iterable[Evidence] = (),
    published: str | None = None,
    fandoms: Iterable[str] = (),
) -> Verdict:
    """Is a story of this scope safe at this position, and why?

    Safe: in every show its frontier is at or before what was seen. *evidence* and the episodes of an unknown scope
    can make it unsafe, never safe. A frontier that no pack knows is unknown. The day a story of *fandoms* was
    *published* is an upper bound for what it can give away; of an unknown one it is told, but does not make it safe:
    dates are copied, and stories grow after their first day.
    """
    if scope.kind == "none":
        return Verdict("safe", "Its author says that it gives nothing away.")
    if scope.kind == "unknown" or not scope.frontier:
        verdict = _judge_unknown(scope, position, packs, evidence)
        bound = _bound(published, packs.shows_of(fandoms), position, packs) if verdict.value == "unknown" else ""
        return Verdict(verdict.value, verdict.why + bound)
    frontier = [f"{show} {code}" for show, code in scope.frontier.items()]
    if ahead := next(_unseen(frontier, position, packs), None):
        return Verdict("unsafe", f"It gives away {_called(ahead)}; {_seen(ahead, position, packs)}.")
    if strange := next((code for code in frontier if packs.episode(code) is None), None):
        return Verdict("unknown", f"It gives away {strange}, an episode that no pack knows.")
    told = " and ".join(_called(e) for code in frontier if (e := packs.episode(code)))
    return Verdict("safe", f"It goes no further than {told}.")


def judge_story(story: Story, position: Position, packs: Packs) -> Verdict:
    """Is *story* safe at this position, and why, by all that is known of it?"""
    return judge(story.spoilers, position, packs, story.evidence, story.published, story.fandoms)


def _judge_unknown(scope: SpoilerScope, position: Position, packs: Packs, evidence: Iterable[Evidence]) -> Verdict:
    if ahead := next(_unseen(scope.episodes, position, packs), None):
        return Verdict("unsafe", f"It gives away at least {_called(ahead)}; {_seen(ahead, position, packs)}.")
    for sign in evidence:
        if ahead := next(_unseen([sign.episode], position, packs), None):
            # what the sign is may be the spoiler itself: who appears in it
            return Verdict("unsafe", f"It knows {_called(ahead)}; {_seen(ahead, position, packs)}.")
    if scope.original and scope.original.strip():
        return Verdict("unknown", "What its author says of spoilers does not tell how far it goes.")
    return Verdict("unknown", "Its author does not say what it gives away.")


def _bound(published: str | None, shows: Iterable[Show], position: Position, packs: Packs) -> str:
    """What the day of its publication says of an unknown story: how far it can go at most."""
    if published is None:
        return ""
    last_day = _last_day(published)
    aired = [[e for e in s.episodes if e.aired and e.aired <= last_day] for s in shows]
    last = [max(episodes, key=lambda e: e.order) for episodes in aired if episodes]
    if not last:
        return ""
    seen = all(e.order <= _reached(position, e.show, packs) for e in last)
    told = f" Published {published}, it can know nothing after {' and '.join(map(str, last))}"
    return f"{told}, which you have seen." if seen else f"{told}."


def _last_day(published: str) -> str:
    """The last day that a date may mean: the first of a month or year stands for all of it where no day is told."""
    year, month, day = published.split("-")
    if day != "01":
        return published
    return f"{year}-12-31" if month == "01" else f"{year}-{month}-31"


def _unseen(codes: Iterable[str], position: Position, packs: Packs) -> Iterator[Episode]:
    found = (packs.episode(code) for code in codes)
    return (e for e in found if e and e.order > _reached(position, e.show, packs))


def _reached(position: Position, show: str, packs: Packs) -> int:
    """How far a show has been seen; 0 not at all."""
    last = packs.episode(f"{show} {position.seen[show]}") if show in position.seen else None
    return last.order if last else 0


def _called(episode: Episode) -> str:
    return f"{episode.title}, {episode}"


def _seen(ahead: Episode, position: Position, packs: Packs) -> str:
    last = packs.episode(f"{ahead.show} {position.seen.get(ahead.show)}")
    show = packs.shows[ahead.show].code
    return f"you have seen {show} up to {last.code} ({last.title})" if last else f"you have not seen {show}"


def beyond(position: Position, packs: Packs) -> frozenset[str]:
    """Every episode (``"BtVS 3x14"``) that a reader at *position* has not seen, of every show."""
    return _beyond(tuple(sorted(position.seen.items())), packs)


@lru_cache(64)
def _beyond(seen: tuple[tuple[str, str], ...], packs: Packs) -> frozenset[str]:
    position = Position(dict(seen))
    reached = {show: _reached(position, show, packs) for show in packs.shows}
    return frozenset(name for show, order, name in _episodes(packs) if order > reached[show])


@lru_cache(4)
def _episodes(packs: Packs) -> tuple[tuple[str, int, str], ...]:
    """Every episode: its show, its place in that, and its name, which takes longest to write for every position."""
    return tuple((s.code, e.order, str(e)) for s in packs.shows.values() for e in s.episodes)
