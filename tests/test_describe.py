"""Trees told to a person, and written so that they can be typed again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ficsearch.packs import Packs
from ficsearch.query import bind, describe, parse, relaxations, write
from ficsearch.query.build import all_of, any_of, not_, one_of
from ficsearch.query.nodes import All, Any, Everything, Name, Not, Nothing, OneOf, Query, Typed, Words
from trees import trees

a, b, c = (Words((letter,)) for letter in "abc")


# fmt: off
TOLD: list[tuple[str, str, str]] = [
    ("", "all stories", "*"),
    ("rating:<general", "no stories", "-*"),
    ("willow xander", "stories with 'willow' and 'xander'", "willow xander"),
    ("a b c", "stories with 'a', 'b' and 'c'", "a b c"),
    ("a OR b OR c", "stories with 'a', 'b' or 'c'", "a OR b OR c"),
    ("a OR (b c)", "stories either with 'a' or (with 'b' and 'c')", "a OR b c"),
    ("(a OR b) c", "stories with 'c', with 'a' or 'b'", "(a OR b) c"),
    ("(a OR rating:r) c", "stories with 'c', (either with 'a' or rated Mature)", "(a OR rating:=mature) c"),
    ("-a", "stories without 'a'", "-a"),
    ("-(a b)", "stories not (with 'a' and 'b')", "-(a b)"),
    ("well-known", "stories with 'well known'", "well-known"),
    ('"The Zeppo" "Q"', "stories with the phrase 'the zeppo' and exactly 'q'", '"the zeppo" "q"'),
    ('"a b"~3', "stories with 'a' and 'b' with at most 3 other words among them", '"a b"~3'),
    ("will* wilow~2", "stories with a word that begins with 'will' and a word like 'wilow'", "will* wilow~2"),
    ("title:home -author:ann", "stories with 'home' in the title, without 'ann' in the author",
     "title:home -author:ann"),
    ('willow "the zeppo" rating:<=PG-13 -by:="Ann Other"',
     "stories with 'willow' and the phrase 'the zeppo', rated at most Teen, not by Ann Other",
     'willow "the zeppo" rating:<=teen -author:="Ann Other"'),
    ("rating:>=R", "stories rated at least Mature", "rating:>=mature"),
    ("rating:(G OR R)", "stories rated General or Mature", "rating:=(general OR mature)"),
    ("rating:unrated", "stories without a rating", "rating:=not_rated"),
    ("spoilers:none", "stories without spoilers", "spoilers:=none"),
    ("spoilers:unknown", "stories whose spoilers are not stated", "spoilers:=unknown"),
    ('spoilers:="BtVS 3x13"', "stories with spoilers for BtVS 3x13", 'spoilers:="BtVS 3x13"'),
    ("lang:fr", "stories in French", "language:=fr"),
    ("complete:yes", "stories with status Complete", "status:=complete"),
    ("genre:=(f OR e OR d OR c OR b OR a)", "stories tagged a, b, c, d or 2 others",
     "genre:=(a OR b OR c OR d OR e OR f)"),
    ("series:* -author:*", "stories with anything in the series, without anything in the author", "series:* -author:*"),
    ("words>1000", "stories of at least 1,001 words", "words:1001.."),
    ("words:..1k", "stories of at most 1,000 words", "words:..1000"),
    ("words:1k..2k", "stories of 1,000 to 2,000 words", "words:1000..2000"),
    ("chapters:1", "stories of 1 chapter", "chapters:1"),
    ("words:*", "stories with the words known", "words:*"),
    ("date:2001", "stories published in 2001", "date:2001"),
    ("date:2001-05-30", "stories published on 2001-05-30", "date:2001-05-30"),
    ("date:2001-05..2002", "stories published from 2001-05 to 2002", "date:2001-05..2002"),
    ("date:>2001", "stories published in 2002 or later", "date:2002.."),
    ("date:<2001", "stories published in 2000 or earlier", "date:..2000"),
    (r'genre:="James \"Bucky\" Barnes"', 'stories tagged James "Bucky" Barnes', r'genre:="James \"Bucky\" Barnes"'),
]
# fmt: on


@pytest.mark.parametrize(("text", "sentence", "written"), TOLD)
def test_a_query_is_told_and_written(text: str, sentence: str, written: str) -> None:
    query = bind(parse(text), Packs([])).query
    assert describe(query) == sentence
    assert write(query) == written


@settings(max_examples=200)
@given(trees())
def test_any_tree_can_be_told_and_written(tree: Query) -> None:
    assert describe(tree)
    parse(write(tree))


def test_what_is_not_bound_cannot_be_written() -> None:
    with pytest.raises(TypeError, match="not bound"):
        write(Typed("a"))


@pytest.mark.parametrize(
    ("built", "expected"),
    [
        (all_of([]), Everything()),
        (all_of([a]), a),
        (all_of([a, Everything(), a, All((b, c))]), All((a, b, c))),
        (all_of([a, Nothing()]), Nothing()),
        (any_of([]), Nothing()),
        (any_of([a, Nothing(), Any((b, a))]), Any((a, b))),
        (any_of([a, Everything()]), Everything()),
        (
            any_of([Name("r", "rating"), a, OneOf(frozenset("gr"), "rating")]),
            Any((OneOf(frozenset("gr"), "rating"), a)),
        ),
        (any_of([Name("r", "rating"), Name("r", "rating")]), Name("r", "rating")),
        (not_(a), Not(a)),
        (not_(Not(a)), a),
        (not_(Everything()), Nothing()),
        (not_(Nothing()), Everything()),
        (one_of([], "rating"), Nothing()),
        (one_of(["r"], "rating"), Name("r", "rating")),
    ],
)
def test_equal_questions_are_equal_trees(built: Query, expected: Query) -> None:
    assert built == expected


def test_each_constraint_can_be_dropped() -> None:
    query = bind(parse('willow -xander rating:R (a OR "b c")'), Packs([])).query
    assert [(text, write(rest)) for text, rest in relaxations(query)] == [
        ("willow", '-xander rating:=mature (a OR "b c")'),
        ("-xander", 'willow rating:=mature (a OR "b c")'),
        ("rating:=mature", 'willow -xander (a OR "b c")'),
        ('a OR "b c"', "willow -xander rating:=mature"),
    ]


@pytest.mark.parametrize("query", [Everything(), a, Any((a, b)), Not(All((a, b)))])
def test_a_query_of_one_constraint_has_nothing_to_drop(query: Query) -> None:
    assert relaxations(query) == []
