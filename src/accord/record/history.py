"""Histories: who stood where when, who met whom, what became of each lever."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

from accord.model.findings import Finding, Lever, Position
from accord.model.history import LeverHistory, LeverState, Meetings, PositionHistory, Shift, StanceEntry
from accord.model.record import Record
from accord.model.when import When

_MEETING = "CONSULT"  # the PLOVER type of meetings, visits, calls and talks
_LAST = "9999-12-31"


def histories(record: Record) -> tuple[PositionHistory, ...]:
    """For each party and proposition its stances in time, by party's name, issue and proposition.

    An entry shifts where it is of a later day than the one before and stance, strength or condition differ. Where
    positions share a proposition in a common form, stances are to that form.
    """
    days = _Days(record)
    names = {actor.id: actor.name for actor in record.actors}
    groups: dict[tuple[str, str], list[Position]] = {}
    for position in record.positions:
        groups.setdefault((position.party, position.key or position.id), []).append(position)
    found = []
    for (party, key), positions in groups.items():
        positions.sort(key=lambda p: (days.key(p), p.id))
        first = positions[0]
        found.append(
            PositionHistory(
                party=party,
                key=key,
                issue=first.issue,
                proposition=first.shared,
                entries=_entries(positions, days),
            )
        )
    return tuple(sorted(found, key=lambda h: (names.get(h.party, h.party), h.issue, h.proposition, h.key)))


def _entries(positions: list[Position], days: _Days) -> tuple[StanceEntry, ...]:
    entries: list[StanceEntry] = []
    for position in positions:
        day = days.of(position)
        entries.append(
            StanceEntry(
                position=position.id,
                stance=position.shared_stance,
                strength=position.strength,
                condition=position.condition,
                speaker=position.speaker,
                day=day,
                words=position.evidence[0],
                reports=tuple(dict.fromkeys(e.report for e in position.evidence)),
                shifts=_shifts(entries[-1], position, day) if entries else (),
            )
        )
    return tuple(entries)


def _shifts(before: StanceEntry, now: Position, day: When | None) -> tuple[Shift, ...]:
    """What changed, where it is certain that time has passed."""
    if before.day is None or day is None or before.day.before(day) is not True:
        return ()
    found: list[Shift] = []
    if before.stance != now.shared_stance:
        found.append("stance")
    if before.strength != now.strength:
        found.append("strength")
    if (before.condition is None) != (now.condition is None):
        found.append("condition")
    return tuple(found)


def meetings(record: Record) -> tuple[Meetings, ...]:
    """For each two parties the meetings, calls and talks that they have held, in time."""
    days = _Days(record)
    party = {actor.id: actor.party or actor.id for actor in record.actors}
    names = {actor.id: actor.name for actor in record.actors}
    found: dict[tuple[str, str], list[Finding]] = {}
    for event in record.events:
        if event.type == _MEETING and event.status == "occurred":
            sides = sorted({party.get(a, a) for a in event.actors + event.recipients}, key=lambda a: names.get(a, a))
            for pair in combinations(sides, 2):
                found.setdefault(pair, []).append(event)
    rows = [
        Meetings(parties=pair, events=tuple(e.id for e in sorted(events, key=lambda e: (days.key(e), e.id))))
        for pair, events in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: tuple(names.get(p, p) for p in row.parties)))


def lever_histories(record: Record) -> tuple[LeverHistory, ...]:
    """For each lever its states in time."""
    days = _Days(record)
    names = {actor.id: actor.name for actor in record.actors}
    groups: dict[tuple[str, str | None, str, str], list[Lever]] = {}
    for lever in record.levers:
        groups.setdefault((lever.holder, lever.target, lever.instrument, lever.direction), []).append(lever)
    found = []
    for levers in groups.values():
        levers.sort(key=lambda one: (days.key(one), one.id))
        states = tuple(
            LeverState(lever=one.id, status=one.status, day=days.of(one), words=one.evidence[0]) for one in levers
        )
        first = levers[0]
        found.append(
            LeverHistory(
                holder=first.holder,
                target=first.target,
                instrument=first.instrument,
                direction=first.direction,
                states=states,
            )
        )
    return tuple(
        sorted(found, key=lambda h: (names.get(h.holder, ""), names.get(h.target or "", ""), h.instrument, h.direction))
    )


class _Days:
    """When things were: their own date, else the day of the first report that tells them."""

    def __init__(self, record: Record) -> None:
        self._published = {r.id: When.day(r.published) for r in record.reports if r.published}
        self._published |= {d.report: When(d.start, d.end) for d in record.datings}

    def of(self, item: Finding) -> When | None:
        """The date of an item."""
        date: When | None = getattr(item, "date", None)
        if date is not None and date.known:
            return date
        known = [self._published[e.report] for e in item.evidence if e.report in self._published]
        # by its days alone: two intervals without words cannot be compared by these
        return min(known, key=lambda day: (day.start or dt.date.max, day.end or dt.date.max), default=None)

    def key(self, item: Finding) -> str:
        """The sort key of an item; what has no day comes last."""
        day = self.of(item)
        return f"{day.start or day.end}" if day else _LAST
