"""What a person has put right, in a file beside a story or in one for a whole folder.

    story.txt.ficsearch.toml    beside the file: title = "...", rating = "teen", spoilers = "Through The Zeppo"
    overrides.toml              at the root that is indexed: a table for each path or pattern, ["old/*.txt"]

A mistake in them is told with its line; what the mistake stands for keeps its old value. Not so a rating and spoilers:
somebody found the file's own word wrong, and it may be milder, so that until it is put right neither is known.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ficsearch.dates import read_date
from ficsearch.languages import read_language
from ficsearch.ratings import rating_value
from ficsearch.story import STATUSES, Claim, Document
from ficsearch.values import CORRECTED

SUFFIX = ".ficsearch.toml"
OVERRIDES = "overrides.toml"

LABELS = {
    "title": "title", "authors": "author", "fandoms": "fandom", "rating": "rating", "spoilers": "spoilers",
    "characters": "characters", "pairings": "pairing", "warnings": "warnings", "genres": "genre", "summary": "summary",
    "status": "status", "published": "published", "series": "series", "part": "part", "language": "language",
    "url": "source_url",
}  # fmt: skip
"""What can be put right, and the label of a header that it takes the place of."""
_LISTS = frozenset(("authors", "fandoms", "characters", "pairings", "warnings", "genres"))
_SWITCHES = ("ignore", "stitch")
UNKNOWN_IN_DOUBT = ("rating", "spoilers")
"""What must not fall back to the word of the file when a correction of it is not understood."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in a file of corrections that is not understood. ``path`` is that file's, relative to the root;
    ``breaks`` where nothing else in that file counts either."""

    path: str
    line: int | None
    what: str
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Corrected:
    """One field, put right: its values (none for "the file is wrong to say anything"), and where that stands.
    ``story`` is the place of the story in its file, None for every story there."""

    name: str
    values: tuple[str, ...]
    place: str
    story: int | None = None


@dataclass(frozen=True, slots=True)
class ByHand:
    """A file is part *number* of *parts* of a story that a person put together; ``first`` is where the first lies."""

    first: str
    number: int
    parts: int


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that was put right about one file. ``ignored`` says where it is told to leave the file out, ``broken`` that
    a file of corrections cannot be read: what it said before is not known."""

    fields: tuple[Corrected, ...] = ()
    ignored: str | None = None
    stitch: bool | None = None
    by_hand: ByHand | None = None
    broken: bool = False

    def digest(self) -> bytes:
        """Changes whenever the file has to be read anew; nothing for no corrections."""
        read = replace(self, broken=False)
        if read == NONE:
            return b""
        return hashlib.blake2b(repr(read).encode("utf-8", "surrogateescape"), digest_size=8).digest()

    def kept_safe(self, were_there: bool) -> Corrections:
        """These; where they cannot be read and there were some before, what they said of rating and spoilers is not
        known, and the file's own word may be milder: it counts no more."""
        if not self.broken or not were_there:
            return self
        lost = tuple(Corrected(name, (), "a file of corrections that cannot be read") for name in UNKNOWN_IN_DOUBT)
        return replace(self, fields=(*lost, *(c for c in self.fields if c.name not in UNKNOWN_IN_DOUBT)))

    def over(self, others: Corrections) -> Corrections:
        """These, and of *others* what they leave open."""
        own = {(c.name, c.story) for c in self.fields}
        kept = tuple(c for c in others.fields if (c.name, c.story) not in own and (c.name, None) not in own)
        stitch = others.stitch if self.stitch is None else self.stitch
        return Corrections(
            (*kept, *self.fields),
            self.ignored or others.ignored,
            stitch,
            self.by_hand or others.by_hand,
            self.broken or others.broken,
        )

    def of_story(self, part: int) -> tuple[Corrected, ...]:
        """What is put right of the story at place *part* of the file: what is said of it alone goes before."""
        mine = [c for c in self.fields if c.story == part]
        names = {c.name for c in mine}
        return (*(c for c in self.fields if c.story is None and c.name not in names), *mine)


