"""From marks to what a phrase says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from ficsearch.canon import Show
from ficsearch.spoilers.marks import Edge, Mark, Numbered, Seasons, Target, Unknown
from ficsearch.spoilers.reading import Reach, Reading, Statement, Whole
from ficsearch.spoilers.words import Sign


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark with the show it belongs to; a show is ``bare`` when no target belongs to it."""

    mark: Mark
    show: Show | None = None
    bare: bool = False


def read_marks(marks: Iterable[Placed]) -> Reading:
    """What the marks of a phrase say together."""
    grammar = _Grammar()
    for placed in marks:
        grammar.take(placed)
    grammar.take(Placed(Sign.HARD))
    return grammar.reading


@dataclass
class _Clause:
    """What has been said since the last stroke."""

    none: bool = False
    all: bool = False
    aired: bool = False
    ignoring: bool = False
    staged: bool = False
    great: bool = False
    strange: int = 0
    targets: int = 0
    shows: list[Show] = field(default_factory=list)

    @property
    def heading(self) -> bool:
        """Only a show so far: "TW: none" goes on after the colon."""
        return bool(self.shows) and not (self.none or self.all or self.aired or self.targets)


class _Grammar:
    """Takes marks one by one. A bound holds until a comma, and past it while nothing was bound yet."""

    def __init__(self) -> None:
        self.reading = Reading()
        self.clause = _Clause()
        self.bound: Reach | None = None
        self.used = True
        self.idle = False  # may the bound stay without an episode: "and all before"?
        self.loose = False
        self.between = 0  # how many ends of "between" are still to come
        self.denied = False  # did the clause before say "none"?
        self.follows = False  # can what comes now say how far the last statement goes?
        self.listed = False  # may what comes now be left out as well: "ignores S6 and S7"?

    def take(self, placed: Placed) -> None:
        mark = placed.mark
        if self.listed and isinstance(mark, (Sign, Unknown)):
            self._end_clause()
        self.listed = False
        if isinstance(mark, Sign):
            _HANDLERS.get(mark, _Grammar._pass)(self)
        elif isinstance(mark, Unknown):
            self._strange(mark.text)
        elif isinstance(mark, Show):
            self.clause.shows += [mark] if placed.bare else []
        else:
            self._target(mark, placed.show)

    def _strange(self, text: str) -> None:
        """A word nobody can place, unless it is about what the story leaves out: "S7 (no comics)"."""
        if text and self.clause.none and self.reading.statements:
            self.reading.hedged = True
        elif not self.clause.ignoring:
            self.reading.unclear.append(text)
            self.clause.strange += 1

    def _pass(self) -> None:
        pass

    def _target(self, target: Target, show: Show | None) -> None:
        self.clause.targets += 1
        if self.clause.none or self.clause.ignoring:
            self.reading.hedged = self.used = True
            return
        if self.between and isinstance(target, (Seasons, Numbered)) and len(target.numbers) > 1:
            self._state(replace(target, numbers=(min(target.numbers),)), show)
            target = replace(target, numbers=(max(target.numbers),))
        self._state(target, show)

    def _state(self, target: Target, show: Show | None) -> None:
        target = self._in_season(target)
        reach = Reach.NAMED if self.loose and isinstance(target, Seasons) else self.bound or Reach.NAMED
        if self.between:
            reach = Reach.NAMED if self.between == 2 else Reach.BEFORE
            self.between -= 1
        self.reading.statements.append(Statement(target, reach, show))
        self.used = self.follows = True
        self.loose = False

    def _in_season(self, target: Target) -> Target:
        """``S3 up to ep 12``, ``season 2, the finale``: an episode of the season just named."""
        last = self.reading.statements[-1].target if self.reading.statements else None
        if not isinstance(last, Seasons) or len(last.numbers) != 1 or last.numbers[0] < 0:
            return target
        if isinstance(target, Edge) and target.last and (self.bound is Reach.THROUGH or not self.follows):
            return target  # "season 2 through the finale", "season 2 and the finale" may end with the show
        if isinstance(target, (Numbered, Edge)) and target.season is None:
            return replace(target, season=last.numbers[0])
        return target

    def _bind(self, reach: Reach) -> None:
        self.bound, self.used, self.follows, self.idle = reach, False, False, False

    def _limit(self, reach: Reach) -> None:
        """A bound that may say how far into the season just named the story goes: "season 6, up to Wrecked"."""
        if self.follows:
            self.reading.statements[-1] = replace(self.reading.statements[-1], begins=True)
        self._bind(reach)

    # the signs

    def _through(self) -> None:
        if self.clause.none:
            self._strange("")
        self._limit(Reach.THROUGH)

    def _after(self) -> None:
        staged = not (self.clause.all or self.clause.none or self.clause.ignoring)
        self._later(Reach.ONWARD if self.clause.all else Reach.THROUGH)
        self.clause.staged |= staged  # "after The Gift but before Bargaining" says where the story is set

    def _past(self) -> None:
        self._later(Reach.THROUGH if self.clause.staged else Reach.ONWARD)

    def _later(self, reach: Reach) -> None:
        """What comes later is given away, or begins there; "nothing later" is a bound, and may say no more."""
        clause = self.clause
        denied = clause.none or clause.ignoring
        if denied and clause.great:  # "nothing major past X" leaves room for something small
            self._strange("")
        self._bind(Reach.THROUGH if denied else reach)
        self.idle = denied
        clause.all = clause.none = clause.ignoring = False

    def _before(self) -> None:
        if self.clause.none:
            self._strange("")
        self._limit(Reach.BEFORE if self.clause.staged else Reach.UNTIL)
        self.clause.all, self.idle = False, True

    def _pre(self) -> None:
        if self.clause.none:
            self._strange("")
        self._limit(Reach.BEFORE)

    def _between(self) -> None:
        self._limit(Reach.THROUGH)
        self.between = 2

    def _to(self) -> None:
        if self.follows:
            self._limit(Reach.THROUGH)

    def _onward(self) -> None:
        if self.reading.statements and self.follows:
            self.reading.statements[-1] = replace(self.reading.statements[-1], reach=Reach.ONWARD)

    def _none(self) -> None:
        self.clause.none = True

    def _all(self) -> None:
        self.clause.all = True

    def _aired(self) -> None:
        self.clause.aired = True

    def _now(self) -> None:
        if self.follows:
            self._onward()
        else:
            self._aired()

    def _ignoring(self) -> None:
        self.clause.ignoring = True

    def _ignored(self) -> None:
        """ "Comics ignored": nobody needs to know what it is. An episode that is named counts all the same."""
        if not self.clause.targets and self.clause.strange:
            del self.reading.unclear[-self.clause.strange :]
            self.clause.strange = 0
        self.clause.ignoring = True

    def _but(self) -> None:
        """ "None but X" is X; "everything but X" is everything."""
        if self.clause.none:
            self.clause.none, self.reading.hedged = False, True
        elif self.clause.all and not self.clause.targets:
            self._end_clause()
            self.clause.ignoring = True

    def _except(self) -> None:
        """ "S3 except for a line about Chosen" gives that away too, and whatever else the exception is."""
        clause, told = self.clause, bool(self.reading.statements) and not self.denied
        if self.used and (clause.targets or told) and not (clause.none or clause.all or clause.ignoring):
            self._end_clause()
            self._bind(Reach.NAMED)
        else:
            self._without()

    def _without(self) -> None:
        if not self.used and self.bound in (Reach.THROUGH, Reach.UNTIL):
            self.bound = Reach.BEFORE
        elif self.idle and self.bound is Reach.THROUGH:  # "nothing after Hush except Chosen"
            self._end_clause()
            self.bound = None
        elif self.clause.none or self.clause.all:
            self._but()
        elif not self.denied:
            self.clause.ignoring = True

    def _staged(self) -> None:
        self.clause.staged = True

    def _loose(self) -> None:
        self.loose = self.loose or not self.used
        self._great()

    def _vague(self) -> None:
        self.reading.hedged = True

    def _great(self) -> None:
        self.reading.hedged = self.clause.great = True

    def _earlier(self) -> None:
        """ "The Gift, and everything before it" is all up to it."""
        if self.clause.all:
            self._widen_last()
        self.clause.all = False

    def _widen_last(self) -> None:
        last = self.reading.statements[-1] if self.reading.statements else None
        if last and last.reach is Reach.NAMED and not isinstance(last.target, Seasons):
            self.reading.statements[-1] = replace(last, reach=Reach.THROUGH)

    def _unclear(self) -> None:
        self._strange("")

    # strokes

    def _and(self) -> None:
        if self.clause.ignoring and self.clause.targets:
            self.listed = True
        elif not (self.clause.none and self.clause.shows):
            self._end_clause()
        self.follows = False

    def _either(self) -> None:
        self.reading.either = True
        self._and()

    def _or(self) -> None:
        if not (self.clause.none or self.clause.ignoring):
            self._end_clause()
        self.follows = False

    def _slash(self) -> None:
        """ "none/S3": the third season, or none to speak of. "No S6/S7 spoilers" goes on."""
        if self.clause.none and not (self.clause.targets or self.clause.shows or self.clause.great):
            self._end_clause()
        self._or()

    def _comma(self) -> None:
        if self.used:  # "up to, and including, X" is not over yet
            self._end_clause()
            self.bound = None

    def _colon(self) -> None:
        if not self.clause.heading:
            self._comma()

    def _hard(self) -> None:
        self._end_clause()
        if not self.used and self.idle and self.bound is Reach.THROUGH:
            self._widen_last()  # "Harbinger, nothing after"
        if not self.used and self.bound is Reach.ONWARD:
            self.reading.wholes.append(Whole())
        elif not (self.used or self.idle):
            self.reading.unclear.append("")
        self.bound, self.used, self.between, self.follows, self.loose = None, True, 0, False, False

    def _end_clause(self) -> None:
        clause, self.clause = self.clause, _Clause()
        self.denied = clause.none and not clause.targets
        if clause.targets:
            if clause.all and self.bound is Reach.THROUGH and not self.used:  # "Hush thru end of series"
                self.reading.wholes.append(Whole())
                self.used = True
            return
        self.reading.hedged |= clause.none and clause.aired
        before = clause.shows and self.bound is Reach.BEFORE and not self.used  # "pre-Buffy"
        if clause.none or before:
            self.used = self.used or bool(before)
            self.reading.cleared += clause.shows
            self.reading.none |= not clause.shows
        elif (clause.all or clause.aired or clause.shows) and not clause.strange:
            self.used = True  # "up to the end of the series" is all of it
            shows = clause.shows or (None,)
            self.reading.wholes += [Whole(show, clause.aired) for show in shows]


