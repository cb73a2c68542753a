"""The Whoosh engine beside plain whoosh-reloaded, on the same stories, in one interleaved run.

    python bench/engine.py FOLDER [--stories 500] [--rounds 3] [--queries 20] [--without-plain]

FOLDER holds text files, each with a header of ``Label: value`` lines before the first blank one. Every round indexes
all of them with each engine in turn; then every query is asked of each engine in turn, warm. Both keep every word, its
stem and its places, and neither stores the text. Plain Whoosh is used as its own quick start shows, with a stemming
analyzer that keeps stop words. Printed: MB of story text per CPU second, bytes of index per byte of text, and
milliseconds (median and 95th percentile) of each kind of query with ten hits and the counts of four facets: when it is
asked first (the files are in memory, nothing else is) and when it is asked again.
"""

from __future__ import annotations

import argparse
import random
import shutil
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any as Anything
from typing import Protocol

from whoosh import fields, query, sorting
from whoosh.analysis import StemmingAnalyzer
from whoosh.index import create_in

from ficsearch.engines import Request
from ficsearch.engines.whoosh import WhooshEngine
from ficsearch.fields import IndexDocument, index_document
from ficsearch.query.nodes import All, Any, Fuzzy, Name, Near, Prefix, Query, Words
from ficsearch.story import Chapter, Characters, Rating, Story
from ficsearch.text import stem, tokens

RATINGS = {"G": "general", "PG": "general", "PG-13": "teen", "R": "mature", "NC-17": "explicit"}
FACETS = ("rating", "character", "pairing", "author")


def load(folder: Path, most: int) -> list[IndexDocument]:
    """The first *most* stories of *folder*."""
    paths = sorted(folder.rglob("*.txt"))[: most or None]
    return [index_document(story(path, folder)) for path in paths]


def story(path: Path, folder: Path) -> Story:
    """The story in one file."""
    header, _, body = path.read_text("utf-8", "replace").partition("\n\n")
    claims = dict(line.split(": ", 1) for line in header.splitlines() if ": " in line)
    name = path.relative_to(folder).as_posix()
    return Story(
        id=name,
        path=name,
        title=claims.get("Title", ""),
        authors=(claims.get("Author", "nobody"),),
        rating=Rating(RATINGS.get(claims.get("Rating", ""), "not_rated")),
        characters=Characters(listed(claims.get("Characters", ""))),
        fandoms=listed(claims.get("Fandom", "")),
        pairings=tuple(tuple(pair.split("/")) for pair in listed(claims.get("Pairing", "")) if "/" in pair),
        genres=listed(claims.get("Genre", "")),
        summary=claims.get("Summary"),
        chapters=(Chapter(body),),
    )


def listed(value: str) -> tuple[str, ...]:
    """The names of a header line, each once."""
    return tuple(dict.fromkeys(name.strip() for name in value.split(",") if name.strip()))


class Peer(Protocol):
    """One engine of the comparison."""

    name: str

    def index(self, folder: Path, documents: Sequence[IndexDocument]) -> None: ...

    def ask(self, asked: Query) -> int: ...


class Ours:
    name = "ficsearch"

    def index(self, folder: Path, documents: Sequence[IndexDocument]) -> None:
        self.engine = WhooshEngine(folder)
        self.engine.add(documents, 1)

    def ask(self, asked: Query) -> int:
        return self.engine.search(Request(asked, facets=FACETS)).total


class Plain:
    name = "plain whoosh"

    def index(self, folder: Path, documents: Sequence[IndexDocument]) -> None:
        text = fields.TEXT(analyzer=StemmingAnalyzer(stoplist=None, minsize=1))
        schema = fields.Schema(
            id=fields.ID(stored=True), title=text, summary=text, body=text, rating=fields.ID, author=fields.ID,
            character=fields.KEYWORD(commas=True), pairing=fields.KEYWORD(commas=True),
        )  # fmt: skip
        index = create_in(str(folder), schema)
        writer = index.writer(limitmb=256)
        for document in documents:
            values = document.values
            writer.add_document(
                id=document.id, title=values["title"], summary=values["summary"], body=values["body"],
                rating=values["rating"][0], author=values["author"][0], character=",".join(values["character"]),
                pairing=",".join(values["pairing"]),
            )  # fmt: skip
        writer.commit()
        self.searcher = index.searcher()

    def ask(self, asked: Query) -> int:
        facets = sorting.Facets()
        for name in FACETS:
            facets.add_field(name, allow_overlap=name in ("character", "pairing"))
        results = self.searcher.search(self.translate(asked), limit=10, groupedby=facets, maptype=sorting.Count)
        for name in FACETS:
            results.groups(name)
        return len(results)

    def translate(self, asked: Query) -> Anything:
        """The same question in Whoosh's words."""
        match asked:
            case All(parts):
                return query.And([self.translate(p) for p in parts])
            case Any(parts):
                return query.Or([self.translate(p) for p in parts])
            case Words(words) if len(words) == 1:
                return query.Term("body", stem(words[0]))
            case Words(words):
                return query.Phrase("body", [stem(w) for w in words])
            case Near(words, slop):
                return query.Phrase("body", [stem(w) for w in words], slop=slop + 1)
            case Prefix(start):
                return query.Prefix("body", start)
            case Fuzzy(word, distance):
                return query.FuzzyTerm("body", stem(word), maxdist=distance)
            case Name(value):
                return query.Term("rating", value)
        raise TypeError(asked)


