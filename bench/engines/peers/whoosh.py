"""Plain whoosh-reloaded, as its own quick start shows: a schema, a writer, a searcher, query objects, groupedby.

The analyzer is its StemmingAnalyzer, told to keep stop words and one-letter words; the text is stored in the index,
which its highlights need. A field with several names is a KEYWORD, counted with overlap.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any as Anything

from whoosh import fields, query, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.index import create_in, open_dir
from whoosh.query.spans import SpanNear2

from bench.engines.corpora import Item
from bench.engines.peers import FACETS, HITS, Answer
from bench.engines.questions import RATINGS, Question
from ficsearch.query.nodes import All, Any, Fuzzy, Near, Prefix, Query, Words

MANY = ("spoilers", "character", "pairing")
MEMORY_MB = 256


def _schema() -> fields.Schema:
    text = fields.TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1), stored=True)
    named = {name: fields.KEYWORD(commas=True) if name in MANY else fields.ID() for name in FACETS}
    number = fields.ID(unique=True, stored=True)
    return fields.Schema(number=number, title=text, body=text, frontier=fields.NUMERIC(), **named)


class PlainWhoosh:
    """The index in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = str(folder)

    def build(self, items: Iterable[Item]) -> None:
        writer = create_in(self._folder, _schema()).writer(limitmb=MEMORY_MB)
        for item in items:
            writer.add_document(**_document(item))
        writer.commit()

    def update(self, items: Iterable[Item]) -> None:
        writer = open_dir(self._folder).writer(limitmb=MEMORY_MB)
        for item in items:
            writer.update_document(**_document(item))
        writer.commit()

    def open(self) -> None:
        self._index = open_dir(self._folder)
        self._searcher = self._index.searcher()
        self._stem = self._index.schema["body"].analyzer

    def ask(self, question: Question, view: str) -> Answer:
        results = self._searcher.search(
            self._query(question.query), filter=_within(question.seen), limit=HITS, **_grouping(view)
        )
        facets = {name: dict(results.groups(name)) for name in FACETS} if view == "with facets" else {}
        hits = [results[n] for n in range(min(HITS, results.scored_length()))]
        excerpts = tuple(hit.highlights("body", top=1) for hit in hits) if view == "with excerpts" else ()
        return Answer(len(results), tuple(int(hit["number"]) for hit in hits), facets, excerpts)

    def _query(self, asked: Query) -> Anything:
        """The same question in Whoosh's words."""
        match asked:
            case All(parts):
                return query.And([self._query(p) for p in parts])
            case Any(parts):
                return query.Or([self._query(p) for p in parts])
            case Words((word,)):
                return query.Term("body", self._stemmed(word))
            case Words(words):
                return query.Phrase("body", [self._stemmed(w) for w in words])
            case Near(words, slop):
                return SpanNear2([self._query(Words((w,))) for w in words], slop=slop + 1, ordered=False)
            case Prefix(start):
                return query.Prefix("body", start)
            case Fuzzy(word, distance):
                return query.FuzzyTerm("body", self._stemmed(word), maxdist=distance, prefixlength=0)
        raise TypeError(asked)

    def _stemmed(self, word: str) -> str:
        return str(next(token.text for token in self._stem(word, mode="query")))

    def close(self) -> None:
        self._searcher.close()
        self._index.close()


def _document(item: Item) -> dict[str, Anything]:
    named = {name: ",".join(item.names(name)) if name in MANY else item.names(name)[0] for name in FACETS}
    number = f"{item.number}"
    return {"number": number, "title": item.story.title, "body": item.body, "frontier": item.frontier, **named}


def _within(seen: int | None) -> Anything:
    if seen is None:
        return None
    rated = query.Or([query.Term("rating", rating) for rating in RATINGS])
    return query.And([rated, query.NumericRange("frontier", None, seen)])


def _grouping(view: str) -> dict[str, Anything]:
    if view != "with facets":
        return {}
    facets = sorting.Facets()
    for name in FACETS:
        facets.add_field(name, allow_overlap=name in MANY)
    return {"groupedby": facets, "maptype": sorting.Count}
