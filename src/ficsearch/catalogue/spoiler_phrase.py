"""The words in which a story says what it spoils: behind their label, or in a note."""

from __future__ import annotations

import re

from ficsearch.catalogue.header import Header, place_of
from ficsearch.readers.headings import NUMBER_WORDS

_LABELLED = re.compile(r"\bspoilers?(?: warning| alert)?\s*[:=]\s*(?P<phrase>[^\n]{1,300})", re.I)
_SAID = re.compile(
    r"\b(?P<no>no (?:(?:real|major|big|specific) (?=spoilers? (?:past|beyond|after)\b))?)?spoilers?\s+(?:warnings?\s+)?"
    r"(?P<phrase>(?:for|of|through|thru|throughout|until|til|till|to|up|from|past|beyond|after"
    r"|seasons?|series|s\d{1,2}(?:e\d{1,2})?|\d{1,2}x\d\d)\b[^\n.!?]{0,200})",
    re.I,
)
_NUMBER = rf"(?:\d{{1,2}}|{'|'.join(sorted(NUMBER_WORDS))})"
_NAMED_BEFORE = re.compile(
    r"(?P<phrase>(?:\b(?:up to|through|thru|all of|post)[- ])?"
    rf"(?:\b(?:seasons?|series|s) ?{_NUMBER}(?: ?(?:and|to|through|&|-|–|,) ?{_NUMBER}){{0,3}}"
    r"|[\"“][^\"“”\n]{2,60}[\"”]|\b\d{1,2}x\d\d|(?-i:\b(?!(?:NO|ANY|ALL|AU|OC|TV|UK|US|MY|NB|FYI|HUGE|MAJOR|MINOR)\b)"
    r"[A-Z]{1,5}[a-z]?[A-Z0-9])))[- ]spoilers?\b",
    re.I,
)
"""``Season 2 spoilers``, ``"The Gift" spoilers``, ``DH spoilers``"""
_SPOILS = re.compile(r"\bspoils (?P<phrase>(?:everything|all|up|through|season|series|s\d|[\"“])[^\n!?]{0,200})", re.I)
"""``and it spoils everything up to "Helpless"``"""
_SENTENCE_END = re.compile(r"(?<=[\w”\")])\.(?=\s+[A-Z])")


def spoiler_phrase(header: Header) -> str | None:
    """What the header says behind "Spoilers"; where it does not, what its notes or summary say of spoilers.

    Downloads of archives have no field for it: there it stands in a note, ``Spoilers: through "Family"``.
    """
    claims = header.claims("spoilers")
    for claim in claims:
        header.took("spoilers", claim)
    if claims:
        return "; ".join(dict.fromkeys(claim.value.strip() for claim in claims))
    for claim in header.claims("notes", "summary", "endnotes", "warnings"):
        if phrase := _phrase_in(claim.value):
            header.infer("spoilers", phrase, f"{claim.label} ({place_of(claim)})")
            return phrase
    return None


def _phrase_in(note: str) -> str | None:
    if "spo" not in note.casefold():  # most notes; the rest of the word may be SPOİLER
        return None
    if match := _LABELLED.search(note):
        return _SENTENCE_END.split(match["phrase"], maxsplit=1)[0].strip(" *_")
    if match := _SAID.search(note):
        return ("no spoilers " if match["no"] else "") + match["phrase"].strip(" *_,;")
    if match := _NAMED_BEFORE.search(note) or _SPOILS.search(note):
        return match["phrase"].strip(" *_,;")
    return None
