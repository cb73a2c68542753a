"""The commands as a person types them: what they print, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import os
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from ficsearch import cli
from ficsearch.cli import main
from ficsearch.cli.group import COMMANDS as LISTED
from ficsearch.fields import FACETS
from ficsearch.stages import STAGES

LADDER = """Title: The Ladder
Author: Ann Other
Rating: R
Spoilers: Through The Zeppo
Fandom: Buffy the Vampire Slayer
Characters: Willow, Xander
Date: 1999-02-24

Willow sat on the rolling ladder. Xander looked up at her.
"""
CAR = """Title: =The Car
Author: Bea Reader
Rating: PG
Fandom: BtVS
Spoilers: The Gift

Xander drove the car all night, and Buffy was gone.
"""

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in a folder with two stories in ``stories/``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / "ladder.txt").write_text(LADDER, encoding="utf-8")
    (tmp_path / "stories" / "car.txt").write_text(CAR, encoding="utf-8")

    def command(*words: str, exit_code: int = 0, stdin: str | None = None) -> Result:
        result = CliRunner().invoke(main, words, input=stdin, prog_name="ficsearch")
        assert result.exit_code == exit_code, result.output
        assert "Traceback" not in result.output
        return result

    return command


@pytest.fixture
def indexed(run: Run) -> Run:
    run("index", "stories", "--jobs", "1")
    return run


COMMANDS = ["doctor", "facets", "index", "inspect", "packs", "query", "seen", "serve", "show", "spoilers", "stats"]


@pytest.mark.parametrize("name", COMMANDS)
def test_help_shows_an_example(run: Run, name: str) -> None:
    shown = run(name, "--help").output
    assert f"ficsearch {name}" in shown.partition("Usage:")[2].partition("\n")[2]
    assert "--index" in shown


def test_every_command_that_a_module_makes_is_listed() -> None:
    for module in pkgutil.iter_modules(cli.__path__):
        import_module(f"ficsearch.cli.{module.name}")
    assert set(main.commands) == set(LISTED) == set(COMMANDS)


def test_an_index_run_ends_with_a_report(run: Run) -> None:
    (Path("stories") / "empty.txt").write_bytes(b"")
    shown = run("index", "stories").stdout
    assert "3: 2 added, 0 changed, 0 unchanged, 0 removed, 1 skipped" in shown
    assert "empty.txt: " in shown
    assert "MB/s" in shown


def test_a_report_as_json_keeps_the_contract(run: Run) -> None:
    told = json.loads(run("index", "stories", "--format", "json").stdout)
    assert set(told) == {
        "schema", "files", "stories", "added", "changed", "unchanged", "removed", "skipped", "with", "seconds",
        "bytes", "dry_run", "stitched", "loose", "mistakes", "renewed",
    }  # fmt: skip
    assert (told["files"], told["stories"], told["with"]) == (
        2, 2, {"title": 2, "rating": 2, "spoilers": 2, "characters": 2},
    )  # fmt: skip


def test_an_index_run_tells_where_its_time_went(run: Run) -> None:
    shown = run("index", "stories", "--profile").stdout
    for stage in (*STAGES, "the rest", "together", "waiting"):
        assert f"  {stage} " in shown
    told = json.loads(run("index", "stories", "--rebuild", "--profile", "--format", "json").stdout)["profile"]
    assert list(told["cpu"]) == [*STAGES, "rest"]
    assert told["cpu"]["reading"] > 0
    assert "profile" not in json.loads(run("index", "stories", "--format", "json").stdout)


def test_a_query_prints_hits_with_their_passages_and_facets(indexed: Run) -> None:
    shown = indexed("query", "willow", "ladder").stdout
    for part in (
        "1 story",
        "The Ladder · Ann Other",
        "Mature (R)",
        "Through The Zeppo",
        "**Willow**",
        "Rating",
        "Xander Harris",
    ):
        assert part in shown
    assert "\x1b" not in shown


def test_a_query_as_json_lines_and_csv(indexed: Run) -> None:
    whole = json.loads(indexed("query", "xander", "--format", "json").stdout)
    assert (whole["schema"], whole["total"], len(whole["hits"])) == (1, 2, 2)
    lines = indexed("query", "xander", "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [h["id"] for h in whole["hits"]]
    rows = list(csv.DictReader(io.StringIO(indexed("query", "xander", "--format", "csv").stdout)))
    assert {r["title"] for r in rows} == {"The Ladder", "'=The Car"}


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        (["xander", "--rating", "R"], ["The Ladder"]),
        (["xander", "-r", "R", "-r", "PG"], ["=The Car", "The Ladder"]),
        (["--max-rating", "PG-13"], ["=The Car"]),
        (["--character", "Wills"], ["The Ladder"]),
        (["--author", "Ann Other"], ["The Ladder"]),
        (["--author", "other"], ["The Ladder"]),
        (["--not", "author:other"], ["=The Car"]),
        (["--year", "1999..2003"], ["The Ladder"]),
        (["--year", "1999"], ["The Ladder"]),
        (["--spoilers", "The Zeppo"], ["The Ladder"]),
        (["--seen", "BtVS S3"], ["The Ladder"]),
        (["--seen", "BtVS S5"], ["=The Car", "The Ladder"]),
        (["--not", "rating:R"], ["=The Car"]),
        (["--words", "<10"], []),
        (["author:other", "OR", "car"], ["=The Car", "The Ladder"]),
        (["xander -ladder"], ["=The Car"]),
        (["-ladder xander"], ["=The Car"]),
        (["xander", "-ladder"], ["=The Car"]),
        (["-ladder", "--sort", "-words", "-r", "PG"], ["=The Car"]),
    ],
)
def test_options_narrow_the_search(indexed: Run, words: list[str], titles: list[str]) -> None:
    told = json.loads(indexed("query", *words, "--format", "json").stdout)
    assert sorted(h["title"] for h in told["hits"]) == titles


def test_every_facet_has_an_option(run: Run) -> None:
    shown = run("query", "--help").output
    assert all(f"--{f.name} " in shown for f in FACETS)


def test_finding_nothing_is_no_failure(indexed: Run) -> None:
    assert "0 stories" in indexed("query", "zebra").stdout


def test_show_tells_where_each_value_came_from(indexed: Run) -> None:
    shown = indexed("show", "ladder.txt").stdout
    assert "line 3" in shown
    told = json.loads(indexed("show", "stories/ladder.txt", "--format", "json").stdout)
    assert (told["rating"], "body" in told) == ({"value": "mature", "original": "R"}, False)
    assert any(o["field"] == "rating" and o["place"] == "line 3" for o in told["origins"])


def test_show_prints_the_story_itself(indexed: Run) -> None:
    assert "rolling ladder" in indexed("show", "ladder.txt", "--text").stdout
    assert "rolling ladder" in json.loads(indexed("show", "ladder.txt", "--text", "--format", "json").stdout)["body"]


def test_inspect_needs_no_index_and_names_the_file_it_cannot_read(run: Run) -> None:
    (Path("stories") / "empty.txt").write_bytes(b"")
    result = run("inspect", "stories/ladder.txt", "stories/empty.txt", "nowhere.txt", "--format", "json", exit_code=1)
    told = json.loads(result.stdout)
    assert (told["title"], told["spoilers"]["through"], "body" in told) == ("The Ladder", "BtVS 3x13", False)
    assert "stories/empty.txt: " in result.stderr
    assert "nowhere.txt: cannot be opened" in result.stderr
    assert not Path("index").exists()


def test_inspect_gives_the_text_when_asked(run: Run) -> None:
    told = json.loads(run("inspect", "stories/ladder.txt", "--body", "--format", "json").stdout)
    assert told["body"].startswith("Willow sat")


def test_spoilers_explains_each_phrase(run: Run) -> None:
    lines = run(
        "spoilers", "Through The Zeppo", "-", "--seen", "BtVS S3", "--format", "json", stdin="The Gift\nNone\n"
    ).stdout.splitlines()
    told = [json.loads(line) for line in lines]
    assert [t["phrase"] for t in told] == ["Through The Zeppo", "The Gift", "None"]
    assert told[0]["frontier"] == {"BtVS": "3x13"}
    assert (told[0]["verdict"], told[2]["verdict"]) == ("safe", "safe")
    assert set(told[0]) == {
        "schema", "phrase", "fandom", "kind", "episodes", "frontier", "through", "seasons", "verdict", "why",
    }  # fmt: skip


def test_spoilers_of_a_fandom(run: Run) -> None:
    told = json.loads(run("spoilers", "The Gift", "--fandom", "BtVS", "--format", "json").stdout)
    assert (told["episodes"], told["fandom"]) == (["BtVS 5x22"], "BtVS")


def test_facets_and_stats_describe_the_library(indexed: Run) -> None:
    assert "Mature" in indexed("facets", "rating").stdout
    told = json.loads(indexed("facets", "character", "--format", "json").stdout)
    people = {v["value"]: v["count"] for v in told["facets"]["character"]}
    assert people == {"Willow Rosenberg": 1, "Xander Harris": 2, "Buffy Summers": 1}
    assert json.loads(indexed("stats", "--format", "json").stdout)["stories"] == 2
    assert "2 read, 0 skipped" in indexed("stats").stdout


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["query", "x"], 1, "There is no index in"),
        (["show", "x"], 1, "ficsearch index PATH"),
        (["index", "nowhere"], 2, "no file or folder 'nowhere'"),
        (["index"], 2, "Missing argument"),
        (["query", "--colour", "red"], 2, "No such option"),
        (["index", "stories", "--fandom", "Zedworld"], 2, "No pack knows a fandom 'Zedworld'"),
        (["spoilers", "x", "--seen", "the one with frogs"], 2, "frogs"),
        (["facets", "colour"], 1, "There is no index"),
    ],
)
def test_a_failure_says_what_and_what_to_do(run: Run, words: list[str], code: int, said: str) -> None:
    assert said in run(*words, exit_code=code).stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["query", "--not", "colour"], "--not 'colour' is not FIELD:VALUE"),
        (["query", "--sort", "colour"], "cannot be sorted by 'colour'"),
        (["query", "--seen", "the one with frogs"], "frogs"),
        (["facets", "colour"], "no facet 'colour'"),
    ],
)
def test_misuse_is_exit_code_two(indexed: Run, words: list[str], said: str) -> None:
    assert said in indexed(*words, exit_code=2).stderr


def test_a_story_that_is_not_there_is_exit_code_one(indexed: Run) -> None:
    assert "no story 'nothing'" in indexed("show", "nothing", exit_code=1).stderr


def test_settings_come_from_file_and_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("ficsearch.toml").write_text('index = "shelf-index"\nseen = "BtVS S3"\n', encoding="utf-8")
    run("index", "stories")
    assert (Path("shelf-index") / "stories.db").is_file()
    assert "Hidden: 1 unsafe" in run("query", "xander").stdout
    monkeypatch.setenv("FICSEARCH_INDEX", "elsewhere")
    assert "elsewhere" in run("query", "x", exit_code=1).stderr
    assert "2 stories" in run("--index", "shelf-index", "query", "xander", "--seen", "all of Buffy").stdout
    assert "2 stories" in run("query", "xander", "--index", "shelf-index", "--seen", "BtVS S7").stdout


def test_a_closed_pipe_is_no_failure(indexed: Run) -> None:
    command = [sys.executable, "-m", "ficsearch", "facets"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ))
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    with process.stderr:
        assert process.stderr.read() == b""
    process.wait()


def test_a_position_is_kept_for_every_search(indexed: Run) -> None:
    assert "every story is shown" in indexed("seen").stdout
    assert "BtVS 3x22" in indexed("seen", "set", "BtVS S3").stdout
    assert "BtVS 3x22" in indexed("seen").stdout
    assert "Hidden: 1 unsafe" in indexed("query", "xander").stdout
    indexed("seen", "clear")
    assert "Hidden" not in indexed("query", "xander").stdout
    assert "frogs" in indexed("seen", "set", "the one with frogs", exit_code=2).stderr


def test_a_story_that_is_not_safe_is_not_shown_unasked(indexed: Run) -> None:
    refused = indexed("show", "car.txt", "--seen", "The Zeppo", exit_code=1)
    assert "unsafe for you" in refused.stderr
    assert "The Car" not in refused.output
    assert "The Car" in indexed("show", "car.txt", "--seen", "The Zeppo", "--reveal").stdout
    assert "The Ladder" in indexed("show", "ladder.txt", "--seen", "The Zeppo").stdout


def test_packs_are_listed_shown_and_checked(run: Run) -> None:
    assert "Buffy the Vampire Slayer" in run("packs").stdout
    assert "BtVS 3x13" in run("packs", "show", "Buffy").stdout
    assert "No pack knows a show 'Zed'" in run("packs", "show", "Zed", exit_code=2).stderr
    Path("mine.toml").write_text('universe = "x"\n[[show]]\ncode = "ZW"\n', encoding="utf-8")
    assert "mine.toml: line " in run("packs", "check", "mine.toml", exit_code=1).stdout
    assert "cannot be opened" in run("packs", "check", "nowhere.toml", exit_code=1).stderr


def test_a_defect_of_ours_is_a_sentence_too(indexed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("by accident")

    monkeypatch.setattr("ficsearch.library.Library.stats", broken)
    shown = indexed("stats", exit_code=1).stderr
    assert "defect of ficsearch: ZeroDivisionError: by accident" in shown
    monkeypatch.setenv("FICSEARCH_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        CliRunner().invoke(main, ["stats"], catch_exceptions=False)


def test_the_list_of_commands_says_what_their_help_says() -> None:
    context = click.Context(main)
    for name, (_, says) in LISTED.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str(300).startswith(says.removesuffix("...")), name
