"""The page in a real browser: what a person does, and what they then see."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from waitress.server import WSGIServer, create_server

from ficsearch import Library
from ficsearch.web import create_app

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
REQUIRED = os.environ.get("FICSEARCH_REQUIRE_BROWSER") == "1"
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM and not REQUIRED, reason="there is no chromium; CI brings one"),
]


@pytest.fixture(scope="module")
def address(corpus_index: Path) -> Iterator[str]:
    with Library.open(corpus_index) as library:
        server = create_server(create_app(library), host="127.0.0.1", port=0, threads=4)
        thread = threading.Thread(target=run_until_closed, args=(server,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        thread.join(timeout=10)


def run_until_closed(server: WSGIServer) -> None:
    # who closes it from another thread may do so between two looks at its sockets, and it finds them gone
    with suppress(OSError):
        server.run()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def count(page: Page) -> int:
    return int(re.sub(r"\D", "", page.locator("h1").first.inner_text()))


def test_a_reader_searches_filters_and_reads(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("Willow Xander")
    page.get_by_role("button", name="Search").click()
    found = count(page)
    assert found >= 10
    expect(page.locator(".passage mark").first).to_be_visible()
    row = page.locator("[data-facet=rating] li").first
    narrowed = int(row.locator(".count").inner_text())
    row.locator("a.value").click()
    assert count(page) == narrowed < found
    expect(page.locator(".chips")).to_contain_text("Rating: ")
    page.locator(".chips a").first.click()
    assert count(page) == found
    page.locator(".passage a").first.click()
    expect(page.locator("article p:target mark").first).to_be_visible()
    expect(page.locator("article p:target")).to_be_in_viewport()
    page.get_by_role("link", name="Back to the results").click()
    assert count(page) == found


def test_a_position_hides_what_is_not_safe_and_says_how_much(page: Page) -> None:
    page.goto("/?q=Willow+Xander")
    everything = count(page)
    page.get_by_label("I have seen up to").fill("The Zeppo")
    page.get_by_role("button", name="Search").click()
    safe = count(page)
    assert 0 < safe < everything
    told = page.locator(".hidden-count").inner_text()
    assert sum(map(int, re.findall(r"(\d+) (?:unsafe|unknown)\b", told.splitlines()[0]))) >= everything - safe
    page.get_by_role("link", name=re.compile("^show .* unknown$")).click()
    assert safe < count(page) <= everything


def test_facets_of_seasons_and_episodes_open(page: Page) -> None:
    page.goto("/")
    panel = page.locator("[data-facet=spoilers]")
    show = panel.locator("li", has_text="Buffy the Vampire Slayer").first
    show.get_by_text("seasons").first.click()
    season = show.locator("li", has_text="BtVS season 3").first
    season.get_by_text("episodes").click()
    panel.get_by_role("link", name=re.compile("The Zeppo")).first.click()
    expect(page.locator(".chips")).to_contain_text("The Zeppo (BtVS 3x13)")


def test_the_keyboard_reaches_the_stories(page: Page) -> None:
    page.goto("/?q=Willow")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")


@pytest.mark.parametrize("width", [360, 820, 1280])
def test_nothing_runs_over_the_edge_of_the_screen(browser: Browser, address: str, width: int) -> None:
    context = browser.new_context(base_url=address, viewport={"width": width, "height": 900})
    page = context.new_page()
    for url in ("/?q=Willow+Xander&rating=mature&not=genre:Angst", "/?q=zzzz", "/nowhere"):
        page.goto(url)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()


def test_a_page_has_one_heading_labels_and_a_language(page: Page) -> None:
    page.goto("/?q=Willow")
    assert page.locator("h1").count() == 1
    assert page.locator("html").get_attribute("lang") == "en"
    for field in page.locator("input:not([type=hidden]), select").all():
        assert page.locator(f"label[for={field.get_attribute('id')}]").count() == 1
