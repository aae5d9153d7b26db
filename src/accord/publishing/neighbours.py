"""Neighbours as rows: each with the file and row that it comes from, and that no report tells of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

import msgspec

from accord.model.neighbour import Neighbour
from accord.publishing import export
from accord.publishing.plain import one_line, short
from accord.publishing.rows import Row
from accord.publishing.tables import Column, drawn

COLUMNS = (
    *("id", "dataset", "key", "file", "row", "date", "date.start", "date.end", "kind", "title", "detail", "parties"),
    *("place", "latitude", "longitude", "fatalities", "notes", "source"),
)
"""The columns of neighbours in CSV and data frames; JSON has their cells as well."""

HEADING = "Beside the record, from files that were brought. No report tells of these, and nothing counts them."
_TITLE = 90


def neighbour_rows(some: Sequence[Neighbour]) -> list[Row]:
    """Neighbours as flat rows with COLUMNS."""
    found = []
    for one in some:
        row: Row = msgspec.structs.asdict(one)
        row |= {"date": str(one.date), "date.start": one.date.start, "date.end": one.date.end}
        found.append({column: row[column] for column in COLUMNS})
    return found


def to_json(some: Sequence[Neighbour]) -> str:
    """Neighbours as a JSON array, each with the cells that it was made from."""
    return export.pretty([form(one) for one in some])


def form(one: Neighbour) -> Row:
    """One neighbour as JSON has it."""
    return {**msgspec.to_builtins(one), "cells": dict(one.cells)}


def to_csv(some: Sequence[Neighbour]) -> str:
    """Neighbours as CSV."""
    return export.to_csv(neighbour_rows(some), COLUMNS)


def table(some: Sequence[Neighbour], *, width: int = 80, colour: bool = False) -> str:
    """Neighbours as a table of at most `width` columns, under a line that says what they are."""
    columns = [
        Column("Date", lambda row: str(row["date"]).replace("/", "\n")),
        Column("Kind", lambda row: row["kind"], 2),
        Column("What", lambda row: short(row["title"], _TITLE) + (f"\n({row['place']})" if row["place"] else ""), 5),
        Column("Parties", lambda row: "\n".join(row["parties"]), 4),
        Column("From", origin, 3),
    ]
    return f"{HEADING}\n\n{drawn(columns, neighbour_rows(some), width=width, colour=colour)}"


def origin(row: Row) -> str:
    """The data set, and the file and row in it."""
    key = f" {row['key']}" if row["key"] else ""
    return f"{row['dataset']}{key}\n{one_line(PurePath(row['file']).name)}, row {row['row']}"


def summary(one: Neighbour) -> str:
    """A neighbour in one line, with where it comes from."""
    among = f" ({', '.join(one.parties)})" if one.parties else ""
    return one_line(f"{one.date}: {short(one.title, _TITLE)}{among}, {one.dataset}, row {one.row} of {one.file}")
