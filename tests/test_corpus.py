"""corpus/: the README names what is there, the prose keeps its promises, and the program reads what a person reads.

``data/corpus_truth.json`` was written by a person who knew what each story was meant to say, before any program read
it. Where the two differ, the program is wrong until the story is shown to be.
"""

from __future__ import annotations

import json
import re
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from ficsearch.catalogue import catalogue
from ficsearch.catalogue.stitch import Piece, stitch
from ficsearch.errors import ReadingError
from ficsearch.library import Library
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Story
from ficsearch.text import fold_name, tokens

CORPUS = Path(__file__).parents[1] / "corpus"
SHELF, AWKWARD = CORPUS / "shelf", CORPUS / "awkward"
TRUTH: dict[str, dict[str, Any]] = json.loads((Path(__file__).parent / "data/corpus_truth.json").read_text("utf-8"))
FOUR_FORMATS = "originals/late-for-soup/"
SAVED_PAGE = "buffyverse/long_way_round.txt"
UNREADABLE = (
    *("empty.txt", "photograph.txt", "truncated.epub", "bomb.zip", "cut-off.docx", "locked.zip", "old-word.doc"),
    "scanned.pdf",
)
PASSAGE = 12
"""Words in a row that two of our stories may not share: longer than any idiom, shorter than a sentence taken over."""


def files_of(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@cache
def stories_of(file: Path) -> tuple[Story, ...]:
    documents = read(file.name, file.read_bytes())
    path = file.relative_to(CORPUS).as_posix()
    return tuple(catalogue(d, path, shipped_packs(), part) for part, d in enumerate(documents, 1))


@cache
def shipped_packs() -> Packs:
    return Packs.load()


def the_story(path: str) -> Story:
    if files := TRUTH[path].get("parts"):
        return stitched(tuple(files))
    (story,) = stories_of(SHELF / path)
    return story


@cache
def stitched(files: tuple[str, ...]) -> Story:
    """The story that these files tell together."""
    documents = [(name, *read(name, (SHELF / name).read_bytes())) for name in files]
    pieces = [Piece(document, n, name) for n, (name, document) in enumerate(documents, 1)]
    return catalogue(stitch(pieces, finished=True), files[0], shipped_packs())


def the_text(path: str) -> str:
    """The story without the titles of its chapters."""
    return "\n\n".join(chapter.text for chapter in the_story(path).chapters)


def named_in_readme(heading: str) -> list[str]:
    text = (CORPUS / "README.md").read_text("utf-8")
    section = text.split(f"\n## {heading}/\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)


@pytest.mark.parametrize("folder", [SHELF, AWKWARD], ids=lambda f: f.name)
def test_the_readme_names_every_file_once_in_order_and_no_other(folder: Path) -> None:
    named = named_in_readme(folder.name)
    assert sorted(named) == files_of(folder)
    assert named == sorted(named)


def test_the_truth_tells_of_every_story_on_the_shelf() -> None:
    assert sorted(f for path, truth in TRUTH.items() for f in truth.get("parts", [path])) == files_of(SHELF)


def test_the_corpus_is_small() -> None:
    sizes = [p.stat().st_size for p in CORPUS.rglob("*") if p.is_file()]
    assert max(sizes) < 20_000
    assert sum(sizes) < 600_000


@pytest.mark.parametrize("path", sorted(TRUTH))
def test_a_story_has_between_150_and_900_words(path: str) -> None:
    assert 150 <= the_story(path).words <= 900


def test_half_of_the_stories_are_of_buffy_and_angel() -> None:
    ours = [p for p, t in TRUTH.items() if {"Buffy the Vampire Slayer", "Angel"} & set(t["fandoms"])]
    assert 0.4 <= len(ours) / len(TRUTH) <= 0.6
    assert len({f for t in TRUTH.values() for f in t["fandoms"]}) >= 6


def passages(path: str) -> set[tuple[str, ...]]:
    words = tokens(the_story(path).body)
    return {tuple(words[n : n + PASSAGE]) for n in range(len(words) - PASSAGE + 1)}


def test_no_two_stories_share_a_passage() -> None:
    of = {path: passages(path) for path in TRUTH if not path.startswith(FOUR_FORMATS)}
    assert [(a, b) for a, b in combinations(of, 2) if of[a] & of[b]] == []


def test_the_story_in_four_formats_has_the_same_words_in_each() -> None:
    texts = {tuple(tokens(the_story(p).chapters[0].text)) for p in TRUTH if p.startswith(FOUR_FORMATS)}
    assert len(texts) == 1


def test_at_least_ten_stories_have_both_willow_and_xander_in_them() -> None:
    both = [p for p in TRUTH if {"willow", "xander"} <= set(tokens(the_story(p).body))]
    assert len(both) >= 10
    assert len({TRUTH[p]["rating"] for p in both}) >= 3
    assert len({TRUTH[p]["spoilers"]["kind"] for p in both}) >= 5


def unordered(groups: Any) -> list[list[str]]:
    return sorted(sorted(people) for people in groups)


def as_truth(story: Story) -> dict[str, Any]:
    """What the program read, in the shape of the truth."""
    return {
        "title": fold_name(story.title),
        "authors": list(story.authors),
        "fandoms": sorted(story.fandoms),
        "rating": story.rating.value,
        "spoilers": {"kind": story.spoilers.kind, "frontier": dict(story.spoilers.frontier)},
        "characters": sorted(story.characters.declared),
        "pairings": unordered(story.pairings),
        "friendships": unordered(story.friendships),
        "status": story.status,
        "chapters": len(story.chapters),
        "series": {"name": story.series.name, "index": story.series.index} if story.series else None,
        "published": story.published,
        "language": story.language,
        "awards": list(story.awards),
    }


def expected(path: str) -> dict[str, Any]:
    truth = TRUTH[path]
    return {
        **{k: v for k, v in truth.items() if k not in ("begins", "ends", "parts")},
        "title": fold_name(truth["title"]),
        "fandoms": sorted(truth["fandoms"]),
        "characters": sorted(truth["characters"]),
        "pairings": unordered(truth["pairings"]),
        "friendships": unordered(truth["friendships"]),
    }


@pytest.mark.parametrize("path", sorted(TRUTH))
def test_the_program_reads_what_a_person_reads(path: str) -> None:
    assert as_truth(the_story(path)) == expected(path)


@pytest.mark.parametrize("path", sorted(TRUTH))
def test_the_story_begins_and_ends_where_a_person_says(path: str) -> None:
    words, begins, ends = (tokens(text) for text in (the_text(path), TRUTH[path]["begins"], TRUTH[path]["ends"]))
    assert (words[: len(begins)], words[-len(ends) :]) == (begins, ends)


def test_a_saved_page_keeps_what_only_its_notes_say() -> None:
    story = the_story(SAVED_PAGE)
    assert ([w.lower() for w in story.noted_warnings], story.warnings) == (["major character death"], ())
    assert (story.notes or "").startswith("*Major* character death.")


def test_an_episode_named_in_the_summary_is_evidence_and_not_the_scope() -> None:
    story = the_story(SAVED_PAGE)
    assert "BtVS 3x08" in {e.episode for e in story.evidence}
    assert story.spoilers.episodes in ((), ("BtVS 3x13",))
    assert story.spoilers.through == "BtVS 3x13"


def test_a_summary_that_never_closes_its_bracket_ends_with_its_paragraph() -> None:
    assert (the_story(SAVED_PAGE).summary or "").endswith("Nobody Noticed Challenge -")


def test_a_saved_page_has_the_people_of_its_text() -> None:
    found = {f.name for f in the_story(SAVED_PAGE).characters.found}
    assert found >= {"Willow Rosenberg", "Xander Harris", "Buffy Summers", "Daniel Osbourne", "Cordelia Chase"}


@pytest.mark.parametrize("name", [n for n in files_of(AWKWARD) if n not in UNREADABLE])
def test_an_awkward_file_is_read_and_has_a_title(name: str) -> None:
    assert all(s.title for s in stories_of(AWKWARD / name))


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_nobody_could_read_is_refused(name: str) -> None:
    with pytest.raises(ReadingError):
        stories_of(AWKWARD / name)


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("label-in-dialogue.txt", ["The Censor"]),
        ("lone-cr.txt", ["Carriage Return"]),
        ("mojibake.txt", ["The Pâté"]),
        ("no-mimetype.epub", ["The Envelope Was Missing"]),
        ("nul-bytes.txt", ["Holes"]),
        ("story.wp5", ["The Unopened Drawer"]),
        ("three-drabbles.txt", ["Toast", "Locker", "Ledger"]),
        ("utf16-no-bom.txt", ["Two of Everything"]),
        ("wrong-charset.html", ["Café Société"]),
    ],
)
def test_an_awkward_story_has_its_title(name: str, titles: list[str]) -> None:
    assert [s.title for s in stories_of(AWKWARD / name)] == titles


