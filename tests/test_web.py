"""The page without a browser: status, words a person sees, and that nothing unsafe is among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from ficsearch import Library
from ficsearch.web import create_app

STORIES = {
    "ladder.txt": """Title: The <b>Ladder</b> & Co
Author: Ann Other
Rating: R
Spoilers: Through The Zeppo
Fandom: Buffy the Vampire Slayer
Characters: Willow, Xander

Willow sat on the _rolling_ ladder.

* * *

Xander looked up. "Come <i>down</i>," he said.
""",
    "gift.txt": """Title: After the Tower
Author: Cee Writer
Rating: PG
Spoilers: The Gift
Fandom: Buffy the Vampire Slayer
Summary: Buffy is gone and Dawn remembers.

Chapter One

Dawn sat with Willow and Xander.

Chapter Two

Dawn Summers had nothing left to say to Xander.
""",
    "silent.txt": "Title: Silent\nAuthor: Dee\nFandom: Buffy the Vampire Slayer\n\nXander said nothing of it.\n",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("web")
    (folder / "stories").mkdir()
    for name, text in STORIES.items():
        (folder / "stories" / name).write_text(text, encoding="utf-8")
    with Library.open(folder / "index") as library:
        library.index([folder / "stories"])
        yield create_app(library).test_client()


def page(client: FlaskClient, url: str, status: int = 200) -> LexborHTMLParser:
    response = client.get(url)
    assert response.status_code == status, response.text
    return LexborHTMLParser(response.text)


def text(tree: LexborHTMLParser, selector: str = "body") -> str:
    return " ".join(" ".join(n.text() for n in tree.css(selector)).split())


def links(tree: LexborHTMLParser, selector: str) -> list[str]:
    return [n.attributes["href"] or "" for n in tree.css(selector)]


def test_the_first_page_lists_every_story_with_its_facets(client: FlaskClient) -> None:
    tree = page(client, "/")
    assert text(tree, "h1") == "3 stories"
    assert {n.attributes["data-facet"] for n in tree.css("details.panel")} >= {"rating", "spoilers", "character"}


def test_a_search_marks_what_it_found_and_escapes_the_rest(client: FlaskClient) -> None:
    response = client.get("/?q=ladder")
    tree = LexborHTMLParser(response.text)
    assert text(tree, ".card h2 > a") == "The <b>Ladder</b> & Co"
    assert text(tree, ".passage mark") == "ladder"
    assert "<b>Ladder" not in response.text


def test_a_facet_link_narrows_and_its_chip_takes_it_back(client: FlaskClient) -> None:
    tree = page(client, "/?q=xander")
    (mature,) = [h for h in links(tree, "[data-facet=rating] a.value") if "rating=mature" in h]
    narrowed = page(client, mature)
    assert text(narrowed, "h1") == "1 story"
    assert "Rating: Mature" in text(narrowed, ".chips")
    assert text(page(client, links(narrowed, ".chips a")[0]), "h1") == "3 stories"


def test_a_value_can_be_left_out(client: FlaskClient) -> None:
    tree = page(client, "/?q=xander")
    (refuse,) = [h for h in links(tree, "[data-facet=rating] a.refuse") if "not=rating%3Amature" in h]
    assert text(page(client, refuse), "h1") == "2 stories"


def test_under_a_position_only_safe_stories_are_shown(client: FlaskClient) -> None:
    tree = page(client, "/?q=xander&seen=The+Zeppo")
    assert text(tree, "h1") == "1 story"
    assert "Hidden: 1 unsafe, 1 unknown" in text(tree, ".hidden-count")
    for secret in ("After the Tower", "Dawn", "Cee Writer", "5x22"):
        assert secret not in text(tree, "main, aside")


def test_a_position_can_be_chosen_show_by_show(client: FlaskClient) -> None:
    tree = page(client, "/?q=xander")
    assert [n.attributes["name"] for n in tree.css(".positions select")] == ["seen_BtVS"]
    chosen = page(client, "/?q=xander&seen_BtVS=3x13")
    assert text(chosen, "h1") == "1 story"
    assert chosen.css_first("#seen").attributes["value"] == "BtVS 3x13"
    assert chosen.css_first("#seen_BtVS option[selected]").attributes["value"] == "3x13"


def test_an_unsafe_story_is_revealed_without_its_title(client: FlaskClient) -> None:
    tree = page(client, "/?q=xander&seen=The+Zeppo&reveal=unsafe")
    assert "A story that is not safe for you" in text(tree, ".card.unsafe")
    assert "After the Tower" not in text(tree)
    assert "Buffy is gone" not in text(tree)


def test_an_unsafe_story_is_not_opened_unasked(client: FlaskClient) -> None:
    found = json.loads(client.get("/search.json?q=remembers").text)["hits"][0]["id"]
    closed = page(client, f"/story/{found}?seen=The+Zeppo")
    assert "Open it anyway" in text(closed)
    for secret in ("After the Tower", "Buffy is gone", "nothing left to say"):
        assert secret not in closed.html
    opened = page(client, links(closed, "main a")[0])
    assert "After the Tower" in text(opened, "h1")


def test_a_position_that_nobody_can_place_shows_nothing(client: FlaskClient) -> None:
    tree = page(client, "/?q=xander&seen=the+one+with+frogs", status=400)
    assert "frogs" in text(tree, ".problem")
    assert not tree.css(".card")


def test_a_result_opens_at_its_passage(client: FlaskClient) -> None:
    (url,) = links(page(client, "/?q=looked"), ".passage a")
    path, _, anchor = url.partition("#")
    tree = page(client, path)
    assert text(tree, f"#{anchor}").startswith("Xander looked up.")
    assert text(tree, f"#{anchor} mark") == "looked"


def test_a_story_keeps_emphasis_and_scene_breaks(client: FlaskClient) -> None:
    (url,) = links(page(client, "/?q=looked"), ".card h2 > a")
    tree = page(client, url)
    assert text(tree, "article em") == "rolling"
    assert len(tree.css("article hr")) == 1
    assert "Come <i>down</i>" in text(tree, "article")
    assert not tree.css("article i")


def test_chapters_are_pages_with_their_neighbours(client: FlaskClient) -> None:
    found = json.loads(client.get("/search.json?q=remembers").text)["hits"][0]["id"]
    first = page(client, f"/story/{found}")
    assert "Chapter One" in text(first, ".chapter")
    second = page(client, links(first, "a[rel=next]")[0])
    assert "Chapter Two" in text(second, ".chapter")
    assert links(second, "a[rel=prev]")
    assert "no chapter 3" in text(page(client, f"/story/{found}/3", status=404))


def test_nothing_found_offers_what_would(client: FlaskClient) -> None:
    tree = page(client, "/?q=laddr")
    assert "0 stories" in text(tree, "h1")
    assert "ladder" in text(tree, ".nothing")


def test_a_page_that_is_not_there_says_so(client: FlaskClient) -> None:
    assert "no such page" in text(page(client, "/nowhere", status=404))
    assert "no story 'zzzz'" in text(page(client, "/story/zzzz", status=404))


def test_the_json_keeps_the_contract(client: FlaskClient) -> None:
    told = json.loads(client.get("/search.json?q=willow").text)
    assert (told["schema"], told["total"]) == (1, 2)


def test_no_page_runs_scripts_or_loads_from_elsewhere(client: FlaskClient) -> None:
    response = client.get("/?q=xander")
    tree = LexborHTMLParser(response.text)
    assert not tree.css("script, iframe, object")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert all(h.startswith(("/", "#")) for h in links(tree, "[href]"))


@pytest.mark.parametrize(
    "url", ["/?q=%00%ff&rating=%3Cscript%3E&page=-5", "/?not=a:b:c&any=x&reveal=y&sort=", "/?q=((((\"'"]
)
def test_a_strange_url_is_still_a_page(client: FlaskClient, url: str) -> None:
    assert "<script>" not in client.get(url).text
    assert client.get(url).status_code == 200


def test_assets_are_found_beside_the_package_or_in_the_working_copy() -> None:
    from ficsearch.web import _assets

    assert (Path(_assets()) / "static" / "style.css").is_file()


def test_the_page_of_a_story_tells_what_its_header_tells(tmp_path: Path) -> None:
    (tmp_path / "shelf").mkdir()
    told = {
        "Timeline": "After the fair",
        "Sequel to": "The Lamp Room",
        "Language": "English",
        "URL": "http://a.example/1",
    }
    head = "\n".join(f"{label}: {value}" for label, value in {"Title": "Oil", "Author": "Ann", **told}.items())
    (tmp_path / "shelf/oil.txt").write_text(
        f"{head}\n\nThe lamp burned low and nobody saw it go out.\n", encoding="utf-8"
    )
    with Library.open(tmp_path / "index") as library:
        library.index([tmp_path / "shelf"])
        client = create_app(library).test_client()
        shown = text(page(client, links(page(client, "/"), ".card h2 > a")[0]), "dl")
    assert all(value in shown for value in told.values())


def test_a_position_that_is_kept_holds_on_the_page_until_another_is_told(client: FlaskClient) -> None:
    library = client.application.extensions["library"]
    kept = create_app(library, "BtVS 1x01").test_client()
    told = client.get("/search.json?seen=BtVS+1x01").get_json()
    assert told["hidden"]["unsafe"]
    assert kept.get("/search.json").get_json()["hidden"] == told["hidden"]
    assert kept.get("/search.json?seen=").get_json()["hidden"] == client.get("/search.json").get_json()["hidden"]
