"""The library as scripts see it: index, change, search, and whatever can go wrong in between."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ficsearch import Choice, Library
from ficsearch.engines import ENGINES
from ficsearch.errors import (
    IndexLockedError,
    IndexVersionError,
    LibraryError,
    NoIndexError,
    StoryNotFoundError,
    UsageError,
)
from ficsearch.lock import writing
from ficsearch.renewing import _crashed
from ficsearch.store import Store, connections

LADDER = """Title: The Ladder
Author: Ann Other
Rating: R
Spoilers: Through The Zeppo
Fandom: Buffy the Vampire Slayer
Characters: Willow, Xander

Willow sat on the rolling ladder. Xander looked up at her for a long time.

"Come down," he said, and Willow laughed.
"""
CAR = """Title: The Car
Author: Bea Reader
Rating: PG
Spoilers: None
Fandom: Buffy the Vampire Slayer

Xander drove the car all night. Oz held the guitar and said nothing at all.
"""
GIFT = """Title: After the Tower
Author: Cee Writer
Rating: PG-13
Spoilers: The Gift
Fandom: Buffy the Vampire Slayer
Summary: Buffy is gone and Dawn remembers.

Dawn sat with Willow and Xander. Dawn Summers had nothing left to say.
"""


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "stories"
    (folder / "buffy").mkdir(parents=True)
    (folder / "buffy" / "ladder.txt").write_text(LADDER, encoding="utf-8")
    (folder / "car.txt").write_text(CAR, encoding="utf-8")
    (folder / "gift.txt").write_text(GIFT, encoding="utf-8")
    return folder


@pytest.fixture(params=sorted(ENGINES))
def library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "index", engine=request.param) as made:
        yield made


def titles(library: Library, text: str = "", **options: object) -> list[str]:
    return sorted(h.story.title for h in library.search(text, **options).hits)


def test_stories_are_indexed_and_found(library: Library, shelf: Path) -> None:
    report = library.index([shelf])
    assert (report.files, report.added, report.stories, report.skipped) == (3, 3, 3, [])
    assert report.holding == {"title": 3, "rating": 3, "spoilers": 3, "characters": 3}
    results = library.search("willow ladder", facets=("rating", "character"))
    assert [h.story.title for h in results.hits] == ["The Ladder"]
    assert "<mark>ladder</mark>" in results.hits[0].excerpts[0].html
    assert {v.value: v.count for v in results.facets["rating"]} == {"mature": 1}
    assert {"Willow Rosenberg", "Xander Harris"} <= {v.value for v in results.facets["character"]}


def test_running_again_reads_nothing(library: Library, shelf: Path) -> None:
    library.index([shelf])
    before = library.search("xander").total
    report = library.index([shelf])
    assert (report.added, report.changed, report.unchanged, report.bytes) == (0, 0, 3, 0)
    assert library.search("xander").total == before


def test_a_touched_file_is_unchanged_and_a_changed_one_is_read(library: Library, shelf: Path) -> None:
    library.index([shelf])
    os.utime(shelf / "car.txt", (1, 1))
    (shelf / "gift.txt").write_text(GIFT.replace("Dawn", "Anya"), encoding="utf-8")
    report = library.index([shelf])
    assert (report.changed, report.unchanged) == (1, 2)
    assert titles(library, "anya") == ["After the Tower"]
    assert library.index([shelf]).unchanged == 3


def test_a_changed_story_keeps_its_id(library: Library, shelf: Path) -> None:
    library.index([shelf])
    before = library.story("car.txt").id
    (shelf / "car.txt").write_text(CAR + "\nMore of it.\n", encoding="utf-8")
    library.index([shelf])
    assert library.story("car.txt").id == before


def test_files_that_are_gone_leave_the_index(library: Library, shelf: Path) -> None:
    library.index([shelf])
    shutil.rmtree(shelf / "buffy")
    report = library.index([shelf])
    assert (report.removed, report.stories) == (1, 2)
    assert titles(library) == ["After the Tower", "The Car"]


def test_another_folder_leaves_the_first_alone(library: Library, shelf: Path, tmp_path: Path) -> None:
    library.index([shelf])
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "car.txt").write_text(CAR.replace("The Car", "The Other Car"), encoding="utf-8")
    report = library.index([tmp_path / "more"])
    assert (report.added, report.removed, report.stories) == (1, 0, 4)
    assert titles(library, "title:car") == ["The Car", "The Other Car"]


def test_starting_over_forgets_what_is_not_named(library: Library, shelf: Path) -> None:
    library.index([shelf])
    report = library.index([shelf / "car.txt"], rebuild=True)
    assert (report.added, report.stories) == (1, 1)
    assert titles(library) == ["The Car"]


def test_a_dry_run_changes_nothing(library: Library, shelf: Path) -> None:
    assert library.index([shelf], dry_run=True).added == 3
    with pytest.raises(NoIndexError):
        library.search("xander")
    library.index([shelf])
    (shelf / "car.txt").unlink()
    report = library.index([shelf], dry_run=True)
    assert (report.removed, report.unchanged) == (1, 2)
    assert len(titles(library)) == 3


def test_bad_files_are_skipped_with_their_reasons(library: Library, shelf: Path) -> None:
    (shelf / "empty.txt").write_bytes(b"")
    (shelf / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40)
    (shelf / "cut.epub").write_bytes(b"PK\x03\x04 and no more")
    (shelf / "nowhere.txt").symlink_to(shelf / "missing.txt")
    report = library.index([shelf])
    assert report.stories == 3
    assert sorted(s.path for s in report.skipped) == ["cut.epub", "empty.txt", "nowhere.txt", "picture.txt"]
    assert all(s.reason for s in report.skipped)
    assert sorted(s.path for s in library.index([shelf]).skipped) == sorted(s.path for s in report.skipped)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_cannot_be_opened_any_more_keeps_its_story(library: Library, shelf: Path) -> None:
    library.index([shelf])
    (shelf / "car.txt").chmod(0)
    os.utime(shelf / "car.txt", (5, 5))
    report = library.index([shelf])
    (shelf / "car.txt").chmod(0o600)
    assert [s.path for s in report.skipped] == ["car.txt"]
    assert "The Car" in titles(library)
    assert [f.path for a in library.examine().ailments if a.kind == "skipped" for f in a.findings] == ["car.txt"]


def test_an_empty_folder_is_an_empty_library(library: Library, tmp_path: Path) -> None:
    (tmp_path / "nothing").mkdir()
    assert library.index([tmp_path / "nothing"]).stories == 0
    assert library.search("anything").total == 0


def test_many_processes_give_the_same_library(tmp_path: Path, shelf: Path) -> None:
    for n in range(40):
        (shelf / f"copy{n}.txt").write_text(CAR.replace("The Car", f"Car {n}"), encoding="utf-8")
    with Library.open(tmp_path / "one") as one, Library.open(tmp_path / "two") as two:
        first, second = one.index([shelf], jobs=1), two.index([shelf], jobs=2)
        assert (first.added, first.stories) == (second.added, second.stories) == (43, 43)
        assert titles(one, "xander", limit=100) == titles(two, "xander", limit=100)


def test_only_safe_stories_are_shown_under_a_position(library: Library, shelf: Path) -> None:
    (shelf / "silent.txt").write_text(
        CAR.replace("Spoilers: None\n", "").replace("The Car", "Silent"), encoding="utf-8"
    )
    library.index([shelf])
    results = library.search("xander", seen="The Zeppo", facets=("character", "spoilers"))
    assert sorted(h.story.title for h in results.hits) == ["The Car", "The Ladder"]
    assert (results.hidden.unsafe, results.hidden.unknown) == (1, 1)
    assert "Dawn Summers" not in {v.value for v in results.facets["character"]}
    assert titles(library, "xander", seen="BtVS S5") == ["After the Tower", "The Car", "The Ladder"]


def test_an_unsafe_story_that_is_revealed_keeps_its_secrets(library: Library, shelf: Path) -> None:
    library.index([shelf])
    results = library.search("dawn", seen="The Zeppo", reveal=("unsafe",))
    (hit,) = results.hits
    assert (hit.story.title, hit.story.summary, hit.excerpts) == ("", None, ())
    assert hit.verdict is not None
    assert hit.verdict.value == "unsafe"
    assert "The Gift" in hit.verdict.why


def test_people_are_found_by_how_often_they_are_named(library: Library, shelf: Path) -> None:
    library.index([shelf])
    assert titles(library, "with:Dawn>=2") == ["After the Tower"]
    assert titles(library, "with:Xander>=2") == []
    assert titles(library, "with:Xander=1") == ["After the Tower", "The Car", "The Ladder"]
    assert titles(library, "tagged:Xander") == ["The Ladder"]
    assert titles(library, "appears:Dawn") == ["After the Tower"]


def test_the_first_pairing_is_found_in_any_order(library: Library, shelf: Path) -> None:
    (shelf / "ships.txt").write_text(CAR.replace("Rating: PG", "Pairings: X/W, B/A"), encoding="utf-8")
    library.index([shelf])
    assert titles(library, "ship1:Willow/Xander") == ["The Car"]
    assert titles(library, "ship1:B/A") == []
    assert titles(library, "ship:A/B") == ["The Car"]


def test_a_ceiling_counts_the_unrated_it_hides(library: Library, shelf: Path) -> None:
    (shelf / "unrated.txt").write_text(CAR.replace("Rating: PG\n", "").replace("The Car", "Unrated"), encoding="utf-8")
    library.index([shelf])
    results = library.search("xander", max_rating="PG-13")
    assert sorted(h.story.title for h in results.hits) == ["After the Tower", "The Car"]
    assert results.hidden.not_rated == 1


def test_choices_are_read_as_people_write_them(library: Library, shelf: Path) -> None:
    library.index([shelf])
    assert titles(library, chosen=(Choice("rating", ("R",)),)) == ["The Ladder"]
    assert titles(library, chosen=(Choice("rating", ("R", "PG")),)) == ["The Car", "The Ladder"]
    both = Choice("character", ("Wills", "xander"), every=True)
    assert titles(library, chosen=(both,)) == ["After the Tower", "The Ladder"]
    assert titles(library, "xander", chosen=(Choice("author", exclude=("ann other",)),)) == [
        "After the Tower",
        "The Car",
    ]
    assert titles(library, words="<15") == ["After the Tower"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"facets": ("colour",)}, "no facet 'colour'"),
        ({"sort": "colour"}, "cannot be sorted by 'colour'"),
        ({"seen": "the one with the frogs"}, "frogs"),
        ({"words": "many"}, "'many' is not understood"),
        ({"max_rating": "purple"}, "'purple' is not understood"),
        ({"reveal": ("all",)}, "'all' cannot be revealed"),
    ],
)
def test_what_makes_no_sense_is_named(library: Library, shelf: Path, options: dict[str, object], said: str) -> None:
    library.index([shelf])
    with pytest.raises(UsageError, match=said):
        library.search("xander", **options)


def test_nothing_found_suggests_what_would(library: Library, shelf: Path) -> None:
    library.index([shelf])
    results = library.search("wilow rating:PG-13")
    assert results.total == 0
    assert any("willow" in s.label and s.total for s in results.suggestions)


def test_a_filter_that_leaves_nothing_is_named(library: Library, shelf: Path) -> None:
    library.index([shelf])
    results = library.search("ladder", chosen=(Choice("rating", ("G",)),))
    assert {s.label: s.total for s in results.suggestions}["without rating:=general"] == 1


def test_no_suggestion_gives_an_unsafe_story_away(library: Library, shelf: Path) -> None:
    library.index([shelf])
    assert not any("dawn" in s.text.lower() for s in library.search("dawm", seen="The Zeppo").suggestions)


def test_a_story_that_is_not_there_says_how_to_look(library: Library, shelf: Path) -> None:
    library.index([shelf])
    with pytest.raises(StoryNotFoundError, match="no story 'nothing'"):
        library.story("nothing")


def test_an_engine_that_was_lost_is_made_from_the_store(shelf: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
    shutil.rmtree(tmp_path / "index" / "whoosh")
    shutil.rmtree(shelf)
    with Library.open(tmp_path / "index") as library:
        assert len(titles(library)) == 3
        assert library.rebuild() == 3
        assert len(titles(library, "xander")) == 3


def test_an_engine_that_is_behind_catches_up(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with Library.open(folder) as library:
        library.index([shelf])
        shutil.copytree(folder / "whoosh", tmp_path / "old")
        (shelf / "car.txt").unlink()
        (shelf / "gift.txt").write_text(GIFT.replace("Dawn", "Anya"), encoding="utf-8")
        library.index([shelf])
    shutil.rmtree(folder / "whoosh")
    shutil.copytree(tmp_path / "old", folder / "whoosh")  # as after a crash between store and engine
    with Library.open(folder) as library:
        assert titles(library) == ["After the Tower", "The Ladder"]
        assert (titles(library, "anya"), titles(library, "dawn")) == (["After the Tower"], [])


def test_an_engine_that_is_ahead_of_its_store_is_made_anew(shelf: Path, tmp_path: Path) -> None:
    folder = tmp_path / "index"
    with Library.open(folder) as library:
        library.index([shelf / "car.txt"])
    shutil.copy(folder / "stories.db", tmp_path / "old.db")
    with Library.open(folder) as library:
        library.index([shelf])
    for name in ("stories.db", "stories.db-wal", "stories.db-shm"):
        (folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "old.db", folder / "stories.db")  # as after a power cut that cost the last batch
    with Library.open(folder) as library:
        assert titles(library) == ["The Car"]


def test_packs_that_change_catalogue_every_story_anew(shelf: Path, tmp_path: Path) -> None:
    (shelf / "zed.txt").write_text("Title: Zed\nAuthor: X\nFandom: Zedworld\n\nSome words of it.\n", encoding="utf-8")
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
        assert library.story("zed.txt").fandoms == ("Zedworld",)
    packs = tmp_path / "fandoms"
    packs.mkdir()
    (packs / "zed.toml").write_text(
        'universe = "zed"\n[[show]]\ncode = "ZW"\nname = "Zed World"\nnames = ["Zedworld"]\n'
        'episodes = [{ at = "1x01", title = "One" }]\n',
        encoding="utf-8",
    )
    with Library.open(tmp_path / "index") as library:
        assert "packs have changed" in library.search("xander").notes[0]
        with pytest.raises(IndexVersionError, match="ficsearch index PATH"):
            library.search("xander", seen="The Zeppo")  # what is safe may have changed too
        met: list[tuple[int, int, str]] = []
        report = library.index([shelf], progress=lambda *told: met.append(told))
        assert (report.unchanged, report.renewed) == (4, 4)
        assert sorted(met)[-1][:2] == (4, 4)
        assert library.story("zed.txt").fandoms == ("Zed World",)
        assert library.index([shelf]).renewed == 0
        assert titles(library, 'fandom:"Zed World"') == ["Zed"]


def test_what_could_not_be_read_is_tried_again_by_another_version(
    shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise RuntimeError("a defect")

    with monkeypatch.context() as before, Library.open(tmp_path / "index") as library:
        before.setattr("ficsearch.intake.read", failing)
        assert len(library.index([shelf]).skipped) == 3
    with Library.open(tmp_path / "index") as library:
        assert len(library.index([shelf]).skipped) == 3, "nothing has changed"
    store = Store.open(tmp_path / "index")
    store.set_meta("packs", "of a version before")
    store.close()
    with Library.open(tmp_path / "index") as library:
        assert library.index([shelf]).skipped == []
        assert library.search("xander").total == 3


def test_stories_are_catalogued_anew_by_several_processes_as_by_one(shelf: Path, tmp_path: Path) -> None:
    for n in range(20):
        text = f"Title: Story {n}\nFandom: Buffy\nSpoilers: Through The Zeppo\n\nWillow laughed.\n"
        (shelf / f"{n}.txt").write_text(text, encoding="utf-8")
    stories = []
    for jobs in (1, 3):
        folder = tmp_path / f"index{jobs}"
        with Library.open(folder) as library:
            library.index([shelf])
        store = Store.open(folder)
        store.set_meta("packs", "of a version before")
        store.close()
        with Library.open(folder) as library:
            assert library.index([shelf], jobs=jobs).renewed == 23
            found = library.search("Willow", seen="The Zeppo", limit=50)
            stories.append([hit.story for hit in found.hits])
    assert len(stories[0]) == 21
    assert stories[0] == stories[1]


def test_a_story_that_crashes_the_program_is_told_when_it_is_catalogued_anew(shelf: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
    store = Store.open(tmp_path / "index")
    pieces = store.pieces_of(store.ids()[0])
    store.close()
    with pytest.raises(LibraryError, match=pieces[0].path):
        _crashed(pieces)


def test_a_second_writer_says_who_is_busy_and_leaves(shelf: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    busy = pytest.raises(IndexLockedError, match=rf"process {os.getpid()}")
    with Library.open(index) as library, writing(index), busy:
        library.index([shelf])


def test_searching_goes_on_while_somebody_writes(shelf: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
        with writing(tmp_path / "index"):
            assert library.search("xander").total == 3


def test_a_reader_sees_what_another_process_has_indexed(shelf: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index") as reader:
        with Library.open(tmp_path / "index") as writer:
            writer.index([shelf])
        assert reader.search("xander").total == 3
        (shelf / "car.txt").unlink()
        with Library.open(tmp_path / "index") as writer:
            writer.index([shelf])
        assert reader.search("xander").total == 2


def test_a_reader_notices_that_the_index_was_started_over(shelf: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index") as reader, Library.open(tmp_path / "index") as writer:
        writer.index([shelf])
        assert reader.search("xander").total == 3
        writer.index([shelf / "car.txt"], rebuild=True)
        assert reader.search("xander").total == 1


def test_eight_threads_search_one_library(shelf: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
        totals: list[int] = []

        def ask() -> None:
            totals.extend(library.search("xander", facets=("rating",)).total for _ in range(20))

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert totals == [3] * 160


def test_a_run_that_is_killed_leaves_a_library_that_goes_on(shelf: Path, tmp_path: Path) -> None:
    for n in range(300):
        (shelf / f"copy{n}.txt").write_text(CAR * 20, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "ficsearch",
        "--index",
        str(tmp_path / "index"),
        "index",
        str(shelf),
        "--jobs",
        "1",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 20
    while not (tmp_path / "index" / "stories.db").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    with Library.open(tmp_path / "index") as library:
        assert library.index([shelf]).stories == 303
        assert library.search("xander").total == 303


def test_an_index_in_a_folder_that_cannot_be_written_says_so(shelf: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with Library.open(tmp_path / "file") as library, pytest.raises(LibraryError, match="cannot be written to"):
        library.index([shelf])


@pytest.fixture
def read_only(shelf: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An index in a folder that may not be written to (the superuser, who may all, is told so)."""
    index = tmp_path / "index"
    with Library.open(index) as library:
        library.index([shelf])
    index.chmod(0o500)
    (index / "stories.db").chmod(0o400)
    monkeypatch.setattr(connections.os, "access", lambda path, mode: False)
    yield index
    index.chmod(0o700)


def test_an_index_that_may_only_be_read_is_searched(read_only: Path) -> None:
    with Library.open(read_only) as library:
        assert library.search("car").total == 1
        assert [path.name for path in read_only.glob("stories.db*")] == ["stories.db"]


def test_who_may_only_read_an_index_sees_what_its_owner_changes(read_only: Path, shelf: Path) -> None:
    owner = [sys.executable, "-m", "ficsearch", "--index", str(read_only), "index", str(shelf), "--jobs", "1"]
    with Library.open(read_only) as library:
        assert library.search("zeppelin").total == 0
        read_only.chmod(0o700)
        (read_only / "stories.db").chmod(0o600)
        other_reader = sqlite3.connect(read_only / "stories.db")
        other_reader.execute("SELECT * FROM meta").fetchone()
        (shelf / "new.txt").write_text("Title: New\nAuthor: A\n\nA zeppelin rose.\n", encoding="utf-8")
        subprocess.run(owner, check=True, stdout=subprocess.DEVNULL)
        assert (read_only / "stories.db-wal").stat().st_size, "the log is still there"
        assert library.search("zeppelin").total == 1
        other_reader.close()
