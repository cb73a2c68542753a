"""The header block: every layout that people have used, where it ends, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headers import find_header, read_fields
from ficsearch.story import Claim

STORY = """The rain had found the one hole in the roof of the boathouse, and it dripped on the oars.

"You could have said," said Maud, "that it leaks."
"""


def claims_of(header: str, story: str = STORY) -> list[tuple[str, str]]:
    """What is claimed, once it is sure that the story begins right below the header."""
    lines = f"{header}\n{story}".split("\n")
    found = find_header(lines)
    assert found is not None
    assert "\n".join(lines[found.end :]).strip() == story.strip()
    return [(claim.label, claim.value) for claim in found.claims]


PLAIN = [("title", "The Boathouse"), ("author", "Ines"), ("rating", "PG")]
SUMMARY = "It leaks, and nobody has said so for years, and that is the trouble with the two of them."
LAYOUTS = {
    "one field a line": ("Title: The Boathouse\nAuthor: Ines\nRating: PG\n", PLAIN),
    "a blank line between fields": ("Title: The Boathouse\n\nAuthor: Ines\n\nRating: PG\n\n", PLAIN),
    "two blank lines between fields": ("Title: The Boathouse\n\n\nAuthor: Ines\n\n\nRating: PG\n\n\n", PLAIN),
    "capitals": ("TITLE: The Boathouse\nAUTHOR: Ines\nRATING: PG\n", PLAIN),
    "small letters": ("title: The Boathouse\nauthor: Ines\nrating: PG\n", PLAIN),
    "padded columns": ("TITLE:        The Boathouse\nAUTHOR:       Ines\nRATING:       PG\n", PLAIN),
    "dotted columns": ("Title......: The Boathouse\nAuthor.....: Ines\nRating.....: PG\n", PLAIN),
    "bold labels": ("**Title:** The Boathouse\n**Author**: Ines\n*Rating: PG*\n", PLAIN),
    "labels in brackets": ("[Title: The Boathouse]\n[Author: Ines]\n[Rating: PG]\n", PLAIN),
    "dashes of all kinds": ("Title – The Boathouse\nAuthor - Ines\nRating — PG\n", PLAIN),
    "a dash without a blank before it": ("Title- The Boathouse\nAuthor- Ines\nRating- PG\n", PLAIN),
    "a blank before the colon": ("Title : The Boathouse\nAuthor : Ines\nRating : PG\n", PLAIN),
    "no separator": ("Title The Boathouse\nAuthor Ines\nRating PG\n", PLAIN),
    "a gap as separator": ("Title: The Boathouse\nAuthor: Ines\nRating   PG\n", PLAIN),
    "dots as separator": ("Title ..... The Boathouse\nAuthor ..... Ines\nRating ..... PG\n", PLAIN),
    "a colon and a dash": ("Title:- The Boathouse\nAuthor:- Ines\nRating:- PG\n", PLAIN),
    "labels between tildes": ("~Title~ The Boathouse\n~Author~ Ines\n~Rating~ PG\n", PLAIN),
    "labels between signs of equality": ("=Title= The Boathouse\n=Author= Ines\n=Rating= PG\n", PLAIN),
    "bold labels without a colon": (
        "*Title* The Boathouse\n*Author* Ines\n*Rating* PG\n*Setting* pre-series\n",
        [*PLAIN, ("timeline", "pre-series")],
    ),
    "labels in angles": ("<Title> The Boathouse\n<Author> Ines\n<Rating> PG\n", PLAIN),
    "bullets of a text browser": ("o Title: The Boathouse\n+ Author: Ines\no Rating: PG\n", PLAIN),
    "in a box": (
        "+----+\n| Title: The Boathouse   |\n| Author: Ines           |\n| Rating: PG             |\n"
        "| Summary: It leaks, and |\n| nobody says so.        |\n+------------------------+\n",
        [*PLAIN, ("summary", "It leaks, and nobody says so.")],
    ),
    "run together and wrapped": (
        "Title: The Boathouse Author: Ines Rating:\nPG Summary: It leaks, and nobody says\nso. Disclaimer: Not mine.\n",
        [*PLAIN, ("summary", "It leaks, and nobody says so."), ("disclaimer", "Not mine.")],
    ),
    "two on a line": (
        "Title: The Boathouse   Author: Ines\nRating: PG   Status: done\n",
        [*PLAIN, ("status", "done")],
    ),
    "all on one line": ("Title: The Boathouse Author: Ines Rating: PG\n", PLAIN),
    "parted by bars": ("Title: The Boathouse | Author: Ines | Rating: PG\n", PLAIN),
    "parted by dashes": ("Title: The Boathouse -- Author: Ines -- Rating: PG\n", PLAIN),
    "the value on the next line": ("Title:\nThe Boathouse\nAuthor:\nInes\nRating:\nPG\n", PLAIN),
    "the value below a blank line": ("Title:\n\nThe Boathouse\n\nAuthor:\n\nInes\n\nRating:\n\nPG\n\n", PLAIN),
    "the value indented below": ("Title:\n    The Boathouse\nAuthor:\n    Ines\nRating:\n    PG\n", PLAIN),
    "some labels with bullets": ("Title: The Boathouse\n• Author: Ines\n• Rating: PG\n", PLAIN),
    "title and author without labels": ("The Boathouse\nby Ines\n\nRating: PG\n", PLAIN),
    "a quoted title": ('"The Boathouse"\nby Ines\n\nRating: PG\n', PLAIN),
    "title and author on one line": (
        "The Boathouse by Ines\n\nRating: PG\nSpoilers: no\n",
        [*PLAIN, ("spoilers", "no")],
    ),
    "rules between and after": ("The Boathouse\nby Ines\n-------\nRating: PG\n-------\n", PLAIN),
    "menus above": ("Main | Fiction | Links\n\nTitle: The Boathouse\nAuthor: Ines\nRating: PG\n", PLAIN),
    "the site above": ("Lantern Street Fiction Archive\n\nThe Boathouse\nby Ines\n\nRating: PG\n", PLAIN),
    "wrapped, the second line flush left": (
        "Title: The Boathouse\nSummary: It leaks, and nobody has said so for years, and that is the\n"
        "trouble with the two of them.\nRating: PG\n",
        [PLAIN[0], ("summary", SUMMARY), PLAIN[2]],
    ),
    "wrapped, the second line indented": (
        "Title:    The Boathouse\nSummary:  It leaks, and nobody has said so for years,\n"
        "          and that is the trouble with the two of them.\nRating:   PG\n",
        [PLAIN[0], ("summary", SUMMARY), PLAIN[2]],
    ),
    "wrapped in the last field": (
        "Title: The Boathouse\nRating: PG\nSummary: It leaks, and nobody has said so for years, and that is the\n"
        "trouble with the two of them.\n",
        [PLAIN[0], PLAIN[2], ("summary", SUMMARY)],
    ),
    "a list that goes on": (
        "Title: The Boathouse\nCharacters: Maud, Henry,\nthe cat\nRating: PG\n",
        [PLAIN[0], ("characters", "Maud, Henry, the cat"), PLAIN[2]],
    ),
    "the author before the title": ("by Ines\nThe Boathouse\n\nRating: PG\n", [PLAIN[1], PLAIN[0], PLAIN[2]]),
    "the title in the middle": ("Author: Ines\nTitle: The Boathouse\nRating: PG\n", [PLAIN[1], PLAIN[0], PLAIN[2]]),
    "an award above": (
        "Silver Oar Award\n\nTitle: The Boathouse\nAuthor: Ines\n",
        [("award", "Silver Oar Award"), *PLAIN[:2]],
    ),
    "an award and no label for the title": (
        "Winner, Best Leak 2003\n\nThe Boathouse\nby Ines\n\nRating: PG\n",
        [("award", "Winner, Best Leak 2003"), *PLAIN],
    ),
    "a part in the title line": (
        '"The Boathouse" part 1 of 2\nby Ines\n\nRating: PG\n',
        [PLAIN[0], ("part", "part 1 of 2"), *PLAIN[1:]],
    ),
    "a mail address beside the author": (
        "The Boathouse\nby Ines (ines@example.org)\n\nRating: PG\n",
        [PLAIN[0], ("author", "Ines (ines@example.org)"), PLAIN[2]],
    ),
    "a mail address below the author": (
        "Title: The Boathouse\nAuthor: Ines\n<ines@example.org>\nRating: PG\n",
        [*PLAIN[:2], ("email", "<ines@example.org>"), PLAIN[2]],
    ),
    "sentences instead of labels": (
        "The Boathouse\nby Ines\n\n[PG] for a word.\nContains spoilers for The Flood.\n2260 words\nUn-beta'ed.\n",
        [
            *PLAIN[:2],
            ("rating", "[PG] for a word."),
            ("spoilers", "The Flood."),
            ("words", "2260 words"),
            ("beta", "Un-beta'ed."),
        ],
    ),
    "one label twice": (
        "Title: The Boathouse\nSummary: It leaks.\nSummary: It still leaks.\n",
        [PLAIN[0], ("summary", "It leaks."), ("summary", "It still leaks.")],
    ),
    "colons and addresses in values": (
        "Title: Boathouse: A Leak\nArchive: at http://example.org/~ines: ask\n"
        "Spoilers: Warning (spoils) - Spoiler: it leaks\n",
        [
            ("title", "Boathouse: A Leak"),
            ("archive", "at http://example.org/~ines: ask"),
            ("spoilers", "Warning (spoils) - Spoiler: it leaks"),
        ],
    ),
    "the next label glued on": (
        "Title: The Boathouse\nRating: NC-17 Gossamer Category: S, A\n",
        [PLAIN[0], ("rating", "NC-17"), ("category", "S, A")],
    ),
    "a list with a colon in it": (
        "Title: The Boathouse\nGenre: Novel, Character: Ghost\n",
        [PLAIN[0], ("genre", "Novel, Character: Ghost")],
    ),
    "a note of two paragraphs": (
        "Title: The Boathouse\n\nNotes: For Ada.\n\nIt took a year.\n\nDisclaimer: Not mine.\n",
        [PLAIN[0], ("notes", "For Ada. It took a year."), ("disclaimer", "Not mine.")],
    ),
    "a note that a line ends": (
        "Title: The Boathouse\nAuthor's Note: For Ada.\n\nIt took a year.\n\n----------\n",
        [PLAIN[0], ("notes", "For Ada. It took a year.")],
    ),
    "an author's note alone": ("A/N: This is short. Sorry.\n", [("notes", "This is short. Sorry.")]),
    "a disclaimer alone": ("Disclaimer: I own the leak.\n", [("disclaimer", "I own the leak.")]),
    "a summary whose bracket never closes": (
        "Title: The Boathouse\n\nSummary: What if it leaked? (For the Leak Challenge -\n\nAN: It ends badly.\n\n",
        [PLAIN[0], ("summary", "What if it leaked? (For the Leak Challenge -"), ("notes", "It ends badly.")],
    ),
    "labels of a corpus": (
        "Title: The Boathouse\nBook: Lakes\nChapter: 18 of 21\nSource: a shelf\nLicence: CC0\nGenerated: no\n",
        [PLAIN[0], ("book", "Lakes"), ("chapter", "18 of 21"), ("other", "a shelf"), ("other", "CC0"), ("other", "no")],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_header_is_read_in_every_layout(layout: str) -> None:
    header, claims = LAYOUTS[layout]
    assert claims_of(header) == claims


HEADER = "Title: The Boathouse\nAuthor: Ines\nRating: PG\n"
NOT_HEADERS = {
    "a rating in a dialogue": f'{STORY}\n"Rating: excellent," she read aloud.\n\nRating: three stars.\nSummary: wet.\n',
    "a form at the start": "Name: Maud\nDate: Monday\nLocation: the lake\nTime: noon\n\n" + STORY,
    "a report at the start": "INCIDENT REPORT\nDate: May 5\nStatus: open\nSummary: wet\n\n" + STORY,
    "a screenplay": "MAUD: It leaks.\n\nHENRY: It does not.\n\nNOTE: she points.\n\nTIME: Later.\n\nMAUD: Well.\n",
    "a screenplay without blank lines": "MAUD: It leaks.\nHENRY: No.\nSUMMARY: none.\nNOTE: she.\nTITLE: LATER\n",
    "a chat log": "maud: it leaks\nhenry: no\nmaud: subject: roof\nhenry: summary: wet\nmaud: bye\n",
    "a chat log with hours": "[22:10] maud: it leaks\n[22:11] henry: rating: 2/10\n[22:12] maud: warning: wet\n",
    "a recipe": "Leek Soup\n\nServes: 4\nTime: 30 minutes\nSource: my aunt\n\n1. Chop the leeks.\n",
    "the people of a play": "THE BOAT\n\nCHARACTERS:\n  MAUD, who rows\n\nSETTING: A lake.\n\nTIME: Evening.\n",
    "a poem": "The roof lets in the rain,\nthe rain lets in the cold,\nand nobody says plain\nwhat everybody told.\n",
    "a letter": "Dear Maud,\n\nThe roof: it leaks. Rating: bad.\n\nYours,\nHenry\n",
    "a mail at the start": "From: Henry\nTo: Maud\nSubject: the roof\n\nIt leaks.\n",
    "a header that somebody reads": "Maud scrolled down to the one that everybody hated.\n\n" + HEADER + "\nOh no.\n",
    "a header below wrapped prose": "Maud scrolled down, looking for\nthe one that all hated, and there\nit was.\n\n"
    + HEADER,
    "a warning sign": "Warning: thin ice.\n\n" + STORY,
    "a note on the door": "Note: the bucket is full.\n\n" + STORY,
    "prose with dashes": "Time—that was it. Author—no.\n\nRating - she had none.\n",
    "a word that is also a label": "Characters change. Time does not.\n\nSpoilers of war.\n",
    "nothing": "",
    "blank lines": "\n \n\n",
}


@pytest.mark.parametrize("text", NOT_HEADERS)
def test_what_only_looks_like_a_header_is_none(text: str) -> None:
    assert find_header(NOT_HEADERS[text].split("\n")) is None


BELOW = {
    "a speech": '\n"Rating: bad," she said.\n\nSummary: none.\n',
    "a screenplay": "\nINT. BOATHOUSE - NIGHT\n\nMAUD: It leaks.\n\nNOTE: the bucket is full.\n\nTIME: Later.\n",
    "a screenplay without blank lines": "\nMAUD: It leaks.\nHENRY: No.\nNOTE: the bucket is full.\nSUMMARY: none.\n",
    "a report": "\nINCIDENT REPORT\nDate: May 5\nLocation: Lake\nStatus: open\n",
    "a place and an hour": "\nDate: May 5, 1999\nTime: 10:45 pm\nLocation: The Boathouse\n\nIt leaked.\n",
    "a mail in the story": "\nFrom: Henry\nTo: Maud\nSubject: the roof\nDate: Monday\n\nIt leaks.\n",
    "a chapter heading and a note": "\nChapter 1\n\nA/N: Hello.\n\nIt leaked.\n",
    "prose without a blank line": "It leaked. It had always leaked. Nobody had said so in all those years.\n",
    "a header in the story": "\nIt leaked.\n\nTitle: Always\nAuthor: moonchild\nRating: R\n\nOh no.\n",
    "short lines of speech": '"It leaks."\n"I know."\n"Well?"\n',
}


@pytest.mark.parametrize("story", BELOW)
def test_the_header_ends_where_the_story_begins(story: str) -> None:
    assert claims_of(HEADER.rstrip("\n"), BELOW[story]) == PLAIN


def test_every_claim_tells_its_line() -> None:
    header = find_header(["", "The Boathouse", "by Ines", "", "Rating:", "PG"], first_line=10)
    assert header is not None
    assert [claim.origin for claim in header.claims] == ["line 11", "line 12", "line 14"]
    assert (header.start, header.end) == (1, 6)


@pytest.mark.parametrize(
    ("header", "fields"),
    [
        (f"Title The Boathouse\nAuthor Ines\nRating PG\nSummary {SUMMARY * 2}", [*PLAIN, ("summary", SUMMARY * 2)]),
        (
            "Title:\nThe Boathouse\nAuthor:\nInes\nRating:\nPG\nWord Count:\n900\nWarning:\nViolence, language",
            [*PLAIN, ("words", "900"), ("warnings", "Violence, language")],
        ),
        (
            "Title: The Boathouse\nAuthor: Ines\nRating: PG\nSummary: Ines reads the box. The rating: two stars.",
            [*PLAIN, ("summary", "Ines reads the box. The rating: two stars.")],
        ),
        (
            "Title: The Boathouse\nAuthor: Ines\nRating: PG\nSummary: Ines reads aloud what the box says about its\n"
            "rating: two stars.",
            [*PLAIN, ("summary", "Ines reads aloud what the box says about its rating: two stars.")],
        ),
    ],
)
def test_a_value_is_whole_where_a_label_seems_to_be_in_it(header: str, fields: list[tuple[str, str]]) -> None:
    assert claims_of(header + "\n") == fields


@pytest.mark.parametrize(
    "story",
    [
        "Summary executions had gone out of fashion by the time that the colonel was born.\n",
        "The oars were wet.\n\nNobody said so.\n\n~~~~~\n\nThe roof leaked on.\n",
    ],
)
def test_the_story_begins_below_a_header_that_ends_with_a_list(story: str) -> None:
    header = "Title: The Boathouse\nAuthor: Ines\nRating: PG\nWarning: Character death\n\n***\n"
    assert claims_of(header, story) == [*PLAIN, ("warnings", "Character death")]
    assert claims_of(header.replace("***\n", ""), story) == [*PLAIN, ("warnings", "Character death")]


def test_two_labels_are_a_header_and_one_is_not() -> None:
    assert find_header(["Rating: PG", "Spoilers: none", "", "It leaked."]) is not None
    assert find_header(["Rating: PG", "", "It leaked."]) is None


def test_lines_that_are_known_to_be_a_header_need_no_company() -> None:
    lines = ["Rating: PG", "", "Summary: It leaks,", "and nobody said so.", "Time: later"]
    assert read_fields(lines, 3) == (
        Claim("rating", "PG", "line 3"),
        Claim("summary", "It leaks, and nobody said so.", "line 5"),
        Claim("timeline", "later", "line 7"),
    )


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("Email: Feedback: yes", [("email", "Feedback: yes")]),
        (
            "Rated: T - English - Romance - Chapters: 3 - Words: 400",
            [("rated", "T - English - Romance"), ("words", "400")],
        ),
        ("Notes: This is for Anne. Warning: bad things", [("notes", "This is for Anne. Warning: bad things")]),
        ("Title: The Warning: A Story", [("title", "The Warning: A Story")]),
        ("WILLOW: hi", []),
        ("http://example.org/title: x", []),
    ],
)
def test_fields_that_were_run_together_come_apart(line: str, fields: list[tuple[str, str]]) -> None:
    wanted = [("rating" if key == "rated" else key, value) for key, value in fields]
    assert [(f.key, f.value) for f in labelled(line) if f.key != "chapter"] == wanted


@given(
    st.lists(
        st.sampled_from(["", "Title: a", "by b", "Rating: R", "-----", '"Hi."', "Chapter 1", "A/N: x", "Foo bar."]),
        max_size=30,
    )
)
def test_a_header_lies_within_its_lines_and_claims_something(lines: list[str]) -> None:
    header = find_header(lines)
    if header is not None:
        assert 0 <= header.start < header.end <= len(lines)
        assert all(claim.label and claim.value for claim in header.claims)


@given(st.text(max_size=300))
@example("0\nBY")
def test_no_text_breaks_the_finder(text: str) -> None:
    lines = text.split("\n")
    assert find_header(lines) is None or read_fields(lines) != ()


@pytest.mark.parametrize("title", ["Nine Ways to Leave the House", "** Nine Ways to Leave the House (1/?) **"])
def test_a_title_with_an_open_count_of_parts_is_no_sentence(title: str) -> None:
    claims = dict(claims_of(f"{title}\nby Ines\n\nRating: PG\nSpoilers: no\n"))
    assert claims["title"].startswith("Nine Ways to Leave the House")
    assert claims["rating"] == "PG"


@pytest.mark.parametrize("genre", ["Hurt/Comfort", "Romance", "TW"])
def test_a_value_alone_below_its_label_may_be_a_label_too(genre: str) -> None:
    header = f"Title:\nThe Boathouse\n\nAuthor:\nInes\n\nRating:\nPG\n\nGenre:\n{genre}\n"
    assert claims_of(header) == [*PLAIN, ("genre", genre)]


def test_a_number_behind_a_label_without_a_sign_is_its_value() -> None:
    assert claims_of("Title The Boathouse\nAuthor Ines\nRating 15\n") == [*PLAIN[:2], ("rating", "15")]


def test_an_hour_is_a_title() -> None:
    assert claims_of("Title 4:12 AM\nAuthor Ines\nRating PG\n")[0] == ("title", "4:12 AM")


def test_a_value_below_its_label_may_begin_with_a_word_that_is_a_label() -> None:
    header = "Title:\nThe Boathouse\n\nAuthor:\nInes\n\nRating:\nPG\n\nSummary:\nSpoilers for dinner, lies for tea.\n"
    assert claims_of(header) == [*PLAIN, ("summary", "Spoilers for dinner, lies for tea.")]


def test_an_address_keeps_its_last_slash() -> None:
    assert labelled("Story URL: http://www.example.org/s/47/1/")[0].value == "http://www.example.org/s/47/1/"
