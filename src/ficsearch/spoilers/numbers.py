"""Seasons and episodes written as numbers: ``S1-4``, ``seasons one to three``, ``3.13``, ``ep 22 of S5``.

Each reader here is given a phrase and a place, and answers with what begins there and the place after it, or None.
"""

from __future__ import annotations

import re

from ficsearch.spoilers.marks import Edge, Numbered, Seasons, Volumes
from ficsearch.spoilers.phrase import Phrase
from ficsearch.spoilers.words import (
    CARDINALS,
    EPISODE_WORDS,
    FINALE_WORDS,
    KNOWN,
    ORDINALS,
    PREMIERE_WORDS,
    ROMANS,
    SEASON_WORDS,
    VOLUME_WORDS,
)

_SEASON = re.compile(r"(?:s|ssn|seas)0?(\d{1,2})b?")
_HALF = re.compile(r"(\d{1,2})b")
"""``season 7b`` ends where the season ends; 7a ends nobody knows where."""
_CODE = re.compile(r"s?0?(\d{1,2})(?:x|x?ep?)0?(\d{1,2})")
_EPISODE = re.compile(r"ep?0?(\d{1,2})")
_THREE = re.compile(r"(\d{1,2})(\d\d)")
_RANGE_STROKES = frozenset("-–—~")
_RANGE_WORDS = frozenset("to through thru until till bis a".split())
_LAST = frozenset("last final".split())
_MOST_SEASONS = 27
"""The longest run in any pack; a higher number in a list is a title (33, 42, 48 Hours)."""

_MOST_KNOWN = 15
"""The most seasons of a show in a pack: 1-13 may be seasons, 6-22 is an episode."""

Number = tuple[int, int]
"""A number and the place after it."""


def number(phrase: Phrase, at: int, spelled: bool = True, roman: bool = False) -> Number | None:
    """``3``, ``03``, ``three``, where allowed ``iii``."""
    word = phrase.text(at)
    if word.isascii() and word.isdigit() and len(word) <= 2 and int(word):
        return int(word), at + 1
    found = (CARDINALS.get(word) if spelled else None) or (ROMANS.get(word) if roman else None)
    return (found, at + 1) if found else None


def counted(phrase: Phrase, at: int, labelled: bool = False) -> tuple[Edge | Numbered | Seasons | Volumes, int] | None:
    """Whatever is counted here."""
    return (
        edge(phrase, at) or counted_episodes(phrase, at) or half_season(phrase, at) or episodes(phrase, at, labelled)
        or seasons(phrase, at) or volumes(phrase, at)
    )  # fmt: skip


def seasons(phrase: Phrase, at: int) -> tuple[Seasons, int] | None:
    """``S3``, ``seasons 1, 2 and 4``, ``third season``, ``first three seasons``, ``series two``."""
    if found := _counted_seasons(phrase, at):
        return found
    if found := _ordinal_seasons(phrase, at):
        return found
    first = _one_season(phrase, at)
    if first is None:
        return None
    value, end = first
    plural = phrase.text(at) in ("seasons", "series")
    numbers, end = _more(phrase, end, [value], plural)
    finale = len(numbers) > 1 and _edge_word(phrase.text(end)) and not phrase.gap(end).strip()  # "S1-3 finale"
    return Seasons(tuple(numbers)), end + bool(finale)


def half_season(phrase: Phrase, at: int) -> tuple[Seasons, int] | None:
    """``season 2.5``, ``S4.0``: half a season is a season."""
    found = _one_season(phrase, at)
    if found is None or phrase.gap(found[1]) != "." or phrase.text(found[1]) not in ("0", "5"):
        return None
    return Seasons((found[0],)), found[1] + 1


def counted_episodes(phrase: Phrase, at: int) -> tuple[Numbered, int] | None:
    """``first three episodes of S4``, ``the last 2 eps of season five``."""
    lead, count = phrase.text(at), number(phrase, at + 1)
    if lead not in _LAST | {"first"} or count is None or phrase.text(count[1]) not in EPISODE_WORDS:
        return None
    season, end = _of_season(phrase, count[1] + 1)
    if season is None:
        return None
    numbers = range(1, count[0] + 1) if lead == "first" else range(-count[0], 0)
    return Numbered(season, tuple(numbers)), end


def _one_season(phrase: Phrase, at: int) -> Number | None:
    word = phrase.text(at)
    if match := _SEASON.fullmatch(word):
        return (int(match[1]), at + 1) if int(match[1]) else None
    if word not in SEASON_WORDS or (at + 1 < len(phrase.words) and not _tied(phrase.gap(at + 1))):
        return None
    if half := _HALF.fullmatch(phrase.text(at + 1)):
        return int(half[1]), at + 2
    return number(phrase, at + 1, spelled=word != "s", roman=word not in ("s", "series"))


