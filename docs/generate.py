"""Writes into docs/*.md what the program knows better: the help of each command, the settings, the fields.

    python docs/generate.py           bring the docs up to date
    python docs/generate.py --check   only say whether they are; exit 1 when not

A block in a page begins with ``<!-- made: NAME -->`` and ends with ``<!-- end -->``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import click

from ficsearch.cli import main as cli
from ficsearch.fields import FIELDS
from ficsearch.settings import SETTINGS

DOCS = Path(__file__).parent
PAGES = [*sorted(DOCS.glob("*.md")), DOCS.parent / "README.md"]
_BLOCK = re.compile(r"<!-- made: (\w+) -->\n.*?<!-- end -->", re.DOTALL)


def commands() -> str:
    """The real ``--help`` of every command."""
    names = ["", *cli.list_commands(click.Context(cli))]
    return "\n".join(f"## ficsearch {n}\n\n```\n{_help(n)}\n```\n" for n in names).replace(
        "ficsearch \n", "ficsearch\n"
    )


def _help(name: str) -> str:
    parent = click.Context(cli, info_name="ficsearch") if name else None
    command = (cli.get_command(parent, name) if parent else None) or cli
    context = click.Context(
        command, info_name=name or "ficsearch", parent=parent, terminal_width=100, max_content_width=100
    )
    return command.get_help(context)


def settings() -> str:
    """The table of settings."""
    rows = ((f"`{s.name}`", f"`{s.variable}`", "" if s.default is None else f"`{s.default}`", s.help) for s in SETTINGS)
    return _table(("setting", "variable", "default", "what it is"), rows)


def fields() -> str:
    """The table of fields a query can name."""
    rows = (
        (
            f"`{f.name}:`",
            ", ".join(f"`{a}:`" for a in f.aliases),
            f.kind.value,
            _uses(f.facet, f.sortable, f.anywhere),
            f.help,
        )
        for f in FIELDS
        if f.shown
    )
    return _table(("field", "also", "kind", "for", "what it is"), rows)


def _uses(facet: bool, sortable: bool, anywhere: bool) -> str:
    return ", ".join(word for word, so in (("facet", facet), ("sort", sortable), ("searched anyway", anywhere)) if so)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines) + "\n"


MAKERS: dict[str, Callable[[], str]] = {"commands": commands, "settings": settings, "fields": fields}


def up_to_date(text: str) -> str:
    """*text* with each of its blocks made anew."""
    return _BLOCK.sub(lambda m: f"<!-- made: {m[1]} -->\n{MAKERS[m[1]]()}<!-- end -->", text)


def main(check: bool) -> int:
    """Write, or check, every page. Answers the exit code."""
    stale = [p for p in PAGES if up_to_date(p.read_text(encoding="utf-8")) != p.read_text(encoding="utf-8")]
    for page in stale:
        print(f"{page.name} is not up to date; run: make docs" if check else f"{page.name} is made anew")
        if not check:
            page.write_text(up_to_date(page.read_text(encoding="utf-8")), encoding="utf-8")
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main("--check" in sys.argv[1:]))
