"""The JSON contract: what scripts may rely on. docs/json.md describes it; a golden test keeps it.

Every answer of the program that a machine reads is made here, whatever printed it. ``SCHEMA`` is raised when a key
changes its meaning or goes away, not when one is added.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ficsearch.text import count_words

if TYPE_CHECKING:
    from ficsearch.corrections import Mistake
    from ficsearch.doctor import Diagnosis
    from ficsearch.report import Report
    from ficsearch.results import Excerpt, FacetValue, Hit, Results
    from ficsearch.spoilers import Verdict
    from ficsearch.story import Chapter, SpoilerScope, Story

SCHEMA = 1

Json = dict[str, Any]


def story(story: Story, body: bool = False) -> Json:
    """All that is known of a story; ``body`` (the text) only when asked for."""
    return {
        "id": story.id,
        "path": story.path,
        "part": story.part,
        **_told_by_the_header(story),
        **_of_the_text(story),
        **({"body": story.body} if body else {}),
    }


def _told_by_the_header(story: Story) -> Json:
    series = story.series
    return {
        "title": story.title,
        "authors": list(story.authors),
        "fandoms": list(story.fandoms),
        "rating": {"value": story.rating.value, "original": story.rating.original},
        "spoilers": {"original": story.spoilers.original, **scope(story.spoilers)},
        "timeline": story.timeline,
        "characters": _characters(story),
        "pairings": [list(p) for p in story.pairings],
        "friendships": [list(p) for p in story.friendships],
        "warnings": list(story.warnings),
        "noted_warnings": list(story.noted_warnings),
        "genres": list(story.genres),
        "summary": story.summary,
        "notes": story.notes,
        "awards": list(story.awards),
        "series": {"name": series.name, "index": series.index} if series else None,
        "sequel_to": story.sequel_to,
        "status": story.status,
        "language": story.language,
    }


def _characters(story: Story) -> Json:
    found = [{"name": f.name, "mentions": f.mentions} for f in story.characters.found]
    return {"declared": list(story.characters.declared), "found": found}


def _of_the_text(story: Story) -> Json:
    return {
        "words": story.words,
        "chapters": [_chapter(chapter) for chapter in story.chapters],
        "published": story.published,
        "source_url": story.source_url,
        "parts": [
            {"path": p.path, "number": p.number, "chapter": p.chapter, "copies": list(p.copies)} for p in story.parts
        ],
        "missing": list(story.missing),
        "problems": list(story.problems),
        "evidence": [{"episode": e.episode, "what": e.what} for e in story.evidence],
    }


def _chapter(chapter: Chapter) -> Json:
    """``words`` is null where the text is not at hand: a list of results has none."""
    words = count_words(chapter.text) if chapter.text else None
    return {"title": chapter.title, "words": words, "place": chapter.origin if chapter.title else None}


def scope(scope: SpoilerScope) -> Json:
    """What a spoiler phrase gives away."""
    return {
        "kind": scope.kind,
        "episodes": list(scope.episodes),
        "frontier": dict(scope.frontier),
        "through": scope.through,
        "seasons": list(scope.seasons),
    }


def origins(story: Story) -> list[Json]:
    """Where each value came from."""
    return [{"field": o.field, "original": o.original, "place": o.place} for o in story.origins]


def results(results: Results) -> Json:
    """The answer to a search."""
    return {
        "schema": SCHEMA,
        "query": {"text": results.text, "understood": results.understood},
        "total": results.total,
        "hits": [hit(h) for h in results.hits],
        "facets": facets(results.facets),
        "hidden": {
            "unsafe": results.hidden.unsafe,
            "unknown": results.hidden.unknown,
            "not_rated": results.hidden.not_rated,
        },
        "notes": list(results.notes),
        "suggestions": [{"label": s.label, "query": s.text, "total": s.total} for s in results.suggestions],
        "page": results.page,
        "took_ms": results.took_ms,
    }


def hit(hit: Hit) -> Json:
    """One story that matched, with its passages and, under a position, why it is safe or not."""
    return {
        **story(hit.story),
        "score": round(hit.score, 6),
        "excerpts": [excerpt(e) for e in hit.excerpts],
        **({"verdict": hit.verdict.value, "why": hit.verdict.why} if hit.verdict else {}),
    }


def excerpt(excerpt: Excerpt) -> Json:
    return {"html": excerpt.html, "text": excerpt.text, "chapter": excerpt.chapter, "paragraph": excerpt.paragraph}


def facets(facets: Mapping[str, Iterable[FacetValue]]) -> Json:
    """The values of each facet with their counts."""
    return {name: [facet_value(v) for v in values] for name, values in facets.items()}


def facet_value(value: FacetValue) -> Json:
    return {
        "value": value.value,
        "label": value.label,
        "count": value.count,
        "selected": value.selected,
        "excluded": value.excluded,
    }


def report(report: Report) -> Json:
    """What an index run did."""
    return {
        "schema": SCHEMA,
        "files": report.files,
        "stories": report.stories,
        "stitched": report.stitched,
        "added": report.added,
        "changed": report.changed,
        "unchanged": report.unchanged,
        "removed": report.removed,
        "renewed": report.renewed,
        "skipped": [{"path": s.path, "reason": s.reason} for s in report.skipped],
        "loose": [{"path": p.path, "title": p.title, "what": p.what} for p in report.loose],
        "mistakes": [mistake(m) for m in report.mistakes],
        "with": dict(report.holding),
        "seconds": round(report.seconds, 3),
        "bytes": report.bytes,
        "dry_run": report.dry,
    }


def diagnosis(diagnosis: Diagnosis) -> Json:
    """What could not be read, by kind."""
    return {
        "schema": SCHEMA,
        "stories": diagnosis.stories,
        "files": diagnosis.files,
        "count": diagnosis.count,
        "ailments": [
            {
                "kind": a.kind,
                "label": a.label,
                "count": len(a.findings),
                "findings": [{"path": f.path, "line": f.line, "story": f.story, "what": f.what} for f in a.findings],
            }
            for a in diagnosis.ailments
        ],
    }


def mistake(mistake: Mistake) -> Json:
    """Something in a file of corrections that is not understood."""
    return {"path": mistake.path, "line": mistake.line, "what": mistake.what}


def profile(report: Report) -> Json:
    """Where the time of an index run went."""
    tally = report.tally
    cpu = {**tally.seconds, "rest": tally.rest}
    return {"profile": {"cpu": {name: round(n, 3) for name, n in cpu.items()}, "waiting": round(tally.waiting, 3)}}


def phrase(phrase: str, fandom: str | None, said: SpoilerScope, verdict: Verdict | None) -> Json:
    """What a spoiler phrase means, and with a position whether it is safe there."""
    return {
        "schema": SCHEMA,
        "phrase": phrase,
        "fandom": fandom,
        **scope(said),
        **({"verdict": verdict.value, "why": verdict.why} if verdict else {}),
    }
