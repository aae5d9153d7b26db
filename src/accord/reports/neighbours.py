"""Tables that stand beside the record: PA-X, ACLED and whatever has the same columns, a row at a time."""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from accord.errors import ReportError
from accord.model.neighbour import Neighbour, neighbour_id
from accord.model.report import Skipped
from accord.model.vocabulary.neighbours import FIELDS, DataSet, data_sets
from accord.model.when import When
from accord.reports import dates, fields
from accord.reports.formats.table import SEPARATORS, cells_of
from accord.reports.incoming import MOST_LINE, Incoming, Refused
from accord.reports.lines import lines_of
from accord.reports.walk import walk

_BRACKETS = re.compile(r"^\((.*)\)$")  # about the whole of a name
_LONGEST = 4_000
"""Characters of a cell that are kept: a title, a note, a list of names. A column with whole texts is none of these."""


def load_neighbours(
    paths: Iterable[Path | str], columns: Mapping[str, str] | None = None
) -> Iterator[Neighbour | Skipped]:
    """The rows of the tables under the paths; what is no such row, and files that are no such table, as Skipped.

    `columns` says which column holds a field (of FIELDS; for parties several with a plus between), in place of those
    that the kind of table has. Raises ReportError where it names a field that there is not.
    """
    said = dict(columns or {})
    for field in said:
        if field not in FIELDS:
            raise ReportError(f"columns: a field must be one of {', '.join(FIELDS)}; got {field!r}")
    for one in walk(paths):
        if isinstance(one, Skipped):
            yield one
            continue
        try:
            yield from _read(one, said)
        except Refused as problem:
            yield Skipped(source=one.source, line=problem.line, reason=problem.reason)


def _read(incoming: Incoming, said: Mapping[str, str]) -> Iterator[Neighbour | Skipped]:
    with lines_of(incoming, newline="") as lines:
        first = next(lines, None)
        if first is None:
            raise Refused("a table must have the names of its columns in the first line; the file is empty")
        separator = max(SEPARATORS, key=first.count)
        heads = [head.strip() for head in next(csv.reader([first], delimiter=separator))]
        table = _Table(incoming.source, heads, said)
        csv.field_size_limit(max(csv.field_size_limit(), MOST_LINE))
        for line, row in cells_of(lines, len(heads), separator):
            if isinstance(row, Refused):
                yield Skipped(source=incoming.source, line=row.line or line, reason=row.reason)
                continue
            try:
                yield table.neighbour(line, row)
            except Refused as problem:
                yield Skipped(source=incoming.source, line=line, reason=problem.reason)


class _Table:
    """What the columns of one file hold."""

    def __init__(self, source: str, heads: Sequence[str], said: Mapping[str, str]) -> None:
        self._source = source
        self._heads = heads
        places = {fields.plain(head): place for place, head in reversed(list(enumerate(heads)))}
        known = [one for one in data_sets() if all(fields.plain(name) in places for name in one.known_by)]
        self._kind = known[0] if known else DataSet(name="table", kind="event", columns={})
        wanted: dict[str, list[str]] = {field: list(names) for field, names in self._kind.columns.items()}
        for field, name in said.items():
            wanted[field] = name.split("+") if field == "parties" else [name]
            missing = [one for one in wanted[field] if fields.plain(one) not in places]
            if missing:
                raise Refused(f"columns: {field} must be a column of the file; {missing[0]!r} is none. {self._shown()}")
        self._columns = {
            field: [places[fields.plain(name)] for name in names if fields.plain(name) in places]
            for field, names in wanted.items()
        }
        if not self._columns.get("date") or not self._columns.get("title"):
            sets = ", ".join(f"{one.name} ({', '.join(one.known_by)})" for one in data_sets())
            raise Refused(
                f"the columns must be those of {sets}, or be told: --columns date=NAME,title=NAME. {self._shown()}", 1
            )
        self._kept = sorted({place for places in self._columns.values() for place in places})

    def neighbour(self, line: int, row: Sequence[str]) -> Neighbour:
        """The neighbour in a row. Raises Refused where it has no day or no title, or a number that is none."""
        cells = tuple((self._heads[place], cell) for place in self._kept if (cell := _tidy(row[place])))
        title = self._word("title", row)
        if title is None:
            raise Refused(f"a row must say what it is about; {self._heads[self._columns['title'][0]]!r} is empty", line)
        latitude, longitude = self._degrees("latitude", row, 90), self._degrees("longitude", row, 180)
        kind = self._word("kind", row)
        return Neighbour(
            id=neighbour_id(self._kind.name, cells),
            dataset=self._kind.name,
            key=self._word("key", row),
            file=self._source,
            row=line,
            date=self._when(row),
            kind=self._kind.words.get(kind, kind) if kind else self._kind.kind,
            title=title,
            detail=self._word("detail", row),
            parties=self._parties(row),
            place=self._word("place", row),
            latitude=latitude if longitude is not None else None,
            longitude=longitude if latitude is not None else None,
            fatalities=self._count("fatalities", row),
            notes=self._word("notes", row),
            source=self._word("source", row),
            cells=cells,
        )

    def _word(self, field: str, row: Sequence[str]) -> str | None:
        return next((cell for place in self._columns.get(field, ()) if (cell := _tidy(row[place]))), None)

    def _parties(self, row: Sequence[str]) -> tuple[str, ...]:
        cells = (_tidy(row[place]) for place in self._columns.get("parties", ()))
        names = (_BRACKETS.sub(r"\1", name.strip()) for cell in cells for name in re.split(self._kind.apart, cell))
        return tuple(dict.fromkeys(name for name in names if name))

    def _when(self, row: Sequence[str]) -> When:
        first = self._day("date", row)
        if first is None:
            raise Refused(f"a row must have a day; {self._heads[self._columns['date'][0]]!r} is empty")
        last = self._day("enddate", row) or first
        if last < first:
            raise Refused(f"a row must not end before it begins; got {first} to {last}")
        about = self._kind.about.get(self._word("about", row) or "", 0)
        if about == "month":
            return When.month(first.year, first.month)
        days = dt.timedelta(days=about)
        return When(first - days, last + days)

    def _day(self, field: str, row: Sequence[str]) -> dt.date | None:
        said = self._word(field, row)
        if said is None:
            return None
        try:
            return dates.read(said)
        except dates.BadDate as problem:
            raise Refused(f"a day must be one that can be told, such as 2014-05-03; {said[:40]!r}: {problem}") from None

    def _degrees(self, field: str, row: Sequence[str], most: int) -> float | None:
        said = self._word(field, row)
        if said is None:
            return None
        try:
            value = float(said)
        except ValueError:
            value = float("nan")
        if not -most <= value <= most:
            raise Refused(f"{field} must be a number from -{most} to {most}; got {said[:40]!r}")
        return value

    def _count(self, field: str, row: Sequence[str]) -> int | None:
        said = self._word(field, row)
        if said is None:
            return None
        if not re.fullmatch(r"\d{1,9}(?:\.0+)?", said):
            raise Refused(f"{field} must be a whole number; got {said[:40]!r}")
        return int(float(said))

    def _shown(self) -> str:
        shown = ", ".join(head[:40] for head in self._heads[:12])
        return f"There are {shown}{f' and {len(self._heads) - 12} more' if len(self._heads) > 12 else ''}"


def _tidy(cell: str) -> str:
    return " ".join(cell.split())[:_LONGEST]
