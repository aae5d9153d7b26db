"""Where the parties stand: propositions by parties, each cell with how the party came to stand there."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Annotated

import msgspec
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from accord.errors import NotFound
from accord.model.history import PositionHistory, StanceEntry
from accord.record import histories
from accord.web.asking import Asked, Pages, Where
from accord.web.desk import Scene
from accord.web.pages import Context, page

router = APIRouter(include_in_schema=False)

MOST_PARTIES, MOST_ROWS = 10, 40
_FIRST = dt.date.min


class Stand(msgspec.Struct, frozen=True, kw_only=True):
    """A party's stand on a proposition: its entries in time that pass the filter, the last of them the latest."""

    party: str
    entries: tuple[StanceEntry, ...]

    @property
    def latest(self) -> StanceEntry:
        """Where the party stood last."""
        return self.entries[-1]

    @property
    def shifted(self) -> bool:
        """Whether the stance or its strength changed."""
        return any(entry.shifts for entry in self.entries)

    @property
    def day(self) -> dt.date:
        """The day of the latest entry."""
        when = self.latest.day
        return (when.end or when.start or _FIRST) if when else _FIRST


class Matter(msgspec.Struct, frozen=True, kw_only=True):
    """A proposition with everybody's stand on it. `stands` are by party."""

    key: str
    issue: str
    proposition: str
    stands: dict[str, Stand]

    @property
    def contested(self) -> bool:
        """Whether one is for and another against."""
        return {"for", "against"} <= {stand.latest.stance for stand in self.stands.values()}

    @property
    def rank(self) -> tuple[bool, int, int, int, str]:
        """Contested matters first, then by red lines, parties, and how late they were spoken of."""
        stands = self.stands.values()
        red = sum(stand.latest.strength == "red-line" for stand in stands)
        return not self.contested, -red, -len(stands), -max(s.day for s in stands).toordinal(), self.key


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
            one = next((matter for matter in every if matter.key == key), None)
            if one is None:
                raise NotFound(f"no position that passes the filter is on a proposition with the id {key!r}")
            return {"matter": one, "days": days}
        limit = min(paging.limit, MOST_ROWS)
        shown = every[paging.offset : paging.offset + limit]
        parties = _parties(scene, shown)
        return {
            "matter": None,
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


def matters(scene: Scene, asked: Asked) -> tuple[Matter, ...]:
    """Every proposition on which a position passes the filter, the most contested first."""
    return scene.once(("matters", asked.where), lambda: _matters(scene, asked))


def _matters(scene: Scene, asked: Asked) -> tuple[Matter, ...]:
    every: tuple[PositionHistory, ...] = scene.once("histories", lambda: histories(scene.record))
    seen = scene.selection(asked.where)
    passing = {position.id for position in seen.items(scene.record.positions)}
    found: dict[str, list[tuple[PositionHistory, Stand]]] = {}
    for history in every:
        entries = tuple(entry for entry in history.entries if entry.position in passing)
        if entries:
            found.setdefault(history.key, []).append((history, Stand(party=history.party, entries=entries)))
    made = (
        Matter(
            key=key,
            issue=some[0][0].issue,
            proposition=some[0][0].proposition,
            stands={stand.party: stand for _, stand in some},
        )
        for key, some in found.items()
    )
    return tuple(sorted(made, key=lambda matter: matter.rank))


def _parties(scene: Scene, shown: tuple[Matter, ...]) -> tuple[str, ...]:
    """The parties of some matters, those with most stands first."""
    counts = Counter(party for matter in shown for party in matter.stands)
    return tuple(sorted(counts, key=lambda party: (-counts[party], scene.names.name(party), party)))


def _days(scene: Scene, asked: Asked) -> Days | None:
    """The days on which positions are dated, for the slider; None where there is nothing to slide over."""

    def every() -> tuple[str, ...]:
        known = scene.once("histories", lambda: histories(scene.record))
        days = {e.day.end or e.day.start for h in known for e in h.entries if e.day and e.day.known}
        return tuple(day.isoformat() for day in sorted(day for day in days if day))

    days = scene.once("position days", every)
    if len(days) < 2:
        return None
    until = asked.where.until.isoformat() if asked.where.until else days[-1]
    return Days(days, max(0, sum(day <= until for day in days) - 1))
