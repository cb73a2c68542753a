"""What is measured of indexing; each function is the work of a process of its own."""

from __future__ import annotations

import shutil
import statistics
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.engines.corpora import Corpus, Item
from bench.engines.measuring import Spent, Stopwatch, bytes_on_disk
from bench.engines.peers import make

UPDATES = (1, 1_000)
"""Stories changed at a time; never more than half of the corpus."""

SINGLE = 5
"""How often one story is changed, for a median."""


def build(name: str, corpus: Corpus, folder: Path) -> dict[str, Any]:
    """Index *corpus* with the engine *name* in *folder*, which is emptied first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    size = Size()
    spent = _measured(make(name, folder).build, size.of(corpus))
    return {**asdict(spent), "stories": size.stories, "text": size.text, "disk": bytes_on_disk(folder)}


def update(name: str, corpus: Corpus, folder: Path) -> dict[str, Any]:
    """Change stories in a copy of the index in *folder*: CPU and wall seconds for each number of UPDATES."""
    stories = sum(1 for _ in corpus.paths())
    with tempfile.TemporaryDirectory(dir=folder.parent) as copied:
        copy = Path(copied) / "index"
        shutil.copytree(folder, copy)
        one = [_changed(name, corpus, copy, range(n, n + 1)) for n in range(SINGLE)]
        many = _changed(name, corpus, copy, range(min(UPDATES[1], stories // 2)))
    middle = Spent(statistics.median(s.cpu for s in one), statistics.median(s.wall for s in one))
    return {str(UPDATES[0]): asdict(middle), str(UPDATES[1]): asdict(many)}


def _changed(name: str, corpus: Corpus, folder: Path, numbers: range) -> Spent:
    return _measured(make(name, folder).update, list(corpus.items(numbers)))


def _measured(work: Callable[[Iterable[Item]], None], items: Iterable[Item]) -> Spent:
    watch = Stopwatch()
    return watch.measure(lambda: work(watch.fetched(items)))


class Size:
    """Counts the stories that pass by, and the bytes of their text."""

    def __init__(self) -> None:
        self.stories = self.text = 0

    def of(self, items: Iterable[Item]) -> Iterable[Item]:
        for item in items:
            self.stories += 1
            self.text += len(item.body.encode())
            yield item
