"""HTML -> blocks: one pass over the tags of a parsed, well-formed page. No recursion, so no page is too deep."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from ficsearch.readers.blocks import EM, END_EM, END_STRONG, LINE_END, MARKS, STRONG, Block, Kind, paragraphs, plain
from ficsearch.readers.labels import label_of

_TAG = re.compile(r'<p>([^<]*+)</p>|<(/?)([a-zA-Z][^\s/>]*+)((?:[^">]++|"[^"]*+")*+)>')
"""A paragraph of mere words, which most are, at once; else one tag."""
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_HIDDEN = re.compile(r' hidden=""|display:\s*none|\bnoteref\b|doc-backlink|class="[^"]*\blandmark\b')
_VERSE = re.compile(r'(?:class|epub:type)="[^"]*\b(?:verse|poem|poetry|song|lyrics?|stanza)\b', re.IGNORECASE)
_ITALIC = re.compile(r"font-style:\s*(?:italic|oblique)", re.IGNORECASE)
_BOLD = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
_VOID = frozenset(_VOID_NAMES.split())
_SKIPPED_NAMES = """
    script style template noscript noframes noembed head title nav select button textarea iframe object applet svg math
    canvas audio video map datalist rp
"""
_SKIPPED = frozenset(_SKIPPED_NAMES.split())
_BLOCK_NAMES = """
    html body div center section article header footer aside main figure figcaption ul ol li dl address fieldset form
    table tbody thead tfoot caption details summary legend dir menu
