"""Runs of capitalised words, the stuff that names in a text are made of: ``Willow``, ``Mr. Giles``, ``Queen C``.

One regular expression cuts the text at its runs (some 100 MB a second). What stands before and behind a run tells
how it is used; that is looked at only for runs that may be names, one short look an occurrence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ficsearch.catalogue.vocabulary import (
    BEFORE_WEIGHTS,
    BEHIND_WEIGHTS,
    BEING,
    COMMA_WEIGHTS,
    DETERMINERS,
    SAYING,
    TURNED_WEIGHT,
    USUAL_WEIGHT,
)
from ficsearch.text import fold_name

_CAPITALS = "A-ZÀ-ÖØ-ÞĀČĐĒĞİŁŌŚŞŠŪŽ"
_WORD = rf"[{_CAPITALS}][^\W_]*+(?:['’‐‑-][^\W_]++)*+"
_SHORT = """
    Mr Dr Ms St Lt Fr Mrs Mme Col Rev Sgt Gen Maj Cpl Pvt Adm Det Gov Sen Hon Mlle Prof Capt Cmdr Insp Supt
""".split()
_DOT = rf"\.(?:{'|'.join(rf'(?<={short}[.])' for short in _SHORT)}|(?<=\b[{_CAPITALS}][.]))"
_TITLES = """
    King Queen Prince Princess Duke Duchess Count Countess Earl Baron Lord Lady Marquis Viscount Bishop Knave
""".split()
_OF = rf" of(?:{'|'.join(f'(?<={title} of)' for title in _TITLES)})"
_PARTICLES = r"(?:(?:de|du|des|di|da|del|della|von|van|der|den|la|le|ten|zu) ){1,2}"
_NICKNAME = rf" [\"“'‘]{_WORD}[\"”'’](?= [{_CAPITALS}])"
_GOES_ON = rf"(?=\.? [{_CAPITALS}dvltzo\"“'‘])"
"""How each of these begins: most runs are one word, and one look behind it tells."""
_RUN = re.compile(rf"({_WORD}(?:{_GOES_ON}(?:(?:{_DOT}|{_OF}|{_NICKNAME})? (?:{_PARTICLES})?{_WORD})*|))")
_GENITIVES = ("'s", "’s", "'", "’", "'S", "’S")
_IN_QUOTES = re.compile(r" [\"“'‘][^\"”'’ ]+[\"”'’](?= )")
_PLAIN = str.maketrans("’‐‑", "'--")
_POSSESSIVE = re.compile(r"['’][sS]?$")

_ENDS_OF_SENTENCES = frozenset(".!?:…«»‹›„¿¡\"“”'‘’(*_\n-–—[0123456789")
_EMPHASIS = "_*"
_OPENING = frozenset("\"“'‘«»„")
_CALLED = frozenset(mark + quote for mark in ",.!?" for quote in "\"”'’")
_NEAR = 20
"""Characters before and behind a run in which words are looked for; the words that tell something are shorter."""


_MOSTLY = 0.6
"""From what part of the mentions on a word is one with *the*."""
_USUAL, _TURNED = (USUAL_WEIGHT, 0, 0), (TURNED_WEIGHT, 0, 0)
_BEFORE = {word: (weight, 0, int(word in SAYING)) for word, weight in BEFORE_WEIGHTS.items()}
_BEFORE |= dict.fromkeys(DETERMINERS, (0, 1, 0)) | {",": _USUAL, "": _USUAL}
_BEHIND = {
    word + mark: (BEHIND_WEIGHTS.get(word, 0), int(BEHIND_WEIGHTS.get(word, 0) > 1), int(word in BEING))
    for word in (*BEHIND_WEIGHTS, *BEING, *(word.replace("'", "’") for word in BEING))
    for mark in ("", ",", ".", ";")
}


@dataclass(slots=True, eq=False, kw_only=True)
class Use:
    """How a run is used at the places that were looked at (``seen``): how often ``inside`` a sentence, where only
    names have capitals; behind an article or *his* (``the``); beside what people say and do (``deeds``, of those
    ``heads`` at the head of a sentence), before *is* and *had* (``being``); spoken to (``called``).

    ``weight`` sums what all the words around it show, in bits: above 0 a person, below 0 a place.
    """

    seen: int = 0
    inside: int = 0
    the: int = 0
    deeds: int = 0
    heads: int = 0
    being: int = 0
    called: int = 0
    weight: int = 0

    @property
    def is_thing(self) -> bool:
        """Does it mostly stand behind an article, like a thing?"""
        return self.the > _MOSTLY * self.inside

    def add(self, other: Use) -> None:
        self.seen += other.seen
        self.inside += other.inside
        self.the += other.the
        self.deeds += other.deeds
        self.heads += other.heads
        self.being += other.being
        self.called += other.called
        self.weight += other.weight


class Runs:
    """The runs of a text: how often each stands there, and how it is used."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._pieces = _RUN.split(text)
        self._runs = self._pieces[1::2]
        self.counts = Counter(self._runs)

    @cached_property
    def _last_words(self) -> Sequence[str]:
        return list(map(_last_word, self.counts))

    def ending_with(self, words: frozenset[str]) -> Sequence[tuple[str, str]]:
        """The runs, each once, that end with one of these *words* (folded), each with that word."""
        pairs = zip(self.counts, self._last_words, strict=True)
        return [(run, last) for run, last in pairs if last in words]

    def look_at(self, uses: Mapping[str, Use], most: int) -> None:
        """Note in *uses* how each run that is a key there is used, at the first *most* places where it stands."""
        for n in [n for n, run in enumerate(self._runs) if run in uses]:
            if (use := uses[self._runs[n]]).seen < most:
                _note(use, self._pieces[2 * n], self._pieces[2 * n + 2])


