"""The best passages of a story for a query, with their place.

A passage is a run of about 45 words: a piece of a long paragraph, or a few short ones. The best holds the most
different things that were asked for, then the most of them; a story that matched only by its header shows its first
paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from ficsearch.edits import alike
from ficsearch.query.nodes import Fuzzy, Near, Prefix, Query, WordLeaf, Words, word_leaves
from ficsearch.results import Excerpt
from ficsearch.story import Chapter
from ficsearch.text import Token, spans, stem, tokens

WINDOW = 45
"""Words in a passage: about three lines, what search pages show."""

LEAD = 10
"""Words kept before the first match."""

_MARKS = re.compile(r"(?<!\w)[_*]+(?=\S)|(?<=\S)[_*]+(?!\w)")
_BODY = (None, "body")


def excerpts(chapters: Sequence[Chapter], query: Query, limit: int = 1) -> tuple[Excerpt, ...]:
    """The *limit* best passages for *query*, best first, none beginning inside another."""
    leaves = tuple(body_leaves(query))
    ranked = sorted(_ranked(chapters, leaves), key=lambda p: (-p.distinct, -p.matches, p.chapter, p.paragraph))
    chosen = list(islice(_apart(ranked), limit)) or list(_opening(chapters))
    return tuple(_cut(p, leaves) for p in chosen)


def marked(text: str, query: Query) -> str:
    """*text* as HTML, escaped, with ``<mark>`` around each word that *query* asks for in the story's text.

    Marks never run over a blank, so that emphasis around words can be put in afterwards.
    """
    words = list(spans(text))
    marks = _marks([w.word for w in words], tuple(body_leaves(query)))
    return _html(text, words, [(m, m) for m in sorted(marks)], 0, len(text))


def body_leaves(query: Query) -> Iterator[WordLeaf]:
    """What a query asks to be in the text; what it excludes is not."""
    return (leaf for leaf in word_leaves(query) if leaf.field in _BODY)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Some paragraphs (``size`` of them) and what they hold of what was asked."""

    chapter: int
    paragraph: int
    text: str
    size: int = 1
    distinct: int = 0
    matches: int = 0


def _ranked(chapters: Sequence[Chapter], leaves: tuple[WordLeaf, ...]) -> Iterator[_Passage]:
    """Every paragraph that holds something asked for, a short one with those that follow it."""
    may_hold = sieve(leaves)
    for number, chapter in enumerate(chapters, 1):
        parts = chapter.paragraphs
        for place, part in enumerate(parts):
            own = tokens(part) if may_hold(part) else []
            if any(occurrences(leaf, own) for leaf in leaves):
                words = [own, *_following(parts, place, len(own))]
                together = [w for some in words for w in some]
                found = [len(occurrences(leaf, together)) for leaf in leaves]
                text = "\n".join(parts[place : place + len(words)])
                yield _Passage(number, place + 1, text, len(words), sum(map(bool, found)), sum(found))


def _following(parts: Sequence[str], start: int, count: int) -> Iterator[list[str]]:
    """The words of the paragraphs after *start* that belong to its passage: until there are enough, or the scene
    ends."""
    for part in parts[start + 1 :]:
        words = tokens(part) if len(part) <= _LONG else []
        count += len(words)
        if not words or count > WINDOW:
            return
        yield words


_LONG = WINDOW * 40
"""Letters of a paragraph that is too long to be added to another; it need not be cut into words to know that."""


def sieve(leaves: Sequence[WordLeaf]) -> Callable[[str], bool]:
    """A quick question whether a paragraph may hold any of *leaves*: never wrong when it says no.

    It looks for the beginnings of words in lower-case text; a text with letters that fold (é, ß) passes unasked.
    """
    needles = [_needle(leaf) for leaf in leaves]
    if not all(needles):
        return lambda text: bool(needles)

    def may_hold(text: str) -> bool:
        plain = text.lower()
        for sign in _TYPOGRAPHY:
            plain = plain.replace(sign, "")
        return not plain.isascii() or any(needle in plain for needle in needles)

    return may_hold


_TYPOGRAPHY = "'’‘“”—–…`"
"""Signs of good typesetting, which fold away or stand between words: taking them out only joins words."""


def _needle(leaf: WordLeaf) -> str:
    """Letters that stand in every text that holds the leaf; "" when none can be told."""
    match leaf:
        case Prefix(start):
            return start if start.isascii() else ""
        case Words(asked, _, exact) if asked:
            word = max(asked if exact else map(stem, asked), key=len)
            return "" if not word.isascii() else word if exact else word[:-1] if len(word) > _CHANGING else word[:1]
        case Near(asked) if asked:
            word = max(asked, key=len)
            return word if word.isascii() else ""
    return ""


_CHANGING = 4
"""Stems up to this long may begin otherwise than their words (die for dying); of longer ones only the last letter
changes (happi for happy)."""


def _apart(ranked: list[_Passage]) -> Iterator[_Passage]:
    """Those passages that share no paragraph with a better one."""
    taken: set[tuple[int, int]] = set()
    for passage in ranked:
        places = {(passage.chapter, passage.paragraph + n) for n in range(passage.size)}
        if not places & taken:
            taken |= places
            yield passage


def _opening(chapters: Sequence[Chapter]) -> Iterator[_Passage]:
    """The first paragraph that has words in it."""
    for number, chapter in enumerate(chapters, 1):
        for place, paragraph in enumerate(chapter.paragraphs, 1):
            if tokens(paragraph):
                yield _Passage(number, place, paragraph)
                return


def _cut(passage: _Passage, leaves: tuple[WordLeaf, ...]) -> Excerpt:
    text = plain(passage.text)
    words = list(spans(text))
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
    best = max(marks, key=lambda m: (sum(m <= other < m + WINDOW - LEAD for other in marks), -m))
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


def occurrences(leaf: WordLeaf, words: Sequence[str]) -> list[range]:
    """Where in *words* the leaf is met, each as the range of its places."""
    match leaf:
        case Words(asked, _, exact):
            return _phrase(asked, exact, words)
        case Prefix(start):
            return _each(words, lambda w: w.startswith(start))
        case Fuzzy(word, distance):
            return _each(words, lambda w: alike(word, w, distance))
        case Near(asked, slop):
            return _near(asked, slop, words)


def _each(words: Sequence[str], fits: Callable[[str], bool]) -> list[range]:
    return [range(at, at + 1) for at, word in enumerate(words) if fits(word)]


def _phrase(asked: tuple[str, ...], exact: bool, words: Sequence[str]) -> list[range]:
    if not asked:
        return []
    wanted = asked if exact else tuple(map(stem, asked))
    have = words if exact else [stem(w) for w in words]
    size = len(wanted)
    starts = (at for at, word in enumerate(have) if word == wanted[0])
    return [range(at, at + size) for at in starts if tuple(have[at : at + size]) == wanted]


def _near(asked: tuple[str, ...], slop: int, words: Sequence[str]) -> list[range]:
    """Every place of the asked words that lies in a run of ``len(asked) + slop`` words holding all of them."""
    size = len(asked) + slop
    places = [at for at, word in enumerate(words) if word in asked]
    out: set[int] = set()
    for first in places:
        inside = [at for at in places if first <= at < first + size]
        have = [words[at] for at in inside]
        if all(have.count(word) >= asked.count(word) for word in asked):
            out.update(inside)
    return [range(at, at + 1) for at in sorted(out)]
