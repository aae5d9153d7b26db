"""What became of things, as JSON: changes since a day, histories of stances and levers, meetings, judgements."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.publishing.trace_forms import ChangeForm, JudgementForm, LeverStateForm, MeetingForm, StanceForm
from accord.web.api.answering import Listed, found, page_of
from accord.web.api.asking import (
    DAY,
    KNOWN,
    ConfidenceAsked,
    IssueAsked,
    Page,
    PartyAsked,
    ReportAsked,
    UntilAsked,
    Wants,
    wanted,
)
from accord.web.api.describing import answers
from accord.web.asking import Paging
from accord.web.pages import desk_of
from accord.workbench.tracing import Verdict

router = APIRouter(prefix="/api", tags=["traces"], dependencies=KNOWN)


def _trace(request: Request, wants: Wants, paging: Paging, word: str, **options: Any) -> Response:
    desk = desk_of(request)

    def make(scene: Any) -> Listed[msgspec.Struct]:
        key = ("trace", word, wants.where, *options.values())
        return page_of(request, paging, scene.once(key, lambda: desk.workspace.trace(word, options, **wants.filters)))

    return found(request, make, quick=False)


@router.get("/changes", responses=answers(Listed[ChangeForm], "The changes."))
def changes(
    request: Request,
    paging: Page,
    since: Annotated[str, Query(pattern=DAY, description="What reports brought that appeared from this day on.")],
    party: PartyAsked = None,
    issue: IssueAsked = None,
    until: UntilAsked = None,
    report: ReportAsked = None,
    confidence: ConfidenceAsked = 0.0,
) -> Response:
    """What is new since a day, what moved, and what contradicts what was there."""
    wants = wanted(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    return _trace(request, wants, paging, "changes")


@router.get("/history", responses=answers(Listed[StanceForm], "The stances, history by history."))
def history(
    request: Request,
    wants: Wants,
    paging: Page,
    shifted: Annotated[bool, Query(description="Only where something ever shifted.")] = False,
) -> Response:
    """Where each party stood on each proposition over time, shifts marked."""
    return _trace(request, wants, paging, "history", of="positions", shifted=shifted)


@router.get("/history/levers", responses=answers(Listed[LeverStateForm], "The states, lever by lever."))
def lever_history(request: Request, wants: Wants, paging: Page) -> Response:
    """What became of each lever over time."""
    return _trace(request, wants, paging, "history", of="levers", shifted=False)


@router.get("/meetings", responses=answers(Listed[MeetingForm], "The meetings."))
def meetings(request: Request, wants: Wants, paging: Page) -> Response:
    """Who met or called whom, and when, for each two parties."""
    return _trace(request, wants, paging, "meetings")


@router.get("/judgements", responses=answers(Listed[JudgementForm], "The judgements."))
def judgements(
    request: Request,
    wants: Wants,
    paging: Page,
    item: Annotated[str | None, Query(min_length=1, max_length=200, description="Only on this item.")] = None,
    verdict: Annotated[Verdict | None, Query(description="Only those that hold this.")] = None,
) -> Response:
    """What is held to be one and what is not: by which rule or whom, when and why; withdrawn ones are shown as such."""
    return _trace(request, wants, paging, "judgements", item=item, verdict=verdict)
