"""The command line. Thin: each command turns options into one call of the library and prints the answer.

What a command needs is imported inside it, so that ``--help`` and a wrong option answer at once.
"""

from ficsearch.cli import index, packs, query, seen, stories, whole
from ficsearch.cli.group import main

__all__ = ["index", "main", "packs", "query", "seen", "stories", "whole"]
