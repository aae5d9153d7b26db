"""Under which name somebody corrects: that of their token, or the one that they typed last in this browser."""

from __future__ import annotations

import msgspec
from fastapi import Request
from fastapi.responses import Response

from accord.web.access.roles import who_of

COOKIE = "accord-author"
_YEAR = 31_536_000  # seconds that a browser keeps a typed name


class Author(msgspec.Struct, frozen=True):
    """A name for the forms of corrections; `fixed` where it is the token's and cannot be another."""

    name: str
    fixed: bool


def author_of(request: Request) -> Author:
    """The name that the forms of this request's page start with."""
    name = who_of(request).name
    return Author(request.cookies.get(COOKIE, ""), False) if name is None else Author(name, True)


def keep_author(request: Request, answer: Response, name: str) -> None:
    """Have the browser keep a name that was typed."""
    if who_of(request).name is None:
        answer.set_cookie(COOKIE, name.strip(), max_age=_YEAR, httponly=True, samesite="strict")
