"""How many typing mistakes lie between two words, and which of many names is few of them away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


def edits(left: str, right: str, limit: int) -> int:
    """How many edits turn *left* into *right*: insert, delete or replace a letter, or swap two neighbours.

    Optimal string alignment: no letter is edited twice. Any answer above *limit* is given as ``limit + 1``, so
    that only a band of the table is worked out.

    >>> edits("willow", "wilolw", 2)
    1
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    left, right = _apart(left, right)
    if not left or not right:
        return len(left) + len(right)
    if limit == 1:
        return 1 if len(left) == len(right) == 1 or (left == right[::-1] and len(left) == 2) else 2
    before: list[int] = []
    above = [min(column, limit + 1) for column in range(len(right) + 1)]
    for row in range(1, len(left) + 1):
        here = _row(left, right, row, limit, above, before)
        if min(here) > limit:
            return limit + 1
        before, above = above, here
    return above[len(right)]


def _apart(left: str, right: str) -> tuple[str, str]:
    """Both without what they begin and end with alike: no edit is needed there."""
    start, end = 0, 0
    shorter = min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return left[start : len(left) - end], right[start : len(right) - end]


def _row(left: str, right: str, row: int, limit: int, above: list[int], before: list[int]) -> list[int]:
    """Row *row* of the table: *above* is the row before it, *before* the one before that."""
    here = [limit + 1] * (len(right) + 1)
    here[0] = min(row, limit + 1)
    for column in range(max(1, row - limit), min(len(right), row + limit) + 1):
        same = left[row - 1] == right[column - 1]
        best = min(above[column - 1] + (not same), above[column] + 1, here[column - 1] + 1)
        if row > 1 < column and left[row - 1] == right[column - 2] and left[row - 2] == right[column - 1]:
            best = min(best, before[column - 2] + 1)
        here[column] = min(best, limit + 1)
    return here


def alike(word: str, other: str, distance: int) -> bool:
    """Is *other* what somebody may have meant who typed *word*, with at most *distance* edits?

    A word of *distance* letters or fewer is like itself only: everything short is near to everything short.
    """
    if word == other:
        return True
    return min(len(word), len(other)) > distance and edits(word, other, distance) <= distance


class Spellings(Generic[T]):
    """Names and what they mean, to be found by those who misspell them."""

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._by_length: dict[int, list[tuple[str, int, T]]] = {}
        for name, meaning in names:
            self._by_length.setdefault(len(name), []).append((name, _alphabet(name), meaning))

    def near(self, written: str, limit: int) -> Iterator[tuple[int, T]]:
        """What every name means that lies at most *limit* edits from *written*, and how many these are."""
        used = _alphabet(written)
        for length in range(len(written) - limit, len(written) + limit + 1):
            for name, alphabet, meaning in self._by_length.get(length, ()):
                # one edit takes away at most one letter of the set, and adds at most one
                likely = (used & ~alphabet).bit_count() <= limit >= (alphabet & ~used).bit_count()
                if likely and (distance := edits(written, name, limit)) <= limit:
                    yield distance, meaning


def _alphabet(letters: str) -> int:
    """The set of these letters; two that are 64 code points apart count as one."""
    bits = 0
    for letter in letters:
        bits |= 1 << (ord(letter) & 63)
    return bits
