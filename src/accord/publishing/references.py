"""Short references such as `2:14`: report 2 of the record, sentence 14 of it."""

from __future__ import annotations

import bisect
import re

from accord.errors import NotFound
from accord.model.evidence import Span
from accord.model.record import Record
from accord.model.report import Report
from accord.publishing.sentences import sentence_starts

_FORM = re.compile(r"\[?(\d{1,9}):(\d{1,9})\]?")


class References:
    """The reports of a record by number (from 1, in the record's order) and their sentences by number (from 1)."""

    def __init__(self, record: Record) -> None:
        self.reports = record.reports
        self._numbers = {report.id: number for number, report in enumerate(record.reports, start=1)}
        self._starts: dict[str, tuple[int, ...]] = {}

    def knows(self, report: str) -> bool:
        """Whether the record holds a report of this id."""
        return report in self._numbers

    def number(self, report: str) -> int:
        """The number of a report by its id. Raises NotFound when the record does not hold it."""
        if report not in self._numbers:
            raise NotFound(f"no report of this record has the id {report!r}")
        return self._numbers[report]

    def sentence(self, span: Span) -> int:
        """The number of the sentence in which the span starts."""
        report = self.reports[self.number(span.report) - 1]
        return max(1, bisect.bisect_right(self._of(report), span.start))

    def sentences(self, report: Report) -> int:
        """How many sentences a report of the record has."""
        return len(self._of(report))

    def ref(self, span: Span) -> str:
        """The reference of the sentence in which the span starts, without brackets."""
        return f"{self.number(span.report)}:{self.sentence(span)}"

    def resolve(self, ref: str) -> tuple[Report, Span]:
        """The report and the sentence that a reference means, brackets or not.

        Raises NotFound when it has not the form of a reference or the record has no such sentence.
        """
        match = _FORM.fullmatch(ref.strip())
        if not match:
            raise NotFound(f"a reference must have the form REPORT:SENTENCE such as 2:14; got {ref!r}")
        number, sentence = int(match[1]), int(match[2])
        if not 1 <= number <= len(self.reports):
            raise NotFound(f"{ref}: the record's reports have the numbers 1 to {len(self.reports)}")
        report = self.reports[number - 1]
        starts = self._of(report)
        if not 1 <= sentence <= len(starts):
            raise NotFound(f"{ref}: the sentences of report {number} have the numbers 1 to {len(starts)}")
        end = starts[sentence] if sentence < len(starts) else len(report.text)
        words = report.text[starts[sentence - 1] : end].rstrip()
        return report, Span(report.id, starts[sentence - 1], starts[sentence - 1] + len(words))

    def _of(self, report: Report) -> tuple[int, ...]:
        if report.id not in self._starts:
            self._starts[report.id] = sentence_starts(report.text)
        return self._starts[report.id]
