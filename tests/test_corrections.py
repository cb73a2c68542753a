"""What a person puts right stays right; a mistake in it is told, stops nothing and makes nothing safe."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from ficsearch import Library
from ficsearch.corrections import LABELS, read_overrides, read_sidecar
from ficsearch.inspecting import inspect_file
from ficsearch.packs import Packs
from ficsearch.story import Story

LADDER = """Title: The Ladder
Author: Ann Other
Rating: PG
Spoilers: none
Fandom: Buffy the Vampire Slayer
Characters: Willow
Keywords: X/W
Genre: Angst

Willow sat on the rolling ladder. Xander looked up at her for a long time.
"""
CAR = """Title: The Car
Author: Bea Reader
Rating: PG
Spoilers: Hush
Fandom: Buffy the Vampire Slayer

Xander drove the car all night. Oz held the guitar and said nothing at all.
"""


class Shelf:
    """Two stories, what is put right about them, and the library over it."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder, self.library = folder, library
        self.write(**{"ladder.txt": LADDER, "more/car.txt": CAR})
        self.index()

    def write(self, **files: str) -> None:
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, encoding="utf-8")

    def index(self) -> None:
        self.report = self.library.index([self.folder])

    def beside(self, text: str, name: str = "ladder.txt") -> Story:
        """The story of the file *name* with *text* beside it."""
        self.write(**{f"{name}.ficsearch.toml": text})
        self.index()
        return self.library.story(name)

    def overrides(self, text: str) -> None:
        self.write(**{"overrides.toml": text})
        self.index()

    @property
    def mistakes(self) -> list[tuple[str, int | None, str]]:
        return [(m.path, m.line, m.what) for m in self.report.mistakes]


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    (tmp_path / "stories").mkdir()
    with Library.open(tmp_path / "index") as library:
        yield Shelf(tmp_path / "stories", library)


EVERYTHING = """
title = "The Tall Ladder (1)"
authors = ["Ann and Other", "Bea Reader, Jr."]
fandoms = ["Buffy", "Angel"]
rating = "NC-17"
spoilers = "Through Grave"
characters = ["Cordy", "Willow"]
pairings = ["Cordelia/Angel"]
warnings = ["Ladders, tall"]
genres = ["Humor", "Slice of life"]
summary = "Up."
status = "complete"
published = 1999-03-14
series = "Ladders"
part = 2
language = "French"
url = "https://example.org/ladder"
"""


def test_every_field_can_be_put_right(shelf: Shelf) -> None:
    story = shelf.beside(EVERYTHING)
    assert (story.title, story.authors) == ("The Tall Ladder (1)", ("Ann and Other", "Bea Reader, Jr."))
    assert story.fandoms == ("Buffy the Vampire Slayer", "Angel")
    assert (story.rating.value, story.rating.original) == ("explicit", "NC-17")
    assert (story.spoilers.original, dict(story.spoilers.frontier)) == ("Through Grave", {"BtVS": "6x22"})
    assert story.characters.declared == ("Cordelia Chase", "Willow Rosenberg")
    assert [set(p) for p in story.pairings] == [{"Cordelia Chase", "Angel"}]
    assert (story.warnings, story.genres) == (("Ladders, tall",), ("Humor", "Slice of life"))
    assert (story.summary, story.status, story.published) == ("Up.", "complete", "1999-03-14")
    assert story.series is not None
    assert (story.series.name, story.series.index) == ("Ladders", 2)
    assert (story.language, story.source_url) == ("fr", "https://example.org/ladder")
    assert shelf.mistakes == []


def test_what_was_put_right_says_where(shelf: Shelf) -> None:
    story = shelf.beside('title = "Up"\n\nspoilers = "Hush"\n')
    places = {o.field: o.place for o in story.origins}
    assert places["title"] == "corrected in ladder.txt.ficsearch.toml, line 1"
    assert places["spoilers"] == "corrected in ladder.txt.ficsearch.toml, line 3"
    assert places["rating"] == "line 3"


def test_every_field_has_a_label_and_is_described() -> None:
    page = (Path(__file__).parents[1] / "docs" / "corrections.md").read_text(encoding="utf-8")
    for name in (*LABELS, "ignore", "parts", "stitch"):
        assert f"`{name}`" in page


def test_it_survives_a_change_of_the_story_and_goes_with_its_file(shelf: Shelf) -> None:
    shelf.beside('title = "Up"\nrating = "R"')
    shelf.write(**{"ladder.txt": LADDER + "\nMore of it.\n"})
    shelf.index()
    story = shelf.library.story("ladder.txt")
    assert (story.title, story.rating.value, "More of it" in story.body) == ("Up", "mature", True)
    (shelf.folder / "ladder.txt.ficsearch.toml").unlink()
    shelf.index()
    assert (shelf.report.changed, shelf.report.unchanged) == (1, 1)
    assert shelf.library.story("ladder.txt").title == "The Ladder"


