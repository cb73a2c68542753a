"""The words of spoiler headers: what the grammar knows, and what it may pass over.

A header is only understood when every word of it is: one that stands in no table here and names no episode may be
an episode nobody recognised, and then nothing is safe. So these tables hold words that cannot name one.
"""

from __future__ import annotations

from enum import Enum, auto


class Sign(Enum):
    """What a word or a stroke does to the episodes beside it."""

    THROUGH = auto()  # everything up to it, itself included
    AFTER = auto()  # post-X: X has happened; "nothing after X" ends there
    PAST = auto()  # beyond X: later than X, unless "nothing" stands before it
    BEFORE = auto()  # a careful bound: X itself counts, unless the story is set there
    PRE = auto()  # up to X, without X
    NONE = auto()
    EXCEPT = auto()  # turns round what "all" or "none" said; after an episode: this one too, who knows
    WITHOUT = auto()  # the same, but after an episode: not this one
    BUT = auto()  # ends a "none", or an "all"
    IGNORING = auto()  # the story leaves it out
    IGNORED = auto()  # what stands before it is left out: "comics ignored"
    ALL = auto()
    AIRED = auto()  # all that had been shown when the story was written
    NOW = auto()  # the same; after an episode: from there on
    ONWARD = auto()  # from here to the end
    BETWEEN = auto()
    SET = auto()  # where the story plays, which is no bound
    LOOSE = auto()  # some of a season: not a point
    VAGUE = auto()  # how much, not what
    GREAT = auto()  # the same; without it, there may be something small
    EARLIER = auto()  # "and all before that": adds nothing
    UNCLEAR = auto()  # an episode described instead of named
    TO = auto()
    OF = auto()
    OR = auto()
    EITHER = auto()  # the name before it is an episode, the one after it a show: nobody can tell which is meant
    FILLER = auto()
    # what stands between words
    HARD = auto()
    COMMA = auto()
    SLASH = auto()
    AND = auto()
    OPEN = auto()
    CLOSE = auto()
    COLON = auto()
    DASH = auto()


def _phrases(sign: Sign, text: str) -> dict[str, Sign]:
    return {" ".join(phrase.split()): sign for phrase in text.split(",")}


