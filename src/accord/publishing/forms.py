"""The forms in which a record leaves Accord: what the JSON export holds, and its JSON Schema is made from.

Field names are those of the annotation guidelines. A field that names an actor holds the name as the
item's first report writes it in full; the field of the same name with `_id` or `_ids` holds the ids.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from accord.model.actor import ActorKind, Role
from accord.model.edit import Unapplied
from accord.model.evidence import Span
from accord.model.findings import (
    Direction,
    EventStatus,
    EventType,
    Instrument,
    Issue,
    LeverStatus,
    ProposalKind,
    ProposalStatus,
    Stance,
    StatementKind,
    StatementMode,
    StatementRole,
    Strength,
)
from accord.model.report import Skipped
from accord.model.when import When

Names = tuple[str, ...]
Ids = tuple[str, ...]
Confidence = Annotated[float, Meta(ge=0, le=1, description="of the items at 0.8, about eight in ten should be right")]


class EvidenceForm(msgspec.Struct, frozen=True):
    """The exact words: characters `start` (included) to `end` (excluded) of the text of a report."""

    report: str
    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=1)]
    quote: Annotated[str, Meta(min_length=1)]


Evidence = Annotated[tuple[EvidenceForm, ...], Meta(min_length=1, description="the fullest first")]


class DatingForm(msgspec.Struct, frozen=True, kw_only=True):
    """The days between which an undated report must have been published, by events that dated reports share."""

    start: dt.date
    end: dt.date
    why: tuple[str, ...]
    confidence: Confidence
    evidence: tuple[EvidenceForm, ...]


class ReportForm(msgspec.Struct, frozen=True, kw_only=True):
    """A report that was read. `copies` are the ids of near-identical reports that it stands for.

    Of such a copy `copy_of` is the report that stands for it: together they count as one voice.

    `dating` is there for a report that does not say when it was published, where others tell.
    """

    id: str
    source: str
    title: str | None
    outlet: str | None
    published: dt.date | None
    published_from: str | None
    dating: DatingForm | None
    url: str | None
    text_sha256: str
    copies: Ids
    copy_of: str | None


class ActorForm(msgspec.Struct, frozen=True, kw_only=True):
    """An actor by its canonical name. `party` is the actor that it speaks for."""

    id: str
    name: str
    kind: ActorKind
    aliases: Names
    party: str | None
    party_id: str | None
    code: str | None
    observer: bool
    roles: tuple[Role, ...]


class StatementForm(msgspec.Struct, frozen=True, kw_only=True):
    """What a speaker is reported to have said. `chain` lists outer speakers, outermost first."""

    id: str
    speaker: str | None
    speaker_id: str | None
    role: StatementRole
    mode: StatementMode
    kind: StatementKind
    content: str
    content_span: Span
    content_parts: tuple[Span, ...]
    addressees: Names
    addressee_ids: Ids
    chain: Names
    chain_ids: Ids
    date: When | None
    confidence: Confidence
    evidence: Evidence
    why: tuple[str, ...]


class EventForm(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody did, will do or was asked to do something; `type` is the PLOVER type."""

    id: str
    type: EventType
    mode: str | None
    actors: Names
    actor_ids: Ids
    recipients: Names
    recipient_ids: Ids
    status: EventStatus
    date: When | None
    place: str | None
    chain: Names
    chain_ids: Ids
    confidence: Confidence
    evidence: Evidence
    why: tuple[str, ...]


class PositionForm(msgspec.Struct, frozen=True, kw_only=True):
    """Where a party stands on a proposition under an issue.

    Positions of one `proposition_id` are on the same matter, in whatever words. `common` is the proposition in a form
    shared by all wordings and `common_stance` the stance to it, where the vocabulary has one.
    """

    id: str
    party: str
    party_id: str
    speaker: str | None
    speaker_id: str | None
    issue: Issue
    focus: str | None
    proposition: str
    proposition_id: str | None
    stance: Stance
    strength: Strength
    condition: str | None
    common: str | None
    common_stance: Stance | None
    date: When | None
    chain: Names
    chain_ids: Ids
    confidence: Confidence
    evidence: Evidence
    why: tuple[str, ...]


class ProposalStepForm(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in a proposal's life."""

    status: ProposalStatus
    by: Names
    by_ids: Ids
    date: When | None
    confidence: Confidence
    evidence: Evidence


class ProposalForm(msgspec.Struct, frozen=True, kw_only=True):
    """A deal, plan, truce or exchange with its history."""

    id: str
    name: str
    kind: ProposalKind
    by: Names
    by_ids: Ids
    terms: tuple[str, ...]
    history: tuple[ProposalStepForm, ...]
    confidence: Confidence
    evidence: Evidence
    why: tuple[str, ...]


class LeverForm(msgspec.Struct, frozen=True, kw_only=True):
    """Something that `holder` has over `target`."""

    id: str
    holder: str
    holder_id: str
    target: str | None
    target_id: str | None
    instrument: Instrument
    direction: Direction
    status: LeverStatus
    date: When | None
    confidence: Confidence
    evidence: Evidence
    why: tuple[str, ...]


class FigureForm(msgspec.Struct, frozen=True, kw_only=True):
    """A claimed number; `low` and `high` where the words give a range or a bound."""

    id: str
    measure: str
    value: float
    low: float | None
    high: float | None
    unit: str | None
    claimed_by: str | None
    claimed_by_id: str | None
    date: When | None
    place: str | None
    confidence: Confidence
    evidence: Evidence
    why: tuple[str, ...]


class ClaimForm(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a discrepancy; `items` are the ids of the items that claim it."""

    value: str
    by: str | None
    by_id: str | None
    items: Ids
    evidence: Evidence


class DiscrepancyForm(msgspec.Struct, frozen=True, kw_only=True):
    """Claims that cannot all be true, without a verdict."""

    id: str
    kind: str
    about: str
    claims: tuple[ClaimForm, ...]
    confidence: Confidence


class PassageForm(msgspec.Struct, frozen=True, kw_only=True):
    """A passage that a search found; `marks` are the spans of the words that answer, `items` what rests on it."""

    ref: str
    report: str
    start: int
    end: int
    snippet: str
    marks: tuple[Span, ...]
    items: Ids


class RecordForm(msgspec.Struct, frozen=True, kw_only=True):
    """A record exported by Accord: the reports, who takes part, six layers of findings, and where they disagree.

    `skipped` is what could not be read, `unapplied` what edits could not do on the present readings.
    """

    format: Literal["accord-record/1"] = "accord-record/1"
    reports: tuple[ReportForm, ...]
    actors: tuple[ActorForm, ...]
    statements: tuple[StatementForm, ...]
    events: tuple[EventForm, ...]
    positions: tuple[PositionForm, ...]
    proposals: tuple[ProposalForm, ...]
    levers: tuple[LeverForm, ...]
    figures: tuple[FigureForm, ...]
    discrepancies: tuple[DiscrepancyForm, ...]
    skipped: tuple[Skipped, ...]
    unapplied: tuple[Unapplied, ...]


FORMS: dict[str, type[msgspec.Struct]] = {
    "reports": ReportForm,
    "actors": ActorForm,
    "statements": StatementForm,
    "events": EventForm,
    "positions": PositionForm,
    "proposals": ProposalForm,
    "levers": LeverForm,
    "figures": FigureForm,
    "discrepancies": DiscrepancyForm,
    "skipped": Skipped,
    "unapplied": Unapplied,
}
"""The layers of an export by name, in its order, with the form of their items."""
