"""The best passages of a story for a query, with their place.

A passage is a run of about 45 words: a piece of a long paragraph, or a few short ones. The best holds the most
different things that were asked for, then the most of them; a story that matched only by its header shows its first
paragraph. It is found in the text of a story, or by the places of words that an engine knows, which needs a block of
the text only: both ways find the same.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial
from html import escape
from itertools import islice

from ficsearch.choosing import Spot, choose, single_words
from ficsearch.engines import Engine
from ficsearch.occurrences import occurrences
from ficsearch.passages import Passage, passages
from ficsearch.query.nodes import Query, WordLeaf, word_leaves
from ficsearch.results import Excerpt
from ficsearch.store import Store
from ficsearch.store.reading import StoredText
from ficsearch.story import Chapter
from ficsearch.text import Spans, Token, spans, stretch, tokens

WINDOW = 45
"""Words in a passage: about three lines, what search pages show."""

LEAD = 10
"""Words kept before the first match."""

_MARKS = re.compile(r"(?<!\w)[_*]+(?=\S)|(?<=\S)[_*]+(?!\w)")
_BODY = (None, "body")
_SENTENCE_ENDS = re.compile(r"[.!?…\"“”]")
_SPECIAL, _escape = re.compile("[&<>]"), partial(escape, quote=False)


def excerpts(chapters: Sequence[Chapter], query: Query, limit: int = 1) -> tuple[Excerpt, ...]:
    """The *limit* best passages for *query*, best first, none beginning inside another."""
    leaves = tuple(body_leaves(query))
    found = (p for number, chapter in enumerate(chapters, 1) for p in passages(number, chapter, leaves, WINDOW))
    ranked = sorted(found, key=lambda p: (-p.distinct, -p.matches, p.chapter, p.paragraph))
    chosen = list(islice(_apart(ranked), limit)) or list(_opening(chapters))
    return tuple(_cut(p, leaves) for p in chosen)


_AT_ONCE = 100
"""Stories whose texts are held at the same time."""


def stored_excerpts(
    ids: Sequence[str], query: Query, store: Store, engine: Engine, limit: int = 1
) -> dict[str, tuple[Excerpt, ...]]:
    """What :func:`excerpts` gives for each of these stories in *store*, chosen by the places that *engine* knows.

    Where the two do not agree on a story (it is just being changed) its text is looked through.
    """
    leaves = tuple(body_leaves(query))
    found: dict[str, tuple[Excerpt, ...]] = {}
    for first in range(0, len(ids), _AT_ONCE):
        with store.reading():
            found |= _placed(ids[first : first + _AT_ONCE], leaves, store, engine, limit)
    for i in (i for i in ids if i not in found):
        if story := store.story(i):
            found[i] = excerpts(story.chapters, query, limit)
    return found


def _placed(
    ids: Sequence[str], leaves: tuple[WordLeaf, ...], store: Store, engine: Engine, limit: int
) -> dict[str, tuple[Excerpt, ...]]:
    """The excerpts of those stories on which *store* and *engine* agree."""
    texts = {i: (text, outlined) for i, text in store.texts(ids).items() if (outlined := text.outlined()).is_whole()}
    asked = single_words(leaves)
    chosen = choose(
        [outlined for _, outlined in texts.values()], leaves, engine.locate(asked, list(texts)), WINDOW, limit
    )
    fits = lru_cache(None)(lambda word: any(occurrences(leaf, (word,)) for leaf in asked))
    found: dict[str, tuple[Excerpt, ...]] = {}
    for (i, (text, _)), spots in zip(texts.items(), chosen, strict=True):
        cut = [_cut_at(spot, text, leaves, fits) for spot in spots or ()]
        if spots is not None and all(cut):
            found[i] = tuple(excerpt for excerpt in cut if excerpt)
    return found


def _cut_at(spot: Spot, text: StoredText, leaves: tuple[WordLeaf, ...], fits: Callable[[str], bool]) -> Excerpt | None:
    """The passage at *spot*; None when the text there is not what the engine takes it for, or a marked word does not
    fit what was asked."""
    raw = "\n".join(text.paragraphs(spot.first, spot.size))
    bare = raw
    if _has_marks(raw):
        bare = plain(raw)
        if len(tokens(bare)) < spot.words:  # without marks two words may become one
            return _cut(Passage(spot.chapter, spot.paragraph, raw, spot.size), leaves)
    first, last = _window(spot.marks, spot.words)
    there = stretch(bare, first, last)
    if there is None:
        words = spans(plain(raw))
        fit = len(words) >= last and all(fits(words[mark].word) for mark in spot.marks)
        return _windowed(spot, plain(raw), words, spot.marks) if fit else None
    more = (first > 0, last < spot.words)
    shown = " ".join(bare[there[0] if more[0] else 0 : there[1] if more[1] else len(bare)].split())
    marks = [mark - first for mark in spot.marks if first <= mark < last]
    some = Spans(shown, marks[-1] + 1) if marks else ()
    return _excerpt(spot, shown, some, marks, more) if all(fits(some[mark].word) for mark in marks) else None


def marked(text: str, query: Query) -> str:
    """*text* as HTML, escaped, with ``<mark>`` around each word that *query* asks for in the story's text.

    Marks never run over a blank, so that emphasis around words can be put in afterwards.
    """
    words = spans(text)
    marks = _marks([w.word for w in words], tuple(body_leaves(query)))
    return _html(text, words, [(m, m) for m in sorted(marks)])


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
    return _windowed(passage, text, words, sorted(_marks([w.word for w in words], leaves)))


def _windowed(at: Passage | Spot, text: str, words: Sequence[Token], marks: Sequence[int]) -> Excerpt:
    """What is shown of *text*, of which these are all *words*."""
    first, last = _window(marks, len(words))
    more = (first > 0, last < len(words))
    start, end = words[first].start if more[0] else 0, words[last - 1].end if more[1] else len(text)
    shown = [Token(w.word, w.start - start, w.end - start) for w in words[first:last]]
    inside = [mark - first for mark in marks if first <= mark < last]
    return _excerpt(at, text[start:end], shown, inside, more)


def _excerpt(
    at: Passage | Spot, text: str, words: Sequence[Token], marks: Sequence[int], more: tuple[bool, bool]
) -> Excerpt:
    """The passage *at* which *text* is read aloud, with *marks* on some of its *words*. *more*: are there more before,
    and after?"""
    before, after = "…" if more[0] else "", "…" if more[1] else ""
    body = _html(text, words, _runs(text, words, marks))
    return Excerpt(before + body + after, before + text + after, at.chapter, at.paragraph)


def _has_marks(paragraph: str) -> bool:
    return "_" in paragraph or "*" in paragraph


def plain(paragraph: str) -> str:
    """A paragraph without marks of emphasis and line ends, as it is read aloud."""
    if _has_marks(paragraph):
        paragraph = _MARKS.sub("", paragraph)
    return " ".join(paragraph.split())


def _window(marks: Sequence[int], count: int) -> tuple[int, int]:
    """The first word of the window that holds the most marks, some words before the first of them; and its end."""
    if not marks or count <= WINDOW:
        return 0, min(WINDOW, count)
    best = max(marks, key=lambda m: (bisect_left(marks, m + WINDOW - LEAD) - bisect_left(marks, m), -m))
    first = max(0, min(best - LEAD, count - WINDOW))
    return first, first + WINDOW


def _marks(words: list[str], leaves: tuple[WordLeaf, ...]) -> set[int]:
    return {at for leaf in leaves for run in occurrences(leaf, words) for at in run}


def _html(text: str, words: Sequence[Token], runs: list[tuple[int, int]]) -> str:
    """*text*, escaped, each run of words inside one ``<mark>``."""
    # most have nothing to escape, and a page has some thirty pieces
    safe = _escape if _SPECIAL.search(text) else str
    out, at = [], 0
    for first, last in runs:
        start, end = words[first].start, words[last].end
        if start >= at:  # one letter may be two words, as in ½
            out.append(f"{safe(text[at:start])}<mark>{safe(text[start:end])}</mark>")
            at = end
    return "".join(out) + safe(text[at:])


def _runs(text: str, words: Sequence[Token], marks: Sequence[int]) -> list[tuple[int, int]]:
    """Neighbouring words as (first, last): a phrase is marked as a whole, but no mark reaches over a sentence's end."""
    runs: list[tuple[int, int]] = []
    for mark in marks:
        joined = runs and mark == runs[-1][1] + 1
        if joined and not _SENTENCE_ENDS.search(text, words[mark - 1].end, words[mark].start):
            runs[-1] = (runs[-1][0], mark)
        else:
            runs.append((mark, mark))
    return runs
