"""How fast files become stories, format by format.

    python bench/reading.py FOLDER... [--most 300] [--rounds 5]

Each FOLDER holds stories of any format. Reading (bytes -> documents) and cataloguing (documents -> stories, names
found) are timed apart, in this one process; a figure is the median over the rounds, in megabytes of story text per CPU
second. Stories under 20 kB stand apart from longer ones: their headers are most of the work. The formats take turns
in each round, so that what else runs on the machine disturbs them all alike.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from ficsearch.catalogue import catalogue
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import READERS, read

SHORT = 20_000
"""Characters of text: some 3,500 words, what half of all stories on AO3 do not reach."""


@dataclass
class Group:
    """Files of one format and length, with the seconds of each round."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    size: int = 0
    reading: list[float] = field(default_factory=list)
    cataloguing: list[float] = field(default_factory=list)

    def line(self, name: str) -> str:
        """One line of the table."""
        both = [a + b for a, b in zip(self.reading, self.cataloguing, strict=True)]
        speeds = (self.size / 1e6 / median(seconds) for seconds in (self.reading, self.cataloguing, both))
        return f"{name:<16}{len(self.files):>6}{self.size / 1e6:>8.1f}" + "".join(f"{speed:>12.1f}" for speed in speeds)


def files_under(folders: Iterable[Path]) -> list[Path]:
    """Every file, in an order that is the same in every run: the first hundred are as good a sample as all."""
    found = sorted(Path(where) / name for folder in folders for where, _, names in os.walk(folder) for name in names)
    random.Random(1).shuffle(found)
    return found


def grouped(paths: Iterable[Path], most: int) -> dict[str, Group]:
    """At most *most* files of each format and length. What cannot be read is passed over."""
    groups: dict[str, Group] = {}
    for path in paths:
        data = path.read_bytes()
        try:
            documents = read(path.name, data)
        except ReadingError:
            continue
        size = sum(len(chapter.text) for document in documents for chapter in document.chapters)
        form = next(reader.name for reader in READERS if reader.recognises(path.name, data))
        group = groups.setdefault(f"{form}, {'short' if size < SHORT else 'long'}", Group())
        if len(group.files) < most:
            group.files.append((path.name, data))
            group.size += size
    return groups


def time_round(group: Group, packs: Packs) -> None:
    """Read and catalogue the files of *group* once."""
    started = time.process_time()
    documents = [(name, document) for name, data in group.files for document in read(name, data)]
    between = time.process_time()
    for name, document in documents:
        catalogue(document, name, packs)
    group.reading.append(between - started)
    group.cataloguing.append(time.process_time() - between)


def main(folders: list[Path], most: int, rounds: int) -> None:
    packs = Packs.load()
    groups = grouped(files_under(folders), most)
    for _ in range(rounds):
        for group in groups.values():
            time_round(group, packs)
    print(f"{'':<16}{'files':>6}{'MB':>8}{'reading':>12}{'cataloguing':>12}{'together':>12}   MB of text a CPU second")
    for name, group in sorted(groups.items()):
        print(group.line(name))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--most", type=int, default=300, help="files of each format and length")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    main(given.folders, given.most, given.rounds)
