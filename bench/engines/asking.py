"""What is measured of answering; each function is the work of a process of its own.

Every question is put to every engine in turn, so that whatever else the machine does meets all of them. *First* is a
question that this opened engine has not been asked, after others have warmed it; *again* is the same once more. All
engines are opened anew for every round, and the median over the rounds counts. An engine that has used up its time for
a kind is not asked the rest of it.
"""

from __future__ import annotations

import gc
import random
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

from bench.engines.corpora import Corpus
from bench.engines.measuring import forget_files
from bench.engines.peers import PEERS, VIEWS, Answer, CannotError, Peer, make
from bench.engines.questions import Question, known_items, questions

ROUNDS = 3
AT_LEAST = 5
"""Questions of a kind that are asked however long they take."""

WARMING = 2
"""Questions of each kind that only warm an engine."""

COLD = 3
"""Questions of each kind that are asked of a cold engine."""

AGAIN = VIEWS[1]
"""The view in which every question is asked twice."""

THREADS = (1, 8)
SECONDS = 2.0
"""How long many threads ask."""

Kinds = Mapping[str, Sequence[Question]]
Times = dict[str, list[float]]
Homes = Mapping[str, Path]
"""The engines to ask, and where each has its index."""


def ask(corpus: Corpus, homes: Homes, each: int, budget: float) -> dict[str, Any]:
    """Milliseconds of every question: view -> kind -> engine -> first, again (of CPU), wall (first), total."""
    kinds = _by_kind(questions(corpus, each + WARMING, len(corpus.episodes.names)))
    return {view: _ask_all(homes, kinds, view, budget) for view in VIEWS}


def _ask_all(homes: Homes, kinds: Kinds, view: str, budget: float) -> dict[str, dict[str, Times]]:
    warming = [question for some in kinds.values() for question in some[-WARMING:]]
    runs: dict[tuple[str, str], list[_Run]] = defaultdict(list)
    for number in range(ROUNDS):
        names = [n for n in homes if number == 0 or not PEERS[n].slow]
        with _opened({n: homes[n] for n in names}) as peers:
            _warm_up(peers, warming, view)
            for kind, some in kinds.items():
                for name, run in _round(peers, some[:-WARMING], view, budget / ROUNDS).items():
                    runs[kind, name].append(run)
    return {k: {n: _joined(runs[k, n]) for n in homes if runs[k, n][0].total} for k in kinds}


def _by_kind(asked: Sequence[Question]) -> Kinds:
    return {kind: list(some) for kind, some in groupby(asked, lambda q: q.kind)}


class _Run:
    """What one engine took for the questions of a kind, in one round."""

    def __init__(self) -> None:
        self.first: list[float] = []
        self.again: list[float] = []
        self.wall: list[float] = []
        self.total: list[int] = []
        self.spent = 0.0

    def ask(self, peer: Peer, question: Question, view: str) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        answer = peer.ask(question, view)
        between, walled = time.process_time(), time.perf_counter()
        if view == AGAIN:
            peer.ask(question, view)
        done = time.process_time()
        self.first.append((between - cpu) * 1e3)
        self.again.append((done - between) * 1e3)
        self.wall.append((walled - wall) * 1e3)
        self.total.append(answer.total)
        self.spent += done - cpu


def _round(peers: Mapping[str, Peer], some: Sequence[Question], view: str, budget: float) -> dict[str, _Run]:
    runs = {name: _Run() for name in peers}
    order = list(peers)
    for question in some:
        order.append(order.pop(0))
        for name in order:
            run = runs[name]
            if PEERS[name].patient or run.spent < budget or len(run.total) < AT_LEAST:
                try:
                    run.ask(peers[name], question, view)
                except CannotError:
                    continue
    return runs


def _joined(rounds: Sequence[_Run]) -> Times:
    """Of each question that every round came to: the median over the rounds."""

    def middle(lists: Iterable[list[float]]) -> list[float]:
        return [statistics.median(values) for values in zip(*lists, strict=False)]

    return {
        "first": middle(r.first for r in rounds),
        "again": middle(r.again for r in rounds),
        "wall": middle(r.wall for r in rounds),
        "total": [float(n) for n in rounds[0].total],
    }


