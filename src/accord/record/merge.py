"""The front of the stage: readings and edits become one record, whatever the order in which they come."""

from __future__ import annotations

from collections.abc import Iterable

from accord.errors import RecordError
from accord.model.edit import Edit
from accord.model.reading import Reading
from accord.model.record import Record
from accord.model.report import Report, Skipped
from accord.record.engine import Engine
from accord.record.identity.scene import Resolve
from accord.record.quiet import at_rest


class Given:
    """Reports and readings held in memory, as the engine asks for them."""

    def __init__(self, reports: Iterable[Report], readings: Iterable[Reading]) -> None:
        self.reports = {report.id: report for report in reports}
        self.readings: dict[str, Reading] = {}
        for reading in readings:
            if reading.report not in self.reports:
                raise RecordError(f"merge: a reading must be of a report that is given; {reading.report} is not")
            if self.readings.setdefault(reading.report, reading) is not reading:
                raise RecordError(
                    f"merge: a report must have one reading; {reading.report} has those of "
                    f"{self.readings[reading.report].reader} and {reading.reader}; give one of them"
                )

    def report(self, report_id: str) -> Report:
        """The report with this id."""
        return self.reports[report_id]

    def reading(self, report_id: str) -> Reading:
        """The reading of this report."""
        return self.readings[report_id]


def merge(
    reports: Iterable[Report],
    readings: Iterable[Reading],
    edits: Iterable[Edit] = (),
    *,
    skipped: Iterable[Skipped] = (),
    resolve: Resolve | None = None,
) -> Record:
    """The record of these reports, by these readings, after these edits, in whatever order they are given.

    `resolve` works out date expressions as of a day of publication; with it, undated reports are dated by
    events that dated ones share with them. Raises RecordError for a reading of a report that is not given,
    two readings of one report, and a finding's id that two reports have.
    """
    given = Given(reports, readings)
    engine = Engine(given, resolve)
    standing = tuple(sorted(edits, key=lambda e: (e.at, e.id)))
    with at_rest():
        engine.update(given.readings, (), standing)
    failed = [
        Skipped(source=given.reports[i].source, reason=reading.failed)
        for i, reading in given.readings.items()
        if reading.failed
    ]
    return engine.record(given.reports.values(), (*skipped, *failed), standing)
