"""What date expressions mean, before they are placed: each shape resolves to an interval from where it is said.

A shape answers None where the words cannot be placed on the calendar from what is known.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from accord.model.vocabulary.time import Holiday, Part, Unit
from accord.reading.dates import arithmetic
from accord.reading.dates.arithmetic import Interval
from accord.reading.dates.holidays import days_of

_MONTH = 31
_OPEN_ENDED = ("more than", "over", "well over", "at least")


@dataclass(frozen=True)
class Standpoint:
    """From where an expression is said: the day of speaking (None where unknown), the date told last, and whether
    it looks ahead. `lasting`: what it dates lasts until the day of speaking. `mentioned`: the last period told, of
    whatever length."""

    today: dt.date | None
    told: Interval | None = None
    ahead: bool = False
    lasting: bool = False
    mentioned: Interval | None = None


class Shape(Protocol):
    """What an expression means."""

    def resolve(self, here: Standpoint) -> Interval | None:
        """The interval, or None."""
        ...


def _pick(around: list[Interval], here: Standpoint, place: int | None, last_before: dt.date) -> Interval | None:
    """The one that is meant of periods that come back, in order: the next or the last by `place` or by the tense."""
    assert here.today is not None
    today = here.today
    if place == 1:
        return next((i for i in around if i[0] and i[0] > today), None)
    if place == -1:
        return next((i for i in reversed(around) if i[1] and i[1] < last_before), None)
    if place == 0 or here.ahead:
        return next((i for i in around if i[1] and i[1] >= today), None)
    return next((i for i in reversed(around) if i[0] and i[0] <= today), None)


@dataclass(frozen=True)
class CalendarDate:
    """A year, a month or a day, as much as is said. `place`: "last July" (-1), "this July" (0), "next July" (1)."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    last_day: int | None = None
    place: int | None = None

    def resolve(self, here: Standpoint) -> Interval | None:
        """The day, month or year; the nearest one before or after the standpoint where the year is not said."""
        if self.year is not None:
            return self._in(self.year)
        if here.today is None or self.month is None:
            return None
        if self.place == 0:
            return self._in(here.today.year)
        around = [i for k in range(-8, 9) if (i := self._try(here.today.year + k)) is not None]
        return _pick(around, here, self.place, here.today.replace(day=1))

    def _try(self, year: int) -> Interval | None:
        try:
            return self._in(year)
        except ValueError:
            return None  # 29 February

    def _in(self, year: int) -> Interval:
        if self.month is None:
            return arithmetic.year(year)
        if self.day is None:
            return arithmetic.month(year, self.month)
        return dt.date(year, self.month, self.day), dt.date(year, self.month, self.last_day or self.day)


@dataclass(frozen=True)
class Weekday:
    """A day of the week: the last one or the next one by the tense, or as "last", "this" and "next" say."""

    number: int
    place: int | None = None

    def resolve(self, here: Standpoint) -> Interval | None:
        """One day."""
        if here.today is None:
            return None
        if self.place == 0:
            day = arithmetic.week(here.today)[0]
            assert day is not None
            day += dt.timedelta(days=self.number)
        elif self.place == 1 or (self.place is None and here.ahead):
            gap = (self.number - here.today.weekday()) % 7
            day = here.today + dt.timedelta(days=gap or (7 if self.place == 1 else 0))
        else:
            gap = (here.today.weekday() - self.number) % 7
            day = here.today - dt.timedelta(days=gap or (7 if self.place == -1 else 0))
        return day, day


@dataclass(frozen=True)
class DayWord:
    """Today, yesterday, tomorrow."""

    offset: int

    def resolve(self, here: Standpoint) -> Interval | None:
        """One day."""
        if here.today is None:
            return None
        day = here.today + dt.timedelta(days=self.offset)
        return day, day


