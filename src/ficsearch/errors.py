"""Every error that a person may see. Each owns its exit code, its HTTP status and its advice.

    FicsearchError                 1   500
    ├── UsageError                 2   400   what was asked makes no sense
    ├── ReadingError               1   422   one file could not be read as a story; never stops a run
    │   └── MissingExtraError                it needs a library that is not installed
    ├── PackError                  1   500   a fandom pack is not well formed
    ├── StoryNotFoundError         1   404   no story has that id or path
    ├── UnsafeError                1   403   the story is not known to be safe at the reader's position
    └── LibraryError               1   503   the index as a whole
        ├── NoIndexError                     there is none
        ├── IndexVersionError                it was made by another version
        ├── IndexLockedError                 somebody else is writing to it
        └── IndexDamagedError                it cannot be opened

A message says what happened and to what, quoted; ``advice`` says what to do.
Errors of other libraries are turned into these once, where that library is called.
"""

from __future__ import annotations

from typing import ClassVar


class FicsearchError(Exception):
    """The root: anything that ends a command with a message instead of a traceback."""

    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}\n{self.advice}" if self.advice else self.message

    def __reduce__(self) -> tuple[object, ...]:
        # readers raise in worker processes; the default would lose the advice on the way back
        return (type(self), (self.message, self.advice))


class UsageError(FicsearchError):
    """What was asked makes no sense: an unknown facet, a position nobody can place."""

    exit_code = 2
    status = 400


class ReadingError(FicsearchError):
    """One file cannot be read as a story. The run goes on; the report carries the reason."""

    status = 422


class MissingExtraError(ReadingError):
    """The file needs a library that is not installed: the same bytes can be read once it is."""


class PackError(FicsearchError):
    """A fandom pack is not well formed."""


class StoryNotFoundError(FicsearchError):
    """No story has that id or path."""

    status = 404


class UnsafeError(FicsearchError):
    """A story was asked for that is not known to be safe at the reader's position."""

    status = 403


class LibraryError(FicsearchError):
    """Something is wrong with the index as a whole."""

    status = 503


class NoIndexError(LibraryError):
    """There is no index in that folder yet."""


class IndexVersionError(LibraryError):
    """The index was made by another version and would answer wrongly."""


class IndexLockedError(LibraryError):
    """Another process is writing to the index."""


class IndexDamagedError(LibraryError):
    """The files of the index cannot be opened."""
