"""A book becomes one story: whoever made it, whatever is wrong with it, and never more than it should cost."""

from __future__ import annotations

import csv
import os
import zipfile
from collections import Counter
from io import BytesIO
from pathlib import Path

import pytest

from ficsearch.errors import ReadingError
from ficsearch.readers import archive
from ficsearch.readers.epub import read_epub
from ficsearch.story import Document
from ficsearch.text import squash, tokens

PROSE = "The library had been closed for an hour when Xander found her on the top of the rolling ladder."
CONTAINER = """<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="{0}" media-type="application/oebps-package+xml"/></rootfiles></container>"""
METADATA = "<dc:title>The Ladder</dc:title><dc:creator>R. Penhallow</dc:creator><dc:language>en</dc:language>"


def zipped(files: dict[str, str | bytes], **options: int) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def page(body: str, attributes: str = "", title: str = "t") -> str:
    return f"""<?xml version="1.0" encoding="utf-8"?>
    <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">
    <head><title>{title}</title></head><body {attributes}>{body}</body></html>"""


def package(names: list[str], metadata: str = METADATA, extra: str = "", spine: str = "", guide: str = "") -> str:
    items = "".join(
        f'<item id="i{n}" href="{name}" media-type="application/xhtml+xml"/>' for n, name in enumerate(names)
    )
    refs = spine or "".join(f'<itemref idref="i{n}"/>' for n in range(len(names)))
    return f"""<?xml version="1.0" encoding="utf-8"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">
    <metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">{metadata}</metadata>
    <manifest>{items}{extra}</manifest><spine>{refs}</spine>{guide}</package>"""


def ncx(entries: dict[str, str]) -> str:
    points = "".join(
        f'<navPoint id="{name}"><navLabel><text>{title}</text></navLabel><content src="{name}"/></navPoint>'
        for name, title in entries.items()
    )
    return f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><navMap>{points}</navMap></ncx>'


NCX_ITEM = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'


def book(
    pages: dict[str, str],
    toc: dict[str, str] | None = None,
    metadata: str = METADATA,
    folder: str = "OEBPS/",
    **changes: str | bytes,
) -> bytes:
    """An EPUB of *pages*; *changes* replace or add files."""
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER.format(f"{folder}content.opf"),
        f"{folder}content.opf": package(list(pages), metadata, NCX_ITEM if toc else ""),
        **{folder + name: content for name, content in pages.items()},
    }
    if toc:
        files[f"{folder}toc.ncx"] = ncx(toc)
    return zipped({**files, **changes})


def read(data: bytes) -> Document:
    (document,) = read_epub("book.epub", data)
    return document


def chapters(document: Document) -> list[tuple[str | None, str]]:
    return [(chapter.title, chapter.text) for chapter in document.chapters]


TWO = {"c1.xhtml": page(f"<h2>Up</h2><p>{PROSE}</p>"), "c2.xhtml": page("<h2>Down</h2><p>She <em>fell</em>.</p>")}
BOTH = [("Up", PROSE), ("Down", "She _fell_.")]


def test_the_pages_of_the_spine_are_chapters_titled_by_their_headings() -> None:
    document = read(book(TWO))
    assert chapters(document) == BOTH
    assert (document.first("title"), document.first("author")) == ("The Ladder", "R. Penhallow")
    assert document.format == "epub"
    assert document.problems == ()


def test_the_spine_gives_the_order_and_not_the_manifest() -> None:
    opf = package(list(TWO), spine='<itemref idref="i1"/><itemref idref="i0"/>')
    assert chapters(read(book(TWO, **{"OEBPS/content.opf": opf}))) == BOTH[::-1]


def test_the_table_of_contents_gives_titles() -> None:
    toc = {"c1.xhtml": "1. Up: a beginning", "c2.xhtml": "2. Down"}
    pages = {**TWO, "c2.xhtml": page("<h2>Something else</h2><p>She fell.</p>")}
    expected = [("1. Up: a beginning", PROSE), ("2. Down", "Something else\n\nShe fell.")]
    assert chapters(read(book(pages, toc))) == expected


