"""A page becomes the story on it: every site in its own template, and the pages people made by hand."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from textwrap import fill

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.errors import ReadingError
from ficsearch.readers.blocks import MARKS
from ficsearch.readers.html import read_html
from ficsearch.story import Document
from ficsearch.text import squash, tokens

PROSE = (
    "The library had been closed for an hour when Xander found her on the top of the rolling ladder, and by the look "
    "of it she had been there for longer than that, with her knees drawn up and a book that she was not reading. "
)


def read(page: str | bytes) -> Document:
    """The one story on *page*."""
    (document,) = read_html("page.html", page if isinstance(page, bytes) else page.encode())
    return document


def text_of(document: Document) -> str:
    return "\n\n".join(chapter.text for chapter in document.chapters)


# ---- the Archive of Our Own

AO3_TAGS = """
<dl class="tags">
 <dt>Rating:</dt><dd><a href="/tags/Mature">Mature</a></dd>
 <dt>Archive Warnings:</dt><dd>
<a href="/t">Major Character Death</a>, <a href="/t">Graphic Depictions Of Violence</a></dd>
 <dt>Categories:</dt><dd><a href="/t">F/M</a>, <a href="/t">Gen</a></dd>
 <dt>Fandoms:</dt><dd><a href="/t">Buffy the Vampire Slayer (TV)</a>, <a href="/t">Angel: the Series</a></dd>
 <dt>Relationship:</dt><dd><a href="/t">Xander Harris/Willow Rosenberg</a></dd>
 <dt>Characters:</dt><dd><a href="/t">Willow Rosenberg</a>, <a href="/t">Harris, Xander</a></dd>
 <dt>Additional Tags:</dt><dd><a href="/t">Angst, with ladders</a></dd>
 <dt>Language:</dt><dd>English</dd>
 <dt>Series:</dt>
<dd>Part 2 of <a href="/series/1">Rungs, and Other Steps</a>, Part 1 of <a href="/series/2">Dust</a></dd>
 <dt>Collections:</dt><dd><a href="/c">Ladder Fest</a></dd>
 <dt>Stats:</dt><dd>Published: 2012-03-04 Updated: 2013-05-06 Words: 1,234 Chapters: 2/5</dd>
</dl>"""
AO3 = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>The Ladder - rung, R. Penhallow - Buffy</title>
<style type="text/css">p.message {{ styledecoyword }}</style></head><body>
<div id="preface"><h2 class="toc-heading">Preface</h2>
<p class="message"><b>The Ladder</b><br/>Posted originally on the <a href="http://archiveofourown.org/">Archive of Our
 Own</a> at <a href="http://archiveofourown.org/works/42">http://archiveofourown.org/works/42</a>.</p>
<div class="meta">{AO3_TAGS}
<h1>The Ladder</h1><div class="byline">by <a rel="author" href="/users/rung">rung</a>,
 <a rel="author" href="/users/rp">Penhallow, R. [archived by <a href="/users/x">x</a>]</a></div>
<p>Summary</p><blockquote class="userstuff"><p>Willow climbs.</p><p>She <em>falls</em>.</p></blockquote>
<p>Notes</p><blockquote class="userstuff"><p>Set after The Zeppo.</p></blockquote></div></div>
<div id="chapters" class="userstuff">
<div class="meta group"><h2 class="heading">Chapter 1: Up</h2><p>Chapter Summary</p>
<blockquote class="userstuff"><p>She goes up.</p></blockquote></div>
<!--chapter content--><div class="userstuff"><p>{PROSE}</p><hr/><p>She <em>waited</em>.</p></div><!--/chapter content-->
<div class="meta" id="endnotes1"><p>Chapter End Notes</p><blockquote class="userstuff"><p>More soon.</p>
</blockquote></div>
<div class="meta group"><h2 class="heading">Chapter 2</h2></div>
<div class="userstuff"><h3>A heading of hers</h3><p>{PROSE}</p></div></div>
<div id="afterword"><h2 class="toc-heading">Afterword</h2><div class="meta"><div id="endnotes"><p>End Notes</p>
<blockquote class="userstuff"><p>Thank you.</p></blockquote></div>
<p class="message">Please <a href="/works/42/comments/new">drop by the Archive and comment</a></p></div></div>
</body></html>"""


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("title", ("The Ladder",)),
        ("author", ("rung", "Penhallow, R.")),
        ("rating", ("Mature",)),
        ("warnings", ("Major Character Death", "Graphic Depictions Of Violence")),
        ("category", ("F/M", "Gen")),
        ("fandom", ("Buffy the Vampire Slayer (TV)", "Angel: the Series")),
        ("pairing", ("Xander Harris/Willow Rosenberg",)),
        ("characters", ("Willow Rosenberg", "Harris, Xander")),
        ("genre", ("Angst, with ladders",)),
        ("language", ("English",)),
        ("series", ("Part 2 of Rungs, and Other Steps", "Part 1 of Dust")),
        ("published", ("2012-03-04",)),
        ("updated", ("2013-05-06",)),
        ("words", ("1,234",)),
        ("status", ("2/5",)),
        ("source_url", ("http://archiveofourown.org/works/42",)),
        ("summary", ("Willow climbs.\n\nShe falls.",)),
        ("notes", ("Set after The Zeppo.", "She goes up.")),
        ("endnotes", ("More soon.", "Thank you.")),
    ],
)
def test_a_work_downloaded_from_ao3_claims_what_its_preface_says(label: str, values: tuple[str, ...]) -> None:
    assert read(AO3).values(label) == values


def test_a_work_downloaded_from_ao3_has_its_chapters_and_no_notes_in_them() -> None:
    document = read(AO3)
    assert [c.title for c in document.chapters] == ["Chapter 1: Up", "Chapter 2"]
    assert document.chapters[0].text == f"{PROSE.strip()}\n\n* * *\n\nShe _waited_."
    assert document.chapters[1].text == f"A heading of hers\n\n{PROSE.strip()}"


def test_claims_of_a_tag_list_say_where_they_stand() -> None:
    assert next(c.origin for c in read(AO3).claims if c.label == "genre") == "dl.tags Additional Tags"


AO3_OLD = f"""<html><head><title>The Ladder - rung - Buffy</title></head><body>
<p class="message">Posted originally on the <a href="http://archiveofourown.org">Archive of Our Own</a> at
 <a href="http://archiveofourown.org/works/7">http://archiveofourown.org/works/7</a>.</p>
<div class="meta"><dl class="tags"><dt>Rating:</dt><dd><a href="x">Not Rated</a></dd>
<dt>Archive Warning:</dt><dd><a href="x">Choose Not To Use Archive Warnings</a></dd>
<dt>Stats:</dt><dd>Published: 2011-01-02 Words: 12345</dd></dl>
<h1>The Ladder</h1><div class="byline">by Anonymous</div>
<p>Summary</p><blockquote class="userstuff"><p>Willow climbs.</p></blockquote></div>
<div id="chapters" class="userstuff"><p>{PROSE}</p><p>The end.</p></div>
<div class="meta">
<p class="message">Please <a href="x">drop by the archive and comment</a> to let the author know.</p></div>
</body></html>"""


def test_the_template_of_2010_is_read_too() -> None:
    document = read(AO3_OLD)
    assert document.format == "ao3-html"
    assert document.first("author") == "Anonymous"
    assert document.first("summary") == "Willow climbs."
    assert document.first("status") == "Completed"
    assert [(c.title, c.text) for c in document.chapters] == [(None, f"{PROSE.strip()}\n\nThe end.")]


