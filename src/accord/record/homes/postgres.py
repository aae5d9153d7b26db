"""A record on a PostgreSQL server: a schema of a database, named like the record.

One process writes at a time, as with a file: whoever writes holds an advisory lock until the transaction ends. Reading
never waits: each transaction that reads sees one state of the record.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from accord.errors import RecordError
from accord.model.place import Place

_WAIT = "30s"  # for another process that writes
_CONNECTING = 10  # seconds to wait for the server, where the address says nothing else
_LOCK_NOT_AVAILABLE = "55P03"
_NOT_ALLOWED = ("42501", "25006")  # no privilege; a server that only reads

# after half a minute of silence the server is asked whether it is there
_ALIVE = {"keepalives": 1, "keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_LONG = """
ALTER TABLE skipped DROP CONSTRAINT skipped_pkey;
CREATE UNIQUE INDEX skipped_once ON skipped (md5(source), line, md5(reason))
"""
"""An entry of an index must fit a third of a page, and a reason or an address need not."""


class ServerHome:
    """The schema of one record."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._schema = place.record

    def engine(self, *, create: bool) -> sa.Engine:
        """A few connections, each made anew where the server has dropped it."""
        return _engine(self._place)

    def begin(self, connection: sa.Connection, *, write: bool) -> None:
        """What reads sees one state; what writes waits for its turn, and then sees what the last one left."""
        if not write:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            return
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE")
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_WAIT}'")
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_key("write", self._schema))))

    def wrote(self, connection: sa.Connection) -> None:
        """Count the transactions that wrote."""
        connection.exec_driver_sql(
            "INSERT INTO meta (key, value) VALUES ('writes', '1') "
            "ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(meta.value AS bigint) + 1 AS text)"
        )

    def is_empty(self, connection: sa.Connection) -> bool:
        """Whether there is no such schema, or one without tables."""
        count = sa.text("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = :schema")
        return not connection.execute(count, {"schema": self._schema}).scalar_one()

    def is_record(self, connection: sa.Connection) -> bool:
        """Whether the schema has a note that it is one."""
        return self._noted(connection, "application") == "accord"

    def version(self, connection: sa.Connection) -> int:
        """As the schema notes it."""
        return int(self._noted(connection, "version") or 0)

    def note_version(self, connection: sa.Connection, number: int) -> None:
        """Into the notes of the schema; with the first, what PostgreSQL wants otherwise than SQLite."""
        if number == 1:
            for statement in _LONG.split(";"):
                connection.exec_driver_sql(statement)
        note = sa.text(
            "INSERT INTO meta (key, value) VALUES (:key, :value) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
        )
        connection.execute(note, [{"key": "application", "value": "accord"}, {"key": "version", "value": str(number)}])

    def make(self, connection: sa.Connection) -> None:
        """Make the schema where there is none: asking for one that is there takes a right that one need not have."""
        there = sa.text("SELECT count(*) FROM pg_catalog.pg_namespace WHERE nspname = :schema")
        if not connection.execute(there, {"schema": self._schema}).scalar_one():
            connection.exec_driver_sql(f'CREATE SCHEMA "{self._schema}"')

    def said(self, problem: DBAPIError) -> RecordError:
        """What the server says, as what a user can do; never with the password in it."""
        state = getattr(problem.orig, "sqlstate", None)
        text = self._plain(problem)
        if state == _LOCK_NOT_AVAILABLE:
            return RecordError(f"{self._place}: another process is writing to the record; try again later")
        if state in _NOT_ALLOWED:
            return RecordError(
                f"{self._place}: cannot be written: {text}; ask for the right to make and write schema {self._schema}"
            )
        if state is None or problem.connection_invalidated:
            return RecordError(
                f"{self._place}: the server cannot be reached, or does not let this user in: {text}; check the "
                "address, and the password in PGPASSWORD or ~/.pgpass. What was written before is whole"
            )
        return RecordError(f"{self._place}: the server cannot do this: {text}")

    def stamp(self, engine: sa.Engine) -> Hashable:
        """How many transactions have written."""
        try:
            with engine.connect() as connection:
                return self._noted(connection, "writes")
        except DBAPIError as problem:
            raise self.said(problem) from None

    def exists(self) -> bool:
        """Whether the server has such a record."""
        engine = _engine(self._place)
        try:
            with engine.connect() as connection:
                return self.is_record(connection)
        except DBAPIError as problem:
            raise self.said(problem) from None
        finally:
            engine.dispose()

    def watching(self) -> _ServerLock:
        """A lock of a connection of its own."""
        return _ServerLock(self)

    def lock_connection(self) -> tuple[sa.Engine, int]:
        """Connections for a lock, and its number."""
        return _engine(self._place), _key("watch", self._schema)

    def _noted(self, connection: sa.Connection, key: str) -> str | None:
        there = sa.text("SELECT count(*) FROM pg_catalog.pg_tables WHERE schemaname = :schema AND tablename = 'meta'")
        if not connection.execute(there, {"schema": self._schema}).scalar_one():
            return None
        columns = sa.text(
            "SELECT count(*) FROM information_schema.columns "
            "WHERE table_schema = :schema AND table_name = 'meta' AND column_name IN ('key', 'value')"
        )
        if connection.execute(columns, {"schema": self._schema}).scalar_one() != 2:
            return None
        value: str | None = connection.execute(
            sa.text("SELECT CAST(value AS text) FROM meta WHERE CAST(key AS text) = :key"), {"key": key}
        ).scalar()
        return value

    def _plain(self, problem: DBAPIError) -> str:
        text = " ".join(str(problem.orig).split())
        for secret in self._place.secrets:
            text = text.replace(secret, "***")
        return text


