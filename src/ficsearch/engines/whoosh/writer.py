"""One change of the index: all of it happens, or nothing does."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import TracebackType

from ficsearch.budget import give_back
from ficsearch.engines.whoosh import merge
from ficsearch.engines.whoosh.builder import BYTES_A_TOKEN, SegmentBuilder
from ficsearch.engines.whoosh.folder import IndexFolder
from ficsearch.engines.whoosh.segments import OpenSegment
from ficsearch.engines.whoosh.table import Segment
from ficsearch.engines.whoosh.tokenise import Tokeniser
from ficsearch.errors import LibraryError
from ficsearch.fields import IndexDocument

_MOST_WORDS = 150_000
"""A vocabulary larger than this is forgotten between two segments: it takes about 200 bytes a word."""


class Change:
    """A change being made. Leaving it by an error puts everything back. A *tokeniser* goes on from one to the next."""

    def __init__(
        self,
        folder: IndexFolder,
        memory_mb: int,
        opened: Mapping[str, OpenSegment],
        tokeniser: Tokeniser | None = None,
    ) -> None:
        self._folder = folder
        self._most_tokens = (memory_mb << 20) // BYTES_A_TOKEN
        self._lock = folder.lock()
        try:
            self._before = folder.contents()
        except BaseException:
            self._lock.release()
            raise
        self._segments = list(self._before.segments)
        self._open = dict(opened)
        self.tokeniser = tokeniser or Tokeniser()
        self._builder = SegmentBuilder(self.tokeniser, self._common)

    def __enter__(self) -> Change:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is not None:
                self._folder.clear(self._before)
        finally:
            self._lock.release()

    def add(self, documents: Iterable[IndexDocument]) -> None:
        """Put *documents* in, each replacing what had its id."""
        for document in documents:
            self._builder.add(document)
            if self._builder.tokens >= self._most_tokens:
                self._flush()

    def remove(self, ids: Collection[str]) -> None:
        """Forget these ids."""
        for n, segment in enumerate(self._segments):
            gone = self._opened(segment).stories_of(ids)
            if len(gone):
                self._segments[n] = segment.without(gone)

    def commit(self, generation: int, more: bool = False) -> None:
        """Make it true. With *more* changes to follow, many segments may lie beside each other until then."""
        if len(self._builder):
            self._flush()
        with self._writing():
            self._tidy(merge.MANY if more else merge.FEW)
            if (tuple(self._segments), generation) == (self._before.segments, self._before.generation):
                return  # nothing to write down: to force files to the disk takes longer than a small change
            self._before = self._folder.commit(self._before, self._segments, generation)
        self._folder.clear(self._before)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """What goes wrong here goes wrong with the index, not with the documents."""
        try:
            yield
        except OSError as error:
            raise LibraryError(
                f'The index "{self._folder.path}" cannot be written: {error.strerror or error}.',
                "Nothing was changed. Make room on the disk (or see that the folder may be written), then try again.",
            ) from error

    def _flush(self) -> None:
        self.remove(self._builder.ids)
        with self._writing():
            self._segments.append(self._builder.write(self._folder.path))
            self._tidy(merge.MANY)
        if len(self.tokeniser.vocabulary) > _MOST_WORDS:
            self.tokeniser = Tokeniser()
        self._builder = SegmentBuilder(self.tokeniser, self._common)

    def _tidy(self, few: int) -> None:
        """Drop segments that are all gone, and write together what has become too many or too thin."""
        self._keep([s for s in self._segments if s.deleted_count() < s.stories])
        while chosen := merge.choose(self._segments, few):
            give_back()
            merged = merge.merge(self._folder.path, chosen, [self._opened(s) for s in chosen])
            place = self._segments.index(chosen[0])
            self._keep([*self._segments[:place], merged, *(s for s in self._segments[place:] if s not in chosen)])

    def _keep(self, segments: list[Segment]) -> None:
        """Go on with *segments*; what this change wrote and needs no longer is deleted at once."""
        held, kept, before = ({s.file_name for s in some} for some in (self._segments, segments, self._before.segments))
        for name in held - kept - before:
            (self._folder.path / name).unlink()
        self._segments = segments
        self._open = {s.file_name: self._open[s.file_name] for s in segments if s.file_name in self._open}

    def _common(self, field: str) -> list[bytes]:
        """The commonest words of *field* as the largest segment lists them."""
        largest = max(self._segments, key=lambda s: s.tokens, default=None)
        return self._opened(largest).words(field).common() if largest else []

    def _opened(self, segment: Segment) -> OpenSegment:
        if segment.file_name not in self._open:
            self._open[segment.file_name] = OpenSegment(self._folder.path, segment)
        return self._open[segment.file_name]
