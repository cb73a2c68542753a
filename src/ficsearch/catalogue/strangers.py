"""People in a text of whom no pack knows, recognised by how their names are used.

A name stands capitalised inside sentences, and somebody of that name says something, does something, is spoken to,
or is called Mr. or Miss. Places stand behind *in*, things behind *the*. What is a first name is mostly a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

from ficsearch.catalogue.given_names import famous_names, given_names, given_places, given_words, sex_of
from ficsearch.catalogue.person import Form, Person, Words
from ficsearch.catalogue.persons import bearers_of, foremost, persons_of
from ficsearch.catalogue.runs import (
    Runs,
    Use,
    is_possessive,
    without_nickname,
    without_possessive,
    words_of,
    written_small,
)
from ficsearch.catalogue.vocabulary import (
    BEFORE_WEIGHTS,
    BEHIND_WEIGHTS,
    DETERMINERS,
    NO_NAMES,
    PLACES_BEFORE,
    PLACES_BEHIND,
    POSSESSIVE_WEIGHT,
    RANKS,
    ROLES,
    SAME_ROLES,
    SMALL_WORDS,
    USUAL_WEIGHT,
)
from ficsearch.story import Found

MOST = 30
_SURELY = 3
_SURE, _SURE_AMONG_KNOWN = 2, 5
"""Bits that a name needs to be a person's. Where a pack knows the cast, strangers are rare."""
_OF_SURNAMES, _LEAST_SURNAME = ("o'", "mc", "mac", "fitz"), 4
_OF_NO_NAMES = ("ians", "eans", "ists", "ism", "ical", "ized", "ised", "esque", "tic", "tion", "-looking", "-like")
"""Endings of peoples, beliefs and of what is like them."""
_LOOKED_AT = 8
"""Occurrences of a run that are looked at closely; more would not change the verdict."""
_LONG, _FEW = 12_000, 3
"""Characters for which a word has to stand once more to be looked at, at most so often: who is named once in 3,000
words by nothing but one word is not among the thirty that are kept."""
_EACH = 0.35
"""Bits a mention from which a name is a person's. Of the names that stand eight times and more in 43 books, nearly all
places have less than 0, nearly all people more than 0.5."""
_INSIDE, _SMALL = 0.25, 0.25
"""What part of the mentions must stand inside sentences; how many may be written small for each of these."""
_DEEDS = 0.2
"""What part of the mentions of who is always called *the Hatter* must be deeds."""
_PARTICLES = frozenset("de du des di da del della von van der den la le ten zu d l".split())
_NUMBERS = frozenset("ii iii iv vi vii viii ix xi xii xiii xiv xv xvi xvii xviii xix xx".split())
"""Those of kings: *Henry VIII*."""
_SURNAMED = frozenset("mr mrs ms miss dr mme madame mlle herr frau signor signora senor senora".split())
"""Titles behind which any word is a surname: *Mr. Lake*, *Miss Hill*."""
_NO_NAMES = (
    (NO_NAMES | BEFORE_WEIGHTS.keys() | BEHIND_WEIGHTS.keys())
    - given_words().keys()
    - given_places().keys()
    - _PARTICLES
    - {"man"}
)
_KIN = frozenset({"father", "mother", "nurse"})
"""Names in a story that hardly writes them small, as children tell it; papa and mamma have names there mostly."""
_NEVER = (_NO_NAMES | PLACES_BEFORE | RANKS) - ROLES - _KIN
_SKIPPED = frozenset(word.capitalize() for word in _NEVER) | {"By George", "By Jove"}
_HEADS = frozenset(word.capitalize() for word in SMALL_WORDS - DETERMINERS - PLACES_BEFORE - RANKS)
_BOUNDARIES = _NO_NAMES | PLACES_BEFORE | RANKS | _NUMBERS | {""}