def test_a_change_reads_that_story_alone_and_none_reads_nothing(shelf: Shelf) -> None:
    shelf.beside('title = "Up"')
    assert (shelf.report.files, shelf.report.changed, shelf.report.unchanged) == (2, 1, 1)
    shelf.index()
    assert (shelf.report.changed, shelf.report.unchanged, shelf.report.bytes) == (0, 2, 0)
    assert shelf.beside('title = "Down"').title == "Down"
    assert [h.story.title for h in shelf.library.search("title:down").hits] == ["Down"]


def test_corrections_are_no_stories_and_no_skipped_files(shelf: Shelf) -> None:
    shelf.beside('title = "Up"')
    shelf.overrides('["ladder.txt"]\nrating = "R"\n')
    assert (shelf.report.files, shelf.report.stories, shelf.report.skipped) == (2, 2, [])


def test_one_file_at_the_root_speaks_of_paths_and_patterns(shelf: Shelf) -> None:
    shelf.overrides(
        '["more/*"]\nlanguage = "de"\nrating = "M"\n\n["more/car.txt"]\nrating = "general"\n\n["*"]\nseries = "All"\n'
    )
    car, ladder = shelf.library.story("more/car.txt"), shelf.library.story("ladder.txt")
    assert (car.language, car.rating.value, ladder.rating.value) == ("de", "general", "general")
    assert car.series == ladder.series
    assert {o.place for o in car.origins if o.field == "rating"} == {"corrected in overrides.toml, line 6"}
    beside = shelf.beside('rating = "E"', "more/car.txt")
    assert (beside.rating.value, beside.language) == ("explicit", "de")


def test_the_file_at_the_root_counts_when_only_a_folder_below_is_indexed(shelf: Shelf) -> None:
    shelf.overrides('["more/car.txt"]\ntitle = "The Van"\n')
    shelf.write(**{"more/car.txt": CAR + "\nAnd on.\n"})
    shelf.library.index([shelf.folder / "more"])
    assert [h.story.title for h in shelf.library.search("and on").hits] == ["The Van"]


def test_what_lies_beside_a_file_counts_when_the_file_is_named(shelf: Shelf) -> None:
    shelf.write(**{"ladder.txt.ficsearch.toml": 'title = "Up"'})
    shelf.library.index([shelf.folder / "ladder.txt"])
    assert shelf.library.story(str(shelf.folder / "ladder.txt")).title == "Up"
    (story,) = inspect_file(str(shelf.folder / "ladder.txt"), Packs.load())
    assert story.title == "Up"


def test_a_file_can_be_left_out_and_taken_in_again(shelf: Shelf) -> None:
    shelf.overrides("['more/car.txt']\nignore = true\n")
    assert [(s.path, s.reason) for s in shelf.report.skipped] == [
        ("more/car.txt", "left out by overrides.toml, line 2")
    ]
    assert shelf.library.search("").total == 1
    shelf.index()
    assert len(shelf.report.skipped) == 1
    shelf.overrides("")
    assert shelf.library.search("guitar").total == 1


def test_the_stories_of_one_file_are_put_right_by_number(shelf: Shelf) -> None:
    shelf.write(**{"two.txt": f"{CAR}\n\n* * *\n\n{LADDER}"})
    shelf.beside('authors = "Cee"\n\n[2]\ntitle = "Second"\n', "two.txt")
    found = [h.story for h in shelf.library.search("author:Cee", limit=10).hits]
    assert sorted(s.title for s in found) == ["Second", "The Car"]


def test_an_emptied_field_says_nothing_any_more(shelf: Shelf) -> None:
    story = shelf.beside('pairings = []\ngenres = []\nspoilers = ""\nrating = ""\nsummary = ""\n')
    assert (story.pairings, story.genres, story.spoilers.kind, story.rating.value) == ((), (), "unknown", "not_rated")


