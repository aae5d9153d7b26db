"""One expression to one day, or the reason why not. Nothing is filled in: no day, no year, no order of figures."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from accord.errors import ReportError

FIRST_DAY = dt.date(1900, 1, 1)

_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ,]+\d{1,2}:.*)?")
_COMPACT = re.compile(r"((?:19|20|21)\d{2})(\d{2})(\d{2})(?:T?\d{6}Z?)?")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+\d{1,2}:.*)?")
_SECONDS = re.compile(r"\d{9,10}(?:\.\d*)?")
_MILLISECONDS = re.compile(r"\d{12,13}")
_LETTER = re.compile(r"[^\W\d]")
_LONGEST = 80
_LANGUAGES = ["en", "fr", "es", "de", "pt", "it", "ru", "uk", "ar", "tr", "zh"]
_STRICT = {
    "PARSERS": ["absolute-time"],  # "yesterday" is relative to nothing that is known here
    "REQUIRE_PARTS": ["day", "month", "year"],
    "STRICT_PARSING": True,
    "RELATIVE_BASE": dt.datetime(2000, 1, 1),  # never used, and so never the clock
    "RETURN_AS_TIMEZONE_AWARE": False,
}


class BadDate(ReportError):
    """An expression that names no one day."""


def read(value: object) -> dt.date:
    """The day that a date, a number of seconds since 1970 or an expression names; of a time, its day as written.

    Raises BadDate with the reason.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _figures(str(int(value)) if abs(value) < 1e15 else "")
    if isinstance(value, str):
        return _expression(" ".join(value.split()))
    raise BadDate("it is neither text nor a number")


def in_range(day: dt.date, today: dt.date) -> bool:
    """Whether a report can have been published that day: since 1900, and not after tomorrow (time zones differ)."""
    return FIRST_DAY <= day <= today + dt.timedelta(days=1)


def only_a_date(line: str) -> dt.date | None:
    """The day that a line names if it says nothing else ("Thursday, February 28, 2008"), else None."""
    if not 8 <= len(line) <= 48 or not re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", line):
        return None
    if _LETTER.search(line):
        return _in_words(line, ("en",))
    try:
        return _figures(line)
    except BadDate:
        return None


def _expression(text: str) -> dt.date:
    if len(text) > _LONGEST:
        raise BadDate(f"it is longer than {_LONGEST} characters")
    if not _LETTER.search(text) or any(form.fullmatch(text) for form in (_ISO, _COMPACT, _DAY_AND_MONTH)):
        return _figures(text)
    if not re.search(r"\d{4}", text):
        raise BadDate("it names no year in four figures")
    day = _in_words(text, ("en",)) or _in_words(text, tuple(_LANGUAGES))
    if day is None:
        raise BadDate("it names no one day")
    return day


def _figures(text: str) -> dt.date:
    """The day of a date without words."""
    if match := _ISO.fullmatch(text):
        return _day(match[1], match[3], match[4])
    if match := _COMPACT.fullmatch(text):
        return _day(match[1], match[2], match[3])
    if match := _DAY_AND_MONTH.fullmatch(text):
        first, second = int(match[1]), int(match[3])
        if match[2] != "." and first != second and max(first, second) <= 12:
            raise BadDate("its day and month could be either way round")
        day, month = (second, first) if match[2] != "." and second > 12 else (first, second)
        return _day(match[4], month, day)
    if _SECONDS.fullmatch(text) or _MILLISECONDS.fullmatch(text):
        seconds = int(float(text)) if _SECONDS.fullmatch(text) else int(text) // 1000
        return (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=seconds)).date()
    raise BadDate("its figures are in no known order")


def _day(year: str, month: str | int, day: str | int) -> dt.date:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        raise BadDate("there is no such day in the calendar") from None


@lru_cache(maxsize=4096)
def _in_words(text: str, languages: tuple[str, ...]) -> dt.date | None:
    """The day that an expression with words names in one of the languages, or None."""
    import dateparser  # here, because its import takes longer than reading a hundred reports

    try:
        found = dateparser.parse(text, languages=list(languages), settings=dict(_STRICT))
    except Exception:  # a library of many patterns, given anything at all: what it cannot read is no date
        return None
    return found.date() if found else None
