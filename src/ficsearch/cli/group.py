"""The group that all commands belong to: settings are loaded, and errors are sentences."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from ficsearch.errors import FicsearchError
from ficsearch.version import __version__

DEBUG = "FICSEARCH_DEBUG"

# numpy, when it is loaded, starts threads for the matrices that we have not: a seventh of what that costs
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


COMMANDS = {
    "doctor": (
        "whole",
        "List what could not be read, with file and line: headers, ratings, spoilers, missing parts, corrections.",
    ),
    "facets": ("whole", "List every value of each FACET with the number of stories that have it."),
    "index": ("index", "Index the stories under each PATH; a second run reads only what has changed."),
    "inspect": ("stories", "Read each FILE without an index and print what would be indexed; with JSON one object..."),
    "packs": ("packs", "List the fandoms that are known, with their shows."),
    "query": ("query", "Find stories."),
    "seen": ("seen", "Say how far you have seen; `ficsearch seen set` keeps it for every search in this folder."),
    "serve": ("whole", "Serve the search page on this machine."),
    "show": ("stories", "Print all that is known of STORY (an id, its beginning, or a path), and where each value..."),
    "spoilers": ("stories", "Say what each spoiler PHRASE of a header means; - reads phrases from standard..."),
    "stats": ("whole", "Say what is in the index: stories, words, size, how much of it has a rating and spoilers."),
}
"""Every command: its module in this folder, and what the list of commands says of it, from the first sentence of
its help. Said here too, because to import all that every command needs takes longer than to print the list."""


class Group(click.Group):
    """A group whose commands are loaded when they are called, and whose errors are sentences: no traceback reaches a
    person."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS:
            import_module(f"ficsearch.cli.{COMMANDS[cmd_name][0]}")
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        room = formatter.width - 6 - max(map(len, COMMANDS))
        rows = [(n, click.Command(n, help=says).get_short_help_str(room)) for n, (_, says) in sorted(COMMANDS.items())]
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except FicsearchError as error:
            _fail(error, context)
        except BrokenPipeError:  # `ficsearch query ... | head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            about = f" ('{error.filename}')" if error.filename else ""
            _fail(FicsearchError(f"The system says: {error.strerror or error}{about}."), context)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if os.environ.get(DEBUG):
                raise
            _fail(_defect(error), context)


def _defect(error: Exception) -> FicsearchError:
    """A mistake of ours, said to a person without a traceback."""
    return FicsearchError(
        f"This is a defect of ficsearch: {type(error).__name__}: {error}",
        f"{DEBUG}=1 in the environment shows where; please report it with what you typed.",
    )


def _fail(error: FicsearchError, context: click.Context) -> NoReturn:
    click.echo(f"ficsearch: {error.message}", err=True)
    if error.advice:
        click.echo(f"  {error.advice}", err=True)
    context.exit(error.exit_code)


# OpenBLAS, which numpy loads, starts a thread for every processor: a fifth of the time to import it, for work that is
# never asked of it here.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ficsearch")
@click.option("--index", "folder", metavar="DIR", help="The index to use (or FICSEARCH_INDEX).  [default: ./index]")
@click.pass_context
def main(context: click.Context, folder: str | None) -> None:
    """Search fan fiction: the full text of every story, by rating, spoilers and characters.

    \b
    ficsearch index stories/
    ficsearch query "Willow Xander" --seen "The Zeppo"
    ficsearch serve --open
    """
    from ficsearch.settings import load_settings

    context.obj = load_settings(Path.cwd(), os.environ)
    if folder:
        context.obj["index"] = folder
