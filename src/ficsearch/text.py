"""What a word is. The only place that decides it: engines, queries, excerpts and readers all ask here.

A text is folded one character at a time (``FOLD``), so that any engine can do the same with a table:

* NFKD, case-folded, accents dropped: ``Böb`` and ``BOB`` are one, ``ﬁn`` is ``fin``, ``straße`` is ``strasse``
* every apostrophe becomes ``'``; inside a word it is then dropped: ``don’t``, ``don't`` and ``dont`` are one
* ``'s`` behind an s goes with it: ``Giles's`` and ``Giles'`` are two ways to write one word, and its stem must be that
  of Giles
* Han, Hiragana, Katakana and Thai letters are words by themselves (as AO3 counts them)
* soft hyphens and joiners vanish; whatever is not a letter or a digit separates: ``well-known`` is two words

Every word is kept, ``the`` and ``Q`` included, so that a phrase in quotes means just what it says.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

import numpy as np
import Stemmer

APOSTROPHES = "'’‘‛ʼʹ′`´＇\x91\x92"
"""Characters that people and programs have put into ``don't``; the last two are cp1252 read as latin-1."""

_PLAINER = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'), ("—", "-"), ("–", "-"), ("…", "."))
"""Signs of ordinary typography and such of ASCII as fold to the same: a text of ASCII alone folds ten times as fast."""
_VANISH = frozenset("\u00ad\u200c\u200d\u2060\ufeff")
_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
_ALONE = re.compile(
    "[\u3040-\u309f\u30a0-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u0e00-\u0e7f]"
)
_INNER_APOSTROPHE = re.compile(r"'(?<=[^ ']')(?=[^ '])")  # the sign first: then it is searched for, not all tried
_SECOND_S = re.compile(r"'(?<=s')s(?!'?[^ '])")
_WORD = re.compile(r"[^ ']+(?:'[^ ']+)*")


def fold_character(character: str) -> str:
    """What one character becomes: letters and digits, ``'``, nothing, or a blank."""
    if character in APOSTROPHES:
        return "'"
    if character in _VANISH or character in _SELECTORS:
        return ""
    plain = unicodedata.normalize("NFKD", character).casefold()
    kept = [c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c)]
    becomes = "".join(_fold_plain(c) for c in kept)
    return becomes if becomes.strip() else becomes[:1]  # an ellipsis is one blank, not three


def _fold_plain(c: str) -> str:
    if _ALONE.match(c):
        return f" {c} " if _is_letter(c) else " "
    return c if _is_letter(c) else "'" if c in APOSTROPHES else " "


def _is_letter(c: str) -> bool:
    return c.isalnum() or unicodedata.category(c) in ("Mc", "Mn")


class _Fold(dict[int, str]):
    """The table for ``str.translate``, filled as characters are met."""

    def __missing__(self, codepoint: int) -> str:
        folded = self[codepoint] = fold_character(chr(codepoint))
        return folded


FOLD = _Fold()
_ASCII_FOLDED = bytes(ord(FOLD[b]) for b in range(128)) + bytes(range(128, 256))


def folded(text: str) -> str:
    """*text* as letters, digits, ``'`` and single blanks only; not yet split into words."""
    if text.isascii():  # by a table of bytes: fifteen times as fast
        return text.encode().translate(_ASCII_FOLDED).decode()
    return text.translate(FOLD)


def tokens(text: str) -> list[str]:
    """The words of *text*, in order, every one of them.

    >>> tokens("Don’t say “well-known”, Böb!")
    ['dont', 'say', 'well', 'known', 'bob']
    """
    for sign, plain in _PLAINER if not text.isascii() else ():
        text = text.replace(sign, plain)
    flat = folded(text)
    if "s's" in flat:
        flat = _SECOND_S.sub("", flat)
    return (_INNER_APOSTROPHE.sub("", flat).replace("'", " ") if "'" in flat else flat).split()


class Token(NamedTuple):
    """A word with its place in the text it came from, in characters."""

    word: str
    start: int
    end: int


def spans(text: str) -> list[Token]:
    """The same words as :func:`tokens`, each with where it stands in *text*."""
    return list(Spans(text))


class Spans(Sequence[Token]):
    """Those of :func:`spans` before index *end*, made when they are asked for."""

    def __init__(self, text: str, end: int | None = None) -> None:
        flat, self._offsets = _folded_with_offsets(text)
        self._matches = list(islice(_WORD.finditer(flat), end))
        self._made: dict[int, Token] = {}

    def __len__(self) -> int:
        return len(self._matches)

    def __getitem__(self, index: int) -> Token:  # type: ignore[override]  # a slice is never asked for
        if index not in self._made:
            match, offsets = self._matches[index], self._offsets
            start, end = match.span()
            word = _bare(match.group())
            token = Token(word, offsets[start], offsets[end - 1] + 1) if offsets else Token(word, start, end)
            self._made[index] = token
        return self._made[index]


