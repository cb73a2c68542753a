"""Answers that need no index: what a file would be indexed as, what a spoiler phrase means."""

from __future__ import annotations

import os
from pathlib import Path

from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError, UsageError
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.sidecars import beside
from ficsearch.spoilers import Verdict, judge, read_position, read_scope
from ficsearch.story import SpoilerScope, Story
from ficsearch.walk import reason_of


def inspect_file(file: str, packs: Packs, fandom: str | None = None) -> list[Story]:
    """The stories in *file*, as they would be indexed. Raises ReadingError with the reason why not."""
    try:
        data = Path(file).read_bytes()
    except OSError as problem:
        raise ReadingError(f"cannot be opened: {reason_of(problem)}") from problem
    location = os.path.realpath(file)
    documents = read(Path(file).name, data)
    place = Place(file, location, fandom=_fandom(fandom, packs), corrections=beside(location, file))
    return lone_stories(documents, place, packs)


def explain(
    phrase: str, packs: Packs, fandom: str | None = None, seen: str | None = None
) -> tuple[SpoilerScope, Verdict | None]:
    """What a spoiler phrase means in a story of *fandom*, and whether it is safe for a reader who has *seen*."""
    fandoms = packs.fandoms(fandom) if fandom else ()
    if fandom and not fandoms:
        raise UsageError(f"No pack knows a fandom '{fandom}'.", "Leave it out, or write a pack (docs/packs.md).")
    scope = read_scope(phrase, packs, fandoms)
    if seen is None:
        return scope, None
    return scope, judge(scope, read_position(seen, packs), packs)


def _fandom(text: str | None, packs: Packs) -> str | None:
    if text is None:
        return None
    return next(iter(packs.fandoms(text)), text)
