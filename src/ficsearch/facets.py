"""Facet counts made presentable: labels, order, what is chosen, and nothing that spoils.

A value can be a spoiler by itself: a character who comes later, an episode not seen, a pairing of the two. Under a
reader's position such values are left out (their stories are still counted elsewhere).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from heapq import nlargest, nsmallest

from ficsearch.engines import Choice
from ficsearch.fields import BY_NAME, RATING_LABELS, Field
from ficsearch.holdings import LENGTHS
from ficsearch.languages import language_label
from ficsearch.packs import Packs
from ficsearch.results import FacetValue
from ficsearch.story import Characters, Story
from ficsearch.text import fold_name, squash

_PEOPLE = ("character", "tagged", "appears")
_ORDERED = ("rating", "length", "year", "spoilers")
"""Facets whose values have an order of their own."""
_SPREAD = {"pairing": "/", "friendship": " & "}


def facet_values(
    name: str,
    counts: Mapping[str, int],
    choice: Choice | None,
    packs: Packs,
    unseen: frozenset[str] = frozenset(),
    most: int | None = None,
) -> tuple[tuple[FacetValue, ...], int]:
    """The values of facet *name* as a person sees them: in order, labelled, chosen ones marked; and how many more there
    are where only about the first *most* are wanted, and those chosen.

    *unseen* are the episodes past the reader's position: what gives one of them away is left out. A chosen value
    that no match has is still there, with a count of 0, so that it can be taken back.
    """
    field = BY_NAME[name]
    chosen = {fold_name(v) for v in choice.include} if choice else set()
    excluded = {fold_name(v) for v in choice.exclude} if choice else set()
    met = {fold_name(v) for v in counts} if choice else set()
    missing = {v: 0 for v in (*choice.include, *choice.exclude) if fold_name(v) not in met} if choice else {}
    told = {v: n for v, n in counts.items() if not gives_away(name, v, packs, unseen)} if unseen else counts
    first = _first(field, told, chosen | excluded, packs, most)
    values = [
        FacetValue(v, label(field, v, packs), n, *_marks(v, chosen, excluded)) for v, n in {**first, **missing}.items()
    ]
    return tuple(sorted(values, key=_order(name, packs))), len(told) - len(first)


def _first(
    field: Field, counts: Mapping[str, int], touched: set[str], packs: Packs, most: int | None
) -> Mapping[str, int]:
    """Those of *counts* that are the *most* frequent, and those *touched*: there may be fifty thousand, of which a page
    lists some. All of a facet that is ordered otherwise."""
    if most is None or len(counts) <= most or field.name in _ORDERED:
        return counts
    held = dict(counts.items())
    least = nlargest(most, held.values())[-1]
    more = {v: n for v, n in held.items() if n > least}
    # the names decide between those that are alike
    alike = (v for v, n in held.items() if n == least)
    kept = nsmallest(most - len(more), alike, key=lambda v: fold_name(label(field, v, packs)))
    kept += [v for v in held if fold_name(v) in touched] if touched else []
    return more | {v: held[v] for v in kept}


def _marks(value: str, chosen: set[str], excluded: set[str]) -> tuple[bool, bool]:
    """Is it chosen, is it excluded? There may be ten thousand values, and mostly neither."""
    if not chosen and not excluded:
        return False, False
    folded = fold_name(value)
    return folded in chosen, folded in excluded


def label(field: Field, value: str, packs: Packs) -> str:
    """What a person reads for *value*: ``teen`` is Teen, ``BtVS 3x13`` is The Zeppo (BtVS 3x13)."""
    if field.name == "language":
        return language_label(value)
    if field.name == "spoilers":
        return _spoiler_label(value, packs) or field.labels(value)
    return field.labels(value)


def _spoiler_label(value: str, packs: Packs) -> str | None:
    if episode := packs.episode(value):
        return f"{episode.title} ({value})"
    if show := packs.shows.get(value):
        return show.fandom
    code, _, season = value.rpartition(" S")
    if show := packs.shows.get(code):
        return f"{code} season {season}" if season != "0" else f"{code} films and specials"
    return None


def gives_away(name: str, value: str, packs: Packs, unseen: frozenset[str]) -> bool:
    """Would this value of a facet tell a reader of something in the episodes *unseen*?"""
    if not unseen:
        return False
    if name == "spoilers":
        return value in unseen or _all_unseen(value, packs, unseen)
    if name in _PEOPLE:
        return _comes_later(value, packs, unseen)
    if name in _SPREAD:
        return any(_comes_later(person, packs, unseen) for person in value.split(_SPREAD[name]))
    return False


def unspoiled(story: Story, packs: Packs, unseen: frozenset[str]) -> Story:
    """A story that is safe, without the names that would not stand in a facet: who comes only in episodes *unseen*.

    What it says of them is gone too: pairings, signs of later episodes, the words of the header, and a summary or notes
    in which such a name or episode stands. Its author says how far the story goes, not who is met on the way.
    """
    people = story.characters
    declared = tuple(n for n in people.declared if not _comes_later(n, packs, unseen))
    found = tuple(f for f in people.found if not _comes_later(f.name, packs, unseen))
    pairings, friendships = (
        tuple(p for p in pairs if not any(_comes_later(n, packs, unseen) for n in p))
        for pairs in (story.pairings, story.friendships)
    )
    lost = {
        "characters": declared != people.declared,
        "pairings": (pairings, friendships) != (story.pairings, story.friendships),
    }
    later = _later(story, packs, unseen)
    summary, notes = (None if _tells(prose, later) else prose for prose in (story.summary, story.notes))
    return replace(
        story,
        characters=Characters(declared, found),
        pairings=pairings,
        friendships=friendships,
        summary=summary,
        notes=notes,
        evidence=tuple(e for e in story.evidence if e.episode not in unseen),
        origins=tuple(o for o in story.origins if not lost.get(o.field)),
    )


def _later(story: Story, packs: Packs, unseen: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """What people who come later are called, and squashed titles of episodes that signs of the story name. A name that
    is a word too (Dawn, Faith) is one of them only where its bearer is in the story."""
    met = {*story.characters.declared, *(f.name for f in story.characters.found)}
    people = (c for c in packs.characters_of(story.fandoms) if _comes_later(c.name, packs, unseen))
    names = {n for c in people for n in c.names if n[:1].isupper() and (c.name in met or n not in c.words)}
    episodes = (packs.episode(e.episode) for e in story.evidence if e.episode in unseen)
    titles = {squash(episode.title) for episode in episodes if episode and " " in episode.title}
    return frozenset(names), frozenset(titles)


def _tells(prose: str | None, later: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Does a name or a title of what comes later stand in *prose*, names written as they are?"""
    if not prose:
        return False
    names, titles = later
    said = f" {squash(prose)} "
    if any(f" {title} " in said for title in titles):
        return True
    return any(name in prose and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", prose) for name in names)


def _all_unseen(value: str, packs: Packs, unseen: frozenset[str]) -> bool:
    """A season (``"BtVS S5"``) of which nothing has been seen."""
    code, _, season = value.rpartition(" S")
    show = packs.shows.get(code)
    if show is None or not season.isdigit():
        return False
    return all(str(e) in unseen for e in show.season(int(season)))


def _comes_later(person: str, packs: Packs, unseen: frozenset[str]) -> bool:
    """Does everyone of that name first appear in episodes not seen? The faces of an opening episode give nothing
    away, even of a show not begun."""
    entrances = [(c.first, *c.also) for c in packs.characters_named(person)]
    return bool(entrances) and all(_unmet(episodes, packs, unseen) for episodes in entrances)


def _unmet(episodes: Iterable[str | None], packs: Packs, unseen: frozenset[str]) -> bool:
    return all(code is not None and code in unseen and not _opens(code, packs) for code in episodes)


def _opens(code: str, packs: Packs) -> bool:
    episode = packs.episode(code)
    return episode is not None and episode.order == 1


def _order(name: str, packs: Packs) -> Callable[[FacetValue], tuple[object, ...]]:
    """Ratings and lengths by rank, years newest first, spoilers as the shows go, all else by count."""
    ranks: dict[str, Iterable[str]] = {"rating": RATING_LABELS, "length": [n for n, _, _ in LENGTHS]}
    if name in ranks:
        rank = {value: n for n, value in enumerate(ranks[name])}
        return lambda v: (rank.get(v.value, len(rank)),)
    if name == "year":
        return lambda v: (-int(v.value) if v.value.isdigit() else 0,)
    if name == "spoilers":
        return lambda v: _spoiler_place(v.value, packs)
    return lambda v: (-v.count, fold_name(v.label))


def _spoiler_place(value: str, packs: Packs) -> tuple[object, ...]:
    """none, unknown, then show by show: the show, its seasons, each with its episodes."""
    if value in ("none", "unknown"):
        return (0, value, 0, 0)
    code, _, rest = value.rpartition(" ")
    show = code if code in packs.shows else value
    episode = packs.episode(value)
    season = episode.season if episode else int(rest[1:]) if rest[1:].isdigit() and code else -1
    return (1, show, season, episode.order if episode else 0)