def _tied(gap: str) -> bool:
    """May this stand between "season" or "ep" and its number?"""
    return gap.strip() in ("", ".", "#", "-", ":")


def _counted_seasons(phrase: Phrase, at: int) -> tuple[Seasons, int] | None:
    """``first three seasons``, ``all seven seasons``, ``both seasons``; ``last two seasons`` end at the last."""
    lead = phrase.text(at)
    if lead in _LAST and phrase.text(at + 1) in ("season", "series"):
        return None if phrase.text(at + 2) in FINALE_WORDS | PREMIERE_WORDS else (Seasons((-1,)), at + 2)
    if lead == "both" and phrase.text(at + 1) in ("seasons", "series"):
        return Seasons((1, 2)), at + 2
    if lead not in ("first", "all", "last", "final"):
        return None
    at += 1 + (phrase.text(at + 1) in ("the", "of", "these"))
    count = number(phrase, at)
    if count is None or phrase.text(count[1]) not in ("seasons", "series"):
        return None
    numbers = (-1,) if lead in _LAST else tuple(range(1, count[0] + 1))
    return Seasons(numbers), count[1] + 1


def _ordinal_seasons(phrase: Phrase, at: int) -> tuple[Seasons, int] | None:
    numbers: list[int] = []
    while phrase.text(at) in ORDINALS:
        numbers.append(ORDINALS[phrase.text(at)])
        at += 1
        if phrase.text(at) in SEASON_WORDS and len(phrase.text(at)) > 1:
            return Seasons(tuple(numbers)), at + 1
        while phrase.text(at) in ("and", "or", "the"):
            at += 1
    return None


def _more(phrase: Phrase, at: int, numbers: list[int], plural: bool) -> tuple[list[int], int]:
    """What goes on after a season: ``-4``, `` to three``, ``, 2 and 4``, ``/5``.

    After a comma only bare numbers do: "AtS S1, S4" may be two shows.
    """
    while at < len(phrase.words):
        link, place = _link(phrase, at)
        found = _one_season(phrase, place) if link and "," not in phrase.gap(at) else None
        found = found or (number(phrase, place, roman=_roman(phrase, place, link)) if link else None)
        if found is None or _is_no_season(phrase, place, found, plural or link == "range"):
            break
        if phrase.text(place) in CARDINALS and found[0] <= numbers[-1]:
            break  # "seasons 1, 2 and One"
        value, at = found
        spans = link == "range" and value > numbers[-1]
        numbers += range(numbers[-1] + 1, value + 1) if spans else [value]
    return numbers, at


def _roman(phrase: Phrase, at: int, link: str) -> bool:
    """May this be a Roman number: ``seasons I-V``, ``seasons II and III``? "I" may be the person who writes."""
    return phrase.text(at) in ROMANS and phrase.text(at) != "i" and (link == "range" or phrase.text(at) != "x")


def _is_no_season(phrase: Phrase, at: int, found: Number, plural: bool) -> bool:
    """Is a number on a list of seasons something else: an episode, a count, the beginning of a title?"""
    value, end = found
    tight = end < len(phrase.words) and phrase.gap(end) in (".", ":")
    counts = phrase.text(end) in EPISODE_WORDS | SEASON_WORDS or (phrase.text(at) == "one" and not plural)
    alone = phrase.ends(end) or phrase.text(end) in ("and", "or")  # not "Three of a Kind", "2 Shy"
    title = not alone and (phrase.text(at) in CARDINALS or phrase.text(end) not in KNOWN | FINALE_WORDS)
    return tight or counts or title or value > _MOST_SEASONS


def _link(phrase: Phrase, at: int) -> tuple[str, int]:
    """How word *at* is tied to the number before: ``range``, ``list`` or not; and the place of the next number."""
    gap, word = phrase.gap(at).strip(), phrase.text(at)
    if gap in _RANGE_STROKES:
        return "range", at
    if not gap and word in _RANGE_WORDS:
        return "range", at + 1
    if gap in (",", "") and word in ("and", "or", "et", "und"):
        return "list", at + 1
    return ("list", at) if gap in (",", "/", "+") else ("", at)


def bare(phrase: Phrase, at: int) -> tuple[tuple[int, ...], int] | None:
    """Numbers that go on from seasons or a show named before: "season two and some of three", "BtVS 4-6"."""
    first = number(phrase, at)
    if first is None or not (phrase.ends(first[1]) or _link(phrase, first[1])[0]):
        return None
    numbers, end = _more(phrase, first[1], [first[0]], True)
    return tuple(numbers), end


