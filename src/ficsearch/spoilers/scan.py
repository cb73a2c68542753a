"""From words to marks: what in a phrase is a title, a number, a show, a word of the grammar, or none of these."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from ficsearch.canon import Show
from ficsearch.spoilers import numbers
from ficsearch.spoilers.lore import Lore
from ficsearch.spoilers.marks import TARGETS, Found, Mark, Numbered, Seasons, Titled, Unknown, Volumes
from ficsearch.spoilers.phrase import Phrase, PhraseTable, strokes
from ficsearch.spoilers.titles import TitleReader
from ficsearch.spoilers.words import (
    ACTIONS,
    ARC_WORDS,
    EPISODE_WORDS,
    FILLER_PHRASES,
    FILLERS,
    FINALE_WORDS,
    SEASON_WORDS,
    SIGNS,
    TIME_WORDS,
    VOLUME_WORDS,
    Sign,
)

_GRAMMAR: PhraseTable[Sign] = PhraseTable({**dict.fromkeys(FILLER_PHRASES, Sign.FILLER), **SIGNS})
_SOFT = frozenset({Sign.FILLER, Sign.VAGUE, Sign.GREAT, Sign.LOOSE, Sign.OF, Sign.SET, Sign.TO, Sign.AND, Sign.OR})
_BOUNDS = frozenset({Sign.THROUGH, Sign.AFTER, Sign.PAST, Sign.BEFORE, Sign.PRE, Sign.BETWEEN})
_STROKES = frozenset({Sign.HARD, Sign.COMMA, Sign.SLASH, Sign.OPEN, Sign.CLOSE, Sign.COLON, Sign.DASH})
_MANY = frozenset("everything anything all any episodes eps ones scenes stuff".split())
_MADE = frozenset("written posted aired shown started finished".split())
_BUT_EPILOGUE = frozenset({"except epilogue", "except the epilogue", "except for the epilogue"})
_ENDS_RANGE = frozenset({"end", "present", "now", "current", *FINALE_WORDS})
_BEFORE_FAIR_GAME = frozenset("then that now this there point all everything anything else".split())
_YEAR = re.compile(r"19[3-9]\d|20[0-4]\d")
_ARTICLES = frozenset("a an the that one some few couple several".split())
_TIME_GOES_ON = frozenset("after before following later prior post pre since between".split())
_REPAIRS = 240
"""Stretches of words that are tried as a misspelt title, at most, in one phrase: enough for ten misspelt titles."""


def scan(phrase: Phrase, lore: Lore, labelled: bool = False) -> list[Mark]:
    """The marks of *phrase*, in order, strokes included. *labelled*: a bare 306 is an episode, 3x06."""
    return _Scanner(phrase, lore, TitleReader(phrase, lore), labelled).read()


@dataclass
class _Scanner:
    phrase: Phrase
    lore: Lore
    titles: TitleReader
    labelled: bool
    marks: list[Mark] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)  # of each mark, the word it begins with
    repairs: int = _REPAIRS

    def read(self) -> list[Mark]:
        at = 0
        while at < len(self.phrase.words):
            self._add(at, *self._doubt(at), *strokes(self.phrase.gap(at)))
            mark, end = self._mark(at)
            if isinstance(mark, Unknown):
                mark, end = self._repaired(at) or (mark, end)
            if self._spans(mark):
                self.marks[-1] = Sign.TO
            self._add(at, mark)
            at = end
        self._add(at, *self._doubt(at), *strokes(self.phrase.tail, last=True), Sign.HARD)
        return list(self._checked())

    def _doubt(self, at: int) -> tuple[Sign, ...]:
        """``None?`` is no promise."""
        return (Sign.VAGUE,) if self._last is Sign.NONE and self.phrase.gap(at).startswith("?") else ()

    def _add(self, at: int, *marks: Mark) -> None:
        self.marks += marks
        self.starts += [at] * len(marks)

    def _spans(self, mark: Mark) -> bool:
        """Does this number end a range over seasons: ``1x01-5x22``?"""
        before = self.marks[-2] if len(self.marks) > 1 else None
        if self._last is not Sign.DASH or not (isinstance(before, Numbered) and isinstance(mark, Numbered)):
            return False
        return (before.season or 0) < (mark.season or 0)

    @property
    def _last(self) -> Mark | None:
        return self.marks[-1] if self.marks else None

    def _mark(self, at: int) -> Found:
        readers: tuple[Callable[[int], Found | None], ...] = (
            self._person, self._title, self._both, self._all_of_them, self._on, self._number, self._show, self._sign,
            self._far_show, self.titles.hint,
        )  # fmt: skip
        found = next((found for reader in readers if (found := reader(at))), None)
        if self.phrase.text(at) in ARC_WORDS and isinstance(self._last, Titled) and not self.phrase.words[at].boundary:
            return Sign.UNCLEAR, at + 1
        if not found and self._last is Sign.NONE and self.phrase.text(at) in self.lore.people:
            return Sign.VAGUE, at + 1  # "S6 (no Daniel)"
        plain = self.phrase.text(at) in FILLERS or self._describes(at) or self._year(at) or self._films(at)
        return found or ((Sign.FILLER if plain else Unknown(self.phrase.text(at))), at + 1)

    def _describes(self, at: int) -> bool:
        """Does this word only say what kind of spoilers these are: "wildfeed spoilers for", "honking spoilers to"?"""
        kind = self.phrase.text(at + 1) in ("spoiler", "spoilers") and self.phrase.text(at + 2) in ("for", "to", "of")
        return kind and not any(self.phrase.words[n].boundary for n in (at + 1, at + 2))

    def _films(self, at: int) -> bool:
        """``MCU films``."""
        return isinstance(self._last, Show) and VOLUME_WORDS.get(self.phrase.text(at)) == self._last.kind

    def _year(self, at: int) -> bool:
        """``Avengers (2012)``."""
        return bool(
            _YEAR.fullmatch(self.phrase.text(at))
            and isinstance(self._before_stroke(), Titled)
            and self.phrase.gap(at).strip() in ("(", "[", ",")
            and self.phrase.ends(at + 1)
        )

    def _before_stroke(self) -> Mark | None:
        return next((m for m in reversed(self.marks[-2:]) if m not in _STROKES), None)

    # titles and shows

    def _person(self, at: int) -> Found | None:
        """``after Angel left for LA``: who does something is a person, and when that was nobody knows here."""
        if self._is_what_is_told(at):
            return Sign.UNCLEAR, at + 1
        acts = self.phrase.text(at + 1) in ACTIONS and not self.phrase.ends(at + 1)
        if (
            not acts
            or self.phrase.between(at + 2, at + 4) == "fair game"
            or self.phrase.text(at) not in self.lore.people
        ):
            return None
        return Sign.UNCLEAR, at + 2

    def _is_what_is_told(self, at: int) -> bool:
        """``everything with Rose``, who is met in many an episode; ``written in 2010``."""
        told, link = self.phrase.text(at - 2) if at > 1 else "", self.phrase.text(at - 1) if at else ""
        everything = link == "with" and told in _MANY and self.phrase.text(at) in self.lore.people
        return everything or (link == "in" and told in _MADE and _YEAR.fullmatch(self.phrase.text(at)) is not None)

    def _title(self, at: int) -> Found | None:
        if self.phrase.between(at, at + 2) == "fair game" and at and self.phrase.text(at - 1) in _BEFORE_FAIR_GAME:
            return None  # "everything up to then fair game"
        return self.titles.title(at, self._last)

    def _show(self, at: int) -> Found | None:
        return next(((show, at + length) for length, show in self.lore.shows.at(self.phrase.texts, at)), None)

    def _far_show(self, at: int) -> Found | None:
        """A show outside the universe: its name may be a word (Lost, House), so something must follow or precede."""
        for length, show in self.lore.far_shows.at(self.phrase.texts, at):
            end = at + length
            leads = ":" in self.phrase.gap(end) or self._number(end) is not None
            follows = self._last in (Sign.OF, Sign.OPEN) and self.phrase.ends(end)
            if leads or follows or not self.lore.own:
                return show, end
        return None

    # numbers

    def _number(self, at: int) -> Found | None:
        counted = numbers.counted(self.phrase, at, self.labelled or self._counting())
        return counted or self._bare_number(at) or self._time(at)

    def _counting(self) -> bool:
        """Does the phrase go on from an episode that was given as a number: "eps 612, 613"?"""
        if self.phrase.text(0) not in EPISODE_WORDS:
            return False
        return isinstance(next((m for m in reversed(self.marks[-8:]) if isinstance(m, TARGETS)), None), Numbered)

    def _bare_number(self, at: int) -> Found | None:
        """A bare number is a season after a show ("BtVS 7"), and where "some of" goes on from seasons; a book after
        a row of books."""
        show = self._last
        found = numbers.bare(self.phrase, at) if isinstance(show, Show) or self._on_seasons() else None
        if found is None:
            return None
        if isinstance(show, Show) and show.kind != "series":
            return Volumes(show.kind, found[0]), found[1]
        return Seasons(found[0]), found[1]

    def _on_seasons(self) -> bool:
        """Does the phrase go on from seasons, with "some of" between?"""
        between = (Sign.AND, Sign.COMMA, Sign.LOOSE, Sign.ALL, Sign.OF, Sign.FILLER, Sign.VAGUE, Sign.GREAT)
        before = next((m for m in reversed(self.marks[-8:]) if m not in between), None)
        return isinstance(before, Seasons) and self._last in (Sign.OF, Sign.LOOSE, Sign.VAGUE, Sign.GREAT)

    def _time(self, at: int) -> Found | None:
        """``five years`` after it, ``the day`` before it."""
        found = numbers.number(self.phrase, at)
        if found and self.phrase.text(found[1]) in TIME_WORDS:
            return Sign.FILLER, found[1] + 1
        if self.phrase.text(at) in TIME_WORDS and self.phrase.text(at + 1) in _TIME_GOES_ON:
            return Sign.FILLER, at + 1  # "a few weeks after"
        once = self.phrase.text(at) in _ARTICLES and self.phrase.text(at + 1) in TIME_WORDS
        return (Sign.FILLER, at + 2) if once and self.phrase.text(at + 2) in _TIME_GOES_ON else None

    # the grammar

    def _sign(self, at: int) -> Found | None:
        if found := self._prequel(at) or self._epilogue(at) or self._not(at):
            return found
        for length, sign in _GRAMMAR.at(self.phrase.texts, at):
            hides = length > 1 and self._title(at + length - 1)  # "through To Shanshu", "after All the Way"
            said = self.phrase.between(at + 1, at + length) == "fair game"  # not the episode, nor The Game
            said = said or self.phrase.between(at, at + length) == "all three"
            if self.phrase.whole(at, at + length) and (said or not hides):
                return sign, at + length
        return None

    def _both(self, at: int) -> Found | None:
        if self.phrase.text(at) != "both":
            return None
        if len(self.lore.main) != 2:  # "both series": of Buffy alone, seasons would be the wrong half of it
            shows = sum(show.kind == "series" for show in self.lore.near) > 1
            return (Sign.UNCLEAR, at + 2) if shows and self.phrase.text(at + 1) == "series" else None
        if self.phrase.text(at + 1) in ("shows", "series"):
            return Sign.ALL, at + 2
        return (Sign.FILLER, at + 1) if self.phrase.ends(at + 1) else None

    def _all_of_them(self, at: int) -> Found | None:
        """``all seven seasons``, ``all seven books``, where there are no more."""
        counted = numbers.number(self.phrase, at + 1) if self.phrase.text(at) == "all" else None
        if counted is None or len(self.lore.main) != 1:
            return None
        show, word = self.lore.main[0], self.phrase.text(counted[1])
        volumes = VOLUME_WORDS.get(word) == show.kind and counted[0] == len(show.episodes)
        seasons = word in SEASON_WORDS and show.kind == "series" and counted[0] == len(show.seasons)
        return (Sign.ALL, counted[1] + 1) if volumes or seasons else None

    def _on(self, at: int) -> Found | None:
        """``S4 on``, ``S4-end``, ``S4 - finale``: of the season or of the show, nobody can tell."""
        word, gap = self.phrase.text(at), self.phrase.gap(at).strip()
        onward = word == "on" or (word in _ENDS_RANGE and gap in ("-", "–", "—"))
        before = self._before_stroke() if onward and gap else self._last
        return (Sign.ONWARD, at + 1) if onward and self.phrase.ends(at + 1) and isinstance(before, TARGETS) else None

    def _not(self, at: int) -> Found | None:
        """``Through HBP, not DH``: after what is given away, what is not."""
        if self.phrase.text(at) != "not" or not self.phrase.words[at].boundary:
            return None
        if not any(isinstance(mark, TARGETS) for mark in self.marks):
            return None
        return (Sign.IGNORING, at + 1) if self._title(at + 1) or self._number(at + 1) else None

    def _prequel(self, at: int) -> Found | None:
        """``before the series``, but not before its finale."""
        before = self.phrase.between(at, at + 3) in ("before the series", "before the show")
        return (Sign.NONE, at + 3) if before and self.phrase.ends(at + 3) else None

    def _epilogue(self, at: int) -> Found | None:
        """``DH except for the epilogue``: it is that of the book, which is named."""
        books = any(show.kind == "books" for show in self.lore.own)
        lengths = (n for n in (4, 3, 2) if books and self.phrase.between(at, at + n) in _BUT_EPILOGUE)
        return next(((Sign.FILLER, at + n) for n in lengths), None)

    # slips of the pen

    def _repaired(self, at: int) -> Found | None:
        """A misspelt title around the unknown word *at*: the longest stretch of words that is near to one."""
        for start, end in self._stretches(at):
            if self.repairs <= 0:
                return None
            self.repairs -= 1
            text = self.phrase.between(start, end)
            if text not in self.lore.titles.entries and (episodes := self.lore.misspelt.find(text)):
                self._forget(start)
                return Titled(text, episodes), end
        return None

    def _stretches(self, at: int) -> list[tuple[int, int]]:
        first, last = at, at + 1
        while first and at - first < 4 and not self.phrase.words[first].boundary:
            first -= 1
        while last < len(self.phrase.words) and last - at < 6 and ";" not in self.phrase.gap(last):
            last += 1
        spans = [(start, end) for start in range(first, at + 1) for end in range(at + 1, last + 1)]
        return sorted(spans, key=lambda span: span[0] - span[1])

    def _forget(self, start: int) -> None:
        """Take back the words from *start* on: they were part of a title."""
        while self.starts and self.starts[-1] >= start and self.marks[-1] not in _STROKES:
            self.marks.pop()
            self.starts.pop()

    def _checked(self) -> Iterator[Mark]:
        """The marks, and after each run of them what its plain words hide."""
        run: list[int] = []
        for n, mark in enumerate(self.marks):
            if mark in _STROKES:
                yield from self._hidden(run, self.starts[n])
                run = []
            else:
                run.append(n)
            yield mark

    def _hidden(self, run: list[int], end: int) -> Iterator[Mark]:
        """A misspelt title all of plain words ("as your were"), or a quotation that names nothing we know."""
        plain = list(takewhile(lambda n: self.marks[n] in _SOFT, reversed(run)))
        if not plain or any(self.marks[n] not in _SOFT | _BOUNDS for n in run):
            return
        start = self.starts[plain[-1]]
        text = self.phrase.between(start, end)
        if text not in FILLER_PHRASES and (episodes := self.lore.misspelt.find(text)):  # "both parts" is no Body Parts
            yield Titled(text, episodes)
        elif any(word.quote for word in self.phrase.words[start:end]):
            yield Unknown(text)
