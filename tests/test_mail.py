"""Messages: what their envelope claims, and where they end."""

from __future__ import annotations

import pytest

from ficsearch.readers.digest import posts_of
from ficsearch.readers.mail import messages, read_message
from ficsearch.readers.subject import subject_claims

ENVELOPE = "From: Ines <ines@example.org>\nSubject: {}\nDate: 3 May 1999 12:00:00 GMT\n\n"


def of_subject(subject: str) -> list[tuple[str, str]]:
    message = read_message(ENVELOPE.format(subject) + "It leaked.\n")
    assert message is not None
    return [(c.label, c.value) for c in message.claims if c.origin == "line 2"]


@pytest.mark.parametrize(
    ("subject", "claims"),
    [
        ("The Boathouse", [("title", "The Boathouse")]),
        ("FIC: The Boathouse", [("title", "The Boathouse")]),
        ("Re: [lake] NEW: The Boathouse", [("title", "The Boathouse")]),
        ("The Boathouse (1/?)", [("title", "The Boathouse"), ("part", "1/?")]),
        ("The Boathouse, part 2 of 3", [("title", "The Boathouse"), ("part", "2 of 3")]),
        ("The Boathouse [PG-13] (M/H)", [("title", "The Boathouse"), ("rating", "PG-13"), ("pairing", "M/H")]),
        (
            'NEW TNG: "The Nail by the Door" 1/1 [G] (P, D)',
            [("title", "The Nail by the Door"), ("fandom", "TNG"), ("rating", "G"), ("part", "1/1")],
        ),
        ('"Stand by Me" by Mary', [("title", "Stand by Me"), ("author", "Mary")]),
        (
            'NEW VOY "The Boathouse" 1/3 [PG] (J/C)',
            [("title", "The Boathouse"), ("fandom", "VOY"), ("rating", "PG"), ("part", "1/3"), ("pairing", "J/C")],
        ),
        ("xfc: NEW: The Boathouse (MSR, R)", [("title", "The Boathouse"), ("rating", "R"), ("keywords", "MSR")]),
        ("FIC: The Boathouse H/M, R", [("title", "The Boathouse"), ("rating", "R"), ("pairing", "H/M")]),
        ("The Boathouse (and what was in it)", [("title", "The Boathouse (and what was in it)")]),
        ("The Boathouse by Ines (complete)", [("title", "The Boathouse"), ("status", "complete"), ("author", "Ines")]),
    ],
)
def test_a_subject_is_title_part_rating_and_codes(subject: str, claims: list[tuple[str, str]]) -> None:
    found = of_subject(subject)
    assert sorted(found[1:]) == sorted(claims[1:])
    assert found[0][1].startswith(claims[0][1])


def test_a_subject_may_be_wrapped() -> None:
    assert of_subject("The Boathouse,\n  or the Leak")[0] == ("title", "The Boathouse, or the Leak")


@pytest.mark.parametrize(
    "text",
    [
        "From: Henry\nTo: Maud\nSubject: the roof\n\nIt leaks.\n",
        "Title: The Boathouse\nDate: 3 May 1999\n\nIt leaks.\n",
        "",
        "From: x",
    ],
)
def test_a_letter_in_a_story_is_no_message(text: str) -> None:
    assert read_message(text) is None


def test_a_signature_is_not_part_of_the_message() -> None:
    message = read_message(ENVELOPE.format("Oar") + "It leaked.\n-- \nInes\n", 10)
    assert message is not None
    assert (message.text, message.first_line) == ("It leaked.", 14)


def test_a_rule_of_two_dashes_far_from_the_end_is_no_signature() -> None:
    message = read_message(ENVELOPE.format("Oar") + "It leaked.\n--\n" + "It rained.\n" * 20)
    assert message is not None
    assert message.text.endswith("It rained.\n")


def test_a_mailbox_is_cut_at_its_envelopes_only() -> None:
    box = "From a May  3 1999\nSubject: One\n\nFrom the lake.\n\nFrom b May  3 1999\nSubject: Two\n\nx"
    assert [part.split("\n")[1] for part in messages(box)] == ["Subject: One", "Subject: Two"]
    assert messages("Story.\n" + box) == ["Story.\n" + box]


def test_the_words_of_an_envelope_may_be_encoded() -> None:
    message = read_message("From: =?iso-8859-1?Q?Ren=E9e?= <r@example.org>\nDate: 3 May 1999 12:00:00 GMT\n\nx")
    assert message is not None
    assert message.claims[0].value == "Renée <r@example.org>"