@dataclass(frozen=True)
class Period:
    """This, last or next week, month, year and so on; with `told`, counted from the last date told."""

    unit: str
    place: int
    told: bool = False

    def resolve(self, here: Standpoint) -> Interval | None:
        """The calendar period."""
        base = here.told[0] if self.told and here.told and here.told[0] else here.today
        if base is None or (self.told and not here.told and self.unit == "day"):
            return None
        return self._around(base)

    def _around(self, base: dt.date) -> Interval | None:
        match self.unit:
            case "day":
                day = base + dt.timedelta(days=self.place)
                return day, day
            case "week":
                return arithmetic.week(base + dt.timedelta(days=7 * self.place))
            case "fortnight":
                return arithmetic.shift((base, base + dt.timedelta(days=13)), days=14 * min(self.place, 0))
            case "weekend":
                monday = arithmetic.week(base + dt.timedelta(days=7 * self.place))[0]
                assert monday is not None
                return monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
            case "month":
                first = arithmetic.add_months(base.replace(day=1), self.place)
                return arithmetic.month(first.year, first.month)
            case "quarter":
                first = arithmetic.add_months(base.replace(day=1), 3 * self.place)
                return arithmetic.quarter(first.year, (first.month + 2) // 3)
            case "year":
                return arithmetic.year(base.year + self.place)
            case "decade":
                first_year = base.year // 10 * 10 + 10 * self.place
                return arithmetic.years(first_year, first_year + 9)
            case "century":
                first_year = base.year // 100 * 100 + 100 * self.place
                return arithmetic.years(first_year, first_year + 99)
        return None


@dataclass(frozen=True)
class Season:
    """A season, of a year or by the standpoint."""

    first_month: int
    year: int | None = None
    place: int | None = None

    def resolve(self, here: Standpoint) -> Interval | None:
        """Three months."""
        if self.year is not None:
            return arithmetic.season(self.year, self.first_month)
        if here.today is None:
            return None
        around = [arithmetic.season(here.today.year + k, self.first_month) for k in (-2, -1, 0, 1, 2)]
        return _pick(around, here, self.place, here.today)


@dataclass(frozen=True)
class Named:
    """A holiday, of a year or by the standpoint."""

    holiday: Holiday
    year: int | None = None
    place: int | None = None

    def resolve(self, here: Standpoint) -> Interval | None:
        """The day or days of the holiday."""
        if self.year is not None:
            return next(iter(days_of(self.holiday, self.year)), None)
        if here.today is None:
            return None
        around = [i for y in (-1, 0, 1) for i in days_of(self.holiday, here.today.year + y)]
        return _pick(around, here, self.place, here.today)


@dataclass(frozen=True)
class Count:
    """So many units: the least and the most that the words allow. `bound`: "more than", "nearly" and the like."""

    least: int
    most: int
    unit: Unit
    name: str
    bound: str = ""

    def before(self, day: dt.date, count: int) -> dt.date:
        """The day `count` units earlier (later for a negative count)."""
        if self.unit.months:
            return arithmetic.add_months(day, -count * self.unit.months)
        return day - dt.timedelta(days=count * self.unit.days)


@dataclass(frozen=True)
class Shifted:
    """ "Ten years ago", "in three weeks", "two days later": a count away from today or from the date told last."""

    count: Count
    sign: int
    told: bool = False
    ahead_only: bool = False

    def resolve(self, here: Standpoint) -> Interval | None:
        """As fine as the unit: a day for days, a week for weeks, a month, a year."""
        base = here.today
        if self.ahead_only and not here.ahead:
            return None  # "their first talks in three years" are no date
        if self.told:
            last = self._told_last(here)
            if last is not None:
                base = last
            elif self.sign > 0:
                return None
        if base is None:
            return None
        near = self._fine(self.count.before(base, -self.sign * self.count.least))
        far = self._fine(self.count.before(base, -self.sign * self.count.most))
        start, end = min(near, far)[0], max(near, far)[1]
        if self.count.bound in _OPEN_ENDED:
            return (None, end) if self.sign < 0 else (start, None)
        return start, end

    def _told_last(self, here: Standpoint) -> dt.date | None:
        """The day that "later" is counted from. A month told last will do for years and longer: "in July 2022 … a year
        later"; a day that was told before it will not."""
        told = here.told
        still_to_come = told and told[0] and here.today and told[0] > here.today  # `mentioned` knows the past alone
        last = told if still_to_come else here.mentioned or told
        if last is None or last[0] is None or last[1] is None:
            return None
        coarse = self.count.name in ("year", "decade", "century") and (last[1] - last[0]).days <= _MONTH
        return last[0] if last[0] == last[1] or coarse else None

    def _fine(self, day: dt.date) -> tuple[dt.date, dt.date]:
        name = self.count.name
        if name in ("week", "fortnight"):
            interval = arithmetic.week(day)
        elif name in ("month", "quarter"):
            interval = arithmetic.month(day.year, day.month)
        elif name == "year":
            interval = arithmetic.year(day.year)
        elif name in ("decade", "century"):
            slack = 2 if name == "decade" else 20
            interval = arithmetic.years(day.year - slack, day.year + slack)
        else:
            interval = (day, day)
        assert interval[0] is not None
        assert interval[1] is not None
        return interval[0], interval[1]


@dataclass(frozen=True)
class Stretch:
    """ "Over the past five weeks" (sign -1), "in the next ten days" (1): from today, or up to it."""

    count: Count
    sign: int

    def resolve(self, here: Standpoint) -> Interval | None:
        """The whole stretch."""
        if here.today is None:
            return None
        other = self.count.before(here.today, -self.sign * self.count.most)
        return (other, here.today) if self.sign < 0 else (here.today, other)


@dataclass(frozen=True)
class Lasting:
    """ "For nearly five weeks": placed only where what it dates lasts until today."""

    count: Count

    def resolve(self, here: Standpoint) -> Interval | None:
        """From its beginning to today; open at the beginning for "more than"."""
        if here.today is None or not here.lasting:
            return None
        start = self.count.before(here.today, self.count.most)
        return (None if self.count.bound in _OPEN_ENDED else start), here.today


@dataclass(frozen=True)
class PartOf:
    """ "Early 2022", "late last month", "the close of last year", "earlier this week"."""

    whole: Shape
    which: Part

    def resolve(self, here: Standpoint) -> Interval | None:
        """The part of the whole."""
        interval = self.whole.resolve(here)
        return arithmetic.part(interval, self.which, here.today) if interval else None


@dataclass(frozen=True)
class Years:
    """ "The 1990s", "2014-15"."""

    first: int
    last: int

    def resolve(self, here: Standpoint) -> Interval | None:
        """From the first day of the first year to the last of the last."""
        return arithmetic.years(self.first, self.last)


@dataclass(frozen=True)
class QuarterOf:
    """ "The first quarter of 2024", "the second half of last year"."""

    number: int
    pieces: int
    year: Shape

    def resolve(self, here: Standpoint) -> Interval | None:
        """Three or six months of the year."""
        whole = self.year.resolve(here)
        if whole is None or whole[0] is None:
            return None
        length = 12 // self.pieces
        start = arithmetic.add_months(whole[0], length * (self.number - 1))
        return start, arithmetic.add_months(start, length) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Range:
    """ "From May 5 to May 7", "between 2014 and 2016"."""

    first: Shape
    last: Shape

    def resolve(self, here: Standpoint) -> Interval | None:
        """From the start of the first to the end of the last."""
        last = self.last.resolve(here)
        first = self.first.resolve(here)
        if first is None or last is None:
            return None
        if first[0] and last[1] and first[0] > last[1]:
            first = arithmetic.shift(first, months=-12)
        return None if first[0] and last[1] and first[0] > last[1] else (first[0], last[1])


@dataclass(frozen=True)
class Same:
    """ "The same day": the date told last; with `whatever`, the period told last ("since then")."""

    whatever: bool = False

    def resolve(self, here: Standpoint) -> Interval | None:
        """That date."""
        return here.mentioned if self.whatever else here.told


@dataclass(frozen=True)
class Vague:
    """Words that say when and name no day: "now", "recently", "for years"."""

    def resolve(self, here: Standpoint) -> Interval | None:
        """Nothing."""
        return None
