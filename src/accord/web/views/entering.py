"""Coming in and going out: the page that asks for a token, the session that it opens, and the account behind it."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from accord.web.access.door import Asking, Door, local
from accord.web.access.recording import tell
from accord.web.access.roles import MAY, Who, mark, who_of
from accord.web.access.sessions import drop_cookie, set_cookie
from accord.web.failing import Refused
from accord.web.pages import fresh, render_alone

router = APIRouter(include_in_schema=False)

_LONGEST = 2_000  # characters of the address to go on to


@router.get("/login")
def login(request: Request, next: Annotated[str, Query(max_length=_LONGEST)] = "/") -> Response:
    """The page that asks for a token."""
    if not _door(request).closed or who_of(request).token is not None:
        return RedirectResponse(_onward(next), status_code=303)
    return _page(next, status=200)


@router.post("/login")
async def enter(request: Request) -> Response:
    """Open a session for whoever holds a token, and go on to where they wanted to go."""
    form = {key: str(value) for key, value in (await request.form()).items()}
    door, asking, before = _door(request), _asking(request), who_of(request)
    onward = form.get("next", "/")[:_LONGEST]
    if not door.closed:
        return RedirectResponse(_onward(onward), status_code=303)
    try:
        holder = door.holder(form.get("token", "").strip(), asking)
    except Refused as refusal:
        page = _page(onward, status=refusal.status, message=refusal.message)
        page.raw_headers.extend(refusal.headers)
        return page
    if before.session is not None:
        door.sessions.end(before.session)
    mark(request.scope, Who(role=holder.role, name=holder.name, token=holder.token))
    answer = RedirectResponse(_onward(onward), status_code=303)
    cookie = set_cookie(asking.cookie, door.sessions.begin(holder.token), secure=asking.secure)
    answer.raw_headers.append((b"set-cookie", cookie))
    return answer


@router.post("/logout")
def leave(request: Request) -> Response:
    """End the session."""
    who, asking = who_of(request), _asking(request)
    if who.session is not None:
        _door(request).sessions.end(who.session)
        tell(request, session="ended")
    answer = RedirectResponse("/login", status_code=303)
    answer.raw_headers.append((b"set-cookie", drop_cookie(asking.cookie, secure=asking.secure)))
    return answer


@router.get("/account")
def account(request: Request) -> Response:
    """Who one is here, and what one may do."""
    who = who_of(request)
    return fresh(request, "account.html", lambda _: {"who": who, "may": MAY})


def login_page(scope: MutableMapping[str, Any]) -> HTMLResponse:
    """The page that asks for a token in place of the one that was asked for, to which it then leads."""
    asking: Asking = scope["accord.asking"]
    query = urlencode([p for p in parse_qsl(asking.query, keep_blank_values=True) if p[0] != "token"])
    # the cookie is not sent along a link from another site; the page that loads itself again is of this one
    again = asking.headers.get("sec-fetch-site") == "cross-site"
    if not asking.read:
        ended = "Your session has ended. What you sent was not taken; it is still on the page before this one."
        return _page("/", status=401, message=ended)
    wrong = asking.linked is not None
    message = "The token of this link opens nothing here." if wrong else ""
    return _page(local(asking.path, query)[:_LONGEST], status=401, message=message, again=again and not wrong)


def _page(onward: str, *, status: int, message: str = "", again: bool = False) -> HTMLResponse:
    page = render_alone("login.html", onward=onward, message=message, again=again)
    return HTMLResponse(page, status_code=status, headers={"cache-control": "no-store"})


def _onward(address: str) -> str:
    """An address to go on to that is surely one of this workbench."""
    path, _, query = address.partition("?")
    return local(_unquoted(path), urlencode(parse_qsl(query, keep_blank_values=True)))


def _unquoted(path: str) -> str:
    from urllib.parse import unquote

    return unquote(path)


def _door(request: Request) -> Door:
    door: Door = request.app.state.door
    return door


def _asking(request: Request) -> Asking:
    asking: Asking = request.scope["accord.asking"]
    return asking
