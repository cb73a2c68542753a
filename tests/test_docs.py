"""The docs say what is so: links lead somewhere, commands and modules exist, examples run."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from ficsearch.cli.group import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md"), *ROOT.glob("bench/*.md")])


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:\s]+)\)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_tables_of_fields_and_settings_are_those_of_the_program() -> None:
    generate = load_generator()
    for page in generate.PAGES:
        text = page.read_text(encoding="utf-8")
        for name in re.findall(r"<!-- made: (fields|settings) -->", text):
            assert generate.MAKERS[name]() in text, f"{page.name} is not up to date; run: make docs"


def test_every_command_is_described() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert re.findall(r"^## ficsearch (\w+)$", text, re.MULTILINE) == sorted(COMMANDS)


def test_every_command_in_the_docs_exists() -> None:
    for page in PAGES:
        for name in re.findall(r"^(?: {4})ficsearch (\w+)", page.read_text(encoding="utf-8"), re.MULTILINE):
            assert name in COMMANDS, f"{page.name} speaks of 'ficsearch {name}'"


def test_the_example_of_the_python_api_runs(corpus_index: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "api.md").read_text(encoding="utf-8"), re.DOTALL)
    example = example.replace('"index"', repr(str(corpus_index))).replace('"stories/"', repr(str(ROOT / "corpus")))
    exec(compile(example, "docs/api.md", "exec"), {})
    shown = capsys.readouterr().out
    assert "0 files added" in shown
    assert "Mature" in shown or "Teen" in shown


def test_the_modules_that_the_architecture_names_are_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    table = text.partition("question it answers")[2].partition("Engines:")[0]
    for name in re.findall(r"`([a-z_/]+(?:\.py|/))`", table):
        assert (ROOT / "src" / "ficsearch" / name).exists(), name