@pytest.mark.parametrize(
    ("stats", "status"),
    [
        ("Published: 2012-01-01 Completed: 2012-02-02 Words: 9 Chapters: 3/3", "Completed: 2012-02-02"),
        ("Published: 2012-01-01 Words: 9 Chapters: 1/1", "1/1"),
        ("Published: 2012-01-01 Chapters: 3/? Words: 9", "3/?"),
        ("Published: 2012-01-01 Updated: 2012-02-02 Words: 9 Chapters: 1,000/1,001", "1,000/1,001"),
        ("Published: 2012-01-01 Words: 9", "Completed"),
    ],
)
def test_the_status_of_a_work_is_told_by_its_counts(stats: str, status: str) -> None:
    page = AO3_OLD.replace("Published: 2011-01-02 Words: 12345", stats)
    assert read(page).first("status") == status


AO3_PAGE = f"""<!DOCTYPE html><html><head><title>The Ladder - Chapter 2 - rung - Buffy</title>
<link rel="canonical" href="https://archiveofourown.org/works/42"/></head><body>
<ul class="primary navigation"><li><a href="/media">Fandoms</a></li></ul>
<dl class="work meta group">
<dt class="rating tags">Rating:</dt><dd class="rating tags"><ul class="commas"><li><a class="tag">Explicit</a></li>
</ul></dd>
<dt class="relationship tags">Relationships:</dt><dd class="relationship tags"><ul><li><a class="tag">A/B</a></li>
<li><a class="tag">C & D</a></li></ul></dd>
<dt class="language">Language:</dt><dd class="language">English</dd>
<dt class="series">Series:</dt><dd class="series"><span class="series"><a class="previous">←</a>
<span class="position">Part 2 of <a href="/series/1">Rungs</a></span><a class="next">→</a></span></dd>
<dt class="stats">Stats:</dt><dd class="stats"><dl class="stats"><dt class="published">Published:</dt>
<dd class="published">2012-03-04</dd><dt class="status">Updated:</dt><dd class="status">2012-05-06</dd>
<dt class="words">Words:</dt><dd class="words">1,234</dd><dt class="chapters">Chapters:</dt>
<dd class="chapters"><a href="x">3</a>/5</dd><dt class="kudos">Kudos:</dt><dd class="kudos">7</dd></dl></dd></dl>
<div id="workskin"><div class="preface group"><h2 class="title heading">The Ladder</h2>
<h3 class="byline heading"><a rel="author" href="/u">rung</a></h3>
<div class="summary module"><h3 class="heading">Summary:</h3><blockquote class="userstuff"><p>Climbing.</p>
</blockquote></div></div>
<div id="chapters"><div class="chapter" id="chapter-2"><div class="chapter preface group">
<h3 class="title"><a href="/works/42/chapters/2">Chapter 2</a>: Down</h3>
<div class="summary module"><blockquote class="userstuff"><p>She comes down.</p></blockquote></div></div>
<div class="userstuff module" role="article"><h3 class="landmark heading" id="work">Chapter Text</h3><p>{PROSE}</p>
</div>
<div class="end notes module"><h3 class="heading">Notes:</h3><blockquote class="userstuff"><p>Sorry.</p>
</blockquote></div>
</div></div></div><div id="feedback"><p>Kudos</p><div id="comments_placeholder"><p>decoycomment</p></div></div>
</body></html>"""


def test_a_work_page_saved_from_ao3_is_read_without_its_comments() -> None:
    document = read(AO3_PAGE)
    assert document.format == "ao3-page"
    assert [(c.title, c.text) for c in document.chapters] == [("Chapter 2: Down", PROSE.strip())]
    assert document.values("pairing") == ("A/B", "C & D")
    assert document.values("summary") == ("Climbing.",)
    assert document.values("notes") == ("She comes down.",)
    assert document.values("endnotes") == ("Sorry.",)
    assert document.first("series") == "Part 2 of Rungs"
    assert document.first("status") == "3/5"
    assert document.problems == ("the page holds 1 of 3 chapters",)


# ---- other archives

FFN = f"""<!DOCTYPE html><html><head>
<title>The Ladder Chapter 2: Down, a Buffy: The Vampire Slayer fanfic | FanFiction</title>
<link rel="canonical" href="//www.fanfiction.net/s/123/2/The-Ladder"></head><body>
<div id=pre_story_links>
<a class=xcontrast_txt href="/tv/">TV Shows</a> <a class=xcontrast_txt href="/tv/Buffy/">Buffy: The
 Vampire Slayer</a></div>
<div id=profile_top>
<b class=xcontrast_txt>The Ladder</b> By: <a class=xcontrast_txt href="https://x.net/u/9/rp">R. Penhallow</a>
<div style="margin-top: 2px" class=xcontrast_txt>Willow climbs.</div>
<span class="xgray xcontrast_txt">Rated: <a target=rating>Fiction  T</a> - English - Hurt/Comfort/Humor - [Willow R.,
 Xander H.] Oz - Chapters: 2   - Words: 1,234 - Reviews: <a href="/r/">12</a>
 - Updated: <span data-xutime="957139200">May 1</span>
 - Published: <span data-xutime="946684800">1/1/2000</span> - id: 123 </span></div>
<SELECT id=chap_select><option value=1>1. Up<option value=2 selected>2. Down</select>
<div id=storytextp><div id=storytext><p>Disclaimer: Not mine, they belong to somebody with a lawyer.<p>Rating: T<hr>
<p>{PROSE}<p>She <b>fell</b>.</div></div><div>Follow/Fav The Ladder</div></body></html>"""


@pytest.mark.parametrize(
    ("label", "values"),
    [
        ("title", ("The Ladder",)),
        ("author", ("R. Penhallow",)),
        ("summary", ("Willow climbs.",)),
        ("fandom", ("Buffy: The Vampire Slayer",)),
        ("rating", ("T", "T")),
        ("language", ("English",)),
        ("genre", ("Hurt/Comfort", "Humor")),
        ("pairing", ("Willow R./Xander H.",)),
        ("characters", ("Willow R.", "Xander H.", "Oz")),
        ("words", ("1,234",)),
        ("status", ("In-Progress",)),
        ("updated", ("2000-05-01",)),
        ("published", ("2000-01-01",)),
        ("source_url", ("https://www.fanfiction.net/s/123/2/The-Ladder",)),
        ("disclaimer", ("Not mine, they belong to somebody with a lawyer.",)),
    ],
)
def test_a_page_of_fanfiction_net_claims_what_its_line_of_facts_says(label: str, values: tuple[str, ...]) -> None:
    assert read(FFN).values(label) == values


def test_a_page_of_fanfiction_net_is_one_chapter_and_says_so() -> None:
    document = read(FFN)
    assert [(c.title, c.text) for c in document.chapters] == [("Down", f"{PROSE.strip()}\n\nShe *fell*.")]
    assert document.problems == ("the page holds 1 of 2 chapters",)


def test_notes_typed_around_a_chapter_are_not_story() -> None:
    typed = f"<p>A/N: Sorry for the wait.</p><hr><p>{PROSE}</p><p>She fell.</p><p>A/N: Reviews are love.</p>"
    document = read(f"<html><body><div id=profile_top><b>T</b></div><div id=storytext>{typed}</div></body></html>")
    assert document.values("notes") == ("Sorry for the wait.",)
    assert document.values("endnotes") == ("Reviews are love.",)
    assert text_of(document) == f"{PROSE.strip()}\n\nShe fell."


