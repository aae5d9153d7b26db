"""Proves a reading against its report before it is stored: every quote is the text's slice, every id is one thing."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from accord.errors import EvidenceError, RecordError
from accord.model.evidence import Evidence, Span
from accord.model.findings import LAYERS, Finding, Proposal, Statement
from accord.model.reading import Reading
from accord.model.report import Report


def checked(report: Report, reading: Reading) -> Reading:
    """The reading, what it says twice in the same words left out once.

    Raises EvidenceError where a quote or a statement's content is not what the report has there, and RecordError
    where the reading is of another report or gives one id to two things.
    """
    if reading.report != report.id:
        raise RecordError(f"reading by {reading.reader}: must be of report {report.id}; it is of {reading.report}")
    layers: dict[str, tuple[Finding, ...]] = {}
    seen: dict[str, Finding] = {}
    for name in LAYERS:
        kept = []
        for finding in reading.layer(name):
            if finding.id not in seen:
                seen[finding.id] = finding
                _check(report, finding)
                kept.append(finding)
            elif seen[finding.id] != finding:
                raise RecordError(
                    f"reading of report {report.id} by {reading.reader}: an id must be of one finding; "
                    f"{finding.id} is of two that differ"
                )
        layers[name] = tuple(kept)
    return msgspec.structs.replace(reading, **layers)


def _check(report: Report, finding: Finding) -> None:
    for evidence in _every(finding):
        evidence.check(report)
    if isinstance(finding, Statement):
        for span in (finding.content_span, *finding.content_parts, finding.cue, finding.source):
            if span is not None:
                _check_span(report, span)
        span = finding.content_span
        found = report.text[span.start : span.end]
        if found != finding.content:
            raise EvidenceError(
                f"content of statement {finding.id}, characters {span.start} to {span.end} of report {report.id}: "
                f"must be {found[:60]!r}; it is {finding.content[:60]!r}"
            )


def _every(finding: Finding) -> Iterator[Evidence]:
    yield from finding.evidence
    if isinstance(finding, Proposal):
        for step in finding.history:
            yield from step.evidence


def _check_span(report: Report, span: Span) -> None:
    if span.report != report.id or span.end > len(report.text):
        raise EvidenceError(
            f"span {span.start} to {span.end} of report {span.report}: must lie within the {len(report.text)} "
            f"characters of report {report.id}"
        )
