"""Which fandoms a story is of: declared, or unmistakable from its spoilers and its people."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache, partial
from typing import NamedTuple, TypeVar

from ficsearch.canon import Character
from ficsearch.catalogue.fandom_hints import of_surroundings, of_tags
from ficsearch.catalogue.genres import is_genre, is_warning
from ficsearch.catalogue.header import Header, place_of
from ficsearch.catalogue.runs import Runs, words_of
from ficsearch.catalogue.titles import in_title_case
from ficsearch.packs import Packs
from ficsearch.story import Claim, SpoilerScope
from ficsearch.text import fold_name
from ficsearch.values import is_nothing, is_whole, plain, split_list, split_outside, unique

Name = TypeVar("Name", str, tuple[str, ...])

_CROSSOVER = re.compile(r"\b(?:crossovers?|cross-overs?|x-?overs?)\b(?:\s+(?:with|of|between))?\s*:?", re.I)
_JOINS = re.compile(r"\s*(?:[/+&,]|\band\b|\bwith\b|\bx\b)\s*", re.I)
_FULL_NAMES = 3
"""So many people of one universe, named in full, are no coincidence."""
_TELLING_NAMES = 2
_SHARE = 1 / 40
"""Of all the names in a text, those of the fandom's people. Stories that do not name their fandom have 5 % and more,
novels in which a Starbuck or a James Kirk turns up 1 % at most (the shelf of corpus/, and 5,212 old texts)."""
_AGAIN_AND_AGAIN = 2
_FANDOM_COLUMN = "title page"
"""FanFicFare's title page, where Category is what the story is fan fiction of."""
OLDER_THAN_THE_SHOW = frozenset({"sherlock", "merlin"})
"""Universes whose people are in other books too, so that they do not tell which it is."""
_LONGEST_NAME = 60
_EVERYBODYS = """
    abby adam adams adrian agnes alan albert alec alex alexander alexis alfred alice alison amanda amelia amy andrea
    andrew andy angela anna anne annie anthony antonio archer archie arthur austin bailey barbara barnes barry becky
    bell ben bennett bernard betty beth bill billy bishop blake bob bobby bradley brady brian brooks brown bruce
    burke burns butler caleb cameron campbell carl carla carlos carol caroline carson carter casey cassie catherine
    cecily charles charlie charlotte chase chloe chris christian christine christopher claire clara clark clarke
    claude clement cole colin collins connie connor cooper craig curtis cynthia daisy dale dan dana daniel danny
    dave david davies davis dawson dean deborah dennis derek diana diane dick dixon doctor donald donna dorothy doug
    douglas duncan dylan eddie edith edmund edward edwards eleanor elena elizabeth ella ellen elliot emily emma eric
    erica ernest ethan eugene eva evan evans eve evelyn felix finn fisher florence ford foster fox frances francis
    frank frankie franklin fred freddie freeman gabriel gareth gary gates gavin gemma gene geoffrey george gerald
    gibbs gibson gilbert giles gloria gordon grace graham grant gray green greg gregory griffin gwen hal hamilton
    hank hannah harold harris harrison harry harvey hayes heather hector helen henderson henry herbert hilary hill
    holland holly hope howard hudson hugh hughes hugo hunter ian irene iris isaac isabel isabella ivan jack jackie
    jackson jacob jake james jamie jane janet jason jasmine jasper jay jean jeff jeffrey jennifer jenny jeremy jerry
    jesse jessica jill jim jimmy joan joe joel john johnny johnson jonah jonas jonathan jones jordan joseph josh
    joshua joyce juan judith judy jules julia julian julie juliet june justin justine karen karl kate katherine
    kathleen kathy katie katrina keith kelly ken kendall kennedy kenneth kevin kim king knox kyle lance larry laura
    lauren lawrence lawson leah lee lena leo leon leonard leslie lewis liam lily linda lindsay lindsey lisa lloyd
    logan louis louise lucas lucy luke lydia lynn madison maggie mallory marcus margaret maria marian marie marion
    mark marshall martha martin marvin mary mason matt matthew maud maureen maurice max maya megan melanie melissa
    mercy meredith mia michael michelle mike mildred miles miller milton miranda mitchell moira molly monica moore
    moran morgan morris moses murphy murray nancy naomi natalie nathan neil nelson newman nicholas nicole nigel nina
    noah noel nora norman oliver olivia oscar owen paige palmer pamela paris parker patricia patrick patty paul
    paula pearl peggy penelope penny percy perry peter phil philip phillips phoebe phyllis pierce piper porter
    powell prince priscilla quentin quinn rachel ralph randall randy ray raymond rebecca reed reese reynolds rhys
    richard rick riley rita robert roberts robin robinson rogers roger roland ron ronald rosa rosalind rose ross roy
    ruby rupert russell ruth ryan sally sam samantha samuel sandra sara sarah saunders scott sean sebastian sharon
    shaw shepherd sheila shirley sidney silas simon simmons simpson skinner smith sofia sophia sophie spencer
    stanley stella stephen steve steven stewart stone stuart sullivan susan sutton suzanne sybil sylvia tara taylor
    ted terence teresa terry tess thelma theodore theresa thomas thompson tiffany tilly tim timothy tina toby todd
    tom tommy tony torres tory tracy travers travis trevor tucker turner tyler valerie vanessa vera vernon veronica
    vicky victor victoria vincent viola violet virginia vivian walker wallace walsh walter wanda ward warren watson
    wayne wells wendy wesley west whitney wilbur wilkins will william williams willie willis willy wilson winifred
    wood woods wright wyatt young yvonne zoe
"""
COMMON_NAMES = frozenset(_EVERYBODYS.split())
"""First names and surnames that anybody may have."""


