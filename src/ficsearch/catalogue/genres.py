"""Genres, categories and keywords: ``Angst/Romance``, ``Hurt/Comfort, AU``, ``SRA``."""

from __future__ import annotations

import re

from ficsearch.text import fold_name
from ficsearch.values import is_nothing, plain, split_list

_KNOWN = """
    action; action/adventure; adventure; alternate reality; alternate universe; angst; au; canon; canon divergence;
    casefile; case file; character study; cliche; comedy; comfort; crack; crackfic; crime; crossover; dark; darkfic;
    death; deathfic; domestic; double drabble; drabble; drama; elseworld; episode; episode tag; epistolary; essay;
    established relationship; f/f; f/m; family; fanfic; fanfiction; fantasy; femslash; ficlet; filk; first time;
    first-time; fix-it; fluff; friendship; futurefic; futuristic; gen; general; genfic; ghost story; h/c; het;
    historical; holiday; horror; humor; humour; humor/parody; hurt; hurt/comfort; introspection; kidfic; lemon;
    lime; m/f; m/m; m/m/f; major character death; missing scene; mpreg; multi; mystery; none; novel; novella;
    one-shot; oneshot; original; other; parody; plot what plot; poem; poetry; porn; post-ep; post-episode; pov;
    pre-series; pre-slash; pwp; rape; romance; rps; rpf; sap; satire; schmoop; sci-fi; sci-fi/fantasy; science
    fiction; series; short story; shipper; slash; slice of life; smarm; smut; songfic; song fic; spiritual; spoof;
    story; stand alone; standalone; supernatural; suspense; tag; team; threesome; time travel; torture; tragedy; ust;
    vampire; vignette; violence; virtual season; western; whump; wip; x-over; xover
"""
_WARNED_OF = """
    abuse; adult content; adult language; adult situations; adult themes; bad language; blood; character death;
    dark themes; drug use; drugs; gore; graphic violence; language; m/m sex; major character death; mild
    language; mild violence; minor character death; non-con; noncon; nudity; profanity; rape; self-harm; sex; sexual
    content; sexual situations; spoilers; major spoilers; strong language; suicide; swearing; torture; violence
"""
_WARNINGS = frozenset(" ".join(word.split()) for word in _WARNED_OF.split(";"))
_GENRES = frozenset(" ".join(word.split()) for word in _KNOWN.split(";"))
_CODES = re.compile(r"[A-Z]{1,5}(?:[/,-][A-Z]{1,5})*|[MFmf](?:/[MFmf])+")
"""The X-Files' classification (S, SRA, MSR) and what goes by letters elsewhere (AU, PWP, M/M)."""
_SLASHED = re.compile(r"\s*/\s*")


def is_genre(word: str) -> bool:
    """Is *word* a kind of story, rather than what it is a story of?

    >>> is_genre("Angst"), is_genre("SRA"), is_genre("Sherlock Holmes")
    (True, True, False)
    """
    parts = _SLASHED.split(fold_name(word))
    return bool(_CODES.fullmatch(word.strip())) or all(_GENRES.intersection((p, p.removesuffix("s"))) for p in parts)


def is_warning(word: str) -> bool:
    """Is *word* what authors warn of? Boards ask for ``Content`` where others say Warnings."""
    return fold_name(word) in _WARNINGS


def read_genres(value: str, whole: bool = False) -> tuple[str, ...]:
    """The genres in *value*, as written but for a first capital. *whole*: one tag of an archive.

    >>> read_genres("angst/romance, Hurt/Comfort")
    ('Angst', 'Romance', 'Hurt/Comfort')
    """
    pieces = [value] if whole else [part for piece in split_list(value) for part in _parts(piece)]
    return tuple(_capital(plain(p).strip(" .")) for p in pieces if not is_nothing(p))


def _parts(piece: str) -> list[str]:
    """``Angst/Romance`` is two genres, ``Hurt/Comfort`` and ``M/M`` are one."""
    parts = _SLASHED.split(piece)
    if fold_name(piece) in _GENRES or _CODES.fullmatch(piece):
        return [piece]
    return parts if all(fold_name(part) in _GENRES for part in parts) else [piece]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:] if word.islower() else word
