"""Bodies of stories: our own sentences, put together by chance, in the kinds that people begin a story with."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Callable
from dataclasses import dataclass

PLAIN = """
The lamp had been out for an hour before anyone noticed.
Rain came in under the door and nobody moved to stop it.
She counted the cups twice and came to a different number each time.
There was a key under the third stone, where there had always been a key.
He had walked from the station with his coat over his arm.
The kettle began to sing and then thought better of it.
Nothing in the letter said that he should come, and still he had come.
They sat on the steps until the streetlights went on, one after the other.
Somebody had painted the fence green since the spring.
It was too late for the bus and too early for the milk.
The dog looked at both of them as if one would have to explain.
In the end it was the smallest of the boxes that would not close.
Her hands were cold and the bread was still warm.
The road went down to the water and stopped there without a sign.
He read the last page again, slowly, with a finger under the words.
Two windows were lit in the house across the street, and then one.
All morning the tide had been bringing in pieces of blue wood.
It took them most of the night to find the other glove.
The clock in the hall was right twice a day and proud of it.
She had meant to say something and found that she had said it.
Snow lay along the wires and on the roof of the old bakery.
The man at the desk wrote down their names without looking up.
From the hill you could see the whole of the harbour and a bit of the next.
He folded the map the wrong way and put it back in the glovebox.
""".strip().split("\n")
SPOKEN = """
"You might have told me," she said.
"Not before breakfast," he said, and reached for the salt.
"Is that the good knife?"
"It was," said the girl on the stairs.
"I thought you had gone home."
"Wait," he said. "Listen to that."
"Nobody lives there any more," she answered.
"Then who keeps the garden?"
""".strip().split("\n")
VERSE = """
The lamps go out along the quay
The boats come home by one and two
And nobody will wait for me
As I have never waited for you
""".strip().split("\n")


@dataclass(frozen=True, slots=True)
class Body:
    """A story's text. ``chapters`` are the titles of its chapters, in order; ``[""]`` where it has none."""

    kind: str
    text: str
    chapters: tuple[str, ...] = ("",)
    begins_like_label: bool = False


Rng = random.Random


def paragraph(rng: Rng, sentences: int = 4) -> str:
    return " ".join(rng.sample(PLAIN, sentences))


def prose(rng: Rng, paragraphs: int = 4) -> str:
    told = [n % 2 == 0 or rng.random() < 0.5 for n in range(paragraphs)]
    found = [paragraph(rng, rng.randint(2, 5)) if prose else rng.choice(SPOKEN) for prose in told]
    return "\n\n".join((*found, paragraph(rng, 3)))


def _plain(rng: Rng) -> Body:
    return Body("prose", prose(rng))


def _dialogue(rng: Rng) -> Body:
    said = "\n\n".join(rng.sample(SPOKEN, 3))
    return Body("dialogue first", f"{said}\n\n{prose(rng)}")


def _letter(rng: Rng) -> Body:
    return Body("letter", f"Dear Thomas,\n\n{prose(rng)}\n\nYours, as ever,\n\nMaud")


def _screenplay(rng: Rng) -> Body:
    said = [f"{('MAUD', 'TOM')[n % 2]}: {rng.choice(PLAIN)}" for n in range(8)]
    return Body("screenplay", "\n\n".join(("INT. KITCHEN - NIGHT", *said, paragraph(rng, 3))))


def _date_line(rng: Rng) -> Body:
    line = rng.choice(
        ("14 November, evening", "Lisbon, 1887", "Tuesday, 3:15 a.m.", "October 12, 1962", "The harbour, dawn")
    )
    return Body("date line", f"{line}\n\n{prose(rng)}")


def _verse(rng: Rng) -> Body:
    return Body("verse", "\n".join(VERSE) + f"\n\n{prose(rng)}")


def _breaks(rng: Rng) -> Body:
    sign = rng.choice(("* * *", "***", "~~~~~", "-----", "#"))
    return Body("scene break", f"{prose(rng, 2)}\n\n{sign}\n\n{prose(rng, 2)}")


def _one_chapter(rng: Rng) -> Body:
    head = rng.choice(("Chapter One", "Chapter 1", "Prologue", "Part One", "CHAPTER ONE", "Chapter 1: Coal"))
    return Body("chapter head", f"{head}\n\n{prose(rng)}", (head,))


def _chapters(rng: Rng) -> Body:
    heads = rng.choice(
        (
            ("Chapter One", "Chapter Two", "Chapter Three"),
            ("Chapter 1: Coal", "Chapter 2: Tin", "Chapter 3: Salt"),
            ("Part One", "Part Two"),
            ("I.", "II.", "III."),
            ("Prologue", "Chapter 1", "Epilogue"),
            ("CHAPTER I", "CHAPTER II"),
        )
    )
    return Body("chapters", "\n\n\n".join(f"{head}\n\n{prose(rng, 3)}" for head in heads), heads)


def _label_like(rng: Rng) -> Body:
    line = rng.choice(
        (
            "Note to self: never lend a ladder to a man with a plan.",
            "Warning lights went on all along the board, one after the other, and nobody looked up.",
            "Time was the one thing that they had plenty of, that summer.",
            "Words failed her, as they often did before noon.",
            "Question: what do you do with a boat that does not want the water?",
            "Rule number one: never count the cups.",
            "Summary executions had gone out of fashion by the time that the colonel was born.",
            "Set into the wall there was a door that nobody had a key for.",
            "By the time she came home the bread was gone.",
        )
    )
    return Body("label-like line", f"{line}\n\n{prose(rng)}", begins_like_label=True)


def _indented(rng: Rng) -> Body:
    return Body("indented", "\n".join("    " + wrapped(block, 66) for block in prose(rng).split("\n\n")))


def _wrapped(rng: Rng) -> Body:
    return Body("wrapped", "\n\n".join(wrapped(block, 70) for block in prose(rng).split("\n\n")))


def _short(rng: Rng) -> Body:
    return Body("drabble", f"{paragraph(rng, 6)}")


def wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False))


BODIES: tuple[Callable[[Rng], Body], ...] = (
    _plain,
    _dialogue,
    _letter,
    _screenplay,
    _date_line,
    _verse,
    _breaks,
    _one_chapter,
    _chapters,
    _label_like,
    _indented,
    _wrapped,
    _short,
)
