"""Plain text as a whole: what is header, what is story, what is neither; chapters, scenes, several stories."""

from __future__ import annotations

import csv
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.readers.plain import read_text
from ficsearch.story import Document
from ficsearch.text import tokens

SAVED_PAGE = """Silver Oar Award

Title: The Lamp in the Boathouse

Author: Ines Marrow

Feedback: Please. I answer every one.

Spoilers: Through The Flood

Rating: R

Disclaimer: The lake is not mine. It belongs to whoever has the deeds. No money is made here.

Summary: What if the lamp had gone out in The Long Night? (An answer to the Lamp Challenge -

AN: There is a *major* character death in this one, so read at your own risk.


The lamp was where she had left it, and so was he.

"You came back," said Henry. He did not get up.

She put her coat on the hook. The hook had always been too high for it.


In the morning the lake had gone over the steps.

"Well," said Maud.



Back to Short Stories

Back to Lantern Street Home Page"""

P = "The rain had found the one hole in the roof, and it dripped on the oars all night long until they swam."
HEADER = "Title: The Boathouse\nAuthor: Ines\nRating: PG\n\n"


def one(text: str) -> Document:
    """The only story in *text*."""
    (document,) = read("story.txt", text.encode())
    return document


def body(text: str) -> list[str]:
    """The paragraphs of the story below our header, when it has one chapter."""
    (chapter,) = one(HEADER + text).chapters
    return chapter.paragraphs


def chapters(text: str) -> list[str | None]:
    return [chapter.title for chapter in one(HEADER + text).chapters]


def test_a_saved_page_of_1999_is_read_as_its_author_meant_it() -> None:
    page = one(SAVED_PAGE)
    assert [(c.label, c.value) for c in page.claims if c.label not in ("disclaimer", "feedback")] == [
        ("award", "Silver Oar Award"),
        ("title", "The Lamp in the Boathouse"),
        ("author", "Ines Marrow"),
        ("spoilers", "Through The Flood"),
        ("rating", "R"),
        ("summary", "What if the lamp had gone out in The Long Night? (An answer to the Lamp Challenge -"),
        ("notes", "There is a *major* character death in this one, so read at your own risk."),
    ]
    (chapter,) = page.chapters
    assert chapter.paragraphs == [
        "The lamp was where she had left it, and so was he.",
        '"You came back," said Henry. He did not get up.',
        "She put her coat on the hook. The hook had always been too high for it.",
        "* * *",
        "In the morning the lake had gone over the steps.",
        '"Well," said Maud.',
    ]
    assert (page.format, page.problems) == ("text", ())


# ---- what is not story

FEET = {
    "the way back": "Back to Short Stories\n\nBack to Lantern Street Home Page",
    "a menu": "Main | Fiction | Links | Guestbook",
    "a web ring": "[ Prev | Next | Random | List Sites ]",
    "words of links": "Index Fiction Gallery Links Site Feedback",
    "a host": "This page hosted by GeoCities\nGet your own Free Home Page",
    "comments": "12 comments | Leave a comment",
    "FanFicFare": "End file.",
    "a rule before it": "-----\n\nReturn to the archive",
    "one word": "Home",
}


@pytest.mark.parametrize("foot", FEET)
def test_what_the_site_put_below_is_not_story(foot: str) -> None:
    assert body(f"{P}\n\nShe went.\n\n{FEET[foot]}\n") == [P, "She went."]


@pytest.mark.parametrize("end", ["Back to the boathouse.", '"Home."', "Nobody came back.", "The end."])
def test_a_last_sentence_is_not_taken_for_furniture(end: str) -> None:
    assert body(f"{P}\n\n{end}\n") == [P, end]


def test_links_above_a_story_without_header_are_not_story() -> None:
    document = one(f"Main | Fiction | Links\n\n{P}\n\n{P}\n")
    assert (document.claims, document.chapters[0].paragraphs) == ((), [P, P])


