"""Any other page: a story that somebody put on the web by hand, or wrote with a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from ficsearch.readers import dom, markup
from ficsearch.readers.blocks import EM, END_EM, LINE_END, Block, Kind, is_scene_break, typed
from ficsearch.readers.chrome import without_chrome
from ficsearch.readers.claims import claimed, title_of, with_fallback, without_own_title
from ficsearch.readers.codes import code_claims
from ficsearch.readers.dom import Tree
from ficsearch.readers.facts_line import facts_in
from ficsearch.readers.headerblock import QUOTES
from ficsearch.readers.headerlines import labelled
from ficsearch.readers.headers import find_header, read_fields
from ficsearch.readers.headings import heading_of
from ficsearch.readers.notes import without_notes
from ficsearch.readers.page_chapters import chapters
from ficsearch.readers.page_stories import story_starts
from ficsearch.readers.page_text import (
    Page,
    cut_header,
    cut_header_below,
    is_box,
    without_comments,
    without_end_line,
    without_furniture,
    without_menus,
    without_title,
)
from ficsearch.readers.page_titles import (
    as_head_says,
    in_case_of_head,
    is_chapter,
    said_above,
    said_by_links,
    said_by_tags,
    said_in_head,
)
from ficsearch.readers.plain import read_text
from ficsearch.readers.preamble import DATE_LINE
from ficsearch.readers.sentences import STOPS, sentence_claim
from ficsearch.readers.statements import statement_label
from ficsearch.readers.subject import bracketed_claims, coded_claims
from ficsearch.readers.tables import with_labels_beside
from ficsearch.story import Chapter, Claim, Document
from ficsearch.text import sentences

_FEW_WORDS = 30
_NEAR = 6
"""Blocks at the top of the story in which a title and a by-line may stand."""
_TITLE_LINE = re.compile(r"(?:story |fic )?title ?:", re.IGNORECASE)


def read_page(tree: Tree) -> tuple[Document, ...]:
    """The story on the page, or the stories. What a header leaves open, headings, a by-line and the page's own
    title may say."""
    tags = tuple(said_by_tags(tree))
    without_chrome(tree)
    summary = dom.note(tree.css_first(_SUMMARY))
    first, *others = read_part(dom.body_of(tree), list(said_by_links(tree)))
    said = claimed("summary", summary if len(summary) <= _SUMMARY_AT_MOST else None, "class summary")
    first = replace(first, claims=with_fallback(first.claims, said))
    claims = with_fallback(in_case_of_head(as_head_says(first.claims, tree), tree), said_in_head(tree))
    return (replace(first, claims=(*claims, *tags)), *others)


_SUMMARY = "blockquote.summary, div.summary, p.summary, .story-summary"
_SUMMARY_AT_MOST = 1_500


def read_part(html: str, said: Sequence[Claim] = ()) -> tuple[Document, ...]:
    """The stories in the part of a page that holds them. *said*: what the site says around it, surer than headings."""
    first, *others = read_blocks(markup.blocks(html), said=said)
    if sum(len(c.text.split()) for c in first.chapters) < _FEW_WORDS:
        problem = "hardly any text on the page: an index, or a page that only scripts fill?"
        first = replace(first, problems=(*first.problems, problem))
    return (first, *others)


def read_blocks(
    blocks: Sequence[Block], aside: Iterable[Claim] = (), format: str = "html", said: Sequence[Claim] = ()
) -> tuple[Document, ...]:
    """The stories in *blocks*, at least one. *said* outside of them fills what the header of the first story leaves
    open, then headings, then *aside*."""
    blocks = with_labels_beside(without_menus(without_comments(blocks)))
    said = coded_claims(said)
    first, *others = _typed_stories(blocks, format) or _headed_stories(blocks, said, format)
    claims = with_fallback(with_fallback(first.claims, said), aside)
    return (replace(first, claims=claims), *others)


def _headed_stories(blocks: Sequence[Block], said: Sequence[Claim], format: str) -> tuple[Document, ...]:
    """The story on the page, or those below headings of their own, whose author may be told once above all of them."""
    starts = story_starts(blocks)
    if not starts:
        return (_story(blocks, said, format),)
    told = [c for c in (*said, *said_above(blocks[: starts[0]])) if c.label == "author"]
    ends = [*starts[1:], len(blocks)]
    return tuple(_story(blocks[start:end], told, format) for start, end in zip(starts, ends, strict=True))


def _typed_stories(blocks: Sequence[Block], format: str) -> tuple[Document, ...]:
    """A page that is one <pre>, and one with the headers of several stories, are read as the text they are."""
    preformatted = sum(len(b.text) for b in blocks if b.kind is Kind.PRE)
    named = (b for b in blocks if "itle" in b.text or "ITLE" in b.text)
    titles = sum(bool(_TITLE_LINE.match(line)) for block in named for line in block.lines)
    if titles < 2 and 2 * preformatted <= sum(len(b.text) for b in blocks):
        return ()
    alone = _preformatted(blocks)
    text = typed(without_furniture(alone or blocks))
    if not text.strip():
        return ()
    first, *others = read_text(text, format=format)
    header = find_header([line for b in _above(blocks) for line in b.lines]) if alone else None
    return (replace(first, claims=with_fallback(first.claims, header.claims if header else ())), *others)


def _preformatted(blocks: Sequence[Block]) -> list[Block]:
    """What stands in <pre>, where that begins with a header of its own: around it is the site. Else nothing."""
    typed_blocks = [block for block in blocks if block.kind is Kind.PRE]
    header = find_header([line for b in typed_blocks[:_TYPED_HEAD] for line in (*b.lines, "")])
    told = {claim.label for claim in header.claims} if header and header.start == 0 else set()
    whole = sum(len(b.text) for b in typed_blocks) >= _TYPED_PART * sum(len(b.text) for b in blocks)
    return typed_blocks if whole and len(told & {"title", "author", "rating"}) > 1 else []


def _above(blocks: Sequence[Block]) -> Sequence[Block]:
    return blocks[: next((n for n, block in enumerate(blocks) if block.kind is Kind.PRE), 0)]


_TYPED_HEAD = 30
"""Blocks of <pre> in which its header is looked for."""
_TYPED_PART = 0.5


_LABELS_ON_TOP = 2
_BLOCKS_ON_TOP = 8


def _labels_on_top(blocks: Sequence[Block]) -> Page | None:
    """A post cut below the labels at its very top: where the site says title and author, a few are a header."""
    top = list(takewhile(_begins_with_label, blocks[:_BLOCKS_ON_TOP]))
    lines = [line for block in top for line in (*block.lines, "")]
    keys = {field.key for line in lines for field in labelled(line)}
    if len(keys) < _LABELS_ON_TOP or keys.isdisjoint(("summary", "notes", "rating", "words", "warnings")):
        return None
    return Page([], read_fields(lines), list(blocks[len(top) :]))


def _begins_with_label(block: Block) -> bool:
    fields = labelled(block.lines[0])
    return bool(fields) and fields[0].weight >= 1


def _story(blocks: Sequence[Block], said: Sequence[Claim], format: str) -> Document:
    page = cut_header(blocks)
    if not page.claims and {"title", "author"}.issubset(claim.label for claim in said):
        page = _labels_on_top(blocks) or page
    page = page._replace(claims=_apart(page.claims))
    claims = with_fallback(page.claims, said)
    claims = with_fallback(claims, facts_in(block.plain for block in blocks[: 2 * _NEAR]))
    claims = with_fallback(claims, said_above([*page.above, *page.story[:_NEAR]]))
    within = blocks[len(page.above) : max(0, len(blocks) - len(page.story))]
    claims = with_fallback(claims, (c for c in said_above(within) if c.label == "author"))
    claims = with_fallback(claims, _dated(page.above))
    told = page.story
    rated = any(claim.label == "rating" for claim in page.claims)
    if not rated or any(map(is_box, page.story)):  # else the header stands where it should
        below, told = cut_header_below(without_furniture(page.story), title_of(claims))
        claims = with_fallback(claims, below)
    claims = with_fallback(claims, bracketed_claims(title_of(claims), "brackets behind the title"))
    title, author = (next((c.value for c in claims if c.label == label), "") for label in ("title", "author"))
    story = without_title(without_furniture(told), title, author)
    story = without_furniture(without_end_line(story, title, author))
    claims = with_fallback(claims, _said_in_disclaimers(claims))
    remarks, story = _cut_remarks(story)
    made, notes = without_notes(chapters(story)) if story else ((), [])
    if len(made) == 1 and made[0].title is None:
        named = next((c.value for c in claims if c.label == "chapter_title" and c.origin in _HEADINGS), None)
        made = (replace(made[0], title=named),) if named or not story else (_headed(made[0], story[0]),)
    return Document(without_own_title(made, claims), (*claims, *remarks, *notes), format)


def _headed(chapter: Chapter, first: Block) -> Chapter:
    """*chapter*, the only one, whose text may begin with its heading: ``1. The Light on the Far Bank``."""
    heading = heading_of(first.plain) if first.kind is Kind.HEADING else None
    if heading is None or not (heading.kind == "numbered" or is_chapter(first.plain)):
        return chapter
    return replace(chapter, title=first.plain, text=chapter.text.removeprefix(first.plain).lstrip())


_SPOILERS_BEHIND = re.compile(r"\.\s+(?=(?:[A-Z]\w+ )?[Ss]poilers? (?:for|through|up to|until)\b)")
_BEFORE_SPOILERS = frozenset(("characters", "pairing", "fandom", "rating", "genre", "category"))


def _apart(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """*claims*; ``Characters: Donna Noble. Spoilers for Turn Left.`` is two of them."""
    made: list[Claim] = []
    for claim in (part for whole in claims for part in _without_disclaimer(whole)):
        value, *more = _SPOILERS_BEHIND.split(claim.value, maxsplit=1) if claim.label in _BEFORE_SPOILERS else [""]
        told = sentence_claim(0, more[0].rstrip(".")) if more else None
        made += [replace(claim, value=value), replace(told, origin=claim.origin)] if told else [claim]
    return tuple(made)


def _without_disclaimer(claim: Claim) -> list[Claim]:
    """*claim*; ``Spoilers: Hush. Not mine, Joss's.`` is two of them. What speaks of episodes too stays where it is."""
    parts = list(sentences(claim.value[:_REMARKS_AT_MOST])) if claim.label in (*_BEFORE_SPOILERS, "spoilers") else []
    last = parts[-1].strip() if len(parts) > 1 else ""
    label = statement_label(last)
    said = label in _REMARKED or (label == "notes" and _WRITTEN_FOR.match(last))
    if not (label and said) or _OF_EPISODES.search(last) or not claim.value.endswith(last):
        return [claim]
    first = replace(claim, value=claim.value.removesuffix(last).rstrip())
    return [*_without_disclaimer(first), Claim(label, last, claim.origin)]


