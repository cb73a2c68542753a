"""What a word processor wrote, as a page: its readers give paragraphs, and the page is read as any page is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from ficsearch.readers import markup
from ficsearch.readers.ao3_manuscript import read_pasted, read_work
from ficsearch.readers.blocks import LINE_END, Block, Kind
from ficsearch.readers.claims import with_fallback
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.page import read_blocks
from ficsearch.readers.plain import doubted
from ficsearch.story import Claim, Document

TITLE = 1
"""The level of a document's title; the headings of its chapters are one level below it."""
_DEEPEST = 6


class Run(NamedTuple):
    """A stretch of text in one look; ``\\n`` ends a line inside the paragraph."""

    text: str
    em: bool = False
    strong: bool = False


class Manuscript:
    """Takes what the pages hold in reading order; :func:`read_manuscript` reads it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._cell = self._paragraphs = 0

    def paragraph(self, runs: Sequence[Run], level: int = 0, verse: bool = False) -> None:
        """A paragraph, or a heading of *level* (:data:`TITLE`, then chapters from 2 on)."""
        self._paragraphs += 1
        name = f"h{min(level, _DEEPEST)}" if level else "p"
        opening = f'<{name} class="verse">' if verse else f"<{name}>"
        text = _markup(runs[0]) if len(runs) == 1 else "".join(map(_markup, _merged(runs)))
        self._parts += (opening, text, f"</{name}>")

    def words(self, text: str) -> None:
        """A paragraph of mere words, or of none."""
        if text and not text.isspace():
            self._paragraphs += 1
            self._parts += ("<p>", _escaped(text), "</p>")

    def rule(self) -> None:
        self._parts.append("<hr>")

    def open(self, element: str) -> None:
        """The beginning of a ``table``, ``tr``, ``td`` or ``blockquote``."""
        self._parts.append(f"<{element}>")
        if element == "td":
            self._cell, self._paragraphs = len(self._parts), 0

    def close(self, element: str) -> None:
        """Its end. A cell with one paragraph is that text, so that ``Rating`` and ``R`` beside it are one line."""
        if element == "td" and self._parts[self._cell : self._cell + 1] == ["<p>"] and self._paragraphs == 1:
            del self._parts[self._cell], self._parts[-1]
        self._parts.append(f"</{element}>")

    @property
    def blocks(self) -> list[Block]:
        return markup.blocks("".join(self._parts))


_LOOK = itemgetter(1, 2)


def _merged(runs: Sequence[Run]) -> Iterator[Run]:
    """Runs of one look beside each other are one: programs part them at every correction."""
    for (em, strong), alike in groupby(runs, _LOOK):
        yield Run("".join(run.text for run in alike), em, strong)


def _escaped(text: str) -> str:
    return text if text.isalnum() else escape(text, quote=False).replace("\n", "<br>")


def _markup(run: Run) -> str:
    text, em, strong = run
    text = _escaped(text)
    if em:
        text = f"<em>{text}</em>"
    return f"<strong>{text}</strong>" if strong else text


def read_manuscript(manuscript: Manuscript, properties: Iterable[Claim], format: str) -> tuple[Document, ...]:
    """The stories in *manuscript*. The *properties* of the document claim what its text leaves open."""
    blocks = _unwrapped(_with_hanging(manuscript.blocks))
    if work := read_work(blocks, format) or read_pasted(blocks, format):
        return (doubted(replace(work, claims=with_fallback(work.claims, properties))),)
    return tuple(map(doubted, read_blocks(blocks, properties, format)))


def _with_hanging(blocks: Sequence[Block]) -> list[Block]:
    """*blocks*; what stands two tabs in below ``SUMMARY:<tab>A wall, a river`` is the rest of that value."""
    made: list[Block] = []
    for block in blocks:
        above = made[-1] if made else None
        if above and block.text.startswith("\t\t") and "\t" in above.text and labelled(above.lines[0]):
            made[-1] = above._replace(text=f"{above.text.rstrip()} {block.text.strip()}")
        else:
            made.append(block)
    return made


_LINE_AT_MOST = 82
_FULL_LINE = 55
_MANY_LINES = 12
_SENTENCE_ENDS = re.compile(r"[.!?…:][\"”'’)*_]*\Z")


def _unwrapped(blocks: list[Block]) -> list[Block]:
    """*blocks*; where each is a line of a text typed with a line end at its margin, they are paragraphs again.

    Texts from mailing lists were pasted into word processors, which took every line for a paragraph.
    """
    texts = [block.plain for block in blocks if block.kind is Kind.PROSE]
    full = sum(len(text) > _FULL_LINE for text in texts)
    if len(texts) < _MANY_LINES or 2 * full < len(texts) or max(map(len, texts)) > _LINE_AT_MOST:
        return blocks
    return list(_joined(blocks, max(map(len, texts))))


def _joined(blocks: Sequence[Block], width: int) -> Iterator[Block]:
    """Lines joined until one ends before the margin."""
    pending: list[str] = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block.kind is not Kind.PROSE:
            yield block
            continue
        pending.append(block.text)
        if after is None or after.kind is not Kind.PROSE or _ends_early(block.plain, after.plain, width):
            yield Block(LINE_END.join(pending))
            pending = []


def _ends_early(line: str, after: str, width: int) -> bool:
    """Had the next word had room, and does the line end a sentence, or stop far from the margin?"""
    fits = len(line) + 1 + len(after.split(" ", 1)[0]) <= width - 2
    return fits and bool(_SENTENCE_ENDS.search(line) or 2 * len(line) < width)


# ---- what the properties of a document claim

_NOBODY_WORDS = """
    owner user administrator admin author unknown default guest student home pc customer none test anonymous-user
    computer laptop desktop family temp me hp dell sony acer toshiba lenovo (anonymous) (unspecified)
"""
_NOBODY = frozenset(_NOBODY_WORDS.split()) | {
    *("microsoft office user", "windows user", "microsoft", "preferred customer", "valued customer", "un-named"),
    *("python-docx", "your user name", "authorized user", "registered user", "hp_administrator"),
}
"""Who a word processor says the author is when nobody told it."""
_PRINTED = re.compile(r"(?:microsoft word|openoffice\S*|libreoffice\S*) - ", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:untitled|\(anonymous\)|(?:new |word )?document|doc|noname|title)[ _-]?\d*|.*\.\w{2,4}", re.IGNORECASE
)
_NO_SUMMARY = re.compile(r"(?:generated|created|converted|produced) (?:by|with) .*|\(unspecified\)", re.IGNORECASE)
_NO_LANGUAGE = re.compile(r"en\b.*|x-.*|und|zxx", re.IGNORECASE)
"""English is what programs say when nobody told them otherwise."""
_NO_DATE = re.compile(r"(?!(?:19[89]|20)\d{1,2}-\d\d-\d\d).*")
_JUNK = {
    "title": _NO_TITLE,
    "summary": _NO_SUMMARY,
    "language": _NO_LANGUAGE,
    **dict.fromkeys(("published", "updated"), _NO_DATE),
}


def properties_of(found: Iterable[tuple[str, str | None]]) -> Iterator[Claim]:
    """The claims of a document's properties (label and value), without what the program filled in by itself."""
    for label, value in found:
        text = _PRINTED.sub("", " ".join((value or "").split()), count=1)
        if not text or (label == "author" and text.casefold() in _NOBODY):
            continue
        if label not in _JUNK or not _JUNK[label].fullmatch(text):
            yield Claim(label, text, "document properties")
