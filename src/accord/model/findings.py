"""What a reader finds in a report, and what a record holds after merging: six layers, none without evidence.

Actors are named by id throughout. `confidence` is between 0 and 1: of the items at 0.8, about eight
in ten should be right. `why` says in short notes which rule, cue and chain of mentions led to the item.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from accord.model.evidence import Evidence, Span
from accord.model.when import When

StatementRole = Literal["party", "third-party", "observer"]
StatementMode = Literal["direct", "indirect", "mixed"]
StatementKind = Literal["said", "asked", "thought", "expected", "intended", "wanted", "denied", "promised", "warned"]

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
EventStatus = Literal["occurred", "planned", "proposed", "refused", "conditional"]

Issue = Literal[
    "ceasefire",
    "peace-agreement",
    "territory",
    "security-guarantees",
    "alliance-membership",
    "foreign-forces",
    "disarmament",
    "prisoners-hostages",
    "sanctions",
    "military-aid",
    "humanitarian-access",
    "resources-economy",
    "reconstruction",
    "justice",
    "status-recognition",
    "governance",
    "elections",
    "borders-transit",
    "minority-rights",
    "refugees-return",
    "talks-format",
    "withdrawal",
]
Stance = Literal["for", "against", "open"]
Strength = Literal["red-line", "demand", "preference"]

ProposalKind = Literal[
    "ceasefire",
    "partial-truce",
    "peace-plan",
    "exchange",
    "economic-deal",
    "guarantee",
    "framework",
    "withdrawal",
]
ProposalStatus = Literal[
    "proposed",
    "accepted",
    "rejected",
    "agreed",
    "signed",
    "in-force",
    "violated",
    "expired",
    "stalled",
]

Instrument = Literal[
    "military-aid",
    "intelligence",
    "sanctions",
    "trade",
    "force",
    "walk-out",
    "recognition",
    "resources",
    "prisoners",
]
Direction = Literal["pressure", "inducement"]
LeverStatus = Literal["threatened", "offered", "applied", "lifted"]


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What every layer has: an id from its content, evidence (the fullest first), confidence, reasons."""

    id: str
    evidence: tuple[Evidence, ...]
    confidence: float
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{type(self).__name__} {self.id}: a finding must have evidence; got none")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"{type(self).__name__} {self.id}: confidence must be from 0 to 1; got {self.confidence}")


class Statement(Finding, frozen=True, kw_only=True):
    """What a speaker is reported to have said, thought, warned, asked.

    `content` is the exact text at `content_span`: for a quotation broken by "he said" the longer piece;
    `content_parts` has all pieces. `cue` and `source` are the spans of "said" and of the speaker's mention.
    `chain` lists the outer speakers, outermost first ("the Times reports that an official said ...").
    """

    speaker: str | None
    role: StatementRole
    mode: StatementMode
    kind: StatementKind = "said"
    content: str
    content_span: Span
    content_parts: tuple[Span, ...] = ()
    cue: Span | None = None
    source: Span | None = None
    addressees: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    date: When | None = None


class Event(Finding, frozen=True, kw_only=True):
    """Somebody did, will do or was asked to do something. For mutual acts all participants are `actors`."""

    type: EventType
    mode: str | None = None
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    status: EventStatus
    date: When | None = None
    place: str | None = None
    chain: tuple[str, ...] = ()


class Position(Finding, frozen=True, kw_only=True):
    """A party's stance on a proposition (a short plain sentence in positive form) under an issue.

    `common` is the proposition in a form shared by all wordings, where the vocabulary has one, and
    `common_stance` the stance to that form: who is for lifting sanctions is against their being kept.

    `key` is None in a reading. In a record it names the proposition across wordings and parties: positions
    of one key are on the same matter.
    """

    party: str
    speaker: str | None = None
    issue: Issue
    focus: str | None = None
    proposition: str
    key: str | None = None
    stance: Stance
    strength: Strength
    condition: str | None = None
    common: str | None = None
    common_stance: Stance | None = None
    date: When | None = None
    chain: tuple[str, ...] = ()

    @property
    def shared(self) -> str:
        """The proposition as parties share it: in its common form, else in its own words."""
        return self.common or self.proposition

    @property
    def shared_stance(self) -> Stance:
        """The stance to the proposition as parties share it."""
        return self.common_stance or self.stance


class ProposalStep(msgspec.Struct, frozen=True, kw_only=True):
    """One entry in a proposal's life."""

    status: ProposalStatus
    by: tuple[str, ...] = ()
    date: When | None = None
    evidence: tuple[Evidence, ...]
    confidence: float = 0.5


class Proposal(Finding, frozen=True, kw_only=True):
    """A named or described deal, plan, truce or exchange with a history of its own."""

    name: str
    kind: ProposalKind
    by: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    history: tuple[ProposalStep, ...]


class Lever(Finding, frozen=True, kw_only=True):
    """Something that `holder` has over `target`, as pressure or as inducement."""

    holder: str
    target: str | None
    instrument: Instrument
    direction: Direction
    status: LeverStatus
    date: When | None = None


class Figure(Finding, frozen=True, kw_only=True):
    """A claimed number. `low` and `high` where the text gives a range or a bound ("more than", "up to")."""

    measure: str
    value: float
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    claimed_by: str | None = None
    date: When | None = None
    place: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One side of a discrepancy: what is claimed, by whom, in which items, on which words."""

    value: str
    by: str | None = None
    items: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class Discrepancy(msgspec.Struct, frozen=True, kw_only=True):
    """Two or more claims that cannot all be true, side by side, without a verdict."""

    id: str
    kind: str
    about: str
    claims: tuple[Claim, ...]
    confidence: float = 0.5


LAYERS: dict[str, type[Finding]] = {
    "statements": Statement,
    "events": Event,
    "positions": Position,
    "proposals": Proposal,
    "levers": Lever,
    "figures": Figure,
}
"""The six layers by name, in the order in which they are shown."""
