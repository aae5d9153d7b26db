"""When a report was published, and what told it: the sources in the order in which they are believed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec

from accord.reports import dates

_ADDRESS = re.compile(
    r"/(?P<y>(?:19|20)\d{2})(?P<s>[-/_])(?P<m>\d{1,2}|[a-z]{3})(?P=s)(?P<d>\d{1,2})(?=[-/_.]|$)", re.IGNORECASE
)
_ADDRESS_COMPACT = re.compile(r"/(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?=[-/_.]|$)")
_NAME = re.compile(r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<s>[-_.])(?P<m>\d{2})(?P=s)(?P<d>\d{2})(?!\d)")
_NAME_COMPACT = re.compile(r"(?<![^\W_])(?P<y>(?:19|20)\d{2})(?P<m>\d{2})(?P<d>\d{2})(?![^\W_])")
_NEXT_LINE = re.compile(r"\s*([^\n]{0,200})")
_LINES_AT_TOP = 3


class Sources(msgspec.Struct, frozen=True, kw_only=True):
    """All that may tell a report's date."""

    stated: object = None
    stated_in: str = ""
    given: dt.date | None = None
    url: str | None = None
    file_name: str = ""
    text: str = ""


class Dated(msgspec.Struct, frozen=True):
    """The date, what told it, and what was wrong with a date that the report states but that could not be used."""

    day: dt.date | None = None
    told_by: str | None = None
    problem: str | None = None


def decide(sources: Sources, today: dt.date) -> Dated:
    """The first that tells a possible date: what the report states of itself, the date given by the user,
    the address, the file name, a line at the top of the text that is a date and nothing else.

    A date before 1900 or after tomorrow is refused. Addresses within the text are never asked: they tell
    when something that it mentions was published.
    """
    problem = None
    if sources.stated is not None:
        try:
            day = dates.read(sources.stated)
            if dates.in_range(day, today):
                return Dated(day, sources.stated_in)
            problem = f"it is not between {dates.FIRST_DAY} and {today}"
        except dates.BadDate as reason:
            problem = str(reason)
    for told_by, found in _others(sources):
        if found and dates.in_range(found, today):
            return Dated(found, told_by, problem)
    return Dated(problem=problem)


def _others(sources: Sources) -> Iterator[tuple[str, dt.date | None]]:
    yield "given", sources.given
    yield "address", in_address(sources.url)
    yield "file name", in_file_name(sources.file_name)
    yield "dateline", at_top(sources.text)


def in_address(url: str | None) -> dt.date | None:
    """The day in the path of an address: /2025/06/02/, /2025/jun/02/, /2025-06-02-title, /20250602/."""
    try:
        path = urlsplit(url or "").path
    except ValueError:
        return None
    return _only_one(_ADDRESS.finditer(path)) or _only_one(_ADDRESS_COMPACT.finditer(path))


def in_file_name(name: str) -> dt.date | None:
    """The day in a file's name: 2025-06-02-title.md, 20250602_title.txt; None where it names several."""
    stem = name.rpartition(".")[0] or name
    return _only_one(_NAME.finditer(stem)) or _only_one(_NAME_COMPACT.finditer(stem))


def at_top(text: str) -> dt.date | None:
    """The day that one of the first three lines names, if that line says nothing else."""
    position = 0
    for _ in range(_LINES_AT_TOP):
        match = _NEXT_LINE.match(text, position)
        if match is None or not match[1]:
            break
        day = dates.only_a_date(match[1].strip())
        if day:
            return day
        position = text.find("\n", match.end())
        if position < 0:
            break
    return None


def _only_one(matches: Iterator[re.Match[str]]) -> dt.date | None:
    """The one day that the matches name between them."""
    days = {day for match in matches if (day := _calendar_day(match["y"], match["m"], match["d"]))}
    return days.pop() if len(days) == 1 else None


def _calendar_day(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(f"{year} {month} {day}", "%Y %m %d" if month.isdigit() else "%Y %b %d").date()
    except ValueError:
        return None
