"""What a header calls its fields: the label as somebody wrote it -> one canonical key.

The synonyms were counted over some sixty real headers of 1996 to 2024 (home pages, mailing lists, boards, journals,
eFiction, AO3, FanFicFare). A label that is known but means nothing to a search is ``other``: it is swallowed, so that
it does not end up in the value before it.
"""

from __future__ import annotations

import re
from functools import lru_cache

from ficsearch.text import fold_name

_SYNONYMS = {
    "title": "название; title; subject; story; fic; fic title; story title; story name; "
    "name of fic; name of story; titre; titel; titulo; titolo",
    "author": "автор; "
    "author; author name; authors name; by; written by; story by; writer; autora; autrice; autorin; "
    "verfasser; verfasserin; penname; pen name; pseud; "
    "pseudonym; byline; auteur; autor; autore; creator",
    "email": "email; e-mail; mail; email address; e-mail address; contact; feedback email; feedback e-mail; addy",
    "website": "website; web site; webpage; web page; homepage; home page; site; author url",
    "feedback": "feedback; feeback; feed back; feedback to; send feedback to; concrit; constructive criticism; "
    "feedback welcome",
    "archive": "archive; archiving; archived; archived at; archived on; distribution; dist; distro; posted to; "
    "permission to archive; archive permission; permission; permissions",
    "rating": "рейтинг; "
    "rating; fiction rated; raiting; rateing; ratting; rated; rate; "
    "rating reason; content rating; content level; age rating; "
    "overall rating; classement; clasificacion; "
    "altersfreigabe; altersempfehlung; altersbeschrankung",
    "fandom": "фэндом; фандом; fandom; crossover; crossover with; crossover fandom; canon; show; based on",
    "category": "направленность; "
    "category; catagory; sub category; sub-category; subcategory; category code; classification; "
    "archive category; gossamer category; story type; type; content; kategorie",
    "genre": "жанр; жанры; genre; genere; genero",
    "keywords": "keyword; key word; tag; additional tag; freeform; freeform tag; other tag; story tag; theme",
    "pairing": "пэйринг; пейринг; пэйринг и персонажи; "
    "pairing; relationship; ship; shipper; couple; code; paring; romance; romantic pairing; otp; "
    "pairing code; main pairing; primary pairing; secondary pairing; side pairing; background pairing; "
    "other pairing; main relationship; pareja; paar",
    "characters": "персонажи; "
    "character; main character; major character; other character; minor character; cast; "
    "starring; featuring; characters featured; characters included; cast of characters; personnage; "
    "personaje; charaktere; personaggi; personaggio; personagens",
    "spoilers": "spoiler; spoilers through; eps; ep; spoiler warning; spoiler for; spoilers for; spoiler alert; "
    "spoilage; spoils; "
    "episode related; related episode; episode; episode spoiler; tag to episode; episode tag; episode tag to; tag to; "
    "missing scene; missing scene for; coda to",
    "timeline": "timeline; time line; timeframe; time frame; time; time period; setting; set; set in; set during; "
    "season; era; year; year + time; continuity; when; takes place; chronology; placement",
    "status": "статус; "
    "status; statut; completed; complete; completion; completion status; finished; wip; work in progress",
    "series": "series; sequel/series info; part of; part of series; series/sequel; series info; series title; "
    "series name; story series; series order; series index; series number; "
    "universe; verse; arc; story arc; saga; serie",
    "part": "part; part number; section; installment; instalment",
    "sequel": "sequel; sequel to; sequelto; prequel; prequel to; follows; sequel info; "
    "companion to; follow up to; follow-up to",
    "warnings": "предупреждения; предупреждение; "
    "warning; kink; violence disclaimer; sex disclaimer; violence/sex disclaimer; sex/violence disclaimer; "
    "sex/violence; violence/sex; love/sex; sex; sexual content; adult content; hurt/comfort; "
    "subtext disclaimer; love/sex warning; love/sex disclaimer; subtext; violence; aviso; warnungen; "
    "content warning; content note; trigger; "
    "trigger warning; archive warning; contains; caution; "
    "tw; cw; squick; story warning; general warning; tags & warnings; avertissement; advertencia; warnung",
    "disclaimer": "дисклеймер; "
    "disclaimer; disclaim; disclaimer(s); declaimer; standard disclaimer; usual disclaimer; "
    "disclaimer, etc; disclaimers, etc; disclaimer etc; disclaimers etc; "
    "legal stuff; legal; legality; legal bit; legal disclaimer; legalese; copyright; copyright notice; ownership; "
    "credit; haftungsausschluss",
    "summary": "описание; саммари; краткое содержание; "
    "summary; sum; summ; sumary; summery; summry; quick summary; inhaltsangabe; kurzinhalt; "
    "synopsis; description; "
    "blurb; teaser; in brief; plot; brief summary; short summary; "
    "premise; story summary; resume; resumen; zusammenfassung; inhalt; riassunto",
    "notes": "примечания; примечание; от автора; примечания автора; "
    "note; hinweis; kommentar; pov; point of view; author note; authors note; an; a/n; comment; story note; "
    "authors comment; author comment; "
    "chapter note; notes for the chapter; authors chapter note; things to keep in mind; things to know; nb; n.b; "
    "remark; beginning note; starting note; opening note; pre-story note; additional note; other note; general note; "
    "explanation; background; preface note; authors rambling; note de lauteur; notas; anmerkung; "
    "history; story history",
    "endnotes": "end note; endnote; chapter end note; ending note; closing note; final note; post-story note; "
    "authors end note; afternote; notes at end",
    "dedication": "dedication; dedicated to; thanks; thank you; thanks to; special thanks; special thanks to; "
    "many thanks; many thanks to; big thanks to; acknowledgement; acknowledgment; acknowledgements; gift for; "
    "gift to; recipient; for; shoutout; shout out; shoutouts to",
    "beta": "бета; беты; "
    "beta; betad by; betaed by; beta-ed by; beta by; beta reader; beta-reader; beta read by; beta-read by; "
    "betareader; betareaders; beta thanks; thanks to beta; edited by; editor; britpick; britpicker",
    "length": "размер; length; file size; filesize; size; story length; page; page count",
    "words": "lenght; word; word count; wordcount; total word; total words; total word count; "
    "number of words; approximate word count",
    "published": "published; publication date; date; posted; posted on; posted at; post date; date posted; "
    "date written; date published; first published; first posted; originally posted; written; written on; "
    "written in; release date; date submitted; submitted; added; publie; created; creation date; date completed; "
    "completed on; completion date; date finished",
    "updated": "updated; last updated; last update; date updated; update; revised; last revised; revision date; "
    "date revised; modified; last modified; edited",
    "challenge": "challenge; challenge response; response to challenge; prompt; written for; requirement; "
    "response to; in response to; answer to; answer to challenge; improv; fest; exchange; request; challenge/prompt; "
    "prompt number; original prompt; original prompt request number",
    "award": "award; awards won; awarded; nomination; honor; honour",
    "language": "language; langue; sprache; idioma; lingua",
    "source_url": "url; story url; original url; source url; link; permalink; originally posted at; original post; "
    "web address; posted originally at; crossposted to; cross-posted to",
    "chapter_title": "chapter title; chapter name; title of chapter",
    "book": "book; volume",
    "chapter": "chapter; chapter number; number of chapters",
    "other": "source; licence; license; generated; packaged; publisher; music; soundtrack; song; lyric; artist; "
    "artist appreciation; art; artwork; cover; cover art; current mood; current music; mood; entry tag; post subject; "
    "posts; postposted; "
    "joined; location; uber; favorite line; favourite line; recced because; stats; statistics; collection; "
    "kudos; hits; views; currently reading; recommended; "
    "bookmark; review; reviews; favs; follows count; reads; read count; series url; story id; id; format; "
    "inspired by; inspiration; translator; translation; translated by; subtitle; chapter summary; "
    "summary for the chapter; section url; quote; motto; podfic; reader; muse; listening to; "
    "word of the day; news; subject line; mailing list; newsgroup; version; edition",
}