# ---- mistakes


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ('\nratign = "R"', 2, "there is no field 'ratign'"),
        ("title = true", 1, "'title' must be a text in quotes"),
        ('title = ["A", "B"]', 1, "'title' must be a text"),
        ("authors = [1]", 1, "'authors' must be a text or a list of texts"),
        ('status = "nearly"', 1, "say complete or in-progress"),
        ('published = "one day"', 1, "published not understood"),
        ('language = "Klingonese"', 1, "language not understood"),
        ('part = "the middle"', 1, "part not understood"),
        ('ignore = "yes"', 1, "'ignore' must be true or false"),
        ('parts = "b.txt"', 1, "'parts' must be a list"),
        ('parts = ["ladder.txt", "nowhere.txt"]', 1, "there is no file 'nowhere.txt'"),
        ('title = "Up\n', 1, "this is not TOML"),
        ("x" * 30, 1, "this is not TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_old_value_stays(shelf: Shelf, text: str, line: int, told: str) -> None:
    before = shelf.library.story("ladder.txt")
    story = shelf.beside(text)
    ((path, at, what),) = shelf.mistakes
    assert (path, at) == ("ladder.txt.ficsearch.toml", line)
    assert told in what
    assert (story.title, story.rating, story.spoilers, story.pairings) == (
        before.title, before.rating, before.spoilers, before.pairings,
    )  # fmt: skip
    shelf.index()
    assert len(shelf.mistakes) == 1  # and it is told again as long as it is there
    shelf.beside("")
    assert shelf.mistakes == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('rating = "purple"', "rating not understood: 'purple'"),
        ("rating = 18.5", "rating not understood: '18.5'"),
        ("rating = true", "'rating' must be a text"),
        ('spoilers = "Through The Zepppo and purple monkeys"', "spoilers not understood"),
        ("spoilers = true", "'spoilers' must be a text"),
    ],
)
def test_a_rating_or_spoilers_that_nobody_understands_make_nothing_safer(shelf: Shelf, text: str, told: str) -> None:
    before = shelf.library.story("ladder.txt")
    assert (before.rating.value, before.spoilers.kind) == ("general", "none")
    story = shelf.beside(text)
    ((_, line, what),) = shelf.mistakes
    assert (line, told in what) == (1, True)
    assert (story.rating.value, story.spoilers.kind) in (("not_rated", "none"), ("general", "unknown"))
    assert story.problems == ()
    assert shelf.beside("").rating.value == "general"


def test_a_mistake_in_one_field_leaves_the_others_right(shelf: Shelf) -> None:
    story = shelf.beside('title = "Up"\nrating = "purple"\nspoilers = "gibberish gibber"\n')
    assert (story.title, story.rating.value, story.spoilers.kind) == ("Up", "not_rated", "unknown")
    assert [(line, what[:6]) for _, line, what in shelf.mistakes] == [(2, "rating"), (3, "spoile")]


def test_a_file_that_cannot_be_read_any_more_makes_nothing_safer(shelf: Shelf) -> None:
    shelf.beside('rating = "E"\nspoilers = "Through Grave"\n')
    assert shelf.beside('rating = "E\nspoilers = "Through Grave"\n').rating.value == "explicit"
    shelf.write(**{"ladder.txt": LADDER + "\nMore.\n"})
    shelf.index()
    story = shelf.library.story("ladder.txt")
    assert ("More." in story.body, story.rating.value, story.spoilers.kind) == (True, "not_rated", "unknown")
    assert shelf.beside('rating = "E"\nspoilers = "Through Grave"\n').rating.value == "explicit"


def test_a_file_beside_nothing_and_a_path_to_nothing_are_told(shelf: Shelf) -> None:
    shelf.write(**{"gone.txt.ficsearch.toml": 'title = "Up"'})
    shelf.overrides('title = "Up"\n\n["nowhere.txt"]\nrating = "R"\n["old/*"]\nrating = "R"\n')
    assert shelf.mistakes == [
        ("gone.txt.ficsearch.toml", None, "there is no file 'gone.txt' beside it"),
        ("overrides.toml", 1, "'title' stands above the first table; say of which file: [\"path/of/story.txt\"]"),
        ("overrides.toml", 3, "there is no file 'nowhere.txt'"),
        ("overrides.toml", 5, "there is no file 'old/*'"),
    ]


def test_lines_are_counted_past_long_texts_and_odd_names() -> None:
    (table,), mistakes = read_overrides(
        "overrides.toml", '# one\n["a \\"b\\".txt"]\nsummary = """\nrating = 5\n"""\nrating = "no"\n'
    )
    assert table.path == 'a "b".txt'
    assert [m.line for m in mistakes] == [6]
    _, mistakes = read_sidecar("x.ficsearch.toml", "'title' = 'x'\n\"rating\"= 'no'\n[2]\n\n  rating = 'no'\n")
    assert [m.line for m in mistakes] == [2, 5]


# ---- stitching by hand


def test_files_are_stitched_and_kept_apart_by_hand(shelf: Shelf) -> None:
    shelf.overrides('["ladder.txt"]\nparts = ["ladder.txt", "more/car.txt"]\n')
    (story,) = (shelf.library.story(h.story.id) for h in shelf.library.search("").hits)
    assert [(p.path, p.number) for p in story.parts] == [("ladder.txt", 1), ("more/car.txt", 2)]
    assert (story.title, story.spoilers.original) == ("The Ladder", "none; Hush")
    shelf.overrides("")
    assert shelf.library.search("").total == 2


