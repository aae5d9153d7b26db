"""From a record to rows: the one place that decides what a row of a layer holds and under which names.

Tables on the screen, CSV, JSON and data frames all come from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, get_args, get_origin

import msgspec

from accord.errors import NotFound
from accord.model.actor import Actor
from accord.model.evidence import Evidence
from accord.model.findings import Discrepancy, Event, Figure, Finding, Lever, Position, Proposal, Statement
from accord.model.query import Selection
from accord.model.record import Dating, Filter, Passage, Record
from accord.model.report import Report
from accord.model.when import When
from accord.publishing import forms
from accord.publishing.names import Names
from accord.publishing.references import References
from accord.publishing.trace_forms import ROWS

Row = dict[str, Any]


class Forms:
    """Makes the export forms of a record's items."""

    def __init__(self, record: Record) -> None:
        self._copies = record.copies
        self._copied = {copy: original for original, copies in record.copies.items() for copy in copies}
        self._datings = {dating.report: dating for dating in record.datings}
        self._names = Names(record)

    def report(self, item: Report) -> forms.ReportForm:
        """A report without its text."""
        dating = self._datings.get(item.id)
        return forms.ReportForm(
            id=item.id,
            source=item.source,
            title=item.title,
            outlet=item.outlet,
            published=item.published,
            published_from=item.published_from,
            dating=_dating(dating) if dating else None,
            url=item.url,
            text_sha256=item.text_sha256,
            copies=tuple(self._copies.get(item.id, ())),
            copy_of=self._copied.get(item.id),
        )

    def actor(self, item: Actor) -> forms.ActorForm:
        """An actor by its canonical name."""
        return forms.ActorForm(
            id=item.id,
            name=item.name,
            kind=item.kind,
            aliases=item.aliases,
            party=self._names.name(item.party),
            party_id=item.party,
            code=item.code,
            observer=item.observer,
            roles=item.roles,
        )

    def statement(self, item: Statement) -> forms.StatementForm:
        """A statement."""
        return forms.StatementForm(
            speaker=self._names.name(item.speaker, item.evidence),
            speaker_id=item.speaker,
            role=item.role,
            mode=item.mode,
            kind=item.kind,
            content=item.content,
            content_span=item.content_span,
            content_parts=item.content_parts,
            addressees=self._names.names(item.addressees, item.evidence),
            addressee_ids=item.addressees,
            chain=self._names.names(item.chain, item.evidence),
            chain_ids=item.chain,
            date=item.date,
            **_common(item),
        )

    def event(self, item: Event) -> forms.EventForm:
        """An event."""
        return forms.EventForm(
            type=item.type,
            mode=item.mode,
            actors=self._names.names(item.actors, item.evidence),
            actor_ids=item.actors,
            recipients=self._names.names(item.recipients, item.evidence),
            recipient_ids=item.recipients,
            status=item.status,
            date=item.date,
            place=item.place,
            chain=self._names.names(item.chain, item.evidence),
            chain_ids=item.chain,
            **_common(item),
        )

    def position(self, item: Position) -> forms.PositionForm:
        """A position."""
        return forms.PositionForm(
            party=self._names.name(item.party, item.evidence),
            party_id=item.party,
            speaker=self._names.name(item.speaker, item.evidence),
            speaker_id=item.speaker,
            issue=item.issue,
            focus=item.focus,
            proposition=item.proposition,
            proposition_id=item.key,
            stance=item.stance,
            strength=item.strength,
            condition=item.condition,
            common=item.common,
            common_stance=item.common_stance,
            date=item.date,
            chain=self._names.names(item.chain, item.evidence),
            chain_ids=item.chain,
            **_common(item),
        )

    def proposal(self, item: Proposal) -> forms.ProposalForm:
        """A proposal with its history."""
        return forms.ProposalForm(
            name=item.name,
            kind=item.kind,
            by=self._names.names(item.by, item.evidence),
            by_ids=item.by,
            terms=item.terms,
            history=tuple(
                forms.ProposalStepForm(
                    status=step.status,
                    by=self._names.names(step.by, step.evidence),
                    by_ids=step.by,
                    date=step.date,
                    confidence=float(step.confidence),
                    evidence=_evidence(step.evidence),
                )
                for step in item.history
            ),
            **_common(item),
        )

    def lever(self, item: Lever) -> forms.LeverForm:
        """A lever."""
        return forms.LeverForm(
            holder=self._names.name(item.holder, item.evidence),
            holder_id=item.holder,
            target=self._names.name(item.target, item.evidence),
            target_id=item.target,
            instrument=item.instrument,
            direction=item.direction,
            status=item.status,
            date=item.date,
            **_common(item),
        )

    def figure(self, item: Figure) -> forms.FigureForm:
        """A figure."""
        return forms.FigureForm(
            measure=item.measure,
            value=_number(item.value),
            low=None if item.low is None else _number(item.low),
            high=None if item.high is None else _number(item.high),
            unit=item.unit,
            claimed_by=self._names.name(item.claimed_by, item.evidence),
            claimed_by_id=item.claimed_by,
            date=item.date,
            place=item.place,
            **_common(item),
        )

    def discrepancy(self, item: Discrepancy) -> forms.DiscrepancyForm:
        """A discrepancy with all its claims."""
        return forms.DiscrepancyForm(
            id=item.id,
            kind=item.kind,
            about=item.about,
            claims=tuple(
                forms.ClaimForm(
                    value=claim.value,
                    by=self._names.name(claim.by, claim.evidence),
                    by_id=claim.by,
                    items=claim.items,
                    evidence=_evidence(claim.evidence),
                )
                for claim in item.claims
            ),
            confidence=float(item.confidence),
        )

    def item(self, item: Finding) -> msgspec.Struct:
        """An item of one of the six layers."""
        match item:
            case Statement():
                return self.statement(item)
            case Event():
                return self.event(item)
            case Position():
                return self.position(item)
            case Proposal():
                return self.proposal(item)
            case Lever():
                return self.lever(item)
            case Figure():
                return self.figure(item)
            case _:
                raise NotFound(f"{item.id} is of no layer of a record")