def test_the_navigation_of_epub_3_gives_titles_and_is_no_chapter() -> None:
    nav = page("""<nav epub:type="landmarks"><a href="c1.xhtml">no</a></nav><nav epub:type="toc"><ol><li>
    <a href="c1.xhtml">I: Up</a><ol><li><a href="c1.xhtml#s">a section</a></li></ol></li>
    <li><a href="c2.xhtml">II: Down</a></li></ol></nav>""")
    pages = {
        "nav.xhtml": nav,
        "c1.xhtml": page(f"<hgroup><h2>I</h2><p>Up</p></hgroup><p>{PROSE}</p>"),
        "c2.xhtml": TWO["c2.xhtml"],
    }
    opf = package(list(pages)).replace('href="nav.xhtml"', 'href="nav.xhtml" properties="nav"')
    assert chapters(read(book(pages, **{"OEBPS/content.opf": opf}))) == [("I: Up", PROSE), ("II: Down", "She _fell_.")]


@pytest.mark.parametrize(
    "kind",
    ["titlepage", "imprint", "colophon", "copyright-page", "toc", "endnotes", "dedication", "halftitlepage", "cover"],
)
def test_pages_around_the_story_are_not_story(kind: str) -> None:
    around = page(f'<section epub:type="{kind}"><p>Not the story.</p></section>')
    on_body = page("<p>Not the story.</p>", f'epub:type="{kind}"')
    assert chapters(read(book({"a.xhtml": around, "b.xhtml": on_body, **TWO}))) == BOTH


def test_the_guide_and_file_names_tell_pages_around_the_story_too() -> None:
    pages = {"x.xhtml": page("<p>Rights.</p>"), "titlepage.xhtml": page("<p>The Ladder</p>"), **TWO}
    guide = '<guide><reference type="copyright-page" href="x.xhtml"/></guide>'
    assert chapters(read(book(pages, **{"OEBPS/content.opf": package(list(pages), guide=guide)}))) == BOTH


def test_a_dedication_is_claimed() -> None:
    dedication = page('<section epub:type="dedication"><p>For Oz.</p></section>')
    assert read(book({"d.xhtml": dedication, **TWO})).first("dedication") == "For Oz."


def test_a_page_that_the_table_of_contents_leaves_out_goes_on_with_the_chapter_before() -> None:
    pages = {"c1.xhtml": TWO["c1.xhtml"], "c1b.xhtml": page("<p>She waited.</p>"), "c2.xhtml": TWO["c2.xhtml"]}
    toc = {"c1.xhtml": "Up", "c2.xhtml": "Down"}
    assert chapters(read(book(pages, toc))) == [("Up", f"{PROSE}\n\nShe waited."), ("Down", "She _fell_.")]


def test_a_book_on_one_page_is_divided_by_its_headings() -> None:
    long = f"<p>{PROSE * 3}</p>"
    pages = {"all.xhtml": page(f'<h2 id="a">Up</h2>{long}<h2 id="b">Down</h2>{long}<h2 id="c">Out</h2>{long}')}
    toc = {"all.xhtml#a": "Up", "all.xhtml#b": "Down", "all.xhtml#c": "Out"}
    assert [title for title, _ in chapters(read(book(pages, toc)))] == ["Up", "Down", "Out"]


def test_a_header_typed_into_the_first_page_is_claimed() -> None:
    first = page(
        f"<p>Title: The Rung</p><p>Author: rp</p><p>Rating: PG</p><p>Spoilers: The Zeppo</p><hr/><p>{PROSE}</p>"
    )
    document = read(book({"c1.xhtml": first, "c2.xhtml": TWO["c2.xhtml"]}))
    assert document.first("title") == "The Rung"
    assert document.first("spoilers") == "The Zeppo"
    assert document.chapters[0].text == PROSE


