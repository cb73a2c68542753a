"""Spoiler phrases, and whether a story is safe for a reader who has seen so much and no more.

    phrase --read_scope--> SpoilerScope --judge + Position--> safe | unsafe | unknown

*Unknown* is never shown as safe. Moving a position back never turns unsafe or unknown into safe.

    words, marks    what the grammar knows            phrase, numbers, scan    text -> marks
    places          which show each mark belongs to   grammar                  marks -> statements
    lore, resolve   which episodes are meant          scope, position, verdict the answers
    widest          the scope of a story in parts
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ficsearch.spoilers.position import read_position
    from ficsearch.spoilers.scope import read_scope
    from ficsearch.spoilers.verdict import Position, Verdict, beyond, judge, judge_story

__all__ = ["Position", "Verdict", "beyond", "judge", "judge_story", "read_position", "read_scope"]

_HOMES = {
    "Position": "verdict",
    "Verdict": "verdict",
    "beyond": "verdict",
    "judge": "verdict",
    "judge_story": "verdict",
    "read_position": "position",
    "read_scope": "scope",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first used: a verdict is reached without the grammar of phrases."""
    if name not in _HOMES:
        raise AttributeError(f"module '{__name__}' has no attribute '{name}'")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
