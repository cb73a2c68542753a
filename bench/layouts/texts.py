"""Values of several sentences: summaries, notes, disclaimers, and what is only swallowed."""

from __future__ import annotations

from collections.abc import Callable

from bench.layouts.world import Rng, Value, World


def _long(kind: str, text: str, key: str) -> Value:
    truth = {key: text} if key == "summary" else {key: [text]} if key == "notes" else {"never": [text]}
    return Value(kind, text, truth)


def summaries(world: World, rng: Rng) -> list[Value]:
    e = rng.choice(world.episodes)
    p = world.nickname(world.people[0])
    texts = {
        "one line": f"{p} finds a lamp in the cellar and nobody will say whose it is.",
        "fragment": "A lamp, a ladder, and two people who ought to know better",
        "question": "What if the boat had been on time?",
        "two lines": f"{p} finds a lamp in the cellar and nobody will say whose it is. By the time that the "
        f"rain stops, all of them have lied about it twice.",
        "five lines": f"{p} finds a lamp in the cellar and nobody will say whose it is. By the time that the "
        f"rain stops, all of them "
        "have lied about it twice, the good cups are gone, and somebody has been to the harbour and back "
        "without a coat. There is a "
        "letter, of course. There is always a letter. This one has no stamp, and the hand is that of a woman "
        "whom nobody has seen since "
        "the spring in which the old bakery burned and the river came up as far as the church.",
        "colon": f"Three things that {p} never said: hello, sorry, and goodbye.",
        "quotes": f'"You might have told me," {p} said. Five times that nobody did.',
        "quoted inside": f'{p} has a plan. It is called "the plan" and it has three parts.',
        "label inside": f"{p} reads the disclaimer on the box. The rating: two stars out of five.",
        "label first word": "Spoilers for dinner, lies for breakfast. A day in the kitchen.",
        "episode named": f'What happened after "{e.title}", and who paid for the window.',
        "dashes": "A lamp - a ladder - and a lie. Not necessarily in that order.",
        "number": "100 words on the matter of the missing glove.",
        "rating-like": "PG rated nonsense about a boat.",
    }
    return [_long(kind, text, "summary") for kind, text in texts.items()]


def notes(world: World, rng: Rng) -> list[Value]:
    e = rng.choice(world.episodes)
    texts = {
        "one line": "My first one, so be gentle.",
        "thanks": "Thanks to Ana for the beta and the biscuits.",
        "episode": f"This came out of watching {e.title} once too often.",
        "two sentences": "Written in one night. Unbetaed, so all mistakes are mine.",
        "long": "This was going to be a drabble and then it was not. I blame the rain, and the train that did "
        "not come, and the "
        "woman on platform two who hummed the same four notes for an hour. All mistakes are mine; all the good "
        "commas are hers.",
        "colon": "Two things: I do not know boats, and I do not care.",
        "quotes": 'The line "nobody will wait for me" is from an old song.',
        "list name": "First posted to the Lanternlist in 1999.",
        "challenge": "For the ladder challenge, which asked for a ladder, a lie and a lemon.",
    }
    return [_long(kind, text, "notes") for kind, text in texts.items()]


DISCLAIMERS = (
    "Not mine.",
    "I own nothing.",
    "They belong to other people; I only borrow them.",
    "Don't own them, don't sue.",
    "All characters belong to their creators and the studio. No money is being made and no infringement is intended.",
    "The usual: not mine, never were, never will be. I have nothing, so please do not sue. You would only get "
    "two cats and a "
    "bicycle with one wheel.",
    "The people in this story belong to those who made them up, and who have lawyers. I am a poor student with "
    "a lamp and a pencil. "
    "I promise to put them back where I found them, washed and mended, before anybody comes home. No money has "
    "changed hands, no "
    "infringement is meant, and any likeness to persons living or dead is the fault of the rain. The plot, such "
    "as it is, and the "
    "dog are mine. Please ask before you take the dog.",
    "Characters: theirs. Story: mine. Money: none.",
    "See part one.",
    "If I owned them, would I be writing this?",
)


def disclaimers(world: World, rng: Rng) -> list[Value]:
    kinds = (
        "two words",
        "three words",
        "semicolon",
        "imperative",
        "two sentences",
        "two lines",
        "six lines",
        "colons",
        "see part one",
        "question",
    )
    return [_long(kind, text, "disclaimer") for kind, text in zip(kinds, DISCLAIMERS, strict=True)]


def swallowed(*texts: str) -> Callable[[World, Rng], list[Value]]:
    return lambda world, rng: [
        Value(text[:20], text, {"never": [text]} if len(text.split()) > 2 else {}) for text in texts
    ]
