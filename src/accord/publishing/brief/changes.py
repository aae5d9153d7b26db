"""What changed last, and what is announced: shifts of position, steps of proposals, events, the latest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Event, Position
from accord.model.when import When
from accord.publishing.brief.content import Line, Part, Section, listed, name, plain, stood
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.matrix import histories

_STEP, _SHIFT, _STAND, _ACT = range(4)  # what goes first when two lines rest on one sentence of one day


class _Entry(msgspec.Struct, frozen=True):
    """A line with what it is sorted by: its last day, its kind, its confidence, its id."""

    day: dt.date | None
    kind: int
    confidence: float
    id: str
    line: Line


def changes(ground: Ground, most: int) -> Section:
    """The latest steps of proposals, shifts of position, red lines drawn and events that are said to have happened.

    What is dated after the last publication is left out (it is announced, or misread). A position or step without a
    date counts on the day of its report; an event without one may be long past and comes after all that has a day.
    But where no report says when it was published, what has no day is the news of these reports and comes first.
    Of several entries on one sentence the most telling is kept.
    """
    last = ground.last
    entries = [*_steps(ground), *_positions(ground), *_events(ground)]
    undated_first = last is None

    def latest(entry: _Entry) -> tuple[bool, int, int, float, str]:
        undated = entry.day is None
        ordinal = entry.day.toordinal() if entry.day else 0
        return undated != undated_first, -ordinal, entry.kind, -entry.confidence, entry.id

    lines: dict[str, Line] = {}
    for entry in sorted(entries, key=latest):
        if last is None or entry.day is None or entry.day <= last:
            lines.setdefault(entry.line.quotes[0].ref, entry.line)
    return Section(
        key="changes",
        title="What changed last",
        lines=tuple(lines.values())[:most],
        more=max(0, len(lines) - most),
        nothing="Nothing is on record.",
    )


def ahead(ground: Ground, most: int) -> Section:
    """What is announced for a day not before the last publication, the nearest first."""
    last = ground.last
    found: dict[str, tuple[dt.date, Line]] = {}
    for event in ground.seen.items(ground.record.events):
        end = event.date.end or event.date.start if event.date else None
        if event.status == "planned" and end and last and end > last:
            line = _act(ground, event)
            found.setdefault(line.quotes[0].ref, (end, line))
    lines = [line for _, line in sorted(found.values(), key=lambda pair: (pair[0], pair[1].items))]
    return Section(
        key="ahead",
        title="Announced",
        lines=tuple(lines[:most]),
        more=max(0, len(lines) - most),
        nothing="Nothing is announced for a day after the last report.",
    )


def _steps(ground: Ground) -> Iterator[_Entry]:
    for proposal in ground.seen.items(ground.record.proposals):
        for step in proposal.history:
            by = (plain(" by "), *listed(ground.names(step.by))) if step.by else ()
            line = Line(
                parts=(*dated(ground, step.date, step.evidence), name(proposal.name), plain(f": {step.status}"), *by),
                quotes=ground.quotes(step.evidence),
                items=(proposal.id,),
                tells=True,
            )
            day = ground.day(step.date, step.evidence)
            yield _Entry(day, _STEP, max(step.confidence, proposal.confidence), proposal.id, line)


def _positions(ground: Ground) -> Iterator[_Entry]:
    for positions in histories(ground).values():
        before: Position | None = None
        for position in positions:
            words = stood(position.shared_stance, position.strength)
            shifted = (
                before is not None
                and before.shared_stance != position.shared_stance
                and _later(ground, before, position)
            )
            if shifted and before is not None:
                words = f"{stood(before.shared_stance, before.strength)}, now {words}"
            if shifted or position.strength == "red-line":
                line = Line(
                    parts=(
                        *dated(ground, position.date, position.evidence),
                        name(ground.name(position.party)),
                        plain(": "),
                        plain(words),
                        plain(" on “"),
                        Part(position.shared, "term"),
                        plain("”"),
                    ),
                    quotes=ground.quotes(position.evidence + (before.evidence[:1] if shifted and before else ())),
                    items=(position.id,),
                    tells=True,
                )
                kind = _SHIFT if shifted else _STAND
                day = ground.day(position.date, position.evidence)
                yield _Entry(day, kind, position.confidence, position.id, line)
            before = position


def _later(ground: Ground, before: Position, after: Position) -> bool:
    first, second = ground.day(before.date, before.evidence), ground.day(after.date, after.evidence)
    return first is not None and second is not None and first < second


def _events(ground: Ground) -> Iterator[_Entry]:
    for event in ground.seen.items(ground.record.events):
        if event.status in ("occurred", "refused"):
            day = ground.day(event.date, event.evidence) if event.date and event.date.known else None
            yield _Entry(day, _ACT, event.confidence, event.id, _act(ground, event))


def _act(ground: Ground, event: Event) -> Line:
    who = listed(ground.names(event.actors)) or (plain("somebody"),)
    to = (plain(" → "), *listed(ground.names(event.recipients))) if event.recipients else ()
    status = "" if event.status == "occurred" else f" ({event.status})"
    place = (plain(", "), name(event.place)) if event.place else ()
    return Line(
        parts=(*dated(ground, event.date, event.evidence), *who, *to, plain(f": {event.type.lower()}{status}"), *place),
        quotes=ground.quotes(event.evidence),
        items=(event.id,),
        tells=True,
    )


def dated(ground: Ground, date: When | None, evidence: tuple[Evidence, ...]) -> tuple[Part, ...]:
    """The day of a line, with a space after it."""
    return Part(ground.shown_day(date, evidence) or "undated", "date"), plain(" ")
