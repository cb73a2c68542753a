"""Where in a phrase a title stands: by the table of titles, and by its place among the other words.

Titles are ordinary words (Help, Family, All the Way), so the same words are a title in one place and chat in
another. A title that is a plain word for the grammar counts only where nothing else can be meant; words that may be
one but do not stand like one make the phrase unclear.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from ficsearch.canon import Episode, Show
from ficsearch.spoilers import numbers
from ficsearch.spoilers.lore import Lore
from ficsearch.spoilers.marks import Found, Inside, Mark, Titled, Unknown
from ficsearch.spoilers.phrase import Phrase
from ficsearch.spoilers.words import (
    CARDINALS,
    EPISODE_WORDS,
    FINALE_WORDS,
    HOLIDAYS,
    KNOWN,
    ORDINALS,
    PART_WORDS,
    ROMANS,
    SEASON_WORDS,
    SIGNS,
    VOLUME_WORDS,
    Sign,
)
from ficsearch.text import squash

_ENDS_TITLE = frozenset("and or nor plus ep eps episode episodes".split())
_AFTER_TITLE = frozenset("spoilers spoiler mostly mainly especially only too maybe obviously references".split())
_BEFORE_TITLE = frozenset("the a an by during to with like mentions references including episode ep".split())
_GOES_ON = frozenset("of to through thru up until not from that".split())
"""After these, plain words are no title: "all the way through", "the end of"."""
_PART_NUMBERS = CARDINALS.keys() | ROMANS.keys()


class _Rank(IntEnum):
    """Where a name comes from: a title of the universe, a name inside its shows, a title of any other show."""

    NEAR = 0
    INSIDE = 1
    FAR = 2


@dataclass(frozen=True)
class TitleReader:
    """Reads the titles of one phrase. *before* is always the mark that stands before the place asked about."""

    phrase: Phrase
    lore: Lore

    def title(self, at: int, before: Mark | None) -> Found | None:
        """The longest title that stands here, of the story's universe or of any other show."""
        show = next((length for length, _ in self.lore.shows.at(self.phrase.texts, at)), 1)
        for length, rank, meant in self._matches(at):
            end = at + length
            said_of_any = (rank is _Rank.FAR or not self.lore.near) and self._said_of_any(at, end)
            if length < show or said_of_any or not self.phrase.whole(at, end) or self._counts(at, end, before):
                continue
            if self._is_title(at, end, before) and (rank is not _Rank.FAR or self._is_far_title(at, end, before)):
                meant = self._slip(at, end) or meant if rank is _Rank.FAR else meant
                return self._named_inside(at, end, meant) if isinstance(meant, str) else self._titled(at, end, meant)
            if rank is _Rank.NEAR and self._may_be_title(at, end):
                return Sign.UNCLEAR, end
        return None

    def _matches(self, at: int) -> list[tuple[int, _Rank, tuple[Episode, ...] | str]]:
        """Names by length, the longest first; of the same length the nearest first."""
        texts = self.phrase.texts
        near = [(length, _Rank.NEAR, meant) for length, meant in self.lore.titles.at(texts, at)]
        inside = [(length, _Rank.INSIDE, key) for length, key in self.lore.inside.at(texts, at)]
        far = [(n, _Rank.FAR, meant) for n, meant in self.lore.far_titles.at(texts, at)] if self.lore.near else []
        return sorted([*near, *inside, *far], key=lambda match: (-match[0], match[1]))

    def _said_of_any(self, at: int, end: int) -> bool:
        """Is it what fans call an episode of any show? There are episodes named The Pilot, and Finale."""
        words = self.phrase.texts[at:end]
        return words in (["the", "pilot"], ["crossover"]) or (len(words) == 1 and words[0] in FINALE_WORDS)

    def _is_far_title(self, at: int, end: int, before: Mark | None) -> bool:
        """Beside fandoms we know, plain words are no titles of other shows, and one word is a title only alone."""
        words = self.phrase.texts[at:end]
        number = words[0].isdigit() or words[0] in CARDINALS
        alone = self._alone_before(at, before) and self.phrase.ends(end) and not number
        free = len(words) > 1 and words[0] not in SIGNS  # not "After Life" in "set after Life Line"
        return (free or alone) and not KNOWN.issuperset(words)

    def _slip(self, at: int, end: int) -> tuple[Episode, ...] | None:
        """Is it a slip for a title of the universe? Shades of Gray is of TNG, Shades of Grey of SG-1."""
        text = self.phrase.between(at, end)
        return None if text in self.lore.titles.entries else self.lore.misspelt.find(text)

    def hint(self, at: int) -> Found | None:
        """A word of one title only, called an episode: "the Doublemeat episode"."""
        title = self.lore.hints.get(self.phrase.text(at))
        if title is None or self.phrase.text(at + 1) not in EPISODE_WORDS or not self._alone_after(at + 1):
            return None
        return Titled(self.phrase.between(at, at + 2), self.lore.titles.entries[title]), at + 2

    def _titled(self, at: int, end: int, episodes: tuple[Episode, ...]) -> Found:
        if film := self._film(episodes, end):
            return Titled(self.phrase.between(at, end + 1), film), end + 1
        parts, place = self._parts(episodes, end)
        return Titled(self.phrase.between(at, place), (*parts, *self._coded(at, parts)), self._called(at, end)), place

    def _named_inside(self, at: int, end: int, key: str) -> Found:
        inside = self.lore.packs.inside_titles(self.lore.near or tuple(self.lore.packs.shows.values()))
        film = self._film(inside.get(key, ()), end)
        return (Titled(self.phrase.between(at, end + 1), film), end + 1) if film else (Inside(key), end)

    def _film(self, episodes: tuple[Episode, ...], end: int) -> tuple[Episode, ...]:
        """The film of a book or of the same name, where one is asked for: ``PoA movie``, ``First Contact (film)``."""
        if VOLUME_WORDS.get(self.phrase.text(end)) != "films" or not self._alone_after(end + 1):
            return ()
        films = (self.lore.titles.entries.get(f"{squash(e.title)} film", ()) for e in episodes)
        return tuple(dict.fromkeys(e for found in films for e in found))

    def _called(self, at: int, end: int) -> Show | None:
        """The show that has just this name: "Angel" is an episode and a series."""
        return self.lore.shows.entries.get(self.phrase.between(at, end))

    # is it a title where it stands?

    def _is_title(self, at: int, end: int, before: Mark | None) -> bool:
        words, after = self.phrase.texts[at:end], self.phrase.text(end)
        apart = words[-1] == "i" or self.phrase.words[end - 1].boundary
        if len(words) > 1 and words[-1] in _PART_NUMBERS and apart and not self._alone_after(end):
            return False  # "Becoming, I think", "Becoming, one of the best"
        if words[0] in HOLIDAYS and len(words) == 1 and after in EPISODE_WORDS | {"one", "ones", "special"}:
            return False
        spoils = len(words) == 1 and after.startswith("spoil")
        if KNOWN.issuperset(words):
            spoken = after in _AFTER_TITLE and not spoils
            own_word = len(words) == 1 and bool(self.lore.own)
            return (own_word or self._alone_before(at, before)) and (spoken or self._alone_after(end))
        shared = spoils and self._called(at, end)  # "Angel spoilers" are those of the show
        ended = self._alone_after(end) or VOLUME_WORDS.get(after) == "films"  # "PoA movie"
        return (after in KNOWN and not shared) or ended or self._begins(end) or self._counts_parts(end)

    def _may_be_title(self, at: int, end: int) -> bool:
        """Are these plain words a title that does not stand like one? Two may be so by chance, if any show counts."""
        enough = end - at > (1 if self.lore.own else 2)
        return enough and KNOWN.issuperset(self.phrase.texts[at:end]) and self.phrase.text(end) not in _GOES_ON

    def _alone_before(self, at: int, before: Mark | None) -> bool:
        if self.phrase.words[at].boundary or before is None:
            return True
        chat = isinstance(before, Unknown) or before in (Sign.FILLER, Sign.VAGUE, Sign.GREAT, Sign.LOOSE)
        return not chat or self.phrase.text(at - 1) in _BEFORE_TITLE

    def _alone_after(self, end: int) -> bool:
        return self.phrase.ends(end) or self.phrase.text(end) in _ENDS_TITLE

    def _begins(self, at: int) -> bool:
        """Does a title, a number or a show begin here? Some lists have blanks only."""
        tables = (self.lore.titles, self.lore.shows)
        named = any(next(iter(table.at(self.phrase.texts, at)), None) for table in tables)
        return named or numbers.counted(self.phrase, at) is not None

    def _counts(self, at: int, end: int, before: Mark | None) -> bool:
        """Is this word no title but a number ("3" in 3.13), or a finale of the show before it?"""
        word = self.phrase.text(at)
        numbered = word.isdigit() and numbers.episodes(self.phrase, at) is not None
        last = word in FINALE_WORDS and isinstance(before, Show) and word not in self.lore.packs.titles([before])
        last = last or (word in FINALE_WORDS and self.phrase.text(at - 1) in ("the", "series", "season") and at > 0)
        season = self.phrase.text(end - 1) in ORDINALS and self.phrase.text(end) in SEASON_WORDS
        return (end == at + 1 and (numbered or last)) or season  # "the seventh season" is no The Seventh

    # what belongs to it

    def _coded(self, at: int, episodes: tuple[Episode, ...]) -> Iterator[Episode]:
        """The episode whose number a title looks like: 5x5 is Five by Five, or the fifth of the fifth season."""
        code = numbers.episodes(self.phrase, at)
        if code and not self.phrase.text(at).isdigit():
            for show in dict.fromkeys(e.show for e in episodes):
                season = self.lore.packs.shows[show].season(code[0].season or 0)
                yield from (e for e in season if e.number in code[0].numbers)

    def _parts(self, episodes: tuple[Episode, ...], end: int) -> tuple[tuple[Episode, ...], int]:
        """The parts of a two-parter that are named after it: "parts 1 and 2", "Part One & Two"."""
        whole = episodes[0].whole
        if whole is None or any(e.whole != whole for e in episodes):
            return episodes, end
        siblings = [e for e in self.lore.packs.shows[episodes[0].show].episodes if e.whole == whole]
        word = self.phrase.text(end) in PART_WORDS
        both = not word and len(episodes) > 1
        if (both and not self._counts_parts(end)) or not (word or both or self._links(end)):
            return episodes, end
        first = end if both else end + 1 if word else end + (self.phrase.text(end) in ("and", "to"))
        named, end = self._numbered_parts(first, end, len(siblings))
        named |= set() if word or both else {siblings.index(episodes[0]) + 1}
        return tuple(e for n, e in enumerate(siblings, 1) if n in named) or episodes, end

    def _counts_parts(self, at: int) -> bool:
        """Is the number here that of a part of the name before it: ``Grad Day 1``, ``AFIN I & II``?"""
        if at >= len(self.phrase.words) or self.phrase.words[at].boundary:
            return False
        counted = numbers.number(self.phrase, at, roman=True)
        return counted is not None and (self._alone_after(counted[1]) or self._links(counted[1]))

    def _numbered_parts(self, at: int, end: int, most: int) -> tuple[set[int], int]:
        """The numbers from *at* on, up to *most*, and the place after them; *end* if there are none."""
        named: set[int] = set()
        while (found := numbers.number(self.phrase, at, roman=True)) and found[0] <= most:
            named.add(found[0])
            end = found[1]
            if not self._links(end):
                break
            at = end + (self.phrase.text(end) in ("and", "to"))
        return named, end

    def _links(self, at: int) -> bool:
        """Can another part follow here: "1/2", "1 & 2", "1-2"?"""
        return self.phrase.gap(at).strip() in ("/", "-", "–", "+") or self.phrase.text(at) in ("and", "to")
