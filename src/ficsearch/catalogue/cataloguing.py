"""Document + packs -> Story, field by field."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from ficsearch.catalogue import evidence, facts
from ficsearch.catalogue.characters import read_characters
from ficsearch.catalogue.fandom_signs import fandom_by_signs
from ficsearch.catalogue.fandoms import declared_fandoms, fandoms_of_scope, inferred_fandoms, read_fandoms
from ficsearch.catalogue.genres import is_genre, read_genres
from ficsearch.catalogue.header import Header
from ficsearch.catalogue.names import cast_of
from ficsearch.catalogue.runs import Runs
from ficsearch.catalogue.spoiler_phrase import noted_phrase, spoiler_phrase, told_to_happen
from ficsearch.catalogue.stitch import phrases_of_parts, rating_of_parts, warnings_of_parts
from ficsearch.catalogue.strangers import MOST, people_in
from ficsearch.catalogue.warnings import noted_warnings
from ficsearch.packs import Packs
from ficsearch.pairings import LONGEST, Relations, merged, read_pairings
from ficsearch.spoilers import read_scope
from ficsearch.spoilers.widest import widest
from ficsearch.stages import stage
from ficsearch.story import Characters, Document, Evidence, Found, SpoilerScope, Story
from ficsearch.text import fold_name
from ficsearch.values import is_whole, unique


def story_id(path: str, part: int) -> str:
    """The id of the story at this place under the indexed root: the same for as long as the file stays there."""
    return hashlib.blake2b(f"{path}\0{part}".encode()).hexdigest()[:12]


def catalogue(document: Document, path: str, packs: Packs, part: int = 1, default_fandom: str | None = None) -> Story:
    """The story that *document* tells. *path* is relative to the indexed root (``/`` between folders), *part* its
    position in the file from 1; together they make the id. *default_fandom* is taken for a story that neither
    names a fandom nor gives one away."""
    with stage("cataloguing"):
        return _Cataloguing(document, packs, default_fandom).story(path, part)


_ABBREVIATION = re.compile(r"\b[A-Z]{3,5}\b")
"""``MSR if you bring your own``: what may be a pairing among the words of a category."""


_QUOTED = re.compile(r"[\"“][^\"“”]{2,60}[\"”]")
_CODED = re.compile(r"\A[A-Z][A-Za-z]{1,3}\d?,? (?:post-|pre-|after |season |S)?\d.*")
"""``VM, post-3x20``"""


class _Cataloguing:
    """One document on the desk: its header, its text, and the fandoms in which its names mean somebody."""

    def __init__(self, document: Document, packs: Packs, default_fandom: str | None) -> None:
        self._packs = packs
        self._header = Header(document)
        self._body = "\n\n".join(chapter.text for chapter in document.chapters)
        self._runs = Runs(self._body)
        self._phrases = self._read_phrases()
        self._phrase = next((phrase for phrase, _ in self._phrases if phrase), self._phrases[0][0])
        self._fandoms = self._read_fandoms(default_fandom)
        self._packed = tuple(f for f in self._fandoms if packs.shows_of((f,)))

    def story(self, path: str, part: int) -> Story:
        told = facts.plain_story(self._header, self._body, path, part)
        relations = self._relations()
        if self._header.document.parts:
            told = replace(told, rating=rating_of_parts(self._header), warnings=warnings_of_parts(self._header))
        until = None if told.status == "in-progress" else self._latest_day()
        scope, people = self._widened(self._scope(until), told, until), self._characters(relations)
        return replace(
            told,
            id=story_id(path, part),
            fandoms=self._fandoms,
            spoilers=scope,
            characters=people,
            pairings=relations.pairings,
            friendships=relations.friendships,
            genres=self._genres(),
            noted_warnings=noted_warnings(self._header, told.warnings),
            evidence=evidence.unique(self._evidence(told, scope, people)),
            problems=tuple(dict.fromkeys(self._header.problems)),
            origins=tuple(self._header.origins),
        )

    def _read_fandoms(self, default: str | None) -> tuple[str, ...]:
        declared = declared_fandoms(self._header, self._packs)
        if declared:
            return declared
        bare = read_scope(self._phrase, self._packs)
        inferred = inferred_fandoms(self._header, bare, self._runs, self._packs) or self._fandoms_of_titles()
        if not inferred and (told := fandom_by_signs(self._header, self._phrase, self._runs, self._packs)):
            inferred = (told,)
        if not inferred and default:
            inferred = read_fandoms(default, self._packs)
            self._header.infer("fandoms", default, "the default")
        return inferred

    def _fandoms_of_titles(self) -> tuple[str, ...]:
        """Those of the titles that stand in quotes where the header says when the story is set, or of what kind it is:
        ``Post-"Not Fade Away", vignette``."""
        for claim in self._header.claims("timeline", "genre", "category", "keywords"):
            titles = "; ".join(_QUOTED.findall(claim.value[:LONGEST])) or "".join(_CODED.findall(claim.value[:LONGEST]))
            if titles and (found := fandoms_of_scope(read_scope(titles, self._packs), self._packs)):
                self._header.infer("fandoms", claim.value, f"inferred from the {claim.label}")
                return found
        return ()

    def _read_phrases(self) -> list[tuple[str | None, str]]:
        """What is said of spoilers, with the words of its label: once, or by each part of a stitched story."""
        if self._header.document.parts:
            return phrases_of_parts(self._header)
        phrase = spoiler_phrase(self._header)
        return [(phrase, " ".join(claim.written for claim in self._header.claims("spoilers")))]

    def _scope(self, published: str | None) -> SpoilerScope:
        """The scope; of a stitched story the widest of its parts, where one that says nothing goes by the first."""
        first, *later = self._phrases
        told = [first, *(phrase for phrase in later if phrase[0] is not None)]
        return widest([self._scope_of(phrase, label, published) for phrase, label in told], self._packs)

    def _latest_day(self) -> str | None:
        """Until when the story was written: what had aired later it cannot know."""
        headers = [self._header, *map(Header, self._header.document.parts)]
        return max(filter(None, map(facts.latest_day, headers)), default=None)

    def _widened(self, scope: SpoilerScope, told: Story, until: str | None) -> SpoilerScope:
        """The scope with what the header says besides: of spoilers in a note, and where it says "none" by the time
        in which the story is set. What is not understood there leaves the scope as it is."""
        if scope.kind == "unknown" or not self._packed or self._header.corrected("spoilers"):
            return scope
        besides = [noted_phrase(self._header), told.timeline if scope.kind == "none" else None]
        read = (read_scope(phrase, self._packs, self._fandoms, until) for phrase in besides)
        known = [episode for said in read for episode in (_frontier(said) or said.episodes)]
        met = (read_scope(what, self._packs, self._fandoms, until) for what in told_to_happen(self._header))
        known += [episode for said in met for episode in said.episodes]
        return replace(widest([scope, *map(_naming, known)], self._packs), original=scope.original)

    def _scope_of(self, phrase: str | None, label: str, published: str | None) -> SpoilerScope:
        scope = read_scope(phrase, self._packs, self._fandoms, published, label)
        if phrase and scope.kind == "unknown":
            self._header.problems.append(f"spoilers not understood: '{phrase}'")
        return scope

    def _characters(self, relations: Relations) -> Characters:
        declared: list[str] = []
        for claim in self._header.telling("characters"):
            self._header.took("characters", claim)
            declared += read_characters(claim.value, self._packs, self._fandoms, is_whole(claim))
        names = unique(declared)
        paired = tuple(name for names in (*relations.pairings, *relations.friendships) for name in names)
        return Characters(names, tuple(sorted(self._found(names, paired), key=lambda f: -f.mentions)[:MOST]))

    def _found(self, declared: tuple[str, ...], paired: tuple[str, ...]) -> Iterator[Found]:
        """The people in the text: by the packs, then everybody else by the use of their names."""
        cast = cast_of(self._packs, self._packed)
        others = [name for name in declared if name not in cast.names]
        yield from cast.found(self._runs, (*declared, *paired))
        yield from people_in(self._runs, others, cast.vocabulary)

    def _relations(self) -> Relations:
        """The pairings by their label, by characters joined with a slash, and by a keyword such as MSR."""
        found: list[Relations] = []
        everywhere = ("pairing", "characters", "genre", "keywords", "category")
        for claim in self._header.claims(*(("pairing",) if self._header.corrected("pairing") else everywhere)):
            if claim.label == "characters" and "/" not in claim.value and not self._pairing_named(claim.value):
                continue
            relations = self._relations_in(claim.value, claim.label, is_whole(claim))
            if relations != Relations():
                self._header.took("pairings", claim)
                found.append(relations)
        return merged(found)

    def _pairing_named(self, value: str) -> bool:
        """``Characters/Pairing: Spuffy``"""
        return self._packs.pairing(value.strip(" ."), self._fandoms) is not None

    def _relations_in(self, value: str, label: str, whole: bool) -> Relations:
        if label in ("pairing", "characters"):
            return read_pairings(value, self._packs, self._fandoms, whole)
        value = value[:LONGEST]
        words = dict.fromkeys((*read_genres(value, whole), *_ABBREVIATION.findall(value)))
        named = (self._packs.pairing(word, self._packed) or self._known_pair(word) for word in words)
        return Relations(tuple(people for people in named if people))

    def _known_pair(self, word: str) -> tuple[str, ...] | None:
        """``Mulder/Scully UST`` among keywords: people with names, all of them known."""
        word = word.partition("(")[0]
        pairs = read_pairings(word, self._packs, self._packed).pairings if "/" in word and self._packed else ()
        known = [p for p in pairs if all(self._packs.characters_named(name) for name in p)]
        return known[0] if known else None

    def _genres(self) -> tuple[str, ...]:
        found: list[str] = []
        everywhere = ("genre", "keywords", "category")
        for claim in self._header.telling(*(("genre",) if self._header.corrected("genre") else everywhere)):
            self._header.took("genres", claim)
            words = read_genres(claim.value, is_whole(claim))
            found += words if is_whole(claim) else filter(self._is_kind, words)
        return unique(found)

    def _is_kind(self, word: str) -> bool:
        """A category or keyword that is people of the fandom is no genre: ``Mulder/Scully UST``, ``Tenth Doctor``."""
        if is_genre(word) or not self._packed:
            return True
        person = self._packs.character(word, self._packed)
        named = person is not None and fold_name(word) in map(fold_name, (person.name, *person.aliases))
        return not (named or self._known_pair(word))

    def _evidence(self, told: Story, scope: SpoilerScope, people: Characters) -> Iterator[Evidence]:
        if not self._packed:
            return
        if scope.kind == "unknown":
            yield from evidence.named_in_scope(scope, "spoilers", self._packs)
        if told.timeline:
            set_at = read_scope(told.timeline, self._packs, self._fandoms)
            yield from evidence.named_in_scope(set_at, "timeline", self._packs)
        for place, prose in (("summary", told.summary), ("notes", told.notes)):
            yield from evidence.named_episodes(prose or "", place, self._packs, self._packed)
        yield from evidence.arrivals(people, self._packs, self._packed)


def _frontier(scope: SpoilerScope) -> list[str]:
    return [f"{show} {code}" for show, code in scope.frontier.items()]


def _naming(episode: str) -> SpoilerScope:
    show, _, code = episode.rpartition(" ")
    return SpoilerScope("list", None, (episode,), {show: code})
