"""Every address of the application, read off its routes, so that a new page is asked without being named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from starlette.testclient import TestClient

NEEDED = {
    "/api/search": "q=talks",
    "/api/similar": "ref=1:1",
    "/api/changes": "since=2005-01",
    "/edits/add": "report=1",
}
"""What must be asked of an address that cannot be asked bare."""


def routes(app: FastAPI) -> list[tuple[str, str]]:
    """Every (method, template) that the application answers, static files apart."""
    found = sorted(set(_walk(app.routes)))
    assert len(found) > 60, "the routes of this FastAPI are kept elsewhere: look for them there"
    return found


def _walk(some: Iterable[Any]) -> Iterator[tuple[str, str]]:
    for route in some:
        included = getattr(route, "original_router", None)
        if included is not None:
            yield from _walk(included.routes)
        elif getattr(route, "methods", None):
            yield from ((method, route.path) for method in route.methods if method != "HEAD")


def writing(app: FastAPI) -> list[tuple[str, str]]:
    """Every (method, address) that is not only read."""
    return [(method, re.sub(r"\{[^}]+\}", "x", path)) for method, path in routes(app) if method != "GET"]


def reading(client: TestClient) -> list[str]:
    """Every address that can be read, with ids and names that are in the record."""
    statements = client.get("/api/statements").json()["items"]
    actors = client.get("/api/actors").json()["items"]
    item, (one, other) = statements[0]["id"], [actor["id"] for actor in actors][:2]
    found = []
    for method, path in routes(client.app):  # type: ignore[arg-type]
        if method != "GET":
            continue
        key = one if path.startswith("/people") else item
        values = {"key": key, "other": other, "number": "1", "reference": item}
        address = path
        for name, value in values.items():
            address = re.sub(rf"\{{{name}[^}}]*\}}", value, address)
        found.append(f"{address}?{NEEDED[path]}" if path in NEEDED else address)
    return found
