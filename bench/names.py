"""How well people are found in the text: precision and recall of the ten most named, against labels made by reading.

    FICSEARCH_FICTION=DIR python bench/names.py     DIR is the folder of old fiction; without it the shelf alone

Precision: of the ten who were found first, those who are there. Recall: of the ten who are there, those who were found.
*Held* stories were set aside: no rule was tuned on them. Aims: 0.97 both with a pack, 0.85 both without.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from ficsearch.packs import Packs

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from labelled import Labelled, found_in, labelled, score, together

GROUPS: dict[str, Callable[[Labelled], bool]] = {
    "with a pack": lambda s: s.pack,
    "with a pack, held": lambda s: s.pack and s.held,
    "without a pack": lambda s: not s.pack,
    "without a pack, held": lambda s: not s.pack and s.held,
    "excerpts": lambda s: s.words is not None,
    "excerpts, held": lambda s: s.words is not None and s.held,
}


def main() -> None:
    packs = Packs.load()
    scores = [(story, score(story, found_in(story, packs))) for story in labelled()]
    for story, result in scores:
        if result.wrong or result.missed:
            print(f"{story.path[:60]:<60} wrong: {', '.join(result.wrong)}  missed: {', '.join(result.missed)}")
    for name, belongs in GROUPS.items():
        some = [result for story, result in scores if belongs(story)]
        told = together(some)
        print(f"{name:<22} {len(some):>3} stories  precision {told.precision:.3f}  recall {told.recall:.3f}")


if __name__ == "__main__":
    main()
