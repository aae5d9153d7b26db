"""What changed last, and what is announced: shifts of position, steps of proposals, events, the latest first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from accord.model.columns import Flags, Numbers, Shares
from accord.model.evidence import Evidence
from accord.model.findings import Event, Position, Proposal, ProposalStep
from accord.model.when import When
from accord.publishing.brief.content import Line, Part, Section, listed, name, plain, stood
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.known import NO_DAY, RED
from accord.publishing.brief.matrix import histories

_STEP, _SHIFT, _STAND, _ACT = range(4)  # what goes first when two lines rest on one sentence of one day


class _Entries(NamedTuple):
    """Lines that could be made, as columns: `day`, `kind`, `sure` and `rank` order them.

    `place` is that of the item in its layer (of a step, in the steps of all proposals), `before` that of the position
    that it shifted from, or -1. `sentence` is what the line rests on first.
    """

    day: Numbers
    kind: Numbers
    sure: Shares
    rank: Numbers
    sentence: Numbers
    place: Numbers
    before: Numbers

    def only(self, some: Numbers | Flags) -> _Entries:
        """Some of the rows."""
        return _Entries(*(column[some] for column in self))  # type: ignore[arg-type]

    @classmethod
    def joined(cls, *parts: _Entries) -> _Entries:
        """The rows of several."""
        return cls(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def changes(ground: Ground, most: int) -> Section:
    """The latest steps of proposals, shifts of position, red lines drawn and events that are said to have happened.

    What is dated after the last publication is left out (it is announced, or misread). A position or step without a
    date counts on the day of its report; an event without one may be long past and comes after all that has a day.
    But where no report says when it was published, what has no day is the news of these reports and comes first.
    Of several entries on one sentence the most telling is kept.
    """
    entries = _Entries.joined(_steps(ground), _positions(ground), _events(ground))
    if ground.last is not None:
        entries = entries.only(entries.day <= ground.last.toordinal())
    told = len(np.flatnonzero(np.bincount(entries.sentence)))
    return Section(
        key="changes",
        title="What changed last",
        lines=tuple(_line(ground, entries, row) for row in _latest(ground, entries, most)),
        more=max(0, told - most),
        nothing="Nothing is on record.",
    )


def _latest(ground: Ground, entries: _Entries, most: int) -> list[int]:
    """The rows of the first `most` entries that do not rest on a sentence of one before, day by day."""
    late = np.iinfo(np.int64).max
    undated = late if ground.last is not None else -late
    when = np.where(entries.day == NO_DAY, undated, -entries.day)
    found: list[int] = []
    told: set[int] = set()
    for day in np.unique(when).tolist():
        rows = np.flatnonzero(when == day)
        some = entries.only(rows)
        for row in rows[np.lexsort((some.rank, -some.sure, some.kind))].tolist():
            sentence = int(entries.sentence[row])
            if sentence not in told:
                told.add(sentence)
                found.append(row)
            if len(found) == most:
                return found
    return found


def _line(ground: Ground, entries: _Entries, row: int) -> Line:
    place, before = int(entries.place[row]), int(entries.before[row])
    if entries.kind[row] == _STEP:
        steps = ground.known.steps
        proposal = ground.record.proposals[int(steps.proposal[place])]
        return _step(ground, proposal, proposal.history[int(steps.step[place])])
    if entries.kind[row] == _ACT:
        return _act(ground, ground.record.events[place])
    positions = ground.record.positions
    return _stand(ground, positions[place], positions[before] if before >= 0 else None)


def ahead(ground: Ground, most: int) -> Section:
    """What is announced for a day not before the last publication, the nearest first."""
    known, places = ground.known, ground.places("events")
    planned = known.planned_for[places]
    places = places[planned > ground.last.toordinal()] if ground.last else places[:0]
    _, first = np.unique(known.sentence("events")[places], return_index=True)
    places = places[first]
    places = places[np.lexsort((known.rank("events")[places], known.planned_for[places]))]
    return Section(
        key="ahead",
        title="Announced",
        lines=tuple(_act(ground, ground.record.events[place]) for place in places[:most].tolist()),
        more=max(0, len(places) - most),
        nothing="Nothing is announced for a day after the last report.",
    )


def _steps(ground: Ground) -> _Entries:
    steps = ground.known.steps
    rows = np.flatnonzero(ground.seen.passing("proposals")[steps.proposal])
    return _Entries(
        day=steps.day[rows],
        kind=np.full(len(rows), _STEP),
        sure=steps.confidence[rows],
        rank=steps.rank[rows],
        sentence=steps.sentence[rows],
        place=rows,
        before=np.full(len(rows), -1),
    )


def _step(ground: Ground, proposal: Proposal, step: ProposalStep) -> Line:
    by = (plain(" by "), *listed(ground.names(step.by))) if step.by else ()
    return Line(
        parts=(*dated(ground, step.date, step.evidence), name(proposal.name), plain(f": {step.status}"), *by),
        quotes=ground.quotes(step.evidence),
        items=(proposal.id,),
        tells=True,
    )


def _positions(ground: Ground) -> _Entries:
    """Positions that shifted since the one before, and red lines."""
    known, stands = ground.known, ground.known.stands
    places = histories(ground)
    day = known.day_of("positions")[places]
    before = np.concatenate([places[:1] * 0 - 1, places[:-1]])
    shifted = np.zeros(len(places), dtype=np.bool_)
    if len(places) > 1:
        then, now = places[:-1], places[1:]
        shifted[1:] = (
            (stands.group[then] == stands.group[now])
            & (stands.stance[then] != stands.stance[now])
            & (day[:-1] != NO_DAY)
            & (day[:-1] < day[1:])
        )
    rows = np.flatnonzero(shifted | (stands.strength[places] == RED))
    return _Entries(
        day=day[rows],
        kind=np.where(shifted[rows], _SHIFT, _STAND),
        sure=known.confidence("positions")[places[rows]],
        rank=known.rank("positions")[places[rows]],
        sentence=known.sentence("positions")[places[rows]],
        place=places[rows],
        before=np.where(shifted[rows], before[rows], -1),
    )


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


def _events(ground: Ground) -> _Entries:
    known = ground.known
    places = np.flatnonzero(ground.seen.passing("events") & known.happened)
    return _Entries(
        day=known.own_day("events")[places],
        kind=np.full(len(places), _ACT),
        sure=known.confidence("events")[places],
        rank=known.rank("events")[places],
        sentence=known.sentence("events")[places],
        place=places,
        before=np.full(len(places), -1),
    )


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
