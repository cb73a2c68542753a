"""What a query means: names become fields, words what they stand for, and whatever is not understood is said."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.fields import FIELDS, Field
from ficsearch.packs import Packs, read_pack
from ficsearch.query import Bound, bind, describe, parse, write
from ficsearch.query.bind import MAX_WORDS
from ficsearch.query.nodes import (
    All,
    Any,
    Between,
    Everything,
    Fuzzy,
    Name,
    Near,
    Not,
    Nothing,
    OneOf,
    Prefix,
    Query,
    Sort,
    Typed,
    Words,
)

BUFFYVERSE = """
universe = "buffyverse"
names = ["Buffyverse"]
characters = [
  { name = "Buffy Summers", first = "BtVS 1x01", aliases = ["Buffy"] },
  { name = "Willow Rosenberg", first = "BtVS 1x01", aliases = ["Willow"] },
  { name = "Xander Harris", first = "BtVS 1x01", aliases = ["Xander"] },
  { name = "Cordelia Chase", first = "BtVS 1x01", aliases = ["Cordy", "Cordelia"] },
  { name = "Spike", first = "BtVS 2x01", aliases = ["William the Bloody"] },
  { name = "Angel", first = "BtVS 1x01", aliases = ["Angelus"] },
]
[pairings]
Spuffy = ["Buffy Summers", "Spike"]
[initials]
W = "Willow Rosenberg"
X = "Xander Harris"
[[show]]
code = "BtVS"
name = "Buffy the Vampire Slayer"
names = ["Buffy"]
episodes = [
  { at = "1x01", title = "Welcome to the Hellmouth" },
  { at = "1x07", title = "Angel" },
  { at = "2x21", title = "Becoming, Part One", whole = "Becoming" },
  { at = "2x22", title = "Becoming, Part Two", whole = "Becoming" },
  { at = "3x13", title = "The Zeppo" },
]
[[show]]
code = "AtS"
name = "Angel"
names = ["Angel: the Series"]
episodes = [{ at = "1x01", title = "City Of" }, { at = "1x02", title = "Home" }]
"""
POTTER = """
universe = "potter"
characters = [
  { name = "Harry Potter", aliases = ["Harry"] },
  { name = "Draco Malfoy", aliases = ["Draco"] },
]
[[show]]
code = "HP"
name = "Harry Potter"
episodes = [{ at = "1x01", title = "The Philosopher's Stone" }]
"""
VOYAGER = """
universe = "trek"
characters = [{ name = "Harry Kim", aliases = ["Harry"] }, { name = "Q" }]
[[show]]
code = "VOY"
name = "Star Trek: Voyager"
names = ["Voyager"]
episodes = [{ at = "1x01", title = "Home" }]
"""


@lru_cache
def packs() -> Packs:
    texts = {"buffyverse": BUFFYVERSE, "potter": POTTER, "trek": VOYAGER}
    return Packs(read_pack(text, name) for name, text in texts.items())


def bound(text: str, *fandoms: str) -> Bound:
    return bind(parse(text), packs(), fandoms)


def meant(text: str, *fandoms: str) -> Query:
    return bound(text, *fandoms).query


def words(text: str, field: str | None = None, exact: bool = False) -> Words:
    return Words(tuple(text.split()), field, exact)


def one_of(field: str, *values: str) -> OneOf:
    return OneOf(frozenset(values), field)


# fmt: off
MEANT: list[tuple[str, Query]] = [
    ("", Everything()),
    ("*", Everything()),
    ("-*", Nothing()),
    # words
    ("walking", words("walking")),
    ("Don’t", words("dont")),
    ("well-known", words("well known")),
    ("Willow/Xander", words("willow xander")),
    ('"The Zeppo"', words("the zeppo", exact=True)),
    ('"Q"', words("q", exact=True)),
    ('"a b"~5', Near(("a", "b"), 5)),
    ('"a"~5', words("a", exact=True)),
    ("will*", Prefix("will")),
    ("well-kno*", All((words("well"), Prefix("kno")))),
    ("Wilow~", Fuzzy("wilow", 1)),
    ("wilow~2", Fuzzy("wilow", 2)),
    ("a a -b -b", All((words("a"), Not(words("b"))))),
    ("(a b) (c (d))", All((words("a"), words("b"), words("c"), words("d")))),
    # fields of text
    ("title:zeppo", words("zeppo", "title")),
    ("TITLE:Zeppo", words("zeppo", "title")),
    ('text:"the end"', words("the end", "body", exact=True)),
    ("title:=Home", words("home", "title")),
    ("title:(a OR b)", Any((words("a", "title"), words("b", "title")))),
    ("title:will*", Prefix("will", "title")),
    ('notes:"a b"~2', Near(("a", "b"), 2, "notes")),
    ("summary:*", Prefix("", "summary")),
    # any rating, whosever word it is
    ("rating:teen", Name("teen", "rating")),
    ("rated:R", Name("mature", "rating")),
    ("rating:NC-17", Name("explicit", "rating")),
    ('rating:"Teen And Up Audiences"', Name("teen", "rating")),
    ("rating:=PG", Name("general", "rating")),
    ("rating:<=PG-13", one_of("rating", "general", "teen")),
    ("rating<=teen", one_of("rating", "general", "teen")),
    ("rating:<teen", Name("general", "rating")),
    ("rating:>=M", one_of("rating", "mature", "explicit")),
    ("rating:>M", Name("explicit", "rating")),
    ("rating:<=explicit", one_of("rating", "general", "teen", "mature", "explicit")),
    ("rating:<general", Nothing()),
    ("rating:PG-13..R", one_of("rating", "teen", "mature")),
    ("rating:..R", one_of("rating", "general", "teen", "mature")),
    ("rating:(teen OR R)", one_of("rating", "teen", "mature")),
    ("rating:unrated", Name("not_rated", "rating")),
    ("-rating:R", Not(Name("mature", "rating"))),
    # other names of which all are known
    ("status:complete", Name("complete", "status")),
    ("complete:yes", Name("complete", "status")),
    ("complete:F", Name("in-progress", "status")),
    ("status:WIP", Name("in-progress", "status")),
    ('status:"in progress"', Name("in-progress", "status")),
    ("language:English", Name("en", "language")),
    ("lang:de", Name("de", "language")),
    ("length:short", Name("short", "length")),
    ("length:>=long", one_of("length", "long", "novel")),
    ("length:drabble..short", one_of("length", "drabble", "flash", "short")),
    ("year:2001", Name("2001", "year")),
    ("year:>2001", Between("date", 20020101)),
    ("year:1999-2001", Between("date", 19990101, 20011231)),
    # people
    ("character:Cordy", Name("Cordelia Chase", "character")),
    ('with:"Cordelia Chase"', Name("Cordelia Chase", "character")),
    ("char:cordelia", Name("Cordelia Chase", "character")),
    ("character:Harry", one_of("character", "Harry Kim", "Harry Potter")),
    ("character:angel", Name("Angel", "character")),
    ("character:Nobody", words("nobody", "character")),
    ('character:"Mr. Nobody"', words("mr nobody", "character", exact=True)),
    ("character:=Cordy", Name("Cordy", "character")),
    ("character:wil*", Prefix("wil", "character")),
    ("character:wilow~", Fuzzy("wilow", 1, "character")),
    ("character:*", Prefix("", "character")),
    # pairings, in any order
    ("pairing:Willow/Xander", Name("Willow Rosenberg/Xander Harris", "pairing")),
    ("pairing:Xander/Willow", Name("Willow Rosenberg/Xander Harris", "pairing")),
    ("ship:X/W", Name("Willow Rosenberg/Xander Harris", "pairing")),
    ("ship:Spuffy", Name("Buffy Summers/Spike", "pairing")),
    ('ship:"Harry x Draco"', Name("Draco Malfoy/Harry Potter", "pairing")),
    ("ship:Willow", words("willow rosenberg", "pairing", exact=True)),
    ("ship:OC/Willow", All((words("oc", "pairing"), words("willow rosenberg", "pairing", exact=True)))),
    ("ship:Ann/Bob", All((words("ann", "pairing"), words("bob", "pairing")))),
    ('friendship:"Buffy & Willow"', Name("Buffy Summers & Willow Rosenberg", "friendship")),
    ("friends:Willow/Buffy", Name("Buffy Summers & Willow Rosenberg", "friendship")),
    ('pairing:"Buffy & Willow"', All((words("buffy summers", "pairing", exact=True),
                                     words("willow rosenberg", "pairing", exact=True)))),
    # spoilers
    ('spoilers:"The Zeppo"', Name("BtVS 3x13", "spoilers")),
    ("spoils:Zeppo", Name("BtVS 3x13", "spoilers")),
    ('episode:"btvs 3x13"', Name("BtVS 3x13", "spoilers")),
    ('spoilers:"Buffy S3"', Name("BtVS S3", "spoilers")),
    ('spoilers:"BtVS season 2"', Name("BtVS S2", "spoilers")),
    ('spoilers:"season two of Buffy"', Name("BtVS S2", "spoilers")),
    ('spoilers:"up to The Zeppo"', Name("BtVS 3x13", "spoilers")),
    ("spoilers:BtVS", Name("BtVS", "spoilers")),
    ("spoilers:Becoming", one_of("spoilers", "BtVS 2x21", "BtVS 2x22")),
    ('spoilers:"Becoming 2"', Name("BtVS 2x22", "spoilers")),
    ("spoilers:Home", one_of("spoilers", "AtS 1x02", "VOY 1x01")),
    ("spoilers:Angel", one_of("spoilers", "AtS", "BtVS 1x07")),
    ("spoilers:none", Name("none", "spoilers")),
    ("spoilers:unknown", Name("unknown", "spoilers")),
    # fandoms
    ("fandom:BtVS", Name("Buffy the Vampire Slayer", "fandom")),
    ("fandom:Buffyverse", one_of("fandom", "Buffy the Vampire Slayer", "Angel")),
    ("fandom:Bonanza", words("bonanza", "fandom")),
    # names that anybody may make up
    ("author:Ann", words("ann", "author")),
    ('by:"Ann Other"', words("ann other", "author", exact=True)),
    ('author:="Ann  Other"', Name("Ann Other", "author")),
    ("genre:angst", words("angst", "genre")),
    ('tag:"♥"', Name("♥", "genre")),
    ("m/m", Name("M/M", "genre")),
    ("M/F angst", All((one_of("genre", "F/M", "M/F"), words("angst")))),
    ('"m/m"', words("m m", exact=True)),
    # numbers
    ("words:1000", Between("words", 1000, 1000)),
    ("words>1000", Between("words", 1001, None)),
    ("words >= 1,000", Between("words", 1000, None)),
    ("words:<1000", Between("words", None, 999)),
    ("words:<=10k", Between("words", None, 10_000)),
    ("words:1.5k..2k", Between("words", 1_500, 2_000)),
    ("words:10,000-50000", Between("words", 10_000, 50_000)),
    ("words:1000..", Between("words", 1000, None)),
    ("words:..1000", Between("words", None, 1000)),
    ("words:1000+", Between("words", 1000, None)),
    ("words:=5", Between("words", 5, 5)),
    ("words:*", Between("words")),
    ("chapters:>1", Between("chapters", 2, None)),
    # dates
    ("date:2001", Between("date", 20010101, 20011231)),
    ("date:2001-02", Between("date", 20010201, 20010228)),
    ("date:2001-05-30", Between("date", 20010530, 20010530)),
    ("published:20010530", Between("date", 20010530, 20010530)),
    ("date:2001-05..2002", Between("date", 20010501, 20021231)),
    ("date:1999-2001", Between("date", 19990101, 20011231)),
    ("date:>2001", Between("date", 20020101, None)),
    ("date:>=2001-05", Between("date", 20010501, None)),
    ("date<2001-03-01", Between("date", None, 20010228)),
    ("date:<=2001", Between("date", None, 20011231)),
    ("date:..1999", Between("date", None, 19991231)),
    ("date:*", Between("date")),
]
# fmt: on


@pytest.mark.parametrize(("text", "query"), MEANT)
def test_a_query_means_this_and_needs_no_note(text: str, query: Query) -> None:
    assert bound(text) == Bound(query)


@pytest.mark.parametrize(
    ("text", "query", "note"),
    [
        ("foo:bar", All((words("foo"), words("bar"))), "There is no field 'foo'; searched as words."),
        ('he said: "I do"', All((words("he"), words("said"), words("i do", exact=True))), "no field 'said'"),
        ("auther:ann", All((words("auther"), words("ann"))), "did you mean author?"),
        ("foo:*", words("foo"), "There is no field 'foo'"),
        ("rating:foo", words("foo", "rating"), "Rating: 'foo' is not known here. It may be general, teen,"),
        ("rating:<=foo", words("foo", "rating"), "cannot be compared"),
        ("rating:<=unrated", Name("not_rated", "rating"), "cannot be compared"),
        ("spoilers:Nowhere", words("nowhere", "spoilers"), "'Nowhere' is not known here"),
        ("spoilers:>Zeppo", Name("BtVS 3x13", "spoilers"), "'spoilers>Zeppo' cannot be compared"),
        ('spoilers:"BtVS 9x99"', words("btvs 9x99", "spoilers", exact=True), "not known here"),
        ("words:many", All((words("words"), words("many"))), "Words: 'many' is not understood"),
        ("words:5-many", All((words("words"), words("5 many"))), "'5-many' is not understood"),
        ("date:2001-02-30", All((words("date"), words("2001 02 30"))), "Date: '2001-02-30' is not understood"),
        ("words:" + "9" * 5000, All((words("words"), words("9" * 5000))), "is not understood"),
        ("w?llow", words("w llow"), "'w?llow': only a * at the end of a word"),
        ("*ing", words("ing"), "only a * at the end of a word"),
        ("a !!!", words("a"), "'!!!' has no letters or digits to look for and was left out."),
        ('!!! OR "..."', Everything(), "has no letters"),
        ('author:""', Everything(), "has no letters"),
        ("a sort:hits", words("a"), "Stories cannot be sorted by 'hits'."),
    ],
)
def test_what_is_not_understood_is_searched_as_words_and_said(text: str, query: Query, note: str) -> None:
    answer = bound(text)
    assert answer.query == query
    assert note in "\n".join(answer.notes)


@pytest.mark.parametrize(
    ("text", "query", "sort"),
    [
        ("a", words("a"), None),
        ("a sort:title", words("a"), Sort("title")),
        ("sort:>words", Everything(), Sort("words")),
        ("sort:<words", Everything(), Sort("words", descending=True)),
        ("sort:word_count desc", Everything(), Sort("words", descending=True)),
        ("sort:creator", Everything(), Sort("author")),
        ("a -(sort:-date)", words("a"), Sort("date", descending=True)),
        ("sort:title sort:best", Everything(), None),
        ('sort:"words"', Everything(), Sort("words")),
    ],
)
def test_the_order_is_taken_out_of_the_query(text: str, query: Query, sort: Sort | None) -> None:
    assert bound(text) == Bound(query, sort=sort)


def test_a_fandom_says_whose_harry_is_meant() -> None:
    assert meant("character:Harry", "Star Trek: Voyager") == Name("Harry Kim", "character")
    assert meant("spoilers:S3", "Buffy the Vampire Slayer") == Name("BtVS S3", "spoilers")
    assert meant("spoilers:Home", "Angel") == Name("AtS 1x02", "spoilers")
    assert meant("character:Willow", "Star Trek: Voyager") == words("willow", "character")


def test_a_quoted_name_by_itself_can_be_bound_without_text() -> None:
    assert bind(Typed("Cordy", "character", quoted=True), packs()).query == Name("Cordelia Chase", "character")


def test_without_packs_there_are_only_words() -> None:
    nothing_known = Packs([])
    assert bind(parse("character:Cordy"), nothing_known).query == words("cordy", "character")
    assert bind(parse("ship:X/W"), nothing_known).query == All((words("x", "pairing"), words("w", "pairing")))


def test_a_tree_already_bound_stays_as_it_is() -> None:
    query = meant('a -rating:R ("b c" OR words>5)')
    assert bind(query, packs()) == Bound(query)


def test_of_a_very_long_query_the_beginning_is_searched() -> None:
    many = bound(" ".join(f"w{n}" for n in range(5_000)))
    assert many.query == All(tuple(words(f"w{n}") for n in range(MAX_WORDS)))
    assert many.notes == ("Only the first 300 words and fields were searched.",)
    assert bound('"' + "walk " * 5_000).query == words("walk " * MAX_WORDS, exact=True)


def test_many_mistakes_make_few_notes() -> None:
    assert len(bound(" ".join(f"foo{n}:bar" for n in range(100))).notes) == 10


@pytest.mark.parametrize("field", [f for f in FIELDS if f.shown], ids=lambda f: f.name)
def test_every_field_can_be_asked_under_each_of_its_names(field: Field) -> None:
    answers = {meant(f"{name.upper()}:*") for name in (field.name, *field.aliases)}
    assert len(answers) == 1
    assert answers.pop() in (Prefix("", field.name), Between(field.name))


PIECES = st.sampled_from(
    [
        "willow", "Xander", '"the zeppo"', "“a b", " OR ", " NOT ", "-", "(", ")", "|", "*", "~", "rating:", "author:",
        "ship:", "character:", "spoilers:", "words:", "date:", "year:", "length:", "status:", "lang:", "fandom:",
        "title:", "friends:", "foo:", "<", ">", "=", "..", "10", "1999", "2001-05", "R", "PG-13", "X/W",
        "Willow/Xander", "Buffy & Willow", "m/m", '"', "!!!", "?", "don’t", "well-known", "sort:", "~5", " ", " ", " ",
        "\\", "♥", "螺旋", "Zeppo", "BtVS", "S3", "Cordy", "Harry", "Angel", "Spuffy", "none", ",", "/", "&", " x ",
    ]
)  # fmt: skip
ANY_TEXT = st.text() | st.lists(PIECES, max_size=9).map("".join)


@settings(max_examples=400)
@given(ANY_TEXT)
def test_what_is_written_means_the_same_again(text: str) -> None:
    query = meant(text)
    assert meant(write(query)) == query


@settings(max_examples=200)
@given(ANY_TEXT)
def test_every_query_can_be_described(text: str) -> None:
    answer = bound(text)
    assert describe(answer.query).split(" ")[0] in ("stories", "all", "no")
    assert all(answer.notes)
