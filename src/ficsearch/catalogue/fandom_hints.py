"""What a site, a journal or a list says of the fandom around a story: the title of its page, the tags of the entry, the
newsgroups of a post, the name of the list that it was sent to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ficsearch.catalogue.genres import is_genre
from ficsearch.packs import Packs
from ficsearch.readers.digest import LIST_NAME
from ficsearch.story import Claim
from ficsearch.text import squash

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


def of_surroundings(claim: Claim, packs: Packs) -> tuple[str, ...]:
    """The fandom of the newsgroups, the mailing list or the site that *claim* names, if it does."""
    of_page = of_site(claim.value, packs) if claim.origin == "title element" else ()
    return of_newsgroups(claim.value, packs) or of_list(claim, packs) or of_page


_PIECE_OF_TITLE = re.compile(r"(?:[:|>»·]| [-–—]|['’]s?) ")
_ARTICLE = r"(?:[Aa]n? |[Tt]he )?"
_OF_SITE = re.compile(
    rf"{_ARTICLE}(?P<any>[A-Z][\w'’.&:-]*(?: [\w'’.&:-]+){{0,5}}?) (?i:fan ?fic(?:tion)?s?)\b"
    rf"|{_ARTICLE}(?P<sure>[\w'’.&:]+(?:-\d+|(?: [\w'’.&:-]+){{1,5}}?)) (?i:fic(?:tion)?s?|stories|archives?)\b"
)


def of_site(title: str, packs: Packs) -> tuple[str, ...]:
    """The fandom of which a site has stories, as the title of its page says: ``Hexa: due South fiction``, ``Mary's SG-1
    Fanfiction``. One word before *stories* may be any (``Lost Stories``)."""
    starts = [0, *(match.end() for match in _PIECE_OF_TITLE.finditer(title))]
    named = (match["any"] or match["sure"] for start in starts if (match := _OF_SITE.match(title, start)))
    return next((found for name in named if (found := packs.fandoms(name))), ())


_OF_FIC = re.compile(r"(?i)(?:fan)?fic(?:tion)?s?: *| (?:fan)?fic(?:tion)?s?\Z")


def of_tags(tags: Iterable[str], packs: Packs) -> tuple[str, ...]:
    """The one fandom that the tags of an entry name: *spn*, *merlin fic*, *destiel*. Of several, nobody knows which."""
    named = {found for tag in tags for found in [_of_tag(_OF_FIC.sub("", tag), packs)] if found}
    return named.pop() if len(named) == 1 else ()


def _of_tag(tag: str, packs: Packs) -> tuple[str, ...]:
    return () if is_genre(tag) else packs.fandoms(tag) or _of_pairing(tag, packs)


def _of_pairing(tag: str, packs: Packs) -> tuple[str, ...]:
    """The fandom of a pairing with a name of its own, where its universe has but one."""
    if "/" in tag or len(tag) < _NICKNAME_AT_LEAST:
        return ()
    names = squash(tag)
    owners = [pack for pack in packs.packs if any(squash(name) == names for name in pack.pairings)]
    fandoms = {show.fandom for pack in owners for show in pack.shows}
    return tuple(fandoms) if len(fandoms) == 1 else ()


_NICKNAME_AT_LEAST = 5
"""Letters: shorter ones (*MSR*, *SS*) are initials too."""
