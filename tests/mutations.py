"""Files as no person would write them: made from whole ones by cutting, splicing, repeating and nesting. Seeded."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence

Seed = tuple[str, bytes]
"""A file's name and its bytes."""

LARGEST = 1_000_000
"""Bytes of a mutated file: the bounds of issue 3 are for one megabyte."""

_WORDS = r"""
    Title: Rating: Spoilers:\x20 \nTitle:\x20A\nAuthor:\x20B\n Chapter\x201\n \n\n*\x20*\x20*\n\n (1/3) ---\n
    BtVS\x203x13 From:\x20a@b.c\nSubject:\x20x\n\n End\x20of\x20Digest <b> </b> <p> <br> <br><br> <pre>
    <table><tr><td> <div> </div> <blockquote> <!-- --> <![CDATA[ ]]> <script> </script> <a\x20name=x <h1>
    <h2>Chapter</h2> <hr> &nbsp; &#0; &#x110000; &amp;amp; <!DOCTYPE\x20x\x20[<!ENTITY\x20a\x20'b'>]>
    <?xml\x20version='1.0'\x20encoding='utf-16'?> \0 \x1a \xff\xfe \xef\xbb\xbf \xed\xa0\x80 \xe2\x80\xa8
    \xef\xb7\x90 \r \x0c =20 =\n \xc3\xa2\xe2\x82\xac\xe2\x84\xa2 " ' ( [ {\\rtf1\x20
    <dl\x20class=tags><dt>Rating:</dt> <div\x20id=chapters> <div\x20id=storytext> <div\x20id=pagetitle>
"""
WORDS = tuple(word.encode().decode("unicode_escape").encode("latin-1") for word in _WORDS.split())
"""What readers look for, put where it does not belong."""
SUFFIXES = (".txt", ".html", ".epub", ".md", ".xhtml", ".rtf", ".docx", ".odt", ".fb2", ".pdf", ".zip", "")


def mutated(seeds: Sequence[Seed], rng: random.Random) -> Seed:
    """One of *seeds* after one to four mutations; seldom grown to a megabyte, sometimes under another name."""
    name, data = rng.choice(seeds)
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(MUTATIONS)(data, seeds, rng)[:LARGEST]
    if rng.random() < 0.01 and data:
        data = (data * (LARGEST // len(data) + 1))[:LARGEST]
    if rng.random() < 0.15:
        name = name.rpartition(".")[0] + rng.choice(SUFFIXES)
    return name, data


Mutation = Callable[[bytes, Sequence[Seed], random.Random], bytes]


def _span(data: bytes, rng: random.Random) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + int(rng.expovariate(1 / 400)))


def flipped(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """Some bits turned over."""
    changed = bytearray(data)
    for _ in range(rng.randint(1, 40) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def cut(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """The beginning, the end or a piece gone."""
    start, end = _span(data, rng)
    return rng.choice((data[:start], data[start:], data[:start] + data[end:]))


def spliced(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """A piece of another file, maybe of another format, in the middle."""
    other = rng.choice(seeds)[1]
    at, (start, end) = rng.randrange(len(data) + 1), _span(other, rng)
    return rng.choice((data[:at] + other[start:end] + data[at:], data[:at] + other[start:]))


def repeated(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """A piece many times over."""
    start, end = _span(data, rng)
    return data[:start] + data[start:end] * rng.choice((2, 5, 50, 500)) + data[end:]


def nested(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """Elements in elements in elements, closed or not."""
    name = rng.choice(
        (b"div", b"b", b"i", b"font size=2", b"blockquote", b"table", b"td", b"span", b"ul", b"li", b"p", b"a")
    )
    depth, at = rng.choice((10, 300, 3_000)), rng.randrange(len(data) + 1)
    closing = (b"</" + name.split()[0] + b">") * rng.choice((0, depth))
    return data[:at] + (b"<" + name + b">") * depth + data[at:] + closing


def widened(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """An attribute, or a word, as long as a book."""
    at, filler = (
        rng.randrange(len(data) + 1),
        rng.choice((b"a", b"\xff", b" ", b"&lt;", b"x=1 ", b"<", b"-", b"\n", b"' ")),
    )
    return data[:at] + b'<a href="' + filler * rng.choice((100, 10_000, 100_000)) + rng.choice((b'">', b"")) + data[at:]


def joined(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """All on one line, or every line doubled, or line ends of another system."""
    return data.replace(b"\n", rng.choice((b" ", b"", b"\n\n", b"\r", b"\r\n", b"\x85")))


def bombed(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """Entities that would fill the memory of a reader who believes them."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    bomb = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY l0 "ha">{levels}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    return bomb.encode() + rng.choice((b"<html><body><p>&l8;&f;</p>", b"")) + data


def sprinkled(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """What readers look for, in a dozen wrong places."""
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data) + 1)
        data = data[:at] + rng.choice(WORDS) * rng.choice((1, 1, 1, 30)) + data[at:]
    return data


def rezipped(data: bytes, seeds: Sequence[Seed], rng: random.Random) -> bytes:
    """An archive whole on the outside, with one entry mutated, renamed or doubled within."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            entries = [(info.filename, book.read(info)) for info in book.infolist()[:200] if info.file_size < LARGEST]
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return data
    except Exception as error:  # zlib has its own, with no common base
        if type(error).__name__ != "error":
            raise
        return data
    made = io.BytesIO()
    chosen = rng.randrange(len(entries)) if entries else -1
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        for at, (name, content) in enumerate(entries):
            if at == chosen:
                content = rng.choice(_INSIDE)(content, seeds, rng)[:LARGEST]
                name = rng.choice((name, name, name, name.upper(), f"../{name}", name[::-1]))
            book.writestr(zipfile.ZipInfo(name), content)
    return made.getvalue()


_INSIDE: tuple[Mutation, ...] = (flipped, cut, spliced, repeated, nested, widened, joined, bombed, sprinkled)
MUTATIONS: tuple[Mutation, ...] = (*_INSIDE, rezipped, rezipped, rezipped)