class _ServerLock:
    """An advisory lock of a session: the server lets go of it when the connection ends."""

    def __init__(self, home: ServerHome) -> None:
        self._home = home
        self._engine: sa.Engine | None = None
        self._connection: sa.Connection | None = None

    def take(self) -> bool:
        self._engine, key = self._home.lock_connection()
        try:
            self._connection = self._engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            got = bool(self._connection.execute(sa.select(sa.func.pg_try_advisory_lock(key))).scalar_one())
        except DBAPIError as problem:
            self.release()
            raise self._home.said(problem) from None
        if not got:
            self.release()
        return got

    def keep(self) -> bool:
        if self._connection is not None:
            try:
                self._connection.execute(sa.select(1))
                return True
            except DBAPIError:  # the session has ended, and its lock with it
                self.release()
        return self.take()

    def release(self) -> None:
        if self._connection is not None:
            self._connection.close()
        if self._engine is not None:
            self._engine.dispose()  # the end of the session is the end of its locks
        self._connection = self._engine = None


def _engine(place: Place) -> sa.Engine:
    try:
        import psycopg  # noqa: F401  said in Accord's words where it is not there
    except ModuleNotFoundError:
        raise RecordError(
            f"{place}: a record on a PostgreSQL server takes the extra postgres, which is not installed: "
            "pip install 'accord[postgres]'"
        ) from None
    url = sa.make_url(place.address).set(drivername="postgresql+psycopg")
    given = {} if "connect_timeout" in url.query else {"connect_timeout": _CONNECTING}
    made = sa.create_engine(
        url, pool_size=1, max_overflow=4, pool_pre_ping=True, connect_args={**_ALIVE, **given}, hide_parameters=True
    )

    def look_in_schema(connection: Any, _: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f'SET search_path TO "{place.record}"')
        cursor.execute("SET client_encoding TO 'UTF8'")
        cursor.close()
        connection.commit()

    event.listen(made, "connect", look_in_schema)
    return made


def _key(what: str, schema: str) -> int:
    """The number of a lock: locks are numbers that all programs of a database share."""
    digest = hashlib.sha256(f"accord\0{what}\0{schema}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
