"""Full-text search for fan fiction, with facets for rating, episode spoilers and characters.

    from ficsearch import Library

The public names are those of ``__all__``; docs/api.md describes them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ficsearch.version import __version__

if TYPE_CHECKING:
    from ficsearch.engines import Choice
    from ficsearch.library import Library
    from ficsearch.results import Results
    from ficsearch.story import Story

__all__ = ["Choice", "Library", "Results", "Story", "__version__"]

_HOMES = {
    "Choice": "ficsearch.engines",
    "Library": "ficsearch.library",
    "Results": "ficsearch.results",
    "Story": "ficsearch.story",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used: the command line starts without the library."""
    if name not in _HOMES:
        raise AttributeError(f"module 'ficsearch' has no attribute '{name}'")
    return getattr(import_module(_HOMES[name]), name)
