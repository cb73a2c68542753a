"""The best passages of a story for a query, with their place.

A passage is a run of about 45 words: a piece of a long paragraph, or a few short ones. The best holds the most
different things that were asked for, then the most of them; a story that matched only by its header shows its first
paragraph.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import islice

from ficsearch.edits import alike
from ficsearch.query.nodes import Fuzzy, Near, Prefix, Query, WordLeaf, Words, word_leaves
from ficsearch.results import Excerpt
from ficsearch.story import Chapter
from ficsearch.text import APOSTROPHES, Token, spans, stem, tokens

WINDOW = 45
"""Words in a passage: about three lines, what search pages show."""

LEAD = 10
"""Words kept before the first match."""

_MARKS = re.compile(r"(?<!\w)[_*]+(?=\S)|(?<=\S)[_*]+(?!\w)")
_BODY = (None, "body")


def excerpts(chapters: Sequence[Chapter], query: Query, limit: int = 1) -> tuple[Excerpt, ...]:
    """The *limit* best passages for *query*, best first, none beginning inside another."""
    leaves = tuple(body_leaves(query))
    chosen = _best(chapters, leaves, limit) or list(_opening(chapters))
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


Rank = tuple[int, int, int, int]
"""What passages are ordered by: the more different things, then the more of them, then the earlier."""


def _rank(passage: _Passage) -> Rank:
    return -passage.distinct, -passage.matches, passage.chapter, passage.paragraph


def _best(chapters: Sequence[Chapter], leaves: tuple[WordLeaf, ...], limit: int) -> list[_Passage]:
    """The *limit* best passages. Those that may hold most are looked at first, until no other can be better: of a
    novel a few paragraphs are cut into words."""
    parts = [chapter.paragraphs for chapter in chapters]
    plain = [_plain_parts(*both) for both in zip(chapters, parts, strict=True)]
    found: list[_Passage] = []
    for hope in sorted(_hopes(plain, leaves)):
        chosen = list(islice(_apart(found), limit))
        if len(chosen) == limit and (not limit or _rank(chosen[-1]) <= hope):
            return chosen
        passage = _passage(parts[hope[2] - 1], hope[2], hope[3], leaves)
        if passage:
            insort(found, passage, key=_rank)
    return list(islice(_apart(found), limit))


def _hopes(parts: Sequence[Sequence[str]], leaves: tuple[WordLeaf, ...]) -> Iterator[Rank]:
    """For every paragraph (``plain_letters``) that may hold something asked for, the best rank its passage may have."""
    count = counter(leaves)
    for number, paragraphs in enumerate(parts, 1):
        counts = [count(part) for part in paragraphs]
        for place, own in enumerate(counts):
            if any(own):
                size = 1
                words = _fewest_words(paragraphs[place])
                while words <= WINDOW and place + size < len(counts):
                    words += _fewest_words(paragraphs[place + size])
                    own = [a + b for a, b in zip(own, counts[place + size], strict=True)]
                    size += 1
                yield -sum(map(bool, own)), -sum(own), number, place + 1


def _fewest_words(part: str) -> int:
    """No paragraph has fewer words than half its blanks: dashes stand between words."""
    return part.count(" ") // 2


def _passage(parts: Sequence[str], number: int, paragraph: int, leaves: tuple[WordLeaf, ...]) -> _Passage | None:
    """The passage that begins with this paragraph: a short one with those that follow it; None when it holds nothing
    that was asked for."""
    own = tokens(parts[paragraph - 1])
    if not any(occurrences(leaf, own) for leaf in leaves):
        return None
    words = [own, *_following(parts, paragraph - 1, len(own))]
    together = [w for some in words for w in some]
    found = [len(occurrences(leaf, together)) for leaf in leaves]
    text = "\n".join(parts[paragraph - 1 : paragraph - 1 + len(words)])
    return _Passage(number, paragraph, text, len(words), sum(map(bool, found)), sum(found))


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


def _plain_parts(chapter: Chapter, parts: Sequence[str]) -> list[str]:
    """The paragraphs (*parts*) of a chapter in plain letters, made in one go."""
    plain = plain_letters(chapter.text).split("\n\n")
    real = chapter.text.split("\n\n")
    if len(plain) != len(real):  # an apostrophe stood between two line ends
        return [plain_letters(part) for part in parts]
    return [simple for simple, part in zip(plain, real, strict=True) if part.strip()]


def plain_letters(text: str) -> str:
    """*text* in lower case without apostrophes, and blanks for other signs of good typesetting."""
    if not text.isascii():
        for sign in _SIGNS:
            text = text.replace(sign, " ")
        for sign in APOSTROPHES:
            text = text.replace(sign, "")
    return text.replace("'", "").replace("`", "").lower()


_SIGNS = "“”—–…\xa0"
"""Signs of good typesetting; without them most texts are ASCII."""


def counter(leaves: Sequence[WordLeaf]) -> Callable[[str], list[int]]:
    """A quick count of each of *leaves* in a text of ``plain_letters``: never fewer than there are, often more.

    It looks for the beginnings of words; where a text has letters that fold (é, ß), and for what may begin with any
    letter, it says as many as could be.
    """
    needles = [_needles(leaf) for leaf in leaves]

    def count(plain: str) -> list[int]:
        if not plain.isascii():
            return [_most(plain)] * len(needles)
        return [sum(map(plain.count, those)) if those else _most(plain) for those in needles]

    return count


def _most(text: str) -> int:
    """Words that a text may hold at most: a letter may be several (½)."""
    return 3 * len(text)


def _needles(leaf: WordLeaf) -> tuple[str, ...]:
    """Letters, some of which stand in every text that holds the leaf, as often as it does; none when they cannot be
    told."""
    match leaf:
        case Prefix(start):
            needles: tuple[str, ...] = (start,)
        case Words(asked, _, exact) if asked:
            needles = (max(asked if exact else map(_beginning, asked), key=len),)
        case Near(asked) if asked:
            needles = tuple(set(asked))
        case _:
            needles = ()
    return needles if all(needle and needle.isascii() for needle in needles) else ()


def _beginning(word: str) -> str:
    """What every word of the family of *word* begins with: all of the stem but its last letter (happi for happy), of
    die, lie and tie (dying) the first."""
    root = stem(word)
    return root[:1] if len(root) == _DIE and root.endswith("ie") else root[:-1] or root


_DIE = 3
"""The only stems whose words begin otherwise, among the 450,000 words of 20,000 stories."""


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
