"""The sections of a brief by walking through all items, as they are defined: what the quick way is compared with."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice

import msgspec

from accord.model.actor import Actor
from accord.model.evidence import Evidence
from accord.model.findings import Figure, Lever, Position, Proposal
from accord.model.query import actors_of
from accord.publishing.brief.changes import _act, _stand, _step
from accord.publishing.brief.content import Cell, Line, Matrix, Part, Quote, Row, Section, listed, name, plain, stood
from accord.publishing.brief.ground import Ground
from accord.publishing.brief.holds import _figure, _lever
from accord.publishing.brief.known import matter
from accord.publishing.brief.matters import _discrepancy, _proposal
from accord.publishing.brief.parties import _ACTIVE, _VOICES, _count, _titled

_BODIES = ("state", "organisation", "armed-group", "bloc")
_STEP, _SHIFT, _STAND, _ACT = range(4)
_FIRST = _LIVE = _LONG_AGO = dt.date.min
_FEW = 4


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


def _life(ground: Ground, proposal: Proposal) -> list[dt.date | None]:
    """The day of each step; one without a day of its own was taken no later than any dated one after it."""
    days: list[dt.date | None] = []
    for i, step in enumerate(proposal.history):
        after = [s.date.end or s.date.start for s in proposal.history[i:] if s.date is not None and s.date.start]
        day = ground.day(step.date, step.evidence)
        days.append(min(day, *(d for d in after if d)) if day and any(after) else day)
    return days


def _steps(ground: Ground) -> Iterator[_Entry]:
    for proposal in ground.seen.items(ground.record.proposals):
        for day, step in zip(_life(ground, proposal), proposal.history, strict=True):
            line = partial(_step, ground, proposal, step)
            yield _Entry(day, _STEP, max(step.confidence, proposal.confidence), proposal.id, step.evidence[0], line)


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


def _later(ground: Ground, before: Position, after: Position) -> bool:
    first, second = ground.day(before.date, before.evidence), ground.day(after.date, after.evidence)
    return first is not None and second is not None and first < second


def _events(ground: Ground) -> Iterator[_Entry]:
    for event in ground.seen.items(ground.record.events):
        if event.status in ("occurred", "refused"):
            day = ground.day(event.date, event.evidence) if event.date and event.date.known else None
            yield _Entry(day, _ACT, event.confidence, event.id, event.evidence[0], partial(_act, ground, event))


def histories(ground: Ground) -> dict[tuple[str, str], tuple[Position, ...]]:
    """For each (party, matter) its positions in time, the undated at the publication of their report."""
    found: dict[tuple[str, str], list[Position]] = {}
    for position in ground.seen.items(ground.record.positions):
        found.setdefault((position.party, matter(position)), []).append(position)
    return {key: tuple(sorted(some, key=lambda p: _day(ground, p))) for key, some in found.items()}


def matrix(ground: Ground, most_parties: int, most_rows: int) -> Matrix:
    """The matrix with the parties that hold most positions and the matters that are most contested.

    A row comes first when parties stand for and against it, then by its red lines, by how many parties hold
    a position on it, by how late it was spoken of. The rows kept are grouped by issue.
    """
    known = histories(ground)
    cells: dict[str, dict[str, Cell]] = {}
    latest: dict[str, Position] = {}
    for (party, about), positions in known.items():
        cells.setdefault(about, {})[party] = _cell(ground, positions)
        rival = latest.get(about)
        if rival is None or _day(ground, rival) < _day(ground, positions[-1]):
            latest[about] = positions[-1]

    def rank(about: str) -> tuple[bool, int, int, int, str]:
        some = cells[about].values()
        contested = {"for", "against"} <= {cell.stance for cell in some}
        red = sum(cell.strength == "red-line" for cell in some)
        return not contested, -red, -len(some), -_day(ground, latest[about]).toordinal(), about

    kept = sorted(cells, key=rank)[:most_rows]
    parties = _parties(ground, known.keys(), kept)[:most_parties]
    issue_rank = {issue: i for i, issue in reversed(list(enumerate(latest[about].issue for about in kept)))}
    kept.sort(key=lambda about: (issue_rank[latest[about].issue], rank(about)))
    return Matrix(
        parties=tuple(ground.name(party) for party in parties),
        rows=tuple(
            Row(
                issue=latest[about].issue,
                proposition=latest[about].shared,
                cells=tuple(cells[about].get(party) for party in parties),
            )
            for about in kept
        ),
        more=len(cells) - len(kept),
    )


def _parties(ground: Ground, keys: Iterable[tuple[str, str]], kept: list[str]) -> list[str]:
    counts: dict[str, tuple[int, int]] = {}
    for party, about in keys:
        shown, every = counts.get(party, (0, 0))
        counts[party] = (shown - (about in kept), every - 1)
    found = sorted((p for p, (shown, _) in counts.items() if shown), key=lambda p: (*counts[p], ground.name(p), p))
    often = [p for p in found if counts[p][0] <= -2]
    return often if len(often) >= _FEW else found[:_FEW]


def _day(ground: Ground, position: Position) -> dt.date:
    return ground.day(position.date, position.evidence) or _FIRST


def _cell(ground: Ground, positions: tuple[Position, ...]) -> Cell:
    latest = positions[-1]
    others = [p for p in positions if (p.shared_stance, p.strength) != (latest.shared_stance, latest.strength)]
    other = others[-1] if others else None
    earlier = other is not None and _day(ground, other) < _day(ground, latest)
    words = stood(other.shared_stance, other.strength) if other else None
    quoted = latest.evidence + (other.evidence[:1] if other else ())
    return Cell(
        stance=latest.shared_stance,
        strength=latest.strength,
        when=ground.shown_day(latest.date, latest.evidence),
        speaker=ground.name(latest.speaker) if latest.speaker else None,
        condition=latest.condition,
        was=words if earlier else None,
        beside=None if earlier or other is None or other.shared_stance == latest.shared_stance else words,
        quotes=ground.quotes(quoted),
        items=(latest.id, other.id) if other else (latest.id,),
    )


def proposals(ground: Ground, most: int) -> Section:
    """Each proposal with its history in time, those that moved last first."""
    some = latest_first(ground, ground.seen.items(ground.record.proposals))
    return Section(
        key="proposals",
        title="Proposals and their fate",
        lines=tuple(_proposal(ground, proposal) for proposal in some[:most]),
        more=max(0, len(some) - most),
        nothing="No proposal is on record.",
    )


def discrepancies(ground: Ground, most: int) -> Section:
    """Where reports disagree, the most certain first, without a verdict."""
    some = sorted(ground.seen.discrepancies, key=lambda d: (-d.confidence, d.id))
    return Section(
        key="discrepancies",
        title="Where reports disagree",
        lines=tuple(_discrepancy(ground, found) for found in some[:most]),
        more=max(0, len(some) - most),
        nothing="No two claims of this record exclude each other.",
    )


def latest_first(ground: Ground, some: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that moved last first."""
    return sorted(some, key=lambda p: (-_last(ground, p).toordinal(), -p.confidence, p.id))


