"""Document + packs -> Story: canonical title, authors, rating, spoilers, characters, pairings, words, id."""

from __future__ import annotations

from ficsearch.packs import Packs
from ficsearch.story import Document, Story


def catalogue(document: Document, path: str, packs: Packs, part: int = 1, default_fandom: str | None = None) -> Story:
    """The story that *document* tells. *path* is relative to the indexed root (``/`` between folders), *part* its
    position in the file from 1; together they make the id."""
    raise NotImplementedError
