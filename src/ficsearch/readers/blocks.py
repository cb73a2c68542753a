"""Blocks: the paragraphs of a page before they become text, and how they become it.

Marks stand in a block's text for what HTML said inline (emphasis, strong, line ends); they are Unicode
noncharacters, which no text may hold, and :func:`plain` or :func:`paragraphs` takes them out again.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from ficsearch.text import tokens

EM, END_EM, STRONG, END_STRONG, LINE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4"
MARKS = EM + END_EM + STRONG + END_STRONG + LINE_END

SCENE_BREAK = "* * *"
INDENT = "    "


class Kind(Enum):
    PROSE = "prose"
    HEADING = "heading"
    RULE = "rule"
    PRE = "pre"


class Block(NamedTuple):
    """One paragraph, heading or rule. ``linked`` counts its characters inside links, ``level`` is a heading's 1-6."""

    text: str
    kind: Kind = Kind.PROSE
    quoted: bool = False
    level: int = 0
    linked: int = 0

    @property
    def plain(self) -> str:
        """The words on one line, no marks."""
        return plain(self.text)

    @property
    def lines(self) -> list[str]:
        """The lines that ``<br>`` or ``<pre>`` made, no marks."""
        return [plain(line) for line in self.text.split(LINE_END)]


def plain(text: str) -> str:
    """*text* on one line: marks gone, every run of blanks one blank."""
    if text.isprintable():
        return one_line(text)
    return one_line(_without_inline(text).replace(LINE_END, " "))


def one_line(text: str) -> str:
    """*text* with every run of blanks as one. It is cut into words only where other signs than ours are in it that do
    not print, because some of those are blanks."""
    if not text.isprintable():
        text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
        if not _without_inline(text).replace(LINE_END, "").isprintable():
            return " ".join(text.split())
    while "  " in text:
        text = text.replace("  ", " ")
    return text.strip(" ")


def _without_inline(text: str) -> str:
    for mark in (EM, END_EM, STRONG, END_STRONG):
        text = text.replace(mark, "")
    return text


def paragraphs(blocks: Sequence[Block]) -> str:
    """The text of a chapter: see :class:`ficsearch.story.Chapter` for its light marks."""
    margins = _quotes_are_margins(blocks)
    found: list[str] = []
    for block in blocks:
        found += _paragraphs_of(block, margins)
    return "\n\n".join(without_idle_breaks(found))


def typed(blocks: Iterable[Block]) -> str:
    """*blocks* as somebody would have typed them: for what has to be found in lines of text."""
    return "\n\n".join(_typed(block) for block in blocks)


def _typed(block: Block) -> str:
    if block.kind is Kind.RULE:
        return SCENE_BREAK
    lines = block.text.split(LINE_END)
    if block.kind is Kind.PRE:
        return "\n".join(_without_inline(line).rstrip() for line in lines)
    return "\n".join(_marked(one_line(line)) for line in lines)


def _quotes_are_margins(blocks: Sequence[Block]) -> bool:
    """Pages of 1999 put the whole story into <blockquote> to get margins: then it is no quotation."""
    quoted = sum(len(b.text) for b in blocks if b.quoted)
    return quoted > 0 and 2 * quoted > sum(len(b.text) for b in blocks)


def without_idle_breaks(found: list[str]) -> list[str]:
    """Scene breaks at either end or beside each other say nothing."""
    if SCENE_BREAK not in found:
        return found
    kept: list[str] = []
    for paragraph in found:
        if paragraph != SCENE_BREAK or (kept and kept[-1] != SCENE_BREAK):
            kept.append(paragraph)
    if kept and kept[-1] == SCENE_BREAK:
        kept.pop()
    return kept


_BREAK = re.compile(r"[\s*~#=_+\-–—•·◦♦◊§<>/\\|^.:oO0xX]*\Z")
RULE = "[^a-np-wyzA-NP-WYZ1-9\"“”'‘’,;!?\n]++"
"""The pattern of what may be a scene break, for one look at all lines of a text: :func:`is_scene_break` then tells."""
_BREAK_AT_MOST = 100
_BREAK_SIGN = re.compile(r"[*~#=_+\-–—•·◦♦◊§<>|^]")
_BREAK_LETTERS = re.compile(
    r"(?:\.{6,}|x{3,}|[oO0]{3,}|(?:xX)+x?|(?:Xx)+X?|(?:[xX][oO]){2,}[xX]?|(?:[oO][xX]){2,}[oO]?)\Z"
)


_NO_BREAK = frozenset(string.ascii_letters + "123456789\"“”'‘’,;!?") - frozenset("oOxX")
"""First signs of what is none: most paragraphs are known by them."""


def is_scene_break(line: str) -> bool:
    """Does *line*, alone in its paragraph, only part two scenes: ``* * *``, ``~~~``, ``#``, ``oOoOo``, ``-x-``?"""
    if line[:1] in _NO_BREAK or len(line) > _BREAK_AT_MOST or not _BREAK.match(line):
        return False
    return bool(_BREAK_SIGN.search(line) or _BREAK_LETTERS.match(line.strip()))


def _paragraphs_of(block: Block, margins: bool) -> Iterable[str]:
    if block.kind is Kind.RULE:
        return (SCENE_BREAK,)
    if LINE_END in block.text:
        return _paragraphs_of_lines(block, margins)
    text = one_line(block.text)
    unmarked = text.isprintable()
    if len(text) <= _BREAK_AT_MOST and is_scene_break(text if unmarked else plain(text)):
        return (SCENE_BREAK,)
    if not text:
        return ()
    indented = block.kind is Kind.PRE or (block.quoted and not margins)
    text = text if unmarked else _marked(text)
    return (INDENT + text if indented else text,)


