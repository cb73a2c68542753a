"""The memory of an index run is shared out, and read as people write it."""

from __future__ import annotations

import pytest

from ficsearch.budget import MB, read_size, share
from ficsearch.errors import UsageError


@pytest.mark.parametrize(
    ("text", "megabytes"), [("512MB", 512), ("2 GB", 2048), ("1.5g", 1536), ("300", 300), (512, 512), ("1024 KiB", 1)]
)
def test_an_amount_of_memory_is_read_as_people_write_it(text: str | int, megabytes: int) -> None:
    assert read_size(text) == megabytes * MB


@pytest.mark.parametrize("text", ["", "much", "0", "-3MB", "MB"])
def test_what_is_no_amount_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="no amount of memory"):
        read_size(text)


@pytest.mark.parametrize("memory", [64, 256, 512, 1024, 4096])
@pytest.mark.parametrize("jobs", [1, 2, 8, 32])
def test_what_is_shared_out_fits_and_somebody_reads(memory: int, jobs: int) -> None:
    budget = share(memory * MB, jobs)
    assert 1 <= budget.jobs <= jobs
    assert budget.engine_mb * MB + 3 * budget.batch <= max(memory * MB - 80 * MB, 96 * MB)


def test_little_memory_means_fewer_processes_and_more_means_larger_batches() -> None:
    assert share(512 * MB, 8).jobs < 8 == share(2048 * MB, 8).jobs
    assert share(2048 * MB, 2).batch > share(512 * MB, 2).batch
