"""When: date expressions of a report, placed on the calendar where they can be, and tied to their clauses."""

from accord.reading.dates.expressions import Dates, TimeExpression
from accord.reading.dates.find import find_dates

__all__ = ["Dates", "TimeExpression", "find_dates"]
