"""The whole names of one field, of several segments, written as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ficsearch.engines.whoosh.arrays import Array, ArrayWriter, Ints, Mask, narrow, pieces, sizes
from ficsearch.engines.whoosh.lexicon import write_strings
from ficsearch.engines.whoosh.postings import AT_ONCE, Postings, PostingsWriter
from ficsearch.engines.whoosh.segments import Names
from ficsearch.engines.whoosh.united import Part, United, let_go, span_of


@dataclass(frozen=True, slots=True)
class _Named:
    """The names of one part that live on (indices, ascending), and the new index of each."""

    part: Part
    names: Names
    old: Array
    new: Array


def merge_names(writer: ArrayWriter, name: str, field: str, parts: Sequence[Part]) -> None:
    """Write the names of *field* that some story of *parts* holds under *name*, one part after the other: a library of
    many stories has more of them than words in its titles."""
    columns = [part.opened.names(field) for part in parts]
    living = [_living(part, names) for part, names in zip(parts, columns, strict=True)]
    union = United.write(writer, name, [names.lexicon for names in columns], living, parts)
    if not union.size:
        return
    sources = list(map(_Named, parts, columns, living, union.places))
    write_strings(writer, f"{name}.label", _labels(sources, union.size))
    _write_held(writer, name, sources)
    let_go(parts)
    postings = PostingsWriter(writer, name, union.size)
    for first, last in pieces(_often(sources, union.size), AT_ONCE):
        postings.add(_joined([_block(source, first, last) for source in sources]))
        let_go(parts)
    postings.close()


def _living(part: Part, names: Names) -> Array:
    used = np.zeros(len(names.lexicon), bool)
    used[names.of[_held(part, names)]] = True
    return np.flatnonzero(used).astype(np.int32)


def _held(part: Part, names: Names) -> Mask:
    """Which of the names of all stories, one story after the other, are those of stories that live on."""
    return np.repeat(part.live, sizes(names.of_story))


def _labels(sources: Sequence[_Named], names: int) -> list[bytes]:
    """How the oldest segment that holds a name shows it."""
    labels = [b""] * names
    for source in reversed(sources):
        for old, new in zip(source.old.tolist(), source.new.tolist(), strict=True):
            labels[new] = source.names.labels[old]
    return labels


def _write_held(writer: ArrayWriter, name: str, sources: Sequence[_Named]) -> None:
    """Write which names each story has, in their order: it is that of the part they come from."""
    held, counts = [], []
    for part, names, old, new in ((s.part, s.names, s.old, s.new) for s in sources):
        renamed = np.zeros(len(names.lexicon), np.int32)
        renamed[old] = new
        counts.append(sizes(names.of_story)[part.live])
        held.append(renamed[names.of[_held(part, names)]])
    writer.put(f"{name}.of", narrow(np.concatenate(held)))
    writer.put(f"{name}.of_story", narrow(np.append(0, np.cumsum(np.concatenate(counts)))))


def _often(sources: Sequence[_Named], names: int) -> Ints:
    """How many stories of all parts hold each name, those that are gone too."""
    often = np.zeros(names, np.int64)
    for source in sources:
        often[source.new] += sizes(source.names.posts)[source.old]
    return often


def _block(source: _Named, first: int, last: int) -> tuple[Ints, Ints]:
    """The new names from *first* to before *last* and the stories of one part that hold them, by name, then story."""
    low, renamed = span_of(source.old, source.new, first, last)
    posts = source.names.posts[low : low + len(renamed) + 1]
    stories = source.names.stories_of(low, low + len(renamed))
    live = source.part.live[stories]
    return np.repeat(renamed, sizes(posts))[live], source.part.numbers[stories[live]]


def _joined(blocks: Sequence[tuple[Ints, Ints]]) -> Postings:
    """What several parts hold, by name; the stories of a later part have higher numbers."""
    names = np.concatenate([names for names, _ in blocks])
    order = np.argsort(names, kind="stable")
    stories = np.concatenate([stories for _, stories in blocks])[order]
    return Postings(names[order], stories, np.ones_like(order), order[:0])
