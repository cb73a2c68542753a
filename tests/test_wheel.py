"""A built wheel works from any folder of an environment that has nothing of the working copy in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STORY = "Title: The Ladder\nAuthor: Ann\nRating: R\nSpoilers: Through The Zeppo\n\nWillow sat on the ladder.\n"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``ficsearch`` installed from a wheel with pip alone."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=True)
    binaries = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    install = [str(binaries / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", str(wheel)]
    subprocess.run(install, check=True, capture_output=True)
    return binaries / "ficsearch"


def test_an_installed_wheel_indexes_searches_and_serves(program: Path, tmp_path: Path) -> None:
    (tmp_path / "ladder.txt").write_text(STORY, encoding="utf-8")
    plain = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "FICSEARCH", "VIRTUAL"))}

    def run(*words: str) -> str:
        done = subprocess.run([program, *words], cwd=tmp_path, env=plain, check=True, capture_output=True, text=True)
        return done.stdout

    run("index", "ladder.txt")
    (hit,) = json.loads(run("query", "ladder", "--format", "json"))["hits"]
    assert (hit["rating"]["value"], hit["spoilers"]["through"]) == ("mature", "BtVS 3x13")
    server = subprocess.Popen(
        [program, "serve", "--port", "0"],
        cwd=tmp_path,
        env={**plain, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        address = server.stdout.readline().split()[1]
        assert "The Ladder" in _get(f"{address}?q=willow")
        assert "--paper" in _get(f"{address}static/style.css")
    finally:
        server.terminate()
        server.communicate(timeout=10)


def _get(url: str) -> str:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode("utf-8"))
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
