"""Labels as people have written them, and the one key that each means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ficsearch.readers.labels import KEYS, LONG_KEYS, STRONG_KEYS, is_strong, label_of

WRITTEN = {
    "title": "Title; TITLE; Story Title; Story; Fic; FIC:; Fic Title; Titre; Subject",
    "author": "Author; AUTHOR; By; Author's Name; Author name; Written by; Penname; Author(s)",
    "email": "Email; E-mail; E-Mail; Author email; Feedback Email; Contact; EMAIL/FEEDBACK",
    "website": "Website; Author's Website; Home Page; Author URL",
    "feedback": "Feedback; FEEDBACK; Feeback; Concrit",
    "archive": "Archive; ARCHIVING; Distribution; Dist; Posted to; Permission to archive; Archive/Distribution",
    "rating": "Rating; Rated; Content Rating; Content Level; Genre/Rating; Rating/Warning(s); Rating/Warnings; rating; "
    "Рейтинг",
    "fandom": "Fandom; Fandoms; Crossover",
    "category": "Category; Categories; Classification; Story Type; Content; Gossamer Category",
    "genre": "Genre; Genres; Genre(s)",
    "keywords": "Keywords; Tags; Additional Tags; Freeforms",
    "pairing": "Pairing; Pairings; Pairing(s); Relationship(s); "
    "Ship; Ships; Character/Pairing; Characters/Pairings; Couple",
    "characters": "Characters; Character(s); Main Characters; Cast; Starring; Personnages",
    "spoilers": "Spoilers; Spoiler; SPOILERS; Spoiler Warning(s); Season/Spoilers; Episode related; TAG to Episode; "
    "Related episode; Spoilers/Timeline; Warnings/Spoilers",
    "timeline": "Timeline; TIMEFRAME; Timeframe; Setting; SETTING; Set; Season; Era; Year + Time; Continuity",
    "status": "Status; Completed; Complete; Story Status; WIP",
    "series": "Series; Series/Sequel; Sequel/Series Info; Universe; Arc; Part of",
    "sequel": "Sequel to; SequelTo; Prequel to",
    "part": "Part; Parts",
    "warnings": "Warning; Warnings; Warning(s); Content Warning(s); Triggers; Tags & Warnings; Contains; "
    "Archive Warnings",
    "disclaimer": "Disclaimer; DISCLAIMER; Disclaimers; Legal Stuff; Legalities; Copyright; The usual disclaimer",
    "summary": "Summary; Synopsis; Description; Blurb; Teaser; Author's Summary; In brief; Résumé",
    "notes": "Note; Notes; NOTE; Author's Note(s); Authors note; Author Note; Author Note's; Author Notes; AN; A/N; "
    "A/N2; A/N3; Comments; Story Notes; Author's Chapter Notes; Things to keep in mind; Author’s Notes",
    "endnotes": "End Notes; Endnotes; Chapter End Notes; Ending Note",
    "dedication": "Dedication; DEDICATIONS; Thanks; THANKS; Special thanks to; Acknowledgements",
    "beta": "Beta; Beta'd by; Betas; Beta-read by",
    "words": "Word Count; Word count; Words; Wordcount",
    "length": "Length; File Size",
    "published": "Date; Posted; Written; Date Written; Published; Publication date",
    "updated": "Updated; Last updated; Revised",
    "challenge": "Challenge; Challenge/Prompt; Prompt; Written for; Requirements; Response to",
    "award": "Award; Awards",
    "language": "Language; Langue",
    "source_url": "URL; Story URL; Link",
    "chapter_title": "Chapter Title",
    "book": "Book",
    "chapter": "Chapter; Chapters",
    "other": "Music; Artist Appreciation; Current Mood/Music; Post subject; Joined; Location; Uber; Favorite line; "
    "Recced because; Source; Licence; Generated; Packaged; Publisher; Series URL",
}
LABELS = [(label.strip(), key) for key, labels in WRITTEN.items() for label in labels.split(";")]


@pytest.mark.parametrize(("label", "key"), LABELS)
def test_a_label_means_one_key_however_it_is_written(label: str, key: str) -> None:
    assert label_of(label) == key


@pytest.mark.parametrize(
    "text", ["WILLOW", "Xander", "He said", "", ":", "***", "http", "10", "Once upon a time", "x" * 500]
)
def test_what_nobody_uses_as_a_label_means_nothing(text: str) -> None:
    assert label_of(text) is None


@pytest.mark.parametrize(
    "frame", ["**{}:**", "* {}:", "_{}_", "• {}", "- {} :", "  {}......:", "[{}", "> {}:", "{} -", "»{}"]
)
def test_marks_bullets_and_colons_around_a_label_do_not_count(frame: str) -> None:
    assert label_of(frame.format("Author's Notes")) == "notes"


def test_every_key_is_met_in_the_survey() -> None:
    assert set(WRITTEN) == set(KEYS)
    assert LONG_KEYS <= set(KEYS) >= STRONG_KEYS


@pytest.mark.parametrize("label", ["Disclaimer", "Rating", "Author's Summary", "SPOILERS", "Pairings"])
def test_labels_that_only_a_story_has_are_strong(label: str) -> None:
    assert is_strong(label)


@pytest.mark.parametrize(
    "label", ["Time", "Location", "Warning", "Notes", "Story", "By", "Content", "WILLOW", "Subject"]
)
def test_labels_that_a_sign_or_a_screenplay_may_have_are_not_strong(label: str) -> None:
    assert not is_strong(label)


@given(st.sampled_from(LABELS), st.sampled_from(["", "**", "_", " "]), st.booleans())
def test_case_and_marks_never_change_the_key(written: tuple[str, str], mark: str, upper: bool) -> None:
    label, key = written
    assert label_of(f"{mark}{label.upper() if upper else label.lower()}{mark}") == key


@given(st.text(max_size=60))
def test_any_text_has_a_key_or_none(text: str) -> None:
    assert label_of(text) in {*KEYS, None}


@pytest.mark.parametrize("label", ["Dislaimer", "Discalimer", "DISCLAMER:", "Disclaimeer"])
def test_a_long_label_is_known_with_a_slip(label: str) -> None:
    assert label_of(label) == "disclaimer"


@pytest.mark.parametrize("word", ["Disc", "Reclaimer", "Spiders", "Warning shots", "Feedbag"])
def test_a_word_that_is_merely_like_a_label_is_none(word: str) -> None:
    assert label_of(word) is None
