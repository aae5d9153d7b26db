"""Who takes part, who meets and speaks to whom, and what there is between two."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.errors import NotFound
from accord.model.actor import Actor
from accord.model.findings import Event
from accord.web.asking import Asked, Pages, Paging, Where
from accord.web.desk import Scene
from accord.web.drawing.days import is_dated, spoken_window, window_of
from accord.web.drawing.looks import looks
from accord.web.drawing.parts import parts
from accord.web.drawing.ties import HEIGHT, By, Tie, network, ties, ties_of
from accord.web.pages import Context, page
from accord.web.views.lists import Listing

router = APIRouter(include_in_schema=False)

Show = Literal["ties", "everybody"]
Between = Literal["meetings", "statements"]

MOST_TIES, MEETINGS_TOLD = 30, 3


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """A tie with the latest meetings, the last one first."""

    tie: Tie
    meetings: tuple[Event, ...]


@router.get("/people")
def people(
    request: Request,
    asked: Where,
    paging: Pages,
    show: Annotated[Show, Query()] = "ties",
    by: Annotated[By, Query()] = "party",
) -> Response:
    """The network of meetings and statements with its pairs; with `show=everybody`, who takes part."""

    def make(scene: Scene) -> Context:
        if show == "everybody":
            every = parts(scene, asked)
            some = every[paging.offset : paging.offset + paging.limit]
            around = _around(scene, asked, show, by, "/people?show=everybody")
            return {**around, "listing": _listing(some, len(every), paging, paging.limit)}
        found, limit = ties(scene, asked, by), min(paging.limit, MOST_TIES)
        told = tuple(_told(scene, asked, by, tie) for tie in found[paging.offset : paging.offset + limit])
        return {
            **_around(scene, asked, show, by, "/people" if by == "party" else f"/people?by={by}"),
            "network": scene.once(("network", by, asked.where), lambda: network(found)),
            "height": HEIGHT,
            "listing": _listing(told, len(found), paging, limit),
        }

    return page(request, "people.html", make, asked)


def _around(scene: Scene, asked: Asked, show: Show, by: By, base: str) -> Context:
    window = window_of(scene, asked)
    asks_days = bool(asked.get("since") or asked.get("until"))
    return {
        "show": show,
        "by": by,
        "base": base,
        "words": spoken_window(window),
        "looks": looks(asked, window, window) if asks_days or is_dated(scene) else (),
        "asks_days": asks_days,
        "keep": {"show": "" if show == "ties" else show, "by": "" if by == "party" else by},
    }


def _listing(items: tuple[msgspec.Struct, ...], total: int, paging: Paging, limit: int) -> Listing:
    return Listing(
        layer="", title="People and ties", about="", items=items, total=total, offset=paging.offset, limit=limit
    )


def _told(scene: Scene, asked: Asked, by: By, tie: Tie) -> Told:
    places = meetings_between(scene, asked, by, tie.one, tie.other)[-MEETINGS_TOLD:]
    return Told(tie=tie, meetings=tuple(scene.record.events[place] for place in reversed(places)))


def meetings_between(scene: Scene, asked: Asked, by: By, one: str, other: str) -> list[int]:
    """The places of the meetings of two that pass the filter, in time."""
    return _passing(scene, asked, "events", by, one, other)


def _passing(scene: Scene, asked: Asked, layer: str, by: By, one: str, other: str) -> list[int]:
    import numpy as np

    every = ties_of(scene, by)
    places = every.between(every.met if layer == "events" else every.said, one, other)
    passing = np.isin(places, scene.selection(asked.where).places(layer), assume_unique=False)
    found: list[int] = places[passing].tolist()
    return found


@router.get("/people/{key}/with/{other}")
def between(
    request: Request,
    key: str,
    other: str,
    asked: Where,
    paging: Pages,
    show: Annotated[Between, Query()] = "meetings",
    by: Annotated[By, Query()] = "party",
) -> Response:
    """The meetings of two, or what they said to each other, the latest first."""

    def make(scene: Scene) -> Context:
        one, two = found_actor(scene, key), found_actor(scene, other)
        met = _passing(scene, asked, "events", by, one.id, two.id)
        said = _passing(scene, asked, "statements", by, one.id, two.id)
        layer, places = ("events", met) if show == "meetings" else ("statements", said)
        items = scene.record.layer(layer)
        shown = places[::-1][paging.offset : paging.offset + paging.limit]
        path = f"/people/{one.id}/with/{two.id}"
        keep = {"show": "" if show == "meetings" else show, "by": "" if by == "party" else by}
        return {
            "one": one,
            "other": two,
            "met": len(met),
            "said": len(said),
            "show": show,
            "layer": layer,
            "place": path,
            "keep": keep,
            "listing": _listing(tuple(items[place] for place in shown), len(places), paging, paging.limit),
        }

    return page(request, "between.html", make, asked)


def found_actor(scene: Scene, key: str) -> Actor:
    """The actor with this id, or that the one of this id was merged into. Raises NotFound where there is none."""
    actor = scene.actors.get(key) or scene.actors.get(scene.members.get(key, ""))
    if actor is None:
        raise NotFound(f"no actor of this record has the id {key!r}")
    return actor
