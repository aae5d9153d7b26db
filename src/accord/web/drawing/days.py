"""A stretch of days as the width of a picture: places on it, ticks under it, and the ways to look nearer or farther."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import msgspec

from accord.model.findings import Finding
from accord.model.when import When
from accord.web.asking import Asked
from accord.web.desk import Scene

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ordinals = npt.NDArray[np.int64]

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]

UNITS: dict[Unit, int] = {
    "day": 1,
    "week": 7,
    "month": 30,
    "quarter": 91,
    "year": 365,
    "decade": 3_652,
    "century": 36_524,
}
"""What a picture is divided by, with about how many days each has."""

OWN, TOLD, NONE = 0, 1, 2
"""How an item comes by its days: its own date, the day of its first report, not at all."""

NEVER_BEFORE, NEVER_AFTER = 0, 4_000_000
"""Ordinals that an open interval reaches to."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTHLY: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_FIRST, _LAST = dt.date(1, 1, 1).toordinal(), dt.date(9999, 12, 31).toordinal()
_NEARER = 3  # at a step nearer a third of the days is left


class Window(msgspec.Struct, frozen=True):
    """The days from `first` to `last`, both included, as ordinals. Places on it are percent of its width."""

    first: int
    last: int

    @classmethod
    def between(cls, first: int, last: int) -> Window:
        """The days between two, in either order, on the calendar."""
        first, last = sorted((first, last))
        return cls(min(max(first, _FIRST), _LAST), min(max(last, _FIRST), _LAST))

    @property
    def days(self) -> int:
        """How many days it has."""
        return self.last - self.first + 1

    @property
    def since(self) -> str:
        """Its first day in ISO 8601."""
        return dt.date.fromordinal(self.first).isoformat()

    @property
    def until(self) -> str:
        """Its last day in ISO 8601."""
        return dt.date.fromordinal(self.last).isoformat()

    def at(self, day: float) -> float:
        """The place of a moment: the beginning of the day with this ordinal, or between two."""
        return round(min(100.0, max(0.0, 100.0 * (day - self.first) / self.days)), 3)

    def noon(self, day: int) -> float:
        """The place of the middle of a day; of a day outside, the nearest end."""
        return self.at(day + 0.5)

    def wide(self, first: int, last: int) -> tuple[float, float]:
        """Where the days from `first` to `last` begin, and how wide they are, as far as they lie in the window."""
        start = self.at(first)
        return start, round(self.at(last + 1) - start, 3)

    @property
    def nearer(self) -> Window:
        """The middle third, at least a day."""
        less = (self.days - max(1, self.days // _NEARER)) // 2
        return Window.between(self.first + less, max(self.first + less, self.last - less))

    @property
    def farther(self) -> Window:
        """Three times as many days, with these in the middle."""
        return Window.between(self.first - self.days, self.last + self.days)

    @property
    def earlier(self) -> Window:
        """As many days, half the width earlier."""
        by = max(1, self.days // 2)
        return Window.between(self.first - by, self.last - by)

    @property
    def later(self) -> Window:
        """As many days, half the width later."""
        by = max(1, self.days // 2)
        return Window.between(self.first + by, self.last + by)


class Tick(msgspec.Struct, frozen=True):
    """A line across the picture with the words under it."""

    x: float
    words: str


class ItemDays:
    """The days of each item of a layer: `first` and `last` as ordinals, and `how` it comes by them.

    An item with a date of its own has the days of that; one without, the days of the report that it rests on first.
    """

    def __init__(self, items: tuple[Finding, ...], reported: dict[str, When]) -> None:
        import numpy as np

        rows = np.empty((len(items), 3), dtype=np.int64)
        for place, item in enumerate(items):
            rows[place] = day_of(getattr(item, "date", None), item.evidence[0].report, reported)
        self.first: Ordinals = rows[:, 0]
        self.last: Ordinals = rows[:, 1]
        self.how: Ordinals = rows[:, 2]

    def within(self, window: Window) -> npt.NDArray[np.bool_]:
        """Which items may be of these days."""
        found: npt.NDArray[np.bool_] = (self.how != NONE) & (self.first <= window.last) & (self.last >= window.first)
        return found

    @property
    def begin(self) -> Ordinals:
        """The day from which each item counts: its first, or its last where that is open."""
        import numpy as np

        return np.where(self.first > NEVER_BEFORE, self.first, self.last)


def day_of(date: When | None, report: str, reported: dict[str, When]) -> tuple[int, int, int]:
    """The first and last day of something as ordinals, and how it comes by them."""
    own = date is not None and date.known
    days = date if own else reported.get(report)
    if days is None:
        return NEVER_AFTER, NEVER_AFTER, NONE
    first = days.start.toordinal() if days.start else NEVER_BEFORE
    return first, days.end.toordinal() if days.end else NEVER_AFTER, OWN if own else TOLD


def item_days(scene: Scene, layer: str) -> ItemDays:
    """The days of each item of a layer of the record."""
    return scene.once(("item days", layer), lambda: ItemDays(scene.record.layer(layer), scene.index.days))


def window_of(scene: Scene, asked: Asked) -> Window:
    """The days that a picture shows: those asked for; where none are, from the first report to the last.

    A record tells of years before and of plans after; what its reports are about lies between them.
    """
    where, found = asked.where, scene.once("reported days", lambda: _reported(scene))
    first = where.since.toordinal() if where.since else found.first
    last = where.until.toordinal() if where.until else found.last
    if first > last:  # only one end was asked for, and it lies beyond the other
        return Window.between(first, first) if where.since else Window.between(last, last)
    return Window.between(first, last)


def is_dated(scene: Scene) -> bool:
    """Whether anything tells when a report of the record was published."""
    return bool(scene.index.days)


def _reported(scene: Scene) -> Window:
    days = [day for when in scene.index.days.values() for day in (when.start, when.end) if day]
    if not days:
        known = item_days(scene, "events")
        some = [int(day) for day in known.begin if NEVER_BEFORE < day < NEVER_AFTER]
        return Window.between(min(some), max(some)) if some else Window.between(_LAST - 6, _LAST)
    first, last = min(days).toordinal(), max(days).toordinal()
    margin = max(3, (last - first) // 20)
    return Window.between(first - margin, last + margin)


def unit_for(window: Window, most: int) -> Unit:
    """The finest unit of which the window has at most `most`."""
    return next((unit for unit, days in UNITS.items() if window.days / days <= most), "century")


def starts(window: Window, unit: Unit) -> Iterator[dt.date]:
    """The first days of the units that begin in the window, or before it and reach into it."""
    day = _floor(dt.date.fromordinal(window.first), unit)
    while day.toordinal() <= window.last:
        yield day
        following = _next(day, unit)
        if following is None:
            return
        day = following


def bins(window: Window, unit: Unit) -> tuple[Window, ...]:
    """The units of the window one after the other, the first and last as far as they lie in it."""
    edges = [max(window.first, day.toordinal()) for day in starts(window, unit)] + [window.last + 1]
    return tuple(Window(a, b - 1) for a, b in pairwise(edges))


def ticks(window: Window, most: int = 9) -> tuple[Tick, ...]:
    """Lines at the beginnings of days, weeks, months or longer units, at most about `most`."""
    unit = unit_for(window, most)
    days = [day for day in starts(window, unit) if day.toordinal() >= window.first]
    step = max(1, -(-len(days) // most))
    return tuple(Tick(window.at(day.toordinal()), _said(day, unit)) for day in days[::step])


def spoken_window(window: Window) -> str:
    """The window in words: "3 Mar 2025 to 5 Apr 2025"."""
    first, last = (dt.date.fromordinal(day) for day in (window.first, window.last))
    ends = [f"{_said(day, 'day')} {day.year}" for day in (first, last)]
    return " to ".join(dict.fromkeys(ends))


def _said(day: dt.date, unit: Unit) -> str:
    match unit:
        case "day" | "week":
            return f"{day.day} {_MONTHS[day.month - 1]}"
        case "month" | "quarter":
            return f"{_MONTHS[day.month - 1]} {day.year}"
        case _:
            return f"{day.year}"


def _floor(day: dt.date, unit: Unit) -> dt.date:
    if unit == "day":
        return day
    if unit == "week":
        return dt.date.fromordinal(max(_FIRST, day.toordinal() - day.weekday()))
    months = day.year * 12 + day.month - 1
    return _month(max(12, months - months % _MONTHLY[unit]))


def _next(day: dt.date, unit: Unit) -> dt.date | None:
    """The first day of the unit after, or None at the end of the calendar."""
    if unit in ("day", "week"):
        following = day.toordinal() + UNITS[unit]
        return dt.date.fromordinal(following) if following <= _LAST else None
    months = day.year * 12 + day.month - 1
    months += _MONTHLY[unit] - months % _MONTHLY[unit]
    return _month(months) if months // 12 <= dt.MAXYEAR else None


def _month(months: int) -> dt.date:
    return dt.date(months // 12, months % 12 + 1, 1)
