"""``ficsearch seen``: keeps how far one has seen, so that every search shows only what is safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ficsearch.cli.common import index_option, opened
from ficsearch.cli.group import main


@main.group("seen", invoke_without_command=True)
@index_option
@click.pass_context
def seen(context: click.Context) -> None:
    """Say how far you have seen; `ficsearch seen set` keeps it for every search in this folder.

    \b
    ficsearch seen set "BtVS S3, AtS 1x05"
    ficsearch seen
    ficsearch seen clear
    """
    if context.invoked_subcommand is None:
        position = context.obj["seen"]
        click.echo(_told(context.obj, position) if position else "Nothing is kept: every story is shown.")


@seen.command("set")
@click.argument("position", nargs=-1, required=True)
@click.pass_obj
def keep(settings: dict[str, Any], position: tuple[str, ...]) -> None:
    """Keep POSITION in ficsearch.toml: The Zeppo, BtVS S3, all of Buffy, ...

    \b
    ficsearch seen set "The Zeppo"
    """
    from ficsearch.settings import keep_setting

    text = " ".join(position)
    told = _told(settings, text)
    keep_setting(Path.cwd(), "seen", text)
    click.echo(told)


@seen.command("clear")
def clear() -> None:
    """Forget what was kept: every story is shown again.

    \b
    ficsearch seen clear
    """
    from ficsearch.settings import keep_setting

    keep_setting(Path.cwd(), "seen", None)
    click.echo("Nothing is kept: every story is shown.")


def _told(settings: dict[str, Any], text: str) -> str:
    """The position as it is understood. Raises UsageError for one that cannot be placed."""
    from ficsearch.spoilers import read_position

    with opened(settings) as library:
        return f"Seen: {read_position(text, library.packs)}"