SIGNS: dict[str, Sign] = {
    **_phrases(
        Sign.THROUGH,
        "through, thru, throught, thorugh, through to, up to, upto, up until, up till, up through, up thru,"
        "until, till, til, untill, as far as, as of, as late as, to and including, up to and including,"
        "up to including, through and including, up until and including, leading up to, ending with,"
        "up til, trough, throgh, upto and including, upto and includeing, up to and includeing, not past, not beyond,"
        "not after, not later than, goes no further than, go no further than, doesnt go past, does not go past,"
        "doesnt go beyond, does not go beyond, doesnt go further than, stops at, stops with, stops after,"
        "ends with, no later than, spoilers to,"
        "jusqua, jusquau, jusquen, bis, bis zu, bis zum, bis zur, bis einschliesslich, bis inklusive, bis einschl,"
        "bis und mit, bis ende, bis zum ende, hasta, fino a, fino alla, fino al",
    ),
    **_phrases(
        Sign.AFTER,
        "after, post, following, subsequent to, follows, follows on, follows from, follows on from,"
        "follows directly, follows directly on, follows directly from, follows directly on from, following on from,"
        "follows straight on from, continues, continues from, continues on from, picks up from, picks up where,"
        "picks up right where, picks up just where, picks up directly after, picks up right after, picks up after,"
        "in the wake of, in the aftermath of, aftermath of, the aftermath of, aftermath to, nach, apres",
    ),
    **_phrases(
        Sign.PAST,
        "past, beyond, later than, newer than, further than, farther than, since, starting with, starting from,"
        "beginning with, beginning from, ab, seit, a partir de, depuis",
    ),
    **_phrases(Sign.BEFORE, "before, prior to, previous to, earlier than"),
    **_phrases(
        Sign.PRE,
        "pre, up to but not including, up to and not including, up to but excluding, until but not including,"
        "through but not including, up until but not including, up to not including, up to just before,"
        "until just before, up until just before, until right before, up to right before, up until right before",
    ),
    **_phrases(
        Sign.NONE,
        "none, no, nope, nothing, nah, n a, na, nil, zip, zilch, nada, zero, not really, not any, not that i know of,"
        "not that i can think of, none to speak of, nothing to speak of, not applicable, spoiler free, spoilerfree,"
        "spoilerless, free of spoilers,"
        "without spoilers, i dont think so, dont think so, there arent any, arent any, shouldnt be any, not spoilery,"
        "none whatsoever, no spoilers, pre series, preseries, pre show, aucun, aucune, keine, keiner, ninguno, nessuno,"
        "pas de, sans spoiler, sans spoilers, sin spoilers, senza spoiler, ohne spoiler, geen, ingen, inga,"
        "nenhum, нет, not a one, no spoilers to speak of, not a single one",
    ),
    **_phrases(
        Sign.EXCEPT,
        "except, except for, excepting, apart from, aside from, other than, besides, barring, save for,"
        "with the exception of, unless you count",
    ),
    **_phrases(
        Sign.WITHOUT,
        "not including, but not including, excluding, but excluding, exclusive of, not counting, minus, sans, but not",
    ),
    **_phrases(
        Sign.BUT, "but, unless, not unless, if, as long as, so long as, provided, assuming, however, although, though"
    ),
    **_phrases(
        Sign.IGNORING,
        "ignores, ignoring, ignore, disregards, disregarding, disregard, discounting, denies,"
        "pretends, does not follow, doesnt follow, not compliant with, noncompliant with",
    ),
    **_phrases(
        Sign.IGNORED, "ignored, disregarded, discounted, never happened, doesnt exist, dont exist, doesnt count"
    ),
    **_phrases(
        Sign.ALL,
        "all, everything, anything, everythings, anythings, whole, entire, any and all, every, each, the series,"
        "the show, the whole thing,"
        "all of it, the lot, series, complete series, full series, the series as a whole, end of series,"
        "entire run, whole run, full run, complete run, whole shebang, the whole shebang, whole enchilada, full monty,"
        "the series end, end of the series, end of show, end of the show, series end, post series, post show,"
        "toute la serie, toda la serie, tutta la serie, die ganze serie, alle staffeln, alle bande, alle bucher,"
        "tous les tomes, tous les livres, todas las temporadas, toutes les saisons",
    ),
    **_phrases(
        Sign.AIRED,
        "aired, airing, so far, current, this season, currently, shown, broadcast, latest, most recent, thus far,"
        "time of writing, time of posting, date of posting, date posted",
    ),
    **_phrases(
        Sign.NOW,
        "to date, up to date, to now, up to now, until now, till now, til now, through now, to the present, to present,"
        "thru now, up to the present, as of now, up to the date",
    ),
    **_phrases(
        Sign.ONWARD,
        "onward, onwards, and onward, and onwards, on up, and up, and beyond, and on, and later, and after, and above,"
        "forward, and forward, or later, or beyond",
    ),
    **_phrases(Sign.BETWEEN, "between, in between, inbetween"),
    **_phrases(
        Sign.SET,
        "set, takes place, take place, taking place, occurs, happens, begins, starts, au, goes au, diverges, departs,"
        "canon diverges, going au, goes off canon, breaks off, fits, fits in, fits into, fits in between",
    ),
    **_phrases(
        Sign.LOOSE,
        "early, mid, middle, late, half, halfway, midway, partway, beginning, beginnings, start, opening, most, much,"
        "some, bits, bit, part, parts, first half, second half, latter half, last half, first part, last part,"
        "first few, last few, first couple of, last couple of, first couple, last couple, midway through,"
        "halfway through, partway through, part way through, half way through, mid way through,"
        "part of the way through, rest of, the rest of, remainder of, the remainder of",
    ),
    **_phrases(
        Sign.GREAT,
        "major, big, huge, massive, heavy, large, bigger, larger, biggest, significant, serious, hefty, humongous,"
        "honking, mega, fat, whopping, giant, enormous, ginormous, gigantic, "
        "mostly, mainly, largely, primarily, chiefly, nearly, almost, pretty much, virtually, practically, next to",
    ),
    **_phrases(
        Sign.VAGUE,
        "minor, small, slight, tiny, teeny, little, mild, general, generic, vague, specific, smaller, particular, "
        "certain, possible, potential, few, several, various, implied, assorted, random, light, real, none yet, "
        "nothing yet, no spoilers yet, teensy, a smidge, smidge, smidgen, explicit, direct, overt, overtly, obvious, "
        "outright, moderate, strong, blatant, material, explicitly, directly, immediately, specifically, "
        "particularly, especially, technically, exactly, necessarily, generally, "
        "probably, possibly, maybe, perhaps, given, stated, noted, mentioned, "
        "chapter, chapters, this chapter, no spoiler warnings, no spoiler warning, no warnings, no warning, at the "
        "moment, for now, right now, future fic, futurefic, yes, yep, yup, yeah, as such, per se, future, plot, "
        "plots, character, characters, havent seen, have not seen, hasnt seen, has not seen, havent watched, not "
        "watched, not seen, for the moment, at this time, at the time, at present, i am, im, am, author is, please, "
        "too spoilery, very spoilery, that spoilery, really spoilery, overly spoilery, you dont know, you do not know, "
        "you didnt know, you wouldnt know, you dont already know, everyone knows, everybody knows, already know, "
        "for those, those in, people in, for anyone, for everyone, in the us, in the uk, in america, in britain, "
        "viewers, us people, uk people, of note, of any note, of consequence, of any consequence, of importance, "
        "of any importance, of significance, supposedly, allegedly, sort of, kind of, sorta, kinda, ish, read it, "
        "read on, read and see, find out",
    ),
    **_phrases(
        Sign.EARLIER,
        "earlier, previous, preceding, prior, before it, before that, before then, before this, up to that,"
        "up to that point, up to then, up to this point, until then, until that point, leading up to it,"
        "up to there, up until there, until there, till there, to there, to that point, to this point,"
        "leading up to that, prior to that, prior to it, preceding it, preceding that",
    ),
    **_phrases(
        Sign.UNCLEAR,
        "at least, one where, ones where, one with, one when, one in which, the one, that one, those ones,"
        "episode where,"
        "episodes where, episode with, ep where, eps where, ep with, episode when, ep when, episode in which, others,"
        "etc, etcetera, et cetera, more, and so on, and so forth, similar, last one, last ones, next one, see note,"
        "see notes, see the note, see the notes, see authors note, see authors notes, see a n,"
        "and a half, ones around, around it, around that,"
        "future eps, future episodes, future ep, future episode, future seasons, future events,"
        "not just, not only, no end, no lack, no shortage, ep after, episode after, ep following, episode following",
    ),
    "to": Sign.TO,
    **_phrases(Sign.OF, "of, for, from, in, within, on"),
    **_phrases(Sign.AND, "and, plus, n"),
    **_phrases(Sign.OR, "or, nor"),
}

