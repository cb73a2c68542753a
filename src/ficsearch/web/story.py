"""The story page: one chapter, its places marked, and nothing of it for whom it is not safe."""

from __future__ import annotations

from collections.abc import Iterator

from ficsearch.fields import RATING_LABELS
from ficsearch.languages import language_label
from ficsearch.library import Library
from ficsearch.query import bind, parse
from ficsearch.story import Story
from ficsearch.web.pages import Link, StoryPage, story_url
from ficsearch.web.reading import Paragraph, paragraphs
from ficsearch.web.state import State

MOST_MATCHES = 40


def story_page(library: Library, state: State, story_id: str, number: int) -> StoryPage | None:
    """The page of chapter *number*; None when there is no such chapter. Raises StoryNotFoundError, UsageError."""
    story = library.story(story_id)
    if not 1 <= number <= max(1, len(story.chapters)):
        return None
    if warning := _warning(library, state, story):
        return _closed(state, story, number, warning)
    story = story if state.reveal else library.unspoiled(story, state.seen)
    query = bind(parse(state.text), library.packs).query
    shown = paragraphs(story.chapters[number - 1], number, query) if story.chapters else ()
    count = len(story.chapters)
    return StoryPage(
        state,
        story,
        state.url(),
        number,
        shown,
        tuple(_facts(story)),
        tuple(_contents(state, story, number)),
        Link("Previous chapter", story_url(state, story.id, number - 1)) if number > 1 else None,
        Link("Next chapter", story_url(state, story.id, number + 1)) if number < count else None,
        tuple(_matches(shown)),
    )


def _warning(library: Library, state: State, story: Story) -> str:
    """Why the story is kept from a reader at this position; nothing when it is safe or was opened on purpose."""
    verdict = library.judge(story, state.seen)
    return verdict.why if verdict and verdict.value not in ("safe", *state.reveal) else ""


def _closed(state: State, story: Story, number: int, warning: str) -> StoryPage:
    """The page that stands before a story that is not known to be safe: without title, summary or text."""
    opened = state.but(reveal=("unsafe", "unknown"))
    bare = Story(story.id, "", title="This story may not be safe for you")
    return StoryPage(
        state, bare, state.url(), number, (), (), warning=warning, anyway=story_url(opened, story.id, number)
    )


def _facts(story: Story) -> Iterator[tuple[str, str]]:
    scope, series = story.spoilers, story.series
    values = {
        "Fandom": ", ".join(story.fandoms),
        "Rating": RATING_LABELS[story.rating.value] + _own(story.rating.original),
        "Spoilers": {"none": "None", "unknown": "Not stated"}.get(scope.kind, "Up to ") + _frontier(story),
        "Set": story.timeline or "",
        "Characters": ", ".join(story.characters.declared),
        "In the text": ", ".join(f"{f.name} ({f.mentions:,})" for f in story.characters.found[:12]),
        "Pairings": ", ".join("/".join(p) for p in story.pairings),
        "Friendships": ", ".join(" & ".join(p) for p in story.friendships),
        "Warnings": ", ".join(story.warnings),
        "Warned of in notes": ", ".join(story.noted_warnings),
        "Genres": ", ".join(story.genres),
        "Series": f"{series.name}{f', part {series.index:g}' if series.index is not None else ''}" if series else "",
        "Sequel to": story.sequel_to or "",
        "Awards": ", ".join(story.awards),
        "Status": (story.status or "").replace("-", " ").capitalize(),
        "Published": story.published or "",
        "Language": language_label(story.language) if story.language else "",
        "From": story.source_url or "",
        "Length": f"{story.words:,} words",
        "Files" if story.parts else "File": ", ".join(p.path for p in story.parts) or story.path,
        "To look at": "; ".join(p for p in story.problems if p.endswith(" not found")),
    }
    yield from ((name, value) for name, value in values.items() if value)


def _own(words: str | None) -> str:
    return f" (“{words}”)" if words else ""


def _frontier(story: Story) -> str:
    last = ", ".join(f"{show} {code}" for show, code in story.spoilers.frontier.items())
    return last + _own(story.spoilers.original)


def _contents(state: State, story: Story, number: int) -> Iterator[Link]:
    if len(story.chapters) > 1:
        for place, chapter in enumerate(story.chapters, 1):
            yield Link(chapter.title or f"Chapter {place}", story_url(state, story.id, place), place == number)


def _matches(shown: tuple[Paragraph, ...]) -> Iterator[Link]:
    """Links to the marked paragraphs of this chapter."""
    found = [p for p in shown if p.found]
    for place, paragraph in enumerate(found[:MOST_MATCHES], 1):
        yield Link(str(place), f"#{paragraph.anchor}")
