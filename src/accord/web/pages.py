"""From a view's answer to a page: templates, what every page has around it, and remembering what was rendered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from accord.model.query import ISSUES
from accord.publishing.plain import ending, one_line, opening, part, short
from accord.web.access.roles import known
from accord.web.asking import Asked
from accord.web.desk import Desk, Scene, page_key
from accord.web.guard import FIELD, Access
from accord.web.seeing import Seeing

NAVIGATION = (
    ("/", "Overview", "o"),
    ("/timeline", "Timeline", "t"),
    ("/positions", "Positions", "p"),
    ("/proposals", "Proposals", "r"),
    ("/people", "People and ties", "e"),
    ("/statements", "Statements", "s"),
    ("/levers", "Levers", "l"),
    ("/figures", "Figures", "f"),
    ("/discrepancies", "Discrepancies", "d"),
    ("/reports", "Reports", "k"),
    ("/table", "Table", "a"),
    ("/edits", "Edits", "c"),
)
"""The pages in the order in which they are shown, each with the key that, after g, goes there."""

Context = Mapping[str, Any]


def desk_of(request: Request) -> Desk:
    """The desk that this application serves."""
    desk: Desk = request.app.state.desk
    return desk


def access_of(request: Request) -> Access:
    """Who may ask this application."""
    access: Access = request.app.state.access
    return access


def page(request: Request, template: str, make: Callable[[Scene], Context], asked: Asked | None = None) -> Response:
    """The page that `make` gives the content of, rendered once for each state of the record, address and role.

    What `make` gives must follow from the record and the address alone; such a page has no form that writes.
    """
    scene = desk_of(request).scene()
    mark = page_key(scene.revision, request.url.path, request.url.query, _role(request), request.app.state.started)
    tag = f'"{mark}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "cookie"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)

    def rendered() -> bytes:
        with desk_of(request).turns.turn():
            return _rendered(request, template, scene, make(scene), asked).encode()

    return HTMLResponse(scene.once(("page", mark), rendered), headers=headers)


def fresh(request: Request, template: str, make: Callable[[Scene], Context], asked: Asked | None = None) -> Response:
    """The same, rendered anew each time: for what follows from who asks, or from what was just written."""
    scene = desk_of(request).scene()
    who = known(request.scope)
    with desk_of(request).turns.turn():
        context = {**make(scene), "csrf": who.csrf if who else ""}
        text = _rendered(request, template, scene, context, asked)
    return HTMLResponse(text, headers={"cache-control": "private, no-store"})


def render_alone(template: str, **context: object) -> str:
    """A page that stands by itself, for those who are not let in: it has nothing of the record, not even its name."""
    return _environment().get_template(template).render(**context)


def render_error(
    request: Request, status: int, title: str, message: str, headers: dict[str, str] | None = None
) -> Response:
    """A page that says what could not be answered, and why. Needs no record."""
    text = (
        _environment()
        .get_template("error.html")
        .render(**_around(request, None), status=status, title=title, message=message)
    )
    return HTMLResponse(text, status_code=status, headers=headers)


def _rendered(request: Request, template: str, scene: Scene, context: Context, asked: Asked | None) -> str:
    around = _around(request, asked)
    seeing = scene.once("seeing", lambda: Seeing(scene))
    return _environment().get_template(template).render(**{**around, "scene": scene, "see": seeing, **context})


def _role(request: Request) -> str:
    """The role of a token's holder, by which pages that are remembered differ; nothing where no token is asked for."""
    who = known(request.scope)
    return "" if who is None or who.token is None else str(who.role)


def _around(request: Request, asked: Asked | None) -> dict[str, Any]:
    """What every page has: the record's name, the ways to other pages, the filters, and what may be done."""
    who = known(request.scope)
    return {
        "record_name": desk_of(request).name,
        "path": request.url.path,
        "navigation": NAVIGATION,
        "asked": asked or Asked.nothing(),
        "filtered": asked is not None,
        "issues": ISSUES,
        "csrf_field": FIELD,
        "csrf": "",
        "signed_in": bool(_role(request)),
        "may_correct": who is not None and who.may("correct"),
        "may_administer": who is not None and who.may("administer"),
        "see": None,
    }


def prepare() -> None:
    """Compile the templates before anybody asks for a page."""
    for name in _environment().list_templates():
        _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("accord.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["line"] = one_line
    made.filters["part"] = part
    made.filters["short"] = short
    made.filters["opening"] = opening
    made.filters["ending"] = ending
    made.filters["segment"] = lambda text: quote(str(text), safe="")
    made.globals["query"] = _query
    return made


def _query(base: str, more: str = "", **fields: object) -> str:
    """An address with a query string and fields added to its own; those that are None or empty are left out."""
    said = urlencode([(key, str(value)) for key, value in fields.items() if value not in (None, "")])
    parts = [part for part in (more, said) if part]
    if not parts:
        return base
    return f"{base}{'&' if '?' in base else '?'}{'&'.join(parts)}"