FILLERS = frozenset(
    """
    ? a about actually aftermath again airing all allude alluded alludes alluding already also alternate alternative
    always american an any anybody anyone anytime apparently approx approximately arc arcs are around as ask asked
    assume assumes at author based basically be because been being believe beware bonus brief briefly british by came
    can canadian canon canonically caution cautious circa clearly coda codas come comes compliant
    concerning concludes consider considered consistent contain contained containing contains content continuation
    could course cover covering covers deal deals definitely detail details dialogue did discussed discusses
    discussion do does doing done due duh during dvd either else ended ending ends ep epilogue episode episodes eps er
    erm esp essentially even event events ever everybody everyone expect extent fair fairly far feature featured
    features fic fics filled find fine finished finishes fleeting folks followup frequent from fully game give
    gives glimpse glimpses guess had happen happened has have having he heh her here hers him hint hinted hints his
    hmm hope how i id ill immediate implicitly include included includes including inclusive indeed indirectly info
    information inside inspired interlude into involve involves involving is ish it its itself ive just kind kinda
    know knowledge lead leads least leaves left length less lesser let lightly like likely line lines lol loosely lot
    lots made make makes many massively may me mean means meant mention mentioning mentions might missing moment
    moments must my naturally network nod nods note notes nothings oblique obviously occasional occurred of off
    offhand offscreen oh ok okay on once oneshot only or order otherwise overall passing people per pick picks pieces
    place points preferably presumably pretty proceed quite quote quoted quotes rather read reader
    readers reading really recommended refer reference referenced references referring refers regarding region relate
    related relating relies remix retelling retold rewrite rewrites rewriting rewritten right roughly said saw say
    says scene scenes scifi season seasons see seeing seem seems seen sequel shall she shortly should show shows
    similarly simply slightest slightly slow so solely sometime somewhat somewhere sorry sort spec speculate
    speculation speculative spoil spoilage spoiled spoiler spoilerific spoilers spoilery spoiling spoils spoilt still
    stories story storyline storylines strictly stuff sub subtle such suggested summer sundry suppose supposedly sure
    tad tag takes tell tells than thanks that thats the their them themselves then there theres these they theyre
    thing things think this those thoughts throughout thus tie ties time timeline times told too touch touches
    touching trivial tv type uh uk um universe unspecified us usa use used uses using usual vaguely verse very via
    viewed viewing vignette w wanted warn warned warning warnings was watch watched watching way we wee well were what
    whatever whatsoever when while who whole will with would written yet you youd youll your youre youve
    seriously honestly refs ref re dvd dvds wait
    alles aus avec dans der die das den des du einschliesslich fur inklusive inkl la le les leichte kleine pour von
    en el los las para incluse incluses inclus compris comprise natch naturally toute toutes tous tout
    speak fb qtta weeny merest mere faint faintest
    """.split()
)  # fmt: skip
"""Words that neither name an episode nor change what is said about one."""

