"""What stands where: the signs of the query language, without any field."""

from __future__ import annotations

import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ficsearch.query.nodes import All, Any, Everything, Not, Nothing, Query, Typed
from ficsearch.query.parser import MAX_DEPTH, parse


def phrase(text: str, field: str | None = None, **more: object) -> Typed:
    return Typed(text, field, quoted=True, **more)  # type: ignore[arg-type]


a, b, c, d = map(Typed, "abcd")

# fmt: off
SIGNS: list[tuple[str, Query]] = [
    ("", Everything()),
    ("  \t\n ", Everything()),
    ("*", Everything()),
    ("a", a),
    ("a b", All((a, b))),
    ("a AND b", All((a, b))),
    ("a && b", All((a, b))),
    ("a&&b", All((a, b))),
    ("a OR b", Any((a, b))),
    ("a || b", Any((a, b))),
    ("a|b", Any((a, b))),
    ("a OR b c", Any((a, All((b, c))))),
    ("a b OR c d", Any((All((a, b)), All((c, d))))),
    ("(a OR b) c", All((Any((a, b)), c))),
    ("-a", Not(a)),
    ("NOT a", Not(a)),
    ("a -b", All((a, Not(b)))),
    ("a AND NOT b", All((a, Not(b)))),
    ("-(a b)", Not(All((a, b)))),
    ("NOT (a OR b)", Not(Any((a, b)))),
    ('-"a b"', Not(phrase("a b"))),
    ("-a:b", Not(Typed("b", "a"))),
    ("NOT NOT a", a),
    ("-(-a)", a),
    ("-*", Nothing()),
    # operators are capitals and stand alone
    ("a or b", All((a, Typed("or"), b))),
    ("to be or not to be", All((Typed("to"), Typed("be"), Typed("or"), Typed("not")))),
    ("ORlando ANDrew", All((Typed("ORlando"), Typed("ANDrew")))),
    ("well-known", Typed("well-known")),
    ("a - b", All((a, Typed("-"), b))),
    ("a -> b", All((a, Typed("->"), b))),
    ("--a", Typed("--a")),
    ("Buffy&Giles", Typed("Buffy&Giles")),
    ("Willow/Xander", Typed("Willow/Xander")),
    # phrases
    ('"a b"', phrase("a b")),
    ('"a b" c', All((phrase("a b"), c))),
    ("“a b”", phrase("a b")),
    ("„a b“ c", All((phrase("a b"), c))),
    ("«a b» c", All((phrase("a b"), c))),
    ("»a b« c", All((phrase("a b"), c))),
    ('"a b', phrase("a b")),
    ('a "b c', All((a, phrase("b c")))),
    ('"a OR -b"', phrase("a OR -b")),
    (r'"a \"b\" c"', phrase('a "b" c')),
    ('"a b"~5', phrase("a b", slop=5)),
    ('"a b"~ c', All((phrase("a b"), c))),
    ('"a b"* c', All((phrase("a b"), c))),
    ('"don\'t"', phrase("don't")),
    # what hangs on a word
    ("will*", Typed("will", prefix=True)),
    ("will**", Typed("will", prefix=True)),
    ("*ing", Typed("*ing")),
    ("wilow~", Typed("wilow", fuzzy=1)),
    ("wilow~1", Typed("wilow", fuzzy=1)),
    ("wilow~2", Typed("wilow", fuzzy=2)),
    ("wilow~9", Typed("wilow", fuzzy=2)),
    ("wilow~0.8", Typed("wilow", fuzzy=1)),
    ("~", Typed("~")),
    # fields
    ("a:b", Typed("b", "a")),
    ("a: b", Typed("b", "a")),
    ('a:"b c"', phrase("b c", "a")),
    ('a: "b c"~3', phrase("b c", "a", slop=3)),
    ("a:b*", Typed("b", "a", prefix=True)),
    ("a:*", Typed("", "a", prefix=True)),
    ("a:b:c", Typed("b:c", "a")),
    ("a:-b", Typed("-b", "a")),
    ("a:>b", Typed("b", "a", ">")),
    ("a:<=b", Typed("b", "a", "<=")),
    ("a:<= b", Typed("b", "a", "<=")),
    ('a:>="b c"', phrase("b c", "a", sign=">=")),
    ("a=b", Typed("b", "a", "=")),
    ("a:=b", Typed("b", "a", "=")),
    ("a>10", Typed("10", "a", ">")),
    ("a > 10", Typed("10", "a", ">")),
    ("a: >10", Typed("10", "a", ">")),
    ("a:10-20", Typed("10-20", "a")),
    ("a:10..20", Typed("10..20", "a")),
    ("a:1,000-2,000 b", All((Typed("1,000-2,000", "a"), b))),
    ("a:(b c)", All((Typed("b", "a"), Typed("c", "a")))),
    ("a:(b OR -c)", Any((Typed("b", "a"), Not(Typed("c", "a"))))),
    ("a:(b d:c)", All((Typed("b", "a"), Typed("c", "d")))),
    ("a:=(b OR c)", Any((Typed("b", "a", "="), Typed("c", "a", "=")))),
    ("a:", Typed("a:")),
    ("(a:)", Typed("a:")),
    ("a >", All((a, Typed(">")))),
    ("<3", Typed("<3")),
    ("12:30", Typed("12:30")),
    # the order asked for
    ("sort:words", Typed("words", "sort", ">")),
    ("sort:>words", Typed("words", "sort", ">")),
    ("sort:<words", Typed("words", "sort", "<")),
    ("sort:-words", Typed("words", "sort", "<")),
    ("a sorted by: words descending b", All((a, Typed("words", "sort", "<"), b))),
    ("sort:words asc", Typed("words", "sort", ">")),
    ("sort of", All((Typed("sort"), Typed("of")))),
    # half of something
    ("(a", a),
    ("a)", a),
    ("a) b", All((a, b))),
    ("()", Everything()),
    ("a () b", All((a, b))),
    ("a OR", a),
    ("OR a", a),
    ("a OR OR b", Any((a, b))),
    ("a NOT", a),
    ("a NOT OR b", Any((a, b))),
    ("(a NOT) b", All((a, b))),
    ("NOT () a", a),
    ('"', Typed("", quoted=True)),
    ('"a\\', phrase("a\\")),
    ("OR AND NOT", Everything()),
]
# fmt: on


