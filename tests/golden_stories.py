"""The golden set: files as people have them, and beside each what a person who reads it would say.

    python tests/golden_stories.py            scores per field and per family, and each miss (make golden-report)
    python tests/golden_stories.py WORD ...   only files whose path holds one of the words

``golden_stories/FAMILY/NAME`` is the file, ``NAME.toml`` what is expected of it: ``family`` and a list of ``story``,
in the order of the file. A key that is left out is not judged; docs/contributing.md has the table of keys.
"""

from __future__ import annotations

import io
import sys
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Story
from ficsearch.text import fold_name, tokens
from ficsearch.values import plain

FOLDER = Path(__file__).parent / "golden_stories"
TRAPS = "traps"

Expected = dict[str, Any]


@dataclass(frozen=True)
class Verdict:
    """One field of one story, judged."""

    field: str
    right: bool
    expected: object
    got: object


@dataclass(frozen=True)
class Golden:
    """A file and its expectations."""

    path: Path

    @property
    def name(self) -> str:
        """``traps/letter.txt``"""
        return self.path.relative_to(FOLDER).as_posix()

    @cached_property
    def _data(self) -> dict[str, Any]:
        return tomllib.loads(self.path.with_name(f"{self.path.name}.toml").read_text(encoding="utf-8"))

    @property
    def family(self) -> str:
        return str(self._data["family"])

    @property
    def is_trap(self) -> bool:
        return self.path.relative_to(FOLDER).parts[0] == TRAPS

    @property
    def stories(self) -> list[Expected]:
        return list(self._data["story"])

    def verdicts(self, packs: Packs) -> list[Verdict]:
        """Everything that is expected of the file, judged. A file that cannot be read has no stories."""
        try:
            got = lone_stories(
                read(self.name.rpartition("/")[2], bytes_of(self.path)), Place(self.name, self.name), packs
            )
        except ReadingError:
            got = []
        found = [Verdict("stories", len(got) == len(self.stories), len(self.stories), len(got))]
        for n, expected in enumerate(self.stories):
            found += judged(expected, got[n] if n < len(got) else Story("", ""))
        return found


def bytes_of(path: Path) -> bytes:
    """The bytes of a file. An EPUB that is kept as a folder, so that it can be read and compared, is packed first: the
    entries in the order of their names, ``mimetype`` before all others and stored as it is."""
    if path.is_file():
        return path.read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as book:
        entries = sorted(p for p in path.rglob("*") if p.is_file())
        for entry in sorted(entries, key=lambda p: p.name != "mimetype"):
            info = zipfile.ZipInfo(entry.relative_to(path).as_posix())
            info.compress_type = zipfile.ZIP_STORED if entry.name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(info, entry.read_bytes())
    return packed.getvalue()


def golden_files(words: Sequence[str] = ()) -> list[Golden]:
    """Every file of the set, or those whose path holds one of *words*."""
    paths = sorted(toml.with_suffix("") for toml in FOLDER.rglob("*.toml"))
    return [g for g in map(Golden, paths) if not words or any(word in g.name for word in words)]


def judged(expected: Expected, story: Story) -> Iterator[Verdict]:
    """A verdict for each key of *expected*. Raises KeyError for a key that nobody knows."""
    for key, value in expected.items():
        if key == "spoilers":
            yield from _scope(value, story)
        elif key == "absent":
            yield from (Verdict(f"no {name}", not (got := ABSENT[name](story)), "nothing", got) for name in value)
        else:
            got, fits = CHECKS[key]
            yield Verdict(key, fits(value, got(story)), value, got(story))


def _scope(expected: Expected, story: Story) -> Iterator[Verdict]:
    got = story.spoilers
    for key, value in (("kind", got.kind), ("episodes", list(got.episodes)), ("frontier", dict(got.frontier))):
        if key in expected:
            same = sorted(expected[key]) == sorted(value) if key == "episodes" else expected[key] == value
            yield Verdict(f"spoilers {key}", same, expected[key], value)


# ---- how values compare


def _text(expected: str, got: str | None) -> bool:
    """Blanks and marks of emphasis do not count, nor how quotation marks are drawn."""
    return got is not None and _even(expected) == _even(got)


def _even(text: str) -> str:
    for curly, straight in ('“"', '”"', "’'", "‘'"):
        text = text.replace(curly, straight)
    return plain(text)


def _names(expected: Sequence[str], got: Sequence[str]) -> bool:
    return sorted(map(fold_name, expected)) == sorted(map(fold_name, got))


def _groups(expected: Iterable[Sequence[str]], got: Iterable[Sequence[str]]) -> bool:
    return {frozenset(map(fold_name, people)) for people in expected} == {
        frozenset(map(fold_name, people)) for people in got
    }


