"""Corrections and scenarios by programs: the log of edits, one new edit at a time, and what-ifs kept under a name."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Path, Request
from fastapi.responses import Response
from msgspec import Meta

from accord.model.edit import Edit
from accord.model.scenario import Scenario
from accord.publishing.trace_forms import LogForm
from accord.web.access.recording import tell
from accord.web.access.roles import who_of
from accord.web.api.answering import Listed, fresh, page_of, read
from accord.web.api.asking import KNOWN, Page, Sent
from accord.web.api.describing import answers, body_of
from accord.web.pages import desk_of
from accord.workbench import Workspace
from accord.workbench.correcting import ByOn

router = APIRouter(prefix="/api", tags=["corrections and scenarios"], dependencies=KNOWN)

Layer = Literal["statements", "events", "positions", "proposals", "levers", "figures"]
Edited = Literal[
    "statements",
    "events",
    "positions",
    "proposals",
    "levers",
    "figures",
    "actors",
    "propositions",
    "discrepancies",
    "edits",
]
Word = Annotated[str, Meta(min_length=1, max_length=300)]
Named = Annotated[
    tuple[Word, ...], Meta(min_length=1, max_length=200, description="ids, references, or actors by name")
]
Author = Annotated[
    str,
    Meta(
        max_length=200,
        pattern=r"^$|\S",
        description="Who corrects. With a token of one's own its name stands, and none is sent.",
    ),
]
Reason = Annotated[str, Meta(max_length=2_000)]
Quote = Annotated[str, Meta(min_length=1, max_length=4_000, description="a reference such as 2:14, or REPORT:QUOTE")]


class _By(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    author: Author = ""
    reason: Reason = ""


class Accept(_By, frozen=True, kw_only=True, tag="accept"):
    """Hold items to be right."""

    items: Named
    layer: Edited | None = None


class Reject(_By, frozen=True, kw_only=True, tag="reject"):
    """Leave items out of the record."""

    items: Named
    layer: Edited | None = None


class Change(_By, frozen=True, kw_only=True, tag="change"):
    """Give fields of items new values, written as `accord edit change` takes them."""

    items: Named
    fields: Annotated[dict[str, Any], Meta(min_length=1, max_length=40)]
    layer: Edited | None = None


class Rename(_By, frozen=True, kw_only=True, tag="rename"):
    """Give an actor, a proposal or a proposition its name."""

    items: Named
    name: Word
    layer: Edited | None = None


class Merge(_By, frozen=True, kw_only=True, tag="merge"):
    """Hold two or more items to be one."""

    items: Named
    layer: Edited | None = None


class Split(_By, frozen=True, kw_only=True, tag="split"):
    """Take findings out of the item that they were merged into: away from those given, or from all others."""

    items: Named
    away_from: Annotated[tuple[Word, ...], Meta(max_length=200)] = ()
    layer: Edited | None = None


class Add(_By, frozen=True, kw_only=True, tag="add"):
    """Enter an item that no reader found: on words of reports, or on a note of the author's own."""

    layer: Layer
    fields: Annotated[dict[str, Any], Meta(min_length=1, max_length=40)]
    evidence: Annotated[tuple[Quote, ...], Meta(max_length=50)] = ()
    note: Annotated[str, Meta(min_length=1, max_length=20_000)] | None = None


class Undo(_By, frozen=True, kw_only=True, tag="undo"):
    """Withdraw edits, by their ids or `last`. They stay in the log."""

    items: Named = ("last",)


Correction = Accept | Reject | Change | Rename | Merge | Split | Add | Undo


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The edit as it was kept, and the revision of the record that it makes."""

    edit: Edit
    revision: str


Words = Annotated[tuple[Word, ...], Meta(max_length=50)]


class Changes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a what-if changes: each word with all that it names."""

    without: Words = ()
    no_consent: Words = ()
    consent: Words = ()
    relax: Words = ()
    harden: Words = ()
    no_condition: Words = ()
    lever: Words = ()
    lift: Words = ()
    reservation: Words = ()
    weight: Words = ()
    add_option: Words = ()


class Setting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What sets up the table that is changed, each as it is typed in a filter; `at` is the day of the table."""

    party: Word | None = None
    issue: Word | None = None
    since: Word | None = None
    until: Word | None = None
    report: Word | None = None
    confidence: Word | None = None
    at: Word | None = None


class NewScenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Changes to keep under a name: words of a what-if, each with all that it names, on what `setting` sets up."""

    name: Annotated[str, Meta(min_length=1, max_length=80, pattern=r"\S")]
    changes: Changes
    setting: Setting = Setting()
    author: Author = ""


