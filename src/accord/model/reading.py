"""What one reader found in one report, before any merging; and what a reader must offer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

import msgspec

from accord.model.actor import Actor
from accord.model.findings import Event, Figure, Finding, Lever, Position, Proposal, Statement
from accord.model.report import Report


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One reader's findings in one report. `failed` holds the reason where the reader had to give up."""

    report: str
    reader: str
    actors: tuple[Actor, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    levers: tuple[Lever, ...] = ()
    figures: tuple[Figure, ...] = ()
    failed: str | None = None

    def layer(self, name: str) -> tuple[Finding, ...]:
        """The findings of one layer by its name ("statements", "events", ...)."""
        found: tuple[Finding, ...] = getattr(self, name)
        return found


class Reader(Protocol):
    """Turns reports into readings. `fingerprint` changes whenever its findings might."""

    @property
    def fingerprint(self) -> str:
        """Name, version and digest of everything that the findings depend on."""
        ...

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        """One reading a report, in order. A report that cannot be read yields a reading with `failed` set."""
        ...
