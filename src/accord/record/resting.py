"""Which items rest on which words."""

from __future__ import annotations

from collections.abc import Iterable

from accord.model.derived import derived
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Proposal
from accord.model.record import Record


def resting_on(record: Record) -> dict[str, list[tuple[Evidence, str]]]:
    """For each report, the evidence in it and the item that rests on it, in the order of the record."""
    found: dict[str, list[tuple[Evidence, str]]] = {}
    for name in LAYERS:
        for item in record.layer(name):
            for evidence in evidence_of(item):
                found.setdefault(evidence.report, []).append((evidence, item.id))
    return found


def resting_of(record: Record) -> dict[str, list[tuple[Evidence, str]]]:
    """The same for a record that is asked more than once: made once for as long as the record lives."""
    return derived(record, resting_on, lambda: resting_on(record))


def evidence_of(item: object) -> Iterable[Evidence]:
    """All evidence of an item, that of a proposal's history too."""
    yield from getattr(item, "evidence", ())
    if isinstance(item, Proposal):
        for step in item.history:
            yield from step.evidence