@lru_cache(maxsize=10_000)
def _known(packs: Packs, name: str) -> tuple[str, ...]:
    """``Packs.fandoms``, remembered: a library has few fandoms, and one without a pack is compared with them all."""
    return packs.fandoms(name)


_VERSE = re.compile(r"(?i)\s*\((?:mostly |mainly )?(?:book|movie|film|tv|show|comic)s?[ -]?(?:verse|canon|based)\)\Z")
"""``Lord of the Rings (book-verse)``"""


_ABOUT = re.compile(
    r"(?i)\s*\((?:sort of|kind of|kinda|mostly|loosely|vaguely|ish|more or less|duh|obviously|of course)\)\Z"
)
"""``SG-1 (sort of)``"""


def read_fandoms(text: str, packs: Packs, whole: bool = False) -> tuple[str, ...]:
    """The fandoms that a declaration names: canonical where a pack knows them, else as written.

    *whole*: one tag of an archive, which may hold commas.
    """
    name = _ABOUT.sub("", plain(text).strip(" .;,"))
    if is_nothing(name):
        return ()
    if known := _known(packs, name) or _known(packs, _VERSE.sub("", name)):
        return known
    if whole:
        return (name.removesuffix(" (TV)"),)
    crossed = _CROSSOVER.sub(" ", name)
    if crossed != name:
        crossed = crossed.strip(" -–—:()[]")
        return unique(f for part in _JOINS.split(crossed) if part for f in read_fandoms(part, packs, whole=True))
    for separators in (";\n", ",", "/"):
        parts = split_outside(name, separators)
        if len(parts) > 1 and (separators != "/" or " / " in name or any(_known(packs, part) for part in parts)):
            return unique(f for part in parts for f in read_fandoms(part, packs))
    return (_as_usual(name),)


_MEDIUM = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_ORIGINAL_FICTION = "Original Fiction"
_ORIGINAL = frozenset({"original", "originals", "original fic", "original fiction", "original work", "original works"})


def _as_usual(name: str) -> str:
    """A fandom without a pack as most would write it: without ``(TV)``, *and* for ``&``, no title in small letters."""
    bare = _MEDIUM.sub("", name).replace(" & ", " and ") or name
    if fold_name(bare) in _ORIGINAL:
        return _ORIGINAL_FICTION
    return in_title_case(bare) if bare.islower() else bare


def declared_fandoms(header: Header, packs: Packs) -> tuple[str, ...]:
    """The fandoms by their label; by category or series (ASC's ``Series: TNG``) where these name one.

    Such a category is no genre any more, and such a series no series.
    """
    found: list[str] = []
    for claim in header.telling("fandom"):
        header.took("fandoms", claim)
        found += read_fandoms(claim.value, packs, is_whole(claim))
    if header.corrected("fandom"):
        return unique(found)
    apart = not found and bool(header.telling("genre"))  # FanFicFare: kinds of story have a label of their own
    for claim in header.telling("category"):
        found += _moved(header, claim, partial(_known_category, claim=claim, packs=packs, apart=apart))
    named = bool(found)
    for claim in header.telling("series"):
        a_universe = (
            not named
            and claim.written.strip(" *_").casefold() == "universe"
            and not any(c.isdigit() for c in claim.value)
        )
        found += _moved(header, claim, partial(_named_or_known, packs) if a_universe else partial(_known, packs))
    subjects = [] if found else [c for c in header.telling("genre") if c.origin == "dc:subject"]
    for claim in subjects:
        found += _moved(header, claim, partial(_known_category, claim=claim, packs=packs))
    for claim in header.telling("category") if not found else ():
        found += () if is_whole(claim) else _moved(header, claim, partial(_as_name, packs))
    return unique(found)


