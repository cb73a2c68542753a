"""A query tree -> the stories it finds and their scores, whole posting lists at a time.

The meaning is that of ``query.nodes``. The scores are those of Whoosh's own searcher for the query that ``translate``
makes of the tree: BM25 of every word, times the boost of its field, summed over all that matched.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import reduce

import numpy as np

from ficsearch.engines.whoosh import places
from ficsearch.engines.whoosh.arrays import Ints, Mask, Scores, positions
from ficsearch.engines.whoosh.facets import column
from ficsearch.engines.whoosh.lexicon import encoded
from ficsearch.engines.whoosh.postings import NAME_GAP
from ficsearch.engines.whoosh.snapshot import Occurrences, Snapshot
from ficsearch.fields import ANYWHERE, BY_NAME, Field, Kind
from ficsearch.holdings import mentioned
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Mentioned,
    Name,
    Near,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    WordLeaf,
    Words,
)
from ficsearch.text import fold_name, stem

_LONGEST_TEXT = 1 << 31
_FEW = 8
"""So many names are looked up one by one; more are found in one pass over all stories."""


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """Stories, ascending, and the score of each."""

    stories: Ints
    scores: Scores

    @property
    def size(self) -> int:
        return self.stories.nbytes + self.scores.nbytes


class Evaluator:
    """Answers queries over one snapshot. Deleted stories are still among the answers."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def found(self, query: Query) -> Found:
        """The stories that *query* finds, with their scores."""
        match query:
            case Words() | Near() | Prefix() | Fuzzy():
                return self._snapshot.recent.get(query, lambda: self._leaf(query), lambda f: f.size)
            case Any(parts):
                return self._any([self.found(part) for part in parts])
            case All(parts):
                return self._all(parts)
        stories = np.flatnonzero(self.mask(query))
        return Found(stories, np.zeros(len(stories)))

    def mask(self, query: Query) -> Mask:
        """Which stories *query* finds. Not to be written into: it is kept."""
        return self._snapshot.recent.get(("mask", query), lambda: self._mask(query), lambda m: m.nbytes)

    def _mask(self, query: Query) -> Mask:
        match query:
            case Words() | Near() | Prefix() | Fuzzy():
                return self._marked(self.found(query).stories)
            case Any(parts):
                return reduce(np.logical_or, map(self.mask, parts), self._filled(False))
            case All(parts):
                return reduce(np.logical_and, map(self.mask, parts), self._filled(True))
            case Not(part):
                return ~self.mask(part)
            case Everything() | Nothing():
                return self._filled(isinstance(query, Everything))
            case Name(value, field):
                return self._named(frozenset({value}), field)
            case OneOf(values, field):
                return self._named(values, field)
            case Mentioned(name, low, high):
                return self._named(mentioned(name, low, high), "mentions")
            case Between():
                return self._between(query)
        raise TypeError(f"{query!r} is not bound to fields")

    def _filled(self, value: bool) -> Mask:
        return np.full(self._snapshot.stories, value)

    def _marked(self, stories: Ints) -> Mask:
        mask = self._filled(False)
        mask[stories] = True
        return mask

    # branches

    def _any(self, parts: Sequence[Found]) -> Found:
        if len(parts) == 1:
            return parts[0]
        hit, scores = self._filled(False), np.zeros(self._snapshot.stories)
        for part in parts:
            hit[part.stories] = True
            scores[part.stories] += part.scores
        stories = np.flatnonzero(hit)
        return Found(stories, scores[stories])

    def _all(self, parts: Sequence[Query]) -> Found:
        scored = sorted((self.found(p) for p in parts if _may_score(p)), key=lambda found: len(found.stories))
        masks = [self.mask(part) for part in parts if not _may_score(part)]
        if not scored:
            stories = np.flatnonzero(reduce(np.logical_and, masks, self._filled(True)))
            return Found(stories, np.zeros(len(stories)))
        found = reduce(_both, scored)
        keep = reduce(np.logical_and, (mask[found.stories] for mask in masks), np.ones(len(found.stories), bool))
        return Found(found.stories[keep], found.scores[keep])

    # what looks for words

    def _leaf(self, leaf: WordLeaf) -> Found:
        fields = (BY_NAME[leaf.field],) if leaf.field else ANYWHERE
        return self._any([self._in_field(leaf, field) for field in fields if field.kind is not Kind.NUMBER])

    def _in_field(self, leaf: WordLeaf, field: Field) -> Found:
        match leaf:
            case Words(tokens, exact=exact):
                return self._phrase(self._slots(field, tokens, exact), field)
            case Near(tokens, slop):
                return self._near(self._slots(field, tokens, True), slop, field)
            case Prefix(start):
                return self._constant(self._beginning(field.name, start), field)
            case Fuzzy(word, distance):
                return self._constant(self._alike(field.name, word, distance), field)

    def _slots(self, field: Field, tokens: Sequence[str], exact: bool) -> list[Occurrences]:
        if exact:
            known = {token: self._snapshot.word(field.name, encoded(token)) for token in tokens}
        else:
            known = {token: self._snapshot.family(field.name, encoded(stem(token))) for token in tokens}
        return [known[token] for token in tokens]

    def _phrase(self, slots: Sequence[Occurrences], field: Field) -> Found:
        if len(slots) == 1:
            return Found(slots[0].stories, self._snapshot.scores(field.name, slots[0]) * field.boost)
        stories = places.phrase(self._snapshot, field.name, slots) if slots else np.empty(0, np.int64)
        return self._scored(stories, slots, field)

    def _near(self, slots: Sequence[Occurrences], slop: int, field: Field) -> Found:
        size = min(len(slots) + slop, NAME_GAP if field.kind is Kind.NAME else _LONGEST_TEXT)
        stories = places.near(self._snapshot, field.name, slots, size) if slots else np.empty(0, np.int64)
        return self._scored(stories, slots, field)

    def _scored(self, stories: Ints, slots: Sequence[Occurrences], field: Field) -> Found:
        """Each word of a phrase counts as if it stood alone, in the stories that hold the phrase."""
        scores = np.zeros(len(stories))
        for slot in slots if len(stories) else ():
            scores += self._snapshot.scores(field.name, slot, positions(stories, slot.stories))
        return Found(stories, scores * field.boost)

    def _constant(self, mask: Mask, field: Field) -> Found:
        """How often a beginning stands in a story says little: all that hold it are alike, as in Whoosh."""
        stories = np.flatnonzero(mask)
        return Found(stories, np.full(len(stories), field.boost))

    def _beginning(self, field: str, start: str) -> Mask:
        lexicons = (s.words(field).lexicon for s in self._snapshot.segments)
        sources = [(n, *lexicon.beginning_with(encoded(start))) for n, lexicon in enumerate(lexicons)]
        return self._snapshot.holders(field, [source for source in sources if source[1] < source[2]])

    def _alike(self, field: str, word: str, distance: int) -> Mask:
        found = enumerate(self._snapshot.alike(field, word, distance))
        return self._snapshot.holders(field, [(n, i, i + 1) for n, indices in found for i in indices.tolist()])

    # what looks for names and numbers

    def _named(self, values: Set[str], field: str) -> Mask:
        name = BY_NAME[field].name
        if len(values) > _FEW:
            return column(self._snapshot, name).holders(values)
        return self._marked(self._snapshot.named(name, {encoded(fold_name(value)) for value in values}))

    def _between(self, query: Between) -> Mask:
        numbers, having = self._snapshot.numbers(BY_NAME[query.field].name)
        mask = having.copy()
        if query.low is not None:
            mask &= numbers >= query.low
        if query.high is not None:
            mask &= numbers <= query.high
        return mask


def _may_score(query: Query) -> bool:
    return isinstance(query, Words | Near | Prefix | Fuzzy | All | Any)


def _both(found: Found, other: Found) -> Found:
    """The stories of both, with the sum of their scores; *found* is the shorter."""
    if not len(found.stories):
        return found
    index = positions(found.stories, other.stories)
    keep = index >= 0
    return Found(found.stories[keep], found.scores[keep] + other.scores[index[keep]])
