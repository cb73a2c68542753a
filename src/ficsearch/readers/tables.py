"""A table that has its labels in one row and their values in the next, as the lines of a header."""

from __future__ import annotations

from collections.abc import Sequence

from ficsearch.readers.blocks import Block, Kind
from ficsearch.readers.labels import is_strong, label_of

_SIGN = ": "
"""What stands between a cell that is a label and the next cell."""
_ROW_AT_MOST = 200
_VALUE_AT_MOST = 600
_CELLS_AT_MOST = 8
_STRONG_AT_LEAST = 2


def with_labels_beside(blocks: Sequence[Block]) -> list[Block]:
    """*blocks*; ``Story | Writer | Rated`` above ``Curtains | Ann | PG`` is ``Story: Curtains`` and so on."""
    made: list[Block] = []
    at = 0
    while at < len(blocks):
        labels, end = _labels_from(blocks, at)
        values = blocks[end : end + len(labels)]
        if labels and len(values) == len(labels) and all(map(_is_value, values)):
            made += (v._replace(text=f"{label}{_SIGN}{v.text}") for label, v in zip(labels, values, strict=True))
            at = end + len(labels)
        else:
            made.append(blocks[at])
            at += 1
    return made


def _labels_from(blocks: Sequence[Block], at: int) -> tuple[list[str], int]:
    """The labels of which the row at *at* is made, and nothing else, and where it ends. Two cells beside each other are
    one block, for the first of them looks like the label of the second."""
    labels: list[str] = []
    while at < len(blocks) and len(labels) < _CELLS_AT_MOST and (more := _labels_in(blocks[at])):
        labels += more
        at += 1
    return (labels if sum(map(is_strong, labels)) >= _STRONG_AT_LEAST else []), at


def _labels_in(block: Block) -> list[str]:
    """The labels that are all of this block."""
    if block.kind is not Kind.PROSE or len(block.text) > _ROW_AT_MOST:
        return []
    labels = block.plain.rstrip(": ").split(_SIGN)
    return labels if all(map(label_of, labels)) else []


def _is_value(block: Block) -> bool:
    return block.kind is Kind.PROSE and len(block.text) <= _VALUE_AT_MOST
