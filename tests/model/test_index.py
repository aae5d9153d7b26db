"""A filter answered by the index keeps exactly what its definition, written out item by item, keeps."""

from __future__ import annotations

import datetime as dt
import gc

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accord.model.findings import LAYERS, Finding, Position
from accord.model.index import actors_of, dates_of, index_of, report_days
from accord.model.query import Selection, find_parties, find_reports
from accord.model.record import Dating, Filter
from accord.model.when import When
from aceh import FEBRUARY, RECORD, UNDATED

DATED = msgspec.structs.replace(
    RECORD,
    datings=(
        Dating(
            report=UNDATED.id,
            start=dt.date(2005, 5, 1),
            end=dt.date(2005, 5, 20),
            evidence=RECORD.statements[0].evidence,
            why=("so it is",),
            confidence=0.7,
        ),
    ),
)
DAYS = st.none() | st.dates(dt.date(2004, 12, 1), dt.date(2006, 2, 1))


def passes(item: Finding, where: Filter) -> bool:
    """The definition, without an index."""
    if item.confidence < where.confidence:
        return False
    if where.party is not None and find_parties(DATED, where.party).isdisjoint(actors_of(item)):
        return False
    if where.report is not None and not {e.report for e in item.evidence} & find_reports(DATED, where.report):
        return False
    if where.issue is not None:
        on = [p.evidence for p in DATED.positions if p.issue == where.issue]
        if isinstance(item, Position):
            if item.issue != where.issue:
                return False
        elif not any(e.overlaps(words) for e in item.evidence for some in on for words in some):
            return False
    if where.since is None and where.until is None:
        return True
    window, days = When(where.since, where.until), report_days(DATED)
    dates = dates_of(item) or [days[e.report] for e in item.evidence if e.report in days]
    return any(date.meets(window) for date in dates)


@given(
    party=st.sampled_from([None, "GAM", "Indonesia", "Kalla"]),
    issue=st.sampled_from([None, "status-recognition", "disarmament", "withdrawal"]),
    days=st.tuples(DAYS, DAYS),
    report=st.sampled_from([None, "1", "2", FEBRUARY.id]),
    confidence=st.sampled_from([0.0, 0.5, 0.7, 0.9]),
)
def test_the_index_answers_as_the_definition(
    party: str | None,
    issue: str | None,
    days: tuple[dt.date | None, dt.date | None],
    report: str | None,
    confidence: float,
) -> None:
    first, last = sorted(days, key=lambda day: day or dt.date.min) if all(days) else days
    where = Filter(party=party, issue=issue, since=first, until=last, report=report, confidence=confidence)
    seen = Selection(DATED, where)
    for name in LAYERS:
        assert seen.layer(name) == tuple(item for item in DATED.layer(name) if passes(item, where))


def test_an_index_lives_as_long_as_its_record() -> None:
    record = msgspec.structs.replace(RECORD, skipped=())
    index = index_of(record)
    assert index_of(record) is index
    assert index_of(msgspec.structs.replace(RECORD)) is not index
    del record
    gc.collect()
    with pytest.raises(RuntimeError):
        _ = index.record


def test_places_are_in_the_records_order() -> None:
    places = Selection(DATED, Filter(confidence=0.5)).places("statements")
    assert (np.diff(places) > 0).all()