def episodes(phrase: Phrase, at: int, labelled: bool = False) -> tuple[Numbered, int] | None:
    """``3x13``, ``S3E13``, ``3.13``, ``season 3, episode 13``, ``ep 22 of S5``; 313 after "ep" or where *labelled*."""
    code = _code(phrase, at, labelled) or _season_then_episode(phrase, at) or _episode_of_season(phrase, at)
    if code is None:
        return None
    season, value, end = code
    numbers, end = _more_episodes(phrase, end, season, [value])
    if season is None:
        season, end = _of_season(phrase, end)
    return Numbered(season, tuple(numbers), _is_half(phrase, at)), end


def _is_half(phrase: Phrase, at: int) -> bool:
    """``4.0``, ``S4.5``: an episode, or in some shows half a season."""
    at += phrase.text(at) in SEASON_WORDS
    return phrase.gap(at + 1) == "." and phrase.text(at + 1) in ("0", "5")


Code = tuple[int | None, int, int]
"""Season, number, and the place after."""


def _code(phrase: Phrase, at: int, labelled: bool) -> Code | None:
    word = phrase.text(at)
    if match := _CODE.fullmatch(word):
        return int(match[1]), int(match[2]), at + 1
    if word in EPISODE_WORDS and _tied(phrase.gap(at + 1)):
        if word.endswith("s") and phrase.gap(at + 2) == "-":
            return None  # "episodes 1-13" is no 1x13
        return _code(phrase, at + 1, True) if phrase.text(at + 1)[:1].isdigit() else None
    if match := _THREE.fullmatch(word) if labelled else None:
        return int(match[1]), int(match[2]), at + 1
    season = _SEASON.fullmatch(word)
    head = season[1] if season else word
    colon = phrase.gap(at + 1) == ":" and len(phrase.text(at + 1)) == 2  # "S3:13"
    tail = phrase.text(at + 1) if not season or colon or phrase.gap(at + 1) == "." else ""
    if head.isascii() and head.isdigit() and len(head) <= 2 and tail.isascii() and tail.isdigit() and len(tail) <= 2:
        if season and colon:
            return int(head), int(tail), at + 2
        return _parted(int(head), _uncut(phrase, at, tail), phrase.gap(at + 1), at)
    return None


def _uncut(phrase: Phrase, at: int, tail: str) -> str:
    """The 1 of ``4.01-4.1`` is a 10 that lost its nought: beside a number that has one, or at the end of a range."""
    if tail not in ("1", "2") or phrase.gap(at + 1) != ".":
        return tail
    dotted = [n for n, word in enumerate(phrase.words) if n and word.gap == "." and word.text.isdigit()]
    noughts = any(len(word) == 2 and word[0] == "0" for word in (phrase.text(n) for n in dotted))
    begun = at - 1 in dotted and len(phrase.text(at - 1)) == 2 and phrase.gap(at).strip() in _RANGE_STROKES
    return f"{tail}0" if noughts or begun else tail


def _parted(season: int, tail: str, gap: str, at: int) -> Code | None:
    """``3.13``, ``6:07``, ``6-07``: other strokes than a point only where they cannot be a range or a clock."""
    clear = gap == "." or (len(tail) == 2 and tail[0] == "0" and gap in (":", "-"))
    if clear or (gap == ":" and int(tail) > season + 9) or (gap == "-" and season > 1 and int(tail) > _MOST_KNOWN):
        return season, int(tail), at + 2
    return None


def _season_then_episode(phrase: Phrase, at: int) -> Code | None:
    season = _one_season(phrase, at)
    if season is None:
        return None
    value, place = season
    if phrase.gap(place).strip() not in ("", ",", "-", ":", ".", "/", "("):
        return None
    if match := _EPISODE.fullmatch(phrase.text(place)):
        return value, int(match[1]), place + 1
    if phrase.text(place) in EPISODE_WORDS and _tied(phrase.gap(place + 1)):
        found = number(phrase, place + 1)
        return (value, *found) if found else None
    if phrase.gap(place) == "." and (found := number(phrase, place, spelled=False)):
        return (value, *found)
    return None


def _episode_of_season(phrase: Phrase, at: int) -> Code | None:
    if phrase.text(at) not in EPISODE_WORDS or not _tied(phrase.gap(at + 1)):
        return None
    found = number(phrase, at + 1)
    if found is None:
        return None
    season, place = _of_season(phrase, found[1])
    return season, found[0], place


