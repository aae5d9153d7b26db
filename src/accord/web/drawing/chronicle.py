"""Events in time as a picture: a lane a party or type, a mark an event, or counts where there are too many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

import msgspec

from accord.model.query import Selection
from accord.publishing.traces import say
from accord.web.asking import Asked
from accord.web.desk import Scene
from accord.web.drawing.days import (
    NONE,
    UNITS,
    ItemDays,
    Tick,
    Unit,
    Window,
    bins,
    item_days,
    spoken_window,
    ticks,
    unit_for,
    window_of,
)
from accord.web.drawing.lanes import Mark, More, packed, place_mark
from accord.web.drawing.sides import NOBODY, STATUSES, TYPES, Acting, acting
from accord.web.seeing import Seeing

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Places = npt.NDArray[np.int64]
    Mask = npt.NDArray[np.bool_]

By = Literal["party", "type"]

MOST_MARKS = 320
"""How many marks a picture has; beyond that it shows counts."""

MOST_LANES, MOST_ROWS, MOST_BINS = 7, 6, 30
OTHERS = "others"
_AXIS, _HEAD, _ROW, _COUNTS, _FOOT = 22, 24, 24, 52, 8  # pixels: ticks, a lane's name, a row of marks, counts, space
_APART = " (on a scale of their own)"  # many together would make the columns of each party a thread
_OCCURRED = STATUSES.index("occurred")


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """How many events begin in a stretch of days, and how many of them have occurred. Heights are pixels."""

    x: float
    wide: float
    count: int
    occurred: int
    tall: float
    solid: float
    first: str
    last: str
    words: str


class Lane(msgspec.Struct, frozen=True, kw_only=True):
    """A lane of the picture, from `top` pixels, with marks or with counts.

    `key` is the id of a party, a type, OTHERS or NOBODY.
    """

    key: str
    title: str
    count: int
    top: int
    height: int
    marks: tuple[Mark, ...] = ()
    more: tuple[More, ...] = ()
    bars: tuple[Bar, ...] = ()


class Picture(msgspec.Struct, frozen=True, kw_only=True):
    """Events in time. `unit` is what they are counted by, None where each has a mark.

    `shown` events lie in the window; `before`, `after` and `undated` are not drawn. `whole` is every day on which
    something is told to happen.
    """

    window: Window
    words: str
    whole: Window
    by: By
    ticks: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    height: int
    unit: Unit | None
    shown: int
    before: int
    after: int
    undated: int


class _Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """The pairs of an event (by its place) and a lane (by its number) that are drawn, by event."""

    event: Places
    lane: Places
    keys: tuple[str, ...]
    titles: tuple[str, ...]


def picture(scene: Scene, asked: Asked, by: By) -> Picture:
    """The events that pass the filter, drawn over the days that it asks for."""
    window, days = window_of(scene, asked), item_days(scene, "events")
    asks_days = asked.where.since is not None or asked.where.until is not None
    every = _mask(scene.selection(msgspec.structs.replace(asked.where, since=None, until=None)), len(days.how))
    shown = _mask(scene.selection(asked.where), len(days.how)) & (days.how != NONE)
    if not asks_days:
        shown &= days.within(window)
    rest = every & ~shown & (days.how != NONE)
    drawn = _lanes(scene, shown, by)
    unit, lanes = _drawing(scene, days, drawn, window)
    return Picture(
        window=window,
        words=spoken_window(window),
        whole=_whole(days, every, window),
        by=by,
        ticks=ticks(window),
        lanes=lanes,
        height=lanes[-1].top + lanes[-1].height if lanes else _HEAD,
        unit=unit,
        shown=int(shown.sum()),
        before=int((rest & (days.begin < window.first)).sum()),
        after=int((rest & (days.begin > window.last)).sum()),
        undated=int((every & (days.how == NONE)).sum()),
    )


def _mask(seen: Selection, count: int) -> Mask:
    import numpy as np

    mask = np.zeros(count, dtype=np.bool_)
    mask[seen.places("events")] = True
    return mask


def _whole(days: ItemDays, every: Mask, window: Window) -> Window:
    """Every day on which an event is told to begin, and at the least the days of the window."""
    begin = days.begin[every & (days.how != NONE)]
    if not len(begin):
        return window
    return Window.between(min(window.first, int(begin.min())), max(window.last, int(begin.max())))


def _lanes(scene: Scene, shown: Mask, by: By) -> _Drawn:
    import numpy as np

    known = acting(scene)
    if by == "type":
        events = np.flatnonzero(shown)
        kinds = known.type[events]
        used = sorted(set(kinds.tolist()))
        lane_of = np.zeros(len(TYPES), dtype=np.int64)
        lane_of[used] = np.arange(len(used))
        names = tuple(TYPES[kind] for kind in used)
        return _Drawn(event=events, lane=lane_of[kinds], keys=names, titles=names)
    return _by_party(scene, known, shown)


def _by_party(scene: Scene, known: Acting, shown: Mask) -> _Drawn:
    import numpy as np

    in_picture = shown[known.event]
    event, party = known.event[in_picture], known.party[in_picture]
    counts = np.bincount(party, minlength=len(known.parties)).tolist()
    name = scene.names.name
    order = sorted(
        (side for side, count in enumerate(counts) if count and known.parties[side] != NOBODY),
        key=lambda side: (-counts[side], name(known.parties[side]), known.parties[side]),
    )
    keys = [known.parties[side] for side in order[:MOST_LANES]]
    titles = [name(key) for key in keys]
    lane_of = np.zeros(len(known.parties), dtype=np.int64)
    lane_of[order[:MOST_LANES]] = np.arange(len(keys))
    if order[MOST_LANES:]:
        lane_of[order[MOST_LANES:]] = len(keys)
        keys, titles = [*keys, OTHERS], [*titles, f"{len(order) - MOST_LANES} others"]
    nobody = known.parties.index(NOBODY) if NOBODY in known.parties else None
    if nobody is not None and counts[nobody]:
        lane_of[nobody] = len(keys)
        keys, titles = [*keys, NOBODY], [*titles, "Nobody named"]
    # who shares a lane with others is drawn in it once
    pairs = np.unique(event * max(1, len(keys)) + lane_of[party])
    return _Drawn(
        event=pairs // max(1, len(keys)), lane=pairs % max(1, len(keys)), keys=tuple(keys), titles=tuple(titles)
    )


def _drawing(scene: Scene, days: ItemDays, drawn: _Drawn, window: Window) -> tuple[Unit | None, tuple[Lane, ...]]:
    """Marks where most of them have room, else counts by a unit. Within a week a column says no more than a mark."""
    if len(drawn.event) <= MOST_MARKS:
        lanes = _marked(scene, days, drawn, window)
        left = sum(more.count for lane in lanes for more in lane.more)
        if left * 3 <= len(drawn.event) or window.days <= UNITS["week"]:
            return None, lanes
    unit = unit_for(window, MOST_BINS)
    return unit, _counted(scene, days, drawn, window, unit)


def _marked(scene: Scene, days: ItemDays, drawn: _Drawn, window: Window) -> tuple[Lane, ...]:
    lanes, top = [], _AXIS
    made: dict[int, Mark] = {}
    see: Seeing = scene.once("seeing", lambda: Seeing(scene))
    for number, key in enumerate(drawn.keys):
        places = drawn.event[drawn.lane == number].tolist()
        for place in places:
            if place not in made:
                made[place] = _mark(scene, see, days, place, window)
        marks, more, rows = packed((made[place] for place in places), MOST_ROWS)
        # what has no room stands in a row of its own
        height = _HEAD + _ROW * (rows + bool(more)) + _FOOT
        title = drawn.titles[number]
        lanes.append(Lane(key=key, title=title, count=len(places), top=top, height=height, marks=marks, more=more))
        top += height
    return tuple(lanes)


def _mark(scene: Scene, see: Seeing, days: ItemDays, place: int, window: Window) -> Mark:
    event = scene.record.events[place]
    day = see.day(event.date, event.evidence)
    quoted = see.quotes(event.evidence, 1)
    return place_mark(
        window,
        (int(days.first[place]), int(days.last[place]), int(days.how[place])),
        item=event.id,
        look=event.status,
        words=f"{day}: {say(event, scene.names)}",
        href=see.sentence(event.id, quoted[0]) if quoted else f"/items/{quote(event.id, safe='')}",
    )


def _counted(scene: Scene, days: ItemDays, drawn: _Drawn, window: Window, unit: Unit) -> tuple[Lane, ...]:
    import numpy as np

    stretches = bins(window, unit)
    edges = np.array([stretch.first for stretch in stretches], dtype=np.int64)
    begin = np.clip(days.begin[drawn.event], window.first, window.last)
    cell = drawn.lane * len(stretches) + np.searchsorted(edges, begin, side="right") - 1
    size = len(drawn.keys) * len(stretches)
    happened = acting(scene).status[drawn.event] == _OCCURRED
    every = np.bincount(cell, minlength=size).reshape(-1, len(stretches)).tolist()
    real = np.bincount(cell[happened], minlength=size).reshape(-1, len(stretches)).tolist()
    named = [max(row) for row, key in zip(every, drawn.keys, strict=True) if key not in (OTHERS, NOBODY)]
    most = max(named, default=1)
    height = _HEAD + _COUNTS + _FOOT
    return tuple(
        Lane(
            key=key,
            title=drawn.titles[number] + (_APART if named and max(every[number]) > most else ""),
            count=sum(every[number]),
            top=_AXIS + number * height,
            height=height,
            bars=tuple(
                _bar(window, stretch, count, done, max(most, *every[number]))
                for stretch, count, done in zip(stretches, every[number], real[number], strict=True)
                if count
            ),
        )
        for number, key in enumerate(drawn.keys)
    )


def _bar(window: Window, stretch: Window, count: int, occurred: int, most: int) -> Bar:
    x, wide = window.wide(stretch.first, stretch.last)
    tall = max(3.0, round((_COUNTS - 14) * count / most, 1))
    return Bar(
        x=x,
        wide=wide,
        count=count,
        occurred=occurred,
        tall=tall,
        solid=round(tall * occurred / count, 1),
        first=stretch.since,
        last=stretch.until,
        words=f"{spoken_window(stretch)}: {count:,} event{'' if count == 1 else 's'}, {occurred:,} occurred",
    )
