"""``ficsearch show``, ``inspect`` and ``spoilers``: one story, one file, one phrase."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from ficsearch.cli.common import index_option, opened, output_formats, page_of
from ficsearch.cli.group import main
from ficsearch.errors import FicsearchError, UnsafeError

if TYPE_CHECKING:
    from ficsearch.story import Story


@main.command("show")
@click.argument("story")
@index_option
@click.option("--text", is_flag=True, help="Print the story itself.")
@click.option("--seen", metavar="POSITION", help="Print it only if it is safe for somebody who has seen this.")
@click.option("--reveal", is_flag=True, help="Print it even if it is not safe.")
@output_formats("text", "json")
@click.pass_obj
def show(settings: dict[str, Any], story: str, text: bool, seen: str | None, reveal: bool, form: str) -> None:
    """Print all that is known of STORY (an id, its beginning, or a path), and where each value came from.

    \b
    ficsearch show 5f3a9c12ab01
    ficsearch show stories/ladder.txt --text
    """
    from ficsearch import contract
    from ficsearch.outputs import to_json
    from ficsearch.outputs.reports import full_text, story_text

    with opened(settings) as library:
        found = library.story(story)
        verdict = library.judge(found, seen or settings["seen"])
        if verdict and verdict.value != "safe" and not reveal:
            raise UnsafeError(
                f"This story is {verdict.value} for you and is not shown. {verdict.why}", "--reveal shows it."
            )
        location = library.location(found)
        found = found if reveal else library.unspoiled(found, seen or settings["seen"])
    if form == "json":
        told = {"schema": contract.SCHEMA, **contract.story(found, body=text), "origins": contract.origins(found)}
        click.echo(to_json(told))
    else:
        click.echo(full_text(found) if text else story_text(found, location, page_of()))


@main.command("inspect")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@index_option
@click.option("--fandom", metavar="CODE", help="The fandom of files that name none.")
@click.option("--body", is_flag=True, help="With JSON: the text of the story too.")
@output_formats("text", "json")
@click.pass_obj
def inspect(settings: dict[str, Any], files: tuple[str, ...], fandom: str | None, body: bool, form: str) -> None:
    """Read each FILE without an index and print what would be indexed; with JSON one object a story.

    \b
    ficsearch inspect stories/ladder.txt
    ficsearch inspect *.epub --format json
    """
    from ficsearch.inspecting import inspect_file

    failed = False
    with opened(settings) as library:
        for file in files:
            try:
                for story in inspect_file(file, library.packs, fandom):
                    click.echo(_inspected(story, body, form))
            except FicsearchError as error:
                failed = True
                click.echo(f"ficsearch: {file}: {error.message}", err=True)
    if failed:
        sys.exit(1)


def _inspected(story: Story, body: bool, form: str) -> str:
    from ficsearch import contract
    from ficsearch.outputs import to_json
    from ficsearch.outputs.reports import story_text

    if form == "text":
        return story_text(story, None, page_of()) + "\n"
    told = {"schema": contract.SCHEMA, **contract.story(story, body), "origins": contract.origins(story)}
    return to_json(told, indent=None)


@main.command("spoilers")
@click.argument("phrases", nargs=-1, required=True, metavar="PHRASE...")
@index_option
@click.option("--fandom", metavar="CODE", help="The story's fandom: BtVS, XF, ...")
@click.option("--seen", metavar="POSITION", help="Say whether such a story is safe for somebody who has seen this.")
@output_formats("text", "json")
@click.pass_obj
def spoilers(
    settings: dict[str, Any], phrases: tuple[str, ...], fandom: str | None, seen: str | None, form: str
) -> None:
    """Say what each spoiler PHRASE of a header means; - reads phrases from standard input, one a line.

    \b
    ficsearch spoilers "Through The Zeppo" --seen "BtVS S3"
    ficsearch spoilers "S4 and Pangs" --fandom BtVS --format json
    """
    from ficsearch import contract
    from ficsearch.inspecting import explain
    from ficsearch.outputs import to_json
    from ficsearch.outputs.reports import scope_lines

    with opened(settings) as library:
        for phrase in _lines(phrases):
            scope, verdict = explain(phrase, library.packs, fandom, seen)
            told = contract.phrase(phrase, fandom, scope, verdict)
            click.echo(to_json(told, indent=None) if form == "json" else scope_lines(phrase, scope, verdict))


def _lines(phrases: tuple[str, ...]) -> Iterator[str]:
    for phrase in phrases:
        yield from (line.rstrip("\n") for line in sys.stdin) if phrase == "-" else [phrase]
