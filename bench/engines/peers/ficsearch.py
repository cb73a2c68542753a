"""ficsearch: the Whoosh engine and the store, changed in the same batches and steps as ``ficsearch index`` does.

The text is kept in the store, packed; an excerpt is made from the stored story. The rating and the reader's position
are asked as ``--max-rating`` and ``--seen`` ask them: as names that a story has or has not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from bench.engines.corpora import Episodes, Item
from bench.engines.peers import FACETS, HITS, Answer
from bench.engines.questions import RATINGS, Question
from ficsearch.budget import DEFAULT, read_size, share
from ficsearch.engines import Request
from ficsearch.engines.whoosh import WhooshEngine
from ficsearch.excerpts import stored_excerpts
from ficsearch.indexing import BATCH_FILES
from ficsearch.query.build import all_of, not_, one_of
from ficsearch.query.nodes import Everything, Name, Query
from ficsearch.records import Change, FileRecord, StoredPiece, StoredStory
from ficsearch.store import Store
from ficsearch.story import Document


class Ficsearch:
    """The engine and the store in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, items: Iterable[Item]) -> None:
        self.update(items)

    def update(self, items: Iterable[Item]) -> None:
        store, engine = Store.create(self._folder), WhooshEngine(self._folder / "whoosh")
        for batch in _batches(items):
            before = store.generation
            generation = store.put(map(_change, batch), stories=[StoredStory.pack(item.story) for item in batch])
            if removed := store.removed_since(before):
                engine.remove(removed, before)
            engine.add((item.document for item in batch), generation, more=True)
        engine.add((), store.generation)
        engine.close()
        store.close()

    def open(self) -> None:
        self._store, self._engine = Store.open(self._folder), WhooshEngine(self._folder / "whoosh")

    def ask(self, question: Question, view: str) -> Answer:
        facets = tuple(FACETS) if view == "with facets" else ()
        found = self._engine.search(Request(question.query, _within(question.seen), facets=facets, size=HITS))
        ids = [i for i, _ in found.hits]
        passages = self._excerpts(ids, question.query) if view == "with excerpts" else ()
        return Answer(found.total, tuple(map(int, ids)), found.facets, passages)

    def _excerpts(self, ids: list[str], query: Query) -> tuple[str, ...]:
        found = stored_excerpts(ids, query, self._store, self._engine)
        return tuple(e.html for i in ids for e in found[i])

    def close(self) -> None:
        self._engine.close()
        self._store.close()


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch: list[Item] = []
    size = 0
    for item in items:
        batch.append(item)
        size += len(item.body)
        if size > _BATCH or len(batch) >= BATCH_FILES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


_BATCH = share(read_size(DEFAULT), 2).batch


def _change(item: Item) -> Change:
    story, text = item.story, item.body
    file = FileRecord(story.path.encode(), story.path, len(text), 0, b"")
    return Change(file, (StoredPiece.pack(story.id, 1, Document(story.chapters)),))


_episodes = lru_cache(1)(Episodes)


@lru_cache(1_000)
def _within(seen: int | None) -> Query:
    if seen is None:
        return Everything()
    spoils = one_of(_episodes().unseen(seen), "frontier")
    unknown = all_of((Name("unknown", "scope"), not_(spoils)))
    return all_of((one_of(frozenset(RATINGS), "rating"), not_(spoils), not_(unknown)))
