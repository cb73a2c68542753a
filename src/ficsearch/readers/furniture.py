"""What a site put around a story: the way back, web rings, guest books, hosts, the archive's own sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ficsearch.readers.blocks import is_scene_break

_PLACES = "top|home|main|index|fiction|stories|links|gallery|archive|contents|menu|fanfic|library|page|site|author"
_LINE = re.compile(
    r"(?:click here to )?(?:go |send (?:me |the author )?)?(?:"
    r"(?:back|return|go|jump) to (?!(?:sleep|bed|work|her|him|me|you|them)\b)[^.!?]{1,60}"
    r"|back to top|back|top of page|next(?: chapter| part| page)?|previous(?: chapter| part| page)?|home"
    r"|feedback|read (?:posted )?(?:comments|reviews).{0,40}|post a (?:comment|review).{0,40}"
    r"|please post a comment on this story.{0,60}|leave a comment|\d+ comments?|\(?\d* ?comments? (?:\||on) .{0,40}"
    r"|you must (?:login|log in).{0,60}|sign (?:my|the) guest ?book|view (?:my|the) guest ?book"
    r"|(?:you are )?visitor (?:number )?\d*|\d* ?visitors since .{0,40}|visits since .{0,40}"
    r"|(?:this page|site|page) (?:is )?hosted by .{0,90}|get your own free home ?page.{0,40}"
    r"|build your free website today!?|unleash your imagination.{0,60}|follow/fav.{0,40}"
    r"|author and story notes above\.?|end (?:file|notes)\.?|(?:end of )?.{0,60} digest(?: .{0,30})?\.? *\*+"
    r"|this story (?:is )?archived at .{0,120}|please drop by the archive and comment.{0,200}"
    r"|posted originally on the archive of our own .{0,120}"
    r"|disclaimer: all publicly recognizable characters.{0,600}"
    r"|last (?:updated|modified) .{0,40}|(?:page|site) (?:created|maintained|designed) by .{0,60}"
    r")",
    re.IGNORECASE,
)
_MENU = re.compile(rf"(?i)\b(?:{_PLACES}|prev|previous|next|random|list sites|guest ?book|e-?mail|updates|feedback)\b")
_BARS = re.compile(r"\s[|•·~:]{1,2}\s|\]\s*\[|\s\|")
_MARKS = " \t*_[]()<>«»|~-–—=^←→"


def is_furniture(line: str) -> bool:
    """Does *line* belong to the site and not to the story: ``Back to Short Stories``, ``[Prev | Next]``?"""
    text = line.strip(_MARKS)
    if not text or len(text) > 700:
        return False
    return bool(_LINE.fullmatch(text)) or _is_menu(line)


def _is_menu(line: str) -> bool:
    words = line.split()
    if 2 < len(words) < 12 and all(_MENU.fullmatch(word.strip(_MARKS)) for word in words):
        return True
    parts = [part.strip(_MARKS) for part in _BARS.split(line.strip(_MARKS))]
    if len(parts) < 2 or len(line) > 160 or any(len(part.split()) > 4 for part in parts):
        return False
    return 2 * sum(bool(_MENU.search(part)) for part in parts) >= len(parts)


def footer_start(lines: Sequence[str]) -> int:
    """Where the furniture at the end of *lines* begins; ``len(lines)`` when there is none."""
    start = len(lines)
    for at in range(len(lines) - 1, -1, -1):
        line = lines[at].strip()
        if is_furniture(line):
            start = at
        elif line and not is_scene_break(line):
            break
    return start


_END = re.compile(r"(?i)\W*(?:the\W+end|end|fin|finis|fini|ende|owari|to be continued|tbc)\W*")


def is_end_mark(line: str) -> bool:
    """``THE END``, ``~fin~``, ``TBC``: the story is over, whatever follows."""
    return len(line) < 40 and bool(_END.fullmatch(line))