"""
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_new = tuple.__new__
"""What a NamedTuple calls in the end: there are ten thousand blocks in a book."""
_RULE = Block("", Kind.RULE)
_IDLE = MARKS + string.whitespace + "\xa0\xad\u200b\ufeff"
_LOOKED_AT = 2_000
"""Characters of the attributes of a tag: a broken page may take all of itself for those of one."""
_LABEL_AT_MOST = 60
"""A table cell that ends in a colon, or is a known label, and is no longer than this belongs to the next cell."""


def blocks(html: str) -> list[Block]:
    """The blocks of well-formed *html* (``node.html`` of a parsed page), in order, with marks for inline markup."""
    for mark in MARKS:
        html = html.replace(mark, "")
    parts = iter(_TAG.split(_COMMENT.sub("", html) if "<!--" in html else html))
    writer = _Writer()
    writer.text(next(parts))
    for words, slash, name, attributes, text in zip(parts, parts, parts, parts, parts, strict=True):
        if words is not None:
            writer.words(words)
        elif slash:
            writer.end(name)
        else:
            writer.start(name, attributes)
        if text:
            writer.text(text)
    writer.flush()
    return writer.blocks


def text_of(html: str) -> str:
    """Well-formed *html* as the text of a chapter."""
    return paragraphs(blocks(html))


def line_of(html: str) -> str:
    """Well-formed *html* as words on one line, without marks."""
    return " ".join(plain(block.text) for block in blocks(html) if block.text)


def note_of(html: str) -> str:
    """Well-formed *html* as plain paragraphs: what a summary or a note says."""
    return "\n\n".join(plain(block.text) for block in blocks(html) if plain(block.text))


class _Writer:
    """Takes tags and text in order, makes blocks. Every block boundary ends in :meth:`flush`."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._opening = ""
        self._skipping = self._em = self._strong = self._pre = self._level = self._linked = 0
        self._link = self._glue = self._verse = self._group = False
        self._quotes: list[bool] = []
        self._looks: list[tuple[bool, bool]] = []
        self._cell = 0

    def start(self, name: str, attributes: str) -> None:
        if self._skipping:
            self._skipping += name not in _VOID
        elif attributes and name not in _VOID and _HIDDEN.search(attributes, 0, _LOOKED_AT):
            self._skipping = 1
        elif handler := _STARTS.get(name):
            handler(self, attributes)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif handler := _ENDS.get(name):
            handler(self)

    def text(self, text: str) -> None:
        if self._skipping or not (self._pieces or self._pre or not text.isspace()):
            return
        text = _unescaped(text)
        if self._link:
            self._linked += len(text.strip())
        if self._glue and not text.isspace():
            self._glue = False
        self._pieces.append(text.replace("\n", LINE_END) if self._pre else text)

    def words(self, text: str) -> None:
        """A paragraph without any tag in it: ``start``, ``text`` and ``end``."""
        if self._group or self._glue or self._pre or self._link or self._em or self._strong:
            self.start("p", "")
            self.text(text)
            self.end("p")
        elif not self._skipping:
            self.flush()
            self._verse = False
            if text and not text.isspace():
                self._add(_unescaped(text))

    def flush(self) -> None:
        """Ends the block that is being written, if it holds anything."""
        self._glue = False
        if self._pieces:
            text = self._opening + "".join(self._pieces) + self._closing()
            self._pieces.clear()
            self._add(text)
            self._linked = 0
        self._opening = self._reopening() if self._em or self._strong else ""

    def _add(self, text: str) -> None:
        quoted = self._verse or (bool(self._quotes) and True in self._quotes)
        if self._pre:
            self.blocks += (Block(t, Kind.PRE, quoted, 0, self._linked) for t in _parted(text))
        elif self._level:
            if words := _heading(text):
                self.blocks.append(Block(words, Kind.HEADING, False, self._level, self._linked))
        elif text.strip(_IDLE):
            self.blocks.append(_new(Block, (text, Kind.PROSE, quoted, 0, self._linked)))

    def _closing(self) -> str:
        return (END_EM if self._em else "") + (END_STRONG if self._strong else "")

    def _reopening(self) -> str:
        return (STRONG if self._strong else "") + (EM if self._em else "")

    def _boundary(self) -> None:
        if self._group:
            self._pieces.append(LINE_END * 2)
        elif not self._glue:
            self.flush()

    def skip(self, _: str) -> None:
        self._skipping = 1

    def block(self, _: str) -> None:
        self._boundary()

    def division(self, attributes: str) -> None:
        self._boundary()
        self._quotes.append(_is_verse(attributes))

    def end_division(self) -> None:
        self._boundary()
        if self._quotes:
            self._quotes.pop()

    def paragraph(self, attributes: str) -> None:
        self._boundary()
        self._verse = bool(attributes) and _is_verse(attributes)
        self.look(attributes)

    def end_paragraph(self) -> None:
        self.end_look()
        self._boundary()
        self._verse = False

    def line_end(self, _: str) -> None:
        """One <br> ends a line, two a paragraph."""
        if self._pieces and not self._level and not self._pre and self._line_is_empty():
            self.flush()
        else:
            self._pieces.append(self._closing() + LINE_END + self._reopening())

    def _line_is_empty(self) -> bool:
        for piece in reversed(self._pieces):
            if LINE_END in piece:
                return True
            if plain(piece):
                return False
        return True

    def rule(self, _: str) -> None:
        self.flush()
        self.blocks.append(_RULE)

    def heading(self, level: int) -> None:
        self._boundary()
        self._level = min(self._level, level) if self._group else level

    def end_heading(self) -> None:
        self._boundary()
        if not self._group:
            self._level = 0

    def group(self, _: str) -> None:
        """A heading in several lines (<hgroup>) is one heading."""
        self.flush()
        self._group, self._level = True, 6

    def end_group(self) -> None:
        self._group = False
        self.flush()
        self._level = 0

    def emphasis(self, _: str) -> None:
        self._em += 1
        if self._em == 1:
            self._pieces.append(EM)

    def end_emphasis(self) -> None:
        self._em -= self._em > 0
        if not self._em:
            self._pieces.append(END_EM)

    def strong(self, _: str) -> None:
        self._strong += 1
        if self._strong == 1:
            self._pieces.append(STRONG)

    def end_strong(self) -> None:
        self._strong -= self._strong > 0
        if not self._strong:
            self._pieces.append(END_STRONG)

    def look(self, attributes: str) -> None:
        """A style that says itself how its text looks, as word processors and editors on the web write it."""
        styled = "font-" in attributes
        look = bool(styled and _ITALIC.search(attributes)), bool(styled and _BOLD.search(attributes))
        self._looks.append(look)
        if look[0]:
            self.emphasis("")
        if look[1]:
            self.strong("")

    def end_look(self) -> None:
        italic, bold = self._looks.pop() if self._looks else (False, False)
        if bold:
            self.end_strong()
        if italic:
            self.end_emphasis()

    def anchor(self, attributes: str) -> None:
        self._link = "href=" in attributes

    def end_anchor(self) -> None:
        self._link = False

    def quotation(self, _: str) -> None:
        self.flush()
        self._quotes.append(True)

    def end_quotation(self) -> None:
        self.flush()
        if self._quotes:
            self._quotes.pop()

    def preformatted(self, _: str) -> None:
        self.flush()
        self._pre += 1

    def end_preformatted(self) -> None:
        self.flush()
        self._pre -= self._pre > 0

    def row(self) -> None:
        self._glue = False
        self.flush()

    def cell(self) -> None:
        self._boundary()
        self._cell = len(self.blocks)

    def end_cell(self) -> None:
        """``<td>Rating:</td><td>R</td>`` is one line, also where a word processor makes a paragraph of either."""
        if not self._pieces and len(self.blocks) == self._cell + 1 and self._is_label(self.blocks[-1]):
            self._pieces.append(self.blocks.pop().text)
        text = plain("".join(self._pieces))
        if text and len(text) <= _LABEL_AT_MOST and (text.endswith(":") or (not self._linked and label_of(text))):
            self._pieces.append(" " if text.endswith(":") else ": ")
            self._glue = True
        else:
            self._boundary()

    @staticmethod
    def _is_label(block: Block) -> bool:
        text = block.plain if block.kind is Kind.PROSE and not block.linked else ""
        return 0 < len(text) <= _LABEL_AT_MOST and (text.endswith(":") or label_of(text) is not None)

    def end_term(self) -> None:
        """``<dt>Rating</dt><dd>R</dd>`` is the line ``Rating: R``."""
        text = plain("".join(self._pieces))
        if text and len(text) <= _LABEL_AT_MOST:
            self._pieces.append(" " if text.endswith(":") else ": ")
            self._glue = True

    def say(self, sign: str) -> None:
        self._pieces.append(sign)


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    return text.replace("&nbsp;", "\xa0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _is_verse(attributes: str) -> bool:
    return bool(attributes and _VERSE.search(attributes))


_BLANK_LINES = re.compile(rf"{LINE_END}(?:[ \t\r\xa0]*{LINE_END})+")


def _parted(text: str) -> list[str]:
    """Preformatted *text* cut at its blank lines."""
    return [part.strip(LINE_END) for part in _BLANK_LINES.split(text) if plain(part)]


_NUMBERED = re.compile(r"(?:chapter|part|book|letter|act|scene|day|[ivxlc]+\.?\Z|\d+\.?\Z)", re.IGNORECASE)


def _heading(text: str) -> str:
    """A heading in one line: ``Chapter I<br>The Ladder`` is ``Chapter I: The Ladder``."""
    lines = [_unspaced(line) for line in map(plain, text.split(LINE_END)) if line]
    parted = LINE_END * 2 in text or bool(lines and _NUMBERED.match(lines[0]))
    return ": ".join([lines[0].rstrip(" .:"), *lines[1:]]) if parted and lines else " ".join(lines)


_SPACED = re.compile(r"\w(?: \w){3,}")


def _unspaced(line: str) -> str:
    """``D R A C U L A`` is a word that was set wide."""
    return line.replace(" ", "") if _SPACED.fullmatch(line) else line


_Start = Callable[[_Writer, str], None]
_End = Callable[[_Writer], None]


def _level(level: int) -> _Start:
    return lambda writer, _: writer.heading(level)


_STARTS: dict[str, _Start] = {
    **dict.fromkeys(_BLOCKS, _Writer.block),
    **dict.fromkeys(("div", "section"), _Writer.division),
    **dict.fromkeys(_SKIPPED, _Writer.skip),
    "p": _Writer.paragraph,
    "br": _Writer.line_end,
    "hr": _Writer.rule,
    **{f"h{level}": _level(level) for level in range(1, 7)},
    "hgroup": _Writer.group,
    **dict.fromkeys(("em", "i", "cite"), _Writer.emphasis),
    **dict.fromkeys(("strong", "b"), _Writer.strong),
    **dict.fromkeys(("span", "font"), _Writer.look),
    "a": _Writer.anchor,
    "blockquote": _Writer.quotation,
    **dict.fromkeys(("pre", "listing", "xmp"), _Writer.preformatted),
    **dict.fromkeys(("tr", "dt"), lambda writer, _: writer.row()),
    **dict.fromkeys(("td", "th"), lambda writer, _: writer.cell()),
    "dd": lambda writer, _: writer._boundary(),
    "rt": lambda writer, _: writer.say(" ("),
    "q": lambda writer, _: writer.say("“"),
}
_ENDS: dict[str, _End] = {
    **dict.fromkeys(_BLOCKS, _Writer._boundary),
    **dict.fromkeys(("div", "section"), _Writer.end_division),
    "p": _Writer.end_paragraph,
    **dict.fromkeys((f"h{level}" for level in range(1, 7)), _Writer.end_heading),
    "hgroup": _Writer.end_group,
    **dict.fromkeys(("em", "i", "cite"), _Writer.end_emphasis),
    **dict.fromkeys(("strong", "b"), _Writer.end_strong),
    **dict.fromkeys(("span", "font"), _Writer.end_look),
    "a": _Writer.end_anchor,
    "blockquote": _Writer.end_quotation,
    **dict.fromkeys(("pre", "listing", "xmp"), _Writer.end_preformatted),
    "tr": _Writer.row,
    **dict.fromkeys(("td", "th"), _Writer.end_cell),
    "dt": _Writer.end_term,
    "dd": _Writer._boundary,
    "rt": lambda writer: writer.say(")"),
    "q": lambda writer: writer.say("”"),
}
