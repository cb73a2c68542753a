"""Pairings and characters in every way of writing them, over the people of a show."""

from __future__ import annotations

from bench.layouts.world import Rng, Value, World
from ficsearch.canon import Character

_ASIDES = (
    "{}/{} (implied)",
    "implied {}/{}",
    "past {}/{}",
    "{}/{} UST",
    "mentions of {}/{}",
    "{}/{} if you squint",
    "{}/{}.",
    "eventual {}/{}",
    "one-sided {}/{}",
    "[{}/{}]",
    "{}/{} (sort of)",
    "{}/{} friendship",
    "hints of {}/{}",
    "background {}/{}",
    "{}/{}, eventually",
    "{}/{} - of course!",
    "{}/{}, implied",
)
_NOBODY = ("none", "None", "gen", "no pairings", "nobody", "N/A", "None.")


def pairings(world: World, rng: Rng) -> list[Value]:
    found: list[Value] = []

    def pair(kind: str, template: str, count: int = 2, romance: bool = True, nick: bool = True) -> None:
        found.append(_pair(world, rng.sample(world.people, count), Value(kind, template), romance, nick))

    for nick in (False, True):
        way = "nick" if nick else "full"
        pair(f"A/B {way}", "{}/{}", nick=nick)
        pair(f"A / B {way}", "{} / {}", nick=nick)
        pair(f"A x B {way}", "{} x {}", nick=nick)
        pair(f"A & B {way}", "{} & {}", romance=False, nick=nick)
        pair(f"A/B, C/D {way}", "{}/{}, {}/{}", 4, nick=nick)
    pair("A + B", "{} + {}", romance=False)
    pair("A/B/C", "{}/{}/{}", 3)
    pair("A/B; C/D", "{}/{}; {}/{}", 4)
    pair("A/B and C/D", "{}/{} and {}/{}", 4)
    for text in _ASIDES:
        pair(text, text, romance="friendship" not in text)
    pair("A/B, C/D (past)", "{}/{}, {}/{} (past)", 4)
    found += [Value(word, word, {"pairings": [], "friendships": []}) for word in _NOBODY]
    pack = next(p for p in world.packs.packs if world.show in p.shows)
    for name, people in pack.pairings.items():
        alone = world.packs.pairing(name, [world.show.fandom])
        if alone == people and name.isalpha() and len(name) > 4:
            found.append(Value("portmanteau", name, {"pairings": [list(people)]}))
            break
    return found


def _pair(world: World, people: list[Character], form: Value, romance: bool, nick: bool) -> Value:
    """*people* in *form*, by twos or, when there are three, all together."""
    names = [world.nickname(p) if nick else p.name for p in people]
    size = 3 if len(people) == 3 else 2
    groups = [[p.name for p in people[at : at + size]] for at in range(0, len(people), size)]
    key, other = ("pairings", "friendships") if romance else ("friendships", "pairings")
    return Value(form.kind, form.text.format(*names), {key: groups, other: []})


def characters(world: World, rng: Rng) -> list[Value]:
    found = []
    for kind, join in (("A, B", ", "), ("A; B", "; "), ("A and B", " and "), ("A & B", " & ")):
        people = rng.sample(world.people, 2)
        found.append(Value(f"{kind} full", join.join(p.name for p in people), {"characters": [p.name for p in people]}))
        found.append(
            Value(f"{kind} nick", join.join(map(world.nickname, people)), {"characters": [p.name for p in people]})
        )
    three = rng.sample(world.people, 3)
    names = [world.nickname(p) for p in three]
    found.append(Value("A, B and C", f"{names[0]}, {names[1]} and {names[2]}", {"characters": [p.name for p in three]}))
    found.append(
        Value("A, B, and C", f"{names[0]}, {names[1]}, and {names[2]}", {"characters": [p.name for p in three]})
    )
    found.append(Value("A", names[0], {"characters": [three[0].name]}))
    found.append(Value("A, B.", f"{names[0]}, {names[1]}.", {"characters": [p.name for p in three[:2]]}))
    return found