@pytest.mark.parametrize(
    ("facts", "genre", "characters", "status"),
    [
        ("Rated: Fiction K+ - English - Willow R. - Words: 9 - Status: Complete", (), ("Willow R.",), "Complete"),
        ("Rated: Fiction M - English - Humor - Words: 9 - id: 1", ("Humor",), (), "In-Progress"),
        ("Rated: Fiction M - English - Words: 9 - id: 1", (), (), "In-Progress"),
        ("Rated: Fiction K - French - Sci-Fi/Humor - J. O'Neill, D. Jackson - id: 1", ("Sci-Fi", "Humor"),
         ("J. O'Neill", "D. Jackson"), "In-Progress"),
    ],
)  # fmt: skip
def test_genre_and_characters_are_told_apart(
    facts: str, genre: tuple[str, ...], characters: tuple[str, ...], status: str
) -> None:
    page = f"""<div id=profile_top><b>T</b><span class="xgray">{facts}</span></div><div id=storytext><p>{PROSE}</div>"""
    document = read(f"<html><body>{page}</body></html>")
    assert document.values("genre") == genre
    assert document.values("characters") == characters
    assert document.first("status") == status


def test_a_crossover_on_fanfiction_net_has_two_fandoms() -> None:
    page = FFN.replace("Buffy: The\n Vampire Slayer</a>", "Buffy + Stargate: SG-1 Crossover</a>")
    assert read(page).values("fandom") == ("Buffy", "Stargate: SG-1")


EFICTION = f"""<html><head><title>The Ladder by rp</title></head><body><div id="menu"><a href="index.php">Home</a></div>
<div id="pagetitle"><a href="viewstory.php?sid=1">The Ladder</a> by <a href="viewuser.php?uid=2">rp</a></div>
<div class="listbox"><div class="content"><span class="label">Summary: </span><p>Willow climbs.</p><p>And falls.</p>
<span class="label">Rated:</span> PG-13<br />
<span class="label">Categories:</span> <a href="b">Buffy</a>, <a href="b">Angel</a>
<span class="label">Characters: </span> None<br />
<span class="label">Genres: </span> <a href="b">Angst</a>, <a href="b">Humor</a>
<span class="label">Chapters: </span> 2 <span class="label">Completed:</span> No
<span class="label">Word count:</span> 99
<span class="label">Read:</span> 5 <span class="label">Published: </span>2003-04-05</div></div>
<div class="notes"><div class="title"><span class="label">Story Notes:</span></div><div class="noteinfo">
<p>Hello.</p></div></div>
<form><select name="chapter"><option value="1">1. Up</option><option value="2" selected>2. Down</option></select></form>
<div id="story"><p>{PROSE}</p></div>
<div class="notes"><div class="title"><span class="label">Chapter End Notes:</span></div>
<div class="noteinfo">Bye.</div></div>
<div id="archivedat">This story archived at <a href="http://x.org/viewstory.php?sid=1">http://x.org</a></div>
<div id="footer">Disclaimer: All publicly recognizable characters are the property of their owners.</div></body>
</html>"""


def test_a_reading_page_of_efiction_is_read() -> None:
    document = read(EFICTION)
    assert document.format == "efiction-page"
    claims = {c.label: document.values(c.label) for c in document.claims}
    assert claims["title"] == ("The Ladder",)
    assert claims["author"] == ("rp",)
    assert claims["summary"] == ("Willow climbs.\n\nAnd falls.",)
    assert claims["rating"] == ("PG-13",)
    assert claims["category"] == ("Buffy", "Angel")
    assert claims["genre"] == ("Angst", "Humor")
    assert claims["status"] == ("No",)
    assert claims["notes"] == ("Hello.",)
    assert claims["endnotes"] == ("Bye.",)
    assert claims["source_url"] == ("http://x.org/viewstory.php?sid=1",)
    assert "characters" not in claims
    assert [(c.title, c.text) for c in document.chapters] == [("Down", PROSE.strip())]


def test_a_printable_page_of_efiction_has_all_chapters() -> None:
    chapter = f"""<a name="1"></a><div class="chaptertitle">Up by <a href="u">rp</a></div>
    <div class="notes"><div class="title"><span class='label'>Author's Notes:</div><div class="noteinfo">Hi.</div></div>
    <div class="chapter"><p>{PROSE}</p><div class="toplink"><a href="#top">Back to index</a></div></div>"""
    page = f"""<html><body><div id="pagetitle">
<a href="viewstory.php?sid=1">T</a> by <a href="viewuser.php?u=1">rp</a></div>
    <div class="infobox"><div class="content"><span class="label">Summary: </span>Climbing.<br>
    <span class="label">Completed:</span> Yes</div></div>{chapter}{chapter.replace("Up", "Down")}
    <div id="copyright">x</div></body></html>"""
    document = read(page)
    assert [(c.title, c.text) for c in document.chapters] == [("Up", PROSE.strip()), ("Down", PROSE.strip())]
    assert document.first("summary") == "Climbing."
    assert document.first("status") == "Yes"
    assert document.values("notes") == ("Hi.", "Hi.")


def test_an_index_page_of_efiction_is_told_to_hold_no_text() -> None:
    page = """<html><body><div id="pagetitle">
<a href="viewstory.php?sid=1">T</a> by <a href="viewuser.php?u=1">rp</a></div>
    <div class="listbox"><div class="content"><span class="label">Rated:</span> R</div></div>
    <p><b>1. <a href="x">Up</a> </b>by rp</p></body></html>"""
    document = read(page)
    assert document.chapters == ()
    assert document.first("rating") == "R"
    assert document.problems == ("this is the index page of a story: it holds no text",)


FANFICFARE = f"""<html><head><title>The Ladder by rp</title></head><body>
<h1>
<a href="https://x.org/s/1">The Ladder</a> by <a class="authorlink" href="u">rp</a>,
<a class="authorlink" href="u">q</a></h1>
<table class="full"><tr><td><b>Category:</b></td><td>Buffy the Vampire Slayer</td></tr>
<tr><td><b>Status:</b></td><td>In-Progress</td></tr><tr><td><b>Rating:</b></td><td>Teen</td></tr>
<tr><td><b>Publisher:</b></td><td>x.org</td></tr>
<tr><td><b>Summary:</b></td><td><p>Willow climbs.</p><p>Twice: up, up.</p></td></tr></table>
<a name="TOCTOP"><h2>Table of Contents</h2></a><p><a href="#section0001">1. Up</a></p>
<a name="section0001"><h2>1. Up</h2></a><div><p>{PROSE}</p></div>
<a name="section0002"><h2>2. Down</h2></a><div class="fff_chapter_notes fff_head_notes">
<b>Author's Note:</b> Hello.</div>
<p>{PROSE}</p></body></html>"""


def test_a_page_of_fanficfare_is_read() -> None:
    document = read(FANFICFARE)
    assert document.format == "fanficfare-html"
    assert document.first("title") == "The Ladder"
    assert document.values("author") == ("rp", "q")
    assert document.first("fandom") == "Buffy the Vampire Slayer"
    assert document.first("rating") == "Teen"
    assert document.first("summary") == "Willow climbs.\n\nTwice: up, up."
    assert document.first("source_url") == "https://x.org/s/1"
    assert document.first("notes") == "Author's Note: Hello."
    assert [(c.title, c.text) for c in document.chapters] == [("1. Up", PROSE.strip()), ("2. Down", PROSE.strip())]


