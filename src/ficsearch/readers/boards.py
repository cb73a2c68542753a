"""A thread on a message board: the posts of whoever began it are the story, the others talk about it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ficsearch.dates import read_date
from ficsearch.readers import dom, page
from ficsearch.readers.claims import claimed
from ficsearch.readers.dom import Node, Tree
from ficsearch.readers.headings import heading_of
from ficsearch.story import Chapter, Claim, Document


@dataclass(frozen=True, slots=True)
class Board:
    """Where one kind of board keeps the texts of the posts, and the names of those who posted: as many."""

    texts: str
    names: str


_BOARDS = (
    Board("span.postbody", "span.name"),  # phpBB 2
    Board(".postbody .content", ".postbody .author strong, .postbody .author .username"),  # phpBB 3
    Board("div[id^=post_message_]", "a.bigusername, a.username"),  # vBulletin
    Board(".post .inner[id^=msg_]", ".poster h4"),  # SMF
    Board("article.message .bbWrapper", "article.message h4.message-name"),  # XenForo 2
    Board("article.message .bbWrapper", "article.message a.username"),
    Board(".post_body .entry-content", ".post_block .author"),  # Invision 3
    Board("td .postcolor", ".normalname"),  # Invision 2
    Board("article .message", "a.user-link"),  # ProBoards
    Board("[data-role=commentContent]", ".cAuthorPane_author"),  # Invision 4
)


_ANY_TEXT = ", ".join(board.texts for board in _BOARDS)


@dataclass(frozen=True, slots=True)
class Post:
    """One post; a signature is cut off."""

    name: str
    html: str


def is_thread(tree: Tree) -> bool:
    """Is this a page of a thread on a board that is known?"""
    return bool(_posts(tree))


def read_thread(tree: Tree) -> tuple[Document, ...]:
    """The story that the first poster tells, post by post. Short posts of hers are answers to her readers."""
    posts = _posts(tree)
    first = posts[0]
    said = [*claimed("author", first.name, "poster"), *claimed("title", _topic(tree), "topic")]
    said += claimed("published", _date(tree), "date of the post")
    told = [post for post in posts[1:] if post.name == first.name]
    documents = page.read_part(first.html, said)
    for post in told:
        documents = _continued(documents, page.read_part(post.html, ()))
    return documents


_HEADS = ("author", "poster"), ("comment", "comments", "message", "post", "topic", "thread", "text")
_INNER = "table, p, div, br"


def _rows(tree: Tree) -> list[Post]:
    """The posts of a board from before there were classes (ezboard, UBB, YaBB): a table whose head says ``Author`` and
    ``Comment``, one row a post. The name is in bold, or the first line of its cell."""
    head = next((row for row in tree.css("tr")[:_ROWS_AT_MOST] if _is_head(list(dom.children(row)))), None)
    posts = []
    for row in dom.children(head.parent if head else None):
        cells = list(dom.children(row))
        if len(cells) == _COLUMNS and not _is_head(cells):
            name = dom.first_line(cells[0], "b") or dom.line(cells[0])[:_NAME_AT_MOST]
            posts.append(Post(name, _SUBJECT.sub("", _unsigned(cells[1]), count=1)))
    return posts if posts and len(posts[0].html) >= _STORY_AT_LEAST else []


def _is_head(cells: list[Node]) -> bool:
    """Cells that hold others are not read: a page may be one in the other."""
    if len(cells) != _COLUMNS or any(cell.css_first(_INNER) for cell in cells):
        return False
    return all(c.text()[:_NAME_AT_MOST].strip(" :\n\xa0").lower() in w for c, w in zip(cells, _HEADS, strict=True))


_SUBJECT = re.compile(r"(?<=>)\s*<b>[^<>]{1,150}</b>\s*<hr[^<>]{0,40}>", re.IGNORECASE)
"""The subject of each post, above its text."""
_COLUMNS = 2
_ROWS_AT_MOST, _NAME_AT_MOST = 40, 60


def _posts(tree: Tree) -> list[Post]:
    if tree.css_first(_ANY_TEXT) is None:
        return _rows(tree)
    for board in _BOARDS:
        texts, names = tree.css(board.texts), tree.css(board.names)
        if texts and len(texts) == len(names):
            return list(_apart(names, texts, len(tree.html or "")))
    return []


def _apart(names: list[Node], texts: list[Node], room: int) -> Iterator[Post]:
    """The posts, as long as they fit on a page of *room* characters side by side: posts within posts are damage."""
    for name, text in zip(names, texts, strict=True):
        room -= len(dom.html(text))
        if room < 0:
            return
        yield Post(dom.line(name), _unsigned(text))


_SIGNATURE = re.compile(r"<br ?/?>\s*_{10,}\s*<br")


def _unsigned(text: Node) -> str:
    """The post without what stands below phpBB's line of underscores."""
    for quote in text.css("table .quote, .signature, blockquote.quote"):
        quote.decompose()
    return _SIGNATURE.split(dom.html(text), maxsplit=1)[0]