NONE = Corrections()


def correct(document: Document, corrected: Iterable[Corrected]) -> Document:
    """*document* with these claims in the place of its own."""
    told = list(corrected)
    labels = {LABELS[c.name] for c in told}
    claims = [c for c in document.claims if c.label not in labels]
    claims += [
        Claim(LABELS[c.name], value, f"{CORRECTED}{c.place}")
        for c in told
        for value in c.values or (("none",) if c.name in _LISTS else ())
    ]
    return replace(document, claims=tuple(claims)) if told else document


# ---- reading


@dataclass(slots=True)
class Table:
    """One table of corrections as read: of the file *path* (or a pattern), None for the file that it lies beside.
    ``parts`` are the names of files to be stitched, and ``parts_line`` says where that stands."""

    path: str | None
    line: int | None = None
    corrections: Corrections = NONE
    parts: tuple[str, ...] = ()
    parts_line: int | None = None


@dataclass(slots=True)
class _Reading:
    """One file of corrections under the eyes: its name for people, its lines, and what is wrong with it."""

    path: str
    name: str
    lines: Mapping[tuple[str, ...], int]
    mistakes: list[Mistake] = field(default_factory=list)

    def table(self, path: str | None, data: Mapping[str, Any], where: tuple[str, ...]) -> Table:
        table = Table(path, self.lines.get(where))
        fields: list[Corrected] = []
        for key, value in data.items():
            line = self.lines.get((*where, key))
            if key.isdecimal() and isinstance(value, dict):
                fields += self.fields(value, (*where, key), int(key))
            elif key == "parts":
                table.parts, table.parts_line = self.parts(value, line), line
            elif key in _SWITCHES:
                self.switch(table, key, value, line)
            else:
                fields += self.fields({key: value}, where, None)
        table.corrections = replace(table.corrections, fields=tuple(fields))
        return table

    def fields(self, data: Mapping[str, Any], where: tuple[str, ...], story: int | None) -> Iterator[Corrected]:
        for key, value in data.items():
            line = self.lines.get((*where, key))
            values = self.values(key, value, line)
            if values is None and key in UNKNOWN_IN_DOUBT:
                values = ()
            if values is not None:
                yield Corrected(key, values, self.place(line), story)

    def place(self, line: int | None) -> str:
        return f"{self.name}, line {line}" if line else self.name

    def parts(self, value: object, line: int | None) -> tuple[str, ...]:
        if isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) for v in value):
            return tuple(value)
        self.told(line, "'parts' must be a list of two or more file names in quotes")
        return ()

    def switch(self, table: Table, key: str, value: object, line: int | None) -> None:
        if not isinstance(value, bool):
            self.told(line, f"'{key}' must be true or false")
        elif key == "stitch":
            table.corrections = replace(table.corrections, stitch=value)
        elif value:
            table.corrections = replace(table.corrections, ignored=self.place(line))

    def values(self, key: str, value: object, line: int | None) -> tuple[str, ...] | None:
        """The values of a field as texts; None (and a mistake) for what is none."""
        if key not in LABELS:
            self.told(line, f"there is no field '{key}'; the fields are {', '.join([*LABELS, *_SWITCHES, 'parts'])}")
            return None
        texts = _texts(value, key in _LISTS)
        if texts is None:
            wanted = "a text or a list of texts" if key in _LISTS else "a text"
            self.told(line, f"'{key}' must be {wanted} in quotes")
            return None
        told = [t for t in texts if t.strip() and not (key == "spoilers" and t.strip().lower() == "unknown")]
        for text in told:
            if (wrong := _CHECKS.get(key, _anything)(text)) is not None:
                self.told(line, f"{key} not understood: '{text}'; {wrong}")
                return None
        return tuple(told)

    def told(self, line: int | None, what: str, breaks: bool = False) -> None:
        self.mistakes.append(Mistake(self.path, line, what, breaks))


