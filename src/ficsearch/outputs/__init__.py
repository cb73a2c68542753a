"""OUTPUTS: how results are written: for a terminal, or as JSON, JSON lines or CSV for other programs.

Adding an output is one function and one row here.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable

from ficsearch import contract
from ficsearch.outputs.page import PLAIN, Page
from ficsearch.outputs.terminal import results_text
from ficsearch.results import Hit, Results

__all__ = ["OUTPUTS", "PLAIN", "Page", "to_json"]


def to_json(data: contract.Json, indent: int | None = 2) -> str:
    """*data* as JSON that people can read too: letters as they are, keys in the order of the contract."""
    return json.dumps(data, ensure_ascii=False, indent=indent)


def results_json(results: Results, page: Page = PLAIN) -> str:
    """The whole answer as one JSON object."""
    return to_json(contract.results(results))


def results_jsonl(results: Results, page: Page = PLAIN) -> str:
    """A line a hit: JSON objects as in ``hits`` of the JSON output."""
    return "\n".join(to_json(contract.hit(h), indent=None) for h in results.hits)


_COLUMNS: dict[str, Callable[[Hit], object]] = {
    "id": lambda h: h.story.id,
    "title": lambda h: h.story.title,
    "authors": lambda h: "; ".join(h.story.authors),
    "fandoms": lambda h: "; ".join(h.story.fandoms),
    "rating": lambda h: h.story.rating.value,
    "spoilers": lambda h: h.story.spoilers.original or "",
    "frontier": lambda h: "; ".join(f"{show} {code}" for show, code in h.story.spoilers.frontier.items()),
    "characters": lambda h: "; ".join(h.story.characters.declared),
    "pairings": lambda h: "; ".join("/".join(p) for p in h.story.pairings),
    "words": lambda h: h.story.words,
    "status": lambda h: h.story.status or "",
    "published": lambda h: h.story.published or "",
    "score": lambda h: round(h.score, 6),
    "path": lambda h: h.story.path,
    "excerpt": lambda h: h.excerpts[0].text if h.excerpts else "",
}


def results_csv(results: Results, page: Page = PLAIN) -> str:
    """A table with a row a hit, for a spreadsheet; several values in a cell are separated by ``; ``."""
    import csv

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    writer.writerows([_inert(str(column(hit))) for column in _COLUMNS.values()] for hit in results.hits)
    return out.getvalue().rstrip("\n")


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: titles may begin with ``=`` or ``@``."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t") and not cell[1:2].isdigit() else cell


OUTPUTS: dict[str, Callable[[Results, Page], str]] = {
    "text": results_text,
    "json": results_json,
    "jsonl": results_jsonl,
    "csv": results_csv,
}
