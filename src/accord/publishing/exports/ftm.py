"""FollowTheMoney: reports, actors and what they did and said as entities, one a line (https://followthemoney.tech).

Reports are Articles; persons, states and bodies are Persons, PublicBodies and Organizations; who speaks for whom is a
Representation; events are Events; statements, positions, proposals and figures are Notes on whom they are of; levers
are UnknownLinks. Every one names the Articles that prove it and quotes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from accord.model.actor import Actor
from accord.model.evidence import Evidence
from accord.model.findings import Event, Figure, Finding, Lever, Position, Proposal, Statement
from accord.model.ids import content_id
from accord.model.query import Selection
from accord.model.record import Filter, Record
from accord.model.report import Report
from accord.model.when import When
from accord.publishing.names import Names
from accord.publishing.plain import one_line
from accord.publishing.traces import say

Values = dict[str, Iterable[str | None]]

_SCHEMATA = {
    "person": "Person",
    "state": "PublicBody",
    "organisation": "Organization",
    "armed-group": "Organization",
    "bloc": "Organization",
    "media": "Organization",
    "group": "LegalEntity",
    "unnamed": "LegalEntity",
}


def to_ftm(record: Record, where: Filter | None = None) -> bytes:
    """The record, or what of it passes the filter, as JSON lines of entities."""
    seen = Selection(record, where)
    return b"".join(msgspec.json.encode(one) + b"\n" for one in _entities(seen))


def _entities(seen: Selection) -> Iterator[dict[str, Any]]:
    record, names = seen.record, Names(seen.record)
    named: set[str] = set()
    layers = ("statements", "events", "positions", "proposals", "levers", "figures")
    items = [item for layer in layers for item in seen.layer(layer)]
    made = [one for item in items for one in _item(item, names)]
    for one in made:
        for field in ("involved", "entity", "subject", "object"):
            named.update(one["properties"].get(field, ()))
    yield from (_report(report) for report in seen.reports)
    shown = {actor.id for actor in seen.actors} | named
    shown |= {actor.party for actor in record.actors if actor.id in shown and actor.party}
    for actor in record.actors:
        if actor.id in shown:
            yield from _actor(actor, names)
    yield from made


def _entity(key: str, schema: str, values: Values) -> dict[str, Any]:
    """An entity: the properties that have a value, each value once."""
    plain = {name: list(dict.fromkeys(one_line(v) for v in some if v and one_line(v))) for name, some in values.items()}
    return {"id": key, "schema": schema, "properties": {name: some for name, some in plain.items() if some}}


def _report(report: Report) -> dict[str, Any]:
    web = report.url if report.url and report.url.startswith(("http://", "https://")) else None
    return _entity(
        report.id,
        "Article",
        {
            "title": (report.title or report.source,),
            "publisher": (report.outlet,),
            "publishedAt": (str(report.published) if report.published else None,),
            "sourceUrl": (web,),
        },
    )


def _actor(actor: Actor, names: Names) -> Iterator[dict[str, Any]]:
    schema = _SCHEMATA[actor.kind]
    titles = (role.title for role in actor.roles)
    values: Values = {"name": (actor.name,), "alias": actor.aliases}
    if schema == "Person":
        values = {**values, "position": titles}
    yield _entity(actor.id, schema, values)
    if actor.party and names.knows(actor.party):
        spoken = {"agent": (actor.id,), "client": (actor.party,), "role": (role.title for role in actor.roles)}
        yield _entity(content_id("rp", actor.id, actor.party), "Representation", spoken)


def _item(item: Finding, names: Names) -> Iterator[dict[str, Any]]:
    """An item as an entity; a lever without a target ties nobody and is left out."""
    words = say(item, names)
    match item:
        case Event():
            who = _known((*item.actors, *item.recipients), names)
            values: Values = {"involved": who, "location": (item.place,), "keywords": (item.type, item.status)}
            yield _entity(item.id, "Event", {"name": (words,), **_days(item.date), **values, **_ground(item)})
        case Lever():
            ends = _known((item.holder, item.target), names)
            if len(ends) == 2:
                values = {"subject": ends[:1], "object": ends[1:], "role": (f"{item.direction}: {item.instrument}",)}
                status: Values = {"status": (item.status,), **_days(item.date), **_ground(item)}
                yield _entity(item.id, "UnknownLink", {**values, **status})
        case Statement() | Position() | Proposal() | Figure():
            yield _entity(item.id, "Note", {"name": (words,), **_note(item, names), **_ground(item)})


def _note(item: Statement | Position | Proposal | Figure, names: Names) -> Values:
    match item:
        case Statement():
            return {"entity": _known((item.speaker,), names), "description": (item.content,), "keywords": (item.kind,)}
        case Position():
            who = _known((item.party,), names)
            return {"entity": who, "keywords": (item.issue, item.stance, item.strength)}
        case Proposal():
            return {"entity": _known(item.by, names), "keywords": (item.kind,), "description": item.terms}
        case Figure():
            return {"entity": _known((item.claimed_by,), names), "keywords": (item.measure,)}


def _ground(item: Finding) -> Values:
    """What an item rests on: the reports that prove it, and their words."""
    evidence: tuple[Evidence, ...] = item.evidence
    return {"summary": tuple(e.quote for e in evidence), "proof": tuple(e.report for e in evidence)}


def _known(actors: Iterable[str | None], names: Names) -> tuple[str, ...]:
    return tuple(actor for actor in actors if actor and names.knows(actor))


def _days(date: When | None) -> Values:
    """The days of an item as FollowTheMoney dates intervals, as fine as they are known."""
    if date is None or not date.known:
        return {}
    if date.precision in ("day", "month", "year"):
        return {"date": (str(date),)}
    start, end = date.start, date.end
    return {"startDate": (str(start) if start else None,), "endDate": (str(end) if end else None,)}
