"""Neighbours in time: a lane of their own under the picture of the events, since no report tells of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from accord.model.neighbour import Neighbour, passing
from accord.publishing.neighbours import summary
from accord.web.drawing.chronicle import MOST_BINS, MOST_MARKS, MOST_ROWS, Bar, Lane
from accord.web.drawing.days import NEVER_AFTER, NEVER_BEFORE, OWN, Window, bins, spoken_window, unit_for
from accord.web.drawing.lanes import Mark, packed, place_mark

if TYPE_CHECKING:
    from accord.web.asking import Asked
    from accord.web.desk import Scene

LOOK = "beside"
_TOP, _HEAD, _ROW, _COUNTS, _FOOT = 0, 24, 24, 52, 8  # pixels


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """The neighbours of the days that are shown: a lane with marks or counts, and at most MOST_MARKS of them in words.

    `earlier` and `later` lie outside.
    """

    lane: Lane
    listed: tuple[Neighbour, ...]
    total: int
    earlier: int
    later: int


def beside(scene: Scene, asked: Asked, window: Window) -> Beside | None:
    """The neighbours that pass the filter, over the days that the events are drawn over; None where none passes."""
    where = msgspec.structs.replace(asked.where, since=None, until=None)
    some = scene.once(("neighbours", where), lambda: passing(scene.record, scene.neighbours, where))
    if not some:
        return None
    days = [_days(one) for one in some]
    shown = [
        (one, span) for one, span in zip(some, days, strict=True) if span[0] <= window.last and span[1] >= window.first
    ]
    listed = tuple(one for one, _ in shown[:MOST_MARKS])
    return Beside(
        lane=_marked(shown, window) if len(shown) <= MOST_MARKS else _counted(shown, window),
        listed=listed,
        total=len(shown),
        earlier=sum(last < window.first for _, last in days),
        later=sum(first > window.last for first, _ in days),
    )


def _days(one: Neighbour) -> tuple[int, int]:
    first = one.date.start.toordinal() if one.date.start else NEVER_BEFORE
    return first, one.date.end.toordinal() if one.date.end else NEVER_AFTER


def _marked(shown: list[tuple[Neighbour, tuple[int, int]]], window: Window) -> Lane:
    made = (_mark(one, span, window) for one, span in shown)
    marks, more, rows = packed(made, MOST_ROWS)
    height = _HEAD + _ROW * (rows + bool(more)) + _FOOT
    return Lane(key=LOOK, title="", count=len(shown), top=_TOP, height=height, marks=marks, more=more)


def _mark(one: Neighbour, span: tuple[int, int], window: Window) -> Mark:
    return place_mark(window, (*span, OWN), item=one.id, look=LOOK, words=summary(one), href=f"#{one.id}")


def _counted(shown: list[tuple[Neighbour, tuple[int, int]]], window: Window) -> Lane:
    """How many begin in each stretch of days."""
    bars = []
    stretches = bins(window, unit_for(window, MOST_BINS))
    begins = [max(first, window.first) for _, (first, _) in shown]
    counts = [sum(stretch.first <= begin <= stretch.last for begin in begins) for stretch in stretches]
    for stretch, count in zip(stretches, counts, strict=True):
        if count:
            x, wide = window.wide(stretch.first, stretch.last)
            words = f"{spoken_window(stretch)}: {count:,} from files"
            tall = max(3.0, round((_COUNTS - 14) * count / max(counts), 1))
            bars.append(
                Bar(
                    x=x,
                    wide=wide,
                    count=count,
                    occurred=0,
                    tall=tall,
                    solid=0.0,
                    first=stretch.since,
                    last=stretch.until,
                    words=words,
                )
            )
    height = _HEAD + _COUNTS + _FOOT
    return Lane(key=LOOK, title="", count=len(shown), top=_TOP, height=height, bars=tuple(bars))
