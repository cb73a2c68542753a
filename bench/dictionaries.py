"""Makes the dictionaries of ``ficsearch.compression`` anew, of stories that we wrote, and says what they save.

    python bench/dictionaries.py corpus tests/golden_stories
    python bench/dictionaries.py --measure FOLDER

Every index must be made anew after the first: raise ``store.schema.VERSION``.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import zstandard

from ficsearch.assembling import Place, lone_stories
from ficsearch.compression import LEVEL, RECORD, TEXT
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.records import to_json
from ficsearch.story import Story

FOLDER = Path(__file__).parents[1] / "src" / "ficsearch" / "dictionaries"
SIZES = {TEXT: 96 << 10, RECORD: 16 << 10}
"""Bytes at most; twice as much for texts saves 0.2 % of the text."""

_SAMPLE = 4_096


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*", help="stories to learn from")
    parser.add_argument("--measure", type=Path, help="stories to try the dictionaries on, which stay as they are")
    options = parser.parse_args()
    if options.measure:
        _measure(_samples([options.measure]))
        return
    for kind, samples in _samples(options.folders).items():
        made = zstandard.train_dictionary(SIZES[kind], samples, level=LEVEL)
        (FOLDER / f"{kind}.zstd").write_bytes(made.as_bytes())
        print(f"{kind}: {len(made):,} bytes, of {len(samples):,} samples")


def _measure(found: dict[str, list[bytes]]) -> None:
    for kind, samples in found.items():
        dictionary = zstandard.ZstdCompressionDict((FOLDER / f"{kind}.zstd").read_bytes())
        with_it = zstandard.ZstdCompressor(LEVEL, dictionary, write_dict_id=False)
        without = zstandard.ZstdCompressor(LEVEL)
        raw = sum(map(len, samples))
        shares = [sum(len(way.compress(s)) for s in samples) / raw for way in (without, with_it)]
        print(f"{kind}: {raw:,} bytes in {len(samples):,}; left {shares[0]:.3f} without, {shares[1]:.3f} with it")


def _samples(folders: list[Path]) -> dict[str, list[bytes]]:
    stories = [story for folder in folders for story in _stories(folder)]
    texts = [c.text.encode() for story in stories for c in story.chapters]
    blocks = [text[at : at + _SAMPLE] for text in texts for at in range(0, len(text), _SAMPLE)]
    return {TEXT: blocks, RECORD: [to_json(story.without_text()).encode() for story in stories]}


def _stories(folder: Path) -> Iterator[Story]:
    packs = Packs.load()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            yield from lone_stories(read(path.name, path.read_bytes()), Place(name, name), packs)
        except ReadingError:
            continue


if __name__ == "__main__":
    main()
