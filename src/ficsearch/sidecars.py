"""The files of corrections under the indexed roots, and what they say of each story file."""

from __future__ import annotations

import fnmatch
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ficsearch.corrections import (
    NONE,
    OVERRIDES,
    SUFFIX,
    ByHand,
    Corrections,
    Mistake,
    Table,
    read_overrides,
    read_sidecar,
)
from ficsearch.walk import FoundFile, reason_of


def is_sidecar(file: FoundFile) -> bool:
    """Does this file hold corrections, and no story?"""
    return file.path.endswith(SUFFIX) or file.path == OVERRIDES


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A table of ``overrides.toml`` for all files below *root* whose path fits."""

    root: str
    fits: re.Pattern[str]
    table: Table

    def matches(self, location: str) -> bool:
        below = location[len(self.root) + 1 :].replace(os.sep, "/")
        return location.startswith(self.root + os.sep) and bool(self.fits.match(below))


@dataclass(slots=True)
class Sidecars:
    """What the files of corrections say, by the location of the file that they speak of: beside it, by its path in
    ``overrides.toml``, by a pattern there."""

    mistakes: dict[str, list[Mistake]] = field(default_factory=dict)
    _beside: dict[str, Corrections] = field(default_factory=dict)
    _by_path: dict[str, Corrections] = field(default_factory=dict)
    _patterns: list[_Pattern] = field(default_factory=list)
    _by_hand: dict[str, ByHand] = field(default_factory=dict)
    _broken_roots: list[str] = field(default_factory=list)

    @classmethod
    def gather(cls, files: Sequence[FoundFile], above: Iterable[str] = ()) -> Sidecars:
        """All that *files* hold of corrections, and the ``overrides.toml`` of the folders *above* them."""
        found = cls()
        there = {f.location for f in files}
        for root in above:
            location = Path(root, OVERRIDES)
            if str(location) not in there and location.is_file():
                found._read_overrides(FoundFile(str(location), OVERRIDES, 0, 0), None)
        for file in filter(is_sidecar, files):
            if file.path == OVERRIDES:
                found._read_overrides(file, there)
            else:
                found._read_sidecar(file, there)
        return found

    def of(self, file: FoundFile) -> Corrections:
        """What is put right about *file*: what lies beside it goes before what stands at the root."""
        location = file.location
        own = location in self._beside or location in self._by_path or location in self._by_hand
        if not own and not self._patterns and not self._broken_roots:
            return NONE  # nearly every file of a library
        corrections = self._beside.get(location, NONE).over(self._by_path.get(location, NONE))
        for pattern in reversed(self._patterns):
            if pattern.matches(location):
                corrections = corrections.over(pattern.table.corrections)
        if by_hand := self._by_hand.get(location):
            corrections = replace(corrections, by_hand=by_hand)
        if any(location.startswith(root + os.sep) for root in self._broken_roots):
            corrections = replace(corrections, broken=True)
        return corrections

    def _read_sidecar(self, file: FoundFile, there: set[str]) -> None:
        told = self.mistakes.setdefault(file.location, [])
        table, mistakes = read_sidecar(file.path, _text(file, told))
        told += mistakes
        of = Path(file.location.removesuffix(SUFFIX))
        if str(of) not in there:
            told.append(Mistake(file.path, None, f"there is no file '{of.name}' beside it"))
        broken = any(m.breaks for m in told)
        self._beside[str(of)] = replace(table.corrections, broken=True) if broken else table.corrections
        self._put_together(table, of.parent, file)

    def _read_overrides(self, file: FoundFile, there: set[str] | None) -> None:
        """*there* are the files that were met; None where others may be, so that nobody can say what is not."""
        told = self.mistakes.setdefault(file.location, [])
        tables, mistakes = read_overrides(file.path, _text(file, told))
        told += mistakes
        root = Path(file.location).parent
        if any(m.breaks for m in told):
            self._broken_roots.append(str(root))
        for table in tables:
            met = self._keep(table, root, there)
            if not met:
                told.append(Mistake(file.path, table.line, f"there is no file '{table.path}'"))
            self._put_together(table, root, file)

    def _keep(self, table: Table, root: Path, there: set[str] | None) -> bool:
        """Keep *table* for the files it speaks of. Answers whether there is one."""
        path = table.path or ""
        location = os.path.normpath(root / path)
        exact = there is not None and location in there
        if exact or not _WILD.search(path):
            self._by_path[location] = table.corrections.over(self._by_path.get(location, NONE))
            return exact or there is None
        pattern = _Pattern(str(root), re.compile(fnmatch.translate(path)), table)
        self._patterns.append(pattern)
        return there is None or any(map(pattern.matches, there))

    def _put_together(self, table: Table, folder: Path, file: FoundFile) -> None:
        """The files of a story that a person put together, by number."""
        places = [os.path.normpath(folder / name) for name in table.parts]
        told = self.mistakes.setdefault(file.location, [])
        for number, (place, name) in enumerate(zip(places, table.parts, strict=True), 1):
            if place in self._by_hand:
                told.append(Mistake(file.path, table.parts_line, f"'{name}' is a part of two stories"))
            elif not Path(place).is_file():
                told.append(Mistake(file.path, table.parts_line, f"there is no file '{name}'"))
            else:
                self._by_hand[place] = ByHand(places[0], number, len(places))


_WILD = re.compile(r"[*?\[]")


def _text(file: FoundFile, told: list[Mistake]) -> str:
    try:
        return Path(file.location).read_text(encoding="utf-8-sig")
    except OSError as problem:
        told.append(Mistake(file.path, None, f"cannot be read: {reason_of(problem)}", breaks=True))
    except UnicodeDecodeError:
        told.append(Mistake(file.path, None, "this is not UTF-8 text; nothing in it counts", breaks=True))
    return ""


def beside(location: str, path: str) -> Corrections:
    """The corrections that lie beside one file; *path* is its name for people."""
    side, own = (FoundFile(location + end, path + end, 0, 0) for end in (SUFFIX, ""))
    if not Path(side.location).is_file():
        return NONE
    return replace(Sidecars.gather([own, side]).of(own), by_hand=None, ignored=None)