@pytest.mark.parametrize(
    ("metadata", "label", "values"),
    [
        ('<dc:creator opf:role="aut">A</dc:creator><dc:creator opf:role="ill">B</dc:creator>', "author", ("A",)),
        ("<dc:creator>A</dc:creator><dc:creator>B</dc:creator>", "author", ("A", "B")),
        ('<dc:creator id="c">A</dc:creator><meta property="role" refines="#c">edt</meta>', "author", ("A",)),
        ("<dc:description>&lt;p&gt;A &lt;i&gt;fall&lt;/i&gt;.&lt;/p&gt;</dc:description>", "summary", ("A fall.",)),
        ("<dc:description>She climbs.</dc:description>", "summary", ("She climbs.",)),
        ('<meta name="calibre:series" content="Rungs"/><meta name="calibre:series_index" content="2.0"/>', "series",
         ("Part 2 of Rungs",)),
        ('<meta property="belongs-to-collection" id="s">Rungs</meta>', "series", ("Rungs",)),
        ("<dc:subject>Horror</dc:subject><dc:subject>Essays, English</dc:subject>", "genre",
         ("Horror", "Essays, English")),
        ('<dc:date opf:event="publication">2001-02-03T00:00:00</dc:date>', "published", ("2001-02-03",)),
        ('<dc:date opf:event="modification">2002-02-03</dc:date>', "updated", ("2002-02-03",)),
        ("<dc:source>https://example.org/s/1</dc:source>", "source_url", ("https://example.org/s/1",)),
        ("<dc:title>One</dc:title><dc:title>Two</dc:title>", "title", ("One",)),
    ],
)  # fmt: skip
def test_the_package_claims(metadata: str, label: str, values: tuple[str, ...]) -> None:
    assert read(book(TWO, metadata=metadata)).values(label) == values


# ---- archives

AO3_TAGS = """<dl class="tags"><dt class="calibre3">Rating:</dt><dd class="calibre4"><a href="t">Mature</a></dd>
<dt class="calibre3">Relationships:</dt><dd class="calibre4"><a href="t">A/B, Jr.</a>, <a href="t">C &amp; D</a></dd>
<dt class="calibre3">Stats:</dt><dd class="calibre5">Published: 2012-03-04
Completed: 2012-05-06 Words: 99 Chapters: 2/2</dd></dl>"""
AO3_HEAD = """<h1 class="calibre6">The Ladder</h1>
<div class="byline">by <a href="u" rel="author">rung</a>, <a href="u">rp</a></div>
<p class="calibre7">Summary</p><blockquote class="userstuff"><p>Willow climbs.</p></blockquote>
<p class="calibre7">Notes</p><blockquote class="userstuff1"><p>Hello.</p></blockquote>"""
AO3_SUBJECTS = (
    "<dc:title>The Ladder</dc:title><dc:creator>rung, rp</dc:creator><dc:publisher>Archive of Our Own</dc:publisher>"
    "<dc:subject>Fanworks</dc:subject><dc:subject>A/B</dc:subject><dc:subject>Jr.</dc:subject>"
)
AO3_MESSAGE = """<p class="message"><b>The Ladder</b><br/>Posted originally at
<a href="http://archiveofourown.org/works/7">x</a></p>"""