# ---- pages made by hand

FRAME = """<HTML><HEAD><TITLE>{title}</TITLE><SCRIPT>document.write("scriptdecoyword")</SCRIPT></HEAD>
<BODY BGCOLOR=#000000>
<TABLE WIDTH=100%><TR><TD WIDTH=120><FONT SIZE=-1><A HREF=index.html>Home</A><BR><A HREF=fic.html>Fiction</A><BR>
<A HREF="mailto:rp@example.org">Email</A></FONT></TD><TD>{story}
<HR><CENTER><A HREF=short.html>Back to Short Stories</A> | <A HREF=index.html>Home</A></CENTER>
<P><A HREF=index.html>Back to Lantern Street Home Page</A><P>You are visitor number <IMG SRC=n.cgi> since May 1998
<P>This page hosted by <A HREF="http://www.geocities.com">GeoCities</A></TD></TR></TABLE></BODY></HTML>"""

HEADERS = {
    "breaks": "<B>TITLE:</B> The Ladder<BR><B>AUTHOR:</B> R. Penhallow<BR>"
    "<B>RATING:</B> PG-13<BR><B>SPOILERS:</B> The Zeppo<HR>",
    "colon outside": "<B>Title</B>: The Ladder<BR><B>Author</B>: R. Penhallow<BR>"
    "<B>Rating</B>: PG-13<BR><B>Spoilers</B>: The Zeppo<HR>",
    "paragraphs": "Title: The Ladder<P>Author: R. Penhallow<P>Rating: PG-13<P>Spoilers: The Zeppo<P><HR>",
    "fonts": "<FONT COLOR=red>Title:</FONT> The Ladder<BR><FONT COLOR=red>Author:</FONT> R. Penhallow<BR>"
    "<FONT COLOR=red>Rating:</FONT> PG-13<BR><FONT COLOR=red>Spoilers:</FONT> The Zeppo<BR><BR>",
    "table": "<TABLE BORDER=1><TR><TD><B>Title:</B></TD><TD>The Ladder</TD></TR>"
    "<TR><TD><B>Author:</B></TD><TD>R. Penhallow</TD></TR>"
    "<TR><TD><B>Rating:</B></TD><TD>PG-13</TD></TR><TR><TD><B>Spoilers:</B></TD><TD>The Zeppo</TD></TR></TABLE><HR>",
    "definition list": "<DL><DT>Title<DD>The Ladder<DT>Author<DD>R. Penhallow"
    "<DT>Rating<DD>PG-13<DT>Spoilers<DD>The Zeppo</DL><HR>",
    "heading and by-line": "<CENTER><H1>The Ladder</H1>by R. Penhallow</CENTER>"
    "<P>Rating: PG-13<BR>Spoilers: The Zeppo<P><HR>",
    "linked values": 'Title: The Ladder<BR>Author: <A HREF="mailto:rp@example.org">R. Penhallow</A><BR>'
    "Rating: PG-13<BR>Spoilers: The Zeppo<BR><BR>",
}  # fmt: skip


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_header_is_found_however_the_page_sets_it(header: str) -> None:
    page = FRAME.format(title="Lantern Street", story=f"{header}<P>{PROSE}<P>&quot;No,&quot; said Willow.<P>{PROSE}")
    document = read(page)
    claims = [document.first(label) for label in ("title", "author", "rating", "spoilers")]
    assert claims == ["The Ladder", "R. Penhallow", "PG-13", "The Zeppo"]
    assert text_of(document) == f'{PROSE.strip()}\n\n"No," said Willow.\n\n{PROSE.strip()}'


STORIES = {
    "unclosed paragraphs": f"<P>{PROSE}<P>She fell.",
    "double breaks": f"{PROSE}<BR><BR>She fell.<BR><BR>",
    "indents": f"&nbsp;&nbsp;&nbsp;&nbsp;{PROSE}<BR>&nbsp;&nbsp;&nbsp;&nbsp;She fell.<BR>",
    "divisions": f"<DIV>{PROSE}</DIV><DIV>She fell.</DIV>",
    "fonts": f"<FONT FACE=Arial SIZE=2><P>{PROSE}<P><FONT FACE=Arial SIZE=3>She fell.",
    "margins": f"<BLOCKQUOTE><P>{PROSE}<P>She fell.</BLOCKQUOTE>",
    "Word": f"<p class=MsoNormal>{PROSE}<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
    "<p class=MsoNormal>She fell.</p>",
    "preformatted": f"<PRE>{fill(PROSE, 72)}\n\nShe fell.\n</PRE>",
}


@pytest.mark.parametrize("story", STORIES.values(), ids=STORIES)
def test_paragraphs_are_found_however_the_page_sets_them(story: str) -> None:
    page = FRAME.format(title="The Ladder by R. Penhallow", story=story)
    assert tokens(text_of(read(page))) == tokens(f"{PROSE} She fell.")
    assert len(read(page).chapters[0].paragraphs) == 2


def test_a_header_in_sentences_is_read() -> None:
    said = "[PG] Contains spoilers for Wild at Heart. Willow belongs to Mutant Enemy."
    document = read(f"<h1>The Ladder</h1>by R. Penhallow<BR><BR>{said}<BR><HR>{PROSE}<BR><BR>She fell.<BR><BR>")
    assert document.first("spoilers") == "Wild at Heart."
    assert document.first("rating") == "[PG]"
    assert document.first("disclaimer") == "Willow belongs to Mutant Enemy."
    assert document.chapters[0].text == f"{PROSE.strip()}\n\nShe fell."


def test_a_known_label_in_a_cell_needs_no_colon() -> None:
    rows = "".join(
        f"<TR><TD>{k}</TD><TD>{v}</TD></TR>" for k, v in [("Author", "rp"), ("Rating", "K"), ("Spoilers", "none")]
    )
    document = read(f"<html><body><h1>The Ladder</h1><TABLE>{rows}</TABLE><p>{PROSE}</p></body></html>")
    assert [document.first(k) for k in ("title", "author", "rating", "spoilers")] == ["The Ladder", "rp", "K", "none"]
    assert text_of(document) == PROSE.strip()


def test_the_title_of_the_page_is_the_last_resort() -> None:
    document = read(FRAME.format(title="The Ladder by R. Penhallow", story=f"<P>{PROSE}<P>{PROSE}"))
    assert (document.first("title"), document.first("author")) == ("The Ladder", "R. Penhallow")


@pytest.mark.parametrize("title", ["Stand by Me", "Step by Step"])
def test_by_is_not_always_an_author(title: str) -> None:
    document = read(f"<html><head><title>{title}</title></head><body><p>{PROSE}</p><p>{PROSE}</p></body></html>")
    assert (document.first("title"), document.first("author")) == (title, None)


def test_a_page_that_calls_itself_a_chapter_has_no_title_from_that() -> None:
    body = f"<h2>Chapter 3</h2><p>{PROSE}</p><p>{PROSE}</p>"
    document = read(f"<html><head><title>The Ladder</title></head><body>{body}</body></html>")
    assert (document.first("title"), document.first("chapter_title")) == ("The Ladder", "Chapter 3")
    assert [c.title for c in document.chapters] == ["Chapter 3"]


