"""What a line of a header says without a label: ``[PG] for language``, ``Remus/Sirius``, ``#dean #fic``."""

from __future__ import annotations

import re

from ficsearch.readers.codes import code_claims
from ficsearch.readers.sentences import sentence_claims
from ficsearch.story import Claim

_ONE = r"[A-Z][\w.'’]{0,20}(?: [A-Z][\w.'’]{1,20})?"
_HOW_MUCH = (
    r"(?:,? \(?(?:pre-?slash|ust|friendship|implied|established|eventual|sort of|kind of|if you squint)\b[^/]{0,40})?"
)
_PAIR = rf"(?P<pair>{_ONE}(?:/{_ONE}){{1,3}})(?i:{_HOW_MUCH})"
_PAIR_LINE = re.compile(rf"(?:[A-Z][\w.:'’ -]{{1,40}}, )?{_PAIR}")
"""``Harry Potter, Remus/Sirius``, below a header; ``Fraser/RayV, pre-slash at best``."""
_ONE_PAIR = re.compile(_PAIR)
_RATED_FOR = re.compile(
    r"(?P<rating>(?:PG(?:-?1[35])?|NC-?17|FR(?:[MT]|AO|1[358]|21|7)|[RGTM]),? (?:for|because of|due to) .{3,80})"
)
"""``PG, for an otter's language``"""
_HASHTAGS = re.compile(r"(?:#\w[^#]{1,60}){2,40}")
_WHOLE = re.compile(r"[(\[]?1 ?/ ?1[)\]]?")


def said(line: str) -> tuple[Claim, ...]:
    """What a line says without a label."""
    if claims := sentence_claims(0, line):
        return claims
    if _WHOLE.fullmatch(line.strip()):
        return (Claim("part", "1/1"),)
    if tags := _HASHTAGS.fullmatch(line.strip()):
        return (Claim("keywords", ", ".join(tag.strip() for tag in tags[0].split("#") if tag.strip())),)
    if rated := _RATED_FOR.fullmatch(line.strip()):
        return (Claim("rating", rated["rating"]),)
    pieces = line.strip().split(", ")
    if 1 < len(pieces) < 6 and all(map(_ONE_PAIR.fullmatch, pieces)):
        return (Claim("pairing", line.strip()),)
    pair = _PAIR_LINE.fullmatch(line.strip())
    return (Claim("pairing", pair["pair"]),) if pair else code_claims(0, line)
