"""CSV and its kin: one report a row, the names of the columns in the first."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from accord.model.report import Skipped
from accord.reports import fields
from accord.reports.draft import Draft
from accord.reports.formats.format import Format
from accord.reports.formats.row import draft_of, need_text
from accord.reports.incoming import MOST_LINE, Incoming, Refused
from accord.reports.lines import Lines, lines_of

SEPARATORS = ",;\t|"


def read(incoming: Incoming) -> Iterator[Draft | Skipped]:
    """A draft for each row; a row that is no report is skipped with the number of its first line."""
    with lines_of(incoming, newline="") as lines:
        first = next(lines, None)
        if first is None:
            raise Refused("a table must have the names of its columns in the first line; the file is empty")
        separator = max(SEPARATORS, key=first.count)  # the comma where none occurs
        columns = [fields.plain(name) for name in next(csv.reader([first], delimiter=separator))]
        need_text(fields.mapped(dict.fromkeys(columns), incoming.columns), lines.number)
        # The module's own bound is one for the whole process and too low for long reports; rows are bounded here.
        csv.field_size_limit(max(csv.field_size_limit(), MOST_LINE))
        yield from _rows(lines, columns, separator, incoming)


def _rows(lines: Lines, columns: list[str], separator: str, incoming: Incoming) -> Iterator[Draft | Skipped]:
    for line, cells in cells_of(lines, len(columns), separator):
        try:
            if isinstance(cells, Refused):
                raise cells
            # of two columns of one name the first counts
            row: dict[str, object] = dict(zip(reversed(columns), reversed(cells), strict=True))
            yield draft_of(row, line, incoming.columns)
        except Refused as problem:
            yield Skipped(source=incoming.source, line=line, reason=problem.reason)


def cells_of(lines: Lines, columns: int, separator: str) -> Iterator[tuple[int, list[str] | Refused]]:
    """The cells of each row that has any, with the number of its first line; or why the row cannot be had."""
    rows = csv.reader(lines, delimiter=separator, strict=True)
    while True:
        lines.refill()
        line = lines.number + 1
        try:
            cells = next(rows, None)
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield line, cells if len(cells) == columns else _uneven(len(cells), columns, line)
        except csv.Error as problem:
            yield line, Refused(_broken(str(problem), line, lines.number), line)
        except Refused as problem:
            if problem.line == line:
                yield line, problem
                continue
            # Within a quotation: what of the lines that follow is quoted, and what not, cannot be told.
            yield line, Refused(f"{problem.reason}. No line after it was read", line)
            return


def _uneven(cells: int, columns: int, line: int) -> Refused:
    return Refused(
        f"a row must have as many cells as there are columns, {columns}; this one has {cells}. "
        "Put a text with a separator or a line break in it between quotation marks",
        line,
    )


def _broken(problem: str, first: int, last: int) -> str:
    """What is wrong with a row that the csv module cannot take apart."""
    rows = f"; lines {first:,} to {last:,} were taken for one row" if last > first else ""
    return (
        f"a cell that opens with a quotation mark must end with one, and those within it be doubled; {problem}{rows}. "
        "Correct the quotation marks"
    )


FORMAT = Format("CSV", (".csv", ".tsv"), read)