def _last(ground: Ground, proposal: Proposal) -> dt.date:
    """The day of its latest step; what is dated after the last publication is announced, and has not moved yet."""
    days = (day or _LIVE for day in _life(ground, proposal))
    return max((day for day in days if ground.last is None or day <= ground.last), default=_LIVE)


def levers(ground: Ground, most: int) -> Section:
    """Each lever of a holder over a target with its states in time, those that moved last first."""
    groups: dict[tuple[str, str, str, str], list[Lever]] = {}
    for lever in ground.seen.items(ground.record.levers):
        holder, target = ground.party(lever.holder), ground.party(lever.target) if lever.target else ""
        groups.setdefault((holder, target, lever.instrument, lever.direction), []).append(lever)
    for some in groups.values():
        some.sort(key=lambda lever: (_moved(ground, lever), lever.id))
    ranked = sorted(groups.items(), key=lambda kv: (-_moved(ground, kv[1][-1]).toordinal(), -_sure(kv[1]), kv[0]))
    return Section(
        key="levers",
        title="What they hold over each other",
        lines=tuple(_lever(ground, key, some) for key, some in ranked[:most]),
        more=max(0, len(ranked) - most),
        nothing="No lever is on record.",
    )


def figures(ground: Ground, most: int) -> Section:
    """The claimed numbers: those that several reports give, then the latest first."""
    some = sorted(
        ground.seen.items(ground.record.figures),
        key=lambda f: (
            -len({e.report for e in f.evidence}),
            -_moved(ground, f).toordinal(),
            -f.confidence,
            f.id,
        ),
    )
    return Section(
        key="figures",
        title="Figures that are claimed",
        lines=tuple(_figure(ground, figure) for figure in some[:most]),
        more=max(0, len(some) - most),
        nothing="No figure is on record.",
    )


