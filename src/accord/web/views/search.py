"""Search: passages of the reports by their words, and those like a passage."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.model.record import Passage
from accord.web.asking import Where
from accord.web.desk import Scene
from accord.web.pages import Context, desk_of, page

router = APIRouter(include_in_schema=False)

MOST = 40


@router.get("/search")
def search(request: Request, asked: Where, q: Annotated[str, Query(max_length=300)] = "") -> Response:
    """The passages that answer best, the words that answer marked, with the items that rest on each."""
    words, desk = q.strip(), desk_of(request)

    def make(scene: Scene) -> Context:
        found = desk.workspace.passages(words, limit=MOST, **asked.filters) if words else ()
        return {"q": words, "found": [(passage, marked(passage)) for passage in found], "most": MOST}

    return page(request, "search.html", make, asked)


def marked(passage: Passage) -> tuple[tuple[str, bool], ...]:
    """A passage in runs of words, each with whether it answers the query."""
    runs: list[tuple[str, bool]] = []
    at = passage.span.start
    for mark in sorted(passage.marks):
        start = max(at, mark.start)
        if start >= mark.end:
            continue
        runs.append((passage.snippet[at - passage.span.start : start - passage.span.start], False))
        runs.append((passage.snippet[start - passage.span.start : mark.end - passage.span.start], True))
        at = mark.end
    runs.append((passage.snippet[at - passage.span.start :], False))
    return tuple(run for run in runs if run[0])
