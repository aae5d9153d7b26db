"""Opens a record file: proves that it is one, brings it up to date, gives transactions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from accord.errors import RecordError
from accord.record import schema

_WAIT = 30_000  # milliseconds to wait for another process that writes
_HEADER = b"SQLite format 3\x00"


class Database:
    """One open record file. `read` and `write` give a connection within a transaction."""

    def __init__(self, path: Path, *, create: bool) -> None:
        self.path = path
        _check_path(path, create=create)
        self._engine = sa.create_engine(
            f"sqlite+pysqlite:///file:{quote(str(path.resolve()))}?mode={'rwc' if create else 'rw'}&uri=true",
            poolclass=StaticPool,
            connect_args={"check_same_thread": False, "timeout": _WAIT / 1000},
        )
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        try:
            self._open(create=create)
        except RecordError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the file."""
        with self._said(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection whose changes are kept all together, or not at all where an error ends it."""
        with self._said(), self._engine.connect() as connection:
            connection.execution_options(write=True)
            with connection.begin():
                yield connection

    def _open(self, *, create: bool) -> None:
        with self.read() as connection:
            application, version = schema.application_of(connection), schema.version_of(connection)
            empty = schema.is_empty(connection)
        if empty and not application:
            if not create:
                raise RecordError(
                    f"{self.path}: the file holds no record yet; "
                    f"read reports into it with `accord read PATHS -o {self.path}`"
                )
        elif application != schema.APPLICATION_ID:
            raise RecordError(
                f"{self.path}: must be an Accord record; it is a database of another program; give another file name"
            )
        if version > schema.VERSION:
            raise RecordError(
                f"{self.path}: was written by a newer Accord (format {version}; this one knows {schema.VERSION}); "
                "update Accord to open it"
            )
        for number in range(version + 1, schema.VERSION + 1):
            with self.write() as connection:
                if schema.version_of(connection) < number:  # another process may have been quicker
                    schema.migrate(connection, number)

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what SQLite says into what a user can do."""
        try:
            yield
        except OperationalError as problem:
            text = str(problem.orig)
            if "locked" in text or "busy" in text:
                raise RecordError(
                    f"{self.path}: another process is writing to the record; try again later"
                ) from problem
            if "readonly" in text or "unable to open" in text:
                raise RecordError(
                    f"{self.path}: cannot be written; check the permissions of file and folder"
                ) from problem
            raise RecordError(f"{self.path}: {text}; check that the disk has space and the file is whole") from problem
        except DatabaseError as problem:
            raise RecordError(
                f"{self.path}: must be an Accord record; {problem.orig}; give another file or restore a copy"
            ) from problem


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
    """Leave transactions to `_begin`, and keep a write-ahead log, which a kill at any moment leaves whole."""
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {_WAIT}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    write = connection.get_execution_options().get("write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
