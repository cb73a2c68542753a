"""The tables of the report, and the figures that they and the aims are made of."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from bench.engines.indexing import UPDATES
from bench.engines.measuring import percentile
from bench.engines.peers import PEERS, VIEWS
from bench.engines.plan import ROUNDS, Work

Result = dict[str, Any]
NONE = "–"


class Figures:
    """What was measured, by shelf and engine. Where nothing was, there is nothing."""

    def __init__(self, work: Work, shelves: Sequence[str]) -> None:
        self._work = work
        self.shelves = shelves

    def built(self, shelf: str, peer: str) -> Result | None:
        """Indexing: the medians of all rounds."""
        rounds = [r for n in range(ROUNDS) if (r := self._work.result(f"index {shelf} {peer} {n}"))]
        numbers = ("cpu", "wall", "stories", "text", "disk", "peak_mb")
        return {key: statistics.median(r[key] for r in rounds) for key in numbers} if rounds else None

    def updated(self, shelf: str, peer: str) -> Result | None:
        return self._work.result(f"update {shelf} {peer}")

    def whole(self, shelf: str) -> Result | None:
        return self._work.result(f"whole {shelf}")

    def asked(self, shelf: str, view: str) -> dict[str, dict[str, Result]]:
        """kind -> engine -> first, again, wall, total."""
        found: dict[str, dict[str, dict[str, Result]]] = self._work.result(f"ask {shelf}") or {}
        return found.get(view, {})

    def of(self, what: str, shelf: str) -> Result:
        """Another part of *shelf*, empty when it was not measured."""
        found = self._work.result(f"{what} {shelf}") or {}
        return {key: value for key, value in found.items() if key not in ("on", "load", "peak_mb")}

    def peers(self, shelf: str) -> list[str]:
        """The engines that were asked there."""
        return [n for n in PEERS if any(n in kinds for kinds in self.asked(shelf, VIEWS[1]).values())]


def table(head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    names = list(head)
    lines = [names, ["---"] * len(names), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def number(value: float) -> str:
    """*value* to three digits that mean something."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def indexing(figures: Figures) -> str:
    rows = [
        (shelf, peer, f"{b['stories']:,.0f}", number(b["text"] / 1e6), number(b["text"] / 1e6 / b["cpu"]),
         number(b["cpu"]), number(b["wall"]), number(b["peak_mb"]), f"{b['disk'] / b['text']:.2f}")
        for shelf in figures.shelves for peer in PEERS if (b := figures.built(shelf, peer))
    ]  # fmt: skip
    head = ("corpus", "engine", "stories", "MB", "MB/CPU s", "CPU s", "wall s", "peak MB", "disk/text")
    return table(head, rows)


def updating(figures: Figures) -> str:
    rows = [
        (shelf, peer, *(_milliseconds(u[str(count)]) for count in UPDATES))
        for shelf in figures.shelves
        for peer in PEERS
        if (u := figures.updated(shelf, peer))
    ]
    return table(("corpus", "engine", *(f"{count:,} changed" for count in UPDATES)), rows)


def _milliseconds(spent: Result) -> str:
    return f"{number(spent['cpu'] * 1e3)} ({number(spent['wall'] * 1e3)})"


def whole(figures: Figures) -> str:
    rows = [
        (shelf, number(r["report"]["bytes"] / 1e6), number(r["report"]["bytes"] / 1e6 / r["cpu"]),
         number(r["report"]["bytes"] / 1e6 / r["wall"]), number(r["cpu"]), number(r["wall"]), number(r["peak_mb"]),
         f"{r['disk'] / r['report']['bytes']:.2f}")
        for shelf in figures.shelves if (r := figures.whole(shelf))
    ]  # fmt: skip
    return table(("corpus", "MB", "MB/CPU s", "MB/wall s", "CPU s", "wall s", "peak MB", "disk/files"), rows)


def asking(figures: Figures, view: str, shares: Sequence[float]) -> str:
    return _for_each(figures, lambda shelf: _asked(figures, shelf, view, shares))


