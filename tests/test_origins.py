"""Every value keeps its original words and where they stand: in a text, a page and a book of one story."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from ficsearch.assembling import Place, lone_stories
from ficsearch.cli import main
from ficsearch.contract import origins
from ficsearch.contract import story as told
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Story
from test_epub import book, page

TEXT = """         Winner of the 1999 Lantern Award for Best Short Story

Title: The Keeper's Ledger
Author: Marrow Finch <marrow@example.org> and Tess Adair (tess@example.net)
Fandom: Buffy the Vampire Slayer / Angel
Rating: PG-13 for language; R in later parts
Category: Drama, Romance
Genre: Angst, Hurt/Comfort
Keywords: MSR, casefile
Pairing: Willow/Tara, Giles & Buffy (friendship)
Characters: Willow Rosenberg, Tara Maclay, Giles
Spoilers: Through "The Zeppo"
Timeline: Set after Season 3
Warnings: mild violence
Series: Ledger Cycle, part 2
Sequel to: "The Keeper's Key"
WIP: No
Date: 14 March 2001
Language: English
Word count: 1,234
URL: http://www.example.org/stories/ledger.html
Disclaimer: They belong to Joss Whedon and Mutant Enemy.
I only borrow them for the night.
Summary: Giles keeps a ledger of everything that he cannot
say, and Willow finds it.
Notes: Thanks to Ana. There is a character death in this.

***

Chapter One: The Shelf

Willow put the book back on the shelf, and the dust rose like a small grey bird.

Chapter Two: The Lamp

Giles turned the lamp down. The library was quiet, and the rain was not.

THE END

Author's Notes: That is all there is.
"""

PREFACE = """<div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>The Keeper's Ledger</b><br/>Posted originally on the <a href="http://archiveofourown.org/">Archive
of Our Own</a> at <a href="http://archiveofourown.org/works/4711">http://archiveofourown.org/works/4711</a>.</p>
<div class="meta"><dl class="tags">
<dt>Rating:</dt><dd><a href="#">Mature</a></dd>
<dt>Archive Warning:</dt><dd><a href="#">Graphic Depictions Of Violence</a></dd>
<dt>Category:</dt><dd><a href="#">F/F</a></dd>
<dt>Fandoms:</dt><dd><a href="#">Buffy the Vampire Slayer (TV)</a>, <a href="#">Angel: the Series</a></dd>
<dt>Relationships:</dt><dd><a href="#">Tara Maclay/Willow Rosenberg</a>,
<a href="#">Rupert Giles &amp; Buffy Summers</a></dd>
<dt>Characters:</dt><dd><a href="#">Tara Maclay</a>, <a href="#">Original Female Character(s)</a></dd>
<dt>Additional Tags:</dt><dd><a href="#">Angst, with a lamp</a></dd>
<dt>Language:</dt><dd>English</dd>
<dt>Series:</dt><dd>Part 2 of <a href="#">Ledger Cycle</a></dd>
<dt>Stats:</dt><dd>Published: 2012-03-14 Updated: 2012-04-02 Words: 1,234 Chapters: 2/5</dd></dl>
<h1>The Keeper's Ledger</h1><div class="byline">by <a rel="author" href="#">marrow_finch</a>,
<a rel="author" href="#">tessadair</a></div>
<p>Summary</p><blockquote class="userstuff"><p>Giles keeps a ledger. Willow finds it.</p></blockquote>
<p>Notes</p><blockquote class="userstuff"><p>Spoilers through "The Zeppo". Sequel to "The Keeper's Key".
TW: suicide mention.</p></blockquote></div></div>"""
CHAPTERS = (
    """<div class="meta group"><h2 class="heading">Chapter 1: The Shelf</h2></div><div class="userstuff">
<p>Willow put the book back on the shelf, and the dust rose like a small grey bird.</p></div>""",
    """<div class="meta group"><h2 class="heading">Chapter 2: The Lamp</h2></div><div class="userstuff">
