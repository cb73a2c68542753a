"""Is the time to read a file in line with its size, and 1 MB read in 2 seconds and 500 MB? Files made to undo parsers.

    python bench/long_files.py [--sizes 0.5 1] [WORD ...]          WORD: only cases whose name holds one of the words
    python bench/long_files.py --sizes 5 10 20 50                  long files; half an hour

Prints for each case the CPU seconds at each size from bytes to stories, the MB that the largest takes, and the growth:
how many times longer a megabyte takes in the largest file than in the smallest. About 1 is in line with the size; the
end is 1 if a case grows more than 2.5 fold or goes beyond a bound, which a busy machine may make it do.
Sizes are of the text or the markup; word processors' documents, which pack it to a hundredth, have four times as much.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterable

from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read

GROWTH_AT_MOST = 2.5
SECONDS_A_MB, MEMORY_A_MB = 2.0, 500.0
GIVES_UP_AFTER = 120
"""CPU seconds a megabyte."""
_PROSE = (
    "The lamp in the hall had been lit since four, and nobody had come. Mrs. Wren counted the spoons again. "
    '"You might have written," she said to the door. It was Tuesday, or near enough; Tuesdays had a sound. '
)
_HEADER = "Title: The Long Hall\nAuthor: Ada Quill\nRating: PG\nSpoilers: Through The Zeppo\n\n"

Make = Callable[[int], bytes]
"""What makes a file of about so many bytes."""


def _filled(piece: str) -> Make:
    return lambda size: (piece * (size // len(piece.encode()) + 1)).encode()[:size]


def _nested(tag: str) -> Make:
    return lambda size: f"<html><body><p>{_PROSE}</p>".encode() + _filled(f"<{tag}>")(size)


def _after(head: str, piece: str, foot: str = "") -> Make:
    """*piece* again and again below *head*, each time whole where there is a *foot*."""
    if not foot:
        return lambda size: head.encode() + _filled(piece)(size)
    return lambda size: (head + piece * max(1, size // len(piece)) + foot).encode()


def _counted(piece: str, head: str = "", foot: str = "", width: int = 12) -> Make:
    """*piece* with its number for ``@`` and a name of its own for ``$``; *width* is about how much longer it gets."""
    made = lambda n: piece.replace("@", str(n)).replace("$", _name(n))  # noqa: E731
    return lambda size: (head + "".join(map(made, range(max(1, size // (len(piece) + width))))) + foot).encode()


def _name(number: int) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz"
    places = (number // 26**n % 26 for n in range(4))
    return "".join(letters[place] for place in places).capitalize()


def _zipped(entries: Iterable[tuple[str, bytes | str]]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in entries:
            container.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return packed.getvalue()


def _stories(suffix: str, content: str) -> Make:
    """A ZIP of stories, each with its number for ``@``."""
    return lambda size: _zipped(
        (f"lamp{n}.{suffix}", content.replace("@", str(n))) for n in range(1, max(2, size // (len(content) + 90)))
    )


_DOCUMENT_IS = 4
_WORD = "http://schemas.openxmlformats.org/"
_TYPES = (
    f'<Types xmlns="{_WORD}package/2006/content-types"><Override PartName="/word/document.xml" ContentType="'
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)


def _docx(piece: str, before: str = "", behind: str = "") -> Make:
    body = _after(
        f'<w:document xmlns:w="{_WORD}wordprocessingml/2006/main"><w:body>{before}',
        piece,
        f"{behind}</w:body></w:document>",
    )
    return lambda size: _zipped((("[Content_Types].xml", _TYPES), ("word/document.xml", body(_DOCUMENT_IS * size))))


_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"


def _odt(piece: str, before: str = "", behind: str = "") -> Make:
    names = f'xmlns:office="{_OASIS}office:1.0" xmlns:text="{_OASIS}text:1.0" xmlns:table="{_OASIS}table:1.0"'
    head = f"<office:document-content {names}><office:body><office:text>{before}"
    body = _after(head, piece, f"{behind}</office:text></office:body></office:document-content>")
    kind = ("mimetype", "application/vnd.oasis.opendocument.text")
    return lambda size: _zipped((kind, ("content.xml", body(_DOCUMENT_IS * size))))


_CONTAINER = (
    f'<container version="1.0" xmlns="{_OASIS}container"><rootfiles><rootfile full-path="b.opf" '
    'media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def _epub(page: str, pages: Callable[[int], int] = lambda size: 1) -> Make:
    """A book of so many pages, each filled with *page* to its part of the size."""

    def make(size: int) -> bytes:
        count = pages(size)
        text = _after("<html><body>", page, "</body></html>")(size // count)
        items = "".join(f'<item id="i{n}" href="{n}.x" media-type="application/xhtml+xml"/>' for n in range(count))
        spine = "".join(f'<itemref idref="i{n}"/>' for n in range(count))
        told = '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Lamp</dc:title></metadata>'
        package = f'<package version="2.0">{told}<manifest>{items}</manifest><spine>{spine}</spine></package>'
        book = [("mimetype", "application/epub+zip"), ("META-INF/container.xml", _CONTAINER), ("b.opf", package)]
        return _zipped([*book, *((f"{n}.x", text) for n in range(count))])

    return make


_PAGE = "<html><head><title>A</title></head><body><h1>The Long Hall</h1>"
_POSTMARK = "From a@example.org Mon Jan  1 00:00:00 1999\n"
_LETTER = "From: Ada <a@example.org>\nSubject: Lamp (1/2)\nDate: Mon, 1 Jan 1999 00:00:00 +0000\nMessage-ID: <1>\n\n"
_IN_PARTS = 'From: a@example.org\nSubject: Lamp\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="B"\n\n'
CASES: dict[str, tuple[str, Make]] = {
    "text, paragraphs": ("a.txt", _after(_HEADER, _PROSE + "\n\n")),
    "text, wrapped lines": ("a.txt", _after(_HEADER, _PROSE[:70] + "\n")),
    "text, one line": ("a.txt", _filled(_PROSE)),
    "text, one word": ("a.txt", _filled("a")),
    "text, blank lines": ("a.txt", _after("A story.\n", "\n \n")),
    "text, label lines": ("a.txt", _filled("Rating: PG\nSpoilers: Hush\n")),
    "text, title lines": ("a.txt", _filled("\n\n\nTitle: A\nAuthor: B\nRating: G\n\n" + _PROSE + "\n")),
    "text, all labels on one line": ("a.txt", _filled("Rating: PG Pairing: A/B ")),
    "text, chapter lines": ("a.txt", _filled("Chapter 1\n\nShort.\n\n")),
    "text, mail headers": ("a.txt", _filled("From: a@example.org\nSubject: A (1/2)\n\nShort.\n\n")),
    "text, capitals": ("a.txt", _filled("Ada Quill Wren Hall Lamp ")),
    "text, quotation marks": ("a.txt", _filled('"')),
    "text, underscores": ("a.txt", _filled("_a _")),
    "text, rules": ("a.txt", _filled("* * *\n\nA.\n\n")),
    "text, signs": ("a.txt", _after(_PROSE + "\n\n", "* \n- ")),
    "text, mojibake": ("a.txt", _filled("donâ€™t ")),
    "text, a title of dashes": ("a.txt", _after("From: a@example.org\nSubject: A (1/2)\n\n", "-")),
    "text, a subject of blanks": ("a.txt", _after("From: a@example.org\nSubject: A", " ,")),
    "text, brackets": ("a.txt", _filled("[(")),
    "markdown": ("a.md", _filled("# A\n\n*b* [c](d) " + _PROSE + "\n\n")),
    "page, paragraphs": ("a.html", _after(_PAGE, f"<p>{_PROSE}</p>\n")),
    "page, one line": ("a.html", _after(_PAGE, f"{_PROSE}<br><br>")),
    "page, one paragraph": ("a.html", _after(_PAGE, _PROSE)),
    "page, one word": ("a.html", _after(_PAGE, "a")),
    "page, lines with br": ("a.html", _after(_PAGE, f"{_PROSE[:60]}<br>")),
    "page, preformatted": ("a.html", _after(_PAGE + "<pre>", _PROSE[:70] + "\n")),
    "page, <b> nested": ("a.html", _nested("b")),
    "page, <font> nested": ("a.html", _nested("font size=2")),
    "page, <div> nested": ("a.html", _nested("div")),
    "page, <table> nested": ("a.html", _nested("table><tr><td")),
    "page, <a> nested": ("a.html", _nested("a href=x")),
    "page, <li> nested": ("a.html", _nested("ul><li")),
    "page, <p> unclosed": ("a.html", _nested("p")),
    "page, <b><p> in turns": ("a.html", _nested("b><p")),
    "page, unknown elements": ("a.html", _nested("o:p")),
    "page, emphasis": ("a.html", _after(_PAGE, "<i>a</i> ")),
    "page, headings": ("a.html", _after(_PAGE, "<h2>Chapter</h2><p>Short.</p>")),
    "page, less-than signs": ("a.html", _after(_PAGE, "<")),
    "page, comment not closed": ("a.html", _after(_PAGE, "<!-- ")),
    "page, huge attribute": ("a.html", _after(_PAGE + '<a href="', "x ")),
    "page, quotes in a tag": ("a.html", _after(_PAGE + "<a ", '"')),
    "page, entities": ("a.html", _after(_PAGE, "&nbsp;&amp;")),
    "page, label lines": ("a.html", _after(_PAGE, "<b>Rating:</b> PG<br>")),
    "page, links": ("a.html", _after(_PAGE, "<a href=x>next</a> | ")),
    "xhtml, closed elements": ("a.xhtml", _after('<?xml version="1.0"?><html><body>', "<p><i/>a</p>")),
    "xhtml, slashes": ("a.xhtml", _after('<?xml version="1.0"?><html><body><p>a</p>', "<a / ")),
    "text, headers of two lines": ("a.txt", _counted("Title: Lamp@\nby Ada\n\n\n\n", width=4)),
    "text, short stories": ("a.txt", _counted(f"{_HEADER.replace('The Long', '@ Long')}Willow ran.\n\n\n\n", width=4)),
    "text, parts of a story": ("a.txt", _counted("Title: Lamp (@/9)\nAuthor: Ada\nRating: PG\n\na\n\n\n\n", width=4)),
    "text, stories that end": ("a.txt", _counted("Lamp@\nby Ada\nRating: PG\n\na\n\nTHE END\n\n\n", width=4)),
    "text, prologues": ("a.txt", _filled("Prologue\n\na\n\n")),
    "text, Roman numbers": ("a.txt", _filled("IV\n\na\n\n")),
    "text, chapters within": ("a.txt", _filled("A, Chapter 1\n\na\n\n")),
    "text, letters": ("a.txt", _filled("a\n\n")),
    "text, pairings": ("a.txt", _counted("N@/M@, ", f"{_HEADER.strip()}\nPairing: ", f"\n\n{_PROSE}", 9)),
    "text, pairings line by line": ("a.txt", _counted("N@/M@\n", f"{_HEADER.strip()}\nPairing: ", f"\n\n{_PROSE}", 9)),
    "text, characters": ("a.txt", _counted("N@, ", f"{_HEADER.strip()}\nCharacters: ", f"\n\n{_PROSE}", 5)),
    "text, spoilers": ("a.txt", _after("Title: A\nAuthor: B\nSpoilers: ", "Hush, 3x13, ", f"\n\n{_PROSE}")),
    "text, spoilers misspelt": (
        "a.txt",
        _counted("Teh Zepo@, ", "Title: A\nAuthor: B\nSpoilers: ", f"\n\n{_PROSE}", 5),
    ),
    "text, notes": ("a.txt", _after(_HEADER, "Author's Note: a\n\n", _PROSE)),
    "text, people": ("a.txt", _counted("so $ said. ", _HEADER, width=3)),
    "text, a family": ("a.txt", _counted("so $ Smith said. ", _HEADER, width=3)),
    "text, many called Mary": ("a.txt", _counted("so Mary $ said. ", _HEADER, width=3)),
    "text, people of two names": ("a.txt", _counted("$x $y walked. ", _HEADER, width=6)),
    "text, a play": ("a.txt", _after(_HEADER, "WILLOW: Hi.\n")),
    "text, a poem": ("a.txt", _after(_HEADER, "    A line\n    of verse\n\n")),
    "text, contents": ("a.txt", _counted("Line @\n\n", "Contents\n\n", width=4)),
    "mail, a mailbox of tiny letters": ("a.txt", _filled(f"{_POSTMARK}Subject: x\n\na\n\n")),
    "mail, a mailbox": ("a.txt", _filled(f"{_POSTMARK}{_LETTER}a\n\n")),
    "mail, a mailbox of drabbles": ("a.txt", _filled(f"{_POSTMARK}{_LETTER}{_PROSE}{_PROSE}\n\n")),
    "mail, a digest": ("a.txt", _after(f"{_LETTER}In this issue\n\n", f"{'-' * 30}\n\n{_LETTER}a\n\n")),
    "mail, parts": ("a.eml", _after(_IN_PARTS, "--B\nContent-Type: text/plain\n\na\n", "--B--\n")),
    "mail, pages": ("a.eml", _after(_IN_PARTS, f"--B\nContent-Type: text/html\n\n<p>{_PROSE}\n", "--B--\n")),
    "markdown, headings": ("a.md", _filled("# a\n\nb\n\n")),
    "markdown, marks of headings": ("a.md", _after("---\n", "#\n")),
    "markdown, brackets": ("a.md", _filled("![")),
    "markdown, stars": ("a.md", _filled("*a* **b** ")),
    "page, rules": ("a.html", _filled("a<hr>")),
    "page, one letter a paragraph": ("a.html", _filled("<p>a")),
    "page, one letter a line": ("a.html", _after("<p>", "a<br>")),
    "page, one letter and two br": ("a.html", _filled("a<br><br>")),
    "page, cells": ("a.html", _after("<table>", "<td>a")),
    "page, emphasis nobody closes": ("a.html", _filled("<p><i>a")),
    "page, headings of two levels": ("a.html", _filled("<h1>a</h1><h2>b</h2>")),
    "page, headings with headers": (
        "a.html",
        _counted("<h2>Lamp @</h2><p>Rating: PG<br>Pairing: A/B</p><p>a</p>", width=4),
    ),
    "page, drabbles": (
        "a.html",
        _counted(f"<h2>Lamp @</h2><p>Rating: PG<br>Pairing: A/B</p><p>{_PROSE * 3}</p>", width=4),
    ),
    "page, headers of two lines": ("a.html", _filled("Title: L<br>Author: A<br>")),
    "xhtml, empty links": ("a.html", _after('<?xml version="1.0"?>', "<a/>")),
    "docx, paragraphs": ("a.docx", _docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>")),
    "docx, runs": ("a.docx", _docx("<w:r><w:t>a</w:t></w:r>", "<w:p>", "</w:p>")),
    "docx, cells": (
        "a.docx",
        _docx("<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr>", "<w:tbl>", "</w:tbl>"),
    ),
    "docx, boxes within boxes": (
        "a.docx",
        _docx(
            "<w:p><w:r><w:t>a</w:t></w:r></w:p>", "<w:p><w:r><w:txbxContent>" * 80, "</w:txbxContent></w:r></w:p>" * 80
        ),
    ),
    "odt, paragraphs": ("a.odt", _odt("<text:p>a</text:p>")),
    "odt, headings": ("a.odt", _odt('<text:h text:outline-level="1">a</text:h>')),
    "odt, spans": ("a.odt", _odt("<text:span>a</text:span>", "<text:p>", "</text:p>")),
    "odt, boxes within boxes": (
        "a.odt",
        _odt("<text:p>a</text:p>", "<text:p>a<text:text-box>" * 80, "</text:text-box></text:p>" * 80),
    ),
    "rtf, paragraphs": ("a.rtf", _after("{\\rtf1\\ansi ", "a\\par ", "}")),
    "rtf, emphasis": ("a.rtf", _after("{\\rtf1\\ansi ", "{\\i a}{\\b b}", "}")),
    "rtf, cells": ("a.rtf", _after("{\\rtf1\\ansi ", "\\trowd\\intbl a\\cell\\row ", "}")),
    "fb2, paragraphs": ("a.fb2", _after("<FictionBook><body><section>", "<p>a</p>", "</section></body></FictionBook>")),
    "fb2, sections": ("a.fb2", _after("<FictionBook><body>", "<section><p>a</p></section>", "</body></FictionBook>")),
    "epub, a long page": ("a.epub", _epub(f"<p>{_PROSE}</p>")),
    "epub, one letter a paragraph": ("a.epub", _epub("<p>a</p>")),
    "epub, many pages": ("a.epub", _epub(f"<h2>Chapter</h2><p>{_PROSE}</p>", lambda size: max(1, size // 2_000))),
    "zip, tiny files": ("a.zip", _stories("txt", "a")),
    "zip, texts": ("a.zip", _stories("txt", f"{_HEADER}{_PROSE * 3}")),
    "zip, parts of a story": ("a.zip", _stories("txt", f"Title: Lamp (@/99)\nAuthor: A\nRating: G\n\n{_PROSE * 3}")),
    "zip, pages": ("a.zip", _stories("html", f"<p>Title: L@<br>Author: A<p>{_PROSE * 3}")),
}
"""Name of the case -> file name, and what makes a file of so many bytes."""


def seconds(name: str, data: bytes, packs: Packs) -> float:
    """CPU seconds from bytes to stories."""
    started = time.process_time()
    with contextlib.suppress(ReadingError):
        lone_stories(read(name, data), Place(name, name), packs)
    return time.process_time() - started


def alone(name: str, make: Make, size: int, packs: Packs) -> tuple[float, float]:
    """CPU seconds to read a file of that *size*, and the MB that it takes, in a process of its own; without end where
    that gave up."""
    reading, writing = os.pipe()
    if not (child := os.fork()):
        limit = max(10, int(GIVES_UP_AFTER * size / 1e6))
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        data, before = make(size), _peak()
        told = seconds(name, data, packs), _peak() - before
        os.write(writing, json.dumps(told).encode())
        os._exit(0)
    os.close(writing)
    answer = os.read(reading, 1_000)
    os.close(reading)
    os.waitpid(child, 0)
    took, memory = json.loads(answer) if answer else (float("inf"), float("inf"))
    return took, memory


def _peak() -> float:
    """The most MB that this process ever took."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1024 if sys.platform != "darwin" else 1) / 1e6


