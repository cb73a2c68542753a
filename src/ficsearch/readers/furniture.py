"""What a site put around a story: the way back, web rings, guest books, hosts, the archive's own sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from ficsearch.readers.blocks import is_scene_break

_SENTENCES = (
    r"(?:click here to )?(?:go )?(?:back|return|jump) to (?!(?:sleep|bed|work|her|him|me|you|them)\b)[^.!?]{1,60}",
    r"(?:go )?(?:back to top|top of page|(?:next|previous) (?:chapter|part|page))",
    r"go to (?:the )?notes.{0,40}|see part (?:1|i|one) for .{0,40}",
    r"send (?:me |the author )?(?:feedback|e-?mail).{0,40}",
    r"(?:feedback|comments|reviews|flames)\b.{0,60}?[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}",
    r"read (?:posted )?(?:comments|reviews).{0,40}",
    r"(?:please )?(?:post|leave) a (?:comment|review).{0,90}",
    r"[\w.+-]{1,40}@[\w-]{1,40}(?:\.[\w-]{1,20}){1,3}",
    r"you are (?:the |visitor |guest |reader |number |no\.? )?.{0,60}\bsince .{4,30}",
    r"write a review\b.{0,400}|.{0,60} is (?:hosted|powered) by .{0,60}",
    r"[\d,]* ?people have been .{0,40}since .{0,20}",
    r"(?:review|rate|recommend|follow|bookmark|report) this (?:story|fic|fanfic|fiction|chapter|work)\b.{0,30}",
    r"\d+ comments?(?: \W leave a comment)?",
    r"you must (?:login|log in).{0,60}",
    r"(?:sign|view) (?:my|the) guest ?book.{0,40}",
    r"(?:you are )?visitor (?:number )?[\d,]*(?: ?since .{0,40})?|[\d,]* ?visit(?:or)?s since .{0,40}",
    r"(?:this page|site|page) (?:is )?hosted by .{0,90}",
    r"get your own free home ?page.{0,40}|build your free website today!?",
    r"unleash your imagination.{0,60}|follow/fav.{0,40}",
    r"(?:page|site) (?:created|maintained|designed) by .{0,60}|hit counter",
    r"(?:(?:this )?(?:page|site|story) (?:was )?)?last (?:updated|modified|revised|edited)\b.{0,40}",
    r"author and story notes above\.?",
    r"end file\.?",
    r"\d{1,3}\. (?:https?|ftp|file|mailto):\S{1,300}",
    r"(?:the )?end[.!]? (?:feedback|comments)\b.{0,60}?[\w.+-]{1,40}@[\w-]{1,40}\.[\w.]{2,20}",
    r"(?:b s )?[.:; ]{0,4}(?:a ){2}a(?: (?:full|light|dark|wide|3/4|1/2|increase|decrease)){0,9}",
    r"end of .{0,60} digest.{0,40}",
    r"this story (?:is )?archived at .{0,120}",
    r"\[?non-text portions of this message have been removed\]?|to unsubscribe from this (?:group|list).{0,120}",
    r"(?:see )?(?:all )?(?:headers?|disclaimers?|notes?|warnings?|ratings?)"
    r"(?:,? (?:and|&) (?:headers?|disclaimers?|notes?|warnings?|ratings?))?"
    r" (?:are |is |etc\.? )?(?:in|with|at) (?:the )?(?:first )?(?:part|chapter)(?: (?:1|one|i))?\.?",
    r"yahoo! groups links|\(?(?:to be )?continued in (?:the next )?(?:part|chapter).{0,20}",
    r"(?-i:End [A-Z\"“].{1,80} by [A-Za-z][^!?]{1,40})",
    r"your use of yahoo! groups is subject to .{0,90}|-*>? ?(?:yahoo! ?groups|egroups|onelist) sponsor ?[-~_>]*",
    r"\S{1,80}-unsubscribe@\S{1,60}|to unsubscribe,? .{0,120}",
    r"please drop by the archive and comment.{0,200}",
    r"posted originally on the archive of our own .{0,120}",
    r"disclaimer: all publicly recognizable characters.{0,600}",
    r"if you (?:have )?(?:enjoyed|liked) (?:this|the|my) (?:story|fic|stories)\b.{0,120}",
    r"(?:read|available|download)(?: this (?:story|fic))? (?:in|as)(?: other)? (?:formats?|text|pdf|epub)\b.{0,80}",
    r"(?:all )?(?:stories|characters|stories and characters|fics)\b.{0,40}"
    r" (?:property of|belong to|copyright(?: of)?|©) "
    r"(?:their|the) (?:respective |original )?(?:owners|authors|creators|writers)\b.{0,120}",
    r"adult-?fanfiction\.(?:org|net)\b.{0,40} (?:is|are) owned by .{0,80}|age verification required.{0,20}",
    r"efiction v?[\d.]+.{0,40}|(?:powered|hosted) by (?:proboards|ezboard|phpbb|yuku|vbulletin|efiction).{0,80}",
    r"(?:also |originally |first |cross-?)*(?:posted|archived|published) (?:at|to|on) (?:https?://|www\.)\S{1,200}",
    r"(?:(?:also|read(?: it)?|(?:cross-?)?posted|or) )*(?:here )?(?:on|at|to) (?:my )?(?:the )?"
    r"(?:ao3|archive of our own|dreamwidth|livejournal|tumblr|wattpad|ff(?:\.?net)?|fanfiction\.net)[.!]?",
    r"(?:(?:more|other|all) )?(?:of )?(?:my )?(?:other )?(?:stories|fics?|fiction)(?: by me)? "
    r"(?:are |can be found |is )?(?:at|on|here):? (?:https?://|www\.)\S{1,200}",
    r"message #?\d+ of \d+\b.{0,80}",
)
"""What Geocities and Angelfire, web rings, eFiction, FanFicFare and AO3 put below (or above) a story."""

_LINE = re.compile("|".join(f"(?:{sentence})" for sentence in _SENTENCES), re.IGNORECASE)
_WEB_RING = re.compile(r"(?:this |the )?.{0,60}\bweb ?ring\b.{0,80}", re.IGNORECASE)
"""Apart from the others, because it begins with anything."""
_ALONE = ("home", "back", "next", "previous", "top", "feedback", "index", "main", "references")
"""Links of one word. At the head of a story they may be its title, so that they count at its foot only."""
_LINKS = (
    "top|home|main|index|fiction|stories|links|gallery|archive|contents|menu|fanfic|library|page|site|author"
    "|prev|previous|next|random|list sites|guest ?book|e-?mail|updates|feedback"
    "|authors|titles|pairings|fandoms|categories|series"
    "|link|reply|comments?|memor(?:y|ies)|tag|track|flag|share|review"
)
_MENU = re.compile(rf"(?i)\b(?:{_LINKS})\b")
_BAR = re.compile(r"[|•·~:\]]")
_BARS = re.compile(r"\s[|•·~:]{1,2}\s|\]\s*\[|\s\|")
_MARKS = " \t*_[]()<>«»|~-–—=^←→"
_MENU_AT_MOST = 160
_LINK_NUMBER = re.compile(r"\[\d{1,3}\](?=\w)")
"""``[4]Back to Fiction``: how lynx writes a link, which it lists by number below the page."""


def is_furniture(line: str) -> bool:
    """Does *line* belong to the site and not to the story: ``Back to Short Stories``, ``[Prev | Next]``?"""
    text = _LINK_NUMBER.sub("", line.strip()).strip(_MARKS)
    if not text or len(text) > 700:
        return False
    if _LINE.fullmatch(text) or ("web" in text.lower() and _WEB_RING.fullmatch(text)):
        return True
    return _is_menu(line)


def _is_menu(line: str) -> bool:
    words = line.split()
    if 2 < len(words) < 12 and all(_MENU.fullmatch(word.strip(_MARKS)) for word in words):
        return True
    barred = len(line) <= _MENU_AT_MOST and _BAR.search(line)
    parts = [part.strip(_MARKS) for part in _BARS.split(line.strip(_MARKS))] if barred else []
    if len(parts) < 2 or any(len(part.split()) > 4 for part in parts):
        return False
    return 2 * sum(bool(_MENU.search(part)) for part in parts) >= len(parts)


_FOOT = 8_000
"""Characters at the end of a text in which the site's lines are looked for."""

