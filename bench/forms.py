"""The same story as text, HTML and EPUB: does it give the same title, the same author and the same words?

    python bench/forms.py DIR [WORD ...] [--least 0.995]       WORD: only files whose path holds one of the words

DIR has a MANIFEST.tsv (path, title, author, same_as) and maybe an EPUB_CONTENTS.tsv (epub, item, title, same_as). Each
file is read with the whole machinery, and so is what it is the same as: one text, or a folder of texts that are its
chapters. Words are compared in their order, not as bags. Pages that the texts lack (an
introduction, more than a thousand words in a row) are told apart and not counted, and neither are headings that one
form has as a title and the other as a line. Titles and authors are compared to
the manifest, without case and marks; where the file itself does not hold them (a chapter cut out of a book), they
cannot be wrong. The end is 1 if any file falls short.
"""

from __future__ import annotations

import argparse
import csv
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Story
from ficsearch.text import fold_name, squash, tokens

Row = dict[str, str]
FORMS = ("html", "epub", "encodings", "long")


@dataclass(frozen=True)
class Pair:
    """One file beside what it is the same as."""

    path: str
    title: bool
    author: bool
    alike: float
    more: int
    note: str = ""


class Forms:
    """The folder, and everything in it read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.packs = Packs.load()

    def rows(self, name: str) -> list[Row]:
        path = self.folder / name
        if not path.exists():
            return []
        with path.open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))

    def pairs(self, words: Sequence[str] = ()) -> Iterator[Pair]:
        chapters = defaultdict(list)
        for row in self.rows("EPUB_CONTENTS.tsv"):
            chapters[row["epub"]].append(row["same_as"])
        for row in self.rows("MANIFEST.tsv"):
            asked = not words or any(word in row["path"] for word in words)
            if asked and row["path"].partition("/")[0] in FORMS and row["same_as"]:
                yield self._pair(row, chapters.get(row["path"], []))

    def _pair(self, row: Row, listed: Sequence[str]) -> Pair:
        try:
            stories = self._read(row["path"])
        except ReadingError as error:
            return Pair(row["path"], False, False, 0.0, 0, error.message)
        words, titles = _words_and_titles(stories)
        others = [self._words_in(text) for text in listed or self._texts(row["same_as"])]
        theirs = [word for found, _ in others for word in found]
        title, authors = stories[0].title, [author for story in stories for author in story.authors]
        return Pair(
            row["path"],
            _same_title(title, row["title"]) or not self._holds(row["path"], row["title"].rpartition(" - ")[2]),
            any(fold_name(author) == fold_name(row["author"]) for author in authors)
            or not self._holds(row["path"], row["author"]),
            *alike(words, theirs, titles.union(*(more for _, more in others))),
        )

    def _holds(self, path: str, name: str) -> bool:
        """Do the bytes of a page hold this name? Of a book it is taken for granted."""
        data = (self.folder / path).read_bytes()
        return data.startswith(b"PK") or squash(name) in squash(data.decode("utf-8", "replace"))

    def _read(self, path: str) -> list[Story]:
        documents = read(Path(path).name, (self.folder / path).read_bytes())
        return lone_stories(documents, Place(path, path), self.packs)

    def _texts(self, same_as: str) -> list[str]:
        """One text, or those of a folder in the order of their names."""
        if not same_as.endswith("/"):
            return [same_as]
        return [p.relative_to(self.folder).as_posix() for p in sorted((self.folder / same_as).glob("*.txt"))]

    @lru_cache(maxsize=3_000)  # noqa: B019 - one object for the life of the run
    def _words_in(self, path: str) -> tuple[list[str], set[str]]:
        return _words_and_titles(self._read(path))


def _words_and_titles(stories: Sequence[Story]) -> tuple[list[str], set[str]]:
    """The words of the chapters, and the titles of stories and chapters as words."""
    titles = [t for s in stories for t in (s.title, *(c.title for c in s.chapters)) if t]
    words = [word for s in stories for c in s.chapters for word in tokens(c.text)]
    return words, {" ".join(tokens(title)) for title in titles}


def _same_title(got: str, expected: str) -> bool:
    """The title, or that of the work and of the part (``Emma - Chapter I``) in either order of detail."""
    parts = {squash(expected), *map(squash, expected.split(" - "))}
    return squash(got) in parts


def alike(one: Sequence[str], other: Sequence[str], titles: Iterable[str] = ()) -> tuple[float, int]:
    """The share of tokens of the longer one that stand in both in the same order, and how many *one* has more in
    pages of its own. Runs that are *titles* need no partner."""
    told = "\n".join(titles)
    count = more = ours = theirs = 0
    for mine, others, same in _gaps(one, other):
        count += same
        pages = len(mine) if len(mine) > _PAGES and len(others) < _FEW else 0
        heading = not pages and (" ".join(mine or others) in told) and not (mine and others)
        more += pages
        if not pages and not heading:
            ours, theirs = ours + len(mine), theirs + len(others)
            count += (found := _between(mine, others))
            ours, theirs = ours - found, theirs - found
    longest = count + max(ours, theirs)
    return (count / longest if longest else 1.0), more


_RUN = 6
"""Words in a row that mostly stand once in a book."""
_GAP_AT_MOST = 5_000


def _gaps(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str], int]]:
    """What differs on both sides, and how many tokens are the same after it. Runs that stand once in both are anchors
    (patience diff)."""
    here = there = 0
    for at, beside in [*_rising(_anchors(one, other)), (len(one), len(other))]:
        if at < here or beside < there:
            continue
        mine, others, begin = one[here:at], other[there:beside], at
        while at < len(one) and beside < len(other) and one[at] == other[beside]:
            at, beside = at + 1, beside + 1
        yield mine, others, at - begin
        here, there = at, beside


_PAGES = 1_000
_FEW = 50


def _between(one: Sequence[str], other: Sequence[str]) -> int:
    if not one or not other or len(one) * len(other) > _GAP_AT_MOST**2:
        return 0
    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks)


def _anchors(one: Sequence[str], other: Sequence[str]) -> list[tuple[int, int]]:
    """Where runs that stand once in each begin in both, in the order of the first."""
    mine, theirs = _once(one), _once(other)
    return [(at, theirs[run]) for run, at in mine.items() if run in theirs]


def _once(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    again = set()
    for at in range(len(words) - _RUN + 1):
        run = tuple(words[at : at + _RUN])
        if run in places:
            again.add(run)
        places[run] = at
    return {run: at for run, at in places.items() if run not in again}


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest row of *pairs* that rises on both sides."""
    tops: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for n, (_, beside) in enumerate(pairs):
        k = bisect_left(tops, beside)
        before.append(ends[k - 1] if k else -1)
        tops[k : k + 1] = [beside]
        ends[k : k + 1] = [n]
    row, n = [], ends[-1] if ends else -1
    while n >= 0:
        row.append(pairs[n])
        n = before[n]
    return row[::-1]


