"""The days of holidays named in news: fixed ones, those counted from Easter, those of public calendars."""

from __future__ import annotations

import datetime as dt
from functools import cache

from dateutil import easter  # type: ignore[import-untyped]

from accord.model.vocabulary.time import Holiday
from accord.reading.dates.arithmetic import Interval

_METHODS = {"western": easter.EASTER_WESTERN, "orthodox": easter.EASTER_ORTHODOX}


def days_of(holiday: Holiday, year: int) -> tuple[Interval, ...]:
    """Every time a holiday falls in a year (those of the moon may fall twice, or not at all), in order.

    Easter from dateutil's computus; the rest from the public calendar of a country that keeps the day, in the
    package `holidays`, whose days of the moon can differ by one from what is seen elsewhere.
    """
    if holiday.easter:
        sunday = easter.easter(year, _METHODS[holiday.easter])
        return ((sunday + dt.timedelta(holiday.days[0]), sunday + dt.timedelta(holiday.days[1])),)
    if holiday.month and holiday.day:
        day = dt.date(year, holiday.month, holiday.day)
        return ((day, day),)
    assert holiday.country is not None
    assert holiday.name is not None
    starts = _calendar(holiday.country, holiday.name, year)
    if not holiday.until:
        return tuple((day, day) for day in starts)
    ends = (*_calendar(holiday.country, holiday.until, year), *_calendar(holiday.country, holiday.until, year + 1))
    return tuple((day, next((end - dt.timedelta(days=1) for end in ends if end > day), day)) for day in starts)


@cache
def _calendar(country: str, name: str, year: int) -> tuple[dt.date, ...]:
    from holidays import country_holidays

    language = "en_US"
    try:
        calendar = country_holidays(country, years=year, language=language)
    except (KeyError, NotImplementedError):
        return ()
    found = sorted(day for day, label in calendar.items() if name in [part.strip() for part in label.split(";")])
    return tuple(day for k, day in enumerate(found) if k == 0 or (day - found[k - 1]).days > 20)