def _named_or_known(packs: Packs, text: str) -> tuple[str, ...]:
    """Under "Universe", where no other label tells the fandom, stands the fandom, known or not."""
    return _known(packs, text) or read_fandoms(text, packs)


def _moved(header: Header, claim: Claim, fandoms_of: Callable[[str], tuple[str, ...]]) -> list[str]:
    """The fandoms among the pieces of a category or series. They leave it, and what authors warn of goes to the
    warnings."""
    pieces = split_list(claim.value) if claim.label == "category" and not is_whole(claim) else [claim.value]
    found = {piece: fandoms_of(piece) for piece in pieces}
    others = [
        replace(claim, value=p, label="warnings" if is_warning(p) else claim.label) for p in pieces if not found[p]
    ]
    if any(found.values()):
        header.took("fandoms", claim)
    header.replace(claim, *others)
    return [fandom for fandoms in found.values() for fandom in fandoms]


def _known_category(piece: str, claim: Claim, packs: Packs, apart: bool = False) -> tuple[str, ...]:
    """*Supernatural* is more often a kind of story. ``Harry Potter > Slash > Harry/Snape`` are shelves."""
    alone = apart and piece == claim.value.strip()
    sure = not is_genre(piece) or claim.origin.startswith(_FANDOM_COLUMN) or alone
    shelf, *below = piece.split(" > ")
    found = _known(packs, shelf) if below else ()
    return found if len(found) == 1 else _known(packs, piece) if sure else ()


def _as_name(packs: Packs, piece: str) -> tuple[str, ...]:
    """The fandom that *piece* names if it is written like a name and no genre, code, warning or person: sites of one
    show sort by people (Tenth Doctor)."""
    name = _as_usual(plain(piece))
    words = piece.split()
    if name == _ORIGINAL_FICTION:
        return (name,)
    named = words and words[0][0].isupper() and words[-1][0].isupper() and not words[0].isupper() and len(name) > 3
    people = _every_name(packs).get(words_of(name), ()) if " " in name else ()
    somebody = any(person.universe not in OLDER_THAN_THE_SHOW for person in people)  # Sherlock Holmes is books too
    told = len(name) > _LONGEST_NAME or "/" in name or is_genre(name) or is_warning(name) or somebody
    told = told or _WHEN.match(name) is not None
    return (name,) if named and not told else ()


_WHEN = re.compile(
    r"(?:post|pre|mid|early|late|alternate|missing)\b.|(?:season|series|book|year|film)s? \S+$|.*\bau\b|.* pov$",
    re.IGNORECASE,
)
"""Sites of one show sort by its seasons too: *Post Series*, *Season Three*; *AU-ish* says where a story leaves it,
*Illyria POV* who tells it."""
_PAIRED = re.compile(r"[/&+,;()]|\band\b")


def inferred_fandoms(header: Header, scope: SpoilerScope, runs: Runs, packs: Packs) -> tuple[str, ...]:
    """What the story is of where it does not say so: by the titles in its spoilers, its declared people, its text."""
    subjects = [claim for claim in header.claims("other") if claim.origin.startswith("subject")]
    for claim in (*header.claims("title"), *subjects):
        if found := fandoms_of_subject(claim.value, packs):
            header.infer("fandoms", claim.value, "inferred from the subject line")
            return found
    for claim in header.claims("other"):
        match = _STORY_OF.fullmatch(claim.value)
        found = _known(packs, match["fandom"]) if match else of_surroundings(claim, packs)
        if found:
            header.infer("fandoms", claim.value, f"inferred from {place_of(claim)}")
            return found
    if found := fandoms_of_scope(scope, packs):
        header.infer("fandoms", scope.original or "", "inferred from the spoilers")
        return found
    names = [name for claim in header.telling("characters") for name in split_list(claim.value)]
    names += [name.strip() for claim in header.telling("pairing") for name in _PAIRED.split(claim.value)]
    if fandom := fandom_of_names(names, packs):
        header.infer("fandoms", ", ".join(names), "inferred from the characters")
        return (fandom,)
    if found := of_tags([c.value for c in header.claims("other") if c.origin.startswith("tags")], packs):
        header.infer("fandoms", ", ".join(found), "inferred from the tags of the entry")
        return found
    if fandom := fandom_of_runs(runs, packs):
        names = _names_in_text(fandom, runs, packs)
        header.infer("fandoms", ", ".join(names), "inferred from names in the text")
        return (fandom,)
    return ()


