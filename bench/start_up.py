"""How long a command takes that asks once and ends: everything is loaded for it, and nothing is remembered.

    python bench/start_up.py INDEX [--runs 21] [--query WORDS]

Each command is run in turn with the others. CPU of the process and wall time, in milliseconds: the median of the runs,
and the quickest. Python alone and Python with numpy stand beside, for no search can take less.
"""

from __future__ import annotations

import argparse
import os
import resource
import shlex
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence

PYTHON = sys.executable


def commands(index: str, words: str) -> dict[str, list[str]]:
    """What is run, by the name it is shown under."""
    asked = [PYTHON, "-m", "ficsearch", "query", words, "--index", index]
    return {
        "python -c pass": [PYTHON, "-c", "pass"],
        "python -c 'import numpy'": [PYTHON, "-c", "import numpy"],
        "ficsearch --help": [PYTHON, "-m", "ficsearch", "--help"],
        f'ficsearch query "{words}"': asked,
        "the same, without passages": [*asked, "--passages", "0"],
        'the same, --seen "The Zeppo"': [*asked, "--seen", "The Zeppo"],
    }


def run(command: Sequence[str]) -> tuple[float, float]:
    """Run *command*; its milliseconds of CPU and of wall time. Ends with what it says when it fails."""
    # as for a person: compiled modules are kept, and nothing of the bench's own environment changes that
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    before, began = _cpu_of_children(), time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=environment)
    wall = time.perf_counter() - began
    if done.returncode:
        sys.exit(f"This cannot be measured: {shlex.join(command)}\n{done.stderr.strip()}")
    return (_cpu_of_children() - before) * 1e3, wall * 1e3


def _cpu_of_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", help="a folder that ficsearch index made")
    parser.add_argument("--runs", type=int, default=21, help="how often each command is run [21]")
    parser.add_argument("--query", default="willow xander", help="what is searched for")
    given = parser.parse_args()
    asked = commands(given.index, given.query)
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
    for turn in range(given.runs + 1):
        for name, command in asked.items():
            spent = run(command)
            if turn:  # the first brings files into memory
                times[name].append(spent)
    print(f"{'milliseconds, median (quickest)':40} {'CPU':>14} {'wall':>14}")
    for name, spent in times.items():
        cells = [f"{statistics.median(some):.0f} ({min(some):.0f})" for some in zip(*spent, strict=True)]
        print(f"{name:40} {cells[0]:>14} {cells[1]:>14}")


if __name__ == "__main__":
    main()