def ao3_by_calibre() -> bytes:
    pages = {
        "The_Ladder_split_000.xhtml": page(
            f'<div id="preface"><h2>Preface</h2>{AO3_MESSAGE}<div>{AO3_TAGS}</div></div>'
        ),
        "The_Ladder_split_001.xhtml": page(f'<div id="preface"><div>{AO3_HEAD}</div></div>'),
        "The_Ladder_split_002.xhtml": page(
            f"""<div id="chapters"><div class="meta"><h2 class="heading">Chapter 1: Up</h2><p>Chapter Notes</p>
            <blockquote><p>A note.</p></blockquote></div><div class="userstuff2"><p>{PROSE}</p></div></div>"""
        ),
        "The_Ladder_split_003.xhtml": page(
            """<div id="chapters"><div class="meta"><h2 class="heading">Chapter 2</h2></div><div><p>She fell.</p></div>
            <div id="endnotes2"><p>Chapter End Notes</p><blockquote><p>Sorry.</p></blockquote></div></div>"""
        ),
        "The_Ladder_split_004.xhtml": page(
            """<div id="afterword"><h2>Afterword</h2><div id="endnotes">
            <p>End Notes</p><blockquote><p>Bye.</p></blockquote></div>
            <p class="message">Please drop by the Archive and comment</p></div>"""
        ),
    }
    names = list(pages)
    return book(pages, {names[0]: "Preface", names[2]: "Chapter 1: Up", names[3]: "Chapter 2"}, AO3_SUBJECTS, folder="")


def ao3_of_2015() -> bytes:
    preface = page(f"{AO3_MESSAGE}<div class='meta'>{AO3_TAGS}{AO3_HEAD}</div>")
    pages = {
        "preface.xhtml": preface,
        "chapter1_1.xhtml": page(
            f"""<div><h2 class='heading'>Chapter 1: Up</h2><p>Chapter Notes</p>
            <blockquote><p>A note.</p></blockquote></div><p>{PROSE}</p>"""
        ),
        "chapter1_2.xhtml": page("<p>She waited.</p>"),
        "chapter2_1.xhtml": page(
            """<h2 class='heading'>Chapter 2</h2><p>She fell.</p><div id="endnotes2"><p>Chapter End Notes</p>
            <blockquote><p>Sorry.</p></blockquote></div>"""
        ),
        "afterword.xhtml": page("<div id='afterword'><p>End Notes</p><blockquote><p>Bye.</p></blockquote></div>"),
    }
    toc = {"preface.xhtml": "Preface", "chapter1_1.xhtml": "Chapter 1: Up", "chapter2_1.xhtml": "Chapter 2"}
    return book(pages, toc, AO3_SUBJECTS)


@pytest.mark.parametrize("data", [ao3_by_calibre(), ao3_of_2015()], ids=["calibre", "before 2019"])
def test_a_work_from_ao3_claims_what_its_preface_says(data: bytes) -> None:
    document = read(data)
    assert document.format == "ao3-epub"
    assert document.values("title") == ("The Ladder",)
    assert document.values("author") == ("rung", "rp")
    assert document.values("rating") == ("Mature",)
    assert document.values("pairing") == ("A/B, Jr.", "C & D")
    assert document.values("genre") == ()
    assert document.values("summary") == ("Willow climbs.",)
    assert document.values("notes") == ("Hello.", "A note.")
    assert document.values("endnotes") == ("Sorry.", "Bye.")
    assert document.values("published") == ("2012-03-04",)
    assert document.first("status") == "Completed: 2012-05-06"
    assert document.first("source_url") == "http://archiveofourown.org/works/7"


def test_a_work_from_ao3_is_chapters_without_preface_and_afterword() -> None:
    assert chapters(read(ao3_by_calibre())) == [("Chapter 1: Up", PROSE), ("Chapter 2", "She fell.")]


def test_parts_into_which_the_archive_cut_a_chapter_are_one_again() -> None:
    assert chapters(read(ao3_of_2015())) == [("Chapter 1: Up", f"{PROSE}\n\nShe waited."), ("Chapter 2", "She fell.")]


def test_a_one_shot_from_ao3_has_no_chapter_title() -> None:
    pages = {
        "a_split_000.xhtml": page(f'<div id="preface">{AO3_MESSAGE}{AO3_TAGS}{AO3_HEAD}</div>'),
        "a_split_001.xhtml": page(
            f'<div id="chapters"><h2 class="toc-heading">The Ladder</h2><div><p>{PROSE}</p></div></div>'
        ),
    }
    assert chapters(read(book(pages, folder=""))) == [(None, PROSE)]