def _asked(figures: Figures, shelf: str, view: str, shares: Sequence[float]) -> str:
    kinds, peers = figures.asked(shelf, view), figures.peers(shelf)
    most = max((len(times["first"]) for some in kinds.values() for times in some.values()), default=0)
    rows = [(kind, *(_spread(some.get(peer), shares, most) for peer in peers)) for kind, some in kinds.items()]
    return table((shelf, *peers), rows)


def _spread(times: Result | None, shares: Sequence[float], most: int = 0) -> str:
    """The percentiles; and how many questions they are of, where that is less than *most*."""
    if times is None:
        return NONE
    told = " / ".join(number(percentile(times["first"], share)) for share in shares)
    return f"{told} ({len(times['first'])})" if len(times["first"]) < most else told


def _for_each(figures: Figures, make: Callable[[str], str]) -> str:
    """A table for every shelf where questions were asked."""
    return "\n\n".join(make(shelf) for shelf in figures.shelves if figures.peers(shelf))


def again(figures: Figures) -> str:
    return _for_each(figures, lambda shelf: _again(figures, shelf))


def _again(figures: Figures, shelf: str) -> str:
    kinds, peers = figures.asked(shelf, VIEWS[1]), figures.peers(shelf)
    rows = [
        (kind, *(number(statistics.median(some[p]["again"])) if p in some else NONE for p in peers))
        for kind, some in kinds.items()
    ]
    return table((shelf, *peers), rows)


def cold(figures: Figures) -> str:
    rows = [
        (shelf, peer, *(number(percentile(times["wall"], share)) for share in (0.5, 0.95)))
        for shelf in figures.shelves
        for peer, times in figures.of("ask_cold", shelf).items()
    ]
    return table(("corpus", "engine", "median", "95th percentile"), rows)


def together(figures: Figures) -> str:
    rows = [
        (shelf, peer, number(rates["1"]), number(rates["8"]))
        for shelf in figures.shelves
        for peer, rates in figures.of("ask_together", shelf).items()
    ]
    return table(("corpus", "engine", "one thread", "eight threads"), rows)


def growth(figures: Figures) -> str:
    shelves = [s for s in figures.shelves[1:] if figures.peers(s)]
    rows = [
        (kind, peer, *(_spread(figures.asked(s, VIEWS[1])[kind].get(peer), (0.5, 0.95)) for s in shelves))
        for kind in (figures.asked(shelves[0], VIEWS[1]) if shelves else ())
        for peer in ("ficsearch", "tantivy")
    ]
    return table(("", "engine", *shelves), rows)


def alike(figures: Figures) -> str:
    return _for_each(figures, lambda shelf: _alike(figures, shelf))


def _alike(figures: Figures, shelf: str) -> str:
    kinds = figures.asked(shelf, VIEWS[1])
    peers = [peer for peer in figures.peers(shelf) if peer != "ficsearch"]
    rows = [(kind, *(_agreement(some["ficsearch"], some.get(p)) for p in peers)) for kind, some in kinds.items()]
    return table((shelf, *peers), rows)


def _agreement(ours: Result, theirs: Result | None) -> str:
    if theirs is None:
        return NONE
    pairs = list(zip(ours["total"], theirs["total"], strict=False))
    found = sum(a for a, _ in pairs)
    return f"{sum(a == b for a, b in pairs) / len(pairs):.0%}, {sum(b for _, b in pairs) / found if found else 1:.3f}"


def known(figures: Figures) -> str:
    rows = [
        (shelf, kind, peer, f"{statistics.mean(1 / r if r else 0 for r in ranks):.3f}",
         f"{sum(map(bool, ranks)) / len(ranks):.0%}")
        for shelf in figures.shelves
        for kind, found in figures.of("find_known", shelf).items()
        for peer, ranks in found.items()
    ]  # fmt: skip
    return table(("corpus", "asked", "engine", "MRR@10", "among the ten"), rows)