KEYS = tuple(_SYNONYMS)
"""Every canonical key, in the order of the table."""

LONG_KEYS = frozenset(
    (
        *("summary", "notes", "endnotes", "disclaimer", "warnings", "dedication"),
        *("feedback", "challenge", "archive", "beta"),
    )
)
"""Fields whose value may be sentences, over several lines or paragraphs."""

STRONG_KEYS = frozenset(
    (
        *("title", "author", "rating", "disclaimer", "summary", "spoilers", "pairing", "fandom"),
        *("feedback", "archive", "warnings", "category", "genre"),
    )
)
"""Fields that hardly anything but the header of a story has. A play has its characters, a letter its date."""

_WEAK_WORDS = frozenset(
    (
        *(
            "story",
            "fic",
            "subject",
            "by",
            "writer",
            "contains",
            "content",
            "type",
            "show",
            "ship",
            "couple",
            "code",
            "caution",
            "warning",
        ),
        *(
            "rate",
            "sum",
            "disc",
            "plot",
            "description",
            "episode",
            "legal",
            "based on",
            "credit",
            "permission",
            "romance",
            "sex",
            "archived",
            "set",
        ),
    )
)
"""Words of strong fields that a form, a sign or a screenplay may use as well."""

_PARTS_BY_WEIGHT = ("spoilers", "rating", "pairing", "warnings", "title", "summary", "notes", "series", "email")
"""Who wins when a label names two fields at once: ``Season/Spoilers`` is about spoilers."""

