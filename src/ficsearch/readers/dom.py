"""A page as a tree: parsed as browsers do, tamed first so that no page costs more than time in line with its size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ficsearch.readers import markup

Tree = LexborHTMLParser
Node = LexborNode

_RAW = ["script", "style", "template", "noscript", "noframes", "noembed", "iframe", "textarea"]
"""Their text comes out unescaped, so they leave before the tree is written down again."""

_FORMATTING = re.compile(
    r"<(font|b|i|u|s|em|big|tt|code|nobr|small|strike|strong)\s[^<>]*>|<(a)\s[^<>]{500,}>?"
    r"|<(/?)(?:xmp|plaintext|listing)>",
    re.IGNORECASE,
)
"""A link that long leads nowhere, and may be reopened a thousand times."""
_MANY_TAGS = 20_000
"""From so many tags on the depth is limited: the parser looks through all open elements at each tag."""
_DEEPEST = 500
"""Browsers stop near 512 too (Blink: ``kMaximumHTMLParserDOMTreeDepth``)."""
_NESTING = re.compile(
    r"<(/?)(?:(?:div|span|blockquote|center|table|section|article|ul|ol|dl|fieldset|form)"
    r"|(font|b|i|u|s|em|big|tt|code|nobr|small|strike|strong|a))\b[^<>]*>",
    re.IGNORECASE,
)
_SELF_CLOSED = re.compile(
    r"<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)\b)([a-zA-Z][\w:.-]*+)((?:\s[^<>]*)?)/>"
)
_TAG_AT_MOST = 20_000
_TAG_NAME = re.compile(r"<([a-zA-Z]\w{0,20})")
_CDATA, _CDATA_ENDS = "<![CDATA[", "]]>"


def parse(text: str) -> Tree:
    """The tree of an HTML page, without scripts and styles."""
    tamed = _FORMATTING.sub(_tamed, _without_endless_tags(text))
    if tamed.count("<") > _MANY_TAGS:
        tamed = _shallow(tamed)
    tree = LexborHTMLParser(tamed)
    tree.strip_tags(_RAW)
    return tree


def parse_xhtml(text: str) -> Tree:
    """The tree of an XHTML page: ``<title/>`` is closed, which an HTML parser would not believe."""
    return parse(_SELF_CLOSED.sub(_closed, _without_cdata(text)))


def _without_endless_tags(text: str) -> str:
    """*text* with tags of a length that nobody writes cut to their names: ``<div <<<<...``, of a page that was broken.

    The parser repeats the attributes of formatting that is not closed in every paragraph. Nothing is cut in which a
    script or a comment may end; pictures hold their data there.
    """
    if len(text) <= _TAG_AT_MOST:
        return text
    return ">".join(_named_only(piece) if len(piece) > _TAG_AT_MOST else piece for piece in text.split(">"))


def _named_only(piece: str) -> str:
    tag = _TAG_NAME.search(piece)
    if tag is None or len(piece) - tag.start() <= _TAG_AT_MOST or tag[1].lower() in ("img", "image"):
        return piece
    ends_something = "</" in piece[tag.start() :] or piece.endswith("--")
    return piece if ends_something else piece[: tag.end()]


def _closed(tag: re.Match[str]) -> str:
    return f"<{tag[1]}{tag[2]}></{tag[1]}>"


def _without_cdata(text: str) -> str:
    """*text* with its sections of mere characters as such. One that never ends is none, nor is any behind it."""
    pieces: list[str] = []
    at = 0
    while (start := text.find(_CDATA, at)) >= 0 and (end := text.find(_CDATA_ENDS, start)) >= 0:
        words = text[start + len(_CDATA) : end].replace("&", "&amp;").replace("<", "&lt;")
        pieces += (text[at:start], words)
        at = end + len(_CDATA_ENDS)
    return "".join((*pieces, text[at:]))


def _tamed(tag: re.Match[str]) -> str:
    """Unclosed formatting is reopened in every paragraph, up to three times if it looks the same, else for ever."""
    if tag[0].endswith("-->"):
        return tag[0]  # it stands in a comment, which has to end: <!-- <font size=2 -->
    name = tag[1] or tag[2]
    return f"<{name}>" if name else f"<{tag[3]}pre>"


def _shallow(text: str) -> str:
    """*text* without what lies too deep in other elements. Formatting counts for itself: what is not closed (``<i><b>
    </i>``) is opened again by the parser, in whatever it stands."""
    text = _without_unclosed(text)
    depths = {False: 0, True: 0}

    def limited(tag: re.Match[str]) -> str:
        formatting, before = tag[2] is not None, depths[tag[2] is not None]
        depth = depths[formatting] = max(0, before - 1) if tag[1] else before + 1
        return "" if depth >= _DEEPEST + (not tag[1]) else tag[0]

    return _NESTING.sub(limited, text)


_FORMATS = "font b i u s em big tt code nobr small strike strong".split()


def _without_unclosed(text: str) -> str:
    """*text* without the formatting that is opened hundreds of times more than it is closed: everything would be in
    it, and the parser opens it in every paragraph three times over."""
    unclosed = [n for n in _FORMATS if _count(text, f"<{n}>") - _count(text, f"</{n}>") >= _DEEPEST]
    return re.sub(rf"(?i)</?(?:{'|'.join(unclosed)})>", "", text) if unclosed else text


def _count(text: str, tag: str) -> int:
    return text.count(tag) + text.count(tag.upper())


def body_of(tree: Tree) -> str:
    """The page's body, written down again well-formed."""
    return html(tree.body)