def layer_forms(record: Record, layer: str, where: Filter | None = None) -> tuple[msgspec.Struct, ...]:
    """The items of one layer that pass the filter, as export forms in the record's order.

    Raises NotFound when there is no layer of that name, and what `Selection` raises.
    """
    return _forms(Selection(record, where), layer)


def record_form(record: Record, where: Filter | None = None) -> forms.RecordForm:
    """The whole record, or what of it passes the filter, as the export form."""
    seen = Selection(record, where)
    return msgspec.convert({layer: _forms(seen, layer) for layer in forms.FORMS}, forms.RecordForm)


def rows(record: Record, layer: str, where: Filter | None = None) -> list[Row]:
    """The items of one layer that pass the filter, as plain dicts exactly as the JSON export has them."""
    return plain(layer_forms(record, layer, where))


PASSAGE_COLUMNS = list(forms.PassageForm.__struct_fields__)
"""The columns of the passages that a search finds."""


def passage_rows(record: Record, passages: Iterable[Passage]) -> list[Row]:
    """Passages that a search found as plain dicts, each with its reference."""
    return plain(passage_forms(References(record), passages))


def passage_forms(references: References, passages: Iterable[Passage]) -> tuple[forms.PassageForm, ...]:
    """Passages that a search found, each with its reference."""
    return tuple(
        forms.PassageForm(
            ref=references.ref(passage.marks[0] if passage.marks else passage.span),
            report=passage.report,
            start=passage.span.start,
            end=passage.span.end,
            snippet=passage.snippet,
            marks=passage.marks,
            items=passage.items,
        )
        for passage in passages
    )


def flat(row: Row, layer: str) -> Row:
    """A row of a layer (or of a trace) without nesting, with the keys of `columns`, for tables with one cell a column.

    A date becomes `date` (ISO 8601, as fine as it is known), `date.start`, `date.end` and `date.text`, and what
    else has parts likewise. `report` and `quote` are the first evidence's. Lists stay lists.
    """
    out: Row = {}
    for name, parts in _parts(layer):
        value = row[name]
        if name == "date":
            when = When() if value is None else msgspec.convert(value, When)
            out["date"] = str(when) if when.known else None
        elif name == "evidence":
            out |= {"report": value[0]["report"], "quote": value[0]["quote"]}
        if parts:
            out |= {f"{name}.{part}": (value or {}).get(part) for part in parts}
        else:
            out[name] = value
    return out


def columns(layer: str) -> list[str]:
    """The columns of a layer's flat rows, whether or not the record has any."""
    out: list[str] = []
    for name, parts in _parts(layer):
        lead = {"date": ["date"], "evidence": ["report", "quote"]}.get(name, [])
        out += [*lead, *(f"{name}.{part}" for part in parts)] if parts else [*lead, name]
    return out


@cache
def _parts(layer: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The fields of a layer's form, each with the names of its parts where its value is an object."""
    found = []
    for field in msgspec.structs.fields(ROWS[layer]):
        kinds = [kind for kind in get_args(field.type) or (field.type,) if isinstance(kind, type)]
        structs = [kind for kind in kinds if issubclass(kind, msgspec.Struct)] if _single(field.type) else []
        found.append((field.name, structs[0].__struct_fields__ if structs else ()))
    return tuple(found)


def _single(kind: Any) -> bool:
    """Whether a field of this type holds at most one object, not a list of them."""
    return get_origin(kind) is not tuple and not (
        get_origin(kind) is Annotated and get_origin(get_args(kind)[0]) is tuple
    )


def _forms(seen: Selection, layer: str) -> tuple[Any, ...]:
    make = Forms(seen.record)
    record = seen.record
    match layer:
        case "reports":
            return tuple(make.report(item) for item in seen.reports)
        case "actors":
            return tuple(make.actor(item) for item in seen.actors)
        case "statements" | "events" | "positions" | "proposals" | "levers" | "figures":
            return tuple(make.item(item) for item in seen.layer(layer))
        case "discrepancies":
            return tuple(make.discrepancy(item) for item in seen.discrepancies)
        case "skipped":
            return record.skipped
        case "unapplied":
            return record.unapplied
        case _:
            raise NotFound(f"a record has no layer {layer!r}; its layers are {', '.join(forms.FORMS)}")


def plain(some: Iterable[msgspec.Struct]) -> list[Row]:
    """Forms as JSON has them: dicts, lists, texts, numbers."""
    made: list[Row] = msgspec.json.decode(msgspec.json.encode(tuple(some)))
    return made


def _number(value: float) -> float:
    """The number with one way to write it: 2500 and 2500.0 are equal, and equal records must give equal bytes."""
    return int(value) if float(value).is_integer() else float(value)


def _dating(dating: Dating) -> forms.DatingForm:
    return forms.DatingForm(
        start=dating.start,
        end=dating.end,
        why=dating.why,
        confidence=float(dating.confidence),
        evidence=_evidence(dating.evidence),
    )


def _common(item: Finding) -> dict[str, Any]:
    return {"id": item.id, "confidence": float(item.confidence), "evidence": _evidence(item.evidence), "why": item.why}


def _evidence(evidence: Iterable[Evidence]) -> tuple[forms.EvidenceForm, ...]:
    return tuple(forms.EvidenceForm(e.report, e.start, e.end, e.quote) for e in evidence)
