"""What is measured, part by part. Each part runs in a process of its own and leaves a JSON file: a run that is cut off
goes on where it stopped, and what is there already is not measured again."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.engines import asking, indexing
from bench.engines.corpora import Corpus
from bench.engines.measuring import bytes_on_disk, run
from bench.engines.peers import PEERS, present

ROUNDS = 3
"""How often a corpus is indexed with each engine, in turn."""

LARGE = 120_000_000
"""Bytes of stories from which a corpus is indexed once only, and not at all with slow engines: it would take those
more than two minutes."""

LONGEST = 3_600
"""Seconds after which a part is given up."""


@dataclass(frozen=True)
class Depth:
    """How much is asked: questions of each kind, and seconds that an engine may take for a kind."""

    each: int = 20
    budget: float = 2.0


@dataclass(frozen=True)
class Shelf:
    """A corpus of the bench. In the ``main`` one slow engines are measured too, and known items are looked for."""

    name: str
    corpus: Corpus
    main: bool = False

    @cached_property
    def bytes(self) -> int:
        return sum(path.stat().st_size for path in self.corpus.paths())

    @property
    def peers(self) -> list[str]:
        """The engines that index it."""
        return [n for n in present() if not PEERS[n].slow or (self.main and self.bytes < LARGE)]

    @property
    def rounds(self) -> int:
        return ROUNDS if self.bytes < LARGE else 1

    @property
    def folders(self) -> list[str]:
        """Folders that hold just its stories."""
        if not self.corpus.most:
            return [str(self.corpus.folder)]
        return sorted({str(path.parent) for path in self.corpus.paths()})


class Work:
    """The folder in which indexes and results of parts are kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.absolute()
        self.folder.mkdir(parents=True, exist_ok=True)

    def home(self, shelf: str, peer: str) -> Path:
        return self.folder / "indexes" / shelf / peer

    def result(self, part: str) -> dict[str, Any] | None:
        """What was measured of *part*, None when it was not."""
        file = self._file(part)
        return json.loads(file.read_text("utf-8")) if file.is_file() else None

    def keep(self, part: str, result: Mapping[str, Any]) -> None:
        file = self._file(part)
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({**result, "on": date.today().isoformat(), "load": _load()}), "utf-8")

    def parts(self) -> list[dict[str, Any]]:
        """The results of all parts."""
        return [json.loads(file.read_text("utf-8")) for file in (self.folder / "parts").glob("*.json")]

    def _file(self, part: str) -> Path:
        return self.folder / "parts" / f"{part}.json"


def _load() -> float:
    """How many processes want a processor, ours among them; 0 where the system does not say."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def measure(shelves: Sequence[Shelf], work: Work, depth: Depth) -> None:
    """Measure every part of *shelves* that has no result yet."""
    for shelf in shelves:
        for part, make in _parts(shelf, work, depth):
            if work.result(part) is None:
                print(part, file=sys.stderr, flush=True)
                try:
                    work.keep(part, make())
                except (subprocess.SubprocessError, OSError) as problem:
                    print(f"{part} failed: {problem}", file=sys.stderr)


def _parts(shelf: Shelf, work: Work, depth: Depth) -> Iterator[tuple[str, Callable[[], Mapping[str, Any]]]]:
    for number in range(shelf.rounds):
        for peer in shelf.peers:
            if number == 0 or not PEERS[peer].slow:
                yield f"index {shelf.name} {peer} {number}", _Build(shelf, peer, work)
    for peer in shelf.peers:
        yield f"update {shelf.name} {peer}", _Update(shelf, peer, work)
    yield f"whole {shelf.name}", _Whole(shelf, work)
    for what in ("ask", "ask_cold", "ask_together", *(("find_known",) if shelf.main else ())):
        yield f"{what} {shelf.name}", _Ask(what, shelf, work, depth)


@dataclass(frozen=True)
class _Build:
    shelf: Shelf
    peer: str
    work: Work

    def __call__(self) -> Mapping[str, Any]:
        return _in_process("build", [self.peer], self.shelf, [self.work.home(self.shelf.name, self.peer)])


@dataclass(frozen=True)
class _Update:
    shelf: Shelf
    peer: str
    work: Work

    def __call__(self) -> Mapping[str, Any]:
        return _in_process("update", [self.peer], self.shelf, [_built(self.shelf, self.peer, self.work)])


@dataclass(frozen=True)
class _Ask:
    what: str
    shelf: Shelf
    work: Work
    depth: Depth

    def __call__(self) -> Mapping[str, Any]:
        homes = {n: str(_built(self.shelf, n, self.work)) for n in self.shelf.peers if PEERS[n].asked}
        budget = [self.depth.budget] if self.what == "ask" else []
        return _in_process(self.what, [], self.shelf, [homes, self.depth.each, *budget])


@dataclass(frozen=True)
class _Whole:
    """``ficsearch index`` from files: headers read, names found, stored and indexed."""

    shelf: Shelf
    work: Work

    def __call__(self) -> Mapping[str, Any]:
        index = self.work.home(self.shelf.name, "whole")
        shutil.rmtree(index, ignore_errors=True)
        command = [sys.executable, "-m", "ficsearch", "index", *self.shelf.folders, "--index", str(index)]
        ran = run([*command, "--format", "json"], LONGEST)
        report = json.loads(ran.output)
        return {**asdict(ran.spent), "peak_mb": ran.peak_mb, "disk": bytes_on_disk(index), "report": report}


def _built(shelf: Shelf, peer: str, work: Work) -> Path:
    """Where the index is; made when it is not there (results may be kept longer than indexes)."""
    home = work.home(shelf.name, peer)
    if not home.is_dir():
        _Build(shelf, peer, work)()
    return home


def _in_process(what: str, before: list[Any], shelf: Shelf, after: list[Any]) -> Mapping[str, Any]:
    """Do one part in a new process; its result and the peak of its memory."""
    corpus = [str(shelf.corpus.folder), shelf.corpus.most]
    given = json.dumps([what, before, corpus, after], default=str)
    ran = run([sys.executable, "-m", "bench.engines", "--part", given], LONGEST)
    return {**json.loads(ran.output.splitlines()[-1]), "peak_mb": ran.peak_mb}


def do_part(given: str) -> None:
    """The other side of ``_in_process``: do it and print its result."""
    what, before, (folder, most), after = json.loads(given)
    work = getattr(indexing if hasattr(indexing, what) else asking, what)
    places = [Path(a) if isinstance(a, str) else _paths(a) if isinstance(a, dict) else a for a in after]
    print(json.dumps(work(*before, Corpus(Path(folder), most), *places)))


def _paths(homes: Mapping[str, str]) -> dict[str, Path]:
    return {name: Path(home) for name, home in homes.items()}
