"""Where the parties stand: propositions by parties, each cell with how the party came to stand there."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.errors import NotFound
from accord.web.asking import Asked, Pages, Where
from accord.web.desk import Scene
from accord.web.matters import Matter, histories_of, matters
from accord.web.pages import Context, page

router = APIRouter(include_in_schema=False)

MOST_PARTIES, MOST_ROWS = 10, 30
FEW_ENTRIES, MOST_ENTRIES = 3, 60
"""How many entries of a party's way are told: the latest, in a cell of the matrix and on a proposition's own page."""


class Days(msgspec.Struct, frozen=True):
    """The days that a slider moves over, and where it stands (counted from 0)."""

    days: tuple[str, ...]
    at: int


@router.get("/positions")
def positions(
    request: Request, asked: Where, paging: Pages, key: Annotated[str | None, Query(max_length=80)] = None
) -> Response:
    """The matrix of positions; with `key` one proposition and everybody's way to it."""

    def make(scene: Scene) -> Context:
        every = matters(scene, asked)
        days = _days(scene, asked)
        if key is not None:
            one = every.one(key)
            if one is None:
                raise NotFound(f"no position that passes the filter is on a proposition with the id {key!r}")
            return {"matter": one, "days": days, "told": MOST_ENTRIES}
        limit = min(paging.limit, MOST_ROWS)
        shown = every.some(paging.offset, limit)
        parties = _parties(scene, shown)
        return {
            "matter": None,
            "told": FEW_ENTRIES,
            "rows": shown,
            "parties": parties[:MOST_PARTIES],
            "more_parties": parties[MOST_PARTIES:],
            "listing": {
                "total": len(every),
                "offset": paging.offset,
                "limit": limit,
                "last": paging.offset + len(shown),
            },
            "days": days,
        }

    return page(request, "positions.html", make, asked)


def _parties(scene: Scene, shown: tuple[Matter, ...]) -> tuple[str, ...]:
    """The parties of some matters, those with most stands first."""
    counts = Counter(party for matter in shown for party in matter.stands)
    return tuple(sorted(counts, key=lambda party: (-counts[party], scene.names.name(party), party)))


def _days(scene: Scene, asked: Asked) -> Days | None:
    """The days on which positions are dated, for the slider; None where there is nothing to slide over."""

    days = histories_of(scene).days
    if len(days) < 2:
        return None
    until = asked.where.until.isoformat() if asked.where.until else days[-1]
    return Days(days, max(0, sum(day <= until for day in days) - 1))
