"""Where in a story the words of a query stand, and which paragraphs hold the most of them.

A chapter is made plain once (lower-case bytes with the paragraphs of the text, words as ``text.tokens`` cuts them), and
each thing asked for is one regular expression over it: a text is never cut into words to find out what is in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from ficsearch.edits import alike
from ficsearch.occurrences import near
from ficsearch.plain import plain_text
from ficsearch.query.nodes import Fuzzy, Near, Prefix, WordLeaf, Words
from ficsearch.story import Chapter
from ficsearch.text import stem

Span = tuple[int, int]
"""From the first to behind the last byte of an occurrence, in a plain text."""
Finder = Callable[[bytes], list[Span]]

_LETTER = rb"[0-9a-z\x80-\xff]"
_GAP = rb"[^0-9a-z\x80-\xff]+"
_WORD = re.compile(_LETTER + rb"+")


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a chapter that are not blank: as they are, and where each begins in the plain text."""

    plain: bytes
    starts: tuple[int, ...]
    texts: tuple[str, ...]

    @classmethod
    def of(cls, text: str, plain: bytes) -> Paragraphs:
        """Those of *text*, which is *plain* made plain."""
        starts = accumulate([len(part) + 2 for part in plain.split(b"\n\n")], initial=0)
        there = [(start, raw) for start, raw in zip(starts, text.split("\n\n"), strict=False) if raw.strip()]
        return cls(plain, tuple([start for start, _ in there]), tuple([r for _, r in there]))

    def words(self, paragraph: int) -> int:
        """How many words a paragraph has."""
        start = self.starts[paragraph]
        end = self.starts[paragraph + 1] if paragraph + 1 < len(self.starts) else len(self.plain)
        return len(_WORD.findall(self.plain, start, end))


@dataclass(frozen=True, slots=True)
class Passage:
    """Some paragraphs (``size`` of them, from ``paragraph`` on, counted from 1) and what they hold of what was
    asked."""

    chapter: int
    paragraph: int
    text: str
    size: int = 1
    distinct: int = 0
    matches: int = 0


def passages(number: int, chapter: Chapter, leaves: Sequence[WordLeaf], most: int) -> Iterator[Passage]:
    """Every passage of a chapter in which something asked for begins: a paragraph, a short one with those that follow
    it until there are *most* words or the scene ends."""
    text = plain_text(chapter.text)
    found = [finder(leaf)(text) for leaf in leaves]
    if not any(found):
        return
    parts = Paragraphs.of(chapter.text, text)
    first_in: dict[int, int] = {}
    for spans in found:
        for start, end in spans:
            at = bisect_left(parts.starts, start + 1) - 1
            last = bisect_left(parts.starts, end) - 1
            first_in[at] = max(first_in.get(at, 0), last - at + 1)
    for at, size in first_in.items():
        yield _passage(number, parts, found, at, max(size, _size(parts, at, most)))


def _size(parts: Paragraphs, at: int, most: int) -> int:
    """How many paragraphs from *at* on make one passage."""
    size, count = 1, parts.words(at)
    while count < most and at + size < len(parts.starts):
        words = parts.words(at + size)
        count += words
        if not words or count > most:
            break
        size += 1
    return size


def _passage(number: int, parts: Paragraphs, found: list[list[Span]], at: int, size: int) -> Passage:
    start = parts.starts[at]
    end = parts.starts[at + size] if at + size < len(parts.starts) else len(parts.plain) + 1
    held = [bisect_left(spans, (end, 0)) - bisect_left(spans, (start, 0)) for spans in found]
    text = "\n".join(parts.texts[at : at + size])
    return Passage(number, at + 1, text, size, sum(map(bool, held)), sum(held))


# what is asked for, as a regular expression


@lru_cache(maxsize=1_000)
def finder(leaf: WordLeaf) -> Finder:
    """What finds every occurrence of *leaf* in a plain text, in order."""
    match leaf:
        case Words(asked, _, exact) if asked:
            return _matches(_in_a_row([_exact(w.encode()) for w in asked]), len(asked)) if exact else _families(asked)
        case Prefix(start):
            return _matches(_begins(start.encode()) if start else _LETTER + rb"+")
        case Fuzzy(word, distance):
            return _like(word, distance)
        case Near(asked, slop) if asked:
            return _near(asked, slop)
    return lambda text: []


