"""Parts make a story, when they surely do: whatever comes first, goes, comes again or differs."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch import Library
from ficsearch.catalogue import catalogue
from ficsearch.catalogue.marks import read_stem
from ficsearch.catalogue.stitch import Piece, stitch
from ficsearch.engines import ENGINES
from ficsearch.packs import Packs
from ficsearch.ratings import strictest
from ficsearch.report import Loose
from ficsearch.spoilers import judge, read_position, read_scope
from ficsearch.spoilers.widest import widest
from ficsearch.story import RATINGS, Chapter, Claim, Document, Rating, SpoilerScope, Story

TEXTS = {
    1: "Willow climbed up to the highest shelf, and the ladder rolled away under her like a cart.",
    2: "Xander held it with both hands. Nobody in the whole library said anything for a good while.",
    3: "Giles came back with the tea, and three cups, and looked at the ceiling, and sat down again.",
    4: "In the end it was the janitor who had to saw the thing in half and carry out the pieces.",
}


VERSION = f"\n{TEXTS[2]}\n\n{TEXTS[3]}\n"


def part(number: int, head: str, **changes: str) -> str:
    """The text of a part under the header *head*."""
    return f"{head}\n\n{changes.get('text', TEXTS[number])}\n"


def headed(number: int, of: str = "/3", title: str = "The Ladder", author: str = "Ann Other", more: str = "") -> str:
    return part(number, f"Title: {title} ({number}{of})\nAuthor: {author}\nFandom: Buffy the Vampire Slayer\n{more}")


def named(number: int, more: str = "", title: str = "The Ladder", author: str = "Ann Other") -> str:
    """A part whose header does not say which it is."""
    return part(number, f"Title: {title}\nAuthor: {author}\n{more}")


class Shelf:
    """A folder of files and the library over it."""

    def __init__(self, folder: Path, library: Library) -> None:
        self.folder = folder
        self.library = library

    def put(self, **files: str) -> Shelf:
        for name, text in files.items():
            path = self.folder / (name.replace("__", "/") + ".txt")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        self.report = self.library.index([self.folder])
        return self

    def drop(self, *names: str) -> Shelf:
        for name in names:
            (self.folder / f"{name.replace('__', '/')}.txt").unlink()
        self.report = self.library.index([self.folder])
        return self

    @property
    def stories(self) -> list[Story]:
        found = [self.library.story(h.story.id) for h in self.library.search("", limit=100).hits]
        return sorted(found, key=lambda s: s.path)

    @property
    def paths(self) -> list[list[str]]:
        """The files that each story is made of."""
        return [[p.path.removesuffix(".txt") for p in s.parts] or [s.path.removesuffix(".txt")] for s in self.stories]

    @property
    def story(self) -> Story:
        (story,) = self.stories
        return story


@pytest.fixture(params=sorted(ENGINES))
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shelf]:
    (tmp_path / "stories").mkdir()
    with Library.open(tmp_path / "index", engine=request.param) as library:
        yield Shelf(tmp_path / "stories", library)


@pytest.fixture
def one_shelf(tmp_path: Path) -> Iterator[Shelf]:
    (tmp_path / "stories").mkdir()
    with Library.open(tmp_path / "index") as library:
        yield Shelf(tmp_path / "stories", library)


# ---- what is stitched


def test_a_label_tells_which_chapter_it_is_and_how_many_there_are_tells_nothing(one_shelf: Shelf) -> None:
    told = {f"x{n}y": named(n, f"Chapter: {number}\n") for n, number in ((1, "1"), (2, "2 - Rungs"), (3, "3/3"))}
    assert one_shelf.put(**told).paths == [["x1y", "x2y", "x3y"]]
    counted = {f"x{n}y": named(n, f"Chapters: {n}\n") for n in (1, 2, 3)}
    assert one_shelf.put(**counted).paths == [["x1y"], ["x2y"], ["x3y"]]


def test_three_parts_are_one_story_with_its_chapters_in_order(shelf: Shelf) -> None:
    story = shelf.put(c=headed(1), a=headed(3), b=headed(2)).story
    assert (story.title, story.authors, story.path) == ("The Ladder", ("Ann Other",), "c.txt")
    assert [c.text for c in story.chapters] == [TEXTS[1], TEXTS[2], TEXTS[3]]
    assert [c.title for c in story.chapters] == ["Part 1", "Part 2", "Part 3"]
    assert [(p.path, p.number, p.chapter) for p in story.parts] == [("c.txt", 1, 1), ("b.txt", 2, 2), ("a.txt", 3, 3)]
    assert (story.missing, story.problems, story.status) == ((), (), "complete")
    assert (shelf.report.stories, shelf.report.stitched, shelf.report.loose) == (1, 1, [])


def test_a_word_of_any_part_finds_the_story_at_its_chapter(shelf: Shelf) -> None:
    shelf.put(a=headed(1), b=headed(2), c=headed(3))
    (hit,) = shelf.library.search("teacup OR cups").hits
    assert (hit.excerpts[0].chapter, hit.excerpts[0].paragraph) == (3, 1)
    assert shelf.library.search("ladder cups").total == 1


@pytest.mark.parametrize(
    "titles",
    [
        ("The Ladder (1/2)", "The Ladder (2/2)"),
        ("The Ladder (1/?)", "THE LADDER (2/?)"),
        ("The Ladder, Part One", "The Ladder, Part Two"),
        ("The Ladder - Chapter 1", "The Ladder - Chapter 2"),
        ("FIC: The Ladder 1/2", "FIC: The Ladder 2/2"),
        ("The Ladder [part 1 of 2]", "The Ladder [part 2 of 2]"),
        ("The Ladder, Part I", "The Ladder, Part II"),
    ],
)
def test_titles_say_the_part_in_many_ways(one_shelf: Shelf, titles: tuple[str, str]) -> None:
    one, two = (part(n, f"Title: {title}\nAuthor: Ann Other") for n, title in enumerate(titles, 1))
    assert one_shelf.put(x=two, y=one).paths == [["y", "x"]]
    assert one_shelf.story.title == "The Ladder"


def test_a_part_may_be_told_on_a_line_of_its_own_or_by_its_heading(one_shelf: Shelf) -> None:
    head = "Title: The Ladder\nAuthor: Ann Other"
    files = {"x": part(1, f"{head}\nPart: 1/3"), "y": part(2, f"{head}\nPart: 2 of 3")}
    assert one_shelf.put(**files, z=f"{head}\n\nPart Three\n\n{TEXTS[3]}\n").paths == [["x", "y", "z"]]


def test_numbers_in_file_names_are_parts_where_title_and_author_agree(shelf: Shelf) -> None:
    files = {f"ladder{n}": named(n) for n in (1, 2, 3, 4)}
    assert shelf.put(**files).paths == [["ladder1", "ladder2", "ladder3", "ladder4"]]


def test_the_file_without_a_number_is_the_first(one_shelf: Shelf) -> None:
    files = {"ladder": named(1), "ladder2": named(2), "ladder3": named(3)}
    assert one_shelf.put(**files).paths == [["ladder", "ladder2", "ladder3"]]


def test_parts_without_a_header_follow_one_of_the_same_name(one_shelf: Shelf) -> None:
    files = {"ladder_part1": headed(1), "ladder_part2": f"Part Two\n\n{TEXTS[2]}\n", "ladder_part3": TEXTS[3]}
    story = one_shelf.put(**files).story
    assert [p.number for p in story.parts] == [1, 2, 3]
    assert story.authors == ("Ann Other",)


def test_mail_parts_are_stitched_by_their_subjects(one_shelf: Shelf) -> None:
    def mail(number: int) -> str:
        return (
            f"From: ann@example.org (Ann Other)\nNewsgroups: alt.example\nSubject: NEW: The Ladder {number}/2 [PG]\n"
            f"Date: Mon, {number} Mar 1999 10:00:00 GMT\n\n{TEXTS[number]}\n"
        )

    assert one_shelf.put(msg071=mail(1), msg088=mail(2)).paths == [["msg071", "msg088"]]


PAGE = """<html><head><title>The Ladder Chapter {n}, a buffy fanfic</title></head><body>
<div id=profile_top><b>The Ladder</b> By: <a href="/u/7/">Ann Other</a><div class="xcontrast_txt">A long way up.</div>
<span class="xgray xcontrast_txt">Rated: <a>Fiction  T</a> - English - Chapters: 2 - Words: 9 - Status: Complete - id: 1
</span></div>
<SELECT id=chap_select><option value=1 {one}>1. Up<option value=2 {two}>2. Down</select>
<div id=storytext><p>{text}</p></div></body></html>"""


def test_the_chapter_pages_of_a_site_are_one_story(one_shelf: Shelf) -> None:
    for n in (1, 2):
        chosen = {"one": "selected" * (n == 1), "two": "selected" * (n == 2)}
        page = PAGE.format(n=n, text=TEXTS[n], **chosen)
        (one_shelf.folder / f"page{7 - n}.html").write_text(page, encoding="utf-8")
    story = one_shelf.put().story
    assert [c.title for c in story.chapters] == ["Up", "Down"]
    assert (story.missing, story.problems) == ((), ())
    (one_shelf.folder / "page6.html").unlink()
    assert one_shelf.put().story.problems == ("the page holds 1 of 2 chapters", "part 1 of 2 not found")


def test_the_same_text_twice_is_one_part(shelf: Shelf) -> None:
    story = shelf.put(a=headed(1), b=headed(2), copy=headed(2), c=headed(3)).story
    assert [(p.path, p.copies) for p in story.parts] == [("a.txt", ()), ("b.txt", ("copy.txt",)), ("c.txt", ())]
    assert story.body.count(TEXTS[2]) == 1
    assert shelf.library.story("copy.txt").id == story.id


def test_a_backup_in_another_folder_is_no_quarrel(one_shelf: Shelf) -> None:
    files = {"x__a": headed(1), "x__b": headed(2), "y__a": headed(1), "y__b": headed(2).replace("Xander", "Xander H.")}
    assert one_shelf.put(**files).paths == [["x/a", "x/b"], ["y/a", "y/b"]]


def test_parts_inside_an_archive_are_stitched_as_those_of_a_folder(shelf: Shelf) -> None:
    with ZipFile(shelf.folder / "ladder.zip", "w") as archive:
        for n in (1, 2, 3):
            archive.writestr(f"parts/ladder{n}.txt", named(n))
        archive.writestr("other.txt", part(4, "Title: The Car\nAuthor: Cee"))
    shelf.put()
    assert [[p.path for p in s.parts] for s in shelf.stories] == [
        [],
        [f"ladder.zip/parts/ladder{n}.txt" for n in (1, 2, 3)],
    ]
    story = shelf.library.story("ladder.zip/parts/ladder2.txt")
    assert (story.title, len(story.chapters)) == ("The Ladder", 3)


# ---- what is not


@pytest.mark.parametrize(
    "files",
    [
        pytest.param({"a": headed(1), "b": headed(2, author="Bea Reader")}, id="two authors"),
        pytest.param({"a": headed(1), "b": headed(2, title="The Lantern")}, id="two titles"),
        pytest.param(
            {
                f"lantern{n}": named(n, f"Summary: Story number {n}, which stands alone.\nRating: PG", f"Lantern {n}")
                for n in (1, 2)
            },
            id="stand-alone stories with numbers",
        ),
        pytest.param(
            {f"lantern{n}": named(n, f"Summary: The {n}th night, complete in itself.", "Lantern") for n in (1, 2)},
            id="stories of one title with a summary each",
        ),
        pytest.param({"lantern1998": named(1), "lantern2001": named(2)}, id="years"),
        pytest.param({"x__ladder1": named(1), "y__ladder2": named(2)}, id="mere numbers in two folders"),
        pytest.param(
            {"ladder1": named(1) + VERSION, "ladder2": named(1).replace("rolled", "slid") + VERSION}, id="two versions"
        ),
        pytest.param({"ladder1": TEXTS[1], "ladder2": TEXTS[2]}, id="no header and mere numbers"),
        pytest.param({"x__part1": TEXTS[1], "y__part2": TEXTS[2]}, id="no header and two folders"),
        pytest.param(
            {"part1": part(1, "Title: One\nAuthor: A"), "part2": part(2, "Title: Two\nAuthor: A")},
            id="two stories with file names of parts",
        ),
        pytest.param({"a": headed(1, "/3"), "b": headed(2, "/2")}, id="fewer parts than before"),
    ],
)
def test_in_doubt_nothing_is_stitched(one_shelf: Shelf, files: dict[str, str]) -> None:
    assert one_shelf.put(**files).paths == [[name.replace("__", "/")] for name in sorted(files)]
    assert one_shelf.report.stitched == 0


def test_chapters_with_titles_behind_that_of_the_story_are_stitched(one_shelf: Shelf) -> None:
    one_shelf.put(**{f"f{n}": named(n, title=f"The Ladder - Chapter {n}: {t}") for n, t in ((1, "Rungs"), (2, "Rain"))})
    story = one_shelf.story
    assert (story.title, [c.title for c in story.chapters]) == ("The Ladder", ["Chapter 1: Rungs", "Chapter 2: Rain"])
    assert [c.origin for c in story.chapters] == ["f1.txt, line 1", "f2.txt, line 1"]


def test_posts_whose_series_is_a_show_are_stitched(one_shelf: Shelf) -> None:
    for n in (1, 2):
        head = (
            f'From: Ann <ann@example.org>\nDate: Mon, 4 Jan 1999 10:00:00 GMT\nSubject: NEW VOY "Night Watch" {n}/3\n'
        )
        one_shelf.put(
            **{f"post{n}": part(n, f"{head}\nTitle: Night Watch\nAuthor: Ann Other\nSeries: VOY\nPart: {n}/3")}
        )
    assert one_shelf.paths == [["post1", "post2"]]
    assert one_shelf.story.problems == ("part 3 of 3 not found",)


def test_parts_that_count_in_a_series_are_no_parts_of_a_story(one_shelf: Shelf) -> None:
    one_shelf.put(**{f"f{n}": named(n, f"Series: Lantern Years\nPart: {n}/3\n", title=f"Night {n}0") for n in (1, 2)})
    assert one_shelf.paths == [["f1"], ["f2"]]


def test_a_prologue_and_an_epilogue_stand_at_the_ends(one_shelf: Shelf) -> None:
    one_shelf.put(z=named(3, title="The Ladder: Prologue"), a=named(4, title="The Ladder - Epilogue: Sawdust"))
    assert [s.title for s in one_shelf.stories] == ["The Ladder - Epilogue: Sawdust", "The Ladder: Prologue"]
    story = one_shelf.put(p1=headed(1, "/2"), p2=headed(2, "/2")).story
    assert (story.title, story.missing, story.status) == ("The Ladder", (), "complete")
    assert [p.path for p in story.parts] == ["z.txt", "p1.txt", "p2.txt", "a.txt"]
    assert [c.title for c in story.chapters] == ["Prologue", "Part 1", "Part 2", "Epilogue: Sawdust"]
    one_shelf.drop("p2")
    assert one_shelf.story.missing == (2,)
    one_shelf.drop("p1")
    assert [s.title for s in one_shelf.stories] == ["The Ladder - Epilogue: Sawdust", "The Ladder: Prologue"]


def test_the_epilogue_of_somebody_else_stays_alone(one_shelf: Shelf) -> None:
    one_shelf.put(a=headed(1, "/2"), b=headed(2, "/2"), c=named(3, title="The Ladder: Epilogue", author="Bo Peep"))
    assert one_shelf.paths == [["a", "b"], ["c"]]


def test_two_epilogues_that_differ_keep_all_apart(one_shelf: Shelf) -> None:
    one_shelf.put(a=headed(1, "/2"), b=headed(2, "/2"))
    one_shelf.put(c=named(3, title="The Ladder: Epilogue"), d=named(4, title="The Ladder (Epilogue)"))
    assert one_shelf.paths == [["a"], ["b"], ["c"], ["d"]]


def test_a_chapter_alone_keeps_its_title(one_shelf: Shelf) -> None:
    story = one_shelf.put(f=named(2, title="The Ladder - Chapter 2: Rain")).story
    assert (story.title, [c.title for c in story.chapters]) == ("The Ladder", ["Chapter 2: Rain"])
    assert one_shelf.library.search("rain").total == 1


def test_files_named_only_by_their_part_have_the_title_of_their_folder(one_shelf: Shelf) -> None:
    one_shelf.put(**{"rolling-ladder__part1": TEXTS[1], "rolling-ladder__part2": TEXTS[2], "lamp__part1": TEXTS[3]})
    assert [story.title for story in one_shelf.stories] == ["Lamp", "Rolling Ladder"]


def test_a_part_in_two_wordings_keeps_all_apart_and_says_so(shelf: Shelf) -> None:
    shelf.put(a=headed(1), b=headed(2), b2=headed(2).replace("Nobody", "No one"), c=headed(3))
    assert shelf.paths == [["a"], ["b"], ["b2"], ["c"]]
    why = "kept apart: part 2 is there twice and differs: 'b.txt' and 'b2.txt'"
    assert [loose.what for loose in shelf.report.loose] == [why] * 4
    shelf.drop("b2")
    assert shelf.paths == [["a", "b", "c"]]
    assert shelf.story.problems == ()


def test_a_file_that_holds_all_its_parts_is_whole(one_shelf: Shelf) -> None:
    whole = f"Title: The Ladder (2/2)\nAuthor: Ann Other\n\nPart 1\n\n{TEXTS[1]}\n\nPart 2\n\n{TEXTS[2]}\n"
    story = one_shelf.put(a=whole).story
    assert (len(story.chapters), story.missing) == (2, ())


# ---- what is missing


def test_a_missing_part_is_told_wherever_the_story_is(shelf: Shelf) -> None:
    story = shelf.put(a=headed(1, "/4"), b=headed(2, "/4"), d=headed(4, "/4")).story
    assert (story.missing, story.problems) == ((3,), ("part 3 of 4 not found",))
    assert shelf.report.loose == [Loose("a.txt", "The Ladder", "part 3 of 4 not found")]
    assert [c.title for c in story.chapters] == ["Part 1", "Part 2", "Part 4"]
    shelf.put(c=headed(3, "/4"))
    assert (shelf.story.missing, shelf.report.loose) == ((), [])


def test_a_part_alone_tells_what_it_lacks(one_shelf: Shelf) -> None:
    story = one_shelf.put(b=headed(2, "/4")).story
    assert (story.title, story.missing, story.problems) == (
        "The Ladder",
        (1, 3, 4),
        ("parts 1 and 3-4 of 4 not found",),
    )


def test_a_story_that_still_grows_misses_nothing(one_shelf: Shelf) -> None:
    story = one_shelf.put(a=headed(1, "/?"), b=headed(2, "/?")).story
    assert (story.missing, story.status) == ((), "in-progress")


# ---- what changes later


def test_a_part_that_comes_goes_or_changes_changes_its_story_alone(shelf: Shelf) -> None:
    other = part(4, "Title: The Car\nAuthor: Cee")
    shelf.put(a=headed(1), b=headed(2), other=other)
    assert shelf.paths == [["a", "b"], ["other"]]
    shelf.put(c=headed(3))
    assert shelf.report.added == 1
    assert shelf.paths == [["a", "b", "c"], ["other"]]
    shelf.put(b=headed(2).replace("Nobody", "Somebody"))
    assert (shelf.library.search("somebody").total, shelf.library.search("nobody").total) == (1, 0)
    shelf.drop("b")
    assert shelf.paths == [["a", "c"], ["other"]]
    shelf.drop("a")
    assert shelf.paths == [["c"], ["other"]]
    assert shelf.library.search("title:ladder").total == 1


def test_a_part_that_changes_its_title_leaves(shelf: Shelf) -> None:
    shelf.put(a=headed(1, "/2"), b=headed(2, "/2"))
    shelf.put(b=headed(2, "/2", title="The Lantern"))
    assert shelf.paths == [["a"], ["b"]]
    assert [s.title for s in shelf.stories] == ["The Ladder", "The Lantern"]
    shelf.put(b=headed(2, "/2"))
    assert shelf.paths == [["a", "b"]]


def test_the_id_is_that_of_the_lowest_part_whatever_comes_first(shelf: Shelf, tmp_path: Path) -> None:
    shelf.put(b=headed(2), c=headed(3))
    second = shelf.story.id
    shelf.put(a=headed(1))
    first = shelf.story.id
    assert first != second
    assert shelf.library.story(second).id == first  # an old link still leads to the story
    with Library.open(tmp_path / "other") as other:
        other.index([shelf.folder])
        assert other.story("c.txt").id == first
    shelf.put(b=headed(2).replace("Nobody", "Somebody"))
    assert shelf.story.id == first


def test_the_path_of_each_part_finds_the_story(shelf: Shelf) -> None:
    shelf.put(a=headed(1), b=headed(2))
    story = shelf.story
    for name in ("a.txt", "b.txt", str(shelf.folder / "b.txt")):
        assert shelf.library.story(name) == story
    assert shelf.library.location(story) == shelf.folder / "a.txt"


@settings(max_examples=10, deadline=None)
@given(st.permutations(range(1, 5)), st.lists(st.integers(1, 4), max_size=3))
def test_the_order_of_arrival_makes_no_difference(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], dropped: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("order")
    (folder / "stories").mkdir()
    with Library.open(folder / "index", engine="memory") as library, Library.open(folder / "new", "memory") as anew:
        shelf = Shelf(folder / "stories", library)
        for n in order:
            shelf.put(**{f"ladder{n}": headed(n, "/4")})
        for n in dict.fromkeys(dropped):
            shelf.drop(f"ladder{n}")
            shelf.put(**{f"ladder{n}": headed(n, "/4")})
        once = Shelf(shelf.folder, anew).put()
        assert shelf.stories == once.stories


def test_an_engine_that_is_behind_gets_the_stitched_story(tmp_path: Path, one_shelf: Shelf) -> None:
    one_shelf.put(a=headed(1), b=headed(2))
    one_shelf.library.close()
    shutil.copytree(tmp_path / "index" / "whoosh", tmp_path / "old")
    one_shelf.put(c=headed(3)).drop("a")
    one_shelf.library.close()
    shutil.rmtree(tmp_path / "index" / "whoosh")
    shutil.copytree(tmp_path / "old", tmp_path / "index" / "whoosh")  # as after a crash between store and engine
    assert one_shelf.paths == [["b", "c"]]
    assert one_shelf.library.search("janitor OR shelf").total == 0
    assert one_shelf.library.search("tea").total == 1


def test_many_processes_stitch_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    for n in range(12):
        for k in (1, 2, 3):
            text = headed(k, title=f"Ladder of {chr(65 + n)}")
            (folder / f"s{n}-{k}.txt").write_text(text, encoding="utf-8")
    with Library.open(tmp_path / "one") as one, Library.open(tmp_path / "two") as two:
        first, second = one.index([folder], jobs=1), two.index([folder], jobs=2)
        assert (first.stories, first.stitched) == (second.stories, second.stitched) == (12, 12)
        assert Shelf(folder, one).stories == Shelf(folder, two).stories


def test_a_dry_run_counts_stories_and_not_parts(one_shelf: Shelf) -> None:
    one_shelf.put()
    for n in (1, 2, 4):
        (one_shelf.folder / f"ladder{n}.txt").write_text(headed(n, "/4"), encoding="utf-8")
    report = one_shelf.library.index([one_shelf.folder], dry_run=True)
    assert (report.files, report.stories, report.stitched) == (3, 1, 1)
    assert [loose.what for loose in report.loose] == ["part 3 of 4 not found"]
    assert one_shelf.library.search("").total == 0


def test_packs_that_change_catalogue_a_stitched_story_anew(one_shelf: Shelf, tmp_path: Path) -> None:
    more = "Spoilers: The First\n"
    one_shelf.put(**{f"zed{n}": headed(n, more=more).replace("Buffy the Vampire Slayer", "Zedworld") for n in (1, 2)})
    assert one_shelf.story.fandoms == ("Zedworld",)
    (tmp_path / "fandoms").mkdir()
    (tmp_path / "fandoms" / "zed.toml").write_text(
        'universe = "zed"\n[[show]]\ncode = "ZW"\nname = "Zed World"\nnames = ["Zedworld"]\n'
        'episodes = [{ at = "1x01", title = "The First" }]\n',
        encoding="utf-8",
    )
    with Library.open(tmp_path / "index") as library:
        library.index([one_shelf.folder])
        story = library.story("zed2.txt")
        assert (story.fandoms, dict(story.spoilers.frontier)) == (("Zed World",), {"ZW": "1x01"})
        assert [p.path for p in story.parts] == ["zed1.txt", "zed2.txt"]
        assert library.index([one_shelf.folder]).unchanged == 2


# ---- the header of all


def whole(*headers: str) -> Story:
    """A story of parts with these headers (label and value, a line each)."""
    return catalogue(stitch(pieces(*headers)), "x.txt", shipped(), 1)


def pieces(*headers: str) -> list[Piece]:
    found = []
    for n, header in enumerate(headers, 1):
        rows = (line.split(": ", 1) for line in header.splitlines())
        claims = tuple(Claim(label, value, f"line {at}") for at, (label, value) in enumerate(rows, 1))
        found.append(Piece(Document((Chapter(TEXTS[n]),), claims), n, f"part{n}.txt"))
    return found


_packs: list[Packs] = []


def shipped() -> Packs:
    if not _packs:
        _packs.append(Packs.load())
    return _packs[0]


HEAD = "title: The Ladder\nauthor: Ann Other\nfandom: Buffy the Vampire Slayer"


def test_the_strictest_rating_of_all_parts_is_that_of_the_story() -> None:
    story = whole(f"{HEAD}\nrating: PG", "rating: NC-17", "rating: R")
    assert (story.rating.value, story.rating.original) == ("explicit", "PG; NC-17; R")
    assert [o.place for o in story.origins if o.field == "rating"] == [
        "part1.txt, line 4",
        "part2.txt, line 1",
        "part3.txt, line 1",
    ]


def test_a_part_without_a_rating_goes_by_the_first() -> None:
    assert whole(f"{HEAD}\nrating: PG", "").rating.value == "general"
    assert whole(HEAD, "rating: PG").rating.value == "not_rated"
    assert whole(HEAD, "rating: NC-17").rating.value == "explicit"
    assert whole(f"{HEAD}\nrating: PG", "rating: who can say").rating.value == "not_rated"


def test_the_widest_spoilers_of_all_parts_are_those_of_the_story() -> None:
    story = whole(f"{HEAD}\nspoilers: none", "spoilers: Through The Zeppo", "spoilers: Passion")
    assert (story.spoilers.kind, dict(story.spoilers.frontier)) == ("through", {"BtVS": "3x13"})
    assert story.spoilers.episodes == ("BtVS 3x13", "BtVS 2x17")


def test_a_part_that_says_nothing_of_spoilers_goes_by_the_first() -> None:
    assert whole(f"{HEAD}\nspoilers: Passion", "", "").spoilers.kind == "list"
    assert whole(HEAD, "spoilers: Passion").spoilers == SpoilerScope("unknown", "Passion", ("BtVS 2x17",))


def test_a_part_whose_spoilers_are_not_understood_makes_the_story_no_safer() -> None:
    story = whole(f"{HEAD}\nspoilers: none", "spoilers: purple monkeys")
    assert story.spoilers.kind == "unknown"
    assert "spoilers not understood: 'purple monkeys'" in story.problems


def test_warnings_characters_and_genres_of_all_parts_are_united() -> None:
    story = whole(
        f"{HEAD}\nwarnings: none\ncharacters: Willow\ngenre: Angst",
        "notes: There is a major character death in this part.",
        "characters: Xander\ngenre: Humor\nwarnings: Violence",
    )
    assert (story.warnings, story.noted_warnings) == (("Violence",), ("Major Character Death",))
    assert story.characters.declared == ("Willow Rosenberg", "Xander Harris")
    assert story.genres == ("Angst", "Humor")


def test_status_is_the_last_word_and_the_summary_the_first() -> None:
    story = whole(f"{HEAD}\nstatus: WIP\nsummary: One.\npublished: 1999-01-01", "status: Complete\nsummary: Two.")
    assert (story.status, story.summary, story.published) == ("complete", "One.", "1999-01-01")


def test_chapters_that_each_part_counts_anew_are_told_apart() -> None:
    twice = (Chapter("a", "Chapter 1"), Chapter("b", "Chapter 2"))
    document = stitch([Piece(Document(twice), 1, "a"), Piece(Document(twice), 2, "b")])
    assert [c.title for c in document.chapters] == [
        "Part 1: Chapter 1",
        "Part 1: Chapter 2",
        "Part 2: Chapter 1",
        "Part 2: Chapter 2",
    ]


PHRASES = (
    None, "none", "None, really", "Through The Zeppo", "Passion", "S2", "Season 4 and Pangs", "everything", "AtS S1",
    "BtVS S4 / AtS S1", "all of season five", "3x13", "purple monkeys", "up to Grave", "Hush, maybe", "Becoming",
    "XF: Detour", "not much",
)  # fmt: skip
SEEN = ("BtVS 1x01", "The Zeppo", "BtVS S2", "BtVS S4", "BtVS S7", "BtVS S7, AtS S5", "BtVS S4, AtS S1", "XF S9")


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4), st.sampled_from(SEEN))
def test_where_a_stitched_story_is_safe_every_part_is(phrases: list[str | None], seen: str) -> None:
    packs, position = shipped(), read_position(seen, shipped())
    headers = [(HEAD if n == 0 else "") + (f"\nspoilers: {p}" if p else "") for n, p in enumerate(phrases)]
    story = whole(*(h.strip() for h in headers))
    if judge(story.spoilers, position, packs).value != "safe":
        return
    for n, phrase in enumerate(phrases):
        if phrase or n == 0:
            scope = read_scope(phrase, packs, story.fandoms)
            assert judge(scope, position, packs).value == "safe", phrase


SCOPES = st.builds(
    SpoilerScope,
    st.sampled_from(("none", "through", "list", "season", "all", "unknown")),
    st.none() | st.just("words"),
    st.lists(st.sampled_from(("BtVS 1x01", "BtVS 3x13", "AtS 1x05")), max_size=2).map(tuple),
    st.dictionaries(st.sampled_from(("BtVS", "AtS", "ZZ")), st.sampled_from(("1x01", "3x13", "1x05")), max_size=3),
)


@given(st.lists(SCOPES, min_size=1, max_size=4), st.sampled_from(SEEN))
def test_the_widest_scope_is_never_narrower_than_one_of_its_parts(scopes: list[SpoilerScope], seen: str) -> None:
    packs, position = shipped(), read_position(seen, shipped())
    verdict, parts = (judge(widest(scopes, packs), position, packs), [judge(s, position, packs) for s in scopes])
    assert verdict.value != "safe" or all(v.value == "safe" for v in parts)
    assert verdict.value == "unsafe" or not any(v.value == "unsafe" for v in parts)


@given(st.lists(st.sampled_from(RATINGS).map(Rating), min_size=1, max_size=4))
def test_the_strictest_rating_is_below_no_ceiling_that_a_part_is_not(ratings: list[Rating]) -> None:
    value = strictest(ratings).value
    if value != "not_rated":
        rated = [r.value for r in ratings if r.value != "not_rated"]
        assert RATINGS.index(value) == max(map(RATINGS.index, rated))
        assert value == "explicit" or len(rated) == len(ratings)


@pytest.mark.parametrize(
    ("name", "stem", "number", "sure"),
    [
        ("ladder1", "ladder", 1, False),
        ("ladder-02", "ladder", 2, False),
        ("ladder (3)", "ladder", 3, False),
        ("ladder_part2", "ladder", 2, True),
        ("ladder ch. 12", "ladder", 12, True),
        ("ladder2of5", "ladder", 2, True),
        ("003-chapter-3", "", 3, True),
        ("Part Two", "", 2, True),
        ("chapter", "chapter", None, None),
        ("ladder", "ladder", None, None),
        ("s_3989120_1_Form-12-B", "s 3989120 1 form 12 b", None, None),
        ("story2001", "story2001", None, None),
        ("march3", "march", 3, False),
    ],
)
def test_a_file_name_says_a_part_by_word_or_number(name: str, stem: str, number: int | None, sure: bool | None) -> None:
    found, told = read_stem(name)
    assert found == stem
    assert (told and told.number, told and told.sure) == (number, sure)
