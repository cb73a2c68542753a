"""Lines -> paragraphs: whatever the wrapping, verse stays verse and scenes stay apart.

People wrapped at 72 or not at all, put a blank line between paragraphs or two or none, indented first lines or
whole poems. What a file does is measured once (:class:`_Habits`); each block of lines is then read by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ficsearch.readers.blocks import INDENT, SCENE_BREAK, is_scene_break, one_line, without_idle_breaks

_SAMPLE = 12_000
"""Characters from the middle of a text: enough lines to see how it is typed."""
_WRAPPED_AT = 100
"""Longer lines were not wrapped by hand."""
_NARROWEST = 50
"""Nobody wraps prose at less than this: shorter lines end where their author wanted."""
_SHORT = 62
"""A line of verse, an address, a signature."""
_BREAK_AT_MOST = 100

_BLANK_LINE = re.compile(r"\n[ \t]+(?=\n)")
_FEEDS = re.compile(r"\n(?:[ \t]|\n+[ \t]?)")
"""A gap, or a line that begins with a blank, or both."""
_RULE_IN_BLOCK = re.compile(r"\n([ \t]*[*\-_=~#<>+•][*\-_=~#<>+• \t]{2,})(?=\n)")
_SPEAKER_IN_BLOCK = re.compile(r"\n(?<!\n\n)(?=[A-Z][A-Z0-9 .'’-]{1,24}:\s|<[\w-]{1,20}> |\[\d\d?:\d\d)")
"""Plays and chat logs: a line that begins with who speaks is a paragraph of its own."""
_RULE_OR_SPEAKER = re.compile(
    r"\n(?:[ \t]*[*\-_=~#<>+•][*\-_=~#<>+• \t]{2}|(?<!\n\n)(?:[A-Z][A-Z0-9 .'’-]{1,24}:\s|[<\[]))"
)
_STRONG = re.compile(r"(?<!\*)\*\*([^\s*][^*\n]*)\*\*(?!\*)")
"""What was bold on a page that html2text made a text of."""


@dataclass(frozen=True, slots=True)
class _Habits:
    """How this file is typed.

    ``width`` is that of its hard-wrapped lines, 0 when lines are whole paragraphs; ``gap`` from how many blank lines
    beyond one between paragraphs scenes are parted; ``indented`` that paragraphs begin with blanks, so that blanks do
    not mean verse; ``flush`` that no line begins so.
    """

    width: int
    gap: int
    indented: bool
    flush: bool


_NONE = _Habits(width=0, gap=1, indented=False, flush=True)
"""Those of a single line."""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of *text* as a chapter has them: see :class:`ficsearch.story.Chapter`."""
    text = _evened(text)
    habits = _habits(text) if "\n" in text else _NONE
    found: list[str] = []
    for blanks, block in _blocks(text):
        if blanks > habits.gap and found:
            found.append(SCENE_BREAK)
        if "\n" in block:
            found.extend(_of_lines(block.split("\n"), habits))
        else:
            found.append(_of_line(block, habits))
    return without_idle_breaks(found)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """The lines that no blank line parts, each time with how many blank lines stand before them."""
    blanks = 0
    for piece in text.split("\n\n"):
        if not piece:
            blanks += 2
            continue
        blanks += piece[0] == "\n"
        yield blanks, piece.lstrip("\n")
        blanks = 1


def _evened(text: str) -> str:
    """*text* with empty lines really empty, and lines that are paragraphs beyond doubt standing apart."""
    if text[:1] in " \t" or _BLANK_LINE.search(text):
        text = _BLANK_LINE.sub("\n", f"\n{text}\n")
    text = text.rstrip().strip("\n")
    if "*" in text and "**" in text:
        text = _STRONG.sub(r"*\1*", text)
    # most texts have none of these, and one look is much faster than to build them anew
    if not _RULE_OR_SPEAKER.search(text):
        return text
    return _SPEAKER_IN_BLOCK.sub("\n\n", _RULE_IN_BLOCK.sub(r"\n\n\1\n", text))


