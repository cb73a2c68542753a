"""HTML becomes paragraphs: what is story stays, word for word, and what is page goes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.readers import dom
from ficsearch.readers.blocks import SCENE_BREAK, is_scene_break
from ficsearch.readers.markup import blocks, text_of
from ficsearch.text import tokens

LONG = "She had been walking for so long that the street lamps had gone out behind her one by one, and nobody saw. "


def text(html: str) -> str:
    """The text of a page with *html* in its body."""
    return text_of(dom.body_of(dom.parse(html)))


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<P>one<P>two<P>three", "one\n\ntwo\n\nthree"),
        ("one<BR><BR>two<br /> <br/>\n<br>three", "one\n\ntwo\n\nthree"),
        ("<div>one</div>two<div><div>three</div></div>", "one\n\ntwo\n\nthree"),
        ("<p>one\n   line\tonly&nbsp; here </p>", "one line only here"),
        ("<ul><li>one<li>two</ul><ol><li><p>three</p></ol>", "one\n\ntwo\n\nthree"),
        ("<table><tr><td>one</td><td>two</td></tr></table>", "one\n\ntwo"),
        ("<h2>The Ladder</h2>one", "The Ladder\n\none"),
        ("<p>&nbsp;</p><p>one</p><p> <br> </p>", "one"),
        ("<p>a &lt;b&gt; &amp;amp; c</p>", "a <b> &amp; c"),
        ("<p>it&#146;s &#147;here&#148;&#151;now</p>", "it’s “here”—now"),
    ],
)
def test_blocks_become_paragraphs(html: str, expected: str) -> None:
    assert text(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("I <em>did</em> not", "I _did_ not"),
        ("I <i>did </i>not", "I _did_ not"),
        ("<cite>The Zeppo</cite>, she said", "_The Zeppo_, she said"),
        ("<b>Stop</b> <strong>it</strong>", "*Stop* *it*"),
        ("<b><i>both</i></b>", "*_both_*"),
        ("<em>a <em>nested</em> b</em>", "_a nested b_"),
        ("<em>a</em><em>b</em>", "_ab_"),
        ('I <span style="font-style: italic">did</span> <span class="x">not</span>', "I _did_ not"),
        ('<span style="font-weight:700">Stop <span lang="en">it</span></span> now', "*Stop it* now"),
        ("un<em>believ</em>able", "unbelievable"),
        ("<em>Buffy</em>'s", "Buffy's"),
        ("<em>don</em>’t", "don’t"),
        ("‘<em>No</em>’", "‘_No_’"),
        ("“<em>No</em>,” she", "“_No_,” she"),
        ("<em> </em>a<em></em>", "a"),
        ("a <em>—</em> b", "a — b"),
        ("<i>one<br><br>two</i>", "_one_\n\n_two_"),
        ("<p><i>one<p>two</i>", "_one_\n\n_two_"),
        ("<em>a\n  b</em>", "_a b_"),
    ],
)
def test_emphasis_is_marked_at_the_edge_of_words_only(html: str, expected: str) -> None:
    assert text(html) == expected


WORDS = st.sampled_from(["Buffy", "don't", "’s", " ", "—", "'", "x", "Böb", "5", "_", "*", ".", "\u2060", "n’"])
TAGS = st.sampled_from(["<em>", "</em>", "<b>", "</b>", "<i>", "</i>", "<strong>", "</strong>", ""])


@settings(max_examples=150)
@given(st.lists(st.tuples(TAGS, WORDS), max_size=12))
def test_emphasis_never_changes_the_words(parts: list[tuple[str, str]]) -> None:
    marked = "".join(tag + word for tag, word in parts)
    bare = "".join(word for _, word in parts)
    assert tokens(text(f"<p>x {marked} x</p>")) == tokens(text(f"<p>x {bare} x</p>"))


@pytest.mark.parametrize(
    "line", ["* * *", "***", "~~~", "#", "---", "—", "•••", "oOo", "xXxXx", "-x-", "~*~", "<><><>", "XOXOXO", "*   *"]
)
def test_a_lone_ornament_is_a_scene_break(line: str) -> None:
    assert text(f"<p>one</p><center><b>{line.replace('<', '&lt;')}</b></center><p>two</p>") == "one\n\n* * *\n\ntwo"


@pytest.mark.parametrize("line", ["...", "X", "XXX", "No.", "", "o", "ooh", "5", "?!", "oh"])
def test_short_speech_and_numerals_are_no_scene_break(line: str) -> None:
    assert not is_scene_break(line)


def test_rules_at_the_ends_and_beside_each_other_say_nothing() -> None:
    assert text("<hr><p>one</p><hr><p>***</p><hr><p>two</p><hr>") == f"one\n\n{SCENE_BREAK}\n\ntwo"


def test_verse_keeps_its_lines() -> None:
    html = f"<p>{LONG}</p><blockquote>Roses are red,<br>violets are blue</blockquote><p>{LONG}</p>"
    assert "\n\n    Roses are red,\n    violets are blue\n\n" in text(html)


def test_a_poem_is_known_by_its_class() -> None:
    html = (
        f'<p>{LONG}</p><div class="poem"><p>Roses<br>are</p></div><p epub:type="z3998:verse">red<br>too</p><p>end</p>'
    )
    assert text(html).split("\n\n")[1:] == ["    Roses\n    are", "    red\n    too", "end"]


def test_short_lines_that_begin_with_capitals_are_verse() -> None:
    assert text("<p>The rose is red<br>The violet blue<br>The honey sweet</p>").startswith(
        "    The rose is red\n    The"
    )


def test_prose_wrapped_by_hand_is_joined() -> None:
    assert text("<p>She had walked for so long<br>that the lamps had gone out,<br>one by one.</p>").count("\n") == 0


def test_long_lines_parted_by_one_break_are_paragraphs() -> None:
    assert text(f"{LONG}<br>{LONG}<br>Yes.").count("\n\n") == 2


def test_a_line_that_begins_with_blanks_is_a_paragraph() -> None:
    assert text("She went.<br>&nbsp;&nbsp;&nbsp;He stayed,<br>of course.") == "She went.\n\nHe stayed, of course."


def test_speech_line_by_line_is_paragraphs() -> None:
    assert text("“Yes.”<br>“No.”<br>“Why?”") == "“Yes.”\n\n“No.”\n\n“Why?”"


def test_a_quotation_is_indented_but_not_a_page_with_margins() -> None:
    assert text(f"<p>{LONG * 2}</p><blockquote><p>Dear Sam</p></blockquote>").endswith("\n\n    Dear Sam")
    assert text(f"<blockquote><p>{LONG}</p><p>{LONG}</p></blockquote>").startswith("She")


def test_emphasis_over_a_line_end_stays_whole() -> None:
    assert text("<p><i>she had walked so long<br>that the lamps went out,</i><br>one by one.</p>") == (
        "_she had walked so long that the lamps went out,_ one by one."
    )


@pytest.mark.parametrize(
    "html",
    [
        "<script>var scriptdecoyword = '<p>';</script>",
        "<style>.styledecoyword { color: red }</style>",
        "<!-- commentdecoy <p>decoyword -->",
        "<!--[if mso]><p>decoyword</p><![endif]-->",
        "<noscript>decoyword</noscript><template><p>decoyword</p></template>",
        "<nav><a href=x>decoyword</a></nav>",
        "<select><option>decoyword</select><button>decoyword</button><textarea>decoyword</textarea>",
        '<img alt="decoyword" src=x><iframe>decoyword</iframe><svg><text>decoyword</text></svg>',
        '<p style="display: none">decoyword</p><p hidden>decoyword</p>',
        '<h3 class="landmark heading">decoyword</h3>',
        '<a href="#n1" epub:type="noteref">decoyword</a>',
    ],
)
def test_what_no_reader_sees_is_not_text(html: str) -> None:
    assert text(f"<p>before</p>{html}<p>after</p>") == "before\n\nafter"


def test_ruby_keeps_base_and_reading() -> None:
    assert text("<ruby>漢字<rp>(</rp><rt>kanji</rt><rp>)</rp></ruby>") == "漢字 (kanji)"


def test_a_label_cell_and_its_value_are_one_line() -> None:
    rows = "<tr><td><b>Rating:</b></td><td>R</td></tr><tr><td>Pairing:</td><td></td></tr><tr><td>x</td></tr>"
    assert [b.plain for b in blocks(dom.body_of(dom.parse(f"<table>{rows}</table>")))] == ["Rating: R", "Pairing:", "x"]


def test_a_definition_list_is_label_and_value() -> None:
    html = "<dl><dt>Rating</dt><dd>R</dd><dt>Spoilers:</dt><dd><a href=x>The Zeppo</a></dd></dl>"
    assert [b.plain for b in blocks(dom.body_of(dom.parse(html)))] == ["Rating: R", "Spoilers: The Zeppo"]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<h2>Chapter 1<br><br>The Door</h2>", "Chapter 1: The Door"),
        ("<hgroup><h2>IV</h2><p>The Door</p></hgroup>", "IV: The Door"),
        ("<h1>The Lion<br>and the Lamb</h1>", "The Lion and the Lamb"),
        ("<h1>D&nbsp;R&nbsp;A&nbsp;C&nbsp;U&nbsp;L&nbsp;A</h1>", "DRACULA"),
    ],
)
def test_a_heading_is_one_line(html: str, expected: str) -> None:
    assert text(html) == expected


def test_preformatted_text_keeps_lines_and_indentation() -> None:
    found = blocks(dom.body_of(dom.parse("<pre>one\ntwo\n\n   three\n \n\nfour</pre>")))
    assert [b.lines for b in found] == [["one", "two"], ["three"], ["four"]]


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "deep" + "</div>" * 100_000,
        "<div>" * 100_000 + "deep",
        "<blockquote><i>" * 50_000 + "deep",
        "".join(f"<font color={n}>" for n in range(20_000)) + "deep" + "<p>x" * 20_000,
        "<b class=x>" * 50_000 + "deep",
        "<p <font color=x>deep" + "<font " * 100_000,
        "<p>" + "<i><b></i>" * 90_000 + "deep",
    ],
    ids=["closed", "unclosed", "quotes", "fonts", "bold", "broken", "crossed"],
)
def test_no_page_is_too_deep(html: str) -> None:
    assert "deep" in text(html)


def test_an_element_closed_where_it_opens_swallows_nothing() -> None:
    tree = dom.parse_xhtml(
        '<html><head><title/><script src="x"/></head><body><p>one<i/> two</p><br/><p/></body></html>'
    )
    assert dom.text(tree.body) == "one two"


def test_character_data_of_xml_is_text() -> None:
    assert dom.text(dom.parse_xhtml("<body><p><![CDATA[a < b & c]]></p></body>").body) == "a < b & c"