@dataclass(frozen=True)
class Kind:
    """A kind of query and how to make one."""

    name: str
    make: Callable[[], Query]


def kinds(documents: Sequence[IndexDocument], chance: random.Random) -> list[Kind]:
    """Kinds of queries whose words are taken from the stories."""
    texts = [tokens(str(d.values["body"])) for d in chance.sample(list(documents), min(300, len(documents)))]
    texts = [text for text in texts if len(text) > 10]
    counts = Counter(word for text in texts for word in text)
    common = [word for word, _ in counts.most_common(60)]
    middling = [word for word, _ in counts.most_common(2_000)[200:] if len(word) > 3]
    rare = [word for word, count in counts.items() if count <= 2 and word.isalpha()]

    def passage(length: int) -> tuple[str, ...]:
        text = chance.choice(texts)
        start = chance.randrange(len(text) - length)
        return tuple(text[start : start + length])

    def common_passage() -> tuple[str, ...]:
        return next(p for p in iter(lambda: passage(4), ()) if set(p) <= set(common))

    def word(among: Sequence[str]) -> Words:
        return Words((chance.choice(among),), "body")

    return [
        Kind("rare", lambda: word(rare)),
        Kind("common", lambda: word(common)),
        Kind("and of 2", lambda: All((word(middling), word(middling)))),
        Kind("or of 3", lambda: Any((word(middling), word(middling), word(middling)))),
        Kind("phrase of 4", lambda: Words(passage(4), "body", exact=True)),
        Kind("of common words", lambda: Words(common_passage(), "body", exact=True)),
        Kind("near", lambda: Near((chance.choice(middling), chance.choice(middling)), 10, "body")),
        Kind("prefix", lambda: Prefix(chance.choice(middling)[:3], "body")),
        Kind("fuzzy", lambda: Fuzzy(chance.choice(middling), 1, "body")),
        Kind("word, rating", lambda: All((word(middling), Name(chance.choice(("teen", "mature")), "rating")))),
    ]


def measure_indexing(peers: Sequence[Peer], documents: Sequence[IndexDocument], rounds: int, base: Path) -> None:
    """Index with each peer in turn and print what it costs. The last index of each stays open."""
    size = sum(len(str(d.values["body"]).encode()) for d in documents)
    spent: dict[str, list[float]] = {peer.name: [] for peer in peers}
    sizes = {}
    for round_ in range(rounds):
        for peer in peers:
            folder = base / peer.name / str(round_)
            folder.mkdir(parents=True)
            began = time.process_time()
            peer.index(folder, documents)
            spent[peer.name].append(time.process_time() - began)
            sizes[peer.name] = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file())
    print(
        f"\n{len(documents):,} stories, {size / 1e6:.1f} MB\n\n{'':16}{'MB/CPU s':>10}{'CPU s':>10}{'index/text':>12}"
    )
    for name, seconds in spent.items():
        middle = statistics.median(seconds)
        print(f"{name:16}{size / 1e6 / middle:10.1f}{middle:10.2f}{sizes[name] / size:12.3f}")


def measure_queries(peers: Sequence[Peer], asked: dict[str, list[Query]]) -> None:
    """Ask every query of every peer in turn and print how long each kind takes, the first time and again."""
    print("\nmilliseconds with facets: median and 95th percentile, the first time | asked again\n")
    print(f"{'':20}" + "".join(f"{peer.name:>36}" for peer in peers))
    for kind, queries in asked.items():
        line = f"{kind:20}"
        for peer in peers:
            first = [milliseconds(peer, one) for one in queries]
            again = [statistics.median(milliseconds(peer, one) for _ in range(5)) for one in queries]
            line += f"{spread(first):>19} |{spread(again):>15}"
        print(line)


def spread(times: Sequence[float]) -> str:
    return f"{statistics.median(times):.3f} {sorted(times)[int(len(times) * 0.95)]:.3f}"


def milliseconds(peer: Peer, asked: Query) -> float:
    began = time.perf_counter()
    peer.ask(asked)
    return (time.perf_counter() - began) * 1e3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--stories", type=int, default=500, help="how many stories, 0 for all (500)")
    parser.add_argument("--rounds", type=int, default=3, help="how often to index (3)")
    parser.add_argument("--queries", type=int, default=20, help="how many of each kind (20)")
    parser.add_argument("--without-plain", action="store_true", help="only our engine")
    options = parser.parse_args()
    documents = load(options.folder, options.stories)
    peers: list[Peer] = [Ours()] if options.without_plain else [Ours(), Plain()]
    chance = random.Random(1)
    asked = {k.name: [k.make() for _ in range(options.queries)] for k in kinds(documents, chance)}
    base = Path(tempfile.mkdtemp())
    try:
        measure_indexing(peers, documents, options.rounds, base)
        measure_queries(peers, asked)
    finally:
        shutil.rmtree(base)


if __name__ == "__main__":
    main()
