"""From statements to episodes: which ones a target means in this story."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ficsearch.canon import Episode, Show
from ficsearch.spoilers.lore import Lore
from ficsearch.spoilers.marks import Edge, Inside, Numbered, Seasons, Target, Titled, Volumes
from ficsearch.spoilers.reading import Reach, Reading, Statement, Whole


@dataclass(frozen=True, slots=True)
class Given:
    """What one statement gives away in one show: ``last`` is the frontier, ``named`` the episodes it names,
    ``seasons`` the seasons, ``before`` the episode before all of these. ``last`` None: it promises that nothing is
    given away."""

    show: Show
    reach: Reach
    last: Episode | None
    named: tuple[Episode, ...] = ()
    seasons: tuple[int, ...] = ()
    before: Episode | None = None


def resolve(reading: Reading, lore: Lore) -> tuple[list[Given], bool]:
    """What the statements give away, and whether every one of them could be placed."""
    resolver = Resolver(reading, lore)
    statements = [_whole_season(s, resolver) for s in reading.statements]
    found = [[_careful(s, g) for g in resolver.given(s)] for s in statements]
    given = [g for n, gs in enumerate(found) for g in gs if not _only_begun(g, statements[n], found[n + 1 :])]
    return given, all(found)


def _whole_season(statement: Statement, resolver: Resolver) -> Statement:
    """``4.5`` gives away the season where fans of the show may mean its half."""
    target = statement.target
    shows = (statement.show,) if statement.show else resolver.spoken_of
    if isinstance(target, Numbered) and target.half and any(target.season in s.halved for s in shows):
        return replace(statement, target=Seasons((target.season or 0,)))
    return statement


def _careful(statement: Statement, given: Given) -> Given:
    """Where guides count a season in two ways, a number gives away the episode of either count, so the later one."""
    if not (isinstance(statement.target, Numbered) and given.last and given.last.season in given.show.shifted):
        return given
    following = [e for e in given.show.season(given.last.season) if e.order > given.last.order]
    return replace(given, last=following[0]) if following else given


def _only_begun(given: Given, statement: Statement, following: Sequence[Sequence[Given]]) -> bool:
    """Is this a season of which the next statement tells how far: "season 6, up to Wrecked"?"""
    if not (statement.begins and given.seasons and following):
        return False
    return any(n.show is given.show and n.last and n.last.season in given.seasons for n in following[0])


def last_aired(show: Show, date: str | None) -> Episode:
    """The last episode that had been shown by *date*; of a show without dates, or without a date, the very last.

    Undated episodes between one that had been shown and one that had not count as shown.
    """
    dated = [e for e in show.episodes if e.aired]
    shown = [e for e in dated if date and e.aired and e.aired <= date]
    if not shown:
        return show.episodes[-1]
    last = shown[-1]
    later = next((e for e in dated if e.order > last.order), None)
    return show.episodes[(later.order if later else len(show.episodes) + 1) - 2]


def shows_meant(whole: Whole, lore: Lore, reading: Reading, given: Iterable[Given]) -> tuple[Show, ...]:
    """The shows of "everything": the one named, else those of the story, else those spoken of besides."""
    if whole.show is not None:
        return (whole.show,)
    mentioned = dict.fromkeys(g.show.code for g in given)
    shows = lore.main or tuple(lore.packs.shows[code] for code in mentioned)
    return tuple(s for s in shows if s not in reading.cleared)


Meant = tuple[Show, tuple[Episode, ...], tuple[int, ...]]
"""A show, the episodes meant there, and the seasons where whole seasons are meant."""


class Resolver:
    """Says which episodes a statement means, in the light of all that the phrase says."""

    def __init__(self, reading: Reading, lore: Lore) -> None:
        self.reading = reading
        self.lore = lore
        self.spoken_of: tuple[Show, ...] = lore.main or self._mentioned()

    def _mentioned(self) -> tuple[Show, ...]:
        """In a story of no known fandom: the shows that other parts of the phrase fix, if of one universe."""
        shows = [s.show for s in self.reading.statements if s.show] + [w.show for w in self.reading.wholes if w.show]
        for statement in () if self.lore.strange else self.reading.statements:
            codes = {e.show for e in statement.target.episodes} if isinstance(statement.target, Titled) else ()
            shows += [self.lore.packs.shows[c] for c in codes] if len(codes) == 1 else []
        return tuple(dict.fromkeys(s for s in shows)) if len({s.universe for s in shows}) == 1 else ()

    def given(self, statement: Statement) -> list[Given]:
        """What *statement* gives away, show by show; [] if nobody knows: a season may be of the show without a pack."""
        if self.lore.strange and statement.show is None and not isinstance(statement.target, Titled):
            return []
        return [_given(statement.reach, *meant) for meant in self._meant(statement.target, statement.show)]

    def _meant(self, target: Target, hint: Show | None) -> list[Meant]:
        shows = (hint,) if hint else self.spoken_of
        match target:
            case Titled(text, episodes):
                meant = self._nearest(hint, lambda show: tuple(e for e in episodes if e.show == show.code))
                return meant + self._films(text, meant)
            case Inside(key):
                inside = self.lore.packs.inside_titles
                return self._nearest(hint, lambda s: _evening(s, inside([s]).get(key, ())), anywhere=False)
            case Seasons(numbers):
                return _seasons(numbers, shows)
            case Numbered(season, numbers):
                return _each(shows, lambda show: _numbered(show, season, numbers))
            case Edge(season, last):
                return _each(shows, lambda show: _edge(show, season, last))
            case Volumes(kind, numbers):
                volumes = [s for s in (shows if hint else self.lore.near) if s.kind == kind]
                return _each(volumes, lambda show: _volumes(show, numbers))

    def _films(self, text: str, meant: list[Meant]) -> list[Meant]:
        """Who names First Contact, an episode of TNG, may mean the film of its crew. Books are not their films."""
        films = self.lore.titles.entries.get(f"{text} film", ())
        if not meant or any(show.kind != "series" for show, _, _ in meant):
            return []
        others = {e.show for e in films} - {show.code for show, _, _ in meant}
        return [(self.lore.packs.shows[c], tuple(e for e in films if e.show == c), ()) for c in others]

    def _nearest(
        self, hint: Show | None, named: Callable[[Show], tuple[Episode, ...]], anywhere: bool = True
    ) -> list[Meant]:
        """In the nearest circle of shows that knows the name. Every show of the story may be meant, and the reader
        must have seen it in each; beyond those, a name that two shows have is nobody's."""
        for every, circle in self._circles(hint, anywhere):
            if found := _each(circle, named):
                return found if every or len(found) == 1 else []
        return []

    def _circles(self, hint: Show | None, anywhere: bool) -> Iterator[tuple[bool, Iterable[Show]]]:
        """The circles of shows, the nearest first; may all of a circle be meant at once?

        A show that is named but does not know the title says that none of the story's own must be meant. Where the
        fandoms are known, what no show of their universes knows may be anything: another story, a show without a
        pack.
        """
        universes = {s.universe for s in self.spoken_of} | ({hint.universe} if hint else set())
        near = [s for s in self.lore.packs.shows.values() if s.universe in universes]
        if hint:
            yield False, [hint]
        else:
            yield True, self.lore.main
            yield False, self.lore.own
        yield False, near
        if anywhere and not (self.lore.own or self.lore.strange):
            yield False, self.lore.packs.shows.values()


