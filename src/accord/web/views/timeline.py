"""What happened, will happen or was asked for, in time: a picture to look into, and below it the events in words."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.web.asking import Pages, Where
from accord.web.desk import Scene
from accord.web.drawing.beside import beside
from accord.web.drawing.chronicle import By, picture
from accord.web.drawing.looks import looks
from accord.web.drawing.sides import STATUSES
from accord.web.pages import Context, page
from accord.web.views.lists import listing

router = APIRouter(include_in_schema=False)


@router.get("/timeline")
def timeline(request: Request, asked: Where, paging: Pages, lanes: Annotated[By, Query()] = "party") -> Response:
    """Events on lanes by party or by type."""

    def make(scene: Scene) -> Context:
        drawn = picture(scene, asked, lanes)
        return {
            "picture": drawn,
            "beside": beside(scene, asked, drawn.window),
            "statuses": STATUSES,
            "looks": looks(asked, drawn.window, drawn.whole),
            "base": "/timeline" if lanes == "party" else f"/timeline?lanes={lanes}",
            "keep": {"lanes": "" if lanes == "party" else lanes},
            "asks_days": bool(asked.get("since") or asked.get("until")),
            "listing": listing(scene, asked, paging, "events", "Timeline", ""),
        }

    return page(request, "timeline.html", make, asked)
