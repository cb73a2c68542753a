"""Layouts in which something stands around the labels: a title and ``by X``, a banner, mail, a journal, the story."""

from __future__ import annotations

from collections.abc import Sequence

from bench.layouts.prose import Body, prose
from bench.layouts.shapes import LABELLED, RULES, Item, Layout, Shape, below, joined, line, plain
from bench.layouts.world import Rng


def _of(items: Sequence[Item], name: str) -> Item | None:
    return next((i for i in items if i.field == name), None)


def _the(items: Sequence[Item], name: str) -> Item:
    """The field that every header here has."""
    return next(i for i in items if i.field == name)


def _without(items: Sequence[Item], *names: str) -> list[Item]:
    return [i for i in items if i.field not in names]


def _signed_above(template: str, gap: str = "\n") -> Layout:
    def layout(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
        title, author = _the(items, "title"), _the(items, "author")
        top = template.format(t=title.value.text, a=author.value.text)
        rest = [line(i) for i in _without(items, "title", "author")]
        return joined([top + gap, *rest] if rest else [top], body, rng, rules=True if rest else None)

    return layout


def author_first(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    author, title = _the(items, "author"), _the(items, "title")
    return joined([line(i) for i in (author, title, *_without(items, "title", "author"))], body, rng)


def title_in_middle(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    title = _the(items, "title")
    rest = _without(items, "title")
    rng.shuffle(rest)
    half = len(rest) // 2
    return joined([line(i) for i in (*rest[:half], title, *rest[half:])], body, rng)


def shuffled(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    mixed = list(items)
    rng.shuffle(mixed)
    return joined([line(i) for i in mixed], body, rng)


BANNERS = (
    "The 2001 Lantern Illuminations",
    "Lantern Award Winner",
    "The Harbour Fiction Archive Entry",
    "The Lanternlist Fan Fiction Site",
    "[ Home | Fiction | Links | Guestbook ]",
    "Winner of the Harbour Award, Best Drama 1999",
)


def banner(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    return joined([rng.choice(BANNERS) + "\n", *(line(i) for i in items)], body, rng)


def banner_signed(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    title, author = _the(items, "title"), _the(items, "author")
    top = f"{rng.choice(BANNERS)}\n\n{title.value.text}\nby {author.value.text}\n"
    return joined([top, *(line(i) for i in _without(items, "title", "author"))], body, rng, rules=True)


def below_end(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    end = rng.choice(("THE END", "The End", "END", "~ fin ~", "*** The End ***", "Fin"))
    return Shape(f"{body.text}\n\n{end}\n\n" + "\n".join(line(i) for i in items) + "\n")


def split(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    top = [i for i in items if i.field in ("title", "author", "rating", "fandom")]
    rest = [i for i in items if i not in top]
    return Shape(
        "\n".join(line(i) for i in top)
        + below(rng, body)
        + body.text
        + "\n\nTHE END\n\n"
        + "\n".join(line(i) for i in rest)
        + "\n"
    )


def end_mark(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    shape = plain(items, body, rng)
    return Shape(shape.text + f"\n{rng.choice(('THE END', 'The End', '-end-', '~fin~', 'End'))}\n")


def each_part(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    title = _the(items, "title")
    halves = [body.text, prose(rng)]
    rest = [line(i) for i in _without(items, "title")]
    texts = [
        "\n".join((f"{title.label}: {title.value.text} ({n}/2)", *rest)) + f"\n\n{'-' * 30}\n\n{half}"
        for n, half in enumerate(halves, 1)
    ]
    return Shape(
        "\n\n\n".join(texts) + "\n", frozenset(("chapters", "status")), {"body": "\n\n".join(halves), "parts": 2}
    )


def sentences(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    """Title, by-line, and what the survey calls unlabelled header sentences."""
    title, author = _the(items, "title"), _the(items, "author")
    rating, spoilers = _of(items, "rating"), _of(items, "spoilers")
    lines = [title.value.text, f"by {author.value.text}", ""]
    kept = {"title", "author"}
    if rating and rating.value.kind in ("PG", "PG-13", "R", "NC-17", "G"):
        lines.append(rng.choice(("[{}] for language", "Rated {}", "Rated {} for language.")).format(rating.value.text))
        kept.add("rating")
    if spoilers and spoilers.value.kind in ("{a}", '"{a}"', "{a} and {b}", "{a}, {b}"):
        lines.append(f"Contains spoilers for {spoilers.value.text}")
        kept.add("spoilers")
    shape = joined(lines, body, rng, rules=True)
    kept -= {"spoilers"}  # of which show is not told
    return Shape(shape.text, frozenset(i.field for i in items if i.field not in kept))


def twice(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    lines = [line(i) for i in items]
    summary = _of(items, "summary")
    if summary is None:
        return plain(items, body, rng)
    at = items.index(summary)
    lines.insert(at + 1, f"{summary.label}: And nobody gets their coat back.")
    return Shape(joined(lines, body, rng).text, frozenset(("summary",)))


MAIL = (
    "From: {mail} ({who})\nTo: lanternlist@example.org\nDate: Sat, 13 Feb 1999 21:14:05 -0500\n"
    "Subject: {subject}\nMessage-ID: <36C6.1@example.org>\n\n"
)


def mail(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    title = _the(items, "title")
    subject = rng.choice(("FIC: {} (1/1)", "[lanternlist] FIC: {}", "{} 1/1", "NEW: {}")).format(
        title.value.text.strip('"')
    )
    shape = plain(items, body, rng)
    return Shape(
        MAIL.format(mail="maud@example.org", who="Maud F.", subject=subject) + shape.text,
        frozenset(("published", "status")) if not _of(items, "published") else frozenset(),
    )


def mail_chat(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    shape = plain(items, body, rng)
    hello = "Hi everybody, here is the one I promised. Be kind!\n\n"
    title = _the(items, "title")
    return Shape(
        MAIL.format(mail="maud@example.org", who="Maud F.", subject="FIC: " + title.value.text.strip('"'))
        + hello
        + shape.text,
        frozenset(("published", "status")) if not _of(items, "published") else frozenset(),
    )


def mail_signature(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    shape = mail(items, body, rng)
    return Shape(shape.text + '\n-- \nMaud F.  *  maud@example.org\n"nobody will wait for me"\n', shape.lost)


def journal(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    shape = plain(items, body, rng)
    top = "tin_lantern\n@ 2004-03-05 21:07:00\nCurrent mood: tired\nCurrent music: Blue Roses\nEntry tags: fic\n\n"
    end = "\n(Leave a comment)\n"
    return Shape(top + shape.text + end, frozenset(("published",)) if not _of(items, "published") else frozenset())


def journal_below(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    shape = plain(items, body, rng)
    return Shape(
        shape.text + "\nCurrent Mood: tired\nCurrent Music: Blue Roses\n\n(3 comments | Leave a comment)\n", shape.lost
    )


def board(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    title = _the(items, "title")
    top = f"Post subject: {title.value.text}\nPostPosted: Fri Mar 05, 2004 9:07 pm\n"
    furniture = "Joined: Mon Jan 12, 2003 4:11 pm\nPosts: 212\nLocation: By the harbour\n\n"
    shape = plain(items, body, rng)
    return Shape(
        top + furniture + shape.text, frozenset(("published",)) if not _of(items, "published") else frozenset()
    )


def chat_screenplay(items: Sequence[Item], body: Body, rng: Rng) -> Shape:
    lines = [
        f"{('lampgirl', 'tin_man')[n % 2]}: {one}"
        for n, one in enumerate(prose(rng).replace("\n\n", " ").split(". "))
        if one
    ]
    return Shape(
        "\n".join(line(i) for i in items) + f"\n\n{rng.choice(RULES)}\n\n" + "\n".join(lines) + "\n",
        frozenset(("chapters",)),
        {"body": "\n".join(lines)},
    )


LAYOUTS: dict[str, Layout] = LABELLED | {
    "10 t/by a": _signed_above("{t}\nby {a}"),
    "10 t//by a": _signed_above("{t}\n\nby {a}"),
    "10 t by a": _signed_above("{t} by {a}"),
    '10 "t" by a': _signed_above('"{t}" by {a}'),
    "10 t/By: a": _signed_above("{t}\nBy: {a}"),
    "10 t/by a mail": _signed_above("{t}\nby {a} (maud@example.org)"),
    "10 t/by a/mail": _signed_above("{t}\nby {a}\nmaud@example.org"),
    "10 t/a fic/by a": _signed_above("{t}\nA Fan Fiction\nby {a}"),
    "10 T/BY A": _signed_above("{t}\nBY {a}"),
    "10 t, by a": _signed_above("{t}, by {a}"),
    "10 t/written by": _signed_above("{t}\nwritten by {a}"),
    "10 ** t": _signed_above("** {t} **\nby {a}"),
    "10 t/~by a": _signed_above("~{t}~\n~by {a}~"),
    "10 centred": _signed_above("                    {t}\n                  by {a}"),
    "10 close": _signed_above("{t}\nby {a}", ""),
    "10 t/rule/by": _signed_above("{t}\n==========\nby {a}"),
    "11 author first": author_first,
    "11 title middle": title_in_middle,
    "11 shuffled": shuffled,
    "12 banner": banner,
    "12 banner, signed": banner_signed,
    "13 below the end": below_end,
    "13 split": split,
    "13 end mark": end_mark,
    "14 each part": each_part,
    "15 sentences": sentences,
    "16 twice": twice,
    "20 mail": mail,
    "20 mail, chat": mail_chat,
    "20 mail, signature": mail_signature,
    "21 journal": journal,
    "21 journal below": journal_below,
    "22 board": board,
    "24 chat log": chat_screenplay,
}
