"""Runs of capitalised words, the stuff that names in a text are made of: ``Willow``, ``Mr. Giles``, ``Queen C``.

One regular expression passes over the text (some 150 MB a second); everything else looks at different runs only,
of which a story has a few hundred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from ficsearch.text import fold_name

_WORD = r"[A-ZÀ-ÖØ-ÞĀČĐĒĞİŁŌŚŞŠŪŽ][^\W_]*(?:['’-][^\W_]+)*"
_ABBREVIATED = r"(?:(?<=Mr)|(?<=Dr)|(?<=Ms)|(?<=St)|(?<=Lt)|(?<=Mrs)|(?<=Col)|(?<=Rev)|(?<=Sgt)|(?<=Prof)|(?<=Capt))\."
_RUN = re.compile(rf"{_WORD}(?:{_ABBREVIATED}? {_WORD})*")

_TITLES = """
    mr mister mrs miss ms mx dr doctor prof professor sir lord lady dame madam madame mademoiselle monsieur mme mlle
    captain capt colonel col major general gen lieutenant lt sergeant sgt admiral commander agent detective inspector
    constable principal mayor president senator father sister brother mother uncle aunt auntie cousin king queen
    prince princess duke duchess count countess baron baroness rev reverend saint st master mistress don donna
    signor signora herr frau coach judge officer sheriff deputy nurse grandma grandpa granny
"""
RANKS = frozenset(_TITLES.split())
"""What may stand before a name as a title."""

_DONE_BY_PEOPLE = """
    said says asked asks replied answered cried whispered muttered murmured shouted laughed smiled grinned nodded
    shrugged sighed frowned blinked looked looks stared glanced watched turned stood sat walked ran went came took
    shook knew thought felt wanted told gave put began continued added exclaimed snapped growled rolled opened
    closed pulled pushed leaned reached stepped stopped paused hesitated wondered heard remembered tried is was
    had has would could did does isn't wasn't hadn't didn't couldn't wouldn't doesn't
"""
DEEDS = frozenset(_DONE_BY_PEOPLE.split())
"""What somebody does in the first words after a name."""

_POSSESSIVE = re.compile(r"['’](?:s|S)?$")
_NEXT_WORD = re.compile(r"(?:['’]s\b|,? ([a-z]+(?:['’]t)?))")


def runs_of(text: str) -> Counter[str]:
    """Every run of capitalised words in *text*, as written, and how often."""
    return Counter(_RUN.findall(text))


@lru_cache(maxsize=50_000)
def words_of(run: str) -> tuple[str, ...]:
    """The words of a run in the form in which names compare: folded, without ``'s`` and the dot of ``Mr.``

    >>> words_of("Mr. Giles’s")
    ('mr', 'giles')
    """
    return tuple(_POSSESSIVE.sub("", word).rstrip(".") for word in fold_name(run).split(" "))


def occurrences(text: str, name: str) -> Iterator[int]:
    """Where *name* stands in *text* as a whole word."""
    size, at = len(name), text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + size : at + size + 1]
        if not before.isalnum() and not after.isalnum():
            yield at
        at = text.find(name, at + size)


def acts(text: str, end: int) -> bool:
    """Does what follows the name that ends at *end* show a person: ``Oz nodded``, ``Oz's``?"""
    after = _NEXT_WORD.match(text, end)
    return after is not None and (after[1] is None or after[1].replace("’", "'") in DEEDS)
