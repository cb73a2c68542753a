"""The tokeniser on arrays gives just what ``text.tokens`` gives."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.engines.whoosh.tokenise import Tokeniser, folded_bytes
from ficsearch.text import spans, stem, tokens

LONG = "antidisestablishmentarianism"
# fmt: off
PIECES = ["the", "walk", "s", "s's", "giles", " ", "'", "’", "`", "-",
          "don't", "é", "Ø", "ß", "İ", "漢字", "สวัสดี", "ﬁ", "\u0345", "\u00ad",
          "\ud800", "\x00", "0", "²", LONG, LONG + "s", "abcdefgh", "abcdefghijklmnop", "abcdefghijklmnopq"]
# fmt: on

texts = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)


def words(tokeniser: Tokeniser, batch: list[str]) -> list[list[str]]:
    found = tokeniser.tokens(map(folded_bytes, batch))
    vocabulary, ids = tokeniser.vocabulary.words, iter(found.ids.tolist())
    out = [[vocabulary[next(ids)].decode() for _ in range(count)] for count in found.counts.tolist()]
    assert next(ids, None) is None
    return out


@given(st.lists(st.lists(texts, max_size=5), max_size=4))
@settings(max_examples=300)
def test_any_batches_have_the_words_of_their_texts(batches: list[list[str]]) -> None:
    tokeniser = Tokeniser()
    for batch in batches:
        assert words(tokeniser, batch) == [tokens(text) for text in batch]


def test_every_common_character_and_some_of_the_others_are_folded_alike() -> None:
    batch = [f"a{chr(c)}b {chr(c)}" for c in [*range(0x10000), *range(0x10000, 0x110000, 97)]]
    assert words(Tokeniser(), batch) == [tokens(text) for text in batch]


def test_every_short_text_of_s_and_apostrophes_has_the_same_words() -> None:
    """``'s`` goes behind an s at the end of a word, and nowhere else: each place it may stand in is tried."""
    batch = ["".join(signs) for size in range(8) for signs in itertools.product("s'a ", repeat=size)]
    assert words(Tokeniser(), batch) == [tokens(text) for text in batch]
    assert [[token.word for token in spans(text)] for text in batch] == [tokens(text) for text in batch]


def test_a_text_with_very_many_letters_is_folded_alike() -> None:
    text = "".join(map(chr, range(0xC0, 0x400)))
    assert words(Tokeniser(), [text]) == [tokens(text)]


@pytest.mark.parametrize(
    "text", ["ØRSTED ørsted", "ŒUVRE œuvre", "ПРИВЕТ, привет", "ΌΣΟΣ όσος", "DON’T ‘quote’", "GILES’S Giles's giles’s"]
)
def test_capitals_beyond_ascii_are_folded_alike(text: str) -> None:
    assert words(Tokeniser(), [text]) == [tokens(text)]


def test_the_table_grows_with_the_vocabulary() -> None:
    batch = [" ".join(f"word{n}" for n in range(start, start + 5_000)) for start in range(0, 60_000, 5_000)]
    tokeniser = Tokeniser()
    for _ in range(2):
        assert words(tokeniser, batch) == [text.split() for text in batch]
    assert len(tokeniser.vocabulary) == 60_000


def test_words_that_fight_for_a_place_in_the_table_keep_their_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Tokeniser, "FULL", 1)
    monkeypatch.setattr(Tokeniser, "FIRST_BITS", 2)
    tokeniser = Tokeniser()
    batch = [" ".join(f"w{n}" for n in range(500))] * 3
    assert words(tokeniser, batch) == [text.split() for text in batch]


def test_each_word_knows_its_family() -> None:
    tokeniser = Tokeniser()
    tokeniser.tokens([b"walking walked generous generously"])
    vocabulary = tokeniser.vocabulary
    families = {
        w.decode(): vocabulary.stems[f].decode() for w, f in zip(vocabulary.words, vocabulary.family, strict=True)
    }
    assert families == {word: stem(word) for word in ("walking", "walked", "generous", "generously")}


@pytest.mark.skipif("FICSEARCH_FICTION" not in os.environ, reason="needs the unpacked fiction")
def test_every_story_at_hand_has_the_same_words() -> None:
    tokeniser = Tokeniser()
    for path in sorted(Path(os.environ["FICSEARCH_FICTION"]).rglob("*.txt")):
        text = path.read_text("utf-8", "replace")
        assert words(tokeniser, [text]) == [tokens(text)], path
