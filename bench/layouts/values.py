"""Values of header fields, each with what it means by the survey of real headers and the pages of the docs."""

from __future__ import annotations

from collections.abc import Callable

from bench.layouts.people import characters, pairings
from bench.layouts.spoilers import spoilers
from bench.layouts.texts import disclaimers, notes, summaries, swallowed
from bench.layouts.world import Rng, Value, World

_TITLES = (
    "The Lamp Room",
    "Small Hours",
    "Salt and Iron",
    "Nine Ways to Leave",
    "Untitled",
    "What the Tide Left",
    "Bread for Tuesday",
    "Ever After, Amen",
    "A Coat for Winter",
    "Blue",
    "Harbour Lights",
)
_ODD_TITLES = {
    "colon in title": "Winter Count: A Ladder in Three Rungs",
    "dash in title": "Salt - and Iron",
    "question": "Who Keeps the Garden?",
    "exclamation": "Oh, Brother!",
    "dots": "And Then the Rain...",
    "apostrophe": "The Lamplighter's Daughter",
    "ampersand": "Tin & Copper",
    "digits": "4:12 AM",
    "number": "47 Steps",
    "accents": "Déjà Été",
    "label word": "Disclaimers and Other Lies",
    "by in title": "Stand By Me, Tom",
    "slash": "Either/Or",
    "brackets": "Home (is where the boats are)",
    "lower": "and all the boats came home",
}


def titles(world: World, rng: Rng) -> list[Value]:
    found = [Value("plain", t, {"title": t}) for t in _TITLES]
    found += [Value(k, t, {"title": t}) for k, t in _ODD_TITLES.items()]
    one = rng.choice(_TITLES[:4])
    found += [
        Value("in quotes", f'"{one}"', {"title": one}),
        Value("in capitals", one.upper(), {"title": one}),
        Value("(1/1)", f"{one} (1/1)", {"title": one, "status": "complete"}),
        Value("(complete)", f"{one} (complete)", {"title": one, "status": "complete"}),
        Value("(WIP)", f"{one} (WIP)", {"title": one, "status": "in-progress"}),
        Value("(1/?)", f"{one} (1/?)", {"title": one, "status": "in-progress"}),
        Value("[1/1]", f"{one} [1/1]", {"title": one}),
    ]
    return found


def authors(world: World, rng: Rng) -> list[Value]:
    plain = (
        "Maud Ferris",
        "R. Penhallow",
        "brutti_ma_buoni",
        "Starlight",
        "yahtzee63",
        "Mrs. O'Brien-Smith",
        "The Mad Hatter",
        "Élise Dubois",
        "D. M. Evans",
        "lady-of-the-lake",
        "x0x_Pip_x0x",
        "Annabel Lee",
    )
    found = [Value("plain", a, {"authors": [a]}) for a in plain]
    found += [
        Value("<mail>", "Maud Ferris <maud@example.org>", {"authors": ["Maud Ferris"]}),
        Value("(mail)", "Maud Ferris (maud@example.org)", {"authors": ["Maud Ferris"]}),
        Value("mail behind", "Maud Ferris, maud@example.org", {"authors": ["Maud Ferris"]}),
        Value("mail bare", "Maud Ferris maud@example.org", {"authors": ["Maud Ferris"]}),
        Value("mail before", "maud@example.org (Maud Ferris)", {"authors": ["Maud Ferris"]}),
        Value("[mail]", "Maud Ferris [maud@example.org]", {"authors": ["Maud Ferris"]}),
        Value("at dot", "Maud Ferris (maud at example dot org)", {"authors": ["Maud Ferris"]}),
        Value("by", "by Maud Ferris", {"authors": ["Maud Ferris"]}),
        Value("and", "Maud Ferris and Ana Bell", {"authors": ["Maud Ferris", "Ana Bell"]}),
        Value("&", "Maud & Ana", {"authors": ["Maud", "Ana"]}),
        Value("three", "Maud, Ana and Cleo", {"authors": ["Maud", "Ana", "Cleo"]}),
        Value("two with mail", "Maud <m@example.org> and Ana <a@example.net>", {"authors": ["Maud", "Ana"]}),
        Value("in capitals", "MAUD FERRIS", {"authors": ["Maud Ferris"]}),
        Value("web", "Maud Ferris (http://www.example.org/~maud)", {"authors": ["Maud Ferris"]}),
    ]
    return found