@pytest.mark.parametrize("name", ["label-in-dialogue.txt", "screenplay.txt"])
def test_what_people_say_in_a_story_is_not_its_header(name: str) -> None:
    (story,) = stories_of(AWKWARD / name)
    assert story.rating.original is None
    assert story.spoilers.original is None
    assert not {"you", "There isn't a tree. I never wrote one."} & set(story.authors)


def test_a_spoiler_phrase_that_means_nothing_is_unknown_and_kept() -> None:
    (story,) = stories_of(AWKWARD / "nonsense-spoilers.txt")
    assert story.spoilers.kind == "unknown"
    assert story.spoilers.original == "purple monkey dishwasher, and you know what you did"


def test_each_story_of_a_file_has_its_own_header() -> None:
    drabbles = stories_of(AWKWARD / "three-drabbles.txt")
    assert [s.rating.original for s in drabbles] == ["G", "PG", "PG-13"]
    assert [dict(s.spoilers.frontier) for s in drabbles] == [{}, {"BtVS": "1x12"}, {"AtS": "1x22"}]


def test_the_stories_in_parts_are_stitched_and_no_others(corpus_library: Library) -> None:
    told = {path: truth["parts"] for path, truth in TRUTH.items() if "parts" in truth}
    found = [h.story for h in corpus_library.search("", limit=1000).hits if h.story.parts]
    parts = {s.path.removeprefix("shelf/"): [p.path.removeprefix("shelf/") for p in s.parts] for s in found}
    assert parts == told
    assert {s.title: s.missing for s in found} == {"The Kiln": (), "Lighthouse": (2,)}