POST = "Date: 3 May 1999 12:00:00 GMT\n   From: {0}\nSubject: FIC: {1}\n\nIt leaked in {1}."
RULE = "\n\n------------------------------\n\n"


def test_a_digest_becomes_its_posts_each_with_its_line() -> None:
    digest = RULE.join(("Topics in this digest:", POST.format("Ines", "Oar"), POST.format("Maud", "Lake")))
    posts = list(posts_of(f"{digest}{RULE}End of lake Digest V1 #2\n****\n"))
    assert [post.split("\n")[1] for _, post in posts] == ["From: Ines", "From: Maud"]
    assert all(post.endswith(f"It leaked in {name}.") for (_, post), name in zip(posts, ("Oar", "Lake"), strict=True))
    assert [before for before, _ in posts] == [4, 12]


def test_a_story_with_rules_and_letters_is_no_digest() -> None:
    assert list(posts_of("The Boathouse" + RULE + POST.format("Ines", "Oar"))) == []


def test_a_charset_that_is_no_name_leaves_the_words_as_they_are() -> None:
    message = read_message(ENVELOPE.format("=?iso-8849\u00ad?q?The_Lamp?=") + "It leaked.\n")
    assert message is not None
    assert any("The_Lamp" in claim.value for claim in message.claims)


def test_posts_by_one_person_saved_below_each_other_are_messages() -> None:
    first = ENVELOPE.format("The Boathouse 1/2") + "It leaked.\n\n"
    second = ENVELOPE.format("The Boathouse 2/2") + "It sank.\n"
    assert messages(first + second) == [first[:-1], second]


def test_a_message_in_a_story_that_came_by_mail_is_story() -> None:
    text = (
        ENVELOPE.format("The Boathouse") + "It leaked.\n\n" + ENVELOPE.format("Oars").replace("Ines", "Ned") + "No.\n"
    )
    assert messages(text) == [text]


def test_a_long_row_of_envelopes_takes_no_longer_than_its_length() -> None:
    assert len(messages(ENVELOPE.format("x") * 15_000)) <= 2_001
    assert len(messages(ENVELOPE.format("x") + "\n" * 1_000_000)) == 1


@pytest.mark.parametrize(
    ("date", "subject"),
    [
        ("Sat Feb 13, 1999 9:14 pm", "The Boathouse (1/1)"),
        ("1999-02-13", "FIC: The Boathouse (1/1)"),
        ("13 February 1999", 'NEW VOY "The Boathouse" 1/1 [PG] (J/C)'),
        ("yesterday", "[boats] Fic: The Boathouse"),
        ("yesterday", "xfc: NEW: The Boathouse"),
        ("yesterday", "The Boathouse 1/1"),
    ],
)
def test_what_was_copied_of_a_post_is_one_by_its_date_or_its_subject(date: str, subject: str) -> None:
    message = read_message(f"From: Ines\nDate: {date}\nSubject: {subject}\n\nThe rain had found the hole.\n")
    assert message is not None
    assert [c.value for c in message.claims if c.label in ("author", "title")] == ["Ines", "The Boathouse"]


@pytest.mark.parametrize("subject", ["your socks", "New socks", "Re: the memo", "the fic that I wrote"])
def test_a_letter_that_begins_a_story_is_no_post(subject: str) -> None:
    assert read_message(f"From: Willow\nTo: Oz\nDate: 13 February\nSubject: {subject}\n\nDear Oz,\n") is None


@pytest.mark.parametrize(("said", "letters"), [("a", 1), ("It leaked. " * 20, 2_001)])
def test_thousands_of_letters_that_say_nothing_are_no_mailbox(said: str, letters: int) -> None:
    letter = f"From a@example.org Mon May  3 12:00:00 1999\nSubject: x\n\n{said}\n\n"
    assert len(messages(letter * 2_001)) == letters


def test_a_subject_of_blanks_without_end_is_read_as_far_as_a_line_may_go() -> None:
    claims = subject_claims(f'NEW: "Low Tide"{" " * 100_000}[PG]', "subject")
    assert [(claim.label, claim.value) for claim in claims] == [("title", "Low Tide"), ("rating", "PG")]
    assert len(subject_claims("a " * 100_000, "subject")[0].value) == 997


def test_a_fandom_that_no_list_knows_is_told_before_the_codes_beside_it() -> None:
    claims = subject_claims("FIC: Small Hours (Bones, B/B, PG)", "subject")
    told = {claim.label: claim.value for claim in claims}
    assert told == {"title": "Small Hours", "fandom": "Bones", "pairing": "B/B", "rating": "PG"}
    assert [c.label for c in subject_claims("FIC: One (Two, R)", "subject")] == ["title", "rating"]