TOKENS = {
    "general": "G; PG; K; K+; FRC; FR7; All Ages; For all ages; General; General Audiences; SFW; U; TV-G; "
    "TV-PG; FRK; FR5; FR10",
    "teen": "PG-13; PG13; PG 13; PG-14; PG-15; T; Teen; Teen and Up; Teen And Up Audiences; 13+; 12A; FRT; "
    "FR13; FR15; "
    "NC-13; TV-14; 12",
    "mature": "R; R+; M; Mature; FRM; FR18; 15; TV-MA; R-ish; Restricted; FR16; FR17; 16+; 17+; hard R",
    "explicit": "NC-17; NC17; NC 17; NC-18; NC-21; X; MA; E; Explicit; FRAO; FR21; Adult; Adult++; R18; 18+; "
    "18; XXX; AO; Lemon",
    "not_rated": "NR; Not Rated; Unrated; None; N/A; ?; TBD; you tell me",
}
LETTERS_ALONE = frozenset(
    ("12", "15", "18", "U", "None", "N/A", "?", "TBD", "you tell me", "Lemon", "General", "hard R")
)
TAILS = (
    " for language",
    ", just to be safe",
    " to be safe",
    " for violence and some swearing",
    ", I think.",
    " (some swearing)",
    " for angst",
    ".",
    " - nothing worse than on TV",
    "; mild language",
)
PHRASES = (
    ("general", "strictly G or PG here"),
    ("general", "not sure yet, let's say PG for now"),
    ("mature", "Uh, call it R, for language and conversation topics"),
    ("teen", "PG-13/T"),
    ("explicit", "NC-17/Explicit"),
    ("general", "[PG]"),
    ("teen", "T for violence, some non-graphic adult situations"),
    ("general", "PG. A couple of mild swears (nothing terrible)."),
    ("teen", "Not NC-17, sorry. PG-13 at most."),
    ("mature", "PG-13, R in later parts"),
    ("mature", "between PG-13 and R"),
    ("general", "Rated PG"),
    ("teen", "pg-13"),
    ("mature", "r"),
    ("explicit", "nc-17"),
    ("teen", "PG-13 here"),
    ("explicit", "NC-17 for the sex"),
    ("teen", "PG-13 (the NC-17 version is at my site)"),
    ("mature", "R for violence. Please R&R!"),
    ("mature", "Mature audiences only"),
    ("teen", "a solid PG-13"),
    ("explicit", "R/NC-17"),
    ("teen", "Teen (violence)"),
    ("mature", "R, I suppose, for one scene"),
    ("mature", "R - language, violence"),
)


def ratings(world: World, rng: Rng) -> list[Value]:
    found = []
    for level, words in TOKENS.items():
        for word in words.split("; "):
            found.append(Value(word, word, {"rating": level}))
            if word not in LETTERS_ALONE and level != "not_rated":
                tail = rng.choice(TAILS)
                found.append(Value(f"{word} + tail", word + tail, {"rating": level}))
    found += [Value(text, text, {"rating": level}) for level, text in PHRASES]
    return found


def warnings(world: World, rng: Rng) -> list[Value]:
    lists = {
        "None": [],
        "none": [],
        "None.": [],
        "N/A": [],
        "No Archive Warnings Apply": [],
        "Character death": ["Character death"],
        "character death": ["Character death"],
        "Violence, language": ["Violence", "language"],
        "violence; mild language": ["Violence", "Mild language"],
        "Major Character Death": ["Major Character Death"],
        "Rape/Non-Con": ["Rape/Non-Con"],
        "angst, implied torture": ["Angst", "Implied torture"],
        "Choose Not To Use Archive Warnings": ["Creator Chose Not To Use Archive Warnings"],
        "Slash.": ["Slash"],
    }
    return [Value(text, text, {"warnings": words}) for text, words in lists.items()]