def report(pairs: Sequence[Pair], least: float) -> Iterator[str]:
    """Lines: the files that fall short, then a table by family."""
    families: defaultdict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        families["/".join(pair.path.split("/")[:-1])].append(pair)
    short = [p for p in pairs if not (p.title and p.author and p.alike >= least)]
    for pair in short:
        yield f"{pair.path}: title {pair.title}, author {pair.author}, alike {pair.alike:.4f} {pair.note}"
    yield f"{'family':<24}{'files':>6}{'title':>7}{'author':>7}{'words':>7}{'mean':>9}{'least':>9}{'more':>9}"
    for family, some in sorted(families.items()):
        told = [sum(p.title for p in some), sum(p.author for p in some), sum(p.alike >= least for p in some)]
        mean, lowest = sum(p.alike for p in some) / len(some), min(p.alike for p in some)
        more = sum(p.more for p in some)
        yield f"{family:<24}{len(some):>6}{told[0]:>7}{told[1]:>7}{told[2]:>7}{mean:>9.4f}{lowest:>9.4f}{more:>9,}"


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("words", nargs="*")
    parser.add_argument("--least", type=float, default=0.995)
    options = parser.parse_args()
    pairs = list(Forms(options.folder).pairs(options.words))
    print("\n".join(report(pairs, options.least)))
    return int(any(not (p.title and p.author and p.alike >= options.least) for p in pairs))


if __name__ == "__main__":
    sys.exit(main())
