"""Spoiler phrases of every kind of the survey's grammar, over the episodes of a show."""

from __future__ import annotations

from typing import Any

from bench.layouts.world import Rng, Truth, Value, World

DIGITS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _scope(kind: str, **more: Any) -> Truth:
    return {"spoilers": {"kind": kind, **more}}


def spoilers(world: World, rng: Rng) -> list[Value]:
    show = world.show
    code = show.code

    def bound(template: str) -> Value:
        e = rng.choice(world.episodes)
        return Value(
            template, template.format(t=e.title), _scope("through", frontier={code: e.code}, episodes=[str(e)])
        )

    def listed(template: str, count: int) -> Value:
        some = rng.sample(world.episodes, count)
        named = {name: e.title for name, e in zip("abcd", some, strict=False)}
        end = max(some, key=lambda e: e.order)
        return Value(
            template,
            template.format(**named),
            _scope("list", frontier={code: end.code}, episodes=[str(e) for e in some]),
        )

    def season(template: str, n: int, last: int | None = None) -> Value:
        end = world.last(last or n)
        text = template.format(n=n, w=DIGITS[n], W=DIGITS[n].title(), l=last, lw=DIGITS[last or n])
        return Value(template, text, _scope("season", frontier={code: end.code}))

    seasons = [n for n in show.seasons if n <= 12 and n not in show.shifted and n not in show.halved]
    steady = [e for e in world.episodes if e.season in seasons and e.number < 99]
    n = rng.choice(seasons)
    found = [
        bound(t)
        for t in (
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
    ]
    found += [
        listed(t, k)
        for t, k in (
            ("{a}", 1),
            ('"{a}"', 1),
            ("{a}.", 1),
            ("{a}, {b}", 2),
            ("{a}, {b}, {c}", 3),
            ('"{a}", "{b}"', 2),
            ("{a} and {b}", 2),
            ("{a}; {b}", 2),
            ("{a} & {b}", 2),
            ("{a}, {b} and {c}", 3),
            ("Minor for {a}", 1),
            ("slight for {a}", 1),
            ("Major spoilers for {a}", 1),
            ("small ones for {a}", 1),
            ("Set during {a}", 1),
            ("missing scene for {a}", 1),
            ("tag to {a}", 1),
            ("Coda to {a}", 1),
            ("{a} (minor)", 1),
            ("{a}, minor ones for {b}", 2),
            ("'{a}'", 1),
            ("AU from {a}", 1),
            ("mainly {a}", 1),
            ("{a}/{b}", 2),
            ("spoilers for {a}", 1),
            ("possible for {a}", 1),
            ("vague for {a}, {b}", 2),
            ("HUGE for {a}", 1),
            ("{a} + {b}", 2),
            ("the episode {a}", 1),
        )
    ]
    found += [
        season(t, n)
        for t in (
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
    ]
    found.append(
        Value("through season {n}", f"through season {n}", _scope("through", frontier={code: world.last(n).code}))
    )
    found.append(
        Value(
            "Up to the end of season {n}",
            f"Up to the end of season {n}",
            _scope("through", frontier={code: world.last(n).code}),
        )
    )
    found.append(
        Value(
            "no spoilers beyond S{n}",
            f"no spoilers beyond S{n}",
            _scope("through", frontier={code: world.last(n).code}),
        )
    )
    if n > 1 and n - 1 in seasons:
        found += [
            season(t, n - 1, n)
            for t in (
                "seasons {n}-{l}",
                "S{n}-{l}",
                "Seasons {n} and {l}",
                "seasons {w} to {lw}",
                "all of season {w} and some of {lw}",
                "seasons {n} & {l}",
            )
        ]
    if steady:
        e = rng.choice(steady)
        numbers = (
            f"{e.season}x{e.number:02d}",
            f"S{e.season:02d}E{e.number:02d}",
            f"s{e.season:02d}e{e.number:02d}",
            f"{e.season}.{e.number:02d}",
            f"season {e.season}, episode {e.number}",
            f"{e.season}X{e.number:02d}",
        )
        kinds = ("3x13", "S05E03", "s05e03", "3.09", "season 3, episode 13", "3X13")
        truth = _scope("list", frontier={code: e.code}, episodes=[str(e)])
        found += [Value(k, text, truth) for k, text in zip(kinds, numbers, strict=True)]
        found.append(Value("3x13 Title", f"{numbers[0]} {e.title}", truth))
        found.append(Value('3x13 "Title"', f'{numbers[0]} "{e.title}"', truth))
        found.append(Value("Title (3x13)", f"{e.title} ({numbers[0]})", truth))
        found.append(Value("through 3x13", f"through {numbers[0]}", _scope("through", frontier={code: e.code})))
        found.append(
            Value(
                'Up through 5.12 "T"',
                f'Up through {numbers[3]} "{e.title}"',
                _scope("through", frontier={code: e.code}),
            )
        )
    end = show.episodes[-1].code
    found += [
        Value(t, t, _scope("all", frontier={code: end}))
        for t in (
            "Everything",
            "Everything.",
            "The whole series",
            "the entire series",
            "all of it",
            "Everything in the show",
        )
    ]
    found += [
        Value(t, t, _scope("none"))
        for t in (
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
    ]
    found += [
        Value(t, t, _scope("unknown"))
        for t in (
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
    ]
    return found
