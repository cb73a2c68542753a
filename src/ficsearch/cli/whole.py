"""``ficsearch facets``, ``stats`` and ``serve``: the library as a whole."""

from __future__ import annotations

from typing import Any

import click

from ficsearch.cli.common import index_option, opened, output_formats, page_of
from ficsearch.cli.group import main
from ficsearch.fields import BY_NAME


@main.command("facets")
@click.argument("names", nargs=-1, metavar="[FACET]...")
@index_option
@click.option("--seen", metavar="POSITION", help="Count only what is safe for somebody who has seen this.")
@output_formats("text", "json")
@click.pass_obj
def facets(settings: dict[str, Any], names: tuple[str, ...], seen: str | None, form: str) -> None:
    """List every value of each FACET with the number of stories that have it.

    \b
    ficsearch facets character
    ficsearch facets rating spoilers --seen "BtVS S3"
    """
    from ficsearch import contract
    from ficsearch.outputs import to_json
    from ficsearch.outputs.terminal import facet_lines

    with opened(settings) as library:
        found = library.facets(names, seen or settings["seen"])
    if form == "json":
        click.echo(to_json({"schema": contract.SCHEMA, "facets": contract.facets(found)}))
        return
    for name, values in found.items():
        click.echo("\n".join([page_of().style(BY_NAME[name].label, "bold"), *facet_lines(values, page_of())]) + "\n")


@main.command("stats")
@index_option
@output_formats("text", "json")
@click.pass_obj
def stats(settings: dict[str, Any], form: str) -> None:
    """Say what is in the index: stories, words, size, how much of it has a rating and spoilers.

    \b
    ficsearch stats --format json
    """
    from dataclasses import asdict

    from ficsearch import contract
    from ficsearch.outputs import to_json
    from ficsearch.outputs.reports import stats_text

    with opened(settings) as library:
        told = library.stats()
    click.echo(to_json({"schema": contract.SCHEMA, **asdict(told)}) if form == "json" else stats_text(told))


@main.command("doctor")
@index_option
@output_formats("text", "json")
@click.pass_obj
def doctor(settings: dict[str, Any], form: str) -> None:
    """List what could not be read, with file and line: headers, ratings, spoilers, missing parts, corrections.

    \b
    ficsearch doctor
    ficsearch doctor --json
    """
    from ficsearch import contract
    from ficsearch.outputs import to_json
    from ficsearch.outputs.reports import diagnosis_text

    with opened(settings) as library:
        found = library.examine()
    click.echo(to_json(contract.diagnosis(found)) if form == "json" else diagnosis_text(found, page_of()))


@main.command("serve")
@index_option
@click.option("--host", help="The address to listen at.  [default: 127.0.0.1]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="The port to listen at; 0 takes a free one.  [default: 8010]"
)
@click.option("--open", "open_page", is_flag=True, help="Open the page in a browser.")
@click.pass_obj
def serve(settings: dict[str, Any], host: str | None, port: int | None, open_page: bool) -> None:
    """Serve the search page on this machine.

    \b
    ficsearch serve --open
    """
    from ficsearch.web.server import serve_page

    with opened(settings) as library:
        library.stats()  # without an index this says so now, not in the browser
        at = settings["port"] if port is None else port
        serve_page(library, host or settings["host"], at, open_page, click.echo, settings["seen"] or "")
