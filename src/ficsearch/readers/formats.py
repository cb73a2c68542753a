"""What kind of file this is, by its content: formats that are read, and those whose name can at least be told."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
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
_SIGNS_AT = {at: tuple(sign for place, sign, _ in _SIGNATURES if place == at) for at, _, _ in _SIGNATURES}
"""Most files have none of them: one look at each place tells."""
_PRINTABLE = ("BM", "MZ", "BZh", "ID3", "GIF8", "RIFF", "OggS", "Rar!")
_ZIPS = (
    (b"xl/workbook.", "a spreadsheet"),
    (b"ppt/presentation.xml", "a slide show"),
    (b"Index/Document.iwa", "a Pages"),
)
_OPEN_DOCUMENTS = ((b"opendocument.spreadsheet", "a spreadsheet"), (b"opendocument.presentation", "a slide show"))
_XMLS = ((b"<w:wordDocument", "a Word (XML)"), (b"<pkg:package", "a Word (XML)"))
_RESAVE = "open it in LibreOffice and save it as DOCX or ODT"
_CONVERT = "convert it to EPUB, as calibre does"
_ADVICE = {
    **dict.fromkeys(("an old Word or Office", "an old Word", "a WordPerfect", "a Word (XML)", "a Pages"), _RESAVE),
    **dict.fromkeys(("a Kindle (MOBI)", "a Palm document", "a Microsoft Reader (LIT)"), _CONVERT),
    "a Safari web archive": "save the page again as HTML only",
    **dict.fromkeys(("a 7-Zip archive", "a RAR archive", "a tar archive"), "unpack it, and index the folder"),
    "a compressed (gzip)": "unpack it first",
}


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
        return _unread_zip(data)
    if any(data.startswith(signs, at) for at, signs in _SIGNS_AT.items()):
        for at, sign, name in _SIGNATURES:
            if data.startswith(sign, at) and not _may_be_text(sign, data):
                return name
    head = data[:4096].lstrip()
    if found := next((name for sign, name in _XMLS if sign in head), None):
        return found
    return None


def _unread_zip(data: bytes) -> str | None:
    directory, kind = directory_of(data), _mimetype(data)
    if found := next((name for sign, name in _OPEN_DOCUMENTS if sign in kind), None):
        return found
    return next((name for sign, name in _ZIPS if sign in directory), None)


_NO_TEXT = ("an image", "an audio", "an audio or video", "a video", "a program", "a database")


def is_media(data: bytes) -> bool:
    """A picture, a song, a program: nothing that anybody would read as a story."""
    return unread_format(data) in _NO_TEXT


def advice_for(unread: str) -> str:
    """What to do with a file of a format that :func:`unread_format` names."""
    return _ADVICE.get(unread, "")


def _may_be_text(sign: bytes, data: bytes) -> bool:
    """A story may begin with ``BM`` or ``RIFF``; a real image has bytes soon after that no text has."""
    return sign.decode("latin-1") in _PRINTABLE and not re.search(rb"[\0-\x08\x0e-\x1f]", data[:512])


def is_zip(data: bytes) -> bool:
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


ENTRY, _END = b"PK\x01\x02", b"PK\x05\x06"
_END_WITHIN = 66_000
"""Bytes at the end of a ZIP in which its end must stand: a comment of 65,535 may follow it."""


def directory_of(data: bytes) -> bytes:
    """The directory of a ZIP: the names of its own files, and not those of archives inside it. All of *data* where
    its end is cut off."""
    end = data.rfind(_END, max(0, len(data) - _END_WITHIN))
    size = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else len(data)
    return data[end - size : end] if 0 <= size <= end else data


def _mimetype(data: bytes) -> bytes:
    """What a ZIP says it is in its first file, as books and documents do; nothing where that file is packed."""
    return data[38:130] if data[30:38] == b"mimetype" and data[8:10] == b"\0\0" else b""


def is_epub(name: str, data: bytes) -> bool:
    """A ZIP that says so, or one that holds a book (made by hand, without the ``mimetype`` that should come first)."""
    if not is_zip(data):
        return False
    directory = directory_of(data)
    if b"application/epub+zip" in _mimetype(data) or b"META-INF/container.xml" in directory or b".opf" in directory:
        return True
    return name.lower().endswith(".epub") and b"htm" in directory


def is_docx(name: str, data: bytes) -> bool:
    """A ZIP with the text of Word inside, whatever its suffix."""
    return is_zip(data) and b"word/document" in directory_of(data)


def is_odt(name: str, data: bytes) -> bool:
    """A ZIP that says it is a text of LibreOffice or of OpenOffice 1, or looks like one inside."""
    if not is_zip(data):
        return False
    kind, directory = _mimetype(data), directory_of(data)
    if b"opendocument.text" in kind or b"vnd.sun.xml.writer" in kind:
        return True
    return not kind and b"content.xml" in directory and b"META-INF/manifest.xml" in directory


def is_archive(name: str, data: bytes) -> bool:
    """Any other ZIP."""
    return is_zip(data)


def is_pdf(name: str, data: bytes) -> bool:
    """A PDF; some programs put a line or two before its first one."""
    return data[:1024].lstrip().startswith(b"%PDF-") or (b"\n%PDF-" in data[:1024] and b"endobj" in data)


def is_rtf(name: str, data: bytes) -> bool:
    return data[:64].removeprefix(b"\xef\xbb\xbf").lstrip(b"\0 \t\r\n").startswith(b"{\\rtf")


def is_fb2(name: str, data: bytes) -> bool:
    """A FictionBook, in any encoding."""
    return _has_tags(data) and "<FictionBook" in _ascii_head(data)


def is_flat_odt(name: str, data: bytes) -> bool:
    """An OpenDocument text in one file of XML."""
    head = _ascii_head(data) if _has_tags(data) else ""
    return "<office:document " in head and "opendocument.text" in head


_ENVELOPE = re.compile(rb"From \S+ |(?:[A-Za-z][A-Za-z-]{1,40}: ?)")
_ENVELOPE_AT_MOST = 20_000
_PACKED = re.compile(
    rb"(?im)^content-(?:type:[ \t]*(?:\r?\n[ \t]+)?multipart/|transfer-encoding:[ \t]*base64\b"
    rb"|type:[^\n]*(?:\n[ \t][^\n]*)?charset=\"?(?:koi8|windows-125[013-8]|iso-8859-(?:[2-9]|1\d)|shift|euc|big5|gb))"
)


_QUOTED = re.compile(rb"(?im)^content-transfer-encoding:[ \t]*quoted-printable")


def is_mime(name: str, data: bytes) -> bool:
    """Mail in parts, packed, or in letters that only its envelope tells; of a mailbox any one in it."""
    if not _ENVELOPE.match(data):
        return False
    if data.startswith(b"From "):  # letter by letter, each is packed as it likes
        return _PACKED.search(data) is not None or _QUOTED.search(data) is not None
    end = next((at for gap in (b"\n\n", b"\r\n\r\n") if (at := data.find(gap, 0, _ENVELOPE_AT_MOST)) >= 0), 0)
    return _PACKED.search(data, 0, end) is not None


_HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".xht", ".shtml")
_PAGE = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body)[\s>]")
_TAG = re.compile(r"(?i)</?(?:p|br|div|center|font|table|title|meta|h[1-6]|hr|b|i|em|strong|a|span|blockquote)[\s>/]")


def is_html(name: str, data: bytes) -> bool:
    """A page, whatever its suffix: it says so near its beginning, or begins with a tag and goes on in tags."""
    if not _has_tags(data):
        return False
    head = _ascii_head(data)
    page = _PAGE.search(head)
    if page and (page.start() < 200 or head.lstrip().startswith("<")):
        return True
    tags = len(_TAG.findall(head))
    if name.lower().endswith(_HTML_SUFFIXES):
        return tags > 0
    return tags >= 3 and bool(_TAG.match(head.lstrip()))


_HEAD = 8192
_MARK = 16
"""Bytes in which the first character stands, whatever the encoding and its mark."""
_NOT_ASCII = bytes((0, *range(128, 256)))


def _has_tags(data: bytes) -> bool:
    """May there be tags near the beginning? A story in plain text has no such sign."""
    return data.find(b"<", 0, _HEAD) >= 0


def _ascii_head(data: bytes) -> str:
    """The first characters as far as they are ASCII: enough to see tags, also in UTF-16."""
    head = data[:_HEAD]
    return (head if head.isascii() and b"\0" not in head else head.translate(None, _NOT_ASCII)).decode("ascii")


def is_markdown(name: str, data: bytes) -> bool:
    """By suffix, or by how it begins: front matter (a line ``---`` and a key after it), or ``# A Title`` by itself."""
    if name.lower().endswith((".md", ".markdown", ".mkd", ".mdown")):
        return True
    begins = data[:_MARK]
    return (b"-" in begins or b"#" in begins) and bool(_MARKDOWN.match(_ascii_head(data)))


_MARKDOWN = re.compile(
    r"---[ \t]*\r?\n(?:#[^\n]*\n)*[A-Za-z][\w -]*:(?:[ \t]|\r?\n)|(?:[ \t]*\r?\n){0,3}# \w[^\n]{0,99}\n[ \t]*\r?\n"
)


def is_text(name: str, data: bytes) -> bool:
    """Anything else: whether it really is text shows when it is decoded."""
    return True
