"""``ficsearch index``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from ficsearch.cli.common import index_option, opened, output_formats, page_of
from ficsearch.cli.group import main
from ficsearch.settings import processors


@main.command("index")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@index_option
@click.option("--fandom", metavar="CODE", help="The fandom of files that name none: BtVS, XF, ...")
@click.option("--jobs", type=click.IntRange(1), help="Processes that read files.  [default: one a processor]")
@click.option("--memory", metavar="SIZE", help="Memory for all processes together: 512MB, 2GB.  [default: 512MB]")
@click.option("--rebuild", is_flag=True, help="Start over: forget what was indexed before.")
@click.option("--profile", is_flag=True, help="Say in the end where the time went, stage by stage.")
@click.option("--dry-run", is_flag=True, help="Say what would happen; change nothing.")
@output_formats("text", "json")
@click.pass_obj
def index(
    settings: dict[str, Any],
    paths: tuple[str, ...],
    fandom: str | None,
    jobs: int | None,
    memory: str | None,
    rebuild: bool,
    profile: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Index the stories under each PATH; a second run reads only what has changed.

    \b
    ficsearch index stories/
    ficsearch index saved-pages/ --fandom BtVS
    """
    from ficsearch import contract
    from ficsearch.budget import read_size
    from ficsearch.outputs import to_json
    from ficsearch.outputs.reports import profile_text, report_text

    with opened(settings) as library, _progress(form) as progress:
        report = library.index(
            paths, jobs=jobs or settings["jobs"] or processors(), fandom=fandom, rebuild=rebuild,
            dry_run=dry_run, memory=read_size(memory or settings["memory"]), progress=progress,
        )  # fmt: skip
    if form == "json":
        click.echo(to_json(contract.report(report) | (contract.profile(report) if profile else {})))
        return
    click.echo(report_text(report, page_of()))
    if profile:
        click.echo(profile_text(report, page_of()))


@contextmanager
def _progress(form: str) -> Iterator[Callable[[int, int, str], None]]:
    """A bar on a terminal; a line every thousand elsewhere; nothing with JSON."""
    if form == "json" or not sys.stderr.isatty():
        yield (
            lambda done, total, path: (
                None if form == "json" or done % 1000 else click.echo(f"{done:,} of {total:,}: {path}", err=True)
            )
        )
        return
    with click.progressbar(
        length=1, label="Reading", file=sys.stderr, item_show_func=lambda path: path and path[-40:]
    ) as bar:

        def show(done: int, total: int, path: str) -> None:
            bar.length = total
            bar.update(done - bar.pos, path)

        yield show
