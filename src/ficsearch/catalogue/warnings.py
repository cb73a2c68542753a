"""What the author warns of: behind its label, or in a note and nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ficsearch.catalogue.header import Header, place_of
from ficsearch.text import fold_name
from ficsearch.values import is_nothing, is_whole, plain, split_list, unique

_CHOSE_NOT = "Creator Chose Not To Use Archive Warnings"
_LONGEST = 6
"""Words; a longer piece is part of a sentence, which is kept whole."""
_IN_NOTES = tuple(
    (re.compile(rf"\b(?:{words})\b", re.I), warning)
    for words, warning in (
        ("major character death", "Major Character Death"),
        ("(?<!major )character deaths?|death ?fic|deathfic", "Character Death"),
        ("graphic violence|graphic depictions? of violence", "Graphic Depictions Of Violence"),
        ("non-?con|rape", "Rape/Non-Con"),
        ("self-?harm|suicide", "Suicide or Self-Harm"),
    )
)
"""What readers most want to be warned of, under AO3's names where it has one."""
_DENIED = re.compile(r"\b(?:no|not|without|isn['’]t|aren['’]t|never|non)\s+(?:\w+\s+){0,2}$", re.I)
_NEARBY = 24


def warnings(header: Header) -> tuple[str, ...]:
    """Those declared. AO3's "No Archive Warnings Apply" is none; its refusal to say is kept."""
    found: list[str] = []
    for claim in header.telling("warnings"):
        header.took("warnings", claim)
        found += [claim.value.strip()] if is_whole(claim) else _listed(claim.value)
    return unique(_CHOSE_NOT if _is_refusal(warning) else warning for warning in found)


def _is_refusal(warning: str) -> bool:
    """By the name of the tag, *Choose Not To*, or as it is shown, *Creator Chose Not To*."""
    return bool(
        re.fullmatch(r"(?:creator |author )?cho(?:se|ose) not to use (?:archive )?warnings", fold_name(warning))
    )


def _listed(value: str) -> list[str]:
    pieces = [plain(piece).strip(" .") for piece in split_list(value)]
    if any(len(piece.split()) > _LONGEST for piece in pieces):
        return [plain(value).strip(" .")]
    return [p[:1].upper() + p[1:] if p.islower() else p for p in pieces if not is_nothing(p)]


def noted_warnings(header: Header, declared: tuple[str, ...]) -> tuple[str, ...]:
    """Those that stand in a note and are not *declared*: "There is a *major* character death in this one"."""
    if header.corrected("warnings"):
        return ()
    said = " ".join(declared)
    found: list[str] = []
    for claim in header.claims("notes", "endnotes"):
        for words, warning in _in_note(plain(claim.value)):
            if not any(pattern.search(said) for pattern, known in _IN_NOTES if known.endswith(warning)):
                header.infer("noted_warnings", words, place_of(claim))
                found.append(warning)
    return unique(found)


def _in_note(note: str) -> Iterator[tuple[str, str]]:
    """The words of each warning in *note*, and its name."""
    for pattern, warning in _IN_NOTES:
        match = pattern.search(note)
        if match and not _DENIED.search(note[max(0, match.start() - _NEARBY) : match.start()]):
            yield match.group(), warning