def _each(shows: Iterable[Show], named: Callable[[Show], tuple[Episode, ...]]) -> list[Meant]:
    return [(show, episodes, ()) for show in shows if (episodes := named(show))]


def _seasons(numbers: Sequence[int], shows: Sequence[Show]) -> list[Meant]:
    """The seasons in each show that has them; nothing if one of them is in no show."""
    found = [(show, tuple(n for m in numbers if (n := _season(show, m)))) for show in shows]
    known = {m for show, _ in found for m in numbers if _season(show, m)}
    if not known.issuperset(numbers):
        return []
    return [(show, tuple(e for n in ns for e in show.season(n)), ns) for show, ns in found if ns]


def _season(show: Show, number: int) -> int:
    """Season *number* of *show*, its last for -1; 0 if there is none."""
    seasons = [n for n in show.seasons if n]
    if number < 0:
        return seasons[-1] if seasons else 0
    return number if number in seasons else 0


def _numbered(show: Show, season: int | None, numbers: Sequence[int]) -> tuple[Episode, ...]:
    if season is None and (len(show.seasons) != 1 or show.kind == "films"):  # Episode I is the fourth film
        return ()
    episodes = show.season(show.seasons[0] if season is None else season)
    found = {e.number: e for e in episodes} | {n - len(episodes): e for n, e in enumerate(episodes)}
    return tuple(found[n] for n in numbers) if found.keys() >= set(numbers) else ()


def _edge(show: Show, season: int | None, last: bool) -> tuple[Episode, ...]:
    number = _season(show, season) if season else 0
    if season and not number:
        return ()
    episodes = show.season(number) if number else [e for e in show.episodes if e.season] or show.episodes
    if last:
        return (episodes[-1],)
    return _evening(show, [e for e in episodes if e is episodes[0] or _part_of(episodes[0], e)])


def _part_of(first: Episode, other: Episode) -> bool:
    return first.whole is not None and other.whole == first.whole


def _evening(show: Show, episodes: Sequence[Episode]) -> tuple[Episode, ...]:
    """The opening of a show, with what was shown with it as one: the pilot of Buffy is The Harvest too."""
    last = episodes[-1] if episodes else None
    following = show.episodes[last.order : last.order + 1] if last and last.aired else ()
    opens = bool(episodes) and episodes[0] in (show.episodes[0], *(s[0] for n in show.seasons if (s := show.season(n))))
    return (*episodes, *(e for e in following if opens and last and e.aired == last.aired))


def _volumes(show: Show, numbers: Sequence[int]) -> tuple[Episode, ...]:
    return tuple(show.episodes[n - 1] for n in numbers) if max(numbers) <= len(show.episodes) else ()


def _given(reach: Reach, show: Show, episodes: Sequence[Episode], seasons: tuple[int, ...]) -> Given:
    """What a statement that means these *episodes* of *show* gives away there."""
    named = () if seasons else tuple(episodes)
    first, last = (pick(episodes, key=lambda e: e.order) for pick in (min, max))
    before = show.episodes[first.order - 2] if first.order > 1 else None
    if reach is Reach.BEFORE:
        return Given(show, reach, _before_last(show, episodes), before=before)
    if reach is Reach.ONWARD:
        after = tuple(n for n in show.seasons if n >= min(seasons)) if seasons else ()
        return Given(show, reach, show.episodes[-1], named, after)
    return Given(show, reach, last, named, seasons, before)


def _before_last(show: Show, episodes: Sequence[Episode]) -> Episode | None:
    """The episode before the last run of *episodes*: "pre-Serenity" may be before the film."""
    orders = {e.order for e in episodes}
    first = max(orders)
    while first - 1 in orders:
        first -= 1
    return show.episodes[first - 2] if first > 1 else None