def fanficfare(**title_page: str) -> bytes:
    fields = "".join(f"<b>{label.replace('_', ' ')}:</b> {value}<br/>" for label, value in title_page.items())
    pages = {
        "title_page.xhtml": page(
            f"""<h3><a href="https://x.org/s/1">The Ladder</a> by <a class="authorlink" href="u">rp</a></h3>
            <div>{fields}</div>""",
            'class="fff_titlepage"',
        ),
        "log_page.xhtml": page("<p>decoyword</p>"),
        "file0001.xhtml": page(f'<h3 class="fff_chapter_title">1. Up</h3><p>{PROSE}</p>', 'class="fff_chapter"'),
        "file0002.xhtml": page(
            """<h3 class="fff_chapter_title">2. Down</h3>
            <div class="fff_chapter_notes fff_head_notes"><p>Hello.</p></div>
            <p>She fell.</p><div class="fff_chapter_notes fff_foot_notes"><p>Bye.</p></div>"""
        ),
    }
    return book(pages, dict.fromkeys(pages, "x") | {"file0001.xhtml": "1. Up", "file0002.xhtml": "2. Down"})


def test_a_book_of_fanficfare_claims_what_its_title_page_says() -> None:
    document = read(
        fanficfare(
            Series='<a href="s">Rungs</a> [2]',
            Category="Buffy the Vampire Slayer",
            Genre="Angst, Humor",
            Characters="Willow, Xander H.",
            Relationships="W/X",
            Status="In-Progress",
            Published="2001-02-03",
            Rating="Teen",
            Packaged="2024-01-01",
            Summary="<p>Willow climbs.</p><p>Note: she falls.</p>",
        )
    )
    claims = {c.label: c.value for c in document.claims}
    assert document.format == "fanficfare-epub"
    assert claims["title"] == "The Ladder"
    assert claims["author"] == "rp"
    assert claims["fandom"] == "Buffy the Vampire Slayer"
    assert claims["genre"] == "Angst, Humor"
    assert claims["characters"] == "Willow, Xander H."
    assert claims["pairing"] == "W/X"
    assert claims["status"] == "In-Progress"
    assert claims["rating"] == "Teen"
    assert claims["series"] == "Rungs [2]"
    assert claims["summary"] == "Willow climbs.\n\nNote: she falls."
    assert claims["source_url"] == "https://x.org/s/1"
    assert claims["notes"] == "Hello."
    assert claims["endnotes"] == "Bye."
    assert "other" not in claims
    assert chapters(document) == [("1. Up", PROSE), ("2. Down", "She fell.")]


def test_a_book_of_fichub_claims_what_its_introduction_says() -> None:
    intro = page(
        """<h1>The Ladder</h1><p>By: <a href="u">rp</a></p><p><b>Summary:</b> Willow climbs.</p>
        <p>Status: complete - Words: 1,234 - Rated: T - Published: 2001-02-03</p>
        <p><a href="https://x.org/s/1/">source</a></p>"""
    )
    pages = {"introduction.xhtml": intro, "chap_1.xhtml": page(f"<h2>1. Up</h2><p></p><div><p>{PROSE}</p></div>")}
    document = read(book(pages))
    assert document.format == "fichub-epub"
    assert [document.first(key) for key in ("title", "author", "summary", "status", "rating", "words")] == [
        "The Ladder", "rp", "Willow climbs.", "complete", "T", "1,234",
    ]  # fmt: skip
    assert chapters(document) == [("1. Up", PROSE)]


def test_an_introduction_is_not_always_fichubs() -> None:
    pages = {"introduction.xhtml": page(f"<h2>Introduction</h2><p>{PROSE}</p>"), **TWO}
    document = read(book(pages))
    assert document.format == "epub"
    assert len(document.chapters) == 3


# ---- books with something wrong


