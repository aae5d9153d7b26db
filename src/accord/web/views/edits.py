"""Corrections: the log with undo, the form for a new item, and the one place where pages write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import RedirectResponse, Response

from accord.errors import EditError, NotFound
from accord.model.edit import Edit
from accord.model.evidence import Evidence
from accord.web.access.recording import tell
from accord.web.access.roles import who_of
from accord.web.asking import Pages
from accord.web.authors import author_of, keep_author
from accord.web.desk import Desk, Scene
from accord.web.editing import FIELDS, changed, fields_of
from accord.web.pages import Context, desk_of, fresh

router = APIRouter(include_in_schema=False)

Text = Annotated[str, Form(max_length=4_000)]


@router.get("/edits")
def edits(request: Request, paging: Pages, done: str | None = None) -> Response:
    """The log of edits, the last first, each with a way to undo it."""
    desk = desk_of(request)

    def make(_: Scene) -> Context:
        log = desk.workspace.logged()[::-1]
        return {
            "log": log[paging.offset : paging.offset + paging.limit],
            "total": len(log),
            "paging": paging,
            "done": done,
            "author": author_of(request),
        }

    return fresh(request, "edits.html", make)


@router.get("/edits/add")
def add(
    request: Request,
    report: Annotated[int, Query(ge=1)],
    start: Annotated[int | None, Query(ge=0)] = None,
    end: Annotated[int | None, Query(ge=1)] = None,
    layer: Annotated[str, Query(max_length=20)] = "positions",
) -> Response:
    """The form for an item that no reader found, on words selected in a report."""

    def make(scene: Scene) -> Context:
        if layer not in FIELDS or layer == "actors":
            raise EditError(f"add: the layer must be one of {', '.join(n for n in FIELDS if n != 'actors')}")
        return {
            "report": _report(scene, report),
            "number": report,
            "words": _words(scene, report, start, end),
            "start": start,
            "end": end,
            "layer": layer,
            "layers": tuple(name for name in FIELDS if name != "actors"),
            "fields": fields_of(scene, layer),
            "author": author_of(request),
        }

    return fresh(request, "add.html", make)


@router.post("/edits")
async def write(request: Request) -> Response:
    """Make the edit that a form asks for, and go on to where its effect can be seen."""
    from starlette.concurrency import run_in_threadpool

    form = await request.form()
    sent = {key: str(value) for key, value in form.items()}
    several = {key: [str(value) for value in form.getlist(key)] for key in ("items", "from")}
    sent["author"] = who_of(request).author(sent.get("author", ""))
    made = await run_in_threadpool(correct, desk_of(request), sent, several)
    tell(request, edit=made.id, action=made.action)
    answer = RedirectResponse(_after(made), status_code=303)
    keep_author(request, answer, made.author)
    return answer


def correct(desk: Desk, sent: Mapping[str, str], several: Mapping[str, list[str]]) -> Edit:
    """Write the edit of a form. Raises EditError or NotFound where it cannot be meant; then nothing is written."""
    action, layer = sent.get("action", ""), sent.get("layer") or None
    by: dict[str, Any] = {"author": sent.get("author", ""), "reason": sent.get("reason", "").strip()}
    items = [one for words in several["items"] for one in words.split()]
    with desk.writing:
        desk.scene()
        workspace = desk.workspace
        match action:
            case "accept" | "reject":
                return (workspace.accept if action == "accept" else workspace.reject)(items, layer=layer, **by)
            case "change":
                return workspace.change(items, _changes(desk, items, layer, sent), layer=layer, **by)
            case "rename":
                return workspace.rename(items, sent.get("name", "").strip(), layer=layer, **by)
            case "merge":
                return workspace.merge(items, layer=layer, **by)
            case "split":
                return workspace.split(items, away_from=tuple(several["from"]), layer=layer, **by)
            case "undo":
                return workspace.undo(items, **by)
            case "add":
                return workspace.add(layer or "", _new(layer or "", sent), evidence=_cited(desk, sent), **by)
    raise EditError("edit: the action must be accept, reject, change, rename, merge, split, add or undo")


def _changes(desk: Desk, items: list[str], layer: str | None, sent: Mapping[str, str]) -> dict[str, str]:
    scene = desk.scene()
    key = items[0] if items else ""
    found = scene.index.by_id.get(scene.members.get(key, key))
    if found is None or layer is None:
        raise NotFound(f"change: nothing in this record has the id {key!r}")
    said = changed(
        scene, layer, found, {k.removeprefix("field-"): v for k, v in sent.items() if k.startswith("field-")}
    )
    if not said:
        raise EditError("change: no field was changed")
    return said


def _new(layer: str, sent: Mapping[str, str]) -> dict[str, str]:
    said = {name: sent.get(f"field-{name}", "").strip() for name in FIELDS.get(layer, ())}
    return {name: value for name, value in said.items() if value}


def _cited(desk: Desk, sent: Mapping[str, str]) -> tuple[Evidence, ...]:
    """The words that a new item rests on: by their place in a report, or as typed."""
    scene = desk.scene()
    number = sent.get("report", "")
    if not number.isdecimal():
        raise EditError(f"add: report must be a number; got {number!r}")
    report = _report(scene, int(number))
    start, end = sent.get("start", ""), sent.get("end", "")
    if start.isdecimal() and end.isdecimal():
        return (Evidence.cut(report, int(start), int(end)),)
    quote = sent.get("quote", "").strip()
    at = report.text.find(quote) if quote else -1
    if at < 0:
        raise EditError(f"add: the words must stand in report {number} exactly so; got {quote[:80]!r}")
    return (Evidence.cut(report, at, at + len(quote)),)


def _report(scene: Scene, number: int) -> Any:
    reports = scene.record.reports
    if not 1 <= number <= len(reports):
        raise NotFound(f"report {number}: the record's reports have the numbers 1 to {len(reports)}")
    return reports[number - 1]


def _words(scene: Scene, number: int, start: int | None, end: int | None) -> Evidence | None:
    if start is None or end is None:
        return None
    return Evidence.cut(_report(scene, number), start, end)


def _after(made: Edit) -> str:
    if made.action in ("reject", "undo", "add") or made.layer not in FIELDS:
        return f"/edits?done={made.id}"
    return f"/items/{made.items[0]}?done={made.id}"
