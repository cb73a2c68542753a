"""What a query would be without one of the things it asks for."""

from __future__ import annotations

from ficsearch.query.build import all_of
from ficsearch.query.nodes import All, Query
from ficsearch.query.write import write


def relaxations(query: Query) -> list[tuple[str, Query]]:
    """For each part of *query* that every match must fit: its text, and the query without it.

    A query of one part can only be dropped as a whole, which helps nobody: it has none.
    """
    if not isinstance(query, All):
        return []
    return [(write(part), all_of(p for p in query.parts if p is not part)) for part in query.parts]
