"""Dates as reports give them: an interval with the words it came from, never finer than those words."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Literal

import msgspec

from accord.errors import WhenError

Precision = Literal["day", "week", "month", "season", "year", "span", "open", "unknown"]


class When(msgspec.Struct, frozen=True, order=True):
    """The days from `start` to `end`, both included, and the expression that named them.

    A bound of None is open ("since 2014", "until Friday"). Both None: the words could not be placed on
    the calendar (a report without a date that says "on Friday"); the words are kept for later.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    text: str | None = None

    def __post_init__(self) -> None:
        if self.start and self.end and self.start > self.end:
            raise WhenError(f"date {self.text!r}: start must not be after end; got {self.start} to {self.end}")

    @classmethod
    def day(cls, day: dt.date, text: str | None = None) -> When:
        """One day."""
        return cls(day, day, text)

    @classmethod
    def month(cls, year: int, month: int, text: str | None = None) -> When:
        """One calendar month."""
        return cls(dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1]), text)

    @classmethod
    def year(cls, year: int, text: str | None = None) -> When:
        """One calendar year."""
        return cls(dt.date(year, 1, 1), dt.date(year, 12, 31), text)

    @classmethod
    def parse(cls, text: str) -> When:
        """The interval that `str` writes so: a day, a month, a year, or two of these with a slash (".." is open).

        Raises WhenError where the text is none of these.
        """
        first, slash, last = text.strip().partition("/")
        if slash:
            start = None if first.strip() == ".." else cls.parse(first).start
            return cls(start, None if last.strip() == ".." else cls.parse(last).end)
        try:
            if re.fullmatch(r"\d{4}", first):
                return cls.year(int(first))
            if re.fullmatch(r"\d{4}-\d{1,2}", first):
                return cls.month(int(first[:4]), int(first[5:]))
            return cls.day(dt.date.fromisoformat(first))
        except ValueError:
            raise WhenError(
                f"date: must be a day, a month, a year or an interval of them, such as 2025-02-28, 2025-02, 2025 or "
                f"2025-02-28/2025-03; got {text!r}"
            ) from None

    @property
    def known(self) -> bool:
        """Whether at least one bound is on the calendar."""
        return self.start is not None or self.end is not None

    @property
    def precision(self) -> Precision:
        """How fine the interval is."""
        if self.start is None and self.end is None:
            return "unknown"
        if self.start is None or self.end is None:
            return "open"
        days = (self.end - self.start).days + 1
        if days == 1:
            return "day"
        if days <= 7:
            return "week"
        if self.start.day == 1 and self == When.month(self.start.year, self.start.month, self.text):
            return "month"
        if self == When.year(self.start.year, self.text):
            return "year"
        return "season" if 80 <= days <= 100 else "span"

    def before(self, other: When) -> bool | None:
        """True or False where it is certain which comes first, None where the intervals cannot tell."""
        if self.end and other.start and self.end < other.start:
            return True
        if self.start and other.end and self.start > other.end:
            return False
        if self.start and self.start == self.end == other.start == other.end:
            return False
        return None

    def meets(self, other: When) -> bool:
        """Whether both could be the same day; an open or unknown bound excludes nothing."""
        return not (
            (self.end and other.start and self.end < other.start)
            or (self.start and other.end and other.end < self.start)
        )

    def __str__(self) -> str:
        """The interval as ISO 8601, as fine as it is: `2025-02-28`, `2025-02`, `2025`, `2025-02-24/2025-03-02`."""
        match self.precision:
            case "unknown":
                return self.text or ""
            case "day":
                return f"{self.start}"
            case "month":
                return f"{self.start:%Y-%m}"
            case "year":
                return f"{self.start:%Y}"
            case _:
                return f"{self.start or '..'}/{self.end or '..'}"
