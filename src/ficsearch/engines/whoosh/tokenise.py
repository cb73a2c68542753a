"""``text.tokens`` for a whole batch of texts at once, on arrays.

A batch is one run of bytes, already folded. A word is known by its first sixteen bytes, read as two numbers, looked
up in a table of two places a word; only words that were never seen, longer ones, and the few that found both their
places taken are looked at one by one in Python.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ficsearch.engines.whoosh.arrays import Array, Bytes, Ints, Mask
from ficsearch.text import FOLD, stem

_ASCII_FOLDED = bytes(ord(FOLD[b]) for b in range(128)) + bytes(range(128, 256))
_ASCII = bytes(range(128))
_BLANK, _APOSTROPHE, _DROPPED, _S = 32, 39, 0, ord("s")
_MANY_CHARACTERS = 40
"""From so many different characters beyond ASCII on, one pass with a table beats a replacement for each."""

Keys = NDArray[np.uint64]


def folded_bytes(text: str) -> bytes:
    """``text.folded`` as UTF-8, but for blanks."""
    if not text.isascii():
        text = _fold_beyond_ascii(text)
    return text.encode("utf-8", "surrogatepass").translate(_ASCII_FOLDED)


def _fold_beyond_ascii(text: str) -> str:
    beyond = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    met = set(beyond.decode("utf-8", "surrogatepass"))
    becomes = {c: FOLD[ord(c)] for c in met if FOLD[ord(c)] != c}
    # replaced one after the other, what one character became must not be folded again for another
    if len(becomes) > _MANY_CHARACTERS or not all(folded.isascii() for folded in becomes.values()):
        return text.translate(FOLD)
    for character, folded in becomes.items():
        text = text.replace(character, folded)
    return text


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a batch: the id of each, and how many stand in each text."""

    ids: NDArray[np.int32]
    counts: Ints


class Vocabulary:
    """Every word seen so far and the family of each, by id. Ids count from 0 and never change."""

    def __init__(self) -> None:
        self.words: list[bytes] = []
        self.stems: list[bytes] = []
        self.family: list[int] = []
        self._ids: dict[bytes, int] = {}
        self._families: dict[bytes, int] = {}

    def __len__(self) -> int:
        return len(self.words)

    def id(self, word: bytes) -> int:
        """The id of *word*, a new one when it was never seen."""
        known = self._ids.get(word)
        return known if known is not None else self._learn(word)

    def _learn(self, word: bytes) -> int:
        known = self._ids[word] = len(self.words)
        self.words.append(word)
        family = stem(word.decode()).encode()
        if family not in self._families:
            self._families[family] = len(self.stems)
            self.stems.append(family)
        self.family.append(self._families[family])
        return known


_PAD = b" " * 16
_KEPT = np.array([(1 << (8 * n)) - 1 for n in range(9)], np.uint64)
_MIX_1, _MIX_2, _MIX_3 = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(29)
_LONGEST = 16
_FREE = -1