_DATES = ".postbody .author, article.message time, .postdetails, .published, abbr.time, .smalltext, .thead .smallfont"


def _date(tree: Tree) -> str | None:
    """When the first post was written, where its board says so."""
    lines = (dom.line(node)[:_DATE_AT_MOST] for s in _DATES.split(", ") for node in tree.css(s)[:1])
    return next((line for line in lines if read_date(line)), None)


_DATE_AT_MOST = 120
_STORY_AT_LEAST = 400
"""Characters of a later post: a shorter one thanks for the feedback."""


def _continued(before: tuple[Document, ...], more: tuple[Document, ...]) -> tuple[Document, ...]:
    """The last story of *before* goes on in *more*, if that is long enough to be a story."""
    *others, story = before
    chapters = [c for document in more for c in document.chapters]
    greeting, chapters = _greeted(chapters)
    if sum(len(c.text) for c in chapters) < _STORY_AT_LEAST and not any(_is_part(c) for c in chapters):
        return before
    claims = [c for document in more for c in document.claims if c.label in ("notes", "endnotes")] + greeting
    return (*others, replace(story, chapters=(*story.chapters, *chapters), claims=(*story.claims, *claims)))


def _greeted(chapters: list[Chapter]) -> tuple[list[Claim], list[Chapter]]:
    """*chapters* without what the author tells her readers above the heading of the first: ``Thank you all!``"""
    if not chapters or chapters[0].title:
        return [], chapters
    paragraphs = chapters[0].text.split("\n\n")
    for at, paragraph in enumerate(paragraphs[1:_GREETING_AT_MOST], 1):
        heading = heading_of(paragraph.strip("*_ ")) if len(paragraph) <= _HEADING_AT_MOST else None
        if heading and heading.kind in ("chapter", "part"):
            first = replace(chapters[0], title=paragraph.strip("*_ "), text="\n\n".join(paragraphs[at + 1 :]))
            told = Claim("notes", "\n\n".join(paragraphs[:at]), f"above {first.title}")
            return [told], [first, *chapters[1:]]
    return [], chapters


_GREETING_AT_MOST = 5
_HEADING_AT_MOST = 80


def _is_part(chapter: Chapter) -> bool:
    return chapter.title is not None and heading_of(chapter.title) is not None


_FANDOM_BEHIND = re.compile(r" [(\[][^()\[\]]{1,80}[)\]]\Z")
"""``(Worm/Discworld)``: how boards of XenForo name the fandom of a thread."""
_TOPIC = re.compile(r".*(?:View topic|Viewing topic|Topic)\s*[-:–]\s*(?P<topic>\S.*)|(?P<alone>.+)", re.IGNORECASE)


def _topic(tree: Tree) -> str | None:
    """``The Kittenboard :: View topic - The Lamp`` -> The Lamp."""
    if heading := tree.css_first("h1.p-title-value"):
        for label in heading.css(".label, .label-append"):
            label.decompose()
        return _FANDOM_BEHIND.sub("", dom.line(heading))
    found = _TOPIC.fullmatch(dom.unshown_line(tree.css_first("title"))[:300])
    return (found["topic"] or found["alone"]) if found else None
