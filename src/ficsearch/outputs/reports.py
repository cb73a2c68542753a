"""Everything else a command says in a terminal: index runs, one story, facets, statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ficsearch.library import Stats
from ficsearch.outputs.page import PLAIN, Page, clean, table, wrap
from ficsearch.outputs.terminal import rating_text, scope_text
from ficsearch.report import Report
from ficsearch.spoilers import Verdict
from ficsearch.story import SpoilerScope, Story

MOST_SKIPPED = 20


def report_text(report: Report, page: Page = PLAIN) -> str:
    """What an index run did, the skipped files with their reasons."""
    title = "Dry run, nothing was changed." if report.dry else "Done."
    counts = ", ".join(
        f"{n:,} {what}"
        for n, what in (
            (report.added, "added"), (report.changed, "changed"), (report.unchanged, "unchanged"),
            (report.removed, "removed"), (len(report.skipped), "skipped"),
        )
    )  # fmt: skip
    lines = [page.style(title, "bold"), *table([("files", f"{report.files:,}: {counts}")], "  ")]
    lines += table(_holding(report), "  ")
    lines += table(
        [("time", f"{report.seconds:.1f} s, {report.bytes / 1e6:,.1f} MB read, {report.speed:,.1f} MB/s")], "  "
    )
    return "\n".join([*lines, *_skipped(report)])


def _holding(report: Report) -> Iterator[tuple[str, str]]:
    yield "stories", f"{report.stories:,}"
    for name, count in report.holding.items():
        yield f"  with {name}", f"{count:,}"


def _skipped(report: Report) -> Iterator[str]:
    if not report.skipped:
        return
    yield "Skipped:"
    for skipped in report.skipped[:MOST_SKIPPED]:
        yield f"  {clean(skipped.path)}: {clean(skipped.reason)}"
    rest = Counter(s.reason for s in report.skipped[MOST_SKIPPED:])
    for reason, count in rest.most_common():
        yield f"  and {count:,} more: {clean(reason)}"
    if rest:
        yield "  --format json lists every one."


def story_text(story: Story, location: Path | None, page: Page = PLAIN) -> str:
    """All that is known of a story, and where each value came from."""
    heading = f"{clean(story.title)}" + (f" · {clean(' & '.join(story.authors))}" if story.authors else "")
    lines = [page.style(heading, "title"), *table(_known(story, location), "  ")]
    for name, text in (("Summary", story.summary), ("Notes", story.notes)):
        if text:
            lines += ["", page.style(name, "bold"), *_paragraphs(text, page)]
    lines += ["", page.style("Where it says so", "bold"), *table(_origins(story), "  ")]
    if story.problems:
        lines += ["", page.style("To look at", "bold"), *(f"  {clean(p)}" for p in story.problems)]
    return "\n".join(lines)


def _paragraphs(text: str, page: Page) -> Iterator[str]:
    for paragraph in text.split("\n\n"):
        yield from wrap(clean(paragraph), page.width, "  ")


def _place(story: Story, location: Path | None) -> str:
    """The file of *story* where it lies, with the path inside it where that is an archive."""
    if location is None:
        return story.path
    _, _, inside = f"/{story.path}".partition(f"/{location.name}/")
    return f"{location}/{inside}" if inside else str(location)


def _known(story: Story, location: Path | None) -> Iterator[tuple[str, str]]:
    yield "id", story.id
    yield "file", clean(_place(story, location)) + (f", story {story.part}" if story.part > 1 else "")
    found = ", ".join(f"{f.name} ({f.mentions})" for f in story.characters.found)
    values = {
        "fandom": ", ".join(story.fandoms),
        "rating": rating_text(story),
        "spoilers": scope_text(story.spoilers),
        "gives away up to": ", ".join(f"{show} {code}" for show, code in story.spoilers.frontier.items()),
        "signs of": "; ".join(f"{e.what} ({e.episode})" for e in story.evidence),
        "timeline": story.timeline or "",
        "characters": ", ".join(story.characters.declared),
        "found in the text": found,
        "pairings": ", ".join("/".join(p) for p in story.pairings),
        "friendships": ", ".join(" & ".join(p) for p in story.friendships),
        "warnings": ", ".join(story.warnings),
        "genres": ", ".join(story.genres),
        "series": _series(story),
        "awards": ", ".join(story.awards),
        "status": story.status or "",
        "published": story.published or "",
        "language": story.language or "",
        "length": f"{story.words:,} words, {len(story.chapters):,} chapter{'s' * (len(story.chapters) != 1)}",
        "source": story.source_url or "",
    }
    yield from ((name, clean(value)) for name, value in values.items() if value)


def _series(story: Story) -> str:
    if story.series is None:
        return ""
    index = story.series.index
    return story.series.name + (f", part {index:g}" if index is not None else "")


def _origins(story: Story) -> Iterator[tuple[str, str]]:
    for origin in story.origins:
        own = clean(" ".join(origin.original.split()))
        yield origin.field, f"{origin.place}: {own if len(own) <= 80 else own[:79] + '…'}"


def full_text(story: Story) -> str:
    """The story itself, chapter by chapter."""
    parts = [story.title, *(f"by {a}" for a in story.authors)]
    for chapter in story.chapters:
        parts += [f"\n{chapter.title}\n" if chapter.title else "", chapter.text]
    return clean("\n".join(parts))


def scope_lines(phrase: str, scope: SpoilerScope, verdict: Verdict | None) -> str:
    """What a spoiler phrase means."""
    told = {
        "kind": scope.kind,
        "episodes": ", ".join(scope.episodes),
        "through": scope.through or "",
        "seasons": ", ".join(scope.seasons),
        "gives away up to": ", ".join(f"{show} {code}" for show, code in scope.frontier.items()),
        "verdict": f"{verdict.value}: {verdict.why}" if verdict else "",
    }
    return "\n".join([f'"{clean(phrase)}"', *table(((k, v) for k, v in told.items() if v), "  ")])


def stats_text(stats: Stats) -> str:
    """What is in a library."""
    rows = [
        ("stories", f"{stats.stories:,}"),
        ("files", f"{stats.files:,} read, {stats.skipped:,} skipped"),
        ("words", f"{stats.words:,}"),
        ("index", f"{stats.bytes / 1e6:,.1f} MB, {stats.engine} engine"),
        *((f"with {name}", f"{count:,}") for name, count in stats.holding.items()),
    ]
    return "\n".join(table(rows))
