"""Dispatches on the Bangsamoro talks with readings written by hand: a stance that moved, a lever, meetings, a clash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from accord.model.actor import Actor, ActorKind, actor_id
from accord.model.evidence import Evidence
from accord.model.findings import LAYERS, Finding
from accord.model.ids import content_id
from accord.model.reading import Reading
from accord.model.report import Report
from accord.model.when import When


class Notes:
    """A dispatch, and what is to be found in it: layer, words, fields."""

    def __init__(self, name: str, published: str, text: str, *found: tuple[str, str, dict[str, Any]]) -> None:
        self.name, self.text, self.found = name, text, found
        self.written = f"---\ntitle: {name}\npublished: {published}\n---\n{text}\n"


def path_of(folder: Path, notes: Notes) -> Path:
    return folder / f"{notes.name}.md"


def _actor(name: str, kind: ActorKind) -> Actor:
    return Actor(id=actor_id(kind, name), name=name, kind=kind)


FRONT, MANILA, MALAYSIA = (
    _actor("MILF", "organisation"),
    _actor("Philippines", "state"),
    _actor("Malaysia", "state"),
)


def _on(day: str) -> When:
    return When.day(dt.date.fromisoformat(day))


def _stance(stance: str, proposition: str, issue: str, party: Actor = FRONT) -> dict[str, Any]:
    return {"party": party.id, "issue": issue, "proposition": proposition, "stance": stance, "strength": "demand"}


def _met(day: str, place: str, *who: Actor, type: str = "CONSULT") -> dict[str, Any]:
    return {"type": type, "status": "occurred", "actors": [a.id for a in who], "date": _on(day), "place": place}


_ARMS = "the front decommissions its arms"
_FORCE = {"holder": MANILA.id, "target": FRONT.id, "instrument": "force", "direction": "pressure"}
NOTES = (
    Notes(
        "first",
        "2014-01-10",
        "The front will not give up its arms. It met Manila's panel in Cotabato on Wednesday. "
        "Manila warned that the army would go in. The front wants its own police.",
        ("positions", "will not give up its arms", _stance("against", _ARMS, "disarmament")),
        ("positions", "wants its own police", _stance("for", "the region has its own police", "governance")),
        ("events", "met Manila's panel in Cotabato", _met("2014-01-08", "Cotabato", FRONT, MANILA)),
        ("levers", "warned that the army would go in", {**_FORCE, "status": "threatened"}),
    ),
    Notes(
        "annex",
        "2014-01-26",
        "Manila and the front signed the annex on normalisation at a hotel on Saturday.",
        (
            "events",
            "signed the annex on normalisation at a hotel on Saturday",
            _met("2014-01-25", "Kuala Lumpur", FRONT, MANILA, type="AGREE"),
        ),
    ),
    Notes(
        "again",
        "2014-01-28",
        "Both sides signed the annex on normalisation at a hotel on Saturday, officials said.",
        (
            "events",
            "signed the annex on normalisation at a hotel on Saturday",
            _met("2014-01-25", "Kuala Lumpur", FRONT, MANILA, type="AGREE"),
        ),
    ),
    Notes(
        "clash",
        "2015-01-26",
        "In all, 44 commandos were killed at Mamasapano on Sunday.",
        (
            "figures",
            "44 commandos",
            {"measure": "commandos killed at Mamasapano", "value": 44.0, "date": _on("2015-01-25")},
        ),
    ),
    Notes(
        "turn",
        "2015-02-01",
        "The front will lay down its arms, it said now. Its panel met Manila's and Malaysia's in Kuala Lumpur. "
        "The threat of force is off the table. In all, 67 commandos were killed at Mamasapano.",
        ("positions", "will lay down its arms", _stance("for", _ARMS, "disarmament")),
        (
            "events",
            "met Manila's and Malaysia's in Kuala Lumpur",
            _met("2015-01-30", "Kuala Lumpur", FRONT, MANILA, MALAYSIA),
        ),
        ("levers", "The threat of force is off the table", {**_FORCE, "status": "lifted"}),
        (
            "figures",
            "67 commandos",
            {"measure": "commandos killed at Mamasapano", "value": 67.0, "date": _on("2015-01-25")},
        ),
    ),
)


class HandReader:
    """Reads what the notes say is to be found."""

    fingerprint = "hand-1"

    def read(self, reports: Iterable[Report]) -> Iterator[Reading]:
        for report in reports:
            notes = next(one for one in NOTES if one.name == report.title)
            layers: dict[str, tuple[Finding, ...]] = {
                layer: tuple(_finding(report, layer, *one[1:]) for one in notes.found if one[0] == layer)
                for layer in LAYERS
            }
            cast = (FRONT, MANILA, MALAYSIA)
            yield Reading(report=report.id, reader=self.fingerprint, actors=cast, **layers)  # type: ignore[arg-type]


def _finding(report: Report, layer: str, words: str, fields: dict[str, Any]) -> Finding:
    start = report.text.index(words)
    evidence = Evidence.cut(report, start, start + len(words))
    values = {"id": content_id(layer[:2], report.id, start), "evidence": (evidence,), "confidence": 0.8, **fields}
    return msgspec.convert(msgspec.to_builtins(values), LAYERS[layer])
