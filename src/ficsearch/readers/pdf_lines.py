"""The lines of a PDF: where they stand, and which of them are the page's and not the story's."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from ficsearch.readers.manuscript import Run


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text from ``left`` to ``right`` (points); ``y`` is its height above the foot of the page.

    ``hyphen``: it ended with one, which may part a word.
    """

    left: float
    right: float
    y: float
    size: float
    hyphen: bool
    runs: tuple[Run, ...]

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Page = list[Line]


def pages_of(answer: Sequence[Sequence[Any]]) -> list[Page]:
    """The pages as the library gave them, pieces of one line together, without heads, feet and numbers."""
    pages = [_joined([_line(one) for one in page]) for page in answer]
    return list(_without_furniture(pages))


def _line(found: Sequence[Any]) -> Line:
    left, right, y, size, hyphen, words = found
    runs = tuple(Run(text, bool(look & 1), bool(look & 2)) for look, text in words)
    return Line(left, right, y, size, hyphen, runs)


def _joined(lines: Sequence[Line]) -> Page:
    """Pieces of one line (a raised number, a cell of a table) as one."""
    page: Page = []
    for line in lines:
        before = page[-1] if page else None
        if before and abs(before.y - line.y) < before.size / 2 and line.left >= before.right - 1:
            gap = " " if line.left - before.right > before.size / 5 else ""
            runs = (*before.runs, *([Run(gap)] if gap else []), *line.runs)
            page[-1] = Line(before.left, line.right, before.y, before.size, line.hyphen, runs)
        else:
            page.append(line)
    return page


_EDGE = 2
"""Lines at the top and at the bottom in which running heads and page numbers stand."""
_REPEATED = 2
_OFTEN = 0.3
"""Of the pages: a head may stand on left pages only, and not above a new chapter. It stands at the same height."""
_PAGE_NUMBER = re.compile(r"\W*(?:page )?(?:#|[ivxlc]+)(?:\W*(?:of|/) ?#)?\W*")


_PRINTED = re.compile(
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[:.]\d\d(?: ?[AP]M)?(?: .{0,200})?"
    r"|.{0,150} Page \d{1,4} of \d{1,4}"
    r"|(?:file|https?)://\S{1,300}(?: .{0,100})?(?: \d{1,4}/\d{1,4}| \[?\d{1,2}/\d{1,2}/\d{2,4}[\d:, APM]{0,15}\]?)?"
)
"""What a browser prints above and below a page: the day and the page's title, the address and a number."""


def _without_furniture(pages: Sequence[Page]) -> Iterator[Page]:
    counts = Counter(place for page in pages for place in {_place(page, line) for line in _edges(page)})
    wanted = max(_REPEATED, _OFTEN * len(pages))
    top = sorted(pages[0], key=lambda line: -line.y)[:_TITLE_LINES] if pages else []
    named = _words(" ".join(line.text for line in top))
    for page in pages:
        edges = _edges(page)
        idle = {id(line) for line in edges if counts[_place(page, line)] >= wanted or _is_number(page, line)}
        idle |= {id(line) for line in edges if _PRINTED.fullmatch(line.text.strip())}
        if page is not pages[0] and page and _names_work(page, named):
            idle.add(id(max(page, key=lambda line: line.y)))
        yield [line for line in page if id(line) not in idle]


_TITLE_LINES = 2


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _names_work(page: Page, named: set[str]) -> bool:
    """Is the line above everything else the title and the author, which the first page begins with, set apart and in
    letters no larger than the text's? Larger ones are a heading."""
    top, *others = sorted(page, key=lambda line: -line.y)
    said = _words(top.text)
    apart = bool(others) and top.y - others[0].y > _APART * line_height(page)
    small = bool(others) and top.size <= median(line.size for line in others)
    return apart and small and len(said) > 1 and said <= named


_APART = 1.3


def _edges(page: Page) -> list[Line]:
    """The highest and the lowest lines, wherever they stand in the file."""
    by_height = sorted(page, key=lambda line: -line.y)
    return list({id(line): line for line in [*by_height[:_EDGE], *by_height[-_EDGE:]]}.values())


def _place(page: Page, line: Line) -> tuple[str, int]:
    """A line's words with every number alike, and at which height it stands."""
    return re.sub(r"\d+", "#", line.text.casefold()), round(line.y / 10)


def _is_number(page: Page, line: Line) -> bool:
    """A page number by itself above or below everything, further from the text than its lines are from each other."""
    heights = [other.y for other in page]
    if line.y not in (min(heights), max(heights)):
        return False
    if not _PAGE_NUMBER.fullmatch(re.sub(r"\d+", "#", line.text.casefold())):
        return False
    others = sorted(abs(line.y - other.y) for other in page if other is not line)
    return not others or others[0] > 1.6 * line_height(page)


_ALIKE = 1.06


def line_height(page: Sequence[Line]) -> float:
    """From one line of a paragraph to the next: the least that stands between several lines; by the size of the
    letters where there are few."""
    size = median([line.size for line in page if line.size > 0] or [12.0])
    steps = sorted(a.y - b.y for a, b in pairwise(page) if 0.8 * size < a.y - b.y < 3 * size)
    wanted = max(1, len(steps) // 10)
    alike = (a for a, b in zip(steps, steps[wanted:], strict=False) if b <= _ALIKE * a)
    return next(alike, 1.2 * size)
