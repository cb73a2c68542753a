"""Serving the page with waitress, on this machine unless told otherwise."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable

from waitress.server import create_server

from ficsearch.errors import LibraryError
from ficsearch.library import Library
from ficsearch.walk import reason_of
from ficsearch.web import create_app

THREADS = 4


def serve_page(
    library: Library, host: str, port: int, open_page: bool, say: Callable[[str], object], kept: str = ""
) -> None:
    """Serve until interrupted, to one who keeps the position *kept*; says where.

    Raises LibraryError when the address cannot be had."""
    try:
        server = create_server(create_app(library, kept), host=host, port=port, threads=THREADS, ident="ficsearch")
    except OSError as problem:
        raise LibraryError(
            f"The page cannot be served at {host}:{port}: {reason_of(problem)}.",
            "Choose another port with --port, or 0 for a free one.",
        ) from problem
    address = f"http://{_in_url(host)}:{server.effective_port}/"
    say(f"Serving {address}   (Ctrl-C ends it)")
    if open_page:
        webbrowser.open(address)
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        server.close()


def _in_url(host: str) -> str:
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "*": "127.0.0.1"}.get(host, host)
    return f"[{name}]" if ":" in name else name
