"""The fandom that a newsgroup or a mailing list is for, by its name."""

from __future__ import annotations

import re

from ficsearch.packs import Packs
from ficsearch.readers.digest import LIST_NAME
from ficsearch.story import Claim

_NEWSGROUP = re.compile(r"\balt\.(?:tv\.)?(?P<show>[\w-]+)\.creative\b")
_GROUP_NAMES = {"buffy-v-slayer": "Buffy", "drwho": "Doctor Who"}


def of_newsgroups(groups: str, packs: Packs) -> tuple[str, ...]:
    """The one fandom to whose stories *groups* are given: ``alt.tv.x-files.creative``."""
    shows = {match["show"] for match in _NEWSGROUP.finditer(groups)}
    found = {packs.fandoms(_GROUP_NAMES.get(show, show.replace("-", " "))) for show in shows}
    return found.pop() if len(found) == 1 else ()


_LIST_NAME = re.compile(
    r"(?P<show>[a-z][\w-]{1,30}?)[-_]?(?:fan)?(?:fics?|fiction|creative|stories)(?:[-_]?(?:list|l|gen|slash|adult))?",
    re.I,
)
"""``BuffyFic``, ``torchwood-fic``"""


def of_list(claim: Claim, packs: Packs) -> tuple[str, ...]:
    """The fandom of the mailing list that a post was sent to, by the list's name."""
    match = _LIST_NAME.fullmatch(claim.value) if claim.origin.endswith(LIST_NAME) else None
    return packs.fandoms(match["show"].replace("-", " ").replace("_", " ")) if match else ()