def test_the_notes_of_an_author_around_each_chapter_are_hers_and_not_story() -> None:
    text = f"Chapter 1\n\nA/N: Hello.\n\n{P}\n\nChapter 2\n\n{P}\n\nAuthor's Note: Thanks!\n\nPlease write.\n"
    document = one(HEADER + text)
    assert [chapter.text for chapter in document.chapters] == [P, P]
    assert document.values("notes") == ("Hello.",)
    assert document.values("endnotes") == ("Thanks!\n\nPlease write.",)


def test_labels_below_a_story_are_claims() -> None:
    document = one(f"{HEADER}{P}\n\nFeedback: ines@example.org\n\nDisclaimer: not mine\n")
    assert document.chapters[0].paragraphs == [P]
    assert (document.first("feedback"), document.first("disclaimer")) == ("ines@example.org", "not mine")


def test_a_header_after_the_end_is_a_header() -> None:
    document = one(f"{P}\n\n{P}\n\nTHE END\n\nTitle: The Boathouse\nAuthor: Ines\nRating: PG\n")
    assert [(c.label, c.origin) for c in document.claims] == [
        ("title", "line 7"),
        ("author", "line 8"),
        ("rating", "line 9"),
    ]
    assert document.chapters[0].paragraphs == [P, P, "THE END"]


def test_a_line_like_a_title_above_prose_is_the_title() -> None:
    document = one(f"The Boathouse\n\n{P}\n")
    assert (document.first("title"), document.chapters[0].paragraphs) == ("The Boathouse", [P])


@pytest.mark.parametrize(
    "first", ["Dear Maud,", "It leaks.", "Chapter One", "INT. BOATHOUSE - NIGHT", '"Oh!"', "the rain"]
)
def test_a_first_line_that_is_no_title_stays_in_the_story(first: str) -> None:
    document = one(f"{first}\n\n{P}\n")
    assert document.first("title") is None
    kept = tokens(document.chapters[0].title or document.chapters[0].text)
    assert kept[: len(tokens(first))] == tokens(first)


def test_a_header_without_a_story_has_no_chapters_and_says_so() -> None:
    document = one(HEADER)
    assert (document.chapters, document.problems) == ((), ("there is no story below the header",))


# ---- traps

STAYS = {
    "Rating: in a dialogue": f'{P}\n\n"Rating: excellent," she read.\n\nRating: three stars.',
    "a letter": f"{P}\n\nDear Maud,\n\nIt leaks.\n\n    Yours ever,\n    Henry of the Lake",
    "a mail": f"{P}\n\n    From: Henry\n    To: Maud\n    Subject: the roof\n\nIt leaks.",
    "a screenplay": "INT. BOATHOUSE\n\nMAUD: It leaks.\n\nNOTE: the bucket is full.\n\nTIME: Later.",
    "a chat log": "<maud> it leaks\n\n<henry> title: no\n\n[22:10] maud: it does",
    "a recipe": f"{P}\n\n1. Chop the leeks.\n\n2. Boil the water.\n\n3. Wait.",
    "the people of a play": "THE FLOOD\n\n    CHARACTERS:\n      MAUD, who rows\n\nMAUD: It leaks.",
    "a poem": "    The roof lets in the rain,\n    the rain lets in the cold,\n    and nobody says plain.",
    "an archive of stories": f"{P}\n\nThe page said:\n\n    Title: Always\n    Author: moonchild\n    Rating: R\n\n{P}",
    "a chapter somebody reads": f"{P}\n\nChapter two of his life had ended.\n\nChapter 9\n\nwas what it said.",
    "I alone": f"{P}\n\nI\n\nwas the one who knew.",
    "a list of rules": f"{P}\n\n1. Never row alone\n\n3. Never row\n\n{P}",
    "a warning sign": f"{P}\n\nWarning: thin ice.",
    "a note on the door, at the end": f"{P}\n\nNote: the bucket is full.",
    "silence": f"{P}\n\n...\n\n{P}",
}