def people_in(runs: Runs, declared: Iterable[str] = (), known: frozenset[str] = frozenset()) -> tuple[Found, ...]:
    """Who is in a text, most mentioned first, at most MOST.

    *declared* names are looked for however seldom they stand, and are how their bearers are called; words in
    *known* are names of somebody who is counted already.
    """
    names, roles = _Forms(runs, known).divided()
    persons = persons_of(names)
    if not known:
        persons += _in_office(persons, roles)
    called = bearers_of(declared, persons)
    least = _SURE_AMONG_KNOWN if known else _SURE
    found: dict[str, int] = {}
    for person in sorted(persons, key=_by_mentions):
        if id(person) in called or (len(found) < MOST and is_somebody(person, runs.text, least)):
            name = called.get(id(person)) or person.shown
            found[name] = found.get(name, 0) + person.mentions
    ranked = sorted(found.items(), key=lambda item: -item[1])
    return tuple([Found(name, times) for name, times in ranked[:MOST]])


def _by_mentions(person: Person) -> int:
    return -person.mentions


_Name = tuple[str, Words, str, int, int, int]
"""One name in a run: its title, its words, how it looks, and what the words beside it in the run show (weight, inside,
the). Plain tuples, because the garbage collector does not look into those, and very many are kept."""


class _Forms:
    """The names in the runs of a text, each way of writing it once."""

    def __init__(self, runs: Runs, known: frozenset[str]) -> None:
        self._forms: dict[tuple[str, Words], Form] = {}
        uses: dict[str, Use] = {}
        shared: list[tuple[str, Form]] = []
        few, given = min(len(runs.text) // _LONG, _FEW), given_names()
        counts = _without_seldom(runs.counts, few) if few else runs.counts
        for (run, times), names in zip(counts.items(), map(_names_in, counts), strict=True):
            if names and known:
                names = tuple([name for name in names if not _is_known(name[1], known)])
            if not names or (times <= few and run.isalpha() and names[0][1][:1] and names[0][1][0] not in given):
                continue
            if len(names) > 1:
                uses[run] = Use()
                shared += ((run, self._count(name, times)) for name in names)
            elif names:
                form = self._count(names[0], times)
                if not form.rank or not form.words:  # a title needs no other sign
                    uses[run] = form
        runs.look_at(uses, _LOOKED_AT)
        for run, form in shared:
            form.add(uses[run])

    def _count(self, name: _Name, times: int) -> Form:
        rank, words, shown, weight, inside, the = name
        form = self._forms.get((rank, words))
        if form is None:
            form = self._forms[rank, words] = Form(rank, words, shown)
        form.times += times
        if weight or the:
            times = min(times, _LOOKED_AT)
            form.weight += weight * times
            form.inside += inside * times
            form.the += the * times
        return form

    def divided(self) -> tuple[list[Form], list[Form]]:
        """The names, without plurals of another (*the Bennets*) and without what can be no name; and the offices that
        stand alone: *the Colonel*."""
        forms = self._forms.values()
        parts = {word for form in forms if form.rank or len(form.words) > 1 for word in form.words}
        lasts: defaultdict[str, int] = defaultdict(int)
        for form in forms:
            lasts[form.words[-1] if form.words else ""] += form.times
        names = [form for form in forms if form.words and not _is_hopeless(form, parts)]
        return [n for n in names if not _is_plural(n.words[-1], lasts)], [form for form in forms if not form.words]


def _without_seldom(counts: Mapping[str, int], few: int) -> Mapping[str, int]:
    """The runs of a long text, without words that stand so seldom that they need not be looked at."""
    kept = _kept_if_seldom()
    return {
        run: times
        for run, times in counts.items()
        if times > few or not (run.isalpha() and run.isascii()) or run.casefold() in kept
    }


@cache
def _kept_if_seldom() -> frozenset[str]:
    """Words that may name somebody though they stand quite seldom: first names, and offices (*the Colonel*)."""
    return frozenset(given_names()) | ROLES


def _is_hopeless(form: Form, parts: set[str]) -> bool:
    """Is it a word alone that is no part of another name, and not used like a name?"""
    word = form.words[0]
    if form.rank or len(form.words) > 1 or word in parts or word in given_words() or _names_somebody(word):
        return False
    if form.is_thing:
        return form.deeds < _SURE
    if not _is_inside(form):
        return True
    return form.weight + 2 * form.called - 3 * form.the < max(_SURE, _EACH * form.seen)


def _is_inside(use: Use) -> bool:
    """Does it stand inside sentences, or at the head of those that tell what somebody does?"""
    return use.inside + use.deeds >= max(1 + (use.inside == 0), _INSIDE * use.seen)


@lru_cache(maxsize=10_000)
def _names_somebody(word: str) -> bool:
    """Is *word* by itself a name of people: a first name, a name that everybody knows, *O'Day*, *McKay*?"""
    return (
        bool(sex_of(word)) or word in famous_names() or (word.startswith(_OF_SURNAMES) and len(word) > _LEAST_SURNAME)
    )


def _is_known(words: Words, known: frozenset[str]) -> bool:
    """Is it the name of somebody in *known*: by the first name, or by a surname with an initial?"""
    return words[:1] != () and (words[0] in known or (len(words[0]) == 1 and not known.isdisjoint(words)))


def _is_plural(word: str, names: Mapping[str, int]) -> bool:
    """Is it the plural of another of these *names*? A slip of the pen in *George Talboys* makes none."""
    if not word.endswith("s"):
        return False
    one = names.get(word[:-1], 0) + (names.get(word[:-2], 0) if word.endswith("es") else 0)
    return one > _SMALL * names[word]


@lru_cache(maxsize=40_000)
def _names_in(run: str) -> tuple[_Name, ...]:
    """The names in a run: ``But Mr. Darcy``, ``Harley Street``, ``The Colonel``."""
    if run in _SKIPPED:
        return ()
    if " " not in run and run.isascii():
        return _names_in_word(run)
    head, _, tail = run.partition(" ")
    if tail.isalpha() and tail.isascii() and (plain := _names_in_word(tail)) and plain[0][1]:
        if head in _HEADS:
            return (("", plain[0][1], tail, USUAL_WEIGHT, 1, 0),)
        if (rank := head.removesuffix(".").casefold()) in RANKS and rank not in ("st", "saint"):
            return ((rank, plain[0][1], run, 0, 0, 0),)
        if (whole := _two_words(head, tail, run)) is not None:
            return (whole,)
    run = without_nickname(run)
    words, written = words_of(run), run.split(" ")
    if len(words) != len(written):  # a sign that folds to a blank, as in damaged text: no name
        return ()
    if words[-1] in ROLES and (len(words) == 1 or words[:-1] == ("the",)):
        return ((words[-1], (), f"the {without_possessive(written[-1])}", 0, 0, len(words) - 1),)
    cuts = _cut(words, written)
    return tuple([name for rank, start, end in cuts if (name := _name(words, written, rank, start, end))])


def _two_words(first: str, last: str, run: str) -> _Name | None:
    """A first name and a surname, as far as these plain words may be just that: most runs of several are."""
    words = first.casefold(), last.casefold()
    if not first.isalpha() or run.isupper() or not run.isascii() or len(run) <= len("A B"):
        return None
    if not _BOUNDARIES.isdisjoint(words) or not _PARTICLES.isdisjoint(words):
        return None
    return "", words, run, 0, 0, 0


def _names_in_word(run: str) -> tuple[_Name, ...]:
    """The same for a single word: most runs are one."""
    shown = run if run.isalpha() or not is_possessive(run) else without_possessive(run)
    word = shown.casefold()
    if word in ROLES:
        return ((word, (), f"the {shown}", 0, 0, 0),)
    if word in _NEVER or len(word) < 2 or (shown.isupper() and len(word) > 2):
        return ()
    return (("", (word,), shown, 0 if shown == run else POSSESSIVE_WEIGHT, 0, 0),)


def _name(words: Words, written: list[str], rank: str, start: int, end: int) -> _Name | None:
    """The name that goes from *start* to *end*, if it may be one."""
    part = tuple([w for w in words[start:end] if w not in _PARTICLES])
    if (len("".join(part)) <= len(part) and not (rank in _SURNAMED and len(part) == 1)) or (
        written[start].isupper() and _is_shouted(part, written[start:end])
    ):
        return None
    first = start
    if rank in ("st", "saint"):
        rank, part, first = "", (f"st {part[0]}", *part[1:]), start - 1
    elif rank:
        first = start - (2 if words[start - 1] == "of" else 1)
    shown = " ".join(written[first:end])
    if is_possessive(shown):
        shown = without_possessive(shown)
    return rank, part, shown.title() if shown.isupper() else shown, *_signs(words, written, rank, first, end)


def _signs(words: Words, written: list[str], rank: str, start: int, end: int) -> tuple[int, int, int]:
    """What stands beside a name in its run: weight, inside, the. ``Darcy's``, ``Harley Street``, ``The Firs``,
    ``Mount Ida``, ``Peter's Almanack``, ``But Darcy``."""
    weight = POSSESSIVE_WEIGHT if is_possessive(written[end - 1]) else 0
    if end < len(words) and words[end] in PLACES_BEHIND:
        weight -= 3 * _SURELY
    if rank or not start:
        return weight, 0, 0
    before = words[start - 1]
    if before in DETERMINERS:
        return weight, 0, 1
    if before in PLACES_BEFORE or is_possessive(written[start - 1]):
        return weight - 2 * _SURELY, 0, 0
    return weight + USUAL_WEIGHT, 1, 0


def _is_shouted(part: Words, written: list[str]) -> bool:
    """Is it all in capitals, and no first name and surname?"""
    return (
        all(w.isupper() for w in written)
        and any(len(w) > 2 for w in written)
        and not (len(part) > 1 and part[0] in given_names())
    )


def _cut(words: Words, written: list[str]) -> Iterator[tuple[str, int, int]]:
    """The names inside a run, each with its title: ``But Mr. Darcy`` -> ("mr", 2, 3). A name ends with ``'s``."""
    start, rank = 0, ""
    for at, word in enumerate(words):
        if (word in _BOUNDARIES or _is_phrase(word)) and not _may_be_a_name(
            word, written[at], rank if start == at else ""
        ):
            if word == "of" and rank:
                start = at + 1
                continue
            if start < at:
                yield rank, start, at
            start, rank = at + 1, word if word in RANKS else ""
        elif is_possessive(written[at]):
            yield rank, start, at + 1
            start, rank = at + 1, ""
    if start < len(words):
        yield rank, start, len(words)


def _is_phrase(word: str) -> bool:
    """``By-and-by``, ``Scotch-cap``"""
    return "-" in word and word.partition("-")[0] in _NO_NAMES


def _may_be_a_name(word: str, written: str, rank: str) -> bool:
    """May this boundary be a name after all: the small letters of a number, or what follows *Mr.*?"""
    if word in _NUMBERS:
        return not written.isupper()
    return rank in _SURNAMED and (
        (len(word) == 1 and word != "i") or (word not in SMALL_WORDS and word not in RANKS and word != "")
    )


def _in_office(persons: list[Person], roles: Iterable[Form]) -> list[Person]:
    """*The Colonel* is the only one of that title, or somebody whom nobody calls by a name."""
    alone: list[Person] = []
    for form in roles:
        if form.the < 1:
            continue
        role = SAME_ROLES.get(form.rank, form.rank)
        holders = [p for p in persons if any(SAME_ROLES.get(rank, rank) == role for rank in p.ranks)]
        if best := foremost(holders, lambda p: p.mentions):
            best.take(form)
        elif not holders and form.times > 1:
            alone.append(Person([form], form.times))
    return alone


def is_somebody(person: Person, text: str, least: int) -> bool:
    """Is it a person by the way the name is used, rather than a place or a word with a capital? *least*: the bits
    that show it."""
    for form in person.forms:
        if form.rank or _is_initialled(form.words):
            return True
    use, words = person.use, person.main.words
    if use.is_thing:
        return use.deeds >= max(_SURE, _DEEDS * use.seen) and not _is_a_word(words, use, text)
    weight = use.weight + 2 * use.called - 3 * use.the
    if sex_of(words[0]):
        return weight + _SURELY + use.inside >= max(least, _EACH * use.seen)
    if _names_somebody(words[0]):
        weight += _SURELY
    if words[0] in given_places():
        weight -= max(_SURELY, use.seen // 2)
    if words[0] in given_words():
        weight += use.inside
    if not _is_inside(use) or weight < max(least, _EACH * use.seen):
        return False
    return not _is_a_word(words, use, text)


def _is_initialled(words: Words) -> bool:
    return len(words[0]) == 1 and len(words[-1]) > 1


def _is_a_word(words: Words, use: Use, text: str) -> bool:
    """Does the text write it small too often for a name?"""
    if len(words) > 1:
        return False
    return words[0].endswith(_OF_NO_NAMES) or written_small(text, words[0]) > _SMALL * use.inside
