"""One file, from bytes to what is stored: whatever happens, it becomes stories or a reason."""

from __future__ import annotations

from email.errors import MessageError
from pathlib import Path

import pytest

from ficsearch import intake
from ficsearch.intake import Task, take_in
from ficsearch.packs import Packs
from ficsearch.walk import FoundFile, walk


@pytest.mark.parametrize("problem", [MessageError("no such charset"), RecursionError(), MemoryError(), TypeError("x")])
def test_any_failure_of_a_reader_is_a_reason(
    tmp_path: Path, packs: Packs, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    def fails(name: str, data: bytes) -> None:
        raise problem

    (tmp_path / "a.txt").write_text("A story.")
    monkeypatch.setattr(intake, "read", fails)
    (found,) = walk(tmp_path)
    assert isinstance(found, FoundFile)
    told = take_in(Task(found), packs)
    assert told.reason == f"the reader failed: {type(problem).__name__}: {problem}"
    assert told.hash
