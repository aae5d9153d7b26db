"""What people write as values of an item's fields, made into the values: names, days, lists, numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, get_args

import msgspec

from accord.errors import EditError, NotFound, WhenError
from accord.model.actor import Actor
from accord.model.evidence import Evidence, Span
from accord.model.findings import LAYERS, ProposalStatus
from accord.model.query import ACTOR_FIELDS, ACTOR_LISTS, find_actors
from accord.model.record import Record
from accord.model.when import When

FORMS: dict[str, type[msgspec.Struct]] = {**LAYERS, "actors": Actor}
"""The layers with fields that can be changed, and the forms of their items."""

_LIST = ";"
_TRUTH = {"yes": True, "true": True, "no": False, "false": False}


def values(layer: str, said: Mapping[str, Any], record: Record, evidence: Sequence[Evidence] = ()) -> dict[str, Any]:
    """New values of fields, each in the form in which an edit keeps it.

    Text is read by what the field holds: an actor is named, a date written as 2025-02-28, 2025-02, 2025 or with a
    slash between two of these, a list's members stand between semicolons, nothing at all means none, and what
    begins with a bracket is JSON where the field holds more than a text. A statement's `content` is found in the
    words of the item's `evidence`, and a step of a proposal's `history` ("accepted 2025-03-11") rests on them. Raises
    EditError where a value cannot be read.
    """
    kinds = {field.name: _kinds(field.type) for field in _fields(FORMS[layer])}
    made: dict[str, Any] = {}
    for name, value in said.items():
        where = f"{layer}: {name}"
        value = _unpacked(value, kinds.get(name, ()), where) if isinstance(value, str) else value
        if name in ACTOR_FIELDS and value is not None:
            value = _actor(value, record, where)
        elif name in (*ACTOR_LISTS, "chain"):
            value = [_actor(one, record, where) for one in _several(value)]
        elif name == "history":
            value = [_step(step, evidence, record, where) for step in _several(value)]
        elif isinstance(value, dt.date):
            value = When.day(value)
        made[name] = plain(value)
    if layer == "statements" and "content" in made and "content_span" not in made:
        made["content_span"] = plain(_content(str(made["content"]), evidence))
    return made


def plain(value: Any) -> Any:
    """A value as JSON has it, which is how an edit keeps it."""
    return msgspec.to_builtins(value)


def _fields(form: type[msgspec.Struct]) -> tuple[msgspec.inspect.Field, ...]:
    info = msgspec.inspect.type_info(form)
    return info.fields if isinstance(info, msgspec.inspect.StructType) else ()


def _kinds(kind: msgspec.inspect.Type) -> tuple[msgspec.inspect.Type, ...]:
    return kind.types if isinstance(kind, msgspec.inspect.UnionType) else (kind,)


def _unpacked(text: str, kinds: Sequence[msgspec.inspect.Type], where: str) -> Any:
    """A text as the kind of value that its field holds."""
    text = text.strip()
    has = {type(kind) for kind in kinds}
    if msgspec.inspect.VarTupleType in has and not text.startswith("["):
        return [part.strip() for part in text.split(_LIST) if part.strip()]
    if not text and msgspec.inspect.NoneType in has:
        return None
    if text[:1] in ("[", "{") and has & {msgspec.inspect.VarTupleType, msgspec.inspect.StructType}:
        try:
            return msgspec.json.decode(text)
        except msgspec.DecodeError as problem:
            raise EditError(f"{where}: what begins with a bracket must be JSON; {problem}") from None
    if any(isinstance(kind, msgspec.inspect.StructType) and kind.cls is When for kind in kinds):
        try:
            return When.parse(text)
        except WhenError as problem:
            raise EditError(f"{where}: {problem}") from None
    for kind in kinds:
        if isinstance(kind, msgspec.inspect.LiteralType) and text not in kind.values:
            raise EditError(f"{where}: must be one of {', '.join(map(str, kind.values))}; got {text!r}")
    if msgspec.inspect.FloatType in has:
        try:
            return float(text)
        except ValueError:
            raise EditError(f"{where}: must be a number, such as 0.8 or 2500; got {text!r}") from None
    if msgspec.inspect.BoolType in has:
        if text.casefold() not in _TRUTH:
            raise EditError(f"{where}: must be yes or no; got {text!r}")
        return _TRUTH[text.casefold()]
    return text


def _several(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def _actor(named: Any, record: Record, where: str) -> str:
    """The id of the one actor of this name."""
    try:
        found = sorted(find_actors(record, str(named)))
    except NotFound as problem:
        raise EditError(f"{where}: {problem}") from None
    if len(found) > 1:
        raise EditError(f"{where}: must name one actor; {named!r} may be {', '.join(found)}; give the id of one")
    return found[0]


def _step(step: Any, evidence: Sequence[Evidence], record: Record, where: str) -> dict[str, Any]:
    """A step of a proposal's history: "STATUS DAY", or its fields."""
    made: dict[str, Any]
    if isinstance(step, str):
        status, _, day = step.strip().partition(" ")
        if status not in get_args(ProposalStatus):
            raise EditError(
                f"{where}: a step must begin with one of {', '.join(get_args(ProposalStatus))}; got {step!r}"
            )
        made = {"status": status, "date": _unpacked(day, _kinds_of_date(), where)}
    else:
        made = dict(msgspec.to_builtins(step))
        if "by" in made:
            made["by"] = [_actor(one, record, where) for one in _several(made["by"])]
    return {"evidence": tuple(evidence), "confidence": 1.0, **made}


def _kinds_of_date() -> tuple[msgspec.inspect.Type, ...]:
    return next(_kinds(field.type) for field in _fields(LAYERS["events"]) if field.name == "date")


def _content(content: str, evidence: Sequence[Evidence]) -> Span:
    """Where the content stands in the words that the statement rests on."""
    for one in evidence:
        at = one.quote.find(content)
        if content and at >= 0:
            return Span(one.report, one.start + at, one.start + at + len(content))
    words = "; ".join(f"“{one.quote}”" for one in evidence)
    raise EditError(f"statements: content must stand word for word in the evidence, {words}; got “{content}”")
