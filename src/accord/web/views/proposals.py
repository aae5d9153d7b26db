"""Deals, plans, truces and exchanges: what became of each, as lanes and in words."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accord.model.findings import Proposal
from accord.web.asking import Asked, Pages, Where
from accord.web.desk import Scene
from accord.web.drawing.days import NEVER_AFTER, NEVER_BEFORE, NONE, Window, day_of, spoken_window, ticks, window_of
from accord.web.drawing.lives import life
from accord.web.drawing.looks import looks
from accord.web.pages import Context, page
from accord.web.seeing import Seeing
from accord.web.views.lists import Listing

router = APIRouter(include_in_schema=False)

MOST_LIVES = 25
STEPS = ("proposed", "accepted", "agreed", "signed", "in-force", "violated", "rejected", "stalled", "expired")
"""The statuses of a step, from its beginning to its ends."""


@router.get("/proposals")
def proposals(request: Request, asked: Where, paging: Pages) -> Response:
    """The lives of the proposals that pass the filter, those that moved last first."""

    def make(scene: Scene) -> Context:
        see: Seeing = scene.once("seeing", lambda: Seeing(scene))
        every = in_order(scene, see, asked)
        limit = min(paging.limit, MOST_LIVES)
        shown = every[paging.offset : paging.offset + limit]
        window = window_of(scene, asked)
        return {
            "listing": Listing(
                layer="proposals",
                title="Proposals",
                about="",
                items=shown,
                total=len(every),
                offset=paging.offset,
                limit=limit,
            ),
            "lives": tuple(life(scene, see, proposal, window) for proposal in shown),
            "steps": STEPS,
            "words": spoken_window(window),
            "ticks": ticks(window, 6),
            "looks": looks(asked, window, _whole(scene, asked, every, window)),
            "asks_days": bool(asked.get("since") or asked.get("until")),
        }

    return page(request, "proposals.html", make, asked)


def in_order(scene: Scene, see: Seeing, asked: Asked) -> tuple[Proposal, ...]:
    """The proposals that pass the filter, those that moved last first."""

    def made() -> tuple[Proposal, ...]:
        places, order = scene.selection(asked.where).places("proposals"), see.ground.known.proposal_order
        return tuple(scene.record.proposals[place] for place in places[order[places].argsort()].tolist())

    return scene.once(("proposals", asked.where), made)


def _whole(scene: Scene, asked: Asked, some: tuple[Proposal, ...], window: Window) -> Window:
    """Every day on which one of the proposals is told to have moved, and at the least the days of the window."""

    def days() -> tuple[int, ...]:
        reported = scene.index.days
        each = (day_of(step.date, step.evidence[0].report, reported) for one in some for step in one.history)
        found = {day for first, last, how in each if how != NONE for day in (first, last)}
        found -= {NEVER_BEFORE, NEVER_AFTER}
        return (min(found), max(found)) if found else ()

    found = scene.once(("days of proposals", asked.where), days)
    return Window.between(min((window.first, *found)), max((window.last, *found)))
