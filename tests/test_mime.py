"""Mail in parts: the story is found whichever way it was packed, and nothing else is taken for it."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage, Message
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from documents import docx, w_p
from ficsearch.catalogue import catalogue
from ficsearch.errors import ReadingError
from ficsearch.packs import Packs
from ficsearch.readers import formats, read
from ficsearch.readers.mime import read_mime
from ficsearch.story import Document, Story

PROSE = "The boathouse had leaked since spring, and nobody in the village wanted to say who had the key to it."
HEADER = "Title: The Boathouse\nAuthor: Ines Marlow\nRating: PG-13\nSpoilers: Through The Zeppo\nFandom: BtVS\n"
STORY = f"{HEADER}\n***\n\n{PROSE}\n\nIt was Xander’s.\n"


def letter(text: str = STORY, subject: str = "FIC: The Boathouse (1/1)", **fields: str) -> EmailMessage:
    made = EmailMessage(policy=email.policy.SMTP)
    made["From"], made["To"], made["Subject"] = "Ines <ines@example.org>", "fictalk@example.org", subject
    made["Date"] = "Mon, 03 May 1999 12:00:00 +0000"
    for name, value in fields.items():
        made[name] = value
    made.set_content(text)
    return made


def told(data: bytes | Message) -> list[Document]:
    raw = data if isinstance(data, bytes) else data.as_bytes()
    assert formats.is_mime("a.eml", raw)
    return list(read("a.eml", raw))


def body(document: Document) -> list[str]:
    return [p for chapter in document.chapters for p in chapter.paragraphs]


def story(document: Document) -> Story:
    return catalogue(document, "a.eml", Packs.load())


def is_the_boathouse(document: Document) -> bool:
    made = story(document)
    known = (made.title, made.authors, made.rating.value, dict(made.spoilers.frontier))
    return known == ("The Boathouse", ("Ines Marlow",), "teen", {"BtVS": "3x13"}) and body(document) == [
        PROSE, "It was Xander’s.",
    ]  # fmt: skip


@pytest.mark.parametrize("packed", ["base64", "quoted-printable", "8bit"])
def test_a_text_in_two_forms_is_read_once(packed: str) -> None:
    made = letter()
    made.set_content(STORY, cte=packed)
    page = "".join(f"<p>{line}</p>" for line in STORY.split("\n") if line)
    made.add_alternative(f"<html><body>{page}</body></html>", subtype="html", cte=packed)
    (found,) = told(made)
    assert is_the_boathouse(found)
    assert found.format == "mail"


def test_a_letter_that_is_a_page_is_read_with_its_emphasis() -> None:
    made = letter("See the other part.")
    labels = HEADER.replace("\n", "<br>\n")
    made.add_alternative(f"<html><body><p>{labels}</p><hr><p>{PROSE}</p><p>It was <i>hers</i>.</p>", subtype="html")
    (found,) = told(made)
    assert story(found).rating.value == "teen"
    assert body(found) == [PROSE, "It was _hers_."]


def test_a_packed_letter_is_unpacked() -> None:
    made = letter()
    made.set_content(STORY, cte="base64")
    (found,) = told(made)
    assert is_the_boathouse(found)


@pytest.mark.parametrize("kind", ["text/plain", "application/octet-stream", "text/html"])
def test_a_story_that_is_attached_is_the_story(kind: str) -> None:
    made = letter("Hi all! Here is my story, please be kind.\n\nInes\n")
    page = "".join(f"<p>{line}</p>" for line in STORY.split("\n") if line)
    data = f"<html><body>{page}</body></html>" if kind == "text/html" else STORY
    main, sub = kind.split("/")
    made.add_attachment(data.encode(), maintype=main, subtype=sub, filename="boathouse.txt")
    (found,) = told(made)
    assert is_the_boathouse(found)
    assert found.member == "boathouse.txt"
    assert "be kind" not in "".join(body(found))


def test_a_header_in_the_letter_goes_with_what_is_attached() -> None:
    made = letter(f"{HEADER}\nAttached, as the list eats my italics.\n")
    made.add_attachment(docx(*map(w_p, (PROSE, "It was Xander’s."))), maintype="application", subtype="msword",
                        filename="b.docx")  # fmt: skip
    (found,) = told(made)
    assert is_the_boathouse(found)


def test_a_letter_that_is_longer_than_its_attachment_is_a_story_too() -> None:
    made = letter()
    made.add_attachment(b"A drabble about rain.\n", maintype="text", subtype="plain", filename="rain.txt")
    first, second = told(made)
    assert is_the_boathouse(first)
    assert (second.member, body(second)) == ("rain.txt", ["A drabble about rain."])


def test_several_attached_stories_do_not_share_the_subject() -> None:
    made = letter("Two for you.", subject="Two stories")
    for name in ("rain.txt", "snow.txt"):
        made.add_attachment(f"{PROSE}\n".encode(), maintype="text", subtype="plain", filename=name)
    found = told(made)
    assert [(d.member, d.first("title"), d.first("author")) for d in found] == [
        ("rain.txt", None, "Ines <ines@example.org>"), ("snow.txt", None, "Ines <ines@example.org>"),
    ]  # fmt: skip


def test_pictures_and_the_footer_of_the_list_are_no_story() -> None:
    made = MIMEMultipart()
    made["From"], made["Subject"] = "Ines <ines@example.org>", "The Boathouse"
    made.attach(MIMEText(STORY, "plain", "utf-8"))
    picture = Message()
    picture["Content-Type"] = 'image/png; name="me.png"'
    picture.set_payload("not a story")
    made.attach(picture)
    made.attach(MIMEText("_______________\nFictalk mailing list\nhttp://example.org/fictalk\n"))
    (found,) = told(made)
    assert is_the_boathouse(found)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?Q?FIC=3A_Ren=C3=A9e=E2=80=99s_Lamp?= =?utf-8?Q?_and_Key_=281/1=29?=", "Renée’s Lamp and Key"),
        ("=?iso-8859-1?B?UmVu6WU=?=", "Renée"),
        ("=?koi8-r?B?7MHN0MU=?= (1/1)", "Лампе"),
        ("=?no-such-charset?Q?Lamp?=", "=?no-such-charset?Q?Lamp?="),
    ],
)
def test_a_subject_in_encoded_words_is_read(subject: str, title: str) -> None:
    raw = f"From: Ines <i@example.org>\nSubject: {subject}\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n"
    (found,) = told(raw.encode() + b"VGhlIGJvYXRob3VzZSBsZWFrZWQu\n")
    assert (story(found).title, body(found)) == (title, ["The boathouse leaked."])


def test_a_charset_that_only_the_envelope_tells_is_believed() -> None:
    raw = b"From: a@b.org\nSubject: Lamp\nDate: Mon, 3 May 1999 12:00:00 +0000\n"
    raw += b"Content-Type: text/plain;\n charset=koi8-r\n\n"
    (found,) = told(raw + "Лампа горела всю ночь, и никто не спал.\n".encode("koi8-r"))
    assert body(found) == ["Лампа горела всю ночь, и никто не спал."]


def test_a_mailbox_holds_several_stories_packed_or_not() -> None:
    first = letter(subject="FIC: The Boathouse (1/2)")
    first.set_content(f"{HEADER}\n{PROSE}\n", cte="base64")
    second = letter(f"{PROSE}\n", subject="FIC: The Boathouse (2/2)")
    third = letter(subject="Rain")
    third.set_content("A drabble about rain.\n", cte="quoted-printable")
    box = b"\n".join(b"From ines@example.org Mon May  3 12:00:00 1999\n" + m.as_bytes().replace(b"\r\n", b"\n")
                     for m in (first, second, third))  # fmt: skip
    found = told(box)
    assert [story(d).title for d in found] == ["The Boathouse", "Rain"]
    assert [c.title for c in found[0].chapters] == ["Part 1", "Part 2"]
    assert body(found[0]) == [PROSE, PROSE]
    assert next(c.origin for c in found[1].claims if c.label == "title") == "Subject of message 3"


def test_a_digest_in_parts_is_its_letters() -> None:
    made = MIMEMultipart("mixed")
    made["From"], made["Subject"] = "list@example.org", "Fictalk Digest, Vol 3, Issue 112"
    made.attach(MIMEText("Today's Topics:\n\n   1. FIC: The Boathouse (Ines)\n   2. Rain (Ana)\n"))
    digest = MIMEMultipart("digest")
    for inner in (letter(), letter("A drabble about rain.\n", subject="Rain")):
        whole = Message()
        whole["Content-Type"] = "message/rfc822"
        whole.set_payload([inner])
        digest.attach(whole)
    made.attach(digest)
    made.attach(MIMEText("________________\nEnd of Fictalk Digest\n"))
    first, second = told(made)
    assert is_the_boathouse(first)
    assert (story(second).title, body(second)) == ("Rain", ["A drabble about rain."])


def test_places_are_those_of_the_message() -> None:
    made = letter(f"Title: The Boathouse\nRating: PG\n\n{PROSE}\n")
    made.add_alternative(f"<p>{PROSE}</p>", subtype="html")
    (found,) = told(made)
    places = {c.label: c.origin for c in found.claims}
    assert (places["title"], places["rating"], places["author"], places["published"]) == (
        "line 1 of the message", "line 2 of the message", "From of the message", "Date of the message",
    )  # fmt: skip


def test_a_page_that_a_browser_saved_as_mail_is_the_page() -> None:
    made = MIMEMultipart("related")
    made["From"], made["Subject"] = "<Saved by Blink>", "The Boathouse"
    made["Snapshot-Content-Location"] = "http://example.org/boathouse.html"
    page = MIMEText(
        f"<html><head><title>The Boathouse</title></head><body><h1>The Boathouse</h1><p>by Ines</p><p>{PROSE}</p>"
        f"<p>{PROSE}</p></body></html>", "html", "utf-8",
    )  # fmt: skip
    made.attach(page)
    made.attach(MIMEText("p { color: red }", "css"))
    (found,) = told(made)
    assert found.format == "html"
    assert (story(found).title, story(found).authors, story(found).source_url) == (
        "The Boathouse", ("Ines",), "http://example.org/boathouse.html",
    )  # fmt: skip
    assert body(found) == [PROSE, PROSE]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"From: a@b.org\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\nx\n--b--\n",
         "no part of the mail is a story"),
        (b"From: <Saved by Blink>\nContent-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/css\n\nx\n",
         "the saved page holds no page"),
        (b"From: a@b.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n"
         b"Content-Disposition: attachment; filename=a.doc\n\n\xd0\xcf\x11\xe0 old\n--b--\n",
         "'a.doc' in the mail is left out: an old Word or Office file"),
    ],
)  # fmt: skip
def test_mail_without_a_story_says_so(data: bytes, reason: str) -> None:
    with pytest.raises(ReadingError, match=reason):
        told(data)


def test_parts_within_parts_beyond_measure_are_read_as_text() -> None:
    nested = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))
    found = read_mime("a.eml", b"From: a@b.org\nSubject: Deep\n" + nested + b"\nThe end of it.\n")
    assert found


@pytest.mark.parametrize(
    "data",
    [
        b"From: Jack\nTo: Ianto\nSubject: coffee\n\nBring some. multipart/mixed\n",
        b"Title: The Boathouse\nAuthor: Ines\n\nContent-Type: multipart/mixed; boundary=b\n\nIt said so.\n",
        b"It leaked.\n\nFrom: a@b.org\nContent-Transfer-Encoding: base64\n",
        b"From: a@b.org\nSubject: x\nContent-Type: text/plain; charset=us-ascii\n\nIt leaked.\n",
    ],
)
def test_a_text_that_speaks_of_mail_is_a_text(data: bytes) -> None:
    assert not formats.is_mime("a.txt", data)
