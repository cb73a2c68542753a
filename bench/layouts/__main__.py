"""How much of a header is read right: files of known truth in every layout, label and kind of value.

    python -m bench.layouts [--chance 3000] [--each 2] [--seed 1] [--only layout,label,value,chance,post] [--show WORD]

Prints right of judged for each field, then every cell (a layout, a label, a kind of value, a kind of body) that is not
all right, worst first. ``--show WORD`` prints the files of the cells that hold the word, with what was expected. The
end is 1 if anything was read wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.layouts.cases import Case, by_chance, by_label, by_layout, by_value
from bench.layouts.posts import by_post
from ficsearch.assembling import Place, lone_stories
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.text import tokens

sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))

from golden_stories import Verdict, judged

_EDGE = 12
"""Words of the body's beginning and end that are told when they are wrong."""
_END_MARKS = (["the", "end"], ["end"], ["fin"])


def verdicts(case: Case, packs: Packs) -> Iterator[Verdict]:
    """Everything that is true of the file, judged; an end mark may be story or not."""
    stories = lone_stories(read("story.txt", case.text.encode()), Place("story.txt", "story.txt"), packs)
    yield Verdict("stories", len(stories) == 1, 1, len(stories))
    if not stories:
        return
    text = "\n\n".join(c.text for c in stories[0].chapters) if "chapters" not in case.truth else stories[0].body
    got, wanted = tokens(text), tokens(case.body)
    mark = next((len(m) for m in _END_MARKS if got[-len(m) :] == m), 0)
    got = got[: len(got) - mark]
    yield Verdict("begins", got[:_EDGE] == wanted[:_EDGE], wanted[:_EDGE], got[:_EDGE])
    yield Verdict("ends", got[-_EDGE:] == wanted[-_EDGE:], wanted[-_EDGE:], got[-_EDGE:])
    yield Verdict("body", got == wanted, len(wanted), len(got))
    if case.truth.get("no series"):
        yield Verdict("series", stories[0].series is None, None, stories[0].series)
    yield from judged({k: v for k, v in case.truth.items() if k != "no series"}, stories[0])


def plan(packs: Packs, seed: int, each: int, chance: int, only: set[str]) -> Iterator[Case]:
    makers = {"label": by_label, "value": by_value, "layout": by_layout, "post": by_post}
    for name, make in makers.items():
        if name in only:
            yield from make(packs, seed, each)
    if "chance" in only:
        yield from by_chance(packs, seed, chance)


def report(cases: Iterator[Case], packs: Packs, show: str | None) -> int:
    """Prints the tables; how many verdicts were wrong."""
    fields: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    cells: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    wrong: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        found = list(verdicts(case, packs))
        missed = [v for v in found if not v.right]
        for verdict in found:
            fields[verdict.field][verdict.right] += 1
        for cell in case.cells:
            cells[cell].update(v.right for v in found)
            wrong[cell].update(v.field for v in missed)
        if missed and show is not None and any(show in cell for cell in case.cells):
            print("\n".join(f"{v.field}: expected {v.expected!r}, got {v.got!r}" for v in missed), case.text, sep="\n")
    for name, counts in sorted(fields.items()):
        print(f"{name:<20} {counts[True]:>7,} of {counts.total():>7,}  {counts[True] / counts.total():8.2%}")
    for cell in sorted(wrong, key=lambda c: cells[c][True] / cells[c].total()):
        if wrong[cell]:
            fields_of = ", ".join(f"{name} {n}" for name, n in wrong[cell].most_common())
            print(f"{cells[cell][True] / cells[cell].total():8.2%}  {cell}: {fields_of}")
    return sum(counts[False] for counts in fields.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--chance", type=int, default=3_000)
    parser.add_argument("--each", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="label,value,layout,post,chance")
    parser.add_argument("--show")
    given = parser.parse_args()
    packs = Packs.load()
    cases = plan(packs, given.seed, given.each, given.chance, set(given.only.split(",")))
    return int(report(cases, packs, given.show) > 0)


if __name__ == "__main__":
    sys.exit(main())
