"""Whether a record file is as it was written: the file, its log, every row, what was merged and indexed from them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.pool import StaticPool

from accord.errors import RecordError
from accord.model.place import Place
from accord.model.report import Report
from accord.record import schema
from accord.record.care.pages import Pages
from accord.record.care.rows import Rows, Trouble, asked_rows, carved_rows, opened
from accord.record.kept import sealed
from accord.record.nearness.vectors import vector
from accord.record.search import passages_of

_Shape = tuple[str, tuple[Any, ...], str]
_MAGIC = b"SQLite format 3\x00"
_MOST = 20  # faults of one kind that are told one by one


class Health(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a record file: how much of it is as it was written, and what is not.

    `derived` are troubles of what can be made anew from the rest: the merged record and the index for searching.
    """

    path: str
    version: int
    reports: int
    readings: int
    edits: int
    scenarios: int
    skipped: int
    troubles: tuple[Trouble, ...] = ()
    derived: tuple[Trouble, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether everything is as it was written."""
        return not self.troubles and not self.derived


def examine(place: Place | Path) -> Health:
    """Look at every part of a record file, and change nothing.

    Raises RecordError where there is no such file, or the record lies on a server.
    """
    path = file_of(place)
    troubles, rows = looked_at(path)
    version = _version(path)
    derived: list[Trouble] = []
    if not troubles and not rows.troubles and version == schema.VERSION:
        derived = list(_derived(path, rows))
    return Health(
        path=str(path),
        version=version,
        reports=len(rows.reports),
        readings=len(rows.readings),
        edits=len(rows.edits),
        scenarios=len(rows.scenarios),
        skipped=len(rows.skipped),
        troubles=(*troubles, *rows.troubles),
        derived=tuple(derived[:_MOST]),
    )


def file_of(place: Place | Path) -> Path:
    """The file of a record that lies in one. Raises RecordError where there is none."""
    path = Place.of(place).file
    if path is None:
        raise RecordError(
            f"{place}: must be a file; this record is on a server, which looks after itself: pg_dump makes copies of it"
        )
    if not path.is_file():
        raise RecordError(f"{path}: must be a record file; there is none")
    return path


def looked_at(path: Path) -> tuple[list[Trouble], Rows]:
    """What is wrong with the file itself, and its rows: as SQLite gives them, or where it cannot, as they are found.

    Raises RecordError where the file is none of Accord's.
    """
    troubles = list(_outside(path))
    if not troubles:
        try:
            with closing(opened(path)) as connection:
                troubles = list(_inside(connection))
                if not troubles:
                    return [], asked_rows(connection)
        except (sqlite3.Error, UnicodeDecodeError, OverflowError, ValueError) as problem:
            troubles.append(Trouble("file", f"SQLite cannot read it: {problem}"))
    rows = carved_rows(path)
    if not rows.reports and not rows.edits and not rows.troubles and not _ours(path):
        raise RecordError(f"{path}: must be an Accord record; nothing in it is of one; give another file")
    return troubles, rows


def _ours(path: Path) -> bool:
    """Whether the header, or at least the tables that it tells of, are those of a record."""
    with path.open("rb") as file:
        head = file.read(4096)
    return head[68:72] == schema.APPLICATION_ID.to_bytes(4, "big") or b"CREATE TABLE report" in head


def _version(path: Path) -> int:
    """The version of the record's form that the header tells."""
    with Pages(path) as pages:
        return int.from_bytes(pages[1][60:64], "big")


def _outside(path: Path) -> Iterator[Trouble]:
    """What is wrong that can be seen without SQLite, and that SQLite would pass over."""
    with Pages(path) as pages:
        head = pages[1][:100]
        size = path.stat().st_size
        if pages.log_fault:
            yield Trouble("log", f"{pages.log_fault} is not as it was written; what was written after it is lost")
        said = int.from_bytes(head[28:32], "big")
        if len(head) < 100 or not head.startswith(_MAGIC):
            yield Trouble("file", "its header is not as it was written")
            return
        if not Path(f"{path}-wal").exists() and said * pages.size != size:
            yield Trouble("file", f"must have {said * pages.size:,} bytes; it has {size:,}; was it cut short?")
        if int.from_bytes(head[68:72], "big") != schema.APPLICATION_ID:
            yield Trouble("file", "its header must say that it is a record of Accord, and does not")
        version = int.from_bytes(head[60:64], "big")
        if not 1 <= version <= schema.VERSION:
            yield Trouble("file", f"its form must be 1 to {schema.VERSION}; the header says {version}")


def _inside(connection: sqlite3.Connection) -> Iterator[Trouble]:
    """What SQLite finds wrong, and tables that are not those of the version that the header tells."""
    faults = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_MOST})")]
    if faults != ["ok"]:
        yield from (Trouble("file", fault.replace("\n", " ")) for fault in faults)
        return
    yield from (Trouble("file", f"row {row[1]} of {row[0]} leads nowhere") for row in _loose(connection))
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    wanted, found = _made(version), _shape(connection)
    for name in sorted(wanted.keys() | found.keys()):
        if wanted.get(name) != found.get(name):
            yield Trouble("file", f"table {name} must be as form {version} of a record has it, and is not")