class ScenarioForm(msgspec.Struct, frozen=True, kw_only=True):
    """A what-if that is kept, in the form in which one is sent; `kept` is a time in UTC."""

    name: str
    changes: dict[str, tuple[str, ...]]
    setting: dict[str, str]
    author: str
    kept: str


@router.get("/edits", responses=answers(Listed[LogForm], "The log, the last edit first."))
def edits(request: Request, paging: Page) -> Response:
    """The log of edits, the last first: what stands and what was undone."""
    return fresh(page_of(request, paging, desk_of(request).workspace.logged()[::-1]))


@router.post(
    "/edits",
    status_code=201,
    responses=answers(Kept, "The edit as it was kept.", status=201, writing=True),
    openapi_extra=body_of(Correction),
)
def correct(request: Request, body: Sent) -> Response:
    """Make one correction. Where it cannot be meant, nothing is written and the message says why."""
    asked: Correction = read(body, Correction)  # type: ignore[arg-type]
    desk = desk_of(request)
    asked = msgspec.structs.replace(asked, author=who_of(request).author(asked.author))
    with desk.writing:
        desk.scene()
        made = _made(desk.workspace, asked)
        tell(request, edit=made.id, action=made.action)
        return fresh(Kept(edit=made, revision=desk.scene().revision), status=201)


def _made(workspace: Workspace, asked: Correction) -> Edit:
    by: ByOn = {"author": asked.author, "reason": asked.reason.strip()}
    if isinstance(asked, Undo):
        return workspace.undo(asked.items, author=asked.author, reason=asked.reason.strip())
    if isinstance(asked, Add):
        return workspace.add(
            asked.layer,
            asked.fields,
            evidence=asked.evidence,
            note=asked.note,
            author=asked.author,
            reason=asked.reason.strip(),
        )
    by["layer"] = asked.layer
    match asked:
        case Accept():
            return workspace.accept(asked.items, **by)
        case Reject():
            return workspace.reject(asked.items, **by)
        case Change():
            return workspace.change(asked.items, asked.fields, **by)
        case Rename():
            return workspace.rename(asked.items, asked.name, **by)
        case Merge():
            return workspace.merge(asked.items, **by)
        case Split():
            return workspace.split(asked.items, away_from=asked.away_from, **by)


@router.get("/scenarios", responses=answers(Listed[ScenarioForm], "The scenarios, by name."))
def scenarios(request: Request, paging: Page) -> Response:
    """What-ifs that are kept under a name."""
    return fresh(page_of(request, paging, tuple(map(_form, desk_of(request).workspace.scenarios()))))


@router.post(
    "/scenarios",
    status_code=201,
    responses=answers(ScenarioForm, "The scenario as it was kept.", status=201, writing=True),
    openapi_extra=body_of(NewScenario),
)
def keep(request: Request, body: Sent) -> Response:
    """Keep a what-if under a name, in place of one of that name."""
    asked = read(body, NewScenario)
    desk = desk_of(request)
    changes = tuple((word, named) for word, some in msgspec.structs.asdict(asked.changes).items() for named in some)
    setting = tuple((word, value) for word, value in msgspec.structs.asdict(asked.setting).items() if value)
    author = who_of(request).author(asked.author)
    with desk.writing:
        kept = desk.workspace.keep_scenario(asked.name, changes, setting=setting, author=author)
    return fresh(_form(kept), status=201)


@router.delete(
    "/scenarios/{name:path}", responses=answers(ScenarioForm, "The scenario that was dropped.", writing=True)
)
def drop(request: Request, name: Annotated[str, Path(min_length=1, max_length=80)]) -> Response:
    """Forget a scenario."""
    desk = desk_of(request)
    with desk.writing:
        gone = desk.workspace.scenario(name)
        desk.workspace.drop_scenario(name)
    return fresh(_form(gone))


def _form(one: Scenario) -> ScenarioForm:
    changes = {word: tuple(n for w, n in one.changes if w == word) for word, _ in one.changes}
    return ScenarioForm(name=one.name, changes=changes, setting=dict(one.setting), author=one.author, kept=one.kept)
