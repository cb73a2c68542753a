"""The line of facts of fanfiction.net: ``Rated: Fiction T - English - Romance/Humor - Ron W., Hermione G. - ...``"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ficsearch.readers.claims import claimed
from ficsearch.story import Claim

_GENRE_WORDS = """
    Adventure Angst Crime Drama Family Fantasy Friendship General Horror Humor Hurt/Comfort Mystery Parody Poetry
    Romance Sci-Fi Spiritual Supernatural Suspense Tragedy Western
"""
GENRES = frozenset(_GENRE_WORDS.split())
"""The site's own list: the only genres there are."""

_GENRE = re.compile(r"Hurt/Comfort|[^/]+")
_TOGETHER = re.compile(r"\[([^\]]*)\]")
_RATED = re.compile(r"(?:Fiction )?(K\+?|T|M|MA) - ([A-Z][a-z]+)(?: - (.+))?")
"""What stands before the first fact with a label, where the line was copied as text."""


def told_apart(claim: Claim) -> tuple[Claim, ...]:
    """*claim* alone, or, where it is the beginning of such a line, what is in it."""
    match = _RATED.fullmatch(claim.value) if claim.label == "rating" and " - " in claim.value else None
    if match is None:
        return (claim,)
    people = genre_and_people(match[3].split(" - ")) if match[3] else ()
    return (replace(claim, value=match[1]), *claimed("language", match[2], claim.origin), *people)


_WITHIN = re.compile(r"(?:.{1,80} - )?Rated: ?(?P<facts>(?:Fiction )?(?:K\+?|T|M|MA) - .{3,600})")


def facts_in(lines: Iterable[str]) -> Iterator[Claim]:
    """What the first of *lines* says that is such a line, as other programs copied it."""
    found = next((match for line in lines if (match := _WITHIN.fullmatch(line[:_LINE_AT_MOST]))), None)
    if found:
        unlabelled = _FACT.split(found["facts"], maxsplit=1)[0]
        yield from told_apart(Claim("rating", unlabelled, "Rated line"))


_FACT = re.compile(r" - (?=[A-Z][a-z]+: )")
_LINE_AT_MOST = 700


def genre_and_people(parts: Sequence[str]) -> Iterator[Claim]:
    """Both are unlabelled and either may be missing; genres are known by the list."""
    genres = _GENRE.findall(parts[0]) if parts else []
    if len(parts) > 1 or GENRES.issuperset(genres):
        yield from claimed("genre", genres, "Rated line")
        parts = parts[1:]
    for people in parts[:1]:
        for pair in _TOGETHER.findall(people):
            yield from claimed("pairing", "/".join(map(str.strip, pair.split(","))), "Rated line")
        yield from claimed("characters", re.split(r"[\[\],]+| & ", people), "Rated line")
