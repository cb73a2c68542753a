"""``Giles's`` is Giles: whoever looks for the one finds the other, in every engine and in what is shown of a story."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ficsearch import Library

STORIES = {
    "plain": "Giles put the kettle on.",
    "straight": "It was Giles's kettle.",
    "curly": "It was Giles’s kettle.",
    "bare": "It was Giles' kettle.",
    "boots": "It was Spike's kettle.",
    "court": "The princess's glass, a dress, and Prince the dog.",
}


@pytest.fixture(scope="module", params=["whoosh", "memory"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    root = tmp_path_factory.mktemp("possessives")
    for name, text in STORIES.items():
        (root / f"{name}.txt").write_text(f"Title: {name}\nAuthor: Ann\n\n{text}\n", encoding="utf-8")
    with Library.open(root / "index", engine=request.param) as made:
        made.index([root])
        yield made


ALL = "bare curly plain straight"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("body:giles", ALL),
        ("body:Giles's", ALL),
        ("body:Giles’s", ALL),
        ("body:Giles'", ALL),
        ('body:"Giles\'s kettle"', "bare curly straight"),
        ('body:"Giles’ kettle"', "bare curly straight"),
        ('body:"Giles put"', "plain"),
        ('body:"giles kettle"~0', "bare curly straight"),
        ("body:gile*", ALL),
        ("-body:giles's body:kettle", "boots"),
        ("body:spike", "boots"),
        ('body:"spike"', ""),
        ("body:princess", "court"),
        ("body:princess's", "court"),
        ("body:prince", "court"),
        ('body:"princes"', ""),
    ],
)
def test_a_possessive_is_found_by_the_name_and_the_name_by_it(library: Library, query: str, found: str) -> None:
    """Only in the text: as a character Giles is known however he is written."""
    assert " ".join(sorted(hit.story.title for hit in library.search(query).hits)) == found


def test_what_matched_is_marked_as_it_is_written(library: Library) -> None:
    marked = {hit.story.title: hit.excerpts[0].html for hit in library.search("body:giles").hits}
    assert marked == {
        "plain": "<mark>Giles</mark> put the kettle on.",
        "straight": "It was <mark>Giles's</mark> kettle.",
        "curly": "It was <mark>Giles’s</mark> kettle.",
        "bare": "It was <mark>Giles</mark>' kettle.",
    }