def test_what_would_be_stitched_can_be_kept_apart_and_forced_together(shelf: Shelf) -> None:
    for n in (1, 2):
        shelf.write(**{f"lift{n}.txt": CAR.replace("The Car", f"The Lift ({n}/2)").replace("Xander", f"Xander{n}")})
    shelf.index()
    assert shelf.report.stitched == 1
    shelf.overrides('["lift2.txt"]\nstitch = false\n')
    assert shelf.report.stitched == 0
    shelf.overrides("")
    assert shelf.report.stitched == 1
    for n in (1, 2):
        text = CAR.replace("The Car", "The Lift").replace("Rating", f"Summary: {n}\nRating")
        shelf.write(**{f"lift{n}.txt": text.replace("Xander", f"Xander{n}")})
    shelf.index()
    assert shelf.report.stitched == 0
    shelf.overrides('["lift*"]\nstitch = true\n')
    assert shelf.report.stitched == 1


def test_the_first_part_put_right_is_the_story_put_right(shelf: Shelf) -> None:
    for n, rating in ((1, "PG"), (2, "NC-17")):
        text = CAR.replace("The Car", f"The Lift ({n}/2)").replace("PG", rating)
        shelf.write(**{f"lift{n}.txt": text.replace("Xander", f"Xander{n}")})
    story = shelf.beside('title = "Going Up"\nrating = "R"\n', "lift1.txt")
    assert (story.title, story.rating.value, len(story.parts)) == ("Going Up", "mature", 2)
    (shelf.folder / "lift1.txt.ficsearch.toml").unlink()
    story = shelf.beside('rating = "G"\n', "lift2.txt")
    assert (story.title, story.rating.value, len(story.parts)) == ("The Lift", "general", 2)
    places = [o.place for o in story.origins if o.field == "rating"]
    assert places == ["lift1.txt, line 3", "lift2.txt, corrected in lift2.txt.ficsearch.toml, line 1"]


def test_packs_that_change_keep_what_was_put_right(shelf: Shelf, tmp_path: Path) -> None:
    shelf.beside('title = "Up"\nspoilers = "Hush"\n')
    (tmp_path / "fandoms").mkdir()
    (tmp_path / "fandoms" / "zed.toml").write_text(
        'universe = "zed"\n[[show]]\ncode = "ZW"\nname = "Zed"\nnames = ["Zed"]\n'
        'episodes = [{ at = "1x01", title = "One" }]\n',
        encoding="utf-8",
    )
    with Library.open(tmp_path / "index") as library:
        library.index([shelf.folder])
        story = library.story("ladder.txt")
        assert (story.title, dict(story.spoilers.frontier)) == ("Up", {"BtVS": "4x10"})


def test_a_dry_run_tells_mistakes_and_keeps_nothing(shelf: Shelf) -> None:
    shelf.write(**{"ladder.txt.ficsearch.toml": 'rating = "purple"'})
    report = shelf.library.index([shelf.folder], dry_run=True)
    assert [m.line for m in report.mistakes] == [1]
    assert shelf.library.story("ladder.txt").rating.value == "general"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_corrections_that_may_not_be_opened_are_told(shelf: Shelf) -> None:
    shelf.write(**{"ladder.txt.ficsearch.toml": 'title = "Up"'})
    (shelf.folder / "ladder.txt.ficsearch.toml").chmod(0)
    shelf.index()
    assert "cannot be read: permission denied" in shelf.mistakes[0][2]


def test_the_example_of_the_docs_works(shelf: Shelf) -> None:
    page = (Path(__file__).parents[1] / "docs" / "corrections.md").read_text(encoding="utf-8")
    beside, root = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    shelf.write(**dict.fromkeys(("old/one.txt", "notes.txt", "lamp-b.txt"), CAR))
    shelf.write(**{"lamp-a.txt": CAR.replace("guitar", "lamp")})
    shelf.overrides(root)
    story = shelf.beside(beside)
    assert shelf.mistakes == []
    assert (story.title, story.rating.value, dict(story.spoilers.frontier)) == ("The Ladder", "teen", {"BtVS": "3x13"})
    assert [p.path for p in shelf.library.story("lamp-a.txt").parts] == ["lamp-a.txt", "lamp-b.txt"]
    assert [s.path for s in shelf.report.skipped] == ["notes.txt"]
    assert shelf.library.story("old/one.txt").fandoms == ("The X-Files",)
