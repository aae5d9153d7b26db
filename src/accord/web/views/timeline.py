"""What happened, will happen or was asked for, in time: a picture to look into, and below it the events in words."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.web.asking import Asked, Pages, Where
from accord.web.desk import Scene
from accord.web.drawing.chronicle import By, Picture, picture
from accord.web.drawing.days import Window
from accord.web.drawing.sides import STATUSES
from accord.web.pages import Context, page
from accord.web.views.lists import listing

router = APIRouter(include_in_schema=False)


class Look(msgspec.Struct, frozen=True):
    """A way to look at other days: what a button says, the days, and the key that does the same."""

    words: str
    query: str
    key: str
    shown: bool


@router.get("/timeline")
def timeline(request: Request, asked: Where, paging: Pages, lanes: Annotated[By, Query()] = "party") -> Response:
    """Events on lanes by party or by type."""

    def make(scene: Scene) -> Context:
        drawn = picture(scene, asked, lanes)
        return {
            "picture": drawn,
            "statuses": STATUSES,
            "looks": looks(asked, drawn),
            "base": "/timeline" if lanes == "party" else f"/timeline?lanes={lanes}",
            "keep": {"lanes": "" if lanes == "party" else lanes},
            "asks_days": bool(asked.get("since") or asked.get("until")),
            "listing": listing(scene, asked, paging, "events", "Timeline", ""),
        }

    return page(request, "timeline.html", make, asked)


def looks(asked: Asked, drawn: Picture) -> tuple[Look, ...]:
    """The ways to other days from those that are shown."""
    window, whole = drawn.window, drawn.whole

    def at(window: Window) -> str:
        return asked.replaced(since=window.since, until=window.until)

    return (
        Look("Earlier", at(window.earlier), "ArrowLeft", window.earlier != window),
        Look("Later", at(window.later), "ArrowRight", window.later != window),
        Look("Nearer", at(window.nearer), "+", window.nearer != window),
        Look("Farther", at(window.farther), "-", window.farther != window),
        Look("All days", at(whole), "0", whole != window),
    )