def test_a_book_needs_no_mimetype() -> None:
    data = book(TWO)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name != "mimetype"}
    assert chapters(read(zipped(files))) == BOTH


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("OEBPS/Text/c1.xhtml", "text/C1.xhtml"),
        ("OEBPS/one two.xhtml", "one%20two.xhtml"),
        ("OEBPS/caf%C3%A9.xhtml", "café.xhtml"),
        ("OEBPS/c1.xhtml", "../OEBPS/./c1.xhtml"),
        ("OEBPS/c1.xhtml", "Text/c1.xhtml"),
        ("OEBPS/Text/c1.xhtml", "Text\\c1.xhtml"),
    ],
)
def test_a_page_is_found_though_its_name_is_not_quite_right(inside: str, named: str) -> None:
    files = {
        "META-INF/container.xml": CONTAINER.format("OEBPS/content.opf"),
        "OEBPS/content.opf": package([named]),
        inside: TWO["c1.xhtml"],
    }
    assert chapters(read(zipped(files))) == BOTH[:1]


def test_a_missing_page_is_told() -> None:
    document = read(book(TWO, **{"OEBPS/content.opf": package([*TWO, "gone.xhtml"])}))
    assert chapters(document) == BOTH
    assert document.problems == ("1 of 3 pages are missing from the book (first 'i2')",)


def test_an_empty_page_is_told_and_left_out() -> None:
    document = read(book({"c0.xhtml": "", **TWO}))
    assert chapters(document) == BOTH
    assert document.problems == ("the page 'OEBPS/c0.xhtml' is left out: the file is empty",)


def test_a_book_without_container_is_found_by_its_package() -> None:
    files = {"OEBPS/content.opf": package(list(TWO)), **{f"OEBPS/{name}": text for name, text in TWO.items()}}
    assert chapters(read(zipped(files))) == BOTH


def test_a_book_without_package_is_read_in_the_order_of_its_names() -> None:
    files = {"c10.html": TWO["c2.xhtml"], "c9.html": TWO["c1.xhtml"], "style.css": "p {}"}
    document = read(zipped(files))
    assert chapters(document) == BOTH
    assert document.problems == ("no package document: the pages are read in the order of their names",)


def test_a_book_without_reading_order_is_read_as_listed() -> None:
    document = read(book(TWO, **{"OEBPS/content.opf": package(list(TWO)).replace("<itemref", "<none")}))
    assert chapters(document) == BOTH
    assert "no reading order" in document.problems[0]


@pytest.mark.parametrize(
    "opf",
    [
        package(list(TWO)).replace("&", "").replace("</dc:language>", ""),
        package(list(TWO)).replace('xmlns="http://www.idpf.org/2007/opf"', ""),
        package(list(TWO), METADATA.replace("The Ladder", "The Ladder & the Rung")),
        "\n\n  " + package(list(TWO)),
        '<!DOCTYPE package [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>' + package(list(TWO))[38:],
    ],
    ids=["unclosed", "no namespace", "bare ampersand", "blank lines", "doctype"],
)
def test_a_package_with_small_damage_is_read(opf: str) -> None:
    assert chapters(read(book(TWO, **{"OEBPS/content.opf": opf}))) == BOTH


def test_an_entity_of_the_package_is_never_fetched() -> None:
    opf = (
        '<!DOCTYPE package [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        + package(list(TWO), "<dc:title>A&x;B</dc:title>")[38:]
    )
    assert read(book(TWO, **{"OEBPS/content.opf": opf})).first("title") in ("AB", "A&x;B")


def test_a_damaged_table_of_contents_is_done_without() -> None:
    toc = {"c1.xhtml": "Up", "c2.xhtml": "Down"}
    assert chapters(read(book(TWO, toc, **{"OEBPS/toc.ncx": b"\0\1\2<<<"}))) == BOTH


def test_a_page_that_is_closed_where_it_opens_swallows_nothing() -> None:
    odd = page(f'<a id="p1"/><h2>Up</h2><p>{PROSE}</p>').replace("<title>t</title>", "<title/><script/>")
    assert chapters(read(book({"c1.xhtml": odd}))) == BOTH[:1]


