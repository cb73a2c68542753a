"""Texts in blocks: what was packed comes back, and every paragraph lies where the outline says."""

from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch import texts
from ficsearch.text import tokens
from ficsearch.texts import Outline, PackedText, packed_numbers, paragraphs_in, read_outline

CHAPTERS = st.lists(st.text(alphabet="ab ’é\n", max_size=60), max_size=4)


@pytest.fixture(autouse=True)
def short_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "BLOCK", 10)


@given(CHAPTERS)
def test_chapters_come_back_as_they_were(chapters: list[str]) -> None:
    assert PackedText.of(chapters).chapters() == chapters


@given(CHAPTERS.filter(bool))
def test_every_block_holds_the_paragraphs_that_the_outline_says(chapters: list[str]) -> None:
    packed = PackedText.of(chapters)
    outline = read_outline(packed.outline)
    starts = list(accumulate(outline.sizes, initial=0))
    bounds = zip(pairwise(starts), outline.blocks, strict=True)
    blocks = [paragraphs_in(packed.blocks[a:b], held, 0, 1_000) for (a, b), held in bounds]
    paragraphs = [[p for p in text.split("\n\n") if p.strip()] for text in chapters]
    assert [len(block) for block in blocks] == list(outline.blocks)
    assert [len(some) for some in paragraphs] == list(outline.chapters)
    assert [p for block in blocks for p in block] == [p for some in paragraphs for p in some]
    assert list(outline.words) == [len(tokens(p)) for some in paragraphs for p in some]


@given(st.lists(st.integers(0, 2000)), st.lists(st.integers(0, 1 << 40)))
def test_an_outline_comes_back_as_it_was(chapters: list[int], sizes: list[int]) -> None:
    outline = Outline(tuple(chapters), tuple(sizes), tuple(sizes), packed_numbers(chapters))
    assert read_outline(outline.packed()) == outline


def test_a_long_text_is_cut_where_paragraphs_begin() -> None:
    outline = read_outline(PackedText.of(["a\n\n" * 20, "b" * 50, "c"]).outline)
    assert outline.blocks == (4, 4, 4, 4, 4, 1, 1)


def test_a_large_number_takes_several_bytes() -> None:
    assert packed_numbers([3, 255, 600]) == bytes([3, 255, 0, 255, 255, 90])
