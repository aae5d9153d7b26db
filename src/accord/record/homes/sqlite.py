"""A record in one file: SQLite, with a write-ahead log."""

from __future__ import annotations

from collections.abc import Hashable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import StaticPool

from accord.errors import RecordError
from accord.record.schema import APPLICATION_ID

_WAIT = 30_000  # milliseconds to wait for another process that writes
_HEADER = b"SQLite format 3\x00"


class FileHome:
    """The file of one record."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def engine(self, *, create: bool) -> sa.Engine:
        """One connection, which threads take turns with."""
        _check_path(self._path, create=create)
        made = sa.create_engine(
            f"sqlite+pysqlite:///file:{quote(str(self._path.resolve()))}?mode={'rwc' if create else 'rw'}&uri=true",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False, "timeout": _WAIT / 1000},
        )
        event.listen(made, "connect", _prepare)
        return made

    def begin(self, connection: sa.Connection, *, write: bool) -> None:
        """A transaction that writes takes the file at once, so that it never fails for having read before."""
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    def wrote(self, connection: sa.Connection) -> None:
        """Nothing: the file itself tells that it was written to."""

    def is_empty(self, connection: sa.Connection) -> bool:
        """Whether the file has no table and no mark at all, as one that was just made."""
        tables = connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        return not tables and not self._application(connection)

    def is_record(self, connection: sa.Connection) -> bool:
        """Whether the header of the file says so."""
        return self._application(connection) == APPLICATION_ID

    def make(self, connection: sa.Connection) -> None:
        """Nothing: the file is there."""

    def version(self, connection: sa.Connection) -> int:
        """As the header of the file has it."""
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())

    def note_version(self, connection: sa.Connection, number: int) -> None:
        """Into the header of the file."""
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.exec_driver_sql(f"PRAGMA user_version = {number}")

    def said(self, problem: DBAPIError) -> RecordError:
        """What SQLite says, as what a user can do."""
        text = str(problem.orig)
        if "malformed" in text or "Could not decode" in text or "no such column" in text:
            return RecordError(
                f"{self._path}: the record is damaged: {text}; `accord doctor {self._path}` tells what can be saved"
            )
        if not isinstance(problem, OperationalError):
            return RecordError(f"{self._path}: must be an Accord record; {text}; give another file or restore a copy")
        if "locked" in text or "busy" in text:
            return RecordError(f"{self._path}: another process is writing to the record; try again later")
        if "readonly" in text or "unable to open" in text:
            return RecordError(f"{self._path}: cannot be written; check the permissions of file and folder")
        return RecordError(f"{self._path}: {text}; check that the disk has space and the file is whole")

    def stamp(self, engine: sa.Engine) -> Hashable:
        """When the file and its log were last written to, and how long they are. No connection is needed."""
        found = []
        for one in (self._path, self._path.with_name(self._path.name + "-wal")):
            try:
                status = one.stat()
            except FileNotFoundError:
                continue
            found.append((status.st_mtime_ns, status.st_size))
        return tuple(found)

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self._path.exists()

    def watching(self) -> _FileLock:
        """A lock file beside the record."""
        return _FileLock(self._path)

    def _application(self, connection: sa.Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA application_id").scalar_one())


class _FileLock:
    """A lock file, which the system lets go of when the process ends."""

    def __init__(self, record: Path) -> None:
        from filelock import FileLock

        self._record = record
        self._lock = FileLock(f"{record.resolve()}.lock")

    def take(self) -> bool:
        from filelock import Timeout

        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as problem:
            raise RecordError(f"{self._record}: cannot be watched over: {problem.strerror or problem}") from problem
        return True

    def keep(self) -> bool:
        return True  # the system keeps it as long as the process lives

    def release(self) -> None:
        self._lock.release()


def _check_path(path: Path, *, create: bool) -> None:
    if path.is_dir():
        raise RecordError(
            f"{path}: a record is a file; this is a folder; give a file name such as {path / 'talks.accord'}"
        )
    if not path.exists():
        if not create:
            raise RecordError(f"{path}: no such record; make one with `accord read PATHS -o {path}`")
        if not path.parent.is_dir():
            raise RecordError(f"{path}: its folder {path.parent} does not exist; make the folder first")
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEADER))
    except OSError as problem:
        raise RecordError(f"{path}: cannot be opened: {problem.strerror}") from problem
    if head and head != _HEADER:
        raise RecordError(f"{path}: must be an Accord record; it is another kind of file; give another file name")


def _prepare(connection: Any, _: Any) -> None:
    """Leave transactions to `begin`, and keep a write-ahead log, which a kill at any moment leaves whole."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_WAIT}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()
