"""``ficsearch query``: an option for every facet of the table of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from ficsearch.cli.common import index_option, opened, output_formats, page_of
from ficsearch.cli.group import main
from ficsearch.errors import UsageError
from ficsearch.fields import BY_NAME, FACETS, SORTABLE, Field

if TYPE_CHECKING:
    from ficsearch.engines import Choice

DEFAULT_FACETS = ("rating", "spoilers", "character")
SHORT_OPTIONS = {"rating": "-r", "character": "-c", "pairing": "-p", "fandom": "-f", "author": "-a"}


def facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for every facet of the table of fields."""
    for field in reversed(FACETS):
        names = [f"--{field.name}", *([SHORT_OPTIONS[field.name]] if field.name in SHORT_OPTIONS else [])]
        command = click.option(*names, f"facet_{field.name}", multiple=True, metavar="VALUE", help=_facet_help(field))(
            command
        )
    return command


def _facet_help(field: Field) -> str:
    text = field.help[0].upper() + field.help[1:]
    return text if text.endswith(".") else f"{text}."


class QueryCommand(click.Command):
    """A command whose words may begin with a minus: ``ficsearch query "-xander willow"``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if "--" in args:
            return super().parse_args(ctx, args)
        words = [n for n in self._free(args) if self._is_word(args[n])]
        options = [arg for n, arg in enumerate(args) if n not in words]
        return super().parse_args(ctx, [*options, "--", *(args[n] for n in words)] if words else args)

    def _free(self, args: list[str]) -> Iterator[int]:
        """The places of *args* that are not the value of the option before them."""
        takes_value = {name for o in self._options() if not o.is_flag for name in o.opts}
        before = ""
        for place, arg in enumerate(args):
            if before not in takes_value:
                yield place
            before = arg

    def _is_word(self, arg: str) -> bool:
        """``-xander`` or ``-Buffy Willow``, but neither ``--sort`` nor ``-r`` nor ``-rteen``."""
        known = {name[1] for o in self._options() for name in o.opts if not name.startswith("--")} | {"h"}
        return len(arg) > 2 and arg[0] == "-" and arg[1] != "-" and (arg[1] not in known or " " in arg)

    def _options(self) -> list[click.Option]:
        return [p for p in self.params if isinstance(p, click.Option)]


@main.command("query", cls=QueryCommand)
@click.argument("text", nargs=-1)
@index_option
@facet_options
@click.option("--max-rating", metavar="RATING", help="Nothing stronger; stories without a rating are left out too.")
@click.option(
    "--seen",
    metavar="POSITION",
    help='What you have seen: "The Zeppo", "BtVS S3, AtS 1x05". Only safe stories are shown.',
)
@click.option("--reveal", multiple=True, type=click.Choice(["unsafe", "unknown"]), help="Show what --seen hides.")
@click.option("--words", metavar="RANGE", help="Length: 1000..5000, >2000, <500.")
@click.option("--date", "published", metavar="RANGE", help="Published: 2001, 1999..2003-05.")
@click.option("--not", "refused", multiple=True, metavar="FIELD:VALUE", help="Leave out, as in --not character:Riley.")
@click.option(
    "--any",
    "either",
    multiple=True,
    type=click.Choice([f.name for f in FACETS if f.many]),
    metavar="FACET",
    help="Any of the values chosen in this facet will do, not all.",
)
@click.option(
    "--facet",
    "facets",
    multiple=True,
    type=click.Choice([f.name for f in FACETS]),
    metavar="FACET",
    help=f"Facets to count.  [default: {', '.join(DEFAULT_FACETS)}]",
)
@click.option("--sort", metavar="FIELD", help=f"best, {', '.join(f.name for f in SORTABLE)}; -words is longest first.")
@click.option("--limit", type=click.IntRange(0, 1000), help="Stories on a page.  [default: 10]")
@click.option("--page", type=click.IntRange(1), default=1, help="Which page.")
@click.option("--passages", type=click.IntRange(0, 20), default=1, help="Passages of each story.")
@output_formats("text", "json", "jsonl", "csv")
@click.pass_obj
def query(settings: dict[str, Any], /, text: tuple[str, ...], form: str, **options: Any) -> None:
    """Find stories. TEXT is words, "a phrase", -word, OR, field:value; docs/query-language.md has it all.

    \b
    ficsearch query "Willow Xander" --max-rating PG-13
    ficsearch query '"rolling ladder" author:penhallow words>1000' --seen "The Zeppo"
    """
    from ficsearch.outputs import OUTPUTS

    asked = {name: options[name] for name in ("max_rating", "words", "published", "sort", "page", "passages", "reveal")}
    with opened(settings) as library:
        results = library.search(
            " ".join(text),
            chosen=_choices(options),
            facets=options["facets"] or DEFAULT_FACETS,
            seen=options["seen"] or settings["seen"],
            limit=settings["limit"] if options["limit"] is None else options["limit"],
            **asked,
        )
    click.echo(OUTPUTS[form](results, page_of()))


def _choices(options: dict[str, Any]) -> tuple[Choice, ...]:
    """What was chosen and refused in each facet."""
    from ficsearch.engines import Choice

    refused = [_refusal(text) for text in options["refused"]]
    choices = (
        Choice(
            f.name,
            options[f"facet_{f.name}"],
            tuple(v for n, v in refused if n == f.name),
            f.many and f.name not in options["either"],
        )
        for f in FACETS
    )
    return tuple(c for c in choices if c.include or c.exclude)


def _refusal(text: str) -> tuple[str, str]:
    name, colon, value = text.partition(":")
    field = BY_NAME.get(name.strip().lower())
    if not colon or not value.strip() or field is None or not field.facet:
        names = ", ".join(f.name for f in FACETS)
        raise UsageError(f"--not '{text}' is not FIELD:VALUE.", f"Fields: {names}. Example: --not character:Riley")
    return field.name, value.strip().strip('"')
