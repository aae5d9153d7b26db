"""The record: all readings merged, plus what analysts changed. A value; the store keeps what it is made from."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from accord.model.actor import Actor
from accord.model.edit import Unapplied
from accord.model.evidence import Evidence, Span
from accord.model.findings import Discrepancy, Event, Figure, Finding, Lever, Position, Proposal, Statement
from accord.model.report import Report, Skipped


class Dating(msgspec.Struct, frozen=True, kw_only=True):
    """When a report without a date must have been published: a day between `start` and `end`.

    It follows from events that dated reports share with it. `evidence` has both reports' words for each
    such event, `why` says in words how the days follow, and `confidence` is between 0 and 1.
    """

    report: str
    start: dt.date
    end: dt.date
    evidence: tuple[Evidence, ...]
    why: tuple[str, ...]
    confidence: float


class Record(msgspec.Struct, frozen=True, kw_only=True, weakref=True):
    """Reports, actors, the six layers and the discrepancies between them, each in a stable order.

    Reports come by publication date (undated last) and id; layers by date, report and place in the text.
    The date of an item that has none of its own is its report's, and what has neither comes last. Actors come by
    name, discrepancies by kind and subject.

    `members` leads from the id of an item that was merged from several findings to the ids of these, its own
    first. `copies` lists, for a report that stands for several near-identical ones, the ids of the others.
    `datings` dates undated reports by what others say; `unapplied` tells which edits lost their ground.
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
    datings: tuple[Dating, ...] = ()
    unapplied: tuple[Unapplied, ...] = ()

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


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """Whether two findings are one, as a rule or a person holds, and why.

    `by` is the author of an edit, or the rule's name with `likeness`, from 0 to 1, in which case `at` is None.
    `withdrawn` judgements were undone; they stay.
    """

    items: tuple[str, str]
    verdict: Literal["same", "different", "unsure"]
    by: str
    likeness: float | None = None
    at: str | None = None
    why: str = ""
    withdrawn: bool = False


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a report that a search found. `marks` are the spans of the words that answer the query.

    `snippet` is the report's text at `span`; `items` are the ids of the items whose evidence lies in it.
    """

    report: str
    span: Span
    snippet: str
    marks: tuple[Span, ...] = ()
    items: tuple[str, ...] = ()


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
