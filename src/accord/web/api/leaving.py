"""What leaves the record whole: the brief and the exports, and what a program needs to know of this server."""

from __future__ import annotations

from importlib.metadata import version
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.model.findings import LAYERS
from accord.publishing.exports import EXPORTS
from accord.web.access.roles import Role, who_of
from accord.web.api.answering import JSON, found, fresh
from accord.web.api.asking import KNOWN, Wants
from accord.web.api.describing import answers, texts
from accord.web.guard import HEADER
from accord.web.pages import desk_of

router = APIRouter(prefix="/api", tags=["brief, exports, session"], dependencies=KNOWN)

BRIEFS = {
    "json": (JSON, "json"),
    "md": ("text/markdown", "md"),
    "html": ("text/html", "html"),
    "text": ("text/plain", "txt"),
    "pdf": ("application/pdf", "pdf"),
}
"""The forms of the brief, each with its media type and the ending of its file."""
_PRINTED = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"}

BriefForm = Annotated[Literal["json", "md", "html", "text", "pdf"], Query(description="The form of the brief.")]
ExportForm = Annotated[
    Literal["json", "csv", "parquet", "timeline", "graphml", "gexf", "ftm", "polecat", "plover", "schema"],
    Query(description="The form of the export; docs/web.md says what each is for."),
]
Saved = Annotated[bool, Query(description="Offer it as a file to keep.")]


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """The record that is served, its revision, and the secret that whoever writes sends in the named header.

    The same revision, the same record. A program that sends its token as a bearer needs no secret, and gets none.
    `name` and `role` are those of the token that was brought; where names are typed, `name` is null.
    """

    record: str
    revision: str
    version: str
    items: dict[str, int]
    header: str
    csrf: str
    name: str | None
    role: Role


@router.get("/session", responses=answers(Session, "The session."))
def session(request: Request) -> Response:
    """Which record this is, in which state, and what writing takes."""
    desk = desk_of(request)
    scene, who = desk.scene(), who_of(request)
    counted = ("reports", "actors", *LAYERS, "discrepancies")
    return fresh(
        Session(
            record=desk.name,
            revision=scene.revision,
            version=version("accord"),
            items={name: len(getattr(scene.record, name)) for name in counted},
            header=HEADER,
            csrf=who.csrf,
            name=who.name,
            role=who.role or "read",
        )
    )


@router.get("/brief", responses=texts("The brief.", *(media for media, _ in BRIEFS.values()), more=(501,)))
def brief(request: Request, wants: Wants, form: BriefForm = "json", save: Saved = False) -> Response:
    """Where the process stands, on one page: as JSON, Markdown, HTML that can be mailed, text, or PDF."""
    desk = desk_of(request)
    media, ending = BRIEFS[form]

    def make(_: object) -> object:
        if form == "pdf":
            return desk.workspace.brief_pdf(**wants.filters)
        return desk.workspace.brief(form, **wants.filters)

    answer = found(request, make, media=media, name=f"brief.{ending}" if save else "", quick=False)
    answer.headers.update(_PRINTED)
    return answer


@router.get(
    "/export", responses=texts("The export.", *dict.fromkeys(one.media for one in EXPORTS.values()), more=(501,))
)
def export(request: Request, wants: Wants, form: ExportForm = "json") -> Response:
    """The record, or what passes the filter, as data for other programs. Equal records give equal bytes."""
    desk, one = desk_of(request), EXPORTS[form]
    return found(
        request,
        lambda _: desk.workspace.exported(form, **wants.filters),
        media=one.media,
        name=f"{'accord' if form == 'schema' else 'record'}.{one.ending}",
    )