def _begins(start: bytes) -> bytes:
    """A word that begins with *start*. The letters stand first, so that the search can leap from one to the next."""
    return re.escape(start) + rb"(?<!" + _LETTER + re.escape(start) + rb")" + _LETTER + rb"*"


def _matches(pattern: bytes, last: int = 0) -> Finder:
    """What finds *pattern*; its group *last* ends an occurrence."""
    search = re.compile(pattern).finditer
    return lambda text: [(match.start(), match.end(last)) for match in search(text)]


def _exact(word: bytes) -> bytes:
    """That very word, alike found by its first letters."""
    letters = re.escape(word)
    return letters + rb"(?<!" + _LETTER + letters + rb")(?!" + _LETTER + rb")"


def _in_a_row(patterns: Sequence[bytes]) -> bytes:
    """Words in a row, each a group; only the first is passed over, so that rows may overlap."""
    first, *others = (rb"(" + pattern + rb")" for pattern in patterns)
    return first + rb"(?=" + b"".join(_GAP + other for other in others) + rb")" if others else first


_IRREGULAR = frozenset("die lie tie vie".split())
"""Stems of words that begin otherwise (dying)."""
_CHANGES = re.compile(r".*(?:i|bl|ky|[aeiouy].*e)")
"""Stems that lose their last letter in some words: happi for happy, possibl for possibility, hope for hoping."""


def _head(stemmed: str) -> str:
    """Letters with which every word of that stem begins: true of all 106,000 words of 5,000 stories."""
    if stemmed in _IRREGULAR:
        return stemmed[:1]
    return stemmed[:-1] if len(stemmed) > 1 and _CHANGES.fullmatch(stemmed) else stemmed


def _families(asked: tuple[str, ...]) -> Finder:
    stems = tuple(map(stem, asked))
    search = re.compile(_in_a_row([_begins(_head(s).encode()) for s in stems])).finditer
    size = len(stems)

    @lru_cache(maxsize=10_000)
    def same(words: tuple[bytes, ...]) -> bool:
        return tuple(stem(word.decode("utf-8", "replace")) for word in words) == stems

    return lambda text: [(match.start(), match.end(size)) for match in search(text) if same(match.groups())]


def _like(word: str, distance: int) -> Finder:
    fits = lru_cache(maxsize=200_000)(lambda other: alike(word, other.decode("utf-8", "replace"), distance))
    shortest, longest = len(word) - distance, 4 * (len(word) + distance)  # in bytes, of which a letter has up to four

    def find(text: bytes) -> list[Span]:
        near = [w for w in set(_WORD.findall(text)) if shortest <= len(w) <= longest and fits(w)]
        return sorted(span for w in near for span in finder(Words((w.decode(),), exact=True))(text))

    return find


def _near(asked: tuple[str, ...], slop: int) -> Finder:
    search = _matches(b"|".join(_exact(word.encode()) for word in dict.fromkeys(asked)))
    reach = (len(asked) + slop) * _LONG_WORD

    def find(text: bytes) -> list[Span]:
        return [
            span for group in _groups(search(text), reach, len(asked)) for span in _near_in(text, group, asked, slop)
        ]

    return find


_LONG_WORD = 30
"""Bytes of a word with its blank, at most, when nearness is looked for: longer ones are too rare to matter."""


def _groups(spans: list[Span], reach: int, least: int) -> Iterator[list[Span]]:
    """Runs of spans, each not further than *reach* from the one before."""
    group: list[Span] = []
    for span in spans:
        if group and span[0] - group[-1][1] > reach:
            if len(group) >= least:
                yield group
            group = []
        group.append(span)
    if len(group) >= least:
        yield group


def _near_in(text: bytes, group: list[Span], asked: tuple[str, ...], slop: int) -> Iterator[Span]:
    words = list(_WORD.finditer(text, group[0][0], group[-1][1]))
    for run in near(asked, slop, [match.group().decode("utf-8", "replace") for match in words]):
        yield words[run[0]].span()