FILLER_PHRASES = frozenset(
    """
    all three|all parts|all three parts|all four parts|all two parts|all 5 days|all five days|all the days
    a couple|a few|a lot|above all|according to|after all|all in all|all right|all that|all the way|all told
    allusion to|allusions to|alternate ending|alternative ending|as it aired|as it airs|as they air|as they aired
    at all|at most|at the end|at the very end|at your own risk|avert your eyes|back away|begins during|begins in
    big ones|blink and you miss it|blink and youll miss it|both parts|by now|coda to|companion to|different ending
    do not know|do not read|dont know|dont read|due to|e g|end of|ends of|epilogue to|fair game|fill in|filling in
    first of all|go away|going to|has to|have to
    here and there|hit back|i believe|i e|i guess|i suppose|i think|i would say|id say|in case
    in general|in passing|just in case|leave off|leaves off|left off|likely to|little ones|look away|lots of
    major ones|mild ones|minor ones|missing moment|missing scene|missing scenes|more or less|need to|no doubt
    last scene|last scenes|final scene|final scenes|no particular order|no ratings|nod to|nods to|not sure|of course
    on the safe side|one or two|ones|own risk|post ep|post episode|post eps|prequel to|quite a few|quite a lot
    reference to|references to|referring to|refers to|regard to|regards to|related to|relates to|relation to
    respect to|response to|run away|sequel to|set around|set at|set during|set in|set somewhere in|set within
    similar to|slight ones|small one|small ones|so be warned|some ones|starts during|starts in|stay away|stop here
    stop now|stop reading|story line|supposed to|tag to|tags to|thanks to|that is all|thats all|the end of|these ones
    this one|time line|tiny one|tiny ones|to a certain extent|to a degree|to a lesser degree|to a lesser extent
    to be careful|to be on the safe side|to be safe|to be sure|to some degree|to some extent|turn back|up to you
    as far as i know|as far as i can tell|as far as i remember
    au thereafter|au afterwards|au afterward|au after that|au after this|au after that point|au from that point
    au from that point on|au from there on|au from then on
    is fair game|are fair game|teeny one|teensy one|little one|slight one|minor one|major one|big one|mild one|vague one
    vague ones|want to|what if|year old|your own risk|wee one|wee ones|if you blink|fix it
    pre epilogue|post epilogue|if you squint|if you look closely|one line|a line|one scene
    goes au from there|goes au after that
    goes au from then on|goes off canon after that|diverges from there
    diverges after that|veers off from there|departs from there
    modern au|modern day au|total au|complete au|completely au|totally au|entirely au|pure au|human au|all human au
    coffee shop au|coffeeshop au|high school au|school au|college au|university au|historical au|regency au|fantasy au
    fairy tale au|fairytale au|mundane au|no powers au|no magic au|non magic au|au from the start|au from the beginning
    canon era|so if your station is behind|if your station is behind|stop now|stop here|turn back now|turn back
    look away now|read no further|stop reading|go no further|proceed with caution|consider yourself warned
    you have been warned|youve been warned|dont say i didnt warn you
    if you havent seen it|if you havent seen them|if you havent seen that|go and see it|go see it
    go and watch it|go watch it|go and watch them|go watch them|ill wait|what are you waiting for|where have you been
    """.strip().replace("\n    ", "|").split("|")
)  # fmt: skip

