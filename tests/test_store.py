"""The system of record: what goes in comes out, whatever happens in between."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from ficsearch.errors import IndexDamagedError, IndexVersionError, NoIndexError
from ficsearch.records import Change, FileRecord, StoredStory
from ficsearch.store import Store
from ficsearch.story import Chapter, Claim, Document, Story
from shelf import SHELF


def record(name: str, **values: object) -> FileRecord:
    return replace(FileRecord(f"/stories/{name}".encode(), name, 10, 20, b"hash"), **values)


def change(name: str, *stories: Story, **values: object) -> Change:
    documents = (Document(s.chapters, (Claim("title", s.title, "line 1"),)) for s in stories)
    return Change(record(name, **values), tuple(map(StoredStory.pack, stories, documents)))


@pytest.fixture
def store(tmp_path: Path):
    made = Store.create(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("story", SHELF, ids=lambda s: s.id)
def test_a_story_comes_back_as_it_was(store: Store, story: Story) -> None:
    store.put([change("a.txt", story)])
    assert store.story(story.id) == story


def test_a_document_comes_back_for_cataloguing_anew(store: Store) -> None:
    story = replace(SHELF[0], chapters=(Chapter("one"), Chapter("two", "Second")))
    store.put([change("a.txt", story)])
    ((stored, fandom),) = store.stored([story.id])
    assert stored.read_document() == Document(story.chapters, (Claim("title", story.title, "line 1"),))
    assert fandom is None


def test_changing_a_file_replaces_its_stories_and_tells_what_went(store: Store) -> None:
    one, two, three = SHELF[:3]
    first = store.put([change("a.txt", one, two)])
    second = store.put([change("a.txt", two, three)])
    assert second == first + 1
    assert store.ids() == sorted([two.id, three.id])
    assert store.removed_since(first) == [one.id]
    assert {s.id for s in store.changed_since(first)} == {two.id, three.id}


def test_a_story_that_comes_back_is_no_longer_gone(store: Store) -> None:
    store.put([change("a.txt", SHELF[0])])
    before = store.put([], [b"/stories/a.txt"])
    assert store.ids() == []
    store.put([change("a.txt", SHELF[0])])
    assert store.removed_since(0) == []
    assert [s.id for s in store.changed_since(before)] == [SHELF[0].id]


def test_a_failed_batch_leaves_nothing_behind(store: Store) -> None:
    store.put([change("a.txt", SHELF[0])])
    with pytest.raises(sqlite3.IntegrityError):
        store.put([change("b.txt", SHELF[1]), change("c.txt", SHELF[0])])
    assert (store.ids(), store.generation) == ([SHELF[0].id], 1)


def test_files_under_a_folder_are_found_without_its_neighbours(store: Store) -> None:
    names = ("shelf/a.txt", "shelf/b/c.txt", "shelf-two/d.txt", "shelf")
    store.put(change(name) for name in names)
    found = {f.path for f in store.files_under(b"/stories/shelf").values()}
    assert found == {"shelf/a.txt", "shelf/b/c.txt", "shelf"}


def test_skipped_files_keep_their_reasons(store: Store) -> None:
    store.put([change("a.txt", SHELF[0]), change("b.txt", reason="empty")])
    assert [(f.path, f.reason) for f in store.skipped()] == [("b.txt", "empty")]
    assert store.counts() == {"files": 1, "stories": 1, "skipped": 1}


def test_a_story_is_found_by_id_by_its_beginning_and_by_path(store: Store) -> None:
    story = replace(SHELF[0], id="abcdef123456")
    store.put([change("a.txt", story)])
    for name in ("abcdef123456", "abcd", "a.txt", "/stories/a.txt"):
        assert store.ids_like(name) == [story.id]
    assert store.ids_like("abc") == []
    assert store.location(story.id) == Path("/stories/a.txt")


def test_threads_share_a_store(store: Store) -> None:
    store.put([change("a.txt", *SHELF)])
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(store.ids()))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [len(SHELF)] * 8


def test_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NoIndexError, match="ficsearch index PATH"):
        Store.open(tmp_path)


def test_another_version_says_what_to_run(tmp_path: Path) -> None:
    made = Store.create(tmp_path)
    made.set_meta("version", "0")
    made.close()
    with pytest.raises(IndexVersionError, match="ficsearch index --rebuild"):
        Store.open(tmp_path)


@pytest.mark.parametrize("rubbish", [b"not a database at all" * 100, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_says_what_to_run(tmp_path: Path, rubbish: bytes) -> None:
    (tmp_path / "stories.db").write_bytes(rubbish)
    with pytest.raises(IndexDamagedError, match="ficsearch index --rebuild"):
        Store.open(tmp_path)
