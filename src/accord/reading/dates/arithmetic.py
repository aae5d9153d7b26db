"""Days and periods: the arithmetic under date expressions. An interval's bound of None is open."""

from __future__ import annotations

import calendar
import datetime as dt

from accord.model.vocabulary.time import Part

Interval = tuple[dt.date | None, dt.date | None]
_DAY = dt.timedelta(days=1)


def month(year: int, number: int) -> Interval:
    """A calendar month."""
    return dt.date(year, number, 1), dt.date(year, number, calendar.monthrange(year, number)[1])


def year(number: int) -> Interval:
    """A calendar year."""
    return dt.date(number, 1, 1), dt.date(number, 12, 31)


def years(first: int, last: int) -> Interval:
    """From the first day of one year to the last of another."""
    return dt.date(first, 1, 1), dt.date(last, 12, 31)


def week(day: dt.date) -> Interval:
    """The week of a day, Monday to Sunday (ISO 8601)."""
    start = day - dt.timedelta(days=day.weekday())
    return start, start + dt.timedelta(days=6)


def add_months(day: dt.date, count: int) -> dt.date:
    """The same day of a month `count` months on, or that month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + count
    target, number = divmod(index, 12)
    return dt.date(target, number + 1, min(day.day, calendar.monthrange(target, number + 1)[1]))


def quarter(target: int, number: int) -> Interval:
    """A calendar quarter, 1 to 4."""
    return dt.date(target, 3 * number - 2, 1), month(target, 3 * number)[1]


def season(target: int, first_month: int) -> Interval:
    """Three months from the first one; winter runs into the next year."""
    start = dt.date(target, first_month, 1)
    return start, add_months(start, 3) - _DAY


def shift(interval: Interval, *, days: int = 0, months: int = 0) -> Interval:
    """An interval moved by days, or by months with its whole months and years kept whole."""
    start, end = interval
    if months:
        whole = start is not None and start.day == 1 and end is not None and (end + _DAY).day == 1
        start = add_months(start, months) if start else None
        if end:
            end = add_months(end + _DAY, months) - _DAY if whole else add_months(end, months)
    delta = dt.timedelta(days=days)
    return (start + delta if start else None), (end + delta if end else None)


def part(interval: Interval, which: Part, today: dt.date | None) -> Interval:
    """A part of a period: a third of it ("early", "mid", "late"), its first or last stretch ("start", "end"), or
    what lies before or after today ("earlier this week")."""
    start, end = interval
    if start is None or end is None:
        return interval
    if which in ("before", "after"):
        if today is None or not start <= today <= end:
            return interval
        return (start, today) if which == "before" else (today, end)
    length = (end - start).days + 1
    if which in ("start", "end"):
        return _stretch(start, end, length, which)
    if length >= 300 and start.day == 1:  # years: thirds in months
        third = round(length / 30.44) // 3
        cuts = start, add_months(start, third), add_months(start, 2 * third), end + _DAY
    elif length >= 28:
        cuts = start, start + dt.timedelta(length // 3), start + dt.timedelta(2 * (length // 3)), end + _DAY
    else:
        third = max(1, length // 3)
        cuts = start, start + dt.timedelta(third), end + _DAY - dt.timedelta(third), end + _DAY
    index = ("early", "mid", "late").index(which)
    return cuts[index], cuts[index + 1] - _DAY


def _stretch(start: dt.date, end: dt.date, length: int, which: Part) -> Interval:
    """The first or last stretch: a month of a year, a week of a month, two days of a week."""
    if length >= 300:
        months = max(1, round(length / 365) if length > 1000 else 1)
        return (start, add_months(start, months) - _DAY) if which == "start" else (add_months(end + _DAY, -months), end)
    days = 7 if length >= 28 else min(2, length)
    if which == "start":
        return start, start + dt.timedelta(days - 1)
    return end - dt.timedelta(days - 1), end
