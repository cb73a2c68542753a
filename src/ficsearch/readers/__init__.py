"""READERS: bytes -> documents, one module a format. Recognised by content first, by suffix where that is not sure."""

from __future__ import annotations

from ficsearch.story import Document


def read(name: str, data: bytes) -> tuple[Document, ...]:
    """Every story in *data*; *name* is the file's name (its suffix and stem are hints). Raises ReadingError."""
    raise NotImplementedError
