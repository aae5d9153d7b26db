"""Where reports cannot all be true: every side, next to each other, without a verdict."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.model.findings import Discrepancy
from accord.web.asking import Pages, Where
from accord.web.desk import Scene
from accord.web.pages import Context, page

router = APIRouter(include_in_schema=False)


@router.get("/discrepancies")
def discrepancies(
    request: Request, asked: Where, paging: Pages, kind: Annotated[str | None, Query(max_length=40)] = None
) -> Response:
    """The discrepancies that pass the filter, of one kind or of all."""

    def make(scene: Scene) -> Context:
        every: tuple[Discrepancy, ...] = scene.selection(asked.where).discrepancies
        counts = Counter(found.kind for found in every)
        some = [found for found in every if kind is None or found.kind == kind]
        shown = some[paging.offset : paging.offset + paging.limit]
        return {
            "shown": shown,
            "counts": sorted(counts.items()),
            "kind": kind,
            "listing": {
                "total": len(some),
                "offset": paging.offset,
                "limit": paging.limit,
                "last": paging.offset + len(shown),
            },
        }

    return page(request, "discrepancies.html", make, asked)
