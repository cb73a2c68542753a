"""Document + packs -> story, field by field."""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ficsearch.catalogue import catalogue, story_id
from ficsearch.packs import Packs
from ficsearch.readers import read
from ficsearch.readers.labels import KEYS
from ficsearch.story import Chapter, Claim, Document, Rating, Series, Story, from_dict, to_dict

BODY = (
    "The lamp was out, and nobody in the house had noticed it. She sat down on the stairs and waited for him to come. "
    "It was the third time that week, and he had said that it would be the last."
)
BUFFY = "Buffy the Vampire Slayer"


def document(*claims: tuple[str, str], body: str = BODY, format: str = "text") -> Document:
    """A document of one chapter; claims stand on the lines of its header."""
    made = tuple(Claim(label, value, f"line {n}") for n, (label, value) in enumerate(claims, 1))
    return Document((Chapter(body),), made, format)


@pytest.fixture
def told(packs: Packs) -> Any:
    def tell(*claims: tuple[str, str], **options: Any) -> Story:
        return catalogue(document(*claims, **options), "shelf/ladder-in-the-library.txt", packs)

    return tell


def test_the_id_comes_from_the_place_and_nothing_else() -> None:
    assert story_id("a/b.txt", 2) == hashlib.blake2b(b"a/b.txt\x002").hexdigest()[:12]
    assert story_id("a/b.txt", 1) != story_id("a/b.txt", 2)


def test_a_note_may_tell_the_rating_and_another_part_the_spoilers(told: Any) -> None:
    assert told(("notes", "Set after Amends. Rated R for the usual reasons.")).rating.value == "mature"
    assert told(("notes", "I am overrated. R for effort.")).rating.value == "not_rated"
    assert told(("rating", "PG"), ("notes", "Rated R elsewhere.")).rating.value == "general"
    story = told(("fandom", "BtVS"), ("spoilers", "through Amends"), ("spoilers", "see part 1"))
    assert story.spoilers.frontier == {"BtVS": "3x10"}
    assert told(("fandom", "BtVS"), ("spoilers", "see part 1")).spoilers.kind == "unknown"


def test_every_field_of_a_plain_header(told: Any) -> None:
    story: Story = told(
        ("title", '"The Ladder" (1/1)'),
        ("author", "by R. Penhallow <r@example.org>"),
        ("fandom", "BtVS"),
        ("rating", "R, just to be safe"),
        ("pairing", "W/X, Buffy & Giles"),
        ("characters", "Willow, Xander & Oz"),
        ("spoilers", "Through The Zeppo"),
        ("timeline", "after Homecoming"),
        ("genre", "angst/romance"),
        ("warnings", "Language, violence"),
        ("series", "Part 2 of The Lantern Years"),
        ("published", "14 March 1998"),
        ("status", "Complete"),
        ("language", "English"),
        ("summary", "A ladder."),
        ("notes", "Before."),
        ("endnotes", "After."),
        ("award", "Golden Stake Award"),
        ("source_url", "http://example.org/ladder.html"),
    )
    assert (story.title, story.authors, story.fandoms) == ("The Ladder", ("R. Penhallow",), (BUFFY,))
    assert story.rating == Rating("mature", "R, just to be safe")
    assert story.pairings == (("Willow Rosenberg", "Xander Harris"),)
    assert story.friendships == (("Buffy Summers", "Rupert Giles"),)
    assert story.characters.declared == ("Willow Rosenberg", "Xander Harris", "Daniel Osbourne")
    assert dict(story.spoilers.frontier) == {"BtVS": "3x13"}
    assert story.timeline == "after Homecoming"
    assert (story.genres, story.warnings) == (("Angst", "Romance"), ("Language", "Violence"))
    assert story.series == Series("The Lantern Years", 2)
    assert (story.published, story.status, story.language) == ("1998-03-14", "complete", "en")
    assert (story.summary, story.notes) == ("A ladder.", "Before.\n\nAfter.")
    assert (story.awards, story.source_url) == (("Golden Stake Award",), "http://example.org/ladder.html")
    assert (story.words, story.problems) == (41, ())


def test_every_value_tells_where_it_came_from(told: Any) -> None:
    story = told(("title", "The Ladder"), ("author", "Ana"), ("rating", "PG"))
    places = {(o.field, o.original, o.place) for o in story.origins}
    assert places >= {("title", "The Ladder", "line 1"), ("authors", "Ana", "line 2"), ("rating", "PG", "line 3")}
    assert ("language", "en", "inferred from the text") in places


