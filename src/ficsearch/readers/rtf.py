"""RTF -> documents: the words of a story out of a stream of commands, in one pass."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ficsearch.readers.manuscript import properties_of, read_manuscript
from ficsearch.readers.rtf_text import Text
from ficsearch.readers.rtf_words import PROPERTIES
from ficsearch.story import Claim, Document


def read_rtf(name: str, data: bytes) -> tuple[Document, ...]:
    """The stories in a file of Rich Text Format. Raises ReadingError when no program can have written it."""
    text = Text()
    text.read(data)
    problems = ("the file is cut off: its last groups are not closed",) if text.is_cut_off else ()
    documents = read_manuscript(text.manuscript, _properties(text.info), "rtf")
    return tuple(replace(d, problems=(*problems, *d.problems)) for d in documents)


def _properties(info: dict[str, str]) -> Iterator[Claim]:
    yield from properties_of((label, info.get(name)) for name, label in PROPERTIES.items())