ARC_WORDS = frozenset("arc arcs storyline storylines saga trilogy plotline era".split())
"""After a title these mean more than the episode: "the Initiative arc"."""
EPISODE_WORDS = frozenset("e ep eps epi episode episodes folge folgen episodio episodios episodi lepisode".split())
SEASON_WORDS = frozenset(
    "s season seasons series ssn seas szn staffel staffeln saison saisons temporada temporadas "
    "stagione stagioni seizoen seizoenen sasong".split()
)
PART_WORDS = frozenset("part parts pt pts".split())
VOLUME_WORDS = dict.fromkeys("book books bk bks tome tomes livre livres buch band".split(), "books") | dict.fromkeys(
    ("film", "films", "movie", "movies"), "films"
)
FINALE_WORDS = frozenset("finale finales ender".split())
PREMIERE_WORDS = frozenset("premiere premier opener".split())
ACTIONS = frozenset(
    """
    is was isnt wasnt has had hasnt hadnt having being been will would can could did does didnt doesnt left leaves leave
    leaving came comes come coming goes went going gets got returns returned returning knows knew dies died dying said
    says saw sees made makes turns turned becomes became finds found tells told loses lost arrives arrived
    """.split()
)  # fmt: skip
"""What a person does and an episode does not."""
TIME_WORDS = frozenset(
    "yr yrs year years month months week weeks day days night morning evening summer hour hours minute minutes".split()
)
HOLIDAYS = frozenset("halloween christmas thanksgiving".split())
"""Titles that also describe: "the Halloween episode" may be any of several."""

_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth"
).split()
_ROMANS = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv".split()

CARDINALS = {word: n for n, word in enumerate(_ONES, 1)}
_ORDINALS_ELSEWHERE = (
    "primera segunda tercera cuarta quinta sexta septima octava novena decima",
    "prima seconda terza quarta quinta sesta settima ottava nona decima",
    "erste zweite dritte vierte funfte sechste siebte achte neunte zehnte",
    "ersten zweiten dritten vierten funften sechsten siebten achten neunten zehnten",
    "premieres deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme",
)
ROMANS = {word: n for n, word in enumerate(_ROMANS, 1)}
ORDINALS = {
    **{word: n for n, word in enumerate(_ORDINALS, 1)},
    **{f"{n}{'st' if n == 1 else 'nd' if n == 2 else 'rd' if n == 3 else 'th'}": n for n in range(1, 16)},
    **{word: n for row in _ORDINALS_ELSEWHERE for n, word in enumerate(row.split(), 1)},
}

KNOWN = FILLERS | PART_WORDS | frozenset(word for phrase in (*SIGNS, *FILLER_PHRASES) for word in phrase.split())
"""Every word that the grammar may meet beside a title."""
