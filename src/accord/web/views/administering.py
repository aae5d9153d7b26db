"""Pages of those who administer: the tokens with a way to revoke each, and the audit log."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from accord.errors import NotFound
from accord.web.access.audit import Page
from accord.web.access.recording import tell
from accord.web.access.roles import MAY, who_of
from accord.web.asking import Pages
from accord.web.pages import access_of, fresh

router = APIRouter(include_in_schema=False)

_Outcome = Annotated[Literal["", "done", "refused", "failed"], Query()]


@router.get("/tokens")
def tokens(request: Request, done: Annotated[str | None, Query(max_length=80)] = None) -> Response:
    """Who holds a token, with which role, until when."""
    access, now = access_of(request), dt.datetime.now(dt.UTC)
    every = () if access.tokens is None else access.tokens.every()
    context: dict[str, Any] = {
        "asked_for": access.tokens is not None,
        "tokens": [(one, one.state(now)) for one in every],
        "own": who_of(request).token,
        "may": MAY,
        "done": done,
    }
    return fresh(request, "tokens.html", lambda _: context)


@router.post("/tokens")
async def revoke(request: Request) -> Response:
    """Revoke one token, by its id. Its sessions end with it."""
    access = access_of(request)
    key = str((await request.form()).get("revoke", ""))
    if access.tokens is None or not any(one.id == key for one in access.tokens.every()):
        raise NotFound(f"revoke: there is no token with the id {key[:80]!r}")
    tell(request, revoked=key)
    access.tokens.revoke(key)
    return RedirectResponse(f"/tokens?done={key}", status_code=303)


@router.get("/audit")
def audit(
    request: Request, paging: Pages, who: Annotated[str, Query(max_length=80)] = "", outcome: _Outcome = ""
) -> Response:
    """The audit log, the last first."""
    log = access_of(request).audit
    empty = Page(entries=(), more=False, broken=0)
    found = (
        empty if log is None else log.last(limit=paging.limit, offset=paging.offset, who=who.strip(), outcome=outcome)
    )
    context = {"kept": log is not None, "found": found, "paging": paging, "holder": who.strip(), "outcome": outcome}
    return fresh(request, "audit.html", lambda _: context)
