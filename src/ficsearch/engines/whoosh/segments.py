"""A segment: some of the stories, as one file of arrays that never changes.

What a segment holds, by the name of its arrays:

    id, id.order                 the id of each story; the stories in the order of their ids
    FIELD.word ...               the words of a TEXT or NAME field (``Words``)
    FIELD.name ...               the whole names of a NAME field (``Names``)
    FIELD.number, FIELD.missing  the number of each story; which have none
    FIELD.key, FIELD.rank        what stories are sorted by: the different keys in order, and the place of each story's
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayFile, Ints, Mask, damaged, pieces, running, sizes
from ficsearch.engines.whoosh.fuzzy import Spelling
from ficsearch.engines.whoosh.lexicon import Lexicon, Strings, encoded
from ficsearch.engines.whoosh.neighbours import Neighbours
from ficsearch.engines.whoosh.packing import HALF, Packed
from ficsearch.engines.whoosh.postings import BLOCK
from ficsearch.engines.whoosh.stones import Stones
from ficsearch.engines.whoosh.table import Segment
from ficsearch.fields import BY_NAME, Kind

if TYPE_CHECKING:
    from typing_extensions import Buffer

_HALVINGS = 40
"""To look one id up by halving costs about as much as to walk past so many."""


class OpenSegment:
    """The arrays of a segment, opened part by part as they are asked for. Knows nothing of what is deleted."""

    def __init__(self, folder: Path, segment: Segment) -> None:
        path = folder / segment.file_name
        self.file = ArrayFile(path)
        self.stories = segment.stories
        self.ids = Strings(self.file, "id")
        if len(self.ids) != self.stories:
            raise damaged(path, f"it holds {len(self.ids):,} stories, not {self.stories:,}")
        self._words: dict[str, Words] = {}
        self._names: dict[str, Names] = {}

    def words(self, field: str) -> Words:
        """The words of *field*; none when no story here has any."""
        if field not in self._words:
            self._words[field] = Words(self.file, field, self.stories, dense=BY_NAME[field].kind is Kind.TEXT)
        return self._words[field]

    def names(self, field: str) -> Names:
        """The names of *field*; none when no story here has any."""
        if field not in self._names:
            self._names[field] = Names(self.file, field, self.stories)
        return self._names[field]

    def numbers(self, field: str) -> tuple[Ints, Mask]:
        """The number of each story in *field*, and which stories have one."""
        numbers = self.file[f"{field}.number"]
        if not len(numbers):
            return np.zeros(self.stories, np.int64), np.zeros(self.stories, bool)
        missing = self.file[f"{field}.missing"]
        having = ~missing.astype(bool) if len(missing) else np.ones(self.stories, bool)
        return numbers.astype(np.int64), having

    def sort_keys(self, field: str) -> tuple[Strings | Ints, Array]:
        """The different keys of *field* in order, and for each story its place among them from 1 on, 0 for none."""
        numbers = self.file[f"{field}.key.numbers"]
        ranks = self.file[f"{field}.rank"]
        return (
            numbers if len(numbers) else Strings(self.file, f"{field}.key"),
            ranks if len(ranks) else np.zeros(self.stories, np.uint8),
        )

    def stories_of(self, ids: Collection[str]) -> Ints:
        """The stories that have one of *ids*."""
        if len(ids) * _HALVINGS < self.stories:
            found = [self.find(id) for id in ids]
            return np.array([story for story in found if story >= 0], np.int64)
        wanted = {encoded(id) for id in ids}
        return np.array([story for story, id in enumerate(self.ids) if id in wanted], np.int64)

    def find(self, id: str) -> int:
        """The story with this id, -1 when it is not here; the last of several, which alone is not deleted."""
        wanted, low, high = encoded(id), 0, self.stories
        while low < high:
            middle = (low + high) // 2
            if self.ids[self._by_id[middle]] <= wanted:
                low = middle + 1
            else:
                high = middle
        found = low > 0 and self.ids[self._by_id[low - 1]] == wanted
        return self._by_id[low - 1] if found else -1

    @cached_property
    def _by_id(self) -> memoryview:
        return memoryview(cast("Buffer", self.file["id.order"]))

    @cached_property
    def id_ranks(self) -> Array:
        """The place of each story in the order of ids."""
        order = self.file["id.order"]
        ranks = np.empty_like(order)
        ranks[order] = np.arange(len(order), dtype=order.dtype)
        return ranks


class Words:
    """The words of one field: which stories hold each, how often, and at which places.

    Postings are sorted by word, then story; ``posts`` says where those of a word begin, ``places`` where their
    places begin. Stories and places are kept as gaps. ``family`` lists words by family, ``families`` where each
    begins. ``lengths`` is the number of words of each story here, ``total`` of all. ``dense``: their places have no
    gaps, so that ``lengths`` tells the last place too.
    """

    def __init__(self, file: ArrayFile, field: str, stories: int, dense: bool) -> None:
        name = f"{field}.word"
        self.dense = dense
        self.lexicon = Lexicon(file, name)
        self.posts, self.places = file[f"{name}.posts"], file[f"{name}.places"]
        self._posts = memoryview(cast("Buffer", self.posts))
        self._places = memoryview(cast("Buffer", self.places))
        self.gaps, self.steps = Packed(file, f"{name}.gaps"), Packed(file, f"{name}.steps")
        self.counts = Packed(file, f"{name}.counts", HALF)
        lengths = file[f"{name}.lengths"]
        self.lengths = lengths if len(lengths) else np.zeros(stories, np.uint8)
        self.total = file.number(f"{name}.total")
        self.stems = Lexicon(file, f"{name}.stem")
        self.family, self.families = file[f"{name}.family"], file[f"{name}.families"]

        self._file, self._name = file, name

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which of the commonest words stand side by side."""
        return Neighbours(self._file, self._name)

    @cached_property
    def stones(self) -> Stones:
        """Where to begin in the middle of the places of a story."""
        return Stones(self._file, self._name)

    def common(self) -> list[bytes]:
        """The words whose neighbours are listed."""
        return [self.lexicon[index] for index in self.neighbours.common.tolist()]

    @cached_property
    def spelling(self) -> Spelling:
        """The words letter by letter."""
        return Spelling(self.lexicon)

    def members(self, stem: bytes) -> Ints:
        """The words of the family *stem*."""
        index = self.stems.find(stem)
        if index < 0:
            return np.empty(0, np.int64)
        members: Ints = self.family[int(self.families[index]) : int(self.families[index + 1])].astype(np.int64)
        return members

    def span(self, word: int) -> tuple[int, int]:
        """Where the postings of *word* begin and end."""
        return self._posts[word], self._posts[word + 1]

    def place(self, word: int) -> int:
        """Where the places of *word* begin."""
        return self._places[word]

    def stories(self, word: int) -> Ints:
        """The stories that hold *word*, ascending."""
        return self.gaps.stretch(self._posts[word], self._posts[word + 1]).cumsum()

    def stories_of(self, first: int, last: int) -> Ints:
        """The stories that hold any word from index *first* to before *last*; one story may come several times."""
        return _stories_of(self.posts, self.gaps, first, last)

    def held(self, live: Mask) -> Ints:
        """How many *live* stories hold each word."""
        if live.all() or not len(self.lexicon):
            return sizes(self.posts)
        held = [self._held(live, *piece) for piece in pieces(sizes(self.posts), BLOCK)]
        return np.concatenate(held)

    def _held(self, live: Mask, first: int, last: int) -> Ints:
        living = np.append(0, np.cumsum(live[self.stories_of(first, last)]))
        return sizes(living[self.posts[first : last + 1].astype(np.int64) - int(self.posts[first])])

    def how_often(self, word: int) -> Ints:
        """How often each of these stories holds it."""
        return self.counts.stretch(self._posts[word], self._posts[word + 1])


