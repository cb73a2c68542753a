"""Bytes -> text, for files of every age: Unicode first, then the code pages of Windows and the Macintosh.

The order is that of what can be wrong least: a byte order mark, UTF-16 by its zero bytes, strict UTF-8, and only then
Windows-1252 (which latin-1 files also are) or MacRoman. What had to be guessed is told in ``problems``.
"""

from __future__ import annotations

import binascii
import codecs
import re
from dataclasses import dataclass

from ficsearch.errors import ReadingError


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file as text: lines end in ``\\n``, no control characters; ``encoding`` is Python's name of what it was."""

    text: str
    encoding: str
    problems: tuple[str, ...] = ()


_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SAMPLE = 65_536
_CONTROLS = bytes(c for c in range(32) if c not in b"\t\n\v\f\r") + b"\x7f"
_PAGE_ENDS = bytes.maketrans(b"\v\f", b"\n\n")
_WIDE_CONTROLS = {**dict.fromkeys(_CONTROLS), **dict.fromkeys(b"\v\f", "\n")}


def decode(data: bytes) -> Decoded:
    """*data* as text. Raises ReadingError when it is empty or no text at all."""
    if not data:
        raise ReadingError("the file is empty")
    problems: tuple[str, ...] = ()
    encoding = _unicode_by_sight(data)
    if encoding and encoding != "utf-8":
        text = data.decode(encoding, "replace").translate(_WIDE_CONTROLS)
    else:
        plain = data.translate(_PAGE_ENDS, _CONTROLS)
        if len(plain) < len(data):
            _refuse_binary(data)
        text, encoding, problems = _decoded(_unquoted(plain))
    if not text.isascii():
        text, repaired = _tidied(text, _may_hold_controls(text, encoding, data))
        problems += repaired
    text = with_line_feeds(text)
    if not text or text.isspace():
        raise ReadingError("the file holds nothing but blanks")
    return Decoded(text, encoding, problems)


_GUESSED = ("cp1252", "mac_roman")
_SEEN_ANYWAY = frozenset(("ascii", "iso8859-1", "cp1252", "utf-8", "utf-16", "mac-roman"))
"""Declarations that say no more than the bytes do, and on old pages often less."""


def decode_as(data: bytes, declared: str | None) -> Decoded:
    """*data* as text. A *declared* charset counts only where the bytes leave a choice. Raises as ``decode`` does."""
    seen = decode(data)
    name = _codec(declared) if declared and seen.encoding in _GUESSED else None
    try:
        return Decoded(with_line_feeds(data.decode(name)), name) if name else seen
    except UnicodeDecodeError:
        return seen


def _codec(declared: str) -> str | None:
    """Python's name of a charset that says more than the bytes do."""
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return None
    return None if name in _SEEN_ANYWAY else name


