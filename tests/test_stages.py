"""Seconds are counted for the stage they were spent in, once, whichever process spent them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ficsearch import stages
from ficsearch.stages import Tally, stage, taken


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """The CPU seconds of this process, put forward by hand."""
    now = [0.0]
    monkeypatch.setattr(stages, "process_time", lambda: now[0])
    taken()
    yield now
    taken()


def test_a_stage_within_another_takes_its_seconds_from_it(clock: list[float]) -> None:
    with stage("store"):
        clock[0] += 2
        with stage("packing"):
            clock[0] += 3
        clock[0] += 4
    assert taken() == {"store": 6.0, "packing": 3.0}


def test_what_was_told_is_not_told_again(clock: list[float]) -> None:
    with stage("reading"):
        clock[0] += 1
    assert taken() == {"reading": 1.0}
    assert taken() == {}


def test_a_stage_that_fails_is_counted(clock: list[float]) -> None:
    @stage("reading")
    def fail() -> None:
        clock[0] += 5
        raise ValueError("no story")

    with pytest.raises(ValueError, match="no story"):
        fail()
    assert taken() == {"reading": 5.0}


def test_a_tally_adds_up_its_own_seconds_and_those_of_other_processes(clock: list[float]) -> None:
    tally = Tally()
    tally.add({"reading": 10.0, "packing": 1.0})
    with stage("reading"):
        clock[0] += 2
    tally.close()
    assert tally.seconds == {"reading": 12.0, "cataloguing": 0.0, "packing": 1.0, "store": 0.0, "engine": 0.0}


def test_waiting_is_time_on_the_wall_without_work(monkeypatch: pytest.MonkeyPatch) -> None:
    wall, busy = [0.0], [0.0]
    monkeypatch.setattr(stages, "perf_counter", lambda: wall[0])
    monkeypatch.setattr(stages, "process_time", lambda: busy[0])

    def results() -> Iterator[str]:
        wall[0] += 7  # another process works
        yield "one"
        wall[0] += 3  # this one does
        busy[0] += 3
        yield "two"

    tally = Tally()
    assert list(tally.awaited(results())) == ["one", "two"]
    assert tally.waiting == 7.0
