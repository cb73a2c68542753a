"""Tasks over processes, and what happens when one of them dies."""

from __future__ import annotations

import os

import pytest

from ficsearch.workers import CHUNK, run


def double(numbers: list[int]) -> list[int]:
    return [n * 2 for n in numbers]


def die_on_seven(numbers: list[int]) -> list[int]:
    if 7 in numbers:
        os._exit(1)
    return double(numbers)


def minus(task: int) -> int:
    return -task


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_task_has_its_result(jobs: int) -> None:
    count = 3 * CHUNK + 1
    assert sorted(run(double, range(count), jobs, minus)) == [n * 2 for n in range(count)]


def test_a_process_that_dies_takes_only_its_own_task_with_it() -> None:
    results = sorted(run(die_on_seven, range(2 * CHUNK), 2, minus))
    assert results == sorted([-7, *(n * 2 for n in range(2 * CHUNK) if n != 7)])


def test_no_tasks_are_no_results() -> None:
    assert list(run(double, [], 2, minus)) == []