def _note(use: Use, before: str, behind: str) -> None:
    """Count one occurrence, which stands between *before* and *behind*."""
    use.seen += 1
    if before[-1:] in _EMPHASIS:
        before = before.rstrip(_EMPHASIS)
    if behind[:1] in _EMPHASIS:
        behind = behind.lstrip(_EMPHASIS)
    mark = before[-2:-1]
    inside = before[-1:] == " " and mark not in _ENDS_OF_SENTENCES
    if inside:
        use.inside += 1
        turned = mark == ","
        near, _, word = before[-_NEAR:-1].rpartition(" ")
        weight, the, deed = _BEFORE.get(word, _TURNED if turned else _USUAL)
        use.weight += weight
        use.the += the
        use.deeds += deed or (the and near.rpartition(" ")[2] in SAYING)
    else:
        turned = before[-1:] in _OPENING
    if behind[:1] == " ":
        if sign := _BEHIND.get(behind[1:_NEAR].partition(" ")[0]):
            use.weight += sign[0]
            use.deeds += sign[1]
            use.heads += sign[1] and not inside
            use.being += sign[2]
    elif behind[:2] == ", ":
        use.weight += COMMA_WEIGHTS.get(behind[2:_NEAR].partition(" ")[0], 0)
    elif turned and behind[:2] in _CALLED:
        use.called += 1


@lru_cache(maxsize=20_000)
def _last_word(run: str) -> str:
    """The word with which *run* ends, folded."""
    word = run[run.rfind(" ") + 1 :]
    return word.casefold() if word.isalpha() and word.isascii() else words_of(run)[-1]


@lru_cache(maxsize=20_000)
def words_of(run: str) -> tuple[str, ...]:
    """The words of a run in the form in which names compare: folded, without ``'s`` and the dot of ``Mr.``

    >>> words_of("Mr. Giles’s")
    ('mr', 'giles')
    """
    plain = without_nickname(run).translate(_PLAIN)
    words = (plain.casefold() if plain.isascii() else fold_name(plain)).split()
    if "'" in plain:
        words = [_POSSESSIVE.sub("", word) for word in words]
    if "." in plain:
        words = [word.rstrip(".") for word in words]
    return tuple(words)


def without_nickname(name: str) -> str:
    """*name* without a nickname in quotes: ``Daniel "Oz" Osbourne`` is Daniel Osbourne."""
    return _IN_QUOTES.sub("", name) if '"' in name or " '" in name or not name.isascii() else name


def written_small(text: str, word: str) -> int:
    """How often *word* (in small letters) stands in *text* without its capital."""
    if f" {word}" not in text:
        return 0
    return sum(text.count(f" {word}{mark}") for mark in " .,;:!?")


def is_possessive(word: str) -> bool:
    """Does *word*, as written, end with ``'s``?"""
    return word.endswith(_GENITIVES)


def without_possessive(name: str) -> str:
    """*name* as written, without ``'s`` at its end."""
    return _POSSESSIVE.sub("", name)