def test_headings_of_one_level_are_chapters() -> None:
    page = f"""<html><body><h1>The Ladder</h1><p>by R. Penhallow</p><h2>Contents</h2><p><a href="#1">1</a></p>
    <h2>Up</h2><p>{PROSE}</p><h3>a section</h3><p>{PROSE}</p><h2>Down</h2><p>{PROSE}</p></body></html>"""
    document = read(page)
    assert [c.title for c in document.chapters] == ["Up", "Down"]
    assert "a section" in document.chapters[0].text
    assert (document.first("title"), document.first("author")) == ("The Ladder", "R. Penhallow")


def test_lines_that_say_chapter_are_chapters() -> None:
    page = f"<p><b>Chapter One</b></p><p>{PROSE}</p><p><b>Chapter Two</b></p><p>{PROSE}</p>"
    assert len(read(f"<html><body>{page}</body></html>").chapters) == 2


def test_a_page_may_hold_several_stories() -> None:
    header = "<b>Title:</b> {0}<br><b>Author:</b> rp<br><b>Rating:</b> PG<br><b>Summary:</b> One of a set."
    story = f"<p>{header}</p><p>{{1}}</p><hr>"
    page = f"<html><body>{story.format('Rung', PROSE)}{story.format('Step', PROSE)}</body></html>"
    assert [d.first("title") for d in read_html("set.html", page.encode())] == ["Rung", "Step"]


def test_a_letter_in_a_pre_is_read_as_the_mail_it_is() -> None:
    page = f"""<html><body><pre>From: rp@example.org
Subject: NEW: The Ladder (1/1)
Date: Mon, 4 May 1998 10:00:00 +0100
Newsgroups: alt.tv.x-files.creative

Title: The Ladder
Author: R. Penhallow
Rating: PG

{PROSE}

She fell.
</pre></body></html>"""
    document = read(page)
    assert document.first("title") == "The Ladder"
    assert text_of(document) == f"{PROSE.strip()}\n\nShe fell."


LIST_PAGES = (
    "<html><body><H1>[xf] NEW: The Rung (1/1) [PG]</H1><B>R. Penhallow</B> <A HREF='mailto:x'>rp at example.net</A><BR>"
    "<I>Tue Nov 19 22:04:51 2002</I><P><UL><LI>Previous message: <A>[xf] other</A></UL><HR><!--beginarticle--><PRE>"
    "{0}</PRE><!--endarticle--><HR><UL><LI>Next message: <A>[xf] more</A></UL></body></html>",
    "<!-- MHonArc v2.5.2 --><html><body><h1>NEW: The Rung (1/1) [PG]</h1><hr><ul><li><em>From</em>: R. Penhallow</li>"
    "<li><em>Date</em>: Tue, 19 Nov 2002 22:04:51 -0500</li><li><em>Subject</em>: NEW: The Rung (1/1) [PG]</li></ul>"
    "<hr><!--X-Body-of-Message--><pre>{0}</pre><!--X-Body-of-Message-End--><hr>Next by Date: other</body></html>",
)


@pytest.mark.parametrize("page", LIST_PAGES, ids=("Pipermail", "MHonArc"))
def test_a_page_of_a_list_archive_is_the_message_on_it(page: str) -> None:
    document = read(page.format(fill(PROSE, 70)))
    assert (document.first("title"), document.first("author"), document.first("rating")) == (
        "The Rung",
        "R. Penhallow",
        "PG",
    )
    assert tokens(text_of(document)) == tokens(PROSE)


def test_a_board_of_a_table_is_a_thread() -> None:
    answer = "<tr><td><b>Bunny</b><br>Posts: 3</td><td><b>Re: The Rung</b><hr>I adored this.</td></tr>"
    story = (
        f"<tr><td><b>rp</b><br>Posts: 17</td><td><b>The Rung</b><hr>Rating: PG<br>Pairing: W/X<br><br>{PROSE * 3}</td>"
    )
    page = f"<title>Beta - The Rung</title><table><tr><td>Author</td><td>Comment</td></tr>{story}</tr>{answer}</table>"
    document = read(page)
    assert (document.first("author"), document.first("rating")) == ("rp", "PG")
    assert tokens(text_of(document)) == tokens(PROSE * 3)


def test_a_table_that_tells_an_author_and_a_comment_is_no_board() -> None:
    document = read(
        f"<table><tr><td>Author</td><td>Comment</td></tr><tr><td>rp</td><td>Hm.</td></tr></table><p>{PROSE}</p>"
    )
    assert tokens(PROSE)[-5:] == tokens(text_of(document))[-5:]


def test_headings_with_a_header_each_are_several_stories() -> None:
    one = "<h2>{0}</h2><p>Fandom: Firefly<br>Rating: {1}</p><p>" + PROSE + "</p>"
    page = f"<h1>Drabbles</h1><p>by rp</p>{one.format('Washing', 'G')}{one.format('Kettles', 'PG')}"
    documents = read_html("page.html", page.encode())
    assert [(d.first("title"), d.first("author"), d.first("rating")) for d in documents] == [
        ("Washing", "rp", "G"),
        ("Kettles", "rp", "PG"),
    ]


def test_chapters_that_say_the_header_again_are_one_story() -> None:
    one = "<h2>Chapter {0}</h2><p>Fandom: Firefly<br>Rating: PG</p><p>" + PROSE + "</p>"
    assert len(read_html("page.html", (one.format("One") + one.format("Two")).encode())) == 1


def test_remarks_above_a_story_need_no_rule_when_all_of_them_are_of_the_story() -> None:
    document = read(f"<h1>The Rung</h1><p>Rated PG for dread. Thanks to Ana for beta. Not mine.</p><p>{PROSE}</p>")
    assert document.first("rating") == "PG for dread"
    assert tokens(text_of(document)) == tokens(PROSE)


def test_somebody_who_says_that_something_is_not_his_is_story() -> None:
    spoken = "Not mine, he thought. Thanks to the rain nobody came."
    document = read(f"<h1>The Rung</h1><p>{spoken}</p><p>{PROSE}</p>")
    assert tokens(text_of(document)) == tokens(spoken + " " + PROSE)


def test_a_note_in_a_quotation_at_the_head_of_a_story_may_be_story() -> None:
    document = read(f"<h1>The Rung</h1><p>Note:</p><blockquote><p>Gone for milk. B.</p></blockquote><p>{PROSE}</p>")
    assert "Gone for milk" in text_of(document)


def test_comments_of_a_journal_are_not_story() -> None:
    page = f"""<html><body><h1>rpenhallow</h1><h2>Fic: The Ladder</h2><p>2005-03-04 | <a href=x>Leave a comment</a></p>
    <b>Title:</b> The Ladder<br/><b>Author:</b> rp<br/><b>Rating:</b> PG<br/><br/>{PROSE}<br/><br/>{PROSE}<br/><br/>
    {PROSE}<br/><br/><a href=x>( 12 comments | Leave a comment )</a><div>userx</div><p>decoycomment</p></body></html>"""
    document = read(page)
    assert document.first("rating") == "PG"
    assert len(document.chapters[0].paragraphs) == 3
    assert "decoycomment" not in text_of(document)


def test_a_header_that_somebody_reads_in_the_story_is_story() -> None:
    inner = "<p>Title: My Day</p><p>Author: Dawn</p><p>Rating: G</p><p>Summary: None of your business.</p>"
    page = f"<html><body><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>{inner}<p>{PROSE}</p></body></html>"
    assert "Summary: None of your business." in text_of(read(page))


def test_a_link_that_nobody_closed_does_not_make_the_story_a_menu() -> None:
    story = f"<p>Title: T<br>Author: rp<br>Rating: G</p><a href=x><p>{PROSE}<p>She fell.<p>{PROSE}"
    assert "She fell." in text_of(read(f"<html><body>{story}</body></html>"))


