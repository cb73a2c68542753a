"""Stories of which a person has written down who is in them (``data/characters/stories.toml``), and their scores.

Labels were made by reading: the ten who are named most, each with a rough count of mentions and every way in which
the name may rightly be written; under *also* whoever else is there, or only spoken of. A story is *held* if its path
says so (CRC-32 divisible by three): rules are not tuned on it.
"""

from __future__ import annotations

import os
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ficsearch.catalogue import catalogue
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Chapter, Document, Found
from ficsearch.text import fold_name

CORPUS = Path(__file__).parents[1] / "corpus"
FICTION = os.environ.get("FICSEARCH_FICTION")
LABELS = Path(__file__).with_name("data") / "characters" / "stories.toml"
SHIPPED = {"shelf": CORPUS, "texts": LABELS.parent}
TOP = 10


@dataclass(frozen=True)
class Person:
    """Somebody in a story: mentions by the reader's count (0 for those beside the ten), and every right name."""

    mentions: int
    names: tuple[str, ...]

    @property
    def keys(self) -> set[str]:
        return {_key(name) for name in self.names}


@dataclass(frozen=True)
class Labelled:
    """A story with its labels. ``path`` is under corpus/, under data/characters/ (stories full of traps), or under
    the folder that FICSEARCH_FICTION names; ``words`` is set where only so many words from its beginning were read."""

    path: str
    people: tuple[Person, ...]
    also: tuple[Person, ...]
    pack: bool
    held: bool
    words: int | None = None

    @property
    def is_shipped(self) -> bool:
        return self.path.partition("/")[0] in SHIPPED

    @property
    def file(self) -> Path:
        return SHIPPED.get(self.path.partition("/")[0], Path(FICTION or "")) / self.path


@dataclass(frozen=True)
class Score:
    """Of the ten who were found first, the right ones; of the ten who are there, those that were found."""

    found: int = 0
    right: int = 0
    wanted: int = 0
    met: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.met / self.wanted if self.wanted else 1.0


def labelled() -> Iterator[Labelled]:
    """Every story of the set that is on this machine."""
    for row in tomllib.loads(LABELS.read_text(encoding="utf-8"))["stories"]:
        counted = (p.partition(" ") for p in row["people"])
        people = tuple(Person(int(n), tuple(names.split(" | "))) for n, _, names in counted)
        also = tuple(Person(0, tuple(names.split(" | "))) for names in row.get("also", ()))
        story = Labelled(row["path"], people, also, row.get("pack", False), row.get("held", False), row.get("words"))
        if story.is_shipped or FICTION:
            yield story


def found_in(story: Labelled, packs: Packs) -> tuple[Found, ...]:
    """Who is found in the text of *story*; a folder is a novel of many files.

    The headers of the collection list their characters by a script that counted names: they are not read.
    """
    files = sorted(story.file.glob("*.txt")) if story.file.is_dir() else [story.file]
    documents = [d for f in files for d in read(f.name, f.read_bytes())]
    whole = Document(tuple(_beginning((c for d in documents for c in d.chapters), story.words)), documents[0].claims)
    if not story.is_shipped:
        whole = replace(whole, claims=())
    return catalogue(whole, story.path, packs).characters.found


def _beginning(chapters: Iterable[Chapter], words: int | None) -> Iterator[Chapter]:
    """The chapters, or their first *words* words."""
    left = words or sys.maxsize
    for chapter in chapters:
        ends = [word.end() for word in islice(re.finditer(r"\S+", chapter.text), left)]
        yield replace(chapter, text=chapter.text[: ends[-1]] if len(ends) == left else chapter.text)
        left -= len(ends)
        if not left:
            return


def score(story: Labelled, found: Iterable[Found]) -> Score:
    """How right *found* is. Each person counts once; a tie at the tenth place is no mistake."""
    found = tuple(found)
    first = found[:TOP]
    least = first[-1].mentions if len(first) == TOP else 0
    left = [*story.people, *story.also]
    right, met, wrong = 0, 0, []
    for at, person in enumerate(found):
        bearer = next((p for p in left if _key(person.name) in p.keys), None)
        if bearer:
            left.remove(bearer)
            right += at < TOP
            met += bearer.mentions > 0 and person.mentions >= least
        elif at < TOP:
            wrong.append(f"{person.name} {person.mentions}")
    missed = tuple(p.names[0] for p in left if p.mentions)
    return Score(len(first), right, len(story.people), met, tuple(wrong), missed)


def together(scores: Iterable[Score]) -> Score:
    scores = tuple(scores)
    return Score(*(sum(getattr(s, name) for s in scores) for name in ("found", "right", "wanted", "met")))


def _key(name: str) -> str:
    return fold_name(name).replace(".", "").removeprefix("the ")
