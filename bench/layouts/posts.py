"""Posts to newsgroups and lists: subjects of every form, in every envelope, with and without a header below."""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.layouts.cases import Case
from bench.layouts.prose import prose, wrapped
from bench.layouts.world import Rng, Truth
from ficsearch.packs import Packs

_TREK = {
    "VOY": ("Star Trek: Voyager", "J/C", ("Kathryn Janeway", "Chakotay")),
    "TNG": ("Star Trek: The Next Generation", "P/C", ("Jean-Luc Picard", "Beverly Crusher")),
    "TOS": ("Star Trek: The Original Series", "K/S", ("James T. Kirk", "Spock")),
}
_LEVELS = {"G": "general", "PG": "general", "PG-13": "teen", "R": "mature", "NC-17": "explicit"}
_TITLES = ("The Lamp Room", "Salt and Iron", "Nine Ways to Leave", "What the Tide Left")
_CODED = (
    *('NEW {c} "{t}" 1/1 [{r}] ({p})', "NEW {c} {t} 1/1 [{r}] ({p})", "NEW: {c}: {t} 1/1 [{r}] ({p})"),
    *("NEW {c}, {t}, 1/1 [{r}] ({p})", "NEW {c} {t} (1/1) [{r}] ({p})", "NEW {c} {t} 1/1 ({p}) [{r}]"),
    *("NEW {c} {t} 1/1 [{r}, {p}]", "NEW {c} {t} 1/1 ({r}, {p})", 'REP {c} "{t}" 1/1 [{r}] ({p})'),
    *('Re: NEW {c} "{t}" 1/1 [{r}] ({p})', '[ASC] NEW {c} "{t}" 1/1 [{r}] ({p})', 'N2U {c} "{t}" 1/1 [{r}] ({p})'),
)
"""As alt.startrek.creative asked for it, and nearly so."""
_RATED = ("FIC: {t} (1/1) [{r}]", "FIC: {t} ({r})", "FIC: {t} [{r}]", "FIC: {t} (B/A, {r})")
_SIGNED = ("NEW: {t} by Maud Ferris (1/1)", 'NEW: "{t}" by Maud Ferris, 1/1', "xfc: NEW: {t} (1/1) by Maud Ferris")
_GOING = ("FIC: {t} (1/?)", "FIC: {t} 1/?")
_BARE = (
    *("FIC: {t}", "FIC: {t} (1/1)", "[lanternlist] FIC: {t} (1/1)", "FIC: [lanternlist] {t} (1/1)", "Fanfic: {t}"),
    *("Repost: {t}", "REPOST: FIC: {t} (1/1)", "FIC: {t} - Part 1/1", "NEW: {t} (1/1) - MSR", "New Fic: {t}"),
    *("fic: {t} (1/1)", "{t} 1/1", "Fwd: FIC: {t} (1/1)", "FIC: {t} (Part 1 of 1)", "FIC: {t} (complete)"),
)
_ENVELOPES = {
    "usenet": "From: maud@example.org (Maud Ferris)\nNewsgroups: alt.startrek.creative\nSubject: {s}\n"
    "Date: 13 Feb 1999 21:14:05 GMT\nLines: 120\nMessage-ID: <36C6.1@example.org>\n\n",
    "usenet, path first": "Path: news.example.net!not-for-mail\nFrom: Maud Ferris <maud@example.org>\n"
    "Newsgroups: alt.startrek.creative,alt.tv.x\nSubject: {s}\nDate: Sat, 13 Feb 1999 21:14:05 GMT\n"
    "MIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\n",
    "mail": 'From: "Maud Ferris" <maud@example.org>\nTo: lanternlist@example.org\nSubject: {s}\n'
    "Date: Sat, 13 Feb 1999 21:14:05 -0500\n\n",
    "mailbox": "From maud@example.org Sat Feb 13 21:14:05 1999\nReturn-Path: <maud@example.org>\n"
    "From: Maud Ferris <maud@example.org>\nSubject: {s}\nDate: Sat, 13 Feb 1999 21:14:05 -0500\nX-Mailer: Pine\n\n",
    "copied from a page": "From: Maud Ferris\nDate: Sat Feb 13, 1999 9:14 pm\nSubject: {s}\n\n",
    "subject first": "Subject: {s}\nFrom: Maud Ferris <maud@example.org>\nDate: 1999-02-13\n\n",
}
_LABELS = "Title: {t}\nAuthor: Maud Ferris\nDisclaimer: Not mine, no money made.\nSummary: A lamp and a lie.\n\n---\n\n"
_BELOW = {
    "nothing": "",
    "labels": _LABELS,
    "a greeting and labels": f"Hi all, here it is at last.\n\n{_LABELS}",
    "title and author": "{t}\nby Maud Ferris\n\n",
    "a disclaimer": "Disclaimer: Not mine, no money made.\n\n***\n\n",
}
_SIGNATURE = "\n\n-- \nMaud Ferris\nhttp://www.example.org/~maud\n"


def _subjects(rng: Rng) -> Iterator[tuple[str, str, Truth]]:
    """Form, subject, and what it tells."""
    code, rating, title = rng.choice(list(_TREK)), rng.choice(list(_LEVELS)), rng.choice(_TITLES)
    fandom, pair, people = _TREK[code]
    named = {"t": title, "r": rating, "c": code, "p": pair}
    rated = {"rating": _LEVELS[rating]}
    told: dict[tuple[str, ...], Truth] = {
        _CODED: {"fandoms": [fandom], "pairings": [list(people)], **rated},
        _RATED: rated,
        _SIGNED: {},
        _GOING: {"status": "in-progress"},
        _BARE: {},
    }
    for forms, truth in told.items():
        for form in forms:
            yield form, form.format(**named), {"title": title, **truth}


def by_post(packs: Packs, seed: int, each: int) -> Iterator[Case]:
    """A post of every form in every envelope, with every kind of header below it."""
    for n in range(each):
        for envelope, top in _ENVELOPES.items():
            for below, head in _BELOW.items():
                rng = random.Random(f"{seed} post {n} {envelope} {below}")
                for form, subject, truth in _subjects(rng):
                    body = "\n\n".join(wrapped(paragraph, 70) for paragraph in prose(rng).split("\n\n"))
                    text = top.format(s=subject) + head.format(t=truth["title"]) + body
                    cells = (f"subject {form}", f"envelope {envelope}", f"below {below}")
                    told = {"authors": ["Maud Ferris"], "published": "1999-02-13", **truth}
                    yield Case(cells, text + rng.choice(("\n", _SIGNATURE)), body, told)
