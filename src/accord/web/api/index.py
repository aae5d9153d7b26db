"""The API as a page: every endpoint with what it takes, read off the OpenAPI document, with links to try."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from accord.web.api.describing import ERRORS, describe
from accord.web.pages import page

router = APIRouter(include_in_schema=False)


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """A parameter of an endpoint: where it stands, whether it must be there, and what it may be."""

    name: str
    place: str
    required: bool
    kind: str
    about: str


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that can be asked. `link` is there where the address can be opened as it is."""

    method: str
    path: str
    about: str
    link: str | None
    body: str | None
    parameters: tuple[Parameter, ...]


@router.get("/api/openapi.json")
def document(request: Request) -> Response:
    """What the API is, for programs."""
    return JSONResponse(describe(request.app))


@router.get("/api")
def api(request: Request) -> Response:
    """The list of all endpoints."""
    document = describe(request.app)

    def make(_: object) -> dict[str, Any]:
        return {"groups": _groups(document), "errors": ERRORS}

    return page(request, "api.html", make)


def _groups(document: Mapping[str, Any]) -> dict[str, list[Endpoint]]:
    """The endpoints by what they are about, in the document's order."""
    groups: dict[str, list[Endpoint]] = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            groups.setdefault(said["tags"][0], []).append(_endpoint(path, method.upper(), said))
    return groups


def _endpoint(path: str, method: str, said: Mapping[str, Any]) -> Endpoint:
    parameters = tuple(_parameters(said))
    bare = method == "GET" and not any(one.required for one in parameters)
    schema = said.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return Endpoint(
        method=method,
        path=path,
        about=said.get("description") or said["summary"],
        link=path if bare else None,
        body=None if schema is None else _kind(schema),
        parameters=parameters,
    )


def _parameters(said: Mapping[str, Any]) -> Iterator[Parameter]:
    for one in said.get("parameters", ()):
        yield Parameter(
            name=one["name"],
            place=one["in"],
            required=one.get("required", False),
            kind=_kind(one["schema"]),
            about=one.get("description", ""),
        )


def _kind(schema: Mapping[str, Any]) -> str:
    """A schema in a few words."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        return " or ".join(_kind(one) for one in schema["anyOf"])
    if schema.get("type") == "array":
        return f"{_kind(schema['items'])}, several"
    bounds = [f"{words} {schema[key]:g}" for key, words in _BOUNDS.items() if key in schema]
    usual = f"; {schema['default']} unless given" if schema.get("default") not in (None, "") else ""
    return " ".join([_TYPES.get(schema.get("type", ""), "anything"), *bounds]) + usual


_BOUNDS = {"minimum": "from", "exclusiveMinimum": "above", "maximum": "to"}
_TYPES = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false", "object": "object"}
