"""What spoiler phrases mean, what a reader has seen, and which stories are safe."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.canon import Episode, Pack, Show
from ficsearch.catalogue import catalogue
from ficsearch.errors import UsageError
from ficsearch.packs import Packs
from ficsearch.spoilers import Position, beyond, judge, read_position, read_scope
from ficsearch.story import Chapter, Claim, Document, Evidence, SpoilerScope

BUFFY, ANGEL = "Buffy the Vampire Slayer", "Angel"


class Row(NamedTuple):
    """One line of the table of phrases, its codes as the program writes them."""

    fandoms: tuple[str, ...]
    phrase: str
    scope: SpoilerScope
    safe: Position | None
    unsafe: Position | None


@cache
def packs() -> Packs:
    return Packs.load()


def _codes(cell: str, show: str) -> tuple[str, ...]:
    """``3x13 AtS:1x08`` -> ``("BtVS 3x13", "AtS 1x08")``."""
    words = () if cell == "-" else cell.split()
    return tuple(word.replace(":", " ") if ":" in word else f"{show} {word}" for word in words)


def _places(cell: str, show: str) -> dict[str, str]:
    """``3x13, AtS 1x08`` -> ``{"BtVS": "3x13", "AtS": "1x08"}``."""
    parts = [part.split() for part in cell.split(",")] if cell != "-" else []
    return {part[0] if len(part) > 1 else show: part[-1] for part in parts}


def _row(line: str) -> Row:
    story, phrase, kind, frontier, episodes, through, seasons, safe, unsafe = line.split(" | ")
    shows = () if story == "-" else story.split()
    first = shows[0] if shows else ""
    bound = _codes(through, first)
    scope = SpoilerScope(
        kind, phrase, _codes(episodes, first), _places(frontier, first), bound[0] if bound else None,
        _codes(seasons, first),
    )  # fmt: skip
    return Row(
        tuple(packs().shows[code].fandom for code in shows), phrase, scope,
        Position(_places(safe, first)) if safe != "-" else None,
        Position(_places(unsafe, first)) if unsafe != "-" else None,
    )  # fmt: skip


def _table() -> list[Row]:
    text = (Path(__file__).parent / "data" / "spoiler_phrases.txt").read_text(encoding="utf-8")
    return [_row(line) for line in text.splitlines() if line and not line.startswith("#")]


TABLE = _table()
PHRASES = sorted({row.phrase for row in TABLE})
EVERYTHING = Position({code: show.episodes[-1].code for code, show in packs().shows.items()})
rows = pytest.mark.parametrize("row", TABLE, ids=[f"{'+'.join(r.fandoms)}: {r.phrase}" for r in TABLE])


def scope(phrase: str | None, *fandoms: str, **more: str) -> SpoilerScope:
    return read_scope(phrase, packs(), fandoms, **more)


def seen(text: str, *fandoms: str) -> dict[str, str]:
    return dict(read_position(text, packs(), fandoms).seen)


# the table


@rows
def test_a_phrase_means_what_a_fan_reads_in_it(row: Row) -> None:
    assert read_scope(row.phrase, packs(), row.fandoms) == row.scope


@rows
def test_a_story_is_safe_for_those_who_have_seen_enough_and_for_nobody_else(row: Row) -> None:
    if row.safe is not None:
        assert judge(row.scope, row.safe, packs()).value == "safe"
    if row.unsafe is not None:
        assert judge(row.scope, row.unsafe, packs()).value == "unsafe"
    if row.scope.kind == "unknown":
        assert judge(row.scope, EVERYTHING, packs()).value == "unknown"


def _reading(story: str, phrase: str) -> str:
    fandoms = [packs().shows[code].fandom for code in story.split() if code != "-"]
    return _told(read_scope(phrase, packs(), fandoms))


def _told(scope: SpoilerScope) -> str:
    fixed = ", ".join(f"{show} {code}" for show, code in sorted(scope.frontier.items()))
    return scope.kind if scope.kind in ("none", "unknown") else fixed


def _even(readings: str) -> set[str]:
    return {", ".join(sorted(reading.split(", "))) for reading in readings.split(" or ")}


def test_no_wording_is_read_as_safer_than_a_person_reads_it() -> None:
    lines = _lines("spoiler_wordings.txt")
    wrong = [(s, p, r, got) for s, p, r in lines if (got := _reading(s, p)) not in _even(r)]
    assert len(lines) > 1_500
    assert not wrong


def test_no_note_is_read_as_safer_than_a_person_reads_it() -> None:
    wrong = []
    for note, readings in _lines("spoiler_notes.txt"):
        claims = (Claim("title", "The Lamp"), Claim("fandom", BUFFY), Claim("notes", note, "line 3", "Author's Notes"))
        told = _told(catalogue(Document((Chapter("The lamp is out."),), claims), "a.txt", packs()).spoilers)
        if told not in _even(readings):
            wrong.append((note, readings, told))
    assert not wrong


def _lines(name: str) -> list[list[str]]:
    text = (Path(__file__).parent / "data" / name).read_text(encoding="utf-8")
    return [line.split(" | ") for line in text.splitlines() if line and not line.startswith("#")]


def test_the_table_covers_many_shows() -> None:
    assert len(TABLE) >= 500
    assert len({fandom for row in TABLE for fandom in row.fandoms}) >= 25


# every title, wherever it may stand

TEMPLATES = (
    "{}", "Through {}", "through season 1, {}", "S1 and {}", "Season 1; {}", "Set after {}", "S1, mostly {}",
    "spoilers for {} mostly", "S1 (and {})", "None, except {}", "season 1, 2x01, {}",
)  # fmt: skip


def _written(show: Show) -> Iterable[tuple[Episode, str]]:
    return ((episode, name) for episode in show.episodes for name in (episode.title, *episode.aliases))


@pytest.mark.parametrize("code", sorted(packs().shows))
def test_no_title_is_ever_lost_among_other_words(code: str) -> None:
    show = packs().shows[code]
    lost = []
    for episode, name in _written(show):
        before = show.episodes[episode.order - 2].code if episode.order > 1 else None
        reader = Position({**EVERYTHING.seen, code: before} if before else {**EVERYTHING.seen, code: "none"})
        for template in TEMPLATES:
            phrase = template.format(name)
            if judge(scope(phrase, show.fandom), reader, packs()).value == "safe":
                lost.append(phrase)
    assert lost == []


# the docs


def _documented(start: str) -> list[list[str]]:
    text = (Path(__file__).parents[1] / "docs" / "spoilers.md").read_text(encoding="utf-8")
    table = text.partition(start)[2].partition("\n\n")[0]
    return [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


@pytest.mark.parametrize(("phrase", "kind", "frontier"), _documented("| header | kind | gives away up to |"))
def test_a_phrase_in_the_docs_means_what_they_say(phrase: str, kind: str, frontier: str) -> None:
    read = scope(phrase, BUFFY)
    assert (read.kind, ", ".join(f"{show} {code}" for show, code in read.frontier.items())) == (kind, frontier)


@pytest.mark.parametrize(("typed", "position"), _documented("| typed | seen |"))
def test_a_position_in_the_docs_is_read_as_they_say(typed: str, position: str) -> None:
    assert str(read_position(typed, packs())) == position


# what is not in the table


@pytest.mark.parametrize("phrase", [None, "", "  ", "\n"])
def test_a_header_that_says_nothing_is_unknown_and_not_none(phrase: str | None) -> None:
    assert scope(phrase, BUFFY) == SpoilerScope("unknown", phrase)


@pytest.mark.parametrize(
    ("phrase", "published", "frontier"),
    [
        ("everything aired", "2001-05-23", {"BtVS": "5x22"}),
        ("All aired episodes", "2001-05-21", {"BtVS": "5x21"}),
        ("up to date", "1999-06-01", {"BtVS": "3x21"}),  # Earshot was held back, what came after it was not
        ("Everything so far", "1997-03-10", {"BtVS": "1x02"}),
        ("up to the current episode", "2002-02-27", {"BtVS": "6x15"}),
        ("everything aired", "1996-01-01", {"BtVS": "7x22"}),  # before there was any: that date is wrong
        ("everything aired", "2020-01-01", {"BtVS": "7x22"}),
        ("Everything", "2001-05-23", {"BtVS": "7x22"}),
    ],
)
def test_all_that_has_aired_ends_where_the_show_was_when_the_story_was_posted(
    phrase: str, published: str, frontier: dict[str, str]
) -> None:
    assert scope(phrase, BUFFY, published=published).frontier == frontier


def test_what_has_no_date_counts_as_aired_up_to_the_next_that_had_not() -> None:
    assert scope("all aired", "Smallville", published="2004-01-01").frontier == {"SV": "10x22"}
    assert scope("all aired", "Stargate SG-1", published="1999-07-31").frontier == {"SG1": "3x06"}


@pytest.mark.parametrize("published", ["2001-05-31", "2001-05-22"])
def test_what_aired_on_the_last_day_counts(published: str) -> None:
    assert scope("everything aired", BUFFY, published=published).frontier == {"BtVS": "5x22"}


@pytest.mark.parametrize(
    "phrase", ["S3", "Everything", "Hush", "Surprise", "through book 3", "the pilot", "the finale", "up to 3x05"]
)
def test_of_a_show_without_a_pack_nothing_is_known(phrase: str) -> None:
    assert scope(phrase, "Gilmore Girls").kind == "unknown"
    assert scope("None", "Gilmore Girls").kind == "none"


@pytest.mark.parametrize("phrase", ["S3", "Everything", "up to the finale", "3x05"])
def test_a_season_may_be_of_the_show_without_a_pack(phrase: str) -> None:
    assert scope(phrase, BUFFY, "Gilmore Girls").kind == "unknown"


@pytest.mark.parametrize(
    ("phrase", "frontier"), [("BtVS S3", "3x22"), ("all of Buffy", "7x22"), ("Hush", "4x10"), ("Post-Chosen", "7x22")]
)
def test_beside_a_show_without_a_pack_what_names_its_show_is_known(phrase: str, frontier: str) -> None:
    assert scope(phrase, BUFFY, "Gilmore Girls").frontier == {"BtVS": frontier}


@pytest.mark.parametrize(
    ("label", "phrase", "episodes", "seasons"),
    [
        ("Episode related", "306 Point of View", ("SG1 3x06",), ()),
        ("TAG to Episode", "306", ("SG1 3x06",), ()),
        ("Related episodes", "306, 1019", ("SG1 3x06", "SG1 10x19"), ()),
        ("Episode", "200", ("SG1 10x06",), ()),  # that is its title
        ("Season/Spoilers", "5", (), ("SG1 S5",)),
        ("Season", "1-3", (), ("SG1 S1", "SG1 S2", "SG1 S3")),
        ("Season", "season 4", (), ("SG1 S4",)),
    ],
)
def test_the_label_says_what_bare_numbers_are(
    label: str, phrase: str, episodes: tuple[str, ...], seasons: tuple[str, ...]
) -> None:
    read = scope(phrase, "Stargate SG-1", label=label)
    assert (read.episodes, read.seasons) == (episodes, seasons)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [
        ("&quot;Hush&quot; &amp; Pangs", "4x10"),
        ("S5&#8211;S6", "6x22"),
        ("The&nbsp;Gift", "5x22"),
        ("What&#39;s My Line", "2x10"),
    ],
)
def test_leftovers_of_html_are_read_as_what_they_stand_for(phrase: str, code: str) -> None:
    assert scope(phrase, BUFFY).frontier == {"BtVS": code}


def test_what_is_too_long_to_be_read_is_unknown() -> None:
    assert scope("Through The Zeppo. " + "Well, you know. " * 10_000, BUFFY).kind == "unknown"


def test_a_scope_tells_the_words_as_written() -> None:
    assert scope("  Through “The Zeppo” ", BUFFY).original == "  Through “The Zeppo” "


# positions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Zeppo", {"BtVS": "3x13"}),
        ("zeppo", {"BtVS": "3x13"}),
        ("BtVS S3", {"BtVS": "3x22"}),
        ("Buffy season 3, Angel 1x05", {"BtVS": "3x22", "AtS": "1x05"}),
        ("I've seen Buffy up to The Gift and Angel S2", {"BtVS": "5x22", "AtS": "2x22"}),
        ("all of Buffy", {"BtVS": "7x22"}),
        ("Buffy", {"BtVS": "7x22"}),
        ("all of Buffy and Angel", {"BtVS": "7x22", "AtS": "5x22"}),
        ("BtVS 3x13; AtS none", {"BtVS": "3x13"}),
        ("BtVS S3, BtVS 2x01", {"BtVS": "3x22"}),
        ("Buffy 3x13, 4x02", {"BtVS": "4x02"}),
        ("btvs s3e13", {"BtVS": "3x13"}),
        ("BtVS 3.13", {"BtVS": "3x13"}),
        ("Angel 1x07", {"AtS": "1x07"}),
        ("AtS Home", {"AtS": "4x22"}),
        ("Becoming", {"BtVS": "2x22"}),
        ("Becoming, Part One", {"BtVS": "2x21"}),
        ("before The Zeppo", {"BtVS": "3x12"}),
        ("BtVS S1-3", {"BtVS": "3x22"}),
        ("Buffy finale", {"BtVS": "7x22"}),
        ("Serenity", {"FF": "1x01"}),  # the episode comes before the film, and nobody says to have seen that
        ("The X-Files season 5, SG-1 S8", {"XF": "5x20", "SG1": "8x20"}),
        ("HP book 4", {"HP": "1x04"}),
        ("SG1 1x09", {"SG1": "1x09"}),  # in another count it is 1x10, which nobody says to have seen
        ("BSG 4.5", {"BSG": "4x05"}),  # the second half of the season, or its fifth episode: the earlier
        ("DW S7b", {"DW": "7x13"}),
        ("TNG Generations", {"STF": "0x07"}),
        ("none", {}),
        ("nothing", {}),
    ],
)
def test_a_position_is_read_as_typed(text: str, expected: dict[str, str]) -> None:
    assert seen(text) == expected


def test_a_position_prints_as_it_can_be_typed() -> None:
    position = read_position("Buffy season 3, Angel 1x05", packs())
    assert str(position) == "BtVS 3x22, AtS 1x05"
    assert read_position(str(position), packs()) == position


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("3x13", "'3x13'"),
        ("S3", "'S3'"),
        ("Home", "'home' is an episode of"),
        ("Angel", "'Angel' may be an episode or a show"),
        ("BtVS S9", "'BtVS S9'"),
        ("BtVS 3x45", "'BtVS 3x45'"),
        ("BSG 4.0", "'BSG"),  # an episode of Doctor Who is called so
        ("DW S7a", "'s7a'"),
        ("BtVS S3 and the wandering hour", "'wandering'"),
        ("BtVS 3x13 and that one", "'BtVS 3x13 and that one'"),
        ("early season 4 of Buffy", "does not say where you are"),
        ("BtVS S4 onwards", "how far you have come"),
        ("Buffy, except Chosen", "does not say where you are"),
        ("everything", "does not say of which show"),
        ("", "names no episode"),
        ("minor", "does not say where you are"),
    ],
)
def test_a_position_that_cannot_be_placed_is_an_error_that_names_the_part(text: str, named: str) -> None:
    with pytest.raises(UsageError) as error:
        read_position(text, packs())
    assert named in error.value.message
    assert "BtVS" in error.value.advice


def test_fandoms_tell_whose_number_a_position_is() -> None:
    assert seen("3x13", BUFFY) == {"BtVS": "3x13"}
    assert seen("S2", ANGEL) == {"AtS": "2x22"}
    with pytest.raises(UsageError, match="'3x13' may be of any show"):
        read_position("3x13", packs(), [BUFFY, ANGEL])


# verdicts

ZEPPO = "you have seen BtVS up to 3x13 (The Zeppo)"


@pytest.mark.parametrize(
    ("phrase", "position", "value", "why"),
    [
        ("The Gift", "The Zeppo", "unsafe", f"It gives away The Gift, BtVS 5x22; {ZEPPO}."),
        ("The Gift", "none", "unsafe", "It gives away The Gift, BtVS 5x22; you have not seen BtVS."),
        ("The Gift", "all of Buffy", "safe", "It goes no further than The Gift, BtVS 5x22."),
        ("None", "none", "safe", "Its author says that it gives nothing away."),
        ("minor", "all of Buffy", "unknown", "What its author says of spoilers does not tell how far it goes."),
        ("The Gift and others", "The Zeppo", "unsafe", f"It gives away at least The Gift, BtVS 5x22; {ZEPPO}."),
    ],
)
def test_a_verdict_says_why(phrase: str, position: str, value: str, why: str) -> None:
    verdict = judge(scope(phrase, BUFFY), read_position(position, packs()), packs())
    assert (verdict.value, verdict.why) == (value, why)


def test_no_header_is_unknown_whatever_was_seen() -> None:
    verdict = judge(SpoilerScope(), EVERYTHING, packs())
    assert (verdict.value, verdict.why) == ("unknown", "Its author does not say what it gives away.")


def test_evidence_makes_an_unknown_story_unsafe_and_never_safe() -> None:
    dawn = Evidence("BtVS 5x01", "Dawn Summers is in it")
    early, late = read_position("The Zeppo", packs()), read_position("all of Buffy", packs())
    verdict = judge(SpoilerScope(), early, packs(), [dawn])
    assert verdict.value == "unsafe"
    assert "Buffy vs. Dracula" in verdict.why
    assert judge(SpoilerScope(), late, packs(), [dawn]).value == "unknown"
    assert judge(scope("None", BUFFY), early, packs(), [dawn]).value == "safe"
    assert judge(scope("Hush", BUFFY), late, packs(), [dawn]).value == "safe"


SMALL = Packs(
    [Pack("small", (Show("S", "Small", "small", ("Small",), tuple(
        Episode("S", 1, n, title, n) for n, title in enumerate(("First Light", "Second Wind", "Third Rail"), 1)
    )),))]
)  # fmt: skip


def test_an_episode_that_no_pack_knows_any_more_is_unknown_and_never_safe() -> None:
    gone = SpoilerScope("list", "Through The Zeppo", frontier={"BtVS": "3x13"})
    assert judge(gone, Position({"BtVS": "7x22", "S": "1x03"}), SMALL).value == "unknown"
    both = SpoilerScope("list", "The Zeppo, Third Rail", frontier={"BtVS": "3x13", "S": "1x03"})
    assert judge(both, Position({"S": "1x02"}), SMALL).value == "unsafe"
    assert judge(both, Position({"S": "1x03"}), SMALL).value == "unknown"


def test_a_position_that_no_pack_knows_counts_as_nothing_seen() -> None:
    assert judge(read_scope("First Light", SMALL), Position({"S": "9x99"}), SMALL).value == "unsafe"
    assert beyond(Position({"S": "9x99", "BtVS": "1x01"}), SMALL) == {"S 1x01", "S 1x02", "S 1x03"}


def test_beyond_a_position_lies_all_that_comes_after_in_every_show() -> None:
    assert beyond(Position({"S": "1x01"}), SMALL) == {"S 1x02", "S 1x03"}
    assert beyond(Position(), SMALL) == {"S 1x01", "S 1x02", "S 1x03"}
    assert beyond(Position({"S": "1x03"}), SMALL) == frozenset()
    assert beyond(Position({"S": "1x01"}), SMALL) is beyond(Position({"S": "1x01"}), SMALL)


# properties

FANDOMS = st.sampled_from(
    [(), (BUFFY,), (ANGEL,), (BUFFY, ANGEL), ("The X-Files",), ("Gilmore Girls",), ("Doctor Who",)]
)
PIECES = st.sampled_from(
    [
        *PHRASES, "through", "none", "past", "and", "or", ",", ";", "-", "(", ")", '"', "season", "4", "S2-5", "3x13",
        "of", "AtS", "BtVS", "Angel", "everything", "but", "except", "between", "pre", "part", "2", "minor", "up to",
        "later", "set", "before", "after", "onwards", "+", "?", "the one where", "zzyzx", "Home",
        "Becoming", "all the way",
    ]
)  # fmt: skip
MADE = st.lists(PIECES, min_size=1, max_size=6).map(" ".join)
WATCHED = st.dictionaries(
    st.sampled_from(["BtVS", "AtS", "XF", "DW"]), st.integers(0, 150), max_size=4
)  # how many episodes of each show


def _position(watched: dict[str, int]) -> Position:
    found = {code: packs().shows[code].episodes[: n or 1][-1] for code, n in watched.items() if n}
    return Position({code: episode.code for code, episode in found.items()})


@given(MADE, FANDOMS, WATCHED, WATCHED)
@settings(max_examples=300)
def test_going_back_never_makes_a_story_safe(
    phrase: str, fandoms: tuple[str, ...], watched: dict[str, int], back: dict[str, int]
) -> None:
    story = read_scope(phrase, packs(), fandoms)
    earlier = {code: max(0, n - back.get(code, 0)) for code, n in watched.items()}
    if judge(story, _position(earlier), packs()).value == "safe":
        assert judge(story, _position(watched), packs()).value == "safe"


@given(MADE, FANDOMS, WATCHED)
@settings(max_examples=300)
def test_the_index_and_the_verdict_agree(phrase: str, fandoms: tuple[str, ...], watched: dict[str, int]) -> None:
    story, position = read_scope(phrase, packs(), fandoms), _position(watched)
    value = judge(story, position, packs()).value
    if story.kind == "unknown":
        assert value != "safe"
        assert not story.frontier
        assert (value == "unsafe") == bool(beyond(position, packs()) & set(story.episodes))
    else:
        unseen = beyond(position, packs()) & {f"{show} {code}" for show, code in story.frontier.items()}
        assert value == ("unsafe" if unseen else "safe")
        assert (story.kind == "none") == (not story.frontier)


@given(st.text(max_size=300) | MADE, FANDOMS)
@settings(max_examples=300)
def test_any_text_is_read_without_an_error(text: str, fandoms: tuple[str, ...]) -> None:
    story = read_scope(text, packs(), fandoms, published="2001-05-01", label="Episodes")
    assert all(packs().episode(code) for code in story.episodes)
    assert all(packs().episode(f"{show} {code}") for show, code in story.frontier.items())


@given(st.text(max_size=60) | MADE)
@settings(max_examples=200)
def test_any_position_is_read_or_refused(text: str) -> None:
    with suppress(UsageError):
        position = read_position(text, packs())
        assert all(packs().episode(f"{show} {code}") for show, code in position.seen.items())


@pytest.mark.parametrize("change", [str.upper, str.lower, str.title, str.swapcase])
def test_case_does_not_matter(change: Callable[[str], str]) -> None:
    for row in TABLE:
        changed = read_scope(change(row.phrase), packs(), row.fandoms)
        assert (changed.kind, changed.frontier) == (row.scope.kind, row.scope.frontier), row.phrase


def test_the_shape_of_quotes_does_not_matter() -> None:
    for row in TABLE:
        opened = row.phrase.replace(' "', " “").replace('"', "”").replace("'", "’")
        assert read_scope(opened, packs(), row.fandoms).frontier == row.scope.frontier, row.phrase


@pytest.mark.parametrize(
    "junk", ["(1", "1-", "s1 ", '"', "'a ", "season 1,", "becoming 1 and ", "through ", "dopplgang ", "none, "]
)
def test_a_long_and_silly_header_is_read_in_good_time_and_never_safe(junk: str) -> None:
    story = scope(junk * (100_000 // len(junk)), BUFFY)
    assert judge(story, EVERYTHING, packs()).value == "unknown"


@pytest.mark.parametrize(
    ("published", "seen", "why"),
    [
        ("1999-02-12", "BtVS S2", "Published 1999-02-12, it can know nothing after BtVS 3x14."),
        ("1999-02-12", "BtVS S3", "nothing after BtVS 3x14, which you have seen."),
        ("1999-02-01", "BtVS S2", "nothing after BtVS 3x16."),
        ("1990-01-01", "BtVS S2", "Its author does not say what it gives away."),
        (None, "BtVS S2", "Its author does not say what it gives away."),
    ],
)
def test_the_day_of_an_unknown_story_is_told_but_makes_nothing_safe(published: str | None, seen: str, why: str) -> None:
    fandoms = ("Buffy the Vampire Slayer",)
    verdict = judge(SpoilerScope(), read_position(seen, packs()), packs(), (), published, fandoms)
    assert verdict.value == "unknown"
    assert verdict.why.endswith(why)


def test_a_reason_does_not_name_who_comes_later() -> None:
    evidence = [Evidence("AtS 5x16", "Illyria appears, who comes in AtS 5x16")]
    verdict = judge(SpoilerScope(), read_position("AtS S1", packs()), packs(), evidence)
    assert (verdict.value, "Illyria" in verdict.why) == ("unsafe", False)
