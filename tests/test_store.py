"""The system of record: what goes in comes out, whatever happens in between."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from ficsearch.errors import IndexDamagedError, IndexVersionError, NoIndexError
from ficsearch.records import Change, FileRecord, StoredPiece, StoredStory
from ficsearch.store import Store
from ficsearch.story import Chapter, Claim, Document, Story
from shelf import SHELF


def record(name: str, **values: object) -> FileRecord:
    return replace(FileRecord(f"/stories/{name}".encode(), name, 10, 20, b"hash"), **values)


def document(story: Story) -> Document:
    return Document(story.chapters, (Claim("title", story.title, "line 1"),))


def change(name: str, *stories: Story, **values: object) -> Change:
    """A file that holds *stories*."""
    return Change(record(name, **values), tuple(StoredPiece.pack(s.id, s.part, document(s)) for s in stories))


def put(store: Store, *files: tuple[str, tuple[Story, ...]], gone: tuple[bytes, ...] = ()) -> int:
    """Files with their stories, each of one piece."""
    changes = [change(name, *stories) for name, stories in files]
    return store.put(changes, gone, [StoredStory.pack(s) for _, stories in files for s in stories])


@pytest.fixture
def store(tmp_path: Path):
    made = Store.create(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("story", SHELF, ids=lambda s: s.id)
def test_a_story_comes_back_as_it_was(store: Store, story: Story) -> None:
    put(store, ("a.txt", (story,)))
    assert store.story(story.id) == story


def test_a_document_comes_back_for_cataloguing_anew(store: Store) -> None:
    story = replace(SHELF[0], chapters=(Chapter("one"), Chapter("two", "Second")))
    put(store, ("a.txt", (story,)))
    (known,) = store.pieces_of(story.id)
    assert known.piece.read_document() == document(story)
    assert (known.file.fandom, known.place) == (None, 1)


def test_changing_a_file_replaces_its_stories_and_tells_what_went(store: Store) -> None:
    one, two, three = SHELF[:3]
    first = put(
        store,
        (
            "a.txt",
            (
                one,
                two,
            ),
        ),
    )
    second = put(
        store,
        (
            "a.txt",
            (
                two,
                three,
            ),
        ),
    )
    assert second == first + 1
    assert store.ids() == sorted([two.id, three.id])
    assert store.removed_since(first) == [one.id]
    assert {s.id for s in store.changed_since(first)} == {two.id, three.id}


def test_a_story_that_comes_back_is_no_longer_gone(store: Store) -> None:
    put(store, ("a.txt", (SHELF[0],)))
    before = store.put([], [b"/stories/a.txt"])
    assert store.ids() == []
    put(store, ("a.txt", (SHELF[0],)))
    assert store.removed_since(0) == []
    assert [s.id for s in store.changed_since(before)] == [SHELF[0].id]


def test_a_failed_batch_leaves_nothing_behind(store: Store) -> None:
    put(store, ("a.txt", (SHELF[0],)))
    with pytest.raises(sqlite3.IntegrityError):
        put(store, ("b.txt", (SHELF[1],)), ("c.txt", (SHELF[0],)))
    assert (store.ids(), store.generation) == ([SHELF[0].id], 1)


def test_files_under_a_folder_are_found_without_its_neighbours(store: Store) -> None:
    names = ("shelf/a.txt", "shelf/b/c.txt", "shelf-two/d.txt", "shelf")
    store.put(change(name) for name in names)
    found = {f.path for f in store.files_under(b"/stories/shelf").values()}
    assert found == {"shelf/a.txt", "shelf/b/c.txt", "shelf"}


def test_skipped_files_keep_their_reasons(store: Store) -> None:
    put(store, ("a.txt", (SHELF[0],)))
    store.put([change("b.txt", reason="empty")])
    assert [(f.path, f.reason) for f in store.skipped()] == [("b.txt", "empty")]
    assert store.counts() == {"files": 1, "stories": 1, "skipped": 1}


def test_a_story_is_found_by_id_by_its_beginning_and_by_path(store: Store) -> None:
    story = replace(SHELF[0], id="abcdef123456")
    put(store, ("a.txt", (story,)))
    for name in ("abcdef123456", "abcd", "a.txt", "/stories/a.txt"):
        assert store.ids_like(name) == [story.id]
    assert store.ids_like("abc") == []
    assert store.location(story.id) == Path("/stories/a.txt")


def test_threads_share_a_store(store: Store) -> None:
    put(store, ("a.txt", (*SHELF,)))
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


def test_a_store_that_cannot_be_opened_is_not_left_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Store.create(tmp_path)
    made.set_meta("version", "0")
    made.close()
    opened: list[sqlite3.Connection] = []
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: opened.append(connect(*a, **k)) or opened[-1])
    for opening in (Store.open, Store.create):
        with pytest.raises(IndexVersionError):
            opening(tmp_path)
    (tmp_path / "stories.db").write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    with pytest.raises(IndexDamagedError):
        Store.open(tmp_path)
    assert len(opened) == 3
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_a_story_of_several_pieces_has_the_text_of_all_in_their_places(store: Store) -> None:
    one, two, again = (replace(SHELF[n], id=f"{n}" * 12, chapters=(Chapter(f"text {n}"),)) for n in (0, 1, 2))
    whole = replace(one, chapters=(*one.chapters, *two.chapters))
    changes = [change("b.txt", two), change("a.txt", one), change("c.txt", again)]
    store.put(changes, (), [StoredStory.pack(whole, [one.id, two.id], [again.id])])
    assert store.story(one.id) == whole
    assert (store.ids(), store.stitched()) == ([one.id], 1)
    assert [(k.piece.id, k.place) for k in store.pieces_of(one.id)] == [(again.id, 0), (one.id, 1), (two.id, 2)]
    for name in ("a.txt", "b.txt", "c.txt", two.id, again.id[:6]):
        assert store.ids_like(name) == [one.id]


def test_a_story_that_loses_a_piece_is_put_anew_and_the_others_go(store: Store) -> None:
    one, two = (replace(SHELF[n], id=f"{n}" * 12) for n in (0, 1))
    changes = [change("a.txt", one), change("b.txt", two)]
    first = store.put(changes, (), [StoredStory.pack(one, [one.id, two.id])])
    store.put([], [b"/stories/a.txt"], [StoredStory.pack(two)])
    assert (store.ids(), store.removed_since(first)) == ([two.id], [one.id])
    assert [s.id for s in store.changed_since(first)] == [two.id]


def test_pieces_are_found_by_what_they_share(store: Store) -> None:
    keyed = [replace(p, title_key=7, number=n) for n, p in enumerate(change("a.txt", *SHELF[:2]).pieces)]
    stories = [StoredStory.pack(s) for s in SHELF[:3]]
    store.put([Change(record("a.txt"), tuple(keyed)), change("b.txt", SHELF[2])], (), stories)
    assert set(store.pieces_near([7, 8])) == {SHELF[0].id, SHELF[1].id}
    assert store.numbered_keys() == {7}
