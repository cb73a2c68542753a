"""What an index run did: counted while it runs, said at its end."""

from __future__ import annotations

from dataclasses import dataclass, field

from ficsearch.corrections import Mistake
from ficsearch.stages import Tally


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that is not in the index, and why. ``path`` is relative to the indexed root."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Loose:
    """A story of which a part is not there, or which was kept apart from what may be its other parts. ``path`` is that
    of its first file."""

    path: str
    title: str
    what: str


@dataclass(slots=True)
class Report:
    """Files met, and what became of them: ``files`` is the sum of added, changed, unchanged and skipped.

    ``stories`` and ``holding`` (how many have a title, rating and spoilers of their own, and characters) speak of
    the whole library after the run, of a dry run of what it read; ``bytes`` is the size of the files read, ``tally``
    where the time went. ``renewed`` stories were catalogued anew from the store, because ficsearch or its packs had
    changed. ``stitched`` stories are made of several files, and ``loose`` are those of which parts are
    missing or in doubt; ``mistakes`` are those in files of corrections.
    """

    files: int = 0
    stories: int = 0
    stitched: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    renewed: int = 0
    skipped: list[Skipped] = field(default_factory=list)
    loose: list[Loose] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    holding: dict[str, int] = field(
        default_factory=lambda: dict.fromkeys(("title", "rating", "spoilers", "characters"), 0)
    )
    seconds: float = 0.0
    bytes: int = 0
    dry: bool = False
    tally: Tally = field(default_factory=Tally, compare=False, repr=False)

    @property
    def speed(self) -> float:
        """Megabytes of files read per second."""
        return self.bytes / 1e6 / self.seconds if self.seconds else 0.0
