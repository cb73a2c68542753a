"""The command line. Thin: each command turns options into one call of the library and prints the answer.

A command's module is imported when it is called, and what it needs inside it, so that ``--help`` and a wrong option
answer at once.
"""

from ficsearch.cli.group import main

__all__ = ["main"]
