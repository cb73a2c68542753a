"""The process that opens PDFs: ``python -m ficsearch.readers.pdf_child``.

PDFium is fast and lenient, but it is a C++ library that reads files of strangers: here it may crash, or be stopped when
a file takes more time or memory than any story does, and the process that reads stories goes on.

In: eight bytes of length, eight of milliseconds of CPU time that it may take, a PDF. Out: eight bytes of length, JSON.
"""

from __future__ import annotations

import ctypes
import json
import os
import re
import sys
import threading
import time
from contextlib import suppress
from typing import Any, BinaryIO

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MEMORY, MEMORY_PER_BYTE = 400_000_000, 16
PAGES_AT_MOST = 20_000
CHARACTERS, CHARACTERS_PER_BYTE = 2_000_000, 20
"""Text beyond this multiple of the file's size is the same page again and again."""

_HYPHENS = "\x02\ufffe"
"""What PDFium makes of a hyphen at the end of a line."""
_LINE = re.compile(f"([^\r\n{_HYPHENS}]+)([{_HYPHENS}]?)")
_BEGINS = re.compile(r"(?<!\w)(\w)|(?<![^\w\s])[^\w\s]")
_MAY_BE_MADE_UP = re.compile(r"(?<=[(\"'“‘]) | (?=[,.;:!?)\"'”’])")
_ITALIC, _FORCED_BOLD = 1 << 6, 1 << 18


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Answers one file after the other until *source* ends."""
    watch = _Watch()
    while header := source.read(16):
        data = source.read(int.from_bytes(header[:8], "little"))
        _limit_memory(len(data))
        watch.allow(int.from_bytes(header[8:], "little") / 1000)
        answer = json.dumps(read(data)).encode()
        watch.rest()
        target.write(len(answer).to_bytes(8, "little") + answer)
        target.flush()


class _Watch:
    """Ends the process when a file takes more CPU time than it may: nothing else stops a C++ library."""

    def __init__(self) -> None:
        self._until = float("inf")
        threading.Thread(target=self._look, daemon=True).start()

    def allow(self, seconds: float) -> None:
        self._until = time.process_time() + seconds

    def rest(self) -> None:
        self._until = float("inf")

    def _look(self) -> None:
        while True:
            time.sleep(0.1)
            if time.process_time() > self._until:
                os._exit(3)


def _limit_memory(size: int) -> None:
    with suppress(ImportError, ValueError, OSError):  # Windows has no such limits, macOS does not keep them
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY + MEMORY_PER_BYTE * size, hard))


def read(data: bytes) -> dict[str, Any]:
    """The pages as lines, and the properties; or why not."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        return {"error": "password" if "password" in str(error).lower() else "damaged"}
    try:
        return {"pages": _pages(document, CHARACTERS + CHARACTERS_PER_BYTE * len(data)), "properties": _meta(document)}
    except OverflowError:
        return {"error": "endless"}
    except (pdfium.PdfiumError, ValueError):
        return {"error": "damaged"}
    finally:
        document.close()


def _meta(document: Any) -> dict[str, str]:
    return {key: str(value) for key, value in document.get_metadata_dict(skip_empty=True).items()}


def _pages(document: Any, characters: int) -> list[list[Any]]:
    pages: list[list[Any]] = []
    for number in range(min(len(document), PAGES_AT_MOST)):
        try:
            page = document[number]
        except pdfium.PdfiumError:
            continue
        text = page.get_textpage()
        characters -= text.count_chars()
        if characters < 0:
            raise OverflowError
        pages.append(_lines(text))
        text.close()
        page.close()
    return pages


def _lines(text: Any) -> list[Any]:
    """The lines of a page: ``[x0, x1, y, size, hyphen, [[look, words], ...]]``, look 1 italic and 2 bold."""
    signs = _signs(text)
    lines: list[Any] = []
    for match in _LINE.finditer(signs):
        start, end = match.span(1)
        if words := signs[start:end].strip(" "):
            start += signs[start:end].index(words[0])
            lines.append(_line(text, signs, start, start + len(words), match[2] in _HYPHENS and bool(match[2])))
    return lines


def _signs(text: Any) -> str:
    """The signs of a page, one for each place. All at once is thirty times faster, where it gives as many."""
    count = text.count_chars()
    signs = str(text.get_text_range())
    if len(signs) == count:
        return signs
    return "".join(chr(raw.FPDFText_GetUnicode(text, at)) for at in range(count))


def _line(text: Any, signs: str, start: int, end: int, hyphen: bool) -> list[Any]:
    right, x, y, spare = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(text, end - 1, spare, right, spare, spare)
    raw.FPDFText_GetCharOrigin(text, start, x, y)
    place = [round(v.value, 2) for v in (x, right, y)]
    return [*place, round(raw.FPDFText_GetFontSize(text, start), 2), hyphen, _words(text, signs, start, end)]


def _words(text: Any, signs: str, start: int, end: int) -> list[list[Any]]:
    """The words of a line in stretches of one look. It is asked for where a word begins, and at the signs around it
    where they may look otherwise."""
    found: list[list[Any]] = []
    first, look = start, 0
    for match in _BEGINS.finditer(signs, start, end):
        at = match.start()
        if look or match[1] or at == start or signs[at - 1] == " ":
            changed = _look(text, at)
            if changed != look and at > first:
                found.append([look, _string(text, signs, first, at)])
                first = at
            look = changed
    return [*found, [look, _string(text, signs, first, end)]]


def _string(text: Any, signs: str, start: int, end: int) -> str:
    """*signs* between two places; half of a pair is the sign for something lost."""
    made_up = [m.start() for m in _MAY_BE_MADE_UP.finditer(signs, start, end) if _is_made_up(text, m.start())]
    for at in reversed(made_up):
        signs = signs[:at] + signs[at + 1 :]
    found = signs[start : end - len(made_up)]
    return found if found.isascii() else found.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_BLANK = 0.2
"""Of the size of the letters: the least that a blank is wide."""


def _is_made_up(text: Any, at: int) -> bool:
    """Was this blank put in by PDFium, where slanted letters lean away from a sign beside them?"""
    if at == 0 or raw.FPDFText_IsGenerated(text, at) != 1:
        return False
    right, left, spare = ctypes.c_double(), ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharBox(text, at - 1, spare, right, spare, spare)
    raw.FPDFText_GetCharBox(text, at + 1, left, spare, spare, spare)
    return left.value - right.value < _BLANK * float(raw.FPDFText_GetFontSize(text, at + 1))


_NAME = ctypes.create_string_buffer(128)


def _look(text: Any, at: int) -> int:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(text, at, _NAME, 128, flags)
    name = _NAME.value.lower() if 0 < length <= 128 else b""
    italic = bool(flags.value & _ITALIC) or b"italic" in name or b"oblique" in name
    bold = bool(flags.value & _FORCED_BOLD) or b"bold" in name or b"black" in name
    return italic + 2 * bold


if __name__ == "__main__":
    try:
        serve(sys.stdin.buffer, sys.stdout.buffer)
    finally:
        os._exit(0)  # without goodbyes: out of memory, the library may wait for ever on its way out
