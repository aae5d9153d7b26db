"""TimelineJS: the dated events and the steps of proposals as slides (https://timeline.knightlab.com/docs/json-format).

TimelineJS shows headlines and texts as HTML, so whatever comes from a report is escaped.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from html import escape
from typing import Any

from accord.model.evidence import Evidence
from accord.model.query import Selection
from accord.model.record import Filter, Record
from accord.model.when import When
from accord.publishing.export import pretty
from accord.publishing.names import Names
from accord.publishing.plain import one_line
from accord.publishing.traces import say

Slide = dict[str, Any]


def to_timeline(record: Record, where: Filter | None = None) -> str:
    """The timeline as JSON. What has no day on the calendar is left out, and the first slide says how much."""
    seen, names = Selection(record, where), Names(record)
    reports = {report.id: report for report in record.reports}
    slides: list[Slide] = []
    undated = 0
    for key, date, headline, group, evidence in _moments(seen, names):
        if date is None or not date.known:
            undated += 1
            continue
        report = reports[evidence.report]
        source = one_line(report.title or report.source)
        outlet = f", {one_line(report.outlet)}" if report.outlet else ""
        text = f"<blockquote>{escape(one_line(evidence.quote))}</blockquote><p>{escape(source + outlet)}</p>"
        slides.append(
            {
                "unique_id": key,
                **_days(date),
                "text": {"headline": escape(one_line(headline)), "text": text},
                "group": escape(group),
            }
        )
    left = f" {undated} more have no day on the calendar." if undated else ""
    about = f"{len(slides)} events and steps of proposals, each with the words that it rests on.{left}"
    return pretty({"title": {"text": {"headline": "Timeline", "text": about}}, "events": slides, "scale": "human"})


def _moments(seen: Selection, names: Names) -> Iterator[tuple[str, When | None, str, str, Evidence]]:
    for event in seen.items(seen.record.events):
        yield event.id, event.date, say(event, names), event.type.capitalize(), event.evidence[0]
    for proposal in seen.items(seen.record.proposals):
        for place, step in enumerate(proposal.history, start=1):
            by = f" by {', '.join(names.names(step.by, step.evidence))}" if step.by else ""
            headline = f"{proposal.name}: {step.status}{by}"
            yield f"{proposal.id}-{place}", step.date, headline, "Proposals", step.evidence[0]


def _days(date: When) -> Slide:
    """The days of a slide, as fine as they are known; an open interval is the day that is known."""
    start, end = date.start or date.end, date.end or date.start
    assert start is not None
    assert end is not None
    words = {"display_date": escape(str(date))}
    if date.precision == "year":
        return {"start_date": {"year": start.year}, **words}
    if date.precision == "month":
        return {"start_date": {"year": start.year, "month": start.month}, **words}
    if start == end:
        return {"start_date": _day(start), **words}
    return {"start_date": _day(start), "end_date": _day(end), **words}


def _day(day: dt.date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