def _paragraphs_of_lines(block: Block, margins: bool) -> Iterator[str]:
    lines = [line for line in block.text.split(LINE_END) if plain(line)]
    if block.kind is Kind.PRE or (block.quoted and not margins) or _is_verse(lines):
        yield "\n".join(INDENT + _marked(" ".join(line.split())) for line in lines)
        return
    for paragraph in _prose(lines):
        text = " ".join(LINE_END.join(paragraph).split())
        yield SCENE_BREAK if is_scene_break(plain(text)) else _marked(_rejoined(text))


_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’)\]]*\Z")
_SPEECH = re.compile(r"[\"“‘«„]")
_WRAPPED_AT = 100
"""Longer lines were not wrapped by hand: terminals and editors of the time broke at 65 to 80."""
_VERSE_AT = 60


def _is_verse(lines: Sequence[str]) -> bool:
    """Three or more short lines that begin with capitals and mostly do not end a sentence."""
    texts = [plain(line) for line in lines]
    if len(texts) < 3 or max(map(len, texts)) > _VERSE_AT:
        return False
    capitals = sum(t[:1].isupper() or not t[0].isalpha() for t in texts)
    ends = sum(bool(_SENTENCE_ENDS.search(t)) for t in texts)
    return 4 * capitals >= 3 * len(texts) and 2 * ends <= len(texts)


def _prose(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines parted by a single <br>: paragraphs of their own, or one paragraph wrapped by hand?"""
    texts = [plain(line) for line in lines]
    own = max(map(len, texts), default=0) > _WRAPPED_AT or 2 * sum(map(bool, map(_SPEECH.match, texts))) > len(texts)
    pending: list[str] = []
    for line, text in zip(lines, texts, strict=True):
        if pending and (own or _is_indented(line) or is_scene_break(text) or is_scene_break(plain(pending[-1]))):
            yield pending
            pending = []
        pending.append(line)
    if pending:
        yield pending


def _is_indented(line: str) -> bool:
    return _without_inline(line).lstrip(" \t\r\n")[:2].isspace()


_REJOINED = tuple(
    (close + LINE_END + open_, LINE_END)
    for close, open_ in ((END_EM, EM), (END_STRONG, STRONG), (END_EM + END_STRONG, STRONG + EM))
)


def _rejoined(text: str) -> str:
    """Lines made one: emphasis that was closed at the line's end only to open again goes on."""
    for parted, joined in _REJOINED:
        text = text.replace(parted, joined)
    return " ".join(text.replace(LINE_END, " ").split())


_PAIR = re.compile(rf"([{EM}{END_EM}{STRONG}{END_STRONG}])")
_SIGNS = {EM: "_", STRONG: "*"}
_ENDED_BY = {EM: END_EM, STRONG: END_STRONG}
_TIDIED = (
    *((mark + " ", " " + mark) for mark in (EM, STRONG)),
    *((" " + mark, mark + " ") for mark in (END_EM, END_STRONG)),
    *((nothing, "") for nothing in (EM + END_EM, STRONG + END_STRONG, END_EM + EM, END_STRONG + STRONG)),
)
"""Blanks go outside of the marks; marks around nothing, and between two emphases that touch, go."""


def _marked(text: str) -> str:
    """*text*, its blanks single, with ``_`` and ``*`` for the marks at the edge of words; the others are dropped."""
    if text.isprintable():
        return text
    if (sign := _SIGNS.get(text[0])) and text[-1] == _ENDED_BY[text[0]] and text[1:-1].isprintable():
        words = one_line(text[1:-1])
        return f"{sign}{words}{sign}" if any(map(str.isalnum, words)) else words
    for _ in range(2):
        for found, better in _TIDIED:
            text = text.replace(found, better)
    parts = _PAIR.split(text)
    pieces, marks = parts[::2], parts[1::2]
    if not marks:
        return one_line(text)
    signs = _signs(pieces, marks)
    return one_line("".join(p + s for p, s in zip(pieces, [*signs, ""], strict=True)))


def _signs(pieces: Sequence[str], marks: Sequence[str]) -> list[str]:
    """What each mark becomes: both marks of a pair its sign, or, where one stands inside a word, nothing."""
    signs = [""] * len(marks)
    opened: dict[str, int] = {}
    for at, mark in enumerate(marks):
        if mark in _SIGNS:
            opened[mark] = at
            continue
        first = opened.pop(EM if mark == END_EM else STRONG, None)
        if first is not None and _may_mark(pieces, first, at):
            signs[first] = signs[at] = _SIGNS[marks[first]]
    return signs


_NEIGHBOURS = 24
"""Pieces that are looked at on either side: most are empty, where tags touch."""


def _may_mark(pieces: Sequence[str], first: int, last: int) -> bool:
    before = "".join(pieces[max(0, first - _NEIGHBOURS) : first + 1])
    inside = "".join(pieces[first + 1 : last + 1])
    after = "".join(pieces[last + 1 : last + 1 + _NEIGHBOURS])
    return any(c.isalnum() for c in inside) and not _is_one_word(before, inside) and not _is_one_word(inside, after)


_LETTERS = frozenset(string.ascii_letters)
_SURELY_APART = frozenset(' .,;:!?"()[]“”…—–-/*_')


def _is_one_word(left: str, right: str) -> bool:
    """Would a sign between *left* and *right* change the words (``ficsearch.text`` decides)?"""
    if not left or not right or left[-1] in _SURELY_APART or right[0] in _SURELY_APART:
        return False
    if left[-1] in _LETTERS and right[0] in _LETTERS:
        return True
    left, right = left[-16:], right[:16]
    return tokens(left + right) != tokens(left + " " + right)