_REMARKED = frozenset(("disclaimer", "dedication", "feedback", "beta"))
_WRITTEN_FOR = re.compile(r"(?i)(?:originally |first )?(?:written|posted) for\b")


_OF_EPISODES = re.compile(r"(?i)\d|\b(?:season|series|episode|spoil)")


def _said_in_disclaimers(claims: Sequence[Claim]) -> list[Claim]:
    """``Disclaimer: not mine. Spoilers for Hush. Rated PG.``: what stands in it besides."""
    of = [claim for claim in claims if claim.label in ("disclaimer", "notes")]
    said = [s.strip() for claim in of for s in sentences(claim.value)]
    found = (sentence_claim(0, s) for s in said[:_SENTENCES_AT_MOST])
    return [replace(c, origin="within the disclaimer") for c in found if c and c.label in ("rating", "spoilers")]


_SENTENCES_AT_MOST = 20


def _dated(above: Sequence[Block]) -> list[Claim]:
    """A day alone above the story: that of the entry, where a journal's style has no marks of its own."""
    lines = (line for block in above for line in block.lines if len(line) <= _DAY_AT_MOST)
    days = (line for line in lines if DATE_LINE.fullmatch(line))
    return [Claim("published", day, "day above the story") for day in days][:1]


_DAY_AT_MOST = 60
_HEADINGS = ("heading", "subject of the entry")
"""Where a page says which chapter it is."""
_REMARKS_WITHIN = 4
_REMARKS_AT_MOST = 600
_BRACKETED = re.compile(r"\[[^\]]{1,20}\]\s*")


