"""What a result says of its inputs: the table's digest and every finding behind its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import TypedDict

from accord.model.derived import derived
from accord.model.outcome import How
from accord.model.table import Table


class Inputs(TypedDict):
    """The fields of an Outcome that say what was computed, how, and on what."""

    method: str
    source: str
    how: How
    table: str
    findings: tuple[str, ...]


def inputs(table: Table, method: str, source: str, how: How = "computed") -> Inputs:
    """The method with its source, the digest of the table, and the ids of the findings behind it in table order."""
    findings = derived(table, "findings", lambda: tuple(dict.fromkeys(chain.from_iterable(_findings(table)))))
    return Inputs(method=method, source=source, how=how, table=table.digest, findings=findings)


def _findings(table: Table) -> Iterator[tuple[str, ...]]:
    for party in table.parties:
        yield party.weight.findings
        yield party.reservation.findings
    for question in table.questions:
        yield question.findings
    for view in table.views:
        yield view.findings
        yield view.salience.findings
        for value in view.values:
            yield value.findings
    for line in table.red_lines:
        yield line.findings
        yield line.certainty.findings
    for condition in table.conditions:
        yield condition.findings
        yield condition.certainty.findings
    for lever in table.levers:
        yield lever.findings
