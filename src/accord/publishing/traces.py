"""From changes, histories, meetings, judgements and edits to rows, with names for ids, narrowed by a filter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from accord.model.actor import Actor
from accord.model.edit import Edit
from accord.model.evidence import Evidence
from accord.model.findings import Discrepancy, Event, Figure, Finding, Lever, Position, Proposal, Statement
from accord.model.history import Changes, LeverHistory, Meetings, PositionHistory, StanceEntry
from accord.model.query import Selection, find_parties
from accord.model.record import Filter, Judgement, Record
from accord.model.when import When
from accord.publishing import trace_forms as forms
from accord.publishing.brief.content import stood
from accord.publishing.forms import EvidenceForm
from accord.publishing.names import Names
from accord.publishing.plain import short

_WORDS = 110


def history_forms(
    record: Record, histories: Iterable[PositionHistory], where: Filter | None = None, *, shifted: bool = False
) -> tuple[forms.StanceForm, ...]:
    """The entries of histories that pass the filter, history by history in time; of those that ever shifted alone."""
    passing = {item.id for item in Selection(record, where).items(record.positions)}
    names = Names(record)
    return tuple(
        forms.StanceForm(
            party=names.name(history.party),
            party_id=history.party,
            issue=history.issue,
            proposition=history.proposition,
            proposition_id=history.key,
            date=entry.day,
            stance=entry.stance,
            strength=entry.strength,
            condition=entry.condition,
            shifts=entry.shifts,
            speaker=names.name(entry.speaker),
            speaker_id=entry.speaker,
            position=entry.position,
            evidence=_evidence((entry.words,)),
        )
        for history in histories
        if history.shifted or not shifted
        for entry in history.entries
        if entry.position in passing
    )


def lever_forms(
    record: Record, histories: Iterable[LeverHistory], where: Filter | None = None
) -> tuple[forms.LeverStateForm, ...]:
    """The states of levers that pass the filter, lever by lever in time."""
    passing = {item.id for item in Selection(record, where).items(record.levers)}
    names = Names(record)
    return tuple(
        forms.LeverStateForm(
            holder=names.name(history.holder),
            holder_id=history.holder,
            target=names.name(history.target),
            target_id=history.target,
            instrument=history.instrument,
            direction=history.direction,
            status=state.status,
            date=state.day,
            lever=state.lever,
            evidence=_evidence((state.words,)),
        )
        for history in histories
        for state in history.states
        if state.lever in passing
    )


def meeting_forms(
    record: Record, pairs: Iterable[Meetings], where: Filter | None = None
) -> tuple[forms.MeetingForm, ...]:
    """The meetings that pass the filter, pair by pair in time; where a party is asked for, of pairs that it is in."""
    events = {item.id: item for item in Selection(record, where).items(record.events)}
    asked = find_parties(record, where.party) if where and where.party is not None else None
    names = Names(record)
    return tuple(
        forms.MeetingForm(
            parties=names.names(pair.parties),
            party_ids=pair.parties,
            date=events[i].date,
            place=events[i].place,
            event=i,
            evidence=_evidence(events[i].evidence),
        )
        for pair in pairs
        if asked is None or not asked.isdisjoint(pair.parties)
        for i in pair.events
        if i in events
    )


def log_forms(record: Record, edits: Iterable[Edit], standing: Iterable[Edit]) -> tuple[forms.LogForm, ...]:
    """The log of edits in time, each with whether it stands and in what it has lost its ground."""
    stands = {edit.id for edit in standing}
    names = {actor.id: actor.name for actor in record.actors}
    made = {edit.id: edit for edit in edits}
    withdrawn = {i for edit in made.values() if edit.action == "undo" for i in edit.items}
    return tuple(
        forms.LogForm(
            id=edit.id,
            at=edit.at,
            author=edit.author,
            action=edit.action,
            layer=edit.layer,
            items=edit.items,
            about=tuple(_about(edit, names)),
            fields=edit.fields,
            reason=edit.reason,
            stands=edit.id in stands or (edit.action == "undo" and edit.id not in withdrawn),
            unapplied=tuple(
                f"{one.item}: {one.reason}" if one.item else one.reason
                for one in record.unapplied
                if one.edit == edit.id
            ),
        )
        for edit in sorted(made.values(), key=lambda e: (e.at, e.id))
    )


def _about(edit: Edit, names: Mapping[str, str]) -> Iterator[str]:
    words = {ground.item: ground.evidence[0].quote for ground in edit.ground if ground.evidence}
    for item in edit.items:
        yield words.get(item) or names.get(item, item)
    if edit.action == "add":
        yield from (str(one.get("quote", "")) for one in edit.fields.get("evidence", ())[:1])


def judgement_forms(
    layer: str, item: str, some: Iterable[Judgement], said: Mapping[str, tuple[str, Evidence | None]]
) -> tuple[forms.JudgementForm, ...]:
    """What is held of the findings of one item; `said` has for each finding's id its words."""

    def says(i: str) -> tuple[str, EvidenceForm | None]:
        words, evidence = said.get(i, (i, None))
        return words, _evidence((evidence,))[0] if evidence else None

    made = []
    for one in some:
        (mine, here), (theirs, there) = says(one.items[0]), says(one.items[1])
        made.append(
            forms.JudgementForm(
                layer=layer,
                item=item,
                one=one.items[0],
                other=one.items[1],
                verdict=one.verdict,
                by=one.by,
                likeness=one.likeness,
                at=one.at,
                why=one.why,
                withdrawn=one.withdrawn,
                one_says=mine,
                other_says=theirs,
                one_evidence=here,
                other_evidence=there,
            )
        )
    return tuple(made)


