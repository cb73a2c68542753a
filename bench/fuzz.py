"""Mutated files through every reader and the catalogue: nothing but ReadingError, in bounded time and memory.

    python bench/fuzz.py [--n 20000] [--seed 1] [--from 0] [--save DIR]

Seeds are the files of corpus/ and of the golden set. File number N is the same in every run with the same seed:
``--from N --n 1`` reads it again, ``--save`` keeps what failed. Bounds for one file of at most 1 MB: 2 CPU seconds,
500 MB more memory than before (a limit of the process, so that what goes beyond it fails). The end is 1 if any failed.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ficsearch.assembling import Place, lone_stories
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import read

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from golden_stories import bytes_of, golden_files
from mutations import Seed, mutated

SECONDS_AT_MOST = 2.0
MEMORY_AT_MOST = 500_000_000
GIVES_UP_AFTER = 20.0
CORPUS = Path(__file__).parents[1] / "corpus"


def seeds() -> list[Seed]:
    """Every file of the corpus and of the golden set, by name."""
    own = [path for path in sorted(CORPUS.rglob("*")) if path.is_file() and path.name != "README.md"]
    return [(p.name, p.read_bytes()) for p in own] + [(g.path.name, bytes_of(g.path)) for g in golden_files()]


def failure(name: str, data: bytes, packs: Packs) -> str | None:
    """What was wrong with reading *data*: the last lines of a traceback, or a time; None when nothing was."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, GIVES_UP_AFTER)
    try:
        lone_stories(read(name, data), Place(name, name), packs)
    except ReadingError:
        pass
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt):
            raise
        place = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__}: {str(error)[:100]} at {Path(place.filename).name}:{place.lineno}"
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    seconds = time.process_time() - started
    return f"slow: {seconds:.1f} s for {len(data):,} bytes" if seconds > SECONDS_AT_MOST else None


def _give_up(number: int, frame: object) -> None:
    raise TimeoutError(f"more than {GIVES_UP_AFTER:.0f} CPU seconds")


def _limit_memory() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    limit = pages * resource.getpagesize() + MEMORY_AT_MOST
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def runs(first: int, count: int, seed: int) -> Iterator[tuple[int, Seed]]:
    """File number and file, each made from its own number."""
    originals = seeds()
    for number in range(first, first + count):
        yield number, mutated(originals, random.Random(f"{seed}:{number}"))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--n", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    packs = Packs.load()
    signal.signal(signal.SIGPROF, _give_up)
    _limit_memory()
    failed: Counter[str] = Counter()
    slowest, started = 0.0, time.process_time()
    for number, (name, data) in runs(options.first, options.n, options.seed):
        before = time.process_time()
        if wrong := failure(name, data, packs):
            failed[wrong.partition(":")[0]] += 1
            print(f"{number} {name}: {wrong}", flush=True)
            if options.save:
                options.save.mkdir(parents=True, exist_ok=True)
                (options.save / f"{number}-{name}").write_bytes(data)
        slowest = max(slowest, time.process_time() - before)
    seconds = time.process_time() - started
    print(f"{options.n} files, {seconds:.0f} CPU s, slowest {slowest:.2f} s; failed: {dict(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