def _of_season(phrase: Phrase, at: int) -> tuple[int | None, int]:
    """The season after an episode, and the place after it: ``of S5``, `` in the second season``."""
    link = at + (phrase.text(at) in ("of", "in", "from"))
    link += phrase.text(link) == "the"
    season = seasons(phrase, link) if phrase.gap(at).strip() in ("", ",", "(") else None
    return (season[0].numbers[0], season[1]) if season and len(season[0].numbers) == 1 else (None, at)


def _more_episodes(phrase: Phrase, at: int, season: int | None, numbers: list[int]) -> tuple[list[int], int]:
    """What goes on after an episode: ``-3x05``, ``-05``, ``/22``, `` and 22``."""
    while at < len(phrase.words):
        link, place = _link(phrase, at)
        bound = phrase.text(at) in ("through", "thru")
        following = _next_episode(phrase, place, season) if link and not bound else None
        if following is None:
            break
        value, at = following
        spans = link == "range" and value > numbers[-1]
        numbers += range(numbers[-1] + 1, value + 1) if spans else [value]
    return numbers, at


def _next_episode(phrase: Phrase, at: int, season: int | None) -> Number | None:
    code = _code(phrase, at, False)
    if code:
        return (code[1], code[2]) if code[0] == season else None
    if match := _EPISODE.fullmatch(phrase.text(at)):
        return int(match[1]), at + 1
    found = number(phrase, at, spelled=False)
    if found is None or not (phrase.ends(found[1]) or phrase.text(found[1]) in ("and", "or", "of", "in")):
        return None  # "2x01, 17 People"
    return found if season is None or len(phrase.text(at)) == 2 or phrase.gap(at).strip() != "," else None


def edge(phrase: Phrase, at: int) -> tuple[Edge, int] | None:
    """``season 3 finale``, ``finale of S5``, ``the first episode of season two``, ``last episode``, ``pilot``."""
    season = seasons(phrase, at)
    if season and len(season[0].numbers) == 1 and (last := _edge_word(phrase.text(season[1]))) is not None:
        spans = last and phrase.gap(season[1]).strip() in _RANGE_STROKES and phrase.gap(season[1]).strip()
        return None if spans else (Edge(season[0].numbers[0], last), season[1] + 1)
    lead, place = _edge_lead(phrase, at)
    if lead is None:
        return None
    link = place + (phrase.text(place) in ("of", "for", "to", "in", "from"))
    link += phrase.text(link) == "the"
    season = seasons(phrase, link)
    if season and len(season[0].numbers) == 1 and not phrase.gap(place).strip():
        return Edge(season[0].numbers[0], lead), season[1]
    bare = phrase.text(at) in ("season", "mid") or phrase.text(at) in PREMIERE_WORDS
    return None if bare and not lead else (Edge(None, lead), place)


def _edge_word(word: str) -> bool | None:
    return True if word in FINALE_WORDS else False if word in PREMIERE_WORDS else None


def _edge_lead(phrase: Phrase, at: int) -> tuple[bool | None, int]:
    """Does a first or a last episode begin here? Whether it is the last, and the place after."""
    word, following = phrase.text(at), phrase.text(at + 1)
    if word in ("season", "series", "show") and (last := _edge_word(following)) is not None:
        return last, at + 2
    if (last := _edge_word(word)) is not None:
        return last, at + 1
    if word in ("last", "final", "first", "very") and following in EPISODE_WORDS | {"last"}:
        return word != "first", at + 2 + (following == "last")
    if word == "pilot":
        return False, at + 1 + (following in EPISODE_WORDS)
    return None, at


def volumes(phrase: Phrase, at: int) -> tuple[Volumes, int] | None:
    """``book 3``, ``books 1-4``, ``first four books``, ``third film``."""
    word = phrase.text(at)
    if word in VOLUME_WORDS and (first := number(phrase, at + 1, roman=True)) and _tied(phrase.gap(at + 1)):
        numbers, end = _more(phrase, first[1], [first[0]], True)
        return Volumes(VOLUME_WORDS[word], tuple(numbers)), end
    if word in ORDINALS and phrase.text(at + 1) in VOLUME_WORDS:
        return Volumes(VOLUME_WORDS[phrase.text(at + 1)], (ORDINALS[word],)), at + 2
    if word in ("first", "all") and (count := number(phrase, at + 1)) and phrase.text(count[1]) in VOLUME_WORDS:
        return Volumes(VOLUME_WORDS[phrase.text(count[1])], tuple(range(1, count[0] + 1))), count[1] + 1
    return None
