"""Any other page: a story that somebody put on the web by hand, or wrote with a word processor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from ficsearch.readers import dom, markup
from ficsearch.readers.blocks import Block, Kind, is_scene_break, typed
from ficsearch.readers.chrome import without_chrome
from ficsearch.readers.claims import title_of, with_fallback, without_own_title
from ficsearch.readers.dom import Tree
from ficsearch.readers.notes import without_notes
from ficsearch.readers.page_chapters import chapters
from ficsearch.readers.page_text import (
    cut_header,
    cut_header_below,
    without_comments,
    without_end_line,
    without_furniture,
    without_menus,
    without_title,
)
from ficsearch.readers.page_titles import as_head_says, in_case_of_head, said_above, said_by_links, said_in_head
from ficsearch.readers.plain import read_text
from ficsearch.readers.sentences import sentence_claim
from ficsearch.readers.subject import bracketed_claims
from ficsearch.story import Claim, Document
from ficsearch.text import sentences

_FEW_WORDS = 30
_NEAR = 6
"""Blocks at the top of the story in which a title and a by-line may stand."""
_TITLE_LINE = re.compile(r"(?:story |fic )?title ?:", re.IGNORECASE)


def read_page(tree: Tree) -> tuple[Document, ...]:
    """The story on the page, or the stories. What a header leaves open, headings, a by-line and the page's own
    title may say."""
    without_chrome(tree)
    first, *others = read_part(dom.body_of(tree), list(said_by_links(tree)))
    claims = with_fallback(in_case_of_head(as_head_says(first.claims, tree), tree), said_in_head(tree))
    return (replace(first, claims=claims), *others)


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
    blocks = without_menus(without_comments(blocks))
    first, *others = _typed_stories(blocks, format) or (_story(blocks, said, format),)
    claims = with_fallback(with_fallback(first.claims, said), aside)
    return (replace(first, claims=claims), *others)


def _typed_stories(blocks: Sequence[Block], format: str) -> tuple[Document, ...]:
    """A page that is one <pre>, and one with the headers of several stories, are read as the text they are."""
    preformatted = sum(len(b.text) for b in blocks if b.kind is Kind.PRE)
    named = (b for b in blocks if "itle" in b.text or "ITLE" in b.text)
    titles = sum(bool(_TITLE_LINE.match(line)) for block in named for line in block.lines)
    if titles < 2 and 2 * preformatted <= sum(len(b.text) for b in blocks):
        return ()
    text = typed(without_furniture(blocks))
    return read_text(text, format=format) if text.strip() else ()


def _story(blocks: Sequence[Block], said: Sequence[Claim], format: str) -> Document:
    page = cut_header(blocks)
    claims = with_fallback(page.claims, said)
    claims = with_fallback(claims, said_above([*page.above, *page.story[:_NEAR]]))
    told = page.story
    if not any(claim.label == "rating" for claim in page.claims):  # else the header stands where it should
        below, told = cut_header_below(without_furniture(page.story), title_of(claims))
        claims = with_fallback(claims, below)
    claims = with_fallback(claims, bracketed_claims(title_of(claims), "brackets behind the title"))
    title, author = (next((c.value for c in claims if c.label == label), "") for label in ("title", "author"))
    story = without_title(without_furniture(told), title, author)
    story = without_furniture(without_end_line(story, title, author))
    remarks, story = _cut_remarks(story)
    made, notes = without_notes(chapters(story)) if story else ((), [])
    if len(made) == 1 and made[0].title is None:
        named = next((c.value for c in claims if c.label == "chapter_title" and c.origin in _HEADINGS), None)
        made = (replace(made[0], title=named),)
    return Document(without_own_title(made, claims), (*claims, *remarks, *notes), format)


_HEADINGS = ("heading", "subject of the entry")
"""Where a page says which chapter it is."""
_REMARKS_WITHIN = 4
_REMARKS_AT_MOST = 600
_BRACKETED = re.compile(r"\[[^\]]{1,20}\]\s*")


def _cut_remarks(blocks: Sequence[Block]) -> tuple[list[Claim], list[Block]]:
    """*blocks* without a header in sentences: ``[PG] Contains spoilers for Hush. Not mine.`` above the first rule."""
    near = enumerate(blocks[:_REMARKS_WITHIN])
    rule = next((n for n, b in near if b.kind is Kind.RULE or is_scene_break(b.plain)), 0)
    said = " ".join(block.plain for block in blocks[:rule])
    parts = [part for s in sentences(said) for part in (s, _BRACKETED.sub("", s, count=1)) if part]
    found = [replace(c, origin="above the rule") for part in dict.fromkeys(parts) if (c := sentence_claim(0, part))]
    if not found or len(said) > _REMARKS_AT_MOST:
        return [], list(blocks)
    return [*found, Claim("notes", said, "above the rule")], list(blocks[rule + 1 :])
