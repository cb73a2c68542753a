"""The words in which a story says what it spoils: behind their label, or in a note."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from ficsearch.catalogue.header import Header, place_of
from ficsearch.readers.headings import NUMBER_WORDS
from ficsearch.story import Claim

_LABELLED = re.compile(r"\bspoilers?(?: warning| alert)?\s*[:=]\s*(?P<phrase>[^\n]+)", re.I)
_SAID = re.compile(
    r"\b(?P<few>(?:almost|practically|virtually|nearly|next to|hardly any|not many|very few) )?"
    r"(?P<no>no (?:(?:real|specific) (?=spoilers? (?:past|beyond|after)\b))?)?spoilers?\s+(?:warnings?\s+)?"
    r"(?P<phrase>(?:for|of|through|thru|throughout|until|til|till|to|up|from|past|beyond|after"
    r"|seasons?|series|s\d{1,2}(?:e\d{1,2})?|\d{1,2}x\d\d)\b[^\n]*)",
    re.I,
)
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(sorted(NUMBER_WORDS))})"
_NAMED = (
    r"(?:(?-i:[A-Z])[\w:’'-]{0,20} ){0,3}(?:\b(?:up to|through|thru|all of|post)[- ])?"
    rf"(?:\b(?:seasons?|series|s) ?{_NUMBER}(?: ?(?:and|to|through|&|-|–|,) ?{_NUMBER}){{0,3}}"
    r"|[\"“][^\"“”\n]{2,60}[\"”]|\b\d{1,2}x\d\d|(?-i:\b(?!(?:NO|ANY|ALL|AU|OC|TV|UK|US|MY|NB|FYI|HUGE|MAJOR|MINOR)\b)"
    r"[A-Z]{1,5}[a-z]?[A-Z0-9]))"
)
_NAMED_BEFORE = re.compile(rf"(?P<phrase>{_NAMED}(?:(?:, ?| ?/ ?| and | & ){_NAMED}){{0,3}})[- ]spoilers?\b", re.I)
"""``Angel season 2 spoilers``, ``"The Gift" spoilers``, ``DH spoilers``"""
_SPOILS = re.compile(r"\bspoils (?P<phrase>(?:everything|all|up|through|season|series|s\d|[\"“])[^\n!?]{0,200})", re.I)
"""``and it spoils everything up to "Helpless"``"""
_FORMS = (_LABELLED, _SAID, _NAMED_BEFORE, _SPOILS)
_ABBREVIATIONS = r"(?<!\bvs)(?<!\beps)(?<!\bep)(?<!\bpt)(?<!\bM[rs])(?<!\bMrs)"
_SENTENCE_END = re.compile(rf"(?<=[\w”\")]){_ABBREVIATIONS}\.(?=\s+[A-Z])")
_EXCLAIMED = re.compile(rf"(?<=[\w”\")]){_ABBREVIATIONS}[.!](?=\s+[A-Z])")
"""Where a sentence ends. No question mark does: Who Are You?"""
_MOST = 50
"""Phrases of one note: the notes of a long story say it chapter by chapter."""
_GOES_ON = re.compile(
    r"\W*(?:also|and|but|plus|or|minor|major|small|slight|some|tiny|vague|references?|mentions?|oh|well|okay|except"
    r"|maybe|possibl[ey]|set|takes|nothing|none|no|anything|everything|all|if|seasons?|s\d|\d|[\"“])\b|\W*[\"“]",
    re.I,
)
"""How a sentence begins that says more of what is spoiled: ``Through S2. Also The Gift.``"""


_ELSEWHERE = re.compile(
    r"\W*(?:(?:please )?see|same as|as in|as for|in|cf\.?) (?:the )?(?:headers? (?:in|of) )?"
    r"(?:(?:first|previous|earlier|last) (?:parts?|chapters?)|(?:parts?|chapters?|pt\.?) (?:1|one|i)|before|above)"
    r"(?: for .{1,40})?\W*|\W*(?:ditto|as before|same as (?:before|above))\W*",
    re.I,
)
"""``see part 1``: beside what part 1 says it says no more."""


def says_elsewhere(phrase: str) -> bool:
    """Does a part only say that another part tells it?"""
    return _ELSEWHERE.fullmatch(phrase) is not None


def spoiler_phrase(header: Header) -> str | None:
    """What the header says behind "Spoilers"; where it does not, all that its notes, summary or disclaimer say of it.

    Downloads of archives have no field for it: there it stands in notes, ``Spoilers: through "Family"``.
    """
    claims = header.claims("spoilers")
    claims = [claim for claim in claims if not says_elsewhere(claim.value)] or claims
    for claim in claims:
        header.took("spoilers", claim)
    return _joined([claim.value.strip() for claim in claims]) or _joined(list(_noted(header, note=True)))


def noted_phrase(header: Header) -> str | None:
    """What notes or summary say of spoilers beside a header that has a field for it."""
    return _joined(list(_noted(header))) if header.claims("spoilers") else None


_HAPPENS = re.compile(
    r"(?:\A|[.!?;]\s+)(?:(?:but|and|then|though|also),? )*(?P<what>[^.!?;]{2,60}?) (?:has |have )?happen(?:s|ed)?\b",
    re.I,
)
"""``Spoilers: none. Chosen happened though.``"""


def told_to_happen(header: Header) -> Iterator[str]:
    """What notes say has happened, where they speak of spoilers: mostly no episode."""
    for claim in header.claims("notes", "summary", "endnotes"):
        if "spoil" in claim.value.casefold():
            yield from (match["what"] for match in _HAPPENS.finditer(claim.value))


def _joined(phrases: list[str]) -> str | None:
    return "; ".join(dict.fromkeys(phrases)) or None


def _noted(header: Header, note: bool = False) -> Iterator[str]:
    for claim in header.claims("notes", "summary", "endnotes", "warnings", "disclaimer"):
        for phrase in _phrases_in(claim):
            if note:
                header.infer("spoilers", phrase, f"{claim.label} ({place_of(claim)})")
            yield phrase


def _phrases_in(claim: Claim) -> Iterator[str]:
    """Every phrase in the order of the text; of two that overlap the first."""
    if "spo" not in claim.value.casefold():  # most notes; the rest of the word may be SPOİLER
        return
    at = 0
    found = [match for form in _FORMS if (match := form.search(claim.value))]
    for _ in range(_MOST):
        # what stands further on was found before
        found = [again for m in found if (again := m if m.start() >= at else m.re.search(claim.value, at))]
        if not found:
            return
        match = min(found, key=lambda m: m.start())
        phrase = _told(match)
        at = match.start("phrase") + max(1, len(phrase))
        yield _no(match) + phrase.strip(" *_,;.")
    yield "and others"  # of which nobody knows


def _no(match: re.Match[str]) -> str:
    if match.re is not _SAID or not (match["no"] or match["few"]):
        return ""
    few = "almost " if match["few"] else ""  # which is no promise
    return f"{few}no spoilers "


def _told(match: re.Match[str]) -> str:
    """The first sentence of what was found, and those after it that go on with what is spoiled."""
    line, end = match["phrase"], _SENTENCE_END if match.re is _LABELLED else _EXCLAIMED
    ends = [m.end() for m in end.finditer(line)] if match.re is not _NAMED_BEFORE else []
    more = sum(1 for _ in takewhile(lambda at: _GOES_ON.match(line, at), ends))
    return line[: ends[more]] if more < len(ends) else line
