"""Packs as files: TOML that a fan writes, and a compiled form that loads in a blink.

Parsing every shipped pack costs half a second, which every command would pay. So the facts are also kept as JSON
in a file that the caller owns, good for as long as no pack has changed on disk.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ficsearch.canon import Character, Episode, Pack, Show
from ficsearch.errors import PackError
from ficsearch.packs.shape import Problem, misshapen, parsed, places
from ficsearch.version import __version__

SHIPPED = Path(__file__).parents[1] / "fandoms"


def read_pack(text: str, name: str) -> Pack:
    """The pack written in *text*; *name* is said in errors.

    Raises PackError with the first line that is not of the shape of a pack. ``checking.check`` finds all of
    them, and what is merely wrong.
    """
    data = parsed(text)
    problem = data if isinstance(data, Problem) else next(iter(misshapen(data, places(text))), None)
    if isinstance(data, Problem) or problem is not None:
        advice = f"'ficsearch packs check {name}' tells all that is wrong; docs/packs.md how a pack is written."
        raise PackError(f"The pack '{name}' cannot be read: {problem}.", advice)
    return build_pack(data)


def build_pack(data: Mapping[str, Any]) -> Pack:
    """The pack of TOML that has the right shape."""
    universe = data["universe"]
    return Pack(
        universe,
        tuple(_show(s, universe) for s in data.get("show", ())),
        tuple(_character(c, universe) for c in data.get("characters", ())),
        {k: tuple(v) for k, v in data.get("pairings", {}).items()},
        dict(data.get("initials", {})),
        dict(data.get("prefer", {})),
        tuple(data.get("names", ())),
    )


def _show(data: Mapping[str, Any], universe: str) -> Show:
    code, name = data["code"], data["name"]
    fandom = data.get("fandom", name)
    names = tuple(dict.fromkeys([name, code, *data.get("names", ())]))
    episodes = tuple(_episode(row, code, n) for n, row in enumerate(data["episodes"], 1))
    return Show(code, fandom, universe, names, episodes, data.get("kind", "series"), tuple(data.get("inside", ())))


def _episode(row: Mapping[str, Any], show: str, order: int) -> Episode:
    season, _, number = row["at"].partition("x")
    aired: datetime.date | None = row.get("aired")
    return Episode(
        show,
        int(season),
        int(number),
        row["title"],
        order,
        aired.isoformat() if aired else None,
        tuple(row.get("aliases", ())),
        row.get("whole"),
        tuple(row.get("inside", ())),
    )


def _character(row: Mapping[str, Any], universe: str) -> Character:
    return Character(
        row["name"],
        universe,
        tuple(row.get("aliases", ())),
        row.get("first"),
        tuple(row.get("words", ())),
        row.get("note", ""),
        tuple(row.get("also", ())),
    )


def pack_files(extra: Path | None) -> tuple[Path, ...]:
    """The files of the packs shipped, then those of the folder *extra*, each by name."""
    own = sorted(extra.glob("*.toml")) if extra and extra.is_dir() else []
    return (*sorted(SHIPPED.glob("*.toml")), *own)


def load_packs(extra: Path | None = None, cache: Path | None = None) -> tuple[Pack, ...]:
    """The packs of :func:`pack_files`; of two for one universe the later stands. Raises PackError.

    *cache* is a file of the caller's: read if it fits the files as they are, else written. Not being able to write
    it is no error: the next command is slower, that is all.
    """
    files = pack_files(extra)
    key = _key(files)
    held = _read_cache(cache, key) if cache else None
    if held is not None:
        return held
    packs = tuple({p.universe: p for p in (read_pack(_text(f), f.name) for f in files)}.values())
    if cache:
        _write_cache(cache, key, packs)
    return packs


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackError(f"The pack '{file.name}' cannot be read: {problem}.", "Save it as UTF-8 text.") from problem


def _key(files: Iterable[Path]) -> str:
    """Changes whenever a pack or the program does."""
    signs = [__version__]
    for file in files:
        seen = file.stat()
        signs.append(f"{file}:{seen.st_size}:{seen.st_mtime_ns}")
    return hashlib.sha256("\n".join(signs).encode("utf-8", "surrogateescape")).hexdigest()


def _read_cache(cache: Path, key: str) -> tuple[Pack, ...] | None:
    try:
        held = json.loads(cache.read_bytes())
        return tuple(_unpacked(row) for row in held["packs"]) if held["key"] == key else None
    except (OSError, ValueError, KeyError, TypeError):
        return None  # none yet, or not ours: it is made anew


def _write_cache(cache: Path, key: str, packs: Iterable[Pack]) -> None:
    beside = cache.with_name(f"{cache.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        beside.write_text(json.dumps({"key": key, "packs": [_packed(p) for p in packs]}), encoding="utf-8")
        beside.replace(cache)


def fingerprint(packs: Iterable[Pack]) -> str:
    """Changes whenever a fact does; comments, layout and order of the files do not count."""
    rows = sorted(json.dumps(_packed(p), sort_keys=True) for p in packs)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def _packed(pack: Pack) -> list[Any]:
    shows = [
        [s.code, s.fandom, s.names, s.kind, s.inside, [_packed_episode(e) for e in s.episodes]] for s in pack.shows
    ]
    people = [[c.name, c.aliases, c.first, c.words, c.note, c.also] for c in pack.characters]
    return [pack.universe, shows, people, dict(pack.pairings), dict(pack.initials), dict(pack.prefer), pack.names]


def _packed_episode(e: Episode) -> list[Any]:
    return [e.season, e.number, e.title, e.aired, e.aliases, e.whole, e.inside]


def _unpacked(row: list[Any]) -> Pack:
    universe, shows, people, pairings, initials, prefer, names = row
    return Pack(
        universe,
        tuple(_unpacked_show(s, universe) for s in shows),
        tuple(Character(n, universe, tuple(a), f, tuple(w), note, tuple(also)) for n, a, f, w, note, also in people),
        {k: tuple(v) for k, v in pairings.items()},
        initials,
        prefer,
        tuple(names),
    )


def _unpacked_show(row: list[Any], universe: str) -> Show:
    code, fandom, names, kind, inside, rows = row
    episodes = tuple(
        Episode(code, season, number, title, order, aired, tuple(aliases), whole, tuple(within))
        for order, (season, number, title, aired, aliases, whole, within) in enumerate(rows, 1)
    )
    return Show(code, fandom, universe, tuple(names), episodes, kind, tuple(inside))