_OWNERS = frozenset(("author", "authors", "story", "fic", "fanfic", "the", "my", "our", "official", "general"))
"""Words before a label that change nothing: ``Author's Summary``, ``Story Status``."""

_MARKS = " \t\u00a0*_#<>~=+|[]•·●○◦▪■►»«-–—:：.?"
_JOINS = re.compile(r" ?(?:/|&|\+|,| and ) ?")
_NUMBERED = re.compile(r" ?#?\d{1,2}$")
_REMARK = re.compile(r" ?\([^()]*\)$")
"""``Rating (overall)``, ``Spoilers (minor)``."""
_LONGEST = 48


def _table() -> dict[str, str]:
    words = ((word.strip(), key) for key, words in _SYNONYMS.items() for word in words.split(";"))
    return {word if word.isascii() else fold_name(word): key for word, key in words}  # fold_name makes й и


_KEY_OF = _table()


@lru_cache(maxsize=8_000)
def label_of(text: str) -> str | None:
    """The key of a label as written, or None when nobody uses it as one.

    Case, marks, bullets, a trailing colon, plurals and an author's possessive do not count.

    >>> label_of("**Author's Notes**:"), label_of("Season/Spoilers"), label_of("WILLOW")
    ('notes', 'spoilers', None)
    """
    if len(text) > _LONGEST:
        return None
    plain = _plain(text)
    return _key(plain) or (_key(_REMARK.sub("", plain)) if plain.endswith(")") else None)


@lru_cache(maxsize=8_000)
def is_strong(text: str) -> bool:
    """Is this label one that hardly stands anywhere but in the header of a story?"""
    return label_of(text) in STRONG_KEYS and _plain(text) not in _WEAK_WORDS


@lru_cache(maxsize=2_000)
def keys_of(text: str) -> tuple[str, ...]:
    """The keys of a label that names several fields at once, the weightiest first; () of any other.

    >>> keys_of("Fandom/Pairing"), keys_of("Pairing")
    (('pairing', 'fandom'), ())
    """
    plain = _plain(text)
    keys = [_KEY_OF.get(part) or _singular_key(part) for part in _JOINS.split(plain)]
    first = _shared_key(plain) if len(set(keys)) > 1 and plain not in _KEY_OF else None
    return (first, *dict.fromkeys(key for key in keys if key and key != first)) if first else ()


def _plain(text: str) -> str:
    return fold_name(text.strip(_MARKS).removeprefix("o ")).replace("'", "").replace("(s)", "s").strip(_MARKS)


def _key(label: str) -> str | None:
    found = _KEY_OF.get(label) or _singular_key(label) or _shared_key(label) or _misspelt_key(label)
    if found or not label:
        return found
    if label.endswith(" statement"):  # Spoiler Statement, Content Statement: the X-Files' lists
        return _key(label.removesuffix(" statement"))
    bare = _NUMBERED.sub("", label)
    owner, _, rest = bare.partition(" ")
    if owner in _OWNERS and rest:
        return _key(rest)
    return _key(bare) if bare != label else None


def _singular_key(label: str) -> str | None:
    if label.endswith("ies"):
        return _KEY_OF.get(label[:-3] + "y")
    return _KEY_OF.get(label[:-1]) if label.endswith("s") else None


_SPELT = tuple(
    "disclaimer disclaimers spoilers spoiler category characters character distribution feedback warnings fandoms "
    "pairings relationships timeline dedication classification".split()
)
"""Labels that are long enough to be known with a letter missing, doubled, wrong or in the wrong place."""


def _with_one_missing(word: str) -> tuple[str, ...]:
    """*word* without each of its letters but the first."""
    return tuple(word[:n] + word[n + 1 :] for n in range(1, len(word)))


_NEARLY = {short: _KEY_OF[word] for word in _SPELT for short in (word, *_with_one_missing(word)) if word in _KEY_OF}
_NEARLY |= {short: _KEY_OF[word[:-1]] for word in _SPELT for short in _with_one_missing(word) if word[:-1] in _KEY_OF}


def _misspelt_key(label: str) -> str | None:
    """The key of ``dislaimer``, ``Discalimer``, ``Spolers``."""
    if not 7 <= len(label) <= 15 or not label.isalpha():
        return None
    return next((_NEARLY[short] for short in (label, *_with_one_missing(label)) if short in _NEARLY), None)


def _shared_key(label: str) -> str | None:
    """``Genre/Rating`` belongs to the field that weighs more; every part has to be a label by itself."""
    parts = _JOINS.split(label)
    keys = [_KEY_OF.get(part) or _singular_key(part) for part in parts]
    if len(parts) < 2 or None in keys:
        return None
    return next((key for key in _PARTS_BY_WEIGHT if key in keys), keys[0])