def _only_speaks_of_story(text: str) -> bool:
    """Do all of two or more sentences talk of the story (its beta, its owners), and one of its rating or spoilers?
    *Not mine, he thought. Thanks to the rain nobody came.* is story."""
    if len(text) > _REMARKS_AT_MOST or text.startswith(QUOTES):
        return False
    parts = list(sentences(text))
    sure = [sentence_claim(0, part) or sentence_claim(0, part.rstrip(".")) for part in parts]
    told = any(claim and claim.label in ("rating", "spoilers") for claim in sure)
    return len(parts) > 1 and told and all(c or statement_label(p) for c, p in zip(sure, parts, strict=True))


def _slanted_remark(block: Block) -> list[Claim]:
    """What a first paragraph claims, all of it slanted, that tells rating or spoilers among other things:
    ``_logan can't cook. spoilers through 3x20. pg-13. for cat._``"""
    text = block.text.strip(LINE_END)
    if not (text.startswith(EM) and text.endswith(END_EM) and len(text) <= _REMARKS_AT_MOST):
        return []
    parts = STOPS.split(block.plain.rstrip("."))  # many write these in small letters
    found = [claim for part in parts for claim in code_claims(0, part) or filter(None, [sentence_claim(0, part)])]
    told = [replace(claim, origin="above the story") for claim in found if claim.label != "title"]
    if not any(claim.label in ("rating", "spoilers") for claim in told):
        return []
    return [*told, Claim("notes", block.plain, "above the story")]


