"""ficsearch beside other engines: the same stories, the same questions, in one run.

    python -m bench.engines FOLDER [--most 1000] [--each 20]             a quick look
    python -m bench.engines FOLDER --scale DIR --full                    everything, into bench/RESULTS.md

FOLDER holds stories as text files; DIR is a folder of 100,000 stories grown by scale.py (with its truth.jsonl). See
bench/README.md for what is measured and how.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.engines.aims import aims
from bench.engines.corpora import Corpus
from bench.engines.peers import PEERS, present
from bench.engines.plan import Depth, Shelf, Work, do_part, measure
from bench.engines.report import report
from bench.engines.tables import Figures

SIZES = (1_000, 5_000, 20_000, 100_000)
RESULTS = Path(__file__).parents[1] / "RESULTS.md"


def main() -> None:
    if sys.argv[1:2] == ["--part"]:
        do_part(sys.argv[2])
        return
    options = _options()
    missing = [name for name in PEERS if name not in present()]
    if missing:
        print(f"Not installed here, left out: {', '.join(missing)}", file=sys.stderr)
    work = Work(options.work)
    shelves = list(_shelves(options))
    if not options.report:
        measure(shelves, work, Depth(options.each, options.budget))
    results = RESULTS if options.full else work.folder / "RESULTS.md"
    results.write_text(report(shelves, work, _command(options)), "utf-8")
    print(f"{aims(Figures(work, [shelf.name for shelf in shelves]))}\n\nAll figures: {results}")


def _command(options: argparse.Namespace) -> str:
    """The command as anybody may repeat it: folders have other names elsewhere."""
    scale = f" --scale DIR --sizes {' '.join(map(str, options.sizes))}" if options.scale else ""
    stories = "--full" if options.full else f"--most {options.most}"
    return f"python -m bench.engines FOLDER{scale} {stories} --each {options.each} --budget {options.budget:g}"


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=Path, help="a grown collection, for the sizes of 1,000 to 100,000 stories")
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="which of them")
    parser.add_argument("--full", action="store_true", help="every story of FOLDER; results into bench/RESULTS.md")
    parser.add_argument("--most", type=int, default=1_000, help="stories of FOLDER without --full (1000)")
    parser.add_argument("--each", type=int, default=20, help="questions of each kind (20)")
    parser.add_argument("--budget", type=float, default=2.0, help="CPU seconds an engine may take for a kind (2)")
    parser.add_argument("--work", type=Path, default=Path("build/bench"), help="where indexes and parts are kept")
    parser.add_argument("--report", action="store_true", help="only write the results of what was measured so far")
    return parser.parse_args()


def _shelves(options: argparse.Namespace) -> list[Shelf]:
    shelves = [Shelf("texts", Corpus(options.folder.absolute(), 0 if options.full else options.most), main=True)]
    if options.scale:
        shelves += [Shelf(f"{size:,} stories", Corpus(options.scale.absolute(), size)) for size in options.sizes]
    return shelves


if __name__ == "__main__":
    main()
