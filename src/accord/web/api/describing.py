"""What the OpenAPI document says of each answer: schemas from the forms in which a record leaves, and every refusal."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi

from accord.publishing import forms

REFERENCE = "#/components/schemas/{name}"
_ALWAYS = ("token",)  # a parameter that the guard understands wherever a token is asked for


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """What went wrong: the kind of error, and in words where it lies, what must hold, and what came."""

    kind: str
    message: str


class ErrorBody(msgspec.Struct, frozen=True, kw_only=True):
    """The one body of every error."""

    error: Problem


ERRORS: dict[int, str] = {
    400: "It cannot be asked, or not of this record: the message says why.",
    401: "The record is served with tokens: none came, or one that opens nothing.",
    403: "The role of the token does not allow it; or sent from another site, to another host, or without the secret.",
    404: "The record has nothing of this id, name or number.",
    413: "The body is too large.",
    414: "The query is too long.",
    422: "A parameter or the body has not the form that it must have.",
    429: "Too many requests of this kind: the header Retry-After says in how many seconds one may come.",
    501: "This machine lacks what it takes: the message names it.",
    503: "The record cannot be read, or too much is being computed: try again.",
}
"""Every status with which a request can be refused, and what it means."""
_READING = (400, 401, 403, 404, 414, 422, 429, 503)
_KINDS: list[Any] = [ErrorBody]


def answers(
    kind: Any, about: str, *, status: int = 200, more: tuple[int, ...] = (), writing: bool = False
) -> dict[int | str, dict[str, Any]]:
    """The responses of an endpoint that answers JSON of this kind, or is refused."""
    said = {"description": about, "content": {"application/json": {"schema": refer(kind)}}}
    return {status: said, **refusals(*more, writing=writing)}


def texts(about: str, *media: str, more: tuple[int, ...] = ()) -> dict[int | str, dict[str, Any]]:
    """The responses of an endpoint that answers in forms other than one JSON."""
    said = {name: {"schema": _schema_of(name)} for name in media}
    return {200: {"description": about, "content": said}, **refusals(*more)}


def refusals(*more: int, writing: bool = False) -> dict[int | str, dict[str, Any]]:
    """Every way in which a request to read, or to write, is refused."""
    content = {"application/json": {"schema": refer(ErrorBody)}}
    known = sorted({*_READING, *more, *((413,) if writing else ())})
    return {status: {"description": ERRORS[status], "content": content} for status in known}


def body_of(kind: Any) -> dict[str, Any]:
    """The request body of an endpoint, as its OpenAPI document has it."""
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": refer(kind)}}}}


def refer(kind: Any) -> dict[str, Any]:
    """The schema of a kind of value, by reference to the components of the document."""
    if kind not in _KINDS:
        _KINDS.append(kind)
    (schema,), _ = msgspec.json.schema_components([kind], ref_template=REFERENCE)
    return dict(schema)


def one_of(kinds: dict[str, type[msgspec.Struct]]) -> msgspec.Meta:
    """What says of a value of any type that it is one of these forms."""
    return msgspec.Meta(extra_json_schema={"anyOf": [refer(kind) for kind in kinds.values()]})


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of the API, made once."""
    if not app.openapi_schema:
        made = get_openapi(
            title=app.title,
            version=app.version,
            description=(
                "A record of the reporting on a peace process: the same views, words and filters as the command line. "
                "Every error has one body. Answers carry an ETag: send it back in If-None-Match."
            ),
            routes=app.routes,
        )
        _, components = msgspec.json.schema_components(_KINDS, ref_template=REFERENCE)
        schemas = made.setdefault("components", {}).setdefault("schemas", {})
        schemas.update({name: components[name] for name in sorted(components)})
        for path in made["paths"].values():
            for said in path.values():
                said["parameters"] = [_without_null(one) for one in said.get("parameters", ())]
        app.openapi_schema = made
    return app.openapi_schema


def _without_null(parameter: dict[str, Any]) -> dict[str, Any]:
    """A parameter that may be left out; an address has no null to give in its place."""
    schema = dict(parameter["schema"])
    kinds = [kind for kind in schema.pop("anyOf", ()) if kind != {"type": "null"}]
    return {**parameter, "schema": {**kinds[0], **schema} if len(kinds) == 1 else parameter["schema"]}


def only_known(request: Request) -> None:
    """Refuse a query with a parameter that the endpoint does not have: a misspelt filter must not pass unseen.

    Raises RequestValidationError.
    """
    path, method = request.scope["route"].path_format, request.method.lower()
    said = describe(request.app)["paths"][path][method]["parameters"]
    known = {one["name"] for one in said if one["in"] == "query"} | set(_ALWAYS)
    strange = [name for name in request.query_params if name not in known]
    if strange:
        taken = ", ".join(sorted(known - set(_ALWAYS))) or "none"
        problem = {"type": "unknown", "loc": ("query", strange[0]), "msg": f"there is no such parameter; {taken}"}
        raise RequestValidationError([problem])


def allowed(app: FastAPI, path: str) -> tuple[str, ...]:
    """The methods that an address of the API answers to; none where there is no such address."""
    for template, said in describe(app)["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", ".+" if "name" in template else "[^/]+", re.escape(template)), path):
            return tuple(sorted(method.upper() for method in said))
    return ()


def _schema_of(media: str) -> dict[str, Any]:
    if media == "application/json":
        return {}
    return {"type": "string"} if media.startswith("text/") else {"type": "string", "format": "binary"}


LAYER_FORMS: dict[str, type[msgspec.Struct]] = {
    name: forms.FORMS[name] for name in ("statements", "events", "positions", "proposals", "levers", "figures")
}
"""The forms of the items of the six layers."""
