"""The block of labels at the head of a story: where it begins and ends, and what it claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ficsearch.readers.headerlines import labelled
from ficsearch.story import Claim


@dataclass(frozen=True, slots=True)
class Header:
    """What a header claims, in the order of the file; ``lines[start:end]`` is the block itself."""

    claims: tuple[Claim, ...]
    start: int
    end: int


def find_header(lines: Sequence[str], first_line: int = 1) -> Header | None:
    """The header at the top of *lines*, or None. *first_line* is the number of ``lines[0]`` in its file.

    A header is a block: at least two known labels close together before the prose. ``Rating:`` in a dialogue is
    story.
    """
    claims = read_fields(lines, first_line)
    return Header(claims, 0, len(lines)) if len(claims) > 1 else None


def read_fields(lines: Sequence[str], first_line: int = 1) -> tuple[Claim, ...]:
    """The claims of *lines* that are known to be a header (a title page): every label counts, wherever it stands."""
    return tuple(
        Claim(field.key, field.value, f"line {first_line + n}")
        for n, line in enumerate(lines)
        for field in labelled(line)
    )
