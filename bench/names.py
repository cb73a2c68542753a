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
from ficsearch.story import Found

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from labelled import Labelled, found_in, labelled, score, there, together

GROUPS: dict[str, Callable[[Labelled], bool]] = {
    "with a pack": lambda s: s.pack,
    "with a pack, held": lambda s: s.pack and s.held,
    "without a pack": lambda s: not s.pack,
    "without a pack, held": lambda s: not s.pack and s.held,
    "excerpts": lambda s: s.words is not None,
    "excerpts, held": lambda s: s.words is not None and s.held,
}


THRESHOLDS: dict[str, Callable[[Found, int], bool]] = {
    "named once": lambda found, most: found.mentions >= 1,
    "named twice": lambda found, most: found.mentions >= 2,
    "three times": lambda found, most: found.mentions >= 3,
    "five times": lambda found, most: found.mentions >= 5,
    "a tenth of the most": lambda found, most: found.mentions >= most / 10,
    "twice, or a tenth": lambda found, most: found.mentions >= min(2, most / 10),
    "twice, or a fifth": lambda found, most: found.mentions >= min(2, most / 5),
}
"""Who might count in the facet of characters: by mentions, or by mentions beside those of the most mentioned."""


def main() -> None:
    packs = Packs.load()
    found = {story: found_in(story, packs) for story in labelled()}
    scores = [(story, score(story, people)) for story, people in found.items()]
    for story, result in scores:
        if result.wrong or result.missed:
            print(f"{story.path[:60]:<60} wrong: {', '.join(result.wrong)}  missed: {', '.join(result.missed)}")
    for name, belongs in GROUPS.items():
        some = [result for story, result in scores if belongs(story)]
        told = together(some)
        print(f"{name:<22} {len(some):>3} stories  precision {told.precision:.3f}  recall {told.recall:.3f}")
    print("\nin the facet, of those labelled; whole novels left out")
    for name, enough in THRESHOLDS.items():
        for kind, pack in (("with a pack", True), ("without", False)):
            short = [(story, people) for story, people in found.items() if story.pack == pack and not story.is_novel]
            told = together(there(story, people, enough) for story, people in short)
            print(f"{name:<20} {kind:<12} precision {told.precision:.3f}  recall {told.recall:.3f}")


if __name__ == "__main__":
    main()