def _warm_up(peers: Mapping[str, Peer], warming: Sequence[Question], view: str) -> None:
    """Ask everybody these questions, of every kind, none of which is asked later."""
    for peer in peers.values():
        for question in warming:
            _answer(peer, question, view)
    gc.collect()


@contextmanager
def _opened(homes: Homes) -> Iterator[dict[str, Peer]]:
    peers = {name: make(name, folder) for name, folder in homes.items()}
    for peer in peers.values():
        peer.open()
    yield peers
    for peer in peers.values():
        peer.close()


def _answer(peer: Peer, question: Question, view: str) -> Answer | None:
    """What *peer* answers, None when it has no such query."""
    try:
        return peer.ask(question, view)
    except CannotError:
        return None


def ask_cold(corpus: Corpus, homes: Homes, each: int) -> dict[str, dict[str, list[float]]]:
    """Milliseconds from opening the index, no file of it in memory, to the first answer with facets, by engine."""
    asked = questions(corpus, each, len(corpus.episodes.names))
    some = [question for kind in _by_kind(asked).values() for question in kind[:COLD]]
    times: dict[str, dict[str, list[float]]] = {name: {"cpu": [], "wall": []} for name in homes}
    for question in some:
        for name, folder in homes.items():
            forget_files(folder)
            wall, cpu = time.perf_counter(), time.process_time()
            peer = make(name, folder)
            peer.open()
            if _answer(peer, question, VIEWS[1]) is not None:
                times[name]["cpu"].append((time.process_time() - cpu) * 1e3)
                times[name]["wall"].append((time.perf_counter() - wall) * 1e3)
            peer.close()
    return times


def ask_together(corpus: Corpus, homes: Homes, each: int) -> dict[str, dict[str, float]]:
    """Questions answered a second with facets, all kinds mixed, by one thread and by eight."""
    asked = questions(corpus, each, len(corpus.episodes.names))
    random.Random(2).shuffle(asked)
    return {name: _rates(name, folder, asked) for name, folder in homes.items()}


def _rates(name: str, folder: Path, asked: Sequence[Question]) -> dict[str, float]:
    _rate(name, folder, asked, 1)  # files come into memory, so that the first to be measured is not the coldest
    return {str(threads): _rate(name, folder, asked, threads) for threads in THREADS}


def _rate(name: str, folder: Path, asked: Sequence[Question], threads: int) -> float:
    one = _Crowd(name, folder, asked, threads)
    began = time.perf_counter()
    one.ask_all()
    return one.answered / (time.perf_counter() - began)


class _Crowd:
    """Threads that ask one engine: its own opened object for each, unless the engine is to be shared."""

    def __init__(self, name: str, folder: Path, asked: Sequence[Question], threads: int) -> None:
        self.answered = 0
        self._asked, self._lock, self._next = asked, threading.Lock(), 0
        self._peers = [make(name, folder) for _ in range(1 if PEERS[name].shared else threads)]
        for peer in self._peers:
            peer.open()
        self._threads = [threading.Thread(target=self._work, args=(n,)) for n in range(threads)]
        self._until = time.perf_counter() + SECONDS

    def ask_all(self) -> None:
        for thread in self._threads:
            thread.start()
        for thread in self._threads:
            thread.join()
        for peer in self._peers:
            peer.close()

    def _work(self, number: int) -> None:
        peer = self._peers[number % len(self._peers)]
        while time.perf_counter() < self._until:
            with self._lock:
                question = self._asked[self._next % len(self._asked)]
                self._next += 1
            if _answer(peer, question, VIEWS[1]) is not None:
                with self._lock:
                    self.answered += 1


def find_known(corpus: Corpus, homes: Homes, each: int) -> dict[str, dict[str, list[int]]]:
    """At which place each engine has the story that the words were taken from: kind -> engine -> ranks, 0 for none."""
    with _opened(homes) as peers:
        found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for question, wanted in known_items(corpus, each):
            for name, peer in peers.items():
                hits = peer.ask(question, VIEWS[0]).hits
                found[question.kind][name].append(hits.index(wanted) + 1 if wanted in hits else 0)
    return found
