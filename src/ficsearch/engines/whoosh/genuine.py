"""What makes the folder a genuine Whoosh index: its table of contents, its segments, its lock.

Only a change, or Whoosh's own searcher, needs this; a search reads our part of the table (``table.py``).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from whoosh.codec.base import Segment as StockSegment
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from ficsearch.engines.whoosh.schema import story_schema
from ficsearch.engines.whoosh.table import INDEX, Contents, Segment, ending


class StorySegment(StockSegment):  # type: ignore[misc]
    """A segment as Whoosh knows it. Pickled in its table of contents."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(INDEX)
        self.segid = segment.name
        self.segment = segment

    def codec(self) -> Any:
        from ficsearch.engines.whoosh.codec import StoryCodec  # only Whoosh's own searcher needs it

        return StoryCodec()

    def should_assemble(self) -> bool:
        return False

    def doc_count_all(self) -> int:
        return self.segment.stories

    def deleted_count(self) -> int:
        return self.segment.deleted_count()

    def deleted_docs(self) -> list[int]:
        return [int(story) for story in np.flatnonzero(self.segment.gone())]

    def is_deleted(self, docnum: int) -> bool:
        # asked for every story, and by Not for one more than there are
        gone = self.segment.deleted
        return bool(gone) and docnum < self.segment.stories and bool(gone[docnum >> 3] & 0x80 >> (docnum & 7))

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        raise NotImplementedError("stories are deleted by WhooshEngine.remove")


def write_lock(folder: Path) -> Any:
    """Whoosh's own write lock in *folder*, not yet taken."""
    return FileStorage(str(folder)).lock(f"{INDEX}_WRITELOCK")


def write_table(folder: Path, contents: Contents) -> None:
    """Write the table of *contents*, so that it is there whole or not at all."""
    segments = [StorySegment(segment) for segment in contents.segments]
    storage = _Storage(folder, lambda before: ending(contents, before))
    TOC(story_schema(contents.generation), segments, contents.number).write(storage, INDEX)


class _Storage(FileStorage):  # type: ignore[misc]
    """Whoosh's storage, but what is renamed gets its ending and is on the disk before, and the new name after. Whoosh
    forces nothing."""

    def __init__(self, folder: Path, end: Callable[[bytes], bytes]) -> None:
        super().__init__(str(folder))
        self._end = end

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        folder = Path(self.folder)
        old = folder / oldname
        before = old.read_bytes()
        with old.open("ab") as file:
            file.write(self._end(before))
        force(old)
        old.replace(folder / newname)
        force(folder)


def force(path: Path) -> None:
    """Have the disk hold what was written to this file or folder."""
    if os.name == "nt" and path.is_dir():
        return  # a folder cannot be opened there
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