<p>Giles turned the lamp down. The library was quiet, and the rain was not.</p></div>""",
)
AFTERWORD = """<div id="afterword"><h2 class="toc-heading">Afterword</h2><div id="endnotes"><p>End Notes</p>
<blockquote class="userstuff"><p>That is all there is.</p></blockquote></div></div>"""
PAGE = page(f'{PREFACE}<div id="chapters" class="userstuff">{"".join(CHAPTERS)}</div>{AFTERWORD}')


def made_book() -> bytes:
    """The same work as a book of the archive."""
    pages = {
        "preface.xhtml": page(PREFACE),
        "one.xhtml": page(CHAPTERS[0]),
        "two.xhtml": page(CHAPTERS[1]),
        "afterword.xhtml": page(AFTERWORD),
    }
    named = "<dc:title>The Keeper's Ledger</dc:title><dc:publisher>Archive of Our Own</dc:publisher>"
    return book(pages, metadata=named)


def story_in(name: str, data: bytes) -> Story:
    return lone_stories(read(name, data), Place(name, name), Packs.load())[0]


STORIES = {
    "text": lambda: story_in("a.txt", TEXT.encode()),
    "page": lambda: story_in("a.html", PAGE.encode()),
    "book": lambda: story_in("a.epub", made_book()),
}

BOTH = ("page", "book")
RATED = "PG-13 for language; R in later parts"
VIOLENT = "Graphic Depictions Of Violence"
FACTS: list[tuple[tuple[str, ...], str, object, str, str]] = [
    (("text",), "title", "The Keeper's Ledger", "The Keeper's Ledger", "line 3"),
    (
        ("text",), "authors", ("Marrow Finch", "Tess Adair"),
        "Marrow Finch <marrow@example.org> and Tess Adair (tess@example.net)", "line 4",
    ),
    (("text",), "fandoms", ("Buffy the Vampire Slayer", "Angel"), "Buffy the Vampire Slayer / Angel", "line 5"),
    (("text",), "rating.value", "mature", RATED, "line 6"),
    (("text",), "rating.original", RATED, RATED, "line 6"),
    (("text",), "genres", ("Angst", "Hurt/Comfort", "MSR", "Casefile", "Drama", "Romance"), "Drama, Romance", "line 7"),
    (("text",), "genres", ("Angst", "Hurt/Comfort", "MSR", "Casefile", "Drama", "Romance"), "MSR, casefile", "line 9"),
    (
        ("text",), "pairings", (("Willow Rosenberg", "Tara Maclay"),),
        "Willow/Tara, Giles & Buffy (friendship)", "line 10",
    ),
    (
        ("text",), "characters.declared", ("Willow Rosenberg", "Tara Maclay", "Rupert Giles"),
        "Willow Rosenberg, Tara Maclay, Giles", "line 11",
    ),
    (("text",), "spoilers.frontier", {"BtVS": "3x13"}, 'Through "The Zeppo"', "line 12"),
    (("text",), "timeline", "Set after Season 3", "Set after Season 3", "line 13"),
    (("text",), "warnings", ("Mild violence",), "mild violence", "line 14"),
    (("text",), "noted_warnings", ("Character Death",), "character death", "line 26"),
    (("text",), "series.name", "Ledger Cycle", "Ledger Cycle, part 2", "line 15"),
    (("text",), "series.index", 2, "Ledger Cycle, part 2", "line 15"),
    (("text",), "sequel_to", "The Keeper's Key", '"The Keeper\'s Key"', "line 16"),
    (("text",), "status", "complete", "No", "line 17"),
    (("text",), "published", "2001-03-14", "14 March 2001", "line 18"),
    (("text",), "language", "en", "English", "line 19"),
    (("text",), "words", 33, "1,234", "line 20, as told"),
    (
        ("text",), "source_url", "http://www.example.org/stories/ledger.html",
        "http://www.example.org/stories/ledger.html", "line 21",
    ),
    (
        ("text",), "summary", "Giles keeps a ledger of everything that he cannot say, and Willow finds it.",
        "Giles keeps a ledger of everything that he cannot say, and Willow finds it.", "line 24",
    ),
    (
        ("text",), "notes", "Thanks to Ana. There is a character death in this.\n\nThat is all there is.",
        "That is all there is.", "line 40",
    ),
    (
        ("text",), "awards", ("Winner of the 1999 Lantern Award for Best Short Story",),
        "Winner of the 1999 Lantern Award for Best Short Story", "line 1",
    ),
    (BOTH, "authors", ("marrow_finch", "tessadair"), "tessadair", "byline"),
    (BOTH, "fandoms", ("Buffy the Vampire Slayer", "Angel"), "Angel: the Series", "dl.tags Fandoms"),
    (BOTH, "rating.value", "mature", "Mature", "dl.tags Rating"),
    (BOTH, "genres", ("Angst, with a lamp", "F/F"), "Angst, with a lamp", "dl.tags Additional Tags"),
    (BOTH, "pairings", (("Tara Maclay", "Willow Rosenberg"),), "Tara Maclay/Willow Rosenberg", "dl.tags Relationships"),
    (
        BOTH, "friendships", (("Rupert Giles", "Buffy Summers"),), "Rupert Giles & Buffy Summers",
        "dl.tags Relationships",
    ),
    (
        BOTH, "characters.declared", ("Tara Maclay", "Original Female Character(s)"), "Original Female Character(s)",
        "dl.tags Characters",
    ),
    (BOTH, "spoilers.frontier", {"BtVS": "3x13"}, 'through "The Zeppo"', "notes (Notes)"),
    (BOTH, "warnings", (VIOLENT,), VIOLENT, "dl.tags Archive Warning"),
    (BOTH, "noted_warnings", ("Suicide or Self-Harm",), "suicide", "Notes"),
    (BOTH, "series.index", 2, "Part 2 of Ledger Cycle", "dl.tags Series"),
    (BOTH, "sequel_to", "The Keeper's Key", 'Sequel to "The Keeper\'s Key"', "notes (Notes)"),
    (BOTH, "status", "in-progress", "2/5", "dl.tags Stats Chapters"),
    (BOTH, "published", "2012-03-14", "2012-03-14", "dl.tags Stats Published"),
    (BOTH, "language", "en", "English", "dl.tags Language"),
    (BOTH, "words", 31, "1,234", "dl.tags Stats Words, as told"),
    (
        BOTH, "source_url", "http://archiveofourown.org/works/4711", "http://archiveofourown.org/works/4711", "message",
    ),
    (BOTH, "summary", "Giles keeps a ledger. Willow finds it.", "Giles keeps a ledger. Willow finds it.", "Summary"),
    (BOTH, "title", "The Keeper's Ledger", "The Keeper's Ledger", "h1"),
]  # fmt: skip
CASES = [(form, *fact) for forms, *fact in FACTS for form in forms]


@pytest.mark.parametrize(("form", "field", "value", "original", "place"), CASES)
def test_a_value_keeps_its_words_and_their_place(
    form: str, field: str, value: object, original: str, place: str
) -> None:
    story = STORIES[form]()
    got: object = story
    for name in field.split("."):
        got = getattr(got, name)
    assert got == value
    claimed = {
        "field": field.partition(".")[0].replace("friendships", "pairings"),
        "original": original,
        "place": place,
    }
    assert claimed in origins(story)


def test_a_disclaimer_is_known_and_no_story() -> None:
    story = STORIES["text"]()
    found = [(o.original, o.place) for o in story.origins if o.field == "disclaimer"]
    assert found == [
        ("They belong to Joss Whedon and Mutant Enemy. I only borrow them for the night.", "line 22"),
    ]
    assert "Mutant Enemy" not in story.body


@pytest.mark.parametrize("form", STORIES)
def test_chapters_keep_their_titles(form: str) -> None:
    titles = [chapter.title for chapter in STORIES[form]().chapters]
    assert [title.rpartition(": ")[2] for title in titles if title] == ["The Shelf", "The Lamp"]


PLACES = {
    "text": ["line 30", "line 34"],
    "page": ["h2.heading", "h2.heading"],
    "book": ["OEBPS/one.xhtml", "OEBPS/two.xhtml"],
}


@pytest.mark.parametrize("form", STORIES)
def test_the_title_of_a_chapter_keeps_its_place(form: str) -> None:
    assert [chapter["place"] for chapter in told(STORIES[form]())["chapters"]] == PLACES[form]


def test_a_title_stands_where_its_text_begins_and_not_in_the_contents() -> None:
    prose = "\n\n".join(f"The lamp burned low, and {who} turned a page of the ledger." for who in ("he", "she", "it"))
    parts = "\n\n".join(f"Chapter {n}\n\n{prose}" for n in ("One", "Two"))
    text = f"Title: Lamp\nAuthor: Tess\n\nContents\n\nChapter One\nChapter Two\n\n{parts}\n"
    lines = text.splitlines()
    for chapter in story_in("lamp.txt", text.encode()).chapters:
        line = int(chapter.origin.removeprefix("line "))
        assert (lines[line - 1], lines[line + 1][:8]) == (chapter.title, "The lamp")


def test_what_is_inferred_tells_from_what() -> None:
    story = story_in(
        "rain.txt", b"Mulder put the slide in. Scully frowned at Mulder. Scully sat. Mulder and Scully left."
    )
    where = {o.field: (o.original, o.place) for o in story.origins}
    assert where["fandoms"] == ("Dana Scully, Fox Mulder", "inferred from names in the text")
    assert where["title"] == ("rain", "file name")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run a command in a folder that holds the story as a text."""
    monkeypatch.chdir(tmp_path)
    Path("shelf").mkdir()
    Path("shelf/ledger.txt").write_text(TEXT, encoding="utf-8")

    def invoke(*arguments: str) -> str:
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
        return result.output

    invoke("index", "shelf")
    return invoke


def test_show_and_inspect_tell_the_same(run: Callable[..., str]) -> None:
    shown = run("show", "ledger.txt")
    inspected = run("inspect", "shelf/ledger.txt")
    for line in ("warned of in notes  Character Death", "1  Chapter One: The Shelf, 17 words (line 30)"):
        assert line in shown
        assert line in inspected
    _, _, where = shown.partition("Where it says so\n")
    assert "disclaimer" in where
    assert where.strip() == inspected.partition("Where it says so\n")[2].strip()
    known, read_again = (
        json.loads(run(*c, "--json")) for c in (("show", "ledger.txt"), ("inspect", "shelf/ledger.txt"))
    )
    assert known["origins"] == read_again["origins"]
    assert (known["warnings"], known["noted_warnings"]) == (["Mild violence"], ["Character Death"])


def test_a_warning_in_a_note_is_found_and_counted_too(run: Callable[..., str]) -> None:
    found = json.loads(run("query", 'warning:"character death"', "--json"))
    assert found["total"] == 1
    counted = json.loads(run("facets", "warning", "--json"))["facets"]["warning"]
    assert {value["value"] for value in counted} == {"Character Death", "Mild violence"}
