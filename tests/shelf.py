"""Twelve tiny stories that a reader can hold in the head. Their ids are their nicknames.

id          title                    fandom        rating     spoilers             in short
crayon      Yellow Crayons           BtVS          teen       through BtVS 6x22    Willow/Xander; a yellow crayon
zeppo       The Night of the Zeppo   BtVS          general    through BtVS 3x13    Xander alone; don't
walking     Walking After You        BtVS          mature     BtVS S2              Buffy/Spike; a well-known road
cafe        Café des Morts           AtS           explicit   AtS 1x05, BtVS 3x13  in French; accents; Angel & Wesley
voyage      Harry's Voyage           Voyager       general    none                 Harry Kim; a series; the letter Q
ghosts      Ghosts                   X-Files       not_rated  unknown              Mulder and Scully; no date
wings       Of Wings, and Ghosts     X-Files       teen       all                  the longest; notes mention a crayon
home        Home                     BtVS, AtS     mature     AtS S1               two authors, a crossover, in progress
poem        To Be                    BtVS          general    none                 "to be or not to be", 29 words
drabble     The Hundred              (none)        not_rated  unknown              nobody is named; no author
naruto      螺旋                     Naruto        teen       unknown              Japanese letters
blank       (no title)               (none)        not_rated  unknown              nothing but an id
"""

from __future__ import annotations

from ficsearch.fields import IndexDocument, index_document
from ficsearch.story import Chapter, Characters, Evidence, Found, Rating, Series, SpoilerScope, Story

BUFFY, ANGEL = "Buffy the Vampire Slayer", "Angel"
VOYAGER, FILES = "Star Trek: Voyager", "The X-Files"
WILLOW, XANDER, BUFFY_SUMMERS = "Willow Rosenberg", "Xander Harris", "Buffy Summers"


def chapters(*texts: str) -> tuple[Chapter, ...]:
    return tuple(Chapter(t) for t in texts)