class Tokeniser:
    """Turns folded texts into ids of its vocabulary."""

    FIRST_BITS = 16
    FULL = 6
    """The table grows when more than one place in so many is taken: then few words find both their places taken."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self._grow(self.FIRST_BITS)

    def tokens(self, texts: Iterable[bytes]) -> Tokens:
        """The words of *texts*, each as ``folded_bytes`` gives it."""
        texts = list(texts)
        lengths = np.array([len(t) for t in texts], np.int64) + 1
        buffer, starts = _without_apostrophes(b" " + b" ".join(texts) + _PAD, 1 + np.cumsum(lengths) - lengths)
        begins, sizes = _words(buffer)
        ids = self._ids(buffer, begins, sizes)
        bounds = np.append(np.searchsorted(begins, starts), len(begins))
        return Tokens(ids, np.diff(bounds))

    def _ids(self, buffer: bytes, begins: Ints, sizes: Ints) -> NDArray[np.int32]:
        first, second = _keys(buffer, begins, sizes)
        one, two = self._places(first, second)
        ids = self._table[one]
        wrong = np.flatnonzero(~self._same(ids, first, second, sizes))
        again = self._table[two[wrong]]
        ids[wrong] = again
        unknown = wrong[~self._same(again, first[wrong], second[wrong], sizes[wrong])]
        if len(unknown):
            ids[unknown] = self._look_up(buffer, begins[unknown], sizes[unknown], one[unknown], two[unknown])
        return ids

    def _same(self, ids: Array, first: Keys, second: Keys, sizes: Ints) -> Mask:
        same: Mask = self._first[ids] == first
        same &= self._second[ids] == second
        same &= sizes <= _LONGEST
        return same

    def _places(self, first: Keys, second: Keys) -> tuple[Ints, Ints]:
        """The two places in the table where a word with these keys may stand."""
        mixed = first * _MIX_1
        mixed ^= second * _MIX_2
        mixed ^= mixed >> _MIX_3
        mixed *= _MIX_2
        two = (mixed >> np.uint64(32 - self._bits)) & np.uint64(len(self._table) - 1)
        return (mixed >> np.uint64(64 - self._bits)).astype(np.int64), two.astype(np.int64)

    def _look_up(self, buffer: bytes, begins: Ints, sizes: Ints, one: Ints, two: Ints) -> list[int]:
        vocabulary, known = self.vocabulary, len(self.vocabulary)
        ends = (begins + sizes).tolist()
        ids = [vocabulary.id(buffer[b:e]) for b, e in zip(begins.tolist(), ends, strict=True)]
        if len(vocabulary) > known:
            self._remember(known)
        return ids

    def _remember(self, known: int) -> None:
        """Put the words from id *known* on into the table."""
        bits = self._bits
        while len(self.vocabulary) * self.FULL > 1 << bits:
            bits += 1
        if bits > self._bits:
            self._grow(bits)
        else:
            self._insert(known)

    def _grow(self, bits: int) -> None:
        self._bits = bits
        self._table = np.full(1 << bits, _FREE, np.int32)
        # one more than there may be words: the last stays 0, which is the key of no word, for _FREE to find
        self._first = np.zeros((1 << bits) // self.FULL + 2, np.uint64)
        self._second = np.zeros_like(self._first)
        self._insert(0)

    def _insert(self, known: int) -> None:
        words = self.vocabulary.words
        new = np.array([i for i in range(known, len(words)) if len(words[i]) <= _LONGEST], np.int32)
        buffer = b" ".join([words[i] for i in new]) + _PAD
        sizes = np.array([len(words[i]) for i in new], np.int64)
        first, second = _keys(buffer, np.cumsum(sizes + 1) - sizes - 1, sizes)
        self._first[new], self._second[new] = first, second
        homeless = np.arange(len(new))
        for places in self._places(first, second):
            free = homeless[self._table[places[homeless]] == _FREE]
            self._table[places[free]] = new[free]
            homeless = homeless[self._table[places[homeless]] != new[homeless]]


def _keys(buffer: bytes, begins: Ints, sizes: Ints) -> tuple[Keys, Keys]:
    """The first and the second eight bytes of each word, as numbers; what is beyond its end counts as zero."""
    eights: Keys = np.ndarray((len(buffer) - 7,), "<u8", buffer, 0, (1,))
    first = eights[begins]
    first &= _KEPT[np.minimum(sizes, 8)]
    second = np.zeros(len(begins), np.uint64)
    long = np.flatnonzero(sizes > 8)
    second[long] = eights[begins[long] + 8] & _KEPT[np.minimum(sizes[long] - 8, 8)]
    return first, second


def _words(buffer: bytes) -> tuple[Ints, Ints]:
    """Where each word of *buffer* begins and how many bytes it has. There are blanks at both ends."""
    solid = np.frombuffer(buffer, np.uint8) != _BLANK
    edges = np.flatnonzero(solid[1:] != solid[:-1])
    edges += 1
    begins = edges[0::2]
    return begins, edges[1::2] - begins


def _without_apostrophes(buffer: bytes, starts: Ints) -> tuple[bytes, Ints]:
    """*buffer* without the apostrophes inside words and the s behind one that follows an s (``Giles's``), the other
    apostrophes as blanks; and where the *starts* are now."""
    content: Bytes = np.frombuffer(buffer, np.uint8).copy()
    marks = np.flatnonzero(content == _APOSTROPHE)
    if not len(marks):
        return buffer, starts
    before, after = content[marks - 1], content[marks + 1]
    outer = (before == _BLANK) | (before == _APOSTROPHE) | (after == _BLANK) | (after == _APOSTROPHE)
    second = marks[~outer & (before == _S) & (after == _S) & _ends(content, marks + 2)] + 1
    content[marks] = np.where(outer, _BLANK, _DROPPED)
    content[second] = _DROPPED
    dropped = np.sort(np.append(marks[~outer], second))
    return content.tobytes().translate(None, bytes([_DROPPED])), starts - np.searchsorted(dropped, starts)


def _ends(content: Bytes, at: Ints) -> Mask:
    """Does a word end before these places: at a blank, or an apostrophe with no letter behind it?"""
    here, behind = content[at], content[at + 1]
    ended: Mask = (here == _BLANK) | ((here == _APOSTROPHE) & ((behind == _BLANK) | (behind == _APOSTROPHE)))
    return ended