def test_a_book_without_text_says_so() -> None:
    document = read(book({"c1.xhtml": page('<img src="x.png" alt="decoyword"/>')}))
    assert document.chapters == ()
    assert document.problems == ("no page of the book holds text of a story",)


# ---- books that are refused


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"no zip at all", "broken or cut off"),
        (book(TWO)[:-200], "broken or cut off"),
        (b"PK\x03\x04" + bytes(50), "broken or cut off"),
        (zipped({"mimetype": "application/epub+zip"}), "no pages"),
        (book(TWO, **{"META-INF/license.lcpl": "{}"}), "Readium LCP"),
        (book(TWO, **{"META-INF/sinf.xml": "<x/>"}), "FairPlay"),
    ],
    ids=["no zip", "cut off", "header only", "nothing inside", "LCP", "FairPlay"],
)
def test_a_book_that_cannot_be_read_is_refused_with_the_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        read_epub("book.epub", data)


ENCRYPTION = """<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><enc:EncryptedData
xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptionMethod Algorithm="{0}"/><enc:CipherData>
<enc:CipherReference URI="{1}"/></enc:CipherData></enc:EncryptedData></encryption>"""


def test_an_encrypted_page_is_a_lock() -> None:
    listed = ENCRYPTION.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/c1.xhtml")
    with pytest.raises(ReadingError, match="DRM"):
        read(book(TWO, **{"META-INF/encryption.xml": listed}))


def test_an_obfuscated_font_is_no_lock() -> None:
    listed = ENCRYPTION.format("http://www.idpf.org/2008/embedding", "OEBPS/font.otf")
    assert chapters(read(book(TWO, **{"META-INF/encryption.xml": listed}))) == BOTH


def test_a_password_is_a_lock() -> None:
    data = bytearray(book(TWO))
    at = 0
    while (at := data.find(b"PK\x01\x02", at + 1)) > 0:
        data[at + 8] |= 1
    with pytest.raises(ReadingError, match="password"):
        read(bytes(data))


def test_a_damaged_page_is_told_and_the_others_are_read() -> None:
    data = bytearray(zipped_stored(TWO))
    at = data.find(b"library")
    data[at] ^= 1
    document = read(bytes(data))
    assert chapters(document) == BOTH[1:]
    assert document.problems == ("the page 'OEBPS/c1.xhtml' is left out: 'OEBPS/c1.xhtml' inside the book is damaged",)


def zipped_stored(pages: dict[str, str]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("OEBPS/content.opf", package(list(pages)))
        for name, text in pages.items():
            archive.writestr(f"OEBPS/{name}", text)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "limit", "reason"),
    [
        ("ENTRIES_AT_MOST", 3, "files inside"),
        ("BYTES_AT_MOST", 500, "unpacks to"),
    ],
)
def test_a_book_beyond_all_measure_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str, limit: int, reason: str
) -> None:
    monkeypatch.setattr(archive, name, limit)
    with pytest.raises(ReadingError, match=reason):
        read(book(TWO))


def test_a_trap_is_refused_and_a_small_page_of_blanks_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    data = book({**TWO, "blank.xhtml": page("<p>" + " " * 1_000_000 + "</p>")})
    assert chapters(read(data)) == BOTH
    monkeypatch.setattr(archive, "RATIO_COUNTS_FROM", 100_000)
    with pytest.raises(ReadingError, match="times its size"):
        read(data)


# ---- the big corpus, where it is unpacked

FICTION = os.environ.get("FICSEARCH_FICTION")


def rows() -> list[dict[str, str]]:
    if not FICTION:
        return []
    with (Path(FICTION) / "MANIFEST.tsv").open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row for row in table if row["path"].startswith("epub/") and int(row["words"]) < 120_000]


