"""Pairings and characters in every way of writing them, over the people of a show."""

from __future__ import annotations

from bench.layouts.world import Rng, Value, World


def pairings(world: World, rng: Rng) -> list[Value]:
    found: list[Value] = []

    def pair(kind: str, template: str, count: int = 2, romance: bool = True, nick: bool = True) -> None:
        people = rng.sample(world.people, count)
        names = [world.nickname(p) if nick else p.name for p in people]
        groups = (
            [[people[i].name, people[i + 1].name] for i in range(0, count - 1, 2)]
            if count != 3
            else [[p.name for p in people]]
        )
        key, other = ("pairings", "friendships") if romance else ("friendships", "pairings")
        found.append(Value(kind, template.format(*names), {key: groups, other: []}))

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
    for text in (
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
    ):
        pair(text, text, romance="friendship" not in text)
    pair("A/B, C/D (past)", "{}/{}, {}/{} (past)", 4)
    nobody = ("none", "None", "gen", "no pairings", "nobody", "N/A", "None.")
    found += [Value(word, word, {"pairings": [], "friendships": []}) for word in nobody]
    pack = next(p for p in world.packs.packs if world.show in p.shows)
    for name, people in pack.pairings.items():
        alone = world.packs.pairing(name, [world.show.fandom])
        if alone == people and name.isalpha() and len(name) > 4:
            found.append(Value("portmanteau", name, {"pairings": [list(people)]}))
            break
    return found


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