def test_without_a_title_the_name_of_the_file_is_one(told: Any, packs: Packs) -> None:
    assert told().title == "Ladder in the Library"
    assert told().origins[0].place == "file name"
    assert catalogue(document(), "lists/drabbles.txt", packs, part=3).title == "Drabbles (3)"


def test_a_site_that_keeps_parts_apart_keeps_its_titles(told: Any) -> None:
    assert told(("title", "Lanterns - Part 2"), format="ao3-html").title == "Lanterns - Part 2"
    part = told(("title", "Lanterns - Part 2"))
    assert (part.title, part.series) == ("Lanterns", Series("Lanterns", 2))


def test_a_chapter_of_a_book_belongs_to_the_book(told: Any) -> None:
    story = told(("title", "Emma - Chapter III"), ("book", "Emma"), ("chapter", "3 of 55"))
    assert (story.title, story.series) == ("Emma - Chapter III", Series("Emma", 3))


def test_the_parts_of_a_story_in_one_file_are_no_series(packs: Packs) -> None:
    claims = (Claim("title", "Letters (2/?)", "line 1"),)
    story = catalogue(Document((Chapter(BODY, "One"), Chapter(BODY, "Two")), claims), "a.txt", packs)
    assert (story.title, story.series, story.status) == ("Letters", None, "in-progress")


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("Complete", "complete"), ("Yes", "complete"), ("5/5", "complete"), ("one-shot", "complete"),
        ("WIP", "in-progress"), ("No (WIP)", "in-progress"), ("2/?", "in-progress"), ("not complete", "in-progress"),
        ("In-Progress", "in-progress"), ("03/14/01", "complete"), ("soon", None),
    ],
)  # fmt: skip
def test_a_status_is_read(told: Any, value: str, status: str | None) -> None:
    assert told(("status", value)).status == status


def test_the_first_date_of_publication_counts_and_the_update_only_without_one(told: Any) -> None:
    assert told(("updated", "2003-01-01"), ("published", "soon"), ("published", "3/14/98")).published == "1998-03-14"
    assert told(("updated", "2003-01-01")).published == "2003-01-01"
    assert told(("status", "17 August 2001")).published == "2001-08-17"


def test_what_is_not_understood_is_a_problem_and_not_a_guess(told: Any) -> None:
    story = told(("rating", "purple"), ("spoilers", "you'll see"), ("language", "Klingon"), body="")
    assert story.rating == Rating("not_rated", "purple")
    assert story.spoilers.kind == "unknown"
    assert set(story.problems) == {
        "the story has no text",
        "spoilers not understood: 'you'll see'",
        "rating not understood: 'purple'",
        "language not understood: 'Klingon'",
    }


def test_no_warnings_is_none_and_a_refusal_to_warn_is_kept(packs: Packs) -> None:
    def warned(*tags: str) -> tuple[str, ...]:
        claims = tuple(Claim("warnings", tag, "dl.tags Archive Warning") for tag in tags)
        return catalogue(Document((Chapter(BODY),), claims), "a.html", packs).warnings

    assert warned("No Archive Warnings Apply") == ()
    refusal = "Creator Chose Not To Use Archive Warnings"
    assert warned(refusal) == warned("Choose Not To Use Archive Warnings") == (refusal,)
    assert warned("Major Character Death", "Graphic Depictions Of Violence") == (
        "Major Character Death",
        "Graphic Depictions Of Violence",
    )


def test_a_warning_that_is_a_sentence_is_kept_whole(told: Any) -> None:
    assert told(("warnings", "Vampires being vampires, and one of them used to be your friend.")).warnings == (
        "Vampires being vampires, and one of them used to be your friend",
    )


def test_a_warning_in_a_note_is_kept_apart_from_those_declared(told: Any) -> None:
    note = ("notes", "There is a *major* character death in this one.")
    for declared, kept in ((), ()), (("none",), ()), (("Violence",), ("Violence",)):
        story = told(note, *(("warnings", value) for value in declared))
        assert (story.warnings, story.noted_warnings) == (kept, ("Major Character Death",))
    assert told(("notes", "No character death, I promise.")).noted_warnings == ()


@pytest.mark.parametrize("declared", ["Major character death", "death fic", "Character Death, angst"])
def test_a_warning_that_is_declared_is_not_told_again(told: Any, declared: str) -> None:
    story = told(("notes", "Warning for character death!"), ("warnings", declared))
    assert story.noted_warnings == ()