def genres(world: World, rng: Rng) -> list[Value]:
    lists = {
        "Angst": ["Angst"],
        "angst/romance": ["Angst", "Romance"],
        "Drama, Humor": ["Drama", "Humor"],
        "Hurt/Comfort": ["Hurt/Comfort"],
        "Action/Adventure, Hurt/Comfort": ["Action/Adventure", "Hurt/Comfort"],
        "Humour; Friendship": ["Humour", "Friendship"],
        "Gen": ["Gen"],
        "Het, Angst": ["Het", "Angst"],
        "Slash": ["Slash"],
        "Drabble": ["Drabble"],
        "AU, Romance": ["AU", "Romance"],
        "Romance.": ["Romance"],
        "ANGST": ["ANGST"],
        "Drama / Angst": ["Drama", "Angst"],
    }
    return [Value(text, text, {"genres": words}) for text, words in lists.items()]


def series(world: World, rng: Rng) -> list[Value]:
    def one(kind: str, text: str, name: str, index: int | None = None) -> Value:
        return Value(kind, text, {"series": name, **({"series_index": index} if index else {})})

    return [
        one("plain", "Lantern Years", "Lantern Years"),
        one("#3", "Lantern Years #3", "Lantern Years", 3),
        one("Part 2 of", "Part 2 of Lantern Years", "Lantern Years", 2),
        one("part behind", "Lantern Years, part 2", "Lantern Years", 2),
        one("(part)", "Lantern Years (part 2)", "Lantern Years", 2),
        one("2nd in", "second in the Lantern Years series", "Lantern Years", 2),
        one("quotes", '"Lantern Years"', "Lantern Years"),
        one("series word", "Lantern Years series", "Lantern Years"),
        one("book", "Lantern Years, Book 2", "Lantern Years", 2),
        one("#n of", "#2 of Lantern Years", "Lantern Years", 2),
        one("First in", "First in the Lantern Years series", "Lantern Years", 1),
        Value("none", "none", {"no series": True}),
        Value("N/A", "N/A", {"no series": True}),
        Value("No", "No", {"no series": True}),
    ]


def statuses(world: World, rng: Rng) -> list[Value]:
    done, going = "complete", "in-progress"
    told = {
        "Complete": done,
        "Completed": done,
        "complete": done,
        "COMPLETE": done,
        "Finished": done,
        "WIP": going,
        "In progress": going,
        "In-Progress": going,
        "work in progress": going,
        "2/?": going,
        "3/3": done,
        "Yes": done,
        "Incomplete": going,
        "unfinished": going,
        "Complete.": done,
        "Done": done,
        "ongoing": going,
        "one-shot, complete": done,
    }
    return [Value(text, text, {"status": value}) for text, value in told.items()]


def dates(world: World, rng: Rng) -> list[Value]:
    y, m, d = rng.randint(1996, 2012), rng.randint(1, 12), rng.randint(13, 28)
    month = (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    )[m - 1]
    iso = f"{y}-{m:02d}-{d:02d}"
    end = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(d, "th")
    told = {
        "ISO": (iso, iso),
        "May 2, 1999": (f"{month} {d}, {y}", iso),
        "2 May 1999": (f"{d} {month} {y}", iso),
        "May 2nd, 1999": (f"{month} {d}{end}, {y}", iso),
        "2nd May 1999": (f"{d}{end} {month} {y}", iso),
        "May 1999": (f"{month} {y}", f"{y}-{m:02d}-01"),
        "5/22/99": (f"{m}/{d}/{y % 100:02d}", iso),
        "5/22/1999": (f"{m}/{d}/{y}", iso),
        "22.5.1999": (f"{d}.{m}.{y}", iso),
        "22-May-1999": (f"{d}-{month[:3]}-{y}", iso),
        "Jan 5, 1999": (f"{month[:3]} {d}, {y}", iso),
        "1999/05/22": (f"{y}/{m:02d}/{d:02d}", iso),
        "weekday": (f"Tuesday, {month} {d}, {y}", iso),
        "the 2nd of May": (f"the {d}{end} of {month}, {y}", iso),
        "year": (str(y), f"{y}-01-01"),
        "caps": (f"{month.upper()} {d}, {y}", iso),
        "22/5/1999": (f"{d}/{m}/{y}", iso),
        "1999.05.22": (f"{y}.{m:02d}.{d:02d}", iso),
    }
    return [Value(kind, text, {"published": date}) for kind, (text, date) in told.items()]