@pytest.mark.skipif(not FICTION, reason="FICSEARCH_FICTION names no corpus")
@pytest.mark.parametrize("row", rows(), ids=lambda row: row["path"])
def test_the_books_of_the_corpus_hold_what_their_text_holds(row: dict[str, str]) -> None:
    (document,) = read_epub(row["path"], (Path(FICTION or "") / row["path"]).read_bytes())
    files = sorted((Path(FICTION or "") / row["same_as"]).glob("*.txt"))
    words = [word for file in files for word in tokens(file.read_text("utf-8").partition("\n\n")[2])]
    found = tokens(" ".join(f"{c.title or ''} {c.text}" for c in document.chapters))
    expected, held = (Counter(zip(w, w[1:], w[2:], strict=False)) for w in (words, found))
    assert (expected & held).total() > 0.995 * expected.total()
    assert squash(document.first("title") or "") == squash(row["title"])
    assert squash(document.first("author") or "") == squash(row["author"])


def test_numbers_of_printed_pages_are_no_text() -> None:
    number = '<p><span class="pagenum">[Pg 17]</span></p>'
    files = {"c.opf": package(["a.xhtml"]), "a.xhtml": page(f"{number}<h2>Chapter I</h2><p>{PROSE}</p>")}
    (document,) = read_epub("book.epub", zipped({"META-INF/container.xml": CONTAINER.format("c.opf"), **files}))
    assert [(c.title, c.text) for c in document.chapters] == [("Chapter I", PROSE)]


def test_the_author_alone_below_the_title_is_no_text() -> None:
    inside = f'<h1>The Ladder</h1><p class="author">R. Penhallow</p><p>{PROSE}</p>'
    files = {"c.opf": package(["a.xhtml"]), "a.xhtml": page(inside)}
    (document,) = read_epub("book.epub", zipped({"META-INF/container.xml": CONTAINER.format("c.opf"), **files}))
    assert [c.text for c in document.chapters] == [PROSE]


def test_the_year_101_is_no_date() -> None:
    files = {"c.opf": package(["a.xhtml"], METADATA + "<dc:date>0101-01-01T00:00:00+00:00</dc:date>")}
    files["a.xhtml"] = page(f"<p>{PROSE}</p>")
    (document,) = read_epub("book.epub", zipped({"META-INF/container.xml": CONTAINER.format("c.opf"), **files}))
    assert not any(claim.label == "published" for claim in document.claims)


def test_a_disclaimer_on_the_title_page_is_one() -> None:
    front = page(
        "<p><b>Nine</b></p><p>Ann</p><p>Gen. PG-13.</p><p>A work of fan fiction. Nine is the property of CBS.</p>"
    )
    files = {
        "c.opf": package(["t.xhtml", "a.xhtml"]),
        "t.xhtml": front,
        "a.xhtml": page(f"<h1>1. Exit</h1><p>{PROSE}</p>"),
    }
    (document,) = read_epub("book.epub", zipped({"META-INF/container.xml": CONTAINER.format("c.opf"), **files}))
    assert [c.title for c in document.chapters] == ["1. Exit"]
    assert any(claim.label == "disclaimer" for claim in document.claims)


def test_what_an_editor_fills_in_is_no_title() -> None:
    nothing = "<dc:title>[No data]</dc:title><dc:creator>[No data]</dc:creator>"
    fields = {"Author": "Ann", "Fandom": "Merlin", "Rating": "G", "Pairing": "A/M"}
    header = f"<dl>{''.join(f'<dt>{label}</dt><dd>{value}</dd>' for label, value in fields.items())}</dl>"
    body = f"<h1>Colander Knights</h1>{header}<h2>Part One</h2><p>{PROSE}</p>"
    files = {"c.opf": package(["a.xhtml"], nothing), "a.xhtml": page(body)}
    (document,) = read_epub("book.epub", zipped({"META-INF/container.xml": CONTAINER.format("c.opf"), **files}))
    told = {claim.label: claim.value for claim in document.claims}
    assert (told["title"], told["author"]) == ("Colander Knights", "Ann")
