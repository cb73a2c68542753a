"""Signs in a story that it knows an episode: titles in its summary and notes, its people, when it is set."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ficsearch.canon import Episode
from ficsearch.packs import Packs
from ficsearch.packs.titles import Titles
from ficsearch.story import Characters, Evidence, SpoilerScope
from ficsearch.text import Token, spans

_LONGEST_TITLE = 10
_LONGEST_PROSE = 20_000
_QUOTES = frozenset("\"“”‘’'«»_*")
_CLOSING = re.compile(r"[,.!?]?[\"”’'»_*]")
_CUE = re.compile(
    r"\b(?:after|before|during|post|pre|since|of|episode|ep|from|to|between|in|for|following)[\s:-]+[\W_]?$", re.I
)
_NEARBY = 16
_FOUND_OFTEN = 3
"""Mentions from which somebody found in the text is there, and not only spoken of."""


def named_episodes(prose: str, place: str, packs: Packs, fandoms: tuple[str, ...]) -> Iterator[Evidence]:
    """Episodes whose titles stand in *prose* (``summary``, ``notes``: the *place*).

    A title of several words counts when written with capitals or quoted; one of a single word only when quoted
    behind a word like *after*: most of those are ordinary words (Help, Gone, Him).
    """
    text = prose[:_LONGEST_PROSE].replace("&", " and ")
    if text.isupper():
        return
    tables, sizes = _titles(packs, fandoms)
    words, at = list(spans(text)), 0
    while at < len(words):
        known = sizes.get(words[at].word)
        episode, size = _title_at(text, words[at : at + _LONGEST_TITLE], tables, known) if known else (None, 1)
        if episode:
            yield Evidence(str(episode), f"the {place} {'name' if place == 'notes' else 'names'} “{episode.title}”")
        at += size


@lru_cache(maxsize=64)
def _titles(packs: Packs, fandoms: tuple[str, ...]) -> tuple[tuple[Titles, Titles], dict[str, tuple[int, ...]]]:
    """The titles of the story's shows and those of their universe; by the word with which these begin, of how many
    words they are, the longest first."""
    own, all_of_them = (packs.titles(packs.shows_of(n)) for n in (fandoms, packs.universe_fandoms(fandoms)))
    sizes: dict[str, set[int]] = {}
    for words in map(str.split, all_of_them):
        if len(words) <= _LONGEST_TITLE:
            sizes.setdefault(words[0], set()).add(len(words))
    return (own, all_of_them), {first: tuple(sorted(found, reverse=True)) for first, found in sizes.items()}


def _title_at(
    text: str, words: list[Token], tables: tuple[Titles, ...], sizes: tuple[int, ...]
) -> tuple[Episode | None, int]:
    """The episode whose title, of one of these *sizes*, begins with the first of *words*; how many words it is."""
    for size in sizes:
        if size > len(words):
            continue
        key = " ".join(word.word for word in words[:size])
        found = next((table[key] for table in tables if key in table), ())
        if found and _is_written_as_title(text, words[0].start, words[size - 1].end, size):
            here = [episode for episode in found if episode.show == found[0].show]
            return max(here, key=lambda e: e.order), size
    return None, 1


def _is_written_as_title(text: str, start: int, end: int, size: int) -> bool:
    quoted = text[start - 1 : start] in _QUOTES and bool(_CLOSING.match(text, end)) and start > 0
    if size == 1:
        return quoted and bool(_CUE.search(text[max(0, start - _NEARBY) : start]))
    words = text[start:end].split()
    return quoted or all(w[:1].isupper() for w in (words[0], words[-1], *(w for w in words if len(w) > 4)))


def arrivals(characters: Characters, packs: Packs, fandoms: tuple[str, ...]) -> Iterator[Evidence]:
    """For each show the person of the story who comes last: a story with Illyria knows ``AtS 5x15``."""
    often = (f.name for f in characters.found if f.mentions >= _FOUND_OFTEN)
    last: dict[str, tuple[Episode, str]] = {}
    for name in dict.fromkeys((*characters.declared, *often)):
        first = packs.first_appearance(name, fandoms)
        if first and (first.show not in last or first.order > last[first.show][0].order):
            last[first.show] = first, name
    for episode, name in last.values():
        yield Evidence(str(episode), f"{name} appears, who comes in {episode}")


def named_in_scope(scope: SpoilerScope, place: str, packs: Packs) -> Iterator[Evidence]:
    """What a phrase of the header (*place*: timeline, spoilers) names, where it does not fix a scope by itself: in
    each show the last episode. A season is at least its first episode.
    """
    codes = [*scope.episodes, scope.through, *(_first_of(season, packs) for season in scope.seasons)]
    episodes = [episode for code in codes if code and (episode := packs.episode(code))]
    last: dict[str, Episode] = {}
    for episode in sorted(episodes, key=lambda e: e.order):
        last[episode.show] = episode
    verb = "name" if place == "spoilers" else "names"
    for episode in last.values():
        yield Evidence(str(episode), f"the {place} {verb} {episode}: “{scope.original}”")


def _first_of(season: str, packs: Packs) -> str | None:
    show, _, number = season.rpartition(" S")
    found = packs.shows[show].season(int(number)) if show in packs.shows and number.isdigit() else ()
    return str(found[0]) if found else None


def unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """One piece of evidence for each episode, the first."""
    kept: dict[str, Evidence] = {}
    for piece in evidence:
        kept.setdefault(piece.episode, piece)
    return tuple(kept.values())