@pytest.mark.parametrize("trap", STAYS)
def test_a_story_stays_what_it_is(trap: str) -> None:
    document = one(HEADER + STAYS[trap])
    assert [(c.label, c.value) for c in document.claims] == [
        ("title", "The Boathouse"),
        ("author", "Ines"),
        ("rating", "PG"),
    ]
    assert "\n\n".join(document.chapters[0].paragraphs) == STAYS[trap]
    assert (len(document.chapters), document.chapters[0].title) == (1, None)


# ---- several stories, several parts

STORIES = "\n\n{}\n\n".join(
    f"Title: {t}\nAuthor: Ines\nRating: {r}\n\n{P}\n\nShe went." for t, r in (("A", "G"), ("B", "R"))
)


@pytest.mark.parametrize("between", ["-----", "* * *", "THE END", "\n\n", "Back to Stories"])
def test_each_header_after_a_mark_begins_a_story_of_its_own(between: str) -> None:
    documents = read("set.txt", STORIES.format(between).encode())
    assert [(d.first("title"), d.first("rating")) for d in documents] == [("A", "G"), ("B", "R")]
    assert all(d.chapters[0].paragraphs[:2] == [P, "She went."] for d in documents)


def test_the_name_of_a_collection_is_no_story() -> None:
    documents = read("set.txt", ("My little ones\n\n-----\n\n" + STORIES.format("-----")).encode())
    assert [d.first("title") for d in documents] == ["A", "B"]


def test_lines_are_counted_below_the_name_of_a_collection_too() -> None:
    lines = (text := "My little ones\n\n-----\n\n" + STORIES.format("-----")).split("\n")
    titles = [next(claim for claim in document.claims if claim.label == "title") for document in read_text(text)]
    said = [lines[int(title.origin.removeprefix("line ")) - 1] for title in titles]
    assert said == ["Title: A", "Title: B"]


def test_a_header_that_the_story_quotes_begins_none() -> None:
    assert len(read("set.txt", STORIES.format("She opened it.").encode())) == 1


def test_parts_of_one_story_with_a_header_each_are_its_chapters() -> None:
    part = "Title: The Boathouse ({}/2)\nAuthor: Ines\nRating: {}\nSummary: It leaks.\n\n" + P
    document = one(part.format(1, "PG") + "\n\n\n\n" + part.format(2, "R"))
    assert [(chapter.title, chapter.text) for chapter in document.chapters] == [("Part 1", P), ("Part 2", P)]
    assert document.values("title") == ("The Boathouse (1/2)",)
    assert document.values("rating") == ("PG", "R")


# ---- mail, FanFicFare

POST = f"""From: Ines <ines@example.org>
Newsgroups: alt.example.creative
Subject: Re: [lake] FIC: The Boathouse (1/2) [PG-13] (M/H)
Date: Mon, 3 May 1999 12:00:00 -0700
Message-ID: <1@example.org>

{P}

--{" "}
Ines, who rows
http://example.org/~ines
"""


def test_the_envelope_of_a_post_speaks_where_the_story_does_not() -> None:
    document = one(POST)
    assert [(c.label, c.value) for c in document.claims] == [
        ("author", "Ines <ines@example.org>"),
        ("other", "alt.example.creative"),  # a group may name the fandom
        ("title", "The Boathouse"),
        ("rating", "PG-13"),
        ("part", "1/2"),
        ("pairing", "M/H"),
        ("published", "Mon, 3 May 1999 12:00:00 -0700"),
    ]
    assert document.chapters[0].paragraphs == [P]


def test_the_words_of_the_story_go_before_its_envelope() -> None:
    document = one(POST.replace(P, HEADER + P))
    assert (document.values("author"), document.values("rating")) == (("Ines",), ("PG",))
    assert document.first("pairing") == "M/H"


