"""What is wrong with a pack file, line by line: for whoever writes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ficsearch.canon import Character, Episode, Pack, Show
from ficsearch.packs.files import build_pack
from ficsearch.packs.shape import Place, Problem, misshapen, parsed, places
from ficsearch.text import squash


def check(text: str) -> tuple[str, ...]:
    """The problems of the pack written in *text*, each with its line, in the order of the file; () if there are none.

    What cannot be read at all is told alone; once everything can be read, what is merely wrong is told.
    """
    data = parsed(text)
    if isinstance(data, Problem):
        return (str(data),)
    where = places(text)
    problems = misshapen(data, where) or list(_mistakes(build_pack(data), where))
    return tuple(map(str, sorted(problems, key=lambda p: p.line or 0)))


def _mistakes(pack: Pack, where: Mapping[Place, int]) -> Iterator[Problem]:
    codes: dict[str, int] = {}
    for at, show in enumerate(pack.shows):
        if show.code in codes:
            yield Problem(where.get(("show", at)), f"the show '{show.code}' stands twice")
        codes.setdefault(show.code, at)
        for key, numbers in (("shifted", show.shifted), ("halved", show.halved)):
            for number in set(numbers) - set(show.seasons):
                yield Problem(where.get(("show", at, key)), f"'{key}' names season {number}, which is not here")
        yield from _order(show, ("show", at, "episodes"), where)
        yield from _clashes(show, ("show", at, "episodes"), where)
    yield from _people(pack, where)
    yield from _tables(pack, where)


def _order(show: Show, place: Place, where: Mapping[Place, int]) -> Iterator[Problem]:
    """Twice the same code, seasons or numbers that go backwards, and two-parters of one part."""
    seen: dict[str, int] = {}
    before: Episode | None = None
    for at, episode in enumerate(show.episodes):
        line = where.get((*place, at))
        if episode.code in seen:
            yield Problem(
                line, f"episode '{episode.code}' stands twice{_first_on(where.get((*place, seen[episode.code])))}"
            )
        elif before and episode.season and (episode.season, episode.number) < (before.season, before.number):
            yield Problem(line, f"'{episode.code}' stands after '{before.code}': the list is the order of the story")
        seen.setdefault(episode.code, at)
        before = episode if episode.season else before
        if episode.whole and sum(e.whole == episode.whole for e in show.episodes) == 1:
            yield Problem(line, f"'{episode.whole}' has only one part")


def _clashes(show: Show, place: Place, where: Mapping[Place, int]) -> Iterator[Problem]:
    """Names that mean two episodes of one show. Two may have one title, an alias must not be shared."""
    titles = {squash(e.title): e for e in show.episodes}
    names: tuple[Callable[[Episode], tuple[str, ...]], ...] = (lambda e: e.aliases, lambda e: e.inside)
    for names_of in names:
        taken: dict[str, Episode] = dict(titles)
        for at, episode in enumerate(show.episodes):
            for alias in names_of(episode):
                other = taken.setdefault(squash(alias), episode)
                if other is not episode and (other.whole is None or other.whole != episode.whole):
                    what = f"the alias '{alias}' of '{episode.code}' also means '{other.code}'"
                    yield Problem(where.get((*place, at)), what)


def _people(pack: Pack, where: Mapping[Place, int]) -> Iterator[Problem]:
    episodes = {str(e) for show in pack.shows for e in show.episodes}
    seen: dict[str, int] = {}
    for at, person in enumerate(pack.characters):
        line = where.get(("characters", at))
        if person.name in seen:
            yield Problem(
                line, f"'{person.name}' stands twice{_first_on(where.get(('characters', seen[person.name])))}"
            )
        seen.setdefault(person.name, at)
        for code in (person.first, *person.also):
            if code is not None and code not in episodes:
                yield Problem(line, f"'{person.name}' first appears in '{code}', which is no episode here")
        for word in person.words:
            if not _is_called(person, word):
                yield Problem(line, f"'{word}' is in the words of '{person.name}', but is none of the names")


def _tables(pack: Pack, where: Mapping[Place, int]) -> Iterator[Problem]:
    people = {c.name: c for c in pack.characters}
    codes = {s.code for s in pack.shows}
    for name, members in pack.pairings.items():
        yield from _strangers("pairings", name, members, people, where)
        if len(members) < 2:
            yield Problem(where.get(("pairings", name)), f"the pairing '{name}' needs two people")
    for letters, name in pack.initials.items():
        yield from _strangers("initials", letters, [name], people, where)
        show, blank, _ = letters.partition(" ")
        if blank and show not in codes:
            yield Problem(where.get(("initials", letters)), f"[initials] '{letters}': there is no show '{show}' here")
    for called, name in pack.prefer.items():
        yield from _strangers("prefer", called, [name], people, where)
        if name in people and not _is_called(people[name], called):
            yield Problem(where.get(("prefer", called)), f"[prefer] '{called}' is none of the names of '{name}'")


def _strangers(
    table: str, key: str, names: Iterable[str], people: Mapping[str, Character], where: Mapping[Place, int]
) -> Iterator[Problem]:
    for name in names:
        if name not in people:
            yield Problem(where.get((table, key)), f"[{table}] '{key}': nobody here is named '{name}'")


def _is_called(person: Character, name: str) -> bool:
    return squash(name) in map(squash, person.names)


def _first_on(line: int | None) -> str:
    return f" (first on line {line})" if line else ""
