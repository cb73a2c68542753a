"""What a page itself marks as not its text: navigation, side bars, comments, ways to share. It leaves the tree."""

from __future__ import annotations

from ficsearch.readers.dom import Node, Tree

_CHROME = ", ".join(
    """
    nav body>footer body>aside .navigation .navheader #navigation #nav #menu .menu .breadcrumb .breadcrumbs .skip-link
    .screen-reader-text .pagination .post-navigation #sidebar .sidebar #masthead .site-header .site-footer #footer
    .footer .s-header #lj_controlstrip #comments #Comments .comments .comment .comment-list .commentlist #respond
    #disqus_thread ol.notes .notes-list .reviews #reviews #review .review_box .b-singlepost-tags .ljtags .lj-like
    .tags .tag .entry-metadata .entry-links .entry-management-links .sharedaddy .jp-relatedposts .wpcnt .widget
    .comments-section .comments-area .post-footer .entry-footer .advertisement .ads .pg-boilerplate
    #pg-header #pg-footer .pagenum .pageno span.pb form
    """.split()
)
"""Ids and classes of the stock templates of journals, blogs, boards and archives; HTML 5 has elements for some. A
footer deeper inside may be the end of a letter."""


_REMARKS = 'p:has(> a[href^="#cmnt_ref"]), a[href^="#cmnt"]'
"""The comments of a document of Google's, which it writes below the text."""


def without_chrome(tree: Tree) -> None:
    """Takes out of *tree* what is marked so. Where that would be most of the page, somebody named the story so: it
    stays."""
    body = tree.body
    if body is None:
        return
    found = [*body.css(_CHROME), *body.css(_REMARKS)]
    if not found:
        return
    half = len(body.text()) / 2
    for node in found:
        if len(node.text()) < half and not _is_within_title(node):
            node.decompose()


def _is_within_title(node: Node) -> bool:
    """A heading may bear any class."""
    return (node.tag or "") in ("h1", "h2", "h3", "body")
