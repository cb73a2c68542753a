"""One pass over the commands of an RTF file: groups, looks, characters; paragraphs into a manuscript."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from ficsearch.errors import ReadingError
from ficsearch.readers.manuscript import TITLE, Manuscript, Run
from ficsearch.readers.rtf_words import ASIDE, PROPERTIES, SIGNS, SYMBOLS, charset, code_page

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_DEEPEST = 2_000
"""Groups in groups. Word processors need some thirty; a million of them is a trap."""
_HEADING = re.compile(r"(?:heading|titre|[üu]berschrift) ?([1-9])", re.IGNORECASE)
_CODE_PAGES = {"ansi": "cp1252", "mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_DATE = {"yr": 0, "mo": 1, "dy": 2}


class _State(NamedTuple):
    """What holds inside a group. ``place`` is a table of the file or a property that is being read; ``fallback``:
    characters that follow a Unicode one for programs that know none."""

    em: bool = False
    strong: bool = False
    hidden: bool = False
    aside: bool = False
    place: str = ""
    encoding: str = ""
    fallback: int = 1


class _Layout(NamedTuple):
    """What holds for a paragraph until the next ``\\pard``."""

    level: int = 0
    in_table: bool = False
    ruled: bool = False


_PLAIN = _Layout()


class Text:
    """``read`` it once; then ``manuscript`` and ``info`` hold the story and the properties of the document."""

    def __init__(self) -> None:
        self.manuscript = Manuscript()
        self.info: dict[str, str] = {}
        self.is_cut_off = False
        self._state, self._stack = _State(), list[_State]()
        self._layout = _PLAIN
        self._encoding, self._default_font, self._font = "cp1252", 0, 0
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, int] = {}
        self._style = 0
        self._bytes = bytearray()
        self._skip = 0
        self._starred = False
        self._high = 0
        self._runs: list[Run] = []
        self._cell: list[list[Run]] = []
        self._row: list[list[list[Run]]] = []

    def read(self, data: bytes) -> None:
        """All of *data*. Raises ReadingError when its groups are nested beyond all measure."""
        at: int | None = 0
        while at is not None:
            at = self._read_from(data, at)
        self.is_cut_off = bool(self._stack)
        self._end_paragraph()
        self._end_row()

    def _read_from(self, data: bytes, start: int) -> int | None:
        """What stands from *start* on, up to what is no text; answers where to go on."""
        for token in _TOKEN.finditer(data, start):
            if (kind := token.lastindex) is None:
                continue
            if kind == 6:
                self._plain(token[6])
            elif kind <= 2:
                if passed_over := self._word(token[1], token[2]):
                    return token.end() + passed_over
            elif kind == 3:
                self._plain(bytes.fromhex(token[3].decode("ascii")))
            elif kind == 4:
                self._symbol(token[4])
            elif token[5] == b"{":
                self._open()
            else:
                self._close()
        return None

    # -- groups

    def _open(self) -> None:
        self._flush()
        self._skip = 0
        self._stack.append(self._state)
        if len(self._stack) > _DEEPEST:
            raise ReadingError(f"groups are nested deeper than {_DEEPEST:,}, as no word processor does")

    def _close(self) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if self._stack:
            self._state = self._stack.pop()

    # -- characters

    def _plain(self, data: bytes) -> None:
        if self._skip:
            skipped = min(self._skip, len(data))
            self._skip -= skipped
            data = data[skipped:]
        self._starred = False
        self._bytes += data

    def _flush(self) -> None:
        """The bytes so far as text: those of one character may come in two commands."""
        if self._bytes:
            encoding = self._state.encoding or self._encoding
            quick = encoding == "cp1252" and self._bytes.isascii()
            text = self._bytes.decode("ascii" if quick else encoding, "replace")
            self._bytes.clear()
            self._say(text.replace("\0", "") if "\0" in text else text)

    def _say(self, text: str) -> None:
        state = self._state
        if state.place:
            self._note(state.place, text)
        elif not (state.aside or state.hidden):
            self._runs.append(Run(text, state.em, state.strong))

    def _note(self, place: str, text: str) -> None:
        """Text that is not of the story: the name of a style, a property."""
        if place == "stylesheet":
            name = text.strip(" ;")
            if name.casefold() == "title":
                self._styles[self._style] = TITLE
            elif heading := _HEADING.fullmatch(name):
                self._styles[self._style] = TITLE + int(heading[1])
        elif place in PROPERTIES:
            self.info[place] = self.info.get(place, "") + text

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._starred = True
            return
        if self._skip:
            self._skip -= 1
            return
        self._flush()
        text = SYMBOLS.get(sign.decode("latin-1"), "")
        if text == "\n\n":
            self._end_paragraph()
        elif text:
            self._say(text)

    def _unicode(self, number: int) -> None:
        """A character; those beyond the first 65,536 come as two halves."""
        number &= 0xFFFF
        self._skip = self._state.fallback
        if 0xD800 <= number < 0xDC00:
            self._high = number
            return
        if 0xDC00 <= number < 0xE000:
            number = 0x10000 + ((self._high - 0xD800) << 10) + (number - 0xDC00) if self._high else 0xFFFD
        self._high = 0
        self._say(chr(number))

    # -- commands

    def _word(self, name: bytes, parameter: bytes | None) -> int:
        """Obeys one command; answers how many bytes after it are no text (a picture's)."""
        if self._bytes:
            self._flush()
        if self._skip and name != b"bin":
            self._skip -= 1
            return 0
        starred, self._starred = self._starred, False
        number = None if parameter is None else int(parameter)
        if order := _ORDERS.get(name):
            order(self, number or 0)
        elif name == b"bin":
            return max(0, number or 0)
        elif name == b"u" and number is not None:
            self._unicode(number)
        elif switched := _SWITCHES.get(name):
            self._state = switched(self._state, number != 0)
        else:
            self._say_or_enter(name.decode("ascii"), number or 0, starred)
        return 0

    def _say_or_enter(self, word: str, number: int, starred: bool) -> None:
        """A command that stands for a sign, a date, or what its group holds."""
        if sign := SIGNS.get(word):
            self._say(sign)
        elif word in _CODE_PAGES:
            self._encoding = _CODE_PAGES[word]
        elif word in _DATE and self._state.place in ("creatim", "revtim"):
            self._note(self._state.place, f"{'-' if _DATE[word] else ''}{number:02d}")
        else:
            self._enter(word, starred)

    def _enter(self, word: str, starred: bool) -> None:
        """A command that may say what its group holds."""
        if word in ("fonttbl", "stylesheet") or (word in PROPERTIES and self._state.place == "info"):
            self._state = self._state._replace(place=word)
        elif word == "info":
            self._state = self._state._replace(place="info")
        elif word == "shptxt":
            self._state = self._state._replace(aside=False)
        elif word in ASIDE or (starred and not self._state.place):
            self._state = self._state._replace(aside=True)

    def use_code_page(self, number: int) -> None:
        self._encoding = code_page(number) or self._encoding

    def use_default_font(self, number: int) -> None:
        self._default_font = number

    def use_font(self, number: int) -> None:
        if self._state.place == "fonttbl":
            self._font = number
        else:
            encoding = self._fonts.get(number, "")
            if encoding != self._state.encoding:
                self._state = self._state._replace(encoding=encoding)

    def name_charset(self, number: int) -> None:
        if self._state.place == "fonttbl" and (encoding := charset(number)):
            self._fonts[self._font] = encoding

    def use_style(self, number: int) -> None:
        if self._state.place == "stylesheet":
            self._style = number
        elif number in self._styles:
            self._layout = self._layout._replace(level=self._styles[number])

    def use_fallback(self, number: int) -> None:
        self._state = self._state._replace(fallback=min(max(number, 0), 8))

    def look_plain(self, _: int) -> None:
        state = self._state
        default = self._fonts.get(self._default_font, "")
        self._state = _State(False, False, False, state.aside, state.place, default, state.fallback)

    # -- paragraphs

    @property
    def _in_text(self) -> bool:
        return not (self._state.place or self._state.aside)

    def lay_plain(self, _: int) -> None:
        if self._in_text:
            self._layout = _PLAIN

    def lay_in_table(self, _: int) -> None:
        if self._in_text:
            self._layout = self._layout._replace(in_table=True)

    def lay_ruled(self, _: int) -> None:
        if self._in_text:
            self._layout = self._layout._replace(ruled=True)

    def lay_outline(self, level: int) -> None:
        if self._in_text:
            self._layout = self._layout._replace(level=TITLE + 1 + level if 0 <= level < 9 else 0)

    def end_paragraph(self, _: int) -> None:
        if self._in_text:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        self._flush()
        runs, self._runs = self._runs, []
        if self._layout.in_table:
            self._cell.append(runs)
            return
        if self._row or self._cell:
            self._end_row()
        self._write(runs)

    def _write(self, runs: list[Run]) -> None:
        if any(run.text.strip() for run in runs):
            self.manuscript.paragraph(runs, self._layout.level)
        elif self._layout.ruled:
            self.manuscript.rule()

    def end_cell(self, _: int) -> None:
        if not self._in_text:
            return
        self._cell.append(self._runs)
        self._row.append(self._cell)
        self._runs, self._cell = [], []

    def end_row(self, _: int) -> None:
        if self._in_text:
            self._end_row()

    def _end_row(self) -> None:
        cells, self._row = [*self._row, *([self._cell] if self._cell else [])], []
        self._cell = []
        if cells:
            for element in ("table", "tr"):
                self.manuscript.open(element)
            for cell in cells:
                self.manuscript.open("td")
                for runs in cell:
                    self._write(runs)
                self.manuscript.close("td")
            for element in ("tr", "table"):
                self.manuscript.close(element)


_SWITCHES: dict[bytes, Callable[[_State, bool], _State]] = {
    b"i": lambda state, on: _State(on, *state[1:]),
    b"b": lambda state, on: _State(state.em, on, *state[2:]),
    **dict.fromkeys((b"v", b"deleted"), lambda state, on: state._replace(hidden=on)),
}
_ORDERS: dict[bytes, Callable[[Text, int], None]] = {
    b"ansicpg": Text.use_code_page,
    b"deff": Text.use_default_font,
    b"f": Text.use_font,
    b"fcharset": Text.name_charset,
    b"s": Text.use_style,
    b"uc": Text.use_fallback,
    b"plain": Text.look_plain,
    b"pard": Text.lay_plain,
    b"intbl": Text.lay_in_table,
    b"outlinelevel": Text.lay_outline,
    **dict.fromkeys((b"brdrb", b"brdrt"), Text.lay_ruled),
    **dict.fromkeys((b"par", b"sect", b"page", b"column"), Text.end_paragraph),
    **dict.fromkeys((b"cell", b"nestcell"), Text.end_cell),
    **dict.fromkeys((b"row", b"nestrow"), Text.end_row),
}
