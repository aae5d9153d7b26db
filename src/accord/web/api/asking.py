"""What a request to the API asks for: the filters, the page of a list, the setting of a table, each with its form."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import Depends, Query, Request

from accord.model.findings import Issue
from accord.model.query import make_filter
from accord.model.record import Filter
from accord.web.api.describing import only_known
from accord.web.asking import MOST_ROWS, Paging
from accord.workbench import Filters, Setting

DAY = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_FURTHEST = 10_000_000
MOST_SECONDS = 10.0

Name = Annotated[str, Query(min_length=1, max_length=200)]
PartyAsked = Annotated[
    str | None, Query(min_length=1, max_length=200, description="Only what this actor, or who speaks for it, does.")
]
IssueAsked = Annotated[Issue | None, Query(description="Only this issue of the vocabulary.")]
SinceAsked = Annotated[str | None, Query(pattern=DAY, description="Only from this day, month or year on: 2025-03-01.")]
UntilAsked = Annotated[str | None, Query(pattern=DAY, description="Only up to this day, month or year.")]
ReportAsked = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="Only what rests on this report: number, id, file or title."),
]
ConfidenceAsked = Annotated[
    float, Query(ge=0, le=1, allow_inf_nan=False, description="Only items of at least this confidence.")
]
AtAsked = Annotated[str | None, Query(pattern=DAY, description="The positions as they stood on this day.")]
SecondsAsked = Annotated[
    float, Query(gt=0, le=MOST_SECONDS, allow_inf_nan=False, description="Time limit of one call of a solver.")
]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The filter of a request, as the record and as the workbench's methods take it."""

    where: Filter
    filters: Filters


class Laid(msgspec.Struct, frozen=True, kw_only=True):
    """Which table is asked for: the filter and day that set it up, and how long a solver may take."""

    where: Filter
    setting: Setting
    key: tuple[Any, ...]


def wanted(
    party: PartyAsked = None,
    issue: IssueAsked = None,
    since: SinceAsked = None,
    until: UntilAsked = None,
    report: ReportAsked = None,
    confidence: ConfidenceAsked = 0.0,
) -> Wanted:
    """The filters of a request. Raises FilterError when they cannot be met together."""
    filters = Filters(party=party, issue=issue, since=since, until=until, report=report, confidence=confidence)
    return Wanted(where=make_filter(**filters), filters=filters)


def paged(
    limit: Annotated[int, Query(ge=1, le=MOST_ROWS, description="At most so many items.")] = 50,
    offset: Annotated[int, Query(ge=0, le=_FURTHEST, description="After so many items.")] = 0,
) -> Paging:
    """The page of a list that a request asks for."""
    return Paging(limit=limit, offset=offset)


def laid(
    at: AtAsked = None,
    issue: IssueAsked = None,
    since: SinceAsked = None,
    until: UntilAsked = None,
    report: ReportAsked = None,
    confidence: ConfidenceAsked = 0.0,
    seconds: SecondsAsked = MOST_SECONDS,
) -> Laid:
    """The table that a request asks for. Raises FilterError when its filters cannot be met together."""
    where = make_filter(issue=issue, since=since, until=until, report=report, confidence=confidence)
    day = make_filter(until=at).until
    setting = Setting(
        at=day, issue=issue, since=where.since, until=where.until, report=report, confidence=confidence, seconds=seconds
    )
    return Laid(where=where, setting=setting, key=(where, day, seconds))


async def sent(request: Request) -> bytes:
    """The body of a request; the guard has read it within its limit."""
    return await request.body()


Wants = Annotated[Wanted, Depends(wanted)]
Page = Annotated[Paging, Depends(paged)]
OnTable = Annotated[Laid, Depends(laid)]
Sent = Annotated[bytes, Depends(sent)]
KNOWN = [Depends(only_known)]
"""What every router of the API asks first."""
