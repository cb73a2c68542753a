"""Settings: defaults < ``ficsearch.toml`` < ``FICSEARCH_*`` < flags. Each carries its help; docs are made from it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ficsearch.errors import UsageError

FILE = "ficsearch.toml"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the file, its default and what it is for. ``FICSEARCH_NAME`` sets it too."""

    name: str
    default: str | int | None
    help: str

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"FICSEARCH_{self.name.upper()}"


SETTINGS: tuple[Setting, ...] = (
    Setting("index", "index", "the folder that holds the index"),
    Setting("jobs", 0, "processes that read files; 0 is one for each processor"),
    Setting("memory", "512MB", "memory that an index run may use, all of its processes together"),
    Setting("seen", None, 'what you have seen: "The Zeppo", "BtVS S3, AtS 1x05"; only safe stories are shown'),
    Setting("limit", 10, "stories on a page of results"),
    Setting("host", "127.0.0.1", "the address that the page is served at"),
    Setting("port", 8010, "the port that the page is served at"),
)


def load_settings(folder: Path, environ: Mapping[str, str]) -> dict[str, str | int | None]:
    """The settings in force in *folder*: its ``ficsearch.toml``, then *environ*. Flags come on top of these.

    Raises UsageError for a file that is not TOML, an unknown setting, or a number that is none.
    """
    told = _from_file(folder / FILE)
    unknown = sorted(set(told) - {s.name for s in SETTINGS})
    if unknown:
        known = ", ".join(s.name for s in SETTINGS)
        raise UsageError(f"'{FILE}' has an unknown setting '{unknown[0]}'.", f"Settings: {known}.")
    return {s.name: _value(s, environ.get(s.variable) or told.get(s.name)) for s in SETTINGS}


def _from_file(path: Path) -> dict[str, Any]:
    if not os.path.lexists(path):
        return {}
    import tomllib  # few have the file, and this takes as long as a search

    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise UsageError(f"'{path}' cannot be read: {problem}.", "Mend it or take it away.") from problem


def _value(setting: Setting, told: Any) -> str | int | None:
    if told is None:
        return setting.default
    if not isinstance(setting.default, int):
        return str(told)
    try:
        return int(told)
    except (TypeError, ValueError):
        raise UsageError(f"The setting '{setting.name}' is not a number: '{told}'.", setting.help + ".") from None


def processors() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_setting(folder: Path, name: str, value: str | None) -> None:
    """Write one setting into the ``ficsearch.toml`` of *folder*, or take it out (None); all else there stays.

    Raises UsageError for a file that is not TOML.
    """
    path = folder / FILE
    _from_file(path)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    first_table = next((n for n, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    kept = [line for n, line in enumerate(lines) if n >= first_table or line.partition("=")[0].strip() != name]
    new = [f"{name} = {_quoted(value)}"] if value is not None else []
    path.write_text("".join(f"{line}\n" for line in [*new, *kept]), encoding="utf-8")


def _quoted(value: str) -> str:
    """*value* as a TOML string: JSON's strings are among them."""
    return json.dumps(value, ensure_ascii=False)
