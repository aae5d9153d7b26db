"""The record as JSON under /api: the same words, views and filters as the command line, described by OpenAPI."""

from __future__ import annotations

from fastapi import FastAPI

import accord.web.api.computing as computing
import accord.web.api.index as index
import accord.web.api.layers as layers
import accord.web.api.leaving as leaving
import accord.web.api.looking as looking
import accord.web.api.tracing as tracing
import accord.web.api.writing as writing
from accord.web.api.describing import describe

__all__ = ["install"]

_MODULES = (layers, looking, tracing, computing, writing, leaving)


def install(app: FastAPI) -> None:
    """Add the API and its readable list to an application, with its OpenAPI document."""
    app.include_router(index.router)
    for module in _MODULES:
        app.include_router(module.router)
    app.openapi = lambda: describe(app)  # type: ignore[method-assign]
