"""Which stories hold a few of the commonest words one after the other.

"To be or not to be" has millions of places to look at, for nearly every story has its words; few have them in that
order. So a segment lists the grams of its commonest words: two to four side by side, and which stories hold them. Where
and how often is not said: a phrase of up to four is found by that alone, a longer one is looked for only in the stories
that hold all its fours.

    FIELD.word.common       the commonest words (by index), each known by its place here, from 1 on: its rank
    FIELD.word.gram         the grams that occur, as numbers made of their ranks, ascending, packed as gaps
    FIELD.word.gram.often   how many stories hold each
    FIELD.word.gram.gaps    which ones, as gaps
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, reduce
from itertools import groupby

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, Ints
from ficsearch.engines.whoosh.packing import HALF, Packed

COMMON = 63
"""So many words are common: half of all that is written. Their grams take 0.035 of the text; those of twice as many
would take more than double."""

LONGEST = 4
"""Words in the longest gram. Of each length there are a third as many as of the one before."""

SMALLEST = 1 << 16
"""In fewer tokens than that, places are read before a list of grams is found."""

ALIKE = 0.9
"""Words that were the commonest elsewhere are taken here too when they make so much of what ours would: lists for the
same words are merged twice as fast as others are found anew."""

BITS = 6


def commonest(often: Array, like: Ints) -> Ints:
    """The words to be taken for common, when each stands so *often*; none when there are few tokens. *like* those of
    others (-1 for one that is not here), if they are common enough."""
    if often.sum() < SMALLEST:
        return np.empty(0, np.int64)
    words = np.argsort(-often.astype(np.int64), kind="stable")[:COMMON]
    if len(like) == len(words) and like.min() >= 0 and often[like].sum() >= ALIKE * often[words].sum():
        return like
    return np.asarray(words[often[words] > 0])


class Neighbours:
    """The grams of the common words of one field, in one segment."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self.common: Ints = file[f"{name}.common"].astype(np.int64)
        self._ranks = {word: rank for rank, word in enumerate(self.common.tolist(), 1)}
        self._file, self._name = file, f"{name}.gram"

    @cached_property
    def gaps(self) -> Packed:
        """The stories of all grams, as gaps."""
        return Packed(self._file, f"{self._name}.gaps")

    @cached_property
    def listed(self) -> tuple[Ints, Ints]:
        """The grams, and where the stories of each begin."""
        grams, often = Packed(self._file, self._name), Packed(self._file, f"{self._name}.often", HALF)
        count = len(grams.low)
        return grams.stretch(0, count).cumsum(), np.append(0, often.stretch(0, count).cumsum())

    def let_go(self) -> None:
        """What was read so far need not stay in memory."""
        self._file.let_go()

    def spans(self, words: Sequence[int]) -> list[tuple[int, int]]:
        """For each gram of *words*: where in ``gaps`` the stories that hold it begin and end."""
        return [self._span(gram) for gram in _numbers([self._ranks.get(word, 0) for word in words])]

    def prove(self, words: Sequence[int]) -> bool:
        """What is found for *words* holds them one after the other: no place need be looked at."""
        return 1 < len(words) <= LONGEST and all(word in self._ranks for word in words)

    def _span(self, gram: int) -> tuple[int, int]:
        grams, posts = self.listed
        index = int(grams.searchsorted(gram))
        if index == len(grams) or grams[index] != gram:
            return 0, 0
        return int(posts[index]), int(posts[index + 1])


def _numbers(ranks: Sequence[int]) -> Iterator[int]:
    """The grams in a sequence of *ranks*, the longest where they overlap."""
    for common, group in groupby(ranks, key=bool):
        together = list(group)
        size = min(len(together), LONGEST)
        for start in range(len(together) - size + 1) if common and size > 1 else ():
            yield reduce(lambda number, rank: number << BITS | rank, together[start : start + size])
