"""Opens a record wherever it lies: proves that it is one, brings it up to date, gives transactions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from accord.errors import RecordError
from accord.model.place import Place
from accord.record import schema
from accord.record.homes import home_of


class Database:
    """One open record. `read` and `write` give a connection within a transaction."""

    def __init__(self, place: Place | Path, *, create: bool) -> None:
        self.place = Place.of(place)
        self._home = home_of(self.place)
        self._engine = self._home.engine(create=create)
        event.listen(self._engine, "begin", self._begin)
        try:
            self._open(create=create)
        except RecordError:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the record."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one state of the record."""
        with self._said(), self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection whose changes are kept all together, or not at all where an error ends it."""
        with self._said(), self._engine.connect() as connection:
            connection.execution_options(write=True)
            with connection.begin():
                yield connection
                self._home.wrote(connection)

    def stamp(self) -> Hashable:
        """Something that is another whenever somebody has written to the record. Cheap to ask."""
        return self._home.stamp(self._engine)

    def _open(self, *, create: bool) -> None:
        with self.read() as connection:
            empty = self._home.is_empty(connection)
            record = not empty and self._home.is_record(connection)
            version = self._home.version(connection) if record else 0
        if empty:
            if not create:
                raise RecordError(
                    f"{self.place}: holds no record yet; "
                    f"read reports into it with `accord read PATHS -o {self.place.word}`"
                )
        elif not record:
            raise RecordError(
                f"{self.place}: must be an Accord record; it is a database of another program; give another name"
            )
        if version > schema.VERSION:
            raise RecordError(
                f"{self.place}: was written by a newer Accord (format {version}; this one knows {schema.VERSION}); "
                "update Accord to open it"
            )
        for number in range(version + 1, schema.VERSION + 1):
            with self.write() as connection:
                if self._home.version(connection) < number:  # another process may have been quicker
                    self._home.make(connection)
                    schema.migrate(connection, number)
                    self._home.note_version(connection, number)

    def _begin(self, connection: sa.Connection) -> None:
        self._home.begin(connection, write=bool(connection.get_execution_options().get("write")))

    @contextmanager
    def _said(self) -> Iterator[None]:
        """Turns what the database says into what a user can do."""
        try:
            yield
        except DBAPIError as problem:
            raise self._home.said(problem) from problem
        except UnicodeDecodeError as problem:  # texts of a damaged file, and what SQLite would say of it
            raise RecordError(
                f"{self.place}: the record is damaged: a text in it is none; `accord doctor NAME.accord` tells what "
                "can be saved"
            ) from problem
