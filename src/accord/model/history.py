"""How things moved: stances over time, meetings, levers, and what is new since a day. Read off a record."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Direction, Instrument, Issue, LeverStatus, Stance, Strength
from accord.model.when import When

Shift = Literal["stance", "strength", "condition"]


class StanceEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One position in a history. `day` is its date, else its report's; `shifts` says what is not as it was before."""

    position: str
    stance: Stance
    strength: Strength
    condition: str | None = None
    speaker: str | None = None
    day: When | None = None
    words: Evidence
    reports: tuple[str, ...]
    shifts: tuple[Shift, ...] = ()


class PositionHistory(msgspec.Struct, frozen=True, kw_only=True):
    """Where one party stood on one proposition, entry by entry in time. The stance is to `proposition`."""

    party: str
    key: str
    issue: Issue
    proposition: str
    entries: tuple[StanceEntry, ...]

    @property
    def shifted(self) -> bool:
        """Whether the stance or its strength ever changed."""
        return any(entry.shifts for entry in self.entries)

    @property
    def latest(self) -> StanceEntry:
        """Where the party stood last."""
        return self.entries[-1]


class Meetings(msgspec.Struct, frozen=True, kw_only=True):
    """The meetings, calls and talks of two parties that have taken place, in time, by the ids of the events."""

    parties: tuple[str, str]
    events: tuple[str, ...]


class LeverState(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a lever at one time."""

    lever: str
    status: LeverStatus
    day: When | None = None
    words: Evidence


class LeverHistory(msgspec.Struct, frozen=True, kw_only=True):
    """One lever of a holder over a target through its states."""

    holder: str
    target: str | None
    instrument: Instrument
    direction: Direction
    states: tuple[LeverState, ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What reports that appeared since a day brought. Items are ids, by layer.

    `new` rests on new reports alone; `confirmed` was known and has new evidence. `moved` are histories with a shift,
    `proposals` and `levers` those with a new step or state, `discrepancies` those that a new report has a side in.
    """

    since: dt.date
    reports: tuple[str, ...] = ()
    new: dict[str, tuple[str, ...]] = {}
    confirmed: dict[str, tuple[str, ...]] = {}
    moved: tuple[PositionHistory, ...] = ()
    proposals: tuple[str, ...] = ()
    levers: tuple[LeverHistory, ...] = ()
    discrepancies: tuple[str, ...] = ()
