"""One actor: its names and roles, whom it speaks for, where it stands, whom it met, what it said and did."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from accord.model.actor import Actor, Role
from accord.model.history import PositionHistory
from accord.web.asking import Asked, Pages, Where
from accord.web.desk import Scene
from accord.web.drawing.parts import parts_of
from accord.web.drawing.ties import By, Tie, ties_with
from accord.web.matters import histories_of
from accord.web.pages import Context, desk_of, page
from accord.web.views.lists import Listing
from accord.web.views.people import found_actor

router = APIRouter(include_in_schema=False)

Show = Literal["statements", "events"]

MOST_STANDS, MOST_TIES, MOST_VOICES, MOST_NAMES = 20, 12, 40, 30


class Spelling(msgspec.Struct, frozen=True, kw_only=True):
    """A name with the reports, by number, that write it so."""

    name: str
    reports: tuple[int, ...]


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """An actor's page. `voices` speak for it; `stands` are its positions as histories, those that moved last first.

    `own` says that the positions are the actor's own; a person's are those that it spoke for its party.
    """

    actor: Actor
    spellings: tuple[Spelling, ...]
    roles: tuple[Role, ...]
    voices: tuple[Actor, ...]
    stands: tuple[PositionHistory, ...]
    more_stands: int
    own: bool
    ties: tuple[Tie, ...]
    by: By


@router.get("/people/{key}")
def actor(
    request: Request, key: str, asked: Where, paging: Pages, show: Annotated[Show, Query()] = "statements"
) -> Response:
    """The page of an actor; the id of one that was merged into another leads to that."""
    one = found_actor(desk_of(request).scene(), key)
    if one.id != key:
        return RedirectResponse(f"/people/{one.id}", status_code=303)

    def make(scene: Scene) -> Context:
        found = profile(scene, asked, one)
        counts = {layer: latest(scene, asked, one, layer) for layer in ("statements", "events")}
        places, items = counts[show], scene.record.layer(show)
        shown = places[paging.offset : paging.offset + paging.limit]
        return {
            "one": found,
            "show": show,
            "counts": {layer: len(some) for layer, some in counts.items()},
            "keep": {"show": "" if show == "statements" else show},
            "listing": Listing(
                layer=show,
                title="",
                about="",
                items=tuple(items[place] for place in shown),
                total=len(places),
                offset=paging.offset,
                limit=paging.limit,
            ),
        }

    return page(request, "actor.html", make, asked)


def profile(scene: Scene, asked: Asked, one: Actor) -> Profile:
    """What the record has of an actor, as far as it passes the filter."""
    own, spoken = _histories(scene).get(one.id, ()), _spoken(scene).get(one.id, ())
    stands = _passing(scene, asked, own or spoken, None if own else one.id)
    # what a person does is its party's: only as itself does it have ties of its own
    by: By = "person" if one.party else "party"
    return Profile(
        actor=one,
        spellings=spellings(scene, one),
        roles=tuple(
            dict.fromkeys(sorted(one.roles, key=lambda role: (role.as_of or "", role.title or ""), reverse=True))
        ),
        voices=_voices(scene).get(one.id, ()),
        stands=stands[:MOST_STANDS],
        more_stands=max(0, len(stands) - MOST_STANDS),
        own=bool(own),
        ties=ties_with(scene, asked, by, one.id)[:MOST_TIES],
        by=by,
    )


def latest(scene: Scene, asked: Asked, one: Actor, layer: str) -> list[int]:
    """The places of what an actor, or who speaks for it, said or took part in, the latest first."""
    import numpy as np

    who = {one.id, *(voice.id for voice in _voices(scene).get(one.id, ()))}
    places = np.intersect1d(
        parts_of(scene).places(layer, who), scene.selection(asked.where).places(layer), assume_unique=True
    )
    found: list[int] = places[::-1].tolist()
    return found


def spellings(scene: Scene, one: Actor) -> tuple[Spelling, ...]:
    """The names that reports write in full, the most usual first."""
    number = scene.references.number
    found: dict[str, list[int]] = {}
    for report, name in one.names:
        if report in scene.reports:
            found.setdefault(name, []).append(number(report))
    order = sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple(Spelling(name=name, reports=tuple(sorted(reports))) for name, reports in order[:MOST_NAMES])


def _histories(scene: Scene) -> dict[str, tuple[PositionHistory, ...]]:
    """Every history of positions, by the party."""

    def made() -> dict[str, tuple[PositionHistory, ...]]:
        found: dict[str, list[PositionHistory]] = {}
        for history in histories_of(scene).every:
            found.setdefault(history.party, []).append(history)
        return {party: tuple(some) for party, some in found.items()}

    return scene.once("histories by party", made)


def _spoken(scene: Scene) -> dict[str, tuple[PositionHistory, ...]]:
    """Every history of positions that somebody spoke in for another, by the speaker."""

    def made() -> dict[str, tuple[PositionHistory, ...]]:
        found: dict[str, list[PositionHistory]] = {}
        for history in histories_of(scene).every:
            for speaker in sorted({e.speaker for e in history.entries if e.speaker and e.speaker != history.party}):
                found.setdefault(speaker, []).append(history)
        return {speaker: tuple(some) for speaker, some in found.items()}

    return scene.once("histories by speaker", made)


def _passing(
    scene: Scene, asked: Asked, some: tuple[PositionHistory, ...], speaker: str | None
) -> tuple[PositionHistory, ...]:
    """The histories with the entries that pass the filter, of one speaker where given; the latest moved come first."""
    seen, by_id = scene.selection(asked.where), scene.index.by_id
    order = {position.id for position in seen.items(scene.record.positions)} if not seen.whole else by_id.keys()
    kept = []
    for history in some:
        entries = tuple(e for e in history.entries if e.position in order and speaker in (None, e.speaker))
        if entries:
            kept.append(msgspec.structs.replace(history, entries=entries))
    return tuple(sorted(kept, key=lambda h: (-_day(h).toordinal(), h.issue, h.proposition, h.key)))


def _day(history: PositionHistory) -> dt.date:
    day = history.latest.day
    return (day.end or day.start or dt.date.min) if day else dt.date.min


def _voices(scene: Scene) -> dict[str, tuple[Actor, ...]]:
    """Who speaks for each party."""

    def made() -> dict[str, tuple[Actor, ...]]:
        found: dict[str, list[Actor]] = {}
        for actor in scene.record.actors:
            if actor.party and actor.party != actor.id:
                found.setdefault(actor.party, []).append(actor)
        return {party: tuple(some) for party, some in found.items()}

    return scene.once("voices", made)
