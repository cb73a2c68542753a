"""What a library of very many authors costs: facets from the command line's side, and the search page.

    python bench/authors.py [--authors 50000] [--each 1]     authors, and stories of each

Makes a library of short stories in a temporary folder, the files left out: what is asked of it is the same. Prints CPU
milliseconds, the median of the runs: the first answer to a question in a process that has answered others.
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ficsearch.engines import open_engine
from ficsearch.fields import index_document
from ficsearch.library import Library
from ficsearch.records import Change, FileRecord, StoredPiece, StoredStory
from ficsearch.store import Store
from ficsearch.story import Chapter, Characters, Document, Rating, SpoilerScope, Story
from ficsearch.web import create_app

RUNS = 5
_AT_ONCE = 5_000
_PEOPLE = ("Willow Rosenberg", "Xander Harris", "Rupert Giles", "Cordelia Chase", "Daniel Osbourne")
_WORDS = "lamp hall river winter letter garden silver morning window kitchen promise quiet stone road".split()
_FIRST = "Ada Bea Cleo Dora Edda Fay Gwen Hope Ida June Kit Lou May Nell Ora Pim Quill Ruth Sky Tess".split()


def stories(authors: int, each: int) -> Iterator[Story]:
    """The stories, with a fixed seed."""
    chance = random.Random(7)
    for number in range(authors * each):
        author = number % authors
        cast = tuple(chance.sample(_PEOPLE, 2))
        text = "\n\n".join(" ".join(chance.choices(_WORDS, k=30)) for _ in range(4))
        yield Story(
            id=f"{number:08}",
            path=f"{number:08}.txt",
            title=f"The {chance.choice(_WORDS)} of {number}",
            authors=(f"{_FIRST[author % len(_FIRST)]} {author // len(_FIRST):04}",),
            fandoms=("Buffy the Vampire Slayer",),
            rating=Rating(chance.choice(("general", "teen", "mature"))),
            spoilers=SpoilerScope("none"),
            characters=Characters(cast),
            pairings=(cast,),
            words=120,
            chapters=(Chapter(f"{text} {cast[0]}"),),
        )


def make(folder: Path, told: Iterator[Story]) -> None:
    """A library of *told* in *folder*."""
    store, engine = Store.create(folder), open_engine("whoosh", folder / "whoosh")
    while batch := [story for story, _ in zip(told, range(_AT_ONCE), strict=False)]:
        generation = store.put(map(_change, batch), stories=map(StoredStory.pack, batch))
        engine.add(map(index_document, batch), generation, more=True)
    engine.add((), store.generation)
    with Library.open(folder) as library:
        store.set_meta("packs", library.packs.version)
    engine.close()
    store.close()


def _change(story: Story) -> Change:
    file = FileRecord(story.path.encode(), story.path, 1, 1, b"")
    return Change(file, (StoredPiece.pack(story.id, 1, Document(story.chapters)),))


def questions(library: Library) -> dict[str, Callable[[str], object]]:
    """What is asked, of a word."""
    page = create_app(library).test_client()
    return {
        "ten hits, no facets": lambda word: library.search(word),
        "facet author": lambda word: library.search(word, facets=("author",)),
        "every author of the library": lambda _: library.facets(("author",)),
        "search page": lambda word: page.get(f"/?q={word}").data,
        "search page, an author chosen": lambda word: page.get(f"/?q={word}&author=Ada+0001").data,
        "search page, --seen": lambda word: page.get(f"/?q={word}&seen=The+Zeppo").data,
        "author:ada": lambda _: library.search("author:ada"),
        "a name that nobody has": lambda word: library.search(f"author:{word}zz"),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--authors", type=int, default=50_000)
    parser.add_argument("--each", type=int, default=1, help="stories of each author [1]")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder), stories(given.authors, given.each))
        with Library.open(folder) as library:
            for name, ask in questions(library).items():
                ask(_WORDS[0])
                times = [_milliseconds(ask, word) for word in _WORDS[1 : RUNS + 1]]
                print(f"{name:36} {statistics.median(times):8.1f} ms")


def _milliseconds(ask: Callable[[str], object], word: str) -> float:
    began = time.process_time()
    ask(word)
    return (time.process_time() - began) * 1e3


if __name__ == "__main__":
    main()