def languages(world: World, rng: Rng) -> list[Value]:
    told = {
        "English": "en",
        "english": "en",
        "German": "de",
        "Deutsch": "de",
        "French": "fr",
        "Français": "fr",
        "Spanish": "es",
        "Italian": "it",
    }
    return [Value(text, text, {"language": code}) for text, code in told.items()]


def urls(world: World, rng: Rng) -> list[Value]:
    return [
        Value("url", url, {"url": url})
        for url in ("http://www.example.org/stories/lamp.html", "https://fic.example.net/s/12345")
    ]


def timelines(world: World, rng: Rng) -> list[Value]:
    e = rng.choice(world.episodes)
    texts = ("Season 2", f"after {e.title}", "pre-series", "future", f"Set during {e.title}", "Some time in season 3")
    return [Value(t if e.title not in t else "named", t, {"timeline": t}) for t in texts]


def sequels(world: World, rng: Rng) -> list[Value]:
    return [
        Value("plain", "The Old Bakery", {"sequel_to": "The Old Bakery"}),
        Value("quotes", '"The Old Bakery"', {"sequel_to": "The Old Bakery"}),
    ]


VALUES: dict[str, Callable[[World, Rng], list[Value]]] = {
    "title": titles,
    "author": authors,
    "rating": ratings,
    "spoilers": spoilers,
    "pairing": pairings,
    "characters": characters,
    "warnings": warnings,
    "genre": genres,
    "summary": summaries,
    "notes": notes,
    "disclaimer": disclaimers,
    "series": series,
    "status": statuses,
    "published": dates,
    "language": languages,
    "url": urls,
    "timeline": timelines,
    "sequel": sequels,
    "feedback": swallowed(
        "Yes, please!",
        "maud@example.org",
        "Yes please, I live on it. Be kind.",
        "Of course. Feed me: maud@example.org",
        "Adored",
        "Please! Good or bad, but no flames.",
    ),
    "archive": swallowed(
        "Anywhere, just ask first.",
        "Ask first",
        "My site: http://www.example.org/fic/ and the list archive; all others please ask.",
        "Sure, if you tell me where.",
        "Lanternlist archive only",
        "Yes to the archive: all others, ask.",
    ),
    "email": swallowed("maud@example.org"),
    "website": swallowed("http://www.example.org/~maud/"),
    "dedication": swallowed("For Ana, who asked.", "To all the people on the list who wrote to me.", "To Cleo"),
    "beta": swallowed("Ana and Cleo", "none", "The wonderful Ana, who knows about boats."),
    "length": swallowed("about 900 words", "12 KB", "5 pages"),
    "words": swallowed("2,260", "900", "about 1200"),
    "challenge": swallowed("Ladder challenge: a ladder, a lie and a lemon", "for the Lanternlist Secret Santa"),
    "other": swallowed("Blue Roses, by the Tin Men"),
    "fandom": lambda world, rng: [
        Value(n, n, {"fandoms": [world.show.fandom]})
        for n in dict.fromkeys((world.show.fandom, *world.show.names))
        if len(n) > 1 and set(world.packs.fandoms(n)) == {world.show.fandom}
    ],
}