@pytest.mark.parametrize(
    ("place", "words", "name"),
    [
        ("notes", 'This is a sequel to "The Lamp Room", so read that first.', "The Lamp Room"),
        ("notes", "Thanks, Ana. Sequel to *Lamp Room*.", "Lamp Room"),
        ("summary", "The follow-up to “Ash”. Giles reads.", "Ash"),
        ("notes", 'I am writing a sequel to "Ash".', None),
        ("notes", "Sequel to nothing at all.", None),
    ],
)
def test_a_note_may_name_the_story_before(told: Any, place: str, words: str, name: str | None) -> None:
    assert told((place, words)).sequel_to == name


def test_work_in_progress_is_answered_the_other_way_round(packs: Packs) -> None:
    def status(label: str, value: str) -> str | None:
        claim = Claim("status", value, "line 1", label)
        return catalogue(Document((Chapter(BODY),), (claim,)), "a.html", packs).status

    assert (status("WIP", "Yes"), status("WIP", "No, done"), status("Complete", "Yes")) == (
        "in-progress", "complete", "complete",
    )  # fmt: skip


def test_spoilers_may_stand_in_a_note(told: Any) -> None:
    story = told(("fandom", "BtVS"), ("notes", "Spoilers: through “Family” (5x06). With love to my cat."))
    assert dict(story.spoilers.frontier) == {"BtVS": "5x06"}
    assert any(o.field == "spoilers" and o.place == "notes (line 2)" for o in story.origins)


@pytest.mark.parametrize(
    ("note", "frontier"),
    [
        ("Spoilers for season 2. Thanks to Jane. Spoilers for Chosen too.", {"BtVS": "7x22"}),
        ("Spoilers: through season 2. Also The Gift. Thanks to Jane.", {"BtVS": "5x22"}),
        ("Spoilers up to 3.13. And The Gift. Be kind.", {"BtVS": "5x22"}),
        ("Spoilers for Who Are You? and The Gift.", {"BtVS": "5x22"}),
        ("Angel season 3 spoilers.", {"AtS": "3x22"}),
        ("Buffy season 5/Angel season 2 spoilers.", {"BtVS": "5x22", "AtS": "2x22"}),
    ],
)
def test_all_that_a_note_says_of_spoilers_counts(told: Any, note: str, frontier: dict[str, str]) -> None:
    assert dict(told(("fandom", "BtVS"), ("notes", note)).spoilers.frontier) == frontier


def test_a_note_that_says_it_too_often_fixes_nothing(told: Any) -> None:
    notes = "\n".join(f"Spoilers for Hush, {n} times." for n in range(60))
    assert told(("fandom", "BtVS"), ("notes", notes)).spoilers.kind == "unknown"


@pytest.mark.parametrize(
    ("claims", "frontier"),
    [
        ((("spoilers", "None"), ("timeline", "Post-Chosen")), {"BtVS": "7x22"}),
        ((("spoilers", "None"), ("timeline", "Season 4")), {"BtVS": "4x22"}),
        ((("spoilers", "None"), ("timeline", "one day in spring")), {}),
        ((("spoilers", "Through Hush"), ("timeline", "Season 4")), {"BtVS": "4x10"}),
        ((("spoilers", "S3"), ("notes", "Some spoilers for The Gift in part 2.")), {"BtVS": "5x22"}),
    ],
)
def test_spoilers_are_as_wide_as_what_the_header_says_besides(told: Any, claims: Any, frontier: dict[str, str]) -> None:
    assert dict(told(("fandom", "BtVS"), *claims).spoilers.frontier) == frontier


@pytest.mark.parametrize(
    ("claims", "code"),
    [
        ((("published", "May 2001"),), "5x22"),
        ((("published", "2000-01-05"), ("updated", "2001-06-01")), "5x22"),
        ((("published", "2000-01-05"), ("status", "WIP")), "7x22"),
        ((("published", "2000-01-05"),), "4x10"),
    ],
)
def test_all_that_has_aired_goes_on_until_the_story_was_last_written(told: Any, claims: Any, code: str) -> None:
    story = told(("fandom", "BtVS"), ("spoilers", "everything aired so far"), *claims)
    assert dict(story.spoilers.frontier) == {"BtVS": code}


def test_a_missing_spoiler_line_is_unknown_and_not_none(told: Any) -> None:
    assert told(("fandom", "BtVS")).spoilers.kind == "unknown"
    assert told(("fandom", "BtVS"), ("spoilers", "None")).spoilers.kind == "none"


