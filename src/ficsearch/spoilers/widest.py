"""The scope of a story in parts: at least as wide as that of any of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ficsearch.packs import Packs
from ficsearch.story import SpoilerScope

_WIDEST_FIRST = ("all", "through", "season", "list")


def widest(scopes: Sequence[SpoilerScope], packs: Packs) -> SpoilerScope:
    """What several parts give away together: where it is safe, each of *scopes* is.

    One that is unknown makes the whole unknown; what the others give away it then gives away at least.
    """
    if len(set(map(_meaning, scopes))) == 1:
        return scopes[0]
    words = _words(scopes)
    episodes = _unique(e for s in scopes for e in s.episodes)
    seasons = _unique(season for s in scopes for season in s.seasons)
    given = [s for s in scopes if s.kind not in ("none", "unknown") and s.frontier]
    known = len(given) + sum(s.kind == "none" for s in scopes)
    strange = any(packs.episode(e) is None for s in given for e in _frontier(s))
    if known < len(scopes) or strange:
        reached = _unique(e for s in given for e in _frontier(s))
        return SpoilerScope("unknown", words, _unique([*episodes, *reached]), seasons=seasons)
    if not given:
        return scopes[0]
    frontier = _last(given, packs)
    kind = next(k for k in _WIDEST_FIRST if any(s.kind == k for s in given))
    through = _bound(given, frontier) if kind == "through" else None
    return SpoilerScope(kind, words, episodes, frontier, through, seasons)


def _meaning(scope: SpoilerScope) -> object:
    """A scope without its words: what makes two scopes one."""
    return scope.kind, scope.episodes, tuple(scope.frontier.items()), scope.through, scope.seasons


def _words(scopes: Iterable[SpoilerScope]) -> str | None:
    return "; ".join(_unique(s.original.strip() for s in scopes if s.original)) or None


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _frontier(scope: SpoilerScope) -> list[str]:
    return [f"{show} {code}" for show, code in scope.frontier.items()]


def _last(scopes: Iterable[SpoilerScope], packs: Packs) -> dict[str, str]:
    """The last episode of each show; every one of them is known to *packs*."""
    last: dict[str, str] = {}
    for code in (e for s in scopes for e in _frontier(s)):
        episode = packs.episode(code)
        if episode is None:
            continue
        before = packs.episode(f"{episode.show} {last[episode.show]}") if episode.show in last else None
        if before is None or episode.order > before.order:
            last[episode.show] = episode.code
    return last


def _bound(scopes: Iterable[SpoilerScope], frontier: dict[str, str]) -> str | None:
    """The bound is the frontier of the show that the first bound is of."""
    first = next((s.through for s in scopes if s.through), None)
    show = first.rpartition(" ")[0] if first else ""
    return f"{show} {frontier[show]}" if show in frontier else None
