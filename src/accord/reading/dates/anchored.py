"""Dates told by a happening: "a day before the meeting", "four months into his presidency"."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from accord.reading.dates import arithmetic
from accord.reading.dates.arithmetic import Interval
from accord.reading.dates.shapes import Count, Standpoint


@dataclass(frozen=True)
class Anchored:
    """ "A day before the meeting", "four months into his term", "the third anniversary of the war".

    `anchor` is the token of the happening; what it means is known only when that happening's date is. `vague`:
    some hours, days or weeks, nobody says how many. `same_day`: some hours or minutes.
    """

    count: Count | None
    sign: int
    anchor: int
    anniversary: bool = False
    vague: bool = False
    same_day: bool = False

    def resolve(self, here: Standpoint) -> Interval | None:
        """Nothing by itself: `from_date` places it."""
        return None

    def from_date(self, date: Interval) -> Interval | None:
        """The interval, counted from the date of the happening."""
        start, end = date
        if self.vague:
            return date if self.same_day and start is not None and start == end else None
        if self.count is None:
            if self.sign < 0:
                return (None, start - dt.timedelta(days=1)) if start else None
            return (end, None) if end else None
        months, days = self.count.unit.months * self.count.least, self.count.unit.days * self.count.least
        return arithmetic.shift(date, months=self.sign * months, days=self.sign * days)