_STORY_OF = re.compile(r"\W*[Aa]n? (?P<fandom>[^\W\d_].{1,40}?) (?i:story|tale|crossover|(?:fan ?)?fic(?:tion)?)\W*")
"""``A due South story``, below the title."""
_FIC_OF = re.compile(r"\W*(?P<fandom>\S{2,12}) (?:fan)?fic(?:let)?\s*:", re.I)
_FIC = re.compile(r"\W*(?:new ?|fan)?fic(?:let)?\s*:", re.I)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]{2,80})[)\]]")
_SUBJECT_AT_MOST = 300


def fandoms_of_subject(line: str, packs: Packs) -> tuple[str, ...]:
    """The fandom that the subject line of a post names beside the title: ``SPN fic: Left``, ``Fic: Curtains, HP, PG``,
    ``The Order of Attempts (Angel, PG-13)``."""
    line = line[:_SUBJECT_AT_MOST]
    told = [match["fandom"]] if (match := _FIC_OF.match(line)) else []
    told += [piece for inside in _BRACKETED.findall(line) if "," in inside for piece in inside.split(",")]
    told += line.split(",")[1:] if _FIC.match(line) else []
    return next((found for piece in told if (found := _of_subject(piece.strip(" ()[]"), packs))), ())


def _of_subject(piece: str, packs: Packs) -> tuple[str, ...]:
    """*HP* or *Angel* is a fandom, *gen* is not; *SPN* looks like a code."""
    return _known(packs, piece) if piece.isupper() or (piece and not is_genre(piece)) else ()


def fandoms_of_scope(scope: SpoilerScope, packs: Packs) -> tuple[str, ...]:
    """The fandoms of a spoiler phrase that was read without knowing any: its titles are unique to their shows."""
    codes = [code.rpartition(" ")[0] for code in (*scope.episodes, *scope.seasons)]
    shows = [packs.shows[code] for code in dict.fromkeys([*scope.frontier, *codes]) if code in packs.shows]
    universes = {show.universe for show in shows}
    return tuple(dict.fromkeys(show.fandom for show in shows)) if len(universes) == 1 else ()


def fandom_of_names(names: Iterable[str], packs: Packs) -> str | None:
    """The fandom whose people these declared names are: at least two of them, and not names that many bear."""
    known = _every_name(packs)
    found: dict[str, dict[str, Character]] = {}
    for words in map(words_of, names):
        if len(words) > 1 or (words and words[0] not in COMMON_NAMES):
            for person in known.get(words, ()):
                found.setdefault(person.universe, {}).setdefault(person.name, person)
    return _fandom_of({universe: list(people.values()) for universe, people in found.items()}, _TELLING_NAMES, packs)


@lru_cache(maxsize=4)
def _every_name(packs: Packs) -> Mapping[tuple[str, ...], tuple[Character, ...]]:
    """Who is called so, in each universe the first."""
    named: dict[tuple[str, ...], dict[str, Character]] = {}
    for person in (c for pack in packs.packs for c in pack.characters):
        for words in map(words_of, person.names):
            named.setdefault(words, {}).setdefault(person.universe, person)
    return {words: tuple(people.values()) for words, people in named.items()}


def fandom_of_runs(runs: Runs, packs: Packs) -> str | None:
    """The fandom of the people in the text: three with their full names, or three whom nobody else is called after
    (Geordi, Worf, Picard), or two of these again and again; and not just some of a crowd, as in a long novel."""
    in_full, told = _people_of_runs(runs, packs)
    if len(in_full) < _FULL_NAMES and len(told) < _TELLING_NAMES:
        return None
    often = [person for person, times in told.items() if times >= _AGAIN_AND_AGAIN]
    ways = ((in_full, _FULL_NAMES), (often, _TELLING_NAMES), (told, _FULL_NAMES))
    found = next((f for people, least in ways if (f := _fandom_of(_by_universe(people), least, packs))), None)
    universes = {show.universe for show in packs.shows_of([found])} if found else set()
    met = sum(times for person, times in (in_full | told).items() if person.universe in universes)
    return found if met >= sum(runs.counts.values()) * _SHARE else None


