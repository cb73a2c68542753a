"""Xapian, by its Python binding: the English stemmer in its usual strategy, value slots, spies, its snippets.

Words stand with their positions, their stems beside them without (``STEM_SOME``, the default of its term generator),
so a phrase means those very words. The text is the data of a document. A facet is counted by the binding's own spy in
C++, one for each value slot; a field with several names has a slot for each of the first few. It has no fuzzy query.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any as Anything

import xapian

from bench.engines.corpora import Item
from bench.engines.peers import FACETS, HITS, LETTERS, Answer, CannotError
from bench.engines.questions import RATINGS, Question
from ficsearch.query.nodes import All, Any, Fuzzy, Near, Prefix, Query, Words

FRONTIER = 0
SLOTS = {"rating": 1, "spoilers": 3, "character": 8, "pairing": 1, "author": 1}
"""How many names of a field are counted; the stories of the bench have no more, but for rare long lists of people."""

FIRST = {name: 1 + sum(list(SLOTS.values())[:n]) for n, name in enumerate(FACETS)}
Q = xapian.Query


class Xapian:
    """The database in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)
        self._stemmer = xapian.Stem("en")

    def build(self, items: Iterable[Item]) -> None:
        self.update(items)

    def update(self, items: Iterable[Item]) -> None:
        database = xapian.WritableDatabase(self._folder, xapian.DB_CREATE_OR_OPEN)
        generator = xapian.TermGenerator()
        generator.set_stemmer(self._stemmer)
        for item in items:
            database.replace_document(f"Q{item.number}", _document(item, generator))
        database.commit()
        database.close()

    def open(self) -> None:
        self._database = xapian.Database(self._folder)

    def ask(self, question: Question, view: str) -> Answer:
        enquire = xapian.Enquire(self._database)
        enquire.set_query(_filtered(self._query(question.query), question.seen))
        spies = _spies(enquire) if view == "with facets" else {}
        found = enquire.get_mset(0, HITS, self._database.get_doccount())
        facets = {name: _counts(some) for name, some in spies.items()}
        hits = tuple(int(xapian.sortable_unserialise(m.document.get_value(NUMBER))) for m in found)
        return Answer(found.get_matches_estimated(), hits, facets, self._excerpts(found, view))

    def _excerpts(self, found: Anything, view: str) -> tuple[str, ...]:
        if view != "with excerpts":
            return ()
        return tuple(found.snippet(m.document.get_data().decode(), LETTERS, self._stemmer).decode() for m in found)

    def _query(self, asked: Query) -> Anything:
        """The same question in Xapian's words. Raises CannotError."""
        match asked:
            case All(parts):
                return Q(Q.OP_AND, [self._query(p) for p in parts])
            case Any(parts):
                return Q(Q.OP_OR, [self._query(p) for p in parts])
            case Words((word,)):
                return Q("Z" + self._stemmer(word).decode())
            case Words(words):
                return Q(Q.OP_PHRASE, list(words), len(words))
            case Near(words, slop):
                return Q(Q.OP_NEAR, list(words), len(words) + slop)
            case Prefix(start):
                return Q(Q.OP_WILDCARD, start)
            case Fuzzy():
                raise CannotError(asked)
        raise TypeError(asked)

    def close(self) -> None:
        self._database.close()


NUMBER = 1 + sum(SLOTS.values())


def _document(item: Item, generator: Anything) -> Anything:
    document = xapian.Document()
    generator.set_document(document)
    generator.index_text(item.story.title, 1, "S")
    generator.index_text(item.body)
    document.set_data(item.body)
    document.add_boolean_term(f"Q{item.number}")
    document.add_boolean_term(f"R{item.names('rating')[0]}")
    document.add_value(FRONTIER, xapian.sortable_serialise(item.frontier))
    document.add_value(NUMBER, xapian.sortable_serialise(item.number))
    for name, slots in SLOTS.items():
        for n, value in enumerate(item.names(name)[:slots]):
            document.add_value(FIRST[name] + n, value)
    return document


def _filtered(query: Anything, seen: int | None) -> Anything:
    if seen is None:
        return query
    rated = Q(Q.OP_OR, [f"R{rating}" for rating in RATINGS])
    safe = Q(Q.OP_VALUE_LE, FRONTIER, xapian.sortable_serialise(seen))
    return Q(Q.OP_FILTER, query, Q(Q.OP_AND, rated, safe))


def _spies(enquire: Anything) -> dict[str, list[Anything]]:
    """A spy for every slot of every facet, put to work."""
    spies = {name: [xapian.ValueCountMatchSpy(FIRST[name] + n) for n in range(SLOTS[name])] for name in FACETS}
    for some in spies.values():
        for spy in some:
            enquire.add_matchspy(spy)
    return spies


def _counts(spies: list[Anything]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for spy in spies:
        total.update({value.term.decode(): value.termfreq for value in spy.values()})
    return dict(total)
