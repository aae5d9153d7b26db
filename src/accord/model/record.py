"""The record: all readings merged, plus what analysts changed. A value; the store keeps what it is made from."""

from __future__ import annotations

import datetime as dt

import msgspec

from accord.model.actor import Actor
from accord.model.findings import Discrepancy, Event, Figure, Finding, Lever, Position, Proposal, Statement
from accord.model.report import Report, Skipped


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Reports, actors, the six layers and the discrepancies between them, each in a stable order.

    Reports come by publication date (undated last) and id; layers by date, report and place in the text.
    `members` leads from the id of a merged item to the ids of the findings that it was merged from.
    `copies` lists, for a report that stands for several near-identical ones, the ids of the others.
    """

    reports: tuple[Report, ...] = ()
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    levers: tuple[Lever, ...] = ()
    figures: tuple[Figure, ...] = ()
    discrepancies: tuple[Discrepancy, ...] = ()
    members: dict[str, tuple[str, ...]] = {}
    copies: dict[str, tuple[str, ...]] = {}
    skipped: tuple[Skipped, ...] = ()

    def layer(self, name: str) -> tuple[Finding, ...]:
        """The items of one layer by its name."""
        found: tuple[Finding, ...] = getattr(self, name)
        return found

    def report(self, report_id: str) -> Report | None:
        """The report with this id."""
        return next((r for r in self.reports if r.id == report_id), None)

    def actor(self, actor_id: str | None) -> Actor | None:
        """The actor with this id."""
        return next((a for a in self.actors if a.id == actor_id), None)


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What every view of a record can be narrowed by: the same words in Python, on the command line and on the web.

    `party` is an actor's name or alias or id, `issue` an issue of the vocabulary, `since` and `until` days
    (both included), `report` a report's id, source or title, `confidence` the least an item must have.
    """

    party: str | None = None
    issue: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    report: str | None = None
    confidence: float = 0.0
