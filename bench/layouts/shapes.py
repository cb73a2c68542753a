"""Layouts of the survey: a header and a body -> a file, and which of the header's fields it still tells."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from bench.layouts.prose import Body
from bench.layouts.world import Rng, Value


@dataclass(frozen=True, slots=True)
class Item:
    """One field of a header."""

    field: str
    label: str
    value: Value


@dataclass(frozen=True)
class Shape:
    """How a file was laid out. ``lost`` are fields that the layout does not tell any more; ``kept`` overrides what is
    true of the story (several titles, a second summary)."""

    text: str
    lost: frozenset[str] = frozenset()
    more: dict[str, object] = field(default_factory=dict)


Layout = Callable[[Sequence[Item], Body, Rng], Shape]
RULES = (
    "***",
    "---",
    "~~~",
    "* * *",
    "<><>",
    "==========",
    "------------------------------",
    "~*~*~*~",
    "*****",
    "#",
    "________",
    "+++",
    "-=-=-=-=-",
    "oOo",
)
LONG = frozenset(("summary", "notes", "disclaimer", "feedback", "archive", "challenge", "dedication"))


def line(item: Item, sign: str = ": ") -> str:
    return f"{item.label}{sign}{item.value.text}"


def wrap(text: str, width: int = 72, indent: str = "") -> str:
    return "\n".join(
        textwrap.wrap(text, width, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)
    )


def below(rng: Rng, body: Body, rules: bool | None = None) -> str:
    """What parts a header from the story: a rule, or blank lines where the story does not begin like a label."""
    ruled = rng.random() < 0.6 if rules is None else rules
    return (
        f"\n\n{rng.choice(RULES)}\n\n"
        if ruled or body.begins_like_label
        else rng.choice(("\n\n", "\n\n\n", "\n\n\n\n"))
    )


def joined(lines: Sequence[str], body: Body, rng: Rng, between: str = "\n", rules: bool | None = None) -> Shape:
    return Shape(between.join(lines) + below(rng, body, rules) + body.text + "\n")


def plain(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([line(i) for i in items], body, rng)


def blank_between(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([line(i) for i in items], body, rng, "\n\n", True)


def two_blank_between(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([line(i) for i in items], body, rng, "\n\n\n", True)


def capitals(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label.upper()}: {i.value.text}" for i in items], body, rng)


def lower_labels(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label.lower()}: {i.value.text}" for i in items], body, rng)


def padded(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    column = max(len(i.label) for i in items) + 3
    return joined([wrap(f"{i.label + ':':<{column}}{i.value.text}", 72, " " * column) for i in items], body, rng)


def padded_capitals(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    column = max(len(i.label) for i in items) + 3
    return joined(
        [wrap(f"{i.label.upper() + ':':<{column}}{i.value.text}", 72, " " * column) for i in items], body, rng
    )


def tabbed(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label}:\t{i.value.text}" for i in items], body, rng)


def right_aligned(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    column = max(len(i.label) for i in items)
    return joined([f"{i.label:>{column}}: {i.value.text}" for i in items], body, rng)


def indented(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined(["  " + line(i) for i in items], body, rng)


def wrapped_flush(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([wrap(line(i)) for i in items], body, rng)


def wrapped_blank(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([wrap(line(i)) for i in items], body, rng, "\n\n", True)


def wrapped_indent(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([wrap(line(i), 72, "    ") for i in items], body, rng)


def _signed(sign: str) -> Layout:
    def layout(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
        return joined([line(i, sign) for i in items], body, rng)

    return layout


def mixed_dashes(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([line(i, rng.choice((" - ", " – ", "- ", " — ", ": "))) for i in items], body, rng)


def dots(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label} {'.' * (22 - len(i.label))} {i.value.text}" for i in items], body, rng)


_BARE = frozenset(
    (
        "Title",
        "Author",
        "Rating",
        "Pairing",
        "Summary",
        "Disclaimer",
        "Spoilers",
        "Fandom",
        "Warnings",
        "Feedback",
        "Archive",
        "Characters",
        "Genre",
        "Category",
        "Rated",
        "Content Warnings",
        "Distribution",
    )
)


def no_sign(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    """Bold labels lost: only labels that the survey met so."""
    kept = [i for i in items if i.label in _BARE]
    lost = frozenset(i.field for i in items if i not in kept)
    if "fandom" in lost:
        lost |= {"spoilers", "pairing", "characters"}
    shape = joined([line(i, " ") for i in kept], body, rng, rules=True)
    return Shape(shape.text, lost)


def two_blanks(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([line(i, "  ") for i in items], body, rng)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def one_line(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([" ".join(_capital(line(i)) for i in items)], body, rng)


def one_paragraph(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([wrap(" ".join(_capital(line(i)) for i in items))], body, rng, rules=True)


def several_on_line(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    short = [i for i in items if i.field not in LONG]
    long = [i for i in items if i.field in LONG]
    rows = ["   ".join(_capital(line(i)) for i in short[n : n + 2]) for n in range(0, len(short), 2)]
    return joined([*rows, *(line(i) for i in long)], body, rng)


def piped(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    short = [i for i in items if i.field not in LONG]
    long = [i for i in items if i.field in LONG]
    return joined([" | ".join(line(i) for i in short), *(line(i) for i in long)], body, rng)


def two_lines(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label}:\n{i.value.text}" for i in items], body, rng, rules=True)


def two_lines_gap(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label}:\n{i.value.text}" for i in items], body, rng, "\n\n", True)


def two_lines_indent(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"{i.label}:\n   {i.value.text}" for i in items], body, rng, rules=True)


def _bullets(sign: str) -> Layout:
    def layout(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
        return joined([sign + line(i) for i in items], body, rng)

    return layout


def some_bullets(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([rng.choice(("• ", "")) + line(i) for i in items], body, rng)


def _marked(before: str, after: str) -> Layout:
    def layout(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
        return joined([f"{before}{i.label}{after} {i.value.text}" for i in items], body, rng)

    return layout


def whole_bold(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([f"*{line(i)}*" if i.field not in LONG else line(i) for i in items], body, rng)


def box_of_rules(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    rule = rng.choice(("=" * 60, "-" * 60, "*" * 60, "~" * 40, "#" * 40))
    return Shape("\n".join((rule, *(wrap(line(i)) for i in items), rule)) + "\n\n" + body.text + "\n")


def box_of_pipes(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    lines = [part for i in items for part in wrap(line(i), 66).split("\n")]
    edge = "+" + "-" * 70 + "+"
    return Shape("\n".join((edge, *(f"| {one:<68} |" for one in lines), edge)) + "\n\n" + body.text + "\n")


def box_of_stars(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    lines = [part for i in items for part in wrap(line(i), 66).split("\n")]
    return Shape("\n".join(("*" * 72, *(f"* {one:<68} *" for one in lines), "*" * 72)) + "\n\n" + body.text + "\n")


def rules_inside(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    half = len(items) // 2
    rule = "-" * 40
    return joined([*(line(i) for i in items[:half]), rule, *(line(i) for i in items[half:])], body, rng, rules=True)


LABELLED: dict[str, Layout] = {
    "1 plain": plain,
    "1 blank between": blank_between,
    "1 two blanks between": two_blank_between,
    "2 capitals": capitals,
    "2 lower": lower_labels,
    "3 padded": padded,
    "3 padded capitals": padded_capitals,
    "3 tabbed": tabbed,
    "3 right": right_aligned,
    "3 indented": indented,
    "3 wrapped flush": wrapped_flush,
    "3 wrapped, blank between": wrapped_blank,
    "3 wrapped indent": wrapped_indent,
    "4 ' - '": _signed(" - "),
    "4 '- '": _signed("- "),
    "4 ' – '": _signed(" – "),
    "4 ' — '": _signed(" — "),
    "4 '—'": _signed("—"),
    "4 '--'": _signed("--"),
    "4 ' -- '": _signed(" -- "),
    "4 ' = '": _signed(" = "),
    "4 ' ~ '": _signed(" ~ "),
    "4 mixed": mixed_dashes,
    "4 dots": dots,
    "4 no blank": _signed(":"),
    "4 '::'": _signed(":: "),
    "4 ':-'": _signed(":- "),
    "5 space colon": _signed(" : "),
    "5 wide colon": _signed("   :   "),
    "6 none": no_sign,
    "6 two blanks": two_blanks,
    "7 one line": one_line,
    "7 one paragraph": one_paragraph,
    "7 two on a line": several_on_line,
    "7 piped": piped,
    "8 two lines": two_lines,
    "8 two lines, gap": two_lines_gap,
    "8 two lines, indent": two_lines_indent,
    "9 •": _bullets("• "),
    "9 *": _bullets("* "),
    "9 -": _bullets("- "),
    "9 o": _bullets("o "),
    "9 some •": some_bullets,
    "9 >": _bullets("> "),
    "9 ~": _bullets("~"),
    "9 +": _bullets("+ "),
    "9 1.": _bullets("» "),
    "b **x:**": _marked("**", ":**"),
    "b **x**:": _marked("**", "**:"),
    "b *x:*": _marked("*", ":*"),
    "b *x*:": _marked("*", "*:"),
    "b _x_:": _marked("_", "_:"),
    "b _x:_": _marked("_", ":_"),
    "b [b]": _marked("[b]", ":[/b]"),
    "b [b]:": _marked("[b]", "[/b]:"),
    "b __x:__": _marked("__", ":__"),
    "b [x]": _marked("[", "]"),
    "b [x]:": _marked("[", "]:"),
    "b <x>": _marked("<", ">"),
    "b ~x~": _marked("~", "~"),
    "b =x=": _marked("=", "="),
    "b **x**": _marked("**", "**"),
    "b *x*": _marked("*", "*"),
    "b _x_": _marked("_", "_"),
    "b -x-": _marked("-", "-"),
    "x stars": box_of_stars,
    "b whole": whole_bold,
    "b #x:": _marked("# ", ":"),
    "x rules": box_of_rules,
    "x pipes": box_of_pipes,
    "x rule inside": rules_inside,
}
"""By the number that the layout has in the survey; b: bold marks, x: a box."""
