"""The words of RTF that matter to a story (Microsoft's specification 1.9.1), and the code pages it was written in."""

from __future__ import annotations

SIGNS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "softline": " ",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
SYMBOLS = {"~": "\xa0", "_": "-", "-": "", "{": "{", "}": "}", "\\": "\\", "\n": "\n\n", "\r": "\n\n"}
"""What a backslash before a sign means; a soft hyphen is nothing, a line end is a paragraph."""

_ASIDE_WORDS = """
    fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl footerr footerf footnote
    annotation atnid atnauthor atntime atnicn atnref atnparent atndate atrfstart atrfend fldinst xe tc txe bkmkstart
    bkmkend nonshppict themedata colorschememapping datastore latentstyles listtable listoverridetable listtext pntext
    pntxta pntxtb pn revtbl rsidtbl xmlnstbl mmathpr generator template filetbl private private1 do shp shpinst
    background ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn userprops docvar formfield objdata objclass objname result
    sp sn sv picprop blipuid blipupi levelnumbers leveltext listlevel listname pgptbl
"""
ASIDE = frozenset(_ASIDE_WORDS.split())
"""Groups that are not the text: tables of the file, heads and feet of pages, notes, comments, codes of fields,
pictures, what a list puts before its lines."""
PROPERTIES = {
    "title": "title",
    "author": "author",
    "keywords": "keywords",
    "doccomm": "summary",
    "comment": "summary",
    "category": "category",
    "creatim": "published",
    "revtim": "updated",
}
"""What the group ``info`` says of the document."""

_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    130: "johab",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}
"""Windows' numbers of character sets, as fonts name them; 0 to 2 say nothing."""


def charset(number: int) -> str | None:
    """The code page of a font's character set; None where the document's own is meant."""
    return _CHARSETS.get(number)


def code_page(number: int) -> str | None:
    """Python's name of a Windows code page: 10000 is the Macintosh, 65001 is UTF-8."""
    if number == 10000:
        return "mac_roman"
    if number == 65001:
        return "utf-8"
    name = f"cp{number}"
    try:
        b"a".decode(name)
    except LookupError:
        return None
    return name
