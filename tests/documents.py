"""Small documents of every format, made by hand, and mutations of them: what the tests of the readers share."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Mapping, Sequence
from html import escape
from io import BytesIO

from ficsearch.errors import ReadingError
from ficsearch.readers import read
from ficsearch.story import Document

HEADER = ("Title: The Lamp Room", "Author: Mary Kade", "Fandom: Buffy the Vampire Slayer", "Rating: R for language")
FIRST = "Willow went up to the lamp room, where the light went round, and she did not come down for an hour."
SECOND = "In the morning Xander found the door unlocked, and neither of them ever told Giles about it."


def read_one(name: str, data: bytes) -> Document:
    (document,) = read(name, data)
    return document


def text_of(document: Document) -> str:
    return "\n\n".join(chapter.text for chapter in document.chapters)


def zipped(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return out.getvalue()


# ---- Word

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{0}</cp:coreProperties>"""


def w_p(*runs: str, style: str = "") -> str:
    """A paragraph of Word; a run that is no element is plain text."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(r if r.startswith('<') else w_r(r) for r in runs)}</w:p>"


def w_r(text: str, look: str = "") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def docx(*body: str, styles: str = "", core: str = "", **files: str) -> bytes:
    """A DOCX of paragraphs; a part of the body that is no element is the text of one."""
    inner = "".join(part if part.startswith("<") else w_p(part) for part in body)
    text = f'<w:document xmlns:w="{_WORD}"><w:body>{inner}<w:sectPr/></w:body></w:document>'
    more = {"word/styles.xml": f'<w:styles xmlns:w="{_WORD}">{styles}</w:styles>'} if styles else {}
    return zipped(
        {"word/document.xml": text, **more, **({"docProps/core.xml": CORE.format(core)} if core else {})} | files
    )


# ---- LibreOffice

_ODF = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in (
        *(("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"), ("draw", "drawing")),
        *(("fo", "xsl-fo-compatible"), ("meta", "meta")),
    )
)


def odt(*body: str, styles: str = "", meta: str = "", manifest: str = "") -> bytes:
    """An ODT of paragraphs; a part of the body that is no element is the text of one."""
    inner = "".join(part if part.startswith("<") else f"<text:p>{escape(part)}</text:p>" for part in body)
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{inner}</office:text></office:body></office:document-content>"
    )
    about = (
        f'<office:document-meta {_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta>{meta}</office:meta>'
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": content,
            "meta.xml": about + "</office:document-meta>",
            "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
        }
    )


# ---- FictionBook


def fb2(*body: str, info: str = "", notes: str = "", encoding: str = "utf-8") -> bytes:
    """A FictionBook of sections."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?><FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"'
        f' xmlns:l="http://www.w3.org/1999/xlink"><description><title-info>{info}</title-info></description>'
        f"<body>{''.join(body)}</body>{notes}<binary>decoyword</binary></FictionBook>"
    )
    return text.encode(encoding)


# ---- RTF


def rtf(*paragraphs: str, head: str = "", info: str = "") -> bytes:
    """An RTF of paragraphs, each already in its commands."""
    body = "".join(f"{paragraph}\\par\r\n" for paragraph in paragraphs)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Times;}}}}{head}{info}\\pard {body}}}".encode("cp1252")


# ---- PDF

Placed = tuple[float, float, float, str, str]
"""x, y, size, font (R, I or B) and text."""
FONTS = {"R": "Times-Roman", "I": "Times-Italic", "B": "Times-Bold"}


def pdf(*pages: Sequence[Placed], info: str = "", extra: str = "") -> bytes:
    """A PDF whose pages hold texts at places."""
    fonts = "".join(f"/{key} {n} 0 R" for n, key in enumerate(FONTS, 4))
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        f"<<{info}>>",
        *(f"<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>" for name in FONTS.values()),
    ]
    for number, page in enumerate(pages):
        drawn = "".join(f"BT /{f} {size} Tf {x} {y} Td ({_escaped(text)}) Tj ET\n" for x, y, size, f, text in page)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 595]/Contents {8 + 2 * number} 0 R"
            f"/Resources<</Font<<{fonts}>>>>>>"
        )
        objects.append(f"<</Length {len(drawn.encode('cp1252'))}>>stream\n{drawn}endstream")
    return _numbered(objects, extra)


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _numbered(objects: Sequence[str], extra: str) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    out += f"trailer<</Size {len(objects) + 1}/Root 1 0 R/Info 3 0 R{extra}>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


# ---- mutations


def mutated(data: bytes, seed: int) -> bytes:
    """*data* with bytes changed, cut out, doubled or exchanged, as *seed* says."""
    chance = random.Random(seed)
    made = bytearray(data)
    for _ in range(chance.choice((1, 3, 10, 40))):
        at = chance.randrange(len(made)) if made else 0
        until = min(len(made), at + chance.choice((1, 1, 2, 8, 64)))
        match chance.randrange(4):
            case 0:
                made[at:until] = bytes(chance.randrange(256) for _ in range(until - at))
            case 1:
                del made[at:until]
            case 2:
                made[at:at] = made[at:until] * chance.choice((1, 2, 30))
            case 3:
                made[at:until] = chance.choice(
                    (b"<", b">", b"\\", b"{", b"}", b"&", b"\0", b"\xff", b"-1", b"99999999")
                )
    return bytes(made)


def survives(name: str, data: bytes, times: int) -> None:
    """Reads *times* mutations of *data*: nothing but a ReadingError may come out of a reader, and not out of all."""
    assert sum(_is_read(name, mutated(data, seed)) for seed in range(times)) > 0


def _is_read(name: str, data: bytes) -> bool:
    try:
        return bool(read(name, data))
    except ReadingError:
        return False


def survives_inside(name: str, files: Mapping[str, bytes | str], times: int) -> None:
    """The same with mutations of each of the *files* of a container, which is whole."""
    read_at_all = 0
    for inside, content in files.items():
        raw = content.encode() if isinstance(content, str) else content
        read_at_all += sum(_is_read(name, zipped({**files, inside: mutated(raw, seed)})) for seed in range(times))
    assert read_at_all


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
