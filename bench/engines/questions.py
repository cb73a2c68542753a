"""The questions: forty of each kind, made of words of the corpus with a fixed seed, the same for every engine.

Words are *lone*: in the stories looked at, no other word has their stem and they have no apostrophe, so that every
engine's stemmer and tokenizer means the same by them and all find the same stories.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from bench.engines.corpora import Item
from ficsearch.query.nodes import All, Any, Fuzzy, Near, Prefix, Query, Words
from ficsearch.text import sentences, stem, tokens

LOOKED_AT = 1_000
"""Stories whose words are asked for. Corpora of different sizes begin with the same stories, so that the questions
are the same at every size."""

COMMON = 60
"""So many of the most used lone words are common."""

MIDDLING = (0.01, 0.2)
"""Words that people ask for: the share of stories that hold one."""

RARE = 0.003
"""A rare word stands in at most this share of the stories."""

SLOP = 10
READERS = 8
"""So many readers ask, each at a position of their own: one asks many questions at the same position."""

RATINGS = ("general", "teen")
TO_BE = ("to", "be", "or", "not", "to", "be")
_APOSTROPHE = re.compile(r"\w+(?:['’‘`]\w+)+")


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked: a tree of ficsearch's nodes over the text; and, where ``seen`` is a number, only
    stories rated one of RATINGS that spoil no episode past that one."""

    kind: str
    query: Query
    seen: int | None = None


class Vocabulary:
    """The words of some stories, by how they may be used in a question."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.texts: list[list[str]] = []
        broken: set[str] = set()
        for item in islice(items, LOOKED_AT):
            self.texts.append(tokens(item.body))
            broken.update(word for found in _APOSTROPHE.findall(item.body) for word in tokens(found))
        self.held = Counter(word for text in self.texts for word in set(text))
        uses = Counter(word for text in self.texts for word in text)
        families = Counter(stem(word) for word in uses)
        alone = [w for w, _ in uses.most_common() if families[stem(w)] == 1 and w.isascii() and w.isalpha()]
        lone = [w for w in alone if w not in broken and stem(w) == w]
        self.lone = frozenset(lone)
        self.common = lone[:COMMON]
        low, high = (share * len(self.texts) for share in MIDDLING)
        self.middling = [w for w in lone if low <= self.held[w] <= high and len(w) > 3] or lone
        self.rare = [w for w in lone if self.held[w] <= RARE * len(self.texts) and len(w) > 3] or lone

    def passages(self, length: int, among: frozenset[str], chance: random.Random) -> list[tuple[str, ...]]:
        """Runs of words that stand in the stories, all of them *among* these, in random order."""
        found = {
            run
            for text in self.texts
            for run in zip(*(text[n:] for n in range(length)), strict=False)
            if among.issuperset(run)
        }
        passages = sorted(found)
        chance.shuffle(passages)
        return passages

    def neighbours(self, chance: random.Random) -> list[tuple[str, ...]]:
        """Pairs of middling words that stand near each other somewhere, in random order."""
        wanted = frozenset(self.middling)
        found: set[tuple[str, ...]] = set()
        for text in self.texts:
            places = [at for at, word in enumerate(text) if word in wanted]
            found.update((text[a], text[b]) for a, b in pairwise(places) if b - a <= SLOP and text[a] != text[b])
        pairs = sorted(found)
        chance.shuffle(pairs)
        return pairs


def questions(items: Iterable[Item], each: int, episodes: int) -> list[Question]:
    """*each* questions of every kind; *episodes* is how many a reader may have seen."""
    words, chance = Vocabulary(items), random.Random(1)
    readers = [chance.randrange(1, episodes) for _ in range(READERS)]
    return [
        Question(kind, next_query(), seen)
        for kind, next_query in _kinds(words, chance).items()
        for _ in range(each)
        for seen in [chance.choice(readers) if kind == "word, rating, position" else None]
    ]


def _kinds(words: Vocabulary, chance: random.Random) -> dict[str, Callable[[], Query]]:
    """Every kind, and what makes the next query of it."""
    phrases = _in_turn(words.passages(4, words.lone, chance), set(words.common))
    common = _in_turn([TO_BE, *words.passages(4, frozenset(words.common), chance)])
    pairs = _in_turn(words.neighbours(chance))

    def word(among: Sequence[str]) -> Words:
        return Words((chance.choice(among),), "body")

    def several(count: int) -> tuple[Query, ...]:
        return tuple(Words((w,), "body") for w in chance.sample(words.middling, count))

    return {
        "rare word": lambda: word(words.rare),
        "common word": lambda: word(words.common),
        "two words": lambda: All(several(2)),
        "one of three words": lambda: Any(several(3)),
        "phrase": lambda: Words(phrases(), "body", exact=True),
        "phrase of common words": lambda: Words(common(), "body", exact=True),
        "near": lambda: Near(pairs(), SLOP, "body"),
        "prefix": lambda: Prefix(chance.choice(words.middling)[:4], "body"),
        "fuzzy": lambda: Fuzzy(chance.choice([w for w in words.middling if len(w) > 4]), 1, "body"),
        "word, rating, position": lambda: word(words.middling),
    }


def known_items(items: Iterable[Item], each: int) -> Iterator[tuple[Question, int]]:
    """Words of a sentence that somebody remembers, and the number of the story it is in: for *each* stories once any
    of the words will do, and once all of them are asked for."""
    chance = random.Random(3)
    kept = list(islice(items, LOOKED_AT))
    uses = Counter(word for item in kept for word in tokens(item.body))
    dull = {word for word, _ in uses.most_common(DULL)}
    for item in chance.sample(kept, min(each, len(kept))):
        remembered = _remembered(item, dull, chance)
        words = tuple(Words((word,), "body") for word in remembered)
        yield Question("any of five words", Any(words)), item.number
        yield Question("all of five words", All(words)), item.number


def _remembered(item: Item, dull: set[str], chance: random.Random) -> list[str]:
    """Up to five words of one sentence that are not *dull*; a word that occurs often enough to be remembered."""
    told = [[w for w in dict.fromkeys(tokens(s)) if w not in dull and w.isalpha()] for s in sentences(item.body)]
    words = chance.choice([w for w in told if len(w) >= REMEMBERED] or [max(told, key=len)])
    return chance.sample(words, min(REMEMBERED, len(words)))


DULL, REMEMBERED = 300, 5
"""Words used so much that nobody would search by them; how many others are remembered."""


def _in_turn(passages: list[tuple[str, ...]], dull: set[str] | None = None) -> Callable[[], tuple[str, ...]]:
    """One passage after the other, leaving out those of *dull* words only, from the start again when all are used."""
    kept = [p for p in passages if not dull or not dull.issuperset(p)]
    places = iter(range(10**9))
    return lambda: kept[next(places) % len(kept)]