def _habits(text: str) -> _Habits:
    sample = _sample(text)
    sampled = sample.split("\n")
    feeds = Counter(_FEEDS.findall(text))
    seen = feeds if sample is text else Counter(_FEEDS.findall(sample))
    lengths = list(filter(None, map(len, sampled)))
    blocks = sum(feed.count("\n") // 2 * times for feed, times in seen.items()) + 1
    indented = sum(times for feed, times in seen.items() if feed[-1] != "\n")
    short = [n for n in lengths if n <= _WRAPPED_AT]
    wrapped = 50 * len(short) > 49 * len(lengths)
    each_line = 3 * blocks <= len(lengths) and (3 * indented > len(lengths) or (not wrapped and _ends_lines(sampled)))
    return _Habits(
        width=max(short, default=0) if wrapped else 0,
        gap=0 if each_line else _scene_gap(feeds),
        indented=4 * indented > max(blocks, len(lengths) // 4),
        flush=text[:1] not in (" ", "\t") and all(feed[-1] == "\n" for feed in feeds),
    )


def _sample(text: str) -> str:
    """The middle of *text*."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


def _ends_lines(lines: Sequence[str]) -> bool:
    """Is a line a paragraph? Not where the long ones stand apart and only wrapped ones follow each other."""
    followed = [len(line) for line, after in pairwise(lines) if line and after]
    whole = sum(n > _WRAPPED_AT or n <= _SHORT for n in followed)
    return 2 * whole > len(followed)


def _scene_gap(feeds: Counter[str]) -> int:
    """From how many line feeds beyond two a gap parts scenes and not just paragraphs."""
    gaps: Counter[int] = Counter()
    for feed, times in feeds.items():
        gaps[feed.count("\n")] += times
    wide = {width: times for width, times in gaps.items() if width > 2}
    if 2 * sum(wide.values()) <= gaps[2] or sum(wide.values()) < 3:
        return 1
    return min(wide, key=lambda width: (-wide[width], width)) - 1


def _of_line(line: str, habits: _Habits) -> str:
    text = line.strip()
    if len(text) <= _BREAK_AT_MOST and is_scene_break(text):
        return SCENE_BREAK
    if "  " in text:
        text = one_line(text)
    if not habits.indented and line.startswith((INDENT, "\t")) and len(text) <= _SHORT:
        return INDENT + text
    return text


def _of_lines(lines: Sequence[str], habits: _Habits) -> list[str]:
    lengths = list(map(len, lines))
    longest = max(lengths)
    indented = not habits.flush and any(line[0] in " \t" for line in lines)
    if not indented and _NARROWEST <= longest <= _WRAPPED_AT and 5 * min(lengths[:-1]) >= 3 * longest:
        return [joined(lines)]
    if indented and not habits.indented and all(line.startswith((INDENT, "\t")) for line in lines):
        return [_verse(lines) if _breaks_by_choice(lines, longest) else joined(lines)]
    return list(_of_ragged_lines(lines, habits.width or longest))


def _breaks_by_choice(lines: Sequence[str], width: int) -> bool:
    """Most of *lines* could have taken the first word of the next one: they end where their author wanted."""
    chosen = sum(_could_go_on(a, b, width) for a, b in pairwise(lines))
    return 2 * chosen >= len(lines) - 1 or width <= _SHORT


def _could_go_on(line: str, after: str, width: int) -> bool:
    return len(line) + 1 + len("".join(after.split(None, 1)[:1])) <= width


def _of_ragged_lines(lines: Sequence[str], width: int) -> Iterator[str]:
    """Lines of which some are whole paragraphs: split where a line was ended on purpose."""
    run: list[str] = []
    for paragraph in _parted(lines, width):
        if len(paragraph) == 1 and len(paragraph[0]) <= _SHORT and not is_scene_break(paragraph[0]):
            run.append(paragraph[0])
            continue
        if run:
            yield from _of_short_lines(run)
            run = []
        text = joined(paragraph)
        yield SCENE_BREAK if len(text) <= _BREAK_AT_MOST and is_scene_break(text) else text
    yield from _of_short_lines(run)


def _parted(lines: Sequence[str], width: int) -> Iterator[list[str]]:
    least = min(len(line) - len(line.lstrip()) for line in lines)
    pending = [lines[0]]
    for line in lines[1:]:
        if _parts(pending[-1], line, width, least):
            yield pending
            pending = []
        pending.append(line)
    yield pending


def _parts(line: str, after: str, width: int, margin: int) -> bool:
    """Does a new paragraph begin between two lines that no blank line parts?"""
    if width < _NARROWEST or len(line) > _WRAPPED_AT or len(after) > _WRAPPED_AT:
        return True
    if after[margin : margin + 1] in " \t" or is_scene_break(after.strip()) or is_scene_break(line.strip()):
        return True
    return 5 * len(line) < 4 * width and _could_go_on(line, after, width)


_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]*_]*\s*\Z")
_SPEECH = '"“‘«„'


def _of_short_lines(lines: Sequence[str]) -> Iterator[str]:
    """Short lines in a row: verse, unless most of them are speech or whole sentences."""
    ends = sum(bool(_SENTENCE_END.search(line)) for line in lines)
    speech = sum(line.lstrip()[:1] in _SPEECH for line in lines)
    if len(lines) > 1 and 2 * ends <= len(lines) and 2 * speech <= len(lines):
        yield _verse(lines)
    else:
        yield from (" ".join(line.split()) for line in lines)


def _verse(lines: Sequence[str]) -> str:
    """*lines* as verse: line ends kept, and how far each is indented beyond the others."""
    plain = [line.expandtabs(4).rstrip() for line in lines]
    margin = min(len(line) - len(line.lstrip()) for line in plain)
    return "\n".join(INDENT + line[margin:] for line in plain)


_HYPHEN = re.compile(r"(?<=\w)-\n\s*(?=\w)|(?<=\w--)\n\s*(?=\w)")


def joined(lines: Sequence[str]) -> str:
    """Wrapped *lines* made one. A hyphen at the end of a line stays, without a blank after it."""
    text = " ".join(lines)
    if "-" in text and "-\n" in (typed := "\n".join(lines)):
        text = _HYPHEN.sub(lambda m: m[0].strip(), typed).replace("\n", " ")
    text = text.strip()
    return one_line(text) if "  " in text or "\t" in text else text
