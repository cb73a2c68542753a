"""``ficsearch packs``: what is known of fandoms, and what is wrong with a pack of one's own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from ficsearch.cli.common import index_option, opened
from ficsearch.cli.group import main
from ficsearch.errors import PackError, UsageError


@main.group("packs", invoke_without_command=True)
@index_option
@click.pass_context
def packs(context: click.Context) -> None:
    """List the fandoms that are known, with their shows.

    \b
    ficsearch packs
    ficsearch packs show BtVS
    ficsearch packs check fandoms/my-show.toml
    """
    if context.invoked_subcommand is None:
        with opened(context.obj) as library:
            for show in library.packs.shows.values():
                aired = [e.aired[:4] for e in show.episodes if e.aired]
                years = f"  {min(aired)}-{max(aired)}" if aired else ""
                click.echo(f"{show.code:<6} {show.fandom:<36} {len(show.episodes):>4} {_unit(show.kind)}{years}")


def _unit(kind: str) -> str:
    return {"books": "books", "films": "films"}.get(kind, "episodes")


@packs.command("show")
@click.argument("code")
@click.pass_obj
def show_pack(settings: dict[str, Any], code: str) -> None:
    """Print the episodes of a show, known by its code or a name of it.

    \b
    ficsearch packs show BtVS
    """
    with opened(settings) as library:
        show = library.packs.show(code)
    if show is None:
        raise UsageError(f"No pack knows a show '{code}'.", "ficsearch packs lists them.")
    for episode in show.episodes:
        click.echo(f"{episode!s:<12} {episode.aired or '':<10}  {episode.title}")


@packs.command("check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
def check_pack(files: tuple[str, ...]) -> None:
    """Say what is wrong with each pack FILE, line by line. docs/packs.md tells how one is written.

    \b
    ficsearch packs check fandoms/my-show.toml
    """
    from ficsearch.packs.checking import check
    from ficsearch.walk import reason_of

    wrong = 0
    for file in files:
        try:
            problems = check(Path(file).read_text(encoding="utf-8"))
        except OSError as problem:
            raise PackError(f"'{file}' cannot be opened: {reason_of(problem)}.") from problem
        except UnicodeDecodeError:
            problems = ("line 1: this is not UTF-8 text",)
        wrong += len(problems)
        for told in problems or ("well formed",):
            click.echo(f"{file}: {told}")
    if wrong:
        sys.exit(1)