def _texts(expected: Sequence[str], got: Sequence[str]) -> bool:
    return list(map(_even, expected)) == list(map(_even, got))


def _begins(expected: str, got: str) -> bool:
    words = tokens(expected)
    return tokens(got)[: len(words)] == words


def _ends(expected: str, got: str) -> bool:
    words = tokens(expected)
    return tokens(got)[-len(words) :] == words


def _holds_all(expected: Iterable[str], got: str | None) -> bool:
    return all(_holds(got or "", phrase) for phrase in expected)


def _holds_none(expected: Iterable[str], got: str) -> bool:
    return not any(_holds(got, phrase) for phrase in expected)


def _holds(text: str, phrase: str) -> bool:
    return f" {' '.join(tokens(phrase))} " in f" {' '.join(tokens(text))} "


def _text_of(story: Story) -> str:
    return "\n\n".join(chapter.text for chapter in story.chapters)


Check = tuple[Callable[[Story], Any], Callable[[Any, Any], bool]]


def _same(expected: object, got: object) -> bool:
    return expected == got


CHECKS: dict[str, Check] = {
    "title": (lambda s: s.title, _text),
    "authors": (lambda s: list(s.authors), _names),
    "fandoms": (lambda s: list(s.fandoms), _names),
    "rating": (lambda s: s.rating.value, _same),
    "rating_original": (lambda s: s.rating.original, _text),
    "pairings": (lambda s: [list(p) for p in s.pairings], _groups),
    "friendships": (lambda s: [list(p) for p in s.friendships], _groups),
    "characters": (lambda s: list(s.characters.declared), _names),
    "warnings": (lambda s: list(s.warnings), _names),
    "noted_warnings": (lambda s: list(s.noted_warnings), _names),
    "genres": (lambda s: list(s.genres), _names),
    "awards": (lambda s: list(s.awards), _names),
    "status": (lambda s: s.status, _same),
    "published": (lambda s: s.published, _same),
    "language": (lambda s: s.language, _same),
    "summary": (lambda s: s.summary, _text),
    "notes": (lambda s: s.notes, _holds_all),
    "timeline": (lambda s: s.timeline, _text),
    "series": (lambda s: s.series.name if s.series else None, _text),
    "series_index": (lambda s: s.series.index if s.series else None, _same),
    "sequel_to": (lambda s: s.sequel_to, _text),
    "url": (lambda s: s.source_url, _same),
    "words": (lambda s: s.words, _same),
    "chapters": (lambda s: [c.title or "" for c in s.chapters], _texts),
    "begins": (_text_of, _begins),
    "ends": (_text_of, _ends),
    "never": (lambda s: s.body, _holds_none),
}
"""Key of an expectation -> what the story says, and how the two compare."""

ABSENT: dict[str, Callable[[Story], object]] = {
    **{key: got for key, (got, _) in CHECKS.items() if key not in ("begins", "ends", "never", "words", "chapters")},
    "rating": lambda s: s.rating.original,
    "spoilers": lambda s: s.spoilers.original,
    "series": lambda s: s.series,
}
"""What ``absent`` may name -> what must be empty."""


# ---- misses that are known

KNOWN = FOLDER / "known-misses.txt"


def known_misses() -> set[tuple[str, str]]:
    """(file, field) of what is not right yet, one a line; no trap may be among them."""
    lines = [line for line in KNOWN.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return {(name, field) for name, _, field in (line.partition(": ") for line in lines)}


# ---- the report


def report(words: Sequence[str]) -> Iterator[str]:
    """Lines: each miss, then right of judged for each field, then for each family."""
    packs = Packs.load()
    fields: defaultdict[str, list[bool]] = defaultdict(list)
    families: defaultdict[str, list[bool]] = defaultdict(list)
    for golden in golden_files(words):
        for verdict in golden.verdicts(packs):
            fields[verdict.field].append(verdict.right)
            families[f"{golden.name.partition('/')[0]}: {golden.family}"].append(verdict.right)
            if not verdict.right:
                yield f"{golden.name}: {verdict.field}\n    expected {verdict.expected!r}\n    got      {verdict.got!r}"
    yield from _table("field", fields)
    yield from _table("family", families)


def _table(head: str, rows: dict[str, list[bool]]) -> Iterator[str]:
    yield f"\n{head:<44} right  judged"
    every = [right for rights in rows.values() for right in rights]
    for name, judged in [*sorted(rows.items()), ("all", every)]:
        yield f"{name:<44} {sum(judged):>5}  {len(judged):>6}  {sum(judged) / max(1, len(judged)):7.1%}"


if __name__ == "__main__":
    print("\n".join(report(sys.argv[1:])))
