"""bench/RESULTS.md, made of the results of the parts."""

from __future__ import annotations

import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.engines import tables
from bench.engines.aims import aims
from bench.engines.peers import VIEWS
from bench.engines.plan import Shelf, Work
from bench.engines.tables import Figures

PACKAGES = ("ficsearch", "tantivy", "xapian-bindings-binary", "whoosh-reloaded", "numpy", "PyStemmer", "zstandard")


def report(shelves: Sequence[Shelf], work: Work, command: str) -> str:
    """The whole page."""
    figures = Figures(work, [shelf.name for shelf in shelves])
    parts = [
        f"# ficsearch beside other engines\n\n{_about(command, work)}",
        f"## The aims\n\n{aims(figures)}",
        f"## Indexing\n\n{INDEXING}\n\n{tables.indexing(figures)}",
        f"## Changing stories\n\n{UPDATING}\n\n{tables.updating(figures)}",
        f"## `ficsearch index`, from files\n\n{WHOLE}\n\n{tables.whole(figures)}",
        f"## Questions with facets\n\n{ASKING}\n\n{tables.asking(figures, VIEWS[1], (0.5, 0.95, 0.99))}",
        f"## Questions with ten hits only\n\n{tables.asking(figures, VIEWS[0], (0.5, 0.95))}",
        f"## Questions with excerpts\n\n{tables.asking(figures, VIEWS[2], (0.5, 0.95))}",
        f"## The same question again\n\n{AGAIN}\n\n{tables.again(figures)}",
        f"## From a cold start\n\n{COLD}\n\n{tables.cold(figures)}",
        f"## Eight threads\n\n{THREADS}\n\n{tables.together(figures)}",
        f"## Growth\n\n{GROWTH}\n\n{tables.growth(figures)}",
        f"## Do they answer alike?\n\n{ALIKE}\n\n{tables.alike(figures)}",
        f"## Is the story found?\n\n{KNOWN}\n\n{tables.known(figures)}",
    ]
    return "\n\n".join(parts) + "\n"


INDEXING = """\
MB of text per CPU second; what went into reading the files is not counted. Text and positions are stored by all.
Memory is that of the whole process tree at its peak. Medians of the rounds, the engines in turn."""
UPDATING = "CPU milliseconds (and wall) to replace stories that are there, opening and committing included."
WHOLE = "Headers read, names found, stored and indexed, on every processor. MB of files; CPU of all processes."
ASKING = """\
CPU milliseconds of a question that the opened, warm engine has not been asked before: median / 95th / 99th
percentile. In brackets: so many questions only, because they used up the time for their kind."""
AGAIN = "The same in CPU milliseconds when a question with facets is asked once more: what an engine remembers."
COLD = """\
Milliseconds of wall time from making the objects and opening the index, none of its files in memory, to the first
answer with facets. Python and modules are loaded already."""
THREADS = "Questions with facets answered a second, all kinds mixed, by one thread and by eight in one process."
GROWTH = "CPU milliseconds with facets, median / 95th percentile, of the same questions at each size."
ALIKE = """\
The share of questions for which an engine finds just as many stories as ficsearch, and how many it finds in all for
each that ficsearch finds. What differs is the making of words: where apostrophes split, whether accents count (they
do for tantivy, Xapian and Whoosh), which stemmer, and that ficsearch's prefixes and fuzzy words compare words as
written where others compare stems."""
KNOWN = """\
Five words of a sentence are remembered. MRR@10: the mean of 1/place of the story they were taken from; and the share
of stories that are among the ten."""


def _about(command: str, work: Work) -> str:
    found = [(name, _version(name)) for name in PACKAGES]
    versions = ", ".join([*(f"{n} {v}" for n, v in found if v), f"SQLite {sqlite3.sqlite_version}"])
    lines = [
        f"Measured on {_days(work)} by `{command}`; bench/README.md says how. Written by that command.",
        f"* Machine: {_processor()}, {os.cpu_count()} processors, {_memory()}, {platform.system()}; {_load(work)}",
        f"* Python {platform.python_version()}; {versions}",
    ]
    return "\n\n".join((lines[0], "\n".join(lines[1:])))


def _days(work: Work) -> str:
    return ", ".join(sorted({part["on"] for part in work.parts()})) or "no day"


def _load(work: Work) -> str:
    """How busy it was: a quiet machine has a load of about 1, that of the engine being measured."""
    loads = [part["load"] for part in work.parts() if "load" in part]
    if not loads:
        return "load not known"
    return f"load while measuring {statistics.median(loads):.1f}, at most {max(loads):.1f}"


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _memory() -> str:
    if not hasattr(os, "sysconf"):
        return "memory unknown"
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"