def test_names_resolve_inside_the_fandoms_only(told: Any) -> None:
    assert told(("fandom", "The X-Files"), ("characters", "Willow")).characters.declared == ("Willow",)
    assert told(("fandom", "BtVS"), ("characters", "Willow")).characters.declared == ("Willow Rosenberg",)


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("Willow, Xander, Oz", ("Willow Rosenberg", "Xander Harris", "Daniel Osbourne")),
        ("mostly Willow and Xander, others", ("Willow Rosenberg", "Xander Harris")),
        ("[Buffy S., Spike] Dawn S.", ("Buffy Summers", "Spike", "Dawn Summers")),
        ("Willow (mentioned), Marguerite (OC)", ("Willow Rosenberg", "Marguerite (OC)")),
        ("Willow, willow rosenberg", ("Willow Rosenberg",)),
        ("none", ()),
    ],
)
def test_characters_are_listed_in_many_ways(told: Any, value: str, names: tuple[str, ...]) -> None:
    assert told(("fandom", "BtVS"), ("characters", value)).characters.declared == names


def test_found_characters_are_kept_apart_from_declared_ones(told: Any) -> None:
    text = "Then Giles came in with Buffy, and Buffy saw that Jenna Moss had gone. Jenna Moss left nothing for Giles."
    story = told(("fandom", "BtVS"), ("characters", "Willow, Jenna Moss"), body=text)
    assert story.characters.declared == ("Willow Rosenberg", "Jenna Moss")
    assert {f.name: f.mentions for f in story.characters.found} == {
        "Rupert Giles": 2,
        "Buffy Summers": 2,
        "Jenna Moss": 2,
    }


def test_a_keyword_may_declare_a_pairing(told: Any) -> None:
    story = told(("fandom", "XF"), ("category", "V, H, MSR if you bring your own"))
    assert set(story.pairings[0]) == {"Dana Scully", "Fox Mulder"}
    assert story.genres == ("V", "H", "MSR if you bring your own")


def test_a_slash_among_the_characters_is_a_pairing_too(told: Any) -> None:
    story = told(("fandom", "BtVS"), ("characters", "Buffy/Spike, Dawn"))
    assert story.pairings == (("Buffy Summers", "Spike"),)
    assert story.characters.declared == ("Buffy Summers", "Spike", "Dawn Summers")


def test_two_summaries_are_both_kept(told: Any) -> None:
    assert told(("summary", "One."), ("summary", "Two."), ("summary", "One.")).summary == "One.\n\nTwo."


def test_the_words_are_counted_and_not_believed(told: Any) -> None:
    assert told(("words", "1,000,000"), body="One two three.").words == 3


def test_a_source_that_is_no_address_is_none(told: Any) -> None:
    assert told(("source_url", "my own page")).source_url is None


def test_a_default_fandom_is_for_stories_that_give_none_away(packs: Packs) -> None:
    def of(*claims: tuple[str, str]) -> tuple[str, ...]:
        return catalogue(document(*claims), "a.txt", packs, default_fandom="Angel: the Series").fandoms

    assert of() == ("Angel",)
    assert of(("fandom", "BtVS")) == (BUFFY,)
    assert of(("spoilers", "The Zeppo")) == (BUFFY,)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(KEYS), st.text(max_size=40)), max_size=8), st.text(max_size=200))
def test_whatever_a_header_says_it_becomes_a_story_that_survives_storage(
    claims: list[tuple[str, str]], body: str
) -> None:
    story = catalogue(document(*claims, body=body), "a/b c.txt", _packs())
    assert story.title
    assert from_dict(json.loads(json.dumps(to_dict(story)))) == story


@cache
def _packs() -> Packs:
    return Packs.load()


@pytest.mark.skipif("FICSEARCH_FICTION" not in os.environ, reason="needs the fiction corpus")
def test_every_file_of_the_corpus_becomes_a_story(packs: Packs) -> None:
    root = Path(os.environ["FICSEARCH_FICTION"])
    files = [
        *sorted(root.glob("text/*/*.txt"))[::50],
        *sorted(root.glob("html/*/*")),
        *sorted(root.glob("encodings/*")),
    ]
    for file in files:
        for part, found in enumerate(read(file.name, file.read_bytes()), 1):
            story = catalogue(found, file.relative_to(root).as_posix(), packs, part)
            assert story.title
            assert story.words > 100


def test_a_bare_number_is_an_episode_under_a_label_that_says_so() -> None:
    fandom = Claim("fandom", "Stargate SG-1")
    document = Document((Chapter("Jack sat down."),), (fandom, Claim("spoilers", "306", written="Episode related")))
    assert catalogue(document, "a.txt", Packs.load()).spoilers.episodes == ("SG1 3x06",)
    unsaid = Document((Chapter("Jack sat down."),), (fandom, Claim("spoilers", "306", written="Spoilers")))
    assert catalogue(unsaid, "a.txt", Packs.load()).spoilers.kind == "unknown"


