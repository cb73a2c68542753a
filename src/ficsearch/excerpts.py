"""The best passages of a story for a query, with their place.

A passage is a run of about 45 words: a piece of a long paragraph, or a few short ones. The best holds the most
different things that were asked for, then the most of them; a story that matched only by its header shows its first
paragraph.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from html import escape
from itertools import islice

from ficsearch.occurrences import occurrences
from ficsearch.passages import Passage, passages
from ficsearch.query.nodes import Query, WordLeaf, word_leaves
from ficsearch.results import Excerpt
from ficsearch.story import Chapter
from ficsearch.text import Token, spans, tokens

WINDOW = 45
"""Words in a passage: about three lines, what search pages show."""

LEAD = 10
"""Words kept before the first match."""

_MARKS = re.compile(r"(?<!\w)[_*]+(?=\S)|(?<=\S)[_*]+(?!\w)")
_BODY = (None, "body")


def excerpts(chapters: Sequence[Chapter], query: Query, limit: int = 1) -> tuple[Excerpt, ...]:
    """The *limit* best passages for *query*, best first, none beginning inside another."""
    leaves = tuple(body_leaves(query))
    found = (p for number, chapter in enumerate(chapters, 1) for p in passages(number, chapter, leaves, WINDOW))
    ranked = sorted(found, key=lambda p: (-p.distinct, -p.matches, p.chapter, p.paragraph))
    chosen = list(islice(_apart(ranked), limit)) or list(_opening(chapters))
    return tuple(_cut(p, leaves) for p in chosen)


def marked(text: str, query: Query) -> str:
    """*text* as HTML, escaped, with ``<mark>`` around each word that *query* asks for in the story's text.

    Marks never run over a blank, so that emphasis around words can be put in afterwards.
    """
    words = spans(text)
    marks = _marks([w.word for w in words], tuple(body_leaves(query)))
    return _html(text, words, [(m, m) for m in sorted(marks)], 0, len(text))


def body_leaves(query: Query) -> Iterator[WordLeaf]:
    """What a query asks to be in the text; what it excludes is not."""
    return (leaf for leaf in word_leaves(query) if leaf.field in _BODY)


def _apart(ranked: list[Passage]) -> Iterator[Passage]:
    """Those passages that share no paragraph with a better one."""
    taken: set[tuple[int, int]] = set()
    for passage in ranked:
        places = {(passage.chapter, passage.paragraph + n) for n in range(passage.size)}
        if not places & taken:
            taken |= places
            yield passage


def _opening(chapters: Sequence[Chapter]) -> Iterator[Passage]:
    """The first paragraph that has words in it."""
    for number, chapter in enumerate(chapters, 1):
        for place, paragraph in enumerate(chapter.paragraphs, 1):
            if tokens(paragraph):
                yield Passage(number, place, paragraph)
                return


def _cut(passage: Passage, leaves: tuple[WordLeaf, ...]) -> Excerpt:
    text = plain(passage.text)
    words = spans(text)
    marks = _marks([w.word for w in words], leaves)
    first = _best_start(sorted(marks), len(words))
    last = min(first + WINDOW, len(words))
    start = words[first].start if first else 0
    end = words[last - 1].end if last < len(words) else len(text)
    before, after = "…" if first else "", "…" if last < len(words) else ""
    body = _html(text, words, _runs([m for m in sorted(marks) if first <= m < last]), start, end)
    return Excerpt(before + body + after, before + text[start:end] + after, passage.chapter, passage.paragraph)


def plain(paragraph: str) -> str:
    """A paragraph without marks of emphasis and line ends, as it is read aloud."""
    return " ".join(_MARKS.sub("", paragraph).split())


def _best_start(marks: list[int], count: int) -> int:
    """The first word of the window that holds the most marks, some words before the first of them."""
    if not marks or count <= WINDOW:
        return 0
    best = max(marks, key=lambda m: (bisect_left(marks, m + WINDOW - LEAD) - bisect_left(marks, m), -m))
    return max(0, min(best - LEAD, count - WINDOW))


def _marks(words: list[str], leaves: tuple[WordLeaf, ...]) -> set[int]:
    return {at for leaf in leaves for run in occurrences(leaf, words) for at in run}


def _html(text: str, words: Sequence[Token], runs: list[tuple[int, int]], start: int, end: int) -> str:
    """The piece of *text* from *start* to *end*, escaped, each run of words inside one ``<mark>``."""
    out, at = [], start
    for first, last in runs:
        if words[first].start < at:  # one letter that is two words, as in ½
            continue
        out.append(escape(text[at : words[first].start], quote=False))
        out.append(f"<mark>{escape(text[words[first].start : words[last].end], quote=False)}</mark>")
        at = words[last].end
    return "".join(out) + escape(text[at:end], quote=False)


def _runs(marks: list[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers as (first, last)."""
    runs: list[tuple[int, int]] = []
    for mark in marks:
        if runs and mark == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], mark)
        else:
            runs.append((mark, mark))
    return runs
