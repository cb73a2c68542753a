"""The aims of the engine, each with what was measured: met, or by how much missed."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator

from bench.engines.measuring import percentile
from bench.engines.peers import VIEWS
from bench.engines.tables import Figures, Result, number, table

OURS = "ficsearch"
MILLISECOND = 1.0
"""Answers quicker than this are quick enough, whatever another engine takes."""

PHRASE_MS = 15.0
"""A phrase of common words over 100,000 stories: the aim for the 95th percentile."""

MEMORY_MB = 1_000

ENOUGH = 5_000_000
"""Bytes of text from which indexing is judged: below that, to start costs more than the work."""


def aims(figures: Figures) -> str:
    """The table of aims; those for which nothing was measured are left out."""
    return table(("aim", "corpus", "measured", ""), (row for check in CHECKS for row in check(figures)))


Rows = Iterator[tuple[str, str, str, str]]


def _verdict(reached: float, aim: float) -> str:
    """*reached* should be at least *aim*."""
    return "met" if reached >= aim else f"missed: {reached / aim:.0%} of the aim"


def _compared(one: Result, other: Result, share: float) -> tuple[float, float]:
    """A percentile of both, over the questions that both were asked."""
    both = min(len(one["first"]), len(other["first"]))
    return percentile(one["first"][:both], share), percentile(other["first"][:both], share)


def _ratio(one: Result, other: Result, share: float) -> float:
    first, second = _compared(one, other, share)
    return first / second


def _speed(built: Result) -> float:
    return float(built["text"] / built["cpu"])


def _indexing(figures: Figures) -> Rows:
    wanted = {"plain Whoosh": 15.0, "tantivy": 1.0, "SQLite FTS5": 0.7}
    for shelf in figures.shelves:
        ours = figures.built(shelf, OURS)
        for peer, times in wanted.items():
            theirs = figures.built(shelf, peer)
            if ours and theirs and ours["text"] >= ENOUGH:
                ratio = _speed(ours) / _speed(theirs)
                yield f"indexing: {times:g} × {peer}", shelf, f"{ratio:.2f} ×", _verdict(ratio, times)


def _whole(figures: Figures) -> Rows:
    for shelf in figures.shelves:
        result = figures.whole(shelf)
        if result and result["report"]["bytes"] >= ENOUGH:
            size = result["report"]["bytes"] / 1e6
            for name, aim, speed in (("CPU", 8, size / result["cpu"]), ("wall", 14, size / result["wall"])):
                yield f"`ficsearch index`: {aim} MB a {name} second", shelf, number(speed), _verdict(speed, aim)
            peak = result["peak_mb"]
            if peak:
                yield f"its memory: under {MEMORY_MB:,} MB", shelf, number(peak), _verdict(MEMORY_MB / peak, 1)


def _size(figures: Figures) -> Rows:
    for shelf in figures.shelves:
        ours, theirs = figures.built(shelf, OURS), figures.built(shelf, "tantivy")
        if ours and theirs and ours["text"] >= ENOUGH:
            ratio = theirs["disk"] / ours["disk"]
            yield "on disk: at most tantivy's", shelf, f"{1 / ratio:.2f} ×", _verdict(ratio, 1)


def _facets(figures: Figures) -> Rows:
    """Every kind at the median and the 95th percentile: faster than tantivy, or under a millisecond."""
    for shelf in figures.shelves:
        for share in (0.5, 0.95):
            slower, kinds = [], 0
            for kind, some in figures.asked(shelf, VIEWS[1]).items():
                if "tantivy" in some:
                    ours, theirs = _compared(some[OURS], some["tantivy"], share)
                    kinds += 1
                    if ours > max(theirs, MILLISECOND):
                        slower.append(f"{kind} {number(ours)} ms against {number(theirs)}")
            if kinds:
                measured = f"{kinds - len(slower)} of {kinds} kinds"
                missed = f"missed: {'; '.join(slower)}" if slower else "met"
                yield f"facets, p{share * 100:.0f}: as fast as tantivy, or 1 ms", shelf, measured, missed


def _times(view: str, peer: str, aim: float, share: float = 0.5) -> Callable[[Figures], Rows]:
    """In every kind *aim* times as fast as *peer*; the least of them is told."""

    def rows(figures: Figures) -> Rows:
        for shelf in figures.shelves:
            ratios = {
                kind: _ratio(some[peer], some[OURS], share)
                for kind, some in figures.asked(shelf, view).items()
                if peer in some
            }
            if ratios:
                least = min(ratios, key=lambda kind: ratios[kind])
                middle = statistics.median(ratios.values())
                measured = f"{number(ratios[least])} × ({least}); median of kinds {number(middle)} ×"
                yield f"{view}: {aim:g} × {peer}", shelf, measured, _verdict(ratios[least], aim)

    return rows


def _phrase(figures: Figures) -> Rows:
    shelf = figures.shelves[-1]
    times = figures.asked(shelf, VIEWS[1]).get("phrase of common words", {}).get(OURS)
    if times and len(figures.shelves) > 1:
        slowest = percentile(times["first"], 0.95)
        aim = f"phrase of common words, p95: under {PHRASE_MS:g} ms"
        yield aim, shelf, f"{number(slowest)} ms", _verdict(PHRASE_MS / slowest, 1)


def _growth(figures: Figures) -> Rows:
    """From the last size but one to the last: a question takes at most as many times longer as there are stories."""
    if len(figures.shelves) < 3:
        return
    small, large = figures.shelves[-2:]
    before, after = figures.built(small, OURS), figures.built(large, OURS)
    kinds = figures.asked(large, VIEWS[1])
    if before and after and kinds:
        stories = after["stories"] / before["stories"]
        for share in (0.5, 0.95):
            times = {
                kind: _ratio(some[OURS], figures.asked(small, VIEWS[1])[kind][OURS], share)
                for kind, some in kinds.items()
            }
            most = max(times, key=lambda kind: times[kind])
            measured = f"{times[most]:.1f} × ({most}) for {stories:g} × the stories"
            yield f"growth, p{share * 100:.0f}: at most linear", large, measured, _verdict(stories / times[most], 1)


CHECKS: tuple[Callable[[Figures], Rows], ...] = (
    _indexing,
    _whole,
    _size,
    _facets,
    _times(VIEWS[1], "plain Whoosh", 50),
    _times(VIEWS[2], "tantivy", 5),
    _times(VIEWS[2], "SQLite FTS5", 5),
    _phrase,
    _growth,
)
