"""How much of a made collection is read right: every story against the truth that it was made from.

    python bench/truth.py DIR        DIR holds stories and their truth.jsonl, one object a line

Each line of the truth has path, title, author, rating (G to NC-17), fandom, characters, pairing, spoilers (series,
season, episode), date, complete, words and not_in_header. A field counts only where the header holds it;
*text* is right when the story has as many words (between blanks) as were put below the header. Prints a
table of fields with how many stories were right, and the first few that were not.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ficsearch.assembling import Place, lone_stories
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.story import Story
from ficsearch.text import squash

Truth = dict[str, Any]
RATINGS = {"G": "general", "PG": "general", "PG-13": "teen", "R": "mature", "NC-17": "explicit"}
SHOWN = 3


def frontier(truth: Truth, packs: Packs) -> dict[str, str]:
    """The last episode of the season, or the episode, that the truth names."""
    said = truth["spoilers"]
    if said["series"] is None:
        return {}
    show = packs.shows[said["series"]]
    if said["episode"] is None:
        return {show.code: show.season(said["season"])[-1].code}
    return {show.code: packs.titles([show])[squash(said["episode"])][-1].code}


def characters(story: Story, truth: Truth, packs: Packs) -> bool:
    """Are those of the truth declared, under their canonical names where a pack has them?"""
    names = {n: packs.character(n, story.fandoms) for n in truth["characters"]}
    return set(story.characters.declared) == {known.name if known else n for n, known in names.items()}


def pairing(story: Story, truth: Truth, packs: Packs) -> bool:
    """The pair, in any order, under canonical names."""
    if truth["pairing"] is None:
        return story.pairings == ()
    names = {n: packs.character(n, story.fandoms) for n in truth["pairing"]}
    return [set(p) for p in story.pairings] == [{known.name if known else n for n, known in names.items()}]


CHECKS: dict[str, Callable[[Story, Truth, Packs], bool]] = {
    "title": lambda s, t, p: s.title == t["title"],
    "author": lambda s, t, p: s.authors == (t["author"],),
    "rating": lambda s, t, p: s.rating.value == RATINGS[t["rating"]],
    "fandom": lambda s, t, p: [f.casefold() for f in s.fandoms] == [t["fandom"].casefold()],
    "spoilers": lambda s, t, p: dict(s.spoilers.frontier) == frontier(t, p),
    "characters": characters,
    "pairing": pairing,
    "date": lambda s, t, p: s.published == t["date"],
    "status": lambda s, t, p: s.status == ("complete" if t["complete"] else "in-progress"),
    "text": lambda s, t, p: len(s.body.split()) == t["words"],
}


def compare(folder: Path) -> Iterator[tuple[str, bool, str]]:
    """Field, whether it was right, and the path, for every story and every field that its header holds."""
    packs = Packs.load()
    for line in (folder / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        truth = json.loads(line)
        path = truth["path"]
        made = lone_stories(read(path, (folder / path).read_bytes()), Place(path, path), packs)
        for name, check in CHECKS.items():
            held = name == "text" or name not in truth["not_in_header"]
            if held:
                yield name, len(made) == 1 and check(made[0], truth, packs), path


def main(folder: Path) -> int:
    right: Counter[str] = Counter()
    held: Counter[str] = Counter()
    wrong: dict[str, list[str]] = {name: [] for name in CHECKS}
    for name, fits, path in compare(folder):
        held[name] += 1
        right[name] += fits
        if not fits:
            wrong[name].append(path)
    for name in CHECKS:
        share = f"{right[name] / max(1, held[name]):7.2%}"
        print(f"{name:<11} {right[name]:>6,} of {held[name]:>6,}  {share}  {' '.join(wrong[name][:SHOWN])}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python bench/truth.py DIR")
    sys.exit(main(Path(sys.argv[1])))