def _texts(value: object, many: bool) -> list[str] | None:
    if isinstance(value, str):
        return [value]
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float, datetime.date)):
        return [value.isoformat()[:10] if isinstance(value, datetime.date) else f"{value:g}"]
    if many and isinstance(value, list) and all(isinstance(v, str) for v in value):
        return list(value)
    return None


def _anything(text: str) -> None:
    return None


def _wrong_rating(text: str) -> str | None:
    return None if rating_value(text) else "say general, teen, mature, explicit, or a site's word such as PG-13"


def _wrong_status(text: str) -> str | None:
    return None if text in STATUSES else f"say {' or '.join(STATUSES)}"


def _wrong_date(text: str) -> str | None:
    return None if read_date(text) else "say 1999-03-14"


def _wrong_language(text: str) -> str | None:
    return None if read_language(text) else "say en or English"


def _wrong_part(text: str) -> str | None:
    return None if re.fullmatch(r"\d{1,3}(?:\.\d)?|\d{1,3}/\d{1,3}", text) else "say 2, or 2/5"


_CHECKS: dict[str, Callable[[str], str | None]] = {
    "rating": _wrong_rating,
    "status": _wrong_status,
    "published": _wrong_date,
    "language": _wrong_language,
    "part": _wrong_part,
}


def read_sidecar(path: str, text: str) -> tuple[Table, list[Mistake]]:
    """The corrections that lie beside one file; *path* is that of the sidecar, for people."""
    data, reading = _parsed(path, text)
    return reading.table(None, data, ()), reading.mistakes


def read_overrides(path: str, text: str) -> tuple[list[Table], list[Mistake]]:
    """The corrections for a whole folder, a table for each path or pattern."""
    data, reading = _parsed(path, text)
    tables = []
    for key, value in data.items():
        if isinstance(value, dict):
            tables.append(reading.table(key, value, (key,)))
        else:
            line = reading.lines.get((key,))
            reading.told(line, f"'{key}' stands above the first table; say of which file: [\"path/of/story.txt\"]")
    return tables, reading.mistakes


_SYNTAX = re.compile(r"^(.*?)\s*\(at line (\d+), column \d+\)$")


def _parsed(path: str, text: str) -> tuple[dict[str, Any], _Reading]:
    reading = _Reading(path, path.rpartition("/")[2], _lines(text))
    try:
        return tomllib.loads(text), reading
    except tomllib.TOMLDecodeError as problem:
        said = _SYNTAX.match(str(problem))
        line = int(said[2]) if said else len(text.splitlines())
        reading.told(line, f"this is not TOML: {said[1] if said else problem}; nothing in the file counts", breaks=True)
    except RecursionError:
        reading.told(
            None, "this is not TOML: brackets in brackets without end; nothing in the file counts", breaks=True
        )
    return {}, reading


_HEADER = re.compile(r"\s*\[(?!\[)(.+)\]\s*(?:#.*)?\Z")
_NAME = re.compile(r"\"(?P<basic>(?:[^\"\\]|\\.)*)\"|'(?P<literal>[^']*)'|(?P<bare>[\w-]+)")
_KEY = re.compile(rf"\s*({_NAME.pattern})\s*=")
_LONG_TEXT = re.compile(r'"""|\'\'\'')


def _lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key and table: what the TOML parser of Python does not tell. Lines of a long text are none."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    inside = False
    for number, line in enumerate(text.splitlines(), 1):
        starts = not inside
        inside ^= len(_LONG_TEXT.findall(line)) % 2 == 1
        if not starts:
            continue
        if header := _HEADER.match(line):
            table = tuple(_name(m) for m in _NAME.finditer(header[1]))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, _name(key)), number)
    return found


def _name(match: re.Match[str]) -> str:
    if match["basic"] is not None:
        return str(tomllib.loads(f'x = "{match["basic"]}"').get("x", "")) if "\\" in match["basic"] else match["basic"]
    return match["literal"] if match["literal"] is not None else match["bare"]
