"""Document + packs -> Story, field by field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from ficsearch.catalogue import evidence, facts
from ficsearch.catalogue.characters import read_characters
from ficsearch.catalogue.fandoms import declared_fandoms, inferred_fandoms, read_fandoms
from ficsearch.catalogue.genres import read_genres
from ficsearch.catalogue.header import Header
from ficsearch.catalogue.names import cast_of
from ficsearch.catalogue.runs import runs_of
from ficsearch.catalogue.spoiler_phrase import spoiler_phrase
from ficsearch.catalogue.strangers import MOST, mentions_of, people_in
from ficsearch.catalogue.warnings import warnings
from ficsearch.packs import Packs
from ficsearch.pairings import Relations, merged, read_pairings
from ficsearch.spoilers import read_scope
from ficsearch.story import Characters, Document, Evidence, Found, SpoilerScope, Story
from ficsearch.text import count_words
from ficsearch.values import is_whole, unique


def story_id(path: str, part: int) -> str:
    """The id of the story at this place under the indexed root: the same for as long as the file stays there."""
    return hashlib.blake2b(f"{path}\0{part}".encode()).hexdigest()[:12]


def catalogue(document: Document, path: str, packs: Packs, part: int = 1, default_fandom: str | None = None) -> Story:
    """The story that *document* tells. *path* is relative to the indexed root (``/`` between folders), *part* its
    position in the file from 1; together they make the id. *default_fandom* is taken for a story that neither
    names a fandom nor gives one away."""
    return _Cataloguing(document, packs, default_fandom).story(path, part)


_ABBREVIATION = re.compile(r"\b[A-Z]{3,5}\b")
"""``MSR if you bring your own``: what may be a pairing among the words of a category."""


class _Cataloguing:
    """One document on the desk: its header, its text, and the fandoms in which its names mean somebody."""

    def __init__(self, document: Document, packs: Packs, default_fandom: str | None) -> None:
        self._document = document
        self._packs = packs
        self._header = Header(document)
        self._body = "\n\n".join(chapter.text for chapter in document.chapters)
        self._runs = runs_of(self._body)
        self._phrase = spoiler_phrase(self._header)
        self._fandoms = self._read_fandoms(default_fandom)
        self._packed = tuple(f for f in self._fandoms if packs.shows_of((f,)))

    def story(self, path: str, part: int) -> Story:
        header = self._header
        title_line = facts.heading(header, path, part)
        published = facts.published(header)
        scope = self._scope(published)
        characters = self._characters()
        relations = self._relations()
        summary, notes = header.joined("summary", "summary"), header.joined("notes", "notes", "endnotes")
        timeline = header.joined("timeline", "timeline")
        prose = {"summary": summary, "notes": notes}
        words = count_words(self._body)
        if not words:
            header.problems.append("the story has no text")
        return Story(
            id=story_id(path, part),
            path=path,
            part=part,
            title=title_line.title,
            authors=facts.authors(header, title_line),
            fandoms=self._fandoms,
            rating=facts.rating(header),
            spoilers=scope,
            timeline=timeline,
            characters=characters,
            pairings=relations.pairings,
            friendships=relations.friendships,
            warnings=warnings(header),
            genres=self._genres(),
            summary=summary,
            notes=notes,
            awards=facts.awards(header),
            series=facts.series(header, title_line),
            status=facts.status(header, title_line),
            language=facts.language(header, self._body),
            words=words,
            chapters=self._document.chapters,
            published=published,
            source_url=facts.source_url(header),
            evidence=evidence.unique(self._evidence(prose, scope, timeline, characters, published)),
            problems=tuple(dict.fromkeys(header.problems)),
            origins=tuple(header.origins),
        )

    def _read_fandoms(self, default: str | None) -> tuple[str, ...]:
        declared = declared_fandoms(self._header, self._packs)
        if declared:
            return declared
        bare = read_scope(self._phrase, self._packs)
        inferred = inferred_fandoms(self._header, bare, self._runs, self._packs)
        if not inferred and default:
            inferred = read_fandoms(default, self._packs)
            self._header.infer("fandoms", default, "the default")
        return inferred

    def _scope(self, published: str | None) -> SpoilerScope:
        scope = read_scope(self._phrase, self._packs, self._fandoms, published)
        if self._phrase and scope.kind == "unknown":
            self._header.problems.append(f"spoilers not understood: '{self._phrase}'")
        return scope

    def _characters(self) -> Characters:
        declared: list[str] = []
        for claim in self._header.telling("characters"):
            self._header.took("characters", claim)
            declared += read_characters(claim.value, self._packs, self._fandoms, is_whole(claim))
        names = unique(declared)
        return Characters(names, tuple(sorted(self._found(names), key=lambda f: -f.mentions)[:MOST]))

    def _found(self, declared: tuple[str, ...]) -> Iterator[Found]:
        """The people in the text: by the packs, and by their use where a fandom has no pack."""
        cast = cast_of(self._packs, self._packed)
        others = [name for name in declared if name not in cast.names]
        yield from cast.found(self._body, self._runs, declared)
        if len(self._packed) < len(self._fandoms) or not self._fandoms:
            yield from people_in(self._body, self._runs, others, cast.vocabulary)
        else:
            yield from mentions_of(others, self._runs)

    def _relations(self) -> Relations:
        """The pairings by their label, by characters joined with a slash, and by a keyword such as MSR."""
        found: list[Relations] = []
        for claim in self._header.claims("pairing", "characters", "genre", "keywords", "category"):
            if claim.label == "characters" and "/" not in claim.value:
                continue
            relations = self._relations_in(claim.value, claim.label, is_whole(claim))
            if relations != Relations():
                self._header.took("pairings", claim)
                found.append(relations)
        return merged(found)

    def _relations_in(self, value: str, label: str, whole: bool) -> Relations:
        if label in ("pairing", "characters"):
            return read_pairings(value, self._packs, self._fandoms, whole)
        words = dict.fromkeys((*read_genres(value, whole), *_ABBREVIATION.findall(value)))
        named = (self._packs.pairing(word, self._packed) for word in words)
        return Relations(tuple(people for people in named if people))

    def _genres(self) -> tuple[str, ...]:
        found: list[str] = []
        for claim in self._header.telling("genre", "keywords", "category"):
            self._header.took("genres", claim)
            found += read_genres(claim.value, is_whole(claim))
        return unique(found)

    def _evidence(
        self,
        prose: dict[str, str | None],
        scope: SpoilerScope,
        timeline: str | None,
        characters: Characters,
        published: str | None,
    ) -> Iterator[Evidence]:
        if not self._packed:
            return
        if scope.kind == "unknown":
            yield from evidence.named_in_scope(scope, "spoilers", self._packs)
        if timeline:
            set_at = read_scope(timeline, self._packs, self._fandoms, published)
            yield from evidence.named_in_scope(set_at, "timeline", self._packs)
        for place, text in prose.items():
            yield from evidence.named_episodes(text or "", place, self._packs, self._packed)
        yield from evidence.arrivals(characters, self._packs, self._packed)
