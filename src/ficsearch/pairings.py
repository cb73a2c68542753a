"""Pairings as declared -> order-free sets of canonical names: ``X/W``, ``Willow x Xander``, ``Spuffy``, ``[A, B]``.

``/`` and ``x`` are a romance, ``&`` and ``+`` a friendship. How much of it there is (implied, past, UST) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ficsearch.packs import Packs
from ficsearch.text import fold_name
from ficsearch.values import is_nothing, plain, split_outside

People = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """Romances and friendships, each a tuple of names in the order first listed."""

    pairings: tuple[People, ...] = ()
    friendships: tuple[People, ...] = ()


def merged(several: Iterable[Relations]) -> Relations:
    """All of them as one, each set of people once."""
    several = tuple(several)
    return Relations(_once(p for r in several for p in r.pairings), _once(p for r in several for p in r.friendships))


def _once(groups: Iterable[People]) -> tuple[People, ...]:
    kept: dict[frozenset[str], People] = {}
    for people in groups:
        kept.setdefault(frozenset(map(fold_name, people)), people)
    return tuple(kept.values())


def read_pairings(value: str, packs: Packs, fandoms: Iterable[str] = (), whole: bool = False) -> Relations:
    """Who is with whom, by the words after "Pairing". *whole*: one tag of an archive, not a list.

    Names mean people of *fandoms* (canonical names); a name that nobody there has is kept as written.
    """
    return _Reader(packs, tuple(fandoms)).relations(value, whole)


_HOW_MUCH = """
    a all also alt alternate alternative an and angst angsty are au background bg bit brief briefly but canon
    contain contains
    current currently dash developing early established eventual eventually ex features femslash few fic
    former friendly friends friendship future gen has have heavy het hint hinted hints hopeful if i'd implied in
    is ish it's kinda later light little lots main mainly major maybe mention mentioned
    mentions mild minor more mostly nothing of one-sided onesided only ot3 ot4 other otp pairing pairings past
    past/present perhaps pining platonic possible potential pre pre-series pre-slash preslash previous primarily
    primary reference referenced references relationship romance romantic secondary ship shippy slash slight slightly
    some sorta squick story strong subtext subtle suggested the then there there's theres this threesome to touch
    triangle unrequited unresolved ust vague vaguely very with would-be
