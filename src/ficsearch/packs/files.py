"""Packs as files: the TOML that a fan writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ficsearch.canon import Character, Episode, Pack, Show
from ficsearch.errors import PackError
from ficsearch.packs.cache import fingerprint, read_cache, write_cache
from ficsearch.version import __version__

if TYPE_CHECKING:
    import datetime

SHIPPED = Path(__file__).parents[1] / "fandoms"


def read_pack(text: str, name: str) -> Pack:
    """The pack written in *text*; *name* is said in errors.

    Raises PackError with the first line that is not of the shape of a pack. ``checking.check`` finds all of
    them, and what is merely wrong.
    """
    # not needed where the packs are in a cache: every command waits for what stands above
    from ficsearch.packs.shape import Problem, misshapen, parsed, places

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
        tuple(data.get("signs", ())),
    )


def _show(data: Mapping[str, Any], universe: str) -> Show:
    code, name = data["code"], data["name"]
    fandom = data.get("fandom", name)
    names = tuple(dict.fromkeys([name, code, *data.get("names", ())]))
    episodes = tuple(_episode(row, code, n) for n, row in enumerate(data["episodes"], 1))
    more = (tuple(data.get(key, ())) for key in ("inside", "shifted", "halved"))
    return Show(code, fandom, universe, names, episodes, data.get("kind", "series"), *more)


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


def load_packs(extra: Path | None = None, cache: Path | None = None) -> tuple[tuple[Pack, ...], str]:
    """The packs of :func:`pack_files`, of two for one universe the later, and their fingerprint. Raises PackError.

    *cache* is a file of the caller's: read if it fits the files as they are, else written.
    """
    files = pack_files(extra)
    key = _key(files)
    held = read_cache(cache, key) if cache else None
    if held is not None:
        return held
    packs = tuple({p.universe: p for p in (read_pack(_text(f), f.name) for f in files)}.values())
    _refuse_taken_codes(packs)
    if cache:
        write_cache(cache, key, packs)
    return packs, fingerprint(packs)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise PackError(f"The pack '{file.name}' cannot be read: {problem}.", "Save it as UTF-8 text.") from problem


def _key(files: Iterable[Path]) -> str:
    """Changes whenever a pack or the program does."""
    signs = [__version__]
    for file in files:
        try:
            seen = file.stat()
        except OSError as problem:
            raise PackError(f"The pack '{file.name}' cannot be read: {problem}.", "Take it away.") from problem
        signs.append(f"{file}:{seen.st_size}:{seen.st_mtime_ns}")
    return "\n".join(signs)


def _refuse_taken_codes(packs: Iterable[Pack]) -> None:
    """A code names one show of all packs: ``"BtVS 3x13"`` must be one episode."""
    owners: dict[str, str] = {}
    for pack in packs:
        for show in pack.shows:
            other = owners.setdefault(show.code, pack.universe)
            if other != pack.universe:
                message = f"The packs '{other}' and '{pack.universe}' both have a show with the code '{show.code}'."
                raise PackError(message, "Choose another code, or give your pack the universe that it shall replace.")
