"""``ficsearch doctor``: everything that could not be read is named, with its file and its line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from ficsearch import Library, contract
from ficsearch.cli import main
from ficsearch.doctor import KINDS, Diagnosis
from ficsearch.outputs.reports import diagnosis_text
from test_contract import check_golden

PROSE = "Willow sat on the rolling ladder and Xander looked up at her for a long time without a word."
FILES = {
    "fine.txt": f"Title: Fine\nAuthor: Ann\nRating: PG\nSpoilers: none\n\n{PROSE}\n",
    "purple.txt": f"Title: Purple\nAuthor: Ann\nRating: who can say\nFandom: Buffy\nSpoilers: monkeys!\n\n{PROSE}\n",
    "bare.txt": f"{PROSE}\n\n{PROSE}\n",
    "nobody.txt": f"Title: By Nobody\nRating: PG\nSpoilers: none\n\n{PROSE}\n",
    "empty-body.txt": "Title: Hollow\nAuthor: Ann\nRating: PG\nSpoilers: none\n",
    "cafe.txt": f"Title: CafÃ©\nAuthor: Ann\nRating: PG\nSpoilers: none\n\nThe cafÃ© donâ€™t open. {PROSE}\n",
    "lift1.txt": f"Title: Lift (1/3)\nAuthor: Ann\nSpoilers: none\n\n{PROSE}\n",
    "lift3.txt": f"Title: Lift (3/3)\nAuthor: Ann\nSpoilers: bananas\n\nThe last of it. {PROSE} At last.\n",
    "nothing.txt": "",
    "odd.txt": f"Title: Odd\nAuthor: Ann\nBonus: cookies\nRating: PG\nSpoilers: none\n\n{PROSE}\n",
    "gone.txt": f"Title: Gone\nAuthor: Ann\nSpoilers: none\n\nWhat \ufffd said.\n\n{PROSE}\n",
    "page.html": f"<p>Title: Page<br>Author: Ann<br>Rating: mauve<br>Summary: Up.</p><hr><p>{PROSE}</p><p>{PROSE}</p>",
    "fine.txt.ficsearch.toml": '\nratign = "R"\n',
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("doctor")
    for name, text in FILES.items():
        (folder / "stories").mkdir(exist_ok=True)
        (folder / "stories" / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "index") as made:
        made.index([folder / "stories"])
        yield made


@pytest.fixture(scope="module")
def found(library: Library) -> Diagnosis:
    return library.examine()


def told(found: Diagnosis, kind: str) -> list[tuple[str, int | None, str]]:
    return [(f.path, f.line, f.what) for a in found.ailments if a.kind == kind for f in a.findings]


@pytest.mark.parametrize(
    ("kind", "findings"),
    [
        ("skipped", [("nothing.txt", None, "the file is empty")]),
        ("header", [("bare.txt", None, "no header was found; it is called 'Bare'")]),
        ("author", [("nobody.txt", None, "'By Nobody'")]),
        ("lines", [("odd.txt", 3, "header line not understood: 'Bonus: cookies'")]),
        (
            "rating",
            [
                ("page.html", None, "rating not understood: 'mauve' (line 3 of the page)"),
                ("purple.txt", 3, "rating not understood: 'who can say'"),
            ],
        ),
        (
            "spoilers",
            [
                ("lift3.txt", 3, "spoilers not understood: 'bananas'"),
                ("purple.txt", 5, "spoilers not understood: 'monkeys!'"),
            ],
        ),
        ("parts", [("lift1.txt", 1, "part 2 of 3 not found")]),
    ],
)
def test_each_thing_is_told_where_it_is(
    found: Diagnosis, kind: str, findings: list[tuple[str, int | None, str]]
) -> None:
    assert told(found, kind) == findings


def test_a_mistake_in_a_correction_is_told_with_its_line(found: Diagnosis) -> None:
    ((path, line, what),) = told(found, "corrections")
    assert (path, line) == ("fine.txt.ficsearch.toml", 2)
    assert what.startswith("there is no field 'ratign'")


def test_damaged_and_empty_texts_are_told(found: Diagnosis) -> None:
    assert {(path, line) for path, line, _ in told(found, "encoding")} == {("cafe.txt", 1), ("gone.txt", 5)}
    assert {path for path, _, _ in told(found, "text")} == {"empty-body.txt"}


def test_a_story_in_order_is_not_named(found: Diagnosis) -> None:
    assert "fine.txt" not in {f.path for a in found.ailments for f in a.findings}
    assert [a.kind for a in found.ailments] == [kind for kind in KINDS if told(found, kind)]


def test_nothing_wrong_is_said_too(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "fine.txt").write_text(FILES["fine.txt"], encoding="utf-8")
    with Library.open(tmp_path / "index") as made:
        made.index([tmp_path / "stories"])
    shown = CliRunner().invoke(main, ["doctor", "--index", str(tmp_path / "index")])
    assert (shown.exit_code, shown.output) == (0, "Nothing to look at in 1 story.\n")


def test_the_command_lists_them_as_text_and_as_json(library: Library, found: Diagnosis) -> None:
    run = CliRunner()
    shown = run.invoke(main, ["doctor", "--index", str(library.folder)])
    assert shown.exit_code == 0
    assert "Ratings that are not understood (2)\n  page.html: rating not understood: 'mauve'" in shown.output
    assert "\n  purple.txt, line 3: rating not understood" in shown.output
    for option in (["--json"], ["--format", "json"]):
        shown = run.invoke(main, ["doctor", "--index", str(library.folder), *option])
        assert (shown.exit_code, json.loads(shown.output)) == (0, contract.diagnosis(found))


def test_the_json_keeps_the_contract(found: Diagnosis) -> None:
    check_golden("doctor", contract.diagnosis(found))


FULL = """Title: The Ladder (1/2)
Author: Ann Other
Fandom: Buffy the Vampire Slayer
Rating: R
Spoilers: Through The Zeppo
Timeline: after Amends
Characters: Willow
Pairing: X/W
Warnings: ladders
Genre: Angst
Summary: Up.
Notes: For Bea.
Series: Ladders
Status: WIP
Date: March 14, 1999
Language: English
URL: http://example.org/ladder
"""
ORIGINS = (
    *("title", "authors", "fandoms", "rating", "spoilers", "timeline", "characters", "pairings", "warnings", "genres"),
    *("summary", "notes", "series", "status", "published", "language", "source_url"),
)


def test_every_value_of_a_stitched_and_corrected_story_says_where_it_stands(tmp_path: Path) -> None:
    folder = tmp_path / "stories"
    folder.mkdir()
    (folder / "a.txt").write_text(f"{FULL}\n{PROSE}\n", encoding="utf-8")
    (folder / "b.txt").write_text("Title: The Ladder (2/2)\nAuthor: Ann Other\nStatus: Complete\n\nDown again.\n")
    (folder / "a.txt.ficsearch.toml").write_text('genres = ["Humor"]\n', encoding="utf-8")
    with Library.open(tmp_path / "index") as library:
        library.index([folder])
        story = library.story("b.txt")
    places = {o.field: (o.original, o.place) for o in story.origins}
    assert set(ORIGINS) <= set(places)
    assert places["genres"] == ("Humor", "a.txt, corrected in a.txt.ficsearch.toml, line 1")
    assert places["status"] == ("Complete", "b.txt, line 3")
    lines = {field: place for field, (_, place) in places.items() if field not in ("genres", "status")}
    assert all(place.startswith("a.txt, line ") for place in lines.values()), lines
    shown = CliRunner().invoke(main, ["show", story.id, "--index", str(tmp_path / "index")])
    for words, place in places.values():
        assert f"{place}: {words}" in " ".join(shown.output.split())


def test_what_cannot_be_looked_into_is_told_until_it_can_be(tmp_path: Path) -> None:
    shelf = tmp_path / "stories"
    shelf.mkdir()
    (shelf / "fine.txt").write_text(FILES["fine.txt"], encoding="utf-8")
    (shelf / "lost.txt").symlink_to(tmp_path / "nowhere.txt")
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
        assert told(library.examine(), "skipped") == [("lost.txt", None, "no such file or directory")]
        assert library.examine().files == 2
        library.index([shelf / "fine.txt"])
        assert told(library.examine(), "skipped") == [("lost.txt", None, "no such file or directory")]
        (shelf / "lost.txt").unlink()
        library.index([shelf])
        assert library.examine().ailments == ()


def test_a_name_with_a_line_end_takes_one_line(tmp_path: Path) -> None:
    shelf = tmp_path / "stories"
    shelf.mkdir()
    (shelf / "two\nlines.txt").write_text("", encoding="utf-8")
    with Library.open(tmp_path / "index") as library:
        library.index([shelf])
        assert "  two lines.txt: the file is empty" in diagnosis_text(library.examine()).splitlines()
