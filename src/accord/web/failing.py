"""What happens when a request cannot be answered: one error body for programs, one page for people."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from accord import errors

STATUS: dict[type[errors.AccordError], int] = {
    errors.NotFound: 404,
    errors.FilterError: 400,
    errors.EditError: 400,
    errors.TableError: 400,
    errors.ExportError: 400,
    errors.ToolMissing: 501,
    errors.WhenError: 400,
    errors.EvidenceError: 400,
    errors.ReportError: 400,
    errors.SolverError: 501,
    errors.RecordError: 503,
    errors.AccessError: 503,
}
"""The HTTP status of each error; any other that Accord raises on purpose is 500."""


class Refused(Exception):
    """A request that is not answered, with the status and headers that say so."""

    def __init__(self, status: int, message: str, headers: tuple[tuple[bytes, bytes], ...] = ()) -> None:
        super().__init__(message)
        self.status, self.message, self.headers = status, message, headers


_TITLES = {
    400: "That cannot be asked",
    401: "This record is closed to you",
    403: "Not for you",
    404: "There is no such page",
    405: "Not in this way",
    413: "Too large",
    414: "Too long",
    422: "That cannot be asked",
    429: "Too often",
    501: "Not on this machine",
    503: "The record cannot be read",
}


def status_of(problem: errors.AccordError) -> int:
    """The HTTP status for an error."""
    return next((STATUS[kind] for kind in type(problem).__mro__ if kind in STATUS), 500)


def body(kind: str, message: str) -> dict[str, Any]:
    """The one error body."""
    return {"error": {"kind": kind, "message": message}}


def answer(request: Request, status: int, kind: str, message: str, headers: dict[str, str] | None = None) -> Response:
    """An error as the asker wants it: JSON under /api and for scripts, else a page."""
    if request.url.path.startswith("/api"):
        return JSONResponse(body(kind, message), status_code=status, headers=headers)
    from accord.web.pages import render_error

    return render_error(request, status, _TITLES.get(status, "Something went wrong"), message, headers)


async def accord_error(request: Request, problem: Exception) -> Response:
    """An error that Accord raised on purpose."""
    if not isinstance(problem, errors.AccordError):
        raise problem
    return answer(request, status_of(problem), type(problem).__name__, str(problem))


async def refused(request: Request, problem: Exception) -> Response:
    """A request that whoever asks may not make, or not now."""
    if not isinstance(problem, Refused):
        raise problem
    headers = {key.decode(): value.decode() for key, value in problem.headers}
    return answer(request, problem.status, "Refused", problem.message, headers or None)


async def invalid_request(request: Request, problem: Exception) -> Response:
    """A parameter that cannot be what it must be."""
    if not isinstance(problem, RequestValidationError):
        raise problem
    said = "; ".join(
        f"{'.'.join(str(step) for step in one['loc'][1:]) or one['loc'][0]}: {one['msg']}" for one in problem.errors()
    )
    return answer(request, 422, "RequestError", said)


async def http_error(request: Request, problem: Exception) -> Response:
    """What the framework refuses: no such path, another method."""
    if not isinstance(problem, HTTPException):
        raise problem
    said = str(problem.detail)
    if problem.status_code == 404 and said == "Not Found":
        said = f"There is nothing at {request.url.path}."
    headers = dict(problem.headers or {})
    if problem.status_code == 405 and request.url.path.startswith("/api/"):
        from accord.web.api.describing import allowed

        # the framework names the methods of the first endpoint of this address alone
        known = allowed(request.app, request.url.path)
        headers = {"allow": ", ".join(known)} if known else headers
    return answer(request, problem.status_code, "HTTPError", said, headers or None)


async def fault(request: Request, problem: Exception) -> Response:
    """A fault of Accord's own: said without its insides; the log of the server has them."""
    return answer(
        request, 500, "Fault", f"A fault in Accord ({type(problem).__name__}). The server's log says where it lies."
    )
