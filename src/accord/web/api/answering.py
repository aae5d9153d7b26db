"""From what was found to an answer: JSON written once for each state of the record and address, and lists in pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from typing import Any, Generic, TypeVar
from urllib.parse import parse_qsl, urlencode

import msgspec
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response

from accord.web.asking import Paging
from accord.web.desk import Scene, page_key
from accord.web.pages import desk_of

Item = TypeVar("Item")
Value = TypeVar("Value")

JSON = "application/json"
_UNSAID = ("limit", "offset", "token")


class Listed(msgspec.Struct, Generic[Item], frozen=True, kw_only=True):
    """A page of a list: `items` are those after the first `offset` of `total`, `next` is where it goes on."""

    total: int
    limit: int
    offset: int
    next: str | None
    items: tuple[Item, ...]


def found(
    request: Request, make: Callable[[Scene], object], *, media: str = JSON, name: str = "", quick: bool = True
) -> Response:
    """What `make` gives as JSON (or as it is, where it gives text or bytes), made once for each state and address.

    What it gives must follow from the record and the address alone. With a `name` it is offered as a file.
    What is not `quick` is made beside the pages and does not hold them up.
    """
    scene = desk_of(request).scene()
    mark = page_key(scene.revision, "api", request.url.path, request.url.query)
    tag = f'"{mark}"'
    headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "cookie, authorization"}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    if name:
        headers["content-disposition"] = f'attachment; filename="{name}"'

    def made() -> bytes:
        with desk_of(request).turns.turn() if quick else nullcontext():
            return written(make(scene))

    return Response(scene.once(("api", mark), made), media_type=media, headers=headers)


def fresh(value: object, *, status: int = 200) -> Response:
    """A value as JSON that is not remembered, by the server or on the way."""
    return Response(written(value), status_code=status, media_type=JSON, headers={"cache-control": "private, no-store"})


def written(value: object) -> bytes:
    """A value as the bytes of an answer."""
    if isinstance(value, bytes):
        return value
    return value.encode("utf-8", "replace") if isinstance(value, str) else msgspec.json.encode(value)


def listed(request: Request, paging: Paging, total: int, items: Iterable[Item]) -> Listed[Item]:
    """A page of a list that has `total` items, with the address of the next one."""
    return Listed(
        total=total, limit=paging.limit, offset=paging.offset, next=_next(request, paging, total), items=tuple(items)
    )


def page_of(request: Request, paging: Paging, every: tuple[Item, ...]) -> Listed[Item]:
    """The page that is asked for of a list that is there whole."""
    return listed(request, paging, len(every), every[paging.offset : paging.offset + paging.limit])


def read(body: bytes, kind: type[Value]) -> Value:
    """The body of a request as a value. Raises RequestValidationError where it has not the form that it must have."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise RequestValidationError([{"type": "form", "loc": ("body",), "msg": str(problem)}]) from problem
    except RecursionError as problem:
        raise RequestValidationError([{"type": "form", "loc": ("body",), "msg": "nested too deeply"}]) from problem


def _next(request: Request, paging: Paging, total: int) -> str | None:
    after = paging.offset + paging.limit
    if after >= total:
        return None
    kept: list[tuple[str, Any]] = [
        (key, value) for key, value in parse_qsl(request.url.query, keep_blank_values=True) if key not in _UNSAID
    ]
    return f"{request.url.path}?{urlencode([*kept, ('limit', paging.limit), ('offset', after)])}"
