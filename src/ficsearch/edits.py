"""How many typing mistakes lie between two words."""

from __future__ import annotations


def edits(left: str, right: str, limit: int) -> int:
    """How many edits turn *left* into *right*: insert, delete or replace a letter, or swap two neighbours.

    Optimal string alignment: no letter is edited twice. Any answer above *limit* is given as ``limit + 1``, so
    that only a band of the table is worked out.

    >>> edits("willow", "wilolw", 2)
    1
    """
    if abs(len(left) - len(right)) > limit:
        return limit + 1
    before: list[int] = []
    above = [min(column, limit + 1) for column in range(len(right) + 1)]
    for row in range(1, len(left) + 1):
        here = _row(left, right, row, limit, above, before)
        if min(here) > limit:
            return limit + 1
        before, above = above, here
    return above[len(right)]


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
