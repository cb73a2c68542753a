"""What a story holds in each field: the functions that the table of fields is made of.

Names are canonical; where a field has none there is an empty tuple or None.
"""

from __future__ import annotations

from collections.abc import Iterable

from ficsearch.story import Story
from ficsearch.text import fold_name

LENGTHS = (
    ("drabble", 0, "Drabble (up to 200 words)"),
    ("flash", 201, "Very short (201 to 1,000)"),
    ("short", 1_001, "Short (1,001 to 7,500)"),
    ("medium", 7_501, "Middling (7,501 to 20,000)"),
    ("long", 20_001, "Long (20,001 to 60,000)"),
    ("novel", 60_001, "Novel (more than 60,000)"),
)
"""Length classes: name, fewest words, label. 7,500 ends a short story by the Hugo and Nebula rules."""


def length_class(words: int) -> str:
    """The name of the class of LENGTHS that *words* falls into."""
    return next(name for name, least, _ in reversed(LENGTHS) if words >= least)


def season_of(episode: str) -> str:
    """``"BtVS 3x13"`` -> ``"BtVS S3"``."""
    show, _, code = episode.rpartition(" ")
    return f"{show} S{code.partition('x')[0]}"


def frontier_episodes(story: Story) -> tuple[str, ...]:
    """The last episode that the story gives away in each show, as ``"BtVS 3x13"``.

    Where the header fixes nothing this is what the evidence shows, so that one question finds every unsafe
    story.
    """
    if story.spoilers.kind == "unknown":
        return tuple(dict.fromkeys(e.episode for e in story.evidence))
    return tuple(f"{show} {code}" for show, code in story.spoilers.frontier.items())


def spoiler_values(story: Story) -> tuple[str, ...]:
    """Where the spoiler facet counts a story: at its shows, seasons and episodes, or at none / unknown.

    The episodes are those that are named and those of the frontier.
    """
    scope = story.spoilers
    if scope.kind in ("none", "unknown"):
        return (scope.kind,)
    episodes = [*scope.episodes, *frontier_episodes(story)]
    seasons = [*scope.seasons, *(season_of(e) for e in episodes)]
    shows = [s.rpartition(" ")[0] for s in seasons]
    return tuple(dict.fromkeys([*shows, *seasons, *episodes]))


def pairing_names(pairs: Iterable[tuple[str, ...]], sign: str) -> tuple[str, ...]:
    """Each pairing as one name, its people in alphabetical order: order never matters.

    >>> pairing_names([("Xander Harris", "Willow Rosenberg")], "/")
    ('Willow Rosenberg/Xander Harris',)
    """
    return tuple(dict.fromkeys(sign.join(sorted(people, key=fold_name)) for people in pairs))


FOUND_AT_LEAST, FOUND_SHARE = 2, 0.1
"""Mentions from which a character found in the text is counted as being in the story: twice, or once where nobody is
named more than ten times. In a long story one mention is mostly talk of somebody absent; in one of a page it is all
that a person gets. Of 128 labelled stories (bench/names.py), with a pack and without, precision and recall:

    once               0.985 0.965   0.927 0.903
    twice              1.000 0.669   0.968 0.665
    three times        1.000 0.467   0.977 0.529
    five times         1.000 0.183   0.982 0.401
    twice, or a tenth  0.984 0.957   0.961 0.770
"""


def character_names(story: Story) -> tuple[str, ...]:
    """Declared or found often enough, each once; declared first."""
    return tuple(dict.fromkeys([*story.characters.declared, *found_names(story)]))


def found_names(story: Story) -> tuple[str, ...]:
    """Those found in the text often enough, most mentioned first."""
    found = story.characters.found
    least = min(FOUND_AT_LEAST, FOUND_SHARE * max((f.mentions for f in found), default=0))
    return tuple(f.name for f in found if f.mentions >= least)


MOST_MENTIONS = 500
"""Mentions above this count as this many: nobody asks for more."""


def mentions(story: Story) -> tuple[str, ...]:
    """Everybody found in the text with how often, as names that ``mentioned`` makes too."""
    return tuple(_mention(f.name, min(f.mentions, MOST_MENTIONS)) for f in story.characters.found)


def mentioned(name: str, low: int, high: int | None) -> frozenset[str]:
    """The names under which ``mentions`` holds somebody who is named from *low* to *high* times."""
    top = MOST_MENTIONS if high is None else min(high, MOST_MENTIONS)
    return frozenset(_mention(name, n) for n in range(max(1, min(low, MOST_MENTIONS)), top + 1))


def _mention(name: str, times: int) -> str:
    return f"{name} ×{times}"


def date_number(story: Story) -> int | None:
    return int(story.published.replace("-", "")) if story.published else None


def year(story: Story) -> tuple[str, ...]:
    return (story.published[:4],) if story.published else ()


def one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()


def series_name(story: Story) -> tuple[str, ...]:
    return (story.series.name,) if story.series else ()


def sort_key(title: str) -> str:
    """A title as it stands in a list: folded, without a leading article."""
    plain = fold_name(title)
    return next((plain[len(a) :] for a in ("the ", "a ", "an ") if plain.startswith(a)), plain)
