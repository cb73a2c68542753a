"""Spoiler phrases of every kind of the survey's grammar, over the episodes of a show."""

from __future__ import annotations

from typing import Any

from bench.layouts.world import Rng, Truth, Value, World
from ficsearch.canon import Episode

_DIGITS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BOUNDS = (
    "Through {t}",
    "Up through {t}",
    "up to {t}",
    "up to and including {t}",
    'Up to "{t}"',
    "everything up to {t}",
    "Everything through {t}",
    "thru {t}",
    "all eps up to {t}",
    "Post {t}",
    "post-{t}",
    'Post "{t}"',
    "anything before {t}",
    "None past {t}",
    "nothing after {t}",
    "none after {t}",
    "No spoilers past {t}",
    "until {t}",
    "as of {t}",
    "anything up to {t}",
    "Everything up to and including '{t}'",
    "Everything up until {t}",
    "Takes place after {t}",
    "set after {t}",
    "Spoilers through {t}",
    "through {t}.",
    "nothing newer than {t}",
    "takes place just after {t}",
)
_LISTS = (
    "{a}",
    '"{a}"',
    "{a}.",
    "{a}, {b}",
    "{a}, {b}, {c}",
    '"{a}", "{b}"',
    "{a} and {b}",
    "{a}; {b}",
    "{a} & {b}",
    "{a}, {b} and {c}",
    "Minor for {a}",
    "slight for {a}",
    "Major spoilers for {a}",
    "small ones for {a}",
    "Set during {a}",
    "missing scene for {a}",
    "tag to {a}",
    "Coda to {a}",
    "{a} (minor)",
    "{a}, minor ones for {b}",
    "'{a}'",
    "AU from {a}",
    "mainly {a}",
    "{a}/{b}",
    "spoilers for {a}",
    "possible for {a}",
    "vague for {a}, {b}",
    "HUGE for {a}",
    "{a} + {b}",
    "the episode {a}",
)
_SEASONS = (
    "Season {n}",
    "season {w}",
    "Season {W}",
    "S{n}",
    "all of season {w}",
    "Spoilers for season {n}",
    "season {n}.",
    "General season {n}",
    "anything in season {n}",
    "early season {n}",
    "Season {n} in general",
    "most of season {n}",
)
_SEVERAL = (
    "seasons {n}-{l}",
    "S{n}-{l}",
    "Seasons {n} and {l}",
    "seasons {w} to {lw}",
    "all of season {w} and some of {lw}",
    "seasons {n} & {l}",
)
_TO_THE_END = ("through season {n}", "Up to the end of season {n}", "no spoilers beyond S{n}")
_NUMBERS = {
    "3x13": "{s}x{e:02d}",
    "S05E03": "S{s:02d}E{e:02d}",
    "s05e03": "s{s:02d}e{e:02d}",
    "3.09": "{s}.{e:02d}",
    "season 3, episode 13": "season {s}, episode {e}",
    "3X13": "{s}X{e:02d}",
    "3x13 Title": "{s}x{e:02d} {t}",
    '3x13 "Title"': '{s}x{e:02d} "{t}"',
    "Title (3x13)": "{t} ({s}x{e:02d})",
}
_NUMBERED_BOUNDS = {"through 3x13": "through {s}x{e:02d}", 'Up through 5.12 "T"': 'Up through {s}.{e:02d} "{t}"'}
_ALL = (
    "Everything",
    "Everything.",
    "The whole series",
    "the entire series",
    "all of it",
    "Everything in the show",
)
_NONE = (
    "None",
    "None.",
    "none",
    "nope",
    "n/a",
    "N/A",
    "none that I can think of",
    "None, really",
    "pre-series",
    "No",
    "none.",
    "no spoilers",
    "NONE",
)
_UNKNOWN = (
    "general",
    "minor",
    "some",
    "small ones here and there",
    "you'll see",
    "Erm",
    "If you haven't seen it by now, tough",
    "probably",
    "?",
)


def spoilers(world: World, rng: Rng) -> list[Value]:
    """A phrase of every kind, each with what it gives away."""
    show = world.show
    seasons = [n for n in show.seasons if n <= 12 and n not in show.shifted and n not in show.halved]
    steady = [e for e in world.episodes if e.season in seasons and e.number < 99]
    n = rng.choice(seasons)
    found = [_bound(world, template, rng) for template in _BOUNDS]
    found += [_list(world, template, rng) for template in _LISTS]
    found += [_season(world, template, n) for template in _SEASONS]
    through = _scope("through", frontier={show.code: world.last(n).code})
    found += [Value(template, template.format(n=n), through) for template in _TO_THE_END]
    found += [_season(world, template, n - 1, n) for template in _SEVERAL] if n - 1 in seasons else []
    found += _numbered(world, rng.choice(steady)) if steady else []
    found += [Value(t, t, _scope("all", frontier={show.code: show.episodes[-1].code})) for t in _ALL]
    found += [Value(t, t, _scope("none")) for t in _NONE]
    return found + [Value(t, t, _scope("unknown")) for t in _UNKNOWN]


def _scope(kind: str, **more: Any) -> Truth:
    return {"spoilers": {"kind": kind, **more}}


def _bound(world: World, template: str, rng: Rng) -> Value:
    e = rng.choice(world.episodes)
    truth = _scope("through", frontier={world.show.code: e.code}, episodes=[str(e)])
    return Value(template, template.format(t=e.title), truth)


def _list(world: World, template: str, rng: Rng) -> Value:
    some = rng.sample(world.episodes, template.count("{"))
    text = template.format(**{name: e.title for name, e in zip("abc", some, strict=False)})
    end = max(some, key=lambda e: e.order)
    return Value(template, text, _scope("list", frontier={world.show.code: end.code}, episodes=[str(e) for e in some]))


def _season(world: World, template: str, n: int, last: int | None = None) -> Value:
    text = template.format(n=n, w=_DIGITS[n], W=_DIGITS[n].title(), l=last, lw=_DIGITS[last or n])
    return Value(template, text, _scope("season", frontier={world.show.code: world.last(last or n).code}))


def _numbered(world: World, e: Episode) -> list[Value]:
    frontier = {world.show.code: e.code}
    listed, through = _scope("list", frontier=frontier, episodes=[str(e)]), _scope("through", frontier=frontier)
    kinds = [(kind, form, listed) for kind, form in _NUMBERS.items()]
    kinds += [(kind, form, through) for kind, form in _NUMBERED_BOUNDS.items()]
    return [Value(kind, form.format(s=e.season, e=e.number, t=e.title), truth) for kind, form, truth in kinds]
