"""Lines of a PDF -> paragraphs: a PDF knows only where letters stand, so where a line stands must say what it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ficsearch.readers.manuscript import TITLE, Manuscript, Run
from ficsearch.readers.pdf_lines import Line, Page, line_height

_GAP = 1.35
"""Times the usual distance between two lines: from here on there is a space between paragraphs."""
_WIDE_GAP = 1.8
_INDENT = 0.6
"""Times the size of the letters: the least that an indent or a centred line stands in."""
_LARGER = 1.12
_FEW = 0.08
"""Of the lines. Fewer that are indented or set apart are no way of marking paragraphs."""
_HEADING_AT_MOST = 150
_SENTENCE_ENDS = re.compile(r"[.!?…:][\"'”’)\]*]*\Z")


@dataclass(slots=True)
class _Margins:
    left: float
    right: float
    step: float


@dataclass(slots=True)
class _Paragraph:
    lines: list[Line] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)
    """Lines before which the writer, and not the margin, ended a line."""


def manuscript_of(pages: Sequence[Page]) -> Manuscript:
    """The paragraphs on *pages*, headings by their size, words joined that the margin parted."""
    return _Layout(pages).manuscript()


class _Layout:
    """How one document marks its paragraphs, and what follows from it."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self._pages = [page for page in pages if page]
        lines = [line for page in self._pages for line in page]
        self._size = _usual([line.size for line in lines for _ in range(len(line.text) // 10 + 1)], 12.0)
        self._right = max((line.right for line in lines), default=0.0)
        self._margins = [self._margin(page) for page in self._pages]
        self._levels = self._heading_levels(lines)
        self._hyphens = Hyphens(lines)
        pairs = [(a, b, m) for page, m in zip(self._pages, self._margins, strict=True) for a, b in pairwise(page)]
        body = [(a, b, m) for a, b, m in pairs if a.size == b.size]
        self._gapped = sum(a.y - b.y > _GAP * m.step for a, b, m in body) > _FEW * len(body)
        self._indented = sum(self._begins(a, b, m) for a, b, m in body) > _FEW * len(body)

    def _begins(self, a: Line, b: Line, margins: _Margins) -> bool:
        """Does *b* begin a paragraph by its indent alone?"""
        close = self._are_close(a, b, margins, new_page=False) and not self._is_centred(b, margins)
        return close and self._is_indented(b, margins) and not self._is_indented(a, margins)

    def _margin(self, page: Page) -> _Margins:
        left = _usual([float(round(line.left)) for line in page], page[0].left)
        right = max(line.right for line in page)
        return _Margins(left, right if len(page) > 5 else self._right, line_height(page))

    def _heading_levels(self, lines: Sequence[Line]) -> dict[float, int]:
        """The level of each larger size: the largest is the title's when there is one such place, at the beginning."""
        sizes = Counter(round(line.size, 1) for line in lines if line.size > _LARGER * self._size)
        ordered = sorted(sizes, reverse=True)[:5]
        first = next((n for n, line in enumerate(lines) if ordered and round(line.size, 1) == ordered[0]), 0)
        titled = bool(ordered) and sizes[ordered[0]] < 4 and first < 8
        return {size: n + (TITLE if titled else TITLE + 1) for n, size in enumerate(ordered)}

    def _level(self, line: Line) -> int:
        return self._levels.get(round(line.size, 1), 0) if len(line.text) <= _HEADING_AT_MOST else 0

    def _is_indented(self, line: Line, margins: _Margins) -> bool:
        return line.left - margins.left > _INDENT * line.size

    def _is_centred(self, line: Line, margins: _Margins) -> bool:
        left, right = line.left - margins.left, margins.right - line.right
        return left > 2 * line.size and abs(left - right) < max(line.size, 0.15 * (left + right))

    # -- paragraphs

    def manuscript(self) -> Manuscript:
        made = Manuscript()
        for paragraph, level, parted in self._paragraphs():
            if parted:
                made.rule()
            made.paragraph(self._runs(paragraph), level)
        return made

    def _paragraphs(self) -> Iterator[tuple[_Paragraph, int, bool]]:
        """Each paragraph, its level as a heading, and whether a wide space parts it from the one before."""
        current, level, parted = _Paragraph(), 0, False
        before: tuple[Line, _Margins] | None = None
        for page, margins in zip(self._pages, self._margins, strict=True):
            for number, line in enumerate(page):
                if before and current.lines:
                    kind = self._between(*before, line, margins, new_page=number == 0)
                    if kind == "line":
                        current.breaks.add(len(current.lines))
                    elif kind != "same":
                        yield current, level, parted
                        current, parted = _Paragraph(), kind == "scene"
                if not current.lines:
                    level = self._level(line)
                current.lines.append(line)
                before = (line, margins)
        if current.lines:
            yield current, level, parted

    def _between(self, a: Line, of_a: _Margins, b: Line, of_b: _Margins, new_page: bool) -> str:
        """What the place of *b* after *a* says: the ``same`` paragraph, a new ``line`` in it, a new ``paragraph``, or
        a new ``scene``."""
        if self._level(a) or self._level(b):
            return "same" if self._level(a) == self._level(b) and self._are_close(a, b, of_b, new_page) else "paragraph"
        if self._is_centred(a, of_a) or self._is_centred(b, of_b):
            return "line" if self._are_close(a, b, of_b, new_page) and not _is_break(a, b) else "paragraph"
        if not self._are_close(a, b, of_b, new_page):
            wide = self._indented and not self._gapped and a.y - b.y > _WIDE_GAP * of_b.step
            return "scene" if wide else "paragraph"
        if self._indented and self._is_indented(b, of_b) and not self._is_indented(a, of_a):
            return "paragraph"
        if not self._ends_early(a, of_a, b):
            full_stop = new_page and self._gapped and _SENTENCE_ENDS.search(a.text) and not b.text[:1].islower()
            return "paragraph" if full_stop or (self._indented and self._is_indented(b, of_b)) else "same"
        if new_page or not (self._gapped or self._indented):
            return "paragraph"
        return "paragraph" if self._indented and self._is_indented(b, of_b) else "line"

    def _are_close(self, a: Line, b: Line, margins: _Margins, new_page: bool) -> bool:
        """No more space between them than between any two lines. Over a page's end nobody can tell."""
        return new_page or -margins.step < a.y - b.y <= _GAP * max(margins.step, 1.15 * b.size * bool(self._level(b)))

    def _ends_early(self, a: Line, margins: _Margins, b: Line) -> bool:
        """Would the first word of *b* have had room behind *a*? Then somebody ended the line there."""
        width = (b.right - b.left) / max(len(b.text), 1)
        word = len(b.text.split(" ", 1)[0]) + 1.5
        return not a.hyphen and margins.right - a.right > word * width + 0.02 * (margins.right - margins.left)

    def _runs(self, paragraph: _Paragraph) -> list[Run]:
        """The text of a paragraph: lines joined, or ended where the writer ended them."""
        runs: list[Run] = []
        for number, line in enumerate(paragraph.lines):
            if number in paragraph.breaks:
                runs.append(Run("\n"))
            elif number:
                before = paragraph.lines[number - 1]
                joint = self._hyphens.between(before, line) if before.hyphen else _JOINTS.get(before.text[-1:], " ")
                runs.append(_like_both(joint, before.runs[-1], line.runs[0]))
            runs += line.runs
        if paragraph.lines[-1].hyphen:
            runs.append(Run("-"))
        return runs


_JOINTS = {"—": ""}
"""A dash at the end of a line stood without a blank in it."""


def _like_both(joint: str, before: Run, after: Run) -> Run:
    """What stands between two lines, in the look that they share."""
    return Run(joint, before.em and after.em, before.strong and after.strong)


def _usual(values: Sequence[float], default: float) -> float:
    return Counter(values).most_common(1)[0][0] if values else default


def _is_break(a: Line, b: Line) -> bool:
    return not any(c.isalnum() for c in a.text) or not any(c.isalnum() for c in b.text)


_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")


class Hyphens:
    """Which hyphens at the ends of lines belong to the word: ``well-known`` does, ``hap-pened`` does not.

    A word counts as known when it stands undivided elsewhere. Where nothing is known, the other lines of the document
    decide; where they do not either, the hyphen stays as it was written.
    """

    def __init__(self, lines: Sequence[Line]) -> None:
        self._known = Counter(
            word for line in lines for word in re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", line.text.lower())
        )
        joined = kept = 0
        for a, b in pairwise(lines):
            if a.hyphen:
                verdict = self._verdict(a, b)
                joined += verdict == ""
                kept += verdict == "-"
        self._default = "" if joined > kept else "-"

    def between(self, a: Line, b: Line) -> str:
        """What stands between the last word of *a* and the first of *b*: a hyphen or nothing."""
        verdict = self._verdict(a, b)
        return self._default if verdict is None else verdict

    def _verdict(self, a: Line, b: Line) -> str | None:
        first, last = _LAST_WORD.search(a.text), _FIRST_WORD.match(b.text)
        if not first or not last or last[0][0].isupper():
            return "-"
        left, right = first[0].lower(), last[0].lower()
        if self._known[f"{left}-{right}"]:
            return "-"
        return "" if self._known[left + right] else None
