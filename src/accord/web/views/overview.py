"""The first page: what changed, where the parties stand, what is under way, what disagrees, and the zone."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from accord.web.asking import Where
from accord.web.desk import Scene
from accord.web.pages import Context, desk_of, page

MOST_SETS = 12
"""How many blockers and concessions a page looks for and shows: a table can have thousands."""

router = APIRouter(include_in_schema=False)


@router.get("/")
def overview(request: Request, asked: Where) -> Response:
    """What the brief says, with a way on from every line."""
    desk = desk_of(request)

    def make(_: Scene) -> Context:
        return {"brief": desk.workspace.brief_content(sets=MOST_SETS, **asked.filters)}

    return page(request, "overview.html", make, asked)