_NAMES_SHOWN = 5


def _names_in_text(fandom: str, runs: Runs, packs: Packs) -> list[str]:
    """The people of *fandom* who are met most often: for a person who asks why the story is thought to be of it."""
    in_full, told = _people_of_runs(runs, packs)
    universes = {show.universe for show in packs.shows_of([fandom])}
    met = sorted((-times, person.name) for person, times in (in_full | told).items() if person.universe in universes)
    return [name for _, name in met[:_NAMES_SHOWN]]


_WORDS_AT_MOST = 8
"""Words of the longest name in a pack, with room; a run may be a page of capitals."""


def _people_of_runs(runs: Runs, packs: Packs) -> tuple[Counter[Character], Counter[Character]]:
    """Who stands there with the full name, and who with one that only that person has; each with how often."""
    full, telling, lasts = _names_in_texts(packs)
    in_full: Counter[Character] = Counter()
    told: Counter[Character] = Counter()
    for run, last in runs.ending_with(lasts):
        if " " in run and (person := _named_in_full(words_of(run), full)):
            in_full[person] += runs.counts[run]
        if last in telling:
            told[telling[last]] += runs.counts[run]
    return in_full, told


def _named_in_full(words: tuple[str, ...], full: Mapping[tuple[str, ...], Character]) -> Character | None:
    """Whose full name a run ends with: the longest that is one."""
    starts = range(max(0, len(words) - _WORDS_AT_MOST), len(words) - 1)
    return next((full[words[n:]] for n in starts if words[n:] in full), None)


def _by_universe(people: Iterable[Character]) -> dict[str, list[Character]]:
    grouped: dict[str, list[Character]] = {}
    for person in people:
        grouped.setdefault(person.universe, []).append(person)
    return grouped


class _Names(NamedTuple):
    """Full names, and telling single ones, each of one person of all packs; and the words with which these end."""

    full: Mapping[tuple[str, ...], Character]
    telling: Mapping[str, Character]
    lasts: frozenset[str]


@lru_cache(maxsize=4)
def _names_in_texts(packs: Packs) -> _Names:
    full: dict[tuple[str, ...], list[Character]] = {}
    telling: dict[str, list[Character]] = {}
    for person in (c for pack in packs.packs for c in pack.characters):
        names = [n for n in person.names if n not in person.words and all(w[:1].isupper() for w in n.split())]
        for words in {words_of(n) for n in names}:
            if len(words) > 1:
                full.setdefault(words, []).append(person)
            elif len(words[0]) > 3 and words[0] not in COMMON_NAMES:
                telling.setdefault(words[0], []).append(person)
    ones = _of_one(full), _of_one(telling)
    return _Names(*ones, frozenset((*(words[-1] for words in ones[0]), *ones[1])))


def _of_one(names: Mapping[Name, list[Character]]) -> dict[Name, Character]:
    return {name: people[0] for name, people in names.items() if len(people) == 1}


def _fandom_of(found: Mapping[str, list[Character]], least: int, packs: Packs) -> str | None:
    """The fandom of the one universe that has most of them; in it, the show in which most appear."""
    found = {universe: people for universe, people in found.items() if universe not in OLDER_THAN_THE_SHOW}
    ranked = sorted(found.items(), key=lambda item: -len(item[1]))
    if not ranked or len(ranked[0][1]) < least or (len(ranked) > 1 and len(ranked[1][1]) == len(ranked[0][1])):
        return None
    people = ranked[0][1]
    shows = Counter(code for person in people for code in sorted(person.shows))
    homes = [code for code in packs.shows if code in shows and _is_home(code, people)]
    order = [*homes, *packs.shows]
    best = max((code for code in order if code in shows), key=lambda code: shows[code], default=None)
    return packs.shows[best].fandom if best else None


def _is_home(show: str, people: Iterable[Character]) -> bool:
    """Does everybody come in the first season of *show*, one of them as a new face: McKay and Sheppard in Atlantis?"""
    entrances = [(person.first or "", *person.also) for person in people]
    early = all(any(code.startswith(f"{show} 1x") for code in codes) for codes in entrances)
    return early and any(codes[0].startswith(f"{show} 1x") for codes in entrances)
