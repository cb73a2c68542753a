"""Stories that are in the store, catalogued anew because ficsearch or its packs have changed: no file is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

from ficsearch.assembling import again
from ficsearch.errors import LibraryError
from ficsearch.intake import packs_of_worker
from ficsearch.packs import Packs
from ficsearch.records import KnownPiece, StoredStory
from ficsearch.store import Store
from ficsearch.workers import run

BATCH = 500
"""Stories stored at a time: one transaction."""

Renewed = tuple[str, StoredStory]
"""Where a story lies, and what it is now."""


def renew(
    store: Store,
    packs: Packs,
    load_packs: Callable[[], Packs],
    jobs: int,
    progress: Callable[[int, int, str], None] | None,
) -> int:
    """Catalogue every story anew in *jobs* processes; answers how many there are. Raises LibraryError when a story
    makes one of them crash."""
    ids = store.ids()
    pieces = (store.pieces_of(story) for story in ids)
    made = _renewed(pieces, packs, load_packs, jobs if len(ids) > 2 * jobs else 1)
    done = 0
    while some := list(islice(made, BATCH)):
        store.replace_stories(story for _, story in some)
        for path, _ in some:
            done += 1
            if progress:
                progress(done, len(ids), path)
    return done


def _renewed(
    pieces: Iterator[list[KnownPiece]], packs: Packs, load_packs: Callable[[], Packs], jobs: int
) -> Iterator[Renewed]:
    if jobs <= 1:
        return (_again(known, packs) for known in pieces)
    return run(partial(_all_again, load_packs), pieces, jobs, _crashed, _size)


def _all_again(load_packs: Callable[[], Packs], tasks: list[list[KnownPiece]]) -> list[Renewed]:
    """The work of a worker process."""
    packs = packs_of_worker(load_packs)
    return [_again(known, packs) for known in tasks]


def _again(known: list[KnownPiece], packs: Packs) -> Renewed:
    return known[0].path, again(known, packs).stored


def _size(known: list[KnownPiece]) -> int:
    """What the pieces of a story take unpacked, about."""
    return sum(2 * len(k.piece.chapters.blocks) for k in known)


def _crashed(known: list[KnownPiece]) -> Renewed:
    raise LibraryError(
        f"'{known[0].path}' cannot be catalogued anew: it makes the program crash (or there is too little memory).",
        "Take the file away, or give more memory, and run: ficsearch index --rebuild PATH",
    )
