"""What reports that appeared since a day brought to a record."""

from __future__ import annotations

import datetime as dt

from accord.model.findings import LAYERS
from accord.model.history import Changes
from accord.model.record import Record
from accord.record.history import histories, lever_histories
from accord.record.resting import evidence_of


def changes(record: Record, since: dt.date) -> Changes:
    """What is new, what moved, and what contradicts, by the reports that appeared on `since` or later.

    A report without a date of its own counts by the first day on which others tell that it can have appeared;
    one that nothing dates is not counted.
    """
    dated = {dating.report: dating.start for dating in record.datings}
    day_of = {report.id: report.published or dated.get(report.id) for report in record.reports}
    return brought(record, frozenset(i for i, day in day_of.items() if day is not None and day >= since), since)


def brought(record: Record, fresh: frozenset[str], since: dt.date = dt.date.min) -> Changes:
    """The same of these reports, by their ids, whenever they appeared."""
    new: dict[str, tuple[str, ...]] = {}
    confirmed: dict[str, tuple[str, ...]] = {}
    for layer in LAYERS:
        reports = {item.id: {e.report for e in evidence_of(item)} for item in record.layer(layer)}
        new[layer] = tuple(i for i, some in reports.items() if some <= fresh)
        confirmed[layer] = tuple(i for i, some in reports.items() if some & fresh and not some <= fresh)
    touched = {i for layer in LAYERS for i in (*new[layer], *confirmed[layer])}
    return Changes(
        since=since,
        reports=tuple(report.id for report in record.reports if report.id in fresh),
        new=new,
        confirmed=confirmed,
        moved=tuple(
            history
            for history in histories(record)
            if any(entry.shifts and fresh.intersection(entry.reports) for entry in history.entries)
        ),
        proposals=tuple(
            proposal.id
            for proposal in record.proposals
            if any(e.report in fresh for step in proposal.history for e in step.evidence)
        ),
        levers=tuple(
            history for history in lever_histories(record) if any(state.lever in touched for state in history.states)
        ),
        discrepancies=tuple(
            one.id for one in record.discrepancies if any(e.report in fresh for c in one.claims for e in c.evidence)
        ),
    )
