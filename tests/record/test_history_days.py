from __future__ import annotations

import msgspec

from accord.model.evidence import Evidence
from accord.model.report import Report
from accord.record import histories
from aceh import JANUARY, POSITIONS, RECORD


def test_a_stance_without_a_date_that_two_reports_of_one_day_tell_is_of_that_day() -> None:
    other = Report.make(JANUARY.text + "\n\nMore.", "elsewhere.md", published=JANUARY.published)
    first = POSITIONS[0].evidence[0]
    again = Evidence.cut(other, first.start, first.end)
    stance = msgspec.structs.replace(POSITIONS[0], date=None, evidence=(first, again), key="pr-000000000001")
    record = msgspec.structs.replace(RECORD, reports=(*RECORD.reports, other), positions=(stance,))
    ((entry,),) = [history.entries for history in histories(record)]
    assert entry.day is not None
    assert entry.day.start == JANUARY.published
