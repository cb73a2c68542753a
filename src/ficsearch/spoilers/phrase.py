"""A header's value as words, each with what stands before it: strokes, brackets, quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from ficsearch.spoilers.wording import reworded
from ficsearch.spoilers.words import Sign

T = TypeVar("T")

LONGEST = 2_000
"""Characters that are read. The longest honest header we know has 300; one with more holds a story, and what is
not read may name anything."""

_WORD = re.compile(
    r"(?:[^\W\d_]{5,}|pts?|part|book|film|eps?|ser|btvs|ats|sga|spn|bsg|tng|voy)(?=\d)|[^\W_]+"
    r"|(?:^|(?<=[\s\"(/,;:]))\?(?=$|[\s\")/,;:])"
)
"""``season3`` and ``Becoming2`` are two words, ``s3``, ``3x13`` and ``GD2`` are one. A question mark that stands
alone is a word: Lost has an episode of that name."""

_STROKES = re.compile(r"[;|]|[.!?…](?=[^.!?…])|[,/\\+(\[)\]:]|(?<=\s)[-–—~]|[-–—~](?=\s)")
"""A full stop or a dash separates only where a blank follows: ``3.13``, ``post-Hush``."""

_ONWARD = re.compile(r"\+(?!\S)|\s*\+(?=[,;)])")
_SIGNS = {
    ",": Sign.COMMA, "/": Sign.SLASH, "\\": Sign.SLASH, "+": Sign.AND, "(": Sign.OPEN, "[": Sign.OPEN,
    ")": Sign.CLOSE, "]": Sign.CLOSE, ":": Sign.COLON, "-": Sign.DASH, "–": Sign.DASH, "—": Sign.DASH, "~": Sign.DASH,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; ``gap`` is what stands before it, ``quote`` the number of the quotation it is in, or 0."""

    text: str
    gap: str
    quote: int = 0

    @property
    def boundary(self) -> bool:
        """Does anything but blanks stand before it?"""
        return not self.gap.isspace() and bool(self.gap)


@dataclass(frozen=True)
class Phrase:
    """``tail`` is what stands after the last word; ``cut`` says that the rest was too long to be read."""

    words: tuple[Word, ...]
    tail: str = ""
    cut: bool = False

    @cached_property
    def texts(self) -> list[str]:
        """The words alone."""
        return [word.text for word in self.words]

    def between(self, at: int, end: int) -> str:
        """Words *at* to *end*, squashed."""
        return " ".join(self.texts[at:end])

    def whole(self, at: int, end: int) -> bool:
        """Is there no semicolon between these words? Nothing reaches over one; a title may have any other stroke."""
        return not any(";" in self.gap(n) for n in range(at + 1, end))

    def gap(self, at: int) -> str:
        """What stands before word *at*, the end included."""
        return self.words[at].gap if at < len(self.words) else self.tail

    def ends(self, at: int) -> bool:
        """Does something end before word *at*: the whole phrase, or by a stroke?"""
        return at >= len(self.words) or self.words[at].boundary

    def text(self, at: int) -> str:
        """Word *at*, or nothing after the end."""
        return self.words[at].text if at < len(self.words) else ""


def read_phrase(text: str) -> Phrase:
    """The words of *text*, of which at most LONGEST characters are read."""
    flat = reworded(text[:LONGEST])
    words, end, quote, count = [], 0, 0, 0
    closed = flat.count('"') // 2
    for match in _WORD.finditer(flat):
        gap = flat[end : match.start()]
        for _ in range(gap.count('"')):
            count += not quote
            quote = 0 if quote else count
        words.append(Word(match.group(), gap, quote if quote <= closed else 0))
        end = match.end()
    return Phrase(tuple(words), flat[end:], len(text) > LONGEST)


def strokes(gap: str, last: bool = False) -> Iterator[Sign]:
    """The signs in a gap, in order. A plus that closes a word, or the phrase (*last*), is "and later": ``S5+``."""
    if _ONWARD.match(gap.strip() if last else gap):
        yield Sign.ONWARD
    for match in _STROKES.finditer(gap):
        yield _SIGNS.get(match.group(), Sign.HARD)


class PhraseTable(Generic[T]):
    """Squashed phrases of several words and what they mean, found where they begin in a row of words."""

    def __init__(self, entries: Mapping[str, T]) -> None:
        self.entries = entries
        lengths: dict[str, set[int]] = {}
        for key in entries:
            first, _, rest = key.partition(" ")
            lengths.setdefault(first, set()).add(rest.count(" ") + 2 if rest else 1)
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def at(self, words: Sequence[str], start: int) -> Iterator[tuple[int, T]]:
        """Every phrase that begins at *start*, the longest first, as its number of words and its meaning."""
        if start >= len(words):
            return
        for length in self._lengths.get(words[start], ()):
            key = " ".join(words[start : start + length])
            if start + length <= len(words) and key in self.entries:
                yield length, self.entries[key]
