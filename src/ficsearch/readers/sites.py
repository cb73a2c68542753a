"""SITES: whose page is it? The first row that knows the page reads it; the last row reads any page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ficsearch.readers import (
    ao3,
    ao3_page,
    boards,
    efiction,
    fanficfare,
    fanfiction_mobile,
    fanfiction_net,
    page,
    posts,
    tth,
)
from ficsearch.readers.dom import Tree
from ficsearch.story import Document


@dataclass(frozen=True, slots=True)
class Site:
    """One kind of page: how it is known, and how it is read."""

    name: str
    knows: Callable[[Tree], bool]
    read: Callable[[Tree], tuple[Document, ...]]


SITES = (
    Site("AO3 work page", ao3_page.is_work_page, ao3_page.read_work_page),
    Site("AO3 download", ao3.is_download, ao3.read_download),
    Site("FanFicFare", fanficfare.is_page, fanficfare.read_page),
    Site("fanfiction.net", fanfiction_net.is_chapter_page, fanfiction_net.read_chapter_page),
    Site("eFiction", efiction.is_story_page, efiction.read_story_page),
    Site("fanfiction.net, mobile", fanfiction_mobile.is_mobile_page, fanfiction_mobile.read_mobile_page),
    Site("fanfiction.net, old", fanfiction_net.is_old_page, fanfiction_net.read_old_page),
    Site("Twisting the Hellmouth", tth.is_story_page, tth.read_story_page),
    Site("message board", boards.is_thread, boards.read_thread),
    Site("journal or blog", posts.is_post, posts.read_post),
    Site("any page", lambda tree: True, page.read_page),
)


def read_tree(tree: Tree) -> tuple[Document, ...]:
    """The stories on a page, read by the first site that knows it."""
    return next(site for site in SITES if site.knows(tree)).read(tree)
