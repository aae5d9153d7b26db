"""What a model is asked to answer: forms whose values are the model types' own, and the JSON Schema made from them.

Field names are those of the export and of the annotation guidelines. Dates are asked for as the words of the report
and worked out here; how a content is quoted is seen in the text. Neither is left to the model.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from accord.model.actor import ActorKind
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
    StatementRole,
    Strength,
)


class Named(msgspec.Struct, frozen=True):
    """An actor, what kind of one it is, and whom it speaks for."""

    name: str
    kind: ActorKind
    party: str | None = None


class Said(msgspec.Struct, frozen=True):
    """A statement."""

    speaker: str | None
    role: StatementRole
    content: str
    quote: str


class Happened(msgspec.Struct, frozen=True):
    """An event."""

    type: EventType
    status: EventStatus
    quote: str
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date_text: str | None = None
    place: str | None = None


class Stood(msgspec.Struct, frozen=True):
    """A position."""

    party: str
    issue: Issue
    proposition: str
    stance: Stance
    strength: Strength
    quote: str
    speaker: str | None = None
    condition: str | None = None


class Stepped(msgspec.Struct, frozen=True):
    """One entry in the life of a proposal."""

    status: ProposalStatus
    quote: str
    by: tuple[str, ...] = ()
    date_text: str | None = None


class Offered(msgspec.Struct, frozen=True):
    """A proposal."""

    name: str
    kind: ProposalKind
    history: tuple[Any, ...]
    by: tuple[str, ...] = ()


class Held(msgspec.Struct, frozen=True):
    """A lever."""

    holder: str
    instrument: Instrument
    direction: Direction
    status: LeverStatus
    quote: str
    target: str | None = None


class Counted(msgspec.Struct, frozen=True):
    """A figure."""

    measure: str
    value: float
    quote: str
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    claimed_by: str | None = None


FORMS: dict[str, type[msgspec.Struct]] = {
    "actors": Named,
    "statements": Said,
    "events": Happened,
    "positions": Stood,
    "proposals": Offered,
    "levers": Held,
    "figures": Counted,
}
"""The form of the items of each part of an answer."""


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of an answer, in the strict dialect: every property required, none besides, no references."""
    items = {name: _of(form) for name, form in FORMS.items()}
    items["proposals"]["properties"]["history"]["items"] = _of(Stepped)
    whole: dict[str, Any] = {
        "type": "object",
        "properties": {k: {"type": "array", "items": v} for k, v in items.items()},
    }
    strict: dict[str, Any] = _strict(whole)
    return strict


def _of(form: type[msgspec.Struct]) -> dict[str, Any]:
    whole = msgspec.json.schema(form)
    found: dict[str, Any] = _plain(whole["$defs"][form.__name__])
    return found


def _plain(node: Any) -> Any:
    """The node without what only documents it."""
    if isinstance(node, dict):
        return {k: _plain(v) for k, v in node.items() if not (k in ("title", "default", "description") and _is_note(v))}
    return [_plain(one) for one in node] if isinstance(node, list) else node


def _is_note(value: Any) -> bool:
    return not isinstance(value, dict)


def _strict(node: Any) -> Any:
    if isinstance(node, list):
        return [_strict(one) for one in node]
    if not isinstance(node, dict):
        return node
    made = {key: _strict(value) for key, value in node.items()}
    if "enum" in made:
        made = {"type": "string", **made}
    if made.get("type") == "object":
        made["required"] = list(made["properties"])
        made["additionalProperties"] = False
    return made
