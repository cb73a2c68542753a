"""tantivy, by its Python binding: fast fields for what is counted and filtered, terms aggregations, its snippets.

The body has its own tokenizer with the English stemmer (``en_stem``), positions, and is stored. Numbers of hits come
from a fast field, so that no stored story is unpacked for a page without excerpts. It has no words-in-any-order query:
near is a phrase with slop in both orders, which finds nearly the same. A prefix is a regular expression over the terms.
The heap is as large as the memory that ficsearch is given.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any as Anything

import tantivy

from bench.engines.corpora import Item
from bench.engines.peers import FACETS, HITS, LETTERS, Answer
from bench.engines.questions import RATINGS, Question
from ficsearch.query.nodes import All, Any, Fuzzy, Near, Prefix, Query, Words
from ficsearch.text import stem

HEAP = 256_000_000
MUST, SHOULD = tantivy.Occur.Must, tantivy.Occur.Should
Q = tantivy.Query
COUNTED = {name: {"terms": {"field": name, "size": size}} for name, size in FACETS.items()}


def _schema() -> Anything:
    builder = tantivy.SchemaBuilder()
    for name in ("number", "frontier"):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in ("title", "body"):
        builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


class Tantivy:
    """The index in a folder, written by one thread."""

    threads = 1

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, items: Iterable[Item]) -> None:
        self._write(tantivy.Index(_schema(), str(self._folder)), items, known=False)

    def update(self, items: Iterable[Item]) -> None:
        self._write(tantivy.Index.open(str(self._folder)), items, known=True)

    def _write(self, index: Anything, items: Iterable[Item], known: bool) -> None:
        writer = index.writer(HEAP, self.threads)
        for item in items:
            if known:
                writer.delete_documents_by_term("number", item.number)
            writer.add_document(_document(item))
        writer.commit()
        writer.wait_merging_threads()

    def open(self) -> None:
        index: Anything = tantivy.Index.open(str(self._folder))
        self._schema, self._searcher = index.schema, index.searcher()

    def ask(self, question: Question, view: str) -> Answer:
        asked = self._filtered(self._query(question.query), question.seen)
        found = self._searcher.search(asked, HITS)
        places = [place for _, place in found.hits]
        hits = tuple(map(int, self._searcher.fast_field_values("number", places)))
        facets = self._counts(asked) if view == "with facets" else {}
        return Answer(found.count, hits, facets, self._excerpts(asked, places) if view == "with excerpts" else ())

    def _filtered(self, query: Anything, seen: int | None) -> Anything:
        if seen is None:
            return query
        rated = Q.term_set_query(self._schema, "rating", list(RATINGS))
        safe = Q.range_query(self._schema, "frontier", tantivy.FieldType.Integer, None, seen)
        return Q.boolean_query([(MUST, query), (MUST, Q.const_score_query(rated, 0)), (MUST, safe)])

    def _query(self, asked: Query) -> Anything:
        """The same question in tantivy's words."""
        match asked:
            case All(parts):
                return Q.boolean_query([(MUST, self._query(p)) for p in parts])
            case Any(parts):
                return Q.boolean_query([(SHOULD, self._query(p)) for p in parts])
            case Words((word,)):
                return Q.term_query(self._schema, "body", stem(word))
            case Words(words):
                return self._phrase(words)
            case Near(words, slop):
                return Q.boolean_query([(SHOULD, self._phrase(some, slop)) for some in (words, words[::-1])])
            case Prefix(start):
                return Q.regex_query(self._schema, "body", f"{start}.*")
            case Fuzzy(word, distance):
                return Q.fuzzy_term_query(self._schema, "body", word, distance)
        raise TypeError(asked)

    def _phrase(self, words: tuple[str, ...], slop: int = 0) -> Anything:
        return Q.phrase_query(self._schema, "body", [stem(word) for word in words], slop)

    def _counts(self, asked: Anything) -> dict[str, dict[str, int]]:
        counted = self._searcher.aggregate(asked, COUNTED)
        return {name: {b["key"]: b["doc_count"] for b in counted[name]["buckets"]} for name in FACETS}

    def _excerpts(self, asked: Anything, places: list[Anything]) -> tuple[str, ...]:
        maker = tantivy.SnippetGenerator.create(self._searcher, asked, self._schema, "body")
        maker.set_max_num_chars(LETTERS)
        return tuple(maker.snippet_from_doc(self._searcher.doc(place)).to_html() for place in places)

    def close(self) -> None:
        del self._schema, self._searcher


class TwoThreads(Tantivy):
    """The same, written by two threads."""

    threads = 2


def _document(item: Item) -> Anything:
    document = tantivy.Document()
    document.add_integer("number", item.number)
    document.add_integer("frontier", item.frontier)
    document.add_text("title", item.story.title)
    document.add_text("body", item.body)
    for name in FACETS:
        for value in item.names(name):
            document.add_text(name, value)
    return document
