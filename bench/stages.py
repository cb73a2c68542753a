"""Where the time of indexing goes, and how many spoiler phrases are read in a second.

    python bench/stages.py FOLDER [--most 2000]

FOLDER holds stories. Each stage is run over all of them in this one process: reading (bytes -> documents), cataloguing
(documents -> stories), packing (for the store) and the engine (a Whoosh index in a temporary folder). Names (people
found in the text) are a part of cataloguing, run once more by themselves.
CPU seconds, and megabytes of story text per CPU second; machines are shared, so compare the shares rather than the
seconds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from ficsearch.catalogue import catalogue
from ficsearch.catalogue.names import cast_of
from ficsearch.catalogue.runs import Runs
from ficsearch.catalogue.strangers import people_in
from ficsearch.engines import open_engine
from ficsearch.errors import ReadingError
from ficsearch.fields import index_document
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.records import StoredPiece, StoredStory
from ficsearch.spoilers import read_scope
from ficsearch.story import Document, Found, Story

T = TypeVar("T")
PHRASES = (
    "Through The Zeppo", "Up to and including Becoming", "S1-4, and Pangs", "None past Hush", "OMWF", "3x13", "none",
    "BtVS S4 / AtS S1", "post-Chosen", "Small ones for Lover's Walk, Passion and What's My Line",
)  # fmt: skip


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What *work* answers, and its CPU seconds."""
    started = time.process_time()
    done = work()
    return done, time.process_time() - started


def read_all(paths: list[Path]) -> list[tuple[str, Document]]:
    """Every story that can be read."""
    found = []
    for path in paths:
        try:
            found += [(path.name, d) for d in read(path.name, path.read_bytes())]
        except ReadingError as problem:
            print(f"{path.name}: {problem.message}")
    return found


def main(folder: Path, most: int) -> None:
    paths = sorted(Path(where) / name for where, _, names in os.walk(folder) for name in names)[:most]
    packs = Packs.load()
    documents, reading = timed(lambda: read_all(paths))
    stories, cataloguing = timed(lambda: [catalogue(d, name, packs, n) for n, (name, d) in enumerate(documents)])
    pairs = list(zip(stories, documents, strict=True))
    _, packing = timed(lambda: [(StoredStory.pack(s), StoredPiece.pack(s.id, s.part, d)) for s, (_, d) in pairs])
    engine = timed_engine(stories)
    _, names = timed(lambda: [found_names(story, packs) for story in stories])
    size = sum(len(s.body) for s in stories) / 1e6
    total = reading + cataloguing + packing + engine
    print(f"{len(stories):,} stories, {size:.1f} MB of text, {total:.1f} CPU seconds, {size / total:.1f} MB a second")
    stages = {"reading": reading, "cataloguing": cataloguing, "- names": names, "packing": packing, "engine": engine}
    for name, seconds in stages.items():
        print(f"  {name:<12} {seconds:6.2f} s  {seconds / total:5.0%}  {size / seconds:6.1f} MB a second")
    print(f"spoiler phrases: {phrases_a_second(packs):,.0f} a second")


def phrases_a_second(packs: Packs, rounds: int = 500) -> float:
    """How many phrases are read in a second. Blanks at its end make each of them one that was not read before."""
    phrases = [phrase + " " * n for n in range(rounds) for phrase in PHRASES]
    _, seconds = timed(lambda: [read_scope(phrase, packs, ("Buffy the Vampire Slayer",)) for phrase in phrases])
    return len(phrases) / seconds


def found_names(story: Story, packs: Packs) -> tuple[list[Found], tuple[Found, ...]]:
    """The people in the text of *story*: those whom its packs know, and all others."""
    runs = Runs(story.body)
    cast = cast_of(packs, tuple(f for f in story.fandoms if packs.shows_of((f,))))
    declared = story.characters.declared
    return list(cast.found(runs, declared)), people_in(runs, declared, cast.vocabulary)


def timed_engine(stories: list[Story]) -> float:
    """CPU seconds to put *stories* into an empty Whoosh index."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine("whoosh", Path(folder))
        _, seconds = timed(lambda: engine.add(map(index_document, stories), 1))
        engine.close()
    return seconds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--most", type=int, default=2_000, help="how many files, the first by name")
    given = parser.parse_args()
    main(given.folder, given.most)