def change_forms(record: Record, changes: Changes, where: Filter | None = None) -> tuple[forms.ChangeForm, ...]:
    """What reports since a day brought: what moved, what contradicts, what is new, what is told again."""
    return tuple(_Changed(record, changes, Selection(record, where)).rows())


class _Changed:
    """Puts changes into words."""

    def __init__(self, record: Record, changes: Changes, seen: Selection) -> None:
        self._changes = changes
        self._seen = seen
        self._names = Names(record)
        self._fresh = frozenset(changes.reports)
        self._new = {i for some in changes.new.values() for i in some}
        self._items = {item.id: item for layer in changes.new for item in seen.layer(layer)}

    def rows(self) -> Iterator[forms.ChangeForm]:
        yield from self._shifts()
        yield from self._steps()
        yield from self._states()
        yield from self._contradictions()
        for layer, ids in self._changes.new.items():
            yield from self._told("new", layer, ids)
        for layer, ids in self._changes.confirmed.items():
            yield from self._told("confirmed", layer, ids)

    def _shifts(self) -> Iterator[forms.ChangeForm]:
        for history in self._changes.moved:
            before: StanceEntry | None = None
            for entry in history.entries:
                if (
                    before
                    and entry.shifts
                    and entry.position in self._items
                    and self._fresh.intersection(entry.reports)
                ):
                    text = (
                        f"{self._names.name(history.party)} on “{history.proposition}”: "
                        f"{_stance(before)}, now {_stance(entry)}"
                    )
                    yield _row("moved", "positions", entry.position, text, entry.day, (entry.words, before.words))
                before = entry

    def _steps(self) -> Iterator[forms.ChangeForm]:
        for proposal in self._seen.items(self._seen.record.proposals):
            if proposal.id in self._new:
                continue
            for step in proposal.history:
                if all(e.report in self._fresh for e in step.evidence):
                    by = f" by {', '.join(self._names.names(step.by))}" if step.by else ""
                    yield _row(
                        "moved",
                        "proposals",
                        proposal.id,
                        f"{proposal.name}: {step.status}{by}",
                        step.date,
                        step.evidence,
                    )

    def _states(self) -> Iterator[forms.ChangeForm]:
        for history in self._changes.levers:
            for before, state in zip(history.states, history.states[1:], strict=False):
                if state.lever in self._items and state.lever in self._new and before.status != state.status:
                    text = f"{self._lever(history)}: {before.status}, now {state.status}"
                    yield _row("moved", "levers", state.lever, text, state.day, (state.words, before.words))

    def _contradictions(self) -> Iterator[forms.ChangeForm]:
        asked = set(self._changes.discrepancies)
        for one in self._seen.discrepancies:
            if one.id in asked:
                evidence = tuple(claim.evidence[0] for claim in one.claims)
                yield _row("contradicts", "discrepancies", one.id, self._sides(one), None, evidence)

    def _told(self, change: forms.Change, layer: str, ids: Iterable[str]) -> Iterator[forms.ChangeForm]:
        for i in ids:
            if (item := self._items.get(i)) is not None:
                yield _row(change, layer, i, say(item, self._names), _date(item), item.evidence)

    def _lever(self, history: LeverHistory) -> str:
        target = self._names.name(history.target) or "nobody named"
        return f"{self._names.name(history.holder)} → {target}, {history.instrument} ({history.direction})"

    def _sides(self, found: Discrepancy) -> str:
        sides = "; ".join(
            claim.value + (f" ({self._names.name(claim.by)})" if claim.by else "") for claim in found.claims
        )
        return f"{found.kind}: {found.about}: {sides}"


def say(item: Finding, known: Names) -> str:
    """An item in a few words."""
    name, names = known.name, known.names
    match item:
        case Statement():
            return f"{name(item.speaker) or 'not named'} {item.kind}: {short(item.content, _WORDS)}"
        case Event():
            to = f" → {', '.join(names(item.recipients))}" if item.recipients else ""
            status = "" if item.status == "occurred" else f" ({item.status})"
            return f"{', '.join(names(item.actors)) or 'somebody'}{to}: {item.type.lower()}{status}"
        case Position():
            return f"{name(item.party)} on “{item.proposition}”: {stood(item.stance, item.strength)}"
        case Proposal():
            return f"{item.name}: {item.history[-1].status}" if item.history else item.name
        case Lever():
            return f"{name(item.holder)} → {name(item.target) or 'nobody named'}: {item.instrument}, {item.status}"
        case Figure():
            by = f", {name(item.claimed_by)}" if item.claimed_by else ""
            return f"{item.measure}: {item.value:,g}{by}"
        case _:
            return item.id


def words_of(found: Finding | Actor) -> tuple[str, Evidence | None]:
    """What tells one finding: an actor's name, otherwise its fullest words."""
    if isinstance(found, Actor):
        return found.name, None
    return found.evidence[0].quote, found.evidence[0]


def _stance(entry: StanceEntry) -> str:
    condition = f", provided {entry.condition}" if entry.condition else ""
    return stood(entry.stance, entry.strength) + condition


def _date(item: Finding) -> When | None:
    found: When | None = getattr(item, "date", None)
    return found


def _row(
    change: forms.Change, layer: str, item: str, text: str, date: When | None, evidence: Sequence[Evidence]
) -> forms.ChangeForm:
    return forms.ChangeForm(change=change, layer=layer, item=item, text=text, date=date, evidence=_evidence(evidence))


def _evidence(evidence: Iterable[Any]) -> tuple[EvidenceForm, ...]:
    return tuple(EvidenceForm(e.report, e.start, e.end, e.quote) for e in evidence)
