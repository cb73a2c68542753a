"""How many stories get a fandom by guess: of old novels, which are fan fiction of nothing, each is a mistake.

    python bench/guessed.py FICTION/text [--each 4]

A header names no fandom here, so what is found was inferred from people, places and words of the text.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from ficsearch.inspecting import inspect_file
from ficsearch.packs import Packs


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--each", type=int, default=4, metavar="N", help="take every N-th file; 1 is all of them")
    options = asked.parse_args()
    packs = Packs.load()
    files = sorted(options.folder.rglob("*.txt"))[:: options.each]
    guessed = 0
    for file in files:
        for story in inspect_file(str(file), packs):
            if story.fandoms:
                guessed += 1
                print(f"{file.relative_to(options.folder)}: {', '.join(story.fandoms)}")
    print(f"{guessed} of {len(files):,} files get a fandom by guess")


if __name__ == "__main__":
    main()
