"""Everything else a command says in a terminal: index runs, one story, facets, statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ficsearch.library import Stats
from ficsearch.outputs.page import PLAIN, Page, clean, on_line, table, wrap
from ficsearch.outputs.terminal import rating_text, scope_text
from ficsearch.report import Report
from ficsearch.spoilers import Verdict
from ficsearch.story import SpoilerScope, Story
from ficsearch.text import count_words

if TYPE_CHECKING:
    from ficsearch.doctor import Diagnosis

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
    if report.renewed:
        lines += table([("anew", f"{report.renewed:,} stories catalogued again, without reading files")], "  ")
    lines += table(
        [("time", f"{report.seconds:.1f} s, {report.bytes / 1e6:,.1f} MB read, {report.speed:,.1f} MB/s")], "  "
    )
    return "\n".join([*lines, *_loose(report), *_mistakes(report), *_skipped(report)])


def _loose(report: Report) -> Iterator[str]:
    if report.loose:
        yield "Parts of stories:"
    for loose in report.loose[:MOST_SKIPPED]:
        yield f"  {on_line(loose.path)} ({on_line(loose.title)}): {clean(loose.what)}"
    if len(report.loose) > MOST_SKIPPED:
        yield f"  and {len(report.loose) - MOST_SKIPPED:,} more; ficsearch doctor lists every one."


def _mistakes(report: Report) -> Iterator[str]:
    if report.mistakes:
        yield "Corrections that are not understood:"
    for mistake in report.mistakes[:MOST_SKIPPED]:
        yield f"  {on_line(place_of(mistake.path, mistake.line))}: {clean(mistake.what)}"
    if len(report.mistakes) > MOST_SKIPPED:
        yield f"  and {len(report.mistakes) - MOST_SKIPPED:,} more; ficsearch doctor lists every one."


def diagnosis_text(diagnosis: Diagnosis, page: Page = PLAIN) -> str:
    """What could not be read, kind by kind."""
    if not diagnosis.ailments:
        return f"Nothing to look at in {diagnosis.stories:,} stor{'y' if diagnosis.stories == 1 else 'ies'}."
    things = f"{diagnosis.count:,} thing{'s' * (diagnosis.count != 1)} to look at"
    lines = [f"{things}; {diagnosis.stories:,} stories, {diagnosis.files:,} files were looked through."]
    for ailment in diagnosis.ailments:
        lines += ["", page.style(f"{ailment.label} ({len(ailment.findings):,})", "bold")]
        lines += [f"  {on_line(place_of(f.path, f.line))}: {clean(' '.join(f.what.split()))}" for f in ailment.findings]
    return "\n".join(lines)


def place_of(path: str, line: int | None) -> str:
    """``story.txt, line 4``."""
    return f"{path}, line {line}" if line else path


def profile_text(report: Report, page: Page = PLAIN) -> str:
    """Where the time of an index run went."""
    tally = report.tally
    whole = tally.cpu or 1.0
    size = report.bytes / 1e6
    rows = [
        (name, f"{seconds:6.2f} s {seconds / whole:5.0%}")
        for name, seconds in (*tally.seconds.items(), ("the rest", tally.rest))
    ]
    rows.append(("together", f"{tally.cpu:6.2f} s, {size / whole:,.1f} MB a CPU second"))
    rows.append(("waiting", f"{tally.waiting:6.2f} s of {report.seconds:,.1f}: nothing to store yet"))
    return "\n".join([page.style("CPU seconds of all processes", "bold"), *table(rows, "  ")])


def _holding(report: Report) -> Iterator[tuple[str, str]]:
    stitched = f", {report.stitched:,} of them stitched from several files" if report.stitched else ""
    yield "stories", f"{report.stories:,}{stitched}"
    for name, count in report.holding.items():
        yield f"  with {name}", f"{count:,}"


def _skipped(report: Report) -> Iterator[str]:
    if not report.skipped:
        return
    yield "Skipped:"
    for skipped in report.skipped[:MOST_SKIPPED]:
        yield f"  {on_line(skipped.path)}: {clean(skipped.reason)}"
    rest = Counter(s.reason for s in report.skipped[MOST_SKIPPED:])
    for reason, count in rest.most_common():
        yield f"  and {count:,} more: {clean(reason)}"
    if rest:
        yield "  --format json lists every one."


def story_text(story: Story, location: Path | None, page: Page = PLAIN) -> str:
    """All that is known of a story, and where each value came from."""
    heading = f"{clean(story.title)}" + (f" · {clean(' & '.join(story.authors))}" if story.authors else "")
    lines = [page.style(heading, "title"), *table(_known(story, location), "  ")]
    if story.parts:
        lines += ["", page.style("Made of", "bold"), *table(_parts(story), "  ")]
    if any(chapter.title for chapter in story.chapters):
        lines += ["", page.style("Chapters", "bold"), *table(_chapters(story), "  ")]
    for name, text in (("Summary", story.summary), ("Notes", story.notes)):
        if text:
            lines += ["", page.style(name, "bold"), *_paragraphs(text, page)]
    lines += ["", page.style("Where it says so", "bold"), *table(_origins(story), "  ")]
    if story.problems:
        lines += ["", page.style("To look at", "bold"), *(f"  {clean(p)}" for p in story.problems)]
    return "\n".join(lines)


def _parts(story: Story) -> Iterator[tuple[str, str]]:
    for part in story.parts:
        again = f" (the same text again in {', '.join(part.copies)})" if part.copies else ""
        yield (
            f"part {part.number}" if part.number else "prologue",
            on_line(f"{part.path}, chapter {part.chapter}{again}"),
        )


def _chapters(story: Story) -> Iterator[tuple[str, str]]:
    for number, chapter in enumerate(story.chapters, 1):
        title = f"{clean(chapter.title)}, " if chapter.title else ""
        place = f" ({clean(chapter.origin)})" if chapter.title and chapter.origin else ""
        yield str(number), f"{title}{count_words(chapter.text):,} words{place}"


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
    yield "file", on_line(_place(story, location)) + (f", story {story.part}" if story.part > 1 else "")
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
        "warned of in notes": ", ".join(story.noted_warnings),
        "genres": ", ".join(story.genres),
        "series": _series(story),
        "sequel to": story.sequel_to or "",
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
