"""Cases: a file that was composed of fields, a layout and a body, with what is true of it.

Each dimension at its own, the rest ordinary; then all of them by chance. What the notes leave open is not judged.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.layouts.labels import LABELS, USUAL
from bench.layouts.prose import BODIES, Body
from bench.layouts.shapes import Item, Shape
from bench.layouts.surrounds import LAYOUTS
from bench.layouts.values import VALUES
from bench.layouts.world import Rng, Value, World, world_of
from ficsearch.packs import Packs

ORDINARY = ("title", "author", "fandom", "rating", "pairing", "spoilers", "summary", "disclaimer")
OFTEN = (
    *("notes", "feedback", "archive", "characters", "warnings", "genre", "status", "published", "series", "timeline"),
    *("email", "dedication", "beta", "challenge", "words", "language"),
)
_PLAIN_KINDS = {
    "title": ("plain",),
    "author": ("plain",),
    "rating": ("PG", "PG-13", "R", "NC-17", "G"),
    "spoilers": ("{a}", "Through {t}", "Season {n}", "None"),
    "pairing": ("A/B nick", "A/B full"),
    "summary": ("one line", "two lines"),
    "disclaimer": ("imperative", "two sentences"),
    "notes": ("one line",),
    "published": ("May 2, 1999",),
    "status": ("Complete", "WIP"),
    "genre": ("Angst", "Drama, Humor"),
    "warnings": ("Character death", "Violence, language"),
    "characters": ("A, B nick",),
    "series": ("plain",),
}
_BESIDE_BY = ("plain", "and", "&", "<mail>", "(mail)", "in capitals")
"""Kinds of authors that a person reads in a line ``by X``."""


@dataclass(frozen=True, slots=True)
class Case:
    """``cells`` are the dimensions that it stands for; ``truth`` has the keys of the golden set, and ``body``."""

    cells: tuple[str, ...]
    text: str
    body: str
    truth: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Composer:
    """Composes files of one story, in a world, by chance of *rng*; what is not asked for is ordinary."""

    packs: Packs
    rng: Rng
    world: World

    def ordinary(self, name: str) -> Value:
        values = VALUES[name](self.world, self.rng)
        kinds = _PLAIN_KINDS.get(name)
        some = [v for v in values if kinds is None or v.kind in kinds] or values
        return values[0] if name == "fandom" else self.rng.choice(some)

    def case(
        self,
        cells: Sequence[str],
        layout: str = "1 plain",
        body: Body | None = None,
        fields: Sequence[str] = ORDINARY,
        labels: Mapping[str, str] | None = None,
        values: Mapping[str, Value] | None = None,
    ) -> Case:
        given = {k: v for k, v in (values or {}).items() if _fits(k, v, layout)}
        body = body or BODIES[0](self.rng)
        if layout == "14 each part" and body.chapters != ("",):
            body = BODIES[0](self.rng)
        named = USUAL | dict(labels or {})
        items = [Item(f, named[f], given[f] if f in given else self.ordinary(f)) for f in _in_order(fields)]
        shape = LAYOUTS[layout](items, body, self.rng)
        return Case(tuple(cells), shape.text, str(shape.more.get("body", body.text)), _truth(items, shape, body))


def _fits(name: str, value: Value, layout: str) -> bool:
    if name == "author" and (layout.startswith(("10 ", "15 ")) or "signed" in layout):
        return value.kind in _BESIDE_BY
    return not (name == "title" and layout == "14 each part" and value.kind[0] in "([")


def _in_order(fields: Sequence[str]) -> list[str]:
    head = [f for f in ("title", "author", "email", "fandom") if f in fields]
    return [*head, *(f for f in fields if f not in head)]


def _truth(items: Sequence[Item], shape: Shape, body: Body) -> dict[str, Any]:
    """What is true of the story by the fields that the layout still tells."""
    truth: dict[str, Any] = {"never": []}
    fields = {item.field for item in items}
    for item in items:
        told = {} if item.field in shape.lost else item.value.truth
        truth["never"] += told.get("never", ())
        second = item.field == "title" and "status" in fields  # a label for it goes before the title's "(1/?)"
        truth |= {k: v for k, v in told.items() if k != "never" and not (k == "status" and second)}
    timeline = next((i.value.text for i in items if i.field == "timeline"), "")
    if truth.get("spoilers", {}).get("kind") == "none" and timeline not in ("", "pre-series"):
        del truth["spoilers"]  # "none", and set after an episode: that one is given away
    if "status" in shape.lost:
        truth.pop("status", None)
    if "chapters" not in shape.lost and "body" not in shape.more:
        truth["chapters"] = [title.rstrip(".") for title in body.chapters]
    return truth


def _composer(packs: Packs, seed: str) -> Composer:
    rng = random.Random(seed)
    return Composer(packs, rng, world_of(packs, rng))


def _with(name: str) -> tuple[str, ...]:
    return ORDINARY if name in ORDINARY else (*ORDINARY, name)


def by_label(packs: Packs, seed: int, each: int) -> Iterator[Case]:
    for name, labels in LABELS.items():
        for label in labels:
            for n in range(each):
                composer = _composer(packs, f"{seed} label {name} {label} {n}")
                yield composer.case([f"label {name}: {label}"], fields=_with(name), labels={name: label})


def by_value(packs: Packs, seed: int, each: int) -> Iterator[Case]:
    for n in range(each):
        composer = _composer(packs, f"{seed} value {n}")
        for name, make in VALUES.items():
            for value in make(composer.world, composer.rng):
                yield composer.case([f"value {name}: {value.kind}"], fields=_with(name), values={name: value})


def by_layout(packs: Packs, seed: int, each: int) -> Iterator[Case]:
    for layout in LAYOUTS:
        for number, make in enumerate(BODIES):
            for n in range(each):
                composer = _composer(packs, f"{seed} layout {layout} {number} {n}")
                body = make(composer.rng)
                fields = (*ORDINARY, *composer.rng.sample(OFTEN, 3 * (n % 2)))
                yield composer.case([f"layout {layout}", f"body {body.kind}"], layout, body, fields)


_STRANGE = 3
"""Fields of a file with a chance value, and fields with a chance label."""


def by_chance(packs: Packs, seed: int, count: int) -> Iterator[Case]:
    for n in range(count):
        composer = _composer(packs, f"{seed} chance {n}")
        rng, world = composer.rng, composer.world
        layout = rng.choice(list(LAYOUTS))
        body = rng.choice(BODIES)(rng)
        sure = [f for f in ORDINARY if f in ORDINARY[:4] or rng.random() < 0.85]
        fields = [*sure, *rng.sample(OFTEN, rng.randint(0, 6))]
        values = {f: rng.choice(VALUES[f](world, rng)) for f in rng.sample(fields, _STRANGE)}
        labels = {f: rng.choice(LABELS[f]) for f in rng.sample(fields, _STRANGE)}
        cells = [f"chance layout {layout}", f"chance body {body.kind}"]
        cells += [f"chance value {f}: {v.kind}" for f, v in values.items()]
        cells += [f"chance label {f}: {label}" for f, label in labels.items()]
        yield composer.case(cells, layout, body, fields, labels, values)
