"""What several commands share: the options --index and --format, opening the library, the page to print on."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from ficsearch.library import Library
    from ficsearch.outputs import Page


def index_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--index DIR``, taken after the name of the command as well as before."""
    return click.option(
        "--index", "index", metavar="DIR", expose_value=False, callback=_use_index, help="The index to use."
    )(command)


def _use_index(context: click.Context, option: click.Parameter, value: str | None) -> None:
    if value:
        context.obj["index"] = value


@contextmanager
def opened(settings: dict[str, Any]) -> Iterator[Library]:
    """The library of this run."""
    from ficsearch.library import Library

    with Library.open(settings["index"]) as library:
        yield library


def page_of() -> Page:
    """What is printed on: colours and two columns only on a terminal."""
    from ficsearch.outputs import Page

    if not sys.stdout.isatty():
        return Page()
    width = min(shutil.get_terminal_size((100, 24)).columns, 160)
    return Page(width, "NO_COLOR" not in os.environ, beside=width >= 110)


def output_formats(*names: str) -> Callable[..., Any]:
    """``--format``: text for people, the rest for programs; ``--json`` is short for one of them."""
    form = click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help="How the answer is written.",
    )
    short = click.option("--json", "as_json", is_flag=True, help="The same as --format json.")

    def decorate(command: Callable[..., Any]) -> Any:
        @wraps(command)
        def formed(*arguments: Any, as_json: bool, form: str, **options: Any) -> Any:
            return command(*arguments, form="json" if as_json else form, **options)

        return form(short(formed))

    return decorate
