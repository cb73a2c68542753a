"""Small ways to make claims, shared by the readers of pages and books."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ficsearch.story import Chapter, Claim
from ficsearch.text import squash


def claimed(label: str, values: str | Iterable[str] | None, origin: str) -> Iterator[Claim]:
    """One claim for each value that says something."""
    for value in (values,) if isinstance(values, str) or values is None else values:
        if value and value.strip():
            yield Claim(label, value.strip(), origin)


def without_own_title(chapters: Sequence[Chapter], claims: Iterable[Claim]) -> tuple[Chapter, ...]:
    """*chapters*; the only one of a story needs no title that is the story's."""
    title = title_of(claims)
    if len(chapters) == 1 and chapters[0].title and squash(chapters[0].title) == squash(title):
        return (replace(chapters[0], title=None),)
    return tuple(chapters)


def without_author(chapters: Sequence[Chapter], claims: Iterable[Claim]) -> tuple[Chapter, ...]:
    """*chapters* without the name of the author alone above the first of them."""
    first, *others = chapters or (Chapter(""),)
    above, blank, text = first.text.partition("\n\n")
    names = {squash(f"{by}{c.value}") for c in claims if c.label == "author" for by in ("", "by ")}
    if not (blank and len(above) <= _NAME_AT_MOST and squash(above) in names):
        return tuple(chapters)
    return (replace(first, text=text), *others)


_NAME_AT_MOST = 120


def title_of(claims: Iterable[Claim]) -> str:
    """The first title among *claims*, or nothing."""
    return next((claim.value for claim in claims if claim.label == "title"), "")


_SITES_OWN = frozenset(("title", "author", "words", "chapter", "published", "updated", "summary", "fandom"))
"""What an archive knows better than a header that was pasted into the text, maybe years before."""


def news(claims: Iterable[Claim], before: Iterable[Claim]) -> list[Claim]:
    """Those of *claims*, typed above a text, that say something of which *before*, the archive, says nothing."""
    known = list(before)
    labels = {claim.label for claim in known}
    said = {(claim.label, claim.value) for claim in known}
    found = dict.fromkeys(c for c in claims if (c.label, c.value) not in said)
    return [c for c in found if not (c.label in _SITES_OWN and c.label in labels)]


def parted_by_labels(html: str, label: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    """*html* cut at each *label* (its first group is the label's words): label and the HTML of its value."""
    parts = label.split(html)[1:]
    yield from zip(parts[::2], parts[1::2], strict=True)


def with_fallback(claims: Iterable[Claim], others: Iterable[Claim]) -> tuple[Claim, ...]:
    """*claims*, and those of *others* about which *claims* say nothing."""
    kept = tuple(claims)
    known = {claim.label for claim in kept}
    return (*kept, *(claim for claim in others if claim.label not in known))