def failed(size: float, took: float, memory: float, growth: float) -> bool:
    """Is it beyond a bound? *size* in MB."""
    much = max(size, 1)
    return took > SECONDS_A_MB * much or memory > MEMORY_A_MB * much or growth > GROWTH_AT_MOST


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--sizes", type=float, nargs="+", default=[0.5, 1])
    options = parser.parse_args()
    packs = Packs.load()
    for name, make in {name.rpartition(".")[2]: (name, make) for name, make in CASES.values()}.values():
        seconds(name, make(10_000), packs)  # loads what is loaded once
    print(
        f"{'CPU seconds for a file of':<32}"
        + "".join(f"{size:>8g} MB" for size in options.sizes)
        + "    takes   growth"
    )
    wrong = 0
    for case, (name, make) in CASES.items():
        if options.words and not any(word in case for word in options.words):
            continue
        read_so = [alone(name, make, int(size * 1e6), packs) for size in options.sizes]
        took, memory = [seconds for seconds, _ in read_so], read_so[-1][1]
        growth = took[-1] / options.sizes[-1] / max(took[0] / options.sizes[0], 0.05)
        beyond = failed(options.sizes[-1], took[-1], memory, growth)
        wrong += beyond
        times = "".join(f"{s:>11.2f}" for s in took)
        print(f"{case:<32}{times}{memory:>6.0f} MB{growth:>9.2f}{' <<<' if beyond else ''}", flush=True)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
