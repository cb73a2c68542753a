"""Where in a text the titles of chapters and the notes around them stand: readers join lines to paragraphs before they
meet either, so their lines are looked up once the stories are known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from ficsearch.story import Chapter, Claim, Document

_MISSES_AT_MOST = 20
"""Titles that stand nowhere (an author may have none in her text): after so many nobody looks any more, for each look
goes through the whole text."""
_IN_VAIN_AT_MOST = 200
"""So many times over may a text be looked through without finding anything: it may have 25,000 titles."""
_COST = 2_000
"""Characters that are looked through in the time of one comparison."""
_FEW = 4
"""First words of a note, or of the text below a title, by which it is known."""


def with_lines(documents: Sequence[Document], text: str) -> tuple[Document, ...]:
    """*documents*, read from *text*, with the lines of their chapter titles and of the notes at their chapters."""
    titles, notes = _Lines(text), _Lines(text)
    return tuple(_with_lines(document, titles, notes) for document in documents)


def _with_lines(document: Document, titles: _Lines, notes: _Lines) -> Document:
    if not any(c.title for c in document.chapters) and not any(map(_is_beside, document.claims)):
        return document  # nearly every text by itself
    return replace(
        document,
        chapters=tuple(_titled(document.chapters, titles)),
        claims=tuple(_placed(document.claims, notes)),
    )


class _Lines:
    """Finds one thing after the other in a text, and says on which line each stands."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = self._line_at = self._misses = self._in_vain = 0
        self._line = 1

    def of(self, words: list[str]) -> int | None:
        """The line of the next place where these *words* begin a line; None where there is none."""
        if not words or self._misses > _MISSES_AT_MOST or self._in_vain > _IN_VAIN_AT_MOST * len(self._text):
            return None
        found = next((at for at in self._places(words[0]) if self._says(words, at)), None)
        if found is None:
            self._misses += 1
            return None
        self._line += self._text.count("\n", self._line_at, found)
        self._line_at, self._at = found, found + len(words[0])
        return self._line

    def _places(self, word: str) -> Iterator[int]:
        """Where *word* stands with no word before it on its line; at the very beginning of the line first."""
        text = self._text
        for sign in (f"\n{word}", word):
            at = text.find(sign, max(self._at - 1, 0))
            self._in_vain += len(text) - self._at if at < 0 else 0
            while at >= 0:
                begin = at + len(sign) - len(word)
                if begin >= self._at and not _WORD.search(text, text.rfind("\n", 0, begin) + 1, begin):
                    yield begin
                at = text.find(sign, at + len(sign))

    def _says(self, words: list[str], at: int) -> bool:
        length = sum(map(len, words)) + 2 * len(words) + _ROOM
        found = islice(_WORD.finditer(self._text, at, at + length), len(words))
        says = [match[0] for match in found] == words
        self._in_vain += 0 if says else _COST
        return says


def _titled(chapters: Iterable[Chapter], lines: _Lines) -> Iterator[Chapter]:
    for chapter in chapters:
        line = _line_of_title(chapter, lines) if chapter.title and not chapter.origin else None
        yield replace(chapter, origin=f"line {line}") if line else chapter


def _line_of_title(chapter: Chapter, lines: _Lines) -> int | None:
    """Where the title stands with the text below it; a table of contents has it too."""
    title = _words(chapter.title or "")
    return lines.of(title and [*title, *_words(chapter.text[:_ROOM])[:_FEW]]) or lines.of(title)


def _placed(claims: Iterable[Claim], lines: _Lines) -> Iterator[Claim]:
    for claim in claims:
        words = [*_words(claim.written), *_words(claim.value[:_ROOM])[:_FEW]] if _is_beside(claim) else []
        line = lines.of(words)
        yield replace(claim, origin=f"line {line}") if line else claim


def _is_beside(claim: Claim) -> bool:
    """Is this a note, with a label, at either end of a chapter?"""
    return bool(claim.written) and claim.origin.startswith(("before ", "after "))


_WORD = re.compile(r"[^\W_]+")
_ROOM = 80
"""Characters that may stand between a title and its text: blank lines, a rule."""


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
