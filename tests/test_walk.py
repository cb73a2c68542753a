"""Which files there are, whatever the folders look like."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ficsearch.errors import UsageError
from ficsearch.walk import FoundFile, Unreachable, roots_of, walk


def paths(root: Path, **options: Path) -> list[str]:
    return [f.path for f in walk(root, **options) if isinstance(f, FoundFile)]


def fill(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("words", encoding="utf-8")


def test_files_come_in_the_order_of_names_with_their_folders(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/2.txt", "a/1.txt", "c/d/e.txt")
    assert paths(tmp_path) == ["b.txt", "a/1.txt", "a/2.txt", "c/d/e.txt"]


def test_hidden_files_and_the_index_are_passed_over(tmp_path: Path) -> None:
    fill(tmp_path, ".git/config", ".hidden.txt", "index/stories.db", "a.txt")
    assert paths(tmp_path, leave_out=tmp_path / "index") == ["a.txt"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    fill(tmp_path, "shelf/a.txt")
    (tmp_path / "shelf" / "again").symlink_to(tmp_path)
    assert paths(tmp_path) == ["shelf/a.txt"]


def test_a_link_to_itself_is_reported(tmp_path: Path) -> None:
    (tmp_path / "me.txt").symlink_to(tmp_path / "me.txt")
    (found,) = walk(tmp_path)
    assert isinstance(found, Unreachable)
    assert "symbolic links" in found.reason


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission_is_reported(tmp_path: Path) -> None:
    fill(tmp_path, "secret/a.txt", "b.txt")
    (tmp_path / "secret").chmod(0)
    try:
        found = list(walk(tmp_path))
    finally:
        (tmp_path / "secret").chmod(0o700)
    assert [f.path for f in found] == ["b.txt", "secret"]
    assert isinstance(found[1], Unreachable)


def test_a_pipe_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = walk(tmp_path)
    assert isinstance(found, Unreachable)
    assert "not a file" in found.reason


def test_a_name_that_is_not_text_is_shown_as_well_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words", encoding="utf-8")
    assert paths(tmp_path) == ["caf\ufffd.txt"]


def test_a_single_file_is_a_root_too(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    assert paths(tmp_path / "a.txt") == ["a.txt"]


def test_a_root_inside_another_is_not_walked_twice(tmp_path: Path) -> None:
    fill(tmp_path, "a/b/c.txt")
    assert roots_of([tmp_path / "a" / "b", tmp_path / "a", tmp_path / "a"]) == [(tmp_path / "a").resolve()]


def test_a_path_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no file or folder '.*nowhere'"):
        roots_of([tmp_path / "nowhere"])
