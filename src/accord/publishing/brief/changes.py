"""What changed last, and what is announced: shifts of position, steps of proposals, events, the latest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice

import msgspec

from accord.model.evidence import Evidence
from accord.model.findings import Event, Position, Proposal, ProposalStep
from accord.model.when import When
from accord.publishing.brief.content import Line, Part, Section, listed, name, plain, stood
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.matrix import histories

_STEP, _SHIFT, _STAND, _ACT = range(4)  # what goes first when two lines rest on one sentence of one day


class _Entry(msgspec.Struct, frozen=True):
    """A line to be made, and what it is sorted by: its last day, kind, confidence, id; `words` are its first."""

    day: dt.date | None
    kind: int
    confidence: float
    id: str
    words: Evidence
    line: Callable[[], Line]  # made only for what is shown: a large record has many thousands of entries


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

    told: dict[str, _Entry] = {}
    for entry in sorted(entries, key=latest):
        if last is None or entry.day is None or entry.day <= last:
            told.setdefault(ground.references.ref(entry.words), entry)
    return Section(
        key="changes",
        title="What changed last",
        lines=tuple(entry.line() for entry in islice(told.values(), most)),
        more=max(0, len(told) - most),
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
            day, line = ground.day(step.date, step.evidence), partial(_step, ground, proposal, step)
            yield _Entry(day, _STEP, max(step.confidence, proposal.confidence), proposal.id, step.evidence[0], line)


def _step(ground: Ground, proposal: Proposal, step: ProposalStep) -> Line:
    by = (plain(" by "), *listed(ground.names(step.by))) if step.by else ()
    return Line(
        parts=(*dated(ground, step.date, step.evidence), name(proposal.name), plain(f": {step.status}"), *by),
        quotes=ground.quotes(step.evidence),
        items=(proposal.id,),
        tells=True,
    )


def _positions(ground: Ground) -> Iterator[_Entry]:
    for positions in histories(ground).values():
        before: Position | None = None
        for position in positions:
            shifted = (
                before is not None
                and before.shared_stance != position.shared_stance
                and _later(ground, before, position)
            )
            if shifted or position.strength == "red-line":
                kind = _SHIFT if shifted else _STAND
                day = ground.day(position.date, position.evidence)
                line = partial(_stand, ground, position, before if shifted else None)
                yield _Entry(day, kind, position.confidence, position.id, position.evidence[0], line)
            before = position


def _stand(ground: Ground, position: Position, before: Position | None) -> Line:
    """Where a party stands, and where it stood `before` if that shifted."""
    words = stood(position.shared_stance, position.strength)
    if before is not None:
        words = f"{stood(before.shared_stance, before.strength)}, now {words}"
    return Line(
        parts=(
            *dated(ground, position.date, position.evidence),
            name(ground.name(position.party)),
            plain(": "),
            plain(words),
            plain(" on “"),
            Part(position.shared, "term"),
            plain("”"),
        ),
        quotes=ground.quotes(position.evidence + (before.evidence[:1] if before else ())),
        items=(position.id,),
        tells=True,
    )


def _later(ground: Ground, before: Position, after: Position) -> bool:
    first, second = ground.day(before.date, before.evidence), ground.day(after.date, after.evidence)
    return first is not None and second is not None and first < second


def _events(ground: Ground) -> Iterator[_Entry]:
    for event in ground.seen.items(ground.record.events):
        if event.status in ("occurred", "refused"):
            day = ground.day(event.date, event.evidence) if event.date and event.date.known else None
            yield _Entry(day, _ACT, event.confidence, event.id, event.evidence[0], partial(_act, ground, event))


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