def test_a_story_that_goes_back_to_the_library_keeps_its_lines() -> None:
    story = f"<p>{PROSE}</p><p>“Back to the library?”</p><p>{PROSE}</p><p>They went back to the page.</p>"
    text = text_of(read(f"<html><body>{story}</body></html>"))
    assert text.endswith("They went back to the page.")
    assert "“Back to the library?”" in text


def test_a_page_with_hardly_any_text_says_so() -> None:
    page = "<html><body><ul><li><a href=1.html>The Ladder</a><li><a href=2.html>Dust</a></ul></body></html>"
    assert "hardly any text" in read(page).problems[0]


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("cp1252", ""),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("utf-8", "iso-8859-1"),
        ("utf-8", "utf-8"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_page_is_decoded_whatever_it_declares(encoding: str, declared: str) -> None:
    meta = f'<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={declared}">' if declared else ""
    page = f"<html><head>{meta}</head><body><p>{PROSE}</p><p>“Böb’s café,” she said — twice.</p></body></html>"
    assert "“Böb’s café,” she said — twice." in text_of(read(page.encode(encoding)))


@pytest.mark.parametrize(
    ("encoding", "line"), [("cp1251", "Баффи шла домой"), ("koi8-r", "Баффи шла домой"), ("shift_jis", "彼女は歩いた")]
)
def test_a_declared_charset_counts_where_the_bytes_leave_a_choice(encoding: str, line: str) -> None:
    page = f'<html><head><meta charset="{encoding}"></head><body><p>{line} {line} {line}</p></body></html>'
    assert line in text_of(read(page.encode(encoding)))


NAMES = "p b i em div table tr td blockquote pre hr br h1 h2 a ul li dl dt dd script style select option ruby rt hgroup"
TAGS = NAMES.split()
SOUP = st.lists(
    st.one_of(
        st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
        st.sampled_from(
            ["Title: x", "by rp", "Rating: R", "* * *", "&nbsp;", "&", "<", '<a href="', "\n", "<!--", "Chapter 1"]
        ),
        st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
    ),
    max_size=40,
)


@settings(max_examples=150)
@given(
    SOUP,
    st.sampled_from(["", '<div id="storytext">', '<div id="chapters"><dl><dt>Rating:</dt>', '<div id="pagetitle">']),
)
def test_no_soup_of_tags_is_too_much(parts: list[str], start: str) -> None:
    documents = read_html("soup.html", f"<html>x{start}{''.join(parts)}".encode())
    assert documents
    assert not any(mark in repr(documents) for mark in MARKS)


def test_a_page_that_is_no_text_is_refused() -> None:
    with pytest.raises(ReadingError):
        read(b"<html>" + bytes(range(32)) * 100)


# ---- the big corpus, where it is unpacked

FICTION = os.environ.get("FICSEARCH_FICTION")


def rows(folder: str) -> list[dict[str, str]]:
    if not FICTION:
        return []
    with (Path(FICTION) / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in table if row["path"].startswith(folder)]


def words_of(path: str) -> list[str]:
    """The words of the text form: a file, or all files of a folder, without their headers."""
    place = Path(FICTION or "") / path
    files = sorted(place.glob("*.txt")) if place.is_dir() else [place]
    return [word for file in files for word in tokens(file.read_text("utf-8").partition("\n\n")[2])]


def overlap(one: list[str], other: list[str]) -> float:
    """How much of both are the same runs of three words, in per cent."""
    left, right = (Counter(zip(w, w[1:], w[2:], strict=False)) for w in (one, other))
    return 200 * (left & right).total() / (left.total() + right.total())


@pytest.mark.skipif(not FICTION, reason="FICSEARCH_FICTION names no corpus")
@pytest.mark.parametrize("row", rows("html/"), ids=lambda row: row["path"])
def test_the_pages_of_the_corpus_say_the_same_as_their_text(row: dict[str, str]) -> None:
    (document,) = read_html(row["path"], (Path(FICTION or "") / row["path"]).read_bytes())
    found = tokens(" ".join(f"{c.title or ''} {c.text}" for c in document.chapters))
    other_edition = "gutenberg" in row["path"]
    assert overlap(words_of(row["same_as"]), found) > (98 if other_edition else 99)
    assert "decoyword" not in repr(document)
    if "xhtml/" not in row["path"]:
        assert squash(document.first("title") or "") == squash(row["title"])


@pytest.mark.parametrize("head", ["", "<head><title>Rain Maps</title></head>"])
@pytest.mark.parametrize(
    "heading", ["Prologue", "Epilogue", "One", "IV", "7", "Chapter 1", "Chapter One: The Shelf", "Part Two"]
)
def test_the_heading_of_a_chapter_is_no_title(heading: str, head: str) -> None:
    document = read(f"<html>{head}<body><h2>{heading}</h2><p>{PROSE}</p><p>{PROSE}</p></body></html>")
    assert document.first("title") == ("Rain Maps" if head else None)
    assert [c.title for c in document.chapters] == [heading]


def test_a_page_of_chapters_is_not_called_like_its_first() -> None:
    parts = "".join(
        f"<h1>{title}</h1><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>" for title in ("Prologue", "One", "Two")
    )
    document = read(f"<html><body>{parts}</body></html>")
    assert document.first("title") is None
    assert [c.title for c in document.chapters] == ["Prologue", "One", "Two"]


@pytest.mark.parametrize("heading", ["Interlude", "Coda", "Vic", "One Night", "Epilogue: Rain"])
def test_a_heading_that_may_be_a_title_is_one(heading: str) -> None:
    document = read(f"<html><body><h2>{heading}</h2><p>{PROSE}</p><p>{PROSE}</p></body></html>")
    assert document.first("title") == heading


# ---- what journals, blogs and telephones put around a story


def claimed(document: Document, label: str) -> list[str]:
    return [claim.value for claim in document.claims if claim.label == label]


def test_the_facts_of_a_page_for_telephones_need_no_word_before_the_rating() -> None:
    facts = '<a href="/book/HP/">Harry Potter</a>, <a>K+</a>, English, Mystery &amp; Humor, Luna L., words: 2k+, '
    document = read(
        "<title>Bank Chapter 5: The Nail, a harry potter fanfic | FanFiction</title><div id=content><b>The Bank</b> "
        f'by <a href="/u/9/">gurdy</a><div>{facts}updated: Jul 14, 2021 published: May 14, 2021</div>'
        f"<div id=storycontent>{PROSE}</div> <a>Prev</a></div>"
    )
    assert (claimed(document, "rating"), claimed(document, "genre")) == (["K+"], ["Mystery", "Humor"])
    assert (claimed(document, "fandom"), claimed(document, "characters")) == (["Harry Potter"], ["Luna L."])
    assert (claimed(document, "published"), document.chapters[0].title) == (["May 14, 2021"], "The Nail")


def test_a_tumblr_is_its_owners_whatever_she_calls_it() -> None:
    head = '<header><h1><a href="https://spoons.tumblr.com/">a drawer of spoons</a></h1></header>'
    document = read(
        f'{head}<article class="post text"><h2>Potatoes</h2><div class="body"><p>{PROSE}</p><p>{PROSE}</p></div>'
        '<footer class="post-footer"><a>November 3, 2019</a></footer></article>'
    )
    assert (claimed(document, "author"), claimed(document, "published")) == (["spoons"], ["November 3, 2019"])


def test_a_chapter_on_wattpad_is_what_its_panel_holds() -> None:
    toc = '<div class="toc"><h1>Two Feet | Stucky</h1><ul><li>one</li><li>two: the glass</li></ul></div>'
    head = '<header><h1>two: the glass</h1><div class="author">by <a href="/user/nell">nell</a></div></header>'
    panel = f'<div class="panel-reading"><pre><p>{PROSE}</p><p>{PROSE}</p></pre></div>'
    document = read(f'{toc}<article class="story-part">{head}{panel}</article><p>You will also like</p>')
    assert (claimed(document, "title"), claimed(document, "author")) == (["Two Feet"], ["nell"])
    assert document.chapters[0].title == "two: the glass"
    assert text_of(document).startswith("The library")
    assert "also like" not in text_of(document)


def test_the_day_above_an_entry_may_stand_below_its_poster() -> None:
    document = read(
        f"<p>mary wrote in fics<br>@ 2008-03-17 21:14:00</p><b>Title:</b> Bees<br><b>Rating:</b> G<br><br>{PROSE}"
        f"<p>{PROSE}</p><p>(<a>Read 3 comments</a>) - (<a>Post a new comment</a>)</p><p>Eee! More please?</p>"
    )
    assert claimed(document, "published") == ["@ 2008-03-17 21:14:00"]
    assert "Eee" not in text_of(document)


@pytest.mark.parametrize(
    "foot",
    [
        "Hit Counter. This page was last updated on 03/11/01",
        "Also at AO3",
        "TBC... please R&amp;R!",
        "<i>Feedback welcome.</i>",
    ],
)
def test_what_stands_below_a_story_is_not_of_it(foot: str) -> None:
    document = read(f"<h1>Bees</h1><p>by Mary</p><p>Rating: G</p><hr><p>{PROSE}</p><p>{PROSE}</p><hr><p>{foot}</p>")
    assert text_of(document).endswith("she was not reading.")


def test_numbers_of_printed_pages_are_no_text() -> None:
    assert "17" not in text_of(read(f"<h2>Chapter I</h2><p><span class=pagenum>[Pg 17]</span>{PROSE}</p>"))


def test_a_disclaimer_behind_a_value_is_none_of_it() -> None:
    document = read(f"<h2>Bees</h2><p>by Ann</p><p>Rated PG. Spoilers: Hush. Not ours, Joss's.</p><hr><p>{PROSE}</p>")
    assert (claimed(document, "spoilers"), claimed(document, "disclaimer")) == (["Hush."], ["Not ours, Joss's."])


@pytest.mark.parametrize(
    "foot",
    [
        "<p>Comments are love &lt;3</p>",
        "<p>&copy; May 2000 The characters mentioned in this story are the property of Showtime and others.</p>",
    ],
)
def test_the_usual_words_at_the_foot_of_a_page_are_not_of_the_story(foot: str) -> None:
    document = read(f"<h1>Bees</h1><p>by Mary</p><p>Rating: G</p><hr><p>{PROSE}</p><p>{PROSE}</p><hr>{foot}")
    assert text_of(document).endswith("she was not reading.")


def test_labels_in_one_row_and_their_values_in_the_next_are_fields() -> None:
    labels = "<tr><th>Story</th><th>Writer</th><th>Rated</th><th>Fandom</th></tr>"
    values = "<tr><td>Curtains</td><td>Ann</td><td>PG</td><td>Life on Mars</td></tr>"
    document = read(f"<table>{labels}{values}</table><p>{PROSE}</p>")
    told = {claim.label: claim.value for claim in document.claims}
    assert {"title": "Curtains", "author": "Ann", "rating": "PG", "fandom": "Life on Mars"}.items() <= told.items()
    assert text_of(document).startswith("The library")


def test_facts_parted_by_two_colons_are_fields() -> None:
    facts = "Dragon prints: 90 :: Views: 4110 :: Published: 12 May 2004"
    document = read(f"<h1>Bees</h1><p>By: Ann</p><p>{facts}<br>Rating: Adult++<br>Chapters: 1</p><p>{PROSE}</p>")
    assert claimed(document, "published") == ["12 May 2004"]


def test_facts_behind_a_day_need_no_labels() -> None:
    facts = "Rating: PG - Genres: Drama - Updated: 2007-05-06 - 131 words - Complete"
    document = read(f"<h1>Bees</h1><p>by Ann</p><p>{facts}</p><p>{PROSE}</p>")
    assert [claimed(document, label) for label in ("updated", "words", "status")] == [
        ["2007-05-06"],
        ["131 words"],
        ["Complete"],
    ]


@pytest.mark.parametrize("line", ["por Marisol", "par Anne Leroux"])
def test_a_by_line_may_be_spanish_or_french(line: str) -> None:
    assert claimed(read(f"<h1>Noventa</h1><h3>{line}</h3><p>{PROSE}</p>"), "author") == [line[4:]]


def test_for_somebody_of_a_site_is_a_dedication() -> None:
    header = "<p><b>Fandom:</b> Doctor Who<br><b>Rating:</b> G<br><b>Pairing:</b> Nine/Rose</p>"
    document = read(f"<h1>Sea</h1><p>by Ann</p>{header}<p>for @pierhead, who wanted the sea</p><p>{PROSE}</p>")
    assert text_of(document).startswith("The library")


def test_a_subject_may_tell_everything_behind_a_title_in_quotation_marks() -> None:
    document = read(
        '<p>mary wrote,<br>@ 2006-01-09 12:12:00</p><div class="subject">"Sparrow", Firefly, Wash/Zoe, PG, 1/1</div>'
        f'<div class="entrytext">{PROSE}<br><br>{PROSE}</div><p class="ljtags">Tags: <a>fic</a>, <a>firefly</a></p>'
    )
    told = {claim.label: claim.value for claim in document.claims}
    assert told["title"] == "Sparrow"
    assert [told[label] for label in ("fandom", "pairing", "rating")] == ["Firefly", "Wash/Zoe", "PG"]
    assert told["published"] == "2006-01-09"
    assert [c.value for c in document.claims if c.origin == "tags of the entry"] == ["fic", "firefly"]


def test_what_was_told_on_is_whose_it_was_first() -> None:
    blog = '<p><a class="tumblr_blog" href="https://{0}.tumblr.com/">{0}</a>:</p>'
    inner = f"{blog.format('wax')}<blockquote><h2>Bees</h2><p>{PROSE}</p><p>{PROSE}</p></blockquote><p>so good</p>"
    entry = f"{blog.format('rope')}<blockquote>{inner}</blockquote><p>I am CRYING</p>"
    document = read(f'<article class="post text"><div class="body">{entry}</div></article>')
    assert claimed(document, "author") == ["wax"]
    assert "CRYING" not in text_of(document)
    assert "so good" not in text_of(document)


def test_a_page_of_the_oldest_efiction_links_its_author_only() -> None:
    top = '<center><b>The Boat</b> by <a href="viewuser.php?uid=16">gull</a></center>'
    notes = "<i><u>Author's Notes:</u></i> For Dunfinn, who likes boats."
    document = read(f"<title>Ships :: An Archive</title>{top}{notes}<br><br>{PROSE}<br><br>{PROSE}")
    assert (claimed(document, "title"), claimed(document, "author")) == (["The Boat"], ["gull"])
    assert text_of(document).startswith("The library")


def test_a_chapter_of_2003_is_known_by_its_line_without_a_word_before_the_rating() -> None:
    line = "PG - English - Humor/General - Reviews: <a>9</a> - Publish date: 02-02-03 - id:1200441"
    shelf = '<a href="list.php?categoryid=224">Harry Potter</a> &#187; <b>The Tray</b><br>'
    author = 'Author: <a href="profile.php?userid=1">Wick and Tallow</a>'
    top = f"<table><tr><td>{shelf}{author}</td><td>{line}</td></tr></table>"
    document = read(f"<title>FanFiction.Net : The Tray</title>{top}<div id=storytext><p>{PROSE}</p></div>")
    told = {claim.label: claim.value for claim in document.claims}
    assert [told[label] for label in ("title", "author", "fandom")] == ["The Tray", "Wick and Tallow", "Harry Potter"]
    assert (told["rating"], told["published"]) == ("PG", "02-02-03")


def test_a_fandom_in_capitals_is_no_sign_on_a_wall() -> None:
    fields = "<li>Author: Ann</li><li>Fandom: BSG (2003)</li><li>Rating: T</li>"
    document = read(
        f"<h1>Lost, with Cow</h1><ul>{fields}</ul><p>{PROSE}</p><p>{PROSE}</p><p>Feedback is a biscuit.</p>"
    )
    assert (claimed(document, "author"), claimed(document, "fandom")) == (["Ann"], ["BSG (2003)"])
    assert text_of(document).endswith("she was not reading.")


def test_a_title_page_of_print_above_the_first_chapter_is_none() -> None:
    front = (
        "<p>Produced by Ann and the Online Distributed Proofreading Team</p><h1>THE LADDER</h1><p>by R. Penhallow</p>"
    )
    printed = "<p>NEW YORK<br>GROSS</p><p>Copyright, 1897, by R. Penhallow</p><p>All rights reserved</p>"
    chapters = "".join(f"<h2>CHAPTER {n}</h2><p>{PROSE}</p>" for n in ("I", "II"))
    document = read(f"<title>The Ladder</title>{front}{printed}{chapters}")
    assert [chapter.title for chapter in document.chapters] == ["CHAPTER I", "CHAPTER II"]


def test_slanted_sentences_above_a_story_that_tell_rating_or_spoilers_are_a_note() -> None:
    said = "<i>logan can't cook. spoilers through 3x20. pg-13, logan/veronica. for cat.</i>"
    subject = '<h2 class="entry-title">fic: square one (vm, pg-13)</h2>'
    entry = f'<div class="entry-body"><b>square one</b><br>{said}<br><br>{PROSE}<br><br>{PROSE}</div>'
    document = read(
        f'<div class="entry">{subject}<ul class="entry-meta"><li>2007.06.02 at 22:09</li></ul>{entry}</div>'
    )
    assert text_of(document).startswith("The library")
    assert claimed(document, "spoilers") == ["spoilers through 3x20"]
    assert (claimed(document, "pairing"), claimed(document, "published")) == (
        ["logan/veronica"],
        ["2007.06.02 at 22:09"],
    )
    assert (
        read(f"<h1>Bees</h1><p><i>She had a dream. It was of a lamp.</i></p><p>{PROSE}</p>").chapters[0].text[:4]
        == "_She"
    )


def test_what_stands_on_the_last_line_of_a_part_is_not_of_it() -> None:
    foot = "<p>* * *<br>continued in Part 4</p>"
    document = read(f"<h2>Uncharted</h2><p>Part 3/5<br>by Quill</p><hr><p>{PROSE}</p><p>{PROSE}</p>{foot}")
    assert text_of(document).endswith("she was not reading.")


def test_by_the_gate_is_a_title() -> None:
    document = read(f"<h1>By the Gate</h1><p>by Ann</p><p>Rating: G</p><p>Fandom: Torchwood</p><hr><p>{PROSE}</p>")
    assert claimed(document, "author") == ["Ann"]


def test_remarks_behind_spoilers_are_none_of_them_but_what_speaks_of_episodes_is() -> None:
    said = "Spoilers: Hush. Written for a fest. Not ours, Joss's."
    assert claimed(read(f"<h2>Bees</h2><p>by Ann</p><p>Rated PG. {said}</p><hr><p>{PROSE}</p>"), "spoilers") == [
        "Hush."
    ]
    said = "Spoilers: Hush. Set after Season 5."
    document = read(f"<h2>Bees</h2><p>by Ann</p><p>Rated PG. {said}</p><hr><p>{PROSE}</p>")
    assert claimed(document, "spoilers") == ["Hush. Set after Season 5."]


def test_a_later_post_may_greet_its_readers_above_the_next_chapter() -> None:
    def post(body: str) -> str:
        author = '<p class="author">by <strong>keelhaul</strong> &raquo; Sat Feb 12, 2005 9:00 pm</p>'
        return f'<div class="postbody">{author}<div class="content">{body}</div></div>'

    first = f"<b>Title:</b> Tar<br><b>Rating:</b> R<br><br><b>Chapter 1</b><br><br>{PROSE}<br><br>{PROSE}"
    later = f"Thanks for the fb!<br><br><b>Chapter 2</b><br><br>{PROSE}<br><br>{PROSE}"
    document = read(f"<title>View topic - Tar</title>{post(first)}{post(later)}")
    assert [chapter.title for chapter in document.chapters] == ["Chapter 1", "Chapter 2"]
    assert document.chapters[1].text.startswith("The library")
    assert claimed(document, "published") == ["by keelhaul » Sat Feb 12, 2005 9:00 pm"]


def test_the_days_of_2011_are_written_out() -> None:
    facts = "Rated: <a>Fiction T</a> - English - Friendship - Remus L. &amp; Severus S. - Published: 05-21-11 - id: 7"
    top = f'<div id="profile_top"><b>Tray</b> By: <a href="/u/71/">tea</a><span class="xgray">{facts}</span></div>'
    document = read(f'{top}<div id="storytext"><p>{PROSE}</p></div>')
    assert (claimed(document, "published"), claimed(document, "characters")) == (
        ["05-21-11"],
        ["Remus L.", "Severus S."],
    )


@pytest.mark.parametrize(("said", "stories"), [("a", 1), (PROSE * 3, 301)])
def test_hundreds_of_headings_with_headers_and_no_text_are_no_stories(said: str, stories: int) -> None:
    story = f"<h2>Lamp</h2><p>Rating: PG<br>Pairing: Willow/Tara</p><p>{said}</p>"
    assert len(read_html("page.html", (story * 301).encode())) == stories


def test_formatting_that_nobody_closes_a_thousand_times_is_none() -> None:
    page = f"<p>{PROSE}" + f"<p><i>{PROSE}</i>" + "<p><b>One more." * 20_000
    paragraphs = read(page).chapters[0].text.split("\n\n")
    assert paragraphs[1] == f"_{PROSE.strip()}_"
    assert set(paragraphs[2:]) == {"One more."}


def test_a_tag_of_twenty_thousand_characters_is_its_name_and_what_ends_a_script_or_comment_stays() -> None:
    story = f"<p>{PROSE}</p><p>{PROSE}</p>"
    for long in (
        "<div " + "<" * 30_000 + ">",
        "<script>if (a<b) " + "x" * 30_000 + "</script>",
        "<!-- <b " + "x" * 30_000 + "-->",
    ):
        (document,) = read_html("a.html", f"<title>T</title><body>{long}{story}</body>".encode())
        assert document.chapters[0].text.split("\n\n") == [PROSE.strip()] * 2
