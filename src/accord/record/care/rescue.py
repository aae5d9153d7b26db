"""A new record from what a damaged one still has."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from accord.errors import RecordError
from accord.model.place import Place
from accord.model.report import Report
from accord.record import neighbours, tables
from accord.record.care.health import file_of, looked_at
from accord.record.care.rows import Rows, Trouble
from accord.record.database import Database

_BESIDE = ("", "-wal", "-shm", "-journal")


class Rescued(msgspec.Struct, frozen=True, kw_only=True):
    """What a new record has of an old one, what was lost, and the reports whose readings were lost."""

    path: str
    reports: int
    readings: int
    edits: int
    scenarios: int
    skipped: int
    lost: tuple[Trouble, ...]
    unread: tuple[Report, ...]


def rescue(place: Place | Path, new: Path) -> Rescued:
    """Make a new record of all that is proved in this file to be as it was written: reports, readings and edits.

    The damaged file is not touched. Raises RecordError where there is no such file, nothing in it can be saved, or
    there is a file under the new name.
    """
    path = file_of(place)
    if new.exists():
        raise RecordError(f"{new}: must be a new file; there is one of this name; give another name")
    troubles, rows = looked_at(path)
    if not rows.reports and not rows.edits:
        raise RecordError(f"{path}: nothing in it can be saved; restore a copy (see `accord backup`)")
    part = new.with_name(f".{new.name}.part")
    _remove(part)
    try:
        _write(rows, part)
        os.replace(part, new)
    finally:
        _remove(part)
    return Rescued(
        path=str(new),
        reports=len(rows.reports),
        readings=len(rows.readings),
        edits=len(rows.edits),
        scenarios=len(rows.scenarios),
        skipped=len(rows.skipped),
        lost=(*troubles, *rows.troubles),
        unread=tuple(rows.reports[i] for i in rows.unread()),
    )


def replace(place: Place | Path) -> tuple[Rescued, Path]:
    """The same in the file's own place; answers where the damaged file is kept. Nobody else may have it open."""
    path = file_of(place)
    new = path.with_name(f"{path.name}.rescued")
    _remove(new)
    rescued = rescue(path, new)
    numbers = ("", *(f"-{n}" for n in range(2, 1000)))
    old = next(p for n in numbers if not (p := path.with_name(f"{path.stem}.damaged{n}{path.suffix}")).exists())
    for end in _BESIDE:
        beside = Path(f"{path}{end}")
        if beside.exists():
            os.replace(beside, f"{old}{end}")
    os.replace(new, path)
    return msgspec.structs.replace(rescued, path=str(path)), old


def _write(rows: Rows, path: Path) -> None:
    database = Database(path, create=True)
    try:
        with database.write() as connection:
            for report in rows.reports.values():
                tables.put_report(connection, report)
            for reading in rows.readings:
                tables.put_reading(connection, reading)
            tables.put_edits(connection, rows.edits)
            tables.put_skipped(connection, rows.skipped)
            neighbours.put(connection, rows.neighbours)
            if rows.scenarios:
                tables.put_scenarios(connection, rows.scenarios)
    finally:
        database.close()


def _remove(path: Path) -> None:
    for end in _BESIDE:
        Path(f"{path}{end}").unlink(missing_ok=True)
