"""Spoiler phrases, and whether a story is safe for a reader who has seen so much and no more.

    phrase --read_scope--> SpoilerScope --judge + Position--> safe | unsafe | unknown

*Unknown* is never shown as safe. Moving a position back never turns unsafe or unknown into safe.

    words, marks    what the grammar knows            phrase, numbers, scan    text -> marks
    places          which show each mark belongs to   grammar                  marks -> statements
    lore, resolve   which episodes are meant          scope, position, verdict the answers
    widest          the scope of a story in parts
"""

from ficsearch.spoilers.position import read_position
from ficsearch.spoilers.scope import read_scope
from ficsearch.spoilers.verdict import Position, Verdict, beyond, judge, judge_story
from ficsearch.spoilers.widest import widest

__all__ = ["Position", "Verdict", "beyond", "judge", "judge_story", "read_position", "read_scope", "widest"]
