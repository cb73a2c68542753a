"""The query language: text --parse--> tree --bind--> what engines read; ``write`` and ``describe`` lead back.

The nodes are in ``query.nodes``, how to put them together in ``query.build``.
"""

from ficsearch.query.bind import Bound, bind
from ficsearch.query.describe import describe
from ficsearch.query.parser import parse
from ficsearch.query.relax import relaxations
from ficsearch.query.write import write

__all__ = ["Bound", "bind", "describe", "parse", "relaxations", "write"]