CRAYON = Story(
    "crayon", "buffy/crayon.txt",
    title="Yellow Crayons", authors=("Ann Other",), fandoms=(BUFFY,), rating=Rating("teen", "PG-13"),
    spoilers=SpoilerScope("through", "up to Grave", ("BtVS 6x22",), {"BtVS": "6x22"}, "BtVS 6x22"),
    characters=Characters((WILLOW, XANDER), (Found(XANDER, 3), Found(WILLOW, 2))),
    pairings=((WILLOW, XANDER),), genres=("angst",), status="complete", language="en", words=1_200,
    summary="Xander talks about a crayon.", published="2002-05-30",
    chapters=chapters(
        "Xander held up the yellow crayon. Willow couldn’t look.\n\n"
        "Xander said it again: I love you, crayon and all. Mr. O’Neill walked by. Xander waited for Willow."
    ),
)  # fmt: skip
ZEPPO = Story(
    "zeppo", "buffy/zeppo.txt",
    title="The Night of the Zeppo", authors=("Bea Reader",), fandoms=(BUFFY,), rating=Rating("general", "G"),
    spoilers=SpoilerScope("through", "Through The Zeppo", ("BtVS 3x13",), {"BtVS": "3x13"}, "BtVS 3x13"),
    characters=Characters((XANDER,)), genres=("humor",), status="complete", language="en", words=900,
    summary="One long night.", published="1999-02-01",
    chapters=chapters("Xander don't care. He drives the car all night. The end of the world is near, said Xander."),
)  # fmt: skip
WALKING = Story(
    "walking", "buffy/walking.html",
    title="Walking After You", authors=("Ann Other",), fandoms=(BUFFY,), rating=Rating("mature", "R"),
    spoilers=SpoilerScope("season", "Season 2", (), {"BtVS": "2x22"}, None, ("BtVS S2",)),
    characters=Characters((BUFFY_SUMMERS, "Spike")), pairings=((BUFFY_SUMMERS, "Spike"),),
    warnings=("Character Death",), genres=("angst", "romance"), status="complete", language="en", words=7_500,
    summary="Buffy walks home.", published="1998-06-15",
    chapters=chapters("Spike’s boots walked a well-known road.", "Buffy was walking. She walks, he said to her."),
)  # fmt: skip
CAFE = Story(
    "cafe", "angel/cafe.txt",
    title="Café des Morts", authors=("Zoë D’Or",), fandoms=(ANGEL,), rating=Rating("explicit", "NC-17"),
    spoilers=SpoilerScope(
        "list", "Rm w/ a Vu, The Zeppo", ("AtS 1x05", "BtVS 3x13"), {"AtS": "1x05", "BtVS": "3x13"}
    ),
    characters=Characters(("Angel", "Wesley Wyndam-Pryce")), friendships=(("Angel", "Wesley Wyndam-Pryce"),),
    genres=("angst",), status="complete", language="fr", words=20_001,
    published="2001-12-31", awards=("Best Drama",),
    chapters=chapters("Le café était fermé. Wesley attend.", "Angel n’est pas là.", "Un crayon jaune."),
)  # fmt: skip
VOYAGE = Story(
    "voyage", "trek/voyage.txt",
    title="Harry’s Voyage", authors=("Cal",), fandoms=(VOYAGER,), rating=Rating("general", "G"),
    spoilers=SpoilerScope("none", "none"),
    characters=Characters(("Harry Kim",), (Found("Q", 2), Found("Tom Paris", 1))),
    series=Series("Long Way Home", 2.0), status="complete", language="en", words=5_000, published="2001-05-04",
    chapters=chapters("Harry Kim met Q. Q smiled at Harry; Tom did not."),
)  # fmt: skip
GHOSTS = Story(
    "ghosts", "xf/ghosts.txt",
    title="Ghosts", authors=("Dee",), fandoms=(FILES,),
    characters=Characters(("Fox Mulder", "Dana Scully")), pairings=(("Dana Scully", "Fox Mulder"),),
    genres=("casefile",), language="en", words=3_000, notes="I own nothing; the ghost is mine.",
    chapters=chapters("Scully saw a ghost. Mulder believed her. A ghost is a ghost."),
    evidence=(Evidence("XF 5x04", "names Detour in its notes"),),
)  # fmt: skip
WINGS = Story(
    "wings", "xf/wings.epub",
    title="Of Wings, and Ghosts", authors=("Dee",), fandoms=(FILES,), rating=Rating("teen", "PG-13"),
    spoilers=SpoilerScope("all", "everything", (), {"XF": "9x20"}),
    characters=Characters(("Dana Scully",)), status="complete", language="en", words=80_000,
    published="2003-01-09", notes="Thanks to my beta, and her crayon.",
    chapters=chapters("Scully ran.", "She flew.", "She dreamed of ghosts.", "The end."),
)  # fmt: skip
HOME = Story(
    "home", "angel/home.txt",
    title="Home", authors=("Cal", "Ann Other"), fandoms=(BUFFY, ANGEL), rating=Rating("mature", "FR18"),
    spoilers=SpoilerScope("season", "AtS season one", (), {"AtS": "1x22"}, None, ("AtS S1",)),
    characters=Characters((BUFFY_SUMMERS, "Angel", WILLOW)), pairings=((BUFFY_SUMMERS, "Angel"),),
    genres=("crossover", "romance"), series=Series("Long Way Home", 1.0), status="in-progress", language="en",
    words=7_501, summary="Angel comes home to Willow and Buffy.", published="2001-05-04",
    chapters=chapters("Angel walked home. Buffy was there; Willow, too."),
)  # fmt: skip
POEM = Story(
    "poem", "buffy/poem.txt",
    title="To Be", authors=("Bea Reader",), fandoms=(BUFFY,), rating=Rating("general", "FRC"),
    spoilers=SpoilerScope("none", "None."),
    characters=Characters(("Rupert Giles",)), genres=("poetry",), status="complete", language="en", words=29,
    published="2000-01-01", chapters=chapters("To be or not to be, said Giles.\n\nNot to be, or to be: to be."),
)  # fmt: skip
DRABBLE = Story(
    "drabble", "misc/drabble.txt",
    title="The Hundred", language="en", words=100, genres=("drabble",), chapters=chapters("Nobody was near the road."),
)  # fmt: skip
NARUTO = Story(
    "naruto", "misc/naruto.txt",
    title="螺旋", authors=("Ed",), fandoms=("Naruto",), rating=Rating("teen", "K+"),
    characters=Characters(("Naruto Uzumaki",)), language="ja", words=40, published="2010-10-10",
    chapters=chapters("私は螺旋を見た。Naruto!"),
)  # fmt: skip
BLANK = Story("blank", "misc/blank.txt")

SHELF: tuple[Story, ...] = (
    CRAYON, ZEPPO, WALKING, CAFE, VOYAGE, GHOSTS, WINGS, HOME, POEM, DRABBLE, NARUTO, BLANK,
)  # fmt: skip


def documents() -> list[IndexDocument]:
    """The shelf as engines are given it."""
    return [index_document(s) for s in SHELF]
