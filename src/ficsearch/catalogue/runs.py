"""Runs of capitalised words, the stuff that names in a text are made of: ``Willow``, ``Mr. Giles``, ``Queen C``.

One regular expression passes over the text (some 150 MB a second); everything else looks at different runs only,
of which a story has a few hundred.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from ficsearch.text import fold_name

_WORD = r"[A-ZÀ-ÖØ-ÞĀČĐĒĞİŁŌŚŞŠŪŽ][^\W_]*(?:['’-][^\W_]+)*"
_ABBREVIATED = (
    r"(?:(?:(?<=Mr)|(?<=Dr)|(?<=Ms)|(?<=St)|(?<=Lt)|(?<=Mrs)|(?<=Col)|(?<=Rev)|(?<=Sgt)|(?<=Prof)|(?<=Capt))\.)"
)
_RUN = re.compile(rf"{_WORD}(?:{_ABBREVIATED}? {_WORD})*")

_TITLES = """
    mr mister mrs miss ms mx dr doctor prof professor sir lord lady dame madam madame mademoiselle monsieur mme mlle
    captain capt colonel col major general gen lieutenant lt sergeant sgt admiral commander agent detective inspector
    constable principal mayor president senator father sister brother mother uncle aunt auntie cousin king queen
    prince princess duke duchess count countess baron baroness rev reverend saint st master mistress don donna
    signor signora herr frau coach judge officer sheriff deputy nurse grandma grandpa granny
"""
RANKS = frozenset(_TITLES.split())
"""What may stand before a name as a title."""

_DONE_BY_PEOPLE = """
    said says asked asks replied answered cried whispered muttered murmured shouted laughed smiled grinned nodded
    shrugged sighed frowned blinked looked looks stared glanced watched turned stood sat walked ran went came took
    shook knew thought felt wanted told gave put began continued added exclaimed snapped growled rolled opened
    closed pulled pushed leaned reached stepped stopped paused hesitated wondered heard remembered tried is was
    had has would could did does isn't wasn't hadn't didn't couldn't wouldn't doesn't
"""
DEEDS = frozenset(_DONE_BY_PEOPLE.split())
"""What somebody does in the first words after a name."""

_SMALL_WORDS = """
    a about above across after again against ah alas all almost along already also although always am among an and
    another any are around as at away aye be because been before behind being below beneath beside besides between
    both but by can can't cannot come could dear did do does don't down each either else even ever every except far
    few finally first for from further give go good great had has have he he'd he'll he's hello hence her here hers
    hey hi him his how however hush i i'd i'll i'm i've if in indeed instead into is it it'd it'll it's its just last
    later less let let's like little look many may maybe me meanwhile might more moreover most much must my nay
    near neither never next no nobody none nor not nothing now of off oh ok okay old on once one only or other our
    out over own perhaps please poor quite rather really said say see several shall she she'd she'll she's should
    since so some somebody someone something sometimes soon still such suddenly sure tell than thank thanks that
    that's the thee their them then there there's therefore these they they'd they'll they're they've thine this
    those thou though through thus thy till to today together tomorrow tonight too toward towards two under unless
    until up upon us very was we we'd we'll we're we've welcome well were what what's whatever when whenever where
    wherever whether which while who who's whoever whole whom whose why will with within without won't would yea yeah
    yes yesterday yet you you'd you'll you're you've young your yours
"""
_NOT_PEOPLE = """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december christmas easter michaelmas halloween thanksgiving eve spring summer autumn winter
    god god's heaven hell lord almighty providence christ jesus satan devil bible church state government parliament
    english englishman englishmen englishwoman british britain england scotch scots scottish scotland irish ireland
    welsh wales french frenchman france german germans germany italian italy spanish spain russian russia dutch
    greek greece roman romans rome latin american americans america yankee yankees indian india indians chinese china
    japanese japan jew jews jewish turk turks turkish turkey european europe african africa egypt egyptian austria
    australia canada london paris oxford cambridge york vienna berlin venice naples florence jerusalem christian
    christians christianity catholic catholics protestant tv pc usa u.s uk us
    lodge arms hollow farm common canal ocean wood woods forest hills mountains gardens terrace row cottage villa
    street road lane square avenue park hall house castle court abbey manor hotel inn hospital school college
    university station bridge river lake sea ocean island mount hill valley county city town village bay
    north south east west north-east north-west south-east south-west
    chapter book part volume prologue epilogue letter page scene act preface introduction finis end
    sir ma'am madam papa mamma mama mum mummy mom mommy dad daddy majesty highness ladyship lordship excellency honour
    honor worship grace reverence ok
"""
NO_NAMES = frozenset((_SMALL_WORDS + _NOT_PEOPLE).split())
"""Words that are not, or do not begin, the name of a person: what begins sentences, days, peoples, places."""

POSSESSIVE = re.compile(r"['’][sS]?$")
_NEXT_WORD = re.compile(r"(?:['’]s\b|,? ([a-z]+(?:['’]t)?))")


def runs_of(text: str) -> Counter[str]:
    """Every run of capitalised words in *text*, as written, and how often."""
    return Counter(_RUN.findall(text))


@lru_cache(maxsize=50_000)
def words_of(run: str) -> tuple[str, ...]:
    """The words of a run in the form in which names compare: folded, without ``'s`` and the dot of ``Mr.``

    >>> words_of("Mr. Giles’s")
    ('mr', 'giles')
    """
    return tuple(POSSESSIVE.sub("", word).rstrip(".") for word in fold_name(run).split(" "))


def occurrences(text: str, name: str) -> Iterator[int]:
    """Where *name* stands in *text* as a whole word."""
    size, at = len(name), text.find(name)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + size : at + size + 1]
        if not before.isalnum() and not after.isalnum():
            yield at
        at = text.find(name, at + size)


def written_small(text: str, name: str, most: int) -> int:
    """How often *name* stands without its capital; counting ends at *most*."""
    return sum(1 for _ in islice(occurrences(text, name.lower()), most))


def acts(text: str, end: int) -> bool:
    """Does what follows the name that ends at *end* show a person: ``Oz nodded``, ``Oz's``?"""
    after = _NEXT_WORD.match(text, end)
    return after is not None and (after[1] is None or after[1].replace("’", "'") in DEEDS)


_ENDS_OF_SENTENCES = frozenset(".!?:…\"“”'‘’(*_\n-–—")


def is_inside(text: str, at: int) -> bool:
    """Is the capital at *at* inside a sentence, where only names have one?"""
    return at > 1 and text[at - 1] == " " and text[at - 2] not in _ENDS_OF_SENTENCES


def word_before(text: str, at: int) -> str:
    """The word that ends just before *at*, small, without marks."""
    start = max(text.rfind(" ", 0, at - 1), text.rfind("\n", 0, at - 1)) + 1
    return text[start : at - 1].lower().strip(',;“”"')
