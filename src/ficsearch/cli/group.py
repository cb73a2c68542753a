"""The group that all commands belong to: settings are loaded, and errors are sentences."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from ficsearch.errors import FicsearchError
from ficsearch.settings import load_settings
from ficsearch.version import __version__

DEBUG = "FICSEARCH_DEBUG"


class Group(click.Group):
    """A group whose errors are sentences: no traceback reaches a person."""

    def invoke(self, context: click.Context) -> Any:
        try:
            return super().invoke(context)
        except FicsearchError as error:
            _fail(error, context)
        except BrokenPipeError:  # `ficsearch query ... | head` has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(0)
        except OSError as error:
            _fail(FicsearchError(f"The system says: {error.strerror or error} ('{error.filename}')."), context)
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
    context.obj = load_settings(Path.cwd(), os.environ)
    if folder:
        context.obj["index"] = folder