@pytest.mark.parametrize(
    ("values", "rating"),
    [
        (("PG", "NC-17"), ("explicit", "NC-17")),
        (("R", "PG", "Mature"), ("mature", "R")),
        (("Not Rated", "PG-13"), ("teen", "PG-13")),
        (("none", "frogs"), ("not_rated", "none")),
    ],
)
def test_a_story_is_rated_by_the_highest_of_its_ratings(
    told: Any, values: tuple[str, ...], rating: tuple[str, str]
) -> None:
    found = told(*(("rating", value) for value in values)).rating
    assert (found.value, found.original) == rating


def test_no_major_spoilers_past_an_episode_bound_nothing_in_a_note() -> None:
    said = "Title: A\nAuthor: B\nFandom: Buffy\nRating: G\nNotes: No major spoilers past S3.\n\nWillow laughed.\n"
    (document,) = read("a.txt", said.encode())
    assert catalogue(document, "a.txt", Packs.load(), 1).spoilers.frontier != {"BtVS": "3x22"}


def test_people_among_keywords_are_no_genre(told: Any) -> None:
    story = told(("fandom", "XF"), ("category", "V, H"), ("keywords", "Mulder/Scully UST, Skinner, casefile"))
    assert story.genres == ("Casefile", "V", "H")
    assert [set(p) for p in story.pairings] == [{"Dana Scully", "Fox Mulder"}]


def test_the_place_in_a_series_may_have_a_label_of_its_own(told: Any) -> None:
    story = told(("series", "Dry Dock"), ("series", "2"))
    assert story.series == Series("Dry Dock", 2)


@pytest.mark.parametrize(
    "claim",
    [
        ("disclaimer", "Merlin belongs to the BBC and Shine."),
        ("disclaimer", "Alas, I don't own Merlin, the BBC does, with Shine."),
    ],
)
def test_a_disclaimer_that_names_owner_and_show_tells_the_fandom(claim: tuple[str, str], told: Any) -> None:
    assert told(claim, ("pairing", "Merlin/Arthur")).fandoms == ("Merlin",)


@pytest.mark.parametrize("claim", [("disclaimer", "Merlin belongs to nobody."), ("disclaimer", "The BBC and Shine.")])
def test_one_of_the_two_is_not_enough(claim: tuple[str, str], told: Any) -> None:
    assert told(claim).fandoms == ()


def test_the_subjects_of_a_book_may_name_its_fandom() -> None:
    claims = [Claim("genre", word, "dc:subject") for word in ("Firefly", "Boats", "Supernatural")]
    story = catalogue(Document((Chapter("Said she."),), (Claim("title", "Tar", ""), *claims)), "a", Packs.load())
    assert (story.fandoms, story.genres) == (("Firefly",), ("Boats", "Supernatural"))


@pytest.mark.parametrize(
    ("title", "fandoms"),
    [
        ("Hexa: due South fiction", ("due South",)),
        ("Mary's SG-1 Fanfiction", ("Stargate SG-1",)),
        ("Lost Stories", ()),
        ("Home Fiction", ()),
    ],
)
def test_a_site_of_one_show_says_so_in_the_title_of_its_page(title: str, fandoms: tuple[str, ...]) -> None:
    claims = (Claim("title", "Tar", ""), Claim("other", title, "title element"))
    assert catalogue(Document((Chapter("Said she."),), claims), "a", Packs.load()).fandoms == fandoms


@pytest.mark.parametrize(
    ("tags", "fandoms"),
    [
        (("fic", "btvs"), (BUFFY,)),
        (("merlin fic", "my writing"), ("Merlin",)),
        (("fic rec", "destiel"), ("Supernatural",)),
        (("btvs", "spn"), ()),
        (("gen", "angst"), ()),
    ],
)
def test_the_tags_of_an_entry_may_name_the_one_fandom(tags: tuple[str, ...], fandoms: tuple[str, ...]) -> None:
    claims = [Claim("other", tag, "tags of the entry") for tag in tags]
    assert catalogue(Document((Chapter("Said she."),), tuple(claims)), "a", Packs.load()).fandoms == fandoms


def test_a_pen_name_with_an_and_is_one_where_a_site_links_it() -> None:
    claims = (Claim("author", "Wick and Tallow", "author's link"),)
    assert catalogue(Document((Chapter("Said she."),), claims), "a", Packs.load()).authors == ("Wick and Tallow",)


def test_a_category_may_be_the_shelves_of_a_site(told: Any) -> None:
    assert told(("category", "Harry Potter > Slash - Male/Male > Harry/Snape")).fandoms == ("Harry Potter",)