_SPONSOR = re.compile(r"(?i)[-~_>]{3,80} ?(?:yahoo! ?groups|egroups|onelist) sponsor ?[-~_>]*")
_SPONSOR_WITHIN = 25
"""Lines from the end among which an advertisement begins: what follows it is the list's, whatever it says."""


def footer_start(text: str) -> int:
    """Where the furniture at the end of *text* begins; its length when there is none."""
    found = _sponsor_start(text) if "sponsor" in text[-_FOOT:].lower() else len(text) + 1
    for start, line in _lines_from_end(text, found - 1):
        line = line.strip()
        if is_furniture(line) or line.strip(_MARKS).lower() in _ALONE:
            found = start
        elif line and not is_scene_break(line):
            break
    return min(found, len(text))


def _sponsor_start(text: str) -> int:
    """Where the advertisement at the end of *text* begins; beyond its length when there is none."""
    last_lines = islice(_lines_from_end(text, len(text)), _SPONSOR_WITHIN)
    return min((start for start, line in last_lines if _SPONSOR.fullmatch(line.strip())), default=len(text) + 1)


def _lines_from_end(text: str, end: int) -> Iterator[tuple[int, str]]:
    """The lines at the foot of *text*, from the one before *end* upwards, each with its own beginning."""
    first = text.rfind("\n", 0, max(0, len(text) - _FOOT)) + 1
    while end >= first:
        start = max(first, text.rfind("\n", first, end) + 1)
        yield start, text[start:end]
        end = start - 1


_COMMENTS = re.compile(r"(?i)\W{0,9}(?:\d{1,4} comments?\W{1,5})?(?:leave|post) a(?: new)? comment\W{0,9}")
_LINK_AT_MOST = 60
_STORY_AT_LEAST = 150
"""Characters before the link. Some journals have it at the top of the page too."""


def comments_start(text: str) -> int:
    """Where the comments of a journal begin, after its link ``(Leave a comment)``; the length of *text* without."""
    at = text.find(" comment", _STORY_AT_LEAST)
    while at >= 0:
        start = text.rfind("\n", at - _LINK_AT_MOST, at) + 1
        end = text.find("\n", at, at + _LINK_AT_MOST)
        if start and _COMMENTS.fullmatch(text, start, end if end >= 0 else min(len(text), at + _LINK_AT_MOST)):
            return start
        at = text.find(" comment", at + _LINK_AT_MOST if end < 0 else end)
    return len(text)


END_MARK = r"[^\w\n]*+(?i:the[^\w\n]+end|end|fin|finis|fini|ende|owari|to be continued|tbc)[^\w\n]*+"
"""The pattern of :func:`is_end_mark`, for one look at all lines of a text."""
_END = re.compile(END_MARK)


def is_end_mark(line: str) -> bool:
    """``THE END``, ``~fin~``, ``TBC``: the story is over, whatever follows."""
    return len(line) < 40 and bool(_END.fullmatch(line))
