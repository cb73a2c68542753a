"""Is the time to read a file in line with its size? Files of 5 to 50 MB that have undone parsers before.

    python bench/long_files.py [--sizes 5 10 20 50] [WORD ...]     WORD: only cases whose name holds one of the words

Prints for each case the CPU seconds at each size, and the growth: how many times longer a megabyte takes in the largest
file than in the smallest. About 1 is in line with the size; the end is 1 if a case grows more than 2.5 fold.
"""

from __future__ import annotations

import argparse
import contextlib
import sys
import time
from collections.abc import Callable

from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read

GROWTH_AT_MOST = 2.5
_PROSE = (
    "The lamp in the hall had been lit since four, and nobody had come. Mrs. Wren counted the spoons again. "
    '"You might have written," she said to the door. It was Tuesday, or near enough; Tuesdays had a sound. '
)
_HEADER = "Title: The Long Hall\nAuthor: Ada Quill\nRating: PG\nSpoilers: Through The Zeppo\n\n"


def _filled(piece: str) -> Callable[[int], bytes]:
    return lambda size: (piece * (size // len(piece.encode()) + 1)).encode()[:size]


def _nested(tag: str) -> Callable[[int], bytes]:
    return lambda size: f"<html><body><p>{_PROSE}</p>".encode() + _filled(f"<{tag}>")(size)


def _after(head: str, piece: str) -> Callable[[int], bytes]:
    return lambda size: head.encode() + _filled(piece)(size)


_PAGE = "<html><head><title>A</title></head><body><h1>The Long Hall</h1>"
CASES: dict[str, tuple[str, Callable[[int], bytes]]] = {
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
}
"""Name of the case -> file name, and what makes a file of so many bytes."""


def seconds(name: str, data: bytes, packs: Packs) -> float:
    """CPU seconds from bytes to stories."""
    started = time.process_time()
    with contextlib.suppress(ReadingError):
        lone_stories(read(name, data), Place(name, name), packs)
    return time.process_time() - started


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("words", nargs="*")
    parser.add_argument("--sizes", type=float, nargs="+", default=[5, 10, 20, 50])
    options = parser.parse_args()
    packs = Packs.load()
    seconds("a.html", CASES["page, paragraphs"][1](10_000), packs)  # loads what is loaded once
    print(f"{'CPU seconds for a file of':<32}" + "".join(f"{size:>8g} MB" for size in options.sizes) + "   growth")
    worst = 0.0
    for case, (name, make) in CASES.items():
        if options.words and not any(word in case for word in options.words):
            continue
        took = [seconds(name, make(int(size * 1e6)), packs) for size in options.sizes]
        growth = took[-1] / options.sizes[-1] / max(took[0] / options.sizes[0], 0.002)
        worst = max(worst, growth)
        print(f"{case:<32}" + "".join(f"{s:>11.2f}" for s in took) + f"{growth:>9.2f}", flush=True)
    return int(worst > GROWTH_AT_MOST)


if __name__ == "__main__":
    sys.exit(main())
