"""Search: passages of the reports by their words, and those like a passage."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.web.asking import Where
from accord.web.desk import Scene
from accord.web.pages import Context, desk_of, page
from accord.web.seeing import Seeing

router = APIRouter(include_in_schema=False)

MOST = 40


@router.get("/search")
def search(request: Request, asked: Where, q: Annotated[str, Query(max_length=300)] = "") -> Response:
    """The passages that answer best, the words that answer marked, with the items that rest on each."""
    words, desk = q.strip(), desk_of(request)

    def make(scene: Scene) -> Context:
        found = desk.workspace.passages(words, limit=MOST, **asked.filters) if words else ()
        return {
            "q": words,
            "found": [(one, Seeing.runs(one.snippet, one.span.start, one.marks)) for one in found],
            "most": MOST,
        }

    return page(request, "search.html", make, asked)