def _cut_remarks(blocks: Sequence[Block]) -> tuple[list[Claim], list[Block]]:
    """*blocks* without a header in sentences: ``[PG] Contains spoilers for Hush. Not mine.`` above the first rule."""
    near = enumerate(blocks[:_REMARKS_WITHIN])
    rule = next((n for n, b in near if b.kind is Kind.RULE or is_scene_break(b.plain)), 0)
    said = " ".join(block.plain for block in blocks[:rule])
    parts = [part for s in sentences(said) for part in (s, _BRACKETED.sub("", s, count=1)) if part]
    found = [replace(c, origin="above the rule") for part in dict.fromkeys(parts) if (c := sentence_claim(0, part))]
    if blocks and (slanted := _slanted_remark(blocks[0])):
        return slanted, list(blocks[1:])
    if not rule and blocks and _only_speaks_of_story(blocks[0].plain):
        parts = sentences(blocks[0].plain)
        told = [c for part in parts if (c := sentence_claim(0, part.rstrip(".")) or sentence_claim(0, part))]
        remark = Claim("notes", blocks[0].plain, "above the story")
        return [*(replace(c, origin="above the story") for c in told), remark], list(blocks[1:])
    if not found or len(said) > _REMARKS_AT_MOST:
        return [], list(blocks)
    return [*found, Claim("notes", said, "above the rule")], list(blocks[rule + 1 :])
