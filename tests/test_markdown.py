"""Markdown: front matter, headings, marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.readers.markdown import plain_marks
from ficsearch.story import Claim, Document
from ficsearch.text import tokens

P = "It leaked, and nobody had said so in all the years that they had rowed there."


def one(text: str) -> Document:
    (document,) = read("story.md", text.encode())
    return document


def claims(text: str) -> list[tuple[str, str]]:
    return [(c.label, c.value) for c in one(text).claims]


def chapters(text: str) -> list[tuple[str | None, str]]:
    return [(c.title, c.text) for c in one(text).chapters]


def test_front_matter_is_a_header() -> None:
    front = (
        "---\ntitle: The Boathouse\nauthor: Ines\nrating: PG-13\ncharacters: [Maud, Henry]\ntags:\n  - rain\n  - oars\n"
        "source_url: https://example.org/1\ndate: 2001-05-03\ncomplete: true\nwords: 1200\nlayout: post\n---\n\n"
    )
    document = one(front + P)
    assert document.claims[0] == Claim("title", "The Boathouse", "front matter")
    assert claims(front + P)[1:] == [
        ("author", "Ines"),
        ("rating", "PG-13"),
        ("characters", "Maud"),
        ("characters", "Henry"),
        ("keywords", "rain"),
        ("keywords", "oars"),
        ("source_url", "https://example.org/1"),
        ("published", "2001-05-03"),
        ("status", "yes"),
        ("words", "1200"),
    ]
    assert (document.format, chapters(front + P)) == ("markdown", [(None, P)])


def test_front_matter_that_is_no_yaml_is_read_line_by_line() -> None:
    text = f"---\ntitle: Boathouse: A Leak\nauthor: Ines\nsummary: *wet*: very\n---\n{P}"
    assert claims(text) == [("title", "Boathouse: A Leak"), ("author", "Ines"), ("summary", "*wet*: very")]
    assert one(text).problems == ()


def test_front_matter_that_cannot_be_read_stays_in_the_text_and_is_reported() -> None:
    document = one(f"---\n{{: [\n---\n{P}")
    assert document.problems == ("what looks like front matter could not be read as YAML, and stays in the text",)
    assert document.chapters[0].paragraphs[-1] == P


def test_front_matter_cannot_grow() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join([f'*{chr(97 + n)}'] * 8)}]\n" for n in range(12)
    )
    assert claims(f"---\ntitle: The Boathouse\n{bomb}tags: *m\n---\n{P}") == [("title", "The Boathouse")]


@pytest.mark.parametrize("value", ["!!python/object/apply:os.system [ls]", "!!python/name:os.system"])
def test_front_matter_runs_nothing(value: str) -> None:
    assert ("author", "Ines") in claims(f"---\ntitle: {value}\nauthor: Ines\n---\n{P}")


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert chapters(f"---\n\n{P}\n\n---\n\n{P}") == [(None, f"{P}\n\n* * *\n\n{P}")]


def test_the_first_heading_is_the_title_and_those_below_are_chapters() -> None:
    text = f"# The Boathouse\n\n## Leak\n\n{P}\n\n### An hour later\n\n{P}\n\n## Oar\n\n{P}\n"
    assert (claims(text), one(text).problems) == ([("title", "The Boathouse")], ())
    assert chapters(text) == [("Leak", f"{P}\n\nAn hour later\n\n{P}"), ("Oar", P)]


def test_headings_alike_are_chapters_from_the_first() -> None:
    assert chapters(f"# One\n\n{P}\n\n# Two\n\n{P}\n") == [("One", P), ("Two", P)]


def test_one_heading_that_names_a_chapter_is_its_title() -> None:
    text = f"# Chapter 3: Oar\n\n{P}\n"
    assert (claims(text), chapters(text)) == ([], [("Chapter 3: Oar", P)])


def test_underlined_headings_are_headings() -> None:
    assert claims(f"The Boathouse\n=============\n\n{P}\n") == [("title", "The Boathouse")]


@pytest.mark.parametrize(
    "header", ["**Author:** Ines  \n**Rating:** PG", "- Author: Ines\n- Rating: PG", "by Ines\n\nRated PG"]
)
def test_a_header_may_follow_the_title(header: str) -> None:
    text = f"# The Boathouse\n\n{header}\n\n{P}\n"
    assert (claims(text), chapters(text)) == (
        [("title", "The Boathouse"), ("author", "Ines"), ("rating", "PG")],
        [(None, P)],
    )


def test_claims_tell_the_line_of_the_file() -> None:
    document = one(f"---\nlayout: post\n---\n\n# The Boathouse\n\nAuthor: Ines\nRating: PG\n\n{P}")
    assert [c.origin for c in document.claims] == ["line 5", "line 7", "line 8"]


def test_the_title_of_the_front_matter_goes_before_the_heading() -> None:
    text = f"---\ntitle: The Boathouse\n---\n\n# The Boat-House\n\n{P}"
    assert (claims(text), chapters(text)) == ([("title", "The Boathouse")], [(None, P)])


def test_a_section_called_notes_is_a_note_and_no_chapter() -> None:
    text = f"# The Boathouse\n\n## One\n\n{P}\n\n## Two\n\n{P}\n\n## Author's Notes\n\nThanks.\n"
    assert [title for title, _ in chapters(text)] == ["One", "Two"]
    assert claims(text)[-1] == ("notes", "Thanks.")


@pytest.mark.parametrize(
    ("markdown", "plain"),
    [
        ("*so*", "_so_"),
        ("_so_", "_so_"),
        ("**so**", "*so*"),
        ("__so__", "*so*"),
        ("It was *very* **very** late", "It was _very_ *very* late"),
        ("*two\nlines*", "_two\nlines_"),
        ("**of *course* not**", "*of _course_ not*"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("* * *", "* * *"),
        ("***", "***"),
        ("[the lake](http://example.org/a_b) and [oar][1]", "the lake and oar"),
        ("![a boat](boat.png)Maud", "Maud"),
        ("<https://example.org>", "https://example.org"),
        ("<b>so</b> <i>it</i> <span class='x'>went</span>", "*so* _it_ went"),
        ("a<!-- not this -->b", "ab"),
        ("one  \ntwo\\\nthree<br>four", "one\ntwo\nthree\nfour"),
        ("\\*not so\\* &mdash; \\_no\\_", "*not so* — _no_"),
        ("> Dear Maud,\n> it leaks.", "Dear Maud,\nit leaks."),
        ("snake_case_name", "snake_case_name"),
    ],
)
def test_marks_become_light(markdown: str, plain: str) -> None:
    assert plain_marks(markdown) == plain


def test_a_file_without_a_word_is_refused() -> None:
    with pytest.raises(ReadingError, match="blanks"):
        read("story.md", b"\n\n")


PIECES = st.sampled_from(
    ["# A", "## B", "*it*", "**it**", "`x`", "[a](b)", "---", "***", "> so", "rain", "A: b", "<b>", "\\", ""]
)


@given(st.lists(PIECES, min_size=1, max_size=20))
@settings(max_examples=80)
def test_no_prose_gets_lost(pieces: list[str]) -> None:
    document = one("\n\n".join([*pieces, "The oar broke."]))
    said = " ".join([*(c.value for c in document.claims), *(f"{c.title} {c.text}" for c in document.chapters)])
    assert {"broke", *(["rain"] if "rain" in pieces else [])} <= set(tokens(said))


@given(st.text(st.sampled_from("*_[]()<>!\\#-=` \n>ab"), max_size=200))
def test_no_marks_break_the_reader(text: str) -> None:
    assert "\ufdd2" not in plain_marks(text)


@pytest.mark.parametrize("name", ["boat.md", "boat.txt", "boat", "boat.doc"])
def test_a_heading_at_the_top_makes_it_markdown_whatever_it_is_called(name: str) -> None:
    (document,) = read(name, f"# The Boathouse\n\n{P}\n".encode())
    assert (document.format, document.first("title")) == ("markdown", "The Boathouse")


def test_a_number_sign_in_a_text_makes_no_markdown() -> None:
    (document,) = read("boat.txt", f"#3 on the list\n\n{P}\n".encode())
    assert document.format == "text"


def test_a_note_alone_above_the_first_chapter_is_a_note() -> None:
    text = f"---\ntitle: Boats\n---\n> **Author's note:** for the tar challenge.\n\n## I\n\n{P}\n\n## II\n\n{P}\n"
    assert ("notes", "for the tar challenge.") in claims(text)
    assert [title for title, _ in chapters(text)] == ["I", "II"]


def test_the_way_back_below_the_last_chapter_is_not_of_it() -> None:
    text = f"# Boats\n\n## I\n\n{P}\n\n## II\n\n{P}\n\n---\n\n[Back to all stories](/fic/)\n"
    assert chapters(text)[-1] == ("II", P)


def test_a_slanted_note_alone_below_the_last_rule_is_a_note() -> None:
    text = f"# Boats\n\nby Ann\n\nRating: G\n\n---\n\n{P}\n\n{P}\n\n---\n\n*Note: written on a train.*\n"
    assert ("endnotes", "written on a train.") in claims(text)
    assert chapters(text)[-1][1].endswith(P)
