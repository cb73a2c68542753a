"""What could not be read, and where: files, headers, ratings, spoilers, texts, parts, corrections."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ficsearch.catalogue.titles import read_heading
from ficsearch.records import StoredStory
from ficsearch.store import Store
from ficsearch.story import Claim, Story


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at. ``line`` where one is known; ``story`` is the id of the story, None for a file."""

    path: str
    what: str
    line: int | None = None
    story: str | None = None


@dataclass(frozen=True, slots=True)
class Ailment:
    """All findings of one kind; ``label`` is for people."""

    kind: str
    label: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What is wrong with a library of so many ``stories`` from so many ``files``; kinds without findings are left
    out."""

    stories: int
    files: int
    ailments: tuple[Ailment, ...] = ()

    @property
    def count(self) -> int:
        """How many findings there are."""
        return sum(len(a.findings) for a in self.ailments)


KINDS = {
    "skipped": "Files that were not read",
    "corrections": "Corrections that are not understood",
    "header": "Stories without a header",
    "lines": "Lines of headers that are not understood",
    "title": "Stories without a title of their own",
    "author": "Stories without an author",
    "rating": "Ratings that are not understood",
    "spoilers": "Spoiler notes that are not understood",
    "language": "Languages that are not understood",
    "parts": "Parts that are missing or in doubt",
    "text": "Stories without a text, or with hardly any",
    "encoding": "Text that was damaged before",
    "reading": "Other things that readers tell",
}
"""Every kind of finding, in the order in which they are told."""

_SIGNS = (
    ("lines", re.compile(r"header line not understood")),
    ("rating", re.compile(r"rating not understood")),
    ("spoilers", re.compile(r"spoilers not understood")),
    ("language", re.compile(r"language not understood")),
    ("parts", re.compile(r"kept apart: | not found\Z|the page holds ")),
    ("text", re.compile(r"has no text|no story below|hardly any text|holds no text|no page of the book holds")),
    ("encoding", re.compile(r"repaired text|characters were lost|not UTF-8|read as ")),
)
_QUOTED = re.compile(r"not understood: '(?P<words>.*)'\Z", re.DOTALL)
_LINE = re.compile(r"line (\d+)\Z")
"""A line of the file itself: ``line 4 of the page`` is none."""


def examine(store: Store) -> Diagnosis:
    """All that could not be read, by kind and path."""
    found: dict[str, list[Finding]] = {kind: [] for kind in KINDS}
    unread = {f.path: f.reason or "" for f in store.skipped()} | {c.path: c.reason for c in store.closed()}
    found["skipped"] = [Finding(path, reason) for path, reason in unread.items()]
    found["corrections"] = [Finding(m.path, m.what, m.line) for m in store.mistakes()]
    for stored in store.troubled():
        for kind, finding in _of_story(stored, store):
            found[kind].append(finding)
    counts = store.counts()
    ailments = (
        Ailment(kind, label, tuple(sorted(found[kind], key=lambda f: (f.path, f.line or 0, f.what))))
        for kind, label in KINDS.items()
        if found[kind]
    )
    return Diagnosis(counts["stories"], counts["files"] + len(unread), tuple(ailments))


def _of_story(stored: StoredStory, store: Store) -> Iterator[tuple[str, Finding]]:
    story = stored.story()
    titled = stored.holds[0]
    if not titled and not story.authors:
        yield "header", Finding(story.path, f"no header was found; it is called '{story.title}'", None, story.id)
    elif not titled:
        yield "title", Finding(story.path, f"called '{story.title}', after its file", None, story.id)
    elif not story.authors:
        yield "author", Finding(story.path, f"'{story.title}'", None, story.id)
    for problem in story.problems:
        kind = next((kind for kind, sign in _SIGNS if sign.search(problem)), "reading")
        path, line, where = _place(kind, problem, story, store)
        yield kind, Finding(path, f"{problem} ({where})" if where else problem, line, story.id)


_Where = tuple[int | None, str]
_NOWHERE: _Where = (None, "")
_CLAIMED = {"rating": "rating", "spoilers": "spoilers", "language": "language", "lines": "unread"}
"""Kinds of findings that quote what a file says, and the label under which it says so."""


def _place(kind: str, problem: str, story: Story, store: Store) -> tuple[str, int | None, str]:
    """The file and line of what could not be read, or the place in it that has no line (a tag); the story's file where
    no more is known."""
    if kind == "encoding":  # of a stitched story it says in which of its files
        file = next((p.path for p in story.parts if problem.startswith(f"{posixpath.basename(p.path)}: ")), story.path)
        return file, _where(problem)[0], ""
    claims = ((known.path, c) for known in store.pieces_of(story.id) for c in known.piece.read_claims())
    quoted = _QUOTED.search(problem)
    if kind == "parts":
        return next(_parts_named(claims), (story.path, *_NOWHERE))
    if kind not in _CLAIMED or quoted is None:
        return story.path, *_NOWHERE
    return next(_said(kind, quoted["words"], claims), (story.path, *_NOWHERE))


def _where(origin: str) -> _Where:
    line = _LINE.search(origin)
    return (int(line[1]), "") if line else (None, origin)


def _parts_named(claims: Iterable[tuple[str, Claim]]) -> Iterator[tuple[str, int | None, str]]:
    """Where a file says which part it is: behind a label, or in its title."""
    for path, claim in claims:
        if claim.label == "part" or (claim.label == "title" and read_heading(claim.value).part):
            yield path, *_where(claim.origin)


def _said(kind: str, words: str, claims: Iterable[tuple[str, Claim]]) -> Iterator[tuple[str, int | None, str]]:
    """Where a claim stands that says *words*, or is the first of several that say them together; a note may too."""
    for path, claim in claims:
        value = " ".join(claim.value.split())
        here = claim.label == _CLAIMED[kind] and (words.startswith(claim.value.strip()) or words == value)
        if here or (kind == "spoilers" and claim.label in ("notes", "summary", "endnotes") and words in claim.value):
            yield path, *_where(claim.origin)
