"""The quickly read form of the packs: JSON in a file that the caller owns.

Parsing every shipped pack takes ten times as long as this, and every command would pay it.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from ficsearch.canon import Character, Episode, Pack, Show


def read_cache(cache: Path, key: str) -> tuple[tuple[Pack, ...], str] | None:
    """The packs kept in *cache* and their fingerprint, None if there are none or they were kept under another *key*."""
    try:
        held = json.loads(cache.read_bytes())
        return (tuple(map(_unpacked, held["packs"])), str(held["fingerprint"])) if held["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none yet, or not ours: it is made anew


def write_cache(cache: Path, key: str, packs: Sequence[Pack]) -> None:
    """Keep *packs* under *key*. Not being able to is no error: the next command is slower, that is all."""
    beside = cache.with_name(f"{cache.name}.{os.urandom(4).hex()}")
    told = {"key": key, "fingerprint": fingerprint(packs), "packs": list(map(_packed, packs))}
    with contextlib.suppress(OSError):
        try:
            beside.write_text(json.dumps(told), encoding="utf-8")
            beside.replace(cache)
        finally:
            beside.unlink(missing_ok=True)


def fingerprint(packs: Iterable[Pack]) -> str:
    """Changes whenever a fact does; comments, layout and order of the files do not count."""
    import hashlib  # no search needs it that finds the packs in a cache

    rows = sorted(json.dumps(_packed(p), sort_keys=True) for p in packs)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _packed(pack: Pack) -> list[Any]:
    shows = [
        [s.code, s.fandom, s.names, s.kind, s.inside, s.shifted, s.halved, [_packed_episode(e) for e in s.episodes]]
        for s in pack.shows
    ]
    people = [[c.name, c.aliases, c.first, c.words, c.note, c.also] for c in pack.characters]
    return [
        pack.universe,
        shows,
        people,
        dict(pack.pairings),
        dict(pack.initials),
        dict(pack.prefer),
        pack.names,
        pack.signs,
    ]


def _packed_episode(e: Episode) -> list[Any]:
    return [e.season, e.number, e.title, e.aired, e.aliases, e.whole, e.inside]


def _unpacked(row: list[Any]) -> Pack:
    universe, shows, people, pairings, initials, prefer, names, signs = row
    return Pack(
        universe,
        tuple(_unpacked_show(s, universe) for s in shows),
        tuple(Character(n, universe, tuple(a), f, tuple(w), note, tuple(also)) for n, a, f, w, note, also in people),
        {k: tuple(v) for k, v in pairings.items()},
        initials,
        prefer,
        tuple(names),
        tuple(signs),
    )


def _unpacked_show(row: list[Any], universe: str) -> Show:
    code, fandom, names, kind, inside, shifted, halved, rows = row
    episodes = tuple(
        Episode(code, season, number, title, order, aired, tuple(aliases), whole, tuple(within))
        for order, (season, number, title, aired, aliases, whole, within) in enumerate(rows, 1)
    )
    return Show(code, fandom, universe, tuple(names), episodes, kind, tuple(inside), tuple(shifted), tuple(halved))