_HANDLERS: dict[Sign, Callable[[_Grammar], None]] = {
    Sign.THROUGH: _Grammar._through,
    Sign.AFTER: _Grammar._after,
    Sign.PAST: _Grammar._past,
    Sign.BEFORE: _Grammar._before,
    Sign.PRE: _Grammar._pre,
    Sign.BETWEEN: _Grammar._between,
    Sign.TO: _Grammar._to,
    Sign.ONWARD: _Grammar._onward,
    Sign.NONE: _Grammar._none,
    Sign.ALL: _Grammar._all,
    Sign.AIRED: _Grammar._aired,
    Sign.NOW: _Grammar._now,
    Sign.IGNORING: _Grammar._ignoring,
    Sign.IGNORED: _Grammar._ignored,
    Sign.BUT: _Grammar._but,
    Sign.EXCEPT: _Grammar._except,
    Sign.WITHOUT: _Grammar._without,
    Sign.SET: _Grammar._staged,
    Sign.LOOSE: _Grammar._loose,
    Sign.VAGUE: _Grammar._vague,
    Sign.GREAT: _Grammar._great,
    Sign.EARLIER: _Grammar._earlier,
    Sign.UNCLEAR: _Grammar._unclear,
    Sign.AND: _Grammar._and,
    Sign.EITHER: _Grammar._either,
    Sign.OR: _Grammar._or,
    Sign.SLASH: _Grammar._slash,
    Sign.COMMA: _Grammar._comma,
    Sign.CLOSE: _Grammar._comma,
    Sign.OPEN: _Grammar._colon,
    Sign.COLON: _Grammar._colon,
    Sign.DASH: _Grammar._colon,
    Sign.HARD: _Grammar._hard,
}