"""
_HEDGES = frozenset(_HOW_MUCH.split())
_ASIDES = re.compile(
    r"\bif you (?:\w+ ){0,3}(?:squint|look|hold|tilt|want|wish|like|prefer|insist|must)\b.*"
    r"|\bsort of\b|\bkind of\b|\bthough only in\b.*|\bas always\b|\bthe usual\b|"
    r"\s[-–—]+\s(?:of course|naturally|obviously|what else|who else)\b.*|"
    r"\s-\s(?:relationship|freeform|character)$|\bno romance\b|\bin later (?:chapters|parts)\b",
    re.I,
)
_FRIENDS = re.compile(
    r"\b(?:friendship|friends|platonic|gen|bromance|brotp|no romance|family|familial|siblings?|mentor|parental"
    r"|(?:father|mother|brother|sister|daughter|son)(?:ly)?)\b",
    re.I,
)
_DENIED = re.compile(r"(?:no|not|never|anti)[ -](?=\S+(?: \S+)?\s*/)", re.I)
"""``No Buffy/Riley``."""
_NOBODY = (
    "all; any; canon; everyone; f/f; f/f/m; f/m; f/m/f; femslash; friendship; gen; general; het; m/f; m/f/m; m/m; "
    "m/m/f; many; multi; no romance; none per se; not really; ot3; other; others; poly; read and see; secret; "
    "see inside; see story; slash; surprise; the usual; team; threesome; undecided; ust; various; wait and see; "
    "you'll see"
)
_NO_PAIRING = frozenset(_NOBODY.split("; "))
_NONE_BUT = re.compile(
    r"\s*(?:none|no (?:real )?pairings?|no romance|gen)(?:,? (?:really|per se|yet|as such))?"
    r"(?:\s*[.;,:!–—-]+\s*|\s+(?:with|but|except)\b)"
    r"(?: (?:an? )?(?:hints?|touch|bit|some|mentions?|dash|traces?) of\b)?",
    re.I,
)
"""``None. Willow & Xander, as always.``, ``Gen with a hint of McKay/Sheppard``"""
_NONE_IN_BRACKETS = re.compile(
    r"\s*(?:none|no (?:real )?pairings?|no romance|gen)[,:]?\s*(?=[(\[][^()\[\]]*[/&])", re.I
)
"""``None (Book & River friendship)``: the bracket says who there is."""
_IN_A_ROW = re.compile(r"\s*[^\s/()\[\]]+/[^\s()\[\]]+(?:\s+[^\s/()\[\]]+/[^\s()\[\]]+)+\s*")
"""``W/X W/O X/C``."""
_ONE = r"[^\W\d_][\w'’.-]{0,20}(?: [\w'’.-]{1,20})?"
_SAID_TWICE = re.compile(rf"(?<!\w)(?P<pair>{_ONE}(?:/{_ONE}){{1,3}}) \((?P<again>{_ONE}(?:/{_ONE}){{1,3}})\)")
"""``B/D (Bodie/Doyle)``, ``Giles/Willow (G/W)``"""
_NOTED_PAIR = re.compile(r"/[^/()]{1,40}\((?P<pair>[^/()&]{1,40}/[^/()&]{1,40})\)")
_BRACKETS = re.compile(r"\[([^\[\]]*,[^\[\]]*)\]")
_NOTE = re.compile(r"\s*[(\[{]([^()\[\]{}]*)[)\]}]")
_CROSS = re.compile(r"\s+x\s+|\s*[×♥]\s*|\s*<3\s*|\s*-+>\s*")
_AND = re.compile(r"\s+(?:and|plus|with|y|et|und)\s+")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*(?: [\w'’.-]+){0,3}")
_EDGES = " \t.,:;*_\"“”'!?-–—~=[]{}"
LONGEST = 2_000
"""Nobody lists more pairings than fit here; a longer value is a story that ran into its header."""


class _Reader:
    def __init__(self, packs: Packs, fandoms: tuple[str, ...]) -> None:
        self._packs = packs
        self._fandoms = fandoms

    def relations(self, value: str, whole: bool) -> Relations:
        if is_nothing(value):
            return Relations()
        listed = _without_none(_said_once(value[:LONGEST]))
        bracketed = () if whole else _BRACKETS.findall(listed)
        pieces = [listed] if whole else [*self._pieces(_BRACKETS.sub(" ", listed)), *_slashed(bracketed)]
        found = [self._piece(piece) for piece in pieces]
        if not whole and (pair := self._lone_pair(pieces)):
            return Relations((pair,))
        return merged(found)

    def _pieces(self, value: str) -> Iterator[str]:
        listed = split_outside(value.replace(" + ", " & "), ";,\n")
        for piece in (part for entry in listed for part in self._with_noted_pair(entry)):
            if _IN_A_ROW.fullmatch(piece):
                yield from piece.split()
                continue
            halves = _AND.split(piece)
            joined = len(halves) > 1 and all(_connected(h) or self._pairing(h) for h in halves)
            yield from halves if joined else [piece]

    def _with_noted_pair(self, piece: str) -> Iterator[str]:
        """``Buffy/Spike (past B/A)`` are two pairings."""
        noted = _NOTED_PAIR.search(piece) if "(" in piece else None
        if noted is None or not all(self._is_called(_core(name)) for name in noted["pair"].split("/")):
            yield piece
            return
        yield piece[: noted.start("pair") - 1]
        yield noted["pair"]

    def _is_called(self, name: str) -> bool:
        """Is somebody called so, by initials too?"""
        return self._is_person(name) or self._person(name) != name

    def _piece(self, piece: str) -> Relations:
        if _DENIED.match(piece.strip(" ([")):
            return Relations()
        piece = _without_none(piece) if "/" in piece else piece
        friends = bool(_FRIENDS.search(piece))
        core = _core(self._without_notes(_bare(piece)))
        if not core or fold_name(core) in _NO_PAIRING or is_nothing(core):
            return Relations()
        if named := self._pairing(core) or self._pairing(_NOTE.sub("", core)):
            return Relations((), (named,)) if friends else Relations((named,))
        if not _connected(core):
            return self._unconnected(core)
        return self._connected_people(core, friends)

    def _connected_people(self, core: str, friends: bool) -> Relations:
        groups = [self._people(part) for part in split_outside(core, "&")]
        together = tuple(dict.fromkeys(name for group in groups for name in group))
        romances = tuple(g for g in groups if len(g) > 1)
        if friends or len(groups) > 1:
            return Relations(() if friends else romances, (together,) if len(together) > 1 else ())
        return Relations(romances)

    def _people(self, part: str) -> People:
        names = (_core(name) for name in split_outside(_CROSS.sub("/", part), "/"))
        return tuple(dict.fromkeys(self._person(name) for name in names if name))

    def _unconnected(self, core: str) -> Relations:
        """``Buffy and Spike``, ``Willow-Xander``; else a name for a pairing that no pack has, kept as written."""
        for halves in (_AND.split(core), core.split("-")):
            if len(halves) == 2 and all(self._is_person(h) for h in halves):
                return Relations((tuple(map(self._person, halves)),))
        lone = len(core.split()) == 1 and core[:1].isupper() and len(core) > 2
        return Relations(((core,),)) if lone and not self._is_person(core, sure=True) else Relations()

    def _lone_pair(self, pieces: list[str]) -> People | None:
        """``Pairing: Buffy, Spike``: two people and nothing else are a pair."""
        if len(pieces) == 2 and all(self._is_person(_core(p), sure=True) for p in pieces):
            return self._person(_core(pieces[0])), self._person(_core(pieces[1]))
        return None

    def _pairing(self, text: str) -> People | None:
        return self._packs.pairing(_core(text), self._fandoms)

    def _is_person(self, name: str, sure: bool = False) -> bool:
        name = name.strip()
        if self._packs.character(name, self._fandoms):
            return True
        return not sure and not self._packs.shows_of(self._fandoms) and bool(_NAME.fullmatch(name)) and name.istitle()

    def _person(self, name: str) -> str:
        return person(name, self._packs, self._fandoms)

    def _without_notes(self, piece: str) -> str:
        """``Spike (implied)`` and ``Angel (BtVS)`` lose their brackets; ``Sam (the tall one)`` stays as it is."""

        def kept(match: re.Match[str]) -> str:
            note = match[1]
            words = fold_name(note).replace("/", " ").split()
            hedge = (
                any(w.strip(_EDGES) in _HEDGES or w.startswith("pre-") for w in words)
                or fold_name(note) in _NO_PAIRING
                or _DENIED.match(note)
                or _ASIDES.search(note)
                or _FRIENDS.search(note)
            )
            named = self._packs.fandoms(note) or fold_name(note) in map(fold_name, self._fandoms)
            show = self._packs.show(note, self._fandoms)
            return "" if hedge or named or show or not words else match.group()

        return _NOTE.sub(kept, piece)


def bare_pair(piece: str) -> str:
    """*piece* without brackets and hedges: ``Clark/Lex (friendship, for now)`` is ``Clark/Lex``."""
    return _core(_NOTE.sub("", piece)).removeprefix("or ")


def person(name: str, packs: Packs, fandoms: Iterable[str]) -> str:
    """The canonical name, by initials (``W``) or otherwise; the name as written where nobody there has it."""
    fandoms = tuple(fandoms)
    initial = packs.initial(name, fandoms) if len(name) <= 3 else None
    known = None if initial else packs.character(name, fandoms)
    known = known or (packs.character(_REMARK.sub("", name), fandoms) if name.endswith(")") else None)
    return initial or (known.name if known else name)


_REMARK = re.compile(r"\s*\([^()]{1,60}\)\Z")
"""``Lee (you know it)``"""


def _without_none(value: str) -> str:
    """*value* without the ``none`` at its head that is taken back: ``None, but a hint of J/C``."""
    return _NONE_BUT.sub("", _NONE_IN_BRACKETS.sub("", value, count=1), count=1)


def _said_once(value: str) -> str:
    """*value* with each pair that has its initials in brackets, or is itself in brackets behind them, said once."""
    return _SAID_TWICE.sub(_longer, value) if "/" in value and "(" in value else value


def _longer(match: re.Match[str]) -> str:
    """The pair with the longer names, where the other is its initials, name by name."""
    one, other = (match[group].split("/") for group in ("pair", "again"))
    short, long = sorted((one, other), key=lambda names: sum(map(len, names)))
    alike = len(one) == len(other) and all(_is_short_for(*names) for names in zip(short, long, strict=True))
    return "/".join(long) if alike else match.group()


def _is_short_for(short: str, name: str) -> bool:
    """``W`` and ``Wil`` are *Willow*, ``RM`` is *Rodney McKay*."""
    short, name = fold_name(short), fold_name(name)
    return bool(short) and (name.startswith(short) or short == "".join(word[0] for word in name.split()))


def _slashed(bracketed: Iterable[str]) -> list[str]:
    """fanfiction.net's ``[A, B]``."""
    return ["/".join(split_outside(names, ",")) for names in bracketed]


def _connected(text: str) -> bool:
    return "/" in text or "&" in text or bool(_CROSS.search(text))


def _bare(piece: str) -> str:
    """*piece* without brackets around the whole of it."""
    inner = piece.strip()[1:-1]
    return inner if _NOTE.fullmatch(f"({inner})") and piece.strip()[:1] in ("(", "[") else piece


_A_BIT_OF = re.compile(r"\A\W*(?:an?|the|some)\s+(?:[\w-]+\s+){1,2}of\s+(?=\S+(?: \S+)?\s?[/&x])", re.I)
"""``a dab of W/T``"""


def _core(text: str) -> str:
    """*text* without the words before and after it that say how much of a pairing it is."""
    words = _A_BIT_OF.sub("", _ASIDES.sub(" ", plain(text))).strip(_EDGES).removesuffix("-ish").split()
    while words and _is_hedge(words[0]):
        words.pop(0)
    while words and _is_hedge(words[-1]):
        words.pop()
    return " ".join(words).strip(_EDGES)


def _is_hedge(word: str) -> bool:
    return fold_name(word.strip(_EDGES)) in _HEDGES and not (len(word) == 1 and word.isupper())