class Names:
    """The whole names of one field: folded and sorted, as first written, which stories hold each (as gaps, from
    ``posts`` on), and which names each story has (``of``, from ``of_story`` on)."""

    def __init__(self, file: ArrayFile, field: str, stories: int) -> None:
        name = f"{field}.name"
        self.lexicon = Lexicon(file, name)
        self.labels = Strings(file, f"{name}.label")
        self.posts = file[f"{name}.posts"]
        self.gaps = Packed(file, f"{name}.gaps")
        self.of = file[f"{name}.of"]
        of_story = file[f"{name}.of_story"]
        self.of_story = of_story if len(of_story) else np.zeros(stories + 1, np.uint8)

    def span(self, name: int) -> tuple[int, int]:
        """Where the postings of *name* begin and end."""
        return int(self.posts[name]), int(self.posts[name + 1])

    def stories(self, name: int) -> Ints:
        """The stories that hold *name*, ascending."""
        return np.cumsum(self.gaps.stretch(*self.span(name)))

    def stories_of(self, first: int, last: int) -> Ints:
        """The stories that hold any name from index *first* to before *last*; one story may come several times."""
        return _stories_of(self.posts, self.gaps, first, last)


def _stories_of(posts: Array, gaps: Packed, first: int, last: int) -> Ints:
    if first == last:
        return np.empty(0, np.int64)
    some = posts[first : last + 1]
    return running(gaps.stretch(int(some[0]), int(some[-1])), sizes(some))
