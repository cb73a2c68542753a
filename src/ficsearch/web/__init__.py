"""The page: search, read, filter; no JavaScript needed, every state is a URL that can be shared.

Views turn a URL into one call of the library and a page dataclass; templates loop and link, they decide nothing.
"""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, render_template

from ficsearch.errors import FicsearchError
from ficsearch.library import Library
from ficsearch.version import __version__
from ficsearch.web.views import views

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self';"
    " base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


def create_app(library: Library, kept: str = "") -> Flask:
    """A Flask application over *library*; *kept* is the position of a reader whose URL tells none."""
    assets = _assets()
    app = Flask("ficsearch", template_folder=str(assets / "templates"), static_folder=str(assets / "static"))
    app.extensions["library"], app.extensions["kept"] = library, kept
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals["version"] = __version__
    app.register_blueprint(views)
    app.register_error_handler(FicsearchError, _explain)
    app.register_error_handler(404, lambda _: _explain_missing())
    app.after_request(_harden)
    return app


def _assets() -> Path:
    """Templates and styles: beside this module in an installed wheel, in ``web/`` of a working copy."""
    here = Path(__file__).parent
    return here if (here / "templates").is_dir() else here.parents[2] / "web"


def _harden(response: Response) -> Response:
    response.headers.update(_HEADERS)
    return response


def _explain(error: FicsearchError) -> tuple[str, int]:
    return render_template("error.html", message=error.message, advice=error.advice), error.status


def _explain_missing() -> tuple[str, int]:
    return render_template("error.html", message="There is no such page.", advice="The search page is at /."), 404