def test_each_message_of_a_mailbox_is_read() -> None:
    box = "".join(
        f"From ines Mon May  3 12:00:00 1999\n{POST.replace('Boathouse', title)}\n" for title in ("Oar", "Lamp")
    )
    assert [d.first("title") for d in read("box.txt", box.encode())] == ["The Oar", "The Lamp"]


FANFICFARE = f"""


The Boathouse

by Ines Marrow


Category: Lakes
Genre: Drama
Status: In-Progress
Chapters: 2
Story URL: https://example.org/s/1/
Summary: It leaks, and nobody has said so for years, and that is the trouble
with the two of them.


TABLE OF CONTENTS

\tA Hole in the Roof
\tOne Oar


\tA Hole in the Roof


{P}


\tOne Oar


{P}


End file.
""".replace("\n", "\r\n")


def test_a_text_of_fanficfare_is_read_by_its_table_of_contents() -> None:
    document = one(FANFICFARE)
    assert [(c.title, c.text) for c in document.chapters] == [("A Hole in the Roof", P), ("One Oar", P)]
    assert (document.first("title"), document.first("author")) == ("The Boathouse", "Ines Marrow")
    assert (document.first("status"), document.first("source_url")) == ("In-Progress", "https://example.org/s/1/")
    assert (document.first("summary") or "").endswith("trouble with the two of them.")


# ---- any text


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\n" * 50])
def test_a_file_without_a_word_is_refused(data: bytes) -> None:
    with pytest.raises(ReadingError, match=r"empty|blanks"):
        read("story.txt", data)


WORDS = st.lists(
    st.sampled_from(["rain", "Maud", "oar", "the", "lake.", '"Well,"', "1.", "Chapter", "Rating:"]), min_size=1
)
BLOCKS = st.lists(
    st.one_of(WORDS.map(" ".join), st.sampled_from(["", "* * *", "-----", "Chapter 1", "II", "A/N: Hi."]))
)


@given(BLOCKS)
@settings(max_examples=60)
def test_below_a_header_and_before_a_foot_no_prose_gets_lost(blocks: list[str]) -> None:
    prose = [block for block in blocks if block and block[0].islower()]
    documents = read_text(HEADER + "It leaked.\n\n" + "\n\n".join(blocks) + "\n\nShe went.\n\nBack to Stories")
    kept = [word for d in documents for c in d.chapters for word in tokens(f"{c.title or ''} {c.text}")]
    claimed = [word for d in documents for c in d.claims for word in tokens(c.value)]
    assert set(tokens(" ".join(prose))) <= set(kept + claimed)
    assert kept[:2] == ["it", "leaked"]


@given(st.text(max_size=400))
@settings(max_examples=60)
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        documents = read("story.txt", text.encode("utf-8", "replace"))
    except ReadingError:
        return
    assert documents
    for chapter in (c for d in documents for c in d.chapters):
        assert not re.search(r"\n{3,}|[\x00-\x08]", chapter.text)


FICTION = os.environ.get("FICSEARCH_FICTION", "")


@pytest.mark.skipif(not FICTION, reason="FICSEARCH_FICTION does not name the fiction corpus")
def test_five_thousand_real_texts_lose_no_word_and_invent_none() -> None:
    root = Path(FICTION)
    with (root / "MANIFEST.tsv").open(encoding="utf-8", newline="") as table:
        rows = [row for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE) if row["form"] == "text"]
    wrong = [row["path"] for row in rows if not _is_whole((root / row["path"]).read_text("utf-8"))]
    # eight files hold mojibake (â€” for a dash), which is repaired
    assert len(rows) > 5_000
    assert len(wrong) <= 8


