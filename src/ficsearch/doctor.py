"""What could not be read, and where: files, headers, ratings, spoilers, texts, parts, corrections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    ("rating", re.compile(r"rating not understood")),
    ("spoilers", re.compile(r"spoilers not understood")),
    ("language", re.compile(r"language not understood")),
    ("parts", re.compile(r"kept apart: | not found\Z|the page holds ")),
    ("text", re.compile(r"has no text|no story below|hardly any text|holds no text|no page of the book holds")),
    ("encoding", re.compile(r"repaired text|characters were lost|not UTF-8|read as ")),
)
_QUOTED = re.compile(r"not understood: '(?P<words>.*)'\Z", re.DOTALL)
_LINE = re.compile(r"\bline (\d+)\b")


def examine(store: Store) -> Diagnosis:
    """All that could not be read, by kind and path."""
    found: dict[str, list[Finding]] = {kind: [] for kind in KINDS}
    found["skipped"] = [Finding(f.path, f.reason or "") for f in store.skipped()]
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
    return Diagnosis(counts["stories"], counts["files"] + counts["skipped"], tuple(ailments))


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
        path, line = _place(kind, problem, story, store)
        yield kind, Finding(path, problem, line, story.id)


def _place(kind: str, problem: str, story: Story, store: Store) -> tuple[str, int | None]:
    """The file and line of what is not understood; the story's file where that is not known."""
    quoted = _QUOTED.search(problem)
    if kind not in ("rating", "spoilers", "language") or quoted is None:
        return story.path, None
    claims = ((known.path, c) for known in store.pieces_of(story.id) for c in known.piece.read_claims())
    return next(_said(kind, quoted["words"], claims), (story.path, None))


def _said(kind: str, words: str, claims: Iterable[tuple[str, Claim]]) -> Iterator[tuple[str, int | None]]:
    """Where a claim stands that says *words*, or is the first of several that say them together; a note may too."""
    for path, claim in claims:
        value = " ".join(claim.value.split())
        here = claim.label == kind and (words.startswith(claim.value.strip()) or words == value)
        if here or (kind == "spoilers" and claim.label in ("notes", "summary", "endnotes") and words in claim.value):
            line = _LINE.search(claim.origin)
            yield path, int(line[1]) if line else None
