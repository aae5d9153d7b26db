"""The exact sentence that a line of the record rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

from accord.errors import EvidenceError

if TYPE_CHECKING:
    from accord.model.report import Report

Anchor = Literal["exact", "normalised"]


class Span(msgspec.Struct, frozen=True, order=True):
    """Characters `start` (included) to `end` (excluded) of the text of one report."""

    report: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise EvidenceError(
                f"span of report {self.report}: start must be at least 0 and below end; got {self.start} to {self.end}"
            )

    def overlaps(self, other: Span) -> bool:
        """Whether both spans lie in the same report and share a character."""
        return self.report == other.report and self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.report == other.report and self.start <= other.start and other.end <= self.end


class Evidence(Span, frozen=True, order=True):
    """A span with its words. `report.text[start:end] == quote` holds for every evidence of a record.

    `anchor` says how the words were found in the report: exactly, or after quotation marks and white
    space were made alike. Make one with `Evidence.cut`; `check` proves one that came from elsewhere.
    """

    quote: str
    anchor: Anchor = "exact"

    def __post_init__(self) -> None:
        Span.__post_init__(self)
        if len(self.quote) != self.end - self.start:
            raise EvidenceError(
                f"evidence of report {self.report}: a quote must be as long as its span; "
                f"got {len(self.quote)} characters for {self.start} to {self.end}: {self.quote[:60]!r}"
            )

    @classmethod
    def cut(cls, report: Report, start: int, end: int) -> Evidence:
        """The evidence that holds characters `start` to `end` of the report, white space at its ends left off.

        Raises EvidenceError when the span lies outside the text or holds white space only.
        """
        text = report.text
        if not 0 <= start < end <= len(text):
            raise EvidenceError(
                f"evidence of report {report.id}: a span must lie within its {len(text)} characters; "
                f"got {start} to {end}"
            )
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start == end:
            raise EvidenceError(f"evidence of report {report.id}: white space alone at {start} supports nothing")
        return cls(report=report.id, start=start, end=end, quote=text[start:end])

    def check(self, report: Report) -> None:
        """Raise EvidenceError unless the quote is the slice of the report that it claims to be."""
        if self.report != report.id:
            raise EvidenceError(f"evidence of report {self.report} was checked against report {report.id}")
        found = report.text[self.start : self.end]
        if found != self.quote:
            raise EvidenceError(
                f"evidence of report {self.report}, characters {self.start} to {self.end}: "
                f"the text must be {self.quote[:60]!r}; it is {found[:60]!r}"
            )
