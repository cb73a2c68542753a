"""Full-text search for fan fiction, with facets for rating, episode spoilers and characters."""

from ficsearch.version import __version__

__all__ = ["__version__"]
