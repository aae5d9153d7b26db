"""The application: its pages, its JSON, and what stands before and behind them."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from accord.errors import AccordError
from accord.web import api, failing, views
from accord.web.access.door import Door
from accord.web.access.limits import Buckets
from accord.web.access.rules import admit
from accord.web.desk import Desk
from accord.web.guard import Access, Guard

_STATIC = Path(__file__).with_name("static")


def create_app(desk: Desk, access: Access | None = None) -> FastAPI:
    """The application that serves this desk to whom `access` lets in."""

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        desk.close()

    access = access or Access()
    app = FastAPI(
        title="Accord",
        version="1",
        openapi_url=None,  # answered by a route of our own, which takes a role as every other
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        dependencies=[Depends(admit)],
    )
    buckets = Buckets()
    door = Door(secret=access.secret, shared=access.token, tokens=access.tokens, buckets=buckets)
    app.state.buckets, app.state.door = buckets, door
    app.state.desk, app.state.access = desk, access
    app.state.started = time.monotonic_ns()  # pages carry a secret of this run, so none outlives it
    app.add_exception_handler(AccordError, failing.accord_error)
    app.add_exception_handler(failing.Refused, failing.refused)
    app.add_exception_handler(RequestValidationError, failing.invalid_request)
    app.add_exception_handler(HTTPException, failing.http_error)
    app.add_exception_handler(Exception, failing.fault)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    for router in views.ROUTERS:
        app.include_router(router)
    api.install(app)
    app.add_middleware(Guard, access=access, door=door)
    return app
