"""From words to marks: what in a phrase is a title, a number, a show, a word of the grammar, or none of these."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import takewhile

from ficsearch.canon import Episode, Show
from ficsearch.spoilers import numbers
from ficsearch.spoilers.lore import Lore
from ficsearch.spoilers.marks import TARGETS, Inside, Mark, Numbered, Seasons, Titled, Unknown, Volumes
from ficsearch.spoilers.phrase import Phrase, PhraseTable, strokes
from ficsearch.spoilers.words import (
    CARDINALS,
    EPISODE_WORDS,
    FILLER_PHRASES,
    FILLERS,
    FINALE_WORDS,
    HOLIDAYS,
    KNOWN,
    PART_WORDS,
    ROMANS,
    SIGNS,
    TIME_WORDS,
    Sign,
)

Found = tuple[Mark, int]
"""A mark and the place after it."""

_GRAMMAR: PhraseTable[Sign] = PhraseTable({**dict.fromkeys(FILLER_PHRASES, Sign.FILLER), **SIGNS})
_ENDS_TITLE = frozenset("and or nor plus ep eps episode episodes".split())
_AFTER_TITLE = frozenset("spoilers spoiler mostly mainly especially only too maybe obviously references".split())
_GOES_ON = frozenset("of to through thru up until not from that".split())
"""After these, plain words are no title: "all the way through", "the end of"."""
_BEFORE_TITLE = frozenset("the a an by during to with like mentions references including episode ep".split())
_PART_NUMBERS = CARDINALS.keys() | ROMANS.keys()
_REPAIRS = 240
"""Stretches of words that are tried as a misspelt title, at most, in one phrase: enough for ten misspelt titles."""

_SOFT = frozenset({Sign.FILLER, Sign.VAGUE, Sign.LOOSE, Sign.OF, Sign.SET, Sign.TO, Sign.AND, Sign.OR, Sign.DASH})
_BOUNDS = frozenset({Sign.THROUGH, Sign.AFTER, Sign.PAST, Sign.BEFORE, Sign.PRE, Sign.BETWEEN})
_STROKES = frozenset({Sign.HARD, Sign.COMMA, Sign.SLASH, Sign.OPEN, Sign.CLOSE, Sign.COLON, Sign.DASH})


@dataclass
class Scanner:
    """Reads one phrase. ``labelled``: its label says that numbers are episodes (306 is 3x06)."""

    phrase: Phrase
    lore: Lore
    labelled: bool = False
    marks: list[Mark] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    repairs: int = _REPAIRS

    def __post_init__(self) -> None:
        self.texts = [w.text for w in self.phrase.words]

    def read(self) -> list[Mark]:
        """The marks of the phrase, in order, strokes included."""
        at = 0
        while at < len(self.texts):
            for sign in strokes(self.phrase.gap(at)):
                self._add(sign, at)
            mark, end = self._mark(at)
            if isinstance(mark, Unknown) and (repaired := self._repair(at)):
                mark, end = repaired
            self._add(mark, at)
            at = end
        for sign in strokes(self.phrase.tail):
            self._add(sign, at)
        return list(self._checked())

    def _add(self, mark: Mark, at: int) -> None:
        self.marks.append(mark)
        self.starts.append(at)

    def _mark(self, at: int) -> Found:
        readers: tuple[Callable[[int], Found | None], ...] = (
            self._title, self._inside, self._number, self._show,
            self._sign, self._far_title, self._far_show, self._hint,
        )  # fmt: skip
        for reader in readers:
            if found := reader(at):
                return found
        word = self.texts[at]
        return (Sign.FILLER if word in FILLERS or word == "?" else Unknown(word)), at + 1

    # titles

    def _title(self, at: int) -> Found | None:
        return self._title_of(self.lore.titles, at)

    def _far_title(self, at: int) -> Found | None:
        """A title of a show outside the universe. Beside fandoms we know, plain words are then just words, and one
        word is a title only alone."""
        found = self._title_of(self.lore.far_titles, at)
        if found is None or not self.lore.own:
            return found
        end = found[1]
        alone = self._alone_before(at, 0) and self.phrase.ends(end)
        word = end == at + 1 and (self.texts[at].isdigit() or not alone)
        return None if word or KNOWN.issuperset(self.texts[at:end]) else found

    def _title_of(self, titles: PhraseTable[tuple[Episode, ...]], at: int) -> Found | None:
        show = next((length for length, _ in self.lore.shows.at(self.texts, at)), 0)
        for length, episodes in titles.at(self.texts, at):
            end = at + length
            if length < show or not self._whole(at, end) or self._counts(at, length):
                continue
            if self._is_title(at, end):
                parts, place = self._parts(episodes, end)
                return Titled(self._text(at, place), (*parts, *self._coded(at, parts)), self._called(at, end)), place
            if self._may_be_title(at, end):
                return Sign.UNCLEAR, end
        return None

    def _may_be_title(self, at: int, end: int) -> bool:
        """Plain words that make a title of the story's own shows, but do not stand like one."""
        after = self.phrase.text(end)
        plain = end > at + 1 and KNOWN.issuperset(self.texts[at:end])
        return plain and bool(self.lore.own) and after not in _GOES_ON

    def _coded(self, at: int, episodes: tuple[Episode, ...]) -> Iterator[Episode]:
        """The episode whose number a title looks like: 5x5 is Five by Five, or the fifth of the fifth season."""
        code = numbers.episodes(self.phrase, at)
        if code and not self.texts[at].isdigit():
            for show in dict.fromkeys(e.show for e in episodes):
                seasons = self.lore.packs.shows[show].season(code[0].season or 0)
                yield from (e for e in seasons if e.number in code[0].numbers)

    def _text(self, at: int, end: int) -> str:
        return " ".join(self.texts[at:end])

    def _counts(self, at: int, length: int) -> bool:
        """Is this word no title but a number ("3" in 3.13), or a finale of the show before it?"""
        word, before = self.texts[at], self.marks[-1] if self.marks else None
        numbered = word.isdigit() and numbers.episodes(self.phrase, at) is not None
        last = isinstance(before, Show) and word in FINALE_WORDS and not self.lore.packs.titles([before]).get(word)
        return length == 1 and (numbered or last)

    def _whole(self, at: int, end: int) -> bool:
        return not any(";" in self.phrase.gap(n) for n in range(at + 1, end))

    def _is_title(self, at: int, end: int) -> bool:
        """May these words be a title where they stand? Words that mean something else only where they stand alone."""
        words, after = self.texts[at:end], self.phrase.text(end)
        apart = words[-1] == "i" or self.phrase.words[end - 1].boundary
        if len(words) > 1 and words[-1] in _PART_NUMBERS and apart and not self._alone_after(end):
            return False  # "Becoming, I think", "Becoming, one of the best"
        if words[0] in HOLIDAYS and len(words) == 1 and after in EPISODE_WORDS | {"one", "ones", "special"}:
            return False
        spoiler = len(words) == 1 and after.startswith("spoil")
        if KNOWN.issuperset(words):
            spoken = after in _AFTER_TITLE and not spoiler
            return self._alone_before(at, len(words)) and (spoken or self._alone_after(end))
        shared = spoiler and self._called(at, end)  # "Angel spoilers" are those of the show
        return (after in KNOWN and not shared) or self._alone_after(end) or self._begins(end)

    def _alone_before(self, at: int, length: int = 1) -> bool:
        """Does a title that is also a word stand where a title would?"""
        if self.phrase.words[at].boundary or not self.marks or (length == 1 and self.lore.own):
            return True
        return self.marks[-1] not in (Sign.FILLER, Sign.VAGUE, Sign.LOOSE) or self.texts[at - 1] in _BEFORE_TITLE

    def _alone_after(self, end: int) -> bool:
        return self.phrase.ends(end) or self.phrase.text(end) in _ENDS_TITLE

    def _begins(self, at: int) -> bool:
        """Does a title, a season or a show begin here? Some lists have blanks only."""
        tables = (self.lore.titles, self.lore.shows)
        return any(next(iter(t.at(self.texts, at)), None) for t in tables) or self._number(at) is not None

    def _parts(self, episodes: tuple[Episode, ...], end: int) -> tuple[tuple[Episode, ...], int]:
        """The parts of a two-parter that are named after it: ``parts 1 and 2``, ``Part One & Two``."""
        whole = episodes[0].whole
        if whole is None or any(e.whole != whole for e in episodes):
            return episodes, end
        siblings = [e for e in self.lore.packs.shows[episodes[0].show].episodes if e.whole == whole]
        place = end + (self.phrase.text(end) in PART_WORDS)
        if place == end and (len(episodes) > 1 or not self._links(end)):
            return episodes, end
        place += self.phrase.text(place) in ("and", "to") and place == end
        named = set() if place > end and self.phrase.text(end) in PART_WORDS else {siblings.index(episodes[0]) + 1}
        while found := numbers.number(self.phrase, place, roman=True):
            if found[0] > len(siblings):
                break
            named.add(found[0])
            end = place = found[1]
            place += self._links(place) and self.phrase.text(place) in ("and", "to")
            if not self._links(end):
                break
        return tuple(e for n, e in enumerate(siblings, 1) if n in named) or episodes, end

    def _links(self, at: int) -> bool:
        """Can another part follow here: ``1/2``, ``1 & 2``, ``1-2``?"""
        return self.phrase.gap(at).strip() in ("/", "-", "–") or self.phrase.text(at) in ("and", "to")

    def _called(self, at: int, end: int) -> Show | None:
        """The show that has just this name: "Angel" is an episode and a series."""
        return self.lore.shows.entries.get(self._text(at, end))

    def _inside(self, at: int) -> Found | None:
        for length, key in self.lore.inside.at(self.texts, at):
            if self._whole(at, at + length) and self._is_title(at, at + length):
                return Inside(key), at + length
        return None

    def _hint(self, at: int) -> Found | None:
        """``the Doublemeat episode``."""
        title = self.lore.hints.get(self.texts[at])
        if title is None or self.phrase.text(at + 1) not in EPISODE_WORDS or not self._alone_after(at + 1):
            return None
        return Titled(self._text(at, at + 2), self.lore.titles.entries[title]), at + 2

    # numbers

    def _number(self, at: int) -> Found | None:
        phrase = self.phrase
        found: Found | None = (
            numbers.edge(phrase, at)
            or numbers.episodes(phrase, at, self.labelled or self._counting())
            or numbers.seasons(phrase, at)
            or numbers.volumes(phrase, at)
            or self._bare_number(at)
            or self._time(at)
        )
        return found

    def _time(self, at: int) -> Found | None:
        """``five years`` after it."""
        found = numbers.number(self.phrase, at)
        return (Sign.FILLER, found[1] + 1) if found and self.phrase.text(found[1]) in TIME_WORDS else None

    def _counting(self) -> bool:
        """Does the phrase go on from an episode that was given as a number?"""
        if self.texts[0] not in EPISODE_WORDS:
            return False
        last = next((m for m in reversed(self.marks[-8:]) if isinstance(m, TARGETS)), None)
        return isinstance(last, Numbered)

    def _bare_number(self, at: int) -> Found | None:
        """A bare number is a season after a show ("BtVS 7"), and where "some of" goes on from seasons; a book after
        a row of books."""
        show = self.marks[-1] if self.marks else None
        found = numbers.bare(self.phrase, at) if isinstance(show, Show) or self._on_seasons() else None
        if found is None:
            return None
        if isinstance(show, Show) and show.kind != "series":
            return Volumes(show.kind, found[0]), found[1]
        return Seasons(found[0]), found[1]

    def _on_seasons(self) -> bool:
        """Does the phrase go on from seasons, with "some of" or a stroke between?"""
        between = (Sign.AND, Sign.COMMA, Sign.LOOSE, Sign.ALL, Sign.OF, Sign.FILLER, Sign.VAGUE)
        last = next((m for m in reversed(self.marks[-8:]) if m not in between), None)
        return isinstance(last, Seasons) and self.marks[-1] in (Sign.OF, Sign.LOOSE, Sign.VAGUE)

    # shows and the grammar

    def _show(self, at: int) -> Found | None:
        return next(((show, at + length) for length, show in self.lore.shows.at(self.texts, at)), None)

    def _far_show(self, at: int) -> Found | None:
        """A show outside the universe: its name may be a word (Lost, House), so something must follow or precede."""
        for length, show in self.lore.far_shows.at(self.texts, at):
            end = at + length
            leads = ":" in self.phrase.gap(end) or (end < len(self.texts) and self._number(end) is not None)
            follows = bool(self.marks) and self.marks[-1] in (Sign.OF, Sign.OPEN) and self.phrase.ends(end)
            if leads or follows or not self.lore.own:
                return show, end
        return None

    def _sign(self, at: int) -> Found | None:
        for length, sign in _GRAMMAR.at(self.texts, at):
            hides = length > 1 and self._title(at + length - 1)  # "through To Shanshu", "after All the Way"
            if self._whole(at, at + length) and not hides:
                return sign, at + length
        if self.texts[at] == "both" and self.phrase.text(at + 1) in ("shows", "series") and len(self.lore.main) == 2:
            return Sign.ALL, at + 2
        onward = self.texts[at] == "on" or (self.texts[at] == "end" and "-" in self.phrase.gap(at))  # "S4 on", "S4-end"
        if onward and self.phrase.ends(at + 1) and self.marks and isinstance(self.marks[-1], TARGETS):
            return Sign.ONWARD, at + 1
        return None

    # slips of the pen

    def _repair(self, at: int) -> Found | None:
        """A misspelt title around the unknown word *at*: the longest stretch of words that is near to one."""
        for start, end in self._stretches(at):
            if self.repairs <= 0:
                return None
            self.repairs -= 1
            text = self._text(start, end)
            if text not in self.lore.titles.entries and (episodes := self.lore.misspelt.find(text)):
                self._forget(start)
                return Titled(text, episodes), end
        return None

    def _stretches(self, at: int) -> list[tuple[int, int]]:
        first = at
        while first and at - first < 4 and not self.phrase.words[first].boundary:
            first -= 1
        last = at + 1
        while last < len(self.texts) and last - at < 6 and ";" not in self.phrase.gap(last):
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
        for n, mark in enumerate((*self.marks, Sign.HARD)):
            if mark in _STROKES:
                yield from self._hidden(run, self.starts[n] if n < len(self.starts) else len(self.texts))
                run = []
            else:
                run.append(n)
            yield mark

    def _hidden(self, run: list[int], end: int) -> Iterator[Mark]:
        """A misspelt title all of plain words ("as your were"), or a quotation that names nothing we know."""
        if any(self.marks[n] not in _SOFT | _BOUNDS for n in run):
            return
        plain = list(takewhile(lambda n: self.marks[n] in _SOFT, reversed(run)))
        if plain:
            words = self.phrase.words[self.starts[plain[-1]] : end]
            text = " ".join(w.text for w in words)
            if episodes := self.lore.misspelt.find(text):
                yield Titled(text, episodes)
            elif any(w.quote for w in words):
                yield Unknown(text)
