"""The ways in which fans write the title of an episode."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from ficsearch.canon import Episode, Show
from ficsearch.text import squash

Titles = Mapping[str, tuple[Episode, ...]]
"""Squashed title -> the episodes it means: the parts of a two-parter, or one candidate in each of several shows."""

_ARTICLES = frozenset({"the", "a", "an"})
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SHORTEST, _LONGEST = 4, 7
"""Letters of an acronym that nobody listed. Shorter ones are too often something else, longer ones nobody writes."""
_WORDS = frozenset("amos both capo capt moth motw odor rots thaw tsar".split())
"""Acronyms that are a word, a name, or something else to fans (monster of the week)."""
_INITIALS = re.compile(r"\b(?:\w\.){2,}")
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def without_article(key: str) -> str:
    """A squashed title without the article in front, if something is left.

    >>> without_article("the zeppo")
    'zeppo'
    """
    first, _, rest = key.partition(" ")
    return rest if rest and first in _ARTICLES else key


def titles_of(show: Show) -> Titles:
    """Every way to write an episode of *show*. A title outranks an alias, both outrank what only dropping the
    article makes alike: "The Wish" is not an episode named Wish, if there is one."""
    found: dict[str, tuple[int, tuple[Episode, ...]]] = {}
    parts = _parts(show)
    for episode in show.episodes:
        for rank, key in _ranked(episode, parts.get(episode.whole or "", ())):
            _claim(found, key, rank, episode)
    return {key: episodes for key, (_, episodes) in found.items()}


def inside_titles_of(show: Show) -> Titles:
    """The aliases that mean an episode only where the show is known: "the movie", "series finale"."""
    found: dict[str, tuple[int, tuple[Episode, ...]]] = {}
    for episode in show.episodes:
        for rank, key in _both(0, episode.inside):
            _claim(found, key, rank, episode)
    return {key: episodes for key, (_, episodes) in found.items()}


def acronyms_of(show: Show) -> Titles:
    """The first letters of long titles: OMWF, HTGSC; of a part also with its number, AHBL2. Words are left out."""
    found: dict[str, tuple[int, tuple[Episode, ...]]] = {}
    parts = _parts(show)
    for episode in show.episodes:
        letters = "".join(word[0] for word in squash(episode.whole or episode.title).split())
        if _SHORTEST <= len(letters) <= _LONGEST and letters.isalpha() and letters not in _WORDS:
            _claim(found, letters, 0, episode)
            if episode.whole:
                _claim(found, f"{letters}{parts[episode.whole].index(episode) + 1}", 0, episode)
    return {key: episodes for key, (_, episodes) in found.items()}


def merged(several: Iterable[Titles]) -> Titles:
    """One table out of several: a title of two shows has candidates in both."""
    together: dict[str, tuple[Episode, ...]] = {}
    for titles in several:
        for key, episodes in titles.items():
            together[key] = together.get(key, ()) + episodes
    return together


def _claim(found: dict[str, tuple[int, tuple[Episode, ...]]], key: str, rank: int, episode: Episode) -> None:
    held, episodes = found.get(key, (rank, ()))
    if rank == held and episode not in episodes:
        found[key] = rank, (*episodes, episode)
    elif rank < held:
        found[key] = rank, (episode,)


def _parts(show: Show) -> dict[str, tuple[Episode, ...]]:
    """The parts of each two-parter, in order."""
    parts: dict[str, tuple[Episode, ...]] = {}
    for episode in show.episodes:
        if episode.whole:
            parts[episode.whole] = (*parts.get(episode.whole, ()), episode)
    return parts


def _ranked(episode: Episode, parts: tuple[Episode, ...]) -> Iterator[tuple[int, str]]:
    yield from _both(0, [episode.title])
    yield from _both(1, episode.aliases)
    if episode.whole:
        yield from _both(0, [episode.whole])
        yield from _both(1, _spelled_parts(episode.whole, parts.index(episode)))


def _both(rank: int, names: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Each name as it is, and two ranks lower without its article. What has no word at all ("?") is no key."""
    for name in names:
        key = squash(name)
        if key:
            yield rank, key
            yield rank + 2 * (without_article(key) != key), without_article(key)
        if _INITIALS.search(name):  # S.R. 819
            yield rank + 1, squash(name.replace(".", ""))


def _spelled_parts(whole: str, at: int) -> Iterator[str]:
    """ "Becoming 2", "Becoming Part II", "Becoming (two)": part number *at* (from 0) of *whole*."""
    if at < len(_NUMBERS):
        for number in (str(at + 1), _ROMANS[at], _NUMBERS[at]):
            for part in ("", "part ", "pt "):
                yield f"{whole} {part}{number}"
