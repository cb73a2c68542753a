"""Which show each mark belongs to, and which marks are one: "3x13 (The Zeppo)", "Hero from AtS season 1"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ficsearch.canon import Show
from ficsearch.spoilers.grammar import Placed
from ficsearch.spoilers.lore import Lore
from ficsearch.spoilers.marks import TARGETS, Edge, Inside, Mark, Numbered, Seasons, Titled, Volumes
from ficsearch.spoilers.words import Sign

_APART = frozenset({Sign.COMMA, Sign.AND, Sign.OR, Sign.EITHER, Sign.SLASH, Sign.HARD})
_TELLS = (Seasons, Numbered, Edge, Inside, Volumes)
_SAYS_ALL = frozenset({Sign.NONE, Sign.ALL, Sign.AIRED, Sign.NOW})
_OPENS_SHOW = _SAYS_ALL | {Sign.THROUGH, Sign.PAST, Sign.BEFORE}


def place(marks: Sequence[Mark], lore: Lore) -> list[Placed]:
    """The marks, each with its show."""
    return _Attach(_joined(list(_settled(marks, lore))), lore).placed()


# a title that is also a show


def _settled(marks: Sequence[Mark], lore: Lore) -> Iterator[Mark]:
    """The marks with "Angel" made an episode, a show, or both where nothing tells."""
    for at, mark in enumerate(marks):
        if not isinstance(mark, Titled) or mark.name is None:
            yield mark
        elif _is_show(mark, mark.name, marks, at, lore):
            yield mark.name
        else:
            yield replace(mark, name=None)
            if not _is_episode(mark, mark.name, marks, at, lore):
                yield from (Sign.EITHER, mark.name)


def _is_show(mark: Titled, name: Show, marks: Sequence[Mark], at: int, lore: Lore) -> bool:
    before, before_that = _beside(marks, at, -1)
    after, after_that = _beside(marks, at, 1)
    tells = after_that if after is Sign.DASH else after
    if after is Sign.OPEN and (after_that in _OPENS_SHOW or isinstance(after_that, Seasons)):
        return True
    if after is Sign.COLON or isinstance(tells, _TELLS) or tells in _OPENS_SHOW or isinstance(before, _TELLS):
        return True
    if before is Sign.ALL or (before in (Sign.OF, Sign.OPEN) and isinstance(before_that, TARGETS)):
        return True
    if before is Sign.OF and before_that in _SAYS_ALL:
        return True
    if any(b in _APART and isinstance(far, Show) for b, far in ((before, before_that), (after, after_that))):
        return True
    return name in lore.own and not any(lore.packs.shows[e.show] in lore.own for e in mark.episodes)


def _is_episode(mark: Titled, name: Show, marks: Sequence[Mark], at: int, lore: Lore) -> bool:
    """Is the title meant and not the show: in a story of its own fandom, or in a list of titles of that show?"""
    shows = {e.show for e in mark.episodes}
    after, after_that = _beside(marks, at, 1)
    if name.code in shows or (after is Sign.COMMA and isinstance(after_that, Seasons)):
        return False  # "Angel, season 5"
    if name not in lore.own and any(s.code in shows for s in lore.own):
        return True
    sides = (_beside(marks, at, -1), _beside(marks, at, 1))
    listed = [far for stroke, far in sides if stroke in _APART and isinstance(far, Titled)]
    return any(shows & {e.show for e in title.episodes} for title in listed)


def _beside(marks: Sequence[Mark], at: int, step: int) -> tuple[Mark | None, Mark | None]:
    """The next two marks on one side, fillers left out."""
    side = marks[at + 1 :] if step > 0 else marks[:at][::-1]
    found = [mark for mark in side[:6] if mark not in (Sign.FILLER, Sign.VAGUE, Sign.GREAT)]
    return (found[0] if found else None), (found[1] if len(found) > 1 else None)


# marks that are one


def _joined(marks: Sequence[Mark]) -> list[Placed]:
    """The marks with a number and the title beside it made one, the title deciding."""
    out: list[Placed] = []
    for mark in marks:
        found = _join(out, mark)
        if found is None:
            out.append(Placed(mark))
        else:
            length, one = found
            out[-length:] = [one]
    return out


def _join(out: list[Placed], mark: Mark) -> tuple[int, Placed] | None:
    """What *mark* makes of the last marks, and how many they were."""
    if isinstance(mark, Titled):
        return _join_title(out, mark)
    if isinstance(mark, (Numbered, Seasons)):
        return _join_number(out, mark)
    return None


def _join_title(out: list[Placed], title: Titled) -> tuple[int, Placed] | None:
    """``5x22 The Gift``, ``5x22 (The Gift)``, ``S3: Amends``."""
    stroke = out[-1].mark if out else None
    length = 1 + (stroke in (Sign.OPEN, Sign.COLON, Sign.DASH))
    number = out[-length].mark if len(out) >= length else None
    if isinstance(number, Numbered):
        return length, Placed(_narrowed(title, number) or title)
    if isinstance(number, Seasons) and stroke not in (Sign.OPEN, Sign.DASH) and (one := _narrowed(title, number)):
        return length, Placed(one)
    return None


def _join_number(out: list[Placed], number: Numbered | Seasons) -> tuple[int, Placed] | None:
    """``The Gift 5x22``, ``The Gift (BtVS 5x22)``, ``Billy in AtS season 3``."""
    place = len(out) - 1
    show = out[place].mark if place >= 0 else None
    place -= isinstance(show, Show)
    stroke = out[place].mark if place >= 0 else None
    place -= stroke in (Sign.OPEN, Sign.DASH, Sign.OF, Sign.COLON)
    title = out[place].mark if place >= 0 else None
    if not isinstance(title, Titled) or (isinstance(show, Show) and title is stroke):
        return None
    one = _narrowed(title, number) or (title if isinstance(number, Numbered) else None)
    return (len(out) - place, Placed(one, show if isinstance(show, Show) else None)) if one else None


def _narrowed(title: Titled, number: Numbered | Seasons) -> Titled | None:
    """The title in the one season or under the numbers beside it, if there is such an episode."""
    if isinstance(number, Seasons):
        episodes = tuple(e for e in title.episodes if (e.season,) == number.numbers)
    else:
        episodes = tuple(e for e in title.episodes if e.season == number.season and e.number in number.numbers)
    return replace(title, episodes=episodes) if episodes else None


# shows


class _Attach:
    """Gives each target its show: "AtS S1", "S1 of AtS", "AtS: Hero, Dad". A show goes on until the next one."""

    def __init__(self, marks: list[Placed], lore: Lore) -> None:
        self.marks = marks
        self.lore = lore
        self.used: set[int] = set()
        self.doubtful: set[int] = set()

    def placed(self) -> list[Placed]:
        """The marks with their shows; shows that no target took are bare."""
        carried: int | None = None
        for segment, stroke in self._segments():
            significant = [n for n in segment if isinstance(self.marks[n].mark, (Show, *TARGETS))]
            if self._backward(significant):
                carried = None
            else:
                carried = self._forward(significant, carried)
                if any(self.marks[n].mark in _SAYS_ALL for n in segment):
                    carried = None
            carried = None if stroke is Sign.HARD else carried
        return list(self._result())

    def _segments(self) -> Iterator[tuple[list[int], Mark | None]]:
        segment: list[int] = []
        for n, placed in enumerate(self.marks):
            if placed.mark in _APART:
                yield segment, placed.mark
                segment = []
            else:
                segment.append(n)
        yield segment, None

    def _give(self, target: int, show: int) -> None:
        mark = self.marks[show].mark
        if isinstance(mark, Show) and self.marks[target].show is None:
            self.marks[target] = replace(self.marks[target], show=mark)
            self.used.add(show)

    def _backward(self, significant: list[int]) -> bool:
        """``S6 and S7 of Buffy``: a target comes first and a show last."""
        shows = [n for n in significant if isinstance(self.marks[n].mark, Show)]
        if not shows or significant[0] in shows or significant[-1] not in shows:
            return False
        for n in significant:
            if n not in shows:
                self._give(n, next(s for s in shows if s > n))
        self._spread(significant[0], shows[0])
        return True

    def _spread(self, start: int, show: int) -> None:
        """On to the targets before, joined by "and"; titles also over commas, where the show is only a hint."""
        commas = False
        for n in range(start - 1, -1, -1):
            mark = self.marks[n].mark
            commas = commas or mark is Sign.COMMA
            if mark is Sign.HARD or isinstance(mark, Show) or self.marks[n].show is not None:
                return
            if isinstance(mark, Titled) or (isinstance(mark, TARGETS) and not commas):
                self._give(n, show)

    def _forward(self, significant: list[int], carried: int | None) -> int | None:
        own_segment = False
        for n in significant:
            if isinstance(self.marks[n].mark, Show):
                carried, own_segment = n, True
            elif carried is not None:
                self._give(n, carried)
                if not own_segment and self.lore.own and self.marks[carried].mark not in self.lore.own:
                    self.doubtful.add(n)
        return carried

    def _result(self) -> Iterator[Placed]:
        for n, placed in enumerate(self.marks):
            yield replace(placed, bare=isinstance(placed.mark, Show) and n not in self.used)
            if n in self.doubtful and isinstance(placed.mark, (Seasons, Numbered, Edge)):
                # "AtS S1, S4" in a story of Buffy: the second may be of either
                yield Placed(Sign.AND)
                yield Placed(placed.mark)