@pytest.mark.parametrize(("text", "tree"), SIGNS)
def test_a_text_is_read_as_this_tree(text: str, tree: Query) -> None:
    assert parse(text) == tree


def test_what_ao3_calls_its_tips_is_read_as_there() -> None:
    assert parse("arthur merlin words>1000 sort:hits") == All(
        (Typed("arthur"), Typed("merlin"), Typed("1000", "words", ">"), Typed("hits", "sort", ">"))
    )
    assert parse('"sherlock (tv)" m/m NOT "sherlock holmes/john watson"') == All(
        (phrase("sherlock (tv)"), Typed("m/m"), Not(phrase("sherlock holmes/john watson")))
    )


SNIPPETS = st.sampled_from(
    ["a", "b:", "c", " ", " ", '"', "“", "(", ")", "-", "NOT ", "OR ", "|", "*", "~", "~2", ">", "<=", "=", ":", "..",
     "7", "\\", "sort:", "é", "\x00", "\u2028"]
)  # fmt: skip


@given(st.text() | st.lists(SNIPPETS, max_size=30).map("".join))
@example("sort by" + " " * 50)
def test_anything_typed_is_a_query(text: str) -> None:
    tree = parse(text)
    assert depth(tree) < 10 * MAX_DEPTH
    assert all(part.strip() in text for part in typed_texts(tree))


@pytest.mark.parametrize(
    "piece", ["(", "-(", "(a OR ", "a:(", ")", '"', "-", "a ", "a:", "NOT ", "a>", "\\", "~1", "sort ", " ", "|", "a"]
)
def test_a_hundred_thousand_letters_of_anything_are_read(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert depth(parse(text)) < sys.getrecursionlimit() // 4


def test_brackets_deeper_than_anybody_means_are_left_out() -> None:
    deep = "(" * 500 + "a OR b" + ")" * 500 + " c"
    assert parse(deep) == All((Any((a, b)), c))


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["a", "-b", '"c d"', "(a OR b)", "e:f"]), min_size=1, max_size=5))
def test_brackets_around_everything_change_nothing(terms: list[str]) -> None:
    text = " ".join(terms)
    assert parse(f"({text})") == parse(f"(({text}))") == parse(f"({text}") == parse(text)


def depth(tree: Query) -> int:
    match tree:
        case All(parts) | Any(parts):
            return 1 + max(map(depth, parts))
        case Not(part):
            return 1 + depth(part)
    return 1


def typed_texts(tree: Query) -> list[str]:
    match tree:
        case All(parts) | Any(parts):
            return [text for part in parts for text in typed_texts(part)]
        case Not(part):
            return typed_texts(part)
        case Typed(text, quoted=False):
            return [text]
    return []