@pytest.mark.skipif(not FICTION, reason="FICSEARCH_FICTION does not name the fiction corpus")
def test_the_same_text_in_another_encoding_is_the_same_story() -> None:
    root = Path(FICTION)
    with (root / "MANIFEST.tsv").open(encoding="utf-8", newline="") as table:
        rows = [r for r in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE) if r["form"] == "text-legacy"]
    chapters = [[read(r[c], (root / r[c]).read_bytes())[0].chapters for c in ("path", "same_as")] for r in rows]
    differ = sum(tokens(copy[0].text) != tokens(original[0].text) for copy, original in chapters)
    # MacRoman has no ý: one copy holds a question mark instead
    assert (len(rows), differ) == (30, 1)


def _is_whole(text: str) -> bool:
    head, _, story = text.partition("\n\n")
    (document,) = read("story.txt", text.encode())
    found = "\n\n".join(part for c in document.chapters for part in (c.title, c.text) if part)
    labels = [line.partition(": ") for line in head.split("\n")]
    claimed = {c.value for c in document.claims}
    return tokens(found) == tokens(story) and all(" ".join(value.split()) in claimed for _, _, value in labels)


# ---- short texts, and what stands around them

SHORT = 'The oars were wet.\n\n"They are oars," said Henry.\n\nMaud said that they had been dry on Monday.'


def test_a_note_does_not_take_a_short_story_because_the_site_has_a_label_below_it() -> None:
    footer = "Disclaimer: All publicly recognizable characters are the property of their owners."
    document = one(f"{HEADER.rstrip()}\n\nAuthor's Notes: After the flood.\n\n{SHORT}\n\n{footer}\n")
    assert document.chapters[0].text == SHORT
    assert document.values("notes") == ("After the flood.",)


def test_lines_of_a_header_may_go_without_labels() -> None:
    document = one(f"Title: The Oar\nHenry/Maud, pre-slash at best\nPG, for wet feet\nSpoilers: none\n\n{P}")
    assert (document.first("pairing"), document.first("rating")) == ("Henry/Maud", "PG, for wet feet")


def test_the_signature_below_a_post_on_a_board_is_no_story() -> None:
    board = (
        f"Post subject: The Oar\nPosted: Fri Mar 16, 2007 8:12 pm\nTitle: The Oar\nAuthor: Ines\nRating: PG\n\n{P}\n"
    )
    assert one(f"{board}_________________\nRow on.\n").chapters[0].text == P
    assert "Row on." in one(f"{HEADER}{P}\n_________________\nRow on.\n").chapters[0].text


def test_a_title_may_stand_above_a_short_first_line() -> None:
    document = one(f"The Oar on the Wall\n\n{SHORT}")
    assert (document.first("title"), document.chapters[0].text) == ("The Oar on the Wall", SHORT)
    assert one(f"Dear Maud\n\n{SHORT}").first("title") is None


def test_notes_below_a_rule_are_their_authors() -> None:
    document = one(f"{HEADER}{P}\n\n***\n\nNotes: Written for the Lake Challenge. Thanks to Maud.")
    assert document.chapters[0].text == P
    kept = one(f"{HEADER}{P}\n\n***\n\nNote: the milk is for tea.")
    assert "the milk is for tea" in kept.chapters[0].text


def test_who_wrote_several_stories_wrote_the_first_of_them() -> None:
    assert one(f"Four Oars\nFour drabbles by Ines\n\nTitle: Wet\nRating: G\n\n{P}").first("author") == "Ines"


def test_a_list_is_named_by_its_tag_or_its_digest() -> None:
    tagged = one(POST.replace("Re: [lake]", "[lake-fic]"))
    assert ("other", "lake-fic") in [(claim.label, claim.value) for claim in tagged.claims]
    assert "lake" not in one(POST).values("other")


@pytest.mark.parametrize(("said", "stories"), [("It leaked.", 301), ("It leaked again. " * 40, 400)])
def test_hundreds_of_titles_closer_than_drabbles_are_long_begin_no_stories(said: str, stories: int) -> None:
    text = "".join(f"Title: Lamp {n}\nAuthor: Ada\nRating: PG\n\n{said}\n\n\n\n" for n in range(400))
    assert len(read_text(text)) == stories