def stretch(text: str, first: int, end: int) -> tuple[int, int] | None:
    """Where in *text* its words from index *first* to before *end* begin and end. None when there are not so many, or
    when letters that become several make it hard to say."""
    flat, offsets = _folded_with_offsets(text)
    if offsets:
        return None
    flat = _spaced(f" {flat} ")
    parts = flat.split(None, first)
    words = parts[first].split(None, end - first) if len(parts) > first else []
    if len(words) < end - first:
        return None
    behind = len(words[-1]) if len(words) > end - first else 0
    return len(flat) - len(parts[first]) - 1, len(flat[: len(flat) - behind].rstrip()) - 1


def _spaced(flat: str) -> str:
    """A folded text with a blank for each apostrophe that is in no word, so that blanks alone part its words."""
    return flat.replace("''", "  ").replace(" '", "  ").replace("' ", "  ") if "'" in flat else flat


def _bare(word: str) -> str:
    """A folded word without its apostrophes, and without ``'s`` behind an s."""
    return (word[:-2] if word.endswith("s's") else word).replace("'", "")


def _folded_with_offsets(text: str) -> tuple[str, list[int]]:
    """The folded text and, where lengths changed, the index in *text* of each of its characters."""
    for sign, plain in _PLAINER if not text.isascii() else ():
        text = text.replace(sign, plain)
    flat = folded(text)
    if text.isascii() or all(len(FOLD[ord(c)]) == 1 for c in set(text)):
        return flat, []
    pieces = [(FOLD[ord(c)], at) for at, c in enumerate(text)]
    return flat, [at for piece, at in pieces for _ in piece]


_stemmer = Stemmer.Stemmer("english", 0)  # PyStemmer's own cache is slower than ours


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The stem that names the family of *word* (Porter 2, https://snowballstem.org): walking -> walk."""
    return str(_stemmer.stemWord(word))


_BLANKS = re.compile(r"\s+")


@lru_cache(maxsize=20_000)
def fold_name(name: str) -> str:
    """The form in which names, tags and titles compare: case, accents, apostrophes and blanks do not count.

    Unlike :func:`tokens` it keeps punctuation, so that ``A/B`` (a romance) is not ``A & B`` (a friendship).

    >>> fold_name("  Wesley  Wyndam-Pryce ")
    'wesley wyndam-pryce'
    """
    if name.isascii():
        return " ".join(name.replace("`", "'").split()).casefold()
    plain = unicodedata.normalize("NFKD", "".join("'" if c in APOSTROPHES else c for c in name))
    kept = "".join(c for c in plain.casefold() if not unicodedata.combining(c))
    return _BLANKS.sub(" ", unicodedata.normalize("NFKC", kept)).strip()


def squash(name: str) -> str:
    """A title or name as its words alone, one blank between, ``&`` read as and: for matching loosely.

    >>> squash("Faith, Hope & Trick")
    'faith hope and trick'
    """
    return " ".join(tokens(name.replace("&", " and ")))


_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")


def sentences(text: str) -> list[str]:
    """*text* cut where a reader would: after ``.!?…`` when a capital follows. Good enough to cut a passage."""
    out, start = [], 0
    for match in _SENTENCE_END.finditer(text):
        out.append(text[start : match.end()].strip())
        start = match.end()
    out.append(text[start:].strip())
    return [s for s in out if s]


_DASHES = re.compile(r"--+|—")
_COUNTED = re.compile(r"[^\W_]\S*")
_ASCII = bytes(range(128))
_MARKS = bytes(b for b in range(256) if b > 127 or not (chr(b).isalnum() or chr(b).isspace()))
_KINDS = bytes(ord("x" if chr(b).isalnum() else " ") for b in range(256))
_FEW_LETTERS = 24
"""Letters beyond ASCII, each of which is looked for by itself; Russian has more, French has not."""


def count_words(text: str) -> int:
    """How many words *text* has, by AO3's rule (otwarchive ``lib/word_counter.rb``).

    Hyphens and apostrophes do not split, ``--`` does; scripts without blanks count each character.
    """
    data = text.replace("—", " ").encode("utf-8", "surrogatepass")
    data = b"".join([part or b" " for part in data.split(b"-")])  # "--" is a blank; a single one is no letter anyway
    telling = [] if text.isascii() else _telling(data)
    if len(telling) > _FEW_LETTERS or any(map(_ALONE.match, telling)):
        plain, alone = _ALONE.subn("", _DASHES.sub(" ", text))
        return alone + len(_COUNTED.findall(plain))
    # most texts: a blank before a letter begins a word once all that is neither is gone; five times as fast
    for character in telling:
        data = data.replace(character.encode(), b" " if character.isspace() else b"x")
    letters = np.frombuffer(b" " + data.translate(_KINDS, _MARKS), np.uint8)
    return int(np.count_nonzero(letters[1:] > letters[:-1]))


def _telling(data: bytes) -> list[str]:
    """The characters beyond ASCII in which words are written, and the blanks."""
    characters = set(data.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    return [c for c in characters if c.isalnum() or c.isspace() or _ALONE.match(c)]