def _unicode_by_sight(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    return _utf16_by_zeros(data[:_SAMPLE])


def _utf16_by_zeros(sample: bytes) -> str | None:
    """UTF-16 without a mark: every blank and Latin letter has a zero byte, always on the same side."""
    if b"\0" not in sample:
        return None
    pairs = max(1, len(sample) // 2)
    first, second = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    encoding = "utf-16-le" if second > first else "utf-16-be"
    if max(first, second) < 0.1 or min(first, second) > 0.02:
        return None
    return None if _is_binary(sample.decode(encoding, "replace").encode("latin-1", "replace")) else encoding


def _is_binary(sample: bytes) -> bool:
    """More than one control character in twenty."""
    return 20 * (len(sample) - len(sample.translate(None, _CONTROLS))) > len(sample)


def _refuse_binary(data: bytes) -> None:
    if _is_binary(data[:_SAMPLE]):
        raise ReadingError(
            "not a text: it is full of control characters",
            "Open it in the program that made it, and save it as text, HTML or DOCX.",
        )


_DECLARED = re.compile(rb"(?im)^content-transfer-encoding:[ \t]*quoted-printable")
_BODY = re.compile(rb"\r?\n\r?\n")
_MAIL_HEAD = 8_000
_QUOTED = re.compile(rb"=(?:[0-9A-F]{2}|\r?\n)")


def _unquoted(data: bytes) -> bytes:
    """Quoted-printable mail as it was before it was sent; anything else unchanged."""
    signs = data.count(b"=")
    if signs < 3 or not data.isascii():
        return data
    if (declared := _DECLARED.search(data[:_MAIL_HEAD])) and (body := _BODY.search(data, declared.end())):
        return data[: body.end()] + binascii.a2b_qp(data[body.end() :])
    quoted = len(_QUOTED.findall(data))
    # three, because a formula or two may stand in any story; nearly all, because a rule is made of them
    return binascii.a2b_qp(data) if quoted > 2 and 10 * quoted >= 9 * signs else data


def _decoded(data: bytes) -> tuple[str, str, tuple[str, ...]]:
    try:
        return data.removeprefix(codecs.BOM_UTF8).decode("utf-8"), "utf-8", ()
    except UnicodeDecodeError:
        pass
    if (damaged := _damaged_utf8(data)) is not None:
        return damaged
    if _is_mac(data):
        by = "its line ends" if b"\n" not in data else "its quotation marks"
        return data.decode("mac_roman"), "mac_roman", (f"read as MacRoman by {by}",)
    return data.decode("cp1252", _LATIN_1), "cp1252", _doubts(data)


def _damaged_utf8(data: bytes) -> tuple[str, str, tuple[str, ...]] | None:
    """UTF-8 with a few bytes of another encoding in it: pasted text, or a file cut in the middle of a character."""
    text = data.decode("utf-8-sig", "surrogateescape")
    wrong = len(_ESCAPED.findall(text))
    right = sum(map(len, _NOT_ASCII.findall(text))) - wrong
    if 4 * wrong > right:
        return None
    problem = f"{wrong} byte{'s are' if wrong > 1 else ' is'} not UTF-8 and {'were' if wrong > 1 else 'was'} read as"
    return data.decode("utf-8-sig", _CP1252), "utf-8", (f"{problem} Windows-1252, {_first_line(text, _ESCAPED)}",)


_ESCAPED = re.compile("[\udc80-\udcff]")
_NOT_ASCII = re.compile("[^\x00-\x7f]+")


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("cp1252", _LATIN_1), error.end


def _as_latin1(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    return error.object[error.start : error.end].decode("latin-1"), error.end


_CP1252, _LATIN_1 = "ficsearch.cp1252", "ficsearch.latin-1"
codecs.register_error(_CP1252, _as_cp1252)
codecs.register_error(_LATIN_1, _as_latin1)

_MAC_SIGNS = re.compile(
    rb"[a-z]\xd5[a-z]|[ \r\n]\xd2[A-Z]|[a-z.,!?]\xd3[ \r\n]|[a-z]\x8e[a-z]|[a-z] ?[\xd0\xd1] ?[a-z]"
)
_MAC_BYTES = (b"\xd5", b"\xd2", b"\xd3", b"\x8e", b"\xd0", b"\xd1")
"""One of them is in each of these signs."""
_WINDOWS_SIGNS = re.compile(
    rb"[a-z]\x92[a-z]|[ \r\n]\x93[A-Z]|[a-z.,!?]\x94[ \r\n]|[a-z][\xe0-\xfc][a-z]|[\x85\x96\x97]"
)


def _is_mac(data: bytes) -> bool:
    """Lone carriage returns speak for a Macintosh, and so do its quotation marks, dashes and e acute."""
    sample = data[: 16 * _SAMPLE]
    mac = len(_MAC_SIGNS.findall(sample)) if any(map(sample.count, _MAC_BYTES)) else 0
    lone = b"\r" in sample and b"\n" not in sample
    if not lone and mac < 2:
        return False
    windows = len(_WINDOWS_SIGNS.findall(sample))
    return mac >= windows if lone else mac > 2 * windows + 1


def _doubts(data: bytes) -> tuple[str, ...]:
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if 5 * high < len(data):
        return ()
    return ("read as Windows-1252, though it hardly looks like it: the encoding is a guess",)


_TAIL = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(f"[Â-ß][{_TAIL}]|[à-ï][{_TAIL}]{{2}}|ð[{_TAIL}]{{3}}|â€(?=[\\s.,;!?]|\\Z)")
_C1 = re.compile("[\x80-\x9f]")
_C1_IN_UTF8 = re.compile(rb"\xc2[\x80-\x9f]")
_NO_LETTERS = "\x81\x8d\x8f\x90\x9d"
"""Bytes that mean nothing in Windows-1252, as they are decoded here."""
_BREAKS = ("\u2028", "\u2029", "\x85")


def _may_hold_controls(text: str, encoding: str, data: bytes) -> bool:
    """May characters of the second block of controls be in *text*, or come into it when it is repaired?"""
    if encoding == "utf-8":
        return _C1_IN_UTF8.search(data) is not None
    return encoding != "cp1252" or any(sign in text for sign in (*_NO_LETTERS, "Â", "Ã"))


def _tidied(text: str, has_controls: bool) -> tuple[str, tuple[str, ...]]:
    """*text* with what an earlier program broke put right, where that is certain."""
    problems: tuple[str, ...] = ()
    if ("â" in text and "â€" in text) or "Ã" in text or "Â" in text:
        broken, (text, count) = text, _unbroken(text)
        told = "repaired text that had been decoded wrongly (’ had become â€™)"
        problems = (f"{told}, {_first_line(broken, _MOJIBAKE)}",) if count else ()
    if lost := text.count("\ufffd"):
        told = f"{lost} characters were lost before (they are shown as \ufffd)"
        problems += (f"{told}, {_first_line(text, _LOST)}",)
    for sign in _BREAKS:
        text = text.replace(sign, "\n")
    text = text.replace("\xa0", " ").replace("\ufeff", "")
    return _C1.sub("", text) if has_controls else text, problems


_LOST = re.compile("\ufffd")


def _first_line(text: str, sign: re.Pattern[str]) -> str:
    """Where the first *sign* of damage stands, in the lines of the file."""
    match = sign.search(text)
    return f"first in line {1 + with_line_feeds(text[: match.start() if match else 0]).count(chr(10))}"


_TIMES = 3
"""So often the same mistake has been met in one file."""


def _unbroken(text: str) -> tuple[str, int]:
    """*text* without mojibake, also where it was broken again after it had been broken; and in how many places."""
    places = 0
    for _ in range(_TIMES):
        repaired, count = _MOJIBAKE.subn(_repaired, text)
        if repaired == text:
            break
        text, places = repaired, places + count
    return text, places


def _repaired(match: re.Match[str]) -> str:
    """What the wrong characters were: their Windows-1252 bytes, read as the UTF-8 they are."""
    if match[0] == "â€":  # the last byte of ” has no character in Windows-1252 and gets lost
        return "”"
    try:
        return b"".join(map(_byte, match[0])).decode("utf-8")
    except UnicodeError:
        return match[0]


def _byte(character: str) -> bytes:
    return bytes([ord(character)]) if ord(character) < 256 else character.encode("cp1252")


def with_line_feeds(text: str) -> str:
    """*text* with ``\\n`` at the end of each line, whatever stood there: CRLF, CR, or CR CR LF."""
    if "\r" not in text:
        return text
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