def line(node: Node | None) -> str:
    """The words of *node* on one line; empty for None."""
    return markup.line_of(html(node))


def is_short(node: Node) -> bool:
    """Is this little enough for a fact? Cells within cells would be read again and again."""
    return len(html(node)) <= _FACT_AT_MOST


_FACT_AT_MOST = 10_000
"""Characters of the markup of one fact, a summary with links in it included."""


def text(node: Node | None) -> str:
    """The text of *node* as a chapter has it; empty for None."""
    return markup.text_of(html(node))


def note(node: Node | None) -> str:
    """The plain paragraphs of *node*, as summaries and notes are kept; empty for None."""
    return markup.note_of(html(node))


def first_line(root: Tree | Node | None, selector: str) -> str:
    """The words of the first element below *root* that *selector* finds, or nothing."""
    return line(root.css_first(selector)) if root else ""


def unshown_line(node: Node | None) -> str:
    """The words of an element that is no text of the page: <title>, <option>."""
    return " ".join(node.text().split()) if node else ""


def href(node: Node | None) -> str | None:
    """Where a link leads."""
    return node.attributes.get("href") if node else None


def has_class(node: Node, name: str) -> bool:
    """Is *name* among the classes of *node* itself (``css_matches`` would look below it too)?"""
    return name in (node.attributes.get("class") or "").split()


def children(node: Node | None) -> Iterator[Node]:
    """The element children of *node*, in order."""
    if node:
        yield from node.iter(include_text=False)


def links(node: Node | None, selector: str = "a") -> list[str]:
    """The words of each link below *node* that *selector* names."""
    return [line(link) for link in node.css(selector)] if node else []


def html(node: Node | None) -> str:
    """*node* written down, well-formed; empty for None."""
    return (node.html or "") if node else ""


def place_in_menu(menu: Node | None) -> str | None:
    """Where a page stands among those of its story, by the menu that chooses one: ``2 of 12``; None where nothing is
    chosen or there is only one."""
    options = menu.css("option") if menu else []
    chosen = next((n for n, option in enumerate(options, 1) if "selected" in option.attributes), None)
    return f"{chosen} of {len(options)}" if chosen and len(options) > 1 else None
