"""Which module may import which. The order is the architecture; this test keeps it true."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "ficsearch"

LAYERS = (
    ("version", "compression"),
    ("errors", "text", "edits", "stages"),
    ("story", "plain"),
    ("canon", "holdings", "languages", "dates", "ratings", "values", "settings", "budget", "texts"),
    ("fields", "packs"),
    ("spoilers",),
    ("pairings", "readers", "corrections"),
    ("query",),
    ("catalogue", "records", "store", "engines", "walk"),
    ("groups", "results", "occurrences", "passages", "choosing", "excerpts", "report", "sidecars"),
    ("assembling",),
    ("workers", "lock", "intake", "stitching", "facets", "suggestions"),
    ("indexing", "renewing", "searching", "inspecting", "doctor"),
    ("library",),
    ("contract",),
    ("outputs",),
    ("cli", "web"),
    ("__main__",),
)
"""From the ground up: a module imports from its own layer and those above it in this list, never from below."""

LIBRARIES = {
    "whoosh": "engines.whoosh",
    "click": "cli",
    "flask": "web",
    "waitress": "web",
    "sqlite3": "store",
    "filelock": "lock",
    "zstandard": "compression",
    "selectolax": "readers",
    "lxml": "readers",
    "pypdfium2": "readers",
    "yaml": "readers",
    "Stemmer": "text",
    "numpy": ("engines.whoosh", "choosing", "plain", "text"),
}
"""Each library has one home, but numpy, which counts and chooses words for the store too."""


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = [p for p in path.relative_to(PACKAGE).with_suffix("").parts if p != "__init__"]
        if parts:
            yield ".".join(parts), path


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names if node.module == "ficsearch")
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names)


def layer_of(module: str) -> int:
    top = module.split(".")[0]
    found = [n for n, names in enumerate(LAYERS) if top in names]
    assert found, f"'{top}' is in no layer: say in LAYERS where it belongs."
    return found[0]


@pytest.mark.parametrize(("name", "path"), [pytest.param(n, p, id=n) for n, p in modules()])
def test_imports_go_one_way(name: str, path: Path) -> None:
    ours = {m.removeprefix("ficsearch.") for m in imported(path) if m.startswith("ficsearch.")}
    above = {m for m in ours if layer_of(m) > layer_of(name)}
    assert not above, f"{name} imports {above}, which stand above it"


@pytest.mark.parametrize(("name", "path"), [pytest.param(n, p, id=n) for n, p in modules()])
def test_a_library_is_imported_in_its_one_home(name: str, path: Path) -> None:
    for library in {m.split(".")[0] for m in imported(path)} & set(LIBRARIES):
        homes = LIBRARIES[library]
        inside = [h for h in ([homes] if isinstance(homes, str) else homes) if name == h or name.startswith(f"{h}.")]
        assert inside, f"{library} belongs in {homes}, not in {name}"


@pytest.mark.parametrize(("name", "path"), [pytest.param(n, p, id=n) for n, p in modules()])
def test_a_module_fits_one_reading(name: str, path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= 400, f"{name} has {lines} lines: split it by idea"


def test_every_layer_still_exists() -> None:
    there = {name.split(".")[0] for name, _ in modules()}
    assert {n for names in LAYERS for n in names} <= there
