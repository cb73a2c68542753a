"""URLs in, pages out. Thin: one call of the library, one page dataclass."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from flask import Blueprint, current_app, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from ficsearch import contract
from ficsearch.errors import StoryNotFoundError, UsageError
from ficsearch.library import Library
from ficsearch.web.pages import LISTED, SHOWN, SearchPage, form, search_page
from ficsearch.web.state import PAGE_FACETS, State
from ficsearch.web.story import story_page

views = Blueprint("views", __name__)


def _library() -> Library:
    return cast(Library, current_app.extensions["library"])


def _state() -> State:
    """What the URL tells. One that tells no position, not even an empty one, has that which ``seen set`` keeps."""
    state = State.from_args(request.args)
    told = any(name == "seen" or name.startswith("seen_") for name in request.args)
    return state if told else replace(state, seen=cast(str, current_app.extensions["kept"]))


@views.get("/")
def search() -> ResponseReturnValue:
    """The search page. What cannot be understood is said; then nothing is shown that might not be safe."""
    state = _state()
    library = _library()
    shows = library.shows()
    try:
        results = library.search(state.text, facets=PAGE_FACETS, values=SHOWN + LISTED, **state.options())
    except UsageError as error:
        page = SearchPage(state, form(state, library.packs, shows), problem=error.message, advice=error.advice)
        return render_template("search.html", page=page), error.status
    return render_template("search.html", page=search_page(state, results, library.packs, shows))


@views.get("/search.json")
def search_json() -> ResponseReturnValue:
    """The same search as JSON, by the contract of docs/json.md."""
    state = _state()
    return jsonify(contract.results(_library().search(state.text, facets=PAGE_FACETS, **state.options())))


@views.get("/story/<story_id>")
@views.get("/story/<story_id>/<int:number>")
def story(story_id: str, number: int = 1) -> ResponseReturnValue:
    """One chapter of a story, opened where the search found it."""
    page = story_page(_library(), _state(), story_id, number)
    if page is None:
        raise StoryNotFoundError(f"There is no chapter {number} of that story.", "Go back to its first chapter.")
    return render_template("story.html", page=page)