def _moved(ground: Ground, item: Lever | Figure) -> dt.date:
    """Its day; what is dated after the last publication is a deadline or a hope, and tells nothing of how new it is."""
    day = ground.day(item.date, item.evidence) or _LONG_AGO
    return day if ground.last is None or day <= ground.last else _LONG_AGO


def _sure(some: list[Lever]) -> float:
    return max(lever.confidence for lever in some)


def parties(ground: Ground, most: int) -> Section:
    """The parties: who holds a position, and what other bodies take part in events, by how much is known of them."""
    positions: dict[str, list[Position]] = {}
    for position in ground.seen.items(ground.record.positions):
        positions.setdefault(position.party, []).append(position)
    acts = Counter(
        one for event in ground.seen.items(ground.record.events) for one in {*event.actors, *event.recipients}
    )
    voices: dict[str, Counter[str]] = {}
    for statement in ground.seen.items(ground.record.statements):
        if statement.speaker and statement.role != "observer":
            voices.setdefault(ground.party(statement.speaker), Counter())[statement.speaker] += 1
    bodies = {key for key, count in acts.items() if count >= _ACTIVE and _is_body(ground.actor(key))}
    keys = sorted(
        positions.keys() | bodies,
        key=lambda k: (
            k not in positions,
            -2 * len(positions.get(k, ())) - acts[k] - voices.get(k, Counter()).total(),
            ground.name(k),
            k,
        ),
    )
    lines = tuple(
        _party_line(ground, key, positions.get(key, []), acts[key], voices.get(key, Counter())) for key in keys[:most]
    )
    return Section(
        key="parties",
        title="The parties",
        lines=lines,
        more=max(0, len(keys) - most),
        nothing="No party holds a position in this record.",
    )


def _is_body(actor: Actor | None) -> bool:
    return actor is not None and actor.kind in _BODIES and not actor.observer


def _party_line(ground: Ground, key: str, positions: list[Position], acts: int, voices: Counter[str]) -> Line:
    actor = ground.actor(key)
    kind = actor.kind.replace("-", " ") if actor else "unknown"
    red = sum(position.strength == "red-line" for position in positions)
    counts = [
        _count(len(positions), "position"),
        _count(red, "red line") if red else "",
        _count(acts, "event") if acts else "",
    ]
    said = ", ".join(filter(None, counts)) if positions else f"no position reported, {_count(acts, 'event')}"
    spoke = sorted((v for v in voices if v != key), key=lambda v: (-voices[v], ground.name(v), v))
    speakers: tuple[Part, ...] = ()
    if spoke:
        names = tuple(_titled(ground.actor(v)) for v in spoke[:_VOICES])
        speakers = (plain("; voices: "), *listed(names, _VOICES, "term"))
        if len(spoke) > _VOICES:
            speakers = (*speakers, plain(f" and {len(spoke) - _VOICES} more"))
    return Line(
        parts=(name(ground.name(key)), plain(f" ({kind}): {said}"), *speakers),
        quotes=_telling(ground, key, positions),
        items=(key,),
    )


def _telling(ground: Ground, key: str, positions: list[Position]) -> tuple[Quote, ...]:
    """The words of its firmest positions, or else of the first events that it takes part in."""
    if positions:
        firm = sorted(positions, key=lambda p: (p.strength != "red-line", -p.confidence))
        return ground.quotes(e for p in firm[:2] for e in p.evidence[:1])
    events = [e for e in ground.seen.items(ground.record.events) if key in actors_of(e)]
    return ground.quotes(e for event in events[:1] for e in event.evidence[:1])
