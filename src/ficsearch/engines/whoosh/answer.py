"""Requests answered over one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from ficsearch.engines import Choice, Located, Matches, OneWord, Request, Sort
from ficsearch.engines.whoosh.arrays import Ints, Mask
from ficsearch.engines.whoosh.evaluate import Evaluator, Found
from ficsearch.engines.whoosh.facets import facets_of
from ficsearch.engines.whoosh.lexicon import decoded
from ficsearch.engines.whoosh.locate import locate
from ficsearch.engines.whoosh.ranking import best, sort_keys, sort_ranks
from ficsearch.engines.whoosh.snapshot import Snapshot
from ficsearch.fields import BY_NAME
from ficsearch.query.nodes import All, Everything, Name, Not, OneOf, Query


class Answerer:
    """What searches one generation. Safe for many threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._evaluator = Evaluator(snapshot)
        self._shown: dict[str, int] = {}

    def search(self, request: Request) -> Matches:
        """Answer *request*."""
        found = self._living(request.query, request.within)
        kept = [self._agreeing(choice, found.stories) for choice in request.chosen]
        stories, scores = found.stories[_all(kept)], found.scores[_all(kept)]
        page = self._page(stories, scores, request)
        return Matches(len(stories), page, self._facets(request, found, kept, stories))

    def count(self, query: Query) -> int:
        """How many stories match."""
        return int(np.count_nonzero(self._evaluator.mask(query) & self.snapshot.live))

    def locate(self, asked: Sequence[OneWord], ids: Sequence[str]) -> Located:
        """Where each thing *asked* for stands in the bodies of the stories *ids*."""
        shown = self._shown
        return locate(self.snapshot, asked, [shown[i] if i in shown else self.snapshot.find(i) for i in ids])

    def names(self, field: str) -> Mapping[str, int]:
        """Every name of *field* with the number of stories that hold it."""
        return self._counts((field,), np.flatnonzero(self.snapshot.live))[field]

    def like(self, field: str, word: str, distance: int) -> Mapping[str, int]:
        """Every word of *field* that ``edits.alike`` takes for *word*, with the number of stories that hold it."""
        return self.snapshot.like(BY_NAME[field].name, word, distance)

    def _living(self, query: Query, within: Query) -> Found:
        found = self._evaluator.found(query)
        if self.snapshot.whole and within == Everything():
            return found
        keep = self.snapshot.live[found.stories]
        if within != Everything():
            keep &= self._evaluator.mask(within)[found.stories]
        return Found(found.stories[keep], found.scores[keep])

    def _agreeing(self, choice: Choice, stories: Ints) -> Mask:
        """Which of *stories* agree with *choice*."""
        return self._evaluator.mask(All((_included(choice), _not_excluded(choice))))[stories]

    def _page(self, stories: Ints, scores: np.ndarray, request: Request) -> tuple[tuple[str, float], ...]:
        count = request.start + request.size
        if not request.size or not len(stories):
            return ()
        keys = -scores if request.sort is None else self._sort_keys(request.sort)[stories]
        chosen = best(self.snapshot, stories, keys, count)[request.start :]
        numbers = stories[chosen].tolist()
        ids = [decoded(self.snapshot.id(story)) for story in numbers]
        # who is shown a page mostly asks next where its words stand
        self._shown = dict(zip(ids, numbers, strict=True))
        return tuple(zip(ids, scores[chosen].tolist(), strict=True))

    def _sort_keys(self, sort: Sort) -> Ints:
        field = BY_NAME[sort.field].name
        ranks = self.snapshot.once(("ranks", field), lambda: sort_ranks(self.snapshot, field))
        return sort_keys(ranks, sort.descending)

    def _facets(
        self, request: Request, found: Found, kept: Sequence[Mask], stories: Ints
    ) -> Mapping[str, Mapping[str, int]]:
        """The counts of all facets over *stories*; of one with any-of choices, over what those do not narrow."""
        counts = self._counts(request.facets, stories)
        opened = {BY_NAME[c.field].name for c in request.chosen if _is_open(c)}
        for name in request.facets:
            if BY_NAME[name].name in opened:
                wider = self._wider(BY_NAME[name].name, found, request.chosen, kept)
                counts[name] = self._counts(request.facets, wider)[name]
        return counts

    def _counts(self, names: tuple[str, ...], stories: Ints) -> dict[str, Mapping[str, int]]:
        if not names or not len(stories):
            return {name: {} for name in names}
        facets = facets_of(self.snapshot, tuple(BY_NAME[name].name for name in names))
        return dict(zip(names, facets.counts(stories), strict=True))

    def _wider(self, field: str, found: Found, chosen: Sequence[Choice], kept: Sequence[Mask]) -> Ints:
        """The stories that agree with all choices but what any-of choices of *field* include."""
        masks = [
            self._evaluator.mask(_not_excluded(choice))[found.stories]
            if _is_open(choice) and BY_NAME[choice.field].name == field
            else mask
            for choice, mask in zip(chosen, kept, strict=True)
        ]
        return found.stories[_all(masks)]


def _is_open(choice: Choice) -> bool:
    """Is it an any-of choice?"""
    return bool(choice.include) and not choice.every


def _included(choice: Choice) -> Query:
    if choice.every or not choice.include:
        return All(tuple(Name(value, choice.field) for value in choice.include))
    return OneOf(frozenset(choice.include), choice.field)


def _not_excluded(choice: Choice) -> Query:
    return Not(OneOf(frozenset(choice.exclude), choice.field))


def _all(masks: Sequence[Mask]) -> Mask | slice:
    """What all *masks* let through, as an index."""
    return np.logical_and.reduce(masks) if masks else slice(None)
