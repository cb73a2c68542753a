"""What a reader has asked and chosen, as it stands in the URL, in the words of the command line.

/?q=willow&rating=teen&rating=mature&character=Oz&not=genre:Angst&any=character&seen=The+Zeppo&sort=-words&page=2
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from ficsearch.engines import Choice
from ficsearch.fields import BY_NAME, FACETS
from ficsearch.web.positions import told_position

PAGE_FACETS = tuple(f.name for f in FACETS if f.name != "friendship")
LIMIT = 20


@dataclass(frozen=True, slots=True)
class State:
    """One search as a URL tells it. ``chosen`` and ``refused`` are (facet, value) pairs."""

    text: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    either: tuple[str, ...] = ()
    seen: str = ""
    max_rating: str = ""
    words: str = ""
    published: str = ""
    sort: str = ""
    reveal: tuple[str, ...] = ()
    page: int = 1

    @classmethod
    def from_args(cls, args: MultiDict[str, str]) -> State:
        """The state that the parameters of a URL tell; what makes no sense is left out."""
        texts = {name: args.get(name, "").strip() for name in ("seen", "max_rating", "words", "sort")}
        texts["seen"] = told_position(args) or texts["seen"]
        page = args.get("page", "1")
        return cls(
            args.get("q", "").strip(),
            tuple((f.name, v) for f in FACETS for v in args.getlist(f.name) if v.strip()),
            tuple(pair for text in args.getlist("not") if (pair := _pair(text))),
            tuple(dict.fromkeys(n for n in args.getlist("any") if n in PAGE_FACETS)),
            published=args.get("date", "").strip(),
            reveal=tuple(n for n in ("unsafe", "unknown") if n in args.getlist("reveal")),
            page=int(page) if page.isdecimal() and 0 < int(page) < 1_000_000 else 1,
            **texts,
        )

    def parameters(self) -> list[tuple[str, str]]:
        """The parameters of the URL, in one order, empty ones left out."""
        single = (
            ("q", self.text), ("seen", self.seen), ("max_rating", self.max_rating), ("words", self.words),
            ("date", self.published), ("sort", self.sort),
        )  # fmt: skip
        return [
            *((name, value) for name, value in single if value),
            *self.chosen,
            *(("not", f"{name}:{value}") for name, value in self.refused),
            *(("any", name) for name in self.either),
            *(("reveal", kind) for kind in self.reveal),
            *([("page", str(self.page))] if self.page > 1 else []),
        ]

    def url(self, path: str = "/", anchor: str = "") -> str:
        """The URL of this state."""
        query = urlencode(self.parameters())
        return f"{path}{'?' if query else ''}{query}{anchor}"

    def but(self, **changes: Any) -> State:
        """This state with *changes*, back on the first page."""
        return replace(self, **{"page": 1, **changes})

    def toggled(self, name: str, value: str) -> State:
        """With the value chosen, or not any more."""
        pair = (name, value)
        kept = tuple(p for p in self.chosen if p != pair)
        chosen = kept if pair in self.chosen else (*kept, pair)
        return self.but(chosen=chosen, refused=tuple(p for p in self.refused if p != pair))

    def refusing(self, name: str, value: str) -> State:
        """With the value excluded, or not any more."""
        pair = (name, value)
        kept = tuple(p for p in self.refused if p != pair)
        refused = kept if pair in self.refused else (*kept, pair)
        return self.but(refused=refused, chosen=tuple(p for p in self.chosen if p != pair))

    def without_choices(self) -> State:
        """Only the words and the position: every filter taken off."""
        return State(self.text, seen=self.seen, sort=self.sort)

    def choices(self) -> tuple[Choice, ...]:
        """What the library is told of the choices."""
        return tuple(c for f in FACETS if (c := self._choice(f.name)).include or c.exclude)

    def _choice(self, name: str) -> Choice:
        every = BY_NAME[name].many and name not in self.either
        return Choice(name, _values(self.chosen, name), _values(self.refused, name), every)

    def options(self) -> dict[str, Any]:
        """The options of ``Library.search`` for this state."""
        return {
            "chosen": self.choices(),
            "seen": self.seen or None,
            "max_rating": self.max_rating or None,
            "words": self.words or None,
            "published": self.published or None,
            "sort": self.sort or None,
            "reveal": self.reveal,
            "page": self.page,
            "limit": LIMIT,
        }


def _values(pairs: tuple[tuple[str, str], ...], name: str) -> tuple[str, ...]:
    return tuple(v for n, v in pairs if n == name)


def _pair(text: str) -> tuple[str, str] | None:
    """``character:Riley`` as a pair; None when it names no facet."""
    name, _, value = text.partition(":")
    field = BY_NAME.get(name.strip().lower())
    return (field.name, value.strip()) if field and field.facet and value.strip() else None