def _loose(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    return connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST)


@cache
def _made(version: int) -> dict[str, _Shape]:
    """The tables of a record that was just made, in a version of its form."""
    engine = sa.create_engine("sqlite://", poolclass=StaticPool)
    try:
        with engine.begin() as connection:
            for number in range(1, version + 1):
                schema.migrate(connection, number)
            made = connection.connection.driver_connection
            assert isinstance(made, sqlite3.Connection)
            found = _shape(made)
            if version < 3:  # the first migration makes these tables as they are today
                for name in ("report", "edit"):
                    kind, columns, sql = found[name]
                    found[name] = kind, tuple(column for column in columns if column[1] != "digest"), sql
            return found
    finally:
        engine.dispose()


def _shape(connection: sqlite3.Connection) -> dict[str, _Shape]:
    """The tables and indexes of a file: the columns of each; of full text its own words."""
    found: dict[str, _Shape] = {}
    for name, kind, sql in connection.execute("SELECT name, type, sql FROM sqlite_master").fetchall():
        told = "index_info" if kind == "index" else "table_info"
        columns = connection.execute(f"PRAGMA {told}('{name}')").fetchall()
        found[name] = (kind, tuple(sorted(columns)), sql if sql and sql.startswith("CREATE VIRTUAL") else "")
    return found


def _derived(path: Path, rows: Rows) -> Iterator[Trouble]:
    """What is wrong with what was merged and indexed."""
    try:
        with closing(opened(path)) as connection:
            for name, key, value in connection.execute("SELECT name, key, value FROM shelf"):
                if value != sealed(name, key, value[4:]):
                    yield Trouble("merged", f"{name} of {key:.40} is not as it was written")
            for report in rows.reports.values():
                if not _indexed(connection, report):
                    yield Trouble("index", f"the passages of report {report.id} are not as they were written")
        _ask_words(path)
    except (sqlite3.Error, TypeError, ValueError) as problem:
        yield Trouble("index", str(problem))


def _ask_words(path: Path) -> None:
    """Raise sqlite3.Error where the words of passages are not as they were written; asking takes the right to write."""
    try:
        with closing(opened(path, write=True)) as connection:
            connection.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    except sqlite3.OperationalError as problem:
        if not re.search("readonly|unable to open|locked", str(problem)):
            raise


def _indexed(connection: sqlite3.Connection, report: Report) -> bool:
    """Whether the passages of a report are those of its text, with their words and vectors."""
    rows = connection.execute(
        "SELECT p.start, p.end, w.body, n.vector FROM passage p JOIN words w ON w.rowid = p.number "
        "JOIN nearness n ON n.number = p.number WHERE p.report = ? ORDER BY p.start",
        (report.id,),
    ).fetchall()
    spans = [(start, end) for start, end, _, _ in rows]
    texts = [report.text[start:end] for start, end in spans]
    return spans == list(passages_of(report)) and all(
        body == text and kept == vector(text).tobytes() for text, (_, _, body, kept) in zip(texts, rows, strict=True)
    )
