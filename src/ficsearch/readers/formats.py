"""What kind of file this is, by its content: formats that are read, and those whose name can at least be told."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "a PDF"),
    (0, b"{\\rtf", "an RTF"),
    (0, b"\xd0\xcf\x11\xe0", "an old Word or Office"),
    (0, b"\xffWPC", "a WordPerfect"),
    (0, b"\xdb\xa5", "an old Word"),
    (60, b"BOOKMOBI", "a Kindle (MOBI)"),
    (60, b"TEXtREAd", "a Palm document"),
    (0, b"ITOLITLS", "a Microsoft Reader (LIT)"),
    (0, b"bplist00", "a Safari web archive"),
    (0, b"\x89PNG", "an image"),
    (0, b"\xff\xd8\xff", "an image"),
    (0, b"GIF8", "an image"),
    (0, b"BM", "an image"),
    (0, b"II*\0", "an image"),
    (0, b"MM\0*", "an image"),
    (8, b"WEBP", "an image"),
    (0, b"ID3", "an audio"),
    (0, b"\xff\xfb", "an audio"),
    (0, b"OggS", "an audio"),
    (0, b"RIFF", "an audio or video"),
    (4, b"ftyp", "a video"),
    (0, b"\x1a\x45\xdf\xa3", "a video"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ", "a program"),
    (0, b"\xcf\xfa\xed\xfe", "a program"),
    (0, b"\xca\xfe\xba\xbe", "a program"),
    (0, b"SQLite format 3", "a database"),
    (0, b"\x1f\x8b", "a compressed (gzip)"),
    (0, b"BZh", "a compressed (bzip2)"),
    (0, b"\xfd7zXZ", "a compressed (xz)"),
    (0, b"\x28\xb5\x2f\xfd", "a compressed (zstd)"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive"),
    (0, b"Rar!", "a RAR archive"),
    (257, b"ustar", "a tar archive"),
)
_PRINTABLE = ("BM", "MZ", "BZh", "ID3", "GIF8", "RIFF", "OggS", "Rar!")
_ZIPS = (
    (b"word/document.xml", "a Word (DOCX)"),
    (b"opendocument.text", "an OpenDocument (ODT)"),
    (b"xl/workbook.xml", "a spreadsheet"),
)


_NO_STORIES = {
    "data": "csv tsv json jsonl ndjson xml yaml yml toml ini cfg conf sql log lock po pot plist ncx opf",
    "program": "py js mjs ts css scss c h cpp hpp java rs go rb pl php sh bash bat cmd ps1 lua r make mk cmake tex bib",
    "shortcut": "url lnk desktop webloc",
    "subtitles": "srt vtt ass sub",
}
_KINDS = {f".{suffix}": kind for kind, suffixes in _NO_STORIES.items() for suffix in suffixes.split()}
_ABOUT = re.compile(
    r"(?i)(?:readme|licen[cs]e|copying|changelog|changes|install|manifest|contributing)(?:\.(?:txt|md|html?))?\Z"
)


def no_story(name: str) -> str | None:
    """Why a file of this name is text but holds no story (``a data file``), or None."""
    if _ABOUT.match(name):
        return "a file about the other files"
    kind = _KINDS.get(name[name.rfind(".") :].lower()) if "." in name else None
    return f"a {kind} file" if kind else None


def unread_format(data: bytes) -> str | None:
    """The name of a format that is recognised but not read (``a PDF``), or None."""
    if is_zip(data):
        return next((name for sign, name in _ZIPS if sign in data), "a ZIP archive")
    for at, sign, name in _SIGNATURES:
        if data.startswith(sign, at) and not _may_be_text(sign, data):
            return name
    head = data[:4096].lstrip()
    if b"<FictionBook" in head:
        return "a FictionBook"
    if re.match(rb"(?i)(?:from|mime-version|subject):[^\0]*\bmultipart/related", head):
        return "a saved web page (MHTML)"
    return None


def _may_be_text(sign: bytes, data: bytes) -> bool:
    """A story may begin with ``BM`` or ``RIFF``; a real image has bytes soon after that no text has."""
    return sign.decode("latin-1") in _PRINTABLE and not re.search(rb"[\0-\x08\x0e-\x1f]", data[:512])


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def is_epub(name: str, data: bytes) -> bool:
    """A ZIP that says so, or one that holds a book (made by hand, without the ``mimetype`` that should come first)."""
    if not is_zip(data):
        return False
    return b"application/epub+zip" in data[:200] or b"META-INF/container.xml" in data or b".opf" in data


_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_PAGE = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")
_TAG = re.compile(r"(?i)</?(?:p|br|div|center|font|table|title|meta|h[1-6]|hr|b|i|em|strong|a|span|blockquote)[\s>/]")


def is_html(name: str, data: bytes) -> bool:
    """A page, whatever its suffix: it says so near its beginning, or begins with a tag and goes on in tags."""
    head = _ascii_head(data)
    page = _PAGE.search(head)
    if page and (page.start() < 200 or head.lstrip().startswith("<")):
        return True
    tags = len(_TAG.findall(head))
    if name.lower().endswith(_HTML_SUFFIXES):
        return tags > 0
    return tags >= 3 and bool(_TAG.match(head.lstrip()))


def _ascii_head(data: bytes) -> str:
    """The first characters as far as they are ASCII: enough to see tags, also in UTF-16."""
    return data[:8192].replace(b"\0", b"").decode("ascii", "ignore")


def is_markdown(name: str, data: bytes) -> bool:
    """By suffix, or by front matter: a first line ``---`` and a key after it."""
    if name.lower().endswith((".md", ".markdown", ".mkd", ".mdown")):
        return True
    return bool(_FRONT_MATTER.match(_ascii_head(data)))


_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:#[^\n]*\n)*[A-Za-z][\w -]*:(?:[ \t]|\r?\n)")


def is_text(name: str, data: bytes) -> bool:
    """Anything else: whether it really is text shows when it is decoded."""
    return True
